//! Listed values.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::place::Place;
use super::{Lowering, name, settle};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{
    IntegerEnum, IntegerValue, Name, Scalar, StringEnum, StringValue, TypeBody, TypeRef, ValueEnum,
};
use crate::options::RenameKind;
use crate::pointer::Pointer;

/// The variant that keeps a value that is not listed.
const UNKNOWN: &str = "Unknown";

impl Lowering<'_> {
    /// An enum of strings, of integers, or of whatever is listed.
    #[expect(
        clippy::indexing_slicing,
        reason = "`variants` gives indices of the list that it was given"
    )]
    pub(super) fn enumeration(&mut self, listed: &[Value], place: &Place) -> TypeBody {
        if let Some(texts) = all(listed, Value::as_str) {
            let names = self.variants(&texts, &texts, &place.at);
            let values = names.into_iter().map(|(name, index)| StringValue {
                name: Name {
                    wire: texts[index].to_owned(),
                    rust: name,
                },
            });
            return TypeBody::StringEnum(StringEnum {
                values: values.collect(),
                open: true,
            });
        }
        if let Some(integers) = all(listed, Value::as_i64) {
            let words: Vec<_> = integers.iter().map(ToString::to_string).collect();
            let words: Vec<_> = words.iter().map(String::as_str).collect();
            let names = self.variants(&words, &words, &place.at);
            let values = names.into_iter().map(|(rust, index)| IntegerValue {
                value: integers[index],
                rust,
            });
            return TypeBody::IntegerEnum(IntegerEnum {
                values: values.collect(),
                open: true,
            });
        }
        let both = [true, false].map(Value::from);
        if both.iter().all(|value| listed.contains(value)) && listed.iter().all(Value::is_boolean) {
            return TypeBody::Alias(TypeRef::Scalar(Scalar::Bool));
        }
        let texts: Vec<_> = listed.iter().map(spelled).collect();
        // a string goes by its text, not by its JSON
        let words = listed.iter().zip(&texts);
        let words: Vec<_> = words
            .map(|(value, json)| value.as_str().unwrap_or(json))
            .collect();
        let keys: Vec<_> = texts.iter().map(String::as_str).collect();
        let names = self.variants(&words, &keys, &place.at);
        let values = names.into_iter().map(|(rust, index)| Name {
            wire: texts[index].clone(),
            rust,
        });
        TypeBody::ValueEnum(ValueEnum {
            values: values.collect(),
            open: true,
        })
    }

    /// The names of listed values in the document's order, with their index: made of words, such as `1` for both 1 and "1".
    /// Values with the same key are the same value, and count once.
    fn variants(&mut self, words: &[&str], keys: &[&str], at: &Pointer) -> Vec<(String, usize)> {
        let mut found: Vec<(String, usize)> = Vec::new();
        let mut seen: BTreeMap<String, usize> = BTreeMap::from([(UNKNOWN.to_owned(), usize::MAX)]);
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for (index, (wire, key)) in words.iter().zip(keys).enumerate() {
            if !known.insert(key) {
                continue;
            }
            let place = at.child("enum").index(index);
            let address = self.address(&place);
            let chosen = self.options.rename.members.get(&address).cloned();
            if chosen.is_some() {
                self.used_renames.insert(address);
            }
            let mut rust = chosen.unwrap_or_else(|| name::variant_name(wire));
            if let Some(&first) = seen.get(&rust) {
                let first = (first != usize::MAX).then(|| at.child("enum").index(first));
                rust = self.variant_taken(&rust, &place, first, &seen);
            }
            seen.insert(rust.clone(), index);
            found.push((rust, index));
        }
        found
    }

    /// A value whose name is taken gets a number, with a warning: neither is renamed silently.
    fn variant_taken(
        &mut self,
        rust: &str,
        at: &Pointer,
        first: Option<Pointer>,
        seen: &BTreeMap<String, usize>,
    ) -> String {
        let free = (2..)
            .map(|number| format!("{rust}{number}"))
            .find(|name| !seen.contains_key(name));
        let free = free.unwrap_or_else(|| rust.to_owned());
        let help = settle(RenameKind::Members, &self.address(at), &free);
        let text = match first {
            Some(_) => format!(
                "the variant name `{rust}` is taken by another value, so this one is `{free}`"
            ),
            None => format!(
                "the variant name `{rust}` is taken by the variant that keeps values that are not listed, so this one is `{free}`"
            ),
        };
        let mut finding = Diagnostic::new(code::NAME_TAKEN, at.clone(), text);
        if let Some(first) = first {
            finding = finding.related(first, "this value has the same name in Rust");
        }
        self.diagnostics.push(finding.help(help));
        free
    }
}

fn all<'v, T>(values: &'v [Value], pick: impl Fn(&'v Value) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(pick).collect()
}

/// A value as JSON; `1.0` is `1`, as most servers spell it.
fn spelled(value: &Value) -> String {
    let whole = value
        .as_f64()
        .filter(|float| value.is_f64() && float.fract() == 0.0 && float.abs() < 9e15);
    whole.map_or_else(|| value.to_string(), |float| (float as i64).to_string())
}
