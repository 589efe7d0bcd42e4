//! Request bodies, and the choice of a media type.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, RequestBody};

use super::Lowering;
use super::place::Place;
use super::schema::key;
use crate::ir::{Body, Content, Docs, TypeRef};
use crate::pointer::Pointer;

/// The name of the argument that is the request body.
const ARGUMENT: &str = "body";

impl Lowering<'_> {
    /// The request body; `None` after a diagnostic.
    pub(super) fn body(
        &mut self,
        reference: &ReferenceOr<RequestBody>,
        stem: &str,
    ) -> Option<Body> {
        let entry = self.document.body(reference)?;
        let at = entry.at.child("content");
        let Some((media_type, content)) = json(&entry.value.content) else {
            let kinds: Vec<_> = entry.value.content.keys().map(String::as_str).collect();
            self.unsupported(
                &at,
                &format!("a request body that is not JSON ({})", kinds.join(", ")),
            );
            return None;
        };
        let place = Place::body(
            format!("{stem}Request"),
            &at.child(media_type).child("schema"),
        );
        let ty = self.content(content, &place);
        let docs = Docs {
            description: entry.value.description.clone(),
            ..Docs::default()
        };
        // a range such as `*/*` says what may be sent, and JSON is what is sent
        let media_type = if media_type.contains('*') {
            "application/json"
        } else {
            media_type
        };
        Some(Body {
            argument: ARGUMENT.to_owned(),
            required: entry.value.required,
            content: Content::Json {
                media_type: media_type.to_owned(),
                ty,
            },
            docs,
        })
    }

    /// The type of a media type's schema.
    pub(super) fn content(&mut self, content: &MediaType, place: &Place) -> TypeRef {
        match content.schema.as_ref().and_then(key) {
            Some(key) => self.type_of(key, place),
            None => TypeRef::Any,
        }
    }

    /// The type of a JSON response body, with the place where its schema stands.
    pub(super) fn returned(
        &mut self,
        content: &IndexMap<String, MediaType>,
        stem: String,
        at: &Pointer,
    ) -> Option<TypeRef> {
        let (media_type, content) = json(content)?;
        let place = Place::body(stem, &at.child("content").child(media_type).child("schema"));
        Some(self.content(content, &place))
    }
}

/// The media type that is JSON: `application/json` before `application/problem+json` before a range such as `*/*`.
fn json(content: &IndexMap<String, MediaType>) -> Option<(&str, &MediaType)> {
    let rank = |name: &str| {
        let essence = name
            .split(';')
            .next()
            .unwrap_or(name)
            .trim()
            .to_ascii_lowercase();
        match essence.as_str() {
            "application/json" => Some(0),
            other if other.ends_with("+json") || other.ends_with("/json") => Some(1),
            "application/*" | "*/*" => Some(2),
            _ => None,
        }
    };
    let ranked = content
        .iter()
        .filter_map(|(name, content)| Some((rank(name)?, name.as_str(), content)));
    ranked
        .min_by_key(|(rank, ..)| *rank)
        .map(|(_, name, content)| (name, content))
}
