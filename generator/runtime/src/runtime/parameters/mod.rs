//! Parameters in the path, the query, the headers and the cookies of a request.
//!
//! A value is converted to JSON first, and then to text by the style of the parameter. So any type of a body can be the
//! type of a parameter. `null` is not sent: neither as a parameter nor as an item of an array or a member of an object.

mod style;

use std::borrow::Cow;

use http::header::{COOKIE, HeaderValue};

use crate::runtime::client::header_of;
use crate::runtime::request::RequestBuilder;
use crate::runtime::request_error::RequestError;
use crate::runtime::wire::{Json, Mismatch, ToJson};

pub use style::Style;
pub(crate) use style::{Encoded, Letters, Place, scalar};

impl RequestBuilder {
    /// Fills in a path parameter.
    ///
    /// A value stays within its segment: `a/b` is sent as `a%2Fb`. Empty values are rejected, since they would lead to
    /// another path (`/users/` is not a user), and so are `.` and `..` as whole segments.
    pub(crate) fn path(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        let letters = Letters::Unreserved;
        self.path_as(name, encoded(name, style, letters, Place::Path, value))
    }

    /// Fills in a path parameter with `allowReserved`: `:`, `@`, `&` and the like are not encoded, but `/`, `?` and `#`
    /// are, because they would end the segment.
    pub(crate) fn path_reserved(
        self,
        name: &'static str,
        style: Style,
        value: &dyn ToJson,
    ) -> Self {
        let letters = Letters::Reserved;
        self.path_as(name, encoded(name, style, letters, Place::Path, value))
    }

    fn path_as(mut self, name: &'static str, text: Text) -> Self {
        match text {
            Ok(Some(text)) if !text.is_empty() => {
                let template = format!("{{{name}}}");
                self.path = self.path.replace(&template, &text);
                self.query.fill(&template, &text);
            }
            Ok(_) => self.fail(RequestError::parameter(
                name,
                "is empty, and the path would be another one without it",
            )),
            Err(error) => self.fail(error),
        }
        self
    }

    /// Adds a query parameter.
    pub(crate) fn query(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        let letters = Letters::Unreserved;
        self.query_as(encoded(name, style, letters, Place::Query, value))
    }

    /// Adds a query parameter with `allowReserved`: `/`, `?`, `&` and the like are not encoded, but `#` is, because it
    /// would end the query.
    pub(crate) fn query_reserved(
        self,
        name: &'static str,
        style: Style,
        value: &dyn ToJson,
    ) -> Self {
        let letters = Letters::Reserved;
        self.query_as(encoded(name, style, letters, Place::Query, value))
    }

    fn query_as(mut self, text: Text) -> Self {
        match text {
            Ok(Some(pairs)) => self.query.push_encoded(&pairs),
            Ok(None) => {}
            Err(error) => self.fail(error),
        }
        self
    }

    /// Adds a header, replacing one of the client with the same name. Its value is marked as sensitive.
    pub(crate) fn header(mut self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        match encoded(name, style, Letters::Unreserved, Place::Header, value) {
            Ok(Some(text)) => match header_of(name, &text) {
                Ok((name, value)) => {
                    self.headers.insert(name, value);
                }
                Err(reason) => self.fail(RequestError::parameter(
                    name,
                    format!("cannot be sent: {reason}"),
                )),
            },
            Ok(None) => {}
            Err(error) => self.fail(error),
        }
        self
    }

    /// Adds a cookie. All cookies are in one header.
    pub(crate) fn cookie(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        let letters = Letters::Unreserved;
        self.cookie_as(name, encoded(name, style, letters, Place::Cookie, value))
    }

    /// Adds a cookie with `allowReserved`: `/`, `?` and the like are not encoded, but `;` is, because it would end the
    /// cookie.
    pub(crate) fn cookie_reserved(
        self,
        name: &'static str,
        style: Style,
        value: &dyn ToJson,
    ) -> Self {
        let letters = Letters::Reserved;
        self.cookie_as(name, encoded(name, style, letters, Place::Cookie, value))
    }

    fn cookie_as(mut self, name: &'static str, text: Text) -> Self {
        match text {
            Ok(Some(pairs)) => {
                let before = self.headers.get(COOKIE).map(HeaderValue::as_bytes);
                let all = match before {
                    Some(before) => [before, b"; ", pairs.as_bytes()].concat(),
                    None => pairs.into_bytes(),
                };
                self.set_cookies(name, &all);
            }
            Ok(None) => {}
            Err(error) => self.fail(error),
        }
        self
    }

    /// Sends a value as the whole query: `?%7B%22id%22%3A7%7D` for JSON, `?%24.a` for a string.
    pub(crate) fn query_string(
        mut self,
        name: &'static str,
        style: Style,
        value: &dyn ToJson,
    ) -> Self {
        // like in a path, the name is not sent
        let letters = Letters::Unreserved;
        match encoded(name, style, letters, Place::Path, value) {
            Ok(Some(text)) => self.query.push_encoded(&text),
            Ok(None) => {}
            Err(error) => self.fail(error),
        }
        self
    }

    fn set_cookies(&mut self, name: &'static str, all: &[u8]) {
        match HeaderValue::from_bytes(all) {
            Ok(mut value) => {
                value.set_sensitive(true);
                self.headers.insert(COOKIE, value);
            }
            Err(_) => self.fail(RequestError::parameter(
                name,
                "has characters that a cookie cannot have",
            )),
        }
    }
}

/// The text of a parameter, with its name if the style has it; `None` if nothing is sent.
type Text = Result<Option<String>, RequestError>;

fn encoded(
    name: &'static str,
    style: Style,
    letters: Letters,
    place: Place,
    value: &dyn ToJson,
) -> Text {
    let json = value.to_json();
    let encoded = Encoded {
        name,
        style,
        place,
        letters,
    };
    encoded
        .text(&json)
        .map_err(|place| RequestError::parameter(name, unsendable(&place)))
}

/// Says why a value cannot be sent; the place in it is left out if that is all of it.
pub(crate) fn unsendable(place: &Mismatch) -> String {
    match place.path().as_str() {
        "." => format!("cannot be sent: {}", place.reason()),
        _ => format!("cannot be sent: {place}"),
    }
}

/// String parameters are passed as `&str`.
impl ToJson for &str {
    fn to_json(&self) -> Json<'_> {
        Json::String(Cow::Borrowed(self))
    }
}

/// Array parameters are passed as slices.
impl<T: ToJson> ToJson for &[T] {
    fn to_json(&self) -> Json<'_> {
        Json::Array(self.iter().map(T::to_json).collect())
    }
}
