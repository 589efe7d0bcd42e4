//! Numbers. Run once more with `--features serde_json/arbitrary_precision`, which any crate of a program can switch on.

use serde_json::{Value, json};

use super::sample::Item;
use super::{error_of, read, written};
use crate::runtime::number_or_string::NumberOrString;
use crate::runtime::wire::ToJson;

#[test]
fn integers_reach_to_their_ends() {
    macro_rules! ends {
        ($($type:ident),+) => {$(
            for value in [$type::MIN, 0, 1, $type::MAX] {
                assert_eq!(read::<$type>(&value.to_string()).unwrap(), value);
                assert_eq!(written(&value), value.to_string());
            }
            for beyond in [i128::from($type::MIN) - 1, i128::from($type::MAX) + 1] {
                let text = beyond.to_string();
                // 2^64 and what is below -2^63 are floats to serde_json, and are shown as such.
                let error = error_of::<$type>(&text);
                assert!(error.starts_with(".: expected an integer of "), "{error}");
            }
        )+};
    }
    ends!(i8, i16, i32, i64, u8, u16, u32, u64);
    assert_eq!(
        error_of::<i32>("3000000000"),
        ".: expected an integer of 32 bits, found the number 3000000000"
    );
    assert_eq!(
        error_of::<u8>("-1"),
        ".: expected an integer of 8 bits from 0, found the number -1"
    );
}

#[test]
fn a_float_without_fraction_is_an_integer() {
    for (text, value) in [
        ("1.0", 1),
        ("-7.0", -7),
        ("1e2", 100),
        ("-0", 0),
        ("-0.0", 0),
        ("900719925474099.0", 900_719_925_474_099),
    ] {
        assert_eq!(read::<i64>(text).unwrap(), value, "{text}");
    }
    assert_eq!(read::<u8>("255.0").unwrap(), 255);
    for text in [
        "1.5",
        "1e-3",
        "1e300",
        "4503599627370496.0",
        "9007199254740993.0",
    ] {
        assert!(read::<i64>(text).is_err(), "{text}");
    }
}

#[test]
fn other_kinds_are_no_numbers() {
    for text in ["null", "true", r#""1""#, "[1]", "{}"] {
        assert!(read::<i64>(text).is_err(), "{text}");
        assert!(read::<f64>(text).is_err(), "{text}");
    }
}

#[test]
fn floats() {
    for (text, value) in [("1.5", 1.5), ("1", 1.0), ("-3", -3.0), ("1e300", 1e300)] {
        assert_eq!(read::<f64>(text).unwrap().to_bits(), f64::to_bits(value));
    }
    assert_eq!(
        read::<f64>("18446744073709551615").unwrap(),
        u64::MAX as f64
    );
    assert_eq!(written(&0.1_f64), "0.1");
    assert_eq!(written(&1.0_f64), "1.0");
    assert_eq!(written(&-0.0_f64), "-0.0");
    assert_eq!(read::<f32>("0.1").unwrap(), 0.1_f32);
    assert_eq!(written(&0.1_f32), "0.1");
    assert_eq!(written(&f32::MAX), "3.4028235e+38");
    for value in [f32::MIN_POSITIVE, f32::MAX, 16_777_217.0, 1.0e-45] {
        assert_eq!(read::<f32>(&written(&value)).unwrap(), value);
    }
    assert_eq!(
        error_of::<f32>("1e39"),
        ".: expected a number of 32 bits, found the number 1e39"
    );
}

#[test]
fn a_number_beyond_every_float_is_rejected_with_its_path() {
    // serde_json rejects 1e999 itself; with `arbitrary_precision` it accepts it, and then no type can represent it.
    let error = serde_json::from_str::<Item>(r#"{"id":"1","price":1e999}"#).unwrap_err();
    let error = error.to_string();
    assert!(
        error.starts_with("number out of range") || error.starts_with("price: expected a number"),
        "{error}"
    );
}

#[test]
fn numbers_that_are_not_finite_cannot_be_encoded() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let item = Item {
            parent: Some(Box::new(Item {
                price: Some(value),
                ..Item::default()
            })),
            ..Item::default()
        };
        let error = serde_json::to_string(&item).unwrap_err().to_string();
        assert!(error.contains("NaN and infinity"), "{error}");
        assert!(serde_json::to_value(&item).is_err());
        assert!(serde_json::to_string(&(value as f32).to_json()).is_err());
    }
}

#[test]
fn any_json_keeps_its_numbers() {
    for text in [
        "0",
        "18446744073709551615",
        "-9223372036854775808",
        "1.5",
        "-0.0",
        "1e300",
    ] {
        let value: Value = read(text).unwrap();
        assert_eq!(value, serde_json::from_str::<Value>(text).unwrap());
        let same = serde_json::to_string(&value.to_json()).unwrap();
        assert_eq!(same, serde_json::to_string(&value).unwrap());
    }
    assert_eq!(
        read::<Value>("18446744073709551615").unwrap(),
        json!(u64::MAX)
    );
}

#[test]
fn exact_spellings_survive_where_serde_json_keeps_them() {
    // Whatever serde_json makes of them, with and without `arbitrary_precision`, so do we.
    for text in ["1.10", "18446744073709551616", "1e2", "[1.10,{\"a\":2.50}]"] {
        let expected: Value = serde_json::from_str(text).unwrap();
        let value: Value = read(text).unwrap();
        assert_eq!(value, expected);
        let item = Item {
            extra: Some(value),
            ..Item::default()
        };
        let body = serde_json::to_string(&item).unwrap();
        assert_eq!(body, format!(r#"{{"id":"","extra":{expected}}}"#));
        assert_eq!(serde_json::from_str::<Item>(&body).unwrap(), item);
        let through_a_value = serde_json::to_value(&item).unwrap();
        assert_eq!(
            serde_json::from_value::<Item>(through_a_value).unwrap(),
            item
        );
    }
}

#[test]
fn a_member_named_like_a_number_is_only_a_member() {
    let text = r#"{"a":1,"$serde_json::private::Number":"5"}"#;
    let value: Value = read(text).unwrap();
    assert_eq!(value["$serde_json::private::Number"], "5");
}

/// .NET 10 describes an `int` as `type: [integer, string]`.
#[test]
fn a_number_can_come_as_a_string() {
    for text in ["7", "\"7\"", "7.0"] {
        let value: NumberOrString<i32> = read(text).unwrap();
        assert_eq!(*value, 7, "{text}");
        assert_eq!(written(&value), "7");
    }
    assert_eq!(*read::<NumberOrString<f64>>("\"1.5\"").unwrap(), 1.5);
    assert_eq!(
        error_of::<NumberOrString<i32>>("\"seven\""),
        r#".: expected a number, or a string with one, found the string "seven""#
    );
    assert!(read::<NumberOrString<i32>>("\"3000000000\"").is_err());
    let literal: NumberOrString<i64> = 7.into();
    assert_eq!(literal.to_string(), "7");
}
