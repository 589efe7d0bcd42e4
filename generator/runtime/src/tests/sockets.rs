//! The default transport against a raw socket that misbehaves.

#[cfg(feature = "gzip")]
use std::io::Write;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::block_on;
use super::sample::{Item, ItemResponse};
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::error::CallError;
use crate::runtime::transport::TransportErrorKind;

/// Accepts connections, reads a request's head from each, and hands it to `answer`.
async fn server<F, A>(answer: F) -> (SocketAddr, JoinHandle<()>)
where
    F: Fn(TcpStream, String) -> A + Send + 'static,
    A: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut head = vec![0; 16 * 1024];
            let count = socket.read(&mut head).await.unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..count]).into_owned();
            answer(socket, head).await;
        }
    });
    (address, task)
}

fn builder(address: SocketAddr) -> ClientBuilder {
    Client::builder()
        .token("t")
        .base_url(format!("http://{address}"))
}

/// Serves the same bytes to each request and then holds or closes the connection.
async fn serving(bytes: Vec<u8>, hold: bool) -> (SocketAddr, JoinHandle<()>) {
    server(move |mut socket, _| {
        let bytes = bytes.clone();
        async move {
            let _ = socket.write_all(&bytes).await;
            if hold {
                tokio::spawn(async move {
                    tokio::time::sleep(Duration::from_secs(20)).await;
                    drop(socket);
                });
            }
        }
    })
    .await
}

fn http(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut reply =
        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n").into_bytes();
    reply.extend_from_slice(body);
    reply
}

#[test]
fn a_whole_exchange() {
    block_on(async {
        let (address, task) = server(|mut socket, head| async move {
            let head = head.to_ascii_lowercase();
            let good = head.starts_with("put /v2/items/1 http/1.1\r\n")
                && head.contains("authorization: bearer t\r\n")
                && !head.contains("referer");
            let status = if good { "200 OK" } else { "500 Bad" };
            let json = "content-type: application/json\r\n";
            let _ = socket
                .write_all(&http(status, json, br#"{"id":"7"}"#))
                .await;
        })
        .await;
        let client = Client::builder()
            .token("t")
            .base_url(format!("http://{address}/v2/"))
            .build()
            .unwrap();
        let call = client.put_item(&Item::default());
        let response = tokio::spawn(call.into_future()).await.unwrap().unwrap();
        assert!(matches!(response, ItemResponse::Ok(item) if item.id == "7"));
        task.abort();
    });
}

#[test]
fn no_answer_ends_at_the_deadline() {
    block_on(async {
        let (address, task) = serving(Vec::new(), true).await;
        let client = builder(address).build().unwrap();
        let start = Instant::now();
        let call = client.page().deadline(Duration::from_millis(80));
        let error = call.await.unwrap_err();
        assert!(
            error.is_timeout() && error.may_have_been_applied(),
            "{error:?}"
        );
        assert!(matches!(error, CallError::Transport(_)));
        assert!(start.elapsed() < Duration::from_secs(3));
        task.abort();
    });
}

#[test]
fn a_body_that_never_ends_ends_at_the_time_out() {
    block_on(async {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nonly this".to_vec();
        let (address, task) = serving(head, true).await;
        let client = builder(address)
            .attempt_timeout(Duration::from_millis(80))
            .build()
            .unwrap();
        let start = Instant::now();
        let error = client.page().await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(error.status().unwrap(), 200);
        assert!(start.elapsed() < Duration::from_secs(3));
        task.abort();
    });
}

#[test]
fn a_body_that_trickles_ends_at_the_time_out() {
    block_on(async {
        let (address, task) = server(|mut socket, _| async move {
            tokio::spawn(async move {
                let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n";
                let mut open = socket.write_all(head).await.is_ok();
                while open {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                    open = socket.write_all(b"x").await.is_ok();
                }
            });
        })
        .await;
        let client = builder(address).build().unwrap();
        let start = Instant::now();
        let call = client.page().deadline(Duration::from_millis(100));
        assert!(call.await.unwrap_err().is_timeout());
        assert!(start.elapsed() < Duration::from_secs(3));
        task.abort();
    });
}

#[test]
fn a_body_that_breaks_off_is_interrupted() {
    block_on(async {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nonly this".to_vec();
        let (address, task) = serving(head, false).await;
        let client = builder(address).build().unwrap();
        let error = client.page().await.unwrap_err();
        let kind = error.transport().unwrap().kind();
        assert_eq!(kind, TransportErrorKind::Interrupted, "{error:?}");
        assert!(error.may_have_been_applied());
        task.abort();
        let (address, task) = serving(Vec::new(), false).await;
        let client = builder(address).build().unwrap();
        let error = client.page().await.unwrap_err();
        assert_eq!(
            error.transport().unwrap().kind(),
            TransportErrorKind::Interrupted
        );
        assert!(error.may_have_been_applied());
        task.abort();
    });
}

#[test]
fn nobody_listening_is_a_request_that_was_not_sent() {
    block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let client = builder(address).build().unwrap();
        let error = client.page().await.unwrap_err();
        assert_eq!(
            error.transport().unwrap().kind(),
            TransportErrorKind::Connect
        );
        assert!(!error.may_have_been_applied() && !error.is_timeout());
        assert!(
            error
                .to_string()
                .starts_with("the server cannot be reached: ")
        );
    });
}

#[test]
fn redirects_are_not_followed() {
    block_on(async {
        let (trap, trap_task) = serving(http("200 OK", "", b"trapped"), false).await;
        let location = format!("location: http://{trap}/\r\n");
        let (address, task) = serving(http("307 Moved", &location, b""), false).await;
        let error = builder(address).build().unwrap().page().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 307);
        let there = error.headers().unwrap()["location"].to_str().unwrap();
        assert_eq!(there, format!("http://{trap}/"));
        // a client that was given and follows them
        let follows = builder(address).http_client(reqwest::Client::new());
        let error = follows.build().unwrap().page().await.unwrap_err();
        assert!(error.to_string().contains("followed a redirect"), "{error}");
        task.abort();
        trap_task.abort();
    });
}

#[test]
fn a_content_length_over_the_maximum_is_rejected_at_once() {
    block_on(async {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n".to_vec();
        let (address, task) = serving(head, true).await;
        let client = builder(address).build().unwrap();
        let error = client.page().await.unwrap_err();
        assert_eq!(
            error.transport().unwrap().kind(),
            TransportErrorKind::TooLarge
        );
        task.abort();
    });
}

#[cfg(feature = "gzip")]
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[cfg(feature = "gzip")]
#[test]
fn a_compressed_reply_is_read() {
    block_on(async {
        let headers = "content-type: application/json\r\ncontent-encoding: gzip\r\n";
        let body = gzip(br#"{"id":"squeezed"}"#);
        let (address, task) = serving(http("200 OK", headers, &body), false).await;
        let client = builder(address).build().unwrap();
        let reply = client.put_item(&Item::default()).send().await.unwrap();
        assert!(matches!(reply.body, ItemResponse::Ok(item) if item.id == "squeezed"));
        assert!(!reply.headers.contains_key("content-encoding"));
        task.abort();
    });
}

#[cfg(feature = "gzip")]
#[test]
fn the_maximum_applies_to_decompressed_bytes() {
    block_on(async {
        let bomb = gzip(&vec![b' '; 20 * 1024 * 1024]);
        assert!(bomb.len() < 100 * 1024);
        let reply = http("200 OK", "content-encoding: gzip\r\n", &bomb);
        let (address, task) = serving(reply, false).await;
        let client = builder(address)
            .max_response_size(1024 * 1024)
            .build()
            .unwrap();
        let error = client.page().await.unwrap_err();
        assert_eq!(
            error.transport().unwrap().kind(),
            TransportErrorKind::TooLarge
        );
        task.abort();
    });
}

#[cfg(feature = "gzip")]
#[test]
fn a_broken_compression_is_an_error() {
    block_on(async {
        let mut body = gzip(&vec![b'x'; 100_000]);
        body.truncate(body.len() / 2);
        let reply = http("200 OK", "content-encoding: gzip\r\n", &body);
        let (address, task) = serving(reply, false).await;
        let error = builder(address).build().unwrap().page().await.unwrap_err();
        assert!(error.transport().is_some(), "{error:?}");
        task.abort();
    });
}
