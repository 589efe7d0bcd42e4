//! Closed enums: `"asc"` or `"desc"`, 1 or 2.

use super::{Mismatch, Read};

/// Returns the variant of a string.
///
/// # Errors
/// The enum does not have the string.
pub fn string_variant<T: Copy>(all: &[(T, &'static str)], text: &str) -> Read<T> {
    let found = all.iter().find(|(_, value)| *value == text);
    let error = || Mismatch::not_in_enum(all.iter().map(|(_, value)| *value), text);
    found.map(|(variant, _)| *variant).ok_or_else(error)
}

/// Returns the variant of an integer.
///
/// # Errors
/// The enum does not have the integer.
pub fn integer_variant<T: Copy>(all: &[(T, i64)], number: i64) -> Read<T> {
    let found = all.iter().find(|(_, value)| *value == number);
    let error = || Mismatch::uninteger_variant(all.iter().map(|(_, value)| *value), number);
    found.map(|(variant, _)| *variant).ok_or_else(error)
}
