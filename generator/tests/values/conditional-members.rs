//! Members that a schema names for some values only are read and written.

use conditional_members::types::{Labelled, Order};
use serde_json::{Value, json};

#[track_caller]
fn assert_same<T: serde::de::DeserializeOwned + serde::Serialize>(value: Value) {
    let read: T = serde_json::from_value(value.clone()).expect("the document allows this value");
    let written = serde_json::to_value(read).expect("every value can be written");
    assert_eq!(written, value);
}

#[test]
fn members_of_a_condition_are_optional() {
    assert_same::<Order>(json!({ "kind": "parcel", "weight": 1.5 }));
    assert_same::<Order>(json!({ "kind": "letter", "pages": 3 }));
    assert_same::<Order>(json!({ "kind": "letter", "coupon": "x", "expires": "2024-01-01" }));
    assert_same::<Labelled>(json!({ "kind": "letter", "fragile": true }));
    let order = Order::new("parcel").with_weight(2.5);
    let written = serde_json::to_value(order).expect("every value can be written");
    assert_eq!(written, json!({ "kind": "parcel", "weight": 2.5 }));
}
