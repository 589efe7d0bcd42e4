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
