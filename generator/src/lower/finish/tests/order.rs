//! The order of components, paths and members of `components` says nothing about the result.

use super::HEAD;
use crate::ir::Api;
use crate::lower::tests::{lowered, with_references};

/// Components that lead to one another in all ways, with inline schemas of their own.
#[rustfmt::skip]
const COMPONENTS: [&str; 6] = [
    "Pet: { type: object, required: [owner], properties: { owner: { $ref: Owner }, size: { type: integer } } }",
    "Owner: { properties: { pets: { type: array, items: { $ref: Pet } }, home: { properties: { street: {} } } } }",
    "Animal: { oneOf: [{ $ref: Pet }, { $ref: Owner }, { properties: { kind: { const: wild } } }] }",
    "Merged: { allOf: [{ $ref: Pet }, { properties: { tag: { enum: [x, y] }, next: { $ref: Merged } } }] }",
    "Forest: { type: array, items: { $ref: Forest } }",
    "Zoo: { $ref: Animal }",
];

/// Operations of two tags, the bodies of which are in `BODIES`.
#[rustfmt::skip]
const OPERATIONS: [&str; 4] = [
    "/pets: { get: { operationId: list, tags: [b], responses: { '200': { description: a, content: PETS } } } }",
    "/zoo: { put: { operationId: replace, tags: [a], requestBody: { content: ZOO } } }",
    "/forest: { post: { operationId: plant, tags: [b], security: [{ key: [] }], requestBody: { content: FOREST } } }",
    "/merged: { get: { operationId: merged, responses: { '200': { description: a, content: MERGED } } } }",
];

/// The bodies by their names.
const BODIES: [(&str, &str); 4] = [
    ("PETS", "{ type: array, items: { $ref: Pet } }"),
    ("ZOO", "{ $ref: Zoo }"),
    ("FOREST", "{ $ref: Forest }"),
    ("MERGED", "{ $ref: Merged }"),
];

fn api(components: &[&str], operations: &[&str]) -> Api {
    let mut operations = operations.join("\n  ");
    for (name, schema) in BODIES {
        operations = operations.replace(
            name,
            &format!("{{ application/json: {{ schema: {schema} }} }}"),
        );
    }
    let operations = with_references(&operations);
    let components = with_references(&components.join("\n    "));
    let schemes = "securitySchemes:\n    key: { type: apiKey, in: header, name: X-Key }\n";
    let lowered = lowered(&format!(
        "{HEAD}paths:\n  {operations}\ncomponents:\n  schemas:\n    {components}\n  {schemes}"
    ));
    assert!(lowered.diagnostics.is_empty(), "{:?}", lowered.reports());
    lowered.api
}

/// Returns all orders of some items.
fn orders<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let each = (0..items.len()).flat_map(|index| {
        let mut others = items.to_vec();
        let first = others.remove(index);
        orders(&others).into_iter().map(move |mut order| {
            order.insert(0, first.clone());
            order
        })
    });
    each.collect()
}

#[test]
fn any_order_of_components_gives_the_same_api() {
    let expected = api(&COMPONENTS, &OPERATIONS);
    let all = orders(&COMPONENTS);
    assert_eq!(all.len(), 720);
    for order in all.iter().step_by(7) {
        assert_eq!(api(order, &OPERATIONS), expected, "{order:#?}");
    }
}

#[test]
fn any_order_of_paths_gives_the_same_api() {
    let expected = api(&COMPONENTS, &OPERATIONS);
    let all = orders(&OPERATIONS);
    assert_eq!(all.len(), 24);
    for order in &all {
        assert_eq!(api(&COMPONENTS, order), expected, "{order:#?}");
    }
}
