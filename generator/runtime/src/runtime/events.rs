//! Bodies that are read piece by piece: server-sent events, and a JSON value on each line.

use std::fmt;
use std::time::Duration;

use crate::runtime::transport::{Body, TransportError, TransportErrorKind};
use crate::runtime::wire::{FromJson, Json, Mismatch, Read, excerpt};

/// Server-sent events (`text/event-stream`), in the order in which they arrive.
///
/// The time-outs of the call bound the stream as a whole; give a call that listens for long an
/// [`attempt_timeout`](super::call::Call::attempt_timeout) and a [`deadline`](super::call::Call::deadline) to match. The
/// cap on a response bounds a single event.
pub struct Events<T> {
    lines: Lines,
    read: fn(&str) -> Read<T>,
    /// The event that is being put together.
    name: String,
    data: Option<String>,
    id: Option<String>,
    retry: Option<Duration>,
}

/// A server-sent event.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What kind of event it is; `message` when the server does not say.
    pub name: String,
    /// What it carries.
    pub data: T,
    /// The id of this event or of the last one that had one.
    pub id: Option<String>,
    /// How long the server wants a client to wait before it connects again, if it said so with this event.
    pub retry: Option<Duration>,
}

/// JSON values, one on each line, in the order in which they arrive.
///
/// The time-outs of the call bound the stream as a whole, and the cap on a response bounds a single line.
pub struct JsonLines<T> {
    lines: Lines,
    read: fn(&str) -> Read<T>,
}

/// Why a stream gave no item.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The stream broke off, or time is up. Nothing follows.
    Transport(TransportError),
    /// An item does not fit its type; the next one may.
    Item {
        /// The item as it came.
        text: String,
        /// Where reading it stopped.
        mismatch: Mismatch,
    },
}

impl<T> Events<T> {
    /// The next event; `None` when the server has ended the stream, be it by the data `[DONE]`, as many do.
    ///
    /// # Errors
    /// See [`StreamError`].
    pub async fn next(&mut self) -> Option<Result<Event<T>, StreamError>> {
        loop {
            let line = match self.lines.next().await? {
                Ok(line) => line,
                Err(error) => return Some(Err(error)),
            };
            if !line.is_empty() {
                self.field(&line);
                // an event of many short lines is no smaller than one of a long line
                if self
                    .data
                    .as_ref()
                    .is_some_and(|data| data.len() > self.lines.cap)
                {
                    return Some(Err(self.lines.too_long()));
                }
                continue;
            }
            let name = std::mem::take(&mut self.name);
            let retry = self.retry.take();
            let Some(data) = self.data.take() else {
                continue; // an event without data is none
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

impl<T> JsonLines<T> {
    /// The next value; `None` at the end. Empty lines are passed over.
    ///
    /// # Errors
    /// See [`StreamError`].
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        loop {
            let line = match self.lines.next().await? {
                Ok(line) => line,
                Err(error) => return Some(Err(error)),
            };
            // a JSON text sequence (RFC 7464) has this sign in front of each value
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

/// Opens a stream of events whose data are JSON.
pub(crate) fn events<T: FromJson>(body: Body, cap: usize) -> Events<T> {
    events_by(body, cap, json)
}

/// Opens a stream of events whose data are texts.
pub(crate) fn text_events(body: Body, cap: usize) -> Events<String> {
    events_by(body, cap, |text| Ok(text.to_owned()))
}

fn events_by<T>(body: Body, cap: usize, read: fn(&str) -> Read<T>) -> Events<T> {
    Events {
        lines: Lines::of(body, cap),
        read,
        name: String::new(),
        data: None,
        id: None,
        retry: None,
    }
}

/// Opens a stream of JSON values.
pub(crate) fn json_lines<T: FromJson>(body: Body, cap: usize) -> JsonLines<T> {
    JsonLines {
        lines: Lines::of(body, cap),
        read: json,
    }
}

fn json<T: FromJson>(text: &str) -> Read<T> {
    Json::parse(text.as_bytes())?.read()
}

/// The lines of a body; `\n`, `\r\n` and `\r` end them.
struct Lines {
    /// `None` once the end was reached or reading failed.
    body: Option<Body>,
    /// What arrived and was not handed out, from `start` on.
    buffer: Vec<u8>,
    start: usize,
    /// Up to where `buffer` has no end of a line.
    searched: usize,
    cap: usize,
}

impl Lines {
    fn of(body: Body, cap: usize) -> Self {
        Lines {
            body: Some(body),
            buffer: Vec::new(),
            start: 0,
            searched: 0,
            cap,
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
                Some(line) if line.len() > self.cap => return Some(Err(self.too_long())),
                Some(line) => return Some(Ok(line)),
                None if self.buffer.len() - self.start > self.cap => {
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

    /// The next whole line. A `\r` at the very end of what arrived may be one half of a `\r\n`.
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

    /// What follows the last end of a line.
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
        let reason = format!("a piece of the stream is longer than {} bytes", self.cap);
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
                "an item of the stream is not as declared: {mismatch}; it begins `{}`",
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
