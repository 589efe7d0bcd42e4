//! The generated client of the fixture `loopback` over a local socket: the requests it sends, and the responses it
//! reads.

use std::future::Future;
use std::time::Duration;

use loopback::types::{FormForm, Item};
use loopback::{CallError, Client, Part, StreamError, UploadParts, headers};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

fn run<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime with no settings").block_on(future)
}

/// Returns a client and the listener that it calls.
async fn client() -> (Client, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let client = Client::builder().base_url(format!("http://{address}")).build();
    (client.unwrap(), listener)
}

/// Accepts a connection and reads one request, with the body that `content-length` announces.
async fn request(listener: &TcpListener) -> (TcpStream, String) {
    let (mut socket, _) = listener.accept().await.unwrap();
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
            return (socket, text);
        }
    }
}

/// Answers one request and returns it.
async fn served(listener: TcpListener, reply: &'static str) -> String {
    let (mut socket, text) = request(&listener).await;
    socket.write_all(reply.as_bytes()).await.unwrap();
    text
}

const DONE: &str = "HTTP/1.1 204 No Content\r\n\r\n";

#[test]
fn parts_and_parameters_are_sent_and_headers_read() {
    run(async {
        let (client, listener) = client().await;
        let reply = "HTTP/1.1 201 Created\r\nx-left: 41\r\nlocation: /a\r\ncontent-length: 0\r\n\r\n";
        let server = tokio::spawn(served(listener, reply));
        let photo = Part::from("PNG").with_file_name("a.png");
        let parts = UploadParts::new(photo, Item::new("7"))
            .with_photo_x_sum(3)
            .with_more([Part::from("x"), Part::from("y").with_media_type("text/plain")])
            .with_ids([1, 2]);
        let call = client.upload("in/out", &parts);
        let call = call.tags(["x"]).x_trace(9).session("s 1").tags(["a", "b c"]);
        let reply = call.send().await.unwrap();
        assert_eq!(reply.header(&headers::X_LEFT), Ok(41));
        assert_eq!(reply.header(&headers::LOCATION), Ok(Some("/a".to_owned())));

        let text = server.await.unwrap();
        assert!(text.starts_with("POST /upload/in%2Fout?tags=a%7Cb%20c HTTP/1.1\r\n"), "{text}");
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let head = head.to_ascii_lowercase();
        for line in ["x-trace: 9", "cookie: session=s%201"] {
            assert!(head.contains(line), "{head}");
        }
        let boundary = head.split("boundary=").nth(1).unwrap().lines().next().unwrap();
        let found: Vec<&str> = body.split(&format!("--{boundary}")).map(str::trim).collect();
        let named = |name: &str| format!("content-disposition: form-data; name=\"{name}\"");
        let expected = [
            String::new(),
            format!("{}; filename=\"a.png\"\r\ncontent-type: image/png\r\nx-sum: 3\r\n\r\nPNG", named("photo")),
            format!("{}; filename=\"more\"\r\ncontent-type: application/octet-stream\r\n\r\nx", named("more")),
            format!("{}; filename=\"more\"\r\ncontent-type: text/plain\r\n\r\ny", named("more")),
            format!("{}\r\ncontent-type: application/json\r\n\r\n{{\"id\":\"7\"}}", named("meta")),
            format!("{}\r\n\r\n1", named("ids")),
            format!("{}\r\n\r\n2", named("ids")),
            "--".to_owned(),
        ];
        assert_eq!(found, expected);
    });
}

#[test]
fn a_form_is_sent_in_the_styles_of_its_members() {
    run(async {
        let (client, listener) = client().await;
        let server = tokio::spawn(served(listener, DONE));
        let form = FormForm::default()
            .with_name("a&b")
            .with_expand(["x", "y"])
            .with_ids([1, 2]);
        client.form(&form).await.unwrap();
        let text = server.await.unwrap();
        let body = text.split_once("\r\n\r\n").unwrap().1;
        assert_eq!(body, "name=a%26b&expand%5B0%5D=x&expand%5B1%5D=y&ids=1,2");
    });
}

#[test]
fn a_querystring_parameter_is_the_whole_query() {
    run(async {
        let (client, listener) = client().await;
        let server = tokio::spawn(served(listener, DONE));
        client.search(&Item::new("7")).await.unwrap();
        let text = server.await.unwrap();
        assert!(text.starts_with("GET /search?%7B%22id%22%3A%227%22%7D HTTP/1.1\r\n"), "{text}");
    });
}

const STREAM: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";

#[test]
fn an_event_is_read_before_the_next_one_is_sent() {
    run(async {
        let (client, listener) = client().await;
        let call = client.events();
        let (events, (mut socket, text)) = tokio::join!(
            async {
                // the call returns after the head of the response
                call.await.unwrap()
            },
            async {
                let (mut socket, text) = request(&listener).await;
                socket.write_all(STREAM.as_bytes()).await.unwrap();
                (socket, text)
            }
        );
        assert!(text.to_ascii_lowercase().contains("accept: text/event-stream"), "{text}");
        let mut events = events;
        for id in ["1", "2"] {
            let event = format!("event: item\ndata: {{\"id\":\"{id}\"}}\n\n");
            socket.write_all(event.as_bytes()).await.unwrap();
            let event = events.next().await.unwrap().unwrap();
            assert_eq!((event.name.as_str(), event.data.id.as_str()), ("item", id));
        }
        drop(socket);
        assert!(events.next().await.is_none());
    });
}

#[test]
fn dropping_a_stream_closes_the_connection() {
    run(async {
        let (client, listener) = client().await;
        let (events, mut socket) = tokio::join!(async { client.events().await.unwrap() }, async {
            let (mut socket, _) = request(&listener).await;
            socket.write_all(STREAM.as_bytes()).await.unwrap();
            socket
        });
        drop(events);
        let mut rest = [0; 1];
        let closed = tokio::time::timeout(Duration::from_secs(20), socket.read(&mut rest)).await;
        let closed = closed.expect("the client closes the connection");
        assert!(matches!(closed, Ok(0) | Err(_)), "{closed:?}");
    });
}

#[test]
fn no_content_is_an_empty_stream_and_an_error_is_decoded() {
    run(async {
        let (client, listener) = client().await;
        let server = tokio::spawn(served(listener, DONE));
        assert!(client.events().await.unwrap().next().await.is_none());
        server.await.unwrap();

        let (client, listener) = self::client().await;
        let reply = "HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{\"id\":\"7\"}";
        let server = tokio::spawn(served(listener, reply));
        match client.events().await {
            Err(error @ CallError::Api(_)) => assert_eq!(error.declared(), Some(&Item::new("7"))),
            other => panic!("{other:?}"),
        }
        server.await.unwrap();
    });
}

#[test]
fn json_lines_are_read_one_by_one_within_the_size_limit() {
    run(async {
        let (client, listener) = client().await;
        let reply = "HTTP/1.1 200 OK\r\ncontent-type: application/jsonl\r\nconnection: close\r\n\r\n{\"id\":\"1\"}\n\n{\"id\":2}\n{\"id\":\"3\"}";
        let server = tokio::spawn(served(listener, reply));
        let mut lines = client.lines().await.unwrap();
        assert_eq!(lines.next().await.unwrap().unwrap().id, "1");
        match lines.next().await {
            Some(Err(StreamError::Item { text, .. })) => assert_eq!(text, "{\"id\":2}"),
            other => panic!("{other:?}"),
        }
        assert_eq!(lines.next().await.unwrap().unwrap().id, "3");
        assert!(lines.next().await.is_none());
        server.await.unwrap();

        let (client, listener) = self::client().await;
        let server = tokio::spawn(served(listener, reply));
        let mut lines = client.lines().max_response_size(4).await.unwrap();
        let error = lines.next().await;
        assert!(matches!(error, Some(Err(StreamError::Transport(_)))), "{error:?}");
        server.await.unwrap();
    });
}

#[test]
fn one_operation_returns_a_value_or_a_stream() {
    run(async {
        let (client, listener) = client().await;
        let reply = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{\"id\":\"7\"}";
        let server = tokio::spawn(served(listener, reply));
        assert_eq!(client.chat().await.unwrap().id, "7");
        let text = server.await.unwrap().to_ascii_lowercase();
        assert!(text.contains("accept: application/json\r\n"), "{text}");

        let (client, listener) = self::client().await;
        let reply = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\ndata: {\"id\":\"7\"}\n\ndata: [DONE]\n\n";
        let server = tokio::spawn(served(listener, reply));
        let mut events = client.chat_stream().await.unwrap();
        assert_eq!(events.next().await.unwrap().unwrap().data.id, "7");
        assert!(events.next().await.is_none());
        let text = server.await.unwrap().to_ascii_lowercase();
        assert!(text.contains("accept: text/event-stream\r\n"), "{text}");
    });
}

#[test]
fn bytes_are_read_at_once_or_in_chunks() {
    run(async {
        let (client, listener) = client().await;
        let reply = "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: 3\r\n\r\nabc";
        let server = tokio::spawn(served(listener, reply));
        assert_eq!(client.file().await.unwrap(), "abc");
        server.await.unwrap();

        let (client, listener) = self::client().await;
        let call = client.file().max_response_size(1);
        let (reply, mut socket) = tokio::join!(async { call.stream().await.unwrap() }, async {
            let (mut socket, _) = request(&listener).await;
            let head = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n";
            socket.write_all(head.as_bytes()).await.unwrap();
            socket
        });
        let mut body = reply.body;
        for piece in ["abc", "def"] {
            socket.write_all(piece.as_bytes()).await.unwrap();
            assert_eq!(body.chunk().await.unwrap().unwrap(), piece);
        }
        assert_eq!(body.chunk().await.unwrap(), None);
    });
}
