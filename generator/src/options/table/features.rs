//! The object of `features`.

use super::{Shape, Table, optional, required};

pub(in crate::options) const FEATURES: Table = Table {
    about: "which parts of the crate are cargo features",
    parts: &[&[
        required(
            "by",
            "tags",
            "What is a feature: each tag.",
            Shape::Words(&["tags"]),
        ),
        optional(
            "default",
            "Which of them are default features. By default all.",
            Shape::Words(&["all", "none"]),
        ),
    ]],
    rules: &[],
};
