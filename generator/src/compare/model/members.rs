//! Members of an object.

use super::types::Definitions;
use super::{Model, Use, notes, structs};
use crate::compare::change::Wire;
use crate::compare::draft::{Draft, Users, Visibility};
use crate::compare::spell;
use crate::ir::{Member, Presence, Scalar, TypeBody, TypeDef, TypeRef};
use crate::name::member_name;
use crate::options::{RenameKind, rename_line};

/// Returns what identifies a member in a description.
pub fn place(def: &TypeDef, member: &Member) -> String {
    format!("{}/properties/{}", def.name.wire, member.name.wire)
}

fn shown(def: &TypeDef, member: &Member) -> String {
    format!("{}::{}", def.name.rust, member.name.rust)
}

fn draft(
    rule: &'static str,
    both: Definitions<'_>,
    old: Option<&Member>,
    new: Option<&Member>,
) -> Option<Draft> {
    let member = new.or(old)?;
    let draft = Draft::new(rule, place(both.new, member), shown(both.new, member))
        .at(old.map(|one| &one.origin), new.map(|one| &one.origin))
        .types(old.map(|one| &one.ty), new.map(|one| &one.ty))
        .users(Users::of_type(Some(both.ids.0), Some(both.ids.1)));
    Some(draft)
}

fn is_required(member: &Member) -> bool {
    member.needed_in_requests || matches!(member.presence, Presence::Required | Presence::Nullable)
}

/// A member that only the older description has.
pub fn removed(model: &mut Model<'_>, both: Definitions<'_>, member: &Member) {
    let of = model.use_of(both.ids.0, both.ids.1);
    let rule = match (of.request, is_required(member)) {
        (true, true) => "member-removed-required-sent",
        (true, false) => "member-removed-optional-sent",
        (false, true) => "member-removed-required-received",
        (false, false) => "member-removed-optional-received",
    };
    let wire = model.used(of, Some(member), None, |flow, from, to| {
        flow.member(from, to)
    });
    let was = spell::field(model.pair.old, member);
    let Some(draft) = draft(rule, both, Some(member), None) else {
        return;
    };
    let draft = draft
        .wire(wire.0, wire.1)
        .text(format!("`{}` is gone (was {was})", shown(both.new, member)))
        .values(Some(was), None);
    let is_argument = model.pair.old.is_argument(member);
    let draft = structs::covering_member(draft, both.new, &member.name.rust, is_argument);
    let draft = covering_accessors(draft, model, both, member);
    model.push(draft);
}

/// A member that only the newer description has.
pub fn added(model: &mut Model<'_>, both: Definitions<'_>, member: &Member) {
    let of = model.use_of(both.ids.0, both.ids.1);
    let rule = match (of.request, is_required(member)) {
        (true, true) => "member-added-required-sent",
        (true, false) if member.read_only && of.reply => "member-added-required-readonly",
        (true, false) => "member-added-optional-sent",
        (false, true) => "member-added-required-received",
        (false, false) => "member-added-optional-received",
    };
    let wire = model.used(of, None, Some(member), |flow, from, to| {
        flow.member(from, to)
    });
    let is = spell::field(model.pair.new, member);
    let Some(draft) = draft(rule, both, None, Some(member)) else {
        return;
    };
    let draft = draft
        .wire(wire.0, wire.1)
        .text(format!("`{}` is new: {is}", shown(both.new, member)))
        .values(None, Some(is));
    let is_argument = model.pair.new.is_argument(member);
    let draft = structs::covering_member(draft, both.new, &member.name.rust, is_argument);
    let draft = covering_accessors(draft, model, both, member);
    model.push(draft);
}

/// Lets a change explain the methods of response enums that read the member.
fn covering_accessors(
    mut draft: Draft,
    model: &Model<'_>,
    both: Definitions<'_>,
    member: &Member,
) -> Draft {
    for operation in &model.pair.new.operations {
        if let crate::ir::Success::Several { name, variants, .. } = &operation.success {
            let is_body = |ty: Option<&TypeRef>| ty.and_then(TypeRef::id) == Some(both.ids.1);
            if variants.iter().any(|one| is_body(one.returned.ty())) {
                draft = draft.covers(name.as_str(), [member.name.rust.as_str()]);
            }
        }
    }
    draft
}

/// A member that both descriptions have.
pub fn compare(model: &mut Model<'_>, both: Definitions<'_>, old: &Member, new: &Member) {
    let pair = model.pair;
    let of = model.use_of(both.ids.0, both.ids.1);
    if old.name.rust != new.name.rust {
        renamed(model, both, old, new);
    }
    model.count_texts(&old.docs, &new.docs);
    if new.docs.deprecated
        && !old.docs.deprecated
        && let Some(draft) = draft("member-deprecated", both, Some(old), Some(new))
    {
        let text = format!("`{}` is deprecated now", shown(both.new, new));
        let draft = structs::covering_member(draft.text(text), both.new, &new.name.rust, false);
        model.push(draft);
    }
    let is_type_same = pair.is_same(&old.ty, &new.ty);
    let is_fixed_same = old.constant() == new.constant();
    let is_presence_same =
        old.presence == new.presence && old.needed_in_requests == new.needed_in_requests;
    if is_type_same && is_fixed_same && is_presence_same && old.read_only == new.read_only {
        preset(model, both, old, new);
        notes::of_member(model, both, old, new);
        return;
    }
    if is_type_same && is_fixed_same && is_explained_by_type(model, both, old, new) {
        return;
    }
    let rule = rule(model, of, old, new);
    let wire = match rule {
        "box-moved" => (Wire::Works, Wire::Works),
        _ => model.used(of, Some(old), Some(new), |flow, from, to| {
            flow.member(from, to)
        }),
    };
    let (was, is) = (spell::field(pair.old, old), spell::field(pair.new, new));
    let name = shown(both.new, new);
    let text = match rule {
        "member-became-required-sent" if was == is => format!("`{name}` has to be given"),
        _ if was == is => format!("`{name}` is read and sent in other cases, and stays {is}"),
        _ => format!("`{name}` is {is} instead of {was}"),
    };
    let Some(draft) = draft(rule, both, Some(old), Some(new)) else {
        return;
    };
    let draft = draft
        .wire(wire.0, wire.1)
        .text(text)
        .values(Some(was), Some(is));
    let is_argument = pair.old.is_argument(old) || pair.new.is_argument(new);
    let draft = structs::covering_member(draft, both.new, &new.name.rust, is_argument);
    let draft = covering_accessors(draft, model, both, new);
    model.push(draft);
}

/// Returns whether the presence differs because of the member's type or of how its object is used: then that is the
/// change.
fn is_explained_by_type(
    model: &Model<'_>,
    both: Definitions<'_>,
    old: &Member,
    new: &Member,
) -> bool {
    if old.read_only != new.read_only {
        return false;
    }
    let (before, after) = (both.old.usage, both.new.usage);
    let is_split = |member: &Member| member.read_only || member.write_only;
    if is_split(new) && before.request != after.request {
        return true;
    }
    match (old.ty.id(), new.ty.id()) {
        (Some(before), Some(after)) => {
            is_nullable(model.pair.old, &old.ty, before)
                != is_nullable(model.pair.new, &new.ty, after)
        }
        _ => false,
    }
}

fn is_nullable(api: &crate::ir::Api, ty: &TypeRef, id: crate::ir::TypeId) -> bool {
    matches!(ty, TypeRef::Named(_) | TypeRef::Boxed(_)) && api.ty(id).nullable
}

/// Another Rust name of the same member.
fn renamed(model: &mut Model<'_>, both: Definitions<'_>, old: &Member, new: &Member) {
    let TypeBody::Struct(body) = &both.new.body else {
        return;
    };
    let holder = body
        .members
        .iter()
        .find(|one| one.name.rust == old.name.rust);
    let (rule, visibility) = match holder {
        Some(holder) if holder.presence == old.presence && holder.ty == new.ty => {
            ("member-name-stolen", Visibility::Unseen)
        }
        Some(_) => ("member-name-stolen", Visibility::BySurface),
        None if body.members.iter().any(|one| {
            one.name.wire != new.name.wire && member_name(&one.name.wire) == old.name.rust
        }) =>
        {
            ("member-name-taken", Visibility::BySurface)
        }
        None => ("choice-renamed", Visibility::BySurface),
    };
    let Some(draft) = draft(rule, both, Some(old), Some(new)) else {
        return;
    };
    let (before, after) = (
        format!("{}::{}", both.new.name.rust, old.name.rust),
        shown(both.new, new),
    );
    let key = format!("{}.{}", both.new.name.wire, new.name.wire);
    let draft = draft
        .text(format!(
            "the member `{}` is `{after}` instead of `{before}`",
            new.name.wire
        ))
        .values(Some(old.name.rust.clone()), Some(new.name.rust.clone()))
        .visibility(visibility)
        .choice(Some(rename_line(
            RenameKind::Members,
            &[key],
            &old.name.rust,
        )));
    let is_argument = model.pair.new.is_argument(new);
    let draft = structs::covering_member(draft, both.new, &old.name.rust, is_argument);
    let draft = structs::covering_member(draft, both.new, &new.name.rust, is_argument);
    model.push(draft);
}

/// The value that a union lets `new` fill in.
fn preset(model: &mut Model<'_>, both: Definitions<'_>, old: &Member, new: &Member) {
    let is_argument = (
        model.pair.old.is_argument(old),
        model.pair.new.is_argument(new),
    );
    // another value of a tag is told with the union that it is of
    if old.fixed != new.fixed
        && is_argument.0 != is_argument.1
        && let Some(draft) = draft("tag-fixed", both, Some(old), Some(new))
    {
        let text = format!(
            "whether `new` of `{}` takes `{}` has changed",
            both.new.name.rust, new.name.wire
        );
        let draft = structs::covering_member(draft.text(text), both.new, &new.name.rust, true);
        model.push(draft);
    }
}

/// Selects the rule of a member whose type, presence or direction differs.
fn rule(model: &Model<'_>, of: Use, old: &Member, new: &Member) -> &'static str {
    let pair = model.pair;
    if old.constant() != new.constant() {
        return "constant-changed";
    }
    if !pair.is_same(&old.ty, &new.ty) {
        return rule_of_types(model, &old.ty, &new.ty);
    }
    if old.read_only != new.read_only {
        return if new.read_only {
            "member-readonly-added"
        } else {
            "member-readonly-removed"
        };
    }
    let is_null =
        |member: &Member| matches!(member.presence, Presence::Nullable | Presence::Tristate);
    match (
        is_required(old),
        is_required(new),
        is_null(old),
        is_null(new),
    ) {
        (true, true, false, true) => "member-became-nullable-required",
        (true, true, true, false) => "member-became-not-null-required",
        (false, false, false, true) => "member-became-nullable-optional",
        (false, false, true, false) if of.request => "member-became-not-null-sent",
        (false, false, true, false) => "member-became-not-null-optional",
        (false, true, ..) if of.request => "member-became-required-sent",
        (false, true, ..) => "member-became-required-received",
        (true, false, ..) if of.request => "member-became-optional-sent",
        (true, false, ..) => "member-became-optional-received",
        _ => "member-presence-changed",
    }
}

/// Selects the rule of a value whose type differs.
pub fn rule_of_types(model: &Model<'_>, old: &TypeRef, new: &TypeRef) -> &'static str {
    let pair = model.pair;
    if pair.is_same(unboxed(old), unboxed(new)) {
        return "box-moved";
    }
    let is_list = |ty: &TypeRef| matches!(ty, TypeRef::List(_));
    let is_enum = |api: &crate::ir::Api, ty: &TypeRef| match api.resolve(ty) {
        TypeRef::Named(id) => matches!(api.ty(*id).body, TypeBody::StringEnum(_)),
        _ => false,
    };
    match (
        pair.old.resolve(unboxed(old)),
        pair.new.resolve(unboxed(new)),
    ) {
        (_, TypeRef::Any) => "type-became-any",
        (TypeRef::Any, _) => "any-got-type",
        (TypeRef::Scalar(Scalar::String), new) if is_enum(pair.new, new) => "enum-added-to-text",
        (old, TypeRef::Scalar(Scalar::String)) if is_enum(pair.old, old) => {
            "enum-removed-from-text"
        }
        (TypeRef::Scalar(old), TypeRef::Scalar(new)) => rule_of_scalars(*old, *new),
        (old, new) if is_list(old) != is_list(new) => "member-became-list",
        _ => "member-type-changed",
    }
}

fn rule_of_scalars(old: Scalar, new: Scalar) -> &'static str {
    let is_float = |one: Scalar| matches!(one, Scalar::F32 | Scalar::F64);
    let is_string = crate::compare::wire::is_string;
    let is_time = |one: Scalar| matches!(one, Scalar::DateTime | Scalar::DateTimeOffset);
    match (old.is_number(), new.is_number()) {
        (true, true) if is_float(old) == is_float(new) => "member-widened",
        (true, true) if is_float(new) => "member-integer-to-number",
        (true, true) => "member-number-to-integer",
        _ if is_time(old) && is_time(new) => "choice-format",
        _ if is_string(old) && is_string(new) && old == Scalar::String => "member-format-added",
        _ if is_string(old) && is_string(new) => "member-format-removed",
        _ => "member-type-changed",
    }
}

fn unboxed(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Boxed(inner) => inner,
        other => other,
    }
}
