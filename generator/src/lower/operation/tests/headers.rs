//! Headers of responses: a constant for each, shared where declarations are alike.

use super::{document, responses};
use crate::lower::tests::methods;
use crate::tests::assert_rows;

/// The responses of `get /a` and of `get /b`, and the headers of both.
type Row = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const HEADERS: &[Row] = &[
    ("200 X-Next: { schema: { type: string } }", "", "success X_NEXT: String? / -"),
    ("200 X-Next: { required: true, schema: { type: integer } }", "", "success X_NEXT: i64! / -"),
    ("200 Link: { content: { application/json: { schema: { $ref: Pet } } } }", "", "success LINK: Pet? json / -"),
    ("200 X-Map: { explode: true, schema: { type: object, additionalProperties: { type: string } } }", "",
     "success X_MAP: Map<String>? * / -"),
    ("200 Content-Type: { schema: { type: string } }", "", "- / -"),
    ("200 x-next: { schema: { type: string } }; 404 X-Next: { schema: { type: string } }, Retry-After: { \
      schema: { type: integer } }", "",
     "success X_NEXT: String?; failure RETRY_AFTER: i64?, X_NEXT: String? / -"),
    ("200 X-A: { schema: { type: string } }", "200 X-A: { schema: { type: string } }",
     "success X_A: String? / success X_A: String?"),
    ("200 X-A: { schema: { type: string } }", "200 X-A: { schema: { type: integer } }",
     "success A_X_A: String? / success B_X_A: i64? !OA0403"),
    ("200 X-A: { schema: { type: string } }; 404 X-A: { schema: { type: integer } }", "",
     "success A_200_X_A: String?; failure A_404_X_A: i64? / - !OA0403"),
    ("200 X-A: { schema: { type: string } }, X_A: { schema: { type: string } }", "",
     "success X_A: String?, X_A_UNDERSCORE: String? / - !OA0404"),
    ("302 Location: { schema: { type: string } }", "", "failure LOCATION: String? / -"),
];

#[test]
fn a_header_is_a_constant() {
    assert_rows(HEADERS.iter().map(|(first, second, expected)| {
        let operation = |name: &str, declared: &str| {
            let responses = responses("headers", declared);
            format!("  /{name}:\n    get: {{ operationId: {name}, {responses} }}\n")
        };
        let paths = operation("a", first) + &operation("b", second);
        let lowered = document(&format!("paths:\n{paths}"));
        let headers = lowered.api.operations.iter();
        let headers = headers.map(|one| methods::headers(&lowered.api, one));
        let found = headers.collect::<Vec<_>>().join(" / ");
        (
            format!("{first} | {second}"),
            found + &lowered.codes(),
            *expected,
        )
    }));
}
