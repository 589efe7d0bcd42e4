//! Members whose value is fixed: by a `const`, or because it tells a branch of a union.
//!
//! A value that the schema fixes (`type: { const: card }`, and in a branch `type: { enum: [card] }`) is neither stored nor
//! asked for, if the member is required: an optional one can be absent, which has to be kept. Where only the union knows it (by a mapping, or by the schema's name) the member is stored, and `new` fills it in. So it is with a tag
//! that may be absent (`type: { const: card, default: card }`, not in `required`): a server that selects the branch by it
//! rejects an object without, or takes it for another branch, while one that was read without is written without.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Constant, Docs, Fixed, Presence, Scalar, Struct, TypeId, TypeRef};
use crate::lower::operation::OperationDrafts;
use crate::lower::schema::{BodyDraft, BranchDraft, TypeDraft, TypeTable, UnionDraft};

/// What `const`s and unions say about the members of each struct, by name.
#[derive(Default)]
struct MemberTags {
    /// The unions' tags for the member, the first of each; several unions can have the struct as a branch.
    tags: BTreeMap<(TypeId, String), BTreeSet<String>>,
    /// The members that the struct's own schema fixes.
    constants: BTreeSet<(TypeId, String)>,
    /// Those of them that a union without a discriminator tells a branch by.
    telling: BTreeSet<(TypeId, String)>,
    /// Those by which the base of subtypes is told from them; whether a server wants its tag is not known.
    of_bases: BTreeSet<(TypeId, String)>,
    /// Members that are fixed, while a union reads other values as this branch, too.
    ambiguous: BTreeSet<(TypeId, String)>,
}

/// Fixes the members that tell branches, and drops the enums of one value that nothing else uses.
pub(super) fn fix(table: &mut TypeTable, operations: &mut OperationDrafts) {
    let mut unions = MemberTags::default();
    for (id, draft) in table.drafts() {
        match &draft.body {
            BodyDraft::Union(union) => {
                let telling = telling(union);
                for branch in &union.branches {
                    unions.add(table, branch, union.discriminator.as_deref(), &telling);
                }
            }
            BodyDraft::Struct(body) => unions.add_constants(table, id, body),
            _ => {}
        }
    }
    let mut fixed: Vec<(TypeId, usize, Fixed)> = Vec::new();
    let members = unions.tags.keys().chain(&unions.constants);
    for key in members.collect::<BTreeSet<_>>() {
        fixed.extend(unions.fixed(table, key));
    }
    let ambiguous = unions.ambiguous;
    let mut replaced: BTreeSet<TypeId> = BTreeSet::new();
    for (id, index, value) in fixed {
        let docs = docs_of_type(table, id, index);
        let Some(BodyDraft::Struct(body)) = table.get_mut(id).map(|draft| &mut draft.body) else {
            continue;
        };
        let Some(member) = body.members.get_mut(index) else {
            continue;
        };
        let is_stored = matches!(value, Fixed::Preset(_));
        if !is_stored || ambiguous.contains(&(id, member.name.wire.clone())) {
            let (Fixed::Constant(constant) | Fixed::Preset(constant)) = &value;
            replaced.extend(member.ty.id());
            add_docs(&mut member.docs, docs);
            member.ty = TypeRef::Scalar(match constant {
                Constant::String(_) => Scalar::String,
                Constant::Integer(_) => Scalar::I64,
                Constant::Bool(_) => Scalar::Bool,
            });
        }
        member.fixed = Some(value);
    }
    drop_unused(table, operations, replaced);
}

impl MemberTags {
    /// Adds the members with a `const`.
    fn add_constants(&mut self, table: &TypeTable, id: TypeId, body: &Struct) {
        for member in &body.members {
            let is_constant = match resolve(table, &member.ty) {
                Some((_, BodyDraft::Strings(listed))) => listed.is_constant,
                Some((_, BodyDraft::Integers(listed))) => listed.is_constant,
                Some((_, BodyDraft::Values(listed))) => listed.is_constant,
                _ => false,
            };
            if is_constant {
                self.constants.insert((id, member.name.wire.clone()));
            }
        }
    }

    fn add(
        &mut self,
        table: &TypeTable,
        branch: &BranchDraft,
        discriminator: Option<&str>,
        telling: &BTreeSet<&str>,
    ) {
        let Some(id) = struct_of(table, &branch.ty) else {
            return;
        };
        for (name, values) in &branch.constants {
            let key = (id, name.clone());
            let is_other = |tag: &String| !values.contains(tag);
            if discriminator == Some(name) && branch.tags.iter().any(is_other) {
                self.ambiguous.insert(key);
            } else if values.len() == 1 && telling.contains(name.as_str()) {
                if discriminator.is_none() {
                    self.telling.insert(key.clone());
                }
                self.constants.insert(key);
            }
        }
        if let (Some(name), Some(tag)) = (discriminator, branch.tags.first()) {
            let tags = self.tags.entry((id, name.to_owned())).or_default();
            tags.insert(tag.clone());
            // with several values there is none to fill in
            tags.extend(branch.listed.iter().cloned());
            if branch.is_base {
                self.of_bases.insert((id, name.to_owned()));
            }
        }
    }

    /// Returns how a member is fixed, with its index.
    fn fixed(&self, table: &TypeTable, key: &(TypeId, String)) -> Option<(TypeId, usize, Fixed)> {
        let (id, name) = key;
        let BodyDraft::Struct(body) = &table.get(*id)?.body else {
            return None;
        };
        let index = body.members.iter().position(|one| one.name.wire == *name)?;
        let member = body.members.get(index)?;
        if member.read_only || member.write_only {
            return None;
        }
        let is_optional = match member.presence {
            Presence::Required => false,
            Presence::Optional => true,
            Presence::Nullable | Presence::Tristate | Presence::OptionalRaw => return None,
        };
        if is_optional && self.of_bases.contains(key) {
            return None;
        }
        if is_optional && !self.tags.contains_key(key) {
            let value = only_value(table, &member.ty).filter(|_| self.telling.contains(key))?;
            return Some((*id, index, Fixed::Preset(value)));
        }
        if self.constants.contains(key)
            && !is_optional
            && !self.ambiguous.contains(key)
            && let Some(constant) = only_value(table, &member.ty)
        {
            return Some((*id, index, Fixed::Constant(constant)));
        }
        let mut tags = self.tags.get(key)?.iter();
        let tag = tags.next().filter(|_| tags.len() == 0)?;
        let value = match only_value(table, &member.ty) {
            // the mapping names another value than the schema: either is read, and the schema's is written
            Some(value @ Constant::String(_)) if self.ambiguous.contains(key) => value,
            _ => value_of(table, &member.ty, tag)?,
        };
        Some((*id, index, Fixed::Preset(value)))
    }
}

/// Returns the documentation of a member's enum, if that has no name in the document: it goes with the type.
fn docs_of_type(table: &TypeTable, id: TypeId, index: usize) -> Docs {
    let own = match table.get(id).map(|draft| &draft.body) {
        Some(BodyDraft::Struct(body)) => body.members.get(index).and_then(|one| one.ty.id()),
        _ => None,
    };
    let own = own.and_then(|id| table.get(id));
    let inline = own.filter(|draft| is_inline(draft));
    inline.map_or_else(Docs::default, |draft| draft.docs.clone())
}

fn is_inline(draft: &TypeDraft) -> bool {
    let mut places = draft.origins.iter();
    places.all(|at| at.path().contains("/properties/"))
}

fn add_docs(docs: &mut Docs, others: Docs) {
    docs.summary = docs.summary.take().or(others.summary);
    docs.description = docs.description.take().or(others.description);
    docs.deprecated |= others.deprecated;
    for note in others.notes {
        if !docs.notes.contains(&note) {
            docs.notes.push(note);
        }
    }
}

/// Returns the members that tell the branches of a union: the discriminator, and those with different values.
fn telling(union: &UnionDraft) -> BTreeSet<&str> {
    let mut values: BTreeMap<&str, &[String]> = BTreeMap::new();
    let mut telling: BTreeSet<&str> = union.discriminator.as_deref().into_iter().collect();
    for (name, own) in union.branches.iter().flat_map(|branch| &branch.constants) {
        if *values.entry(name).or_insert(own) != own.as_slice() {
            telling.insert(name);
        }
    }
    telling
}

/// Returns the body behind a use of a type, and its id.
fn resolve<'t>(table: &'t TypeTable, ty: &TypeRef) -> Option<(TypeId, &'t BodyDraft)> {
    let mut ty = ty;
    let mut seen: BTreeSet<TypeId> = BTreeSet::new();
    loop {
        match ty {
            TypeRef::Named(id) if seen.insert(*id) => match &table.get(*id)?.body {
                BodyDraft::Alias(target) => ty = target,
                body => return Some((*id, body)),
            },
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => ty = inner,
            _ => return None,
        }
    }
}

fn struct_of(table: &TypeTable, ty: &TypeRef) -> Option<TypeId> {
    match resolve(table, ty)? {
        (id, BodyDraft::Struct(_)) => Some(id),
        _ => None,
    }
}

/// Returns the only value of a type.
fn only_value(table: &TypeTable, ty: &TypeRef) -> Option<Constant> {
    match resolve(table, ty)?.1 {
        BodyDraft::Strings(listed) => match listed.values.as_slice() {
            [one] => Some(Constant::String(one.name.wire.clone())),
            _ => None,
        },
        BodyDraft::Integers(listed) => match listed.values.as_slice() {
            [one] => Some(Constant::Integer(one.value)),
            _ => None,
        },
        BodyDraft::Values(listed) => match listed.values.as_slice() {
            [one] => one.name.wire.parse().ok().map(Constant::Bool),
            _ => None,
        },
        _ => None,
    }
}

/// Returns a tag as a value of a type.
fn value_of(table: &TypeTable, ty: &TypeRef, tag: &str) -> Option<Constant> {
    match ty {
        TypeRef::Scalar(Scalar::String) => return Some(Constant::String(tag.to_owned())),
        TypeRef::Scalar(Scalar::Bool) => return tag.parse().ok().map(Constant::Bool),
        TypeRef::Scalar(Scalar::I64 | Scalar::I32) => {
            return tag.parse().ok().map(Constant::Integer);
        }
        _ => {}
    }
    match resolve(table, ty)?.1 {
        BodyDraft::Strings(listed) => {
            let mut listed = listed.values.iter().filter(|value| value.name.wire == tag);
            listed.next().map(|_| Constant::String(tag.to_owned()))
        }
        BodyDraft::Integers(listed) => {
            let number: i64 = tag.parse().ok()?;
            let mut listed = listed.values.iter().filter(|value| value.value == number);
            listed.next().map(|_| Constant::Integer(number))
        }
        _ => None,
    }
}

/// Drops types of members that are not stored any more, unless something else uses them or they have a name in the
/// document.
fn drop_unused(
    table: &mut TypeTable,
    operations: &mut OperationDrafts,
    mut candidates: BTreeSet<TypeId>,
) {
    candidates.retain(|id| table.get(*id).is_some_and(is_inline));
    if candidates.is_empty() {
        return;
    }
    for (_, draft) in table.drafts() {
        for id in draft.body.parts().into_iter().filter_map(TypeRef::id) {
            candidates.remove(&id);
        }
    }
    let used = operations
        .operations
        .iter_mut()
        .flat_map(|one| one.types_mut());
    for id in used.filter_map(|ty| ty.id()) {
        candidates.remove(&id);
    }
    for id in operations
        .headers
        .iter()
        .filter_map(|header| header.ty.id())
    {
        candidates.remove(&id);
    }
    for id in candidates {
        table.discard(id);
    }
}
