//! Texts as values: a text is read as what its schema allows.

use oasmith::load::Node;
use oasmith::pointer::Pointer;
use serde_json::{Map, Value};

use super::Judge;
use crate::conform::description::{Style, StyleName};
use crate::conform::finding::Kind;
use crate::conform::names;
use crate::conform::schema::Direction;
use crate::conform::traffic::{Field, Pair, decode};
use crate::conform::wire::Raw;
use crate::conform::wire::style::{self, Reading};

impl Judge<'_> {
    /// Returns the value that a text stands for: the first that fits the schema, else the first of a type that it allows.
    pub(super) fn value_of_text(
        &mut self,
        text: &str,
        at: &Pointer,
        direction: Direction,
    ) -> Value {
        let mut best = None;
        for value in values(text) {
            let Some(checker) = self.checker(at, direction) else {
                return value;
            };
            let found = checker.mismatches(&value, at);
            if found.is_empty() {
                return value;
            }
            let has_wrong_type = found.iter().any(|one| {
                let is_type = matches!(one.kind, Kind::Type(_) | Kind::Null | Kind::NoBranch(_));
                is_type && one.instance.is_empty()
            });
            if !has_wrong_type {
                best.get_or_insert(value);
            }
        }
        best.unwrap_or_else(|| text.into())
    }

    /// Returns the value of texts by the schema at a place.
    fn value(&mut self, raw: &Raw, at: &Pointer, direction: Direction) -> Value {
        match raw {
            Raw::Text(text) => self.value_of_text(text, at, direction),
            Raw::List(texts) => {
                let items = self.description.items(at);
                let values = texts.iter().map(|text| match &items {
                    Some(items) => self.value_of_text(text, items, direction),
                    None => text.as_str().into(),
                });
                values.collect()
            }
            Raw::Members(members) => {
                let mut object = Map::new();
                for (name, raw) in members {
                    let value = match self.description.property(at, name) {
                        Some(at) => self.value(raw, &at, direction),
                        None => untyped(raw),
                    };
                    object.insert(name.clone(), value);
                }
                object.into()
            }
        }
    }

    /// Chooses among readings: the first that fits, else the first. Returns whether it follows the declared `explode`.
    pub(super) fn choose(
        &mut self,
        readings: &[Reading],
        at: &Pointer,
        direction: Direction,
    ) -> Option<(Value, bool)> {
        let mut first = None;
        for reading in readings {
            let value = self.value(&reading.raw, at, direction);
            let fits = self
                .checker(at, direction)
                .is_none_or(|checker| checker.mismatches(&value, at).is_empty());
            if fits {
                return Some((value, reading.is_declared));
            }
            first.get_or_insert((value, true));
        }
        first
    }

    /// Returns the object of a form.
    pub(super) fn value_of_pairs(
        &mut self,
        pairs: &[Pair],
        place: &Pointer,
        direction: Direction,
    ) -> Value {
        let at = place.child("schema");
        let mut object = Map::new();
        for pair in pairs {
            let bare = pair.name.split('[').next().unwrap_or(&pair.name);
            let is_declared = |name: &str| self.description.declared_property(&at, name).is_some();
            let name = if is_declared(&pair.name) || !is_declared(bare) {
                &pair.name
            } else {
                bare
            };
            if object.contains_key(name) {
                continue;
            }
            let value = match self.description.property(&at, name) {
                Some(property) => {
                    let types = self.description.types(&property);
                    let readings = style::in_pairs(self.style(place, name), name, pairs, types);
                    self.choose(&readings, &property, direction)
                        .map(|(value, _)| value)
                }
                None => Some(decode(&pair.text.replace('+', " ")).into()),
            };
            object.extend(value.map(|value| (name.to_owned(), value)));
        }
        object.into()
    }

    /// Returns the style of a member of a form.
    fn style(&self, place: &Pointer, name: &str) -> Style {
        let encoding = self
            .description
            .loaded
            .get(&place.child("encoding").child(name));
        encoding
            .and_then(|node: &Node| Style::of(node, StyleName::Form))
            .unwrap_or(Style {
                name: StyleName::Form,
                is_exploded: true,
            })
    }

    /// Returns the object of a multipart body, and the names of its files.
    pub(super) fn value_of_parts(
        &mut self,
        fields: &[Field],
        place: &Pointer,
        direction: Direction,
    ) -> (Value, Vec<String>) {
        let at = place.child("schema");
        let mut object = Map::new();
        let mut files = Vec::new();
        for field in fields {
            let bare = field.name.strip_suffix("[]").unwrap_or(&field.name);
            let is_declared = |name: &str| self.description.declared_property(&at, name).is_some();
            let name = if is_declared(&field.name) || !is_declared(bare) {
                &field.name
            } else {
                bare
            };
            if object.contains_key(name) {
                continue;
            }
            let same: Vec<&Field> = fields
                .iter()
                .filter(|other| other.name == field.name)
                .collect();
            let property = self.description.property(&at, name);
            let types = property.as_ref().map(|at| self.description.types(at));
            let is_list = types.is_some_and(|types| types.is_array) || same.len() > 1;
            let value = match (&property, is_list) {
                (None, false) => text_of(field).into(),
                (None, true) => same.iter().map(|field| text_of(field)).collect(),
                (Some(property), false) => self.value_of_part(field, property, direction),
                (Some(property), true) => {
                    let whole = match same.as_slice() {
                        // an array can be one part of JSON
                        [one] => Some(self.value_of_part(one, property, direction)),
                        _ => None,
                    };
                    let items = self
                        .description
                        .items(property)
                        .unwrap_or_else(|| property.clone());
                    match whole.filter(Value::is_array) {
                        Some(whole) => whole,
                        None => same
                            .iter()
                            .map(|field| self.value_of_part(field, &items, direction))
                            .collect(),
                    }
                }
            };
            let is_binary = property.is_some_and(|at| self.description.is_binary(&at));
            if field.is_file || is_binary {
                files.push(name.to_owned());
            }
            object.insert(name.to_owned(), value);
        }
        (object.into(), files)
    }

    fn value_of_part(&mut self, field: &Field, at: &Pointer, direction: Direction) -> Value {
        if field.is_file && !self.description.types(at).is_object {
            return text_of(field).into();
        }
        let is_json = names::essence(&field.media_type).ends_with("json");
        match serde_json::from_slice(&field.bytes) {
            Ok(value) if is_json => value,
            _ => self.value_of_text(&text_of(field), at, direction),
        }
    }
}

/// Returns the values that a text can stand for.
fn values(text: &str) -> Vec<Value> {
    let mut values = vec![Value::from(text)];
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "" | "null" => values.push(Value::Null),
        "true" | "false" => values.push((lower == "true").into()),
        _ => {
            let is_json = lower.starts_with(|first: char| "-0123456789[{".contains(first));
            let value = serde_json::from_str(text).ok().filter(|_| is_json);
            values.extend(value);
        }
    }
    values
}

fn untyped(raw: &Raw) -> Value {
    match raw {
        Raw::Text(text) => text.as_str().into(),
        Raw::List(texts) => texts.iter().map(String::as_str).collect(),
        Raw::Members(members) => {
            let members = members
                .iter()
                .map(|(name, raw)| (name.clone(), untyped(raw)));
            Value::Object(members.collect())
        }
    }
}

fn text_of(field: &Field) -> String {
    String::from_utf8_lossy(&field.bytes).into_owned()
}
