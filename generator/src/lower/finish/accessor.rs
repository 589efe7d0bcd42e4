//! The members that the successes of an operation share, and those that identify each.

use std::collections::BTreeSet;

use super::drafts::TypeDrafts;
use crate::diagnostic::Diagnostics;
use crate::ir::{Accessor, Member, Name, Presence, Reading, Returned, Scalar, TypeRef};
use crate::lower::operation::{OperationDraft, SuccessDraft};
use crate::lower::schema::BodyDraft;
use crate::name::{Scope, ScopeKind, Wish};

/// What the variants of a success tell about one another.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    /// For each variant the members that identify its body.
    pub marks: Vec<Vec<String>>,
    /// A method for each member of any variant, in the order of the names.
    pub accessors: Vec<Accessor>,
}

/// Compares the successes of an operation; one success has nothing to be compared with.
pub(super) fn compare(
    types: &TypeDrafts,
    operation: &OperationDraft,
    diagnostics: &mut Diagnostics,
) -> Comparison {
    let SuccessDraft::Several { variants, .. } = &operation.success else {
        return Comparison::default();
    };
    let shapes: Vec<&[Member]> = variants
        .iter()
        .map(|variant| match &variant.returned {
            Returned::Json(ty) => members(types, ty),
            _ => &[],
        })
        .collect();
    let common = common(&shapes);
    let marks = shapes.iter().map(|members| {
        let wires = members.iter().map(|member| &member.name.wire);
        wires
            .filter(|wire| !common.contains(wire.as_str()))
            .cloned()
            .collect()
    });
    // the kinds of bodies of one status have no members in common: JSON has all of them
    let mut statuses = variants.iter().map(|variant| variant.status);
    let first = statuses.next();
    let has_others = statuses.any(|status| Some(status) != first);
    let shapes_of_statuses: &[&[Member]] = if has_others { &shapes } else { &[] };
    Comparison {
        marks: marks.collect(),
        accessors: accessors(types, shapes_of_statuses, operation, diagnostics),
    }
}

fn members<'a>(types: &'a TypeDrafts, ty: &'a TypeRef) -> &'a [Member] {
    match types.resolve(ty) {
        TypeRef::Named(id) => match types.body(*id) {
            BodyDraft::Struct(body) => &body.members,
            _ => &[],
        },
        _ => &[],
    }
}

/// Returns the wire names of members that every variant has; they identify none.
fn common<'a>(shapes: &[&'a [Member]]) -> BTreeSet<&'a str> {
    let mut sets = shapes.iter().map(|members| {
        members
            .iter()
            .map(|member| member.name.wire.as_str())
            .collect()
    });
    let first: BTreeSet<&str> = sets.next().unwrap_or_default();
    sets.fold(first, |common, set| {
        common.intersection(&set).copied().collect()
    })
}

/// Returns an accessor for each member of any variant; none where the types differ.
fn accessors(
    types: &TypeDrafts,
    shapes: &[&[Member]],
    operation: &OperationDraft,
    diagnostics: &mut Diagnostics,
) -> Vec<Accessor> {
    let all = shapes.iter().flat_map(|members| members.iter());
    let mut names: Vec<&Name> = all.map(|member| &member.name).collect();
    names.sort_by(|a, b| (&a.rust, &a.wire).cmp(&(&b.rust, &b.wire)));
    names.dedup();
    let mut scope = Scope::new(ScopeKind::Accessor);
    let mut accessors = Vec::new();
    for name in names {
        let found: Vec<Option<&Member>> = shapes
            .iter()
            .map(|members| {
                let mut stored = members.iter().filter(|one| one.constant().is_none());
                stored.find(|member| member.name == *name)
            })
            .collect();
        let mut present = found.iter().flatten();
        let Some(first) = present.next() else {
            continue;
        };
        if present.any(|other| other.ty != first.ty) {
            continue;
        }
        let claim = scope.claim(Wish::new(name.rust.as_str(), &operation.origin));
        diagnostics.extend(claim.collision);
        accessors.push(Accessor {
            name: Name {
                wire: name.wire.clone(),
                rust: claim.name,
            },
            ty: first.ty.clone(),
            presence: found
                .iter()
                .map(|member| member.map(|member| member.presence))
                .collect(),
            reading: reading(types, &first.ty, &found),
        });
    }
    accessors
}

fn reading(types: &TypeDrafts, ty: &TypeRef, found: &[Option<&Member>]) -> Reading {
    // an array that can be `null` or is three-state differs from an empty one
    let is_plain =
        |member: &&Member| matches!(member.presence, Presence::Required | Presence::Optional);
    match types.resolve(ty) {
        TypeRef::List(_) if found.iter().flatten().all(is_plain) => Reading::Slice,
        TypeRef::Scalar(Scalar::String | Scalar::Base64) => Reading::Borrowed,
        TypeRef::Scalar(_) => Reading::Copied,
        _ => Reading::Borrowed,
    }
}
