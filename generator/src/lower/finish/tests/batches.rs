//! Batches of `codegen.yaml` that the document does not have: one misfit a row.

use super::HEAD;
use crate::lower::tests::{Lowered, assert_reports, lowered_with};
use crate::options::{Batch, BatchErrors, BatchResults, Options};

/// What is wrong in `codegen.yaml`, and what is reported about it.
type Row = (&'static str, fn(&mut Batch), &'static [&'static str]);

const DOCUMENT: &str = "
paths:
  /things:
    post:
      operationId: upsert
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Input' } } } }
      responses:
        '200': { description: a, content: { application/json: { schema: { $ref: '#/components/schemas/Output' } } } }
components:
  schemas:
    Input: { required: [inputs], properties: { inputs: { $ref: '#/components/schemas/Things' }, note: { type: string } } }
    Output:
      properties:
        results: { $ref: '#/components/schemas/Things' }
        errors: { type: array, items: { $ref: '#/components/schemas/Problem' } }
        count: { type: integer }
    Things: { type: array, items: { $ref: '#/components/schemas/Thing' } }
    Thing:
      required: [id]
      properties:
        id: { type: string }
        new: { type: boolean }
        size: { type: integer }
        maybe: { type: [string, 'null'] }
    Problem: { properties: { ids: { type: array, items: { type: string } }, message: { type: string } } }
";

fn fitting() -> Batch {
    let path = |members: &[&str]| {
        members
            .iter()
            .map(|one| (*one).to_owned())
            .collect::<Vec<_>>()
    };
    Batch {
        items: "inputs".to_owned(),
        at_most: 10,
        correlation: "id".to_owned(),
        identity: path(&["id"]),
        ignore_case: false,
        results: BatchResults {
            at: "results".to_owned(),
            correlation: path(&["id"]),
            new: Some("new".to_owned()),
        },
        errors: Some(BatchErrors {
            at: "errors".to_owned(),
            correlation: path(&["ids"]),
            message: Some(path(&["message"])),
            passing: None,
        }),
    }
}

#[rustfmt::skip]
const MISFITS: &[Row] = &[
    ("items: input", |batch| batch.items = "input".to_owned(),
     &["error OA0508 /paths/~1things/post: `Input` has no member `input`"]),
    ("items: note", |batch| batch.items = "note".to_owned(),
     &["error OA0508 /paths/~1things/post: the body requires `inputs`, too"]),
    ("correlation: gone", |batch| batch.correlation = "gone".to_owned(),
     &["error OA0508 /paths/~1things/post: `Thing` has no member `gone`"]),
    ("correlation: size", |batch| batch.correlation = "size".to_owned(),
     &["error OA0508 /paths/~1things/post: the member `size` is not a string"]),
    ("correlation: maybe", |batch| batch.correlation = "maybe".to_owned(),
     &["error OA0508 /paths/~1things/post: the member `maybe` can be absent and `null`, which mean different things"]),
    ("identity: [gone, size]", |batch| batch.identity = vec!["gone".to_owned(), "size".to_owned()],
     &[
        "error OA0508 /paths/~1things/post: `Thing` has no member `gone`",
        "error OA0508 /paths/~1things/post: the member `size` is not a string",
     ]),
    ("results.at: gone", |batch| batch.results.at = "gone".to_owned(),
     &["error OA0508 /paths/~1things/post: no success has a member `gone`"]),
    ("results.at: count", |batch| batch.results.at = "count".to_owned(),
     &["error OA0508 /paths/~1things/post: the member `count` is not an array"]),
    ("results.correlation: [size]", |batch| batch.results.correlation = vec!["size".to_owned()],
     &["error OA0508 /paths/~1things/post: the path `size` does not lead to a string"]),
    ("results.new: id", |batch| batch.results.new = Some("id".to_owned()),
     &["error OA0508 /paths/~1things/post: the member `id` is not a boolean"]),
    ("errors.at: results2", |batch| errors(batch).at = "results2".to_owned(),
     &["error OA0508 /paths/~1things/post: no success has a member `results2`"]),
    ("errors.correlation: [message, x]", |batch| errors(batch).correlation = vec!["message".to_owned(), "x".to_owned()],
     &["error OA0508 /paths/~1things/post: the value that should have the member `x` is not an object"]),
    ("errors.message: [ids]", |batch| errors(batch).message = Some(vec!["ids".to_owned()]),
     &["error OA0508 /paths/~1things/post: the path `ids` does not lead to a string"]),
];

fn errors(batch: &mut Batch) -> &mut BatchErrors {
    batch.errors.as_mut().expect("the batch has errors")
}

fn with(change: fn(&mut Batch)) -> Lowered {
    let mut batch = fitting();
    change(&mut batch);
    lowered_with(&format!("{HEAD}{DOCUMENT}"), |options: &mut Options| {
        options.batches.insert("upsert".to_owned(), batch);
    })
}

#[test]
fn a_batch_that_the_document_has_is_made() {
    let lowered = with(|_| {});
    assert!(lowered.diagnostics.is_empty(), "{:?}", lowered.reports());
    let batch = lowered
        .api
        .operations
        .first()
        .and_then(|one| one.batch.as_ref());
    let batch = batch.expect("the operation is a batch");
    assert_eq!(
        (
            batch.name.as_str(),
            batch.items.rust.as_str(),
            batch.at_most
        ),
        ("UpsertBatch", "inputs", 10)
    );
}

#[test]
fn each_misfit_is_reported_and_there_is_no_batch() {
    assert_reports(MISFITS.iter().map(|(label, change, expected)| {
        let lowered = with(*change);
        assert!(
            lowered.api.operations.iter().all(|one| one.batch.is_none()),
            "{label}"
        );
        (*label, lowered, *expected)
    }));
}
