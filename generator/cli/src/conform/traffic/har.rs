//! HAR 1.2 as a stream: the entries of `log.entries`, one at a time, so that a file can be larger than memory.
//!
//! Exporters differ, and all of these are read: Chromium's (`_`-members, base64 bodies, bodies that are missing),
//! Firefox's (comments, truncated bodies) and mitmproxy's. An entry that is not an object as HAR 1.2 has it is counted
//! and passed over. Errors of the parser can quote what they found, so they are reduced to a place.

use std::cell::Cell;
use std::fmt;
use std::io::Read;
use std::rc::Rc;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::counting::Counting;
use super::{Body, Broken, Content, Exchange, Field, Pair, split_url};

/// What is done with each exchange: its number from 1, its line, and `None` if the entry cannot be read.
type Each<'e> = dyn FnMut(usize, u64, Option<Exchange>) + 'e;

/// Reads the exchanges of a HAR file in order.
pub(in crate::conform) fn read(file: impl Read, each: &mut Each<'_>) -> Result<(), Broken> {
    let (reader, breaks) = Counting::new(WithoutMark::new(file));
    let mut parser = serde_json::Deserializer::from_reader(reader);
    let mut found = false;
    let root = Root {
        breaks,
        each,
        found: &mut found,
    };
    let result = root.deserialize(&mut parser).and_then(|()| parser.end());
    match result {
        Ok(()) if found => Ok(()),
        Ok(()) => Err(Broken::NotHar),
        Err(error) => Err(reduced(&error)),
    }
}

/// Returns where a file is broken. The text of the error is dropped: it can quote a value.
fn reduced(error: &serde_json::Error) -> Broken {
    use serde_json::error::Category;
    match error.classify() {
        Category::Io => Broken::Disk(error.io_error_kind().unwrap_or(std::io::ErrorKind::Other)),
        Category::Syntax => Broken::Syntax {
            line: error.line(),
            column: error.column(),
        },
        Category::Eof => Broken::Truncated,
        Category::Data => Broken::NotHar,
    }
}

/// A reader without the byte order mark that some exporters write.
struct WithoutMark<R> {
    inner: R,
    /// The first three bytes, while they are not passed on.
    head: Vec<u8>,
    is_started: bool,
}

impl<R: Read> WithoutMark<R> {
    fn new(inner: R) -> Self {
        WithoutMark {
            inner,
            head: Vec::new(),
            is_started: false,
        }
    }
}

impl<R: Read> Read for WithoutMark<R> {
    fn read(&mut self, target: &mut [u8]) -> std::io::Result<usize> {
        if !self.is_started {
            self.is_started = true;
            (&mut self.inner).take(3).read_to_end(&mut self.head)?;
            if self.head == [0xef, 0xbb, 0xbf] {
                self.head.clear();
            }
        }
        if self.head.is_empty() {
            return self.inner.read(target);
        }
        let count = self.head.len().min(target.len());
        target[..count].copy_from_slice(&self.head[..count]);
        self.head.drain(..count);
        Ok(count)
    }
}

/// The whole file; its one member that matters is `log`.
struct Root<'e, 'f> {
    breaks: Rc<Cell<u64>>,
    each: &'e mut Each<'f>,
    found: &'e mut bool,
}

/// `log`; its one member that matters is `entries`.
struct Log<'r, 'e, 'f>(&'r mut Root<'e, 'f>);

/// `log.entries`.
struct Entries<'r, 'e, 'f>(&'r mut Root<'e, 'f>);

impl<'de> DeserializeSeed<'de> for Root<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Root<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `log`")
    }

    fn visit_map<M: MapAccess<'de>>(mut self, mut map: M) -> Result<(), M::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if name == "log" {
                map.next_value_seed(Log(&mut self))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Log<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Log<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `entries`")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if name == "entries" {
                *self.0.found = true;
                map.next_value_seed(Entries(&mut *self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Entries<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of entries")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut sequence: S) -> Result<(), S::Error> {
        let mut number = 0;
        loop {
            let line = Cell::new(0);
            let raw = Raw {
                breaks: &self.0.breaks,
                line: &line,
            };
            let Some(text) = sequence.next_element_seed(raw)? else {
                return Ok(());
            };
            number += 1;
            let entry = serde_json::from_str::<Entry>(text.get()).ok();
            drop(text);
            (self.0.each)(number, line.get(), entry.map(Entry::into_exchange));
        }
    }
}

/// The text of an entry, and the line on which it begins.
struct Raw<'r> {
    breaks: &'r Cell<u64>,
    line: &'r Cell<u64>,
}

impl<'de> DeserializeSeed<'de> for Raw<'_> {
    type Value = Box<RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<Self::Value, D::Error> {
        self.line.set(self.breaks.get() + 1);
        Box::<RawValue>::deserialize(parser)
    }
}

/// An entry, with what is needed of it.
#[derive(Deserialize)]
struct Entry {
    request: Request,
    response: Response,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    method: String,
    url: String,
    #[serde(default)]
    headers: Option<Vec<Header>>,
    #[serde(default)]
    cookies: Option<Vec<Header>>,
    #[serde(default)]
    post_data: Option<PostData>,
    #[serde(default)]
    body_size: Option<f64>,
}

#[derive(Deserialize)]
struct Response {
    #[serde(default)]
    status: f64,
    #[serde(default)]
    headers: Option<Vec<Header>>,
    #[serde(default)]
    content: Option<Recorded>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PostData {
    #[serde(default)]
    mime_type: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    encoding: Option<String>,
    #[serde(default)]
    params: Option<Vec<Param>>,
}

/// A field of a form.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Param {
    name: String,
    #[serde(default)]
    value: Option<String>,
    #[serde(default)]
    file_name: Option<String>,
    #[serde(default)]
    content_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recorded {
    #[serde(default)]
    mime_type: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    encoding: Option<String>,
    #[serde(default)]
    size: Option<f64>,
}

/// A header or cookie.
#[derive(Deserialize)]
struct Header {
    name: String,
    #[serde(default)]
    value: String,
}

impl Entry {
    fn into_exchange(self) -> Exchange {
        let Entry { request, response } = self;
        let (host, path, query) = split_url(&request.url);
        let headers = request.headers.unwrap_or_default();
        let of_request = content_type(&headers).unwrap_or_default().to_owned();
        let sent = match request.post_data {
            Some(data) => data.into_body(&of_request),
            None => Body::recorded(
                &of_request,
                None,
                None,
                request.body_size.map(|size| size as i64),
            ),
        };
        let of_reply = response.headers.unwrap_or_default();
        let of_reply = content_type(&of_reply).unwrap_or_default();
        let received = match response.content {
            Some(content) => {
                // the header is what was sent; browsers put a guess into `mimeType`
                let guess = content.mime_type.unwrap_or_default();
                let media_type = if of_reply.is_empty() {
                    &guess
                } else {
                    of_reply
                };
                let size = content.size.map(|size| size as i64);
                Body::recorded(media_type, content.text, content.encoding.as_deref(), size)
            }
            None => Body::recorded(of_reply, None, None, None),
        };
        Exchange {
            method: request.method.to_ascii_uppercase(),
            host,
            path,
            query,
            headers: headers
                .into_iter()
                .map(|header| Pair {
                    name: header.name.to_ascii_lowercase(),
                    ..header.into_pair()
                })
                .collect(),
            cookies: request
                .cookies
                .filter(|cookies| !cookies.is_empty())
                .map(|cookies| cookies.into_iter().map(Header::into_pair).collect()),
            sent,
            status: response.status as u16,
            received,
        }
    }
}

impl Header {
    fn into_pair(self) -> Pair {
        Pair {
            name: self.name,
            text: self.value,
        }
    }
}

impl PostData {
    fn into_body(self, of_request: &str) -> Body {
        let media_type = self.mime_type.filter(|text| !text.is_empty());
        // the parameter `boundary` is in the header only, for some
        let media_type = match media_type {
            Some(known) if known.contains(';') || !of_request.starts_with(&known) => known,
            _ => of_request.to_owned(),
        };
        let is_without_text = self.text.as_deref().unwrap_or_default().is_empty();
        let fields = self
            .params
            .filter(|list| is_without_text && !list.is_empty());
        let mut body = Body::recorded(&media_type, self.text, self.encoding.as_deref(), None);
        if let Some(fields) = fields {
            body.content = Content::Fields(fields.into_iter().map(Param::into_field).collect());
        }
        body
    }
}

impl Param {
    fn into_field(self) -> Field {
        Field {
            name: self.name,
            bytes: self.value.unwrap_or_default().into_bytes(),
            media_type: self.content_type.unwrap_or_default(),
            is_file: self.file_name.is_some(),
        }
    }
}

fn content_type(headers: &[Header]) -> Option<&str> {
    let is_it = |header: &&Header| header.name.eq_ignore_ascii_case("content-type");
    headers
        .iter()
        .find(is_it)
        .map(|header| header.value.as_str())
}
