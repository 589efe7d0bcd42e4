//! Bodies of `application/x-www-form-urlencoded`.

use crate::runtime::call::Call;
use crate::runtime::parameters::{Encoded, Letters, Place, Style, unsendable};
use crate::runtime::request::{Location, RequestBuilder, Text};
use crate::runtime::request_error::RequestError;
use crate::runtime::wire::{Json, Mismatch, ToJson};

/// Members of a form with a style of their own: `(Style::DeepObject, &["metadata", "expand"])`.
pub type Members = (Style, &'static [&'static str]);

impl RequestBuilder {
    /// Sets an object as a form. Without a style of its own, an array is a pair for each item, and an object is JSON.
    pub fn form(self, body: &dyn ToJson, styles: &[Members]) -> Self {
        match pairs(&body.to_json(), styles) {
            Ok(text) => self.body("application/x-www-form-urlencoded", text.into()),
            Err(place) => self.without_body(RequestError::body(place)),
        }
    }

    /// Sends an object as the whole query, encoded as a form.
    pub fn query_form(
        mut self,
        name: &'static str,
        value: &dyn ToJson,
        styles: &[Members],
    ) -> Self {
        self.set(Location::Query, name, query(name, value, styles));
        self
    }
}

impl<T, E, Op> Call<T, E, Op> {
    /// Sends an object as the whole query, encoded as a form.
    #[doc(hidden)]
    pub fn put_query_form(
        self,
        name: &'static str,
        value: &dyn ToJson,
        styles: &[Members],
    ) -> Self {
        self.put_parameter(Location::Query, name, query(name, value, styles))
    }
}

fn query(name: &'static str, value: &dyn ToJson, styles: &[Members]) -> Text {
    match value.to_json() {
        Json::Null => Ok(None),
        json => {
            let text = pairs(&json, styles).map(Some);
            text.map_err(|place| RequestError::parameter(name, unsendable(&place)))
        }
    }
}

fn pairs(json: &Json<'_>, styles: &[Members]) -> Result<String, Mismatch> {
    let members = match json {
        Json::Object(members) => members,
        other => {
            return Err(Mismatch::expected(
                "an object, since it is sent as a form",
                other,
            ));
        }
    };
    let mut all = Vec::new();
    for (name, value) in members.iter() {
        let own = styles.iter().find(|(_, names)| names.contains(&name));
        let style = match (own, value) {
            (Some((style, _)), _) => *style,
            (None, Json::Object(_)) => Style::Json,
            (None, _) => Style::Form { explode: true },
        };
        let encoded = Encoded {
            name,
            style,
            place: Place::Query,
            letters: Letters::Unreserved,
        };
        all.extend(encoded.text(value).map_err(|error| error.within(name))?);
    }
    Ok(all.join("&"))
}
