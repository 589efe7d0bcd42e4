//! Bodies of `application/x-www-form-urlencoded`.

use crate::runtime::parameters::{Encoded, Letters, Place, Style, unsendable};
use crate::runtime::request::RequestBuilder;
use crate::runtime::request_error::RequestError;
use crate::runtime::wire::{Json, Mismatch, ToJson};

/// Members of a form with a style of their own: `(Style::DeepObject, &["metadata", "expand"])`.
pub(crate) type Members = (Style, &'static [&'static str]);

impl RequestBuilder {
    /// Adds an object as a form. Without a style of its own, an array is a pair for each item, and an object is JSON.
    pub(crate) fn form(mut self, body: &dyn ToJson, styles: &[Members]) -> Self {
        match pairs(&body.to_json(), styles) {
            Ok(text) => self.body("application/x-www-form-urlencoded", text.into()),
            Err(place) => {
                self.fail(RequestError::body(place));
                self
            }
        }
    }

    /// Sends an object as the whole query, encoded as a form.
    pub(crate) fn query_form(
        mut self,
        name: &'static str,
        value: &dyn ToJson,
        styles: &[Members],
    ) -> Self {
        match value.to_json() {
            Json::Null => {}
            json => match pairs(&json, styles) {
                Ok(text) => self.query.push_encoded(&text),
                Err(place) => self.fail(RequestError::parameter(name, unsendable(&place))),
            },
        }
        self
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
