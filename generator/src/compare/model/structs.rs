//! Objects: members that came, went, or got another name, and what is not named.

use super::types::Definitions;
use super::{Model, members};
use crate::compare::change::Wire;
use crate::compare::draft::{Draft, Visibility};
use crate::compare::spell;
use crate::ir::{Member, Presence, REST, Struct, TypeDef};
use crate::name::member_name;

/// Compares two objects.
pub fn compare(model: &mut Model<'_>, both: Definitions<'_>, old: &Struct, new: &Struct) {
    let find =
        |members: &'_ [Member], wire: &str| members.iter().position(|one| one.name.wire == wire);
    let mut gone: Vec<&Member> = Vec::new();
    for member in &old.members {
        match find(&new.members, &member.name.wire).and_then(|index| new.members.get(index)) {
            Some(other) => members::compare(model, both, member, other),
            None => gone.push(member),
        }
    }
    let mut added: Vec<&Member> = Vec::new();
    for member in new
        .members
        .iter()
        .filter(|one| find(&old.members, &one.name.wire).is_none())
    {
        let position = gone
            .iter()
            .position(|other| is_renamed(model, (old, other), (new, member)));
        match position {
            Some(position) => {
                let other = gone.remove(position);
                other_name(model, both, other, member);
            }
            None => added.push(member),
        }
    }
    for member in gone {
        members::removed(model, both, member);
    }
    for member in added {
        members::added(model, both, member);
    }
    order(model, both, old, new);
    rest(model, both, old, new);
    branches(model, both, old, new);
}

/// Returns whether a member got another name: the Rust name is the same, or type, presence and place are.
fn is_renamed(
    model: &Model<'_>,
    (old, before): (&Struct, &Member),
    (new, after): (&Struct, &Member),
) -> bool {
    let place = |body: &Struct, member: &Member| {
        body.members
            .iter()
            .position(|one| one.name.wire == member.name.wire)
    };
    before.name.rust == after.name.rust
        || place(old, before) == place(new, after)
            && old.members.len() == new.members.len()
            && before.presence == after.presence
            && model.pair.is_same(&before.ty, &after.ty)
}

fn other_name(model: &mut Model<'_>, both: Definitions<'_>, old: &Member, new: &Member) {
    let of = model.use_of(both.ids.0, both.ids.1);
    let is_required = matches!(old.presence, Presence::Required | Presence::Nullable)
        || matches!(new.presence, Presence::Required | Presence::Nullable);
    let mut wire = model.used(of, Some(old), Some(new), |flow, from, to| {
        let lost = flow.member(from, None).max(flow.member(None, to));
        lost.max(Wire::Silent)
    });
    if wire.0 == Wire::Unused {
        wire = (Wire::Unused, Wire::Unused);
    }
    let shown = |member: &Member| format!("{}::{}", both.new.name.rust, member.name.rust);
    let (rule, text) = match (old.name.rust == new.name.rust, is_required) {
        (true, true) => ("member-respelled-required", spelled(&shown(new), old, new)),
        (true, false) => ("member-respelled-optional", spelled(&shown(new), old, new)),
        (false, _) => (
            "member-renamed",
            format!(
                "`{}` became `{}` (same place and type)",
                shown(old),
                shown(new)
            ),
        ),
    };
    let api = model.pair;
    let mut draft = Draft::new(rule, members::place(both.new, new), shown(new))
        .at(Some(&old.origin), Some(&new.origin))
        .users(both.draft(rule).users)
        .values(
            Some(spell::field(api.old, old)),
            Some(spell::field(api.new, new)),
        )
        .wire(wire.0, wire.1)
        .types([&old.ty], [&new.ty])
        .text(text);
    if old.name.rust != new.name.rust {
        let (key, name) = (&both.new.name.wire, &new.name.wire);
        draft = draft.choice(Some(format!(
            "rename:\n  members:\n    {key}.{name}: {}",
            old.name.rust
        )));
    }
    let is_argument = api.old.is_argument(old) || api.new.is_argument(new);
    let draft = covering_member(draft, both.new, &old.name.rust, is_argument);
    let draft = covering_member(draft, both.new, &new.name.rust, is_argument);
    model.push(draft);
}

fn spelled(shown: &str, old: &Member, new: &Member) -> String {
    format!(
        "`{shown}` is `{}` on the wire instead of `{}`",
        new.name.wire, old.name.wire
    )
}

/// Lets a change explain what an object has for a member.
pub fn covering_member(draft: Draft, def: &TypeDef, rust: &str, is_argument: bool) -> Draft {
    let owner = format!("types::{}", def.name.rust);
    let setter = member_name(&format!("with_{rust}"));
    let null = member_name(&format!("with_{rust}_null"));
    let mut draft = draft.covers(owner.as_str(), [rust, &setter, &null]);
    if is_argument {
        draft = draft.covers(owner.as_str(), ["new", "Default"]);
        // the struct that `new` takes is `PetRequired`; it came, went or changed with its members
        let required = def
            .names()
            .nth(1)
            .map_or(format!("{owner}Required"), |name| format!("types::{name}"));
        draft = draft.covers_all(required);
    }
    draft
}

/// The order of arguments of `new`, which is that of the members.
fn order(model: &mut Model<'_>, both: Definitions<'_>, old: &Struct, new: &Struct) {
    let pair = model.pair;
    let arguments = |api: &crate::ir::Api, body: &Struct| -> Vec<String> {
        let members = body.members.iter().filter(|one| api.is_argument(one));
        members.map(|one| one.name.wire.clone()).collect()
    };
    // those that `new` takes in both
    let (mut before, mut after) = (arguments(pair.old, old), arguments(pair.new, new));
    let both_take: Vec<String> = before
        .iter()
        .filter(|wire| after.contains(wire))
        .cloned()
        .collect();
    before.retain(|wire| both_take.contains(wire));
    after.retain(|wire| both_take.contains(wire));
    let (mut sorted_before, mut sorted_after) = (before.clone(), after.clone());
    sorted_before.sort_unstable();
    sorted_after.sort_unstable();
    let positional = old.required_type.is_none() && new.required_type.is_none();
    if before == after
        || sorted_before != sorted_after
        || !both.new.usage.request
        || !both.old.usage.request
        || !positional
    {
        if names(old) != names(new) && same_names(old, new) {
            let text = format!("the members of `{}` changed places", both.new.name.rust);
            model.push(
                both.draft("members-reordered")
                    .text(text)
                    .visibility(Visibility::Nothing),
            );
        }
        return;
    }
    let ty = |body: &Struct, wire: &str| {
        body.members
            .iter()
            .find(|one| one.name.wire == wire)
            .map(|one| (one.presence, one.ty.clone()))
    };
    let is_swapped =
        before
            .iter()
            .zip(&after)
            .all(|(before, after)| match (ty(old, before), ty(new, after)) {
                (Some(old), Some(new)) => old.0 == new.0 && pair.is_same(&old.1, &new.1),
                _ => false,
            });
    let (rule, visibility) = if is_swapped {
        ("required-members-swapped-sent", Visibility::Unseen)
    } else {
        ("required-members-reordered-sent", Visibility::BySurface)
    };
    let rust = |body: &Struct, wires: &[String]| -> String {
        let names = wires
            .iter()
            .filter_map(|wire| body.members.iter().find(|one| one.name.wire == *wire));
        names
            .map(|one| one.name.rust.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (was, is) = (
        format!("new({})", rust(old, &before)),
        format!("new({})", rust(new, &after)),
    );
    let draft = both
        .draft(rule)
        .text(format!("`{}::{was}` becomes `{is}`", both.new.name.rust))
        .values(Some(was), Some(is))
        .visibility(visibility)
        .note("Only the order of the description changed.")
        .covers(both.owner(), ["new"]);
    model.push(draft);
}

fn names(body: &Struct) -> Vec<&str> {
    body.members
        .iter()
        .map(|one| one.name.wire.as_str())
        .collect()
}

fn same_names(old: &Struct, new: &Struct) -> bool {
    let (mut old, mut new) = (names(old), names(new));
    old.sort_unstable();
    new.sort_unstable();
    old == new
}

/// The members that a schema does not name.
fn rest(model: &mut Model<'_>, both: Definitions<'_>, old: &Struct, new: &Struct) {
    let pair = model.pair;
    let rule = match (&old.rest, &new.rest) {
        (None, Some(_)) => "rest-added",
        (Some(_), None) => "rest-removed",
        (Some(old), Some(new)) if !pair.is_same(old, new) => "rest-type-changed",
        _ => return,
    };
    let of = model.use_of(both.ids.0, both.ids.1);
    let wire = model.used(
        of,
        old.rest.as_ref(),
        new.rest.as_ref(),
        |flow, from, to| flow.rest(from, to),
    );
    let spelled = |api, rest: &Option<crate::ir::TypeRef>| {
        rest.as_ref()
            .map(|ty| format!("BTreeMap<String, {}>", spell::ty(api, ty)))
    };
    let (was, is) = (spelled(pair.old, &old.rest), spelled(pair.new, &new.rest));
    let shown = format!("{}::{REST}", both.new.name.rust);
    let text = match (&was, &is) {
        (None, Some(is)) => format!("`{shown}` is new: {is}"),
        (Some(was), None) => format!("`{shown}` is gone (was {was})"),
        (was, is) => {
            let text = |one: &Option<String>| one.clone().unwrap_or_default();
            format!("`{shown}` is {} instead of {}", text(is), text(was))
        }
    };
    let mut draft = both
        .draft(rule)
        .wire(wire.0, wire.1)
        .text(text)
        .values(was, is)
        .types(&old.rest, &new.rest);
    draft.rust = shown;
    draft.place.push_str("/additionalProperties");
    // the setter alone makes a first `impl`
    let draft = covering_member(draft, both.new, REST, false);
    model.push(draft);
}

/// The branches of an `anyOf` that are merged into the object.
fn branches(model: &mut Model<'_>, both: Definitions<'_>, old: &Struct, new: &Struct) {
    let names = |body: &Struct| -> Vec<String> {
        body.branches
            .iter()
            .map(|one| one.name.wire.clone())
            .collect()
    };
    let (before, after) = (names(old), names(new));
    let conversions = |body: &Struct| -> Vec<String> {
        let each = body
            .branches
            .iter()
            .map(|one| format!("as_{}", member_name(&one.name.wire)));
        each.collect()
    };
    if before != after {
        let mut draft = both
            .draft("merged-branches-changed")
            .text(format!("`{}` is made of other schemas", both.new.name.rust))
            .values(Some(before.join(", ")), Some(after.join(", ")))
            .types(
                old.branches.iter().map(|one| &one.ty),
                new.branches.iter().map(|one| &one.ty),
            );
        for body in [old, new] {
            draft = draft.covers(both.owner(), conversions(body));
        }
        let draft = draft.covers_all(both.owner());
        model.push(draft);
    }
}
