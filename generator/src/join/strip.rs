//! What of a type decides its code and its JSON: everything but texts, places, and who uses it.

use crate::ir::{Docs, TypeBody, TypeDef, TypeId, TypeRef};
use crate::pointer::Pointer;

/// Returns a type without what does not decide its code, as text, and the types that it names, in order.
///
/// Constraints and deprecations are part of it: they are facts, which the documentation of one document would claim of
/// the other. Titles and descriptions are not. Neither is whether requests contain it: a constructor that one document
/// has no use for does no harm.
pub(super) fn signature(def: &TypeDef) -> (String, Vec<TypeId>) {
    let mut bare = bare(def);
    let mut named = Vec::new();
    for ty in types_mut(&mut bare.body) {
        if let Some(id) = id_mut(ty) {
            named.push(*id);
            *id = TypeId(0);
        }
    }
    let TypeDef {
        name,
        nullable,
        docs,
        body,
        ..
    } = &bare;
    let text = format!("{:?}", (&name.rust, nullable, docs, body));
    (text, named)
}

/// Returns the texts of a type, to compare those of two documents.
pub(super) fn texts(def: &TypeDef) -> Vec<Option<&str>> {
    let mut found = texts_of(&def.docs).to_vec();
    match &def.body {
        TypeBody::Struct(body) => {
            found.extend(body.members.iter().flat_map(|one| texts_of(&one.docs)));
        }
        TypeBody::StringEnum(body) => {
            found.extend(body.values.iter().map(|one| one.description.as_deref()));
        }
        TypeBody::ValueEnum(body) => {
            found.extend(body.values.iter().map(|one| one.description.as_deref()));
        }
        TypeBody::IntegerEnum(body) => {
            found.extend(body.values.iter().map(|one| one.description.as_deref()));
        }
        TypeBody::Tuple(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Wrapper(_) => {}
    }
    found
}

fn texts_of(docs: &Docs) -> [Option<&str>; 2] {
    [docs.summary.as_deref(), docs.description.as_deref()]
}

/// Returns a type without texts, places, and what only requests need.
pub(super) fn bare(def: &TypeDef) -> TypeDef {
    let mut bare = def.clone();
    without_texts(&mut bare.docs);
    match &mut bare.body {
        TypeBody::Struct(body) => {
            body.required_type = None;
            for member in &mut body.members {
                without_texts(&mut member.docs);
                member.origin = Pointer::root("");
                member.null_setter = None;
            }
        }
        TypeBody::StringEnum(body) => body
            .values
            .iter_mut()
            .for_each(|one| one.description = None),
        TypeBody::ValueEnum(body) => body
            .values
            .iter_mut()
            .for_each(|one| one.description = None),
        TypeBody::IntegerEnum(body) => body
            .values
            .iter_mut()
            .for_each(|one| one.description = None),
        TypeBody::Tuple(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Wrapper(_) => {}
    }
    bare
}

fn without_texts(docs: &mut Docs) {
    (docs.summary, docs.description) = (None, None);
}

/// Returns the types that a definition names, in a fixed order.
pub(super) fn types_mut(body: &mut TypeBody) -> Vec<&mut TypeRef> {
    match body {
        TypeBody::Struct(body) => {
            let members = body.members.iter_mut().map(|member| &mut member.ty);
            let branches = body.branches.iter_mut().map(|branch| &mut branch.ty);
            members.chain(&mut body.rest).chain(branches).collect()
        }
        TypeBody::Union(body) => {
            let branches = body.branches.iter_mut();
            branches.map(|branch| &mut branch.ty).collect()
        }
        TypeBody::Tuple(body) => body.items.iter_mut().chain(&mut body.rest).collect(),
        TypeBody::Alias(ty) | TypeBody::Wrapper(ty) => vec![ty],
        TypeBody::StringEnum(_) | TypeBody::IntegerEnum(_) | TypeBody::ValueEnum(_) => Vec::new(),
    }
}

/// Returns the id of the named type in a use of a type.
pub(super) fn id_mut(ty: &mut TypeRef) -> Option<&mut TypeId> {
    match ty {
        TypeRef::Named(id) => Some(id),
        TypeRef::List(inner)
        | TypeRef::Map(inner)
        | TypeRef::Nullable(inner)
        | TypeRef::Boxed(inner) => id_mut(inner),
        TypeRef::Scalar(_) | TypeRef::Any => None,
    }
}
