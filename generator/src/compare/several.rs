//! Several documents in one crate: each is compared by itself, then what they share, then what the crate has besides.
//!
//! To the comparison of a document its module looks like a crate of its own, with the types of `common` among its own.

mod sharing;
#[cfg(test)]
mod tests;
mod view;

use std::collections::BTreeSet;

use super::change::{Change, Changes, Level, Wire};
use super::draft::Draft;
use super::effect;
use super::fingerprint::fingerprint;
use crate::Output;
use crate::ir::{Joined, JoinedPart};

/// Compares two outputs of which one is for several documents at least; `compared` compares outputs of one.
pub(super) fn compare(
    old: &Output,
    new: &Output,
    compared: fn(&Output, &Output, Vec<Draft>) -> Changes,
) -> Changes {
    let (before, after) = (old.api.joined.as_deref(), new.api.joined.as_deref());
    let names: BTreeSet<&str> = [before, after].into_iter().flat_map(modules).collect();
    let mut documents = Vec::new();
    let mut moved = Vec::new();
    for name in names {
        match (part(before, name), part(after, name)) {
            (Some(was), Some(is)) => {
                let views = (view::document(old, was), view::document(new, is));
                documents.push((name, compared(&views.0, &views.1, Vec::new())));
            }
            (Some(part), None) => moved.push(document(part, "document-removed", "gone")),
            (None, Some(part)) => moved.push(document(part, "document-added", "new")),
            (None, None) => {}
        }
    }
    let mut all = compared(&view::whole(old), &view::whole(new), moved);
    for (name, found) in documents {
        let list = found.list.into_iter();
        all.list
            .extend(list.map(|change| of_document(change, name)));
        all.texts += found.texts;
    }
    if let (Some(before), Some(after)) = (before, after) {
        all.list.extend(sharing::changes(before, after));
    }
    all.list.sort_by(|one, other| {
        let key = |change: &Change| {
            let rust = change.rust.clone();
            (
                std::cmp::Reverse(change.source),
                rust,
                change.rule,
                change.fingerprint.clone(),
            )
        };
        key(one).cmp(&key(other))
    });
    all
}

fn modules(joined: Option<&Joined>) -> impl Iterator<Item = &str> {
    let parts = joined.into_iter().flat_map(|joined| &joined.parts);
    parts.map(|part| part.name.as_str())
}

fn part<'j>(joined: Option<&'j Joined>, name: &str) -> Option<&'j JoinedPart> {
    joined?.parts.iter().find(|part| part.name == name)
}

/// Says of which document a change is.
fn of_document(mut change: Change, name: &str) -> Change {
    // the same edit of two documents is two changes
    change.fingerprint = fingerprint(change.rule, name, Some(&change.fingerprint), None);
    change.rust = format!("{name}::{}", change.rust);
    change.text = format!("`{name}`: {}", change.text);
    for user in &mut change.reached_by {
        *user = format!("{name}().{user}");
    }
    change
}

/// A module that came or went, with the methods for it.
fn document(part: &JoinedPart, rule: &'static str, what: &str) -> Draft {
    let name = part.name.as_str();
    Draft::new(rule, format!("inputs/{name}"), name)
        .text(format!("the module `{name}` is {what}"))
        .covers("Client", [name])
        .covers("ClientBuilder", [part.base_url_setter.as_str()])
        .covers("crate", [format!("mod {name}")])
}

/// Makes a change of the crate as a whole.
fn made(rule: &'static str, place: &str, rust: &str, (source, text): (Level, String)) -> Change {
    let mut change = Change {
        rule,
        fingerprint: fingerprint(rule, place, None, None),
        source,
        unseen: false,
        old_client: Wire::Works,
        old_server: Wire::Works,
        rust: rust.to_owned(),
        was: None,
        is: None,
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
