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
        docs.flat_map(|docs| docs.notes.iter().map(fact))
    }

    /// Whether the documentation tells a constraint or a default.
    pub(super) fn documented(&self, name: &str, value: &Node) -> Verdict {
        let number = value.as_scalar().and_then(|scalar| scalar.as_number());
        let number = number.and_then(|number| number.as_f64());
        match (name, number) {
            ("minLength" | "minItems" | "minProperties", Some(0.0)) => return Verdict::Modelled,
            ("uniqueItems", _) if value.as_bool() == Some(false) => return Verdict::Modelled,
            ("exclusiveMinimum" | "exclusiveMaximum", None) if value.as_bool() == Some(false) => {
                return Verdict::Modelled;
            }
            // values that are listed fit by being listed
            (name, _) if is_constraint(name) && self.is_listed() => return Verdict::Modelled,
            (_, Some(number)) if self.is_implied(name, number) => return Verdict::Modelled,
            // nothing is what a value that is not there is anyway
            ("default", _) if value.is_null() => return Verdict::Modelled,
            _ => {}
        }
        if self.notes().any(|note| self.tells(note, name, value)) {
            Verdict::Documented
        } else {
            Verdict::Neither
        }
    }

    /// Whether a note tells a keyword of the schema.
    fn tells(&self, note: &Note, name: &str, value: &Node) -> bool {
        let number = value.as_scalar().and_then(|scalar| scalar.as_number());
        let number = number.and_then(|number| number.as_f64());
        let is_number = |written: &str| number.is_some() && written.parse().ok() == number;
        let is_count = |count: u64| number == Some(count as f64);
        // before 3.1, `exclusiveMinimum: true` says it of `minimum`
        let is_flagged = |name: &str| self.schema.get(name).and_then(Node::as_bool) == Some(true);
        match (name, note) {
            ("minLength", Note::MinLength(count))
            | ("maxLength", Note::MaxLength(count))
            | ("minItems", Note::MinItems(count))
            | ("maxItems", Note::MaxItems(count))
            | ("minProperties", Note::MinProperties(count))
            | ("maxProperties", Note::MaxProperties(count)) => is_count(*count),
            ("minimum", Note::Minimum { value, exclusive }) => {
                is_number(value) && *exclusive == is_flagged("exclusiveMinimum")
            }
            ("maximum", Note::Maximum { value, exclusive }) => {
                is_number(value) && *exclusive == is_flagged("exclusiveMaximum")
            }
            (
                "exclusiveMinimum",
                Note::Minimum {
                    value,
                    exclusive: true,
                },
            ) => is_number(value) || is_flagged(name),
            (
                "exclusiveMaximum",
                Note::Maximum {
                    value,
                    exclusive: true,
                },
            ) => is_number(value) || is_flagged(name),
            ("multipleOf", Note::MultipleOf(factor)) => is_number(factor),
            ("pattern", Note::Pattern(pattern)) => value.as_text() == Some(pattern),
            ("default", Note::Default(json)) => is_same(json, value),
            ("uniqueItems", Note::UniqueItems) => true,
            _ => false,
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

/// What a note says, whatever part it says it of.
fn fact(note: &Note) -> &Note {
    match note {
        Note::Part(_, note) => fact(note),
        fact => fact,
    }
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
