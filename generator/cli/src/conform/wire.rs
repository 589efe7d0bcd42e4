//! Texts on the wire, before anything is known of their types: styles of parameters, parts of forms, items of streams.

pub(super) mod multipart;
pub(super) mod stream;
pub(super) mod style;

/// A value as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Raw {
    Text(String),
    List(Vec<String>),
    Members(Vec<(String, Raw)>),
}
