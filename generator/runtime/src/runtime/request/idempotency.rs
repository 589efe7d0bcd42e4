//! Whether an operation is idempotent.

use http::Method;

use crate::runtime::wire::Json;

/// What is known about the idempotency of an operation.
#[derive(Debug, Clone, Copy)]
pub(super) enum Idempotency {
    /// It is idempotent, or is not.
    Known(bool),
    /// It is idempotent if the JSON body has a value at the end of this path, in every element that `[]` matches:
    /// `&["inputs", "[]", "idProperty"]`.
    WhenPresent(&'static [&'static str]),
}

impl Idempotency {
    /// Returns the idempotency of a method.
    pub(super) fn of(method: &Method) -> Self {
        Idempotency::Known(of_method(method))
    }

    /// Decides about a request with this body.
    pub(super) fn settle(self, body: &Json<'_>) -> Self {
        match self {
            Idempotency::Known(_) => self,
            Idempotency::WhenPresent(path) => Idempotency::Known(is_present(body, path)),
        }
    }

    /// Whether the operation is idempotent; not without the body that decides about it.
    pub(super) fn is_given(self) -> bool {
        matches!(self, Idempotency::Known(true))
    }
}

/// Whether a method is idempotent (RFC 9110, or `QUERY`, which is a `GET` with a body).
pub(crate) fn of_method(method: &Method) -> bool {
    method.is_idempotent() || method.as_str() == "QUERY"
}

/// Whether there is a value at the end of a path; an empty string and `null` are none.
fn is_present(value: &Json<'_>, path: &[&str]) -> bool {
    match (path.split_first(), value) {
        (None, Json::Null) => false,
        (None, Json::String(text)) => !text.is_empty(),
        (None, _) => true,
        (Some((&"[]", rest)), Json::Array(elements)) => {
            elements.iter().all(|element| is_present(element, rest))
        }
        (Some((name, rest)), value) => value
            .get(name)
            .is_some_and(|member| is_present(member, rest)),
    }
}
