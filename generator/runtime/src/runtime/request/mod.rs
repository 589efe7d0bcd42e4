//! Requests of the operations of the description. [`RequestBuilder`] collects what is sent, and puts it together when
//! the request is needed. Each generated method is one expression over it.

mod idempotency;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue};
use http::{Method, Request};

use self::idempotency::Idempotency;
use crate::runtime::auth::TokenSource;
use crate::runtime::client::{Client, announce_length, header_of};
use crate::runtime::request_error::RequestError;
use crate::runtime::url::{self, BaseUrl, Query};
use crate::runtime::wire::{Mismatch, ToJson};

pub(crate) use self::idempotency::of_method;

/// Collects what the request of an operation has. Errors are kept, and returned when the request is built.
#[derive(Clone)]
pub struct RequestBuilder {
    client: Client,
    method: Method,
    /// The path template of the description; its parameters are filled in one by one.
    pub(crate) path: String,
    /// The query of the template.
    pub(crate) query: Query,
    /// In the order in which they were set for the first time.
    parameters: Vec<Parameter>,
    accept: HeaderValue,
    body: Result<Option<Content>, RequestError>,
    /// The server of the operation, if it has its own.
    server: Option<Result<BaseUrl, &'static str>>,
    security: &'static [&'static [usize]],
    template: &'static str,
    /// What the description says about idempotency, and the same with the body that decides about it.
    idempotency: [Idempotency; 2],
    error: Option<RequestError>,
}

/// The text of a parameter, with its name if the style has it; `None` if nothing is sent.
pub(crate) type Text = Result<Option<String>, RequestError>;

/// A parameter that is encoded.
#[derive(Clone)]
struct Parameter {
    location: Location,
    name: &'static str,
    text: Text,
}

/// Where a parameter is sent. Those of the path are not here: they are filled in at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    Query,
    Header,
    Cookie,
}

/// A body that is encoded.
#[derive(Clone)]
struct Content {
    media_type: HeaderValue,
    bytes: Bytes,
}

impl RequestBuilder {
    /// Creates a request from an HTTP method and a path template, such as `/pets/{id}`. A query in the template is part
    /// of every request.
    pub fn new(client: &Client, method: &'static str, template: &'static str) -> Self {
        let (path, query) = match template.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (template, None),
        };
        let parsed = Method::from_bytes(method.as_bytes());
        let error = parsed.is_err();
        let method = parsed.unwrap_or_default();
        RequestBuilder {
            client: client.clone(),
            idempotency: [Idempotency::of(&method); 2],
            template,
            method,
            path: path.to_owned(),
            query: Query::of(query),
            parameters: Vec::new(),
            accept: HeaderValue::from_static("application/json"),
            body: Ok(None),
            server: None,
            security: &[],
            error: error.then(|| RequestError::new("the method is not an HTTP method")),
        }
    }

    /// Sends the request to the operation's own server, unless the client was given a base URL: a proxy, a test server
    /// or another region.
    pub fn server(mut self, url: &'static str) -> Self {
        let shared = &self.client.shared;
        if BaseUrl::parse(shared.service.base_url).as_ref() == Ok(&shared.base_url) {
            self.server = Some(BaseUrl::parse(url));
        }
        self
    }

    /// Sends the request below another path of the client's server: with the base URL `https://a.example/eu/api`,
    /// `.server_path("/api", "/auth")` leads to `https://a.example/eu/auth`.
    pub fn server_path(mut self, common: &str, own: &str) -> Self {
        self.server = Some(Ok(self.client.shared.base_url.beside(common, own)));
        self
    }

    /// Sets the security requirements of the operation: alternatives, each with the indexes of the schemes that it
    /// needs together. The first alternative whose credentials are all set is used. Without one the request is sent
    /// without credentials, and the server decides.
    pub fn authorize(mut self, alternatives: &'static [&'static [usize]]) -> Self {
        self.security = alternatives;
        self
    }

    /// Sets the `accept` header, which is `application/json` by default. A header that is set on the client wins.
    pub fn accept(mut self, media_types: &'static str) -> Self {
        if let Ok(value) = HeaderValue::from_str(media_types) {
            self.accept = value;
        }
        self
    }

    /// Marks the operation as idempotent, whatever its method.
    pub fn idempotent(mut self) -> Self {
        self.idempotency = [Idempotency::Known(true); 2];
        self
    }

    /// Marks the operation as not idempotent, whatever its method.
    pub fn non_idempotent(mut self) -> Self {
        self.idempotency = [Idempotency::Known(false); 2];
        self
    }

    /// Marks the operation as idempotent if its JSON body, which is added later, has a value at the end of a path, in
    /// every element that `[]` matches: `["items", "[]", "unique"]`.
    pub fn idempotent_when(mut self, path: &'static [&'static str]) -> Self {
        self.idempotency = [Idempotency::WhenPresent(path); 2];
        self
    }

    /// Sets a JSON body.
    pub fn json(self, body: &dyn ToJson) -> Self {
        self.json_as("application/json", body)
    }

    /// Sets a JSON body with a media type such as `application/merge-patch+json`.
    pub fn json_as(self, media_type: &'static str, body: &dyn ToJson) -> Self {
        let json = body.to_json();
        match serde_json::to_vec(&json) {
            Ok(bytes) => {
                let mut with = self.body(media_type, bytes.into());
                let [rule, _] = with.idempotency;
                with.idempotency = [rule, rule.settle(&json)];
                with
            }
            Err(error) => {
                let place = json.unwritable();
                let place = place.unwrap_or_else(|| Mismatch::new(error.to_string()));
                self.without_body(RequestError::body(place))
            }
        }
    }

    /// Sets a body of text.
    pub fn text(self, media_type: &'static str, body: &str) -> Self {
        self.body(media_type, Bytes::copy_from_slice(body.as_bytes()))
    }

    /// Sets a binary body.
    pub fn bytes(self, media_type: &str, body: &Bytes) -> Self {
        self.body(media_type, body.clone())
    }

    /// Sets an encoded body.
    pub(crate) fn body(mut self, media_type: &str, bytes: Bytes) -> Self {
        let [rule, _] = self.idempotency;
        self.idempotency = [rule; 2];
        self.body = match HeaderValue::from_str(media_type) {
            Ok(media_type) => Ok(Some(Content { media_type, bytes })),
            Err(_) => Err(RequestError::new(
                "the media type of the body is not a valid header value",
            )),
        };
        self
    }

    /// Keeps why a body cannot be sent.
    pub(crate) fn without_body(mut self, error: RequestError) -> Self {
        self.body = Err(error);
        self
    }

    /// Sets a body that writes itself.
    pub fn with<B: ?Sized>(self, body: &B, write: fn(&B, Self) -> Self) -> Self {
        write(body, self)
    }

    /// Sets a parameter, replacing what it was set to before.
    pub(crate) fn set(&mut self, location: Location, name: &'static str, text: Text) {
        let new = Parameter {
            location,
            name,
            text,
        };
        let mut all = self.parameters.iter_mut();
        match all.find(|one| one.location == location && one.name == name) {
            Some(before) => *before = new,
            None => self.parameters.push(new),
        }
    }

    /// Records an error that nothing set later can repair, unless there is one already.
    pub(crate) fn fail(&mut self, error: RequestError) {
        self.error.get_or_insert(error);
    }

    /// Returns the client.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the path template of the description, with its query.
    pub(crate) fn template(&self) -> &'static str {
        self.template
    }

    /// Whether sending the request twice has the effect of sending it once.
    pub(crate) fn is_idempotent(&self) -> bool {
        let [_, settled] = self.idempotency;
        settled.is_given()
    }

    /// Builds the request, and returns it with the source of the bearer token, if that is fetched when the request is
    /// sent.
    ///
    /// # Errors
    /// Why it cannot be built.
    pub(crate) fn build(&self) -> Result<(Request<Bytes>, Option<Arc<TokenSource>>), RequestError> {
        if let Some(error) = &self.error {
            return Err(error.clone());
        }
        let shared = &self.client.shared;
        let mut headers = shared.headers.clone();
        headers.entry(ACCEPT).or_insert_with(|| self.accept.clone());
        let mut query = self.query.clone();
        for parameter in &self.parameters {
            parameter.add(&mut query, &mut headers)?;
        }
        let body = match self.body.clone()? {
            Some(content) => {
                headers.insert(CONTENT_TYPE, content.media_type);
                content.bytes
            }
            None => Bytes::new(),
        };
        let token = shared.authorize(self.security, &mut headers, &mut query);
        // a parameter can turn a segment into `.` or `..`, which would lead to another path
        url::checked_path(&self.path).map_err(RequestError::new)?;
        let base_url = match &self.server {
            Some(Ok(own)) => own,
            Some(Err(reason)) => return Err(RequestError::new(reason)),
            None => &shared.base_url,
        };
        let whole = format!("{}{}{}", base_url.as_string(), self.path, query.as_str());
        let mut request = Request::new(body);
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = whole
            .parse()
            .map_err(|_| RequestError::new("the URL of the request is not a URL"))?;
        *request.headers_mut() = headers;
        announce_length(&mut request);
        Ok((request, token))
    }
}

impl Parameter {
    /// Adds the parameter to a request. A header replaces one of the client; all cookies are in one header.
    ///
    /// # Errors
    /// Why it cannot be sent; the value is not part of the reason.
    fn add(&self, query: &mut Query, headers: &mut HeaderMap) -> Result<(), RequestError> {
        let Some(text) = self.text.as_ref().map_err(RequestError::clone)? else {
            return Ok(());
        };
        match self.location {
            Location::Query => query.push_encoded(text),
            Location::Header => {
                let (name, value) = header_of(self.name, text).map_err(|reason| {
                    RequestError::parameter(self.name, format!("cannot be sent: {reason}"))
                })?;
                headers.insert(name, value);
            }
            Location::Cookie => {
                let all = match headers.get(COOKIE) {
                    Some(before) => [before.as_bytes(), b"; ", text.as_bytes()].concat(),
                    None => text.clone().into_bytes(),
                };
                let mut value = HeaderValue::from_bytes(&all).map_err(|_| {
                    let reason = "has characters that a cookie cannot have";
                    RequestError::parameter(self.name, reason)
                })?;
                value.set_sensitive(true);
                headers.insert(COOKIE, value);
            }
        }
        Ok(())
    }
}

impl fmt::Debug for RequestBuilder {
    /// Leaves out the parameters and the body.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBuilder")
            .field("method", &self.method)
            .field("template", &self.template)
            .finish_non_exhaustive()
    }
}
