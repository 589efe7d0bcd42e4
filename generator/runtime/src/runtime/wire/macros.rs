//! The lines that make a generated type an ordinary serde type. Each takes nothing but the type's name.
//!
//! A file that has one of them has `use crate::runtime::wire;`: the whole path in each place is what a thousand types would cost most with.

#![allow(
    unused_macros,
    unused_imports,
    reason = "a description needs only some of them"
)]

/// For types that implement `wire::Object`.
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

/// For open enums, which have `as_str(&self) -> &str` and `From<String>`.
macro_rules! text {
    ($name:ident) => {
        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                let text = json.into_text("a text")?;
                ::std::result::Result::Ok(Self::from(text.into_owned()))
            }
        }

        impl ::std::str::FromStr for $name {
            // not `Self::Err` below: a variant can have that name
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(Self::from(::std::string::String::from(text)))
            }
        }

        wire::printed!($name);
        wire::serde!($name);
    };
}

/// For closed enums, which have `ALL: &'static [(Self, &'static str)]`: all variants in their order, and the texts that the document lists.
macro_rules! closed_text {
    ($name:ident) => {
        impl $name {
            /// The text on the wire.
            #[inline]
            pub fn as_str(&self) -> &'static str {
                // a variant's number is its place in the table
                Self::ALL[*self as usize].1
            }
        }

        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                ::std::str::FromStr::from_str(&json.into_text("a text")?)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = wire::Mismatch;

            #[inline]
            fn from_str(text: &str) -> ::std::result::Result<Self, wire::Mismatch> {
                wire::listed(Self::ALL, text)
            }
        }

        wire::printed!($name);
        wire::serde!($name);
    };
}

/// For open enums of integers, which have `as_i64(&self) -> i64` and `From<i64>`.
macro_rules! integer {
    ($name:ident) => {
        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                json.read::<i64>().map(Self::from)
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

/// For closed enums of integers, which have `ALL: &'static [(Self, i64)]`: all variants in their order, and the numbers that the document
/// lists.
macro_rules! closed_integer {
    ($name:ident) => {
        impl $name {
            /// The number on the wire.
            #[inline]
            pub fn as_i64(&self) -> i64 {
                // a variant's number is its place in the table
                Self::ALL[*self as usize].1
            }
        }

        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                wire::listed_number(Self::ALL, json.read()?)
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

/// For structs around one value, which are written as that value.
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

/// The half that open and closed enums share.
macro_rules! printed {
    ($name:ident) => {
        impl wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> wire::Json<'_> {
                wire::Json::Text(::std::borrow::Cow::Borrowed(self.as_str()))
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

/// For types that implement `wire::FromJson` and `wire::ToJson` by themselves, such as unions.
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

pub(crate) use {
    closed_integer, closed_text, integer, object, printed, serde, text, union, wrapper,
};
