//! Multipart bodies.

use bytes::Bytes;

use crate::runtime::client::header_of;
use crate::runtime::parameters::{Encoded, Letters, Place, Style, scalar};
use crate::runtime::request::RequestBuilder;
use crate::runtime::request_error::RequestError;
use crate::runtime::wire::{Json, Mismatch, ToJson};

/// A part of a multipart body: a file, or a text where the description allows one in its place.
///
/// Bytes and vectors convert into a file, `Part::from(vec![1, 2])`, and strings into a text, `Part::from("hello")`. A part
/// of which the description says that it is a file is sent as one, whatever it is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// The content.
    pub bytes: Bytes,
    /// The file name; by default the name of the part, since servers treat only parts with a file name as files.
    pub file_name: Option<String>,
    /// The media type, such as `image/png`; by default the one of the description, or `application/octet-stream`.
    pub media_type: Option<String>,
    /// Whether it is a text, which has neither by default.
    pub is_text: bool,
}

impl Part {
    /// Creates a file from its content.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Part {
            bytes: bytes.into(),
            file_name: None,
            media_type: None,
            is_text: false,
        }
    }

    /// Creates a text.
    pub fn text(text: impl Into<String>) -> Self {
        let mut part = Part::new(text.into());
        part.is_text = true;
        part
    }

    /// Sets the file name, such as `photo.png`; what has one is a file.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self.is_text = false;
        self
    }

    /// Sets the media type, such as `image/png`.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }
}

impl From<Bytes> for Part {
    fn from(bytes: Bytes) -> Self {
        Part::new(bytes)
    }
}

impl From<Vec<u8>> for Part {
    fn from(bytes: Vec<u8>) -> Self {
        Part::new(bytes)
    }
}

impl From<&'static [u8]> for Part {
    fn from(bytes: &'static [u8]) -> Self {
        Part::new(bytes)
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Part::text(text)
    }
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Part::text(text)
    }
}

/// A part, an optional part, or several.
pub trait Parts {
    /// Returns the parts.
    fn parts(&self) -> &[Part];
}

impl Parts for Part {
    fn parts(&self) -> &[Part] {
        std::slice::from_ref(self)
    }
}

impl Parts for Vec<Part> {
    fn parts(&self) -> &[Part] {
        self
    }
}

impl<T: Parts> Parts for Option<T> {
    fn parts(&self) -> &[Part] {
        self.as_ref().map_or(&[], T::parts)
    }
}

/// The media type of a file of which nothing else is known.
const OCTETS: &str = "application/octet-stream";

/// A multipart body that is being built.
#[derive(Debug, Default)]
pub struct Multipart {
    /// The head and the content of each part.
    parts: Vec<(String, Bytes)>,
    /// The index of the first part that the last call added.
    last: usize,
    error: Option<RequestError>,
}

impl Multipart {
    /// Adds files with one name.
    pub fn files(mut self, name: &str, media_type: &str, files: &dyn Parts) -> Self {
        self.last = self.parts.len();
        for part in files.parts() {
            self.file(name, media_type, part);
        }
        self
    }

    /// Adds files and texts with one name.
    pub fn files_or_texts(mut self, name: &str, media_type: &str, parts: &dyn Parts) -> Self {
        self.last = self.parts.len();
        for part in parts.parts() {
            if part.is_text {
                let media_type = part.media_type.as_deref().unwrap_or_default();
                self.add(name, None, media_type, part.bytes.clone());
            } else {
                self.file(name, media_type, part);
            }
        }
        self
    }

    fn file(&mut self, name: &str, media_type: &str, part: &Part) {
        let file_name = part.file_name.as_deref().unwrap_or(name);
        let media_type = part.media_type.as_deref().unwrap_or(media_type);
        self.add(name, Some(file_name), media_type, part.bytes.clone());
    }

    /// Adds a value: a string or number as one part, an array as a part for each item, an object as JSON.
    pub fn value(mut self, name: &str, media_type: &str, value: &dyn ToJson) -> Self {
        self.last = self.parts.len();
        let json = value.to_json();
        let items = match &json {
            Json::Array(items) if !is_json(media_type) => items.as_slice(),
            other => std::slice::from_ref(other),
        };
        for item in items {
            let media_type = match item {
                Json::Object(_) | Json::Array(_) if media_type.is_empty() => "application/json",
                _ => media_type,
            };
            match part(item, media_type) {
                Ok(Some(text)) => self.add(name, None, media_type, text.into()),
                Ok(None) => {}
                Err(place) => {
                    let error = RequestError::body(place.within(name));
                    self.error.get_or_insert(error);
                }
            }
        }
        self
    }

    /// Adds a value in the style of a form: a part for each pair, such as `expand[0]` and `expand[1]`.
    pub fn styled(mut self, name: &str, style: Style, value: &dyn ToJson) -> Self {
        self.last = self.parts.len();
        let encoded = Encoded {
            name,
            style,
            place: Place::Query,
            letters: Letters::Unreserved,
        };
        match encoded.text(&value.to_json()) {
            Ok(pairs) => {
                let pairs = pairs.unwrap_or_default();
                for pair in pairs.split('&').filter(|pair| !pair.is_empty()) {
                    let (name, text) = pair.split_once('=').unwrap_or((pair, ""));
                    self.add(&decoded(name), None, "", decoded(text).into());
                }
            }
            Err(place) => {
                let error = RequestError::body(place.within(name));
                self.error.get_or_insert(error);
            }
        }
        self
    }

    /// Adds a header to the parts that the last call added.
    pub fn header(mut self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        let encoded = Encoded {
            name,
            style,
            place: Place::Header,
            letters: Letters::Unreserved,
        };
        let text = encoded.text(&value.to_json());
        let line = text.map_err(|place| place.to_string()).and_then(|text| {
            let Some(text) = text else {
                return Ok(String::new());
            };
            let (name, _) = header_of(name, &text)?;
            Ok(format!("\r\n{name}: {text}"))
        });
        match line {
            Ok(line) => {
                let added = self.parts.iter_mut().skip(self.last);
                added.for_each(|(head, _)| head.push_str(&line));
            }
            Err(reason) => {
                let error = RequestError::parameter(name, format!("cannot be sent: {reason}"));
                self.error.get_or_insert(error);
            }
        }
        self
    }

    /// Adds parts that the description does not name.
    pub fn others(self, parts: &Option<Vec<(String, Part)>>) -> Self {
        let parts = parts.iter().flatten();
        parts.fold(self, |body, (name, part)| {
            body.files_or_texts(name, OCTETS, part)
        })
    }

    fn add(&mut self, name: &str, file_name: Option<&str>, media_type: &str, bytes: Bytes) {
        let mut head = format!("content-disposition: form-data; name=\"{}\"", quoted(name));
        if let Some(file_name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        if !media_type.is_empty() {
            if media_type.bytes().any(|byte| byte.is_ascii_control()) {
                self.error.get_or_insert(RequestError::new(
                    "the media type of a part has control characters",
                ));
            }
            head.push_str(&format!("\r\ncontent-type: {media_type}"));
        }
        self.parts.push((head, bytes));
    }

    /// Returns a boundary that no part has. It is deterministic, so that requests can be compared.
    fn boundary(&self) -> String {
        let mut number = 0_u64;
        loop {
            let boundary = format!("part-boundary-{number}");
            let taken = |bytes: &Bytes| holds(bytes, boundary.as_bytes());
            if !self.parts.iter().any(|(_, bytes)| taken(bytes)) {
                return boundary;
            }
            number += 1;
        }
    }
}

impl RequestBuilder {
    /// Adds a multipart body whose parts are not described.
    pub fn parts(self, media_type: &'static str, parts: &[(String, Part)]) -> Self {
        let body = Multipart::default();
        let body = parts.iter().fold(body, |body, (name, part)| {
            body.files_or_texts(name, OCTETS, part)
        });
        self.multipart(media_type, body)
    }

    /// Adds a multipart body.
    pub fn multipart(self, media_type: &'static str, body: Multipart) -> Self {
        if let Some(error) = body.error {
            return self.without_body(error);
        }
        let boundary = body.boundary();
        let size = |(head, bytes): &(String, Bytes)| head.len() + bytes.len() + boundary.len() + 10;
        let mut whole = Vec::with_capacity(body.parts.iter().map(size).sum::<usize>() + 32);
        for (head, bytes) in &body.parts {
            whole.extend_from_slice(format!("--{boundary}\r\n{head}\r\n\r\n").as_bytes());
            whole.extend_from_slice(bytes);
            whole.extend_from_slice(b"\r\n");
        }
        whole.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        self.body(&format!("{media_type}; boundary={boundary}"), whole.into())
    }
}

/// Decodes percent-encoding.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
        match byte {
            b'%' => {
                let (high, low) = (digit().unwrap_or_default(), digit().unwrap_or_default());
                bytes.push((high * 16 + low) as u8);
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Encodes a part; `None` for `null`.
fn part(json: &Json<'_>, media_type: &str) -> Result<Option<String>, Mismatch> {
    match json {
        Json::Null => Ok(None),
        other if is_json(media_type) => {
            let text = serde_json::to_string(other);
            text.map(Some).map_err(|error| {
                let place = other.unwritable();
                place.unwrap_or_else(|| Mismatch::new(error.to_string()))
            })
        }
        other => Ok(scalar(other)?.map(|text| text.into_owned())),
    }
}

fn is_json(media_type: &str) -> bool {
    media_type.ends_with("/json") || media_type.ends_with("+json")
}

/// Escapes a name for quotes as browsers do.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Whether bytes contain a string; files are large, so the first byte is searched first.
fn holds(bytes: &[u8], text: &[u8]) -> bool {
    let Some(first) = text.first() else {
        return true;
    };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        rest = rest.get(at..).unwrap_or_default();
        if rest.starts_with(text) {
            return true;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}
