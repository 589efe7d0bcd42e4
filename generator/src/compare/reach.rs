//! Which operations reach a type, and where: `upsert_products (200 results[])`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::ir::{Api, Failure, Operation, Returned, Success, TypeBody, TypeId, TypeRef};

/// The uses of each type.
pub struct Reach<'a> {
    api: &'a Api,
    users: BTreeMap<TypeId, Vec<User<'a>>>,
}

/// A direct use of a type.
pub enum User<'a> {
    /// By another type: in a member, or in place of it.
    Type {
        /// That type.
        id: TypeId,
        /// The member's wire name and Rust name.
        member: Option<(&'a str, &'a str)>,
        /// What encloses it: `[]`.
        suffix: String,
    },
    /// By an operation.
    Operation {
        /// Its index.
        index: usize,
        /// Where: `200`, `body`, `query limit`.
        place: String,
        /// What encloses it.
        suffix: String,
        /// Whether it is a reply of a success.
        is_success: bool,
    },
}

impl<'a> Reach<'a> {
    /// Collects the uses in a client.
    pub fn of(api: &'a Api) -> Self {
        let mut reach = Reach {
            api,
            users: BTreeMap::new(),
        };
        for (index, def) in api.types.iter().enumerate() {
            reach.ty(TypeId(index), &def.body);
        }
        for (index, operation) in api.operations.iter().enumerate() {
            reach.operation(index, operation);
        }
        reach
    }

    fn ty(&mut self, id: TypeId, body: &'a TypeBody) {
        match body {
            TypeBody::Struct(body) => {
                for member in &body.members {
                    let names = (member.name.wire.as_str(), member.name.rust.as_str());
                    self.type_use(id, Some(names), &member.ty);
                }
                body.rest
                    .iter()
                    .for_each(|ty| self.type_use(id, Some(("*", crate::ir::REST)), ty));
                body.branches
                    .iter()
                    .for_each(|branch| self.type_use(id, None, &branch.ty));
            }
            body => body.parts().for_each(|ty| self.type_use(id, None, ty)),
        }
    }

    fn type_use(&mut self, id: TypeId, member: Option<(&'a str, &'a str)>, ty: &TypeRef) {
        if let Some(used) = ty.id() {
            let suffix = suffix(ty);
            self.users
                .entry(used)
                .or_default()
                .push(User::Type { id, member, suffix });
        }
    }

    fn operation(&mut self, index: usize, operation: &Operation) {
        for parameter in &operation.parameters {
            let place = format!("{:?} {}", parameter.place, parameter.name.wire).to_lowercase();
            self.operation_use(index, place, &parameter.ty, false);
        }
        for ty in operation.body.iter().flat_map(|body| body.content.types()) {
            self.operation_use(index, "body".to_owned(), ty, false);
        }
        let mut add = |place: &str, returned: &Returned, is_success: bool| {
            if let Some(ty) = returned.ty() {
                self.operation_use(index, place.to_owned(), ty, is_success);
            }
        };
        match &operation.success {
            Success::One(returned) => add("reply", returned, true),
            Success::Several { variants, .. } => {
                variants
                    .iter()
                    .for_each(|one| add(&one.name.wire, &one.returned, true));
            }
        }
        match &operation.failure {
            Failure::Undeclared => {}
            Failure::One { returned, .. } => add("error", returned, false),
            Failure::Several { variants, .. } => {
                variants
                    .iter()
                    .for_each(|one| add(&one.name.wire, &one.returned, false));
            }
        }
        if let Some(stream) = &operation.stream {
            add("stream", &stream.returned, true);
        }
    }

    fn operation_use(&mut self, index: usize, place: String, ty: &TypeRef, is_success: bool) {
        if let Some(used) = ty.id() {
            let suffix = suffix(ty);
            self.users.entry(used).or_default().push(User::Operation {
                index,
                place,
                suffix,
                is_success,
            });
        }
    }

    /// Returns the direct uses of a type.
    pub fn users(&self, id: TypeId) -> &[User<'a>] {
        self.users.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Returns the types that successes contain.
    pub fn read_on_success(&self) -> BTreeSet<TypeId> {
        let is_success = |user: &User<'_>| {
            matches!(
                user,
                User::Operation {
                    is_success: true,
                    ..
                }
            )
        };
        let roots = self
            .users
            .iter()
            .filter(|(_, users)| users.iter().any(is_success));
        let mut queue: Vec<TypeId> = roots.map(|(id, _)| *id).collect();
        let mut found = BTreeSet::new();
        while let Some(id) = queue.pop() {
            if found.insert(id) {
                let body = &self.api.ty(id).body;
                queue.extend(body.parts().filter_map(TypeRef::id));
            }
        }
        found
    }

    /// Returns the methods that reach a type, sorted, each with up to three places.
    pub fn methods(&self, id: TypeId) -> Vec<String> {
        /// More places say no more.
        const SHOWN: usize = 3;
        let mut places: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let (mut queue, mut seen) = (VecDeque::from([(id, String::new())]), BTreeSet::from([id]));
        while let Some((id, path)) = queue.pop_front() {
            for user in self.users(id) {
                match user {
                    User::Type { id, member, suffix } => {
                        let path = match member {
                            Some((wire, _)) => joined(&format!("{wire}{suffix}"), &path),
                            None => joined(suffix, &path),
                        };
                        if seen.insert(*id) {
                            queue.push_back((*id, path));
                        }
                    }
                    User::Operation {
                        index,
                        place,
                        suffix,
                        ..
                    } => {
                        if let Some(operation) = self.api.operations.get(*index) {
                            let path = joined(suffix, &path);
                            let place = format!("{place} {path}").trim_end().to_owned();
                            places
                                .entry(&operation.name.rust)
                                .or_default()
                                .insert(place);
                        }
                    }
                }
            }
        }
        let shown = places.into_iter().map(|(method, places)| {
            let more = if places.len() > SHOWN { ", …" } else { "" };
            let places: Vec<_> = places.into_iter().take(SHOWN).collect();
            format!("{method} ({}{more})", places.join(", "))
        });
        shown.collect()
    }
}

/// Joins a member and the path behind it.
fn joined(member: &str, path: &str) -> String {
    match path.chars().next() {
        None => member.to_owned(),
        Some(_) if member.is_empty() => path.to_owned(),
        Some('[') => format!("{member}{path}"),
        Some(_) => format!("{member}.{path}"),
    }
}

/// Returns what encloses the named type in a type: `[]` for an array or a map.
fn suffix(ty: &TypeRef) -> String {
    match ty {
        TypeRef::List(inner) | TypeRef::Map(inner) => format!("[]{}", suffix(inner)),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => suffix(inner),
        TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::Any => String::new(),
    }
}
