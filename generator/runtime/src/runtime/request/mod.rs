//! Requests that are being built: [`RequestBuilder`] for the operations of the description, over which each generated
//! method is one expression, and [`Client::send`] for everything else.

mod idempotency;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, Request};

use self::idempotency::Idempotency;
use crate::runtime::call::{Call, Decode, Failure, OpenStream, Prepared};
use crate::runtime::client::{Client, announce_length};
use crate::runtime::request_error::RequestError;
use crate::runtime::response::{self, ReadReply};
use crate::runtime::url::{self, BaseUrl, Query};
use crate::runtime::wire::{Mismatch, ToJson};

/// Builds the request of an operation. It keeps the first error; the call returns it when it is sent.
#[derive(Debug)]
pub struct RequestBuilder {
    client: Client,
    method: Method,
    /// The path template of the description; its parameters are filled in one by one.
    pub(crate) path: String,
    pub(crate) query: Query,
    pub(crate) headers: HeaderMap,
    body: Bytes,
    /// The server of the operation, if it has its own.
    server: Option<Result<BaseUrl, &'static str>>,
    security: &'static [&'static [usize]],
    template: &'static str,
    idempotency: Idempotency,
    error: Option<RequestError>,
}

impl Client {
    /// Sends a request that the description does not cover.
    ///
    /// The URL is a path below the base URL (`/crm/v3/objects/products/1`) or a full URL with the same origin; other
    /// origins are rejected, because the request would take the credentials there. All credentials that are set are
    /// added, unless the request already has that header. Limits and timeouts are those of any call, and can be set on
    /// the returned [`Call`]. Any 2xx status is a success, whatever its body. Whether the request can be retried
    /// follows from its method; [`Call::idempotent`] overrides that.
    pub fn send(&self, request: Request<Bytes>) -> Call<Bytes, Bytes> {
        let prepared = Prepared {
            is_idempotent: idempotency::of_method(request.method()),
            template: "",
            token: self.shared.token(),
            request: self.shared.complete(request).map_err(RequestError::new),
        };
        let failure = Failure {
            read: response::bytes,
            statuses: None,
        };
        Call::new(
            self.clone(),
            prepared,
            Decode::Whole(response::bytes),
            failure,
        )
    }
}

impl RequestBuilder {
    /// Creates a request from an HTTP method and a path template, such as `/pets/{id}`. A query in the template is part
    /// of every request.
    pub(crate) fn new(client: &Client, method: &'static str, template: &'static str) -> Self {
        let (path, query) = match template.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (template, None),
        };
        let parsed = Method::from_bytes(method.as_bytes());
        let error = parsed.is_err();
        let method = parsed.unwrap_or_default();
        let mut headers = client.shared.headers.clone();
        headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("application/json"));
        RequestBuilder {
            client: client.clone(),
            idempotency: Idempotency::of(&method),
            template: path,
            method,
            path: path.to_owned(),
            query: Query::of(query),
            headers,
            body: Bytes::new(),
            server: None,
            security: &[],
            error: error.then(|| RequestError::new("the method is not an HTTP method")),
        }
    }

    /// Sends the request to the operation's own server, unless the client was given a base URL: a proxy, a test server
    /// or another region.
    pub(crate) fn server(mut self, url: &'static str) -> Self {
        let shared = &self.client.shared;
        if BaseUrl::parse(shared.service.base_url).as_ref() == Ok(&shared.base_url) {
            self.server = Some(BaseUrl::parse(url));
        }
        self
    }

    /// Sends the request below another path of the client's server: with the base URL `https://a.example/eu/api`,
    /// `.server_path("/api", "/auth")` leads to `https://a.example/eu/auth`.
    pub(crate) fn server_path(mut self, common: &str, own: &str) -> Self {
        self.server = Some(Ok(self.client.shared.base_url.beside(common, own)));
        self
    }

    /// Sets the security requirements of the operation: alternatives, each with the indexes of the schemes that it
    /// needs together. The first alternative whose credentials are all set is used. Without one the request is sent
    /// without credentials, and the server decides.
    pub(crate) fn authorize(mut self, alternatives: &'static [&'static [usize]]) -> Self {
        self.security = alternatives;
        self
    }

    /// Sets the `accept` header, which is `application/json` by default. A header that is set on the client wins.
    pub(crate) fn accept(mut self, media_types: &'static str) -> Self {
        if !self.client.shared.headers.contains_key(ACCEPT)
            && let Ok(value) = HeaderValue::from_str(media_types)
        {
            self.headers.insert(ACCEPT, value);
        }
        self
    }

    /// Marks the operation as idempotent, whatever its method.
    pub(crate) fn idempotent(mut self) -> Self {
        self.idempotency = Idempotency::Known(true);
        self
    }

    /// Marks the operation as not idempotent, whatever its method.
    pub(crate) fn non_idempotent(mut self) -> Self {
        self.idempotency = Idempotency::Known(false);
        self
    }

    /// Marks the operation as idempotent if its JSON body, which is added later, has a value at the end of a path, in
    /// every element that `[]` matches: `["inputs", "[]", "idProperty"]`.
    pub(crate) fn idempotent_when(mut self, path: &'static [&'static str]) -> Self {
        self.idempotency = Idempotency::WhenPresent(path);
        self
    }

    /// Adds a JSON body.
    pub(crate) fn json(self, body: &dyn ToJson) -> Self {
        self.json_as("application/json", body)
    }

    /// Adds a JSON body with a media type such as `application/merge-patch+json`.
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

    /// Adds a body of text.
    pub(crate) fn text(self, media_type: &'static str, body: &str) -> Self {
        self.body(media_type, Bytes::copy_from_slice(body.as_bytes()))
    }

    /// Adds a binary body.
    pub(crate) fn bytes(self, media_type: &str, body: &Bytes) -> Self {
        self.body(media_type, body.clone())
    }

    /// Adds an encoded body.
    pub(crate) fn body(mut self, media_type: &str, body: Bytes) -> Self {
        match HeaderValue::from_str(media_type) {
            Ok(value) => {
                self.headers.insert(CONTENT_TYPE, value);
            }
            Err(_) => self.fail(RequestError::new(
                "the media type of the body is not a valid header value",
            )),
        }
        self.body = body;
        self
    }

    /// Adds a body that writes itself.
    pub(crate) fn with<B: ?Sized>(self, body: &B, write: fn(&B, Self) -> Self) -> Self {
        write(body, self)
    }

    /// Adds a body if there is one.
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

    /// Records an error, unless there is one already.
    pub(crate) fn fail(&mut self, error: RequestError) {
        self.error.get_or_insert(error);
    }

    /// Finishes the request; `success` and `failure` decode the response.
    pub(crate) fn call<T, E>(self, success: ReadReply<T>, failure: ReadReply<E>) -> Call<T, E> {
        self.finish(Decode::Whole(success), failure, None)
    }

    /// Finishes the request of an operation that declares only some error responses: `&[404, 5]` for 404 and `5XX`.
    pub(crate) fn call_for<T, E>(
        self,
        success: ReadReply<T>,
        failure: ReadReply<E>,
        statuses: &'static [u16],
    ) -> Call<T, E> {
        self.finish(Decode::Whole(success), failure, Some(statuses))
    }

    /// Finishes the request; `success` opens the body as a stream, `failure` decodes an error response.
    pub(crate) fn call_streaming<T, E>(
        self,
        success: OpenStream<T>,
        failure: ReadReply<E>,
    ) -> Call<T, E> {
        self.finish(Decode::Stream(success), failure, None)
    }

    /// Finishes the request of an operation with a stream that declares only some error responses.
    pub(crate) fn call_streaming_for<T, E>(
        self,
        success: OpenStream<T>,
        failure: ReadReply<E>,
        statuses: &'static [u16],
    ) -> Call<T, E> {
        self.finish(Decode::Stream(success), failure, Some(statuses))
    }

    fn finish<T, E>(
        mut self,
        success: Decode<T>,
        failure: ReadReply<E>,
        statuses: Option<&'static [u16]>,
    ) -> Call<T, E> {
        let client = self.client.clone();
        let token = client
            .shared
            .authorize(self.security, &mut self.headers, &mut self.query);
        let prepared = Prepared {
            is_idempotent: self.idempotency.is_given(),
            template: self.template,
            token,
            request: self.request(),
        };
        let read = failure;
        Call::new(client, prepared, success, Failure { read, statuses })
    }

    fn request(self) -> Result<Request<Bytes>, RequestError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        // a parameter can turn a segment into `.` or `..`, which would lead to another path
        url::checked_path(&self.path).map_err(RequestError::new)?;
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
        announce_length(&mut request);
        Ok(request)
    }
}
