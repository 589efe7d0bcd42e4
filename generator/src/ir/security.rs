//! Who calls: security schemes and what an operation asks for.

use super::{Docs, Name, ParameterPlace};

/// The credentials that an operation asks for: alternatives, each a set of schemes that are sent together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Authorization {
    /// Indexes into [`Api::schemes`](super::Api::schemes); no alternative means that nothing is sent.
    pub alternatives: Vec<Vec<usize>>,
}

/// A way to say who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityScheme {
    /// Its name in the document, and the name of the builder's method: `petstore_auth_token`.
    pub name: Name,
    /// The name of a second method that does the same, as long as no other scheme is of the kind: `token`.
    pub short: Option<String>,
    /// What is sent.
    pub kind: SchemeKind,
    /// What the document says about it.
    pub docs: Docs,
}

impl SecurityScheme {
    /// Returns the shorter name of the builder's methods.
    pub fn method(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name.rust)
    }
}

/// What a security scheme sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer …`: HTTP bearer, OAuth 2.0, OpenID Connect.
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// A key of its own name.
    ApiKey {
        /// Where the key is sent.
        place: ParameterPlace,
        /// The header's, parameter's or cookie's name.
        name: String,
    },
}
