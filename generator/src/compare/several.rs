//! Several documents in one crate: each is compared by itself, then what they share, then what the crate has besides.
//!
//! To the comparison of a document its module looks like a crate of its own, with the types of `common` among its own.

mod sharing;
mod view;

use std::collections::BTreeSet;

use super::change::{Change, Changes, Level, Wire};
use super::effect;
use super::fingerprint::fingerprint;
use crate::Output;
use crate::ir::{Joined, JoinedPart};

/// Compares two outputs of which one is for several documents at least; `compared` compares outputs of one.
pub(super) fn compare(
    old: &Output,
    new: &Output,
    compared: fn(&Output, &Output) -> Changes,
) -> Changes {
    let mut all = compared(&view::whole(old), &view::whole(new));
    let (before, after) = (old.api.joined.as_deref(), new.api.joined.as_deref());
    let names: BTreeSet<&str> = [before, after].into_iter().flat_map(modules).collect();
    for name in names {
        match (part(before, name), part(after, name)) {
            (Some(was), Some(is)) => {
                let found = compared(&view::document(old, was), &view::document(new, is));
                let list = found.list.into_iter();
                all.list
                    .extend(list.map(|change| of_document(change, name)));
                all.texts += found.texts;
            }
            (Some(_), None) => all.list.push(document(name, "document-removed")),
            (None, Some(_)) => all.list.push(document(name, "document-added")),
            (None, None) => {}
        }
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

/// A module that came or went.
fn document(name: &str, rule: &'static str) -> Change {
    let (source, text) = match rule {
        "document-added" => (Level::Minor, format!("the module `{name}` is new")),
        _ => (Level::Major, format!("the module `{name}` is gone")),
    };
    made(rule, name, name, (source, text, None))
}

/// Makes a change of the crate as a whole.
fn made(
    rule: &'static str,
    place: &str,
    rust: &str,
    (source, text, note): (Level, String, Option<&str>),
) -> Change {
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
    change.effect = effect::of(&change, note, &[]);
    change
}
