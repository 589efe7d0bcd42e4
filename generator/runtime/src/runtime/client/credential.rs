//! Credentials, and how they get into a request. Nothing here prints them.

use std::fmt;

use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};

use super::draft::Query;
use super::service::{Place, Scheme, SchemeKind};

/// A secret, as the caller gives it.
#[derive(Clone)]
pub struct Credential(Secret);

#[derive(Clone)]
enum Secret {
    Bearer(String),
    Basic { user: String, password: String },
    ApiKey(String),
}

impl Credential {
    /// A token for `authorization: Bearer`.
    pub(crate) fn bearer(token: impl Into<String>) -> Self {
        Credential(Secret::Bearer(token.into()))
    }

    /// A user's name and password for `authorization: Basic`.
    pub(crate) fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Credential(Secret::Basic {
            user: user.into(),
            password: password.into(),
        })
    }

    /// A key for a header, query parameter or cookie of the service's own.
    pub(crate) fn api_key(key: impl Into<String>) -> Self {
        Credential(Secret::ApiKey(key.into()))
    }

    /// Brings the credential into the form in which it travels.
    ///
    /// # Errors
    /// Why that form cannot hold it, without the credential itself.
    pub(super) fn seal(self, scheme: &Scheme) -> Result<Sealed, &'static str> {
        match (self.0, scheme.kind) {
            (Secret::Bearer(token), SchemeKind::Bearer) => {
                if token.is_empty() {
                    return Err("a token is empty");
                }
                header(AUTHORIZATION, &format!("Bearer {token}"))
            }
            (Secret::Basic { user, password }, SchemeKind::Basic) => {
                if user.contains(':') {
                    return Err(
                        "a user's name has a colon, which basic authorization cannot carry",
                    );
                }
                let pair = base64(format!("{user}:{password}").as_bytes());
                header(AUTHORIZATION, &format!("Basic {pair}"))
            }
            (Secret::ApiKey(key), SchemeKind::ApiKey { .. }) if key.is_empty() => {
                Err("an API key is empty")
            }
            (Secret::ApiKey(key), SchemeKind::ApiKey { place, name }) => match place {
                Place::Header => {
                    let name = HeaderName::try_from(name);
                    header(
                        name.map_err(|_| "an API key's header has no valid name")?,
                        &key,
                    )
                }
                Place::Query => Ok(Sealed::Query { name, key }),
                Place::Cookie if key.bytes().any(|byte| b"; ,\"\\".contains(&byte)) => {
                    Err("an API key has characters that a cookie cannot carry")
                }
                Place::Cookie => header(COOKIE, &format!("{name}={key}")),
            },
            _ => Err("a credential is of another kind than its security scheme"),
        }
    }
}

fn header(name: HeaderName, value: &str) -> Result<Sealed, &'static str> {
    let mut value = HeaderValue::try_from(value)
        .map_err(|_| "a credential has characters that a header cannot carry")?;
    value.set_sensitive(true);
    Ok(Sealed::Header { name, value })
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(…)")
    }
}

/// A credential in the form in which it travels.
pub(super) enum Sealed {
    Header {
        name: HeaderName,
        value: HeaderValue,
    },
    Query {
        name: &'static str,
        key: String,
    },
}

impl Sealed {
    /// Adds the credential to a request. A header that is there already stays: the caller set it for this request, or
    /// another scheme did. Cookies stand side by side in the one header that HTTP/1.1 allows for them.
    pub(super) fn apply(&self, headers: &mut HeaderMap, query: &mut Query) {
        match self {
            Sealed::Header { name, value } if *name == COOKIE => {
                let value = headers.get(COOKIE).map_or(Ok(value.clone()), |others| {
                    let pairs = [others.as_bytes(), b"; ", value.as_bytes()].concat();
                    HeaderValue::from_bytes(&pairs)
                });
                // Two valid values with `; ` between them are a valid value.
                if let Ok(mut value) = value {
                    value.set_sensitive(true);
                    headers.insert(COOKIE, value);
                }
            }
            Sealed::Header { name, value } => {
                headers.entry(name).or_insert_with(|| value.clone());
            }
            Sealed::Query { name, key } => query.push(name, key),
        }
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// RFC 4648 with padding; a dozen lines are not worth a dependency.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            // A chunk of n bytes fills n + 1 places.
            text.push(if place <= chunk.len() {
                char::from(ALPHABET[(bits >> (18 - 6 * place)) as usize & 63])
            } else {
                '='
            });
        }
    }
    text
}
