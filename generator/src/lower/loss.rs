//! Reports what a schema says and its type does not have.

use serde_json::Value;

use super::Lowering;
use super::form::Form;
use super::pieces::{Alternatives, SchemaEntry, Sum};
use super::place::Place;
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{JsonKind, Scalar, TypeRef};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// Reports a keyword or schema that is not held against values.
    pub(super) fn unchecked(&mut self, at: Pointer, text: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::new(code::NOT_ENFORCED, at, text));
    }

    /// Where a schema stands, or the first of several.
    pub(super) fn stands_at(&self, sum: &Sum<'_>, place: &Place) -> Pointer {
        let first = sum.whole.first();
        first.map_or_else(
            || place.at.clone(),
            |key| self.document.schema_at(key).at.clone(),
        )
    }

    /// Members without a name that are of several types.
    pub(super) fn mixed(&mut self, keys: &[&'a str]) -> TypeRef {
        for key in keys {
            let at = self.document.schema_at(key).at.clone();
            let reason = "the members that the schema does not name are of several types";
            self.untyped(&at, reason);
        }
        TypeRef::Any
    }

    /// Alternatives that only say which of the values fit.
    pub(super) fn condition(&mut self, alternatives: &Alternatives<'_>) {
        let name = if alternatives.any { "anyOf" } else { "oneOf" };
        let text = format!("`{name}` says here which values fit, and that is not checked");
        self.unchecked(alternatives.entry.at.child(name), text);
    }

    /// Schemas that a value of the chosen form does not fit, in an `allOf`: a text beside a number.
    pub(super) fn contradictions(&mut self, own: &[&'a SchemaEntry], chosen: &Form<'a>) {
        let chosen = kind(chosen);
        for entry in own {
            let kind = kind(&self.leaf(entry));
            if kind.is_some() && kind != chosen {
                let text =
                    "no value fits this and the schemas beside it, which the type is made of";
                self.unchecked(entry.at.clone(), text);
            }
        }
    }
}

/// The kind of JSON that a form asks for.
fn kind(form: &Form<'_>) -> Option<JsonKind> {
    match form {
        Form::Object(_) | Form::Map(_) | Form::MixedMap(_) => Some(JsonKind::Object),
        Form::List(_) | Form::Lists(_) | Form::Tuple(_) => Some(JsonKind::Array),
        Form::Plain(scalar) => match scalar {
            Scalar::Bool => Some(JsonKind::Boolean),
            Scalar::Null => Some(JsonKind::Null),
            scalar if scalar.is_number() => Some(JsonKind::Number),
            _ => Some(JsonKind::String),
        },
        Form::Values(values) => match values.first()? {
            Value::String(_) => Some(JsonKind::String),
            Value::Number(_) => Some(JsonKind::Number),
            _ => None,
        },
        Form::Union(..) | Form::Types(_) | Form::Any(_) => None,
    }
}
