//! A reply that has arrived and is about to be read, and the readers that generated methods name.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::runtime::transport::Attempts;
use crate::runtime::wire::{FromJson, Json, Mismatch, Read, excerpt};

/// A success: its body with the status and the headers it came with.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, read.
    pub body: T,
    /// How often the call was sent, and whether an attempt before the last may have done the work.
    pub attempts: Attempts,
}

/// Reads a whole reply as a type. A plain function, so that an operation adds next to no code.
pub type ReadReply<T> = fn(&Received<'_>) -> Read<T>;

/// A reply that has arrived whole.
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
    /// The body as JSON; an empty one is `null`, whatever its content type.
    ///
    /// # Errors
    /// The content type is another one, or the body is not JSON. Without a content type the body decides.
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

    /// The body as a text.
    ///
    /// # Errors
    /// The body is not UTF-8.
    pub fn text(&self) -> Read<&'a str> {
        std::str::from_utf8(self.body).map_err(|error| {
            let place = error.valid_up_to();
            Mismatch::new(format!("is not UTF-8 from byte {place} on"))
        })
    }

    /// The body as it came, without a copy.
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

/// Reads a JSON body that has the same type whatever the status.
#[inline]
pub(crate) fn json<T: FromJson>(reply: &Received<'_>) -> Read<T> {
    T::from_json(reply.json()?)
}

/// Reads a body of any kind.
pub(crate) fn bytes(reply: &Received<'_>) -> Read<Bytes> {
    Ok(reply.bytes())
}

/// Reads a text.
pub(crate) fn text(reply: &Received<'_>) -> Read<String> {
    reply.text().map(str::to_owned)
}

/// Reads a reply whose status is none of those that the operation declares.
pub(crate) fn undeclared<T>(_: &Received<'_>) -> Read<T> {
    Err(Mismatch::new("no body is declared for this status"))
}

/// Reads a reply that has nothing to say but its status.
pub(crate) fn empty(_: &Received<'_>) -> Read<()> {
    Ok(())
}

/// Which of the declared statuses a reply is read as: the one whose type knows most members of the body, and of
/// those that know the same number the reply's own status, then the range that it is in, or else the first declared.
///
/// `shapes` has the declared statuses in ascending order, each with the members by which its type differs from the
/// others: `&[(200, &[]), (207, &["errors", "numErrors"])]`. The range `2XX` is 299.
pub(crate) fn closest_shape(status: StatusCode, body: &Json<'_>, shapes: &[(u16, &[&str])]) -> u16 {
    let rank = |&&(declared, members): &&(u16, &[&str])| {
        let known = members.iter().filter(|name| body.has(name)).count();
        let in_range = declared % 100 == 99 && declared / 100 == status.as_u16() / 100;
        // `max_by_key` gives the last of equals, and the first is wanted.
        (
            known,
            declared == status.as_u16(),
            in_range,
            u16::MAX - declared,
        )
    };
    shapes.iter().max_by_key(rank).map_or(0, |shape| shape.0)
}
