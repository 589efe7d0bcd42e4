//! Types that are not made for one API.

/// Types that are not generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    /// `String`
    String,
    /// `bool`
    Bool,
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u8`
    U8,
    /// `u16`
    U16,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `chrono::DateTime<chrono::Utc>`
    DateTime,
    /// `chrono::DateTime<chrono::FixedOffset>`
    DateTimeOffset,
    /// `chrono::NaiveDate`
    Date,
    /// `uuid::Uuid`
    Uuid,
    /// Bytes as base64: `Base64` of the runtime.
    Base64,
    /// A number that can also be a string with its digits: `NumberOrString<i32>` of the runtime.
    NumberOrString(NumberType),
    /// Only `null`: `()`
    Null,
}

/// The types of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberType {
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u8`
    U8,
    /// `u16`
    U16,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f32`
    F32,
    /// `f64`
    F64,
}

impl Scalar {
    /// Returns whether it is encoded as a JSON number.
    pub fn is_number(self) -> bool {
        match self {
            Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::I64 => true,
            Scalar::U8 | Scalar::U16 | Scalar::U32 | Scalar::U64 => true,
            Scalar::F32 | Scalar::F64 => true,
            Scalar::String | Scalar::Bool | Scalar::Uuid | Scalar::Base64 | Scalar::Null => false,
            Scalar::DateTime | Scalar::DateTimeOffset | Scalar::Date => false,
            Scalar::NumberOrString(_) => false,
        }
    }

    /// Returns the type of a number; `None` for one of another scalar.
    pub fn number_type(self) -> Option<NumberType> {
        Some(match self {
            Scalar::I8 => NumberType::I8,
            Scalar::I16 => NumberType::I16,
            Scalar::I32 => NumberType::I32,
            Scalar::I64 => NumberType::I64,
            Scalar::U8 => NumberType::U8,
            Scalar::U16 => NumberType::U16,
            Scalar::U32 => NumberType::U32,
            Scalar::U64 => NumberType::U64,
            Scalar::F32 => NumberType::F32,
            Scalar::F64 => NumberType::F64,
            _ => return None,
        })
    }
}

impl NumberType {
    /// Returns the scalar that only such a number is.
    pub fn scalar(self) -> Scalar {
        match self {
            NumberType::I8 => Scalar::I8,
            NumberType::I16 => Scalar::I16,
            NumberType::I32 => Scalar::I32,
            NumberType::I64 => Scalar::I64,
            NumberType::U8 => Scalar::U8,
            NumberType::U16 => Scalar::U16,
            NumberType::U32 => Scalar::U32,
            NumberType::U64 => Scalar::U64,
            NumberType::F32 => Scalar::F32,
            NumberType::F64 => Scalar::F64,
        }
    }
}
