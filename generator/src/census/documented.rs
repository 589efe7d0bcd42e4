//! Whether the documentation tells what no type enforces: constraints and defaults.

use super::holds::{Judge, Verdict};
use crate::ir::Note;
use crate::load::Node;

impl<'a> Judge<'_, 'a> {
    /// Whether another limit of the schema lets in less: `exclusiveMinimum: 0` beside `minimum: 5`.
    fn is_implied(&self, name: &str, number: f64) -> bool {
        let beside = |name: &str| self.schema.get(name)?.as_scalar()?.as_number()?.as_f64();
        match name {
            "minimum" => beside("exclusiveMinimum").is_some_and(|other| other >= number),
            "exclusiveMinimum" => beside("minimum").is_some_and(|other| other > number),
            "maximum" => beside("exclusiveMaximum").is_some_and(|other| other <= number),
            "exclusiveMaximum" => beside("maximum").is_some_and(|other| other < number),
            _ => false,
        }
    }

    pub(super) fn notes(&self) -> impl Iterator<Item = &'a Note> {
        let docs = self.view.docs.iter();
        docs.flat_map(|docs| docs.notes.iter().map(Note::fact))
    }

    /// Whether the documentation tells a constraint or a default.
    pub(super) fn documented(&self, name: &str, value: &Node) -> Verdict {
        let mut notes = self.notes();
        let number = value.as_scalar().and_then(|scalar| scalar.as_number());
        let number = number.and_then(|number| number.as_f64());
        let has_number = |text: &str, number: f64| {
            let words = text.split([' ', ',']);
            let mut numbers =
                words.filter_map(|word| word.trim_end_matches('.').parse::<f64>().ok());
            numbers.any(|one| one == number)
        };
        let found = match (name, number) {
            ("minLength" | "minItems" | "minProperties", Some(0.0)) => return Verdict::Modelled,
            ("uniqueItems", _) if value.as_bool() == Some(false) => return Verdict::Modelled,
            ("exclusiveMinimum" | "exclusiveMaximum", None) if value.as_bool() == Some(false) => {
                return Verdict::Modelled;
            }
            ("pattern", _) => notes.any(|note| match note {
                Note::Pattern(one) => value.as_text() == Some(one),
                _ => false,
            }),
            // values that are listed fit by being listed
            (name, _) if is_constraint(name) && self.is_listed() => return Verdict::Modelled,
            (_, Some(number)) if self.is_implied(name, number) => return Verdict::Modelled,
            // nothing is what a value that is not there is anyway
            ("default", _) if value.is_null() => return Verdict::Modelled,
            ("default", _) => notes.any(|note| match note {
                Note::Default(one) => is_same(one, value),
                _ => false,
            }),
            ("uniqueItems", _) => notes.any(|note| sentence(note, |one| one.contains("twice"))),
            ("exclusiveMinimum", None) => {
                notes.any(|note| sentence(note, |one| one.contains("ore than")))
            }
            ("exclusiveMaximum", None) => {
                notes.any(|note| sentence(note, |one| one.contains("ess than")))
            }
            (_, Some(number)) if is_constraint(name) => {
                notes.any(|note| sentence(note, |one| has_number(one, number)))
            }
            _ => false,
        };
        match found {
            true => Verdict::Documented,
            false => Verdict::Neither,
        }
    }
}

/// Keywords that the documentation tells.
pub(super) fn is_told(name: &str) -> bool {
    is_constraint(name) || name == "uniqueItems"
}

/// Keywords with a number that values are held against.
fn is_constraint(name: &str) -> bool {
    let all = [
        "exclusiveMaximum",
        "exclusiveMinimum",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "pattern",
    ];
    all.contains(&name)
}

fn sentence(note: &Note, is_it: impl Fn(&str) -> bool) -> bool {
    matches!(note, Note::Sentence(text) if is_it(text))
}

pub(super) fn is_same(written: &str, value: &Node) -> bool {
    let written = serde_json::from_str::<serde_json::Value>(written);
    match (written, value.to_json()) {
        (Ok(serde_json::Value::Number(one)), serde_json::Value::Number(other)) => {
            one.as_f64() == other.as_f64()
        }
        (Ok(written), value) => written == value,
        (Err(_), _) => false,
    }
}
