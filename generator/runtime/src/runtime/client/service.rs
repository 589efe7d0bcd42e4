//! What the description and `codegen.yaml` say about a service. Generated code writes it as a constant.

use http::HeaderMap;

use crate::runtime::wire::Json;

/// A service.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    /// Where the API lives unless a client is told otherwise; empty when the description does not say.
    pub base_url: &'static str,
    /// Where the message of a failure stands, tried in this order.
    pub message: &'static [Locator],
    /// Where the id stands that names a request to the server's support, tried in this order.
    pub correlation_id: &'static [Locator],
    /// The security schemes in use; credentials and operations name them by index.
    pub schemes: &'static [Scheme],
}

/// A place in a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locator {
    /// A member of a JSON body, by the names on the way to it: `&["error", "message"]`.
    Member(&'static [&'static str]),
    /// A header, in lower case.
    Header(&'static str),
}

/// A security scheme.
#[derive(Debug, Clone, Copy)]
pub struct Scheme {
    /// The name in the description.
    pub name: &'static str,
    /// How its credential travels.
    pub kind: SchemeKind,
}

/// How a credential travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemeKind {
    /// `authorization: Bearer …`; OAuth 2.0 and OpenID Connect, too.
    Bearer,
    /// `authorization: Basic …`
    Basic,
    /// A key of the service's own.
    ApiKey {
        /// Where it stands.
        place: Place,
        /// The name of the header, query parameter or cookie.
        name: &'static str,
    },
}

/// Where an API key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a header.
    Header,
    /// In the URL's query.
    Query,
    /// In a cookie.
    Cookie,
}

impl Service {
    /// The first of the places that holds a text or a number.
    pub(crate) fn find(
        places: &[Locator],
        headers: &HeaderMap,
        body: Option<&Json<'_>>,
    ) -> Option<String> {
        places.iter().find_map(|place| match place {
            Locator::Header(name) => {
                let value = headers.get(*name)?.to_str().ok()?;
                (!value.is_empty()).then(|| value.to_owned())
            }
            Locator::Member(path) => {
                let found = path.iter().try_fold(body?, |value, name| value.get(name))?;
                match found {
                    Json::Text(text) if !text.is_empty() => Some(text.clone().into_owned()),
                    Json::Number(number) => Some(number.to_string()),
                    _ => None,
                }
            }
        })
    }
}
