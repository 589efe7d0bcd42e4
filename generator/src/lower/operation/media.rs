//! Media types: which kind of body each is.

use openapiv3::{MediaType, Schema, SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty};

use super::Operations;
use crate::lower::schema::{is_composed, key, says_something};
use crate::name;
use crate::spec::is_token;

/// What is sent when the document only says that there are bytes.
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

/// `application/json; charset=utf-8` without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or(media_type);
    essence.trim().to_ascii_lowercase()
}

/// Whether a header can name it: `application/json; charset=utf-8`, `image/*`.
pub(super) fn is_media_type(media_type: &str) -> bool {
    let essence = essence(media_type);
    let has_names = essence
        .split_once('/')
        .is_some_and(|(group, name)| is_token(group) && is_token(name));
    has_names && media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// Whether a media type is JSON, the plainest first: `application/json` before `application/problem+json` before a range
/// such as `*/*`, which is read and written as JSON.
pub(super) fn json_rank(media_type: &str) -> Option<u8> {
    match essence(media_type).as_str() {
        "application/json" => Some(0),
        other if other.ends_with("+json") || other.ends_with("/json") => Some(1),
        "application/*" | "*/*" => Some(2),
        _ => None,
    }
}

impl Operations<'_, '_> {
    /// The kind of a body, by its media type and, where that leaves it open, by its schema.
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

    /// Whether a schema is bytes: a string of `format: binary`.
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

    /// Whether a media type is a form.
    pub(super) fn is_form(&self, media_type: &str, content: &MediaType) -> bool {
        let schema = content.schema.as_ref().and_then(key);
        self.body_kind(media_type, schema) == BodyKind::Form
    }

    /// Whether values of a schema have parts, so that a text cannot stand for them.
    pub(super) fn is_structured(&self, key: &str) -> bool {
        match &self.document.schema_at(key).value.schema_kind {
            SchemaKind::Type(Type::Object(_) | Type::Array(_)) => true,
            SchemaKind::Type(_) => false,
            SchemaKind::Any(any) => any.typ.is_none() && !any.properties.is_empty(),
            _ => true,
        }
    }

    /// Whether a schema says no more than that there is text, or bytes, or anything.
    pub(super) fn is_plain(&self, key: &str) -> bool {
        let entry = self.document.schema_at(key);
        match &entry.value.schema_kind {
            SchemaKind::Type(Type::String(text)) => text.enumeration.is_empty(),
            _ => self.is_binary(key) || !(says_something(entry) || is_composed(&entry.value)),
        }
    }

    /// Whether a schema is a list of bytes.
    pub(super) fn is_binary_list(&self, schema: &str) -> bool {
        match &self.document.schema_at(schema).value.schema_kind {
            SchemaKind::Type(Type::Array(list)) => {
                let items = list.items.as_ref().and_then(key);
                items.is_some_and(|items| self.is_binary(items))
            }
            _ => false,
        }
    }

    /// Whether a schema is a string that is not bytes.
    pub(super) fn is_text(&self, key: &str) -> bool {
        let kind = &self.document.schema_at(key).value.schema_kind;
        matches!(kind, SchemaKind::Type(Type::String(_))) && !self.is_binary(key)
    }
}

/// Words in the names of media types that are text.
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

/// The variant of an enum of media types: `application/json` is `Json`, `text/x-markdown` is `XMarkdown`.
pub(super) fn variant(media_type: &str) -> String {
    let essence = essence(media_type);
    match essence.as_str() {
        "application/x-www-form-urlencoded" => "Form".to_owned(),
        "application/octet-stream" => "Bytes".to_owned(),
        "text/plain" => "Text".to_owned(),
        "*/*" | "application/*" => "Json".to_owned(),
        other if other.starts_with("multipart/") => "Multipart".to_owned(),
        other => {
            let name = other.split_once('/').map_or(other, |(_, name)| name);
            name::type_name(if name == "*" { other } else { name })
        }
    }
}
