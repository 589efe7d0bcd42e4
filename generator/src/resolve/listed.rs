//! The values that a schema lists: what extensions say about them, and values that are not of the schema's type.

use super::Resolver;
use super::document::{ListedFacts, SchemaFacts};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::load::{Node, Object, ScalarKind};
use crate::pointer::Pointer;

/// The extensions that name listed values, the first that is there counts.
const NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];

/// The extensions that describe listed values.
const DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// How a listed value and the schema's type go together.
enum Fit {
    /// It is of the type.
    Fits,
    /// It is of the type when it is spelled otherwise: `"1"` is the integer 1.
    Respelled(Node),
    /// It is not of the type: `"one"` is no integer.
    Misfit,
}

impl<'a> Resolver<'a> {
    /// Collects what is said about listed values, and spells them as values of the schema's type. `original` is the node
    /// in the file, `object` its 3.0 spelling.
    pub(super) fn listed_values(
        &mut self,
        original: &'a Node,
        object: &mut Object,
        facts: &mut SchemaFacts,
        at: &Pointer,
    ) {
        if self.remove_list_of_arrays(object, at) {
            return;
        }
        self.respell(object, facts, at);
        let Some(values) = original.get("enum").and_then(Node::as_array) else {
            return;
        };
        if facts.is_constant {
            return;
        }
        let [names, descriptions] = [NAMES.as_slice(), DESCRIPTIONS.as_slice()]
            .map(|keywords| self.said_of_each(original, values, keywords, at));
        let text = |texts: &[Option<&str>], index: usize| {
            let text = texts.get(index).copied().flatten();
            text.filter(|text| !text.trim().is_empty())
                .map(str::to_owned)
        };
        let listed = values.iter().enumerate().filter(|(_, one)| !one.is_null());
        let listed: Vec<_> = listed
            .map(|(index, _)| ListedFacts {
                index,
                name: text(&names, index),
                description: text(&descriptions, index),
            })
            .collect();
        let says_something = |one: &ListedFacts| one.name.is_some() || one.description.is_some();
        if listed.len() < values.len() || listed.iter().any(says_something) {
            facts.listed = listed;
        }
    }

    /// Returns what an extension says about each value: an array beside `enum`, or an object by value.
    fn said_of_each(
        &mut self,
        original: &'a Node,
        values: &[Node],
        keywords: &[&str],
        at: &Pointer,
    ) -> Vec<Option<&'a str>> {
        let mut found = keywords
            .iter()
            .filter_map(|name| Some((*name, original.get(name)?)));
        let Some((keyword, said)) = found.next() else {
            return Vec::new();
        };
        if said.as_object().is_some() {
            let by_value = |value: &Node| said.get(value.as_text()?)?.as_text();
            return values.iter().map(by_value).collect();
        }
        let texts = said.as_array().unwrap_or_default();
        if texts.len() == values.len() {
            return texts.iter().map(Node::as_text).collect();
        }
        let text = format!(
            "`{keyword}` is ignored: it has {} entries for {} values",
            texts.len(),
            values.len()
        );
        let finding = Diagnostic::new(code::WRONG_SHAPE, at.child(keyword), text)
            .severity(Severity::Warning)
            .help("list one text for each value of `enum`, in the same order");
        self.report(finding);
        Vec::new()
    }

    /// Spells listed values as values of the schema's type: `type: integer, enum: ["1", "2"]`.
    fn respell(&mut self, object: &mut Object, facts: &mut SchemaFacts, at: &Pointer) {
        let Some(ty) = object.get("type").and_then(Node::as_str).map(str::to_owned) else {
            return;
        };
        let place = at.child(if facts.is_constant { "const" } else { "enum" });
        let Some(Node::Array(values)) = object.get_mut("enum") else {
            return;
        };
        let mut respelled = None;
        let mut misfit = None;
        for value in values.iter_mut() {
            match fit(&ty, value) {
                Fit::Fits => {}
                Fit::Respelled(node) => {
                    let before = std::mem::replace(value, node);
                    respelled.get_or_insert_with(|| (before.to_json(), value.to_json()));
                }
                Fit::Misfit => {
                    misfit.get_or_insert_with(|| value.to_json());
                }
            }
        }
        let warn = |text: String| {
            Diagnostic::new(code::WRONG_SHAPE, place.clone(), text).severity(Severity::Warning)
        };
        let findings = [
            respelled.map(|(before, after)| {
                warn(format!(
                    "the type is `{ty}`, so the listed `{before}` is `{after}`"
                ))
                .help(format!("list it as a value of the type: `{after}`"))
            }),
            misfit.map(|value| {
                facts.lists_misfits = true;
                warn(format!(
                    "the listed `{value}` is not of the type `{ty}`; both are read"
                ))
                .help("correct the type, or list values of the type")
            }),
        ];
        findings
            .into_iter()
            .flatten()
            .for_each(|finding| self.report(finding));
    }

    /// Removes the list of an array whose items have a type, which says more than the list: `enum: [[a], [b]]`, or
    /// `enum: [a, b]` where the items are meant. Returns whether there was one.
    fn remove_list_of_arrays(&mut self, object: &mut Object, at: &Pointer) -> bool {
        let is_array = object.get("type").and_then(Node::as_str) == Some("array");
        let has_items = object.contains_key("items") || object.contains_key("prefixItems");
        if !(is_array && has_items && object.contains_key("enum")) {
            return false;
        }
        object.shift_remove("enum");
        let text = "the listed arrays are not enforced; the items decide the type";
        let finding = Diagnostic::new(code::NOT_ENFORCED, at.child("enum"), text)
            .help("if these are the values of the items, list them in `items`");
        self.report(finding);
        true
    }
}

/// Returns how a value and a type go together. For an object the listed values say what it is, as `lower` decides.
fn fit(ty: &str, value: &Node) -> Fit {
    let Some(scalar) = value.as_scalar() else {
        let is_array = value.as_array().is_some();
        let is_misfit = matches!(ty, "string" | "integer" | "number" | "boolean")
            || (ty == "array" && !is_array);
        return if is_misfit { Fit::Misfit } else { Fit::Fits };
    };
    let text = scalar.text();
    match (ty, scalar.kind()) {
        (_, ScalarKind::Null) | ("object", _) => Fit::Fits,
        ("string", ScalarKind::String) => Fit::Fits,
        ("string", _) => match value.as_bool() {
            Some(value) => Fit::Respelled(Node::string(value.to_string())),
            None => Fit::Respelled(Node::string(text.to_owned())),
        },
        ("boolean", _) if value.as_bool().is_some() => Fit::Fits,
        ("boolean", ScalarKind::String) => match text {
            "true" => Fit::Respelled(Node::bool(true)),
            "false" => Fit::Respelled(Node::bool(false)),
            _ => Fit::Misfit,
        },
        ("integer" | "number", ScalarKind::Integer | ScalarKind::Float) => Fit::Fits,
        ("integer" | "number", ScalarKind::String) => match number(ty, text) {
            Some(number) => Fit::Respelled(Node::from_json(&number.into())),
            None => Fit::Misfit,
        },
        ("integer" | "number" | "boolean" | "array", _) => Fit::Misfit,
        _ => Fit::Fits,
    }
}

/// Returns the number that a string is: `"1"`, and `"0.5"` for a type that has fractions.
fn number(ty: &str, text: &str) -> Option<serde_json::Number> {
    let number: serde_json::Number = text.parse().ok()?;
    let is_whole = number.is_i64() || number.is_u64();
    (is_whole || ty == "number").then_some(number)
}
