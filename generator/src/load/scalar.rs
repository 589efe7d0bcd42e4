//! The kind of a plain scalar by the core schema of YAML 1.2 (chapter 10.3.2), and the value of a number.
//!
//! The core schema has no `yes`, `no`, `on`, `off` and no `1_000`: these are strings. `017` is the integer 17.

use serde_json::Number;

use super::node::{Scalar, ScalarKind};

/// Returns the kind of a plain YAML scalar.
pub(crate) fn kind(text: &str) -> ScalarKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => ScalarKind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => ScalarKind::Bool,
        _ if is_integer(text) => ScalarKind::Integer,
        _ if is_float(text) || is_not_finite(text) => ScalarKind::Float,
        _ => ScalarKind::String,
    }
}

/// Returns whether a string is an integer of the core schema: `-12`, `017`, `0o17`, `0x1F`.
pub(super) fn is_integer(text: &str) -> bool {
    if let Some(octal) = text.strip_prefix("0o") {
        return !octal.is_empty() && octal.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    let (digits, rest) = digits(unsigned(text));
    !digits.is_empty() && rest.is_empty()
}

/// Returns whether a string is a finite number of the core schema in decimal notation: `1.`, `.5`, `-1e3`.
pub(super) fn is_float(text: &str) -> bool {
    let (whole, rest) = digits(unsigned(text));
    let (fraction, rest) = rest.strip_prefix('.').map_or(("", rest), digits);
    if whole.is_empty() && fraction.is_empty() {
        return false;
    }
    match rest.strip_prefix(['e', 'E']) {
        None => rest.is_empty(),
        Some(exponent) => {
            let (exponent, rest) = digits(unsigned(exponent));
            !exponent.is_empty() && rest.is_empty()
        }
    }
}

/// Returns whether a string is a number of the core schema that JSON does not have: `.inf`, `-.Inf`, `.NaN`.
pub(super) fn is_not_finite(text: &str) -> bool {
    matches!(unsigned(text), ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

/// Parses an integer as `i64`, else `u64`, else the nearest `f64`; `None` if that is infinite, or the text is no
/// integer.
pub(crate) fn integer(text: &str) -> Option<Number> {
    if !is_integer(text) {
        return None;
    }
    let (radix, digits) = match (text.strip_prefix("0o"), text.strip_prefix("0x")) {
        (Some(octal), _) => (8, octal),
        (None, Some(hex)) => (16, hex),
        (None, None) => (10, text),
    };
    if let Ok(value) = i64::from_str_radix(digits, radix) {
        return Some(value.into());
    }
    if let Ok(value) = u64::from_str_radix(digits, radix) {
        return Some(value.into());
    }
    if radix == 10 {
        return Number::from_f64(digits.parse().ok()?);
    }
    let value = digits
        .chars()
        .filter_map(|digit| digit.to_digit(radix))
        .fold(0.0, |sum, digit| sum * f64::from(radix) + f64::from(digit));
    Number::from_f64(value)
}

/// Parses a number; `None` if it is infinite as an `f64`, or the text is no number.
pub(crate) fn float(text: &str) -> Option<Number> {
    if is_integer(text) {
        return integer(text); // `!!float 1`
    }
    is_float(text).then(|| text.parse().ok().and_then(Number::from_f64))?
}

/// Creates the scalar of a number, written as serde_json does: `1.0`, `-3`.
pub(super) fn from_number(number: &Number) -> Scalar {
    let kind = if number.is_f64() {
        ScalarKind::Float
    } else {
        ScalarKind::Integer
    };
    Scalar::new(kind, number.to_string())
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

/// Splits a string after its leading digits.
fn digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}
