//! Tuples, listed values of mixed kinds, base64, `null` as a type: kinds of values that only some descriptions have.

use serde_json::{Value, json};

use crate::runtime::base64_values::Base64;
use crate::runtime::tuple::{self, Tuple};
use crate::runtime::value_enum::{self, ValueEnum};
use crate::runtime::wire::{self, FromJson, Json, Read, ToJson};

/// `["Berlin", 52.5]`, and whatever follows.
#[derive(Debug, Clone, PartialEq)]
struct Place(String, Option<f64>, Vec<Value>);

impl Tuple for Place {
    fn read(items: &mut tuple::Reader<'_>) -> Read<Self> {
        Ok(Self(items.required()?, items.optional()?, items.rest()?))
    }

    fn write<'a>(&'a self, items: &mut tuple::Writer<'a>) {
        items.required(&self.0);
        items.optional(&self.1);
        items.rest(&self.2);
    }
}

tuple::tuple!(Place);

/// A pair, and nothing more.
#[derive(Debug, Clone, PartialEq)]
struct Pair(i64, i64);

impl Tuple for Pair {
    fn read(items: &mut tuple::Reader<'_>) -> Read<Self> {
        Ok(Self(items.required()?, items.required()?))
    }

    fn write<'a>(&'a self, items: &mut tuple::Writer<'a>) {
        items.required(&self.0);
        items.required(&self.1);
    }
}

tuple::tuple!(Pair);

#[derive(Debug, Clone, PartialEq)]
enum Speed {
    Auto,
    Half,
    Full,
    Unknown(Value),
}

impl ValueEnum for Speed {
    const VALUES: &'static [(Self, &'static str)] = &[
        (Self::Auto, "\"auto\""),
        (Self::Half, "0.5"),
        (Self::Full, "{\"rpm\":1,\"gears\":[1,2]}"),
    ];
    fn from_unknown(value: Value) -> Option<Self> {
        Some(Self::Unknown(value))
    }

    fn unknown(&self) -> Option<&Value> {
        match self {
            Self::Unknown(value) => Some(value),
            _ => None,
        }
    }
}

value_enum::value_enum!(Speed);

#[derive(Debug, Clone, PartialEq)]
enum Version {
    Two,
}

impl ValueEnum for Version {
    const VALUES: &'static [(Self, &'static str)] = &[(Self::Two, "2.0")];
    fn from_unknown(_: Value) -> Option<Self> {
        None
    }

    fn unknown(&self) -> Option<&Value> {
        None
    }
}

value_enum::value_enum!(Version);

fn read<T: FromJson>(value: &Value) -> Read<T> {
    let text = value.to_string();
    Json::parse(text.as_bytes())?.read()
}

fn written(value: &impl ToJson) -> Value {
    let text = serde_json::to_string(&value.to_json()).expect("it can be written");
    serde_json::from_str(&text).expect("encoded values are JSON")
}

fn error_of<T: FromJson + std::fmt::Debug>(value: &Value) -> String {
    read::<T>(value).expect_err("it does not fit").to_string()
}

#[test]
fn a_tuple_can_end_before_an_optional_item_and_preserves_further_items() {
    for value in [
        json!(["Berlin"]),
        json!(["Berlin", 52.5]),
        json!(["Berlin", 52.5, null, {"a": 1}]),
    ] {
        let place: Place = read(&value).expect("it is a place");
        assert_eq!(written(&place), value);
    }
    assert_eq!(
        error_of::<Place>(&json!([])),
        "[0]: is missing and required"
    );
    assert_eq!(
        error_of::<Place>(&json!(["Berlin", "north"])),
        "[1]: expected a number, found the string \"north\""
    );
    assert_eq!(
        error_of::<Pair>(&json!([1, 2, 3])),
        "[2]: the array has more than 2 items"
    );
    assert_eq!(
        error_of::<Pair>(&json!({})),
        ".: expected an array (Pair), found an object"
    );
}

#[test]
fn an_item_behind_one_that_is_left_out_cannot_be_written() {
    let place = Place("Berlin".to_owned(), None, vec![json!(1)]);
    let error = serde_json::to_string(&place).expect_err("there is a hole");
    assert_eq!(error.to_string(), ".: follows an absent item");
}

#[test]
fn listed_values_become_variants_and_others_are_preserved() {
    let cases = [
        (json!("auto"), Speed::Auto),
        (json!(0.5), Speed::Half),
        (json!({"gears": [1.0, 2], "rpm": 1}), Speed::Full),
        (
            json!({"gears": [1, 2]}),
            Speed::Unknown(json!({"gears": [1, 2]})),
        ),
        (json!("half"), Speed::Unknown(json!("half"))),
    ];
    for (value, speed) in cases {
        assert_eq!(
            read::<Speed>(&value).expect("every value is preserved"),
            speed,
            "{value}"
        );
        if matches!(speed, Speed::Unknown(_)) {
            assert_eq!(written(&speed), value);
        }
    }
    assert_eq!(written(&Speed::Full), json!({"rpm": 1, "gears": [1, 2]}));
}

#[test]
fn a_constant_is_the_number_however_it_is_spelled() {
    assert_eq!(read::<Version>(&json!(2)), Ok(Version::Two));
    assert_eq!(
        error_of::<Version>(&json!(3)),
        ".: expected 2.0, found the number 3"
    );
}

#[test]
fn base64_is_read_with_and_without_padding_and_written_as_it_came() {
    for text in ["", "d29ybGQ=", "d29ybGQ", "Zm9v"] {
        let value: Base64 = read(&json!(text)).expect("it is base64");
        assert_eq!(written(&value), json!(text));
    }
    let made = Base64::from(&b"world"[..]);
    assert_eq!(made.to_string(), "d29ybGQ=");
    assert_eq!(format!("{made:?}"), "Base64(5 bytes)");
    for text in ["d29ybG", "d2!=", "d29y bGQ="] {
        let wanted = format!(".: expected base64, found the string \"{text}\"");
        assert_eq!(error_of::<Base64>(&json!(text)), wanted);
    }
}

#[test]
fn null_as_a_type_lets_nothing_else_in() {
    assert_eq!(read::<()>(&Value::Null), Ok(()));
    assert_eq!(written(&()), Value::Null);
    assert_eq!(
        error_of::<()>(&json!(0)),
        ".: expected null, found the number 0"
    );
}

#[derive(Debug, Clone, PartialEq)]
struct Holder {
    anything: Option<Value>,
}

impl wire::Object for Holder {
    fn read(members: &mut wire::Reader<'_>) -> Read<Self> {
        Ok(Self {
            anything: members.optional_raw("anything")?,
        })
    }

    fn write<'a>(&'a self, members: &mut wire::Writer<'a>) {
        members.optional_raw("anything", &self.anything);
    }
}

wire::object!(Holder);

#[test]
fn a_null_that_is_a_value_is_not_an_absent_member() {
    for (value, anything) in [
        (json!({}), None),
        (json!({"anything": null}), Some(Value::Null)),
        (json!({"anything": 1}), Some(json!(1))),
    ] {
        let holder: Holder = read(&value).expect("anything fits");
        assert_eq!(holder.anything, anything);
        assert_eq!(written(&holder), value);
    }
}
