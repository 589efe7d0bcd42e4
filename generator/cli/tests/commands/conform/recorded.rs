//! A server on loopback that tells the truth, a proxy that records what passes as a HAR file, and the description with
//! ten lies of `tests/conform/ten-lies`: one run lists all ten.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use super::{conform, folder};
use crate::workspace::Ended;

/// What the server answers: path, status, media type, body.
const REPLIES: [(&str, u16, &str, &str); 6] = [
    (
        "/api/v1/books?shelf=novels",
        200,
        "application/json",
        r#"{ "results": [{ "id": 1, "title": null, "author": { "name": "A" } }], "next": "n" }"#,
    ),
    (
        "/api/v1/books",
        200,
        "application/json",
        r#"{ "results": [{ "id": 2, "title": "T", "author": null, "pages": "412" }] }"#,
    ),
    (
        "/api/v1/books/3",
        200,
        "application/json",
        r#"{ "id": 3, "title": "T", "author": { "name": "A" }, "state": "in_repair", "isbn": "9" }"#,
    ),
    (
        "/api/v1/books/4",
        200,
        "application/json",
        r#"{ "id": 4, "title": "T", "author": { "name": "A" }, "published": "1979-10-12" }"#,
    ),
    (
        "/api/v1/books/5",
        404,
        "application/json",
        r#"{ "error": "There is no such book." }"#,
    ),
    (
        "/api/v1/export",
        200,
        "text/csv; charset=utf-8",
        "id;title\n1;\n",
    ),
];

/// A message: its first line, its headers, its body.
struct Message {
    first: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Message {
    fn read(stream: &TcpStream) -> Self {
        let mut reader = BufReader::new(stream);
        let mut line = || {
            let mut line = String::new();
            reader.read_line(&mut line).expect("the peer sends a line");
            line.trim_end().to_owned()
        };
        let first = line();
        let headers: Vec<(String, String)> = std::iter::from_fn(|| {
            let line = line();
            let (name, value) = line.split_once(": ")?;
            Some((name.to_owned(), value.to_owned()))
        })
        .collect();
        let length = headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map_or(0, |(_, value)| value.parse().expect("a length is a number"));
        let mut body = vec![0; length];
        reader
            .read_exact(&mut body)
            .expect("the peer sends the body");
        Message {
            first,
            headers,
            body: String::from_utf8(body).expect("bodies of this test are text"),
        }
    }

    fn write(&self, mut stream: &TcpStream) {
        let headers = self
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"));
        let text = format!(
            "{}\r\n{}\r\n{}",
            self.first,
            headers.collect::<String>(),
            self.body
        );
        stream.write_all(text.as_bytes()).expect("the peer listens");
    }

    /// Returns the word of the first line at an index.
    fn word(&self, index: usize) -> &str {
        self.first
            .split(' ')
            .nth(index)
            .expect("a first line has three words")
    }
}

/// Accepts as many connections as there are replies, and does something with each.
fn serve<T: Send + 'static>(
    each: impl Fn(TcpStream) -> T + Send + 'static,
) -> (SocketAddr, thread::JoinHandle<Vec<T>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let handle = thread::spawn(move || {
        let streams = listener.incoming().take(REPLIES.len());
        streams
            .map(|stream| each(stream.expect("a client connects")))
            .collect()
    });
    (address, handle)
}

fn answer(stream: TcpStream) {
    let request = Message::read(&stream);
    let path = request.word(1);
    let (_, status, media_type, body) = REPLIES
        .iter()
        .find(|(own, ..)| *own == path)
        .expect("the server knows the path");
    let reply = Message {
        first: format!("HTTP/1.1 {status} X"),
        headers: vec![
            ("Content-Type".to_owned(), (*media_type).to_owned()),
            ("Content-Length".to_owned(), body.len().to_string()),
        ],
        body: (*body).to_owned(),
    };
    reply.write(&stream);
}

/// Passes a request on, and returns it with its reply as an entry of a HAR file.
fn record(stream: TcpStream, server: SocketAddr) -> serde_json::Value {
    let request = Message::read(&stream);
    let upstream = TcpStream::connect(server).expect("the server listens");
    request.write(&upstream);
    let reply = Message::read(&upstream);
    reply.write(&stream);
    let headers = |message: &Message| -> serde_json::Value {
        let headers = message.headers.iter();
        headers
            .map(|(name, value)| serde_json::json!({ "name": name, "value": value }))
            .collect()
    };
    let media_type = reply
        .headers
        .iter()
        .find(|(name, _)| name == "Content-Type")
        .map(|(_, value)| value);
    serde_json::json!({
        "request": {
            "method": request.word(0),
            "url": format!("http://{server}{}", request.word(1)),
            "headers": headers(&request),
            "cookies": [],
            "bodySize": 0,
        },
        "response": {
            "status": reply.word(1).parse::<u16>().expect("a status is a number"),
            "headers": headers(&reply),
            "content": { "mimeType": media_type, "size": reply.body.len(), "text": reply.body },
        },
    })
}

/// Sends all requests through the proxy and returns what it recorded.
fn recorded() -> String {
    let (server, answers) = serve(answer);
    let (proxy, entries) = serve(move |stream| record(stream, server));
    for (path, ..) in REPLIES {
        let stream = TcpStream::connect(proxy).expect("the proxy listens");
        let request = Message {
            first: format!("GET {path} HTTP/1.1"),
            headers: vec![("Host".to_owned(), proxy.to_string())],
            body: String::new(),
        };
        request.write(&stream);
        Message::read(&stream);
    }
    answers.join().expect("the server did not panic");
    let entries = entries.join().expect("the proxy did not panic");
    serde_json::json!({ "log": { "version": "1.2", "entries": entries } }).to_string()
}

fn codes(ended: &Ended) -> Vec<String> {
    let lines = ended.stdout.lines();
    let found = lines.filter_map(|line| {
        let finding: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        finding["code"].as_str().map(str::to_owned)
    });
    let mut codes: Vec<String> = found.collect();
    codes.sort();
    codes
}

#[test]
fn ten_lies_are_told_in_one_run() {
    let folder = folder("ten-lies");
    fs::write(folder.path().join("traffic.har"), recorded()).expect("it can be written");
    let ended = conform(folder.path(), &["--message-format", "json"]);
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    let expected = [
        "OA0701", "OA0702", "OA0704", "OA0705", "OA0705", "OA0706", "OA0707", "OA0708", "OA0709",
        "OA0710",
    ];
    assert_eq!(codes(&ended), expected, "{ended:#?}");
    let ended = conform(folder.path(), &["--write", "wire.overlay.yaml"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}
