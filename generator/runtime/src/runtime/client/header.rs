//! Headers of requests, and those among them that only the transport sets.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request};

/// Headers that frame a message or select the server. The transport sets them; a second value is how requests are
/// smuggled.
const FRAMING: [&str; 9] = [
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Rejects headers that only the transport sets.
///
/// # Errors
/// One of them is set.
pub(crate) fn check_framing(headers: &HeaderMap) -> Result<(), &'static str> {
    if FRAMING.iter().any(|name| headers.contains_key(*name)) {
        return Err("a header frames the message, so only the transport may set it");
    }
    Ok(())
}

/// Parses a header of the caller and marks its value as sensitive.
///
/// # Errors
/// Why it is rejected; the value is not part of the reason.
pub(crate) fn header_of(
    name: &str,
    value: &str,
) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name =
        HeaderName::try_from(name).map_err(|_| "the name of a header is not one of HTTP's")?;
    if FRAMING.contains(&name.as_str()) {
        return Err("a header frames the message, so only the transport may set it");
    }
    let mut value = HeaderValue::try_from(value)
        .map_err(|_| "the value of a header has characters that a header cannot have")?;
    value.set_sensitive(true);
    Ok((name, value))
}

/// Adds `content-length: 0` to a POST, PUT or PATCH without a body. HTTP libraries leave it out, and some servers and
/// proxies answer 411 then (RFC 9110, section 8.6).
pub(crate) fn announce_length(request: &mut Request<Bytes>) {
    let has_meaning = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    if has_meaning && request.body().is_empty() {
        let none = HeaderValue::from_static("0");
        request.headers_mut().insert(CONTENT_LENGTH, none);
    }
}
