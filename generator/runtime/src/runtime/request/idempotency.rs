//! Whether a call can be done twice without harm.

use http::Method;

use crate::runtime::wire::Json;

/// What the description and `codegen.yaml` know about an operation.
#[derive(Debug, Clone, Copy)]
pub(super) enum Idempotency {
    /// It is, or is not.
    Known(bool),
    /// It is when the JSON body has something at the end of this path, in every element that `[]` stands for:
    /// `&["inputs", "[]", "idProperty"]`.
    WhenPresent(&'static [&'static str]),
}

impl Idempotency {
    /// What the method alone says.
    pub(super) fn of(method: &Method) -> Self {
        Idempotency::Known(of_method(method))
    }

    /// Settles the question for a body.
    pub(super) fn settle(self, body: &Json<'_>) -> Self {
        match self {
            Idempotency::Known(_) => self,
            Idempotency::WhenPresent(path) => Idempotency::Known(is_present(body, path)),
        }
    }

    /// A body that was never looked at gives no reason to repeat anything.
    pub(super) fn is_given(self) -> bool {
        matches!(self, Idempotency::Known(true))
    }
}

/// RFC 9110's idempotent methods, and `QUERY`, which is a `GET` with a body.
pub(super) fn of_method(method: &Method) -> bool {
    method.is_idempotent() || method.as_str() == "QUERY"
}

/// Whether there is something at the end of a path; an empty text and `null` are nothing.
fn is_present(value: &Json<'_>, path: &[&str]) -> bool {
    match (path.split_first(), value) {
        (None, Json::Null) => false,
        (None, Json::Text(text)) => !text.is_empty(),
        (None, _) => true,
        (Some((&"[]", rest)), Json::Array(elements)) => {
            elements.iter().all(|element| is_present(element, rest))
        }
        (Some((name, rest)), value) => value
            .get(name)
            .is_some_and(|member| is_present(member, rest)),
    }
}
