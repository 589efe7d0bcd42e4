//! Recorded traffic: exchanges of a HAR file, one at a time, and single replies.
//!
//! What is read here never reaches a message: errors say where a file is broken, not what it contains.

mod counting;
mod har;
#[cfg(test)]
mod tests;

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::names;
use crate::exit::Failure;
pub(super) use har::read;

/// A request and its reply.
pub(super) struct Exchange {
    /// In upper case.
    pub(super) method: String,
    /// The host and port of an absolute URL, in lower case.
    pub(super) host: Option<String>,
    /// The path as sent, without the query.
    pub(super) path: String,
    pub(super) query: Vec<Pair>,
    /// The headers of the request, their names in lower case.
    pub(super) headers: Vec<Pair>,
    /// The cookies of the request; `None` if none were recorded.
    pub(super) cookies: Option<Vec<Pair>>,
    /// What was sent.
    pub(super) sent: Body,
    /// The status; 0 if no reply came.
    pub(super) status: u16,
    /// What came.
    pub(super) received: Body,
}

/// A name with its value, in a query, a form, or among headers and cookies.
pub(super) struct Pair {
    /// Without percent-encoding.
    pub(super) name: String,
    /// As sent.
    pub(super) text: String,
}

/// A body with its media type.
#[derive(Default)]
pub(super) struct Body {
    /// `Content-Type` without parameters, in lower case; empty if there is none.
    pub(super) media_type: String,
    /// What separates the parts of a multipart body.
    pub(super) boundary: Option<String>,
    /// The content.
    pub(super) content: Content,
}

/// The content of a body.
#[derive(Default)]
pub(super) enum Content {
    /// None was recorded, or only a part, which is no evidence.
    #[default]
    Unrecorded,
    /// There is none.
    Empty,
    /// The bytes, with content encodings removed.
    Bytes(Vec<u8>),
    /// The fields of a form of which the exporter did not record the bytes.
    Fields(Vec<Field>),
}

/// A field of a form: a pair, or a part of a multipart body.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    /// Empty if there is none.
    pub(super) media_type: String,
    pub(super) is_file: bool,
}

/// The place of an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// The index of the file on the command line.
    pub(super) file: usize,
    /// The number of the entry, from 1; `None` for a single reply.
    pub(super) entry: Option<usize>,
    /// The line on which the entry begins, from 1.
    pub(super) line: u64,
}

/// Why a file cannot be read. It quotes nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// The disk failed.
    Disk(io::ErrorKind),
    /// Not well-formed JSON.
    Syntax { line: usize, column: usize },
    /// JSON that ends too early.
    Truncated,
    /// JSON, and no HAR.
    NotHar,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::Disk(kind) => write!(f, "{kind}"),
            Broken::Syntax { line, column } => {
                write!(f, "line {line}, column {column} is not well-formed JSON")
            }
            Broken::Truncated => f.write_str("the file ends inside of its JSON"),
            Broken::NotHar => {
                f.write_str("there is no `log.entries` in it, so it is not a HAR file")
            }
        }
    }
}

impl Body {
    /// Creates a body from its text in a HAR.
    ///
    /// A text that is shorter than the recorded size was truncated by the exporter.
    fn recorded(
        media_type: &str,
        text: Option<String>,
        encoding: Option<&str>,
        size: Option<i64>,
    ) -> Self {
        let boundary = boundary(media_type);
        let media_type = match names::essence(media_type) {
            // what Chromium writes for a reply without a type
            unknown if unknown == "x-unknown" => String::new(),
            known => known,
        };
        let content = match (text, encoding) {
            (None, _) if size == Some(0) => Content::Empty,
            (None, _) => Content::Unrecorded,
            (Some(text), Some(encoding)) if encoding.eq_ignore_ascii_case("base64") => {
                match STANDARD.decode(text.trim()) {
                    Ok(bytes) if bytes.is_empty() => Content::Empty,
                    Ok(bytes) => Content::Bytes(bytes),
                    Err(_) => Content::Unrecorded,
                }
            }
            (Some(_), Some(encoding)) if !encoding.is_empty() => Content::Unrecorded,
            (Some(text), _) if text.is_empty() => match size {
                Some(size) if size > 0 => Content::Unrecorded,
                _ => Content::Empty,
            },
            (Some(text), _) => Content::Bytes(text.into_bytes()),
        };
        Body {
            media_type,
            boundary,
            content,
        }
    }

    /// Creates the body of a single reply.
    pub(super) fn whole(media_type: &str, bytes: Vec<u8>) -> Self {
        Body {
            media_type: names::essence(media_type),
            boundary: boundary(media_type),
            content: if bytes.is_empty() {
                Content::Empty
            } else {
                Content::Bytes(bytes)
            },
        }
    }
}

/// Opens a file for streaming.
pub(super) fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| Failure::disk("read", path, &error))
}

/// Reads the body of a single reply.
pub(super) fn read_whole(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    open(path)?
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::disk("read", path, &error))?;
    Ok(bytes)
}

/// `multipart/form-data; boundary="x"` → `x`
fn boundary(header: &str) -> Option<String> {
    let mut parameters = header.split(';').skip(1).map(str::trim);
    parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        name.trim()
            .eq_ignore_ascii_case("boundary")
            .then(|| value.to_owned())
    })
}

/// The parts of a URL: host, path, and the pairs of the query.
pub(super) fn split_url(url: &str) -> (Option<String>, String, Vec<Pair>) {
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(['/', '?', '#']) => (Some(scheme), rest),
        _ => (None, url),
    };
    let rest = rest.split('#').next().unwrap_or_default();
    let (before, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = match scheme {
        Some(_) => match before.find('/') {
            Some(at) => (Some(&before[..at]), &before[at..]),
            None => (Some(before), "/"),
        },
        None => (None, before),
    };
    let host = host.map(|host| {
        let host = host.rsplit('@').next().unwrap_or_default();
        host.to_ascii_lowercase()
    });
    (host, path.to_owned(), pairs(query))
}

/// Splits a query, or the body of a form.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, text) = pair.split_once('=').unwrap_or((pair, ""));
            Pair {
                name: decode(&name.replace('+', " ")),
                text: text.to_owned(),
            }
        })
        .collect()
}

/// Decodes percent-encoding; what is malformed stays as it is.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |at: usize| tail.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
