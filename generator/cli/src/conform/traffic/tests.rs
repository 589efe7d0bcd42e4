//! HAR files as exporters write them, broken ones, and one that is never in memory as a whole.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::{Broken, Content, Exchange, Pair, decode, read, split_url};

/// Returns the exchanges of a file, with the line of each; `None` for an entry that cannot be read.
fn exchanges(text: &[u8]) -> Result<Vec<(u64, Option<Exchange>)>, Broken> {
    let mut list = Vec::new();
    read(text, &mut |_, line, exchange| list.push((line, exchange)))?;
    Ok(list)
}

fn file(entries: &str) -> String {
    format!(
        "{{ \"log\": {{ \"version\": \"1.2\", \"entries\": [\n{entries}\n], \"comment\": \"c\" }} }}\n"
    )
}

/// Writes `missing`, `empty` or the text of a body.
fn shown(content: &Content) -> String {
    match content {
        Content::Unrecorded => "unrecorded".to_owned(),
        Content::Empty => "empty".to_owned(),
        Content::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Content::Fields(fields) => {
            let shown = fields.iter().map(|field| {
                let text = String::from_utf8_lossy(&field.bytes);
                format!("{}={text} ", field.name)
            });
            shown.collect()
        }
    }
}

fn pairs(pairs: &[Pair]) -> String {
    let pairs = pairs
        .iter()
        .map(|Pair { name, text }| format!("{name}={text}"));
    pairs.collect::<Vec<_>>().join("&")
}

#[test]
fn contents_are_what_exporters_write() {
    for (content, media_type, expected) in [
        (
            r#"{ "mimeType": "application/json; charset=utf-8", "size": 2, "text": "{}" }"#,
            "application/json",
            "{}",
        ),
        (
            r#"{ "mimeType": "application/json", "text": "e30=", "encoding": "base64", "compression": 1 }"#,
            "application/json",
            "{}",
        ),
        (r#"{ "mimeType": "x-unknown", "size": 0 }"#, "", "empty"),
        (r#"{ "mimeType": "a/b", "size": -1 }"#, "a/b", "unrecorded"),
        (
            r#"{ "mimeType": "a/b", "size": 12, "comment": "Response bodies are not included." }"#,
            "a/b",
            "unrecorded",
        ),
        (
            r#"{ "mimeType": "a/b", "size": 12, "text": "" }"#,
            "a/b",
            "unrecorded",
        ),
        (
            r#"{ "mimeType": "a/b", "size": 0, "text": "" }"#,
            "a/b",
            "empty",
        ),
        (
            r#"{ "mimeType": "a/b", "text": "%%", "encoding": "base64" }"#,
            "a/b",
            "unrecorded",
        ),
        (
            r#"{ "mimeType": "a/b", "text": "x", "encoding": "utf-16" }"#,
            "a/b",
            "unrecorded",
        ),
        ("null", "", "unrecorded"),
    ] {
        let entry = format!(
            r#"{{ "request": {{ "method": "get", "url": "http://x.example/a" }}, "response": {{ "status": 200, "content": {content} }} }}"#
        );
        let found = exchanges(file(&entry).as_bytes()).expect("it is a HAR");
        let exchange = found[0].1.as_ref().expect("it is an entry");
        let body = &exchange.received;
        assert_eq!(
            (body.media_type.as_str(), shown(&body.content).as_str()),
            (media_type, expected),
            "{content}"
        );
        assert_eq!(exchange.method, "GET");
    }
}

#[test]
fn entries_have_their_lines_and_bad_ones_are_passed_over() {
    let good = r#"{ "_x": [1], "request": { "method": "POST", "url": "/a?b=1", "headers": [{ "name": "X-A", "value": "1" }],
        "cookies": [], "postData": { "mimeType": "application/json", "text": "1" } }, "response": { "status": 200.0 } }"#;
    let entries = format!("{good},\n7, {good},\n\n{{ \"request\": 1 }},\n{good}");
    let mut bytes = vec![0xef, 0xbb, 0xbf];
    bytes.extend(file(&entries).as_bytes());
    let found = exchanges(&bytes).expect("it is a HAR");
    let lines: Vec<(u64, bool)> = found
        .iter()
        .map(|(line, exchange)| (*line, exchange.is_some()))
        .collect();
    assert_eq!(
        lines,
        [(2, true), (4, false), (4, true), (7, false), (8, true)]
    );
    let exchange = found[0].1.as_ref().expect("it is an entry");
    assert_eq!(shown(&exchange.sent.content), "1");
    assert_eq!(
        (
            exchange.status,
            pairs(&exchange.headers),
            pairs(&exchange.query)
        ),
        (200, "x-a=1".into(), "b=1".into())
    );
    assert!(exchange.cookies.is_none());
}

#[test]
fn a_broken_file_has_a_place_and_no_text() {
    for (text, expected) in [
        ("", Broken::Truncated),
        (
            "{ \"log\": { \"entries\": [ {\"a\": \"secr",
            Broken::Truncated,
        ),
        (
            "{ \"log\": { \"entries\": [\n secret ] } }",
            Broken::Syntax { line: 2, column: 2 },
        ),
        ("{ \"log\": { \"entries\": \"secret\" } }", Broken::NotHar),
        ("{ \"log\": { } }", Broken::NotHar),
        ("[\"secret\"]", Broken::NotHar),
        (
            "{ \"log\": { \"entries\": [] } } secret",
            Broken::Syntax {
                line: 1,
                column: 30,
            },
        ),
    ] {
        let error = exchanges(text.as_bytes()).err().expect("it is broken");
        assert_eq!(error, expected, "{text}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

/// Writes a HAR file while it is read, and counts the bytes.
struct Endless {
    head: Option<String>,
    entries: usize,
    current: Vec<u8>,
    given: Rc<Cell<usize>>,
}

impl Read for Endless {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.current.is_empty() {
            self.current = match (self.head.take(), self.entries) {
                (Some(head), _) => head.into_bytes(),
                (None, 0) => return Ok(0),
                (None, left) => {
                    self.entries -= 1;
                    let end = if left == 1 { "] } }" } else { "," };
                    entry(end).into_bytes()
                }
            };
        }
        let count = self.current.len().min(target.len());
        target[..count].copy_from_slice(&self.current[..count]);
        self.current.drain(..count);
        self.given.set(self.given.get() + count);
        Ok(count)
    }
}

fn entry(end: &str) -> String {
    let text = "x".repeat(10_000);
    format!(
        "{{ \"request\": {{ \"method\": \"GET\", \"url\": \"/a\" }}, \"response\": {{ \"status\": 200, \
         \"content\": {{ \"text\": \"{text}\" }} }} }}{end}\n"
    )
}

#[test]
fn one_entry_is_in_memory_at_a_time() {
    const ENTRIES: usize = 300;
    const BUFFER: usize = 64 * 1024;
    let head = "{ \"log\": { \"entries\": [".to_owned();
    let given = Rc::new(Cell::new(0));
    let endless = Endless {
        head: Some(head.clone()),
        entries: ENTRIES,
        current: Vec::new(),
        given: given.clone(),
    };
    let size = entry(",").len();
    let mut count = 0;
    let mut each = |number: usize, _, exchange: Option<Exchange>| {
        assert!(exchange.is_some());
        count = number;
        let read_ahead = given.get().saturating_sub(head.len() + number * size);
        assert!(
            read_ahead <= BUFFER,
            "{read_ahead} bytes were read ahead of entry {number}"
        );
    };
    read(endless, &mut each).expect("it is a HAR");
    assert_eq!(count, ENTRIES);
}

#[test]
fn a_url_is_split() {
    let split = |url: &str| {
        let (host, path, query) = split_url(url);
        (host.unwrap_or_default(), path, pairs(&query))
    };
    let row =
        |host: &str, path: &str, query: &str| (host.to_owned(), path.to_owned(), query.to_owned());
    assert_eq!(
        split("https://me:pw@API.example:8443/a/b%20c?x=1&filter%5Ba%5D=2&x=3&flag#f?g"),
        row("api.example:8443", "/a/b%20c", "x=1&filter[a]=2&x=3&flag=")
    );
    assert_eq!(split("http://a.example"), row("a.example", "/", ""));
    assert_eq!(split("http://a.example?x=1"), row("a.example", "/", "x=1"));
    assert_eq!(
        split("/a?next=http://b.example"),
        row("", "/a", "next=http://b.example")
    );
    assert_eq!(decode("a%2Fb%zz%"), "a/b%zz%");
}
