//! Deserializes a [`Node`] into any serde type, so that an OpenAPI object can become one of openapiv3's types.
//!
//! Where a type expects a string, a plain number or boolean gives its text: `version: 1.10` is `"1.10"`. Buffered types
//! (`flatten`, untagged and internally tagged enums) have no expectation, so they get what the scalar is by its syntax.

use std::fmt;

use indexmap::map::Iter;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::node::{Node, Scalar, ScalarKind};
use crate::pointer::Pointer;

/// The error of deserializing a [`Node`]: a message, and the member that caused it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeError {
    message: String,
    // From the inside out: `["type", "0", "parameters"]`.
    tokens: Vec<String>,
}

impl NodeError {
    /// Returns what was expected and what was found, without the member.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the pointer to the member that caused the error, if the deserialized value is at `base`.
    pub fn pointer(&self, base: &Pointer) -> Pointer {
        self.tokens
            .iter()
            .rev()
            .fold(base.clone(), |at, token| at.child(token))
    }

    fn inside(mut self, token: impl fmt::Display) -> Self {
        self.tokens.push(token.to_string());
        self
    }
}

/// Formats `parameters/0/type: invalid type: …`.
impl fmt::Display for NodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, token) in self.tokens.iter().rev().enumerate() {
            if index > 0 {
                f.write_str("/")?;
            }
            f.write_str(token)?;
        }
        if !self.tokens.is_empty() {
            f.write_str(": ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for NodeError {}

impl de::Error for NodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        NodeError {
            message: message.to_string(),
            tokens: Vec::new(),
        }
    }
}

impl Scalar {
    fn unexpected(&self) -> Unexpected<'_> {
        match self.kind() {
            ScalarKind::Null => Unexpected::Unit,
            ScalarKind::Bool => Unexpected::Bool(self.as_bool() == Some(true)),
            ScalarKind::Integer | ScalarKind::Float => Unexpected::Other("number"),
            ScalarKind::String => Unexpected::Str(self.text()),
        }
    }
}

/// Visits a number as `u64`, `i64` or `f64`, whichever holds it.
fn visit_number<'de, V: Visitor<'de>>(scalar: &Scalar, visitor: V) -> Result<V::Value, NodeError> {
    match scalar.as_number() {
        Some(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(value), _, _) => visitor.visit_u64(value),
            (None, Some(value), _) => visitor.visit_i64(value),
            (None, None, Some(value)) => visitor.visit_f64(value),
            (None, None, None) => Err(NodeError::custom("number out of range")),
        },
        None => Err(NodeError::custom("number out of range")),
    }
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = NodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeError> {
        match self {
            Node::Array(elements) => visitor.visit_seq(Elements {
                rest: elements.iter(),
                index: 0,
            }),
            Node::Object(members) => visitor.visit_map(Members {
                rest: members.iter(),
                value: None,
            }),
            Node::Scalar(scalar) => match scalar.kind() {
                ScalarKind::Null => visitor.visit_unit(),
                ScalarKind::Bool => visitor.visit_bool(scalar.as_bool() == Some(true)),
                ScalarKind::String => visitor.visit_borrowed_str(scalar.text()),
                ScalarKind::Integer | ScalarKind::Float => visit_number(scalar, visitor),
            },
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeError> {
        match self.as_text() {
            Some(text) => visitor.visit_borrowed_str(text),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeError> {
        if self.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, NodeError> {
        visitor.visit_newtype_struct(self)
    }

    /// Takes a scalar as the name of a variant, and an object with one member as the name and its content.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NodeError> {
        let (name, content) = match self {
            Node::Scalar(scalar) if scalar.kind() != ScalarKind::Null => (scalar.text(), None),
            Node::Object(members) if members.len() == 1 => match members.first() {
                Some((name, content)) => (&**name, Some(content)),
                None => return Err(NodeError::invalid_type(Unexpected::Map, &visitor)),
            },
            Node::Scalar(scalar) => {
                return Err(NodeError::invalid_type(scalar.unexpected(), &visitor));
            }
            Node::Array(_) => return Err(NodeError::invalid_type(Unexpected::Seq, &visitor)),
            Node::Object(_) => return Err(NodeError::invalid_type(Unexpected::Map, &visitor)),
        };
        visitor.visit_enum(Variant { name, content })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct
    }
}

impl<'de> IntoDeserializer<'de, NodeError> for &'de Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

struct Elements<'de> {
    rest: std::slice::Iter<'de, Node>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Elements<'de> {
    type Error = NodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, NodeError> {
        let Some(node) = self.rest.next() else {
            return Ok(None);
        };
        let index = self.index;
        self.index += 1;
        let value = seed.deserialize(node).map_err(|error| error.inside(index));
        value.map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Members<'de> {
    rest: Iter<'de, Box<str>, Node>,
    value: Option<(&'de str, &'de Node)>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = NodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, NodeError> {
        let Some((name, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some((name, value));
        let key = seed.deserialize(BorrowedStrDeserializer::<NodeError>::new(name));
        key.map(Some).map_err(|error| error.inside(name))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, NodeError> {
        let Some((name, value)) = self.value.take() else {
            return Err(NodeError::custom("the value was requested before its key"));
        };
        seed.deserialize(value).map_err(|error| error.inside(name))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Variant<'de> {
    name: &'de str,
    content: Option<&'de Node>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = NodeError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), NodeError> {
        let name = seed.deserialize(BorrowedStrDeserializer::<NodeError>::new(self.name))?;
        Ok((name, self))
    }
}

impl<'de> Variant<'de> {
    fn content(&self) -> Result<&'de Node, NodeError> {
        self.content
            .ok_or_else(|| NodeError::custom(format!("`{}` needs a value", self.name)))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = NodeError;

    fn unit_variant(self) -> Result<(), NodeError> {
        match self.content {
            None => Ok(()),
            Some(node) if node.is_null() => Ok(()),
            Some(_) => Err(NodeError::custom("unexpected value").inside(self.name)),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, NodeError> {
        let value = seed.deserialize(self.content()?);
        value.map_err(|error| error.inside(self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, NodeError> {
        let value = self.content()?.deserialize_any(visitor);
        value.map_err(|error| error.inside(self.name))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NodeError> {
        let value = self.content()?.deserialize_any(visitor);
        value.map_err(|error| error.inside(self.name))
    }
}
