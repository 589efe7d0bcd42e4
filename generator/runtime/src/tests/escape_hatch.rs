//! `Client::send`: requests of the caller's own, with credentials that stay at home.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};

use super::block_on;
use crate::runtime::client::Client;
use crate::runtime::error::CallError;
use crate::runtime::transport::Replay;

fn client(base_url: &str) -> (Client, Arc<Replay>) {
    let replay = Arc::new(Replay::from_fn(|_| {
        let reply = Response::builder().status(201).header("x-a", "b");
        Ok(reply.body(Bytes::from_static(b"done")).unwrap())
    }));
    let client = Client::builder()
        .base_url(base_url)
        .token("t")
        .query_key("k")
        .header("x-tenant", "7")
        .transport(replay.clone())
        .build()
        .unwrap();
    (client, replay)
}

fn get(uri: &str) -> Request<Bytes> {
    Request::get(uri).body(Bytes::new()).unwrap()
}

#[test]
fn a_path_is_below_the_base_url_and_carries_the_credentials() {
    let (client, replay) = client("https://api.example.com/v2");
    let reply = block_on(client.send(get("/things?x=1")).send()).unwrap();
    assert_eq!(reply.status, 201);
    assert_eq!(reply.headers["x-a"], "b");
    assert_eq!(reply.body, "done");
    let request = &replay.requests()[0];
    assert_eq!(
        request.uri(),
        "https://api.example.com/v2/things?x=1&hapikey=k"
    );
    assert_eq!(request.headers()["authorization"], "Bearer t");
    assert_eq!(request.headers()["x-tenant"], "7");
    assert!(request.headers().contains_key("user-agent"));
}

#[test]
fn a_whole_url_has_to_have_the_same_origin() {
    let (client, replay) = client("https://api.example.com/v2");
    for uri in [
        "https://api.example.com/other",
        "https://API.example.com:443/other",
    ] {
        block_on(client.send(get(uri)).into_future()).unwrap();
    }
    assert_eq!(replay.requests().len(), 2);
    for uri in [
        "https://evil.example.com/",
        "https://api.example.com:8443/",
        "https://api.example.com.evil.com/",
        "http://api.example.com/",
        "http://127.0.0.1/",
        "https://api.example.com@evil.com/",
        "https://user:pw@api.example.com/",
        "https://api.example.com/a/../b",
        "/a/%2e%2e/b",
        "/..",
    ] {
        let error = block_on(client.send(get(uri)).into_future()).unwrap_err();
        assert!(matches!(error, CallError::Request(_)), "{uri}: {error}");
    }
    assert_eq!(replay.requests().len(), 2, "nothing went elsewhere");
}

#[test]
fn headers_of_the_request_win() {
    let (client, replay) = client("https://api.example.com");
    let request = Request::post("/x")
        .header("authorization", "Bearer other")
        .header("x-tenant", "8")
        .body(Bytes::from_static(b"raw"))
        .unwrap();
    block_on(client.send(request).into_future()).unwrap();
    let request = &replay.requests()[0];
    assert_eq!(request.headers()["authorization"], "Bearer other");
    assert_eq!(request.headers()["x-tenant"], "8");
    assert_eq!(request.headers().get_all("x-tenant").iter().count(), 1);
    assert_eq!(
        (request.method().as_str(), &request.body()[..]),
        ("POST", &b"raw"[..])
    );
}

#[test]
fn cookies_are_joined() {
    let replay = Arc::new(Replay::new().reply(200, "text/plain", ""));
    let client = Client::builder().cookie_key("s1").transport(replay.clone());
    let request = Request::get("/x").header("cookie", "theme=dark");
    let request = request.body(Bytes::new()).unwrap();
    block_on(client.build().unwrap().send(request).into_future()).unwrap();
    let headers = replay.requests()[0].headers().clone();
    let cookies: Vec<_> = headers.get_all("cookie").iter().collect();
    assert_eq!(cookies, ["theme=dark; session=s1"]);
    assert!(cookies[0].is_sensitive());
}

#[test]
fn the_transport_frames_the_message() {
    let (client, replay) = client("https://api.example.com");
    let request = Request::post("/x").header("content-length", "0");
    let request = request.body(Bytes::from_static(b"raw")).unwrap();
    assert!(block_on(client.send(request).into_future()).is_err());
    assert!(replay.requests().is_empty());
}

#[test]
fn a_failure_keeps_its_body_and_its_message() {
    let replay = Replay::new()
        .reply(404, "application/json", r#"{"message":"no such thing"}"#)
        .reply(302, "text/html", "");
    let client = Client::builder().transport(replay).build().unwrap();
    let error = block_on(client.send(get("/x")).into_future()).unwrap_err();
    assert_eq!(error.to_string(), "404 Not Found: no such thing");
    assert_eq!(error.declared(), error.body());
    let error = block_on(client.send(get("/x")).into_future()).unwrap_err();
    assert!(matches!(error, CallError::Undeclared(_)));
}
