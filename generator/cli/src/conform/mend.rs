//! The actions of an overlay that make a description true: never weaker than what was seen, and without a value of it.
//!
//! | mismatch | action |
//! | --- | --- |
//! | null | where the value is: `nullable: true`, or `null` in the list of types; a `$ref` becomes one of two branches |
//! | another type | added to the declared one; a number where an integer is declared replaces it |
//! | a missing member | taken out of `required` |
//! | an undeclared member, status or media type | added with the shape of what came |
//! | a value that is not listed | added if it is written like the listed ones, which are names; else the list goes |
//! | a size out of bounds | the bound becomes the size; a bound of values is removed, since the seen one is a value |
//! | a format or pattern that does not fit | removed |
//! | a required parameter that is not sent | optional |
//!
//! An action is about the schema that is wrong, wherever it was reached from, and has the sum of the evidence. What has
//! no such action is left to people, with the reason.

mod place;
mod widen;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use oasmith::load::overlay::Action;
use oasmith::load::{Node, Object, jsonpath};
use oasmith::pointer::Pointer;

use super::counted;
use super::description::Description;
use super::finding::{Finding, Key, Kind, Side, Tally};
use super::shape::{Dialect, Shape};
use place::Mender;
use widen::Widening;

/// An action of an overlay, with its evidence, which is its description.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Amendment {
    pub(super) action: Action,
    pub(super) evidence: Evidence,
    /// The overlay that wrote what is changed, and the index of its action; `None` for the document's own.
    pub(super) within: Option<(Arc<str>, usize)>,
}

/// An action on an object of the document.
#[derive(Debug, Clone, PartialEq)]
struct Step {
    /// The object.
    at: Pointer,
    edit: Edit,
    evidence: Evidence,
}

/// What is done to an object.
#[derive(Debug, Clone, PartialEq)]
enum Edit {
    /// Members are merged in.
    Merge(Object),
    /// Members are removed.
    Remove(Vec<String>),
    /// A string is removed from a member that is a list: `required`, `name`.
    Unlist(&'static str, String),
}

/// Why an action is there: `null in 125 of 340 replies`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Evidence {
    pub(super) what: String,
    pub(super) count: usize,
    pub(super) total: usize,
    /// What was counted: `reply` and `replies`.
    pub(super) noun: [&'static str; 2],
}

/// The actions for some findings, and what they leave to people.
#[derive(Debug, Default)]
pub(super) struct Mended {
    pub(super) actions: Vec<Amendment>,
    /// The findings without an action, and why; of those in other files, with what to do by hand.
    pub(super) left: BTreeMap<Key, String>,
}

impl std::fmt::Display for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Evidence {
            what,
            count,
            total,
            noun,
        } = self;
        write!(f, "{what} in {count} of {}", counted(*total, *noun))
    }
}

impl Step {
    fn amendment(self, description: &Description<'_>) -> Amendment {
        let root = description.loaded.get(&self.at.in_same_file(""));
        let path = root.map_or_else(String::new, |root| jsonpath::to_place(root, &self.at));
        let action = match self.edit {
            Edit::Merge(update) => Action::update(path, update.into()),
            Edit::Remove(names) => Action::remove(path + &jsonpath::members(&names)),
            Edit::Unlist(list, text) => {
                let list = path + &jsonpath::member(list);
                Action::remove(list + &jsonpath::element(&text))
            }
        };
        Amendment {
            within: writer(&description.loaded.written_at(&self.at)),
            ..Amendment::new(action, self.evidence)
        }
    }
}

impl Amendment {
    pub(super) fn new(action: Action, evidence: Evidence) -> Self {
        Amendment {
            action: action.because(evidence.to_string()),
            evidence,
            within: None,
        }
    }
}

/// Returns the overlay and the index of its action, of a place in one: `wire.overlay.yaml#/actions/3/update/404`.
fn writer(place: &Pointer) -> Option<(Arc<str>, usize)> {
    let mut tokens = place.tokens();
    let is_action = tokens.next().as_deref() == Some("actions");
    let index = tokens.next().filter(|_| is_action)?.parse().ok()?;
    Some((place.file().clone(), index))
}

/// Returns the actions for all findings.
pub(super) fn mend(description: &Description<'_>, tally: &Tally) -> Mended {
    let mut mended = Mended::default();
    let mut groups = Groups::new();
    for (key, finding) in &tally.findings {
        let place = match &key.kind {
            Kind::Null => finding.site.clone(),
            Kind::Type(_) => widen::place(description, key, finding),
            _ => key.place.clone(),
        };
        let group = groups.entry((place, key.kind.clone())).or_default();
        group.add(key, finding, tally);
    }
    let mut widenings: BTreeMap<&Pointer, Widening> = BTreeMap::new();
    let mut steps: BTreeMap<&Pointer, Vec<Step>> = BTreeMap::new();
    for ((place, kind), group) in &groups {
        let result = match own_reason(description, place) {
            Some(reason) => Err(reason),
            None if widen::is_one(kind) => {
                widenings.entry(place).or_default().add(kind, group);
                continue;
            }
            None => Mender { description, place }.steps(kind, group, &groups),
        };
        match result {
            Ok(more) => steps.entry(place).or_default().extend(more),
            Err(reason) => mended.leave(group, reason),
        }
    }
    for (place, widening) in &widenings {
        match widening.steps(description, place, steps.entry(place).or_default()) {
            Ok(()) => {}
            Err(reason) => {
                let of_place = groups
                    .iter()
                    .filter(|((at, kind), _)| at == *place && widen::is_one(kind));
                of_place.for_each(|(_, group)| mended.leave(group, reason));
            }
        }
    }
    for (place, steps) in steps {
        let amendments = steps.into_iter().map(|step| step.amendment(description));
        if place.file() == description.loaded.root() {
            mended.actions.extend(amendments);
            continue;
        }
        let reason = by_hand(place, amendments);
        let of_place = groups.iter().filter(|((at, _), _)| at == place);
        for (_, group) in of_place {
            mended.leave(group, &reason);
        }
    }
    mended
}

/// Says what to do in a file that overlays do not reach, as actions of one that did.
fn by_hand(place: &Pointer, amendments: impl Iterator<Item = Amendment>) -> String {
    let actions: String = amendments.map(|one| one.action.to_yaml()).collect();
    format!(
        "an overlay changes the root document only; by hand, do in `{}`:\n{}",
        place.file(),
        actions.trim_end()
    )
}

/// Returns why nothing at a place can be changed by an overlay.
fn own_reason(description: &Description<'_>, place: &Pointer) -> Option<&'static str> {
    let is_object = description
        .loaded
        .get(place)
        .is_some_and(|node| node.as_object().is_some());
    (!is_object).then_some("the schema is `false`, or comes from nowhere in the document")
}

/// The findings by place and kind.
type Groups<'f> = BTreeMap<(Pointer, Kind), Group<'f>>;

/// The findings with one kind at one place.
#[derive(Debug, Default)]
pub(super) struct Group<'f> {
    keys: Vec<&'f Key>,
    shape: Shape,
    sizes: Option<(u64, u64)>,
    bodies: BTreeMap<String, Shape>,
    /// References to schemas that all bodies of an undeclared status fit.
    fits: Vec<String>,
    /// The number of exchanges, and of messages, by operation and side.
    counts: BTreeMap<(usize, Side), (usize, usize)>,
}

impl<'f> Group<'f> {
    fn add(&mut self, key: &'f Key, finding: &Finding, tally: &Tally) {
        match self.keys.is_empty() {
            true => self.fits.clone_from(&finding.fits),
            false => self.fits.retain(|one| finding.fits.contains(one)),
        }
        self.keys.push(key);
        self.shape.merge(&finding.shape);
        if let Some((least, most)) = finding.sizes {
            let (a, b) = self.sizes.unwrap_or((least, most));
            self.sizes = Some((a.min(least), b.max(most)));
        }
        for (media_type, shape) in &finding.bodies {
            self.bodies
                .entry(media_type.clone())
                .or_default()
                .merge(shape);
        }
        let total = match key.kind {
            // of all replies of the operation
            Kind::Status(_) => {
                let of_operation = tally.totals.iter().filter(|((operation, side), _)| {
                    *operation == key.operation && matches!(side, Side::Reply(_))
                });
                of_operation.map(|(_, count)| count).sum()
            }
            _ => tally.total(key),
        };
        // a place that is reached twice in one reply is in one reply
        let (count, _) = self
            .counts
            .entry((key.operation, key.side))
            .or_insert((0, total));
        *count = tally.at_place(key).max(finding.count).max(*count);
    }

    pub(super) fn evidence(&self, what: impl Into<String>) -> Evidence {
        let is_request = |side: &Side| *side == Side::Request;
        let sides: BTreeSet<bool> = self
            .counts
            .keys()
            .map(|(_, side)| is_request(side))
            .collect();
        Evidence {
            what: what.into(),
            count: self.counts.values().map(|(count, _)| count).sum(),
            total: self.counts.values().map(|(_, total)| total).sum(),
            noun: match (sides.contains(&true), sides.contains(&false)) {
                (true, true) => ["message", "messages"],
                (true, false) => ["request", "requests"],
                _ => ["reply", "replies"],
            },
        }
    }
}

impl Mended {
    fn leave(&mut self, group: &Group<'_>, reason: &str) {
        let keys = group.keys.iter();
        self.left
            .extend(keys.map(|key| ((*key).clone(), reason.to_owned())));
    }
}

pub(super) fn dialect(description: &Description<'_>) -> Dialect {
    match description.is_3_0 {
        true => Dialect::V3_0,
        false => Dialect::V3_1,
    }
}

fn one(name: &str, value: Node) -> Object {
    Object::from_iter([(name.into(), value)])
}
