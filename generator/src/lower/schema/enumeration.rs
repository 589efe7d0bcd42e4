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
            let values = strings.iter().map(|string| (*string, *string, None));
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
                .zip(&words)
                .map(|(integer, words)| (integer, words.as_str(), None));
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
            (json.as_str(), words, Some(json_type(value)))
        });
        let named = self.variants(values, &place.at);
        let values = named.into_iter().map(|(json, rust)| Name {
            wire: json.to_owned(),
            rust,
        });
        BodyDraft::Values(values.collect())
    }

    /// Names listed values in the document's order, each after its words. A value that is listed twice counts once.
    /// Of values with the same words, such as 1 and "1", each also has its type in its name.
    fn variants<'v, T: Copy + Ord>(
        &mut self,
        values: impl Iterator<Item = (T, &'v str, Option<&'static str>)>,
        at: &Pointer,
    ) -> Vec<(T, String)> {
        let mut known: BTreeSet<T> = BTreeSet::new();
        let mut listed = Vec::new();
        for (index, (value, words, ty)) in values.enumerate() {
            if known.insert(value) {
                let at = at.child("enum").index(index);
                let chosen = self.chosen_variant(&at);
                listed.push((value, words, ty, at, chosen));
            }
        }
        let wishes = listed.iter().map(|(_, words, ty, at, chosen)| {
            let wanted = chosen.clone().unwrap_or_else(|| name::variant_name(words));
            let with_type = ty.map(|ty| ScopeKind::ValueVariant.with_suffix(&wanted, ty));
            let wish = Wish::new(wanted, at);
            let wish = match with_type {
                Some(name) => wish.or(name),
                None => wish,
            };
            wish.spelled(words)
                .chosen(chosen.is_some())
                .renamed_by(RenameKind::Members, self.address(at))
        });
        let mut scope = Scope::new(ScopeKind::ValueVariant)
            .reserve([UNKNOWN], "the variant for values that are not listed")
            .reserve(["ALL"], "the constant that lists all values");
        let claims = scope.claim_all(&wishes.collect::<Vec<_>>());
        let named = listed.into_iter().zip(claims);
        named
            .map(|((value, ..), claim)| {
                self.diagnostics.extend(claim.collision);
                (value, claim.name)
            })
            .collect()
    }

    /// Returns the name that `codegen.yaml` gives a value.
    fn chosen_variant(&mut self, at: &Pointer) -> Option<String> {
        let address = self.address(at);
        let chosen = self.options.rename.members.get(&address)?;
        self.rename_used(&address);
        Some(chosen.clone())
    }
}

fn all<'v, T>(values: &'v [Value], pick: impl Fn(&'v Value) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(pick).collect()
}

fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Returns a value as JSON; `1.0` is `1`, as most servers spell it.
fn spelled(value: &Value) -> String {
    let is_whole = |float: &f64| value.is_f64() && float.fract() == 0.0 && float.abs() < 9e15;
    match value.as_f64().filter(is_whole) {
        Some(float) => (float as i64).to_string(),
        None => value.to_string(),
    }
}
