//! Responses: [`Reply`] for callers, [`Received`] before it is decoded, and the functions that decode it.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

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
        if let Some(kind) = self.content_type()
            && !is_json(&kind)
        {
            let kind = excerpt(&kind, 60);
            return Err(Mismatch::new(format!("expected JSON, found `{kind}`")));
        }
        Json::parse(self.body)
    }

    /// Returns the body as text: of UTF-8, or of ISO 8859-1 if the content type says so.
    ///
    /// # Errors
    /// The body is not UTF-8.
    pub fn text(&self) -> Read<Cow<'a, str>> {
        match std::str::from_utf8(self.body) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            // each byte is the code point of its character
            Err(_) if self.content_type().is_some_and(|kind| is_latin(&kind)) => {
                Ok(self.body.iter().map(|byte| char::from(*byte)).collect())
            }
            Err(error) => {
                let place = error.valid_up_to();
                Err(Mismatch::new(format!("is not UTF-8 from byte {place} on")))
            }
        }
    }

    /// Returns the body as bytes, without a copy.
    pub fn bytes(&self) -> Bytes {
        self.body.clone()
    }

    fn content_type(&self) -> Option<Cow<'a, str>> {
        let value = self.headers.get(CONTENT_TYPE)?;
        Some(String::from_utf8_lossy(value.as_bytes()))
    }

    /// Whether the content type is JSON.
    fn is_json(&self) -> bool {
        self.content_type().is_some_and(|kind| is_json(&kind))
    }

    /// Whether the content type is one of text that is not JSON, such as `text/plain; charset=utf-8`.
    fn is_text(&self) -> bool {
        let is_text = |kind: Cow<'_, str>| {
            group(essence(&kind)).eq_ignore_ascii_case("text") && !is_json(&kind)
        };
        self.content_type().is_some_and(is_text)
    }
}

/// `application/json` of `application/json; charset=utf-8`.
fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// `image` of `image/png`.
fn group(essence: &str) -> &str {
    essence.split('/').next().unwrap_or_default()
}

/// `application/json; charset=utf-8`, `text/json`, `application/problem+json`.
fn is_json(content_type: &str) -> bool {
    let essence = essence(content_type);
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    let suffix = subtype.rsplit('+').next().unwrap_or_default();
    suffix.eq_ignore_ascii_case("json")
}

/// `text/plain;charset=ISO-8859-1`, which some servers have as their default.
fn is_latin(content_type: &str) -> bool {
    content_type.to_ascii_lowercase().contains("iso-8859-1")
}

/// Decodes a JSON body. A type that any text is a value of also reads a body whose content type is text.
#[inline]
pub fn json<T: FromJson>(reply: &Received<'_>) -> Read<T> {
    if T::READS_TEXT && reply.is_text() {
        // an empty body is `null` if the type has that
        if !reply.body.is_empty() || T::from_json(Json::Null).is_err() {
            return T::from_json(Json::String(reply.text()?));
        }
    }
    T::from_json(reply.json()?)
}

/// Decodes a JSON body that is changed before.
pub fn changed_json<T: FromJson>(
    reply: &Received<'_>,
    change: fn(Json<'_>) -> Json<'_>,
) -> Read<T> {
    T::from_json(change(reply.json()?))
}

/// Returns a body of any kind.
pub fn bytes(reply: &Received<'_>) -> Read<Bytes> {
    Ok(reply.bytes())
}

/// Decodes a body of text. A JSON string that comes as JSON is the text between its quotes.
pub fn text(reply: &Received<'_>) -> Read<String> {
    if reply.is_json()
        && let Ok(Json::String(text)) = Json::parse(reply.body)
    {
        return Ok(text.into_owned());
    }
    reply.text().map(Cow::into_owned)
}

/// Decodes a JSON body by serde, whatever its content type.
pub(crate) fn deserialized<T: DeserializeOwned>(reply: &Received<'_>) -> Read<T> {
    let body: &[u8] = match reply.body.is_empty() {
        true => b"null",
        false => reply.body,
    };
    serde_json::from_slice(body).map_err(|error| Mismatch::new(error.to_string()))
}

/// Rejects a response whose status is not declared.
pub fn undeclared<T>(_: &Received<'_>) -> Read<T> {
    Err(Mismatch::new(UNDECLARED))
}

/// The reason of a response whose status is not declared.
const UNDECLARED: &str = "the status is not declared";

/// Whether a response was rejected for its status, and its body not decoded.
pub(crate) fn is_undeclared(mismatch: &Mismatch) -> bool {
    mismatch.reason() == UNDECLARED
}

/// Whether statuses have one: 404 among `&[404, 5]`, and with the digit of a range also 500.
pub(crate) fn declares(statuses: &[u16], status: StatusCode) -> bool {
    let status = status.as_u16();
    statuses.contains(&status) || statuses.contains(&(status / 100))
}

/// Accepts a response without a body.
pub fn empty(_: &Received<'_>) -> Read<()> {
    Ok(())
}

/// Selects the declared status as which a response is decoded: the one whose type has most members of the body. Ties go
/// to the status of the response, then to its range, then to the first status.
///
/// `shapes` has the declared statuses in ascending order, each with the members by which its type differs from the
/// others: `&[(200, &[]), (207, &["errors", "numErrors"])]`. The range `2XX` is 299.
pub fn closest_shape(status: StatusCode, body: &Json<'_>, shapes: &[(u16, &[&str])]) -> u16 {
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

/// Selects the declared body as which a response is decoded, by its status and its content type, and returns the index.
///
/// `bodies` has the status and the media types of each, the status as in [`closest_shape`], in the order in which they
/// are preferred: `&[(200, &["application/json"]), (200, &["application/zip", "*/*"]), (204, &[])]`. Without a content
/// type, and without media types that match it, the first body of the status is the one.
pub fn closest_body(reply: &Received<'_>, bodies: &[(u16, &[&str])]) -> usize {
    let status = reply.status.as_u16();
    let kind = reply.content_type();
    let kind = kind.as_deref().map(essence);
    let rank = |&(index, (declared, media_types)): &(usize, &(u16, &[&str]))| {
        let in_range = declared % 100 == 99 && declared / 100 == status / 100;
        let fit = kind.map(|kind| {
            let fits = media_types.iter().map(|one| fit(one, kind));
            fits.max().unwrap_or_default()
        });
        // `max_by_key` returns the last of equals, and the first is wanted
        (*declared == status, in_range, fit, std::cmp::Reverse(index))
    };
    let best = bodies.iter().enumerate().max_by_key(rank);
    best.map_or(0, |(index, _)| index)
}

/// Returns how well a content type fits a media type, which can be a range; 0 if it does not.
fn fit(media_type: &str, kind: &str) -> u8 {
    let media_type = essence(media_type);
    if media_type.eq_ignore_ascii_case(kind) {
        4
    } else if is_json(media_type) && is_json(kind) {
        3
    } else if media_type
        .strip_suffix("/*")
        .is_some_and(|range| range.eq_ignore_ascii_case(group(kind)))
    {
        2
    } else {
        u8::from(media_type == "*/*")
    }
}
