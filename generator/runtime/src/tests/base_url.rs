//! Which servers a client may talk to, and where its requests then go.

use std::sync::Arc;

use super::block_on;
use crate::runtime::client::Client;
use crate::runtime::transport::Replay;

fn error_of(base_url: &str) -> String {
    let built = Client::builder()
        .base_url(base_url)
        .transport(Replay::new())
        .build();
    match built {
        Ok(client) => panic!("{base_url} was accepted: {client:?}"),
        Err(error) => error.to_string(),
    }
}

fn target(base_url: &str) -> String {
    let replay = Arc::new(Replay::new().reply(204, "text/plain", ""));
    let client = Client::builder()
        .base_url(base_url)
        .transport(replay.clone())
        .build()
        .unwrap();
    block_on(client.clear().into_future()).unwrap();
    replay.requests()[0].uri().to_string()
}

#[test]
fn the_path_is_a_prefix() {
    for (base_url, expected) in [
        ("https://api.example.com", "https://api.example.com/items"),
        ("https://api.example.com/", "https://api.example.com/items"),
        ("https://x.com/v2/api//", "https://x.com/v2/api/items"),
        (
            "HTTPS://API.Example.com:443",
            "https://api.example.com/items",
        ),
        ("https://x.com:8443/a%20b", "https://x.com:8443/a%20b/items"),
        ("https://[2001:db8::1]:9/", "https://[2001:db8::1]:9/items"),
    ] {
        assert_eq!(target(base_url), expected);
    }
}

#[test]
fn plain_http_is_for_this_machine() {
    for base_url in [
        "http://127.0.0.1:8080",
        "http://127.9.9.9",
        "http://[::1]:8080/x",
        "http://localhost:80",
        "http://LOCALHOST",
    ] {
        target(base_url);
    }
    for base_url in [
        "http://api.example.com",
        "http://10.0.0.1",
        "http://0.0.0.0",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://localhost.",
        "http://[::ffff:127.0.0.1]",
        "http://0x7f000001",
        "http://127.1",
    ] {
        assert!(error_of(base_url).contains("use https"), "{base_url}");
    }
}

#[test]
fn invalid_base_urls_are_rejected() {
    for (base_url, reason) in [
        ("", "no base URL"),
        ("api.example.com", "scheme and a host"),
        ("/v2", "scheme and a host"),
        ("ftp://x.com", "neither https nor http"),
        ("https://", "not a URL"),
        ("https://x.com?a=b", "query or a fragment"),
        ("https://x.com/#top", "query or a fragment"),
        ("https://user:pw@x.com", "user name or a password"),
        ("https://user@x.com", "user name or a password"),
        ("https://x.com:99999", "port"),
        ("https://x.com:", "port"),
        ("https://x%2ecom", "URL"),
        ("https://x.com/a/../b", "`.` or `..`"),
        ("https://x.com/a/./b", "`.` or `..`"),
        ("https://x.com/%2E%2e/b", "`.` or `..`"),
        ("https://x.com/.%2e", "`.` or `..`"),
        ("https://x.com/a b", "URL"),
        ("https://x.com/a\\..\\b", "URL"),
        ("https://x.com/\u{e4}", "URL"),
        ("https://x.com/\r\nx: y", "URL"),
        ("https://\u{e4}.com", "URL"),
        ("https://[::1", "URL"),
        ("https://[nope]", "URL"),
    ] {
        let error = error_of(base_url);
        assert!(error.contains(reason), "{base_url:?}: {error}");
    }
}

#[test]
fn the_error_does_not_contain_the_url() {
    let error = error_of("https://user:canary@x.com");
    assert!(!error.contains("canary"), "{error}");
}
