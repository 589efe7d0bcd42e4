//! Members: required, optional, nullable, three states, the rest, duplicates, order; unions; paths.

use std::collections::BTreeMap;

use serde_json::json;

use super::error_of;
use super::sample::{Contact, Item, Owner};
use crate::runtime::wire::Tristate;

fn there_and_back(text: &str) -> Contact {
    let contact: Contact = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&contact).unwrap(), text);
    contact
}

#[test]
fn absent_null_and_a_value_are_distinguished() {
    let note = |text| there_and_back(text).note;
    assert_eq!(note(r#"{"name":null}"#), Tristate::Absent);
    assert_eq!(note(r#"{"name":null,"note":null}"#), Tristate::Null);
    let value = note(r#"{"name":"x","note":"y"}"#);
    assert_eq!(value, Tristate::from("y".to_owned()));
    assert_eq!(value.as_option().map(String::as_str), Some("y"));
    assert_eq!(Tristate::<String>::Null.as_option(), None);
}

#[test]
fn optional_is_none_when_absent_and_when_null() {
    let read = |text| serde_json::from_str::<Item>(text).unwrap();
    assert_eq!(read(r#"{"id":"1"}"#), read(r#"{"id":"1","tags":null}"#));
    let item = read(r#"{"id":"1"}"#);
    assert_eq!(serde_json::to_string(&item).unwrap(), r#"{"id":"1"}"#);
}

#[test]
fn nullable_has_to_be_there() {
    assert_eq!(error_of::<Contact>("{}"), "name: is missing and required");
    assert_eq!(there_and_back(r#"{"name":null}"#).name, None);
}

#[test]
fn required_is_neither_absent_nor_null() {
    assert_eq!(error_of::<Item>("{}"), "id: is missing and required");
    assert_eq!(
        error_of::<Item>(r#"{"id":null}"#),
        "id: expected a string, found null"
    );
}

#[test]
fn additional_members_are_preserved() {
    let contact = there_and_back(r#"{"name":"x","age":7,"size":8}"#);
    let rest = BTreeMap::from([("age".to_owned(), 7), ("size".to_owned(), 8)]);
    assert_eq!(contact.additional_properties, rest);
    assert_eq!(
        error_of::<Contact>(r#"{"name":"x","age":"old"}"#),
        r#"age: expected an integer of 64 bits, found the string "old""#
    );
}

#[test]
fn the_rest_cannot_repeat_a_named_member() {
    let contact = Contact {
        name: None,
        note: Tristate::Absent,
        additional_properties: BTreeMap::from([("name".to_owned(), 1)]),
    };
    let error = serde_json::to_string(&contact).unwrap_err().to_string();
    assert!(
        error.contains("a key of the map of additional members"),
        "{error}"
    );
}

#[test]
fn a_member_that_comes_twice_is_an_error() {
    // next to each other, at both ends, of different values, in a map, in what is not named
    for (text, path) in [
        (r#"{"id":"1","id":"1"}"#, "id"),
        (r#"{"id":"1","tags":[],"price":1,"id":"2"}"#, "id"),
        (r#"{"tags":null,"id":"1","tags":null}"#, "tags"),
        (r#"{"id":"1","parent":{"id":"1","id":"1"}}"#, "parent.id"),
        (
            r#"{"id":"1","extra":{"a":[{"b":1,"b":2}]}}"#,
            "extra.a[0].b",
        ),
        (r#"{"id":"1","\u0069d":"2"}"#, "id"),
    ] {
        assert_eq!(error_of::<Item>(text), format!("{path}: is duplicate"));
    }
    assert_eq!(
        error_of::<Contact>(r#"{"name":"x","a":1,"name":"x"}"#),
        "name: is duplicate"
    );
    assert_eq!(
        error_of::<Contact>(r#"{"name":"x","a":1,"a":1}"#),
        "a: is duplicate"
    );
    assert_eq!(
        error_of::<BTreeMap<String, String>>(r#"{"a":"1","a":"1"}"#),
        "a: is duplicate"
    );
}

#[test]
fn unknown_members_are_ignored_even_twice() {
    let text = r#"{"x":1,"id":"7","x":[2],"y":{"z":1,"z":2}}"#;
    assert_eq!(serde_json::from_str::<Item>(text).unwrap().id, "7");
}

#[test]
fn order_does_not_matter() {
    let members = [
        r#""id":"1""#,
        r#""kind":"BIG""#,
        r#""price":1.5"#,
        r#""tags":["a"]"#,
        r#""unknown":0"#,
    ];
    let whole = |order: &[&str]| format!("{{{}}}", order.join(","));
    let expected: Item = serde_json::from_str(&whole(&members)).unwrap();
    for turn in 0..members.len() {
        let mut order = members;
        order.rotate_left(turn);
        assert_eq!(
            serde_json::from_str::<Item>(&whole(&order)).unwrap(),
            expected
        );
        order.reverse();
        assert_eq!(
            serde_json::from_str::<Item>(&whole(&order)).unwrap(),
            expected
        );
    }
}

#[test]
fn many_unknown_members_cost_little() {
    let unknown: Vec<String> = (0..200_000).map(|n| format!(r#""m{n}":1"#)).collect();
    let text = format!(r#"{{{},"id":"1"}}"#, unknown.join(","));
    let start = std::time::Instant::now();
    assert_eq!(serde_json::from_str::<Item>(&text).unwrap().id, "1");
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[test]
fn other_json_types_are_named_in_the_error() {
    assert_eq!(
        error_of::<Contact>("[]"),
        ".: expected an object (Contact), found an array"
    );
    assert_eq!(
        error_of::<Item>(r#"{"id":"1","parent":"x"}"#),
        r#"parent: expected an object (Item), found the string "x""#
    );
}

#[test]
fn paths_lead_to_the_place() {
    assert_eq!(
        error_of::<Item>(r#"{"id":"1","parent":{"id":"2","tags":["a",null]}}"#),
        "parent.tags[1]: expected a string, found null"
    );
    assert_eq!(
        error_of::<BTreeMap<String, Vec<bool>>>(r#"{"a b\n":[1]}"#),
        r#"["a b\n"][0]: expected true or false, found the number 1"#
    );
    assert_eq!(
        error_of::<BTreeMap<String, bool>>(r#"{"":0}"#),
        r#"[""]: expected true or false, found the number 0"#
    );
}

#[test]
fn foreign_text_is_cut_and_escaped() {
    let long = json!({ "id": "1", "price": "x".repeat(10_000) }).to_string();
    let error = error_of::<Item>(&long);
    assert_eq!(
        error,
        format!(
            r#"price: expected a number, found the string "{}…""#,
            "x".repeat(60)
        )
    );
    let nasty = json!({ "id": "1", "price": "a\u{1b}[2J\u{202e}\r\n\0\"" }).to_string();
    assert_eq!(
        error_of::<Item>(&nasty),
        r#"price: expected a number, found the string "a\u{1b}[2J\u{202e}\r\n\0\"""#
    );
    let name = format!(r#"{{"{}":0}}"#, "n".repeat(1000));
    assert!(error_of::<BTreeMap<String, bool>>(&name).len() < 200);
}

#[test]
fn the_discriminator_selects_the_branch() {
    let team = json!({"type": "TEAM", "id": "7"});
    let owner = serde_json::from_value(team).unwrap();
    assert!(matches!(owner, Owner::Team(_)));
    let robot = json!({"type": "ROBOT", "arms": [1, 2]});
    let owner: Owner = serde_json::from_value(robot.clone()).unwrap();
    assert_eq!(owner, Owner::Unknown(robot.clone()));
    assert_eq!(serde_json::to_value(&owner).unwrap(), robot);
    assert_eq!(
        error_of::<Owner>(r#"{"type":"CONTACT"}"#),
        "name: is missing and required"
    );
}
