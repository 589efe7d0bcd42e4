//! The objects of `batches`.

use super::{Shape, Table, optional, required};
use crate::options::check::MEMBER_PATH;

pub(in crate::options) const BATCH: Table = Table {
    about: "an operation that takes several inputs per call",
    parts: &[&[
        required(
            "items",
            "inputs",
            "The member of the body with the array of inputs.",
            Shape::Text,
        ),
        required(
            "at_most",
            "100",
            "The maximum number of inputs per call.",
            Shape::Count(1, None),
        ),
        required(
            "correlation",
            "traceId",
            "The member of an input that its result or error repeats.",
            Shape::Text,
        ),
        optional(
            "identity",
            "The members of an input that identify its item; with all of them a call is idempotent.",
            Shape::List(&Shape::Text),
        ),
        optional(
            "ignore_case",
            "Whether ids are compared case-insensitively.",
            Shape::Words(&["true", "false"]),
        ),
        required(
            "results",
            "{ at: …, correlation: … }",
            "Where a success has its results.",
            Shape::Object(&BATCH_RESULTS),
        ),
        optional(
            "errors",
            "Where a success has its errors.",
            Shape::Object(&BATCH_ERRORS),
        ),
    ]],
    rules: &[],
};

pub(in crate::options) const BATCH_RESULTS: Table = Table {
    about: "where a success has its results",
    parts: &[&[
        required(
            "at",
            "results",
            "The member of a success with the array of results.",
            Shape::Text,
        ),
        required(
            "correlation",
            "traceId",
            "Where a result has the value of its input.",
            Shape::Checked(&MEMBER_PATH),
        ),
        optional(
            "new",
            "The boolean member that is true if the item was created.",
            Shape::Text,
        ),
    ]],
    rules: &[],
};

pub(in crate::options) const BATCH_ERRORS: Table = Table {
    about: "where a success has its errors",
    parts: &[&[
        required(
            "at",
            "errors",
            "The member of a success with the array of errors.",
            Shape::Text,
        ),
        required(
            "correlation",
            "context.traceIds",
            "Where an error has the values of its inputs: a string or an array.",
            Shape::Checked(&MEMBER_PATH),
        ),
        optional(
            "message",
            "Where an error has its message.",
            Shape::Checked(&MEMBER_PATH),
        ),
        optional(
            "passing",
            "Transient errors: the same input can succeed later.",
            Shape::Object(&PASSING_ERRORS),
        ),
    ]],
    rules: &[],
};

pub(in crate::options) const PASSING_ERRORS: Table = Table {
    about: "transient errors",
    parts: &[&[
        required(
            "at",
            "category",
            "Where an error has the string that tells them.",
            Shape::Checked(&MEMBER_PATH),
        ),
        required(
            "values",
            "[RATE_LIMIT]",
            "The strings of transient errors.",
            Shape::List(&Shape::Text),
        ),
    ]],
    rules: &[],
};
