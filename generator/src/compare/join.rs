//! Brings changes of the model together with what differs in the public items.
//!
//! A change is as strong as the strongest difference that it explains. What no change explains becomes a change of its
//! own, so that nothing is lost.

use std::collections::BTreeMap;

use super::change::{Change, Level, Sides};
use super::draft::{Draft, Users, Visibility};
use super::effect;
use super::fingerprint::fingerprint;
use super::reach::Reach;
use super::rules;
use super::surface::{Difference, ItemKind};
use super::unexplained;
use crate::ir::TypeId;
use crate::pointer::Pointer;

/// A change of the model with the differences that it explains.
struct Explained<'a> {
    draft: &'a Draft,
    differences: Vec<&'a Difference>,
}

/// Makes the changes.
pub fn join(
    drafts: &[Draft],
    differences: &[Difference],
    is_output_same: bool,
    reach: (&Reach<'_>, &Reach<'_>),
) -> Vec<Change> {
    let mut all: Vec<Explained<'_>> = drafts
        .iter()
        .map(|draft| Explained {
            draft,
            differences: Vec::new(),
        })
        .collect();
    let mut left: Vec<&Difference> = Vec::new();
    let index = Index::of(drafts);
    for difference in differences {
        let found = index.explaining(difference);
        if found.is_empty() {
            left.push(difference);
        }
        for position in found {
            if let Some(explained) = all.get_mut(position) {
                explained.differences.push(difference);
            }
        }
    }
    left.retain(|difference| !attach_consequence(&mut all, &index, difference));
    let mut changes: Vec<Change> = all
        .iter()
        .map(|one| change(one, is_output_same, reach))
        .collect();
    changes.extend(unexplained::changes(&left, drafts.is_empty()));
    changes.sort_by(|one, other| {
        let key = |change: &Change| {
            (
                std::cmp::Reverse(change.source),
                change.rust.clone(),
                change.rule,
                change.fingerprint.clone(),
            )
        };
        key(one).cmp(&key(other))
    });
    changes
}

/// Which changes explain an item.
struct Index<'a> {
    /// By owner and name.
    named: BTreeMap<(&'a str, &'a str), Vec<usize>>,
    /// By owner alone.
    owners: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(drafts: &'a [Draft]) -> Self {
        let mut index = Index {
            named: BTreeMap::new(),
            owners: BTreeMap::new(),
        };
        for (position, draft) in drafts.iter().enumerate() {
            for cover in &draft.covers {
                match &cover.names {
                    Some(names) => {
                        for name in names {
                            add(
                                index.named.entry((&cover.owner, name)).or_default(),
                                position,
                            );
                        }
                    }
                    None => add(index.owners.entry(&cover.owner).or_default(), position),
                }
            }
        }
        index
    }

    fn explaining(&self, difference: &Difference) -> Vec<usize> {
        let key = &difference.key;
        let (owner, name) = match key.kind {
            // an export of the root belongs to the type that it exports
            ItemKind::Export if key.owner == "crate" && !key.name.starts_with("mod ") => {
                (key.name.as_str(), "")
            }
            _ => (key.owner.as_str(), key.name.as_str()),
        };
        let named = self.named.get(&(owner, name));
        named
            .or_else(|| self.owners.get(owner))
            .cloned()
            .unwrap_or_default()
    }
}

fn add(positions: &mut Vec<usize>, position: usize) {
    if positions.last() != Some(&position) {
        positions.push(position);
    }
}

/// Finds the change that has a difference as its consequence: an export of the runtime that it needs, or a use of a type
/// that it brought. Returns whether there is one.
fn attach_consequence<'a>(
    all: &mut [Explained<'a>],
    index: &Index<'_>,
    difference: &'a Difference,
) -> bool {
    let mut found: Vec<usize> = Vec::new();
    for name in &difference.named {
        found.extend(index.owners.get(name.as_str()).into_iter().flatten());
    }
    if difference.key.kind == ItemKind::Impl && difference.key.name.starts_with("From<") {
        // whether a branch converts depends on the members of its type and of the others
        let owner = difference.key.owner.as_str();
        let of_owner = index
            .named
            .range((owner, "")..)
            .take_while(|((other, _), _)| *other == owner);
        let of_branch = index
            .named
            .keys()
            .filter(|(other, _)| mentions_type(&difference.key.name, other));
        let of_branch = of_branch.filter_map(|key| index.named.get(key));
        found.extend(
            of_owner
                .map(|(_, positions)| positions)
                .chain(of_branch)
                .flatten(),
        );
    }
    if found.is_empty() && difference.key.kind == ItemKind::Export {
        let name = difference.key.name.rsplit(' ').next().unwrap_or_default();
        // what one module exports comes together: `runtime::events`
        let path = difference.was.as_ref().or(difference.is.as_ref());
        let module = path
            .and_then(|path| path.rsplit("::").next())
            .unwrap_or_default();
        let names_it = |one: &Explained<'_>| {
            let texts = one
                .differences
                .iter()
                .flat_map(|other| [&other.was, &other.is])
                .flatten();
            let mut texts = texts.into_iter();
            texts.any(|text| mentions(text, name) || mentions(text, module))
        };
        // a body of values alone needs the module, too, and names nothing of it
        let is_same_way = |one: &Explained<'_>| {
            one.differences.iter().any(|other| {
                other.was.is_some() == difference.was.is_some()
                    && other.is.is_some() == difference.is.is_some()
            })
        };
        let position = all
            .iter()
            .position(names_it)
            .or_else(|| all.iter().position(is_same_way));
        found.extend(position);
    }
    found.sort_unstable();
    found.dedup();
    // what changes nothing else is no reason
    let is_seen = |position: &usize| {
        all.get(*position)
            .is_some_and(|one| !one.differences.is_empty())
    };
    if found.iter().any(is_seen) {
        found.retain(is_seen);
    }
    for position in &found {
        if let Some(one) = all.get_mut(*position) {
            one.differences.push(difference);
        }
    }
    !found.is_empty()
}

/// Returns whether a conversion is from a type: `From<types::Pet>`.
fn mentions_type(conversion: &str, ty: &str) -> bool {
    let inner = conversion
        .trim_start_matches("From<")
        .trim_start_matches('&');
    inner.strip_suffix('>') == Some(ty)
}

/// Returns whether a declaration has a word.
fn mentions(declaration: &str, word: &str) -> bool {
    declaration
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .any(|part| part == word)
}

/// Returns the methods that reach one of some types.
fn methods(
    types: &[(Option<TypeId>, Option<TypeId>)],
    reach: (&Reach<'_>, &Reach<'_>),
) -> Vec<String> {
    let all = types.iter().flat_map(|one| match one {
        (_, Some(new)) => reach.1.methods(*new),
        (Some(old), None) => reach.0.methods(*old),
        (None, None) => Vec::new(),
    });
    let mut all: Vec<String> = all.collect();
    all.sort_unstable();
    // a method that reaches several of them is told by the first
    all.dedup_by(|one, other| one.split(' ').next() == other.split(' ').next());
    all
}

fn change(one: &Explained<'_>, is_output_same: bool, reach: (&Reach<'_>, &Reach<'_>)) -> Change {
    let draft = one.draft;
    let is_unseen = draft.visibility == Visibility::Unseen
        && one.differences.iter().all(|one| one.level < Level::Major);
    let surface = one.differences.iter().map(|one| one.level).max();
    let source = match (surface, draft.visibility) {
        _ if is_unseen => Level::Major,
        (Some(level), _) => level,
        (None, Visibility::Nothing) => Level::None,
        (None, _) if is_output_same => Level::None,
        (None, _) => Level::Patch,
    };
    let reached_by = match &draft.users {
        Users::All => Vec::new(),
        Users::Methods(methods) => methods.clone(),
        Users::Types(types) => methods(types, reach),
    };
    let sides = rules::sides(draft.rule);
    let location = |pointer: &Option<Pointer>, is_there: bool| pointer.clone().filter(|_| is_there);
    let mut change = Change {
        rule: draft.rule,
        fingerprint: fingerprint(
            draft.rule,
            &draft.place,
            draft.was.as_deref(),
            draft.is.as_deref(),
        ),
        source: source.max(draft.least),
        unseen: is_unseen,
        old_client: draft.wire.0,
        old_server: draft.wire.1,
        rust: draft.rust.clone(),
        was: draft.was.clone(),
        is: draft.is.clone(),
        // what only one description has has one location; a value that came to it has both
        old: location(
            &draft.pointers.0,
            sides != Sides::New || draft.was.is_some(),
        ),
        new: location(&draft.pointers.1, sides != Sides::Old || draft.is.is_some()),
        reached_by,
        text: draft.text.clone(),
        effect: String::new(),
        choice: draft.choice.clone(),
    };
    change.effect = effect::of(&change, draft.note.as_deref(), &consequences(one));
    change
}

/// Returns items that came, went or changed with a change and are not its own: `new(id)` of a new required member.
fn consequences(one: &Explained<'_>) -> Vec<String> {
    /// More say no more.
    const SHOWN: usize = 3;
    // the item is `types::Pet::name` of `Pet::name`, or `GetPetCall::limit` of `get_pet::limit`; `GetPetResponse::name` is
    // another one
    let rust = one.draft.rust.as_str();
    let name = rust.rsplit_once("::").map_or(rust, |(_, name)| name);
    let is_own = |shown: &str| {
        let item = shown.rsplit_once("::");
        shown.ends_with(&format!("::{rust}"))
            || item.is_some_and(|(owner, own)| own == name && owner.ends_with("Call"))
    };
    let is_told = |difference: &&&Difference| {
        let is_breaking = difference.level == Level::Major && difference.key.kind != ItemKind::Impl;
        let shown = difference.key.shown();
        let is_setter = shown.contains("::with_");
        // what a call gives is said already
        let is_call = difference.key.kind == ItemKind::Type
            && shown.ends_with("Call")
            && difference.is.is_some();
        is_breaking
            && !is_setter
            && !is_call
            && difference.key.kind != ItemKind::Export
            && !is_own(&shown)
            && shown != rust
    };
    let mut found: Vec<String> = one
        .differences
        .iter()
        .filter(is_told)
        .map(|difference| {
            let shown = difference.key.shown();
            match (&difference.was, &difference.is) {
                (Some(_), Some(_)) => format!("`{shown}` changed"),
                (Some(_), None) => format!("`{shown}` is gone"),
                (None, _) => format!("`{shown}` is new"),
            }
        })
        .collect();
    found.dedup();
    if found.len() > SHOWN {
        let more = found.len() - SHOWN;
        found.truncate(SHOWN);
        found.push(format!("{more} more"));
    }
    found
}
