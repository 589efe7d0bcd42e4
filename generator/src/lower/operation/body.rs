//! Request bodies: their media types, and the content of each.

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3::{Encoding, MediaType, QueryStyle, ReferenceOr, RequestBody};

use super::Operations;
use super::media::{self, BodyKind};
use super::parameter::query_style;
use crate::diagnostic::{Diagnostic, Place, Severity, code};
use crate::ir::{Body, Content, Docs, FormStyle, Name, Style, TypeRef};
use crate::lower::schema::{SchemaSite, key};
use crate::name::{self, Scope, ScopeKind, Wish};
use crate::pointer::Pointer;
use crate::resolve::OperationEntry;

/// The name of the argument that is the request body.
const ARGUMENT: &str = "body";

/// A media type of a body that is generated.
struct Choice<'a> {
    /// As the document has it.
    key: &'a str,
    /// As it is sent.
    media_type: Cow<'a, str>,
    content: &'a MediaType,
    kind: BodyKind,
}

/// What the types of a body are named after.
struct Stems<'s> {
    /// The component, if the body is one.
    shared: Option<String>,
    /// The method.
    method: &'s str,
}

impl Stems<'_> {
    /// Returns what the inline types of a media type are named after, and its own type: by the kind, so that another media
    /// type changes none of them. `twin` tells a second one of a kind from the first.
    ///
    /// `AddPetRequest` is JSON, `AddPetForm` a form, `AddPetPartsMeta` a part of multipart.
    fn of(&self, kind: BodyKind, twin: Option<&str>) -> (String, String) {
        let noun = match kind {
            BodyKind::Form => "Form",
            BodyKind::Multipart => "Parts",
            _ if self.shared.is_some() => "",
            _ => "Request",
        };
        let stem = self.shared.as_deref().unwrap_or(self.method);
        let twin = twin.unwrap_or_default();
        (
            format!("{stem}{noun}{twin}"),
            format!("{}{twin}", self.method),
        )
    }
}

impl<'a> Operations<'_, 'a> {
    /// Makes the request body; `None` after a diagnostic. Only a body that a client sends has an operation.
    pub(super) fn body(
        &mut self,
        reference: &ReferenceOr<RequestBody>,
        operation: Option<&OperationEntry>,
        stem: &str,
    ) -> Option<Body> {
        let entry = self.document.body(reference)?;
        let at = entry.at.child("content");
        let docs = Docs {
            description: entry.value.description.clone(),
            ..Docs::default()
        };
        let chosen = self.choices(&entry.value.content, operation, &at);
        let shared = self.shared_stem(&entry.at);
        let stems = Stems {
            shared,
            method: stem,
        };
        let content = match chosen.as_slice() {
            [] => Content::Bytes {
                media_type: media::OCTETS.to_owned(),
            },
            [one] => self.sent(one, &stems.of(one.kind, None), &at),
            _ => self.choice(&chosen, &stems, &at),
        };
        Some(Body {
            argument: ARGUMENT.to_owned(),
            required: entry.value.required,
            content,
            docs,
        })
    }

    /// Returns the media types that a caller can choose from: every kind, but of several for the same JSON only the
    /// plainest. Those that cannot be sent are reported.
    fn choices(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        operation: Option<&OperationEntry>,
        at: &Pointer,
    ) -> Vec<Choice<'a>> {
        let mut all: Vec<Choice<'a>> = Vec::new();
        for (key, content) in content {
            let at = at.child(key);
            if let Some(operation) = operation
                && let Some(reason) = self.unsupported_content(key, content)
            {
                self.report_unsupported_content(operation, (key, at), reason);
                continue;
            }
            // what cannot be read has been reported
            let Some(media_type) = media::read(key) else {
                continue;
            };
            if media_type != key.as_str() && self.reported_contents.insert(at.clone()) {
                let text = format!("`{key}` is no media type; the body is sent as `{media_type}`");
                let finding = Diagnostic::new(code::WRONG_SHAPE, Place::key(at), text);
                self.report(finding.severity(Severity::Warning));
            }
            let schema = content.schema.as_ref().and_then(self::key);
            let kind = match self.body_kind(&media_type, schema) {
                // a form that the caller has encoded
                BodyKind::Form if schema.is_some_and(|key| self.is_text(key)) => BodyKind::Text,
                kind => kind,
            };
            all.push(Choice {
                key,
                kind,
                media_type,
                content,
            });
        }
        all.sort_by_key(|one| match one.kind {
            BodyKind::Json => (0, json_rank(&one.media_type)),
            BodyKind::Form => (1, Default::default()),
            BodyKind::Multipart => (2, Default::default()),
            _ => (3, Default::default()),
        });
        let mut chosen: Vec<Choice<'a>> = Vec::new();
        for one in all {
            let schema = one.content.schema.as_ref().and_then(key);
            let same = |other: &Choice<'_>| {
                let is_twin = other.content.schema.as_ref().and_then(key) == schema;
                let is_shared = matches!(one.kind, BodyKind::Json | BodyKind::Form);
                is_shared && other.kind == one.kind && is_twin
            };
            if !chosen.iter().any(same) {
                chosen.push(one);
            }
        }
        chosen
    }

    fn choice(&mut self, chosen: &[Choice<'a>], stems: &Stems<'_>, at: &Pointer) -> Content {
        let mut scope = Scope::new(ScopeKind::BodyVariant);
        let mut variants: Vec<(Name, Content)> = Vec::new();
        for (index, one) in chosen.iter().enumerate() {
            let at_media_type = at.child(one.key);
            let claim = scope.claim_one_of(
                Wish::new(media::variant(&one.media_type, one.kind), &at_media_type)
                    .or(name::type_name(&one.media_type)),
            );
            self.schemas.diagnostics.extend(claim.collision);
            let rust = claim.name;
            // several of a kind can have inline schemas of their own; the first has the names that it would have alone
            let mut before = chosen.iter().take(index);
            let has_twin = before.any(|other| other.kind == one.kind);
            let twin = has_twin.then_some(rust.as_str());
            let content = self.sent(one, &stems.of(one.kind, twin), at);
            let name = Name {
                wire: one.key.to_owned(),
                rust,
            };
            variants.push((name, content));
        }
        Content::Choice {
            name: self.own_type(stems.method, "Body", at),
            variants,
        }
    }

    /// Makes the content of one media type.
    fn sent(
        &mut self,
        one: &Choice<'a>,
        (types, stem): &(String, String),
        at: &Pointer,
    ) -> Content {
        let at = at.child(one.key);
        let place = SchemaSite::body(types.clone(), &at.child("schema"));
        // a range says what may be sent; these are what is sent
        let media_type = |otherwise: &str| {
            let is_range = one.media_type.contains('*');
            if is_range { otherwise } else { &one.media_type }.to_owned()
        };
        match one.kind {
            BodyKind::Json => Content::Json {
                media_type: media_type("application/json"),
                ty: self.content(one.content, &place),
            },
            BodyKind::Form => Content::Form {
                ty: self.content(one.content, &place),
                styles: styles(one.content),
            },
            BodyKind::Multipart => self.multipart(
                one.content,
                &media_type("multipart/form-data"),
                stem,
                &place,
            ),
            BodyKind::Xml => {
                self.as_text(&at);
                Content::Text {
                    media_type: media_type("application/xml"),
                }
            }
            BodyKind::Text | BodyKind::Events | BodyKind::JsonLines => {
                self.unstructured(one.content, &at);
                Content::Text {
                    media_type: media_type("text/plain"),
                }
            }
            BodyKind::Bytes => {
                self.unstructured(one.content, &at);
                let media_type = one.media_type.clone().into_owned();
                if media_type.contains('*') {
                    Content::AnyBytes { range: media_type }
                } else {
                    Content::Bytes { media_type }
                }
            }
        }
    }

    /// Returns the type of a media type's schema.
    pub(super) fn content(&mut self, content: &MediaType, place: &SchemaSite) -> TypeRef {
        match content.schema.as_ref().and_then(key) {
            Some(key) => self.schemas.type_of(key, place),
            None => TypeRef::Any,
        }
    }

    /// Reports a body of text or bytes whose schema says more than that.
    pub(super) fn unstructured(&mut self, content: &MediaType, at: &Pointer) {
        let key = content.schema.as_ref().and_then(key);
        if key.is_some_and(|key| !self.is_plain(key)) {
            let text = "a body of this media type is text or bytes here; its schema is not used";
            self.report(Diagnostic::new(code::NOT_MODELLED, at.clone(), text));
        }
    }

    /// Reports a body with a structure that is not modelled.
    pub(super) fn as_text(&mut self, at: &Pointer) {
        let text = "a body of XML is text here; its schema is not used";
        self.report(Diagnostic::new(code::NOT_MODELLED, at.clone(), text));
    }
}

/// Returns the style of a member, and whether it is exploded; `None` for the default, exploded form.
pub(super) fn style_of(encoding: &Encoding) -> Option<(Style, bool)> {
    let media_type = encoding.content_type.as_deref();
    let is_json = media_type.is_some_and(|name| media::json_rank(name).is_some());
    match &encoding.style {
        None if is_json => Some((Style::Json, false)),
        None if encoding.explode => None,
        None => Some((Style::Form, false)),
        Some(QueryStyle::DeepObject) => Some((Style::DeepObject, true)),
        Some(style) => Some((query_style(style), encoding.explode)),
    }
}

/// Returns the members of a form with a style of their own, by style. Other members are exploded, in style `form`.
pub(super) fn styles(content: &MediaType) -> Vec<FormStyle> {
    let mut all: Vec<FormStyle> = Vec::new();
    for (member, encoding) in &content.encoding {
        let Some((style, explode)) = style_of(encoding) else {
            continue;
        };
        let same = |form: &&mut FormStyle| form.style == style && form.explode == explode;
        match all.iter_mut().find(same) {
            Some(form) => form.members.push(member.clone()),
            None => all.push(FormStyle {
                style,
                explode,
                members: vec![member.clone()],
            }),
        }
    }
    all
}

/// Returns the rank of JSON: plain JSON before other types, and one without parameters before one with some.
fn json_rank(media_type: &str) -> (u8, bool) {
    let rank = media::json_rank(media_type).unwrap_or(u8::MAX);
    (rank, media_type.contains(';'))
}
