//! Named types: renamed, of another kind, nullable, new, gone.

use std::collections::BTreeSet;

use super::{Model, structs, unions, values};
use crate::compare::change::Wire;
use crate::compare::draft::{Draft, Users};
use crate::compare::matching::{ids_of, is_inline};
use crate::compare::reach::{Reach, User};
use crate::compare::spell;
use crate::ir::{Api, TypeBody, TypeDef, TypeId, TypeRef};
use crate::name::type_name;
use crate::options::{RenameKind, rename_line};

/// Two definitions of one type.
#[derive(Clone, Copy)]
pub struct Definitions<'a> {
    pub ids: (TypeId, TypeId),
    pub old: &'a TypeDef,
    pub new: &'a TypeDef,
}

impl Definitions<'_> {
    /// Returns the owner of its items.
    pub fn owner(&self) -> String {
        format!("types::{}", self.new.name.rust)
    }

    /// Returns its key in `codegen.yaml`.
    pub fn key(&self) -> &str {
        if is_inline(self.new) {
            &self.new.place
        } else {
            &self.new.name.wire
        }
    }

    /// Returns a change of the type itself.
    pub fn draft(&self, rule: &'static str) -> Draft {
        Draft::new(
            rule,
            self.new.name.wire.as_str(),
            self.new.name.rust.as_str(),
        )
        .at(self.old.origins.first(), self.new.origins.first())
        .users(Users::of_type(Some(self.ids.0), Some(self.ids.1)))
    }
}

/// Compares all types.
pub fn compare(model: &mut Model<'_>) {
    let pairs: Vec<_> = model.pair.types().collect();
    for (old, new) in pairs {
        let pair = model.pair;
        let both = Definitions {
            ids: (old, new),
            old: pair.old.ty(old),
            new: pair.new.ty(new),
        };
        renamed(model, both);
        model.count_texts(&both.old.docs, &both.new.docs);
        deprecated(model, both);
        super::notes::of_type(model, both);
        nullable(model, both);
        bodies(model, both);
    }
}

fn bodies(model: &mut Model<'_>, both: Definitions<'_>) {
    match (&both.old.body, &both.new.body) {
        (TypeBody::Struct(old), TypeBody::Struct(new)) => structs::compare(model, both, old, new),
        (TypeBody::Union(old), TypeBody::Union(new)) => unions::compare(model, both, old, new),
        (TypeBody::StringEnum(_), TypeBody::StringEnum(_))
        | (TypeBody::IntegerEnum(_), TypeBody::IntegerEnum(_))
        | (TypeBody::ValueEnum(_), TypeBody::ValueEnum(_)) => values::compare(model, both),
        (TypeBody::Alias(old), TypeBody::Alias(new)) => {
            target(model, both, (old, new), "alias-changed")
        }
        (TypeBody::Wrapper(old), TypeBody::Wrapper(new)) => {
            target(model, both, (old, new), "alias-changed")
        }
        (TypeBody::Tuple(old), TypeBody::Tuple(new)) => {
            let is_same = |old: &TypeRef, new: &TypeRef| model.pair.is_same(old, new);
            let are_same = old.items.len() == new.items.len()
                && old
                    .items
                    .iter()
                    .zip(&new.items)
                    .all(|(old, new)| is_same(old, new))
                && old.required == new.required
                && match (&old.rest, &new.rest) {
                    (Some(old), Some(new)) => is_same(old, new),
                    (None, None) => true,
                    _ => false,
                };
            if !are_same {
                let rule = if old.items.len() < new.items.len() {
                    "tuple-item-added"
                } else {
                    "tuple-changed"
                };
                other_definition(model, both, rule);
            }
        }
        (_, TypeBody::Union(_)) => other_definition(model, both, "type-became-union"),
        (TypeBody::Alias(_), TypeBody::Wrapper(_)) => {
            other_definition(model, both, "alias-became-wrapper")
        }
        (TypeBody::Alias(TypeRef::Map(_)), TypeBody::Struct(_)) => {
            other_definition(model, both, "map-got-members")
        }
        _ => other_definition(model, both, "type-kind-changed"),
    }
}

fn renamed(model: &mut Model<'_>, both: Definitions<'_>) {
    let (old, new) = (&both.old.name, &both.new.name);
    if old.rust == new.rust {
        return;
    }

    let pair = model.pair;
    let is_taken = ids_of(pair.new).filter(|id| *id != both.ids.1).any(|id| {
        let other = &pair.new.ty(id).name;
        other.rust == old.rust || type_name(&other.wire) == old.rust
    });
    let rule = match (
        old.wire == new.wire,
        is_inline(both.old),
        is_inline(both.new),
    ) {
        (true, _, _) if is_taken => "name-taken",
        (true, _, _) => "choice-renamed",
        (false, true, false) | (false, false, true) => "inline-became-named",
        _ => "type-renamed",
    };
    let draft = both
        .draft(rule)
        .values(Some(old.rust.clone()), Some(new.rust.clone()))
        .text(format!("`{}` is now `{}`", old.rust, new.rust))
        .note("Nothing changed on the wire.")
        .renames()
        .choice((!is_taken).then(|| rename_line(RenameKind::Types, &[both.key()], &old.rust)));
    model.push(draft);
}

/// A schema that is deprecated now: its struct is, and so is each use of its name.
fn deprecated(model: &mut Model<'_>, both: Definitions<'_>) {
    if both.new.docs.deprecated && !both.old.docs.deprecated {
        let text = format!("`{}` is deprecated now", both.new.name.rust);
        let draft = both.draft("type-deprecated").text(text);
        model.push(draft.covers(both.owner(), [""]));
    }
}

fn nullable(model: &mut Model<'_>, both: Definitions<'_>) {
    if both.old.nullable == both.new.nullable {
        return;
    }
    let of = model.use_of(both.ids.0, both.ids.1);
    let (old, new) = (both.old.nullable, both.new.nullable);
    let wire = model.used(of, old, new, |flow, from, to| {
        if from && !to {
            flow.failure()
        } else {
            Wire::Works
        }
    });
    let (rule, what) = if new {
        ("type-became-nullable", "can be null now")
    } else {
        ("type-became-not-null", "is never null any more")
    };
    let draft = both
        .draft(rule)
        .wire(wire.0, wire.1)
        .text(format!("`{}` {what}", both.new.name.rust));
    let draft = covering_uses(draft, model, both);
    model.push(draft);
}

fn target(
    model: &mut Model<'_>,
    both: Definitions<'_>,
    (old, new): (&TypeRef, &TypeRef),
    rule: &'static str,
) {
    if !model.pair.is_same(old, new) {
        other_definition(model, both, rule);
    }
}

/// A type that is defined in another way.
pub fn other_definition(model: &mut Model<'_>, both: Definitions<'_>, rule: &'static str) {
    let of = model.use_of(both.ids.0, both.ids.1);
    let wire = model.used(of, Side::Old, Side::New, |flow, from, to| {
        let id = |side| match side {
            Side::Old => both.ids.0,
            Side::New => both.ids.1,
        };
        flow.definitions(id(from), id(to))
    });
    let pair = model.pair;
    let (was, is) = (kind(pair.old, both.old), kind(pair.new, both.new));
    let draft = both
        .draft(rule)
        .wire(wire.0, wire.1)
        .text(format!("`{}` is {is} instead of {was}", both.new.name.rust))
        .values(Some(was), Some(is))
        .types(both.old.body.parts(), both.new.body.parts())
        .covers_all(both.owner());
    let draft = covering_uses(draft, model, both);
    model.push(draft);
}

/// Which of two descriptions.
#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

/// Says what a type is.
fn kind(api: &Api, def: &TypeDef) -> String {
    match &def.body {
        TypeBody::Struct(_) => "a struct".to_owned(),
        TypeBody::StringEnum(_) | TypeBody::IntegerEnum(_) | TypeBody::ValueEnum(_) => {
            "an enum of values".to_owned()
        }
        TypeBody::Union(_) => "an enum of types".to_owned(),
        TypeBody::Tuple(body) => {
            let mut items: Vec<_> = body.items.iter().map(|item| spell::ty(api, item)).collect();
            items.extend(
                body.rest
                    .iter()
                    .map(|rest| format!("Vec<{}>", spell::ty(api, rest))),
            );
            format!("`({})`", items.join(", "))
        }
        TypeBody::Alias(target) => format!("`{}`", spell::ty(api, target)),
        TypeBody::Wrapper(target) => {
            format!("`struct {}({})`", def.name.rust, spell::ty(api, target))
        }
    }
}

/// Lets a change explain what differs where the type is used.
pub fn covering_uses(mut draft: Draft, model: &Model<'_>, both: Definitions<'_>) -> Draft {
    for (reach, id, is_old) in [
        (model.reach.0, both.ids.0, true),
        (model.reach.1, both.ids.1, false),
    ] {
        let mut seen = BTreeSet::new();
        uses(model, reach, id, is_old, &mut seen, &mut draft);
    }
    draft
}

fn uses(
    model: &Model<'_>,
    reach: &Reach<'_>,
    id: TypeId,
    is_old: bool,
    seen: &mut BTreeSet<TypeId>,
    draft: &mut Draft,
) {
    if !seen.insert(id) {
        return;
    }
    let pair = model.pair;
    for user in reach.users(id) {
        match user {
            User::Type { id, member, .. } => {
                let newer = if is_old {
                    pair.newer.get(id).copied()
                } else {
                    Some(*id)
                };
                let Some(newer) = newer else { continue };
                let def = pair.new.ty(newer);
                let owner = format!("types::{}", def.name.rust);
                let mut change = std::mem::replace(draft, Draft::new("", "", ""));
                change = match member {
                    Some((_, rust)) => structs::covering_member(change, def, rust, true),
                    None => change.covers_all(owner),
                };
                *draft = change;
                if matches!(def.body, TypeBody::Alias(_)) {
                    uses(
                        model,
                        reach,
                        if is_old { *id } else { newer },
                        is_old,
                        seen,
                        draft,
                    );
                }
            }
            User::Operation { index, .. } => {
                let api = if is_old { pair.old } else { pair.new };
                let newer = if is_old {
                    let found = pair.operations.iter().find(|(old, _)| old == index);
                    found.and_then(|(_, new)| pair.new.operations.get(*new))
                } else {
                    api.operations.get(*index)
                };
                if let Some(operation) = newer {
                    let change = std::mem::replace(draft, Draft::new("", "", ""));
                    *draft = super::operations::covering(change, operation);
                }
            }
        }
    }
}

/// Types that only one client has, and that no other change brought.
pub fn unmatched(model: &mut Model<'_>, brought: &(BTreeSet<TypeId>, BTreeSet<TypeId>)) {
    let pair = model.pair;
    let mut drafts = Vec::new();
    for id in ids_of(pair.old).filter(|id| !pair.newer.contains_key(id) && !brought.0.contains(id))
    {
        let def = pair.old.ty(id);
        let draft = Draft::new(
            "type-removed",
            def.name.wire.as_str(),
            def.name.rust.as_str(),
        )
        .at(def.origins.first(), None)
        .wire(unused(def), unused(def))
        .text(format!("`{}` is gone", def.name.rust))
        .users(Users::of_type(Some(id), None));
        drafts.push(covering_names(draft, def));
    }
    for id in ids_of(pair.new).filter(|id| !pair.older.contains_key(id) && !brought.1.contains(id))
    {
        let def = pair.new.ty(id);
        let draft = Draft::new("type-added", def.name.wire.as_str(), def.name.rust.as_str())
            .at(None, def.origins.first())
            .wire(unused(def), unused(def))
            .text(format!("`{}` is new", def.name.rust))
            .users(Users::of_type(None, Some(id)));
        drafts.push(covering_names(draft, def));
    }
    model.drafts.extend(drafts);
}

/// Returns what happens to values of a type that nothing brought: another name is nothing on the wire.
fn unused(def: &TypeDef) -> Wire {
    if def.usage.request || def.usage.response {
        Wire::Works
    } else {
        Wire::Unused
    }
}

/// Lets a change explain all items of a type.
pub fn covering_names(draft: Draft, def: &TypeDef) -> Draft {
    def.names().fold(draft, |draft, name| {
        draft.covers_all(format!("types::{name}"))
    })
}
