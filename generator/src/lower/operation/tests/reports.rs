//! What of an operation cannot be sent or read is reported, at its place.

use super::at;
use crate::lower::tests::assert_reports;

/// The HTTP method, members of the operation `op` at `/a`, and what is reported, each as `code place: part of the
/// message`.
type Row = (&'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const REPORTS: &[Row] = &[
    ("get", "parameters: [{ name: Host, in: header, schema: { type: string } }]",
     &["OA0303 /paths/~1a/get/parameters/0: the header `Host` frames a message"]),
    ("get", "parameters: [{ name: id, in: path, required: true, schema: { type: string } }]",
     &["OA0209 /paths/~1a/get/parameters/0: the path `/a` has no `{id}`"]),
    ("get", "parameters: [{ name: q, in: query, content: { text/csv: { schema: { $ref: Pet } } } }]",
     &["OA0304 /paths/~1a/get/parameters/0/content/text~1csv/schema: a value of `text/csv` is text here"]),
    ("get", "parameters: [{ name: a-b, in: query, schema: {} }, { name: a_b, in: query, schema: {} }]",
     &["OA0404 /paths/~1a/get/parameters/0: so this one is `a_b_dash`"]),
    ("post", "requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: array, items: {} } } } }",
     &["OA0301 /paths/~1a/post: `op` has no method: a form has members, and this one is an array"]),
    ("post", "requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: integer } } } }",
     &["OA0301 /paths/~1a/post: `op` has no method: a form has members, and this one is a number"]),
    ("post", "requestBody: { content: { nonsense: {} } }",
     &["OA0301 /paths/~1a/post: `op` has no method: `nonsense` is no media type"]),
    ("post", "requestBody: { content: { text/csv: { schema: { $ref: Pet } } } }",
     &["OA0304 /paths/~1a/post/requestBody/content/text~1csv: a body of this media type is text or bytes here"]),
    ("post", "requestBody: { content: { application/xml: { schema: { $ref: Pet } } } }",
     &["OA0304 /paths/~1a/post/requestBody/content/application~1xml: a body of XML is text here"]),
    ("get", "responses: { '200': { description: a, content: { application/xml: { schema: { $ref: Pet } } } } }",
     &["OA0304 /paths/~1a/get/responses/200/content/application~1xml: a body of XML is text here"]),
    ("get", "responses: { '200': { description: a, content: { application/json: { schema: { $ref: Pet } }, \
      text/csv: { schema: { $ref: Cat } } } } }",
     &["OA0303 /paths/~1a/get/responses/200/content/text~1csv: only `application/json` is requested"]),
    ("get", "responses: { '204': { description: a, content: { application/json: {} } } }",
     &["OA0303 /paths/~1a/get/responses/204/content: HTTP has no body with status 204"]),
    ("get", "responses: { '302': { description: a, content: { application/json: {} } } }",
     &["OA0303 /paths/~1a/get/responses/302/content: a body of status 302 is not read"]),
    ("get", "responses: { '200': { description: a, content: { text/event-stream: {} } }, '201': { description: \
      a, content: { application/json: {} } } }",
     &["OA0303 /paths/~1a/get/responses/200: another success has another type"]),
    ("get", "responses: { '400': { description: a, content: { text/event-stream: {} } } }",
     &["OA0304 /paths/~1a/get/responses/400: as text, since it is a failure"]),
    ("get", "security: [{ gone: [] }]", &["OA0305 /paths/~1a/get/security/0/gone: there is no security scheme `gone`"]),
    ("get", "servers: [{ url: 'ftp://a.example' }]",
     &["OA0307 /paths/~1a/get/servers/0/url: `ftp://a.example` is nothing that HTTP can call"]),
];

#[test]
fn what_is_not_sent_or_read_is_reported() {
    assert_reports(REPORTS.iter().map(|(method, members, expected)| {
        (
            format!("{method} {members}"),
            at(method, "/a", members),
            *expected,
        )
    }));
}
