//! Reads the tree of an overlay, and reports what the specification does not allow.

use super::{Action, Change, Overlay, Version};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, code, suggest};
use crate::load::node::{Node, Object};
use crate::pointer::Pointer;

/// An overlay as read: without the actions that are not understood, whose places in the list stay.
pub(super) struct Read {
    /// Everything but the actions.
    pub(super) overlay: Overlay,
    pub(super) actions: Vec<Option<Action>>,
}

const DOCUMENT: &[&str] = &["overlay", "info", "extends", "actions"];
const INFO: &[&str] = &["title", "version", "description"];
const ACTION: &[&str] = &["target", "description", "update", "remove"];
const ACTION_1_1: &[&str] = &["target", "description", "update", "remove", "copy"];

/// An extension of ours: the target may match nothing.
pub(super) const OPTIONAL: &str = "x-optional";

/// Reads an overlay; `None` if it is of no known version, or has no list of actions.
pub(super) fn read(node: &Node, name: &str, diagnostics: &mut Diagnostics) -> Option<Read> {
    let at = Pointer::root(name);
    let mut reader = Reader { diagnostics };
    let members = reader.object(node, &at)?;
    let version = reader.version(members, &at)?;
    reader.known(members, &at, DOCUMENT);
    let (title, revision) = reader.info(members, &at);
    let extends = reader.optional_string(members, &at, "extends");
    let list = reader.required(members, &at, "actions", "a list of actions")?;
    let list_at = at.child("actions");
    let Some(elements) = list.as_array() else {
        reader.wrong_type(list, &list_at, "an array");
        return None;
    };
    if elements.is_empty() {
        reader.invalid(
            &list_at,
            "`actions` is empty",
            "add an action, or take the overlay out",
        );
    }
    let mut actions: Vec<Option<Action>> = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        let at = list_at.index(index);
        let action = reader.action(element, &at, version);
        let same = actions
            .iter()
            .position(|other| action.is_some() && *other == action);
        if let Some(first) = same {
            let message = format!("action {} is the same as action {}", index + 1, first + 1);
            let diagnostic =
                Diagnostic::new(code::INVALID_OVERLAY, at, message).help("take one of them out");
            let first = list_at.index(first);
            reader
                .diagnostics
                .push(diagnostic.related(first, "first here"));
        }
        actions.push(action);
    }
    Some(Read {
        overlay: Overlay {
            version,
            title,
            revision,
            extends,
            actions: Vec::new(),
        },
        actions,
    })
}

struct Reader<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    fn version(&mut self, members: &Object, at: &Pointer) -> Option<Version> {
        let found = self.required(members, at, "overlay", "the version, such as `1.1.0`")?;
        let text = found.as_text().unwrap_or_default();
        let parts: Vec<&str> = text.split('.').collect();
        let is_number =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        match parts.as_slice() {
            ["1", "0", patch] if is_number(patch) => Some(Version::V1_0),
            ["1", "1", patch] if is_number(patch) => Some(Version::V1_1),
            _ => {
                let message = format!("unsupported version of an overlay: {}", shown(found));
                let diagnostic =
                    Diagnostic::new(code::OVERLAY_VERSION, at.child("overlay"), message);
                let meant = if parts == ["1", "0"] {
                    "1.0.0"
                } else {
                    "1.1.0"
                };
                self.diagnostics
                    .push(diagnostic.help(format!("write `overlay: {meant}`")));
                None
            }
        }
    }

    fn info(&mut self, members: &Object, at: &Pointer) -> (String, String) {
        let Some(info) = self.required(members, at, "info", "`{ title: …, version: 1.0.0 }`")
        else {
            return Default::default();
        };
        let at = at.child("info");
        let Some(members) = self.object(info, &at) else {
            return Default::default();
        };
        self.known(members, &at, INFO);
        self.optional_string(members, &at, "description");
        let title = self.required_string(members, &at, "title");
        let version = self.required_string(members, &at, "version");
        (title.unwrap_or_default(), version.unwrap_or_default())
    }

    fn action(&mut self, node: &Node, at: &Pointer, version: Version) -> Option<Action> {
        let members = self.object(node, at)?;
        let known = match version {
            Version::V1_0 => ACTION,
            Version::V1_1 => ACTION_1_1,
        };
        let is_known = self.known(members, at, known);
        let target = self.required_string(members, at, "target");
        let description = self.optional_string(members, at, "description");
        let is_optional = self.boolean(members, at, OPTIONAL)?;
        let is_removed = self.boolean(members, at, "remove")?;
        let update = members.get("update");
        let copied = members.get("copy").filter(|_| version == Version::V1_1);
        if let (Some(_), Some(_)) = (update, copied) {
            let message = "`update` and `copy` exclude each other";
            self.invalid(&at.child("copy"), message, "make two actions of it");
            return None;
        }
        let change = match (is_removed, update, copied) {
            (true, ..) => {
                for name in ["update", "copy"]
                    .into_iter()
                    .filter(|name| members.contains_key(*name))
                {
                    let message = format!("`{name}` has no effect beside `remove: true`");
                    let place = Place::key(at.child(name));
                    let help = format!("take `{name}` out, or put it into an action of its own");
                    let diagnostic = Diagnostic::new(code::INVALID_OVERLAY, place, message)
                        .severity(Severity::Warning)
                        .help(help)
                        .related(at.child("remove"), "the target is removed");
                    self.diagnostics.push(diagnostic);
                }
                Change::Remove
            }
            (false, Some(value), _) => Change::Update(value.clone()),
            (false, None, Some(copied)) => match copied.as_str() {
                Some(path) => Change::Copy(path.to_owned()),
                None => {
                    self.wrong_type(copied, &at.child("copy"), "a JSONPath");
                    return None;
                }
            },
            (false, None, None) => Change::Nothing,
        };
        Some(Action {
            target: target.filter(|_| is_known)?,
            change,
            description,
            is_optional,
        })
    }

    /// Reads a boolean that is false by default; `None` if it is something else.
    fn boolean(&mut self, members: &Object, at: &Pointer, name: &str) -> Option<bool> {
        match members.get(name) {
            None => Some(false),
            Some(node) => {
                if node.as_bool().is_none() {
                    self.wrong_type(node, &at.child(name), "a boolean");
                }
                node.as_bool()
            }
        }
    }

    fn object<'n>(&mut self, node: &'n Node, at: &Pointer) -> Option<&'n Object> {
        if node.as_object().is_none() {
            self.wrong_type(node, at, "an object");
        }
        node.as_object()
    }

    fn required<'n>(
        &mut self,
        members: &'n Object,
        at: &Pointer,
        name: &str,
        what: &str,
    ) -> Option<&'n Node> {
        let found = members.get(name);
        if found.is_none() {
            let message = format!("missing member `{name}`");
            self.invalid(at, &message, &format!("add `{name}`: {what}"));
        }
        found
    }

    fn required_string(&mut self, members: &Object, at: &Pointer, name: &str) -> Option<String> {
        self.required(members, at, name, "a string")?;
        self.optional_string(members, at, name)
    }

    /// Reads a string; the text of a plain number is one, too: `version: 1.0`.
    fn optional_string(&mut self, members: &Object, at: &Pointer, name: &str) -> Option<String> {
        let node = members.get(name)?;
        // a number is meant as text in `version` only
        let text = if name == "version" && node.as_bool().is_none() {
            node.as_text()
        } else {
            node.as_str()
        };
        if text.is_none() {
            self.wrong_type(node, &at.child(name), "a string");
        }
        text.map(str::to_owned)
    }

    /// Reports members that the specification does not have, and returns whether there are none. A misspelt one would
    /// otherwise do nothing, silently.
    fn known(&mut self, members: &Object, at: &Pointer, known: &[&str]) -> bool {
        let mut is_known = true;
        for name in members.keys() {
            if known.contains(&&**name) || name.starts_with("x-") {
                continue;
            }
            is_known = false;
            let place = Place::key(at.child(name));
            let help = match suggest::did_you_mean(name, known.iter().copied()) {
                _ if &**name == "copy" => {
                    "write `overlay: 1.1.0`, the first version with `copy`".to_owned()
                }
                Some(help) => help,
                None => format!("use one of `{}`, or a name with `x-`", known.join("`, `")),
            };
            let message = format!("unknown member `{name}`");
            self.diagnostics
                .push(Diagnostic::new(code::INVALID_OVERLAY, place, message).help(help));
        }
        is_known
    }

    fn wrong_type(&mut self, node: &Node, at: &Pointer, expected: &str) {
        let message = format!("expected {expected}, found {}", node.describe());
        self.diagnostics
            .push(Diagnostic::new(code::INVALID_OVERLAY, at, message));
    }

    fn invalid(&mut self, at: &Pointer, message: &str, help: &str) {
        let diagnostic = Diagnostic::new(code::INVALID_OVERLAY, at, message).help(help);
        self.diagnostics.push(diagnostic);
    }
}

fn shown(node: &Node) -> String {
    match node.as_text() {
        Some(text) => format!("`{text}`"),
        None => node.describe().to_owned(),
    }
}
