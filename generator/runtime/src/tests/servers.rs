//! Requests of operations that have a server of their own.

use super::sample::SERVICE;
use crate::runtime::call::Call;
use crate::runtime::client::ClientBuilder;
use crate::runtime::request::RequestBuilder;
use crate::runtime::response;
use crate::runtime::service::Service;
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

/// A description whose server is the path `/api/v3`.
const RELATIVE: Service = Service {
    base_url: "",
    base_path: "/api/v3",
    ..SERVICE
};

#[test]
fn a_server_that_is_only_a_path_is_joined_to_the_base_url() {
    let url = |base_url: &str, make: fn(RequestBuilder) -> RequestBuilder| {
        let builder = ClientBuilder::new(&RELATIVE).transport(Replay::new());
        let client = builder.base_url(base_url).build().unwrap();
        let request = make(RequestBuilder::new(&client, "GET", "/pets"));
        let call: Call<(), ()> = request.call(response::empty, response::empty);
        call.request().unwrap().uri().to_string()
    };
    for (base_url, expected) in [
        ("https://a.example", "https://a.example/api/v3/pets"),
        ("https://a.example/", "https://a.example/api/v3/pets"),
        ("https://a.example/eu", "https://a.example/eu/api/v3/pets"),
        ("https://a.example/api/v3", "https://a.example/api/v3/pets"),
        (
            "https://a.example/eu/api/v3/",
            "https://a.example/eu/api/v3/pets",
        ),
        (
            "https://a.example/my-api/v3",
            "https://a.example/my-api/v3/api/v3/pets",
        ),
    ] {
        assert_eq!(url(base_url, |request| request), expected);
    }
    let auth = |request: RequestBuilder| request.server_path("/api/v3", "/auth");
    assert_eq!(
        url("https://a.example/eu", auth),
        "https://a.example/eu/auth/pets"
    );
    let none = ClientBuilder::new(&RELATIVE)
        .transport(Replay::new())
        .build();
    let reason = none.unwrap_err().to_string();
    assert!(
        reason.contains("only a path, so set `base_url`"),
        "{reason}"
    );
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
