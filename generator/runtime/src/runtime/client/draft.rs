//! A request in the making. A generated method is one expression over it.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, Request};

use super::Client;
use crate::runtime::call::{Call, ReadReply, RequestError};
use crate::runtime::wire::{Mismatch, ToJson};

/// How a client introduces itself: the name and version of the package that carries this file.
const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// A request in the making. The first thing that goes wrong is kept, and the call gives it when it is sent.
#[derive(Debug)]
pub struct Draft {
    client: Client,
    method: Method,
    path: String,
    query: Query,
    headers: HeaderMap,
    body: Bytes,
    alternatives: &'static [&'static [usize]],
    error: Option<RequestError>,
}

/// The query of a URL in the making.
#[derive(Default)]
pub(super) struct Query(String);

impl Client {
    /// Starts a request to a path of the description.
    pub(crate) fn draft(&self, method: Method, path: &'static str) -> Draft {
        let mut headers = with_agent(&self.shared.headers);
        headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("application/json"));
        Draft {
            client: self.clone(),
            method,
            path: path.to_owned(),
            query: Query::default(),
            headers,
            body: Bytes::new(),
            alternatives: &[],
            error: None,
        }
    }
}

impl Draft {
    /// Which security schemes the operation asks for: alternatives, each with the indexes of the schemes that it needs
    /// together. The first alternative for which all credentials are set is sent. When there is none, the request goes
    /// out without, and the server says what it thinks of that.
    pub(crate) fn authorize(mut self, alternatives: &'static [&'static [usize]]) -> Self {
        self.alternatives = alternatives;
        self
    }

    /// Adds a JSON body.
    pub(crate) fn json(mut self, body: &dyn ToJson) -> Self {
        let json = body.to_json();
        match serde_json::to_vec(&json) {
            Ok(bytes) => self.body = bytes.into(),
            Err(error) => {
                let place = json.unwritable();
                let place = place.unwrap_or_else(|| Mismatch::new(error.to_string()));
                self.error.get_or_insert(RequestError::body(place));
            }
        }
        self.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        self
    }

    /// Says how a success and a failure are read.
    pub(crate) fn call<T, E>(mut self, success: ReadReply<T>, failure: ReadReply<E>) -> Call<T, E> {
        let client = self.client.clone();
        let shared = &client.shared;
        shared.authorize(self.alternatives, &mut self.headers, &mut self.query);
        Call::new(self.client.clone(), self.request(), success, failure)
    }

    fn request(self) -> Result<Request<Bytes>, RequestError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let base_url = &self.client.shared.base_url;
        let whole = format!(
            "{}{}{}",
            base_url.as_string(),
            self.path,
            self.query.as_str()
        );
        let mut request = Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = whole
            .parse()
            .map_err(|_| RequestError::new("the URL of the request is not a URL"))?;
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}

impl Query {
    /// Starts with the query that a URL has already.
    pub(super) fn of(query: Option<&str>) -> Self {
        Query(query.map_or_else(String::new, |query| format!("?{query}")))
    }

    /// Adds a parameter.
    pub(super) fn push(&mut self, name: &str, value: &str) {
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
        encode(name, &mut self.0);
        self.0.push('=');
        encode(value, &mut self.0);
    }

    /// With its question mark; empty when there is none.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Query {
    /// An API key can be in it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// The client's own headers.
pub(super) fn with_agent(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    headers
        .entry(USER_AGENT)
        .or_insert(HeaderValue::from_static(AGENT));
    headers
}

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
pub(super) fn check_framing(headers: &HeaderMap) -> Result<(), &'static str> {
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
