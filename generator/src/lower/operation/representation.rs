//! Representations: the kinds of bodies that one response can have, and the media types that are requested for them.
//!
//! A response with JSON beside a zip, or with bytes beside events, can come as either of them. Media types that
//! describe one value in several formats (`application/json` and `application/xml` of one schema) are requested as JSON
//! alone.

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::Operations;
use super::media::{self, BodyKind};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Returned, TypeRef};
use crate::lower::schema::{SchemaSite, key};
use crate::pointer::Pointer;

/// A kind of body of a response.
#[derive(Debug, Clone)]
pub(super) struct Representation {
    pub returned: Returned,
    /// The media types that are requested for it.
    pub media_types: Vec<String>,
    /// The media types of the document that it reads.
    pub declared: Vec<String>,
}

impl Representation {
    /// Returns that of a response without content.
    pub fn empty() -> Self {
        Representation {
            returned: Returned::Nothing,
            media_types: Vec::new(),
            declared: Vec::new(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.returned == Returned::Nothing
    }

    /// Returns the name of its variant: `Zip` of `application/zip`, `Bytes` of several media types.
    pub fn variant(&self) -> String {
        match (&self.returned, self.declared.as_slice()) {
            (Returned::Json(_), _) => "Json".to_owned(),
            (Returned::Bytes, [one]) => media::variant(one, BodyKind::Bytes),
            (Returned::Bytes, _) => "Bytes".to_owned(),
            (_, [one]) => media::variant(one, BodyKind::Text),
            _ => "Text".to_owned(),
        }
    }
}

/// The representations of a response.
#[derive(Debug, Clone, Default)]
pub(super) struct Representations {
    /// JSON, text and bytes, at most one of each, in the document's order; or else one stream. Empty without content.
    pub bodies: Vec<Representation>,
    /// A stream beside them.
    pub stream: Option<Representation>,
}

/// Which representations of a response are generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// All kinds, of a success.
    All,
    /// One kind, of a failure.
    One,
}

/// A declared media type.
struct Declared<'a> {
    name: &'a str,
    kind: BodyKind,
    schema: Option<&'a str>,
    content: &'a MediaType,
}

impl<'a> Operations<'_, 'a> {
    /// Returns the representations of a response with this content.
    pub(super) fn representations(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        choice: Choice,
        stem: String,
        at: &Pointer,
    ) -> Representations {
        let declared: Vec<Declared<'a>> = content
            .iter()
            .map(|(name, content)| {
                let schema = content.schema.as_ref().and_then(key);
                let kind = self.response_kind(name, schema);
                Declared {
                    name,
                    kind,
                    schema,
                    content,
                }
            })
            .collect();
        let mut bodies = self.whole_bodies(&declared, choice, &stem, at);
        let mut streams = Vec::new();
        if bodies.is_empty() || choice == Choice::All {
            let of_stream = match bodies.as_slice() {
                [] => stem,
                _ => format!("{stem}Event"),
            };
            streams = self.streams(content, &of_stream, at);
        }
        if bodies.is_empty() && !streams.is_empty() {
            bodies.push(streams.remove(0));
        }
        if choice == Choice::One {
            bodies.truncate(1);
        }
        streams.truncate(usize::from(choice == Choice::All));
        let found = Representations {
            bodies,
            stream: streams.pop(),
        };
        self.never_requested(&declared, &found, at);
        found
    }

    /// Returns the kind of a body of a response. A plain string of any media type comes as text from most servers.
    fn response_kind(&self, name: &str, schema: Option<&str>) -> BodyKind {
        match self.body_kind(name, schema) {
            BodyKind::Json
                if name.trim_start().starts_with("*/*")
                    && schema.is_some_and(|key| self.is_any_string(key)) =>
            {
                BodyKind::Text
            }
            kind => kind,
        }
    }

    /// Returns the representations that are read when they are complete.
    fn whole_bodies(
        &mut self,
        declared: &[Declared<'a>],
        choice: Choice,
        stem: &str,
        at: &Pointer,
    ) -> Vec<Representation> {
        let json = declared
            .iter()
            .enumerate()
            .filter(|(_, one)| one.kind == BodyKind::Json)
            .min_by_key(|(_, one)| media::json_rank(one.name));
        let is_text = |kind| matches!(kind, BodyKind::Text | BodyKind::Xml);
        let is_bytes =
            |kind| matches!(kind, BodyKind::Bytes | BodyKind::Form | BodyKind::Multipart);
        let mut found: Vec<(usize, Representation)> = Vec::new();
        let mut others: Vec<(usize, &Declared<'a>)> = declared.iter().enumerate().collect();
        if let Some((index, one)) = json {
            let place = SchemaSite::body(stem.to_owned(), &at.child(one.name).child("schema"));
            let returned = Returned::Json(self.content(one.content, &place));
            let json = Representation {
                media_types: json_media_types(one.name, &returned),
                declared: vec![one.name.to_owned()],
                returned,
            };
            found.push((index, json));
            // a schema that is more than text or bytes describes the same value in another format
            others.retain(|(_, other)| {
                let is_opaque = other.schema.is_none_or(|key| self.is_opaque(key));
                choice == Choice::All
                    && is_opaque
                    && matches!(other.kind, BodyKind::Text | BodyKind::Bytes)
            });
            // a string is read from both
            if one.schema.is_some_and(|key| self.is_any_string(key)) {
                let texts = others.extract_if(.., |(_, other)| other.kind == BodyKind::Text);
                let texts: Vec<_> = texts.map(|(_, other)| other.name.to_owned()).collect();
                for (_, json) in &mut found {
                    json.media_types
                        .extend(texts.iter().map(|name| requested(name)));
                    json.declared.extend(texts.iter().cloned());
                }
            }
        }
        for (returned, is_kind) in [
            (Returned::Text, &is_text as &dyn Fn(BodyKind) -> bool),
            (Returned::Bytes, &is_bytes),
        ] {
            let own: Vec<_> = others.iter().filter(|(_, one)| is_kind(one.kind)).collect();
            let Some((first, _)) = own.first() else {
                continue;
            };
            if choice == Choice::One && !found.is_empty() {
                break;
            }
            let names = own.iter().map(|(_, one)| one.name);
            let body = Representation {
                returned,
                media_types: names.clone().map(requested).collect(),
                declared: names.map(str::to_owned).collect(),
            };
            found.push((*first, body));
            for (_, one) in own {
                match one.kind {
                    BodyKind::Xml if one.schema.is_some() => self.as_text(&at.child(one.name)),
                    BodyKind::Xml => {}
                    _ => self.unstructured(one.content, &at.child(one.name)),
                }
            }
        }
        found.sort_by_key(|(index, _)| *index);
        found.into_iter().map(|(_, one)| one).collect()
    }

    /// Reports the media types that are never requested, unless one that is requested has the same schema: then they are
    /// other formats of the same value.
    fn never_requested(
        &mut self,
        declared: &[Declared<'a>],
        found: &Representations,
        at: &Pointer,
    ) {
        let all = || found.bodies.iter().chain(&found.stream);
        let is_read = |one: &Declared<'_>| {
            let mut names = all().flat_map(|body| &body.declared);
            names.any(|name| name == one.name)
        };
        let names = all().flat_map(|body| &body.media_types);
        let requested = listed(names.map(|name| format!("`{name}`")).collect());
        for other in declared.iter().filter(|one| !is_read(one)) {
            let is_same = |one: &Declared<'a>| match (one.schema, other.schema) {
                (Some(one), Some(other)) => self.is_same_schema(one, other),
                (None, None) => one.kind == other.kind,
                _ => false,
            };
            if declared.iter().any(|one| is_read(one) && is_same(one)) {
                continue;
            }
            let text = format!("only {requested} requested; this representation is never received");
            let at = at.child(other.name);
            self.report(Diagnostic::new(code::NOT_GENERATED, at, text));
        }
    }

    /// Returns whether two schemas are one, or say the same with the same references.
    fn is_same_schema(&self, one: &str, other: &str) -> bool {
        let value = |key| &self.document.schema_at(key).value;
        one == other || value(one) == value(other)
    }
}

/// Returns a declared media type as it is requested; anything for what is no media type.
fn requested(name: &str) -> String {
    media::read(name)
        .unwrap_or(Cow::Borrowed("*/*"))
        .into_owned()
}

/// Returns the media types that are requested for JSON. A range says what may come; these are what is read.
fn json_media_types(name: &str, returned: &Returned) -> Vec<String> {
    let mut names = match name.contains('*') {
        true => vec!["application/json".to_owned()],
        false => vec![requested(name)],
    };
    // any JSON has strings, which is how a text is read
    if name.starts_with("*/*") && *returned == Returned::Json(TypeRef::Any) {
        names.push("text/plain".to_owned());
    }
    names
}

/// Returns `` `text/csv` and `image/png` are `` of two names.
fn listed(mut names: Vec<String>) -> String {
    match (names.pop(), names.is_empty()) {
        (Some(last), true) => format!("{last} is"),
        (Some(last), false) => format!("{} and {last} are", names.join(", ")),
        (None, _) => "nothing is".to_owned(),
    }
}
