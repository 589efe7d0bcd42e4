//! `types` of `codegen.yaml`: the Rust types of some formats.

use super::section::Section;
use super::{DateTimeType, NaiveDateTime, TypeChoices, UuidType, table};
use crate::diagnostic::Diagnostics;

/// Reads the choices of a target.
pub(super) fn types(section: &Section<'_>, diagnostics: &mut Diagnostics) -> TypeChoices {
    let mut types = TypeChoices::default();
    let section = section
        .get("types")
        .and_then(|entry| entry.section(&table::TYPES, diagnostics));
    let Some(section) = section else {
        return types;
    };
    if let Some(entry) = section.get("date_time") {
        let choices = [
            ("utc", DateTimeType::Utc),
            ("fixed-offset", DateTimeType::FixedOffset),
        ];
        types.date_time = entry.choice(&choices, diagnostics).unwrap_or_default();
    }
    if let Some(entry) = section.get("naive_date_time") {
        let choices = [("error", NaiveDateTime::Error), ("utc", NaiveDateTime::Utc)];
        types.naive_date_time = entry.choice(&choices, diagnostics).unwrap_or_default();
    }
    if let Some(entry) = section.get("uuid") {
        let choices = [("uuid", UuidType::Uuid), ("string", UuidType::String)];
        types.uuid = entry.choice(&choices, diagnostics).unwrap_or_default();
    }
    types
}
