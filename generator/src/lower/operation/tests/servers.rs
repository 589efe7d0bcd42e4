//! Servers: where all operations are sent, and where one is sent of its own.

use super::document;
use crate::lower::tests::methods;
use crate::tests::assert_rows;

/// The servers of the document, those of the operation, and where it is sent.
type Row = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const SERVERS: &[Row] = &[
    ("[]", "[]", "-"),
    ("[{ url: 'https://a.example' }]", "[]", "https://a.example"),
    ("[{ url: 'https://a.example/v1/' }]", "[]", "https://a.example/v1"),
    ("[{ url: 'http://a.example' }, { url: 'https://b.example' }]", "[]", "https://b.example"),
    ("[{ url: 'http://localhost:80' }, { url: 'https://b.example' }]", "[]", "http://localhost:80"),
    ("[{ url: '/v1' }]", "[]", "- /v1"),
    ("[{ url: '/v1' }, { url: 'https://a.example' }]", "[]", "https://a.example"),
    ("[{ url: 'http://a.example' }, { url: '/v1' }]", "[]", "- /v1"),
    ("[{ url: / }]", "[]", "-"),
    ("[{ url: 'https://a.example/v1?a=1#b' }]", "[]", "https://a.example/v1 !OA0307"),
    ("[{ url: '/v1#b' }]", "[]", "- /v1 !OA0307"),
    ("[{ url: 'https://{r}.a.example', variables: { r: { default: eu, enum: [eu, us] } } }]", "[]",
     "https://eu.a.example"),
    ("[{ url: 'https://{r}.a.example' }]", "[]", "- !OA0307"),
    ("[{ url: 'https://{r}.a.example', variables: { r: { default: de, enum: [eu, us] } } }]", "[]",
     "https://de.a.example !OA0307"),
    ("[{ url: 'wss://a.example' }]", "[]", "- !OA0307"),
    ("[{ url: 'https://a.example/v1' }]", "[{ url: 'https://b.example' }]", "https://a.example/v1; https://b.example"),
    ("[{ url: 'https://a.example/v1' }]", "[{ url: 'https://a.example/v1' }]", "https://a.example/v1"),
    ("[{ url: 'https://a.example/v1' }]", "[{ url: '/auth' }]", "https://a.example/v1; /v1 -> /auth"),
    ("[{ url: 'https://a.example/v1' }]", "[{ url: '/v1' }]", "https://a.example/v1"),
    ("[{ url: '/v1' }]", "[{ url: '/auth' }]", "- /v1; /v1 -> /auth"),
    ("[]", "[{ url: 'https://b.example' }]", "https://b.example"),
    ("[]", "[{ url: '/auth' }]", "-;  -> /auth"),
    ("[{ url: 'https://a.example' }]", "[{ url: 'https://{gone}.example' }]", "https://a.example !OA0307"),
];

#[test]
fn the_first_server_that_can_be_called_is_the_base_url() {
    assert_rows(SERVERS.iter().map(|(all, own, expected)| {
        let path = format!("  /a:\n    get:\n      operationId: a\n      servers: {own}\n");
        let lowered = document(&format!("servers: {all}\npaths:\n{path}"));
        let operation = lowered.api.operations.first();
        let found = operation.map(|one| methods::server(&lowered.api, one));
        let found = found.expect("the operation has a method");
        (
            format!("{all} | {own}"),
            found + &lowered.codes(),
            *expected,
        )
    }));
}
