//! The query of a URL that is being built.

use super::encode;

/// The query of a URL, percent-encoded.
#[derive(Clone, Default)]
pub(crate) struct Query(String);

impl Query {
    /// Creates a query that starts with an existing one.
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

    /// Adds parameters that are percent-encoded: `R=100&G=200`.
    pub(crate) fn push_encoded(&mut self, pairs: &str) {
        if !pairs.is_empty() {
            self.0.push(if self.0.is_empty() { '?' } else { '&' });
            self.0.push_str(pairs);
        }
    }

    /// Replaces a parameter in the query of a path template: `{id}` in `/items?id={id}`.
    pub(crate) fn fill(&mut self, template: &str, text: &str) {
        if self.0.contains(template) {
            self.0 = self.0.replace(template, text);
        }
    }

    /// Returns the query with its question mark; empty without parameters.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Query {
    /// Hides the query, which can have an API key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}
