//! The generated client of the fixture `loopback` over a local socket: bodies of several kinds, raw bodies, and errors
//! by their status.

use std::future::Future;

use loopback::types::Item;
use loopback::{CallError, Client, DownloadResponse, RetryPolicy};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn run<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime with no settings").block_on(future)
}

/// Calls a server that answers one request, and returns the result and the head of the request in lower case.
async fn call<T>(reply: &str, call: impl AsyncFnOnce(Client) -> T) -> (T, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let reply = reply.to_owned();
    let server = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut bytes = vec![0; 16 * 1024];
        let count = socket.read(&mut bytes).await.unwrap();
        socket.write_all(reply.as_bytes()).await.unwrap();
        String::from_utf8_lossy(&bytes[..count]).to_ascii_lowercase()
    });
    let builder = Client::builder().base_url(format!("http://{address}"));
    let client = builder.retry(RetryPolicy::none()).build().unwrap();
    (call(client).await, server.await.unwrap())
}

/// `content-type` is left out if it is empty.
fn http(status: &str, content_type: &str, body: &str) -> String {
    let kind = match content_type {
        "" => String::new(),
        kind => format!("content-type: {kind}\r\n"),
    };
    format!("HTTP/1.1 {status}\r\n{kind}content-length: {}\r\n\r\n{body}", body.len())
}

#[test]
fn a_body_is_read_by_its_content_type() {
    run(async {
        let json = DownloadResponse::Json(json!({ "state": "made" }));
        let zip = |body: &'static str| DownloadResponse::Zip(body.into());
        let body = "{\"state\":\"made\"}";
        for (content_type, body, expected) in [
            ("application/zip", "PK\u{3}\u{4}", zip("PK\u{3}\u{4}")),
            ("application/zip", body, zip(body)),
            ("application/octet-stream", body, zip(body)),
            ("application/json", body, json.clone()),
            ("application/problem+json; charset=utf-8", body, json.clone()),
            ("", body, json.clone()),
        ] {
            let reply = http("200 OK", content_type, body);
            let (found, head) = call(&reply, async |client| client.download().await).await;
            assert_eq!(found.unwrap(), expected, "{content_type}");
            assert!(head.contains("\r\naccept: application/json, application/zip\r\n"), "{head}");
        }
        // only one of them
        let reply = http("200 OK", "application/zip", "PK");
        let (found, head) = call(&reply, async |client| {
            client.download().header("accept", "application/zip").await
        })
        .await;
        assert_eq!(found.unwrap(), zip("PK"));
        assert!(head.contains("\r\naccept: application/zip\r\n"), "{head}");
    });
}

#[test]
fn bytes_or_events() {
    run(async {
        let reply = http("200 OK", "application/octet-stream", "sound");
        let (found, head) = call(&reply, async |client| client.speech().await).await;
        assert_eq!(found.unwrap(), "sound");
        assert!(head.contains("\r\naccept: application/octet-stream\r\n"), "{head}");

        let reply = http("200 OK", "text/event-stream", "data: {\"id\":\"7\"}\n\n");
        let (found, head) = call(&reply, async |client| {
            client.speech_stream().await.unwrap().next().await
        })
        .await;
        assert_eq!(found.unwrap().unwrap().data, Item::new("7"));
        assert!(head.contains("\r\naccept: text/event-stream\r\n"), "{head}");
    });
}

#[test]
fn a_string_comes_as_text_or_as_json() {
    run(async {
        for (content_type, body) in [
            ("text/plain;charset=UTF-8", "hello"),
            ("application/json", "\"hello\""),
            ("application/json", "hello"),
            ("", "hello"),
        ] {
            let reply = http("200 OK", content_type, body);
            let (found, head) = call(&reply, async |client| client.hello().await).await;
            assert_eq!(found.unwrap(), "hello", "{content_type}");
            assert!(head.contains("\r\naccept: */*\r\n"), "{head}");
        }
        for (content_type, body) in [("text/plain", "hello"), ("application/json", "\"hello\"")] {
            let reply = http("200 OK", content_type, body);
            let (found, _) = call(&reply, async |client| client.name().await).await;
            assert_eq!(found.unwrap(), "hello", "{content_type}");
        }
    });
}

#[test]
fn an_error_is_read_for_the_statuses_that_declare_it() {
    run(async {
        let body = "{\"id\":\"7\",\"detail\":\"Not Found\"}";
        let reply = http("422 Unprocessable Entity", "application/json", body);
        let (found, _) = call(&reply, async |client| client.download().await).await;
        assert_eq!(found.unwrap_err().declared(), Some(&Item::new("7")));

        let reply = http("404 Not Found", "application/json", body);
        let (found, _) = call(&reply, async |client| client.download().await).await;
        let error = found.unwrap_err();
        assert_eq!(error.to_string(), "404 Not Found: Not Found; the status is not declared");
        assert_eq!((error.declared(), error.body().unwrap()), (None, &body.into()));

        // no error is declared at all
        let (found, _) = call(&reply, async |client| client.hello().await).await;
        let error = found.unwrap_err();
        assert_eq!((error.declared(), error.message()), (None, Some("Not Found")));

        // only `default`
        let (found, _) = call(&reply, async |client| client.state().await).await;
        assert_eq!(found.unwrap_err().declared(), Some(&Item::new("7")));
        let reply = http("201 Created", "application/json", body);
        let (found, _) = call(&reply, async |client| client.state().await).await;
        assert_eq!(found.unwrap(), Item::new("7"));

        let moved = "HTTP/1.1 302 Found\r\nlocation: /there\r\ncontent-length: 0\r\n\r\n";
        let (found, _) = call(moved, async |client| client.state().await).await;
        match found.unwrap_err() {
            CallError::Undeclared(reply) => assert_eq!(reply.headers["location"], "/there"),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn a_body_that_is_not_declared_can_be_read() {
    run(async {
        let reply = http("200 OK", "application/json", "{\"left\":3}");
        let (found, head) = call(&reply, async |client| client.ping().await).await;
        found.unwrap();
        assert!(head.contains("\r\ncontent-length: 0\r\n"), "{head}");
        let (found, _) = call(&reply, async |client| client.ping().bytes().await).await;
        assert_eq!(found.unwrap(), "{\"left\":3}");
        let (found, _) = call(&reply, async |client| {
            client.ping().json::<serde_json::Value>().send().await
        })
        .await;
        let found = found.unwrap();
        assert_eq!((found.status.as_u16(), found.body), (200, json!({ "left": 3 })));
        let (found, _) = call(&reply, async |client| client.speech_stream().bytes().await).await;
        assert_eq!(found.unwrap(), "{\"left\":3}");
    });
}
