//! Unions: how the branch is selected, in the order of the rules.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::runtime::wire::{self, Branch, Json, ToJson};

/// Selected by `kind`; an object with another `kind` is preserved.
#[derive(Debug, Clone, PartialEq)]
enum Tagged {
    Cat(BTreeMap<String, Value>),
    Age(BTreeMap<String, i64>),
    Unknown(Value),
}

impl wire::Union for Tagged {
    const DISCRIMINATOR: wire::Discriminator = Some("kind");
    const BRANCHES: &'static [Branch<Self>] = &[
        Branch::new(|json| json.read().map(Self::Cat))
            .tagged(&["cat", "lion"])
            .object(&["kind"]),
        Branch::new(|json| json.read().map(Self::Age)).object(&["years"]),
    ];
    const UNKNOWN: wire::Fallback<Self> = Some(Self::Unknown);
}

impl ToJson for Tagged {
    fn to_json(&self) -> Json<'_> {
        match self {
            Self::Cat(value) => value.to_json(),
            Self::Age(value) => value.to_json(),
            Self::Unknown(value) => value.to_json(),
        }
    }
}

wire::union!(Tagged);

/// Told by the kind of JSON, then by reading: a node holds nodes, and both kinds of nodes look alike from outside.
#[derive(Debug, Clone, PartialEq)]
enum Node {
    Text(String),
    One(One),
    Two(Two),
}

#[derive(Debug, Clone, PartialEq)]
struct One {
    a: Option<Box<Node>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Two {
    a: Option<Box<Node>>,
    b: Option<i64>,
}

impl wire::Object for One {
    fn read(members: &mut wire::Reader<'_>) -> wire::Read<Self> {
        Ok(Self {
            a: members.optional("a")?,
        })
    }

    fn write<'a>(&'a self, members: &mut wire::Writer<'a>) {
        members.optional("a", &self.a);
    }
}

wire::object!(One);

impl wire::Object for Two {
    fn read(members: &mut wire::Reader<'_>) -> wire::Read<Self> {
        Ok(Self {
            a: members.optional("a")?,
            b: members.optional("b")?,
        })
    }

    fn write<'a>(&'a self, members: &mut wire::Writer<'a>) {
        members.optional("a", &self.a);
        members.optional("b", &self.b);
    }
}

wire::object!(Two);

impl wire::Union for Node {
    const BRANCHES: &'static [Branch<Self>] = &[
        Branch::new(|json| json.read().map(Self::Text)).string(),
        Branch::new(|json| json.read().map(Self::One)).object(&[]),
        Branch::new(|json| json.read().map(Self::Two)).object(&[]),
    ];
}

impl ToJson for Node {
    fn to_json(&self) -> Json<'_> {
        match self {
            Self::Text(value) => value.to_json(),
            Self::One(value) => value.to_json(),
            Self::Two(value) => value.to_json(),
        }
    }
}

wire::union!(Node);

fn tagged(value: Value) -> Result<Tagged, String> {
    let read: Result<Tagged, _> = serde_json::from_value(value.clone());
    if let Ok(read) = &read {
        assert_eq!(serde_json::to_value(read).unwrap(), value);
    }
    read.map_err(|error| error.to_string())
}

#[test]
fn the_discriminator_comes_first() {
    for tag in ["cat", "lion"] {
        let value = json!({ "kind": tag, "years": 3 });
        assert!(matches!(tagged(value), Ok(Tagged::Cat(_))));
    }
}

#[test]
fn an_unlisted_tag_is_preserved() {
    let value = json!({ "kind": "dog", "legs": [4] });
    assert_eq!(tagged(value.clone()), Ok(Tagged::Unknown(value)));
}

#[test]
fn without_a_tag_required_members_tell() {
    assert!(matches!(tagged(json!({ "years": 3 })), Ok(Tagged::Age(_))));
    let value = json!({ "months": 3 });
    assert_eq!(tagged(value.clone()), Ok(Tagged::Unknown(value)));
}

#[test]
fn an_invalid_object_of_a_branch_is_rejected_with_its_path() {
    let error = tagged(json!({ "years": {} })).unwrap_err();
    assert_eq!(
        error,
        "years: expected an integer of 64 bits, found an object"
    );
}

/// A later version of a description can allow a string beside objects; `null` is no value.
#[test]
fn a_value_of_another_kind_is_preserved() {
    for value in [json!("cat"), json!(1), json!([{}])] {
        assert_eq!(tagged(value.clone()), Ok(Tagged::Unknown(value)));
    }
    let error = tagged(Value::Null).unwrap_err();
    assert!(error.contains("expected an object"), "{error}");
}

#[test]
fn the_branch_that_leaves_fewest_members_unread_is_it() {
    let read = |value: Value| serde_json::from_value::<Node>(value).unwrap();
    assert!(matches!(read(json!({ "a": "x" })), Node::One(_)));
    assert!(matches!(read(json!({ "a": "x", "b": 1 })), Node::Two(_)));
    assert!(matches!(read(json!({ "c": 1 })), Node::One(_)));
    assert!(matches!(read(json!("x")), Node::Text(_)));
    let error = serde_json::from_value::<Node>(json!([]))
        .unwrap_err()
        .to_string();
    assert_eq!(error, ".: expected an object or a string, found an array");
}

/// Each level could be read in two ways, and the innermost value fits neither: 2^60 readings without a limit.
#[test]
fn unions_in_unions_end() {
    let innermost = r#"{"a":7,"c":1}"#.to_owned();
    let text = (0..60).fold(innermost, |inner, _| format!(r#"{{"a":{inner},"c":1}}"#));
    assert!(serde_json::from_str::<Node>(&text).is_err());
    // members that the attempt took are still there
    assert!(serde_json::from_str::<Node>(r#"{"a":{"a":"x"},"b":1}"#).is_ok());
}

/// No branch has the member `what`, so that the union writes it.
#[derive(Debug, Clone, PartialEq)]
enum Gift {
    One(One),
    Two(Two),
}

impl wire::Union for Gift {
    const DISCRIMINATOR: wire::Discriminator = Some("what");
    const BRANCHES: &'static [Branch<Self>] = &[
        Branch::new(|json| json.read().map(Self::One))
            .tagged(&["one", "1"])
            .object(&[]),
        Branch::new(|json| json.read().map(Self::Two))
            .tagged(&["two"])
            .object(&[]),
    ];
}

impl ToJson for Gift {
    fn to_json(&self) -> Json<'_> {
        match self {
            Self::One(value) => wire::tagged::<Self>(value.to_json(), 0, "one"),
            Self::Two(value) => wire::tagged::<Self>(value.to_json(), 1, "two"),
        }
    }
}

wire::union!(Gift);

/// The tag that the union writes is no member that a branch knows.
#[test]
fn without_a_tag_the_branch_with_most_members_is_it() {
    let read = |value: Value| serde_json::from_value::<Gift>(value).unwrap();
    assert!(matches!(read(json!({ "a": "x" })), Gift::One(_)));
    assert!(matches!(read(json!({ "b": 2 })), Gift::Two(_)));
}

#[test]
fn a_discriminator_that_no_branch_has_is_written_by_the_union() {
    let one = Gift::One(One { a: None });
    assert_eq!(serde_json::to_string(&one).unwrap(), r#"{"what":"one"}"#);
    let two = json!({ "what": "two", "b": 2 });
    let read: Gift = serde_json::from_value(two.clone()).unwrap();
    assert_eq!(
        read,
        Gift::Two(Two {
            a: None,
            b: Some(2)
        })
    );
    assert_eq!(serde_json::to_value(&read).unwrap(), two);
}

/// An `anyOf`: an object can be both.
#[derive(Debug, Clone, PartialEq)]
enum Either {
    Many(BTreeMap<String, i64>),
    One(One),
    Legs(Legs),
    Combined(Value),
}

#[derive(Debug, Clone, PartialEq)]
struct Legs {
    b: Option<i64>,
}

impl wire::Object for Legs {
    fn read(members: &mut wire::Reader<'_>) -> wire::Read<Self> {
        Ok(Self {
            b: members.optional("b")?,
        })
    }

    fn write<'a>(&'a self, members: &mut wire::Writer<'a>) {
        members.optional("b", &self.b);
    }
}

wire::object!(Legs);

impl wire::Union for Either {
    const BRANCHES: &'static [Branch<Self>] = &[
        Branch::new(|json| json.read().map(Self::Many)).object(&["many"]),
        Branch::new(|json| json.read().map(Self::One)).object(&[]),
        Branch::new(|json| json.read().map(Self::Legs)).object(&[]),
    ];
    const COMBINED: wire::Fallback<Self> = Some(Self::Combined);
}

impl ToJson for Either {
    fn to_json(&self) -> Json<'_> {
        match self {
            Self::Many(value) => value.to_json(),
            Self::One(value) => value.to_json(),
            Self::Legs(value) => value.to_json(),
            Self::Combined(value) => value.to_json(),
        }
    }
}

wire::union!(Either);

#[test]
fn an_object_with_members_of_several_branches_is_combined() {
    let read = |value: Value| serde_json::from_value::<Either>(value).unwrap();
    let both = json!({ "a": "x", "b": 2, "new": true });
    assert_eq!(read(both.clone()), Either::Combined(both));
    // members that no branch has
    let one = read(json!({ "a": "x", "new": true }));
    assert!(matches!(one, Either::One(_)), "{one:?}");
    let legs = read(json!({ "b": 2, "new": { "a": "x" } }));
    assert_eq!(legs, Either::Legs(Legs { b: Some(2) }));
}

/// `oneOf: [integer, number]`, in both orders.
macro_rules! numbers {
    ($name:ident, $($variant:ident),+) => {
        #[derive(Debug, Clone, PartialEq)]
        enum $name {
            Integer(i64),
            Number(f64),
        }

        impl wire::Union for $name {
            const BRANCHES: &'static [Branch<Self>] =
                &[$(Branch::new(|json| json.read().map(Self::$variant)).number()),+];
        }

        impl ToJson for $name {
            fn to_json(&self) -> Json<'_> {
                match self {
                    Self::Integer(value) => value.to_json(),
                    Self::Number(value) => value.to_json(),
                }
            }
        }

        wire::union!($name);
    };
}

numbers!(IntegerOrNumber, Integer, Number);
numbers!(NumberOrInteger, Number, Integer);

#[test]
fn a_number_with_a_point_is_no_integer() {
    for (text, is_integer) in [
        ("1", true),
        ("-7", true),
        ("9007199254740993", true),
        ("1.0", false),
        ("1.5", false),
        ("1e3", false),
    ] {
        let value: IntegerOrNumber = serde_json::from_str(text).unwrap();
        assert_eq!(
            matches!(value, IntegerOrNumber::Integer(_)),
            is_integer,
            "{text}"
        );
        let value: NumberOrInteger = serde_json::from_str(text).unwrap();
        assert_eq!(
            matches!(value, NumberOrInteger::Integer(_)),
            is_integer,
            "{text}"
        );
    }
    let value: IntegerOrNumber = serde_json::from_str("1.0").unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), "1.0");
}

/// A base and a subtype, told by integers; `Two` has an optional tag.
#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Base(BTreeMap<String, i64>),
    Two(Two),
    Unknown(Value),
}

impl wire::Union for Shape {
    const DISCRIMINATOR: wire::Discriminator = Some("b");
    const BRANCHES: &'static [Branch<Self>] = &[
        Branch::new(|json| json.read().map(Self::Base))
            .tagged(&["0"])
            .base()
            .object(&["b"]),
        Branch::new(|json| json.read().map(Self::Two))
            .tagged(&["2", "3"])
            .object(&[]),
    ];
    const UNKNOWN: wire::Fallback<Self> = Some(Self::Unknown);
}

impl ToJson for Shape {
    fn to_json(&self) -> Json<'_> {
        match self {
            Self::Base(value) => wire::tagged::<Self>(value.to_json(), 0, 0),
            Self::Two(value) => wire::optionally_tagged::<Self>(value.to_json(), 1, 2),
            Self::Unknown(value) => value.to_json(),
        }
    }
}

wire::union!(Shape);

#[test]
fn an_unknown_tag_is_of_the_base_unless_members_were_lost() {
    let read = |text: &str| -> Shape {
        let value: Shape = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
        value
    };
    assert!(matches!(read(r#"{"b":0,"x":1}"#), Shape::Base(_)));
    assert!(matches!(read(r#"{"b":7,"x":1}"#), Shape::Base(_)));
    assert!(matches!(read(r#"{"b":7,"x":[]}"#), Shape::Unknown(_)));
    assert!(matches!(read(r#"{"a":"x","b":3}"#), Shape::Two(_)));
    // without a tag it is told by its members, and stays without
    assert!(matches!(read(r#"{"a":"x"}"#), Shape::Two(_)));
}

#[test]
fn a_tag_of_another_branch_is_replaced() {
    let written = |value: &Shape| serde_json::to_string(value).unwrap();
    let two = |b| Shape::Two(Two { a: None, b });
    assert_eq!(written(&two(Some(0))), r#"{"b":2}"#);
    assert_eq!(written(&two(Some(3))), r#"{"b":3}"#);
    let base = |tag| Shape::Base(BTreeMap::from([("b".to_owned(), tag)]));
    assert_eq!(written(&base(2)), r#"{"b":0}"#);
    assert_eq!(written(&base(9)), r#"{"b":9}"#);
}

/// A struct with three members that have one value.
#[derive(Debug, PartialEq)]
struct Fixed;

impl wire::Object for Fixed {
    fn read(members: &mut wire::Reader<'_>) -> wire::Read<Self> {
        members.constant("type", "card")?;
        members.constant("version", 2)?;
        members.constant("live", true)?;
        Ok(Fixed)
    }

    fn write<'a>(&'a self, members: &mut wire::Writer<'a>) {
        members.constant("type", "card");
        members.constant("version", 2);
        members.constant("live", true);
    }
}

wire::object!(Fixed);

#[test]
fn a_constant_is_checked_and_written() {
    let text = r#"{"type":"card","version":2,"live":true}"#;
    let read: Fixed = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    let cases = [
        (
            r#"{"type":"cash","version":2,"live":true}"#,
            r#"type: expected one of "card"; found the string "cash""#,
        ),
        (
            r#"{"type":"card","version":3,"live":true}"#,
            "version: expected one of 2; found the number 3",
        ),
        (
            r#"{"type":"card","version":2,"live":false}"#,
            "live: expected true, found false",
        ),
        (
            r#"{"type":"card","version":2}"#,
            "live: is missing and required",
        ),
    ];
    for (text, expected) in cases {
        let error = serde_json::from_str::<Fixed>(text).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}
