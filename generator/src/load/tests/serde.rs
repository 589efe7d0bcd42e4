//! Deserializing a tree into types.

use openapiv3::{Info, Operation, Parameter, ReferenceOr, Schema};
use serde::Deserialize;

use super::tree;
use crate::load::{Node, NodeError};
use crate::pointer::Pointer;

fn read<T: for<'de> Deserialize<'de>>(node: &Node) -> Result<T, NodeError> {
    T::deserialize(node)
}

#[test]
fn a_plain_number_is_a_string_where_a_string_is_expected() {
    let node = tree("a.yaml", "title: 017\nversion: 1.10\ndescription: no\n");
    let info: Info = read(&node).expect("an Info");
    assert_eq!((&*info.title, &*info.version), ("017", "1.10"));
    assert_eq!(info.description.as_deref(), Some("no"));
}

#[test]
fn objects_of_openapi_are_deserialized() {
    let node = tree(
        "a.yaml",
        "operationId: list\ntags: [a, b]\nparameters:\n- {in: query, name: limit, schema: {type: integer, minimum: 1, maximum: 100}}\n- {$ref: '#/x'}\nresponses:\n  '200': {description: ok}\n  default: {description: else}\n",
    );
    let operation: Operation = read(&node).expect("an Operation");
    assert_eq!(operation.operation_id.as_deref(), Some("list"));
    assert_eq!(operation.parameters.len(), 2);
    assert!(matches!(
        &operation.parameters[0],
        ReferenceOr::Item(Parameter::Query { .. })
    ));
    assert!(operation.responses.default.is_some());
    let schema: Schema = read(&tree(
        "a.yaml",
        "type: string\nenum: [a, b]\nnullable: true\n",
    ))
    .expect("a Schema");
    assert!(schema.schema_data.nullable);
}

#[test]
fn an_error_names_the_member() {
    let node = tree("a.yaml", "title: x\nversion: '1'\ncontact: {name: [a]}\n");
    let error = read::<Info>(&node).expect_err("a list is no name");
    assert_eq!(
        error.to_string(),
        "contact/name: invalid type: sequence, expected a string"
    );
    let at = error.pointer(&Pointer::root("a.yaml").child("info"));
    assert_eq!(at.to_string(), "a.yaml#/info/contact/name");
    let error = read::<Vec<Vec<u8>>>(&tree("a.yaml", "[[1], [2, x]]")).expect_err("x is no number");
    assert_eq!(
        error.to_string(),
        "1/1: invalid type: string \"x\", expected u8"
    );
}

#[test]
fn a_null_is_no_string_and_an_absent_option() {
    let error =
        read::<Info>(&tree("a.yaml", "title: ~\nversion: '1'\n")).expect_err("null is no title");
    assert!(
        error.to_string().starts_with("title: invalid type"),
        "{error}"
    );
    let info: Info = read(&tree(
        "a.yaml",
        "title: x\nversion: '1'\ndescription: null\n",
    ))
    .expect("an Info");
    assert_eq!(info.description, None);
}

#[test]
fn any_value_becomes_json() {
    let node = tree(
        "a.yaml",
        "a: [1, -1, 1.5, 18446744073709551615, true, ~, x]\nb: {c: {}}\n",
    );
    let value: serde_json::Value = read(&node).expect("any value is JSON");
    assert_eq!(value, node.to_json());
}
