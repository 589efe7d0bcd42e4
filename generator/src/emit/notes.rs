//! The facts that types do not enforce, in English: [`Note`] in, sentence out.

use super::docs;
use crate::ir::{JsonKind, Note, NotePart};

/// Returns the sentences for some notes, in their order.
///
/// A minimum and the maximum that follows it share one: `1 to 100 items.`
pub(super) fn sentences(notes: &[Note]) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut rest = notes;
    while let [first, after @ ..] = rest {
        rest = after;
        if let [second, after @ ..] = rest
            && let Some(sentence) = range(first, second)
        {
            sentences.push(sentence);
            rest = after;
        } else {
            sentences.push(sentence(first));
        }
    }
    sentences
}

/// Returns the sentence for a minimum and a maximum of the same count.
fn range(min: &Note, max: &Note) -> Option<String> {
    let (min, max, noun) = match (min, max) {
        (Note::MinLength(min), Note::MaxLength(max)) => (min, max, CHARACTERS),
        (Note::MinItems(min), Note::MaxItems(max)) => (min, max, ITEMS),
        (Note::MinContains(min), Note::MaxContains(max)) => (min, max, CONTAINED),
        (Note::MinProperties(min), Note::MaxProperties(max)) => (min, max, PROPERTIES),
        (Note::Part(part, min), Note::Part(other, max)) if part == other => {
            return range(min, max).map(|sentence| about(*part, &sentence));
        }
        _ => return None,
    };
    Some(if min == max {
        format!("Exactly {}.", count(*min, noun))
    } else {
        format!("{min} to {}.", count(*max, noun))
    })
}

fn sentence(note: &Note) -> String {
    match note {
        Note::MinLength(min) => format!("At least {}.", count(*min, CHARACTERS)),
        Note::MaxLength(max) => format!("At most {}.", count(*max, CHARACTERS)),
        Note::Pattern(pattern) => format!("Matches {}.", docs::code(pattern)),
        Note::Minimum { value, exclusive } if *exclusive => format!("Greater than {value}."),
        Note::Minimum { value, .. } => format!("At least {value}."),
        Note::Maximum { value, exclusive } if *exclusive => format!("Less than {value}."),
        Note::Maximum { value, .. } => format!("At most {value}."),
        Note::MultipleOf(factor) => format!("A multiple of {factor}."),
        Note::MinItems(min) => format!("At least {}.", count(*min, ITEMS)),
        Note::MaxItems(max) => format!("At most {}.", count(*max, ITEMS)),
        Note::MinContains(min) => format!("At least {}.", count(*min, CONTAINED)),
        Note::MaxContains(max) => format!("At most {}.", count(*max, CONTAINED)),
        Note::UniqueItems => "Items are unique.".to_owned(),
        Note::MinProperties(min) => format!("At least {}.", count(*min, PROPERTIES)),
        Note::MaxProperties(max) => format!("At most {}.", count(*max, PROPERTIES)),
        Note::Default(value) => format!("Defaults to {}.", docs::code(value)),
        Note::ReadOnly => "Read-only: set by the server.".to_owned(),
        Note::WriteOnly => "Write-only: sent, but never returned.".to_owned(),
        Note::MediaTypes(names) => format!("Accepted media types: {}.", docs::code(names)),
        Note::Undeclared => "Required, but not described by the schema.".to_owned(),
        Note::Part(part, note) => about(*part, &sentence(note)),
    }
}

/// Puts a sentence behind the part that it is about: `Each item: At most 5 characters.`
fn about(part: NotePart, sentence: &str) -> String {
    let subject = match part {
        NotePart::EachItem => "Each item",
        NotePart::EachValue => "Each value",
        NotePart::RequestBody => "Request body",
        NotePart::ResponseBody => "Response body",
        NotePart::Kind(JsonKind::Object) => "An object",
        NotePart::Kind(JsonKind::Array) => "An array",
        NotePart::Kind(JsonKind::String) => "A string",
        NotePart::Kind(JsonKind::Number) => "A number",
        NotePart::Kind(JsonKind::Boolean) => "A boolean",
        NotePart::Kind(JsonKind::Null | JsonKind::Any) => "A value",
    };
    format!("{subject}: {sentence}")
}

/// What is counted: one of it, and several.
type Noun = (&'static str, &'static str);

const CHARACTERS: Noun = ("character", "characters");
const ITEMS: Noun = ("item", "items");
const CONTAINED: Noun = (
    "item that matches `contains`",
    "items that match `contains`",
);
const PROPERTIES: Noun = ("property", "properties");

/// Returns a count with its noun: `1 item`, `5 items`.
fn count(count: u64, (one, several): Noun) -> String {
    let noun = if count == 1 { one } else { several };
    format!("{count} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(part: NotePart, note: Note) -> Note {
        Note::Part(part, Box::new(note))
    }

    fn minimum(value: &str, exclusive: bool) -> Note {
        let value = value.to_owned();
        Note::Minimum { value, exclusive }
    }

    fn maximum(value: &str, exclusive: bool) -> Note {
        let value = value.to_owned();
        Note::Maximum { value, exclusive }
    }

    #[test]
    fn each_note_has_its_sentence() {
        use Note::{
            Default, MaxContains, MaxItems, MaxLength, MaxProperties, MediaTypes, MinContains,
            MinItems, MinLength, MinProperties, MultipleOf, Pattern, ReadOnly, Undeclared,
            UniqueItems, WriteOnly,
        };
        use NotePart::{EachItem, EachValue, Kind, RequestBody, ResponseBody};
        let table = [
            (MinLength(1), "At least 1 character."),
            (MaxLength(5), "At most 5 characters."),
            (Pattern("^`a`$".to_owned()), "Matches ``^`a`$``."),
            (minimum("0.10", false), "At least 0.10."),
            (minimum("-1", true), "Greater than -1."),
            (maximum("1e300", false), "At most 1e300."),
            (maximum("10", true), "Less than 10."),
            (MultipleOf("0.01".to_owned()), "A multiple of 0.01."),
            (MinItems(2), "At least 2 items."),
            (MaxItems(1), "At most 1 item."),
            (MinContains(2), "At least 2 items that match `contains`."),
            (MaxContains(1), "At most 1 item that matches `contains`."),
            (UniqueItems, "Items are unique."),
            (MinProperties(2), "At least 2 properties."),
            (MaxProperties(1), "At most 1 property."),
            (Default(r#""a""#.to_owned()), r#"Defaults to `"a"`."#),
            (ReadOnly, "Read-only: set by the server."),
            (WriteOnly, "Write-only: sent, but never returned."),
            (
                MediaTypes("image/*".to_owned()),
                "Accepted media types: `image/*`.",
            ),
            (Undeclared, "Required, but not described by the schema."),
            (
                part(EachItem, MaxLength(5)),
                "Each item: At most 5 characters.",
            ),
            (
                part(EachValue, UniqueItems),
                "Each value: Items are unique.",
            ),
            (
                part(RequestBody, MaxItems(9)),
                "Request body: At most 9 items.",
            ),
            (
                part(ResponseBody, MinItems(9)),
                "Response body: At least 9 items.",
            ),
            (
                part(Kind(JsonKind::Array), MaxItems(2)),
                "An array: At most 2 items.",
            ),
            (
                part(ResponseBody, part(EachItem, minimum("0", true))),
                "Response body: Each item: Greater than 0.",
            ),
        ];
        for (note, expected) in table {
            assert_eq!(sentences(&[note]), [expected]);
        }
    }

    #[test]
    fn a_minimum_and_a_maximum_of_one_count_share_a_sentence() {
        use Note::{MaxItems, MaxLength, MinItems, MinLength};
        use NotePart::{EachItem, EachValue};
        let table: [(&[Note], &[&str]); 6] = [
            (&[MinItems(1), MaxItems(9)], &["1 to 9 items."]),
            (&[MinItems(0), MaxItems(1)], &["0 to 1 item."]),
            (&[MinLength(2), MaxLength(2)], &["Exactly 2 characters."]),
            (
                &[MinLength(2), MaxItems(2)],
                &["At least 2 characters.", "At most 2 items."],
            ),
            (
                &[part(EachItem, MinItems(1)), part(EachItem, MaxItems(2))],
                &["Each item: 1 to 2 items."],
            ),
            (
                &[part(EachItem, MinItems(1)), part(EachValue, MaxItems(2))],
                &[
                    "Each item: At least 1 item.",
                    "Each value: At most 2 items.",
                ],
            ),
        ];
        for (notes, expected) in table {
            assert_eq!(sentences(notes), expected);
        }
    }
}
