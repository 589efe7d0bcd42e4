//! The rows about types, their names, and how they are read and written.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Debug;

use chrono::{DateTime, Utc};
use hubspot_products::{
    BatchResponse, BatchResponseWithErrors, BatchStatus, ErrorDetail, Product, StandardError,
    UpsertBatch, UpsertInput, ValueWithTimestamp, Warning, types,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{done, partial, product, rejection, replaying};
use crate::input;

/// Reads a value, writes it, and expects to see it again.
fn there_and_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: Value) -> T {
    let read: T = serde_json::from_value(value.clone()).expect("it reads");
    assert_eq!(serde_json::to_value(&read).expect("it writes"), value);
    let text = serde_json::to_string(&read).expect("it writes");
    assert_eq!(serde_json::from_str::<T>(&text).expect("it reads"), read);
    read
}

fn complaint<T: DeserializeOwned + Debug>(value: &Value) -> String {
    serde_json::from_str::<T>(&value.to_string())
        .expect_err("it does not fit")
        .to_string()
}

#[test]
fn names() {
    // A schema called `Error` keeps its name; an equal enum in two places is one type.
    let error: types::Error = serde_json::from_value(rejection()).expect("it reads");
    assert_eq!(error.message, "Too many inputs.");
    let done: BatchResponse = serde_json::from_value(done()).expect("it reads");
    let partial: BatchResponseWithErrors = serde_json::from_value(partial()).expect("it reads");
    assert_eq!(done.status, partial.status);
    // The root exports the types of `types`, not others of the same name.
    let batch: types::UpsertBatch = UpsertBatch::new([]);
    assert!(batch.inputs.is_empty());
    // `in` is a keyword of Rust and `new` is not; on the wire both stay what they are.
    there_and_back::<ErrorDetail>(json!({"message": "Wrong.", "in": "inputs[0].id"}));
    there_and_back::<Product>(json!({
        "id": "1", "properties": {}, "createdAt": "2026-03-02T09:15:30Z",
        "updatedAt": "2026-03-02T09:15:30Z", "archived": false, "new": true
    }));
}

fn is_plain<T: Debug + Clone + PartialEq + Send + Sync + Serialize + DeserializeOwned + 'static>() {
}

#[test]
fn types() {
    is_plain::<types::Error>();
    is_plain::<BatchResponse>();
    is_plain::<BatchResponseWithErrors>();
    is_plain::<BatchStatus>();
    is_plain::<ErrorDetail>();
    is_plain::<Product>();
    is_plain::<StandardError>();
    is_plain::<UpsertBatch>();
    is_plain::<UpsertInput>();
    is_plain::<ValueWithTimestamp>();
    is_plain::<Warning>();

    // `new` takes what is required in the document's order, in any convenient form.
    let name = String::from("name");
    let input = UpsertInput::new("SKU-1", vec![(name, "Widget")]);
    assert_eq!(
        (
            input.id_property.as_ref(),
            input.object_write_trace_id.as_ref()
        ),
        (None, None)
    );
    let mut input = input
        .with_id_property("hs_sku")
        .with_object_write_trace_id("row-0");
    input
        .properties
        .insert("price".to_owned(), "9.99".to_owned()); // fields are public
    let copy = input.clone();
    assert_eq!(copy, input);
    assert!(format!("{input:?}").contains("SKU-1"));
    assert_eq!(UpsertBatch::new(Some(input)).inputs, [copy]);

    let product: Product = serde_json::from_value(product()).expect("it reads");
    let created: DateTime<Utc> = product.created_at;
    assert_eq!(created.timestamp_subsec_millis(), 118);
    let properties: &BTreeMap<String, Option<String>> = &product.properties;
    assert_eq!(properties["price"], None);
}

#[test]
fn enums() {
    for text in [
        "PENDING",
        "PROCESSING",
        "CANCELED",
        "COMPLETE",
        "PAUSED",
        "",
    ] {
        let status: BatchStatus = there_and_back(json!(text));
        assert_eq!((status.as_str(), status.to_string().as_str()), (text, text));
        assert_eq!(
            text.parse::<BatchStatus>().expect("any text is a status"),
            status
        );
        let listed = !matches!(status, BatchStatus::Unknown(_));
        assert_eq!(listed, !matches!(text, "PAUSED" | ""), "{status:?}");
    }
    let statuses = HashSet::from([
        BatchStatus::Pending,
        BatchStatus::Complete,
        BatchStatus::Pending,
    ]);
    let mut statuses: Vec<_> = statuses.into_iter().collect();
    statuses.sort();
    assert_eq!(statuses.len(), 2);
    let found = complaint::<BatchStatus>(&json!(7));
    assert!(found.contains("found the number 7"), "{found}");
}

#[test]
fn reading_and_writing() {
    there_and_back::<UpsertBatch>(json!({"inputs": [
        {"id": "SKU-1", "properties": {"price": "9.99"}, "idProperty": "hs_sku", "objectWriteTraceId": "row-0"},
        {"id": "SKU-2", "properties": {}}
    ]}));
    there_and_back::<types::Error>(json!({
        "message": "Wait.", "correlationId": "aeb5f871-7f07-4993-9211-075dc63e7cbf", "status": "error",
        "errorType": "RATE_LIMIT", "policyName": "DAILY", "groupName": "x", "links": {"a": "b"},
        "subCategory": "X", "context": {"ids": ["1", "2"]}, "errors": [{"message": "a", "code": "b"}]
    }));
    let error: StandardError = there_and_back(json!({
        "status": "error", "category": "CONFLICT", "message": "It is taken.",
        "context": {"existingId": ["7"]}, "subCategory": {"any": [1, 1.5, "thing", null]}
    }));
    assert_eq!(
        error.sub_category,
        Some(json!({"any": [1, 1.5, "thing", null]}))
    );
    there_and_back::<ValueWithTimestamp>(json!({
        "value": "1", "timestamp": "2026-03-02T09:15:30Z", "sourceType": "API", "updatedByUserId": 7
    }));
    there_and_back::<Warning>(json!({"category": "a", "message": "b", "context": {"c": "d"}}));
}

#[test]
fn reading_is_lenient_where_it_can_be() {
    let mut body = product();
    body["url"] = Value::Null; // as good as absent
    body["archivedAt"] = json!("2026-03-02T10:15:30+01:00");
    body["tomorrow"] = json!({"deep": [[[]]]});
    body["propertiesWithHistory"] = json!({"price": [{
        "value": "1", "timestamp": "2026-03-02T09:15:30+0000", "sourceType": "API", "updatedByUserId": 7.0
    }]});
    let product: Product = serde_json::from_value(body).expect("it reads");
    assert_eq!(product.url, None);
    assert_eq!(
        product.archived_at.map(|at| at.to_rfc3339()).as_deref(),
        Some("2026-03-02T09:15:30+00:00")
    );
    let history = &product.properties_with_history.expect("it came")["price"];
    assert_eq!(history[0].updated_by_user_id, Some(7));
}

#[test]
fn decoding_errors_have_a_path_and_a_reason() {
    let mut body = done();
    let spoilt = [
        ("archived", json!("no"), r#"found the string "no""#),
        (
            "createdAt",
            json!("yesterday"),
            r#"found the string "yesterday""#,
        ),
        ("properties", json!([]), "found an array"),
        ("id", Value::Null, "found null"),
        ("objectWriteTraceId", json!(7), "found the number 7"),
    ];
    for (member, value, found) in spoilt {
        body["results"] = json!([product(), product()]);
        body["results"][1][member] = value;
        let complaint = complaint::<BatchResponse>(&body);
        for part in [&format!("results[1].{member}: expected "), found] {
            assert!(complaint.contains(part), "{complaint}");
        }
    }
    let twice = r#"{"id":"1","properties":{},"id":"1"}"#;
    let complaint = serde_json::from_str::<UpsertInput>(twice)
        .expect_err("twice")
        .to_string();
    assert!(complaint.contains("id: is duplicate"), "{complaint}");
    let twice = r#"{"id":"1","properties":{"a":"b","a":"b"}}"#;
    let complaint = serde_json::from_str::<UpsertInput>(twice)
        .expect_err("twice")
        .to_string();
    assert!(
        complaint.contains("properties.a: is duplicate"),
        "{complaint}"
    );
}

#[test]
fn constraints() {
    // `maxItems: 100` is for people to read and for the server to check.
    let (client, _) = replaying(200, &done());
    let batch = UpsertBatch::new((0..101).map(|number| input(&number.to_string(), ("price", "1"))));
    let call = client.upsert_products(&batch);
    let request = call.request().expect("its parts are right");
    let sent: Value = serde_json::from_slice(request.body()).expect("JSON");
    assert_eq!(sent["inputs"].as_array().map(Vec::len), Some(101));
}
