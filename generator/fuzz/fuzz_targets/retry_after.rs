//! `Retry-After`: any header value is a delay or ignored, and a number is that many seconds.
#![no_main]

use std::time::Duration;

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;

#[path = "../../runtime/src/runtime/retry/after.rs"]
mod after;

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(2, |byte| *byte == b'\n');
    let values = [RETRY_AFTER, DATE].map(|name| (name, parts.next().map(HeaderValue::from_bytes)));
    let mut headers = HeaderMap::new();
    for (name, value) in values {
        if let Some(Ok(value)) = value {
            headers.insert(name, value);
        }
    }
    let wait = after::retry_after(&headers);
    let text = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    match text.map(str::trim) {
        None | Some("") => assert_eq!(wait, None),
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            let seconds = digits.parse().unwrap_or(u64::MAX);
            assert_eq!(wait, Some(Duration::from_secs(seconds)));
        }
        // dates end with the year 9999
        Some(_) => assert!(wait.is_none_or(|wait| wait.as_secs() < 400_000_000_000)),
    }
});
