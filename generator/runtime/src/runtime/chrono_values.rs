//! Dates and date-times (RFC 3339).
//!
//! Responses are full of instants such as `2024-01-02T03:04:05.678Z`, for which chrono's general parser and formatter
//! take several times as long as necessary. So this format has its own parser and formatter, which tests compare with
//! chrono. All other formats use chrono.

use std::borrow::Cow;
use std::ops::Range;

use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat, Timelike, Utc,
};

use crate::runtime::wire::{FromJson, Json, Mismatch, Read, ToJson};

impl FromJson for DateTime<Utc> {
    fn from_json(json: Json<'_>) -> Read<Self> {
        if let Json::String(text) = &json
            && let Some(instant) = read_instant(text)
        {
            return Ok(instant);
        }
        DateTime::<FixedOffset>::from_json(json).map(|time| time.to_utc())
    }
}

impl FromJson for DateTime<FixedOffset> {
    fn from_json(json: Json<'_>) -> Read<Self> {
        let text = json.into_string("a date-time")?;
        DateTime::parse_from_rfc3339(&text)
            // many servers send offsets without a colon, `2024-01-02T03:04:05+0000`, as in ISO 8601
            .or_else(|_| DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f%z"))
            .map_err(|_| {
                let expected = match without_offset(&text) {
                    Some(_) => WITHOUT_OFFSET,
                    None => "a date-time",
                };
                Mismatch::expected(expected, &Json::String(text))
            })
    }
}

/// What is expected in place of a date-time without an offset, unless the server's clock is in UTC.
const WITHOUT_OFFSET: &str =
    "a date-time with an offset (`naive_date_time: utc` in codegen.yaml reads one without)";

/// Adds the offset of UTC to the date-times that have none, which a server sends whose clock is in UTC, if it has nothing
/// to say about it. It is given values that are date-times by their schema, alone or in arrays and maps.
pub fn in_utc(json: Json<'_>) -> Json<'_> {
    json.map_strings(with_offset)
}

fn with_offset(text: Cow<'_, str>) -> Cow<'_, str> {
    let naive = match text.ends_with(['Z', 'z']) {
        true => None,
        false => without_offset(&text),
    };
    match naive.as_ref().map(ToJson::to_json) {
        Some(Json::String(whole)) => Cow::Owned(whole.into_owned()),
        // a year that RFC 3339 has no digits for is told as it is
        _ => text,
    }
}

/// Parses a date-time without an offset, `2024-01-02T03:04:05.678`.
fn without_offset(text: &str) -> Option<DateTime<Utc>> {
    let formats = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"];
    let mut parsed = formats
        .iter()
        .filter_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    parsed.next().map(|naive| naive.and_utc())
}

impl ToJson for DateTime<Utc> {
    fn to_json(&self) -> Json<'_> {
        match self.year() {
            0..=9999 => Json::String(write_instant(*self).into()),
            _ => at_the_edge(*self),
        }
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
        let text = json.into_string("a date")?;
        is_date(&text)
            .then(|| NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok())
            .flatten()
            .ok_or_else(|| Mismatch::expected("a date", &Json::String(text)))
    }
}

impl ToJson for NaiveDate {
    fn to_json(&self) -> Json<'_> {
        spelled(self.year(), || self.format("%Y-%m-%d").to_string())
    }
}

/// Parses `2024-01-02T03:04:05Z`, with up to nine fractional digits. `None` for any other format, leap seconds
/// included.
fn read_instant(text: &str) -> Option<DateTime<Utc>> {
    const SIGNS: [(usize, u8); 5] = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    let (whole, rest) = text.as_bytes().split_at_checked(19)?;
    if SIGNS.iter().any(|&(place, sign)| whole[place] != sign) {
        return None;
    }
    let digits = |places: Range<usize>| number(whole[places].iter().copied());
    let nanos = match rest.strip_suffix(b"Z")? {
        [] => 0,
        [b'.', digits @ ..] if (1..=9).contains(&digits.len()) => {
            let zeros = std::iter::repeat_n(b'0', 9 - digits.len());
            number(digits.iter().copied().chain(zeros))?
        }
        _ => return None,
    };
    let year = digits(0..4)?.try_into().ok()?;
    NaiveDate::from_ymd_opt(year, digits(5..7)?, digits(8..10)?)?
        .and_hms_nano_opt(digits(11..13)?, digits(14..16)?, digits(17..19)?, nanos)
        .map(|time| time.and_utc())
}

/// Parses at most nine digits.
fn number(digits: impl IntoIterator<Item = u8>) -> Option<u32> {
    digits.into_iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u32::from(byte - b'0'))
    })
}

/// Formats an instant of the years 0 to 9999 with 0, 3, 6 or 9 fractional digits.
fn write_instant(instant: DateTime<Utc>) -> String {
    const SECOND: u32 = 1_000_000_000;
    let (date, time) = (instant.date_naive(), instant.time());
    // chrono represents the leap second 23:59:60.5 as second 59 with 1,500,000,000 nanoseconds
    let (seconds, nanos) = match time.nanosecond().checked_sub(SECOND) {
        Some(fraction) => (time.second() + 1, fraction),
        None => (time.second(), time.nanosecond()),
    };
    let mut text = *b"0000-00-00T00:00:00.000000000Z";
    // the caller checked that the year is not negative
    spell(&mut text[0..4], date.year().unsigned_abs());
    spell(&mut text[5..7], date.month());
    spell(&mut text[8..10], date.day());
    spell(&mut text[11..13], time.hour());
    spell(&mut text[14..16], time.minute());
    spell(&mut text[17..19], seconds);
    let end = if nanos == 0 {
        19
    } else if nanos % 1_000_000 == 0 {
        spell(&mut text[20..23], nanos / 1_000_000);
        23
    } else if nanos % 1_000 == 0 {
        spell(&mut text[20..26], nanos / 1_000);
        26
    } else {
        spell(&mut text[20..29], nanos);
        29
    };
    text[end] = b'Z';
    String::from_utf8_lossy(&text[..=end]).into_owned()
}

/// `9999-12-31T20:00:00-11:00` is in the year 10000 of UTC, which RFC 3339 cannot represent without an offset.
fn at_the_edge(instant: DateTime<Utc>) -> Json<'static> {
    const LARGEST: i32 = 23 * 3600 + 59 * 60;
    let seconds = if instant.year() > 0 {
        -LARGEST
    } else {
        LARGEST
    };
    let local = FixedOffset::east_opt(seconds).map(|offset| instant.with_timezone(&offset));
    let local = local.unwrap_or_else(|| instant.fixed_offset());
    spelled(local.year(), || {
        local.to_rfc3339_opts(SecondsFormat::AutoSi, false)
    })
}

/// Fills a slice with the last digits of a number.
fn spell(places: &mut [u8], mut number: u32) {
    for place in places.iter_mut().rev() {
        *place = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

/// Encodes a date or date-time; a year has four digits in RFC 3339.
fn spelled(year: i32, text: impl FnOnce() -> String) -> Json<'static> {
    if (0..=9999).contains(&year) {
        Json::String(text().into())
    } else {
        Json::Unwritable("has a year that is not between 0 and 9999")
    }
}

/// Whether a string has the format `2024-01-02`; chrono also parses `2024-1-2` and `+2024-01-2`.
fn is_date(text: &str) -> bool {
    let fits = |(place, byte): (usize, u8)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    text.len() == 10 && text.bytes().enumerate().all(fits)
}

/// For structs around one value in which date-times have no offset, and are in UTC.
#[allow(unused_macros, reason = "a description needs only some of them")]
#[doc(hidden)]
#[macro_export]
macro_rules! utc_wrapper {
    ($name:ident) => {
        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                chrono_values::in_utc(json).read().map(Self)
            }
        }

        impl wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> wire::Json<'_> {
                self.0.to_json()
            }
        }

        wire::serde!($name);
    };
}

#[allow(unused_imports, reason = "a description needs only some of them")]
#[doc(hidden)]
pub use utc_wrapper;
