//! What a value of each branch of a union looks like, told from the finished types.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Branch, JsonKind, Presence, Scalar, TypeBody, TypeId, TypeRef};

/// Completes the branches of all unions.
pub(super) fn branches(api: &mut Api) {
    for index in 0..api.types.len() {
        let Some(TypeBody::Union(body)) = api.types.get(index).map(|def| &def.body) else {
            continue;
        };
        let mut branches = body.branches.clone();
        for branch in &mut branches {
            branch.kinds = kinds(api, &branch.ty);
            branch.required = required(api, &branch.ty);
            branch.lacks_tag = match &body.discriminator {
                Some(name) => !branch.tags.is_empty() && lacks(api, &branch.ty, name),
                None => false,
            };
        }
        let several = branches
            .iter()
            .filter(|branch| branch.kinds.contains(&JsonKind::String));
        if several.count() > 1 {
            for branch in &mut branches {
                branch.texts = texts(api, &branch.ty);
            }
        }
        let spellings: Vec<TypeRef> = branches.iter().map(|one| spelled(api, &one.ty)).collect();
        let mut uses: BTreeMap<&TypeRef, usize> = BTreeMap::new();
        for spelling in &spellings {
            *uses.entry(spelling).or_default() += 1;
        }
        for (branch, spelling) in branches.iter_mut().zip(&spellings) {
            let alone = uses.get(spelling) == Some(&1);
            let itself = *spelling == TypeRef::Named(TypeId(index));
            branch.converts = alone && !itself && branch.ty != TypeRef::Any;
        }
        if let Some(TypeBody::Union(body)) = api.types.get_mut(index).map(|def| &mut def.body) {
            // text that fits no branch is no new kind of object
            body.open &= body.discriminator.is_some()
                || branches
                    .iter()
                    .all(|branch| branch.kinds == [JsonKind::Object]);
            body.several &= (1..branches.len()).any(|index| {
                let (before, rest) = branches.split_at(index);
                let fits_both = |other| rest.first().is_some_and(|one| are_alike(one, other));
                before.iter().any(fits_both)
            });
            body.branches = branches;
        }
    }
}

/// Whether one object can be of both branches: no member has to have another value in each.
fn are_alike(one: &Branch, other: &Branch) -> bool {
    let told_apart = one.constants.iter().any(|(name, texts)| {
        let mut others = other.constants.iter().filter(|(other, _)| other == name);
        others.any(|(_, others)| texts.iter().all(|text| !others.contains(text)))
    });
    [one, other]
        .iter()
        .all(|branch| branch.kinds == [JsonKind::Object])
        && !told_apart
}

/// The type with all aliases written out: two spellings of one Rust type are equal.
fn spelled(api: &Api, ty: &TypeRef) -> TypeRef {
    match api.resolve(ty) {
        TypeRef::List(inner) => TypeRef::List(Box::new(spelled(api, inner))),
        TypeRef::Map(inner) => TypeRef::Map(Box::new(spelled(api, inner))),
        TypeRef::Nullable(inner) => TypeRef::Nullable(Box::new(spelled(api, inner))),
        other => other.clone(),
    }
}

/// The kinds of JSON that a type is written as, each once; any JSON is all of them. Unions are made of unions, thousands in a row or in
/// a ring, so each is looked at once.
fn kinds(api: &Api, ty: &TypeRef) -> Vec<JsonKind> {
    let mut kinds: BTreeSet<JsonKind> = BTreeSet::new();
    let mut seen: BTreeSet<TypeId> = BTreeSet::new();
    let mut queue = vec![ty];
    while let Some(ty) = queue.pop() {
        let kind = match ty {
            TypeRef::Any => JsonKind::Any,
            TypeRef::List(_) => JsonKind::Array,
            TypeRef::Map(_) => JsonKind::Object,
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                queue.push(inner);
                continue;
            }
            TypeRef::Scalar(Scalar::Bool) => JsonKind::Boolean,
            TypeRef::Scalar(Scalar::Null) => JsonKind::Null,
            TypeRef::Scalar(scalar) if scalar.is_number() => JsonKind::Number,
            TypeRef::Scalar(_) => JsonKind::String,
            TypeRef::Named(id) if !seen.insert(*id) => continue,
            TypeRef::Named(id) => match &api.ty(*id).body {
                TypeBody::Struct(_) => JsonKind::Object,
                TypeBody::StringEnum(_) => JsonKind::String,
                TypeBody::IntegerEnum(_) => JsonKind::Number,
                TypeBody::ValueEnum(body) if body.open => JsonKind::Any,
                TypeBody::ValueEnum(body) => {
                    kinds.extend(body.values.iter().map(|value| kind_of(&value.wire)));
                    continue;
                }
                TypeBody::Tuple(_) => JsonKind::Array,
                TypeBody::Alias(target) | TypeBody::Wrapper(target) => {
                    queue.push(target);
                    continue;
                }
                TypeBody::Union(body) => {
                    queue.extend(body.branches.iter().map(|branch| &branch.ty));
                    continue;
                }
            },
        };
        if kind == JsonKind::Any {
            return vec![JsonKind::Any];
        }
        kinds.insert(kind);
    }
    kinds.into_iter().collect()
}

/// The kind of a value by its JSON.
fn kind_of(json: &str) -> JsonKind {
    match json.as_bytes().first() {
        Some(b'{') => JsonKind::Object,
        Some(b'[') => JsonKind::Array,
        Some(b'"') => JsonKind::String,
        Some(b't' | b'f') => JsonKind::Boolean,
        Some(b'n') => JsonKind::Null,
        _ => JsonKind::Number,
    }
}

/// The strings that a type lists.
fn texts(api: &Api, ty: &TypeRef) -> Vec<String> {
    match api.resolve(ty) {
        TypeRef::Named(id) => match &api.ty(*id).body {
            TypeBody::StringEnum(body) => {
                let values = body.values.iter();
                values.map(|value| value.name.wire.clone()).collect()
            }
            _ => Vec::new(),
        },
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => texts(api, inner),
        _ => Vec::new(),
    }
}

/// The members that an object of a type has to have.
fn required(api: &Api, ty: &TypeRef) -> Vec<String> {
    match api.resolve(ty) {
        TypeRef::Named(id) => match &api.ty(*id).body {
            TypeBody::Struct(body) => {
                let needed = |presence| matches!(presence, Presence::Required | Presence::Nullable);
                let members = body.members.iter().filter(|member| needed(member.presence));
                members.map(|member| member.name.wire.clone()).collect()
            }
            _ => Vec::new(),
        },
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => required(api, inner),
        _ => Vec::new(),
    }
}

/// Whether a type is of objects that have neither this member nor a map for it.
fn lacks(api: &Api, ty: &TypeRef, name: &str) -> bool {
    match api.resolve(ty) {
        TypeRef::Named(id) => match &api.ty(*id).body {
            TypeBody::Struct(body) => {
                body.rest.is_none() && body.members.iter().all(|member| member.name.wire != name)
            }
            _ => false,
        },
        TypeRef::Boxed(inner) => lacks(api, inner, name),
        _ => false,
    }
}
