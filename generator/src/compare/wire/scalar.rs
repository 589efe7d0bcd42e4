//! What happens to a scalar that arrives as another one.

use crate::compare::change::Wire;
use crate::ir::Scalar;

/// Returns what happens to a value of one scalar that is read as another.
pub fn scalars(from: Scalar, to: Scalar, failure: Wire) -> Wire {
    if from == to {
        return Wire::Works;
    }
    if let Scalar::NumberOrString(number) = to {
        return match from {
            Scalar::NumberOrString(other) => scalars(other.scalar(), number.scalar(), failure),
            _ if from.is_number() => scalars(from, number.scalar(), failure),
            _ if is_string(from) => Wire::Maybe,
            _ => failure,
        };
    }
    if let Scalar::NumberOrString(_) = from {
        return if to.is_number() || is_string(to) {
            Wire::Maybe
        } else {
            failure
        };
    }
    match (range(from), range(to)) {
        (Some(from), Some(to)) if to.0 <= from.0 && from.1 <= to.1 => Wire::Works,
        (Some(_), Some(_)) => Wire::Maybe,
        (Some(_), None) if is_float(to) => Wire::Works,
        (None, Some(_)) if is_float(from) => Wire::Maybe,
        _ if is_float(from) && is_float(to) => Wire::Works,
        _ if is_string(from) => string_as_other(from, to, failure),
        _ => failure,
    }
}

/// Returns what happens to a string of some form that is read as another scalar.
fn string_as_other(from: Scalar, to: Scalar, failure: Wire) -> Wire {
    let is_time = |scalar| matches!(scalar, Scalar::DateTime | Scalar::DateTimeOffset);
    match to {
        Scalar::String => Wire::Works,
        _ if is_time(from) && is_time(to) => Wire::Works,
        _ if from == Scalar::String && is_string(to) => Wire::Maybe,
        _ => failure,
    }
}

/// Returns what happens to a listed string that is read as a scalar.
pub fn string_as(to: Scalar, failure: Wire) -> Wire {
    match to {
        Scalar::String => Wire::Works,
        Scalar::NumberOrString(_) => Wire::Maybe,
        _ if is_string(to) => Wire::Maybe,
        _ => failure,
    }
}

/// Returns what happens to a listed integer that is read as a scalar.
pub fn integer_as(to: Scalar, failure: Wire) -> Wire {
    match to {
        Scalar::I64 | Scalar::F32 | Scalar::F64 => Wire::Works,
        Scalar::NumberOrString(_) => Wire::Works,
        _ if to.is_number() => Wire::Maybe,
        _ => failure,
    }
}

/// Returns whether a scalar is a string in JSON.
pub fn is_string(scalar: Scalar) -> bool {
    matches!(
        scalar,
        Scalar::String
            | Scalar::DateTime
            | Scalar::DateTimeOffset
            | Scalar::Date
            | Scalar::Uuid
            | Scalar::Base64
    )
}

/// Returns whether a scalar is an integer in JSON.
pub fn is_integer(scalar: Scalar) -> bool {
    range(scalar).is_some()
}

fn is_float(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::F32 | Scalar::F64)
}

/// Returns the smallest and the largest value of an integer.
fn range(scalar: Scalar) -> Option<(i128, i128)> {
    Some(match scalar {
        Scalar::I8 => (i8::MIN.into(), i8::MAX.into()),
        Scalar::I16 => (i16::MIN.into(), i16::MAX.into()),
        Scalar::I32 => (i32::MIN.into(), i32::MAX.into()),
        Scalar::I64 => (i64::MIN.into(), i64::MAX.into()),
        Scalar::U8 => (0, u8::MAX.into()),
        Scalar::U16 => (0, u16::MAX.into()),
        Scalar::U32 => (0, u32::MAX.into()),
        Scalar::U64 => (0, u64::MAX.into()),
        _ => return None,
    })
}
