//! Types that are not made for one API: strings, numbers, dates.

use openapiv3::{
    AnySchema, IntegerFormat, IntegerType, NumberFormat, StringFormat, VariantOrUnknownOrEmpty,
};

use crate::ir::Scalar;
use crate::options::{DateTimeType, Options, UuidType};

/// Returns the type of a string by its format. Formats without a type of their own stay a `String`,
/// since a type would respell what the server sent.
pub(in crate::lower) fn string(
    format: &VariantOrUnknownOrEmpty<StringFormat>,
    options: &Options,
) -> Scalar {
    match format {
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => {
            string_of(Some("date-time"), options)
        }
        VariantOrUnknownOrEmpty::Item(StringFormat::Date) => string_of(Some("date"), options),
        VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => string_of(Some("byte"), options),
        VariantOrUnknownOrEmpty::Item(_) | VariantOrUnknownOrEmpty::Empty => {
            string_of(None, options)
        }
        VariantOrUnknownOrEmpty::Unknown(name) => string_of(Some(name), options),
    }
}

/// Returns the type of a string by the name of its format.
pub(super) fn string_of(format: Option<&str>, options: &Options) -> Scalar {
    match format {
        Some("date-time") => match options.types.date_time {
            DateTimeType::Utc => Scalar::DateTime,
            DateTimeType::FixedOffset => Scalar::DateTimeOffset,
        },
        Some("date") => Scalar::Date,
        Some("byte") => Scalar::Base64,
        Some("uuid") => match options.types.uuid {
            UuidType::Uuid => Scalar::Uuid,
            UuidType::String => Scalar::String,
        },
        _ => Scalar::String,
    }
}

/// Returns the type of a number by its format.
pub(super) fn number(format: &VariantOrUnknownOrEmpty<NumberFormat>) -> Scalar {
    match format {
        VariantOrUnknownOrEmpty::Item(NumberFormat::Float) => Scalar::F32,
        _ => Scalar::F64,
    }
}

/// Returns the type of a number by the name of its format.
pub(super) fn number_of(format: Option<&str>) -> Scalar {
    match format {
        Some("float") => Scalar::F32,
        _ => Scalar::F64,
    }
}

/// Returns the type of an integer by its format, or else by its limits.
pub(super) fn integer(integer: &IntegerType) -> Scalar {
    let name = match &integer.format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Some("int32"),
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64) => Some("int64"),
        VariantOrUnknownOrEmpty::Unknown(name) => Some(name.as_str()),
        VariantOrUnknownOrEmpty::Empty => None,
    };
    integer_with(
        name,
        integer.minimum.map(|limit| limit as f64),
        integer.maximum.map(|limit| limit as f64),
    )
}

/// Returns the type of an integer that openapiv3 does not take for one, for example for its limits (`maximum: 1.8e19`).
pub(super) fn integer_of(any: &AnySchema) -> Scalar {
    integer_with(any.format.as_deref(), any.minimum, any.maximum)
}

/// `int8` … `uint64` say it; else `i64`, or `u64` if the limits reach beyond it and stay above zero.
fn integer_with(format: Option<&str>, minimum: Option<f64>, maximum: Option<f64>) -> Scalar {
    const BEYOND_I64: f64 = 9_223_372_036_854_775_808.0; // 2^63
    match format {
        Some("int8") => Scalar::I8,
        Some("int16") => Scalar::I16,
        Some("int32") => Scalar::I32,
        Some("uint8") => Scalar::U8,
        Some("uint16") => Scalar::U16,
        Some("uint32") => Scalar::U32,
        Some("uint64") => Scalar::U64,
        _ if maximum.is_some_and(|limit| limit >= BEYOND_I64)
            && minimum.is_some_and(|limit| limit >= 0.0) =>
        {
            Scalar::U64
        }
        _ => Scalar::I64,
    }
}

/// Returns the type of a number that can be a string with its digits: `type: [integer, string]` beside a format of
/// numbers or a pattern that only numbers match, as .NET writes for each of its integers. Without one, the string can be
/// any.
pub(super) fn number_or_string(any: &AnySchema, types: &[String]) -> Option<Scalar> {
    let [one, other] = types else { return None };
    let number = match (one.as_str(), other.as_str()) {
        (number @ ("integer" | "number"), "string")
        | ("string", number @ ("integer" | "number")) => number,
        _ => return None,
    };
    let format = any.format.as_deref();
    let is_numeric = format.is_some_and(is_number_format)
        || any.pattern.as_deref().is_some_and(is_number_pattern);
    let scalar = match number {
        "integer" => integer_of(any),
        _ => number_of(format),
    };
    scalar
        .number_type()
        .filter(|_| is_numeric)
        .map(Scalar::NumberOrString)
}

fn is_number_format(format: &str) -> bool {
    const FORMATS: [&str; 11] = [
        "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float",
        "double", "decimal",
    ];
    FORMATS.contains(&format)
}

/// Returns whether a pattern is made of digits, a point, an exponent and a sign in front: `^-?(?:0|[1-9]\d*)$`. One of a
/// date, `^\d{4}-\d{2}$`, has a sign between digits.
fn is_number_pattern(pattern: &str) -> bool {
    let Some(inner) = pattern
        .strip_prefix('^')
        .and_then(|rest| rest.strip_suffix('$'))
    else {
        return false;
    };
    let plain = inner
        .replace("\\d", "0")
        .replace("[0-9]", "0")
        .replace("\\.", ".");
    let has_digit = plain.contains('0');
    let is_known = |letter: char| letter.is_ascii_digit() || "+-?:()[]|*.{},eE".contains(letter);
    let body = plain.trim_start_matches(['(', '?', ':', '[', '+', '-', ']']);
    // inside, a sign follows an exponent, or is in a range of digits
    let signs = body.replace("1-9", "").replace("0-9", "");
    let signs = signs.replace("[eE][-+]", "").replace("[eE][+-]", "");
    has_digit && plain.chars().all(is_known) && !signs.contains('-')
}
