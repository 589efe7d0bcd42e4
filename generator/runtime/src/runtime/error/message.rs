//! The message of an error response at the places where servers usually have it. What `codegen.yaml` says comes first.

use crate::runtime::wire::Json;

/// The places of the message, in this order. A number is the index of an item.
const PLACES: &[&[&str]] = &[
    // problem details (RFC 9457); FastAPI has the first, too, or a list of what is wrong there
    &["detail"],
    &["detail", "0", "msg"],
    &["title"],
    &["message"],
    &["error", "message"],
    // OAuth 2.0, whose `error` is a code
    &["error_description"],
    &["error"],
    &["errors", "0", "message"],
    // JSON:API
    &["errors", "0", "detail"],
    &["errors", "0", "title"],
    &["errors", "0"],
];

/// Returns the text at the first of the usual places that has some.
pub(super) fn usual(body: &Json<'_>) -> Option<String> {
    PLACES.iter().find_map(|place| {
        let found = place
            .iter()
            .try_fold(body, |value, step| step_into(value, step))?;
        match found {
            Json::String(text) if !text.trim().is_empty() => Some(text.clone().into_owned()),
            _ => None,
        }
    })
}

fn step_into<'j, 'a>(value: &'j Json<'a>, step: &str) -> Option<&'j Json<'a>> {
    match value {
        Json::Array(items) => items.get(step.parse::<usize>().ok()?),
        value => value.get(step),
    }
}
