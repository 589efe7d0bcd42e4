//! What a branch of an `allOf` says about `null` and formats holds for the whole.

use allof_annotations::types::{Owner, OwnerEither, OwnerSeen};
use serde_json::{Value, json};

fn read(value: Value) -> Owner {
    serde_json::from_value(value).expect("the document allows this value")
}

#[track_caller]
fn assert_same(value: Value) {
    let written = serde_json::to_value(read(value.clone())).expect("every value can be written");
    assert_eq!(written, value);
}

#[test]
fn null_is_read_and_written_as_null() {
    assert_same(json!({ "first": null, "second": null, "third": null, "all": [null, { "name": "Rex" }] }));
    assert_same(json!({ "first": { "name": "Rex" } }));
    assert!(serde_json::from_value::<Owner>(json!({})).is_err());
}

#[test]
fn a_format_without_a_type_is_about_strings_only() {
    let seen = |value: Value| read(json!({ "first": null, "seen": value })).seen;
    assert!(matches!(seen(json!("2024-01-01T00:00:00Z")), Some(OwnerSeen::DateTime(_))));
    for other in [json!("today"), json!(5), json!({ "a": [1] }), json!(null)] {
        assert!(matches!(seen(other.clone()), Some(OwnerSeen::Any(_))), "{other}");
        assert_same(json!({ "first": null, "seen": other }));
    }
}

#[test]
fn a_format_is_about_the_strings_among_several_types() {
    let either = |value: Value| read(json!({ "first": null, "either": value })).either;
    assert!(matches!(either(json!("2024-01-01")), Some(OwnerEither::Date(_))));
    assert!(matches!(either(json!(3)), Some(OwnerEither::Integer(3))));
}
