//! URLs: the base URL of a service, queries, percent-encoding. Which parameters go into them is decided elsewhere.

mod base;
mod query;

pub(crate) use base::{BaseUrl, checked_path, with_query};
pub(crate) use query::Query;

/// Percent-encodes everything but RFC 3986's unreserved characters.
pub(crate) fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}
