//! Mutations of a document's members, values and references, rather than of its bytes.
//!
//! The test of seeded mutations and the fuzz targets use them, each with its own source of choices.

use serde_json::{Map, Value, json};

/// A source of choices: a seed, or the bytes of a fuzzer.
pub trait Choices {
    /// Returns a number below `end`, or 0 if `end` is 0.
    fn below(&mut self, end: usize) -> usize;
}

/// Strings with a meaning to some stage.
const TEXTS: [&str; 34] = [
    "",
    "type",
    "self",
    "Option",
    "object",
    "string",
    "array",
    "integer",
    "null",
    "date-time",
    "binary",
    "application/json",
    "multipart/form-data",
    "text/event-stream",
    "query",
    "path",
    "header",
    "deepObject",
    "#",
    "#/",
    "#/components/schemas",
    "#/components/schemas/Pet",
    "other.yaml",
    "../up.yaml",
    "https://example.com/a.yaml",
    "/pets/{id}",
    "*/ \"# }} { fn f() {} //",
    "```\nlet a = 1;\n```",
    "    fn indented() {}",
    "\u{202e}\u{0}\r\r\n\u{2028}",
    "r#type",
    "名前",
    "3.2.0",
    "200",
];

/// Names of OpenAPI's members.
const MEMBERS: [&str; 40] = [
    "$ref",
    "type",
    "format",
    "properties",
    "required",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "enum",
    "const",
    "nullable",
    "default",
    "discriminator",
    "additionalProperties",
    "patternProperties",
    "prefixItems",
    "minimum",
    "maxLength",
    "readOnly",
    "description",
    "content",
    "schema",
    "encoding",
    "parameters",
    "requestBody",
    "responses",
    "headers",
    "security",
    "servers",
    "in",
    "name",
    "style",
    "explode",
    "operationId",
    "tags",
    "callbacks",
    "x-any",
    "deprecated",
];

/// Changes a document in a few locations.
pub fn mutate(document: &mut Value, choices: &mut impl Choices) {
    for _ in 0..=choices.below(4) {
        let count = size(document);
        let donor = nth(document, choices.below(count)).clone();
        let at = choices.below(count);
        change(nth_mut(document, at), donor, choices);
    }
}

fn change(node: &mut Value, donor: Value, choices: &mut impl Choices) {
    match (choices.below(8), &mut *node) {
        (0 | 1, Value::Object(members)) => remove(members, choices),
        (2, Value::Object(members)) => rename(members, choices),
        (3, Value::Object(members)) => {
            let name = MEMBERS[choices.below(MEMBERS.len())].to_owned();
            members.insert(name, donor);
        }
        (0 | 1, Value::Array(elements)) if !elements.is_empty() => {
            elements.remove(choices.below(elements.len()));
        }
        (2 | 3, Value::Array(elements)) => elements.push(donor),
        (4, inner) => {
            let keyword = ["allOf", "oneOf", "anyOf"][choices.below(3)];
            *inner = json!({ keyword: [inner.take(), donor] });
        }
        (5, other) => *other = donor,
        _ => *node = leaf(choices),
    }
}

fn leaf(choices: &mut impl Choices) -> Value {
    let text = TEXTS[choices.below(TEXTS.len())];
    match choices.below(9) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!([]),
        3 => json!({}),
        4 => json!(-1),
        5 => json!(1.5e300),
        6 => json!(u64::MAX),
        7 => json!({ "$ref": text }),
        _ => json!(text),
    }
}

fn remove(members: &mut Map<String, Value>, choices: &mut impl Choices) {
    if let Some(name) = key(members, choices) {
        members.remove(&name);
    }
}

fn rename(members: &mut Map<String, Value>, choices: &mut impl Choices) {
    let Some(value) = key(members, choices).and_then(|name| members.remove(&name)) else {
        return;
    };
    let name = match choices.below(2) {
        0 => MEMBERS[choices.below(MEMBERS.len())],
        _ => TEXTS[choices.below(TEXTS.len())],
    };
    members.insert(name.to_owned(), value);
}

fn key(members: &Map<String, Value>, choices: &mut impl Choices) -> Option<String> {
    members.keys().nth(choices.below(members.len())).cloned()
}

/// Counts the values of a document, itself included.
fn size(node: &Value) -> usize {
    1 + children(node).map(size).sum::<usize>()
}

fn children(node: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match node {
        Value::Array(elements) => Box::new(elements.iter()),
        Value::Object(members) => Box::new(members.values()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Returns the `index`-th value, parents before children.
fn nth(node: &Value, mut index: usize) -> &Value {
    if index == 0 {
        return node;
    }
    index -= 1;
    for child in children(node) {
        let size = size(child);
        if index < size {
            return nth(child, index);
        }
        index -= size;
    }
    node
}

fn nth_mut(node: &mut Value, mut index: usize) -> &mut Value {
    if index == 0 {
        return node;
    }
    index -= 1;
    let sizes: Vec<usize> = children(node).map(size).collect();
    let mut child = 0;
    while let Some(size) = sizes.get(child).filter(|size| index >= **size) {
        index -= size;
        child += 1;
    }
    match node {
        Value::Array(elements) => nth_mut(&mut elements[child], index),
        Value::Object(members) => {
            let value = members.values_mut().nth(child);
            nth_mut(
                value.expect("`child` is below the number of members"),
                index,
            )
        }
        _ => node,
    }
}
