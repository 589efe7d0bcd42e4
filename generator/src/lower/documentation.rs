//! What the output says to people: descriptions, and facts that types do not enforce.

use openapiv3::{
    AnySchema, ArrayType, IntegerType, NumberType, ObjectType, Schema, SchemaKind, StringType, Type,
};

use super::Lowering;
use crate::ir::{Docs, Note};
use crate::pointer::Pointer;
use crate::resolve::{Entry, SchemaFacts};

impl Lowering<'_> {
    /// The documentation of a schema's own type.
    pub(super) fn docs(&self, entry: &Entry<Schema, SchemaFacts>) -> Docs {
        let data = &entry.value.schema_data;
        Docs {
            summary: data.title.clone(),
            description: data.description.clone(),
            notes: notes(&entry.value),
            deprecated: data.deprecated,
        }
    }

    /// The documentation of a member. What stands beside its `$ref` comes first; a type of its own tells the rest.
    pub(super) fn member_docs(&self, key: &str, origin: &Pointer) -> Docs {
        let entry = self.document.schema_at(key);
        let mut docs = self.docs(entry);
        let named = self.ids.contains_key(key);
        if named {
            docs.notes.clear();
            if entry.at != *origin {
                docs.summary = None;
            }
        }
        if let Some(text) = self.document.description_at(origin) {
            docs.summary = None;
            docs.description = Some(text.to_owned());
        }
        let data = &entry.value.schema_data;
        if data.read_only {
            docs.notes
                .push(Note::Sentence("Only the server sets it.".to_owned()));
        }
        if data.write_only {
            docs.notes.push(Note::Sentence(
                "It is only sent, never received.".to_owned(),
            ));
        }
        docs
    }
}

/// The constraints and the default of a schema, a sentence each.
fn notes(schema: &Schema) -> Vec<Note> {
    let mut notes = Notes(Vec::new());
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(text)) => notes.string(text),
        SchemaKind::Type(Type::Number(number)) => notes.number(number),
        SchemaKind::Type(Type::Integer(integer)) => notes.integer(integer),
        SchemaKind::Type(Type::Array(array)) => notes.array(array),
        SchemaKind::Type(Type::Object(object)) => notes.object(object),
        SchemaKind::Any(any) => notes.any(any),
        _ => {}
    }
    if let Some(value) = &schema.schema_data.default {
        notes.0.push(Note::Default(value.to_string()));
    }
    notes.0
}

struct Notes(Vec<Note>);

impl Notes {
    fn string(&mut self, text: &StringType) {
        self.count("character", text.min_length, text.max_length);
        self.pattern(text.pattern.as_deref());
    }

    fn number(&mut self, number: &NumberType) {
        let limits = (
            number.minimum,
            number.exclusive_minimum,
            number.maximum,
            number.exclusive_maximum,
        );
        self.limits(limits, number.multiple_of);
    }

    fn integer(&mut self, integer: &IntegerType) {
        let limits = (
            integer.minimum,
            integer.exclusive_minimum,
            integer.maximum,
            integer.exclusive_maximum,
        );
        self.limits(limits, integer.multiple_of);
    }

    fn array(&mut self, array: &ArrayType) {
        self.count("item", array.min_items, array.max_items);
        self.unique(array.unique_items);
    }

    fn object(&mut self, object: &ObjectType) {
        self.count("member", object.min_properties, object.max_properties);
    }

    fn any(&mut self, any: &AnySchema) {
        self.count("character", any.min_length, any.max_length);
        self.count("item", any.min_items, any.max_items);
        self.count("member", any.min_properties, any.max_properties);
        self.unique(any.unique_items == Some(true));
        self.pattern(any.pattern.as_deref());
        let exclusive = (
            any.exclusive_minimum == Some(true),
            any.exclusive_maximum == Some(true),
        );
        self.limits(
            (any.minimum, exclusive.0, any.maximum, exclusive.1),
            any.multiple_of,
        );
    }

    /// `At most 100 items.`
    fn count(&mut self, noun: &str, least: Option<usize>, most: Option<usize>) {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let text = match (least.filter(|least| *least > 0), most) {
            (None, None) => return,
            (Some(least), None) => format!("At least {least} {noun}{}.", plural(least)),
            (None, Some(most)) => format!("At most {most} {noun}{}.", plural(most)),
            (Some(least), Some(most)) if least == most => {
                format!("Exactly {least} {noun}{}.", plural(least))
            }
            (Some(least), Some(most)) => format!("{least} to {most} {noun}s."),
        };
        self.0.push(Note::Sentence(text));
    }

    fn unique(&mut self, unique: bool) {
        if unique {
            self.0
                .push(Note::Sentence("No item comes twice.".to_owned()));
        }
    }

    fn pattern(&mut self, pattern: Option<&str>) {
        if let Some(pattern) = pattern {
            self.0.push(Note::Pattern(pattern.to_owned()));
        }
    }

    /// `At least 1. Less than 10. A multiple of 3.`
    fn limits<T: std::fmt::Display>(
        &mut self,
        limits: (Option<T>, bool, Option<T>, bool),
        multiple: Option<T>,
    ) {
        let (least, above, most, below) = limits;
        let sentences = [
            least.map(|least| format!("{} {least}.", if above { "More than" } else { "At least" })),
            most.map(|most| format!("{} {most}.", if below { "Less than" } else { "At most" })),
            multiple.map(|factor| format!("A multiple of {factor}.")),
        ];
        self.0
            .extend(sentences.into_iter().flatten().map(Note::Sentence));
    }
}
