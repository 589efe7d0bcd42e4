//! The headers of requests: those that every request has, and those that only the transport may set.

use http::header::{HeaderMap, HeaderName, HeaderValue};

/// They say where a message ends and which server it is for. The transport writes them, and a second opinion on them is
/// how requests are smuggled.
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

/// Refuses headers that only the transport may set.
///
/// # Errors
/// One of them is there.
pub(crate) fn check_framing(headers: &HeaderMap) -> Result<(), &'static str> {
    if FRAMING.iter().any(|name| headers.contains_key(*name)) {
        return Err("a header frames the message, so only the transport may set it");
    }
    Ok(())
}

/// Checks a header of the caller's own. Its value counts as a secret.
///
/// # Errors
/// Why it is refused, without the value.
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
        .map_err(|_| "the value of a header has characters that a header cannot carry")?;
    value.set_sensitive(true);
    Ok((name, value))
}
