//! The facts about values that types do not enforce: constraints and defaults, a [`Note`] each.
//!
//! A schema without a type of its own, such as the `{ type: string, maxLength: 5 }` of an array's items, has no
//! documentation of its own either. Its notes go to what contains it: `Part(EachItem, MaxLength(5))`.

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, Header, IntegerType, MediaType, NumberType,
    ObjectType, ParameterSchemaOrContent, SchemaKind, StringType, Type,
};

use super::Schemas;
use super::classify::is_object;
use super::composition::{SchemaEntry, key};
use super::fields::Fields;
use crate::ir::{JsonKind, Note, NotePart};
use crate::resolve::OperationEntry;

/// The depth to which schemas without a type of their own are visited: arrays of arrays of strings.
const DEEPEST: usize = 4;

impl<'a> Schemas<'a> {
    /// Returns the constraints and the default of a schema, and those of the schemas in it that have no type of their own.
    pub fn notes(&self, entry: &SchemaEntry) -> Vec<Note> {
        self.notes_within(entry, 0)
    }

    fn notes_within(&self, entry: &SchemaEntry, depth: usize) -> Vec<Note> {
        let mut notes = own(entry);
        if depth >= DEEPEST {
            return notes;
        }
        let is_merged = self
            .document
            .key_of(entry)
            .is_some_and(|key| self.equivalent(key).is_none());
        for (of, key) in parts(entry) {
            let part = self.document.schema_at(key);
            let has_docs = self.type_of_key(key).is_some() || is_a_type(part);
            // what the schemas of an `allOf` are merged into has the documentation of none of them
            if has_docs && !(is_merged && of.is_none()) {
                continue;
            }
            let more = self.notes_within(part, depth + 1);
            let of = of.map(|of| of.unwrap_or_else(|| NotePart::Kind(kind(part))));
            notes.extend(more.into_iter().map(|note| match of {
                Some(of) => Note::Part(of, Box::new(note)),
                None => note,
            }));
        }
        notes
    }

    /// Returns the notes of an operation's bodies that have no type of their own: `Part(ResponseBody, MaxItems(100))`.
    pub fn operation_notes(&self, entry: &'a OperationEntry) -> Vec<Note> {
        let operation = &entry.operation;
        let body = operation.request_body.as_ref();
        let body = body.and_then(|reference| self.document.body(reference));
        let sent = body
            .into_iter()
            .flat_map(|body| body.value.content.values());
        let responses = &operation.responses;
        let all = responses.responses.values().chain(&responses.default);
        let received = all.filter_map(|reference| self.document.response(reference));
        let received = received.flat_map(|response| response.value.content.values());
        let mut notes: Vec<Note> = Vec::new();
        let sent = sent.map(|content| (NotePart::RequestBody, content));
        let received = received.map(|content| (NotePart::ResponseBody, content));
        for (of, content) in sent.chain(received) {
            for note in self.content_notes(content) {
                let note = Note::Part(of, Box::new(note));
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        notes
    }

    /// Returns the notes of a header whose schema has no type of its own.
    pub fn header_notes(&self, header: &Header) -> Vec<Note> {
        match &header.format {
            ParameterSchemaOrContent::Schema(schema) => self.unnamed_notes(key(schema)),
            ParameterSchemaOrContent::Content(content) => {
                let content = content.values();
                content.flat_map(|one| self.content_notes(one)).collect()
            }
        }
    }

    fn content_notes(&self, content: &MediaType) -> Vec<Note> {
        self.unnamed_notes(content.schema.as_ref().and_then(key))
    }

    fn unnamed_notes(&self, key: Option<&str>) -> Vec<Note> {
        match key {
            Some(key) if self.type_of_key(key).is_none() => {
                let entry = self.document.schema_at(key);
                if is_a_type(entry) {
                    Vec::new() // a multipart body, whose parts have documentation
                } else {
                    self.notes(entry)
                }
            }
            _ => Vec::new(),
        }
    }
}

/// The part of a value that a schema describes: `None` for the value itself, `Some(None)` for one that is named after
/// its kind.
type Of = Option<Option<NotePart>>;

/// Returns the schemas in a schema that describe the value or what it holds.
fn parts(entry: &SchemaEntry) -> Vec<(Of, &str)> {
    let mut parts: Vec<(Of, &str)> = Vec::new();
    let (items, additional) = match &entry.value.schema_kind {
        SchemaKind::Type(Type::Array(array)) => (array.items.as_ref().and_then(key), None),
        SchemaKind::Type(Type::Object(object)) => (None, object.additional_properties.as_ref()),
        SchemaKind::Any(any) => (
            any.items.as_ref().and_then(key),
            any.additional_properties.as_ref(),
        ),
        _ => (None, None),
    };
    parts.extend(items.map(|key| (Some(Some(NotePart::EachItem)), key)));
    if let Some(AdditionalProperties::Schema(schema)) = additional {
        parts.extend(key(schema).map(|key| (Some(Some(NotePart::EachValue)), key)));
    }
    let patterns = entry.facts.pattern_properties.iter();
    parts.extend(patterns.map(|(_, key)| (Some(Some(NotePart::EachValue)), key.as_str())));
    let (all, some) = match &entry.value.schema_kind {
        SchemaKind::AllOf { all_of } => (all_of.as_slice(), Vec::new()),
        SchemaKind::OneOf { one_of } => ([].as_slice(), one_of.iter().collect()),
        SchemaKind::AnyOf { any_of } => ([].as_slice(), any_of.iter().collect()),
        SchemaKind::Any(any) => (
            any.all_of.as_slice(),
            any.one_of.iter().chain(&any.any_of).collect(),
        ),
        _ => ([].as_slice(), Vec::new()),
    };
    parts.extend(all.iter().filter_map(key).map(|key| (None, key)));
    let some = some.into_iter().filter_map(key);
    parts.extend(some.map(|key| (Some(None), key)));
    parts
}

/// Returns whether a schema becomes a type that has documentation of its own.
fn is_a_type(entry: &SchemaEntry) -> bool {
    let listed = match &entry.value.schema_kind {
        SchemaKind::Type(Type::String(text)) => !text.enumeration.is_empty(),
        SchemaKind::Type(Type::Integer(integer)) => !integer.enumeration.is_empty(),
        SchemaKind::Any(any) => !any.enumeration.is_empty(),
        _ => false,
    };
    listed || (is_object(entry) && !Fields::all(&[entry]).properties.is_empty())
}

/// Returns the kind of JSON of a branch.
fn kind(entry: &SchemaEntry) -> JsonKind {
    match &entry.value.schema_kind {
        SchemaKind::Type(Type::String(_)) => JsonKind::String,
        SchemaKind::Type(Type::Number(_) | Type::Integer(_)) => JsonKind::Number,
        SchemaKind::Type(Type::Boolean(_)) => JsonKind::Boolean,
        SchemaKind::Type(Type::Array(_)) => JsonKind::Array,
        SchemaKind::Type(Type::Object(_)) => JsonKind::Object,
        _ => JsonKind::Any,
    }
}

/// Returns the constraints and the default of a schema itself.
fn own(entry: &SchemaEntry) -> Vec<Note> {
    let schema = &entry.value;
    let mut notes = Notes {
        all: Vec::new(),
        spellings: &entry.facts.spellings,
    };
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => notes.string(string),
        SchemaKind::Type(Type::Number(number)) => notes.number(number),
        SchemaKind::Type(Type::Integer(integer)) => notes.integer(integer),
        SchemaKind::Type(Type::Array(array)) => notes.array(array),
        SchemaKind::Type(Type::Object(object)) => notes.object(object),
        SchemaKind::Any(any) => notes.any(any),
        _ => {}
    }
    notes.newer_bounds(&entry.facts.bounds);
    if let Some(value) = &schema.schema_data.default {
        let json = notes.spelling("default", value);
        notes.all.push(Note::Default(json));
    }
    notes.all
}

/// A count, if there is one, and the note that tells it.
type Limit = (Option<usize>, fn(u64) -> Note);

/// The notes of a schema so far, and how it spells its numbers.
struct Notes<'e> {
    all: Vec<Note>,
    spellings: &'e [(&'static str, String)],
}

impl Notes<'_> {
    /// Returns a number as the document spells it.
    fn spelling(&self, keyword: &str, value: &impl ToString) -> String {
        let mut spellings = self.spellings.iter();
        let known = spellings.find(|(name, _)| *name == keyword);
        known.map_or_else(|| value.to_string(), |(_, text)| text.clone())
    }

    fn string(&mut self, string: &StringType) {
        self.length(string.min_length, string.max_length);
        self.pattern(string.pattern.as_deref());
    }

    fn number(&mut self, number: &NumberType) {
        self.minimum(number.minimum, number.exclusive_minimum);
        self.maximum(number.maximum, number.exclusive_maximum);
        self.multiple_of(number.multiple_of);
    }

    fn integer(&mut self, integer: &IntegerType) {
        self.minimum(integer.minimum, integer.exclusive_minimum);
        self.maximum(integer.maximum, integer.exclusive_maximum);
        self.multiple_of(integer.multiple_of);
    }

    fn array(&mut self, array: &ArrayType) {
        self.items(array.min_items, array.max_items);
        self.unique_items(array.unique_items);
    }

    fn object(&mut self, object: &ObjectType) {
        self.properties(object.min_properties, object.max_properties);
    }

    fn any(&mut self, any: &AnySchema) {
        self.length(any.min_length, any.max_length);
        self.items(any.min_items, any.max_items);
        self.properties(any.min_properties, any.max_properties);
        self.unique_items(any.unique_items == Some(true));
        self.pattern(any.pattern.as_deref());
        self.minimum(any.minimum, any.exclusive_minimum == Some(true));
        self.maximum(any.maximum, any.exclusive_maximum == Some(true));
        self.multiple_of(any.multiple_of);
    }

    /// Adds the bounds that openapiv3 has no member for.
    fn newer_bounds(&mut self, bounds: &[(&'static str, serde_json::Value)]) {
        for (keyword, value) in bounds {
            let note = match *keyword {
                "minContains" => value.as_u64().map(Note::MinContains),
                "maxContains" => value.as_u64().map(Note::MaxContains),
                _ => None,
            };
            self.all.extend(note);
        }
    }

    fn length(&mut self, min: Option<usize>, max: Option<usize>) {
        self.count((min, Note::MinLength), (max, Note::MaxLength));
    }

    fn items(&mut self, min: Option<usize>, max: Option<usize>) {
        self.count((min, Note::MinItems), (max, Note::MaxItems));
    }

    fn properties(&mut self, min: Option<usize>, max: Option<usize>) {
        self.count((min, Note::MinProperties), (max, Note::MaxProperties));
    }

    /// Adds the limits of a count. A minimum of zero says nothing.
    fn count(&mut self, min: Limit, max: Limit) {
        let min = (min.0.filter(|count| *count > 0), min.1);
        let limits = [min, max].into_iter();
        self.all
            .extend(limits.filter_map(|(count, note)| count.map(|count| note(count as u64))));
    }

    fn unique_items(&mut self, is_unique: bool) {
        self.all.extend(is_unique.then_some(Note::UniqueItems));
    }

    fn pattern(&mut self, pattern: Option<&str>) {
        self.all
            .extend(pattern.map(|pattern| Note::Pattern(pattern.to_owned())));
    }

    fn minimum(&mut self, value: Option<impl ToString>, exclusive: bool) {
        let value = value.map(|value| self.spelling("minimum", &value));
        self.all
            .extend(value.map(|value| Note::Minimum { value, exclusive }));
    }

    fn maximum(&mut self, value: Option<impl ToString>, exclusive: bool) {
        let value = value.map(|value| self.spelling("maximum", &value));
        self.all
            .extend(value.map(|value| Note::Maximum { value, exclusive }));
    }

    fn multiple_of(&mut self, factor: Option<impl ToString>) {
        let factor = factor.map(|factor| self.spelling("multipleOf", &factor));
        self.all.extend(factor.map(Note::MultipleOf));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Handling, SCHEMA, Version};

    /// A row is enough for `resolve` to pass a bound on, so that one without a note would be dropped silently.
    #[test]
    fn every_newer_bound_has_a_note() {
        let is_newer = |member: &&crate::spec::Member| {
            matches!(member.handling, Handling::Bound) && !member.versions.contains(&Version::V3_0)
        };
        let names = SCHEMA.members.iter().filter(is_newer);
        for name in names.map(|member| member.name) {
            let mut notes = Notes {
                all: Vec::new(),
                spellings: &[],
            };
            notes.newer_bounds(&[(name, serde_json::json!(1))]);
            assert_eq!(notes.all.len(), 1, "{name}");
        }
    }
}
