//! Reports about what a schema says and its type does not have.

use serde_json::Value;

use super::classify::SchemaShape;
use super::composition::{Alternatives, SchemaEntry};
use super::scalars::only_format;
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

    /// Reports subschemas of an `allOf` that contradict the chosen shape, such as a string beside a number, with the schema
    /// that decides it.
    pub(super) fn contradictions(
        &mut self,
        subschemas: &[&'a SchemaEntry],
        chosen: &SchemaShape<'a>,
    ) {
        let shapes: Vec<_> = subschemas
            .iter()
            .map(|entry| match only_format(entry) {
                Some(format) => {
                    SchemaShape::Scalar(self.scalar_with_format(Scalar::String, format))
                }
                None => self.leaf(entry),
            })
            .collect();
        let decides = |shape: &SchemaShape<'a>| {
            kinds(shape).is_some() && !contradict(shape, chosen) && !is_wider(shape, chosen)
        };
        let deciding = subschemas
            .iter()
            .zip(&shapes)
            .find(|(_, shape)| decides(shape));
        for (entry, shape) in subschemas.iter().zip(&shapes) {
            // a format says nothing about values that are no strings
            let applies = only_format(entry).is_none()
                || matches!(chosen, SchemaShape::Scalar(scalar) if kind_of_scalar(*scalar) == JsonKind::String);
            if applies && contradict(shape, chosen) {
                let text = "no value fits this and the schemas beside it, which decide the type";
                let mut finding = Diagnostic::new(code::NOT_ENFORCED, entry.at.clone(), text);
                if let Some((other, _)) = deciding {
                    finding = finding.related(other.at.clone(), "this decides the type");
                }
                self.report(finding);
            }
        }
    }
}

/// Returns whether no value fits both shapes: they are of other kinds of JSON, or strings of other formats.
fn contradict(one: &SchemaShape<'_>, other: &SchemaShape<'_>) -> bool {
    if let (SchemaShape::Scalar(one), SchemaShape::Scalar(other)) = (one, other) {
        let has_format = |scalar: &Scalar| {
            let is_string = kind_of_scalar(*scalar) == JsonKind::String;
            is_string && *scalar != Scalar::String
        };
        if has_format(one) && has_format(other) {
            return one != other;
        }
    }
    match (kinds(one), kinds(other)) {
        (Some(one), Some(other)) => !one.iter().any(|kind| other.contains(kind)),
        _ => false,
    }
}

/// Returns whether a shape leaves open what another decides: any string, where that is a date.
fn is_wider(one: &SchemaShape<'_>, other: &SchemaShape<'_>) -> bool {
    matches!(
        one,
        SchemaShape::SeveralTypes(..) | SchemaShape::Scalar(Scalar::String)
    ) && !matches!(
        other,
        SchemaShape::SeveralTypes(..) | SchemaShape::Scalar(Scalar::String)
    )
}

/// Returns the kinds of JSON that a shape allows; `None` if that is not known.
fn kinds(shape: &SchemaShape<'_>) -> Option<Vec<JsonKind>> {
    let one = match shape {
        SchemaShape::Object(_) | SchemaShape::Map(_) | SchemaShape::MixedMap(_) => JsonKind::Object,
        SchemaShape::List(_) | SchemaShape::MergedList(_) | SchemaShape::Tuple(_) => {
            JsonKind::Array
        }
        SchemaShape::Scalar(Scalar::NumberOrString(_)) => {
            return Some(vec![JsonKind::Number, JsonKind::String]);
        }
        SchemaShape::Scalar(scalar) => kind_of_scalar(*scalar),
        SchemaShape::Enum(listing) => match &listing.values.first()?.value {
            Value::String(_) => JsonKind::String,
            Value::Number(_) => JsonKind::Number,
            _ => return None,
        },
        SchemaShape::SeveralTypes(types, _) => {
            return types.iter().map(|name| kind_of_type(name)).collect();
        }
        SchemaShape::Union(..) | SchemaShape::Any(_) => return None,
    };
    Some(vec![one])
}

fn kind_of_scalar(scalar: Scalar) -> JsonKind {
    match scalar {
        Scalar::Bool => JsonKind::Boolean,
        Scalar::Null => JsonKind::Null,
        scalar if scalar.is_number() => JsonKind::Number,
        _ => JsonKind::String,
    }
}

/// Returns the kind of a type by its name in the document; `None` for any JSON.
fn kind_of_type(name: &str) -> Option<JsonKind> {
    match name {
        "string" => Some(JsonKind::String),
        "integer" | "number" => Some(JsonKind::Number),
        "boolean" => Some(JsonKind::Boolean),
        "array" => Some(JsonKind::Array),
        "object" => Some(JsonKind::Object),
        _ => None,
    }
}
