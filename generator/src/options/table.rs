//! The table of `codegen.yaml`: for each object its keys, what they are for, and which values they take.
//!
//! The readers in this folder open an object by its table, so that a key without a row is an unknown one, and the JSON
//! Schema for editors is made from the same rows (`schema.rs`). `tests/it/config_schema.rs` gives every key values of
//! every kind, and compares what the readers and the schema say.

mod accepted;
mod batches;
mod features;
mod places;
mod target;

use super::check::Check;

pub(super) use accepted::{ACCEPTANCE, ACCEPTED, FINGERPRINT, NON_EMPTY, VERSION_NUMBER};
pub(super) use batches::{BATCH, BATCH_ERRORS, BATCH_RESULTS, PASSING_ERRORS};
pub(super) use features::FEATURES;
pub(super) use places::{ALONE, INPUT, OF_ONE_DOCUMENT, ROOT, TARGET};
pub(super) use target::{
    BUDGETS, ERRORS, EXCEPT, HEADER, ORDER, RATE_LIMIT, RENAME, RETRY_RULE, TYPES, WHEN_PRESENT,
};

/// An object and its keys.
#[derive(Debug)]
pub(super) struct Table {
    /// What it is, in the schema: `a target`.
    pub(super) about: &'static str,
    /// The keys; a part can be shared by several objects.
    pub(super) parts: &'static [&'static [Key]],
    /// What holds between keys.
    pub(super) rules: &'static [Rule],
}

/// A key of an object.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    /// What it is for.
    pub(super) about: &'static str,
    /// The value that the help for a missing key suggests; `None` for a key that may be left out.
    pub(super) required: Option<&'static str>,
    pub(super) value: Shape,
}

/// The values that a key takes.
#[derive(Debug)]
pub(super) enum Shape {
    /// The number of the supported version.
    Version,
    /// Any string; a plain number or boolean is the string as written.
    Text,
    /// A string that passes a check.
    Checked(&'static Check),
    /// `true` or `false`.
    Boolean,
    /// An integer between two bounds; without an upper one, any that fits into a `usize`.
    Count(u64, Option<u64>),
    /// One of several words.
    Words(&'static [&'static str]),
    /// An array.
    List(&'static Shape),
    /// An array with an element at least.
    Some(&'static Shape),
    /// An object with keys that the user chooses, and a check of them.
    Map(Option<&'static Check>, &'static Shape),
    /// The same with a key at least, none of which is a reserved word.
    Named(&'static Check, &'static Shape),
    /// An object with the keys of a table.
    Object(&'static Table),
    /// One of two shapes, of which one is an object.
    Either(&'static Shape, &'static Shape),
}

/// What holds between the keys of an object.
#[derive(Debug)]
pub(super) enum Rule {
    /// Both or neither, each with a value for the help.
    Together([(&'static str, &'static str); 2]),
    /// Not both.
    Excludes(&'static str, &'static str),
    /// One of them at least.
    OneOf(&'static str, &'static str),
    /// The first only if the second has this value.
    OnlyWith(&'static str, &'static str, &'static str),
}

impl Table {
    /// Returns the rows of all keys.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'static Key> {
        self.parts.iter().flat_map(|part| part.iter())
    }

    /// Returns the value that the help for a missing key suggests.
    pub(super) fn example(&self, name: &str) -> Option<&'static str> {
        let together = |rule: &'static Rule| match rule {
            Rule::Together(keys) => keys.iter().find(|(key, _)| *key == name),
            _ => None,
        };
        let required = self.key(name).and_then(|key| key.required);
        required.or_else(|| {
            self.rules
                .iter()
                .find_map(together)
                .map(|(_, example)| *example)
        })
    }

    /// Returns the row of a key.
    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys().find(|key| key.name == name)
    }
}

/// A row of a key that may be left out.
const fn optional(name: &'static str, about: &'static str, value: Shape) -> Key {
    Key {
        name,
        about,
        required: None,
        value,
    }
}

/// A row of a key that has to be there; `example` is a value for the help.
const fn required(
    name: &'static str,
    example: &'static str,
    about: &'static str,
    value: Shape,
) -> Key {
    Key {
        name,
        about,
        required: Some(example),
        value,
    }
}
