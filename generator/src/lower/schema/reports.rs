//! Reports about what a schema says and its type does not have.

use serde_json::Value;

use super::classify::SchemaShape;
use super::composition::{Alternatives, SchemaEntry};
use super::set::SchemaSet;
use super::{SchemaSite, Schemas};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{JsonKind, Scalar, TypeRef};
use crate::pointer::Pointer;

impl<'a> Schemas<'a> {
    /// Reports a schema that says more than its Rust type; what it says is not lost, the value stays JSON.
    pub(super) fn untyped(&mut self, at: &Pointer, reason: &str) {
        let text = format!("the type is any JSON: {reason}");
        self.report(Diagnostic::new(code::UNTYPED, at.clone(), text));
    }

    /// Reports a keyword or schema that values are not checked against.
    pub(super) fn not_enforced(&mut self, at: Pointer, text: impl Into<String>) {
        self.report(Diagnostic::new(code::NOT_ENFORCED, at, text));
    }

    /// Returns the place of a schema, or of the first of several.
    pub(super) fn origin_of(&self, set: &SchemaSet<'_>, place: &SchemaSite) -> Pointer {
        set.all_of.first().map_or_else(
            || place.at.clone(),
            |key| self.document.schema_at(key).at.clone(),
        )
    }

    /// Reports additional members of several types, and returns the type that holds them all.
    pub(super) fn mixed(&mut self, keys: &[&'a str]) -> TypeRef {
        for key in keys {
            let at = &self.document.schema_at(key).at;
            self.untyped(
                at,
                "the members that the schema does not name are of several types",
            );
        }
        TypeRef::Any
    }

    /// Reports alternatives that only restrict which values fit.
    pub(super) fn condition(&mut self, alternatives: &Alternatives<'_>) {
        let keyword = alternatives.keyword.as_str();
        let text =
            format!("this `{keyword}` only restricts values; the restriction is not enforced");
        self.not_enforced(alternatives.entry.at.child(keyword), text);
    }

    /// Reports subschemas of an `allOf` that contradict the chosen shape: a string beside a number.
    pub(super) fn contradictions(
        &mut self,
        subschemas: &[&'a SchemaEntry],
        chosen: &SchemaShape<'a>,
    ) {
        let chosen = kind(chosen);
        for entry in subschemas {
            let kind = kind(&self.leaf(entry));
            if kind.is_some() && kind != chosen {
                let text = "no value fits this and the schemas beside it, which decide the type";
                self.not_enforced(entry.at.clone(), text);
            }
        }
    }
}

/// Returns the kind of JSON that a shape asks for.
fn kind(shape: &SchemaShape<'_>) -> Option<JsonKind> {
    match shape {
        SchemaShape::Object(_) | SchemaShape::Map(_) | SchemaShape::MixedMap(_) => {
            Some(JsonKind::Object)
        }
        SchemaShape::List(_) | SchemaShape::MergedList(_) | SchemaShape::Tuple(_) => {
            Some(JsonKind::Array)
        }
        SchemaShape::Scalar(scalar) => match scalar {
            Scalar::Bool => Some(JsonKind::Boolean),
            Scalar::Null => Some(JsonKind::Null),
            scalar if scalar.is_number() => Some(JsonKind::Number),
            _ => Some(JsonKind::String),
        },
        SchemaShape::Enum(values) => match values.first()? {
            Value::String(_) => Some(JsonKind::String),
            Value::Number(_) => Some(JsonKind::Number),
            _ => None,
        },
        SchemaShape::Union(..) | SchemaShape::SeveralTypes(_) | SchemaShape::Any(_) => None,
    }
}
