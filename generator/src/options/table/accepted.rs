//! The objects of `accepted.yaml`.

use super::{Shape, Table, required};
use crate::options::check::Check;

/// The file.
pub(in crate::options) const ACCEPTED: Table = Table {
    about: "changes that are released although they break programs in the field",
    parts: &[&[
        required(
            "version",
            "1",
            "The version of this format.",
            Shape::Version,
        ),
        required(
            "accepted",
            "[]",
            "The changes.",
            Shape::List(&Shape::Object(&ACCEPTANCE)),
        ),
    ]],
    rules: &[],
};

/// A change.
pub(in crate::options) const ACCEPTANCE: Table = Table {
    about: "a change that is accepted",
    parts: &[&[
        required(
            "change",
            "9f3c21b08a4d",
            "The id that `diff` prints below the change.",
            Shape::Checked(&FINGERPRINT),
        ),
        required(
            "version",
            "0.4.0",
            "The version of the package that has the change.",
            Shape::Checked(&VERSION_NUMBER),
        ),
        required(
            "reason",
            "why programs in the field may fail",
            "Why it is accepted.",
            Shape::Checked(&NON_EMPTY),
        ),
    ]],
    rules: &[],
};

/// Twelve hexadecimal digits.
pub(in crate::options) const FINGERPRINT: Check = Check {
    test: fingerprint,
    pattern: "^[0-9a-f]{12}$",
    is_name: false,
    takes_scalars: true,
};

/// The version of a package.
pub(in crate::options) const VERSION_NUMBER: Check = Check {
    test: version_number,
    pattern: "^[0-9]+\\.[0-9]+\\.[0-9]+([-+].*)?$",
    is_name: false,
    takes_scalars: false,
};

/// A text that says something.
pub(in crate::options) const NON_EMPTY: Check = Check {
    test: non_empty,
    pattern: "\\S",
    is_name: false,
    takes_scalars: true,
};

fn fingerprint(text: &str) -> Option<&'static str> {
    let is_digit = |letter: char| matches!(letter, '0'..='9' | 'a'..='f');
    let is_valid = text.len() == 12 && text.chars().all(is_digit);
    (!is_valid).then_some("write the id that `diff` prints below the change: twelve digits, 0 to f")
}

fn version_number(text: &str) -> Option<&'static str> {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<bool> = core
        .split('.')
        .map(|part| part.parse::<u64>().is_ok())
        .collect();
    let is_valid = numbers.len() == 3 && numbers.iter().all(|is_number| *is_number);
    (!is_valid).then_some("write a version such as `0.4.0`")
}

fn non_empty(text: &str) -> Option<&'static str> {
    text.trim()
        .is_empty()
        .then_some("say why programs in the field may fail")
}
