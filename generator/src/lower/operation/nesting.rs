//! Parameters with arrays or objects inside of others, which OpenAPI leaves open.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};

use super::Operations;
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Parameter, ParameterPlace, Style};
use crate::lower::schema::key;
use crate::pointer::Pointer;

/// How many schemas inside of others are looked into.
const DEPTH: usize = 12;

/// Where a value is in the value of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// It is the parameter's.
    Whole,
    /// It is a member of an object, whose name is repeated for each item of an array: `sort=a&sort=b`.
    Repeated,
    /// It is a string in another value, so that an array or object is JSON.
    Text,
}

impl<'a> Operations<'_, 'a> {
    /// Reports a parameter in which an array or object is inside of another and is written as JSON: `{ a: { b: 1 } }` as
    /// `a={"b":1}`. A deep object and JSON itself are as deep as the value.
    pub(super) fn report_nesting(&mut self, parameter: &Parameter, schema: &'a str, at: &Pointer) {
        if matches!(parameter.style, Style::DeepObject | Style::Json)
            || parameter.place == ParameterPlace::QueryString
        {
            return;
        }
        let has_pairs = matches!(
            parameter.place,
            ParameterPlace::Query | ParameterPlace::Cookie
        ) || parameter.style == Style::Matrix;
        let member = match has_pairs && parameter.explode {
            true => Level::Repeated,
            false => Level::Text,
        };
        if self.is_nested(schema, Level::Whole, member, DEPTH)
            && self.reported_contents.insert(at.clone())
        {
            let name = &parameter.name.wire;
            let text = format!(
                "in the parameter `{name}`, an array or object inside of another is written as JSON, \
                 since OpenAPI does not say how"
            );
            self.report(Diagnostic::new(code::OPEN_ENCODING, at.clone(), text).help(
                "use `style: deepObject` if the server reads `a[b]=1`, or describe the parameter by a `content` of \
                 `application/json`",
            ));
        }
    }

    fn is_nested(&self, key: &'a str, level: Level, member: Level, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        let any = |branches: &'a [ReferenceOr<Schema>]| {
            let mut keys = branches.iter().filter_map(self::key);
            keys.any(|key| self.is_nested(key, level, member, depth))
        };
        let item = |reference: &'a Option<ReferenceOr<Box<Schema>>>| {
            let key = reference.as_ref().and_then(self::key);
            level == Level::Text
                || key.is_some_and(|key| self.is_nested(key, Level::Text, member, depth))
        };
        match &self.document.schema_at(key).value.schema_kind {
            SchemaKind::Type(Type::Array(array)) => item(&array.items),
            SchemaKind::Type(Type::Object(object)) => {
                let rest = match &object.additional_properties {
                    Some(AdditionalProperties::Schema(schema)) => self::key(schema),
                    _ => None,
                };
                let properties = object.properties.values().filter_map(self::key);
                let mut members = properties.chain(rest);
                level != Level::Whole
                    || members.any(|key| self.is_nested(key, member, member, depth))
            }
            SchemaKind::OneOf { one_of: branches }
            | SchemaKind::AnyOf { any_of: branches }
            | SchemaKind::AllOf { all_of: branches } => any(branches),
            SchemaKind::Any(schema) => {
                let mut members = schema.properties.values().filter_map(self::key);
                let is_object = !schema.properties.is_empty();
                (is_object && level != Level::Whole)
                    || members.any(|key| self.is_nested(key, member, member, depth))
                    || any(&schema.all_of)
                    || any(&schema.one_of)
                    || any(&schema.any_of)
            }
            SchemaKind::Type(_) | SchemaKind::Not { .. } => false,
        }
    }
}
