//! Enums by the tables of their values: open ones preserve what is not listed, closed ones reject it.

use std::borrow::Cow;
use std::mem::discriminant;

use super::trial::count_unlisted;
use super::{Json, Mismatch, Read};

/// Returns the variant of a string, if it is listed.
fn listed_string<T: Clone>(all: &[(T, &'static str)], text: &str) -> Option<T> {
    let found = all.iter().find(|(_, value)| *value == text);
    found.map(|(variant, _)| variant.clone())
}

/// Returns the variant of a string, or makes one that holds it.
pub fn listed_or<T: Clone>(
    all: &[(T, &'static str)],
    text: Cow<'_, str>,
    unknown: fn(String) -> T,
) -> T {
    listed_string(all, &text).unwrap_or_else(|| unknown(text.into_owned()))
}

/// Decodes a string of an open enum.
///
/// # Errors
/// The JSON is no string.
pub fn read_listed<T: Clone>(
    json: Json<'_>,
    all: &[(T, &'static str)],
    unknown: fn(String) -> T,
) -> Read<T> {
    let text = json.into_string("a string")?;
    let listed = listed_string(all, &text);
    Ok(listed.unwrap_or_else(|| {
        count_unlisted();
        unknown(text.into_owned())
    }))
}

/// Returns the string of a variant of the table.
pub fn string_of<T>(all: &[(T, &'static str)], variant: &T) -> &'static str {
    let is_it = |one: &T| discriminant(one) == discriminant(variant);
    let found = all.iter().find(|(one, _)| is_it(one));
    // every variant but `Unknown` is in the table of its enum
    found.map_or("", |(_, text)| text)
}

/// Returns the variant of an integer, if it is listed.
pub fn listed_integer<T: Copy>(all: &[(T, i64)], number: i64) -> Option<T> {
    let found = all.iter().find(|(_, value)| *value == number);
    found.map(|(variant, _)| *variant)
}

/// Decodes an integer of an open enum.
///
/// # Errors
/// The JSON is no integer, or one that 64 bits do not hold.
pub fn read_listed_integer<T: Copy>(
    json: Json<'_>,
    all: &[(T, i64)],
    unknown: fn(i64) -> T,
) -> Read<T> {
    let number = json.read()?;
    let listed = listed_integer(all, number);
    Ok(listed.unwrap_or_else(|| {
        count_unlisted();
        unknown(number)
    }))
}

/// Returns the integer of a variant of the table.
pub fn integer_of<T>(all: &[(T, i64)], variant: &T) -> i64 {
    let is_it = |one: &T| discriminant(one) == discriminant(variant);
    let found = all.iter().find(|(one, _)| is_it(one));
    found.map_or(0, |(_, number)| *number)
}

/// Returns the variant of a string.
///
/// # Errors
/// The enum does not have the string.
pub fn string_variant<T: Copy>(all: &[(T, &'static str)], text: &str) -> Read<T> {
    let error = || Mismatch::not_in_enum(all.iter().map(|(_, value)| *value), text);
    listed_string(all, text).ok_or_else(error)
}

/// Returns the variant of an integer.
///
/// # Errors
/// The enum does not have the integer.
pub fn integer_variant<T: Copy>(all: &[(T, i64)], number: i64) -> Read<T> {
    let error = || Mismatch::uninteger_variant(all.iter().map(|(_, value)| *value), number);
    listed_integer(all, number).ok_or_else(error)
}
