//! What the successes of an operation have in common, and by which members they are told apart.

use std::collections::BTreeSet;

use crate::ir::{
    Accessor, Member, Presence, Reading, Returned, Scalar, TypeBody, TypeDef, TypeRef, Variant,
};

/// The members of each variant's body; none for a body that is no object.
pub(super) fn shapes<'a>(types: &'a [Option<TypeDef>], variants: &[Variant]) -> Vec<&'a [Member]> {
    let members = variants.iter().map(|variant| match &variant.returned {
        Returned::Json(ty) => members(types, ty),
        _ => &[],
    });
    members.collect()
}

fn members<'a>(types: &'a [Option<TypeDef>], ty: &TypeRef) -> &'a [Member] {
    match ty {
        TypeRef::Named(id) => match types.get(id.0) {
            Some(Some(def)) => match &def.body {
                TypeBody::Struct(body) => &body.members,
                TypeBody::Alias(target) => members(types, target),
                _ => &[],
            },
            _ => &[],
        },
        _ => &[],
    }
}

/// The wire names of members that every variant has; they tell nothing apart.
pub(super) fn common<'a>(shapes: &[&'a [Member]]) -> BTreeSet<&'a str> {
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

/// An accessor for each member of any variant, in the order of the names; none where the types differ.
pub(super) fn accessors(types: &[Option<TypeDef>], shapes: &[&[Member]]) -> Vec<Accessor> {
    let all = shapes.iter().flat_map(|members| members.iter());
    let mut names: Vec<_> = all.map(|member| &member.name).collect();
    names.sort_by(|a, b| (&a.rust, &a.wire).cmp(&(&b.rust, &b.wire)));
    names.dedup();
    let mut accessors = Vec::new();
    for name in &names {
        if names.iter().filter(|other| other.rust == name.rust).count() > 1 {
            continue; // one method name for two members
        }
        let found: Vec<_> = shapes
            .iter()
            .map(|members| members.iter().find(|member| member.name == **name))
            .collect();
        let mut present = found.iter().flatten();
        let Some(first) = present.next() else {
            continue;
        };
        if present.any(|other| other.ty != first.ty) {
            continue;
        }
        accessors.push(Accessor {
            name: (*name).clone(),
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

fn reading(types: &[Option<TypeDef>], ty: &TypeRef, found: &[Option<&Member>]) -> Reading {
    // a list that can be `null` or is three-state is told from an empty one
    let plain = found
        .iter()
        .flatten()
        .all(|member| matches!(member.presence, Presence::Required | Presence::Optional));
    match ty {
        TypeRef::Named(id) => match types.get(id.0) {
            Some(Some(def)) => match &def.body {
                TypeBody::Alias(target) => reading(types, target, found),
                _ => Reading::Borrowed,
            },
            _ => Reading::Borrowed,
        },
        TypeRef::List(_) if plain => Reading::Slice,
        TypeRef::Scalar(Scalar::String | Scalar::Base64) => Reading::Borrowed,
        TypeRef::Scalar(_) => Reading::Copied,
        _ => Reading::Borrowed,
    }
}
