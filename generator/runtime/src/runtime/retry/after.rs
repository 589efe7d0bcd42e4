//! `Retry-After`: how long the server wants to be left alone.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// What `Retry-After` says, in seconds (`120`) or as a date (`Wed, 21 Oct 2026 07:28:00 GMT`).
///
/// A date is compared with the server's own clock where the reply tells it in `Date`. A date in the past is no wait, a
/// number that is too large for anything is the longest wait there is, and what is neither number nor date is `None`.
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
    // On wasm the standard library has no clock.
    #[cfg(not(target_family = "wasm"))]
    return Some(date.unwrap_or_else(SystemTime::now));
    #[cfg(target_family = "wasm")]
    return date;
}
