//! Checks keywords that no type enforces, constraints and defaults, against the notes of the documentation.

use oasmith::ir::Note;
use oasmith::load::Node;

use super::checks::{KeywordCheck, Verdict};
use super::values;

impl<'a> KeywordCheck<'_, 'a> {
    /// Returns where a constraint or a default ended up.
    pub(super) fn documented(&self, name: &str, value: &Node) -> Verdict {
        if self.is_without_effect(name, value) {
            Verdict::Modelled
        } else if self.facts().any(|note| self.tells(note, name, value)) {
            Verdict::Documented
        } else {
            Verdict::Neither
        }
    }

    /// Returns the facts that the documentation tells, without the parts that they are about.
    pub(super) fn facts(&self) -> impl Iterator<Item = &'a Note> {
        let docs = self.resolved.docs.iter();
        docs.flat_map(|docs| docs.notes.iter().map(fact))
    }

    /// Returns whether a keyword excludes no value that the type allows, so that nothing has to tell it.
    fn is_without_effect(&self, name: &str, value: &Node) -> bool {
        match name {
            "minLength" | "minItems" | "minProperties" if values::number(value) == Some(0.0) => {
                true
            }
            "uniqueItems" | "exclusiveMinimum" | "exclusiveMaximum"
                if value.as_bool() == Some(false) =>
            {
                true
            }
            // an absent value is no value already
            "default" => value.is_null(),
            // the type has exactly the values of `enum`
            name if is_constraint(name) && self.is_listed() => true,
            name => values::number(value).is_some_and(|limit| self.is_implied(name, limit)),
        }
    }

    /// Returns whether another limit of the schema is narrower: `exclusiveMinimum: 0` next to `minimum: 5`.
    fn is_implied(&self, name: &str, limit: f64) -> bool {
        let other = |name: &str| values::number(self.schema.get(name)?);
        match name {
            "minimum" => other("exclusiveMinimum").is_some_and(|other| other >= limit),
            "exclusiveMinimum" => other("minimum").is_some_and(|other| other > limit),
            "maximum" => other("exclusiveMaximum").is_some_and(|other| other <= limit),
            "exclusiveMaximum" => other("maximum").is_some_and(|other| other < limit),
            _ => false,
        }
    }

    /// Returns whether a note tells a keyword of the schema.
    fn tells(&self, note: &Note, name: &str, value: &Node) -> bool {
        let number = values::number(value);
        let is_number = |spelled: &str| number.is_some() && spelled.parse().ok() == number;
        // OpenAPI 3.0: `minimum: 5, exclusiveMinimum: true`
        let is_flag = |name: &str| self.schema.get(name).and_then(Node::as_bool) == Some(true);
        match (name, note) {
            ("minLength", Note::MinLength(count))
            | ("maxLength", Note::MaxLength(count))
            | ("minItems", Note::MinItems(count))
            | ("maxItems", Note::MaxItems(count))
            | ("minContains", Note::MinContains(count))
            | ("maxContains", Note::MaxContains(count))
            | ("minProperties", Note::MinProperties(count))
            | ("maxProperties", Note::MaxProperties(count)) => number == Some(*count as f64),
            ("minimum", Note::Minimum { value, exclusive }) => {
                is_number(value) && *exclusive == is_flag("exclusiveMinimum")
            }
            ("maximum", Note::Maximum { value, exclusive }) => {
                is_number(value) && *exclusive == is_flag("exclusiveMaximum")
            }
            ("exclusiveMinimum", Note::Minimum { value, exclusive }) => {
                *exclusive && (is_number(value) || is_flag(name))
            }
            ("exclusiveMaximum", Note::Maximum { value, exclusive }) => {
                *exclusive && (is_number(value) || is_flag(name))
            }
            ("multipleOf", Note::MultipleOf(factor)) => is_number(factor),
            ("pattern", Note::Pattern(pattern)) => value.as_text() == Some(pattern),
            ("default", Note::Default(json)) => values::is_same(json, value),
            ("uniqueItems", Note::UniqueItems) => true,
            _ => false,
        }
    }
}

/// Returns whether a keyword is a constraint, which the documentation tells.
pub(super) fn is_documented(name: &str) -> bool {
    is_constraint(name) || name == "uniqueItems"
}

/// Returns whether a keyword restricts single values, so that an `enum` of fitting values makes it redundant.
fn is_constraint(name: &str) -> bool {
    let all = [
        "exclusiveMaximum",
        "exclusiveMinimum",
        "maxContains",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minContains",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "pattern",
    ];
    all.contains(&name)
}

/// Returns what a note tells, whichever part it is about.
fn fact(note: &Note) -> &Note {
    match note {
        Note::Part(_, note) => fact(note),
        fact => fact,
    }
}
