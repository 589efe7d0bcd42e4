//! Which types and operations of two clients are the same ones.
//!
//! Operations are the same by HTTP method and path, else by the method's name. Types are the same by the schema's name,
//! else by the Rust name, else because they are used in the same place and are alike: then one has got another name.

mod alike;

use std::collections::BTreeMap;

use super::surface::Renames;
use crate::ir::{Api, Content, Failure, Operation, Returned, Success, TypeBody, TypeId, TypeRef};
use crate::name::type_of_operation;
pub use alike::is_inline;

/// Two clients, and what is the same in both.
pub struct Pair<'a> {
    /// The older one.
    pub old: &'a Api,
    /// The newer one.
    pub new: &'a Api,
    /// The types of the newer client by those of the older one.
    pub newer: BTreeMap<TypeId, TypeId>,
    /// The types of the older client by those of the newer one.
    pub older: BTreeMap<TypeId, TypeId>,
    /// The operations that both have, as indexes.
    pub operations: Vec<(usize, usize)>,
}

impl<'a> Pair<'a> {
    /// Matches two clients.
    pub fn of(old: &'a Api, new: &'a Api) -> Self {
        let mut pair = Pair {
            old,
            new,
            newer: BTreeMap::new(),
            older: BTreeMap::new(),
            operations: operations(old, new),
        };
        let both = |api: &Api, id| {
            let name = &api.ty(id).name;
            Some(format!("{} {}", name.rust, name.wire))
        };
        pair.by_name(both);
        // the place of a branch without a name says less than what it is called
        pair.by_name(|api, id| is_inline(api.ty(id)).then(|| api.ty(id).name.rust.clone()));
        pair.by_name(|api, id| Some(api.ty(id).name.wire.clone()));
        pair.by_name(|api, id| Some(api.ty(id).name.rust.clone()));
        pair.by_use();
        pair
    }

    /// Returns two definitions of one type.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, TypeId)> {
        self.newer.iter().map(|(old, new)| (*old, *new))
    }

    fn add(&mut self, old: TypeId, new: TypeId) -> bool {
        let is_free = !self.newer.contains_key(&old) && !self.older.contains_key(&new);
        if is_free {
            self.newer.insert(old, new);
            self.older.insert(new, old);
        }
        is_free
    }

    fn by_name(&mut self, name: fn(&Api, TypeId) -> Option<String>) {
        let mut ids: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
        for id in ids_of(self.new).filter(|id| !self.older.contains_key(id)) {
            if let Some(name) = name(self.new, id) {
                ids.entry(name).or_default().push(id);
            }
        }
        for old in ids_of(self.old) {
            let found = name(self.old, old).and_then(|name| ids.get(&name));
            if let Some([new]) = found.map(Vec::as_slice) {
                self.add(old, *new);
            }
        }
    }

    /// Matches types that are used in the same place, from the operations and known types on.
    fn by_use(&mut self) {
        let mut queue: Vec<(TypeRef, TypeRef)> = Vec::new();
        for (old, new) in &self.operations {
            if let (Some(old), Some(new)) =
                (self.old.operations.get(*old), self.new.operations.get(*new))
            {
                queue.extend(uses_of_operation(old, new));
            }
        }
        for (old, new) in self.types() {
            queue.extend(uses_of_type(&self.old.ty(old).body, &self.new.ty(new).body));
        }
        while let Some((old, new)) = queue.pop() {
            let Some((old, new)) = named(&old, &new) else {
                continue;
            };
            if self.newer.contains_key(&old) || self.older.contains_key(&new) {
                continue;
            }
            if alike::are(self, old, new) && self.add(old, new) {
                queue.extend(uses_of_type(&self.old.ty(old).body, &self.new.ty(new).body));
            }
        }
    }

    /// Returns whether two types are the same one.
    pub fn is_same(&self, old: &TypeRef, new: &TypeRef) -> bool {
        match (old, new) {
            (TypeRef::Named(old), TypeRef::Named(new)) => self.newer.get(old) == Some(new),
            (TypeRef::Scalar(old), TypeRef::Scalar(new)) => old == new,
            (TypeRef::List(old), TypeRef::List(new))
            | (TypeRef::Map(old), TypeRef::Map(new))
            | (TypeRef::Nullable(old), TypeRef::Nullable(new))
            | (TypeRef::Boxed(old), TypeRef::Boxed(new)) => self.is_same(old, new),
            (TypeRef::Any, TypeRef::Any) => true,
            _ => false,
        }
    }

    /// Returns the names of the older output that the newer one has replaced.
    pub fn renames(&self) -> Renames {
        let mut renames = Renames::new();
        let mut add = |old: String, new: String| {
            if old != new {
                renames.insert(old, new);
            }
        };
        for (old, new) in self.types() {
            let (old, new) = (self.old.ty(old), self.new.ty(new));
            for (old, new) in old.names().zip(new.names()) {
                add(format!("types::{old}"), format!("types::{new}"));
            }
        }
        for (old, new) in &self.operations {
            if let (Some(old), Some(new)) =
                (self.old.operations.get(*old), self.new.operations.get(*new))
            {
                operation_names(old, new)
                    .into_iter()
                    .for_each(|(old, new)| add(old, new));
            }
        }
        renames
    }
}

/// Returns the ids of all types.
pub fn ids_of(api: &Api) -> impl Iterator<Item = TypeId> {
    (0..api.types.len()).map(TypeId)
}

/// Returns the names that belong to an operation, old and new.
fn operation_names(old: &Operation, new: &Operation) -> Vec<(String, String)> {
    let method = |name: &str| format!("Client::{name}");
    let marker = |name: &str| format!("operation::{}", type_of_operation(name));
    let mut names = vec![
        (method(&old.name.rust), method(&new.name.rust)),
        (marker(&old.name.rust), marker(&new.name.rust)),
        (old.call.clone(), new.call.clone()),
    ];
    if let (Some(old), Some(new)) = (&old.stream, &new.stream) {
        names.push((method(&old.rust), method(&new.rust)));
        names.push((old.call.clone(), new.call.clone()));
    }
    if let (Some(before), Some(after)) = (&old.batch, &new.batch) {
        names.push((
            format!("bulk::{}", before.name),
            format!("bulk::{}", after.name),
        ));
        for suffix in ["_all", "_all_from"] {
            let all = |operation: &Operation| method(&format!("{}{suffix}", operation.name.rust));
            names.push((all(old), all(new)));
        }
    }
    if let (Success::Several { name: old, .. }, Success::Several { name: new, .. }) =
        (&old.success, &new.success)
    {
        names.push((old.clone(), new.clone()));
    }
    if let (Failure::Several { name: old, .. }, Failure::Several { name: new, .. }) =
        (&old.failure, &new.failure)
    {
        names.push((old.clone(), new.clone()));
    }
    if let (Some(old), Some(new)) = (&old.body, &new.body) {
        names.extend(content_names(&old.content, &new.content));
    }
    names
}

fn content_names(old: &Content, new: &Content) -> Vec<(String, String)> {
    match (old, new) {
        (Content::Multipart { name: old, .. }, Content::Multipart { name: new, .. }) => {
            vec![(old.clone(), new.clone())]
        }
        (
            Content::Choice {
                name: old,
                variants: before,
            },
            Content::Choice {
                name: new,
                variants: after,
            },
        ) => {
            let mut names = vec![(old.clone(), new.clone())];
            for (name, content) in before {
                let other = after.iter().find(|(other, _)| other.wire == name.wire);
                names.extend(
                    other
                        .into_iter()
                        .flat_map(|(_, other)| content_names(content, other)),
                );
            }
            names
        }
        _ => Vec::new(),
    }
}

/// Returns a path without the names of its parameters: `/pets/{}`.
pub fn template(path: &str) -> String {
    let mut text = String::new();
    let mut is_inside = false;
    for letter in path.chars() {
        match letter {
            '{' => {
                is_inside = true;
                text.push(letter);
            }
            '}' => is_inside = false,
            _ if is_inside => {}
            _ => text.push(letter),
        }
    }
    text
}

fn operations(old: &Api, new: &Api) -> Vec<(usize, usize)> {
    let keys: [fn(&Operation) -> String; 3] = [
        |one| format!("{} {}", one.method.0, one.path),
        |one| format!("{} {}", one.method.0, template(&one.path)),
        |one| one.name.rust.clone(),
    ];
    let (mut newer, mut taken) = (BTreeMap::new(), vec![false; new.operations.len()]);
    for key in keys {
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        for (position, operation) in new.operations.iter().enumerate() {
            if taken.get(position) == Some(&false) {
                index.entry(key(operation)).or_insert(position);
            }
        }
        for (position, operation) in old.operations.iter().enumerate() {
            if !newer.contains_key(&position)
                && let Some(found) = index.remove(&key(operation))
            {
                newer.insert(position, found);
                if let Some(taken) = taken.get_mut(found) {
                    *taken = true;
                }
            }
        }
    }
    newer.into_iter().collect()
}

/// Returns the named types in two types of the same form.
fn named(old: &TypeRef, new: &TypeRef) -> Option<(TypeId, TypeId)> {
    match (old, new) {
        (TypeRef::Named(old), TypeRef::Named(new)) => Some((*old, *new)),
        (TypeRef::Nullable(old) | TypeRef::Boxed(old), _) => named(old, new),
        (_, TypeRef::Nullable(new) | TypeRef::Boxed(new)) => named(old, new),
        (TypeRef::List(old), TypeRef::List(new)) | (TypeRef::Map(old), TypeRef::Map(new)) => {
            named(old, new)
        }
        _ => None,
    }
}

fn uses_of_type(old: &TypeBody, new: &TypeBody) -> Vec<(TypeRef, TypeRef)> {
    let both = |old: &TypeRef, new: &TypeRef| (old.clone(), new.clone());
    match (old, new) {
        (TypeBody::Struct(old), TypeBody::Struct(new)) => {
            let members = old.members.iter().filter_map(|member| {
                let other = new
                    .members
                    .iter()
                    .find(|other| other.name.wire == member.name.wire)?;
                Some(both(&member.ty, &other.ty))
            });
            members
                .chain(
                    old.rest
                        .iter()
                        .zip(&new.rest)
                        .map(|(old, new)| both(old, new)),
                )
                .collect()
        }
        (TypeBody::Union(old), TypeBody::Union(new)) => {
            let branches = old.branches.iter().filter_map(|branch| {
                let other = new
                    .branches
                    .iter()
                    .find(|other| other.name.wire == branch.name.wire)?;
                Some(both(&branch.ty, &other.ty))
            });
            branches.collect()
        }
        (old, new) => old
            .parts()
            .zip(new.parts())
            .map(|(old, new)| both(old, new))
            .collect(),
    }
}

fn uses_of_operation(old: &Operation, new: &Operation) -> Vec<(TypeRef, TypeRef)> {
    let mut uses = Vec::new();
    for parameter in &old.parameters {
        let same = new
            .parameters
            .iter()
            .find(|one| one.name.wire == parameter.name.wire && one.place == parameter.place);
        uses.extend(same.map(|same| (parameter.ty.clone(), same.ty.clone())));
    }
    if let (Some(old), Some(new)) = (&old.body, &new.body) {
        let types = old.content.types().into_iter().zip(new.content.types());
        uses.extend(types.map(|(old, new)| (old.clone(), new.clone())));
    }
    let (before, after) = (replies(old), replies(new));
    for (status, returned) in &before {
        let same = after.iter().find(|(other, _)| other == status);
        if let Some((old, new)) = same.and_then(|(_, same)| Some((returned.ty()?, same.ty()?))) {
            uses.push((old.clone(), new.clone()));
        }
    }
    uses
}

/// Returns the replies of an operation by status; `success` and `error` where all statuses have one type.
fn replies(operation: &Operation) -> Vec<(&str, &Returned)> {
    let mut all = Vec::new();
    match &operation.success {
        Success::One(returned) => all.push(("success", returned)),
        Success::Several { variants, .. } => {
            all.extend(
                variants
                    .iter()
                    .map(|one| (one.name.wire.as_str(), &one.returned)),
            );
        }
    }
    match &operation.failure {
        Failure::Undeclared => {}
        Failure::One { returned, .. } => all.push(("error", returned)),
        Failure::Several { variants, .. } => {
            all.extend(
                variants
                    .iter()
                    .map(|one| (one.name.wire.as_str(), &one.returned)),
            );
        }
    }
    all
}
