//! The header `Retry-After`.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// Returns the wait in `Retry-After`, which has seconds (`120`) or a date (`Wed, 21 Oct 2026 07:28:00 GMT`).
///
/// A date is compared with the server's clock if the response has `Date`. A date in the past is no wait, a number that
/// is too large is the longest possible wait, and anything else is `None`.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    Some(until.duration_since(now(headers)?).unwrap_or_default())
}

fn now(headers: &HeaderMap) -> Option<SystemTime> {
    let date = headers.get(DATE).and_then(|date| date.to_str().ok());
    let date = date.and_then(|date| httpdate::parse_http_date(date).ok());
    // on wasm the standard library has no clock
    #[cfg(not(target_family = "wasm"))]
    return Some(date.unwrap_or_else(SystemTime::now));
    #[cfg(target_family = "wasm")]
    return date;
}
