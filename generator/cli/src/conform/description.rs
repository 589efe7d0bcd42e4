//! The operations of a description as traffic sees them: where they are, their parameters, bodies and responses.
//!
//! The document is read as it is written, not as `oasmith::resolve` brings it into the types of OpenAPI 3.0: an overlay
//! names places of the document, and keywords that a client does not enforce are promises, too.

use oasmith::load::{Loaded, Node};
use oasmith::pointer::Pointer;

/// The keys of a path item that are operations, and their methods.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The most references that are followed from one object.
const MAX_HOPS: usize = 64;

/// A loaded document.
pub(super) struct Description<'d> {
    pub(super) loaded: &'d Loaded,
    /// Keywords are those of OpenAPI 3.0: `nullable`, and nothing beside a `$ref`.
    pub(super) is_3_0: bool,
    pub(super) operations: Vec<Operation>,
}

/// An operation.
pub(super) struct Operation {
    /// The `operationId`.
    pub(super) id: Option<String>,
    /// In upper case.
    pub(super) method: String,
    /// The key under `paths`.
    pub(super) path: String,
    /// The place of the operation.
    pub(super) at: Pointer,
    /// The URLs of its servers, with variables.
    pub(super) servers: Vec<String>,
    /// Its parameters, those of its path included.
    pub(super) parameters: Vec<Parameter>,
}

/// A parameter.
pub(super) struct Parameter {
    pub(super) name: String,
    /// `query`, `header`, `path` or `cookie`.
    pub(super) location: String,
    pub(super) is_required: bool,
    /// Its members are sent under their own names, so its name is not on the wire.
    pub(super) is_exploded: bool,
    /// How its value is written; `None` for a style that OpenAPI does not have.
    pub(super) style: Option<Style>,
    /// The place of the parameter.
    pub(super) at: Pointer,
}

/// How the value of a parameter, or of a member of a form, is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) name: StyleName,
    pub(super) is_exploded: bool,
}

/// The names of styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StyleName {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;name=a,b`
    Matrix,
    /// `name=a&name=b` or `name=a,b`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a|b`
    PipeDelimited,
    /// `name[member]=a`
    DeepObject,
}

impl Style {
    /// Reads `style` and `explode`; `None` if the style is unknown.
    pub(super) fn of(node: &Node, otherwise: StyleName) -> Option<Self> {
        let name = match node.get("style").and_then(Node::as_text) {
            None => otherwise,
            Some("simple") => StyleName::Simple,
            Some("label") => StyleName::Label,
            Some("matrix") => StyleName::Matrix,
            Some("form" | "cookie") => StyleName::Form,
            Some("spaceDelimited") => StyleName::SpaceDelimited,
            Some("pipeDelimited") => StyleName::PipeDelimited,
            Some("deepObject") => StyleName::DeepObject,
            Some(_) => return None,
        };
        let explode = node.get("explode").and_then(Node::as_bool);
        Some(Style {
            name,
            is_exploded: explode.unwrap_or(name == StyleName::Form),
        })
    }
}

impl Operation {
    /// Returns how messages name it: by its `operationId`, else by method and path.
    pub(super) fn label(&self) -> String {
        let address = || format!("{} {}", self.method, self.path);
        self.id.clone().unwrap_or_else(address)
    }
}

impl<'d> Description<'d> {
    /// Reads the operations of a document; `None` if it is not OpenAPI 3.
    pub(super) fn new(loaded: &'d Loaded) -> Option<Self> {
        let root = Pointer::root(loaded.root().clone());
        let version = loaded.get(&root.child("openapi"))?.as_text()?.trim();
        let version = version.trim_start_matches(['v', 'V']);
        if !version.starts_with("3.") && version != "3" {
            return None;
        }
        let mut description = Description {
            loaded,
            is_3_0: version.starts_with("3.0") || version == "3",
            operations: Vec::new(),
        };
        let servers = description.servers(&root).unwrap_or_default();
        let paths = root.child("paths");
        let names = loaded.get(&paths).and_then(Node::as_object);
        for path in names.into_iter().flat_map(|paths| paths.keys()) {
            if !path.starts_with("x-") {
                description.path_item(path, &paths.child(path), &servers);
            }
        }
        Some(description)
    }

    fn path_item(&mut self, path: &str, at: &Pointer, servers: &[String]) {
        let Some((at, Node::Object(item))) = self.follow(at) else {
            return;
        };
        let of_path = self.servers(&at);
        let mut places: Vec<(String, Pointer)> = METHODS
            .iter()
            .filter(|name| item.contains_key(**name))
            .map(|name| (name.to_ascii_uppercase(), at.child(name)))
            .collect();
        let more = at.child("additionalOperations");
        let additional = item.get("additionalOperations").and_then(Node::as_object);
        for name in additional.into_iter().flat_map(|members| members.keys()) {
            places.push((name.to_ascii_uppercase(), more.child(name)));
        }
        for (method, at_operation) in places {
            let Some(node) = self
                .loaded
                .get(&at_operation)
                .filter(|node| node.as_object().is_some())
            else {
                continue;
            };
            let mut parameters = self.parameters(&at_operation.child("parameters"));
            for inherited in self.parameters(&at.child("parameters")) {
                let is_same = |own: &Parameter| {
                    own.name == inherited.name && own.location == inherited.location
                };
                if !parameters.iter().any(is_same) {
                    parameters.push(inherited);
                }
            }
            let own = self.servers(&at_operation);
            self.operations.push(Operation {
                id: node
                    .get("operationId")
                    .and_then(Node::as_text)
                    .map(str::to_owned),
                method,
                path: path.to_owned(),
                servers: own
                    .or_else(|| of_path.clone())
                    .unwrap_or_else(|| servers.to_vec()),
                at: at_operation,
                parameters,
            });
        }
    }

    /// Returns the URLs of an object's servers; `None` if it has none of its own.
    fn servers(&self, at: &Pointer) -> Option<Vec<String>> {
        let servers = self.loaded.get(&at.child("servers"))?.as_array()?;
        let urls = servers
            .iter()
            .filter_map(|server| server.get("url")?.as_text());
        let urls: Vec<String> = urls.map(str::to_owned).collect();
        (!urls.is_empty()).then_some(urls)
    }

    fn parameters(&self, at: &Pointer) -> Vec<Parameter> {
        let count = self
            .loaded
            .get(at)
            .and_then(Node::as_array)
            .map_or(0, <[Node]>::len);
        (0..count)
            .filter_map(|index| self.parameter(&at.index(index)))
            .collect()
    }

    fn parameter(&self, at: &Pointer) -> Option<Parameter> {
        let (at, node) = self.follow(at)?;
        let text = |name: &str| node.get(name).and_then(Node::as_text);
        let schema = self.follow(&at.child("schema")).map(|(_, node)| node);
        let is_object = schema.is_some_and(|schema| {
            let is_named = schema.get("type").and_then(Node::as_str) == Some("object");
            is_named || schema.get("properties").is_some()
        });
        let location = text("in")?.to_owned();
        let style = Style::of(
            node,
            match location.as_str() {
                "path" | "header" => StyleName::Simple,
                _ => StyleName::Form,
            },
        );
        let is_exploded_form =
            style.is_some_and(|style| style.name == StyleName::Form && style.is_exploded);
        Some(Parameter {
            name: text("name")?.to_owned(),
            is_required: node.get("required").and_then(Node::as_bool) == Some(true),
            is_exploded: is_object && is_exploded_form && location == "query",
            location,
            style,
            at,
        })
    }

    /// Returns an object with its place, after following its `$ref`s.
    pub(super) fn follow(&self, at: &Pointer) -> Option<(Pointer, &'d Node)> {
        let mut at = at.clone();
        for _ in 0..MAX_HOPS {
            let node = self.loaded.get(&at)?;
            match node.get("$ref").and_then(Node::as_str) {
                Some(reference) => at = self.loaded.target(&at, reference).ok()?,
                None => return Some((at, node)),
            }
        }
        None
    }

    /// Returns the response that an operation declares for a status: exactly, by its range, or as the default.
    pub(super) fn response(
        &self,
        operation: &Operation,
        status: u16,
    ) -> Option<(Pointer, &'d Node)> {
        let at = operation.at.child("responses");
        let responses = self.loaded.get(&at)?.as_object()?;
        let range = format!("{}XX", status / 100);
        let exact = status.to_string();
        let key = responses
            .keys()
            .find(|key| ***key == *exact)
            .or_else(|| {
                responses
                    .keys()
                    .find(|key| key.eq_ignore_ascii_case(&range))
            })
            .or_else(|| responses.keys().find(|key| ***key == *"default"))?;
        self.follow(&at.child(key))
    }

    /// Returns the request body of an operation.
    pub(super) fn request_body(&self, operation: &Operation) -> Option<(Pointer, &'d Node)> {
        self.follow(&operation.at.child("requestBody"))
    }

    /// Returns the media type object for a media type: exactly, or by its range.
    pub(super) fn media_type(&self, at: &Pointer, media_type: &str) -> Option<Pointer> {
        let content = at.child("content");
        let declared = self.loaded.get(&content)?.as_object()?;
        let group = media_type.split('/').next().unwrap_or_default();
        let range = format!("{group}/*");
        let find = |wanted: &str| {
            declared
                .keys()
                .find(|key| super::names::essence(key) == wanted)
        };
        let key = find(media_type)
            .or_else(|| find(&range))
            .or_else(|| find("*/*"))?;
        Some(content.child(key))
    }

    /// Returns the media types that a response or request body declares.
    pub(super) fn media_types(&self, at: &Pointer) -> Vec<String> {
        let content = self
            .loaded
            .get(&at.child("content"))
            .and_then(Node::as_object);
        let keys = content.into_iter().flat_map(|content| content.keys());
        keys.map(|key| super::names::essence(key)).collect()
    }

    /// Returns the schemas of an operation's responses that are references within the root document, with these: of its
    /// errors, or of its successes.
    pub(super) fn references(
        &self,
        responses: &Pointer,
        of_errors: bool,
    ) -> Vec<(Pointer, String)> {
        let keys = self.loaded.get(responses).and_then(Node::as_object);
        let is_error = |key: &str| key.starts_with(['4', '5']);
        let keys = keys.into_iter().flat_map(|responses| responses.keys());
        keys.filter(|key| is_error(key) == of_errors)
            .filter_map(|key| self.follow(&responses.child(key)))
            .flat_map(|(at, _)| {
                let content = at.child("content");
                let members = self.loaded.get(&content).and_then(Node::as_object);
                let names = members.into_iter().flat_map(|content| content.keys());
                names.map(move |name| content.child(name).child("schema"))
            })
            .filter(|schema| schema.file() == self.loaded.root())
            .filter_map(|schema| {
                let reference = self.loaded.get(&schema)?.get("$ref")?.as_str()?;
                reference
                    .starts_with('#')
                    .then(|| (schema, reference.to_owned()))
            })
            .collect()
    }

    /// Returns whether an object has a member that a schema declares, so that it says something about the object.
    pub(super) fn names_member_of(&self, schema: &Pointer, value: &serde_json::Value) -> bool {
        let properties = self
            .follow(schema)
            .and_then(|(_, node)| node.get("properties")?.as_object());
        let mut declared = properties
            .into_iter()
            .flat_map(|properties| properties.keys());
        declared.any(|name| value.get(&**name).is_some())
    }
}
