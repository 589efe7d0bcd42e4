//! A small piece of what the generator writes, in its form.

use std::collections::BTreeMap;

use crate::runtime::auth::{OAuthRefresh, TokenProvider};
use crate::runtime::call::Call;
use crate::runtime::client::{
    Advice, Client, ClientBuilder, Credential, Locator, Place, RateLimitHeaders, RetryRule, Scheme,
    SchemeKind, Service, Unit,
};
use crate::runtime::request::RequestBuilder;
use crate::runtime::response;
use crate::runtime::wire;

pub(super) const SERVICE: Service = Service {
    base_url: "https://api.example.com",
    base_path: "",
    message: &[
        Locator::Member(&["message"]),
        Locator::Member(&["error", "message"]),
    ],
    correlation_id: &[
        Locator::Member(&["correlationId"]),
        Locator::Header("x-correlation-id"),
    ],
    schemes: &[
        Scheme {
            name: "oauth2",
            kind: SchemeKind::Bearer,
        },
        Scheme {
            name: "login",
            kind: SchemeKind::Basic,
        },
        Scheme {
            name: "header_key",
            kind: SchemeKind::ApiKey {
                place: Place::Header,
                name: "x-api-key",
            },
        },
        Scheme {
            name: "query_key",
            kind: SchemeKind::ApiKey {
                place: Place::Query,
                name: "hapikey",
            },
        },
        Scheme {
            name: "cookie_key",
            kind: SchemeKind::ApiKey {
                place: Place::Cookie,
                name: "session",
            },
        },
    ],
    rate_limit: Some(RateLimitHeaders {
        limit: Some("x-limit"),
        remaining: Some("x-remaining"),
        period: Some(("x-period", Unit::Milliseconds)),
    }),
    retry: &[
        RetryRule {
            status: 429,
            only: Some((Locator::Member(&["policyName"]), "DAILY")),
            advice: Advice::Never,
        },
        RetryRule {
            status: 423,
            only: None,
            advice: Advice::AfterSeconds(2),
        },
        RetryRule {
            status: 503,
            only: Some((Locator::Header("x-maintenance"), "yes")),
            advice: Advice::Never,
        },
    ],
    ..Service::PLAIN
};

impl Client {
    /// Starts to set up a client.
    pub(super) fn builder() -> ClientBuilder {
        ClientBuilder::new(&SERVICE)
    }

    /// Writes an item and reads the one that comes back.
    pub(super) fn put_item(&self, item: &Item) -> Call<ItemResponse, Problem> {
        RequestBuilder::new(self, "PUT", "/items/1")
            .authorize(&[&[0], &[1], &[2, 3], &[4]])
            .json(item)
            .call(ItemResponse::read, response::json)
    }

    /// Adds items. The same ones can be added again when each names what makes it unique.
    pub(super) fn add_items(&self, items: &serde_json::Value) -> Call<(), Problem> {
        RequestBuilder::new(self, "POST", "/items/{tenant}?page={page}")
            .idempotent_when(&["items", "[]", "unique"])
            .json(items)
            .call(response::empty, response::json)
    }

    /// Removes everything; needs no authorization.
    pub(super) fn clear(&self) -> Call<(), Problem> {
        RequestBuilder::new(self, "DELETE", "/items")
            .authorize(&[])
            .call(response::empty, response::json)
    }

    /// A page for people.
    pub(super) fn page(&self) -> Call<String, bytes::Bytes> {
        RequestBuilder::new(self, "GET", "/")
            .authorize(&[&[], &[0]])
            .call(response::text, response::bytes)
    }
}

#[cfg_attr(
    not(feature = "timer"),
    allow(dead_code, reason = "tokens that are fetched are tested with a timer")
)]
impl ClientBuilder {
    pub(super) fn token(self, token: impl Into<String>) -> Self {
        self.credential(0, Credential::bearer(token))
    }

    pub(super) fn token_provider(self, provider: impl TokenProvider) -> Self {
        self.credential(0, Credential::provider(provider))
    }

    pub(super) fn token_refresh(self, refresh: OAuthRefresh) -> Self {
        self.credential(0, Credential::refresh(refresh))
    }

    pub(super) fn basic(self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credential(1, Credential::basic(user, password))
    }

    pub(super) fn header_key(self, key: impl Into<String>) -> Self {
        self.credential(2, Credential::api_key(key))
    }

    pub(super) fn query_key(self, key: impl Into<String>) -> Self {
        self.credential(3, Credential::api_key(key))
    }

    pub(super) fn cookie_key(self, key: impl Into<String>) -> Self {
        self.credential(4, Credential::api_key(key))
    }
}

/// A success of [`Client::put_item`].
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ItemResponse {
    Ok(Item),
    MultiStatus(Partial),
}

impl ItemResponse {
    fn read(reply: &response::Received<'_>) -> wire::Read<Self> {
        let body = reply.json()?;
        match response::closest_shape(reply.status, &body, &[(200, &[]), (207, &["errors"])]) {
            200 => body.read().map(Self::Ok),
            _ => body.read().map(Self::MultiStatus),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) kind: Option<Kind>,
    pub(super) price: Option<f64>,
    pub(super) tags: Option<Vec<String>>,
    pub(super) parent: Option<Box<Item>>,
    pub(super) extra: Option<serde_json::Value>,
}

impl wire::Object for Item {
    fn read(members: &mut wire::Reader<'_>) -> wire::Read<Self> {
        Ok(Self {
            id: members.required("id")?,
            kind: members.optional("kind")?,
            price: members.optional("price")?,
            tags: members.optional("tags")?,
            parent: members.optional("parent")?,
            extra: members.optional("extra")?,
        })
    }

    fn write<'a>(&'a self, members: &mut wire::Writer<'a>) {
        members.required("id", &self.id);
        members.optional("kind", &self.kind);
        members.optional("price", &self.price);
        members.optional("tags", &self.tags);
        members.optional("parent", &self.parent);
        members.optional("extra", &self.extra);
    }
}

wire::object!(Item);

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Partial {
    pub(super) errors: Vec<String>,
}

impl wire::Object for Partial {
    fn read(members: &mut wire::Reader<'_>) -> wire::Read<Self> {
        Ok(Self {
            errors: members.required("errors")?,
        })
    }

    fn write<'a>(&'a self, members: &mut wire::Writer<'a>) {
        members.required("errors", &self.errors);
    }
}

wire::object!(Partial);

/// An error body without `Display`, since nothing may need it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Problem {
    pub(super) message: String,
    pub(super) category: String,
}

impl wire::Object for Problem {
    fn read(members: &mut wire::Reader<'_>) -> wire::Read<Self> {
        Ok(Self {
            message: members.required("message")?,
            category: members.required("category")?,
        })
    }

    fn write<'a>(&'a self, members: &mut wire::Writer<'a>) {
        members.required("message", &self.message);
        members.required("category", &self.category);
    }
}

wire::object!(Problem);

/// An object with every kind of member.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Contact {
    pub(super) name: Option<String>,
    pub(super) note: wire::Tristate<String>,
    pub(super) additional_properties: BTreeMap<String, i64>,
}

impl wire::Object for Contact {
    fn read(members: &mut wire::Reader<'_>) -> wire::Read<Self> {
        Ok(Self {
            name: members.nullable("name")?,
            note: members.tristate("note")?,
            additional_properties: members.rest()?,
        })
    }

    fn write<'a>(&'a self, members: &mut wire::Writer<'a>) {
        members.nullable("name", &self.name);
        members.tristate("note", &self.note);
        members.rest(&self.additional_properties);
    }
}

wire::object!(Contact);

/// A union.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Owner {
    Contact(Contact),
    Team(BTreeMap<String, String>),
    Unknown(serde_json::Value),
}

impl wire::FromJson for Owner {
    fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
        match json.string_member("type") {
            Some("CONTACT") => json.read().map(Self::Contact),
            Some("TEAM") => json.read().map(Self::Team),
            _ => json.read().map(Self::Unknown),
        }
    }
}

impl wire::ToJson for Owner {
    fn to_json(&self) -> wire::Json<'_> {
        match self {
            Self::Contact(owner) => owner.to_json(),
            Self::Team(owner) => owner.to_json(),
            Self::Unknown(owner) => owner.to_json(),
        }
    }
}

wire::serde!(Owner);

/// An open enum.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Big,
    Small,
    Unknown(String),
}

impl Kind {
    pub(super) const ALL: &'static [(Self, &'static str)] =
        &[(Self::Big, "BIG"), (Self::Small, "SMALL")];
}

wire::string_enum!(Kind);

/// A closed enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Order {
    Ascending,
    Descending,
}

impl Order {
    pub(super) const ALL: &'static [(Self, &'static str)] =
        &[(Self::Ascending, "asc"), (Self::Descending, "desc")];
}

wire::closed_string_enum!(Order);
