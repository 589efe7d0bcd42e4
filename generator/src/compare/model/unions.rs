//! Branches of unions, and how they are told apart.

use super::types::Definitions;
use super::{Model, members};
use crate::compare::change::Wire;
use crate::compare::draft::{Draft, Visibility};
use crate::compare::spell;
use crate::ir::{Branch, Union};
use crate::name::member_name;

/// Compares two unions. Branches are the same by their type, else by the schema's name.
pub fn compare(model: &mut Model<'_>, both: Definitions<'_>, old: &Union, new: &Union) {
    let mut older: Vec<&Branch> = old.branches.iter().collect();
    let mut pairs: Vec<(&Branch, &Branch)> = Vec::new();
    let mut added: Vec<&Branch> = Vec::new();
    let pair = model.pair;
    for branch in &new.branches {
        let same = older
            .iter()
            .position(|other| pair.is_same(unboxed(&other.ty), unboxed(&branch.ty)));
        let same = same.or_else(|| {
            older.iter().position(|other| {
                other.name.wire == branch.name.wire && !is_kept(model, other, new)
            })
        });
        match same {
            Some(position) => pairs.push((older.remove(position), branch)),
            None => added.push(branch),
        }
    }
    for (before, after) in &pairs {
        branch(model, both, before, after);
    }
    // a branch that lost or got a schema of its own has another type of the same values
    added.retain(|branch| {
        let same = older
            .iter()
            .position(|other| is_equivalent(model, other, branch));
        if let Some(position) = same {
            let other = older.remove(position);
            other_schema(model, both, other, branch);
        }
        same.is_none()
    });
    for branch in added {
        one_side(model, both, branch, "branch-added", false);
    }
    for branch in older {
        one_side(model, both, branch, "branch-removed", true);
    }
    discriminator(model, both, old, new, &pairs);
    order(model, both, old, new);
}

/// Returns whether the type of an old branch is that of some new one.
fn is_kept(model: &Model<'_>, old: &Branch, new: &Union) -> bool {
    new.branches
        .iter()
        .any(|branch| model.pair.is_same(unboxed(&old.ty), unboxed(&branch.ty)))
}

/// Returns whether two types of no common name have the same values.
fn is_equivalent(model: &Model<'_>, old: &Branch, new: &Branch) -> bool {
    let wire = model.used(super::Use::REPLY, &old.ty, &new.ty, |flow, from, to| {
        flow.exactly(from, to)
    });
    wire == (Wire::Works, Wire::Works)
}

fn other_schema(model: &mut Model<'_>, both: Definitions<'_>, old: &Branch, new: &Branch) {
    let ty = &both.new.name.rust;
    let mut draft = draft("branch-name-changed", both, new)
        .text(format!(
            "`{ty}::{}` is now `{ty}::{}`",
            old.name.rust, new.name.rust
        ))
        .values(Some(old.name.rust.clone()), Some(new.name.rust.clone()))
        .types([&old.ty], [&new.ty])
        .covers(
            both.owner(),
            [
                old.name.rust.clone(),
                member_name(&format!("as_{}", old.name.rust)),
            ],
        );
    for (api, branch) in [(model.pair.old, old), (model.pair.new, new)] {
        draft = draft.covers(
            both.owner(),
            [format!("From<{}>", declared(api, &branch.ty))],
        );
    }
    model.push(draft);
}

fn unboxed(ty: &crate::ir::TypeRef) -> &crate::ir::TypeRef {
    match ty {
        crate::ir::TypeRef::Boxed(inner) => inner,
        other => other,
    }
}

fn draft(rule: &'static str, both: Definitions<'_>, branch: &Branch) -> Draft {
    let accessor = member_name(&format!("as_{}", branch.name.rust));
    let mut draft = both
        .draft(rule)
        .covers(both.owner(), [branch.name.rust.as_str(), &accessor]);
    draft.place.push_str("/branches/");
    draft.place.push_str(&branch.name.wire);
    draft.rust = format!("{}::{}", both.new.name.rust, branch.name.rust);
    draft
}

fn one_side(
    model: &mut Model<'_>,
    both: Definitions<'_>,
    branch: &Branch,
    rule: &'static str,
    is_old: bool,
) {
    let of = model.use_of(both.ids.0, both.ids.1);
    let wire = model.used(of, is_old, !is_old, |flow, writes, _| {
        match (writes, flow.direction) {
            (false, _) => Wire::Works,
            (true, crate::compare::wire::Direction::Reply) => Wire::Maybe,
            (true, crate::compare::wire::Direction::Request) => Wire::Refused,
        }
    });
    let rule = match (rule, of.reply || !of.request) {
        ("branch-added", true) => "branch-added-received",
        ("branch-added", false) => "branch-added-sent",
        _ => "branch-removed",
    };
    let name = format!("{}::{}", both.new.name.rust, branch.name.rust);
    let (api, text) = if is_old {
        (model.pair.old, format!("`{name}` is gone"))
    } else {
        (model.pair.new, format!("`{name}` is new"))
    };
    let ty = Some(spell::ty(api, &branch.ty));
    let draft = draft(rule, both, branch).wire(wire.0, wire.1).text(text);
    // conversions from the branch's type have no name of their own
    let conversions = [
        format!("From<{}>", declared(api, &branch.ty)),
        "From<&str>".to_owned(),
    ];
    let draft = draft.covers(both.owner(), conversions);
    let draft = if is_old {
        draft.values(ty, None).types([&branch.ty], [])
    } else {
        draft.values(None, ty).types([], [&branch.ty])
    };
    model.push(draft);
}

/// Spells a type as the surface does.
fn declared(api: &crate::ir::Api, ty: &crate::ir::TypeRef) -> String {
    match ty {
        crate::ir::TypeRef::Named(id) => format!("types::{}", api.ty(*id).name.rust),
        other => spell::ty(api, other),
    }
}

/// A branch that both have.
fn branch(model: &mut Model<'_>, both: Definitions<'_>, old: &Branch, new: &Branch) {
    let pair = model.pair;
    if !pair.is_same(&old.ty, &new.ty) {
        let of = model.use_of(both.ids.0, both.ids.1);
        let rule = match members::rule_of_types(model, &old.ty, &new.ty) {
            "box-moved" => "box-moved",
            _ => "branch-type-changed",
        };
        let wire = match rule {
            "box-moved" => (Wire::Works, Wire::Works),
            _ => model.used(of, &old.ty, &new.ty, |flow, from, to| {
                flow.ty(from, to).min(flow.mismatch())
            }),
        };
        let (was, is) = (spell::ty(pair.old, &old.ty), spell::ty(pair.new, &new.ty));
        let draft = draft(rule, both, new)
            .wire(wire.0, wire.1)
            .text(format!(
                "`{}::{}` has {is} instead of {was}",
                both.new.name.rust, new.name.rust
            ))
            .values(Some(was), Some(is))
            .types([&old.ty], [&new.ty])
            .covers_all(both.owner());
        model.push(draft);
    }
    if old.name.rust != new.name.rust {
        let ty = &both.new.name.rust;
        let is_stolen = matches!(&both.new.body, crate::ir::TypeBody::Union(body)
            if body.branches.iter().any(|one| one.name.rust == old.name.rust && pair.is_same(&old.ty, &one.ty)));
        let draft = draft("branch-name-changed", both, new)
            .covers(
                both.owner(),
                [
                    old.name.rust.clone(),
                    member_name(&format!("as_{}", old.name.rust)),
                ],
            )
            .text(format!(
                "`{ty}::{}` is now `{ty}::{}`",
                old.name.rust, new.name.rust
            ))
            .values(Some(old.name.rust.clone()), Some(new.name.rust.clone()))
            .visibility(if is_stolen {
                Visibility::Unseen
            } else {
                Visibility::BySurface
            });
        model.push(draft);
    }
    if old.deprecated != new.deprecated {
        let text = format!(
            "`{}::{}` is deprecated now",
            both.new.name.rust, new.name.rust
        );
        if new.deprecated {
            model.push(draft("branch-deprecated", both, new).text(text));
        }
    }
    if old.converts != new.converts {
        let text = format!(
            "`{}` of `{}::{}` came or went",
            "From", both.new.name.rust, new.name.rust
        );
        let conversions = [
            format!("From<{}>", declared(pair.new, &new.ty)),
            "From<&str>".to_owned(),
        ];
        model.push(
            draft("branch-conversion-changed", both, new)
                .text(text)
                .covers(both.owner(), conversions),
        );
    }
}

fn discriminator(
    model: &mut Model<'_>,
    both: Definitions<'_>,
    old: &Union,
    new: &Union,
    pairs: &[(&Branch, &Branch)],
) {
    let of = model.use_of(both.ids.0, both.ids.1);
    let ty = &both.new.name.rust;
    if old.discriminator != new.discriminator {
        let rule = match (&old.discriminator, &new.discriminator) {
            (None, _) => "discriminator-added",
            (_, None) => "discriminator-removed",
            _ => "discriminator-changed",
        };
        let wire = model.used(
            of,
            &old.discriminator,
            &new.discriminator,
            |_, from, to| match (from, to) {
                (None, Some(_)) => Wire::Maybe,
                (Some(from), Some(to)) if from != to => Wire::Silent,
                _ => Wire::Works,
            },
        );
        let shown = |one: &Option<String>| {
            one.as_ref()
                .map_or("its shape".to_owned(), |name| format!("member `{name}`"))
        };
        let draft = both
            .draft(rule)
            .wire(wire.0, wire.1)
            .text(format!(
                "`{ty}` is told by {} instead of {}",
                shown(&new.discriminator),
                shown(&old.discriminator)
            ))
            .values(old.discriminator.clone(), new.discriminator.clone())
            .covers_all(both.owner());
        return model.push(draft);
    }
    for (before, after) in pairs
        .iter()
        .filter(|(before, after)| before.tags != after.tags)
    {
        let wire = model.used(of, &before.tags, &after.tags, |_, from, to| {
            if from.iter().all(|tag| to.contains(tag)) {
                Wire::Works
            } else {
                Wire::Silent
            }
        });
        let (was, is) = (before.tags.join(", "), after.tags.join(", "));
        let draft = draft("discriminator-value-changed", both, after)
            .wire(wire.0, wire.1)
            .text(format!(
                "`{ty}::{}` is told by `{is}` instead of `{was}`",
                after.name.rust
            ))
            .values(Some(was), Some(is));
        model.push(draft);
    }
}

fn order(model: &mut Model<'_>, both: Definitions<'_>, old: &Union, new: &Union) {
    let kept = |body: &Union, other: &Union| -> Vec<String> {
        let names = body.branches.iter().map(|one| one.name.wire.clone());
        names
            .filter(|name| other.branches.iter().any(|one| one.name.wire == *name))
            .collect()
    };
    if kept(old, new) != kept(new, old) {
        let text = format!("the branches of `{}` changed places", both.new.name.rust);
        model.push(
            both.draft("branches-reordered")
                .text(text)
                .visibility(Visibility::Nothing)
                .covers_all(both.owner()),
        );
    }
    if old.combined != new.combined {
        let text = format!(
            "objects that match two branches of `{}` are read in another way",
            both.new.name.rust
        );
        let draft = both
            .draft("branches-overlap")
            .text(text)
            .covers(both.owner(), ["Combined"]);
        model.push(draft);
    }
}
