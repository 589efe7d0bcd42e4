//! The shape of JSON values: their types and the names of their members, without any value.
//!
//! Shapes of many values are merged, and a merged one is written as a schema that all of them fit.

mod read;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use oasmith::load::{Node, Object};
use serde_json::Value;

use super::names;

/// With more members than this, an object is a map: its names are data.
const MAX_MEMBERS: usize = 100;

/// Objects and arrays deeper than this are any JSON.
const MAX_DEPTH: usize = 24;

/// The merged shape of some values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) is_null: bool,
    is_boolean: bool,
    is_integer: bool,
    is_number: bool,
    is_string: bool,
    /// Whether the strings are files of a form.
    is_file: bool,
    is_any: bool,
    elements: Option<Box<Shape>>,
    object: Option<Members>,
}

/// The members of some objects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Members {
    /// The number of objects.
    count: usize,
    /// Each member with the number of objects that have it.
    named: BTreeMap<String, (usize, Shape)>,
    /// The shape of all members, if the names are data.
    map: Option<Box<Shape>>,
}

/// How schemas are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// OpenAPI 3.0: one type and `nullable`.
    V3_0,
    /// OpenAPI 3.1 and later: lists of types.
    V3_1,
}

impl Shape {
    /// Returns the shape of a value.
    pub(super) fn of(value: &Value) -> Self {
        let mut shape = Shape::default();
        shape.add(value);
        shape
    }

    /// Merges in the shape of a value.
    pub(super) fn add(&mut self, value: &Value) {
        self.add_at(value, 0);
    }

    fn add_at(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Null => self.is_null = true,
            Value::Bool(_) => self.is_boolean = true,
            Value::Number(number) if number.is_f64() => self.is_number = true,
            Value::Number(_) => self.is_integer = true,
            Value::String(_) => self.is_string = true,
            Value::Array(_) | Value::Object(_) if depth >= MAX_DEPTH => self.is_any = true,
            Value::Array(elements) => {
                let shape = self.elements.get_or_insert_default();
                elements
                    .iter()
                    .for_each(|element| shape.add_at(element, depth + 1));
            }
            Value::Object(members) => {
                let object = self.object.get_or_insert_default();
                object.count += 1;
                for (name, value) in members {
                    object.member(name, 1, |shape| shape.add_at(value, depth + 1));
                }
            }
        }
    }

    /// Merges another shape in.
    pub(super) fn merge(&mut self, other: &Shape) {
        self.is_null |= other.is_null;
        self.is_boolean |= other.is_boolean;
        self.is_integer |= other.is_integer;
        self.is_number |= other.is_number;
        self.is_string |= other.is_string;
        self.is_file |= other.is_file;
        self.is_any |= other.is_any;
        if let Some(elements) = &other.elements {
            self.elements.get_or_insert_default().merge(elements);
        }
        if let Some(object) = &other.object {
            let own = self.object.get_or_insert_default();
            own.count += object.count;
            for (name, (count, shape)) in &object.named {
                own.member(name, *count, |own| own.merge(shape));
            }
            if let Some(map) = &object.map {
                own.as_map().merge(map);
            }
        }
    }

    /// Says of members that they are files.
    pub(super) fn mark_files(&mut self, names: &[String]) {
        let named = self.object.iter_mut().flat_map(|object| &mut object.named);
        let files = named.filter(|(name, _)| names.contains(name));
        files.for_each(|(_, (_, shape))| shape.mark_file());
    }

    fn mark_file(&mut self) {
        self.is_file |= self.is_string;
        if let Some(elements) = &mut self.elements {
            elements.mark_file();
        }
    }

    /// Returns the shape without null.
    pub(super) fn without_null(mut self) -> Self {
        self.is_null = false;
        self
    }

    /// Whether nothing was seen.
    pub(super) fn is_empty(&self) -> bool {
        *self == Shape::default()
    }

    /// Returns the JSON types but null, in the order in which they are written.
    pub(super) fn types(&self) -> Vec<&'static str> {
        let list = [
            (self.object.is_some(), "object"),
            (self.elements.is_some(), "array"),
            (self.is_string, "string"),
            (self.is_number, "number"),
            (self.is_integer && !self.is_number, "integer"),
            (self.is_boolean, "boolean"),
        ];
        list.into_iter()
            .filter(|(is_seen, _)| *is_seen)
            .map(|(_, name)| name)
            .collect()
    }

    /// Writes a schema that all values fit.
    pub(super) fn schema(&self, dialect: Dialect) -> Node {
        let types = self.types();
        let mut schema = Object::default();
        if self.is_any || (types.is_empty() && dialect == Dialect::V3_0) {
            // 3.0 has no type for null alone
            if self.is_null && dialect == Dialect::V3_0 {
                put(&mut schema, "nullable", true);
            }
            return schema.into();
        }
        match types.as_slice() {
            [] if self.is_null => return null_schema(),
            [] => {}
            [one] => {
                schema = self.of_type(one, dialect);
                if self.is_null {
                    allow_null(&mut schema, one, dialect);
                }
            }
            several => match dialect {
                Dialect::V3_1 if several.iter().all(|one| is_scalar(one)) => {
                    let mut list = several.to_vec();
                    list.extend(self.is_null.then_some("null"));
                    match list.as_slice() {
                        [only] => put(&mut schema, "type", *only),
                        _ => put(&mut schema, "type", list),
                    }
                }
                _ => {
                    let mut branches: Vec<Node> = several
                        .iter()
                        .map(|one| self.of_type(one, dialect).into())
                        .collect();
                    match dialect {
                        Dialect::V3_0 if self.is_null => put(&mut schema, "nullable", true),
                        Dialect::V3_1 if self.is_null => branches.push(null_schema()),
                        _ => {}
                    }
                    put(&mut schema, "oneOf", branches);
                }
            },
        }
        schema.into()
    }

    /// Writes a schema for each type but null.
    pub(super) fn branches(&self, dialect: Dialect) -> Vec<Node> {
        let types = self.types();
        types
            .iter()
            .map(|one| self.of_type(one, dialect).into())
            .collect()
    }

    fn of_type(&self, name: &str, dialect: Dialect) -> Object {
        let mut schema = Object::default();
        put(&mut schema, "type", name);
        match name {
            "array" => {
                let elements = self.elements.as_deref().cloned().unwrap_or_default();
                put(&mut schema, "items", elements.schema(dialect));
            }
            "string" if self.is_file => put(&mut schema, "format", "binary"),
            "object" => {
                if let Some(object) = &self.object {
                    object.write(&mut schema, dialect);
                }
            }
            _ => {}
        }
        schema
    }
}

impl Members {
    fn member(&mut self, name: &str, count: usize, add: impl FnOnce(&mut Shape)) {
        if self.map.is_none() && (!names::is_name(name) || self.named.len() >= MAX_MEMBERS) {
            self.as_map();
        }
        match &mut self.map {
            Some(map) => add(map),
            None => {
                let (seen, shape) = self.named.entry(name.to_owned()).or_default();
                *seen += count;
                add(shape);
            }
        }
    }

    /// Makes all members one shape.
    fn as_map(&mut self) -> &mut Shape {
        let named = std::mem::take(&mut self.named);
        let map = self.map.get_or_insert_default();
        named.values().for_each(|(_, shape)| map.merge(shape));
        map
    }

    /// Whether the names look like data, though each of them could be a name: several objects have many members, and
    /// none has much in common with the others, as `{ ada: 3, grace: 5 }`.
    fn is_map(&self) -> bool {
        let is_rare = |(count, _): &(usize, Shape)| count * 2 <= self.count;
        self.count > 2 && self.named.len() > 5 && self.named.values().all(is_rare)
    }

    fn write(&self, schema: &mut Object, dialect: Dialect) {
        if self.map.is_none() && self.is_map() {
            let mut map = self.clone();
            map.as_map();
            return map.write(schema, dialect);
        }
        if let Some(map) = &self.map {
            return put(schema, "additionalProperties", map.schema(dialect));
        }
        let always = |(_, (count, _)): &(&String, &(usize, Shape))| *count >= self.count;
        let required: Vec<&str> = self
            .named
            .iter()
            .filter(always)
            .map(|(name, _)| name.as_str())
            .collect();
        if !required.is_empty() {
            put(schema, "required", required);
        }
        let properties: Object = self
            .named
            .iter()
            .map(|(name, (_, shape))| (name.as_str().into(), shape.schema(dialect)))
            .collect();
        if !properties.is_empty() {
            put(schema, "properties", properties);
        }
    }
}

/// Makes a schema with one type accept null, too.
fn allow_null(schema: &mut Object, name: &str, dialect: Dialect) {
    match dialect {
        Dialect::V3_0 => put(schema, "nullable", true),
        Dialect::V3_1 => put(schema, "type", vec![name, "null"]),
    }
}

fn is_scalar(name: &str) -> bool {
    !matches!(name, "object" | "array")
}

/// The schema of null, since OpenAPI 3.1.
pub(super) fn null_schema() -> Node {
    let mut schema = Object::default();
    put(&mut schema, "type", "null");
    schema.into()
}

/// Sets a member of an object.
pub(super) fn put(object: &mut Object, name: &str, value: impl Into<Node>) {
    object.insert(name.into(), value.into());
}
