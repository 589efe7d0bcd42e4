//! The response headers with the rate limit. An OpenAPI description cannot express what a header means.

use super::section::Section;
use super::{check, table};
use crate::diagnostic::{Diagnostics, code};

/// The names of the response headers with the rate limit, in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimitHeaders {
    /// The number of requests allowed per period.
    pub limit: Option<String>,
    /// The number of requests left in the period.
    pub remaining: Option<String>,
    /// The length of the period in milliseconds.
    pub period_milliseconds: Option<String>,
    /// The length of the period in seconds.
    pub period_seconds: Option<String>,
}

/// Reads `rate_limit: { limit: X-Limit, remaining: X-Remaining, period_seconds: X-Period }`.
pub(super) fn rate_limit(
    section: &Section<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<RateLimitHeaders> {
    let entry = section.get("rate_limit")?;
    let section = entry.section(&table::RATE_LIMIT, diagnostics)?;
    let mut name = |key| {
        let entry = section.get(key)?;
        let text =
            entry.checked_string(code::CONFIG_WRONG_VALUE, &check::HEADER_NAME, diagnostics)?;
        Some(text.to_ascii_lowercase())
    };
    let names = RateLimitHeaders {
        limit: name("limit"),
        remaining: name("remaining"),
        period_milliseconds: name("period_milliseconds"),
        period_seconds: name("period_seconds"),
    };
    if section.get("limit").is_none() && section.get("remaining").is_none() {
        let message = "neither `limit` nor `remaining` is given";
        let help = "write `limit: x-ratelimit-limit` or `remaining: x-ratelimit-remaining`";
        diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    if let (Some(_), Some(second)) = (
        section.get("period_milliseconds"),
        section.get("period_seconds"),
    ) {
        let message = "`period_milliseconds` and `period_seconds` are mutually exclusive";
        let help = "keep the one with the unit of the header";
        diagnostics.push(second.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    Some(names)
}
