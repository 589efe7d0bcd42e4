//! Which headers tell the rate limit; descriptions have no words for what a header means.

use super::check;
use super::section::Section;
use crate::diagnostic::{Diagnostics, code};

/// The names of the headers that tell the rate limit, in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimitHeaders {
    /// How many requests a period allows.
    pub limit: Option<String>,
    /// How many of them are left.
    pub remaining: Option<String>,
    /// How long the period is, in milliseconds.
    pub period_milliseconds: Option<String>,
    /// How long the period is, in seconds.
    pub period_seconds: Option<String>,
}

/// `rate_limit: { limit: X-Limit, remaining: X-Remaining, period_seconds: X-Period }`
pub(super) fn rate_limit(
    section: &Section<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<RateLimitHeaders> {
    let entry = section.get("rate_limit")?;
    let keys = [
        "limit",
        "remaining",
        "period_milliseconds",
        "period_seconds",
    ];
    let section = entry.section(&keys, diagnostics)?;
    let mut name = |key| {
        let entry = section.get(key)?;
        let text = entry.checked_text(code::CONFIG_WRONG_VALUE, check::header_name, diagnostics)?;
        Some(text.to_ascii_lowercase())
    };
    let names = RateLimitHeaders {
        limit: name("limit"),
        remaining: name("remaining"),
        period_milliseconds: name("period_milliseconds"),
        period_seconds: name("period_seconds"),
    };
    if section.get("limit").is_none() && section.get("remaining").is_none() {
        let message = "no header is named that tells a limit";
        let help = "write `limit: x-ratelimit-limit`, or `remaining: x-ratelimit-remaining`";
        diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    if let (Some(_), Some(second)) = (
        section.get("period_milliseconds"),
        section.get("period_seconds"),
    ) {
        let message = "the period is told twice";
        let help = "name one header, by the unit that it counts in";
        diagnostics.push(second.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    Some(names)
}
