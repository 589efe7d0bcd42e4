//! Types that requests begin or cease to carry, with nothing else about them changed.

use std::collections::BTreeSet;

use super::Model;
use super::types::{self, Definitions};
use crate::compare::draft::Draft;
use crate::compare::reach::User;
use crate::ir::{Presence, TypeBody, TypeId, TypeRef};

/// Finds them. What comes or goes with another change is told with that; where members of the type differ because of
/// it, it is a change of its own.
pub fn compare(model: &mut Model<'_>) {
    let pair = model.pair;
    let changed: Vec<Definitions<'_>> = pair
        .types()
        .map(|(old, new)| Definitions {
            ids: (old, new),
            old: pair.old.ty(old),
            new: pair.new.ty(new),
        })
        .filter(|both| both.old.usage.request != both.new.usage.request)
        .collect();
    let mut told: BTreeSet<TypeId> = BTreeSet::new();
    fold(model, &changed, &mut told);
    // first those that operations name, then what is left in rings
    for is_direct in [true, false] {
        for both in &changed {
            let began = both.new.usage.request;
            let reach = if began { model.reach.1 } else { model.reach.0 };
            let id = if began { both.ids.1 } else { both.ids.0 };
            let mut users = reach.users(id).iter();
            let is_root = users.any(|user| matches!(user, User::Operation { .. }));
            if told.contains(&both.ids.1) || is_direct && !is_root {
                continue;
            }
            let with = closure(model, &changed, *both);
            let draft = one(*both, &changed, &with);
            told.extend(with);
            if let Some(draft) = draft {
                model.push(draft);
            }
        }
    }
}

/// Adds to each change the constructors and setters that came or went with it, such as those of the body of a new
/// operation.
fn fold(model: &mut Model<'_>, changed: &[Definitions<'_>], told: &mut BTreeSet<TypeId>) {
    let mut drafts = std::mem::take(&mut model.drafts);
    for draft in &mut drafts {
        for both in changed {
            let began = both.new.usage.request;
            let is_named = if began {
                draft.types.1.contains(&both.ids.1)
            } else {
                draft.types.0.contains(&both.ids.0)
            };
            let is_there = if began {
                has_one_side(draft, false)
            } else {
                has_one_side(draft, true)
            };
            if !is_named || !is_there {
                continue;
            }
            let with = closure(model, changed, *both);
            let all = changed.iter().filter(|one| with.contains(&one.ids.1));
            let all: Vec<_> = all.collect();
            if all.iter().any(|one| has_other_presence(one)) {
                continue;
            }
            for one in all {
                *draft = covering(std::mem::replace(draft, Draft::new("", "", "")), one);
            }
            told.extend(with);
        }
    }
    model.drafts = drafts;
}

/// Returns whether a change is about something that the older, or the newer, client alone has, or that has another type.
fn has_one_side(draft: &Draft, is_old: bool) -> bool {
    match (&draft.was, &draft.is) {
        (Some(_), None) => is_old,
        (None, Some(_)) => !is_old,
        (was, is) => was != is,
    }
}

fn covering(draft: Draft, both: &Definitions<'_>) -> Draft {
    let draft = types::covering_names(draft, both.new);
    let draft = types::covering_names(draft, both.old);
    draft.covers_all(format!("{}Required", both.owner()))
}

/// Returns the types, of the newer client, whose use changed with that of a type.
fn closure(
    model: &Model<'_>,
    changed: &[Definitions<'_>],
    root: Definitions<'_>,
) -> BTreeSet<TypeId> {
    let began = root.new.usage.request;
    let mut queue = vec![root.ids];
    let mut found = BTreeSet::new();
    while let Some((old, new)) = queue.pop() {
        if !found.insert(new) {
            continue;
        }
        let body = if began {
            &model.pair.new.ty(new).body
        } else {
            &model.pair.old.ty(old).body
        };
        for id in body.parts().filter_map(TypeRef::id) {
            let is_it = |both: &&Definitions<'_>| {
                if began {
                    both.ids.1 == id
                } else {
                    both.ids.0 == id
                }
            };
            let same = changed
                .iter()
                .find(is_it)
                .filter(|both| both.new.usage.request == began);
            queue.extend(same.map(|both| both.ids));
        }
    }
    found
}

fn one(
    root: Definitions<'_>,
    changed: &[Definitions<'_>],
    with: &BTreeSet<TypeId>,
) -> Option<Draft> {
    let began = root.new.usage.request;
    let all = changed.iter().filter(|both| with.contains(&both.ids.1));
    let all: Vec<&Definitions<'_>> = all.collect();
    let is_structs = |both: &&&Definitions<'_>| matches!(both.new.body, TypeBody::Struct(_));
    let first = all
        .iter()
        .find(|both| both.ids == root.ids)
        .filter(is_structs)
        .or_else(|| all.iter().find(is_structs))?;
    let is_read_only = all.iter().any(|both| has_other_presence(both));
    let (rule, what) = match (began, is_read_only) {
        (true, true) => (
            "readonly-use-began",
            "has members that can be absent, because requests carry it now",
        ),
        (true, false) => (
            "request-use-began",
            "has a constructor and setters, because requests carry it now",
        ),
        (false, true) => (
            "readonly-use-ended",
            "has members that cannot be absent, because no request carries it any more",
        ),
        (false, false) => (
            "request-use-ended",
            "has no constructor and setters, because no request carries it any more",
        ),
    };
    let more = all.len() - 1;
    let more = if more == 0 {
        String::new()
    } else {
        format!(", and so have {more} types in it")
    };
    let mut draft = first
        .draft(rule)
        .text(format!("`{}` {what}{more}", first.new.name.rust));
    draft.place.push_str("/use");
    for both in all {
        draft = covering(draft, both);
    }
    Some(draft)
}

/// Returns whether a `readOnly` or `writeOnly` member has another presence.
fn has_other_presence(both: &Definitions<'_>) -> bool {
    let (TypeBody::Struct(old), TypeBody::Struct(new)) = (&both.old.body, &both.new.body) else {
        return false;
    };
    let presence = |wire: &str| -> Option<Presence> {
        old.members
            .iter()
            .find(|one| one.name.wire == wire)
            .map(|one| one.presence)
    };
    let mut split = new
        .members
        .iter()
        .filter(|member| member.read_only || member.write_only);
    split.any(|member| presence(&member.name.wire).is_some_and(|old| old != member.presence))
}
