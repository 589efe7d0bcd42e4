//! Enums of which the document lists all values: `"asc"` or `"desc"`, 1 or 2.

use super::{Mismatch, Read};

/// The variant of a text.
///
/// # Errors
/// The document does not list the text.
pub fn listed<T: Copy>(all: &[(T, &'static str)], text: &str) -> Read<T> {
    let found = all.iter().find(|(_, listed)| *listed == text);
    let refused = || Mismatch::unlisted(all.iter().map(|(_, listed)| *listed), text);
    found.map(|(variant, _)| *variant).ok_or_else(refused)
}

/// The variant of a number.
///
/// # Errors
/// The document does not list the number.
pub fn listed_number<T: Copy>(all: &[(T, i64)], number: i64) -> Read<T> {
    let found = all.iter().find(|(_, listed)| *listed == number);
    let refused = || Mismatch::unlisted_number(all.iter().map(|(_, listed)| *listed), number);
    found.map(|(variant, _)| *variant).ok_or_else(refused)
}
