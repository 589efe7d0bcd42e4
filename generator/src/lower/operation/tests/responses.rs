//! Responses: what a success gives, what is declared about failures, what is accepted, and streams.

use super::{at, operation, responses};
use crate::lower::tests::{Lowered, methods};
use crate::tests::assert_rows;

/// The responses (`200 json(Pet); 404 text/plain: {}; default`), and what the operation gives.
type Row = (&'static str, &'static str);

#[rustfmt::skip]
const BODIES: &[Row] = &[
    ("200", "()"),
    ("200 json(Pet)", "json Pet"),
    ("200 application/json: {}", "json Any"),
    ("200 application/problem+json: { schema: { $ref: Pet } }", "json Pet; accept application/problem+json"),
    ("200 '*/*': { schema: { $ref: Pet } }", "json Pet"),
    ("200 '*/*': { schema: { type: string } }", "text; accept */*"),
    ("200 '*/*': { schema: { type: string, enum: [a, b] } }", "json OpOk"),
    ("200 '*/*': { schema: { type: string, format: uuid } }", "json Uuid"),
    ("200 '*/*': {}", "json Any; accept application/json, text/plain"),
    ("200 'text/*': { schema: { type: string } }", "text; accept text/*"),
    ("200 'application/*': { schema: { type: string } }", "json String"),
    ("200 text/plain: { schema: { type: string } }", "text; accept text/plain"),
    ("200 application/xml: { schema: { $ref: Pet } }", "text; accept application/xml !OA0304"),
    ("200 application/octet-stream: {}", "bytes; accept application/octet-stream"),
    ("200 image/png: {}, image/jpeg: {}", "bytes; accept image/png, image/jpeg"),
    ("200 application/json: { schema: { type: string, format: binary } }", "bytes"),
    ("200 application/json: { schema: { type: string } }, text/plain: { schema: { type: string } }",
     "json String; accept application/json, text/plain"),
    ("200 json(Pet), text/plain: { schema: { type: string } }",
     "OpResponse { 200/Json = json Pet, 200/Text = text }; accept application/json, text/plain"),
    ("200 text/csv: { schema: { type: string } }, json(Pet)",
     "OpResponse { 200/Csv = text, 200/Json = json Pet }; accept application/json, text/csv"),
    ("200 application/json: { schema: {} }, application/zip: {}",
     "OpResponse { 200/Json = json Any, 200/Zip = bytes }; accept application/json, application/zip"),
    ("200 application/zip: {}, application/pdf: {}, application/json: {}",
     "OpResponse { 200/Bytes = bytes, 200/Json = json Any }; accept application/json, application/zip, \
      application/pdf"),
    ("200 application/octet-stream: {}, '*/*': { schema: { $ref: Pet } }",
     "OpResponse { 200/Bytes = bytes, 200/Json = json Pet }; accept application/json, application/octet-stream"),
    ("200 text/csv: {}, application/octet-stream: {}",
     "OpResponse { 200/Csv = text, 200/Bytes = bytes }; accept text/csv, application/octet-stream"),
    ("200 'application/json, v=1': { schema: { $ref: Pet } }", "json Pet; accept application/json; v=1"),
    ("200 picture: {}", "bytes; accept */*"),
    ("200 json(Pet), application/json+x: { schema: { type: object } }", "json Pet !OA0303"),
    ("200 text/csv: {}, text/html: {}", "text; accept text/csv, text/html"),
    ("200 json(Pet), application/xml: { schema: { $ref: Pet } }", "json Pet"),
    ("200 json(Pet), application/xml: {}", "json Pet !OA0303"),
    ("200 application/json: { schema: { type: array, items: { $ref: Pet } } }, \
      text/plain: { schema: { type: array, items: { $ref: Pet } } }", "json List<Pet>"),
    ("200 application/vnd.a+json: { schema: { $ref: Cat } }, json(Pet)", "json Pet !OA0303"),
    ("200 application/vnd.a+json: { schema: { $ref: Pet } }, application/vnd.b+json: { schema: { $ref: Pet } }",
     "json Pet; accept application/vnd.a+json"),
    ("200 application/json: { schema: { type: [object, 'null'], properties: { a: { type: string } } } }",
     "json Nullable<OpOk>"),
    ("204 json(Pet)", "() !OA0303"),
    ("204", "()"),
    ("", "bytes"),
];

#[rustfmt::skip]
const OUTCOMES: &[Row] = &[
    ("200 json(Pet); 201 json(Pet)", "json Pet"),
    ("200 json(Pet); 204", "OpResponse { 200/Ok = json Pet, 204/NoContent = () }"),
    ("200 json(Pet); 202 json(Cat)", "OpResponse { 200/Ok = json Pet, 202/Accepted = json Cat }"),
    ("2XX json(Pet)", "json Pet"),
    ("2XX json(Pet); 200 json(Cat)", "OpResponse { 200/Ok = json Cat, 2XX/Success = json Pet }"),
    ("default json(Pet)", "json Pet; failure json Pet"),
    ("200 json(Pet), application/zip: {}; 202 json(Pet)",
     "OpResponse { 200/OkJson = json Pet, 200/OkZip = bytes, 202/Accepted = json Pet }; accept application/json, \
      application/zip"),
    ("200 json(Pet); 404 text/plain: {}, json(Problem)", "json Pet; failure json Problem !OA0303"),
    ("200 json(Pet); default text/plain: {}, json(Problem)", "json Pet; failure json Problem !OA0303"),
    ("200 json(Pet); default json(Problem)", "json Pet; failure json Problem"),
    ("200 json(Pet); 404 json(Problem); 500 json(Problem)", "json Pet; failure json Problem"),
    ("200 json(Pet); 404 json(Problem); 500",
     "json Pet; failure OpError { 404/NotFound = json Problem, 500/InternalServerError = () }"),
    ("200 json(Pet); 404 json(Problem); 4XX text/plain: {}; default json(Pet)",
     "json Pet; failure OpError { 404/NotFound = json Problem, 4XX/ClientError = text, default/Default = json \
      Pet }; accept application/json, text/plain"),
    ("404 json(Problem)", "bytes; failure json Problem"),
    ("404 json(Problem); default json(Pet)",
     "json Pet; failure OpError { 404/NotFound = json Problem, default/Default = json Pet }"),
    ("200 json(Pet); 302", "json Pet"),
    ("200 json(Pet); 304 json(Problem)", "json Pet !OA0303"),
    ("100 json(Pet); 200", "() !OA0303"),
    ("200 json(Pet); 404 application/problem+json: { schema: { $ref: Problem } }",
     "json Pet; failure json Problem; accept application/json, application/problem+json"),
    ("200 text/plain: {}; 404 json(Problem)", "text; failure json Problem; accept text/plain, application/json"),
    ("3XX", "bytes"),
    ("200 application/json: { schema: { type: object, properties: { a: { type: string } } } }; 201 \
      application/json: { schema: { type: object, properties: { b: { type: string } } } }",
     "OpResponse { 200/Ok = json OpOk, 201/Created = json OpCreated }"),
];

#[rustfmt::skip]
const STREAMS: &[Row] = &[
    ("200 text/event-stream: {}", "events String; accept text/event-stream"),
    ("200 text/event-stream: { schema: { $ref: Pet } }", "events Pet; accept text/event-stream"),
    ("200 text/event-stream: { itemSchema: { $ref: Pet } }", "events Pet; accept text/event-stream"),
    ("200 text/event-stream: { itemSchema: { properties: { data: { type: string } } } }",
     "events String; accept text/event-stream"),
    ("200 text/event-stream: { itemSchema: { properties: { data: { type: string, contentMediaType: \
      application/json, contentSchema: { $ref: Pet } } } } }",
     "events Pet; accept text/event-stream"),
    ("200 application/x-ndjson: {}", "lines Any; accept application/x-ndjson"),
    ("200 application/jsonl: { schema: { $ref: Pet } }", "lines Pet; accept application/jsonl"),
    ("200 application/jsonl: { schema: { type: array, items: { $ref: Pet } } }", "lines Pet; accept application/jsonl"),
    ("200 json(Pet), text/event-stream: { schema: { $ref: Cat } }",
     "json Pet; op_stream text/event-stream events Cat"),
    ("200 text/event-stream: { schema: { $ref: Cat } }, json(Pet)",
     "json Pet; op_stream text/event-stream events Cat"),
    ("200 text/event-stream: {}, text/plain: {}",
     "text; accept text/plain; op_stream text/event-stream events String"),
    ("200 application/octet-stream: {}, text/event-stream: {}",
     "bytes; accept application/octet-stream; op_stream text/event-stream events String"),
    ("200 text/event-stream: {}, application/jsonl: {}",
     "events String; accept text/event-stream; op_stream application/jsonl lines Any"),
    ("200 json(Pet), text/event-stream: {}, application/jsonl: {}",
     "json Pet; op_stream text/event-stream events String !OA0303"),
    ("200 json(Pet), application/zip: {}, text/event-stream: {}",
     "OpResponse { 200/Json = json Pet, 200/Zip = bytes }; accept application/json, application/zip; op_stream \
      text/event-stream events String"),
    ("200 json(Pet), text/event-stream: {}; 202 json(Cat)",
     "OpResponse { 200/Ok = json Pet, 202/Accepted = json Cat }; op_stream text/event-stream events String"),
    ("default text/event-stream: {}", "events String; failure text; accept text/event-stream"),
    ("200 text/event-stream: {}; 204", "events String; accept text/event-stream"),
    ("200 text/event-stream: {}; 201 json(Pet)",
     "OpResponse { 200/Ok = text, 201/Created = json Pet }; accept text/event-stream, application/json !OA0303"),
    ("200 json(Pet); 400 text/event-stream: {}",
     "json Pet; failure text; accept application/json, text/event-stream !OA0304"),
];

fn outcomes(lowered: &Lowered) -> String {
    let operation = lowered.api.operations.first();
    let operation = operation.expect("the operation has a method");
    methods::outcomes(&lowered.api, operation) + &lowered.codes()
}

fn assert_outcomes(rows: &[Row]) {
    assert_rows(rows.iter().map(|(declared, expected)| {
        let lowered = operation(&responses("content", declared));
        (*declared, outcomes(&lowered), *expected)
    }));
}

#[test]
fn a_response_is_read_by_its_media_type() {
    assert_outcomes(BODIES);
}

#[test]
fn statuses_are_successes_or_failures() {
    assert_outcomes(OUTCOMES);
}

#[test]
fn a_stream_is_read_while_it_arrives() {
    assert_outcomes(STREAMS);
}

#[test]
fn a_response_to_head_has_no_body() {
    let lowered = at("head", "/pets", &responses("content", "200 json(Pet)"));
    assert_eq!(outcomes(&lowered), "() !OA0303");
}
