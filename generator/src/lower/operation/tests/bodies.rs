//! Request bodies: media types, the choice among them, parts and styles of members.

use super::{media_types, operation};
use crate::lower::tests::methods;
use crate::tests::assert_rows;

/// The content of the request body, and what is sent.
type Row = (&'static str, &'static str);

#[rustfmt::skip]
const KINDS: &[Row] = &[
    ("json(Pet)", "json Pet?"),
    ("application/json: {}", "json Any?"),
    ("application/json; charset=utf-8: { schema: { $ref: Pet } }", "json application/json; charset=utf-8 Pet?"),
    ("application/merge-patch+json: { schema: { $ref: Pet } }", "json application/merge-patch+json Pet?"),
    ("'*/*': { schema: { $ref: Pet } }", "json Pet?"),
    ("'*/*': { schema: { type: string, format: binary } }", "bytes of */*?"),
    ("'application/json, v=1.0': { schema: { $ref: Pet } }", "json application/json; v=1.0 Pet? !OA0204"),
    ("'application/json, text/json; v=1': { schema: { $ref: Pet } }", "json Pet? !OA0204"),
    ("application/json;v=1.0: { schema: { $ref: Pet } }", "json application/json;v=1.0 Pet?"),
    ("form: { schema: { type: string } }", "text application/x-www-form-urlencoded?"),
    ("application/json: { schema: { type: string, format: binary } }", "bytes application/json?"),
    ("application/json: { schema: { type: [object, 'null'], properties: { a: { type: string } } } }",
     "json Nullable<OpRequest>?"),
    ("form: { schema: { $ref: Pet } }", "form Pet?"),
    ("form: { schema: { type: object, additionalProperties: { type: string } } }", "form Map<String>?"),
    ("form: { schema: { type: object, properties: { a: { type: array, items: { type: string } } } }, encoding: \
      { a: { explode: false } } }",
     "form OpForm [form a]?"),
    ("form: { schema: { type: object, properties: { a: { type: object } } }, encoding: { a: { style: deepObject \
      } } }",
     "form OpForm [deep* a]?"),
    ("form: { schema: { type: object, properties: { a: { $ref: Pet } } }, encoding: { a: { contentType: \
      application/json } } }",
     "form OpForm [json a]?"),
    ("text/plain: { schema: { type: string } }", "text text/plain?"),
    ("text/plain: {}", "text text/plain?"),
    ("text/csv: { schema: { $ref: Pet } }", "text text/csv? !OA0304"),
    ("application/yaml: {}", "text application/yaml?"),
    ("text/*: {}", "text text/plain?"),
    ("application/xml: { schema: { $ref: Pet } }", "text application/xml? !OA0304"),
    ("application/octet-stream: {}", "bytes application/octet-stream?"),
    ("application/octet-stream: { schema: { type: string, format: binary } }", "bytes application/octet-stream?"),
    ("image/png: {}", "bytes image/png?"),
    ("image/*: {}", "bytes of image/*?"),
    ("application/vnd.made-up: { schema: { type: string } }", "text application/vnd.made-up?"),
    ("application/vnd.made-up: {}", "bytes application/vnd.made-up?"),
    ("application/x-ndjson: { schema: { $ref: Pet } }", "text application/x-ndjson? !OA0304"),
    ("application/pdf: { schema: { $ref: Pet } }", "bytes application/pdf? !OA0304"),
];

#[rustfmt::skip]
const CHOICES: &[Row] = &[
    ("json(Pet), text/plain: {}", "OpBody { Json = json Pet, Text = text text/plain }?"),
    ("text/plain: {}, json(Pet)", "OpBody { Json = json Pet, Text = text text/plain }?"),
    ("json(Pet), application/vnd.api+json: { schema: { $ref: Pet } }", "json Pet?"),
    ("json(Pet), application/vnd.api+json: { schema: { $ref: Cat } }",
     "OpBody { Json = json Pet, VndApiJson = json application/vnd.api+json Cat }?"),
    ("json(Pet), '*/*': { schema: { $ref: Pet } }", "json Pet?"),
    ("application/octet-stream: {}, '*/*': { schema: { type: string, format: binary } }",
     "OpBody { Bytes = bytes application/octet-stream, Any = bytes of */* }?"),
    ("image/*: {}, audio/*: {}", "OpBody { Image = bytes of image/*, Audio = bytes of audio/* }?"),
    ("application/json;v=1: { schema: { $ref: Pet } }, json(Pet)", "json Pet?"),
    ("json(Pet), form: { schema: { type: array } }", "json Pet? !OA0308"),
    ("json(Pet), json: { schema: { $ref: Pet } }", "json Pet? !OA0308"),
    ("image/png: {}, image/jpeg: {}", "OpBody { Png = bytes image/png, Jpeg = bytes image/jpeg }?"),
    ("json(Pet), form: { schema: { $ref: Pet } }, parts: { schema: { $ref: Pet } }",
     "OpBody { Json = json Pet, Form = form Pet, Multipart = multipart/form-data OpParts { name: String! } }?"),
    ("application/vnd.a.b: {}, application/vnd-a-b: {}, application/vnd_a_b: {}",
     "OpBody { VndAB = bytes application/vnd.a.b, ApplicationVndAB = bytes application/vnd-a-b, VndAB2 = bytes \
      application/vnd_a_b }? !OA0404"),
    ("application/json: { schema: { type: object, properties: { a: { type: string } } } }, application/x+json: \
      { schema: { type: object, properties: { b: { type: string } } } }",
     "OpBody { Json = json OpRequest, XJson = json application/x+json OpRequestXJson }?"),
];

#[rustfmt::skip]
const PARTS: &[Row] = &[
    ("parts: {}", "parts multipart/form-data?"),
    ("parts: { schema: { type: object } }", "parts multipart/form-data?"),
    ("parts: { schema: { $ref: Pet } }", "multipart/form-data OpParts { name: String! }?"),
    ("multipart/mixed: { schema: { $ref: Pet } }", "multipart/mixed OpParts { name: String! }?"),
    ("parts: { schema: { type: object, required: [file], properties: { file: { type: string, format: binary } } \
      } }",
     "multipart/form-data OpParts { file: file application/octet-stream! }?"),
    ("parts: { schema: { type: object, properties: { files: { type: array, items: { type: string, format: \
      binary } } } } }",
     "multipart/form-data OpParts { files: files application/octet-stream? }?"),
    ("parts: { schema: { type: object, properties: { file: { type: string } } }, encoding: { file: { \
      contentType: image/png } } }",
     "multipart/form-data OpParts { file: file image/png? }?"),
    ("parts: { schema: { type: object, properties: { file: { type: string, format: binary } } }, encoding: { \
      file: { contentType: 'image/png, image/jpeg' } } }",
     "multipart/form-data OpParts { file: file image/png? }?"),
    ("parts: { schema: { type: object, properties: { pet: { $ref: Pet }, tags: { type: array, items: { type: \
      string } } } } }",
     "multipart/form-data OpParts { pet: Pet?, tags: List<String>? }?"),
    ("parts: { schema: { type: object, properties: { pet: { $ref: Pet } } }, encoding: { pet: { contentType: \
      application/json } } }",
     "multipart/form-data OpParts { pet: Pet application/json? }?"),
    ("parts: { schema: { type: object, properties: { pet: { $ref: Pet } } }, encoding: { pet: { contentType: \
      application/xml } } }",
     "multipart/form-data OpParts { pet: file application/xml? }? !OA0304"),
    ("parts: { schema: { type: object, properties: { tags: { type: array, items: { type: string } } } }, \
      encoding: { tags: { style: form, explode: false } } }",
     "multipart/form-data OpParts { tags: List<String>? form }?"),
    ("parts: { schema: { type: object, required: [a], properties: { a: { type: string } } }, encoding: { a: { \
      headers: { X-Id: { required: true, schema: { type: string } }, Content-Type: { schema: { type: string } } \
      } } } }",
     "multipart/form-data OpParts { a: String! + X-Id/a_x_id: String! }?"),
    ("parts: { schema: { type: object, properties: { a: { type: string } } }, encoding: { a: { headers: { \
      Content-Disposition: { schema: { type: string } } } } } }",
     "multipart/form-data OpParts { a: String? }? !OA0303"),
    ("parts: { schema: { type: object, properties: { a: { type: string } }, additionalProperties: true } }",
     "multipart/form-data OpParts { a: String?, ..additional_parts }?"),
    ("parts: { schema: { type: object, properties: { a-b: { type: string }, a_b: { type: string } } } }",
     "multipart/form-data OpParts { a-b/a_b_dash: String?, a_b: String? }? !OA0404"),
    ("parts: { schema: { allOf: [{ $ref: Pet }, { properties: { file: { type: string, format: binary } } }] } }",
     "multipart/form-data OpParts { name: String!, file: file application/octet-stream? }?"),
    ("parts: { schema: { properties: { a: { type: string } }, oneOf: [{ $ref: Pet }, { $ref: Cat }] } }",
     "multipart/form-data OpParts { a: String?, name: String?, lives: i64? }? !OA0302"),
    ("parts: { schema: { anyOf: [{ $ref: Pet }, { type: 'null' }] } }",
     "multipart/form-data OpParts { name: String! }?"),
    ("parts: { schema: { type: object, properties: { file: { type: [string, 'null'], format: binary } } } }",
     "multipart/form-data OpParts { file: file application/octet-stream? }?"),
    ("parts: { schema: { type: object, properties: { file: { type: string, contentMediaType: image/png } } } }",
     "multipart/form-data OpParts { file: file image/png? }?"),
];

/// The schema and the encoding of a part `a`, and its kind.
#[rustfmt::skip]
const FILES: &[(&str, &str, &str)] = &[
    ("{ type: string, format: binary }", "", "file application/octet-stream?"),
    ("{ $ref: File }", "", "file application/octet-stream?"),
    ("{ type: string, format: binary, nullable: true }", "", "file application/octet-stream?"),
    ("{ type: [string, 'null'], format: binary }", "", "file application/octet-stream?"),
    ("{ allOf: [{ $ref: File }] }", "", "file application/octet-stream?"),
    ("{ allOf: [{ $ref: File }, { description: A photo. }], nullable: true }", "", "file application/octet-stream?"),
    ("{ allOf: [{ type: string }, { format: binary }] }", "", "file application/octet-stream?"),
    ("{ anyOf: [{ $ref: File }, { type: 'null' }] }", "", "file application/octet-stream?"),
    ("{ oneOf: [{ type: 'null' }, { type: string, contentMediaType: image/png }] }", "", "file image/png?"),
    ("{ type: string, contentMediaType: text/csv }", "", "file text/csv?"),
    ("{ contentMediaType: image/* }", "", "file application/octet-stream?"),
    ("{ type: string, contentMediaType: image/png, contentEncoding: base64 }", "", "Base64?"),
    ("{ type: string, format: byte }", "", "Base64?"),
    ("{ type: array, items: { $ref: File } }", "", "files application/octet-stream?"),
    ("{ type: array, items: { anyOf: [{ $ref: File }, { type: 'null' }] } }", "", "files application/octet-stream?"),
    ("{ anyOf: [{ type: array, items: { $ref: File } }, { type: 'null' }] }", "", "files application/octet-stream?"),
    ("{ type: [array, 'null'], items: { type: string, contentMediaType: audio/ogg } }", "", "files audio/ogg?"),
    ("{ anyOf: [{ $ref: File }, { type: string }] }", "", "file or text application/octet-stream?"),
    ("{ anyOf: [{ $ref: File }, { type: integer }, { type: 'null' }] }", "", "file or text application/octet-stream?"),
    ("{ oneOf: [{ $ref: File }, { type: array, items: { $ref: File } }] }", "", "files application/octet-stream?"),
    ("{ type: array, items: { anyOf: [{ $ref: File }, { type: string }] } }", "", "files or texts application/octet-stream?"),
    ("{ oneOf: [{ $ref: File }, { type: array, items: { type: string } }] }", "", "files or texts application/octet-stream?"),
    ("{ anyOf: [{ $ref: File }, { $ref: Pet }] }", "", "file or text application/octet-stream? !OA0304"),
    ("{ anyOf: [{ type: string }, { type: 'null' }] }", "image/png", "file image/png?"),
    ("{ type: array, items: { type: string } }", "image/png", "files image/png?"),
    ("{ type: string, contentMediaType: image/png }", "image/webp", "file image/webp?"),
    ("{ type: string, contentMediaType: image/png }", "image/*", "file image/png?"),
    ("{ $ref: File }", "image/*, image/webp", "file image/webp?"),
    ("{ anyOf: [{ type: string }, { type: integer }] }", "image/png", "file image/png? !OA0304"),
    ("{ type: array, items: { type: array, items: { $ref: File } } }", "", "List<List<File>>?"),
];

fn assert_bodies(rows: &[Row]) {
    assert_rows(rows.iter().map(|(content, expected)| {
        let lowered = operation(&format!(
            "requestBody: {{ content: {{ {} }} }}",
            media_types(content)
        ));
        let body = lowered
            .api
            .operations
            .iter()
            .find_map(|one| one.body.as_ref());
        let found = body.map_or("-".to_owned(), |body| methods::body(&lowered.api, body));
        (*content, found + &lowered.codes(), *expected)
    }));
}

#[test]
fn a_body_is_sent_by_its_media_type() {
    assert_bodies(KINDS);
}

#[test]
fn several_media_types_are_a_choice() {
    assert_bodies(CHOICES);
}

#[test]
fn files_are_seen_through_options_lists_and_references() {
    assert_rows(FILES.iter().map(|(schema, media_type, expected)| {
        let encoding = match *media_type {
            "" => String::new(),
            name => format!(", encoding: {{ a: {{ contentType: '{name}' }} }}"),
        };
        let parts = format!(
            "multipart/form-data: {{ schema: {{ type: object, properties: {{ a: {schema} }} }}{encoding} }}"
        );
        let lowered = operation(&format!("requestBody: {{ content: {{ {parts} }} }}"));
        let body = lowered.api.operations.first().and_then(|one| one.body.as_ref());
        let found = body.map_or("-".to_owned(), |body| methods::body(&lowered.api, body));
        let found = found
            .trim_start_matches("multipart/form-data OpParts { a: ")
            .trim_end_matches(" }?");
        let row = format!("{schema} {media_type}");
        (row, format!("{found}{}", lowered.codes()), *expected)
    }));
}

#[test]
fn parts_are_files_or_values() {
    assert_bodies(PARTS);
}
