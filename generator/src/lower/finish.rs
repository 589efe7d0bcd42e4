//! What can be settled only when all is there: who reaches what, what contains itself, in which order everything stands.

use std::collections::{BTreeMap, BTreeSet};

use super::{boxing, branches, name, nesting};
use crate::ir::{
    Api, Operation, Presence, Scalar, SchemeKind, SecurityScheme, TypeBody, TypeDef, TypeId,
    TypeRef, Usage,
};

/// Brings an API into its final form. A type is `None` when it turned out not to be needed.
pub(super) fn finish(mut api: Api, types: Vec<Option<TypeDef>>) -> Api {
    close_gaps(&mut api, types);
    reach(&mut api);
    for def in &mut api.types {
        // a value that only requests carry is chosen by the caller, so that there is nothing unknown to keep
        let open = def.usage.response || !def.usage.request;
        match &mut def.body {
            // one value is a constant: another one is wrong
            TypeBody::StringEnum(body) => body.open = open && body.values.len() > 1,
            TypeBody::IntegerEnum(body) => body.open = open && body.values.len() > 1,
            TypeBody::ValueEnum(body) => body.open = open && body.values.len() > 1,
            TypeBody::Struct(body) if def.usage.request => {
                for member in body.members.iter_mut().filter(|member| member.read_only) {
                    member.presence = match member.presence {
                        Presence::Required => Presence::Optional,
                        other => other,
                    };
                }
            }
            TypeBody::Union(body) => body.open = open,
            TypeBody::Struct(_)
            | TypeBody::Tuple(_)
            | TypeBody::Alias(_)
            | TypeBody::Wrapper(_) => {}
        }
    }
    presences(&mut api);
    branches::branches(&mut api);
    schemes(&mut api);
    sort(&mut api);
    // after sorting, so that the order of schemas in the document does not decide which member is boxed
    boxing::boxing(&mut api.types);
    api.recursion_limit = nesting::recursion_limit(&api.types);
    api
}

/// A member whose type has a `null` of its own, such as any JSON, keeps it as a value.
fn presences(api: &mut Api) {
    let whole = std::mem::take(&mut api.types);
    let kept = |ty: &TypeRef| has_null(&whole, ty);
    let mut presences: Vec<Vec<Presence>> = Vec::new();
    for def in &whole {
        let TypeBody::Struct(body) = &def.body else {
            presences.push(Vec::new());
            continue;
        };
        let members = body.members.iter().map(|member| match member.presence {
            Presence::Optional | Presence::Tristate if kept(&member.ty) => Presence::OptionalRaw,
            Presence::Nullable if kept(&member.ty) => Presence::Required,
            other => other,
        });
        presences.push(members.collect());
    }
    api.types = whole;
    for (def, presences) in api.types.iter_mut().zip(presences) {
        if let TypeBody::Struct(body) = &mut def.body {
            for (member, presence) in body.members.iter_mut().zip(presences) {
                member.presence = presence;
            }
        }
    }
}

/// Whether a type reads `null` as a value. Unions are made of unions, thousands in a row or in a ring, so each is looked at once.
fn has_null(types: &[TypeDef], ty: &TypeRef) -> bool {
    let mut seen: BTreeSet<TypeId> = BTreeSet::new();
    let mut queue = vec![ty];
    while let Some(ty) = queue.pop() {
        match ty {
            TypeRef::Any | TypeRef::Scalar(Scalar::Null) | TypeRef::Nullable(_) => return true,
            TypeRef::Boxed(inner) => queue.push(inner),
            TypeRef::Named(id) if seen.insert(*id) => match types.get(id.0).map(|def| &def.body) {
                Some(TypeBody::Alias(target)) => queue.push(target),
                Some(TypeBody::Union(body)) => {
                    queue.extend(body.branches.iter().map(|branch| &branch.ty));
                }
                _ => {}
            },
            TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Map(_) => {}
        }
    }
    false
}

/// Marks the types that requests and responses reach.
fn reach(api: &mut Api) {
    let requests: Vec<TypeRef> = api
        .operations
        .iter()
        .flat_map(Operation::sent)
        .cloned()
        .collect();
    let responses: Vec<TypeRef> = api
        .operations
        .iter()
        .flat_map(Operation::received)
        .cloned()
        .collect();
    let headers = api.headers.iter().map(|header| header.ty.clone());
    let responses = responses.into_iter().chain(headers).collect();
    mark(api, requests, |usage| &mut usage.request);
    mark(api, responses, |usage| &mut usage.response);
}

fn mark(api: &mut Api, mut queue: Vec<TypeRef>, flag: fn(&mut Usage) -> &mut bool) {
    while let Some(ty) = queue.pop() {
        match ty {
            TypeRef::Named(id) => {
                let Some(def) = api.types.get_mut(id.0) else {
                    continue;
                };
                if !std::mem::replace(flag(&mut def.usage), true) {
                    queue.extend(def.body.parts().cloned());
                }
            }
            TypeRef::List(inner)
            | TypeRef::Map(inner)
            | TypeRef::Nullable(inner)
            | TypeRef::Boxed(inner) => queue.push(*inner),
            TypeRef::Scalar(_) | TypeRef::Any => {}
        }
    }
}

/// Keeps the schemes that operations ask for, and names their builder methods.
fn schemes(api: &mut Api) {
    let asked = |index: &usize| {
        let mut alternatives = api
            .operations
            .iter()
            .flat_map(|operation| &operation.authorization.alternatives);
        alternatives.any(|set| set.contains(index))
    };
    let kept: Vec<usize> = (0..api.schemes.len()).filter(asked).collect();
    let mut schemes: Vec<SecurityScheme> = kept
        .iter()
        .filter_map(|index| api.schemes.get(*index).cloned())
        .collect();
    let kinds: Vec<&str> = schemes.iter().map(|scheme| method(&scheme.kind)).collect();
    let names: Vec<String> = schemes
        .iter()
        .zip(&kinds)
        .map(
            |(scheme, kind)| match kinds.iter().filter(|other| *other == kind).count() {
                1 => (*kind).to_owned(),
                _ => name::method_name(&format!("{}_{kind}", scheme.name.wire)),
            },
        )
        .collect();
    for (scheme, name) in schemes.iter_mut().zip(names) {
        scheme.name.rust = name;
    }
    for operation in &mut api.operations {
        for index in operation.authorization.alternatives.iter_mut().flatten() {
            *index = kept
                .iter()
                .position(|kept| kept == index)
                .unwrap_or_default();
        }
    }
    api.schemes = schemes;
}

fn method(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::Bearer => "token",
        SchemeKind::Basic => "basic",
        SchemeKind::ApiKey { .. } => "api_key",
    }
}

/// Leaves out the types that turned out not to be needed.
fn close_gaps(api: &mut Api, types: Vec<Option<TypeDef>>) {
    let kept = types.iter().enumerate().filter(|(_, def)| def.is_some());
    let moved = kept
        .enumerate()
        .map(|(new, (old, _))| (TypeId(old), TypeId(new)))
        .collect();
    api.types = types.into_iter().flatten().collect();
    renumber(api, &moved);
}

/// Settles the order: types by module, then as the document has them; operations by tag, then by name.
fn sort(api: &mut Api) {
    let mut order: Vec<usize> = (0..api.types.len()).collect();
    order.sort_by(|a, b| {
        let key = |index: &usize| api.types.get(*index).map(|def| (&def.module, *index));
        key(a).cmp(&key(b))
    });
    let moved = order
        .iter()
        .enumerate()
        .map(|(new, old)| (TypeId(*old), TypeId(new)))
        .collect();
    let mut types: Vec<_> = std::mem::take(&mut api.types)
        .into_iter()
        .map(Some)
        .collect();
    api.types = order
        .iter()
        .filter_map(|index| types.get_mut(*index)?.take())
        .collect();
    renumber(api, &moved);
    api.operations
        .sort_by(|a, b| (&a.tag.rust, &a.name.rust).cmp(&(&b.tag.rust, &b.name.rust)));
}

fn renumber(api: &mut Api, moved: &BTreeMap<TypeId, TypeId>) {
    let mut rename =
        |ty: &mut TypeRef| ty.for_each_id(&mut |id| *id = moved.get(id).copied().unwrap_or(*id));
    for def in &mut api.types {
        def.body.parts_mut().for_each(&mut rename);
    }
    for operation in &mut api.operations {
        operation.types_mut().into_iter().for_each(&mut rename);
    }
    let headers = api.headers.iter_mut();
    headers.for_each(|header| rename(&mut header.ty));
}
