//! Responses: [`Reply`] for callers, [`Received`] before it is decoded, and the functions that decode it.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::runtime::transport::Attempts;
use crate::runtime::wire::{FromJson, Json, Mismatch, Read, excerpt};

/// A successful response: the decoded body with status and headers.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The decoded body.
    pub body: T,
    /// The number of attempts, and whether one before the last may have been applied.
    pub attempts: Attempts,
}

/// Decodes a complete response. A plain function, so that an operation adds little code.
pub type ReadReply<T> = fn(&Received<'_>) -> Read<T>;

/// A complete response that is not decoded yet.
#[derive(Debug, Clone, Copy)]
pub struct Received<'a> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body, decompressed.
    pub body: &'a Bytes,
}

impl<'a> Received<'a> {
    /// Parses the body as JSON. An empty body is `null`, whatever its content type.
    ///
    /// # Errors
    /// The content type is not JSON, or the body is not. Without a content type only the body counts.
    pub fn json(&self) -> Read<Json<'a>> {
        if self.body.is_empty() {
            return Ok(Json::Null);
        }
        if let Some(kind) = self.headers.get(CONTENT_TYPE) {
            let kind = String::from_utf8_lossy(kind.as_bytes());
            if !is_json(&kind) {
                let kind = excerpt(&kind, 60);
                return Err(Mismatch::new(format!("expected JSON, found `{kind}`")));
            }
        }
        Json::parse(self.body)
    }

    /// Returns the body as text.
    ///
    /// # Errors
    /// The body is not UTF-8.
    pub fn text(&self) -> Read<&'a str> {
        std::str::from_utf8(self.body).map_err(|error| {
            let place = error.valid_up_to();
            Mismatch::new(format!("is not UTF-8 from byte {place} on"))
        })
    }

    /// Returns the body as bytes, without a copy.
    pub fn bytes(&self) -> Bytes {
        self.body.clone()
    }
}

/// `application/json; charset=utf-8`, `text/json`, `application/problem+json`.
fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    let suffix = subtype.rsplit('+').next().unwrap_or_default();
    suffix.eq_ignore_ascii_case("json")
}

/// Decodes a JSON body.
#[inline]
pub(crate) fn json<T: FromJson>(reply: &Received<'_>) -> Read<T> {
    T::from_json(reply.json()?)
}

/// Returns a body of any kind.
pub(crate) fn bytes(reply: &Received<'_>) -> Read<Bytes> {
    Ok(reply.bytes())
}

/// Decodes a body of text.
pub(crate) fn text(reply: &Received<'_>) -> Read<String> {
    reply.text().map(str::to_owned)
}

/// Rejects a response whose status is not declared.
pub(crate) fn undeclared<T>(_: &Received<'_>) -> Read<T> {
    Err(Mismatch::new("no body is declared for this status"))
}

/// Accepts a response without a body.
pub(crate) fn empty(_: &Received<'_>) -> Read<()> {
    Ok(())
}

/// Selects the declared status as which a response is decoded: the one whose type has most members of the body. Ties go
/// to the status of the response, then to its range, then to the first status.
///
/// `shapes` has the declared statuses in ascending order, each with the members by which its type differs from the
/// others: `&[(200, &[]), (207, &["errors", "numErrors"])]`. The range `2XX` is 299.
pub(crate) fn closest_shape(status: StatusCode, body: &Json<'_>, shapes: &[(u16, &[&str])]) -> u16 {
    let rank = |&&(declared, members): &&(u16, &[&str])| {
        let known = members.iter().filter(|name| body.has(name)).count();
        let in_range = declared % 100 == 99 && declared / 100 == status.as_u16() / 100;
        // `max_by_key` returns the last of equals, and the first is wanted
        (
            known,
            declared == status.as_u16(),
            in_range,
            u16::MAX - declared,
        )
    };
    shapes.iter().max_by_key(rank).map_or(0, |shape| shape.0)
}
