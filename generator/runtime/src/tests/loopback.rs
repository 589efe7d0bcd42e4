//! Forms, parts and streams through the default transport and a socket on this machine.

use std::net::SocketAddr;
use std::sync::Arc;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::block_on;
use super::sample::{Item, Problem, SERVICE};
use crate::runtime::call::Call;
use crate::runtime::client::ClientBuilder;
use crate::runtime::events::{self, Events};
use crate::runtime::multipart::{Multipart, Part};
use crate::runtime::request::RequestBuilder;
use crate::runtime::response;

async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

fn request(address: SocketAddr) -> RequestBuilder {
    let builder = ClientBuilder::new(&SERVICE).base_url(format!("http://{address}"));
    RequestBuilder::new(&builder.build().unwrap(), "POST", "/upload")
}

/// Reads one request to the end that its `content-length` says.
async fn received(socket: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let count = socket.read(&mut piece).await.unwrap();
        assert!(count > 0, "the client closed the connection");
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let head = head.to_ascii_lowercase();
        let length = head.split("content-length: ").nth(1);
        let length = length.and_then(|rest| rest.lines().next()?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return text;
        }
    }
}

/// Serves one request, answers 204 and gives what came.
async fn served() -> (SocketAddr, JoinHandle<String>) {
    let (listener, address) = listen().await;
    let task = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let text = received(&mut socket).await;
        let reply = b"HTTP/1.1 204 No Content\r\n\r\n";
        socket.write_all(reply).await.unwrap();
        text
    });
    (address, task)
}

fn sent(make: impl FnOnce(RequestBuilder) -> RequestBuilder) -> String {
    block_on(async {
        let (address, task) = served().await;
        let call: Call<(), Problem> = make(request(address)).call(response::empty, response::json);
        call.await.unwrap();
        task.await.unwrap()
    })
}

#[test]
fn a_form_arrives() {
    let text = sent(|request| request.form(&json!({ "a": "1&2", "b": [1, 2] }), &[]));
    let lower = text.to_ascii_lowercase();
    assert!(
        lower.contains("content-type: application/x-www-form-urlencoded\r\n"),
        "{text}"
    );
    assert!(text.ends_with("\r\n\r\na=1%262&b=1&b=2"), "{text}");
}

#[test]
fn parts_arrive() {
    let file = Part::new(vec![b'x'; 20_000]).with_file_name("x.bin");
    let text = sent(|request| {
        let parts = Multipart::default()
            .files("file", "application/octet-stream", &file)
            .value("name", "", &"Widget");
        request.multipart("multipart/form-data", parts)
    });
    assert!(
        text.contains("filename=\"x.bin\"\r\ncontent-type: application/octet-stream\r\n\r\nxxx"),
        "{text:.600}"
    );
    assert!(text.contains("name=\"name\"\r\n\r\nWidget\r\n--part-boundary-0--\r\n"));
}

#[test]
fn an_event_is_there_before_the_next_is_sent() {
    block_on(async {
        let (listener, address) = listen().await;
        let seen = Arc::new(Notify::new());
        let go_on = seen.clone();
        let task = tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            received(&mut socket).await;
            let head =
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
            socket.write_all(head.as_bytes()).await.unwrap();
            socket.write_all(b"data: {\"id\":\"1\"}\n\n").await.unwrap();
            go_on.notified().await;
            socket.write_all(b"data: {\"id\":\"2\"}\n\n").await.unwrap();
        });
        let call: Call<Events<Item>, Problem> =
            request(address).call_streaming(events::events, response::json);
        let mut events = call.await.unwrap();
        assert_eq!(events.next().await.unwrap().unwrap().data.id, "1");
        seen.notify_one();
        assert_eq!(events.next().await.unwrap().unwrap().data.id, "2");
        assert!(events.next().await.is_none());
        task.await.unwrap();
    });
}

#[test]
fn the_length_of_an_absent_body_is_sent_where_a_body_is_usual() {
    block_on(async {
        for (method, lengths) in [
            ("POST", 1),
            ("PUT", 1),
            ("PATCH", 1),
            ("DELETE", 0),
            ("GET", 0),
        ] {
            let (listener, address) = listen().await;
            let server = tokio::spawn(async move {
                let (mut socket, _) = listener.accept().await.unwrap();
                let text = received(&mut socket).await.to_ascii_lowercase();
                let done = b"HTTP/1.1 204 No Content\r\n\r\n";
                socket.write_all(done).await.unwrap();
                text
            });
            let builder = ClientBuilder::new(&SERVICE).base_url(format!("http://{address}"));
            let request = RequestBuilder::new(&builder.build().unwrap(), method, "/d");
            let call = request.call::<Call<(), Problem>>(response::empty, response::json);
            call.await.unwrap();
            let text = server.await.unwrap();
            let found = text.matches("\r\ncontent-length: 0\r\n").count();
            assert_eq!(
                (found, text.matches("content-length").count()),
                (lengths, lengths),
                "{text}"
            );
            assert!(
                !text.contains("content-type") && !text.contains("transfer-encoding"),
                "{text}"
            );
        }
    });
}
