//! Cargo features by tag: which came and went, and what needs another one.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Level;
use super::draft::{Draft, Users};
use super::matching::Pair;
use crate::ir::{Api, DefaultFeatures, Features, Gate, Operation};

/// How many types a line names; of more it says the number.
const NAMED: usize = 3;

/// Compares the features of two clients.
pub fn compare(pair: &Pair<'_>) -> Vec<Draft> {
    let (old, new) = (pair.old.features.as_ref(), pair.new.features.as_ref());
    let (before, after) = (names(old), names(new));
    let mut drafts = Vec::new();
    for name in after.difference(&before) {
        let text = format!("the feature `{name}` is new");
        let draft = Draft::new("feature-added", *name, *name).text(text);
        drafts.push(draft.at_least(Level::Minor));
    }
    for name in before.difference(&after) {
        let text = format!("the feature `{name}` is gone");
        let draft = Draft::new("feature-removed", *name, *name).text(text);
        drafts.push(draft.renames());
    }
    match (old, new) {
        (None, Some(_)) => drafts.push(everything()),
        (Some(old), Some(new)) => {
            drafts.extend(default(old, new));
            drafts.extend(operations(pair));
            drafts.extend(types(pair, (old, new)));
        }
        (_, None) => {}
    }
    drafts
}

fn names(features: Option<&Features>) -> BTreeSet<&str> {
    let list = features.into_iter().flat_map(|features| &features.list);
    list.map(|feature| feature.name.as_str()).collect()
}

/// Features are there for the first time.
fn everything() -> Draft {
    Draft::new("feature-needed", "features", "features")
        .text("operations and types are compiled only with the features of their tags")
        .note("Those who use the crate without its default features have to name some of them.")
        .renames()
}

fn default(old: &Features, new: &Features) -> Option<Draft> {
    let text = match (old.default, new.default) {
        (DefaultFeatures::All, DefaultFeatures::None) => "no tag is a default feature any more",
        (DefaultFeatures::None, DefaultFeatures::All) => "every tag is a default feature",
        _ => return None,
    };
    let level = match new.default {
        DefaultFeatures::All => Level::Minor,
        DefaultFeatures::None => Level::Major,
    };
    let draft = Draft::new("feature-default-changed", "default", "default").text(text);
    Some(draft.at_least(level))
}

/// Returns the operations that another feature compiles: their tag is another one.
fn operations(pair: &Pair<'_>) -> Vec<Draft> {
    let both = pair.operations.iter().filter_map(|(old, new)| {
        Some((
            pair.old.operations.get(*old)?,
            pair.new.operations.get(*new)?,
        ))
    });
    both.filter_map(|(old, new)| {
        let (was, is) = (of_operation(pair.old, old), of_operation(pair.new, new));
        if is.includes(&was) {
            return None;
        }
        let rust = new.name.rust.as_str();
        let place = format!("{} {}", new.method.0, new.path);
        let text = format!("`Client::{rust}` needs {}", shown(&is));
        let draft = Draft::new("feature-needed", place, rust)
            .at(Some(&old.origin), Some(&new.origin))
            .values(Some(listed(&was)), Some(listed(&is)))
            .users(Users::Methods(vec![rust.to_owned()]));
        Some(draft.text(text).renames())
    })
    .collect()
}

fn of_operation(api: &Api, operation: &Operation) -> Gate {
    let features = api.features.as_ref();
    features.map_or(Gate::Always, |features| features.of_operation(operation))
}

/// Returns the types that are no longer compiled with a feature that is still there, a line for those that have the same
/// features.
fn types(pair: &Pair<'_>, (old, new): (&Features, &Features)) -> Vec<Draft> {
    let known = names(Some(new));
    let mut changed: BTreeMap<(Gate, Gate), Vec<&str>> = BTreeMap::new();
    for (before, after) in pair.types() {
        let (before, after) = (pair.old.ty(before), pair.new.ty(after));
        let was = match old.of_type(before) {
            Gate::Always => Gate::Always,
            Gate::AnyOf(features) => {
                let left = features
                    .into_iter()
                    .filter(|one| known.contains(one.as_str()));
                Gate::AnyOf(left.collect())
            }
        };
        let is = new.of_type(after);
        if !is.includes(&was) {
            let names = changed.entry((was, is)).or_default();
            names.push(&after.name.rust);
        }
    }
    let drafts = changed.into_iter().map(|((was, is), mut types)| {
        types.sort_unstable();
        let place = format!("types {}", types.join(" "));
        let text = format!("{} {}", subject(&types), shown(&is));
        let rust = types.first().copied().unwrap_or_default();
        Draft::new("feature-needed", place, format!("types::{rust}"))
            .values(Some(listed(&was)), Some(listed(&is)))
            .text(text)
            .renames()
    });
    drafts.collect()
}

/// `` `types::Pet` and 2 more need ``
fn subject(types: &[&str]) -> String {
    let shown: Vec<String> = types
        .iter()
        .take(NAMED)
        .map(|name| format!("`types::{name}`"))
        .collect();
    match (shown.as_slice(), types.len().saturating_sub(NAMED)) {
        ([one], _) => format!("{one} needs"),
        (all, 0) => format!("{} need", all.join(", ")),
        (all, more) => format!("{} and {more} more need", all.join(", ")),
    }
}

/// `` the feature `pets` ``
fn shown(gate: &Gate) -> String {
    match gate {
        Gate::Always => "no feature".to_owned(),
        Gate::AnyOf(features) if features.len() == 1 => format!("the feature {}", listed(gate)),
        Gate::AnyOf(_) => format!("one of the features {}", listed(gate)),
    }
}

fn listed(gate: &Gate) -> String {
    match gate {
        Gate::Always => "always".to_owned(),
        Gate::AnyOf(features) => {
            let names = features.iter().map(|name| format!("`{name}`"));
            names.collect::<Vec<_>>().join(", ")
        }
    }
}
