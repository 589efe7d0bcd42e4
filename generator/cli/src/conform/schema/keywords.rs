//! The keywords of a schema but those that compose schemas. One whose value has a wrong type says nothing; `codegen`
//! reports it.

use oasmith::load::{Node, Object, ScalarKind};
use oasmith::pointer::Pointer;
use serde_json::{Map, Value, json};

use super::{Direction, Part, Translator};
use crate::conform::formats;

/// The types of JSON Schema.
const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// Keywords with a count.
const COUNTS: [&str; 8] = [
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
];

/// Keywords with a schema.
const SCHEMAS: [&str; 9] = [
    "additionalProperties",
    "contains",
    "else",
    "if",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

impl Translator<'_> {
    pub(super) fn keywords(
        &mut self,
        object: &Object,
        at: &Pointer,
        part: Part,
        schema: &mut Map<String, Value>,
    ) {
        self.types(object, part, schema);
        self.values(object, schema);
        bounds(object, schema);
        self.patterns(object, at, schema);
        self.required(object, at, schema);
        for name in COUNTS {
            let count = object
                .get(name)
                .and_then(Node::as_scalar)
                .and_then(|scalar| scalar.as_number());
            if let Some(count) = count.as_ref().and_then(whole_number) {
                schema.insert(name.to_owned(), count.into());
            }
        }
        if object.get("uniqueItems").and_then(Node::as_bool) == Some(true) {
            schema.insert("uniqueItems".to_owned(), Value::Bool(true));
        }
        for name in SCHEMAS {
            if let Some(node @ (Node::Object(_) | Node::Scalar(_))) = object.get(name)
                && (node.as_object().is_some() || node.as_bool().is_some())
            {
                let translated = self.subschema(&at.child(name), node);
                schema.insert(name.to_owned(), translated);
            }
        }
        self.items(object, at, schema);
        for name in ["properties", "dependentSchemas"] {
            let members = object.get(name).and_then(Node::as_object);
            let at = at.child(name);
            let members: Map<String, Value> = members
                .into_iter()
                .flatten()
                .map(|(member, node)| (member.to_string(), self.subschema(&at.child(member), node)))
                .collect();
            if !members.is_empty() {
                schema.insert(name.to_owned(), Value::Object(members));
            }
        }
        if let Some(Node::Object(members)) = object.get("dependentRequired") {
            let lists = members.iter().filter(|(_, list)| texts(list).is_some());
            let lists: Map<String, Value> = lists
                .map(|(name, list)| (name.to_string(), list.to_json()))
                .collect();
            schema.insert("dependentRequired".to_owned(), Value::Object(lists));
        }
        self.compositions(object, at, part, schema);
        self.range(object, at, schema);
    }

    /// `format: int32` → a bound of its own
    fn range(&mut self, object: &Object, at: &Pointer, schema: &mut Map<String, Value>) {
        let is_number = |name: &Value| name == "integer" || name == "number";
        let types = schema.get("type").and_then(Value::as_array);
        let format = object
            .get("format")
            .and_then(Node::as_str)
            .and_then(formats::range);
        if format.is_some() && types.is_some_and(|types| types.iter().any(is_number)) {
            let bound = self.reference(at.clone(), Part::Range);
            match schema.get_mut("allOf") {
                Some(Value::Array(parts)) => parts.push(bound),
                _ => {
                    schema.insert("allOf".to_owned(), json!([bound]));
                }
            }
        }
    }

    /// `type: string, nullable: true` → `type: [string, null]`
    fn types(&mut self, object: &Object, part: Part, schema: &mut Map<String, Value>) {
        let names: Vec<&str> = match object.get("type") {
            Some(Node::Array(names)) => names
                .iter()
                .map(|name| name.as_text().unwrap_or("null"))
                .collect(),
            // `type: null` beside `maxLength` is not null
            Some(node) if node.is_null() && object.keys().any(|name| is_bound(name)) => return,
            Some(node) if node.is_null() => vec!["null"],
            Some(node) => node.as_str().into_iter().collect(),
            None => return,
        };
        // a type that JSON Schema does not have is any, as is a list with one
        if names.is_empty() || !names.iter().all(|name| TYPES.contains(name)) {
            return;
        }
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        names.dedup();
        let is_nullable = object.get("nullable").and_then(Node::as_bool) == Some(true);
        if is_nullable && part != Part::NotNull && !names.iter().any(|name| name == "null") {
            names.push("null".to_owned());
        }
        schema.insert("type".to_owned(), json!(names));
        self.format(object, &names, schema);
    }

    fn format(&mut self, object: &Object, types: &[String], schema: &mut Map<String, Value>) {
        let Some(format) = object.get("format").and_then(Node::as_str) else {
            return;
        };
        let is_typed = |name: &str| types.iter().any(|one| one == name);
        if is_typed("string") && formats::STRINGS.contains(&format) {
            schema.insert("format".to_owned(), format.into());
        } else if formats::range(format).is_none() {
            self.has_unchecked_formats = true;
        }
    }

    /// `enum` and `const`. Where a string is meant, `1.10` is one.
    fn values(&self, object: &Object, schema: &mut Map<String, Value>) {
        let is_string = object.get("type").and_then(Node::as_str) == Some("string");
        let value = |node: &Node| match node.as_text() {
            Some(text) if is_string => text.into(),
            _ => node.to_json(),
        };
        if let Some(values) = object
            .get("enum")
            .and_then(Node::as_array)
            .filter(|values| !values.is_empty())
        {
            let mut values: Vec<Value> = values.iter().map(value).collect();
            let is_nullable = object.get("nullable").and_then(Node::as_bool) == Some(true);
            if is_nullable && !values.contains(&Value::Null) {
                values.push(Value::Null);
            }
            schema.insert("enum".to_owned(), values.into());
        }
        if let Some(node) = object.get("const") {
            schema.insert("const".to_owned(), value(node));
        }
    }

    fn patterns(&mut self, object: &Object, at: &Pointer, schema: &mut Map<String, Value>) {
        if let Some(pattern) = object.get("pattern").and_then(Node::as_str)
            && self.can_compile(pattern)
        {
            schema.insert("pattern".to_owned(), pattern.into());
        }
        let members = object.get("patternProperties").and_then(Node::as_object);
        let at = at.child("patternProperties");
        let mut translated = Map::new();
        for (pattern, node) in members.into_iter().flatten() {
            if self.can_compile(pattern) {
                translated.insert(
                    pattern.to_string(),
                    self.subschema(&at.child(pattern), node),
                );
            }
        }
        if !translated.is_empty() {
            schema.insert("patternProperties".to_owned(), translated.into());
        }
    }

    fn can_compile(&mut self, pattern: &str) -> bool {
        if let Some(known) = self.patterns.get(pattern) {
            return *known;
        }
        let schema = json!({ "pattern": pattern });
        let compiles = jsonschema::options().offline().build(&schema).is_ok();
        self.patterns.insert(pattern.to_owned(), compiles);
        compiles
    }

    fn items(&mut self, object: &Object, at: &Pointer, schema: &mut Map<String, Value>) {
        let mut list = |name: &str, nodes: &[Node]| -> Value {
            let at = at.child(name);
            let nodes = nodes.iter().enumerate();
            nodes
                .map(|(index, node)| self.subschema(&at.index(index), node))
                .collect()
        };
        if let Some(nodes) = object
            .get("prefixItems")
            .and_then(Node::as_array)
            .filter(|nodes| !nodes.is_empty())
        {
            let translated = list("prefixItems", nodes);
            schema.insert("prefixItems".to_owned(), translated);
        }
        match object.get("items") {
            Some(node) if node.as_object().is_some() || node.as_bool().is_some() => {
                let translated = self.subschema(&at.child("items"), node);
                schema.insert("items".to_owned(), translated);
            }
            _ => {}
        }
    }

    fn required(&self, object: &Object, at: &Pointer, schema: &mut Map<String, Value>) {
        let Some(names) = object.get("required").and_then(texts) else {
            return;
        };
        let flag = match self.direction {
            Direction::Sent => "readOnly",
            Direction::Received => "writeOnly",
        };
        let owner = self.owners.first().unwrap_or(at);
        let names: Vec<&str> = names
            .into_iter()
            .filter(|name| !self.has_flag(at, name, flag) && !self.has_flag(owner, name, flag))
            .collect();
        if !names.is_empty() {
            schema.insert("required".to_owned(), json!(names));
        }
    }
}

/// Whether a keyword bounds values other than null.
fn is_bound(name: &str) -> bool {
    const BOUNDS: [&str; 7] = [
        "exclusiveMaximum",
        "exclusiveMinimum",
        "maximum",
        "minimum",
        "multipleOf",
        "pattern",
        "uniqueItems",
    ];
    COUNTS.contains(&name) || BOUNDS.contains(&name)
}

/// `format: int32` → `minimum: -2147483648, maximum: 2147483647`
pub(super) fn range(object: &Object) -> Value {
    let format = object
        .get("format")
        .and_then(Node::as_str)
        .and_then(formats::range);
    match format {
        Some(limits) => json!({ "minimum": limits.start(), "maximum": limits.end() }),
        None => Value::Bool(true),
    }
}

/// `minimum: 5, exclusiveMinimum: true` → `exclusiveMinimum: 5`
fn bounds(object: &Object, schema: &mut Map<String, Value>) {
    let number = |name: &str| {
        let scalar = object.get(name)?.as_scalar()?;
        let is_number = matches!(scalar.kind(), ScalarKind::Integer | ScalarKind::Float);
        scalar.as_number().filter(|_| is_number)
    };
    for (bound, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        let is_exclusive = object.get(exclusive).and_then(Node::as_bool) == Some(true);
        if let Some(limit) = number(bound) {
            let name = if is_exclusive { exclusive } else { bound };
            schema.insert(name.to_owned(), limit.into());
        }
        if let Some(limit) = number(exclusive) {
            schema.insert(exclusive.to_owned(), limit.into());
        }
    }
    if let Some(divisor) =
        number("multipleOf").filter(|number| number.as_f64().is_some_and(|value| value > 0.0))
    {
        schema.insert("multipleOf".to_owned(), divisor.into());
    }
}

fn whole_number(number: &serde_json::Number) -> Option<u64> {
    let from_float = || {
        number
            .as_f64()
            .filter(|value| *value >= 0.0 && value.fract() == 0.0)
            .map(|value| value as u64)
    };
    number.as_u64().or_else(from_float)
}

/// Returns the strings of an array of strings.
fn texts(node: &Node) -> Option<Vec<&str>> {
    node.as_array()?.iter().map(Node::as_text).collect()
}
