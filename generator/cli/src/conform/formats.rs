//! The formats that are checked: those that the generated client reads into a type of their own, and as it reads them.
//! All other formats are documentation.

use std::ops::RangeInclusive;

use serde_json::Number;

/// The formats of strings.
pub(super) const STRINGS: [&str; 4] = ["byte", "date", "date-time", "uuid"];

/// Returns the values of a format of integers: the smallest and the greatest.
pub(super) fn range(format: &str) -> Option<RangeInclusive<Number>> {
    Some(match format {
        "int8" => i8::MIN.into()..=i8::MAX.into(),
        "int16" => i16::MIN.into()..=i16::MAX.into(),
        "int32" => i32::MIN.into()..=i32::MAX.into(),
        "int64" => i64::MIN.into()..=i64::MAX.into(),
        "uint8" => u8::MIN.into()..=u8::MAX.into(),
        "uint16" => u16::MIN.into()..=u16::MAX.into(),
        "uint32" => u32::MIN.into()..=u32::MAX.into(),
        "uint64" => u64::MIN.into()..=u64::MAX.into(),
        _ => return None,
    })
}

/// `2024-01-02`
pub(super) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| -> Option<u32> {
        let part = bytes.get(from..to)?;
        let is_number = part.iter().all(u8::is_ascii_digit);
        text.get(from..to).filter(|_| is_number)?.parse().ok()
    };
    let (Some(year), Some(month), Some(day)) = (digits(0, 4), digits(5, 7), digits(8, 10)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    bytes.len() == 10
        && bytes.get(4) == Some(&b'-')
        && bytes.get(7) == Some(&b'-')
        && (1..=days).contains(&day)
}

/// `2024-01-02T03:04:05.678Z`, with an offset in place of the `Z`, with or without its colon.
pub(super) fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else {
        return false;
    };
    let Some(rest) = time.strip_prefix(['T', 't', ' ']).and_then(after_time) else {
        return false;
    };
    is_date(date) && (rest == "Z" || rest == "z" || is_offset(rest))
}

/// `2024-01-02T03:04:05.678`, which `naive_date_time: utc` reads.
pub(super) fn is_naive_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else {
        return false;
    };
    is_date(date) && time.strip_prefix(['T', ' ']).and_then(after_time) == Some("")
}

/// Returns what follows `03:04:05.678`.
fn after_time(text: &str) -> Option<&str> {
    let (time, rest) = text.split_at_checked(8)?;
    let mut parts = time.split(':');
    let mut next = |limit: u32| {
        let part = parts.next()?;
        let is_number = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let number: u32 = part.parse().ok().filter(|_| is_number)?;
        (number <= limit).then_some(number)
    };
    next(23)?;
    next(59)?;
    next(60)?;
    let Some(fraction) = rest.strip_prefix('.') else {
        return Some(rest);
    };
    let rest = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
    (rest.len() < fraction.len()).then_some(rest)
}

/// `+01:00`, `+0100`
fn is_offset(text: &str) -> bool {
    let Some(digits) = text.strip_prefix(['+', '-']) else {
        return false;
    };
    let is_shaped =
        matches!(digits.len(), 4) || (digits.len() == 5 && digits.as_bytes().get(2) == Some(&b':'));
    let digits = digits.replace(':', "");
    is_shaped && digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `3f2a8c1e-5d0b-4c67-9a6e-0b8f1d2c4e71`, or without hyphens.
pub(super) fn is_uuid(text: &str) -> bool {
    let inner = text.strip_prefix("urn:uuid:").unwrap_or(text);
    let inner = inner
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .unwrap_or(inner);
    let is_hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let lengths: Vec<usize> = inner.split('-').map(str::len).collect();
    inner.split('-').all(is_hex) && matches!(lengths.as_slice(), [32] | [8, 4, 4, 4, 12])
}

/// Base64 of the standard alphabet; padding is optional.
pub(super) fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let is_padded = text.len() > body.len();
    body.bytes().all(is_known)
        && body.len() % 4 != 1
        && (!is_padded || text.len().is_multiple_of(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_what_the_client_reads() {
        for text in [
            "2024-01-02T03:04:05Z",
            "2024-02-29t23:59:60.123456789+01:00",
            "2024-01-02 03:04:05-0800",
        ] {
            assert!(is_date_time(text), "{text}");
        }
        for text in [
            "",
            "2024-01-02",
            "2023-02-29T00:00:00Z",
            "2024-01-02T24:00:00Z",
            "2024-01-02T03:04:05",
            "2024-01-02T03:04:05.Z",
            "2024-01-02T03:04:05+1",
            "Tue, 02 Jan 2024 03:04:05 GMT",
            "größe-01-02T03:04:05Z",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
        assert!(is_naive_date_time("2024-01-02T03:04:05.5"));
        assert!(!is_naive_date_time("2024-01-02T03:04:05Z"));
        assert!(is_date("2024-12-31"));
        assert!(
            !is_date("2024-13-01")
                && !is_date("2024-04-31")
                && !is_date("24-04-30")
                && !is_date("2024-1-001")
        );
        assert!(
            is_uuid("3F2A8C1E-5d0b-4c67-9a6e-0b8f1d2c4e71")
                && is_uuid("3f2a8c1e5d0b4c679a6e0b8f1d2c4e71")
        );
        assert!(!is_uuid("3f2a8c1e") && !is_uuid(""));
        assert!(is_base64("") && is_base64("YQ==") && is_base64("YQ") && is_base64("YWI="));
        assert!(!is_base64("Y") && !is_base64("Y-_a") && !is_base64("YQ="));
        assert_eq!(
            range("uint64").map(|range| range.end().clone()),
            Some(u64::MAX.into())
        );
        assert_eq!(range("double"), None);
    }
}
