//! A service as the description and `codegen.yaml` define it. Generated code has it as a constant.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::wire::Json;

/// A service.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    /// The default base URL; empty if the description has none.
    pub base_url: &'static str,
    /// The path of the description's server, if that is all of it: `/v1`, which is joined to the base URL that the client
    /// is given. Empty otherwise.
    pub base_path: &'static str,
    /// The places of the message in an error response, in this order.
    pub message: &'static [Locator],
    /// The places of the id that identifies a request to the server's support, in this order.
    pub correlation_id: &'static [Locator],
    /// The security schemes; credentials and operations refer to them by index.
    pub schemes: &'static [Scheme],
    /// The retry rules; the first that matches applies.
    pub retry: &'static [RetryRule],
    /// The rate limit headers, if the service sends some.
    pub rate_limit: Option<RateLimitHeaders>,
    /// The services of several descriptions, if it is made of some.
    pub parts: &'static [ServicePart],
}

/// One of several services that a client is for.
#[derive(Debug, Clone, Copy)]
pub struct ServicePart {
    /// The service.
    pub service: &'static Service,
    /// For each of its security schemes, the index of the same scheme in the whole service.
    pub schemes: &'static [usize],
}

/// The names of rate limit headers, in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimitHeaders {
    /// The number of requests in a period.
    pub limit: Option<&'static str>,
    /// The number of remaining requests.
    pub remaining: Option<&'static str>,
    /// The length of the period.
    pub period: Option<(&'static str, Unit)>,
}

/// The unit of a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
}

/// Whether an error response is retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryRule {
    /// The status.
    pub status: u16,
    /// Limits the rule to responses with this string at this place.
    pub only: Option<(Locator, &'static str)>,
    /// What to do.
    pub advice: Advice,
}

/// What to do after an error response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Do not retry.
    Never,
    /// Retry after at least this number of seconds.
    AfterSeconds(u32),
}

/// A place in a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locator {
    /// A member of a JSON body, by its path: `&["error", "message"]`.
    Member(&'static [&'static str]),
    /// A header, in lower case.
    Header(&'static str),
}

/// A security scheme.
#[derive(Debug, Clone, Copy)]
pub struct Scheme {
    /// The name in the description.
    pub name: &'static str,
    /// How the credential is sent.
    pub kind: SchemeKind,
}

/// How a credential is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemeKind {
    /// `authorization: Bearer …`, also for OAuth 2.0 and OpenID Connect.
    Bearer,
    /// `authorization: Basic …`
    Basic,
    /// An API key.
    ApiKey {
        /// The location of the key.
        place: Place,
        /// The name of the header, query parameter or cookie.
        name: &'static str,
    },
}

/// The location of an API key.
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
    /// A service without settings.
    pub const PLAIN: Service = Service {
        base_url: "",
        base_path: "",
        message: &[],
        correlation_id: &[],
        schemes: &[],
        retry: &[],
        rate_limit: None,
        parts: &[],
    };

    /// Returns the advice of the first rule that matches an error response.
    pub(crate) fn advice(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        body: Option<&Bytes>,
    ) -> Option<Advice> {
        let mut json = None;
        let mut has_text = |place: Locator, text: &str| {
            let body = body.map_or(&[][..], |body| body);
            let json = json.get_or_insert_with(|| Json::parse(body).ok());
            Self::find(&[place], headers, json.as_ref()).is_some_and(|found| found == text)
        };
        let mut rules = self.retry.iter().filter(|rule| rule.status == status);
        let rule = rules.find(|rule| rule.only.is_none_or(|(place, text)| has_text(place, text)));
        rule.map(|rule| rule.advice)
    }

    /// Returns the string or number at the first of the places that has one.
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
                    Json::String(text) if !text.is_empty() => Some(text.clone().into_owned()),
                    Json::Number(number) => Some(number.to_string()),
                    _ => None,
                }
            }
        })
    }
}
