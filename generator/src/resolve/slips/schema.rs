//! Slips in schemas: types of other languages, and `required: true` at a property.

use super::{boolean, is_empty_array};
use crate::diagnostic::{Diagnostic, Mend, Severity, code, suggest};
use crate::load::{Node, Object, section};
use crate::pointer::Pointer;
use crate::resolve::Resolver;
use crate::spec::{SCHEMA, Section, TYPES, Version};

/// The first version with the keywords of JSON Schema.
const NEWER: &[&str] = &["3.1"];

/// A type and a format of JSON Schema; no type accepts any JSON.
type Type = (Option<&'static str>, Option<&'static str>);

/// Words that are no types of JSON Schema, in lower case and without `-`, `_` and spaces, and the types they mean.
#[rustfmt::skip]
const WORDS: &[(&[&str], Type)] = &[
    (&["int", "long", "short", "bigint", "smallint", "uint"], (Some("integer"), None)),
    (&["int32", "integer32"], (Some("integer"), Some("int32"))),
    (&["int64", "integer64"], (Some("integer"), Some("int64"))),
    (&["num", "numeric", "decimal", "real"], (Some("number"), None)),
    (&["float", "float32", "single"], (Some("number"), Some("float"))),
    (&["double", "float64"], (Some("number"), Some("double"))),
    (&["bool"], (Some("boolean"), None)),
    (&["str", "text", "char", "varchar", "enum", "password", "phone"], (Some("string"), None)),
    (&["date"], (Some("string"), Some("date"))),
    (&["datetime"], (Some("string"), Some("date-time"))),
    (&["time"], (Some("string"), Some("time"))),
    (&["uuid", "guid"], (Some("string"), Some("uuid"))),
    (&["uri", "url"], (Some("string"), Some("uri"))),
    (&["email"], (Some("string"), Some("email"))),
    (&["byte", "base64"], (Some("string"), Some("byte"))),
    (&["file", "binary", "blob"], (Some("string"), Some("binary"))),
    (&["list", "set", "tuple"], (Some("array"), None)),
    (&["dict", "map", "hash", "dictionary", "record", "struct", "json"], (Some("object"), None)),
    (&["any", "mixed", "unknown", "*", ""], (None, None)),
    (&["nil", "none", "void"], (Some("null"), None)),
];

/// Returns the type that a word means.
fn meant(word: &str) -> Option<Type> {
    let known = |ty: &str| {
        TYPES
            .iter()
            .chain(&["null"])
            .find(|known| **known == ty)
            .copied()
    };
    let plain: String = word
        .chars()
        .filter(|letter| !matches!(letter, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect();
    if let Some(ty) = known(&plain) {
        return Some((Some(ty), None));
    }
    let row = WORDS
        .iter()
        .find(|(words, _)| words.contains(&plain.as_str()));
    row.map(|(_, ty)| *ty)
}

/// What is wrong with the type of a schema.
enum Finding {
    /// The word and the type it is read as.
    Meant(String, Type),
    /// The word, which means nothing.
    Unknown(String),
    /// A text with several types: `string|null`.
    Several(String),
}

/// Rewrites the words of other languages in `type`; what is unknown is removed.
fn types(object: &mut Object) -> Vec<Finding> {
    let is_type = |text: &str| text == "null" || TYPES.contains(&text);
    let words: Vec<String> = match object.get("type") {
        Some(Node::Array(items)) => {
            let texts = items.iter().map(|item| item.as_text().unwrap_or("null"));
            texts.map(str::to_owned).collect()
        }
        // `type: string|null`
        Some(node) => match node.as_text() {
            Some(text) if text.contains(['|', ',']) => text
                .split(['|', ','])
                .map(|word| word.trim().to_owned())
                .collect(),
            Some(text) => vec![text.to_owned()],
            None => return Vec::new(),
        },
        None => return Vec::new(),
    };
    let is_array = matches!(object.get("type"), Some(Node::Array(_))) || words.len() > 1;
    let is_list = object
        .get("type")
        .is_some_and(|node| node.as_array().is_some());
    if words.iter().all(|word| is_type(word)) && is_array == is_list {
        return Vec::new();
    }
    let mut findings = Vec::new();
    if is_array && !is_list {
        let text = object
            .get("type")
            .and_then(Node::as_text)
            .unwrap_or_default();
        findings.push(Finding::Several(text.to_owned()));
    }
    let mut types: Vec<Node> = Vec::new();
    let mut is_any = false;
    for word in words {
        let ty = if is_type(&word) {
            Some((None, None))
        } else {
            meant(&word)
        };
        match ty {
            None => {
                is_any = true;
                findings.push(Finding::Unknown(word));
            }
            Some(_) if is_type(&word) => types.push(Node::string(word)),
            Some((ty, format)) => {
                match ty {
                    Some(ty) => types.push(Node::string(ty)),
                    None => is_any = true,
                }
                if let (Some(format), false) = (format, object.contains_key("format")) {
                    object.insert("format".into(), Node::string(format));
                }
                findings.push(Finding::Meant(word, (ty, format)));
            }
        }
    }
    object.shift_remove("type");
    if is_any {
        return findings;
    }
    if let Some(ty) = (!is_array).then(|| types.pop()).flatten() {
        object.insert("type".into(), ty);
    } else if is_array {
        object.insert("type".into(), Node::Array(types));
    }
    findings
}

impl Resolver<'_> {
    /// Mends a schema before it is rewritten to the spelling of 3.0.
    pub(in crate::resolve) fn repair_schema(&mut self, object: &mut Object, at: &Pointer) {
        self.versions(object, at);
        for finding in types(object) {
            let place = at.child("type");
            match finding {
                Finding::Meant(word, ty) => {
                    let text = format!("`{word}` is not a type; it is read as {}", spelled(ty));
                    self.slip(place, text);
                }
                Finding::Unknown(word) => self.unknown_type(&word, place),
                Finding::Several(text) => {
                    let text = format!("`{text}` is not a type; it is read as an array of types");
                    self.slip(place, text);
                }
            }
        }
        if object.get("enum").is_some_and(is_empty_array) {
            object.shift_remove("enum");
            self.slip(
                at.child("enum"),
                "`enum` is empty, so that no value is valid; it is ignored",
            );
        }
        if let Some(node) = object.get("required")
            && let Some(is_required) = boolean(node)
        {
            object.shift_remove("required");
            if !is_property(at) {
                let text = format!(
                    "`required: {is_required}` says nothing here: it is an array with the names of properties"
                );
                self.slip(at.child("required"), text);
            }
        }
    }

    /// Counts keywords and spellings of other versions.
    fn versions(&mut self, object: &Object, at: &Pointer) {
        for (name, node) in object {
            let place = || at.child(name);
            let is_number = || {
                node.as_scalar()
                    .is_some_and(|scalar| scalar.as_number().is_some())
            };
            let is_3_0 = self.version == Version::V3_0;
            match &**name {
                "$ref" => {}
                "type" if is_3_0 && node.as_array().is_some() => {
                    self.other_version("an array of types", NEWER, place());
                }
                "type" if is_3_0 && node.as_str() == Some("null") => {
                    self.other_version("the type `null`", NEWER, place());
                }
                "exclusiveMinimum" | "exclusiveMaximum" if is_3_0 && is_number() => {
                    self.other_version(&format!("a number as `{name}`"), NEWER, place());
                }
                "exclusiveMinimum" | "exclusiveMaximum" if !is_3_0 && node.as_bool().is_some() => {
                    self.other_version(&format!("a boolean as `{name}`"), &["3.0"], place());
                }
                _ => {
                    if let Some(member) = SCHEMA.member(name) {
                        self.audit_version(member, place());
                    }
                }
            }
        }
    }

    fn unknown_type(&mut self, word: &str, at: Pointer) {
        let expected = TYPES.join("`, `");
        let text = format!("expected one of `{expected}`, found `{word}`");
        let mut finding = Diagnostic::new(code::WRONG_SHAPE, at.clone(), text);
        let components = Pointer::root(self.loaded.root().clone()).child("components");
        let named = components.child(Section::Schemas.key()).child(word);
        if self.loaded.get(&named).is_some() {
            finding = finding.help(format!("write `$ref: '#{}'`", named.path()));
        } else if let Some(meant) = suggest::closest(word, TYPES.iter().copied()) {
            let schema = at.parent().filter(|_| at.name().as_deref() == Some("type"));
            let target = schema.and_then(|schema| self.loaded.json_path(&schema));
            finding = finding
                .help(format!("did you mean `{meant}`?"))
                .mend(target.map(|target| Mend::string(target, "type", meant)));
        }
        self.report(finding.bridge(Section::Schemas.bridge()));
    }

    /// Adds the properties with `required: true` to the `required` of their object, as Swagger's first versions had it.
    pub(in crate::resolve) fn repair_required(
        &mut self,
        source: &Object,
        object: &mut Object,
        at: &Pointer,
    ) {
        let properties = source.get("properties").and_then(Node::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let Some(node) = property.get("required") else {
                continue;
            };
            let Some(is_required) = boolean(node) else {
                continue;
            };
            let place = at.child("properties").child(name).child("required");
            // what stands beside a `$ref` has no meaning in 3.0, and replies without the member would be errors
            let is_ignored = self.version == Version::V3_0 && property.get("$ref").is_some();
            let is_required = is_required && !is_ignored;
            let words = if is_required { "required" } else { "optional" };
            let text = format!(
                "`required: {}` at a property is no keyword of OpenAPI; `{name}` is read as {words}",
                node.as_text().unwrap_or_default()
            );
            let finding = Diagnostic::new(code::WRONG_SHAPE, place, text)
                .severity(Severity::Warning)
                .help("list it in the `required` of the object that has the property");
            self.report(finding);
            if !is_required {
                continue;
            }
            let names = object
                .entry("required".into())
                .or_insert_with(|| Node::Array(Vec::new()));
            if let Node::Array(names) = names
                && !names.iter().any(|one| one.as_text() == Some(name))
            {
                names.push(Node::string(name.to_string()));
            }
        }
    }
}

/// Whether a schema is that of a property, whose object tells what is required.
fn is_property(at: &Pointer) -> bool {
    let parent = at.parent().and_then(|parent| parent.name());
    section(at) == Section::Schemas && parent.as_deref() == Some("properties")
}

/// Names a type in a message: `` `string` with the format `uuid` ``.
fn spelled(ty: Type) -> String {
    match ty {
        (Some(ty), Some(format)) => format!("`{ty}` with the format `{format}`"),
        (Some(ty), None) => format!("`{ty}`"),
        (None, _) => "any type".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_languages_are_types() {
        for (word, expected) in [
            ("int", "`integer`"),
            ("Integer", "`integer`"),
            ("int64", "`integer` with the format `int64`"),
            ("date-time", "`string` with the format `date-time`"),
            ("DateTime", "`string` with the format `date-time`"),
            ("file", "`string` with the format `binary`"),
            ("any", "any type"),
            ("None", "`null`"),
        ] {
            let found = meant(word).map(spelled);
            assert_eq!(found.as_deref(), Some(expected), "{word}");
        }
        assert_eq!(meant("foobar"), None);
        assert_eq!(meant("Pet"), None);
    }
}
