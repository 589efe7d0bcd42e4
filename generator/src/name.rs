//! Wire names to Rust names: words, keywords, lengths.
//!
//! The functions are pure and see a single name, so that a new sibling renames nothing. Two wire names can therefore
//! have the same Rust name (`Foo` and `foo`): [`Scope`] gives the later one another name and reports it.
//!
//! The result is always a valid identifier and never a keyword, for any input: any script, only symbols, the empty
//! string, a megabyte.

mod confusable;
mod feature;
mod framework;
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

#[cfg(test)]
pub(crate) use feature::is_taken_feature;
pub(crate) use feature::{UNTAGGED, UNUSED_TYPES, feature_names};
pub(crate) use known::{call_methods, is_prelude, runtime_names};
pub(crate) use operation::{OperationName, name_of_path, operation_name};
pub(crate) use scope::{Scope, ScopeKind, Wish, rename_help};
pub(crate) use status::status_variant;

use words::Case;

/// The maximum length of a name, in bytes. Generated operationIds of real documents reach 111.
const NAME: usize = 120;

/// The maximum length of a module name, in bytes: with `.rs` it is below 100, which every file system and archive
/// format supports.
const MODULE: usize = 95;

/// Returns the name of a type: `simple_public-object` is `SimplePublicObject`, `2fa` is `_2fa`, `self` is `Self_`.
pub(crate) fn type_name(wire: &str) -> String {
    keyword::avoid(join_camel(&fitted(wire, Case::Camel, NAME)))
}

/// Returns the name of a field or an argument: `numErrors` is `num_errors`, `@type` is `type_`, `+1` is `plus_1`.
///
/// `0` is `n0`, because clippy rejects arguments of digits and underscores (`just_underscores_and_digits`).
pub(crate) fn member_name(wire: &str) -> String {
    let words = fitted(wire, Case::Snake, NAME);
    let mut bytes = words.iter().flat_map(|word| word.bytes());
    if bytes.all(|byte| byte.is_ascii_digit()) {
        format!("n{}", words.join("_"))
    } else {
        keyword::avoid(join_snake(&words))
    }
}

/// Returns the name of a method of the client: that of a field, without the names of the client's own methods.
pub(crate) fn method_name(wire: &str) -> String {
    keyword::avoid_method(join_snake(&fitted(wire, Case::Snake, NAME)))
}

/// Returns the name of the variant for a value on the wire: `CANCELED` is `Canceled`, `50` is `_50`, `%` is `Percent`.
pub(crate) fn variant_name(wire: &str) -> String {
    type_name(wire)
}

/// Returns the name of a module and, with `.rs`, of its file: ASCII, and not reserved by Rust or Windows (`mod`,
/// `con`).
///
/// Letters of other scripts become their code points (`u540d`), because rustc requires ASCII file names (E0754).
pub(crate) fn module_name(wire: &str) -> String {
    keyword::avoid_file(join_snake(&fitted(wire, Case::Ascii, MODULE)))
}

/// Returns the prefix of the types of an operation: `UpsertProducts` for the method `upsert_products`.
pub(crate) fn type_of_operation(method_name: &str) -> String {
    type_name(method_name)
}

/// Returns the words of a name, truncated to a maximum length.
fn fitted(wire: &str, case: Case, limit: usize) -> Vec<String> {
    let (words, complete) = words::of(wire, case);
    length::fit(words, complete, wire, limit)
}

/// Joins words in `snake_case`: `["2fa", "code"]` is `_2fa_code`.
fn join_snake(words: &[String]) -> String {
    lead(words.join("_"))
}

/// Joins words in `UpperCamelCase`: `["v1", "0", "draft"]` is `V1_0Draft`, since `V10Draft` has another number.
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

/// Adds an underscore before a leading digit: `123abc` is `_123abc`.
fn lead(name: String) -> String {
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name
    }
}
