//! Declared response headers, decoded on demand.

use std::fmt;
use std::marker::PhantomData;

use http::HeaderMap;
use http::header::SET_COOKIE;
use serde_json::{Map, Value};

use crate::runtime::response::Reply;
use crate::runtime::wire::{FromJson, Json, Mismatch, Read, ToJson};

/// A response header with its type: a constant of the module `headers`.
///
/// `T` is an `Option` unless the header is required. [`Reply::header`] decodes it from a successful response,
/// [`read`](Self::read) from the headers of an error.
pub struct Header<T> {
    name: &'static str,
    form: Form,
    /// What a value becomes before it is decoded.
    change: fn(Json<'_>) -> Json<'_>,
    read: fn(&Header<T>, &HeaderMap) -> Read<T>,
    /// It produces a `T`.
    marker: PhantomData<fn() -> T>,
}

/// How the value of a header is divided, by OpenAPI's `style: simple`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `blue`: a single value.
    Text,
    /// `blue,black`
    List,
    /// `R,100,G,200`
    Pairs,
    /// `R=100,G=200`
    ExplodedPairs,
    /// `{"R":100}`
    Json,
}

/// Creates an optional header.
pub const fn optional<T: FromJson>(name: &'static str, form: Form) -> Header<Option<T>> {
    Header {
        name,
        form,
        change: unchanged,
        read: |header, headers| {
            header
                .text(headers)?
                .map(|text| value(header, &text))
                .transpose()
        },
        marker: PhantomData,
    }
}

/// Creates a required header.
pub const fn required<T: FromJson>(name: &'static str, form: Form) -> Header<T> {
    Header {
        name,
        form,
        change: unchanged,
        read: |header, headers| match header.text(headers)? {
            Some(text) => value(header, &text),
            None => Err(Mismatch::new("is missing and required")),
        },
        marker: PhantomData,
    }
}

impl<T> Header<T> {
    /// Changes values before they are decoded.
    #[doc(hidden)]
    pub const fn changed(mut self, change: fn(Json<'_>) -> Json<'_>) -> Self {
        self.change = change;
        self
    }

    /// Returns the name, in lower case.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Decodes the header.
    ///
    /// # Errors
    /// It is missing and required, or does not match its type. The path of the mismatch starts with its name.
    pub fn read(&self, headers: &HeaderMap) -> Result<T, Mismatch> {
        (self.read)(self, headers).map_err(|mismatch| mismatch.within(self.name))
    }

    /// Returns the value. Several lines are one list (RFC 9110, section 5.2), except for cookies, whose values have
    /// commas.
    fn text(&self, headers: &HeaderMap) -> Read<Option<String>> {
        let mut lines = headers.get_all(self.name).iter();
        let Some(first) = lines.next() else {
            return Ok(None);
        };
        let mut whole = text_of(first.as_bytes())?.to_owned();
        for line in lines.filter(|_| self.name != SET_COOKIE) {
            whole.extend([", ", text_of(line.as_bytes())?]);
        }
        Ok(Some(whole))
    }
}

impl<B> Reply<B> {
    /// Decodes a declared header.
    ///
    /// # Errors
    /// See [`Header::read`].
    pub fn header<T>(&self, header: &Header<T>) -> Result<T, Mismatch> {
        header.read(&self.headers)
    }
}

fn text_of(bytes: &[u8]) -> Read<&str> {
    std::str::from_utf8(bytes).map_err(|_| Mismatch::new("is not UTF-8"))
}

fn unchanged(json: Json<'_>) -> Json<'_> {
    json
}

fn value<H, T: FromJson>(header: &Header<H>, text: &str) -> Read<T> {
    let parts = || text.split(',').map(str::trim);
    let value = match header.form {
        Form::Json => return (header.change)(Json::parse(text.as_bytes())?).read(),
        Form::Text => Value::from(text),
        Form::List if text.trim().is_empty() => Value::Array(Vec::new()),
        Form::List => parts().map(Value::from).collect(),
        Form::Pairs => {
            let mut parts = parts();
            let mut members = Map::new();
            while let Some(name) = parts.next().filter(|name| !name.is_empty()) {
                let value = parts
                    .next()
                    .ok_or_else(|| Mismatch::new("has no value").within(name))?;
                members.insert(name.to_owned(), value.into());
            }
            Value::Object(members)
        }
        Form::ExplodedPairs => {
            let pairs = parts().filter(|part| !part.is_empty());
            let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            pairs
                .map(|(name, value)| (name.to_owned(), Value::from(value)))
                .collect()
        }
    };
    from_strings(value, header.change)
}

/// Decodes a value whose parts are all strings. A header does not say whether `100` is a string or a number, but the
/// type does: where decoding fails at a string that is a number or boolean in JSON, that value is used.
fn from_strings<T: FromJson>(mut value: Value, change: fn(Json<'_>) -> Json<'_>) -> Read<T> {
    loop {
        let mismatch = match change(value.to_json()).read() {
            Ok(read) => return Ok(read),
            Err(mismatch) => mismatch,
        };
        let place = match &mut value {
            Value::Array(items) => mismatch.index().and_then(|index| items.get_mut(index)),
            Value::Object(members) => mismatch.member().and_then(|name| members.get_mut(name)),
            whole => Some(whole),
        };
        // each part is replaced once, so this ends
        let literal = place.and_then(|place| Some((literal(place.as_str()?)?, place)));
        match literal {
            Some((literal, place)) => *place = literal,
            None => return Err(mismatch),
        }
    }
}

/// `100`, `1.5` or `true`.
fn literal(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value.is_number() || value.is_boolean()).then_some(value)
}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Header")
            .field("name", &self.name)
            .field("form", &self.form)
            .finish_non_exhaustive()
    }
}
