//! OAuth 2.0: access tokens for a refresh token (RFC 6749, section 6).

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, StatusCode, Uri};
use secrecy::{ExposeSecret, SecretString};

use super::{BearerToken, TokenError};

use crate::runtime::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
use crate::runtime::url::{BaseUrl, encode};
use crate::runtime::wire::Json;

/// The maximum size of a token response in bytes.
const MAX_RESPONSE_SIZE: usize = 64 * 1024;

/// Refreshes access tokens by OAuth 2.0. `Debug` shows no secret.
///
/// The request is a form with `grant_type=refresh_token`, the client's id and secret and the refresh token, sent by the
/// client's transport. `expires_in` in the response is the lifetime of the access token; a new `refresh_token` replaces
/// the old one.
#[derive(Clone)]
pub struct OAuthRefresh {
    token_url: String,
    client_id: String,
    client_secret: SecretString,
    refresh_token: SecretString,
    on_new: Option<Arc<OnNew>>,
}

type OnNew = dyn Fn(&str) + Send + Sync;

impl OAuthRefresh {
    /// Creates the refresh from the token URL, the credentials of the client and the refresh token. The URL has to be
    /// https, or http for a loopback address.
    pub fn new(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
        refresh_token: impl Into<String>,
    ) -> Self {
        OAuthRefresh {
            token_url: token_url.into(),
            client_id: client_id.into(),
            client_secret: SecretString::from(client_secret.into()),
            refresh_token: SecretString::from(refresh_token.into()),
            on_new: None,
        }
    }

    /// Calls a closure with each new refresh token, to store it: the old one may be invalid from then on.
    #[must_use]
    pub fn on_new_refresh_token(mut self, store: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.on_new = Some(Arc::new(store));
        self
    }

    /// Checks the URL.
    ///
    /// # Errors
    /// Why the URL is rejected; it is not part of the reason.
    pub(crate) fn check(self) -> Result<Refresh, &'static str> {
        let url = BaseUrl::parse(&self.token_url).map_err(
            |_| "the token URL is not an https URL (or http to this machine) without a query",
        )?;
        let url = url.as_string();
        let url = url.parse().map_err(|_| "the token URL is not a URL")?;
        Ok(Refresh {
            url,
            current: Arc::new(Mutex::new(self.refresh_token.clone())),
            settings: self,
        })
    }
}

impl fmt::Debug for OAuthRefresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthRefresh")
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// Checked settings with the current refresh token.
#[derive(Clone)]
pub(crate) struct Refresh {
    url: Uri,
    current: Arc<Mutex<SecretString>>,
    settings: OAuthRefresh,
}

impl Refresh {
    pub(super) fn fetch(
        &self,
        transport: Arc<dyn Transport>,
        timeout: Duration,
    ) -> BoxFuture<'static, Result<BearerToken, TokenError>> {
        let (refresh, request) = (self.clone(), self.request());
        Box::pin(async move {
            let reply = transport.send(request, timeout).await;
            let (head, body) = reply.map_err(failed)?.into_parts();
            let body = body
                .collect(MAX_RESPONSE_SIZE, || false)
                .await
                .map_err(failed)?;
            if head.status.is_success() {
                refresh.read(&body)
            } else {
                Err(rejected(head.status, &body))
            }
        })
    }

    fn request(&self) -> Request<Bytes> {
        let mut form = String::from("grant_type=refresh_token");
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, value) in [
            ("client_id", self.settings.client_id.as_str()),
            ("client_secret", self.settings.client_secret.expose_secret()),
            ("refresh_token", current.expose_secret()),
        ] {
            form.push('&');
            form.push_str(name);
            form.push('=');
            encode(value, &mut form);
        }
        let mut request = Request::new(Bytes::from(form));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.url.clone();
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(CONTENT_TYPE, form);
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(ACCEPT, json);
        request
    }

    /// Decodes a successful response. Errors do not display it.
    fn read(&self, body: &Bytes) -> Result<BearerToken, TokenError> {
        let unreadable = || TokenError::new("the response of the token URL has no `access_token`");
        let json = Json::parse(body).map_err(|_| unreadable())?;
        let token = json
            .string_member("access_token")
            .filter(|text| !text.is_empty());
        let token = BearerToken::new(token.ok_or_else(unreadable)?);
        if let Some(new) = json
            .string_member("refresh_token")
            .filter(|it| !it.is_empty())
        {
            self.replace(new);
        }
        let lifetime = match json.get("expires_in") {
            Some(Json::Number(number)) => number.to_string().parse().ok(),
            Some(Json::String(text)) => text.parse().ok(), // some servers quote it
            _ => None,
        };
        Ok(match lifetime {
            Some(seconds) => token.valid_for(Duration::from_secs(seconds)),
            None => token,
        })
    }

    fn replace(&self, new: &str) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.expose_secret() == new {
            return;
        }
        *current = SecretString::from(new.to_owned());
        drop(current);
        if let Some(store) = &self.settings.on_new {
            store(new);
        }
    }
}

/// A retry is safe even if the refresh token may be used up: then the server rejects it.
fn failed(error: TransportError) -> TokenError {
    match error.kind() {
        TransportErrorKind::Connect
        | TransportErrorKind::TimedOut
        | TransportErrorKind::Interrupted => TokenError::transient(error),
        _ => TokenError::new(error),
    }
}

/// `the token URL returned 400 Bad Request, invalid_grant`. The rest of the body is not displayed, as it can echo
/// secrets.
fn rejected(status: StatusCode, body: &Bytes) -> TokenError {
    let json = Json::parse(body).ok();
    let code = json.as_ref().and_then(|json| json.string_member("error"));
    let is_code = |code: &&str| {
        code.len() <= 40 && code.bytes().all(|it| it.is_ascii_lowercase() || it == b'_')
    };
    let text = match code.filter(is_code) {
        Some(code) => format!("the token URL returned {status}, {code}"),
        None => format!("the token URL returned {status}"),
    };
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        TokenError::transient(text)
    } else {
        TokenError::new(text)
    }
}
