//! Enums: the kind of one, and the names of its variants.

use std::collections::BTreeSet;

use serde_json::Value;

use super::listing::{ListedItem, Listing};
use super::{BodyDraft, Listed, Schemas};
use crate::ir::{IntegerValue, ListedValue, Name, Scalar, TypeRef};
use crate::name::{self, Scope, ScopeKind, Wish};
use crate::options::RenameKind;

/// The variant that holds a value that is not listed.
const UNKNOWN: &str = "Unknown";

/// The name that a value would like.
struct WantedVariant {
    rust: String,
    /// Whether `codegen.yaml` or the document gives it.
    is_chosen: bool,
}

impl Schemas<'_> {
    /// Makes an enum of strings, of integers, or of whatever is listed.
    pub(super) fn enumeration(&mut self, listing: &Listing) -> BodyDraft {
        let is_constant = listing.is_constant;
        if listing.all(Value::is_string) && !listing.is_mixed {
            let string = |value: &Value| value.as_str().map(str::to_owned);
            let values = self.variants(listing, string);
            return BodyDraft::Strings(Listed {
                values,
                is_constant,
            });
        }
        if listing.all(Value::is_i64) && !listing.is_mixed {
            let values = self.variants(listing, |value| Some(value.to_string()));
            let integers = values.into_iter().filter_map(|one| {
                Some(IntegerValue {
                    value: one.name.wire.parse().ok()?,
                    rust: one.name.rust,
                    description: one.description,
                })
            });
            return BodyDraft::Integers(Listed {
                values: integers.collect(),
                is_constant,
            });
        }
        let has = |value: bool| {
            let mut values = listing.values.iter();
            values.any(|one| one.value == Value::Bool(value))
        };
        if listing.all(Value::is_boolean) && has(true) && has(false) {
            return BodyDraft::Alias(TypeRef::Scalar(Scalar::Bool));
        }
        let values = self.variants(listing, |value| Some(spelled(value)));
        BodyDraft::Values(Listed {
            values,
            is_constant,
        })
    }

    /// Names listed values in the document's order, each after its words. A value that is listed twice counts once.
    /// Of values with the same words, such as `{"a": 1}` and `"a1"`, each also has its type in its name.
    fn variants(
        &mut self,
        listing: &Listing,
        wire: impl Fn(&Value) -> Option<String>,
    ) -> Vec<ListedValue> {
        let mut known: BTreeSet<String> = BTreeSet::new();
        let is_mixed = !listing.all(Value::is_string);
        let mut listed = Vec::new();
        for one in &listing.values {
            if let Some(wire) = wire(&one.value)
                && known.insert(wire.clone())
            {
                let words = words(one, &wire, is_mixed);
                let variant = self.variant(one, &wire, &words);
                listed.push((one, wire, words, variant));
            }
        }
        let kind = ScopeKind::ValueVariant;
        let wishes = listed.iter().map(|(one, wire, words, variant)| {
            let rust = variant.rust.as_str();
            let mut wish = Wish::new(rust, &one.at)
                .spelled(one.value.as_str().unwrap_or(wire))
                .chosen(variant.is_chosen);
            if is_mixed {
                wish = wish.or(kind.with_suffix(rust, json_type(&one.value)));
            }
            if variant.is_chosen {
                wish = wish.or(kind.with_suffix(rust, words));
            }
            let keys = [self.rename_key(&one.schema()), wire.clone()];
            wish.renamed_by(RenameKind::Values, keys)
        });
        let mut scope = Scope::new(kind)
            .reserve([UNKNOWN], "the variant for values that are not listed")
            .reserve(["ALL"], "the constant that lists all values");
        let claims = scope.claim_all(&wishes.collect::<Vec<_>>());
        let named = listed.into_iter().zip(claims);
        named
            .map(|((one, wire, ..), claim)| {
                self.diagnostics.extend(claim.collision);
                ListedValue {
                    name: Name {
                        wire,
                        rust: claim.name,
                    },
                    description: one.description.clone(),
                }
            })
            .collect()
    }

    /// Names a value by `codegen.yaml`, by the document, or after its words: `_1` for 1.
    fn variant(&mut self, one: &ListedItem, wire: &str, words: &str) -> WantedVariant {
        let chosen = self.rename_value(&one.schema(), wire);
        let chosen = chosen.or_else(|| one.name.as_deref().and_then(given_name));
        WantedVariant {
            is_chosen: chosen.is_some(),
            rust: chosen.unwrap_or_else(|| name::variant_name(words)),
        }
    }
}

/// Returns the variant's name for one that the document gives: `AwaitingMail` for `AWAITING_MAIL`. One that is no name,
/// such as `1st`, is `None`.
fn given_name(name: &str) -> Option<String> {
    let starts_with_letter = name.starts_with(char::is_alphabetic);
    starts_with_letter.then(|| name::variant_name(name))
}

/// Returns the words that a variant is named after: those of a string itself, not of its JSON.
///
/// Beside values of other types, the string `"1"` is called `Text1`, whatever else is listed: `_1` is the number.
fn words(one: &ListedItem, wire: &str, is_mixed: bool) -> String {
    match &one.value {
        Value::String(text) if is_mixed && serde_json::from_str::<Value>(text).is_ok() => {
            format!("text {text}")
        }
        Value::String(text) => text.clone(),
        _ => wire.to_owned(),
    }
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
