//! Types of one name that are not one type, and how they differ.

use std::collections::BTreeMap;

use super::classes::{Classes, Member, larger_first};
use super::strip::bare;
use crate::ir::{Apart, Api, Member as Field, TypeBody, TypeDef, TypeRef, Unlike};

/// Returns the types of one name that differ.
pub(super) fn apart(apis: &[&Api], names: &[&str], classes: &Classes) -> Vec<Apart> {
    let mut of_name: BTreeMap<&str, Vec<Vec<Member>>> = BTreeMap::new();
    let def = |(document, index): &Member| apis.get(*document)?.types.get(*index);
    for (_, members) in classes.all() {
        if let Some(def) = members.first().and_then(def) {
            let groups = of_name.entry(&def.name.rust).or_default();
            groups.push(members.to_vec());
        }
    }
    let several = of_name.into_iter().filter(|(_, groups)| groups.len() > 1);
    several
        .filter_map(|(name, mut groups)| {
            groups.sort_by(larger_first);
            let first = groups.first()?.first()?;
            let second = groups.get(1)?.first()?;
            let difference = difference(apis, (*first, *second), classes)?;
            let modules = |members: &Vec<Member>| {
                let modules = members
                    .iter()
                    .filter_map(|(document, _)| names.get(*document));
                modules.map(|name| (*name).to_owned()).collect()
            };
            Some(Apart {
                name: name.to_owned(),
                groups: groups.iter().map(modules).collect(),
                difference,
            })
        })
        .collect()
}

/// Returns the first difference of two types of one name.
fn difference(apis: &[&Api], (one, other): (Member, Member), classes: &Classes) -> Option<Unlike> {
    let def = |(document, index): Member| apis.get(document)?.types.get(index);
    let (left, right) = (def(one)?, def(other)?);
    let own = own(&bare(left), &bare(right));
    if own.is_some() {
        return own;
    }
    let contained = left.body.parts().zip(right.body.parts());
    let contained = contained.filter_map(|(left, right)| Some((left.id()?, right.id()?)));
    let differs = |(left, right): &(_, _)| {
        let (left, right): (&crate::ir::TypeId, &crate::ir::TypeId) = (left, right);
        classes.class_of((one.0, left.0)) != classes.class_of((other.0, right.0))
    };
    let found = contained
        .into_iter()
        .find(|(left, right)| differs(&(*left, *right)));
    let name = |id: crate::ir::TypeId| def((one.0, id.0)).map(|def| def.name.rust.clone());
    Some(match found.and_then(|(left, _)| name(left)) {
        Some(name) => Unlike::Contains(name),
        None => Unlike::Detail,
    })
}

/// Returns the first difference that is not in a type which both contain.
fn own(left: &TypeDef, right: &TypeDef) -> Option<Unlike> {
    match (&left.body, &right.body) {
        (TypeBody::Struct(left), TypeBody::Struct(right)) => {
            members(&left.members, &right.members).map(Unlike::Member)
        }
        (TypeBody::StringEnum(left), TypeBody::StringEnum(right)) => {
            let names = |values: &[crate::ir::ListedValue]| -> Vec<String> {
                values.iter().map(|value| value.name.wire.clone()).collect()
            };
            only_one_has(&names(&left.values), &names(&right.values)).map(Unlike::Value)
        }
        (TypeBody::IntegerEnum(left), TypeBody::IntegerEnum(right)) => {
            let names = |values: &[crate::ir::IntegerValue]| -> Vec<String> {
                values.iter().map(|value| value.value.to_string()).collect()
            };
            only_one_has(&names(&left.values), &names(&right.values)).map(Unlike::Value)
        }
        (TypeBody::Union(left), TypeBody::Union(right)) => {
            let names = |branches: &[crate::ir::Branch]| -> Vec<String> {
                let names = branches.iter().map(|branch| branch.name.wire.clone());
                names.collect()
            };
            only_one_has(&names(&left.branches), &names(&right.branches)).map(Unlike::Branch)
        }
        (left, right) => {
            let is_same = std::mem::discriminant(left) == std::mem::discriminant(right);
            (!is_same).then_some(Unlike::Kind)
        }
    }
}

/// Returns the first member that only one has, or that differs in more than the number of a type.
fn members(left: &[Field], right: &[Field]) -> Option<String> {
    let names = |members: &[Field]| -> Vec<String> {
        let names = members.iter().map(|member| member.name.wire.clone());
        names.collect()
    };
    let only_one = only_one_has(&names(left), &names(right));
    only_one.or_else(|| {
        let mut pairs = left.iter().zip(right);
        let pair = pairs.find(|(left, right)| {
            let is_named = |ty: &TypeRef| ty.id().is_some();
            let is_same_type = left.ty == right.ty || (is_named(&left.ty) && is_named(&right.ty));
            let mut other = (*right).clone();
            other.ty.clone_from(&left.ty);
            !is_same_type || **left != other
        });
        pair.map(|(left, _)| left.name.wire.clone())
    })
}

fn only_one_has(left: &[String], right: &[String]) -> Option<String> {
    let missing = |all: &[String], others: &[String]| {
        let found = all.iter().find(|name| !others.contains(name));
        found.cloned()
    };
    missing(left, right).or_else(|| missing(right, left))
}
