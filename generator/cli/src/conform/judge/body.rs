//! Bodies, by their media types: JSON, forms, and streams of JSON. Others are texts and bytes.

use oasmith::pointer::Pointer;
use serde_json::Value;

use super::{Judge, Message};
use crate::conform::finding::{Kind, Observed, Part};
use crate::conform::names;
use crate::conform::schema::Direction;
use crate::conform::shape::Shape;
use crate::conform::traffic::{Body, Content, Field, pairs};
use crate::conform::wire::{multipart, stream};

/// How the values of a body are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::conform) enum Form {
    /// One value of JSON.
    Json,
    /// `a=1&b=2`
    Pairs,
    /// Parts with names.
    Multipart,
    /// A value of JSON on each line.
    Lines,
    /// Server-sent events.
    Events,
    /// Text or bytes, which have no schema.
    Other,
}

/// Returns how bodies of a media type are written.
pub(in crate::conform) fn form(media_type: &str) -> Form {
    match media_type {
        "application/json" | "text/json" => Form::Json,
        "application/x-www-form-urlencoded" => Form::Pairs,
        "multipart/form-data" => Form::Multipart,
        "text/event-stream" => Form::Events,
        "application/jsonl"
        | "application/x-jsonl"
        | "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonlines"
        | "application/x-jsonlines"
        | "application/json-seq"
        | "application/stream+json"
        | "application/x-json-stream" => Form::Lines,
        other if other.ends_with("+json") => Form::Json,
        _ => Form::Other,
    }
}

impl Judge<'_> {
    /// Tells of a status that is not declared. Its body is often that of another: errors have one schema.
    pub(super) fn undeclared_status(
        &mut self,
        message: Message<'_>,
        status: u16,
        body: &Body,
    ) -> Observed {
        let responses = message.operation.at.child("responses");
        let mut observed = message.observed(Kind::Status(status), responses.clone());
        let Content::Bytes(bytes) = &body.content else {
            return observed;
        };
        observed.media_type = names::media_type(&body.media_type);
        observed.shape = shape_of(bytes, &body.media_type);
        let value = serde_json::from_slice::<Value>(bytes).ok();
        let Some(value) = value.filter(|_| form(&body.media_type) == Form::Json) else {
            return observed;
        };
        for (schema, reference) in self.description.references(&responses, status >= 400) {
            let has_members = self.description.names_member_of(&schema, &value);
            let checker = self.checker(&schema, Direction::Received);
            let fits =
                checker.is_some_and(|checker| checker.mismatches(&value, &schema).is_empty());
            if has_members && fits && !observed.fits.contains(&reference) {
                observed.fits.push(reference);
            }
        }
        observed
    }

    /// Judges a body against the response or request body at a place.
    pub(super) fn body(
        &mut self,
        message: Message<'_>,
        at: &Pointer,
        body: &Body,
        direction: Direction,
        observed: &mut Vec<Observed>,
    ) {
        let declared = self.description.media_types(at);
        let bytes: &[u8] = match &body.content {
            Content::Unrecorded => {
                self.tally.counts.unrecorded += 1;
                return;
            }
            Content::Empty => {
                if !declared.is_empty() {
                    observed.push(message.observed(Kind::NoBody, at.clone()));
                }
                return;
            }
            Content::Bytes(bytes) => bytes,
            Content::Fields(_) => &[], // of a form
        };
        let media_type = match body.media_type.as_str() {
            "" => declared
                .iter()
                .find(|one| form(one) == Form::Json && is_json(bytes))
                .map_or("", String::as_str),
            known => known,
        };
        let Some(place) = self.description.media_type(at, media_type) else {
            let kind = Kind::MediaType(names::media_type(media_type));
            let mut one = message.observed(kind, at.clone());
            one.shape = shape_of(bytes, media_type);
            observed.push(one);
            return;
        };
        match form(media_type) {
            Form::Json => match serde_json::from_slice::<Value>(bytes) {
                Ok(value) => {
                    let at = place.child("schema");
                    self.values(message, Part::Body, (&at, direction), &[value], observed);
                }
                Err(_) => observed.push(message.observed(Kind::NotJson, place)),
            },
            Form::Lines => self.lines(message, &place, (bytes, direction), observed),
            Form::Events => self.events(message, &place, (bytes, direction), observed),
            Form::Pairs | Form::Multipart => {
                self.form(message, &place, (body, direction), observed)
            }
            Form::Other => self.tally.counts.other_bodies += 1,
        }
    }

    /// Judges values against the schema at a place.
    pub(super) fn values(
        &mut self,
        message: Message<'_>,
        part: Part,
        (at, direction): (&Pointer, Direction),
        values: &[Value],
        observed: &mut Vec<Observed>,
    ) {
        if self.description.loaded.get(at).is_none() {
            return;
        }
        let Some(checker) = self.checker(at, direction) else {
            self.tally.counts.uncompiled += 1;
            return;
        };
        let found: Vec<_> = values
            .iter()
            .flat_map(|value| checker.mismatches(value, at))
            .collect();
        let found = found.into_iter();
        observed.extend(found.map(|one| message.mismatch(part.clone(), one, &self.description)));
    }

    /// Judges the lines of a stream.
    fn lines(
        &mut self,
        message: Message<'_>,
        place: &Pointer,
        (bytes, direction): (&[u8], Direction),
        observed: &mut Vec<Observed>,
    ) {
        let text = String::from_utf8_lossy(bytes);
        let (lines, is_cut_off) = stream::lines(&text);
        let mut values = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            match serde_json::from_str::<Value>(line) {
                Ok(value) => values.push(value),
                Err(_) if is_cut_off && index + 1 == lines.len() => {}
                Err(_) => {
                    observed.push(message.observed_in(Part::Item, Kind::NotJson, place.clone()))
                }
            }
        }
        let at = self.item(place);
        self.values(message, Part::Item, (&at, direction), &values, observed);
    }

    /// Judges the data of server-sent events. It is JSON, or text where the schema is one of strings.
    fn events(
        &mut self,
        message: Message<'_>,
        place: &Pointer,
        (bytes, direction): (&[u8], Direction),
        observed: &mut Vec<Observed>,
    ) {
        let mut at = self.item(place);
        // 3.2 describes the fields of an event; the text of its data can be JSON of a schema of its own
        if let Some(data) = self.description.declared_property(&at, "data")
            && at.name().as_deref() == Some("itemSchema")
        {
            let content = data.child("contentSchema");
            at = match self.description.loaded.get(&content) {
                Some(_) => content,
                None => data,
            };
        }
        let is_text = self.description.types(&at).is_scalar;
        let mut values = Vec::new();
        for data in stream::events(&String::from_utf8_lossy(bytes)) {
            match serde_json::from_str::<Value>(&data) {
                _ if is_text => values.push(self.value_of_text(&data, &at, direction)),
                Ok(value) => values.push(value),
                Err(_) => {
                    observed.push(message.observed_in(Part::Item, Kind::NotJson, place.clone()))
                }
            }
        }
        self.values(message, Part::Item, (&at, direction), &values, observed);
    }

    /// Returns the schema of one item of a stream: `itemSchema`, or the items of an array that describes all of it.
    fn item(&self, place: &Pointer) -> Pointer {
        let item = place.child("itemSchema");
        if self.description.loaded.get(&item).is_some() {
            return item;
        }
        let whole = place.child("schema");
        let is_array = self.description.types(&whole).is_array;
        let items = self.description.items(&whole).filter(|_| is_array);
        items.unwrap_or(whole)
    }

    /// Judges a form: an object of its fields.
    fn form(
        &mut self,
        message: Message<'_>,
        place: &Pointer,
        (body, direction): (&Body, Direction),
        observed: &mut Vec<Observed>,
    ) {
        let at = place.child("schema");
        let parsed;
        let fields: Option<&[Field]> = match &body.content {
            Content::Fields(fields) => Some(fields),
            Content::Bytes(bytes) if form(&body.media_type) == Form::Multipart => {
                parsed = multipart::parts(bytes, body.boundary.as_deref());
                parsed.as_deref()
            }
            _ => None,
        };
        let (value, files) = match (&body.content, fields) {
            (_, Some(fields)) => self.value_of_parts(fields, place, direction),
            (Content::Bytes(bytes), None) if form(&body.media_type) == Form::Pairs => {
                let pairs = pairs(&String::from_utf8_lossy(bytes));
                (self.value_of_pairs(&pairs, place, direction), Vec::new())
            }
            _ => {
                self.tally.counts.unrecorded += 1;
                return;
            }
        };
        let before = observed.len();
        self.values(message, Part::Body, (&at, direction), &[value], observed);
        // a file is bytes, and not all of them are recorded
        let is_of_file = |one: &Observed| {
            let name = one.key.instance.strip_prefix('/').unwrap_or_default();
            let is_about_content = matches!(
                one.key.kind,
                Kind::Bound(_) | Kind::Format(_) | Kind::Value(_)
            );
            is_about_content
                && files
                    .iter()
                    .any(|file| name.split('/').next() == Some(file))
        };
        let mut index = 0;
        observed.retain(|one| {
            index += 1;
            index <= before || !is_of_file(one)
        });
        let whole = observed
            .iter_mut()
            .skip(before)
            .filter(|one| one.key.instance.is_empty());
        whole.for_each(|one| one.shape.mark_files(&files));
    }
}

fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Value>(bytes).is_ok()
}

/// Returns the shape of a body of JSON, or of the items of a stream; that of another body says nothing.
fn shape_of(bytes: &[u8], media_type: &str) -> Shape {
    let text = String::from_utf8_lossy(bytes);
    let mut shape = Shape::default();
    let values: Vec<Value> = match form(media_type) {
        Form::Json => serde_json::from_slice(bytes).into_iter().collect(),
        Form::Lines => {
            let (lines, _) = stream::lines(&text);
            lines
                .into_iter()
                .filter_map(|line| serde_json::from_str(line).ok())
                .collect()
        }
        Form::Events => {
            let events = stream::events(&text).into_iter();
            events
                .map(|data| serde_json::from_str(&data).unwrap_or(Value::String(data)))
                .collect()
        }
        Form::Pairs | Form::Multipart | Form::Other => Vec::new(),
    };
    values.iter().for_each(|value| shape.add(value));
    shape
}
