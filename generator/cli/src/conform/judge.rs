//! Holds exchanges against a description: parameters, status, media type and body.
//!
//! | file | content |
//! | --- | --- |
//! | `body` | bodies, by their media types |
//! | `parameter` | parameters of requests |
//! | `text` | texts as values of their schemas: parameters, and the members of forms |

mod body;
mod parameter;
mod text;

use std::collections::HashMap;

use oasmith::load::Node;
use oasmith::pointer::Pointer;

use super::description::{Description, Operation};
use super::finding::{Key, Kind, Observed, Part, Side, Tally};
use super::route::{Matched, Router};
use super::schema::{self, Direction, Hierarchy};
use super::shape::Shape;
use super::traffic::{Body, Content, Exchange, Origin};
use super::validate::{Checker, DateTimes, Mismatch};
pub(super) use body::{Form, form};

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
        let has = |name: &str| exchange.headers.iter().any(|header| header.name == name);
        let is_preflight = exchange.method == "OPTIONS" && has("access-control-request-method");
        let is_cached =
            exchange.status == 304 && (has("if-none-match") || has("if-modified-since"));
        if is_preflight || is_cached {
            self.tally.counts.browser += 1;
            return;
        }
        let (index, of_path) =
            match self
                .router
                .find(&exchange.method, exchange.host.as_deref(), &exchange.path)
            {
                Matched::Operation(index, of_path) => (index, of_path),
                Matched::Nothing(path) => return self.tally.unmatched(&exchange.method, path),
            };
        if exchange.status < 400 {
            self.request(index, exchange, &of_path, origin);
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

    fn request(
        &mut self,
        index: usize,
        exchange: &Exchange,
        of_path: &[(String, String)],
        origin: &Origin,
    ) {
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
            self.parameters(message, exchange, of_path, &mut observed);
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
                part: Part::Body,
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

    fn observed_in(self, part: Part, kind: Kind, place: Pointer) -> Observed {
        let mut observed = self.observed(kind, place);
        observed.key.part = part;
        observed
    }

    fn mismatch(self, part: Part, found: Mismatch, description: &Description<'_>) -> Observed {
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
                part,
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
