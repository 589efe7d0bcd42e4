//! Parameters with arrays or objects inside of others, which OpenAPI leaves open.

use std::collections::BTreeSet;

use openapiv3::{AdditionalProperties, SchemaKind, Type};

use super::Operations;
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Parameter, ParameterPlace, Style};
use crate::lower::schema::key;
use crate::pointer::Pointer;
use crate::resolve::Document;

/// Where a value is in the value of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
        let mut search = Search {
            document: self.document,
            member,
            seen: BTreeSet::new(),
        };
        if search.is_nested(schema, Level::Whole) && self.reported_contents.insert(at.clone()) {
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
}

/// A search for arrays and objects inside of others, which looks at each schema once at each level.
struct Search<'a> {
    document: &'a Document,
    /// The level of the members of an object.
    member: Level,
    seen: BTreeSet<(&'a str, Level)>,
}

impl<'a> Search<'a> {
    fn is_nested(&mut self, key: &'a str, level: Level) -> bool {
        if !self.seen.insert((key, level)) {
            return false;
        }
        match &self.document.schema_at(key).value.schema_kind {
            SchemaKind::Type(Type::Array(array)) => {
                let items = array.items.as_ref().and_then(self::key);
                level == Level::Text || items.is_some_and(|key| self.is_nested(key, Level::Text))
            }
            SchemaKind::Type(Type::Object(object)) => {
                let rest = match &object.additional_properties {
                    Some(AdditionalProperties::Schema(schema)) => self::key(schema),
                    _ => None,
                };
                let properties = object.properties.values().filter_map(self::key);
                level != Level::Whole || self.any(properties.chain(rest), self.member)
            }
            SchemaKind::OneOf { one_of: branches }
            | SchemaKind::AnyOf { any_of: branches }
            | SchemaKind::AllOf { all_of: branches } => {
                self.any(branches.iter().filter_map(self::key), level)
            }
            SchemaKind::Any(schema) => {
                let properties = schema.properties.values().filter_map(self::key);
                let branches = [&schema.all_of, &schema.one_of, &schema.any_of];
                let branches = branches.into_iter().flatten().filter_map(self::key);
                (!schema.properties.is_empty() && level != Level::Whole)
                    || self.any(properties, self.member)
                    || self.any(branches, level)
            }
            SchemaKind::Type(_) | SchemaKind::Not { .. } => false,
        }
    }

    fn any(&mut self, mut keys: impl Iterator<Item = &'a str>, level: Level) -> bool {
        keys.any(|key| self.is_nested(key, level))
    }
}
