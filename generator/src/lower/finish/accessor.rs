//! The members that the successes of an operation share, and those that identify each.

use std::collections::{BTreeMap, BTreeSet};

use super::drafts::TypeDrafts;
use crate::diagnostic::Diagnostics;
use crate::ir::{Accessor, AccessorField, Member, Name, Reading, Returned, Scalar, TypeRef};
use crate::lower::operation::{OperationDraft, SuccessDraft};
use crate::lower::schema::BodyDraft;
use crate::name::{self, Scope, ScopeKind, Wish};

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
    let stored = shapes.iter().map(|members| {
        let stored = members.iter().filter(|one| one.constant().is_none());
        stored
            .map(|member| (member.name.wire.as_str(), member))
            .collect()
    });
    let stored: Vec<BTreeMap<&str, &Member>> = stored.collect();
    let wires: BTreeSet<&str> = stored.iter().flat_map(BTreeMap::keys).copied().collect();
    let mut shared = Vec::new();
    for wire in wires {
        let found: Vec<_> = stored.iter().map(|one| one.get(wire).copied()).collect();
        let mut present = found.iter().flatten();
        if let Some(first) = present.next()
            && present.all(|other| other.ty == first.ty)
        {
            shared.push((*first, found));
        }
    }
    let wishes = shared.iter().map(|(first, found)| {
        let rust = first.name.rust.as_str();
        // two fields of one member can have two names, if another member of one object has the name
        let is_same = |member: &&Member| member.name.rust == rust;
        let rust = match found.iter().flatten().all(is_same) {
            true => rust.to_owned(),
            false => name::member_name(&first.name.wire),
        };
        Wish::new(rust, &operation.origin).spelled(&first.name.wire)
    });
    let claims = Scope::new(ScopeKind::Accessor).claim_all(&wishes.collect::<Vec<_>>());
    let mut accessors: Vec<_> = shared
        .into_iter()
        .zip(claims)
        .map(|((first, found), claim)| {
            diagnostics.extend(claim.collision);
            Accessor {
                name: Name {
                    wire: first.name.wire.clone(),
                    rust: claim.name,
                },
                ty: first.ty.clone(),
                fields: found.iter().map(|member| member.map(field)).collect(),
                reading: reading(types, &first.ty),
            }
        })
        .collect();
    accessors.sort_by(|a, b| a.name.rust.cmp(&b.name.rust));
    accessors
}

fn field(member: &Member) -> AccessorField {
    AccessorField {
        rust: member.name.rust.clone(),
        presence: member.presence,
    }
}

fn reading(types: &TypeDrafts, ty: &TypeRef) -> Reading {
    match types.resolve(ty) {
        TypeRef::List(_) => Reading::Slice,
        TypeRef::Scalar(Scalar::String | Scalar::Base64) => Reading::Borrowed,
        TypeRef::Scalar(_) => Reading::Copied,
        _ => Reading::Borrowed,
    }
}
