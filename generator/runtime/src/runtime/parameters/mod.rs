//! Parameters in the path, the query, the headers and the cookies of a request.
//!
//! A value is converted to JSON first, and then to text by the style of the parameter. So any type of a body can be the
//! type of a parameter. `null` is not sent: neither as a parameter nor as an item of an array or a member of an object.

mod style;

use std::borrow::Cow;

use crate::runtime::call::Call;
use crate::runtime::request::{Location, RequestBuilder, Text};
use crate::runtime::request_error::RequestError;
use crate::runtime::wire::{Json, Mismatch, ToJson};

pub use style::Style;
pub(crate) use style::{Encoded, Letters, Place, scalar};

impl RequestBuilder {
    /// Fills in all path parameters, in the order of the template, in the default style.
    pub fn fill(self, values: &[&dyn ToJson]) -> Self {
        let style = Style::Simple { explode: false };
        let names = variables(self.template());
        let pairs = names.into_iter().zip(values);
        pairs.fold(self, |request, (name, value)| {
            request.path(name, style, *value)
        })
    }

    /// Fills in a path parameter.
    ///
    /// A value stays within its segment: `a/b` is sent as `a%2Fb`. Empty values are rejected, since they would lead to
    /// another path (`/users/` is not a user), and so are `.` and `..` as whole segments.
    pub fn path(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        let letters = Letters::Unreserved;
        self.path_as(name, encoded(name, style, letters, Place::Path, value))
    }

    /// Fills in a path parameter with `allowReserved`: `:`, `@`, `&` and the like are not encoded, but `/`, `?` and `#`
    /// are, because they would end the segment.
    pub fn path_reserved(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
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

    /// Sets a query parameter.
    pub fn query(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        self.with_parameter(Location::Query, name, query(name, style, value))
    }

    /// Sets a query parameter with `allowReserved`: `/`, `?`, `&` and the like are not encoded, but `#` is, because it
    /// would end the query.
    pub fn query_reserved(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        let text = encoded(name, style, Letters::Reserved, Place::Query, value);
        self.with_parameter(Location::Query, name, text)
    }

    /// Sends a value as the whole query: `?%7B%22id%22%3A7%7D` for JSON, `?%24.a` for a string.
    pub fn query_string(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        self.with_parameter(Location::Query, name, query_string(name, style, value))
    }

    /// Sets a header, replacing one of the client with the same name. Its value is marked as sensitive.
    pub fn header(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        self.with_parameter(Location::Header, name, header(name, style, value))
    }

    /// Sets a cookie. All cookies are in one header.
    pub fn cookie(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        self.with_parameter(Location::Cookie, name, cookie(name, style, value))
    }

    /// Sets a cookie with `allowReserved`: `/`, `?` and the like are not encoded, but `;` is, because it would end the
    /// cookie.
    pub fn cookie_reserved(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        let text = encoded(name, style, Letters::Reserved, Place::Cookie, value);
        self.with_parameter(Location::Cookie, name, text)
    }

    fn with_parameter(mut self, location: Location, name: &'static str, text: Text) -> Self {
        self.set(location, name, text);
        self
    }
}

/// The same for optional parameters, which are set on the call. A parameter that is set again is replaced.
impl<T, E, Op> Call<T, E, Op> {
    /// Sets a query parameter.
    #[doc(hidden)]
    pub fn put_query(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        self.put_parameter(Location::Query, name, query(name, style, value))
    }

    /// Sets a query parameter with `allowReserved`.
    #[doc(hidden)]
    pub fn put_query_reserved(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        let text = encoded(name, style, Letters::Reserved, Place::Query, value);
        self.put_parameter(Location::Query, name, text)
    }

    /// Sends a value as the whole query.
    #[doc(hidden)]
    pub fn put_query_string(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        self.put_parameter(Location::Query, name, query_string(name, style, value))
    }

    /// Sets a header.
    #[doc(hidden)]
    pub fn put_header(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        self.put_parameter(Location::Header, name, header(name, style, value))
    }

    /// Sets a cookie.
    #[doc(hidden)]
    pub fn put_cookie(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        self.put_parameter(Location::Cookie, name, cookie(name, style, value))
    }

    /// Sets a cookie with `allowReserved`.
    #[doc(hidden)]
    pub fn put_cookie_reserved(self, name: &'static str, style: Style, value: &dyn ToJson) -> Self {
        let text = encoded(name, style, Letters::Reserved, Place::Cookie, value);
        self.put_parameter(Location::Cookie, name, text)
    }
}

/// Returns the variables of a template, each once: `owner` and `id` of `/{owner}/{id}:copy/{id}`.
fn variables(template: &'static str) -> Vec<&'static str> {
    let mut names = Vec::new();
    for piece in template.split('{').skip(1) {
        if let Some((name, _)) = piece.split_once('}')
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

fn query(name: &'static str, style: Style, value: &dyn ToJson) -> Text {
    encoded(name, style, Letters::Unreserved, Place::Query, value)
}

fn query_string(name: &'static str, style: Style, value: &dyn ToJson) -> Text {
    // like in a path, the name is not sent
    encoded(name, style, Letters::Unreserved, Place::Path, value)
}

fn header(name: &'static str, style: Style, value: &dyn ToJson) -> Text {
    encoded(name, style, Letters::Unreserved, Place::Header, value)
}

fn cookie(name: &'static str, style: Style, value: &dyn ToJson) -> Text {
    encoded(name, style, Letters::Unreserved, Place::Cookie, value)
}

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
