//! Types that come and go with a change: the inline enum of a new member.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Users};
use super::model::{Model, types};
use crate::ir::{Api, TypeId, TypeRef};
use crate::pointer::Pointer;

/// Lets each change explain the types that came or went with it. Those that no change explains are changes themselves.
/// Changes that several operations share become one.
pub fn types(model: &mut Model<'_>) {
    let pair = model.pair;
    let mut brought = (BTreeSet::new(), BTreeSet::new());
    let drafts = std::mem::take(&mut model.drafts);
    let drafts = drafts.into_iter().map(|mut draft| {
        let (old, new) = std::mem::take(&mut draft.types);
        let gone = closure(pair.old, old, &|id| pair.newer.contains_key(&id));
        let came = closure(pair.new, new, &|id| pair.older.contains_key(&id));
        for id in &gone {
            draft = types::covering_names(draft, pair.old.ty(*id));
        }
        for id in &came {
            draft = types::covering_names(draft, pair.new.ty(*id));
        }
        brought.0.extend(gone);
        brought.1.extend(came);
        draft
    });
    model.drafts = shared(drafts.collect());
    types::unmatched(model, &brought);
}

/// Returns the types that only one client has and that some types lead to.
fn closure(api: &Api, roots: Vec<TypeId>, is_matched: &dyn Fn(TypeId) -> bool) -> BTreeSet<TypeId> {
    let mut queue = roots;
    let mut found = BTreeSet::new();
    while let Some(id) = queue.pop() {
        if !is_matched(id) && found.insert(id) {
            queue.extend(api.ty(id).body.parts().filter_map(TypeRef::id));
        }
    }
    found
}

/// Joins what several operations have in common into one change: a parameter that they refer to, or a credential.
fn shared(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut result: Vec<(Draft, Vec<String>)> = Vec::new();
    let mut first: BTreeMap<Shared, usize> = BTreeMap::new();
    for draft in drafts {
        let place = draft.place.clone();
        let key = key(&draft);
        let known = key.as_ref().and_then(|key| first.get(key));
        match known.and_then(|position| result.get_mut(*position)) {
            Some((other, places)) => {
                places.push(place);
                join(other, draft);
            }
            None => {
                first.extend(key.map(|key| (key, result.len())));
                result.push((draft, vec![place]));
            }
        }
    }
    let result = result.into_iter().map(|(mut draft, mut places)| {
        if places.len() > 1 {
            places.sort_unstable();
            draft.place = places.join(" ");
            draft.text = text(&draft, places.len());
        }
        draft
    });
    result.collect()
}

fn join(draft: &mut Draft, other: Draft) {
    draft.covers.extend(other.covers);
    if let (Users::Methods(all), Users::Methods(more)) = (&mut draft.users, other.users) {
        all.extend(more);
        all.sort_unstable();
        all.dedup();
    }
    draft.wire = (
        draft.wire.0.max(other.wire.0),
        draft.wire.1.max(other.wire.1),
    );
}

/// Says a change of one operation, or of one member, of several.
fn text(draft: &Draft, count: usize) -> String {
    let (what, own) = match draft.users {
        Users::Methods(_) => ("operations", draft.rust.split("::").next()),
        Users::All | Users::Type(..) => ("members", Some(draft.rust.as_str())),
    };
    let own = format!("`{}`", own.unwrap_or_default());
    // `GetPetCall::limit`
    let item = draft
        .text
        .split('`')
        .nth(1)
        .filter(|item| draft.text.starts_with(&format!("`{item}`")));
    match item.and_then(|item| Some((item, item.split_once("::")?.1))) {
        _ if draft.text.contains(&own) => draft.text.replacen(&own, &format!("{count} {what}"), 1),
        Some((item, name)) => draft.text.replacen(
            &format!("`{item}`"),
            &format!("`{name}` of {count} {what}"),
            1,
        ),
        None => format!("{}, and so in {count} {what}", draft.text),
    }
}

/// Rule, locations, what it was, what it is.
type Shared = (&'static str, String, Option<String>, Option<String>);

/// Returns what makes changes of several operations one, or of several members; `None` for others.
fn key(draft: &Draft) -> Option<Shared> {
    if draft.rule == "choice-format" {
        return Some((draft.rule, String::new(), None, None));
    }
    let is_shared = |pointer: &Option<Pointer>| {
        let path = pointer.as_ref().map_or("", Pointer::path);
        !path.starts_with("/paths/")
    };
    if let Some((_, parameter)) = draft.place.split_once("/parameters/")
        && matches!(draft.users, Users::Methods(_))
    {
        let key = format!("{parameter} {:?}", draft.visibility);
        return Some((draft.rule, key, draft.was.clone(), draft.is.clone()));
    }
    let is_of_all = ["credential-", "error-"]
        .iter()
        .any(|kind| draft.rule.starts_with(kind));
    let place = match &draft.pointers {
        (None, None) => return None,
        (old, new) if is_shared(old) && is_shared(new) => format!("{old:?} {new:?}"),
        _ if is_of_all && draft.was.is_some() && draft.is.is_some() => String::new(),
        _ => return None,
    };
    matches!(draft.users, Users::Methods(_))
        .then(|| (draft.rule, place, draft.was.clone(), draft.is.clone()))
}
