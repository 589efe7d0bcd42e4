//! Headers of replies that the description declares: each with its type, read on demand.

use std::fmt;
use std::marker::PhantomData;

use http::HeaderMap;
use http::header::SET_COOKIE;
use serde_json::{Map, Value};

use crate::runtime::response::Reply;
use crate::runtime::wire::{FromJson, Json, Mismatch, Read, ToJson};

/// A header of a reply, and how its text becomes a value: a constant of the module `headers`.
///
/// `T` is an `Option` unless the description says that the header is always there. Of a success it is read by
/// [`Reply::header`], of a failure by [`read`](Self::read).
pub struct Header<T> {
    name: &'static str,
    form: Form,
    read: fn(&Header<T>, &HeaderMap) -> Read<T>,
    /// It makes a value, and has none.
    makes: PhantomData<fn() -> T>,
}

/// How the text of a header is divided; the names are those of OpenAPI's `style: simple`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `blue`: one value.
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

/// A header that need not be there.
pub(crate) const fn optional<T: FromJson>(name: &'static str, form: Form) -> Header<Option<T>> {
    Header {
        name,
        form,
        read: |header, headers| {
            header
                .text(headers)?
                .map(|text| value(header.form, &text))
                .transpose()
        },
        makes: PhantomData,
    }
}

/// A header that is always there.
pub(crate) const fn required<T: FromJson>(name: &'static str, form: Form) -> Header<T> {
    Header {
        name,
        form,
        read: |header, headers| match header.text(headers)? {
            Some(text) => value(header.form, &text),
            None => Err(Mismatch::new("is missing and required")),
        },
        makes: PhantomData,
    }
}

impl<T> Header<T> {
    /// Its name, in lower case.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Reads it.
    ///
    /// # Errors
    /// It is missing and required, or its text does not fit its type. The path of the mismatch begins with its name.
    pub fn read(&self, headers: &HeaderMap) -> Result<T, Mismatch> {
        (self.read)(self, headers).map_err(|mismatch| mismatch.within(self.name))
    }

    /// The text; several lines of one name are one list (RFC 9110, section 5.2), but for cookies, which have commas of
    /// their own.
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
    /// Reads a header that the description declares.
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

fn value<T: FromJson>(form: Form, text: &str) -> Read<T> {
    let parts = || text.split(',').map(str::trim);
    let value = match form {
        Form::Json => return Json::parse(text.as_bytes())?.read(),
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
    of_texts(value)
}

/// Reads a value all of whose parts are texts. A header does not say whether `100` is a text or a number, and the type
/// does: where reading stops at a text that JSON would take for a number or a boolean, it is taken for that.
fn of_texts<T: FromJson>(mut value: Value) -> Read<T> {
    loop {
        let mismatch = match value.to_json().read() {
            Ok(read) => return Ok(read),
            Err(mismatch) => mismatch,
        };
        let place = match &mut value {
            Value::Array(items) => mismatch.index().and_then(|index| items.get_mut(index)),
            Value::Object(members) => mismatch.member().and_then(|name| members.get_mut(name)),
            whole => Some(whole),
        };
        // each part is taken for something else once, so this ends
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
