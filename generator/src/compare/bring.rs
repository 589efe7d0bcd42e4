//! Types that come and go with a change: the inline enum of a new member.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::matching::Pair;
use super::model::{Model, types};
use crate::ir::{Api, TypeId, TypeRef};

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
    model.drafts = shared(drafts.collect(), pair);
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
fn shared(drafts: Vec<Draft>, _pair: &Pair<'_>) -> Vec<Draft> {
    use super::draft::Users;
    let mut result: Vec<Draft> = Vec::new();
    let mut first: std::collections::BTreeMap<Key, usize> = std::collections::BTreeMap::new();
    for draft in drafts {
        let Some(key) = key(&draft) else {
            result.push(draft);
            continue;
        };
        match first
            .get(&key)
            .and_then(|position| result.get_mut(*position))
        {
            Some(other) => {
                other.covers.extend(draft.covers);
                if let (Users::Methods(all), Users::Methods(more)) = (&mut other.users, draft.users)
                {
                    all.extend(more);
                    all.sort_unstable();
                }
                other.wire = (
                    other.wire.0.max(draft.wire.0),
                    other.wire.1.max(draft.wire.1),
                );
            }
            None => {
                first.insert(key, result.len());
                result.push(draft);
            }
        }
    }
    for draft in &mut result {
        if let Users::Methods(methods) = &draft.users
            && methods.len() > 1
        {
            let own = draft.rust.split("::").next().unwrap_or_default();
            draft.text = draft.text.replacen(
                &format!("`{own}`"),
                &format!("{} operations", methods.len()),
                1,
            );
        }
    }
    result
}

/// Rule, locations, what it was, what it is.
type Key = (&'static str, String, Option<String>, Option<String>);

/// Returns what makes changes of several operations one; `None` for others.
fn key(draft: &Draft) -> Option<Key> {
    let is_of_operation = matches!(&draft.users, super::draft::Users::Methods(_));
    let is_shared = |pointer: &Option<crate::pointer::Pointer>| {
        pointer
            .as_ref()
            .is_none_or(|at| !at.path().starts_with("/paths/"))
    };
    let place = match &draft.pointers {
        (None, None) => return None,
        (old, new) if is_shared(old) && is_shared(new) => format!("{old:?} {new:?}"),
        _ if draft.rule.starts_with("credential-") => String::new(),
        _ => return None,
    };
    is_of_operation.then(|| (draft.rule, place, draft.was.clone(), draft.is.clone()))
}
