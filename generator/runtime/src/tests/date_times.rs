//! Dates and times: decoding, encoding, and that the own parser for instants agrees with chrono.

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, Utc};
use proptest::prelude::*;
use serde_json::json;

use super::{error_of, read, written};
use crate::runtime::chrono_values::in_utc;
use crate::runtime::wire::{Json, ToJson};

#[test]
fn date_times() {
    let expected = "2024-01-02T03:04:05.678Z";
    for text in [
        expected,
        "2024-01-02T03:04:05.678+00:00",
        "2024-01-02T03:04:05.678+0000",
        "2024-01-02T05:04:05.678+0200",
        "2024-01-02t03:04:05.678z",
    ] {
        let time: DateTime<Utc> = read(&json!(text).to_string()).unwrap();
        assert_eq!(written(&time), format!("\"{expected}\""), "{text}");
    }
    let offset: DateTime<FixedOffset> = read(r#""2024-01-02T05:04:05+0200""#).unwrap();
    assert_eq!(written(&offset), r#""2024-01-02T05:04:05+02:00""#);
    assert_eq!(
        error_of::<DateTime<Utc>>(r#""yesterday""#),
        r#".: expected a date-time, found the string "yesterday""#
    );
    for text in [
        "2024-01-02",
        "2024-01-02T03:04:05",
        "2024-13-02T03:04:05Z",
        "",
    ] {
        assert!(
            read::<DateTime<Utc>>(&json!(text).to_string()).is_err(),
            "{text}"
        );
    }
    assert!(read::<DateTime<Utc>>("1704164645").is_err());
}

/// FastAPI and others write the time of their own clock, without an offset.
#[test]
fn a_date_time_without_an_offset_is_read_by_choice() {
    for text in ["2022-06-14T19:25:55.821177", "2022-06-14 19:25:55.821177"] {
        assert_eq!(
            error_of::<DateTime<Utc>>(&json!(text).to_string()),
            format!(
                ".: expected a date-time with an offset (`naive_date_time: utc` in codegen.yaml reads one without), \
                 found the string \"{text}\""
            )
        );
        let time: DateTime<Utc> = in_utc(Json::String(text.into())).read().unwrap();
        assert_eq!(written(&time), "\"2022-06-14T19:25:55.821177Z\"");
    }
    let lists = json!([
        ["2022-06-14T19:25:55"],
        "2022-06-14T19:25:55+02:00",
        "yesterday",
        1,
        null
    ]);
    let changed = json!([
        ["2022-06-14T19:25:55Z"],
        "2022-06-14T19:25:55+02:00",
        "yesterday",
        1,
        null
    ]);
    assert_eq!(in_utc(lists.to_json()), changed.to_json());
    let map = json!({ "2022-06-14T19:25:55": { "at": "2022-06-14 19:25:55.5" } });
    let changed = json!({ "2022-06-14T19:25:55": { "at": "2022-06-14T19:25:55.500Z" } });
    assert_eq!(in_utc(map.to_json()), changed.to_json());
}

#[test]
fn dates() {
    let date: NaiveDate = read(r#""2024-02-29""#).unwrap();
    assert_eq!(written(&date), r#""2024-02-29""#);
    for text in ["2023-02-29", "2024-2-29", "+2024-02-2", "2024-02-29Z", "x"] {
        assert!(
            read::<NaiveDate>(&json!(text).to_string()).is_err(),
            "{text}"
        );
    }
}

#[test]
fn years_that_rfc_3339_cannot_spell_are_not_written() {
    let late = NaiveDate::from_ymd_opt(12_000, 1, 1).unwrap();
    assert!(serde_json::to_string(&late.to_json()).is_err());
    assert!(serde_json::to_string(&DateTime::<Utc>::MAX_UTC.to_json()).is_err());
    let early = NaiveDate::from_ymd_opt(7, 1, 1).unwrap();
    assert_eq!(written(&early), r#""0007-01-01""#);
}

#[test]
fn the_edges_of_the_calendar_and_leap_seconds() {
    for text in [
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00.000000001Z",
        "1900-02-28T23:59:59.999Z",
        "2000-02-29T12:00:00.000100Z",
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60.500Z",
        "9999-12-31T23:59:59.999999999Z",
    ] {
        let time: DateTime<Utc> = read(&json!(text).to_string()).unwrap();
        assert_eq!(written(&time), json!(text).to_string());
    }
    for text in [
        "1900-02-29T00:00:00Z",
        "2024-01-02T24:00:00Z",
        "2024-01-02T03:60:00Z",
        "2024-01-02T03:04:61Z",
        "2024-01-02T03:04:05.Z",
        "2024-01-02T03:04:05,678Z",
        "2024-01-02T03:04:05ZZ",
        "+024-01-02T03:04:05Z",
        "2024-01-02T03:04:0\u{661}Z",
    ] {
        assert!(
            read::<DateTime<Utc>>(&json!(text).to_string()).is_err(),
            "{text}"
        );
    }
}

/// Parses a string with chrono's general parser.
fn by_chrono(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
        .ok()
        .map(|time| time.to_utc())
}

/// Any instant of the years 0 to 9999, with a fraction of any length; a third are leap seconds.
fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    let seconds = -62_167_219_200_i64..=253_402_300_799;
    let unit = prop::sample::select(vec![1_u32, 1_000, 1_000_000, 1_000_000_000]);
    (seconds, 0..1_000_000_000_u32, unit, 0..3).prop_map(|(seconds, nanos, unit, leap)| {
        let nanos = nanos / unit * unit;
        let (seconds, nanos) = match leap {
            0 => (seconds.div_euclid(60) * 60 + 59, nanos + 1_000_000_000),
            _ => (seconds, nanos),
        };
        DateTime::from_timestamp(seconds, nanos).expect("only the last second of a minute leaps")
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn instants_are_written_as_chrono_writes_them(time in instants()) {
        let text = time.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        prop_assert_eq!(written(&time), json!(text).to_string());
        prop_assert_eq!(read::<DateTime<Utc>>(&json!(text).to_string()).unwrap(), time);
    }


    #[test]
    fn a_changed_byte_is_read_as_chrono_reads_it(
        time in instants(),
        place in any::<prop::sample::Index>(),
        byte in b' '..=b'~',
        remove in any::<bool>(),
    ) {
        let mut text = time.to_rfc3339_opts(SecondsFormat::AutoSi, true).into_bytes();
        let place = place.index(text.len());
        text.splice(place..=place, (!remove).then_some(byte));
        let text = String::from_utf8(text).expect("it is ASCII");
        let ours = read::<DateTime<Utc>>(&json!(text).to_string()).ok();
        prop_assert_eq!(ours, by_chrono(&text));
    }
}

#[test]
fn an_instant_at_the_edge_of_the_calendar_keeps_its_instant() {
    // in UTC these lie in the years 10000 and -1, for which RFC 3339 has no words
    for text in ["9999-12-31T20:00:00-11:00", "0000-01-01T03:00:00+05:00"] {
        let instant: DateTime<Utc> = read(&json!(text).to_string()).unwrap();
        let again: DateTime<Utc> = read(&written(&instant)).unwrap();
        assert_eq!(again, instant, "{text}");
    }
}
