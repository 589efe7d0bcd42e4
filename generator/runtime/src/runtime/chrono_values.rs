//! Dates and times, as RFC 3339 spells them.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SecondsFormat, Utc};

use crate::runtime::wire::{FromJson, Json, Mismatch, Read, ToJson};

impl FromJson for DateTime<Utc> {
    fn from_json(json: Json<'_>) -> Read<Self> {
        DateTime::<FixedOffset>::from_json(json).map(|time| time.to_utc())
    }
}

impl FromJson for DateTime<FixedOffset> {
    fn from_json(json: Json<'_>) -> Read<Self> {
        let text = json.into_text("a date-time")?;
        DateTime::parse_from_rfc3339(&text)
            // An offset without a colon, `2024-01-02T03:04:05+0000`, is ISO 8601, and many servers send it.
            .or_else(|_| DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f%z"))
            .map_err(|_| Mismatch::expected("a date-time", &Json::Text(text)))
    }
}

impl ToJson for DateTime<Utc> {
    fn to_json(&self) -> Json<'_> {
        spelled(self.year(), || {
            self.to_rfc3339_opts(SecondsFormat::AutoSi, true)
        })
    }
}

impl ToJson for DateTime<FixedOffset> {
    fn to_json(&self) -> Json<'_> {
        spelled(self.year(), || {
            self.to_rfc3339_opts(SecondsFormat::AutoSi, true)
        })
    }
}

impl FromJson for NaiveDate {
    fn from_json(json: Json<'_>) -> Read<Self> {
        let text = json.into_text("a date")?;
        is_date(&text)
            .then(|| NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok())
            .flatten()
            .ok_or_else(|| Mismatch::expected("a date", &Json::Text(text)))
    }
}

impl ToJson for NaiveDate {
    fn to_json(&self) -> Json<'_> {
        spelled(self.year(), || self.format("%Y-%m-%d").to_string())
    }
}

/// RFC 3339 has four digits for a year.
fn spelled(year: i32, text: impl FnOnce() -> String) -> Json<'static> {
    if (0..=9999).contains(&year) {
        Json::Text(text().into())
    } else {
        Json::Unwritable("has a year that is not between 0 and 9999")
    }
}

/// `2024-01-02`; chrono also reads `2024-1-2` and `+2024-01-2`, which are no dates of RFC 3339.
fn is_date(text: &str) -> bool {
    let fits = |(place, byte): (usize, u8)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    text.len() == 10 && text.bytes().enumerate().all(fits)
}
