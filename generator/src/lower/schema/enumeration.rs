//! Listed values.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{BodyDraft, SchemaSite, Schemas};
use crate::ir::{IntegerValue, Name, Scalar, StringValue, TypeRef};
use crate::name::{self, Scope, ScopeKind, Wish};
use crate::options::RenameKind;
use crate::pointer::Pointer;

/// The variant that holds a value that is not listed.
const UNKNOWN: &str = "Unknown";

impl Schemas<'_> {
    /// Makes an enum of strings, of integers, or of whatever is listed.
    pub(super) fn enumeration(&mut self, listed: &[Value], place: &SchemaSite) -> BodyDraft {
        if let Some(strings) = all(listed, Value::as_str) {
            let values = strings.iter().map(|string| (*string, *string));
            let named = self.variants(values, &place.at);
            let values = named.into_iter().map(|(value, rust)| StringValue {
                name: Name {
                    wire: value.to_owned(),
                    rust,
                },
            });
            return BodyDraft::Strings(values.collect());
        }
        if let Some(integers) = all(listed, Value::as_i64) {
            let words: Vec<_> = integers.iter().map(ToString::to_string).collect();
            let values = integers
                .iter()
                .copied()
                .zip(words.iter().map(String::as_str));
            let named = self.variants(values, &place.at);
            let values = named
                .into_iter()
                .map(|(value, rust)| IntegerValue { value, rust });
            return BodyDraft::Integers(values.collect());
        }
        let both = [true, false].map(Value::from);
        if both.iter().all(|value| listed.contains(value)) && listed.iter().all(Value::is_boolean) {
            return BodyDraft::Alias(TypeRef::Scalar(Scalar::Bool));
        }
        let spellings: Vec<String> = listed.iter().map(spelled).collect();
        // the variant of a string is named after the string, not after its JSON
        let values = listed.iter().zip(&spellings).map(|(value, json)| {
            let words = value.as_str().unwrap_or(json);
            (json.as_str(), words)
        });
        let named = self.variants(values, &place.at);
        let values = named.into_iter().map(|(json, rust)| Name {
            wire: json.to_owned(),
            rust,
        });
        BodyDraft::Values(values.collect())
    }

    /// Names listed values in the document's order. A value that is listed twice counts once.
    fn variants<'v, T: Copy + Ord>(
        &mut self,
        values: impl Iterator<Item = (T, &'v str)>,
        at: &Pointer,
    ) -> Vec<(T, String)> {
        let mut known: BTreeSet<T> = BTreeSet::new();
        let mut scope = Scope::new(ScopeKind::ValueVariant)
            .reserve([UNKNOWN], "the variant for values that are not listed")
            .reserve(["ALL"], "the constant that lists all values");
        let mut named = Vec::new();
        for (index, (value, words)) in values.enumerate() {
            if known.insert(value) {
                let at = at.child("enum").index(index);
                named.push((value, self.variant(words, &at, &mut scope)));
            }
        }
        named
    }

    /// Names a value by `codegen.yaml`, or after its words: `1` for both 1 and "1".
    fn variant(&mut self, words: &str, at: &Pointer, scope: &mut Scope) -> String {
        let address = self.address(at);
        let wanted = match self.options.rename.members.get(&address) {
            Some(chosen) => {
                self.rename_used(&address);
                chosen.clone()
            }
            None => name::variant_name(words),
        };
        let claim = scope.claim(Wish::new(wanted, at).renamed_by(RenameKind::Members, address));
        self.diagnostics.extend(claim.collision);
        claim.name
    }
}

fn all<'v, T>(values: &'v [Value], pick: impl Fn(&'v Value) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(pick).collect()
}

/// Returns a value as JSON; `1.0` is `1`, as most servers spell it.
fn spelled(value: &Value) -> String {
    let is_whole = |float: &f64| value.is_f64() && float.fract() == 0.0 && float.abs() < 9e15;
    match value.as_f64().filter(is_whole) {
        Some(float) => (float as i64).to_string(),
        None => value.to_string(),
    }
}
