//! Security: alternatives of schemes, and the names of the methods that set them.

use super::document_with;
use crate::lower::tests::{assert_reports, methods};
use crate::tests::assert_rows;

/// The security of the document, the operation's own, and the credentials with the schemes in use.
type Row = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const ALTERNATIVES: &[Row] = &[
    ("[]", "", "-"),
    ("[{ bearer: [] }]", "", "token; token/bearer_token: bearer"),
    ("[{ basic: [] }]", "", "basic; basic/basic_basic: basic"),
    ("[{ oauth: [read] }]", "", "token; token/oauth_token: bearer"),
    ("[{ oidc: [] }]", "", "token; token/oidc_token: bearer"),
    ("[{ key: [] }]", "", "api_key; api_key/key_api_key: header X-Key"),
    ("[{ bearer: [] }, { key: [] }]", "", "token | api_key; token/bearer_token: bearer; api_key/key_api_key: header \
      X-Key"),
    ("[{ bearer: [], key: [] }]", "", "token & api_key; token/bearer_token: bearer; api_key/key_api_key: header \
      X-Key"),
    ("[{ bearer: [] }, {}]", "", "token | none; token/bearer_token: bearer"),
    ("[{ bearer: [] }]", "[]", "-"),
    ("[{ bearer: [] }]", "[{}]", "none"),
    ("[{ bearer: [] }]", "[{ basic: [] }]", "basic; basic/basic_basic: basic"),
    ("[{ bearer: [] }, { oauth: [] }]", "", "bearer_token | oauth_token; bearer_token: bearer; oauth_token: bearer"),
    ("[{ key: [], cookie: [] }]", "",
     "key_api_key & cookie_api_key; key_api_key: header X-Key; cookie_api_key: cookie sid"),
    ("[{ bearer: [] }, { bearer: [] }]", "", "token; token/bearer_token: bearer"),
    ("[{ BearerToken: [] }]", "", "token; token/bearer_token_token: bearer"),
    ("[{ token: [] }]", "", "token; token/token_token: bearer"),
    ("[{ BearerToken: [], bearer: [] }]", "",
     "bearer_token_token & bearer_token; bearer_token: bearer; bearer_token_token: bearer"),
    ("[{ token: [], oauth: [] }]", "", "token_token & oauth_token; oauth_token: bearer; token_token: bearer"),
    ("[{ gone: [] }]", "", "- !OA0305"),
    ("[{ gone: [] }, { bearer: [] }]", "", "token; token/bearer_token: bearer !OA0305"),
    ("[{ gone: [], bearer: [] }]", "", "token; token/bearer_token: bearer !OA0305"),
    ("[{ gone: [], bearer: [] }, { key: [] }]", "",
     "api_key | token; token/bearer_token: bearer; api_key/key_api_key: header X-Key !OA0305"),
    ("[{ certificate: [] }]", "", "-"),
    ("[{ certificate: [], key: [] }]", "", "api_key; api_key/key_api_key: header X-Key"),
    ("[{ digest: [] }]", "", "-"),
];

/// The schemes of the document.
const SCHEMES: &str = "
  securitySchemes:
    bearer: { type: http, scheme: bearer }
    basic: { type: http, scheme: Basic }
    oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: https://a.example/token, scopes: {} } } }
    oidc: { type: openIdConnect, openIdConnectUrl: https://a.example/oidc }
    key: { type: apiKey, in: header, name: X-Key }
    BearerToken: { type: http, scheme: bearer }
    token: { type: http, scheme: bearer }
    cookie: { type: apiKey, in: cookie, name: sid }
    certificate: { type: mutualTLS }
    digest: { type: http, scheme: digest }
";

#[test]
fn alternatives_are_sets_of_schemes() {
    assert_rows(ALTERNATIVES.iter().map(|(all, own, expected)| {
        let own_line = if own.is_empty() {
            String::new()
        } else {
            format!("      security: {own}\n")
        };
        let path = format!("  /a:\n    get:\n      operationId: a\n{own_line}");
        let lowered = document_with(&format!("security: {all}\npaths:\n{path}"), SCHEMES);
        let operation = lowered.api.operations.first();
        let credentials = operation.map(|one| methods::credentials(&lowered.api, one));
        let credentials = credentials.expect("the operation has a method");
        let undeclared = lowered
            .reports()
            .iter()
            .filter(|one| one.contains("there is no"))
            .count();
        let schemes = methods::schemes(&lowered.api);
        let parts = [credentials, schemes]
            .into_iter()
            .filter(|part| !part.is_empty());
        let found = parts.collect::<Vec<_>>().join("; ") + &" !OA0305".repeat(undeclared);
        (format!("{all} | {own}"), found, *expected)
    }));
}

#[test]
fn schemes_that_a_client_does_not_send_by_itself_are_reported() {
    let lowered = document_with("paths: {}\n", SCHEMES);
    let expected: &[&str] = &[
        "OA0305 /components/securitySchemes/certificate: a kind that a client does not send by itself",
        "OA0305 /components/securitySchemes/digest: a kind that a client does not send by itself",
        "OA0305 /components/securitySchemes/oidc: does not get one",
    ];
    assert_reports([("no operations", lowered, expected)]);
}
