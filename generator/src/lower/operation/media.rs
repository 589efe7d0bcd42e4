//! Media types, and the kind of body of each.

use std::borrow::Cow;

use openapiv3::{MediaType, Schema, SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty};

use super::Operations;
use crate::ir::Scalar;
use crate::lower::schema::{is_composed, key, says_something, scalar_of_string};
use crate::name;
use crate::spec::is_token;

/// The media type of bytes that the document does not specify further.
pub(super) const OCTETS: &str = "application/octet-stream";

/// The kinds of bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyKind {
    Json,
    Form,
    Multipart,
    Xml,
    Text,
    Events,
    JsonLines,
    Bytes,
}

/// Returns a media type without its parameters, in lower case: `application/json` of `application/json; charset=utf-8`.
fn essence(media_type: &str) -> String {
    let essence = media_type.split([';', ',']).next().unwrap_or(media_type);
    essence.trim().to_ascii_lowercase()
}

/// Returns a media type as a header can have it, such as `application/json; charset=utf-8` and `image/*`; `None` for
/// what is none. Of `application/json, v=1` the comma is meant as a semicolon, and `application/json, text/json` is
/// the first of the two.
pub(super) fn read(media_type: &str) -> Option<Cow<'_, str>> {
    let essence = essence(media_type);
    let (group, name) = essence.split_once('/')?;
    let is_printable = media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if !is_token(group) || !is_token(name) || !is_printable {
        return None;
    }
    let has_comma = media_type.contains(',') && !media_type.contains('"');
    if !has_comma {
        return Some(Cow::Borrowed(media_type));
    }
    let mut parts = media_type.split([',', ';']).map(str::trim);
    let mut whole = parts.next()?.to_owned();
    for parameter in parts.take_while(|part| !part.contains('/')) {
        if parameter.contains('=') {
            whole = format!("{whole}; {parameter}");
        }
    }
    Some(Cow::Owned(whole))
}

/// Returns the rank of a JSON media type, the plainest first: `application/json` before `application/problem+json`
/// before a range such as `*/*`, which is read and written as JSON; `None` for others.
pub(super) fn json_rank(media_type: &str) -> Option<u8> {
    match essence(media_type).as_str() {
        "application/json" => Some(0),
        other if other.ends_with("+json") || other.ends_with("/json") => Some(1),
        "application/*" | "*/*" => Some(2),
        _ => None,
    }
}

impl Operations<'_, '_> {
    /// Returns the kind of a body by its media type and, where that is not enough, by its schema.
    pub(super) fn body_kind(&self, media_type: &str, schema: Option<&str>) -> BodyKind {
        let is_binary = schema.is_some_and(|key| self.is_binary(key));
        if json_rank(media_type).is_some() {
            return if is_binary {
                BodyKind::Bytes
            } else {
                BodyKind::Json
            };
        }
        let essence = essence(media_type);
        let (group, name) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
        match (group, name) {
            ("application", "x-www-form-urlencoded") => BodyKind::Form,
            ("multipart", _) => BodyKind::Multipart,
            ("text", "event-stream") => BodyKind::Events,
            (
                "application",
                "jsonl" | "x-jsonl" | "x-ndjson" | "ndjson" | "jsonlines" | "x-jsonlines"
                | "json-seq" | "stream+json" | "x-json-stream",
            ) => BodyKind::JsonLines,
            (_, name) if name == "xml" || name.ends_with("+xml") => BodyKind::Xml,
            _ if is_binary => BodyKind::Bytes,
            ("text", _) => BodyKind::Text,
            ("image" | "audio" | "video" | "font", _) => BodyKind::Bytes,
            ("application", "octet-stream" | "pdf" | "zip" | "gzip" | "x-tar" | "protobuf") => {
                BodyKind::Bytes
            }
            _ if TEXTUAL.iter().any(|word| name.contains(word)) => BodyKind::Text,
            _ if schema.is_some_and(|key| self.is_text(key)) => BodyKind::Text,
            _ => BodyKind::Bytes,
        }
    }

    /// Returns whether a schema describes bytes: a string of `format: binary`.
    pub(super) fn is_binary(&self, key: &str) -> bool {
        let schema: &Schema = &self.document.schema_at(key).value;
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(text)) => {
                text.format == VariantOrUnknownOrEmpty::Item(StringFormat::Binary)
            }
            SchemaKind::Any(any) => {
                any.typ.as_deref().is_none_or(|ty| ty == "string")
                    && any.format.as_deref() == Some("binary")
            }
            _ => false,
        }
    }

    /// Returns whether a media type is a form.
    pub(super) fn is_form(&self, media_type: &str, content: &MediaType) -> bool {
        let schema = content.schema.as_ref().and_then(key);
        self.body_kind(media_type, schema) == BodyKind::Form
    }

    /// Returns whether a schema describes objects or arrays, which a plain string cannot express.
    pub(super) fn is_structured(&self, key: &str) -> bool {
        match &self.document.schema_at(key).value.schema_kind {
            SchemaKind::Type(Type::Object(_) | Type::Array(_)) => true,
            SchemaKind::Type(_) => false,
            SchemaKind::Any(any) => any.typ.is_none() && !any.properties.is_empty(),
            _ => true,
        }
    }

    /// Returns whether a schema describes strings without a type of their own, such as a date has.
    pub(super) fn is_any_string(&self, key: &str) -> bool {
        let schema: &Schema = &self.document.schema_at(key).value;
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(text)) => {
                text.enumeration.is_empty()
                    && !schema.schema_data.nullable
                    && !self.is_binary(key)
                    && scalar_of_string(&text.format, self.options) == Scalar::String
            }
            _ => false,
        }
    }

    /// Returns whether a schema says no more than that there is a body: any string, any bytes, or nothing at all.
    pub(super) fn is_opaque(&self, key: &str) -> bool {
        let is_untyped = match &self.document.schema_at(key).value.schema_kind {
            SchemaKind::Type(Type::String(_)) => true,
            SchemaKind::Any(any) => any.typ.as_deref().is_none_or(|ty| ty == "string"),
            _ => false,
        };
        is_untyped && self.is_plain(key)
    }

    /// Returns whether a schema describes any string, any bytes or anything.
    pub(super) fn is_plain(&self, key: &str) -> bool {
        let entry = self.document.schema_at(key);
        match &entry.value.schema_kind {
            SchemaKind::Type(Type::String(text)) => text.enumeration.is_empty(),
            _ => self.is_binary(key) || self.is_anything(key),
        }
    }

    /// Returns whether a schema allows anything.
    pub(super) fn is_anything(&self, key: &str) -> bool {
        let entry = self.document.schema_at(key);
        !(says_something(entry) || is_composed(&entry.value))
    }

    /// Returns whether a schema describes a string that is not binary.
    pub(super) fn is_text(&self, key: &str) -> bool {
        let kind = &self.document.schema_at(key).value.schema_kind;
        matches!(kind, SchemaKind::Type(Type::String(_))) && !self.is_binary(key)
    }
}

/// Parts of the names of textual media types.
const TEXTUAL: [&str; 10] = [
    "yaml",
    "toml",
    "csv",
    "javascript",
    "ecmascript",
    "graphql",
    "sql",
    "html",
    "text",
    "markdown",
];

/// Returns the variant for a media type: `application/json` is `Json`, `text/x-markdown` is `XMarkdown`, `image/*` is
/// `Image`.
pub(super) fn variant(media_type: &str, kind: BodyKind) -> String {
    let essence = essence(media_type);
    match essence.as_str() {
        "*/*" | "application/*" if kind == BodyKind::Bytes => "Any".to_owned(),
        "application/x-www-form-urlencoded" => "Form".to_owned(),
        "application/octet-stream" => "Bytes".to_owned(),
        "text/plain" => "Text".to_owned(),
        "*/*" | "application/*" if kind == BodyKind::Text => "Text".to_owned(),
        "*/*" | "application/*" => "Json".to_owned(),
        other if other.starts_with("multipart/") => "Multipart".to_owned(),
        other => {
            let name = other.split_once('/').map_or(other, |(_, name)| name);
            name::type_name(if name == "*" { other } else { name })
        }
    }
}
