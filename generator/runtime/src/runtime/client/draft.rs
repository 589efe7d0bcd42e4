//! A request in the making. A generated method is one expression over it.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, Request};

use super::Client;
use super::base_url::BaseUrl;
use super::idempotency::Idempotency;
use crate::runtime::call::{Call, OpenStream, Prepared, ReadReply, RequestError, Success};
use crate::runtime::wire::{Mismatch, ToJson};

/// How a client introduces itself: the name and version of the package that carries this file.
const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// A request in the making. The first thing that goes wrong is kept, and the call gives it when it is sent.
#[derive(Debug)]
pub struct Draft {
    client: Client,
    method: Method,
    /// The template of the description; its parameters are filled in one by one.
    pub(crate) path: String,
    pub(crate) query: Query,
    pub(crate) headers: HeaderMap,
    body: Bytes,
    /// Where it goes when that is not the client's base URL.
    server: Option<Result<BaseUrl, &'static str>>,
    alternatives: &'static [&'static [usize]],
    template: &'static str,
    idempotency: Idempotency,
    error: Option<RequestError>,
}

/// The query of a URL in the making.
#[derive(Default)]
pub(crate) struct Query(String);

impl Client {
    /// Starts a request; the method is one of HTTP's or another word, such as `QUERY`.
    pub(crate) fn draft_as(&self, method: &'static str, path: &'static str) -> Draft {
        let mut draft = self.draft(Method::GET, path);
        match Method::from_bytes(method.as_bytes()) {
            Ok(method) => {
                draft.idempotency = Idempotency::of(&method);
                draft.method = method;
            }
            Err(_) => draft.fail(RequestError::new("the method is not a method of HTTP")),
        }
        draft
    }

    /// Starts a request to a path of the description; a query in it is sent with every request.
    pub(crate) fn draft(&self, method: Method, template: &'static str) -> Draft {
        let (path, query) = match template.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (template, None),
        };
        let mut headers = with_agent(&self.shared.headers);
        headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("application/json"));
        Draft {
            client: self.clone(),
            idempotency: Idempotency::of(&method),
            template: path,
            method,
            path: path.to_owned(),
            query: Query::of(query),
            headers,
            body: Bytes::new(),
            server: None,
            alternatives: &[],
            error: None,
        }
    }
}

impl Draft {
    /// Sends the request to a server of its own. A client that was given a base URL calls that and nothing else, be it a
    /// proxy, a test's server or another region.
    pub(crate) fn server(mut self, url: &'static str) -> Self {
        let shared = &self.client.shared;
        if BaseUrl::parse(shared.service.base_url).as_ref() == Ok(&shared.base_url) {
            self.server = Some(BaseUrl::parse(url));
        }
        self
    }

    /// Sends the request below another path of the client's server than all others: with the base URL
    /// `https://a.example/eu/api`, `.server_path("/api", "/auth")` leads to `https://a.example/eu/auth`.
    pub(crate) fn server_path(mut self, common: &str, own: &str) -> Self {
        self.server = Some(Ok(self.client.shared.base_url.beside(common, own)));
        self
    }

    /// Which security schemes the operation asks for: alternatives, each with the indexes of the schemes that it needs
    /// together. The first alternative for which all credentials are set is sent. When there is none, the request goes
    /// out without, and the server says what it thinks of that.
    pub(crate) fn authorize(mut self, alternatives: &'static [&'static [usize]]) -> Self {
        self.alternatives = alternatives;
        self
    }

    /// Which media types the replies are read from; plain JSON unless it is said. A header of the client's own stays.
    pub(crate) fn accept(mut self, media_types: &'static str) -> Self {
        if !self.client.shared.headers.contains_key(ACCEPT)
            && let Ok(value) = HeaderValue::from_str(media_types)
        {
            self.headers.insert(ACCEPT, value);
        }
        self
    }

    /// Says whether the operation can be done twice without harm, where the method does not tell.
    pub(crate) fn idempotent(mut self, is_idempotent: bool) -> Self {
        self.idempotency = Idempotency::Known(is_idempotent);
        self
    }

    /// Says that the operation can be done twice without harm when its JSON body, which is added later, has something
    /// at the end of a path, in every element that `[]` stands for.
    pub(crate) fn idempotent_when(mut self, path: &'static [&'static str]) -> Self {
        self.idempotency = Idempotency::WhenPresent(path);
        self
    }

    /// Adds a JSON body.
    pub(crate) fn json(self, body: &dyn ToJson) -> Self {
        self.json_as("application/json", body)
    }

    /// Adds a JSON body of a media type of its own, such as `application/merge-patch+json`.
    pub(crate) fn json_as(mut self, media_type: &'static str, body: &dyn ToJson) -> Self {
        let json = body.to_json();
        self.idempotency = self.idempotency.settle(&json);
        match serde_json::to_vec(&json) {
            Ok(bytes) => self.body(media_type, bytes.into()),
            Err(error) => {
                let place = json.unwritable();
                let place = place.unwrap_or_else(|| Mismatch::new(error.to_string()));
                self.fail(RequestError::body(place));
                self
            }
        }
    }

    /// Adds a text as the body.
    pub(crate) fn text(self, media_type: &'static str, body: &str) -> Self {
        self.body(media_type, Bytes::copy_from_slice(body.as_bytes()))
    }

    /// Adds a body as it is.
    pub(crate) fn bytes(self, media_type: &'static str, body: &Bytes) -> Self {
        self.body(media_type, body.clone())
    }

    pub(crate) fn body(mut self, media_type: &str, body: Bytes) -> Self {
        match HeaderValue::from_str(media_type) {
            Ok(value) => {
                self.headers.insert(CONTENT_TYPE, value);
            }
            Err(_) => self.fail(RequestError::new(
                "the media type of the body is not the value of a header",
            )),
        }
        self.body = body;
        self
    }

    /// Adds a body that knows how to write itself.
    pub(crate) fn with<B: ?Sized>(self, body: &B, write: fn(&B, Self) -> Self) -> Self {
        write(body, self)
    }

    /// Adds a body when there is one.
    pub(crate) fn optional<B: ?Sized>(
        self,
        body: Option<&B>,
        write: impl FnOnce(Self, &B) -> Self,
    ) -> Self {
        match body {
            Some(body) => write(self, body),
            None => self,
        }
    }

    /// Keeps what is wrong; the first counts.
    pub(crate) fn fail(&mut self, error: RequestError) {
        self.error.get_or_insert(error);
    }

    /// Says how a success and a failure are read.
    pub(crate) fn call<T, E>(self, success: ReadReply<T>, failure: ReadReply<E>) -> Call<T, E> {
        self.finish(Success::Whole(success), failure)
    }

    /// Says how a success is read while it arrives, and how a failure is read.
    pub(crate) fn call_streaming<T, E>(
        self,
        success: OpenStream<T>,
        failure: ReadReply<E>,
    ) -> Call<T, E> {
        self.finish(Success::Stream(success), failure)
    }

    fn finish<T, E>(mut self, success: Success<T>, failure: ReadReply<E>) -> Call<T, E> {
        let client = self.client.clone();
        let token = client
            .shared
            .authorize(self.alternatives, &mut self.headers, &mut self.query);
        let prepared = Prepared {
            is_idempotent: self.idempotency.is_given(),
            template: self.template,
            token,
            request: self.request(),
        };
        Call::new(client, prepared, success, failure)
    }

    fn request(self) -> Result<Request<Bytes>, RequestError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        // a value can make `.` or `..` of a segment, which would lead to another path
        super::base_url::checked_path(&self.path).map_err(RequestError::new)?;
        let server = self.server.transpose().map_err(RequestError::new)?;
        let base_url = server.as_ref().unwrap_or(&self.client.shared.base_url);
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
        let mut pair = String::new();
        encode(name, &mut pair);
        pair.push('=');
        encode(value, &mut pair);
        self.push_encoded(&pair);
    }

    /// Adds one or several parameters that are percent-encoded already: `R=100&G=200`.
    pub(crate) fn push_encoded(&mut self, pairs: &str) {
        if !pairs.is_empty() {
            self.0.push(if self.0.is_empty() { '?' } else { '&' });
            self.0.push_str(pairs);
        }
    }

    /// Fills in a parameter of a query that the path itself has: `{id}` in `/items?id={id}`.
    pub(crate) fn fill(&mut self, template: &str, text: &str) {
        if self.0.contains(template) {
            self.0 = self.0.replace(template, text);
        }
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
pub(crate) fn encode(text: &str, out: &mut String) {
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
