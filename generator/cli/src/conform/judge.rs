//! Holds exchanges against a description: parameters, status, media type and body.

use std::collections::HashMap;

use oasmith::load::Node;
use oasmith::pointer::Pointer;
use serde_json::Value;

use super::description::{Description, Operation};
use super::finding::{Key, Kind, Observed, Side, Tally};
use super::names;
use super::route::{Matched, Router};
use super::schema::{self, Direction, Hierarchy};
use super::shape::Shape;
use super::traffic::{Body, Content, Exchange, Origin};
use super::validate::{Checker, DateTimes, Mismatch};

/// The most schemas that are compiled at a time; each takes about 12 kB.
const MAX_COMPILED: usize = 50_000;

/// A description with what is needed to hold traffic against it.
pub(super) struct Judge<'d> {
    pub(super) description: Description<'d>,
    router: Router,
    hierarchy: Hierarchy,
    date_times: DateTimes,
    /// The schemas of bodies by their places, or by those of their components; `None` if one cannot be compiled.
    checkers: HashMap<(Pointer, Direction), Option<Checker>>,
    /// The number of schemas in all of them.
    compiled: usize,
    pub(super) tally: Tally,
}

/// A message of an operation.
#[derive(Clone, Copy)]
struct Message<'o> {
    index: usize,
    operation: &'o Operation,
    side: Side,
}

impl<'d> Judge<'d> {
    pub(super) fn new(description: Description<'d>, date_times: DateTimes) -> Self {
        Judge {
            router: Router::new(&description),
            hierarchy: Hierarchy::new(description.loaded),
            description,
            date_times,
            checkers: HashMap::new(),
            compiled: 0,
            tally: Tally::default(),
        }
    }

    /// Judges an exchange.
    pub(super) fn exchange(&mut self, exchange: &Exchange, origin: &Origin) {
        self.tally.counts.exchanges += 1;
        if exchange.status == 0 {
            self.tally.counts.unanswered += 1;
            return;
        }
        let has = |name: &str| exchange.headers.iter().any(|header| header == name);
        let is_preflight = exchange.method == "OPTIONS" && has("access-control-request-method");
        let is_cached =
            exchange.status == 304 && (has("if-none-match") || has("if-modified-since"));
        if is_preflight || is_cached {
            self.tally.counts.browser += 1;
            return;
        }
        let index =
            match self
                .router
                .find(&exchange.method, exchange.host.as_deref(), &exchange.path)
            {
                Matched::Operation(index) => index,
                Matched::Nothing(path) => return self.tally.unmatched(&exchange.method, path),
            };
        if exchange.status < 400 {
            self.request(index, exchange, origin);
        } else {
            self.tally.counts.refused += 1;
        }
        let is_bodiless =
            exchange.method == "HEAD" || matches!(exchange.status, 100..=199 | 204 | 304);
        self.reply(
            index,
            exchange.status,
            &exchange.received,
            is_bodiless,
            origin,
        );
    }

    /// Judges a reply.
    pub(super) fn reply(
        &mut self,
        index: usize,
        status: u16,
        body: &Body,
        is_bodiless: bool,
        origin: &Origin,
    ) {
        let side = Side::Reply(status);
        self.tally.message(index, side);
        let mut observed = Vec::new();
        // the operations move out for the time of the work, since the work also fills the tables
        let operations = std::mem::take(&mut self.description.operations);
        if let Some(operation) = operations.get(index) {
            let message = Message {
                index,
                operation,
                side,
            };
            match self.description.response(operation, status) {
                None => {
                    let one = self.undeclared_status(message, status, body);
                    observed.push(one);
                }
                Some((at, _)) if !is_bodiless => {
                    self.body(message, &at, body, Direction::Received, &mut observed)
                }
                Some(_) => {}
            }
        }
        self.description.operations = operations;
        self.tally.add(observed, origin);
    }

    fn request(&mut self, index: usize, exchange: &Exchange, origin: &Origin) {
        let side = Side::Request;
        self.tally.message(index, side);
        let mut observed = Vec::new();
        let operations = std::mem::take(&mut self.description.operations);
        if let Some(operation) = operations.get(index) {
            let message = Message {
                index,
                operation,
                side,
            };
            let missing = operation.parameters.iter().filter(|parameter| {
                parameter.is_required
                    && is_sent(&parameter.location, &parameter.name, exchange) == Some(false)
            });
            for parameter in missing.filter(|parameter| !parameter.is_exploded) {
                let kind = Kind::Parameter {
                    location: parameter.location.clone(),
                    name: parameter.name.clone(),
                };
                observed.push(message.observed(kind, parameter.at.clone()));
            }
            if let Some((at, node)) = self.description.request_body(operation) {
                let is_required = node.get("required").and_then(Node::as_bool) == Some(true);
                match exchange.sent.content {
                    Content::Empty if is_required => {
                        observed.push(message.observed(Kind::NoBody, at))
                    }
                    Content::Empty => {}
                    _ => self.body(message, &at, &exchange.sent, Direction::Sent, &mut observed),
                }
            }
        }
        self.description.operations = operations;
        self.tally.add(observed, origin);
    }

    /// Tells of a status that is not declared. Its body is often that of another: errors have one schema.
    fn undeclared_status(&mut self, message: Message<'_>, status: u16, body: &Body) -> Observed {
        let responses = message.operation.at.child("responses");
        let mut observed = message.observed(Kind::Status(status), responses.clone());
        let Content::Bytes(bytes) = &body.content else {
            return observed;
        };
        let value = serde_json::from_slice::<Value>(bytes).ok();
        observed.media_type = names::media_type(&body.media_type);
        observed.shape = shape_of(value.as_ref(), &body.media_type);
        let Some(value) = value.filter(|_| is_json(&body.media_type)) else {
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
    fn body(
        &mut self,
        message: Message<'_>,
        at: &Pointer,
        body: &Body,
        direction: Direction,
        observed: &mut Vec<Observed>,
    ) {
        let declared = self.description.media_types(at);
        let bytes = match &body.content {
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
        };
        let value = serde_json::from_slice::<Value>(bytes).ok();
        let media_type = match body.media_type.as_str() {
            "" => declared
                .iter()
                .find(|one| is_json(one) && value.is_some())
                .map_or("", String::as_str),
            known => known,
        };
        let Some(place) = self.description.media_type(at, media_type) else {
            let kind = Kind::MediaType(names::media_type(media_type));
            let mut one = message.observed(kind, at.clone());
            one.shape = shape_of(value.as_ref(), media_type);
            observed.push(one);
            return;
        };
        if !is_json(media_type) {
            self.tally.counts.other_bodies += 1;
            return;
        }
        let Some(value) = value else {
            observed.push(message.observed(Kind::NotJson, place));
            return;
        };
        let schema = place.child("schema");
        if self.description.loaded.get(&schema).is_none() {
            return;
        }
        match self.checker(&schema, direction) {
            Some(checker) => {
                let found = checker.mismatches(&value, &schema);
                observed.extend(
                    found
                        .into_iter()
                        .map(|one| message.mismatch(one, &self.description)),
                );
            }
            None => self.tally.counts.uncompiled += 1,
        }
    }

    fn checker(&mut self, at: &Pointer, direction: Direction) -> Option<&Checker> {
        // many responses are one component
        let node = self.description.loaded.get(at)?;
        let is_reference = node.as_object().is_some_and(|object| object.len() == 1);
        let target = node
            .get("$ref")
            .and_then(Node::as_str)
            .filter(|_| is_reference);
        let target = target.and_then(|text| self.description.loaded.target(at, text).ok());
        let target = target.filter(|target| self.description.loaded.get(target).is_some());
        let key = (target.unwrap_or_else(|| at.clone()), direction);
        if !self.checkers.contains_key(&key) {
            let translated =
                schema::translate(&self.description, &key.0, direction, &self.hierarchy);
            self.compiled += translated.entries.len();
            if self.compiled > MAX_COMPILED {
                self.checkers.clear();
                self.compiled = translated.entries.len();
            }
            self.checkers
                .insert(key.clone(), Checker::new(translated, self.date_times));
        }
        self.checkers.get(&key)?.as_ref()
    }
}

impl Message<'_> {
    fn observed(self, kind: Kind, place: Pointer) -> Observed {
        Observed {
            key: Key {
                operation: self.index,
                side: self.side,
                instance: String::new(),
                place: place.clone(),
                kind,
            },
            site: place,
            shape: Shape::default(),
            size: None,
            media_type: None,
            fits: Vec::new(),
        }
    }

    fn mismatch(self, found: Mismatch, description: &Description<'_>) -> Observed {
        // the name of a format is in the document
        let format = || {
            description
                .loaded
                .get(&found.place.child("format"))
                .and_then(Node::as_text)
        };
        let kind = match found.kind {
            Kind::Format(name) if name.is_empty() => {
                Kind::Format(format().unwrap_or_default().to_owned())
            }
            other => other,
        };
        Observed {
            key: Key {
                operation: self.index,
                side: self.side,
                instance: found.instance,
                place: found.place,
                kind,
            },
            site: found.site,
            shape: found.shape,
            size: found.size,
            media_type: None,
            fits: Vec::new(),
        }
    }
}

/// Returns the shape of a JSON body; that of another body says nothing.
fn shape_of(value: Option<&Value>, media_type: &str) -> Shape {
    match value {
        Some(value) if is_json(media_type) => Shape::of(value),
        _ => Shape::default(),
    }
}

/// Whether bodies of a media type are one JSON value.
pub(super) fn is_json(media_type: &str) -> bool {
    matches!(media_type, "application/json" | "text/json") || media_type.ends_with("+json")
}

/// Returns whether a parameter is sent; `None` if that was not recorded.
fn is_sent(location: &str, name: &str, exchange: &Exchange) -> Option<bool> {
    match location {
        "query" => {
            let is_part = |sent: &String| {
                sent.strip_prefix(name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
            };
            Some(exchange.query.iter().any(is_part))
        }
        "header" if !exchange.headers.is_empty() => {
            // other parts of a description decide these
            let name = name.to_ascii_lowercase();
            let is_ignored = matches!(name.as_str(), "accept" | "authorization" | "content-type");
            Some(is_ignored || exchange.headers.contains(&name))
        }
        "cookie" => exchange
            .cookies
            .as_ref()
            .map(|cookies| cookies.iter().any(|cookie| cookie == name)),
        _ => None,
    }
}
