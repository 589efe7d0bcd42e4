//! What schemas of values other than objects say together: the types that all of them allow, and their formats.
//!
//! ```yaml
//! allOf: [{ type: string }, { format: date }]                        # a date
//! allOf: [{ type: string }, { type: [string, integer] }]             # a string
//! { format: date-time }                                              # a date and time if it is a string
//! ```

use openapiv3::{AnySchema, SchemaKind, Type};

use super::classify::SchemaShape;
use super::composition::SchemaEntry;
use super::set::SchemaSet;
use super::{Schemas, scalar};
use crate::ir::Scalar;

impl<'a> Schemas<'a> {
    /// Returns the shape of schemas that a value has to fit all of, none of which is an object.
    pub(super) fn shape_of_scalars(&mut self, subschemas: &[&'a SchemaEntry]) -> SchemaShape<'a> {
        let shape = match self.common_types(subschemas) {
            Some(shape) => shape,
            None => {
                let with_one_type: Vec<_> = subschemas
                    .iter()
                    .copied()
                    .filter(|entry| entry.facts.types.is_empty())
                    .collect();
                match with_one_type.as_slice() {
                    [] => self.narrowest(subschemas),
                    some => self.narrowest(some),
                }
            }
        };
        self.with_formats(shape, subschemas)
    }

    /// Returns a shape with the formats of schemas that have no type: they are about the values of one type only.
    pub(super) fn with_formats(
        &self,
        shape: SchemaShape<'a>,
        subschemas: &[&'a SchemaEntry],
    ) -> SchemaShape<'a> {
        let mut formats = subschemas
            .iter()
            .filter_map(|entry| Some((*entry, only_format(entry)?)));
        match shape {
            SchemaShape::Scalar(scalar) => {
                let narrowed = formats.fold(scalar, |scalar, (_, format)| {
                    self.scalar_with_format(scalar, format)
                });
                SchemaShape::Scalar(narrowed)
            }
            SchemaShape::Any(None) => {
                let typed = formats.find_map(|(entry, format)| {
                    let ty = self.type_of_format(format)?;
                    Some((entry, ty))
                });
                match typed {
                    // what is not of that type is valid, too, and stays as it comes
                    Some((entry, ty)) => SchemaShape::SeveralTypes(
                        vec![ty.to_owned(), "any".to_owned()],
                        Some(entry),
                    ),
                    None => shape,
                }
            }
            other => other,
        }
    }

    /// Returns a scalar as a format narrows it; a format of another type says nothing about it.
    pub(super) fn scalar_with_format(&self, scalar: Scalar, format: &str) -> Scalar {
        let of_format = AnySchema {
            format: Some(format.to_owned()),
            ..AnySchema::default()
        };
        match scalar {
            Scalar::String => scalar::string_of(Some(format), self.options),
            Scalar::F64 => scalar::number_of(Some(format)),
            Scalar::I64 => scalar::integer_of(&of_format),
            other => other,
        }
    }

    /// Returns the type whose values a format is about, if it is a type of its own in Rust.
    fn type_of_format(&self, format: &str) -> Option<&'static str> {
        let is_integer = ["int", "uint"].iter().any(|kind| {
            let bits = format.strip_prefix(kind);
            bits.is_some_and(|bits| matches!(bits, "8" | "16" | "32" | "64"))
        });
        if scalar::string_of(Some(format), self.options) != Scalar::String {
            Some("string")
        } else if is_integer {
            Some("integer")
        } else if matches!(format, "float" | "double") {
            Some("number")
        } else {
            None
        }
    }

    /// Returns those of the schemas of all branches whose format narrows a branch: `format: date` beside
    /// `oneOf: [{ type: string }, { type: integer }]` is about the string.
    pub(super) fn formats_for(
        &mut self,
        base: &[&'a SchemaEntry],
        branch: &'a str,
    ) -> Vec<&'a str> {
        let SchemaShape::Scalar(scalar) = self.classify(&SchemaSet::one(branch)) else {
            return Vec::new();
        };
        let narrows = |entry: &&&'a SchemaEntry| {
            only_format(entry)
                .is_some_and(|format| self.scalar_with_format(scalar, format) != scalar)
        };
        let narrowing = base.iter().filter(narrows);
        narrowing
            .filter_map(|entry| self.document.key_of(entry))
            .collect()
    }

    /// Returns the types that all schemas allow, where one allows several and none says more about a single one.
    fn common_types(&self, subschemas: &[&'a SchemaEntry]) -> Option<SchemaShape<'a>> {
        let several = subschemas
            .iter()
            .find(|entry| !entry.facts.types.is_empty())?;
        let allowed: Vec<Vec<&str>> = subschemas.iter().filter_map(|one| types(one)).collect();
        if allowed.iter().any(|types| types.len() == 1) {
            return None;
        }
        let (first, others) = allowed.split_first()?;
        let mut common: Vec<String> = Vec::new();
        for name in first {
            let is_common = |others: &Vec<&str>| others.iter().any(|other| overlap(name, other));
            if others.iter().all(is_common) {
                let is_integer =
                    |others: &Vec<&str>| others.contains(&"integer") && !others.contains(&"number");
                let is_narrowed = *name == "number" && others.iter().any(is_integer);
                let name = if is_narrowed { "integer" } else { name };
                common.push(name.to_owned());
            }
        }
        let is_listed = matches!(&several.value.schema_kind,
            SchemaKind::Any(any) if !any.enumeration.is_empty());
        (!common.is_empty() && !is_listed)
            .then_some(SchemaShape::SeveralTypes(common, Some(several)))
    }
}

/// Returns the format of a schema that says nothing else about its type.
pub(super) fn only_format(entry: &SchemaEntry) -> Option<&str> {
    match &entry.value.schema_kind {
        SchemaKind::Any(any)
            if any.typ.is_none()
                && any.enumeration.is_empty()
                && any.items.is_none()
                && any.properties.is_empty()
                && any.required.is_empty()
                && any.additional_properties.is_none()
                && entry.facts.types.is_empty()
                && entry.facts.prefix_items.is_empty() =>
        {
            any.format.as_deref()
        }
        _ => None,
    }
}

/// Returns the names of the types that a schema allows; `None` if it allows all.
pub(super) fn types(entry: &SchemaEntry) -> Option<Vec<&str>> {
    if !entry.facts.types.is_empty() {
        return Some(entry.facts.types.iter().map(String::as_str).collect());
    }
    let one = match &entry.value.schema_kind {
        SchemaKind::Type(Type::String(_)) => "string",
        SchemaKind::Type(Type::Number(_)) => "number",
        SchemaKind::Type(Type::Integer(_)) => "integer",
        SchemaKind::Type(Type::Boolean(_)) => "boolean",
        SchemaKind::Type(Type::Array(_)) => "array",
        SchemaKind::Type(Type::Object(_)) => "object",
        SchemaKind::Any(any) => any.typ.as_deref()?,
        _ => return None,
    };
    Some(vec![one])
}

/// Returns whether one value can be of both types: an integer is a number.
pub(super) fn overlap(one: &str, other: &str) -> bool {
    one == other || matches!((one, other), ("integer", "number") | ("number", "integer"))
}
