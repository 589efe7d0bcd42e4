//! Credentials, and how they are added to a request. Nothing here displays them.

use std::fmt;
use std::sync::Arc;

use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, InvalidHeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::runtime::auth::{OAuthRefresh, Origin, TokenProvider, TokenSource};
use crate::runtime::service::{Place, Scheme, SchemeKind};
use crate::runtime::url::Query;

/// A credential as the caller sets it.
pub struct Credential(Secret);

enum Secret {
    Bearer(SecretString),
    Provided(Box<dyn TokenProvider>),
    Refreshed(Box<OAuthRefresh>),
    Basic {
        user: String,
        password: SecretString,
    },
    ApiKey(SecretString),
}

impl Credential {
    /// Creates a bearer token.
    pub fn bearer(token: impl Into<String>) -> Self {
        Credential(Secret::Bearer(token.into().into()))
    }

    /// Creates bearer tokens that a provider fetches.
    pub fn provider(provider: impl TokenProvider) -> Self {
        Credential(Secret::Provided(Box::new(provider)))
    }

    /// Creates bearer tokens that are refreshed by OAuth 2.0.
    pub fn refresh(refresh: OAuthRefresh) -> Self {
        Credential(Secret::Refreshed(Box::new(refresh)))
    }

    /// Creates a user name and password for basic authentication.
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Credential(Secret::Basic {
            user: user.into(),
            password: password.into().into(),
        })
    }

    /// Creates an API key for a header, query parameter or cookie.
    pub fn api_key(key: impl Into<String>) -> Self {
        Credential(Secret::ApiKey(key.into().into()))
    }

    /// Encodes the credential for requests.
    ///
    /// # Errors
    /// Why it cannot be encoded; the credential is not part of the reason.
    pub(super) fn seal(self, scheme: &Scheme) -> Result<Sealed, &'static str> {
        match (self.0, scheme.kind) {
            (Secret::Bearer(token), SchemeKind::Bearer) => {
                let token = token.expose_secret();
                if token.is_empty() {
                    return Err("a token is empty");
                }
                header(AUTHORIZATION, format!("Bearer {token}"))
            }
            (Secret::Provided(provider), SchemeKind::Bearer) => {
                let source = TokenSource::new(Origin::Provider(provider));
                Ok(Sealed::Token(Arc::new(source)))
            }
            (Secret::Refreshed(refresh), SchemeKind::Bearer) => {
                let source = TokenSource::new(Origin::Refresh(refresh.check()?));
                Ok(Sealed::Token(Arc::new(source)))
            }
            (Secret::Basic { user, password }, SchemeKind::Basic) => {
                if user.contains(':') {
                    return Err(
                        "a user name has a colon, which basic authentication does not allow",
                    );
                }
                let password = password.expose_secret();
                let pair = base64(format!("{user}:{password}").as_bytes());
                header(AUTHORIZATION, format!("Basic {pair}"))
            }
            (Secret::ApiKey(key), SchemeKind::ApiKey { .. }) if key.expose_secret().is_empty() => {
                Err("an API key is empty")
            }
            (Secret::ApiKey(key), SchemeKind::ApiKey { place, name }) => match place {
                Place::Header => {
                    let name = HeaderName::try_from(name);
                    header(
                        name.map_err(|_| "an API key's header has no valid name")?,
                        key.expose_secret().to_owned(),
                    )
                }
                Place::Query => Ok(Sealed::Query { name, key }),
                Place::Cookie
                    if key
                        .expose_secret()
                        .bytes()
                        .any(|byte| b"; ,\"\\".contains(&byte)) =>
                {
                    Err("an API key has characters that a cookie cannot have")
                }
                Place::Cookie => header(COOKIE, format!("{name}={}", key.expose_secret())),
            },
            _ => Err("a credential is of another kind than its security scheme"),
        }
    }
}

fn header(name: HeaderName, value: String) -> Result<Sealed, &'static str> {
    let value = SecretString::from(value);
    sensitive(&value).map_err(|_| "a credential has characters that a header cannot have")?;
    Ok(Sealed::Header { name, value })
}

/// Creates a header value that is marked as sensitive.
fn sensitive(value: &SecretString) -> Result<HeaderValue, InvalidHeaderValue> {
    let mut value = HeaderValue::from_str(value.expose_secret())?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(…)")
    }
}

/// A credential that is encoded for requests.
pub(super) enum Sealed {
    Header {
        name: HeaderName,
        value: SecretString,
    },
    Query {
        name: &'static str,
        key: SecretString,
    },
    /// A bearer token that is fetched when a request is sent.
    Token(Arc<TokenSource>),
}

impl Sealed {
    /// Adds the credential to a request. An existing header is not replaced: the caller set it for this request, or
    /// another scheme did. Cookies are joined into one header, as HTTP/1.1 requires.
    pub(super) fn apply(&self, headers: &mut HeaderMap, query: &mut Query) {
        let (name, value) = match self {
            Sealed::Header { name, value } => (name, value),
            Sealed::Query { name, key } => return query.push(name, key.expose_secret()),
            Sealed::Token(_) => return,
        };
        // it was checked when it was sealed, and two valid values joined by `; ` are a valid value
        let Ok(value) = sensitive(value) else {
            return;
        };
        match headers.get(COOKIE) {
            Some(others) if *name == COOKIE => {
                let pairs = [others.as_bytes(), b"; ", value.as_bytes()].concat();
                if let Ok(mut value) = HeaderValue::from_bytes(&pairs) {
                    value.set_sensitive(true);
                    headers.insert(COOKIE, value);
                }
            }
            _ => {
                headers.entry(name).or_insert(value);
            }
        }
    }

    /// Returns the source of the token, if it is fetched.
    pub(super) fn token(&self) -> Option<Arc<TokenSource>> {
        match self {
            Sealed::Token(source) => Some(source.clone()),
            _ => None,
        }
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// Encodes as base64 with padding (RFC 4648); a dozen lines do not justify a dependency.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            // a chunk of n bytes fills n + 1 places
            text.push(if place <= chunk.len() {
                char::from(ALPHABET[(bits >> (18 - 6 * place)) as usize & 63])
            } else {
                '='
            });
        }
    }
    text
}
