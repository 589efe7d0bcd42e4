//! The lines that make a generated type an ordinary serde type. Each takes nothing but the type's name.

#![allow(
    unused_macros,
    unused_imports,
    reason = "a description needs only some of them"
)]

/// For types that implement `wire::Object`.
macro_rules! object {
    ($name:ident) => {
        impl $crate::runtime::wire::FromJson for $name {
            #[inline]
            fn from_json(
                json: $crate::runtime::wire::Json<'_>,
            ) -> $crate::runtime::wire::Read<Self> {
                $crate::runtime::wire::read_object(json)
            }
        }

        impl $crate::runtime::wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> $crate::runtime::wire::Json<'_> {
                $crate::runtime::wire::write_object(self)
            }
        }

        $crate::runtime::wire::serde!($name);
    };
}

/// For open enums, which have `as_str(&self) -> &str` and `From<String>`.
macro_rules! text {
    ($name:ident) => {
        impl $crate::runtime::wire::FromJson for $name {
            #[inline]
            fn from_json(
                json: $crate::runtime::wire::Json<'_>,
            ) -> $crate::runtime::wire::Read<Self> {
                let text = json.into_text("a text")?;
                ::std::result::Result::Ok(Self::from(text.into_owned()))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(Self::from(::std::string::String::from(text)))
            }
        }

        $crate::runtime::wire::printed!($name);
        $crate::runtime::wire::serde!($name);
    };
}

/// For closed enums, which have `as_str(&self) -> &str`, `from_text(&str) -> Option<Self>` and
/// `ALL: &'static [Self]`, the values that the document lists.
macro_rules! closed_text {
    ($name:ident) => {
        impl $crate::runtime::wire::FromJson for $name {
            #[inline]
            fn from_json(
                json: $crate::runtime::wire::Json<'_>,
            ) -> $crate::runtime::wire::Read<Self> {
                ::std::str::FromStr::from_str(&json.into_text("a text")?)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::runtime::wire::Mismatch;

            #[inline]
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                Self::from_text(text).ok_or_else(|| {
                    $crate::runtime::wire::Mismatch::unlisted(
                        Self::ALL.iter().map(Self::as_str),
                        text,
                    )
                })
            }
        }

        $crate::runtime::wire::printed!($name);
        $crate::runtime::wire::serde!($name);
    };
}

/// For open enums of integers, which have `as_i64(&self) -> i64` and `From<i64>`.
macro_rules! integer {
    ($name:ident) => {
        impl $crate::runtime::wire::FromJson for $name {
            #[inline]
            fn from_json(
                json: $crate::runtime::wire::Json<'_>,
            ) -> $crate::runtime::wire::Read<Self> {
                json.read::<i64>().map(Self::from)
            }
        }

        impl $crate::runtime::wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> $crate::runtime::wire::Json<'_> {
                $crate::runtime::wire::Json::Number(self.as_i64().into())
            }
        }

        $crate::runtime::wire::serde!($name);
    };
}

/// For closed enums of integers, which have `as_i64(&self) -> i64`, `from_i64(i64) -> Option<Self>` and
/// `ALL: &'static [Self]`, the values that the document lists.
macro_rules! closed_integer {
    ($name:ident) => {
        impl $crate::runtime::wire::FromJson for $name {
            #[inline]
            fn from_json(
                json: $crate::runtime::wire::Json<'_>,
            ) -> $crate::runtime::wire::Read<Self> {
                let number = json.read::<i64>()?;
                Self::from_i64(number).ok_or_else(|| {
                    $crate::runtime::wire::Mismatch::unlisted_number(
                        Self::ALL.iter().map(Self::as_i64),
                        number,
                    )
                })
            }
        }

        impl $crate::runtime::wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> $crate::runtime::wire::Json<'_> {
                $crate::runtime::wire::Json::Number(self.as_i64().into())
            }
        }

        $crate::runtime::wire::serde!($name);
    };
}

/// For types that implement `wire::Union`.
macro_rules! union {
    ($name:ident) => {
        impl $crate::runtime::wire::FromJson for $name {
            #[inline]
            fn from_json(
                json: $crate::runtime::wire::Json<'_>,
            ) -> $crate::runtime::wire::Read<Self> {
                $crate::runtime::wire::read_union(json)
            }
        }

        $crate::runtime::wire::serde!($name);
    };
}

/// For structs around one value, which are written as that value.
macro_rules! wrapper {
    ($name:ident) => {
        impl $crate::runtime::wire::FromJson for $name {
            #[inline]
            fn from_json(
                json: $crate::runtime::wire::Json<'_>,
            ) -> $crate::runtime::wire::Read<Self> {
                json.read().map(Self)
            }
        }

        impl $crate::runtime::wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> $crate::runtime::wire::Json<'_> {
                self.0.to_json()
            }
        }

        $crate::runtime::wire::serde!($name);
    };
}

/// The half that open and closed enums share.
macro_rules! printed {
    ($name:ident) => {
        impl $crate::runtime::wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> $crate::runtime::wire::Json<'_> {
                $crate::runtime::wire::Json::Text(::std::borrow::Cow::Borrowed(self.as_str()))
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
                $crate::runtime::wire::deserialize(source)
            }
        }

        impl ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(
                &self,
                target: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::runtime::wire::serialize(self, target)
            }
        }
    };
}

pub(crate) use {
    closed_integer, closed_text, integer, object, printed, serde, text, union, wrapper,
};
