//! Public items that differ and that no change of the model explains.

use std::collections::BTreeMap;

use super::change::{Change, Level, Wire};
use super::effect;
use super::fingerprint::fingerprint;
use super::surface::Difference;

/// Makes changes of what no change of the model explains, one for each owner.
pub fn changes(left: &[&Difference], is_model_same: bool) -> Vec<Change> {
    let mut owners: BTreeMap<&str, Vec<&Difference>> = BTreeMap::new();
    for difference in left {
        let key = &difference.key;
        let owner = if key.owner == "crate" {
            &key.name
        } else {
            &key.owner
        };
        owners.entry(owner).or_default().push(difference);
    }
    owners
        .into_iter()
        .map(|(owner, differences)| item(owner, &differences, is_model_same))
        .collect()
}

fn item(owner: &str, differences: &[&Difference], is_model_same: bool) -> Change {
    let are_all = |is: fn(&Difference) -> bool| differences.iter().all(|one| is(one));
    let rule = if is_model_same {
        "generator-changed"
    } else if are_all(|one| one.was.is_none()) {
        "item-added"
    } else if are_all(|one| one.is.is_none()) {
        "item-removed"
    } else {
        "item-changed"
    };
    let what = |one: &Difference| match (&one.was, &one.is) {
        (None, _) => format!("`{}` is new", one.key.shown()),
        (_, None) => format!("`{}` is gone", one.key.shown()),
        (Some(was), Some(is)) => format!("`{}` is `{is}` instead of `{was}`", one.key.shown()),
    };
    let mut text = differences.first().map(|one| what(one)).unwrap_or_default();
    if differences.len() > 1 {
        text.push_str(&format!(
            ", and {} more items of it differ",
            differences.len() - 1
        ));
    }
    let declared = |is: fn(&Difference) -> &Option<String>| -> Option<String> {
        let all: Vec<&str> = differences
            .iter()
            .filter_map(|one| is(one).as_deref())
            .collect();
        (!all.is_empty()).then(|| all.join("; "))
    };
    let (was, is) = (declared(|one| &one.was), declared(|one| &one.is));
    let place = differences
        .iter()
        .map(|one| one.key.shown())
        .collect::<Vec<_>>()
        .join(" ");
    let mut change = Change {
        rule,
        fingerprint: fingerprint(rule, &place, was.as_deref(), is.as_deref()),
        source: differences
            .iter()
            .map(|one| one.level)
            .max()
            .unwrap_or(Level::None),
        unseen: false,
        old_client: Wire::Works,
        old_server: Wire::Works,
        rust: owner.strip_prefix("types::").unwrap_or(owner).to_owned(),
        was,
        is,
        old: None,
        new: None,
        reached_by: Vec::new(),
        text,
        effect: String::new(),
        choice: None,
    };
    change.effect = effect::of(&change, None, &[]);
    change
}
