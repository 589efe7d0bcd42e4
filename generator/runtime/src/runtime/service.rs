//! What the description and `codegen.yaml` say about a service. Generated code writes it as a constant.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

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
    /// What some failures mean for sending a call again; the first that matches counts.
    pub retry: &'static [RetryRule],
    /// The headers that tell the rate limit, if the service sends some.
    pub rate_limit: Option<RateLimitHeaders>,
}

/// Headers that tell the rate limit, in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimitHeaders {
    /// How many requests a period allows.
    pub limit: Option<&'static str>,
    /// How many of them are left.
    pub remaining: Option<&'static str>,
    /// How long the period is.
    pub period: Option<(&'static str, Unit)>,
}

/// What a header counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
}

/// What a failure means for sending a call again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryRule {
    /// The status that it is about.
    pub status: u16,
    /// Only replies that have this text there, if it is given.
    pub only: Option<(Locator, &'static str)>,
    /// What to do.
    pub advice: Advice,
}

/// What to do about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// The same call would fail again.
    Never,
    /// Send it again, not before so many seconds have passed.
    AfterSeconds(u32),
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
    /// A service about which nothing is known.
    pub(crate) const PLAIN: Service = Service {
        base_url: "",
        message: &[],
        correlation_id: &[],
        schemes: &[],
        retry: &[],
        rate_limit: None,
    };

    /// What the service says about a failure of its own.
    pub(crate) fn advice(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        body: Option<&Bytes>,
    ) -> Option<Advice> {
        let mut json = None;
        let mut holds = |place: Locator, text: &str| {
            let body = body.map_or(&[][..], |body| body);
            let json = json.get_or_insert_with(|| Json::parse(body).ok());
            Self::find(&[place], headers, json.as_ref()).is_some_and(|found| found == text)
        };
        let mut rules = self.retry.iter().filter(|rule| rule.status == status);
        let rule = rules.find(|rule| rule.only.is_none_or(|(place, text)| holds(place, text)));
        rule.map(|rule| rule.advice)
    }

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
