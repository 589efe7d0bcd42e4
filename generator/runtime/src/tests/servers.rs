//! Requests of operations that have a server of their own.

use super::sample::SERVICE;
use crate::runtime::call::Call;
use crate::runtime::client::ClientBuilder;
use crate::runtime::request::RequestBuilder;
use crate::runtime::response;
use crate::runtime::transport::Replay;

/// Where a request goes from a client with this base URL, or why it does not.
fn target(base_url: Option<&str>, make: fn(RequestBuilder) -> RequestBuilder) -> String {
    let builder = ClientBuilder::new(&SERVICE).transport(Replay::new());
    let builder = match base_url {
        Some(url) => builder.base_url(url),
        None => builder,
    };
    let request = RequestBuilder::new(&builder.build().unwrap(), "GET", "/files");
    let call: Call<(), ()> = make(request).call(response::empty, response::empty);
    match call.request() {
        Ok(request) => request.uri().to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_server_of_its_own_counts_until_the_caller_names_one() {
    let uploads = |request: RequestBuilder| request.server("https://uploads.example.com/v1");
    assert_eq!(
        target(None, uploads),
        "https://uploads.example.com/v1/files"
    );
    let same = Some(SERVICE.base_url);
    assert_eq!(
        target(same, uploads),
        "https://uploads.example.com/v1/files"
    );
    let local = Some("http://127.0.0.1:8080/x");
    assert_eq!(target(local, uploads), "http://127.0.0.1:8080/x/files");
}

#[test]
fn a_server_without_tls_is_rejected() {
    let found = target(None, |request| request.server("http://uploads.example.com"));
    assert!(found.contains("use https"), "{found}");
}

#[test]
fn another_path_replaces_the_one_that_all_others_have() {
    let root = |request: RequestBuilder| request.server_path("/api/v2", "");
    for (base_url, expected) in [
        ("https://a.example/api/v2", "https://a.example/files"),
        ("https://a.example/eu/api/v2/", "https://a.example/eu/files"),
        // a caller with a path of another kind means the server
        ("https://a.example/other", "https://a.example/files"),
        ("https://a.example", "https://a.example/files"),
    ] {
        assert_eq!(target(Some(base_url), root), expected);
    }
    let auth = |request: RequestBuilder| request.server_path("/api", "/auth");
    let found = target(Some("https://a.example/eu/api"), auth);
    assert_eq!(found, "https://a.example/eu/auth/files");
}
