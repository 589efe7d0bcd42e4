//! Numbers, and their conversion to and from Rust's types.
//!
//! `1.0` is an integer, too, below 2^52: from there on a float can differ from the integer in the JSON, and a wrong id
//! is worse than an error.

use serde::de;
use serde::ser::{Serialize, Serializer};

use super::{FromJson, Json, Mismatch, Read, ToJson};

/// A JSON number; never `NaN` and never infinite.
#[derive(Debug, Clone, PartialEq)]
pub struct Number(Repr);

#[derive(Debug, Clone, PartialEq)]
enum Repr {
    /// Zero and positive integers.
    Unsigned(u64),
    /// Negative integers.
    Negative(i64),
    Float(f64),
    /// Numbers that the others would change: `1.10`, 2^64. Only if a crate of the program enables `arbitrary_precision`
    /// of serde_json. Boxed, since it is rare.
    Exact(Box<serde_json::Number>),
}

/// 2^52. serde_json parses floats to within one unit in the last place (`9007199254740991.0` becomes ...990). Below
/// 2^52 that unit is a fraction, so the number is rejected; from here on it would be another integer.
const FIRST_INEXACT: f64 = 4_503_599_627_370_496.0;

impl Number {
    /// The member in which serde_json passes a number with `arbitrary_precision`.
    pub(super) const EXACT: &'static str = "$serde_json::private::Number";

    /// Creates a number from a finite float.
    pub(super) fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then_some(Number(Repr::Float(value)))
    }

    /// Parses digits.
    pub(crate) fn parse<E: de::Error>(digits: &str) -> Result<Self, E> {
        let number: serde_json::Number = digits.parse().map_err(E::custom)?;
        Ok((&number).into())
    }

    /// Returns the number as a float; `None` if it is too large.
    fn as_f64(&self) -> Option<f64> {
        match &self.0 {
            Repr::Unsigned(value) => Some(*value as f64),
            Repr::Negative(value) => Some(*value as f64),
            Repr::Float(value) => Some(*value),
            Repr::Exact(number) => number.as_f64().filter(|value| value.is_finite()),
        }
    }

    /// Returns the number as an integer; `None` if it has a fraction or is too large. Every `u64` and `i64` is an
    /// `i128`.
    fn as_integer(&self) -> Option<i128> {
        match &self.0 {
            Repr::Unsigned(value) => Some((*value).into()),
            Repr::Negative(value) => Some((*value).into()),
            Repr::Float(_) | Repr::Exact(_) => self
                .as_f64()
                .filter(|value| value.fract() == 0.0 && value.abs() < FIRST_INEXACT)
                .map(|value| value as i128),
        }
    }

    /// Returns the text of the number outside JSON. A whole one has no point: servers read ids from paths and queries as
    /// integers, and descriptions call them numbers.
    pub(crate) fn text(&self) -> String {
        /// 2^64: beyond, the shortest spelling has an exponent and no point.
        const LARGEST: f64 = 18_446_744_073_709_551_616.0;
        match &self.0 {
            Repr::Float(value) if value.fract() == 0.0 && value.abs() < LARGEST => {
                (*value as i128).to_string()
            }
            _ => self.to_string(),
        }
    }

    /// Whether both numbers are spelled as integers, or both with a point or an exponent.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        self.has_point() == other.has_point()
    }

    fn has_point(&self) -> bool {
        match &self.0 {
            Repr::Unsigned(_) | Repr::Negative(_) => false,
            Repr::Float(_) => true,
            Repr::Exact(number) => number.to_string().contains(['.', 'e', 'E']),
        }
    }

    /// Whether two numbers are equal, like `1` and `1.0`.
    pub(crate) fn equals(&self, other: &Self) -> bool {
        match (self.as_integer(), other.as_integer()) {
            (Some(one), Some(other)) => one == other,
            _ => self == other,
        }
    }

    /// Returns the number as serde_json's.
    pub(super) fn into_value(self) -> Option<serde_json::Number> {
        match self.0 {
            Repr::Unsigned(value) => Some(value.into()),
            Repr::Negative(value) => Some(value.into()),
            Repr::Float(value) => serde_json::Number::from_f64(value),
            Repr::Exact(number) => Some(*number),
        }
    }
}

impl From<u64> for Number {
    #[inline]
    fn from(value: u64) -> Self {
        Number(Repr::Unsigned(value))
    }
}

impl From<i64> for Number {
    #[inline]
    fn from(value: i64) -> Self {
        Number(u64::try_from(value).map_or(Repr::Negative(value), Repr::Unsigned))
    }
}

impl From<&serde_json::Number> for Number {
    fn from(number: &serde_json::Number) -> Self {
        if let Some(value) = number.as_u64() {
            return value.into();
        }
        if let Some(value) = number.as_i64() {
            return value.into();
        }
        // a float that round-trips is a float: always, unless `arbitrary_precision` keeps the digits
        match number.as_f64().filter(|value| value.is_finite()) {
            Some(value) if serde_json::Number::from_f64(value).as_ref() == Some(number) => {
                Number(Repr::Float(value))
            }
            _ => Number(Repr::Exact(Box::new(number.clone()))),
        }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Repr::Unsigned(value) => value.fmt(f),
            Repr::Negative(value) => value.fmt(f),
            Repr::Float(value) => write!(f, "{value:?}"),
            Repr::Exact(number) => number.fmt(f),
        }
    }
}

impl Serialize for Number {
    #[inline]
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Repr::Unsigned(value) => target.serialize_u64(*value),
            Repr::Negative(value) => target.serialize_i64(*value),
            Repr::Float(value) => target.serialize_f64(*value),
            Repr::Exact(number) => number.serialize(target),
        }
    }
}

/// Implements integers; `$wide` is `u64` or `i64`.
macro_rules! integers {
    ($($type:ident as $wide:ident: $expected:literal),+ $(,)?) => {$(
        impl FromJson for $type {
            #[inline]
            fn from_json(json: Json<'_>) -> Read<Self> {
                match &json {
                    Json::Number(number) => number.as_integer().and_then(|value| value.try_into().ok()),
                    _ => None,
                }
                .ok_or_else(|| Mismatch::expected($expected, &json))
            }
        }

        impl ToJson for $type {
            #[inline]
            fn to_json(&self) -> Json<'_> {
                Json::Number((*self as $wide).into())
            }
        }
    )+};
}

integers! {
    i8 as i64: "an integer of 8 bits",
    i16 as i64: "an integer of 16 bits",
    i32 as i64: "an integer of 32 bits",
    i64 as i64: "an integer of 64 bits",
    u8 as u64: "an integer of 8 bits from 0",
    u16 as u64: "an integer of 16 bits from 0",
    u32 as u64: "an integer of 32 bits from 0",
    u64 as u64: "an integer of 64 bits from 0",
}

impl FromJson for f64 {
    fn from_json(json: Json<'_>) -> Read<Self> {
        match &json {
            Json::Number(number) => number.as_f64(),
            _ => None,
        }
        .ok_or_else(|| Mismatch::expected("a number", &json))
    }
}

impl ToJson for f64 {
    fn to_json(&self) -> Json<'_> {
        float(*self)
    }
}

impl FromJson for f32 {
    fn from_json(json: Json<'_>) -> Read<Self> {
        match &json {
            Json::Number(number) => number.as_f64(),
            _ => None,
        }
        .map(|value| value as f32)
        .filter(|value| value.is_finite())
        .ok_or_else(|| Mismatch::expected("a number of 32 bits", &json))
    }
}

impl ToJson for f32 {
    fn to_json(&self) -> Json<'_> {
        // through a string: 0.1_f32 is encoded as `0.1`, and as an f64 it is 0.10000000149011612
        float(self.to_string().parse().unwrap_or_else(|_| (*self).into()))
    }
}

fn float(value: f64) -> Json<'static> {
    Number::from_f64(value).map_or(
        Json::Unwritable("NaN and infinity are not JSON numbers"),
        Json::Number,
    )
}
