//! The query of a URL that is being built.

use super::encode;

/// The query of a URL in the making.
#[derive(Default)]
pub(crate) struct Query(String);

impl Query {
    /// Starts with the query that a URL has already.
    pub(crate) fn of(query: Option<&str>) -> Self {
        Query(query.map_or_else(String::new, |query| format!("?{query}")))
    }

    /// Adds a parameter.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        let mut pair = String::new();
        encode(name, &mut pair);
        pair.push('=');
        encode(value, &mut pair);
        self.push_encoded(&pair);
    }

    /// Adds one or several parameters that are percent-encoded already: `R=100&G=200`.
    pub(crate) fn push_encoded(&mut self, pairs: &str) {
        if !pairs.is_empty() {
            self.0.push(if self.0.is_empty() { '?' } else { '&' });
            self.0.push_str(pairs);
        }
    }

    /// Fills in a parameter of a query that the path itself has: `{id}` in `/items?id={id}`.
    pub(crate) fn fill(&mut self, template: &str, text: &str) {
        if self.0.contains(template) {
            self.0 = self.0.replace(template, text);
        }
    }

    /// With its question mark; empty when there is none.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Query {
    /// An API key can be in it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}
