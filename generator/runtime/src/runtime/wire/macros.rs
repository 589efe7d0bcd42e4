//! Macros that implement serde's traits for generated types. Each takes only the name of a type.
//!
//! Files with one of them have `use crate::runtime::wire;`: full paths would be most of the compile time of many types.

#![allow(
    unused_macros,
    unused_imports,
    reason = "a description needs only some of them"
)]

/// For types that implement `wire::Object`.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    ($name:ident) => {
        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                wire::read_object(json)
            }
        }

        impl wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> wire::Json<'_> {
                wire::write_object(self)
            }
        }

        wire::serde!($name);
    };
}

/// For open string enums, which have `ALL: &'static [(Self, &'static str)]`, all listed values with their strings, and a
/// variant `Unknown(String)` for others. Values are equal, ordered and hashed as their strings.
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    ($name:ident) => {
        impl $name {
            /// Returns the string in JSON.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    Self::Unknown(text) => text,
                    listed => wire::string_of(Self::ALL, listed),
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                wire::listed_or(Self::ALL, text.into(), Self::Unknown)
            }
        }

        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                wire::read_listed(json, Self::ALL, Self::Unknown)
            }
        }

        impl ::std::str::FromStr for $name {
            // not `Self::Err` below: a variant can have that name
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(wire::listed_or(Self::ALL, text.into(), Self::Unknown))
            }
        }

        impl ::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::std::cmp::Eq for $name {}

        impl ::std::cmp::PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::std::option::Option<::std::cmp::Ordering> {
                ::std::option::Option::Some(::std::cmp::Ord::cmp(self.as_str(), other.as_str()))
            }
        }

        impl ::std::cmp::Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                ::std::cmp::Ord::cmp(self.as_str(), other.as_str())
            }
        }

        impl ::std::hash::Hash for $name {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(self.as_str(), state);
            }
        }

        wire::printed!($name);
        wire::serde!($name);
    };
}

/// For closed string enums, which have `ALL: &'static [(Self, &'static str)]`: all variants in order, with their
/// strings.
#[doc(hidden)]
#[macro_export]
macro_rules! closed_string_enum {
    ($name:ident) => {
        impl $name {
            /// Returns the string in JSON.
            #[inline]
            pub fn as_str(&self) -> &'static str {
                // the discriminant of a variant is its index in the table
                Self::ALL[*self as usize].1
            }
        }

        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                ::std::str::FromStr::from_str(&json.into_string("a string")?)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = wire::Mismatch;

            #[inline]
            fn from_str(text: &str) -> ::std::result::Result<Self, wire::Mismatch> {
                wire::string_variant(Self::ALL, text)
            }
        }

        wire::printed!($name);
        wire::serde!($name);
    };
}

/// For open integer enums, which have `ALL: &'static [(Self, i64)]`, all listed values with their integers, and a variant
/// `Unknown(i64)` for others. Values are equal, ordered and hashed as their integers.
#[doc(hidden)]
#[macro_export]
macro_rules! integer_enum {
    ($name:ident) => {
        impl $name {
            /// Returns the integer in JSON.
            #[inline]
            pub fn as_i64(&self) -> i64 {
                match self {
                    Self::Unknown(value) => *value,
                    listed => wire::integer_of(Self::ALL, listed),
                }
            }
        }

        impl ::std::convert::From<i64> for $name {
            #[inline]
            fn from(value: i64) -> Self {
                wire::listed_integer(Self::ALL, value).unwrap_or(Self::Unknown(value))
            }
        }

        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                wire::read_listed_integer(json, Self::ALL, Self::Unknown)
            }
        }

        impl wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> wire::Json<'_> {
                wire::Json::Number(self.as_i64().into())
            }
        }

        impl ::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_i64() == other.as_i64()
            }
        }

        impl ::std::cmp::Eq for $name {}

        impl ::std::cmp::PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::std::option::Option<::std::cmp::Ordering> {
                ::std::option::Option::Some(::std::cmp::Ord::cmp(&self.as_i64(), &other.as_i64()))
            }
        }

        impl ::std::cmp::Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                ::std::cmp::Ord::cmp(&self.as_i64(), &other.as_i64())
            }
        }

        impl ::std::hash::Hash for $name {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(&self.as_i64(), state);
            }
        }

        wire::serde!($name);
    };
}

/// For closed integer enums, which have `ALL: &'static [(Self, i64)]`: all variants in order, with their integers.
#[doc(hidden)]
#[macro_export]
macro_rules! closed_integer_enum {
    ($name:ident) => {
        impl $name {
            /// Returns the integer in JSON.
            #[inline]
            pub fn as_i64(&self) -> i64 {
                // the discriminant of a variant is its index in the table
                Self::ALL[*self as usize].1
            }
        }

        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                wire::integer_variant(Self::ALL, json.read()?)
            }
        }

        impl wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> wire::Json<'_> {
                wire::Json::Number(self.as_i64().into())
            }
        }

        wire::serde!($name);
    };
}

/// For types that implement `wire::Union`.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    ($name:ident) => {
        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                wire::read_union(json)
            }
        }

        wire::serde!($name);
    };
}

/// For structs around one value, which are encoded as that value.
#[doc(hidden)]
#[macro_export]
macro_rules! wrapper {
    ($name:ident) => {
        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                json.read().map(Self)
            }
        }

        impl wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> wire::Json<'_> {
                self.0.to_json()
            }
        }

        wire::serde!($name);
    };
}

/// For string enums of both kinds.
#[doc(hidden)]
#[macro_export]
macro_rules! printed {
    ($name:ident) => {
        impl wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> wire::Json<'_> {
                wire::Json::String(::std::borrow::Cow::Borrowed(self.as_str()))
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

/// For types that implement `wire::FromJson` and `wire::ToJson`.
#[doc(hidden)]
#[macro_export]
macro_rules! serde {
    ($name:ident) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: ::serde::Deserializer<'de>>(
                source: D,
            ) -> ::std::result::Result<Self, D::Error> {
                wire::deserialize(source)
            }
        }

        impl ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(
                &self,
                target: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                wire::serialize(self, target)
            }
        }
    };
}

#[doc(hidden)]
pub use {
    closed_integer_enum, closed_string_enum, integer_enum, object, printed, serde, string_enum,
    union, wrapper,
};
