//! Wire names to Rust names: words, keywords, lengths.
//!
//! Every function here is pure and sees one name only, so that adding a sibling renames nothing. Two wire names can
//! therefore meet in one Rust name (`Foo` and `foo`): [`Scope`] gives the later one another name and reports it.
//!
//! What comes out is always a valid identifier and never a keyword, whatever comes in: any script, symbols
//! only, nothing at all, a megabyte.

mod confusable;
mod keyword;
mod known;
mod length;
mod letter;
mod operation;
mod scope;
mod spelling;
mod status;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use known::{is_prelude, runtime_names};
pub(crate) use operation::operation_name;
pub(crate) use scope::{Kind, Scope, Wish, rename_help};
pub(crate) use status::status_variant;

use words::Case;

/// The longest name, in bytes. Generated operationIds of real documents reach 111.
const NAME: usize = 120;

/// The longest module name, in bytes: with `.rs` it stays below 100, which every file system and archive takes.
const MODULE: usize = 95;

/// The name of a type: `simple_public-object` is `SimplePublicObject`, `2fa` is `_2fa`, `self` is `Self_`.
pub(crate) fn type_name(wire: &str) -> String {
    keyword::avoid(join_camel(&fitted(wire, Case::Camel, NAME)))
}

/// The name of a member or an argument: `numErrors` is `num_errors`, `@type` is `type_`, `+1` is `plus_1`.
///
/// Clippy takes an argument `_0` for one that says nothing, so that `0` is `n0`.
pub(crate) fn member_name(wire: &str) -> String {
    let words = fitted(wire, Case::Snake, NAME);
    let mut bytes = words.iter().flat_map(|word| word.bytes());
    if bytes.all(|byte| byte.is_ascii_digit()) {
        format!("n{}", words.join("_"))
    } else {
        keyword::avoid(join_snake(&words))
    }
}

/// The name of a client's method: as a member's, without the names that a client has for itself.
pub(crate) fn method_name(wire: &str) -> String {
    keyword::avoid_method(join_snake(&fitted(wire, Case::Snake, NAME)))
}

/// The name of a variant by its value on the wire: `CANCELED` is `Canceled`, `50` is `_50`, `%` is `Percent`.
pub(crate) fn variant_name(wire: &str) -> String {
    type_name(wire)
}

/// The name of a module and, with `.rs`, of its file: ASCII, never one that a system reserves (`con`, `mod`).
///
/// Letters of other scripts become their code points (`u540d`): rustc looks for no file by such a name (E0754).
pub(crate) fn module_name(wire: &str) -> String {
    keyword::avoid_file(join_snake(&fitted(wire, Case::Ascii, MODULE)))
}

/// The type that stands for an operation: `upsert_products` is `UpsertProducts`.
pub(crate) fn type_of_operation(method_name: &str) -> String {
    type_name(method_name)
}

/// The words of a name, cut where they are too long.
fn fitted(wire: &str, case: Case, limit: usize) -> Vec<String> {
    let (words, complete) = words::of(wire, case);
    length::fit(words, complete, wire, limit)
}

/// `["_2fa", "code"]`: words as they are, after an underscore when a digit would come first.
fn join_snake(words: &[String]) -> String {
    lead(words.join("_"))
}

/// `["v1", "0", "draft"]` is `V1_0Draft`: digits that meet would read as another number.
fn join_camel(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        let mut letters = word.chars();
        let Some(first) = letters.next() else {
            continue;
        };
        if first.is_ascii_digit() && name.ends_with(|last: char| last.is_ascii_digit()) {
            name.push('_');
        }
        name.extend(first.to_uppercase());
        name.push_str(letters.as_str());
    }
    lead(name)
}

/// No identifier begins with a digit: `123abc` is `_123abc`.
fn lead(name: String) -> String {
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name
    }
}
