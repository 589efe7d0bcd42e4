//! Which types of several documents are one: the coarsest partition in which equal types have one name, look the same,
//! and contain only types that are equal in turn.
//!
//! It starts with types that look the same where the names in them count, and divides a class whose members contain
//! types of different classes, until no class has to be divided. A type that contains itself needs no special case.
//! Of a class that is divided the largest part keeps its number, so that each type moves a few times only.

use std::collections::{BTreeMap, HashMap};

use super::strip::signature;
use crate::ir::{Api, TypeId};

/// A type of one of the documents: the index of the document, and of the type in it.
pub(super) type Member = (usize, usize);

/// The classes of equal types.
pub(super) struct Classes {
    /// The class of each type of each document.
    class: Vec<Vec<usize>>,
    /// The members of each class, sorted. No document has two types in one class, since their names differ.
    members: Vec<Vec<Member>>,
}

impl Classes {
    /// Finds the classes.
    pub fn of(apis: &[&Api]) -> Self {
        let mut named: Vec<Vec<Vec<TypeId>>> = Vec::with_capacity(apis.len());
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut classes = Classes {
            class: Vec::with_capacity(apis.len()),
            members: Vec::new(),
        };
        for (document, api) in apis.iter().enumerate() {
            let mut own = Vec::with_capacity(api.types.len());
            let mut names = Vec::with_capacity(api.types.len());
            for (index, def) in api.types.iter().enumerate() {
                let (text, ids) = signature(def);
                let count = classes.members.len();
                let number = *numbers.entry(text).or_insert(count);
                if number == count {
                    classes.members.push(Vec::new());
                }
                if let Some(members) = classes.members.get_mut(number) {
                    members.push((document, index));
                }
                own.push(number);
                names.push(ids);
            }
            classes.class.push(own);
            named.push(names);
        }
        drop(numbers);
        classes.refine(&named);
        classes
    }

    /// Divides classes until all members of each contain types of the same classes.
    fn refine(&mut self, named: &[Vec<Vec<TypeId>>]) {
        let users = users(named);
        let mut queue: Vec<usize> = (0..self.members.len()).rev().collect();
        let mut is_queued = vec![true; self.members.len()];
        while let Some(number) = queue.pop() {
            if let Some(flag) = is_queued.get_mut(number) {
                *flag = false;
            }
            for moved in self.divide(number, named) {
                is_queued.resize(self.members.len(), false);
                let (document, index) = moved;
                let of_type = users.get(document).and_then(|users| users.get(index));
                for user in of_type.into_iter().flatten() {
                    let class = self.class_of((document, *user));
                    if let Some(flag) = is_queued.get_mut(class).filter(|flag| !**flag) {
                        *flag = true;
                        queue.push(class);
                    }
                }
            }
        }
    }

    /// Divides one class by the classes of what its members contain, and returns the members that got another number.
    fn divide(&mut self, number: usize, named: &[Vec<Vec<TypeId>>]) -> Vec<Member> {
        let Some(members) = self.members.get(number).filter(|all| all.len() > 1) else {
            return Vec::new();
        };
        let mut parts: BTreeMap<Vec<usize>, Vec<Member>> = BTreeMap::new();
        for (document, index) in members {
            let ids = named.get(*document).and_then(|all| all.get(*index));
            let contained = ids.into_iter().flatten();
            let contained = contained.map(|id| self.class_of((*document, id.0)));
            parts
                .entry(contained.collect())
                .or_default()
                .push((*document, *index));
        }
        if parts.len() == 1 {
            return Vec::new();
        }
        let mut parts: Vec<Vec<Member>> = parts.into_values().collect();
        parts.sort_by(larger_first);
        let mut parts = parts.into_iter();
        if let (Some(kept), Some(place)) = (parts.next(), self.members.get_mut(number)) {
            *place = kept;
        }
        let mut moved = Vec::new();
        for part in parts {
            let new = self.members.len();
            for (document, index) in &part {
                let class = self.class.get_mut(*document);
                if let Some(class) = class.and_then(|all| all.get_mut(*index)) {
                    *class = new;
                }
            }
            moved.extend(part.iter().copied());
            self.members.push(part);
        }
        moved
    }

    /// Returns the class of a type.
    pub fn class_of(&self, (document, index): Member) -> usize {
        let class = self.class.get(document).and_then(|all| all.get(index));
        // every type has a class
        class.copied().unwrap_or(usize::MAX)
    }

    /// Returns all classes with their numbers.
    pub fn all(&self) -> impl Iterator<Item = (usize, &[Member])> {
        self.members.iter().map(Vec::as_slice).enumerate()
    }
}

/// Orders classes of one name: the largest first, then by the first document.
pub(super) fn larger_first(one: &Vec<Member>, other: &Vec<Member>) -> std::cmp::Ordering {
    other.len().cmp(&one.len()).then_with(|| one.cmp(other))
}

/// Returns the types that contain each type, by document.
fn users(named: &[Vec<Vec<TypeId>>]) -> Vec<Vec<Vec<usize>>> {
    let of_document = |names: &Vec<Vec<TypeId>>| {
        let mut users = vec![Vec::new(); names.len()];
        for (user, ids) in names.iter().enumerate() {
            for id in ids {
                if let Some(users) = users.get_mut(id.0) {
                    users.push(user);
                }
            }
        }
        users
    };
    named.iter().map(of_document).collect()
}
