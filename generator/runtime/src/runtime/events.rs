//! Streamed bodies: server-sent events, and lines of JSON.

use std::fmt;
use std::time::Duration;

use crate::runtime::transport::{Body, TransportError, TransportErrorKind};
use crate::runtime::wire::{FromJson, Json, Mismatch, Read, excerpt};

/// A stream of server-sent events (`text/event-stream`).
///
/// The timeouts of the call apply to the whole stream; for a long one set `attempt_timeout` and `deadline` of the call.
/// The maximum response size applies to a single event.
pub struct Events<T> {
    lines: Lines,
    read: fn(&str) -> Read<T>,
    /// The fields of the incomplete event.
    name: String,
    data: Option<String>,
    id: Option<String>,
    retry: Option<Duration>,
    /// The lines that are no fields of an event; `None` once there was one that is.
    foreign: Option<String>,
}

/// A server-sent event.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type of the event; `message` by default.
    pub name: String,
    /// The decoded data.
    pub data: T,
    /// The id of this event, or of the last one with an id.
    pub id: Option<String>,
    /// The delay before a reconnect that the event sets.
    pub retry: Option<Duration>,
}

/// A stream of JSON values, one per line.
///
/// The timeouts of the call apply to the whole stream, the maximum response size to a single line.
pub struct JsonLines<T> {
    lines: Lines,
    read: fn(&str) -> Read<T>,
}

/// The error of a stream.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The connection was lost, or a timeout expired. Nothing follows.
    Transport(TransportError),
    /// An item does not match its type. The stream continues.
    Item {
        /// The item as text.
        text: String,
        /// Where and why decoding failed.
        mismatch: Mismatch,
    },
}

impl<T> Events<T> {
    /// Returns the next event; `None` at the end, which some servers mark by the data `[DONE]`. A body that has no
    /// events, such as JSON, is an error.
    ///
    /// # Errors
    /// See [`StreamError`].
    pub async fn next(&mut self) -> Option<Result<Event<T>, StreamError>> {
        loop {
            let line = match self.lines.next().await {
                Some(Ok(line)) => line,
                Some(Err(error)) => return Some(Err(error)),
                None => return self.foreign_body().map(Err),
            };
            if !line.is_empty() {
                self.field(&line);
                // the limit applies to events of many short lines, too
                if self
                    .data
                    .as_ref()
                    .is_some_and(|data| data.len() > self.lines.max_size)
                {
                    return Some(Err(self.lines.too_long()));
                }
                continue;
            }
            let name = std::mem::take(&mut self.name);
            let retry = self.retry.take();
            let Some(data) = self.data.take() else {
                continue; // an event without data is ignored
            };
            if data == "[DONE]" {
                self.lines.end();
                return None;
            }
            return Some(match (self.read)(&data) {
                Ok(data) => Ok(Event {
                    name: if name.is_empty() {
                        "message".to_owned()
                    } else {
                        name
                    },
                    data,
                    id: self.id.clone(),
                    retry,
                }),
                Err(mismatch) => Err(StreamError::Item {
                    text: data,
                    mismatch,
                }),
            });
        }
    }

    /// `data: …`; a line that starts with a colon is a comment.
    fn field(&mut self, line: &str) {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match (field, &mut self.foreign) {
            ("" | "event" | "data" | "id" | "retry", foreign) => *foreign = None,
            (_, Some(lines)) if lines.len() <= self.lines.max_size => lines.extend([line, "\n"]),
            _ => {}
        }
        match field {
            "event" => self.name = value.to_owned(),
            "data" => match &mut self.data {
                Some(data) => data.extend(["\n", value]),
                None => self.data = Some(value.to_owned()),
            },
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" => self.retry = value.parse().ok().map(Duration::from_millis),
            _ => {}
        }
    }
}

impl<T> Events<T> {
    /// Returns the error of a body without any event, which would else be a stream that is empty.
    fn foreign_body(&mut self) -> Option<StreamError> {
        let text = self.foreign.take()?;
        (!text.is_empty()).then(|| StreamError::Item {
            text,
            mismatch: Mismatch::new("expected server-sent events"),
        })
    }
}

impl<T> JsonLines<T> {
    /// Returns the next value; `None` at the end. Empty lines are skipped.
    ///
    /// # Errors
    /// See [`StreamError`].
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        loop {
            let line = match self.lines.next().await? {
                Ok(line) => line,
                Err(error) => return Some(Err(error)),
            };
            // a JSON text sequence (RFC 7464) has this character before each value
            let text = line.trim_start_matches('\u{1e}').trim();
            if text.is_empty() {
                continue;
            }
            return Some((self.read)(text).map_err(|mismatch| StreamError::Item {
                text: text.to_owned(),
                mismatch,
            }));
        }
    }
}

/// Opens a stream of events with JSON data.
pub fn events<T: FromJson>(body: Body, max_size: usize) -> Events<T> {
    events_by(body, max_size, json)
}

/// Opens a stream of events with text data.
pub fn text_events(body: Body, max_size: usize) -> Events<String> {
    events_by(body, max_size, |text| Ok(text.to_owned()))
}

/// Opens a stream of events whose data a function decodes.
pub fn events_by<T>(body: Body, max_size: usize, read: fn(&str) -> Read<T>) -> Events<T> {
    Events {
        lines: Lines::of(body, max_size),
        read,
        name: String::new(),
        data: None,
        id: None,
        retry: None,
        foreign: Some(String::new()),
    }
}

/// Opens a stream of lines of JSON.
pub fn json_lines<T: FromJson>(body: Body, max_size: usize) -> JsonLines<T> {
    json_lines_by(body, max_size, json)
}

/// Opens a stream of lines that a function decodes.
pub fn json_lines_by<T>(body: Body, max_size: usize, read: fn(&str) -> Read<T>) -> JsonLines<T> {
    JsonLines {
        lines: Lines::of(body, max_size),
        read,
    }
}

/// Decodes JSON that is changed before.
pub fn changed_json<T: FromJson>(text: &str, change: fn(Json<'_>) -> Json<'_>) -> Read<T> {
    change(Json::parse(text.as_bytes())?).read()
}

fn json<T: FromJson>(text: &str) -> Read<T> {
    Json::parse(text.as_bytes())?.read()
}

/// The lines of a body, which end with `\n`, `\r\n` or `\r`.
struct Lines {
    /// `None` once the end was reached or reading failed.
    body: Option<Body>,
    /// The data that is not returned yet, from `start` on.
    buffer: Vec<u8>,
    start: usize,
    /// The position up to which `buffer` has no line ending.
    searched: usize,
    max_size: usize,
}

impl Lines {
    fn of(body: Body, max_size: usize) -> Self {
        Lines {
            body: Some(body),
            buffer: Vec::new(),
            start: 0,
            searched: 0,
            max_size,
        }
    }

    fn end(&mut self) {
        self.body = None;
        self.buffer.clear();
        (self.start, self.searched) = (0, 0);
    }

    async fn next(&mut self) -> Option<Result<String, StreamError>> {
        loop {
            match self.take() {
                Some(line) if line.len() > self.max_size => return Some(Err(self.too_long())),
                Some(line) => return Some(Ok(line)),
                None if self.buffer.len() - self.start > self.max_size => {
                    return Some(Err(self.too_long()));
                }
                None => {}
            }
            let chunk = match &mut self.body {
                Some(body) => body.chunk().await,
                None => return self.last(),
            };
            match chunk {
                Ok(Some(piece)) => {
                    self.buffer.drain(..self.start);
                    self.searched -= self.start;
                    self.start = 0;
                    self.buffer.extend_from_slice(&piece);
                }
                Ok(None) => self.body = None,
                Err(error) => return self.fail(error),
            }
        }
    }

    /// Returns the next complete line. A `\r` at the end of the data can be the first half of `\r\n`.
    fn take(&mut self) -> Option<String> {
        let unsearched = self.buffer.get(self.searched..)?;
        let Some(found) = unsearched.iter().position(|byte| b"\r\n".contains(byte)) else {
            self.searched = self.buffer.len();
            return None;
        };
        let end = self.searched + found;
        let ending = self.buffer.get(end..)?;
        let length = match ending {
            [b'\r'] if self.body.is_some() => return None,
            [b'\r', b'\n', ..] => 2,
            _ => 1,
        };
        let line = text(self.buffer.get(self.start..end)?);
        self.start = end + length;
        self.searched = self.start;
        Some(line)
    }

    /// Returns the text after the last line ending.
    fn last(&mut self) -> Option<Result<String, StreamError>> {
        let rest = self
            .buffer
            .get(self.start..)
            .filter(|rest| !rest.is_empty())?;
        let line = text(rest);
        self.end();
        Some(Ok(line))
    }

    fn too_long(&mut self) -> StreamError {
        self.end();
        let reason = format!(
            "an item of the stream is longer than {} bytes",
            self.max_size
        );
        StreamError::Transport(TransportError::new(TransportErrorKind::TooLarge, reason))
    }

    fn fail(&mut self, error: TransportError) -> Option<Result<String, StreamError>> {
        self.end();
        Some(Err(StreamError::Transport(error)))
    }
}

fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.trim_start_matches('\u{feff}').to_owned()
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StreamError::Transport(error) => error.fmt(f),
            StreamError::Item { text, mismatch } => write!(
                f,
                "an item of the stream does not match the description: {mismatch}; it starts with `{}`",
                excerpt(text, 120)
            ),
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StreamError::Transport(error) => Some(error),
            StreamError::Item { mismatch, .. } => Some(mismatch),
        }
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").finish_non_exhaustive()
    }
}
