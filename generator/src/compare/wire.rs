//! What happens to a value that was written by one description and is read by another.
//!
//! There is one walk for both directions: in a reply the server writes and the client reads, in a request the client
//! writes and the server reads. A client is lenient, since it ignores members and preserves values that it does not
//! know; a server is taken to be strict.
//!
//! Types that are the same one in both descriptions count as understood: what differs inside them is a change of its own.

mod member;
mod reply;
mod scalar;
mod shape;

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::change::Wire;
use crate::ir::{
    Api, IntegerEnum, JsonKind, StringEnum, Struct, Tuple, TypeId, TypeRef, Union, ValueEnum,
};
pub use scalar::is_string;
use shape::{Shape, shape};

/// Which way values go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From a client to a server.
    Request,
    /// From a server to a client.
    Reply,
}

/// The way of values from a writer to a reader.
pub struct Flow<'a> {
    /// The direction.
    pub direction: Direction,
    /// The client of the writer's description.
    pub from: &'a Api,
    /// The client of the reader's description.
    pub to: &'a Api,
    /// The reader's types by those of the writer.
    pub same: &'a BTreeMap<TypeId, TypeId>,
    /// What is known about two types; they count as understood while they are being compared.
    known: RefCell<BTreeMap<(TypeId, TypeId), Wire>>,
}

impl<'a> Flow<'a> {
    /// Creates the way from one client's types to another's.
    pub fn new(
        direction: Direction,
        from: &'a Api,
        to: &'a Api,
        same: &'a BTreeMap<TypeId, TypeId>,
    ) -> Self {
        Flow {
            direction,
            from,
            to,
            same,
            known: RefCell::default(),
        }
    }

    /// Returns what a value is that the reader cannot read.
    pub fn failure(&self) -> Wire {
        match self.direction {
            Direction::Request => Wire::Refused,
            Direction::Reply => Wire::Unreadable,
        }
    }

    fn is_reply(&self) -> bool {
        self.direction == Direction::Reply
    }

    /// Returns what happens to a value of a type that arrives as another.
    pub fn ty(&self, from: &TypeRef, to: &TypeRef) -> Wire {
        match (from, to) {
            (TypeRef::Boxed(from), _) => self.ty(from, to),
            (_, TypeRef::Boxed(to)) => self.ty(from, to),
            (TypeRef::Nullable(from), TypeRef::Nullable(to)) => self.ty(from, to),
            (_, TypeRef::Nullable(to)) => self.ty(from, to),
            (TypeRef::Named(from), TypeRef::Named(to)) if self.same.get(from) == Some(to) => {
                Wire::Works
            }
            (TypeRef::Named(from), TypeRef::Named(to)) => {
                if let Some(known) = self.known.borrow().get(&(*from, *to)) {
                    return *known;
                }
                self.known.borrow_mut().insert((*from, *to), Wire::Works);
                let found = self.definitions(*from, *to);
                self.known.borrow_mut().insert((*from, *to), found);
                found
            }
            (TypeRef::Nullable(from), _) => match shape(self.to, to) {
                Shape::Any => Wire::Works,
                _ => self.failure().max(self.ty(from, to)),
            },
            _ => self.shapes(&shape(self.from, from), &shape(self.to, to)),
        }
    }

    /// Compares the definitions of two types, whether or not they are the same one.
    pub fn definitions(&self, from: TypeId, to: TypeId) -> Wire {
        let named = |id| TypeRef::Named(id);
        self.shapes(&shape(self.from, &named(from)), &shape(self.to, &named(to)))
    }

    fn shapes(&self, from: &Shape<'_>, to: &Shape<'_>) -> Wire {
        match (from, to) {
            (_, Shape::Any) => Wire::Works,
            (Shape::Any, _) => Wire::Maybe,
            (Shape::Nullable(from), Shape::Nullable(to)) => self.ty(from, to),
            (Shape::Nullable(from), _) => {
                self.failure().max(self.shapes(&shape(self.from, from), to))
            }
            (_, Shape::Nullable(to)) => self.shapes(from, &shape(self.to, to)),
            (Shape::Union(from), Shape::Union(to)) => self.unions(from, to),
            (from, Shape::Union(to)) => self.into_union(from, to),
            (Shape::Union(from), to) => self.out_of_union(from, to),
            (Shape::Scalar(from), Shape::Scalar(to)) => scalar::scalars(*from, *to, self.failure()),
            (Shape::Strings(from), Shape::Strings(to)) => self.strings(from, to),
            (Shape::Strings(_), Shape::Scalar(to)) => scalar::string_as(*to, self.failure()),
            (Shape::Scalar(from), Shape::Strings(to)) => {
                self.listed(scalar::is_string(*from), to.open)
            }
            (Shape::Integers(from), Shape::Integers(to)) => self.integers(from, to),
            (Shape::Integers(_), Shape::Scalar(to)) => scalar::integer_as(*to, self.failure()),
            (Shape::Scalar(from), Shape::Integers(to)) => {
                self.listed(scalar::is_integer(*from), to.open)
            }
            (_, Shape::Values(to)) => self.values(from, to),
            (Shape::Values(_), _) => Wire::Maybe,
            (Shape::List(from), Shape::List(to)) | (Shape::Map(from), Shape::Map(to)) => {
                self.ty(from, to)
            }
            (Shape::Tuple(from), Shape::Tuple(to)) => self.tuples(from, to),
            (Shape::Tuple(from), Shape::List(to)) => {
                let all = from
                    .items
                    .iter()
                    .chain(&from.rest)
                    .map(|item| self.ty(item, to));
                all.max().unwrap_or(Wire::Works)
            }
            (Shape::List(_), Shape::Tuple(_)) => Wire::Maybe,
            (Shape::Struct(from, _), Shape::Struct(to, _)) => self.structs(from, to),
            (Shape::Struct(from, _), Shape::Map(to)) => {
                let members = from
                    .members
                    .iter()
                    .map(|member| &member.ty)
                    .chain(&from.rest);
                members
                    .map(|ty| self.ty(ty, to))
                    .max()
                    .unwrap_or(Wire::Works)
            }
            (Shape::Map(_), Shape::Struct(..)) => Wire::Maybe,
            _ => self.failure(),
        }
    }

    /// A scalar whose values the reader lists: a client preserves those that it does not know.
    fn listed(&self, is_kind_same: bool, is_open: bool) -> Wire {
        match (is_kind_same, self.is_reply() && is_open) {
            (false, _) => self.failure(),
            (true, true) => Wire::Works,
            (true, false) => Wire::Maybe,
        }
    }

    /// Compares the values of two enums of strings.
    pub fn strings(&self, from: &StringEnum, to: &StringEnum) -> Wire {
        let is_listed = |wire: &str| to.values.iter().any(|value| value.name.wire == wire);
        let are_all = from.values.iter().all(|value| is_listed(&value.name.wire));
        self.subset(are_all, to.open)
    }

    fn integers(&self, from: &IntegerEnum, to: &IntegerEnum) -> Wire {
        let is_listed = |number: i64| to.values.iter().any(|value| value.value == number);
        self.subset(
            from.values.iter().all(|value| is_listed(value.value)),
            to.open,
        )
    }

    fn subset(&self, are_all_listed: bool, is_open: bool) -> Wire {
        if are_all_listed || self.is_reply() && is_open {
            Wire::Works
        } else {
            self.failure()
        }
    }

    fn values(&self, from: &Shape<'_>, to: &ValueEnum) -> Wire {
        let is_listed = |wire: &str| to.values.iter().any(|value| value.name.wire == wire);
        match from {
            Shape::Values(from) => {
                let are_all = from.values.iter().all(|value| is_listed(&value.name.wire));
                self.subset(are_all, to.open)
            }
            _ => self.listed(true, to.open),
        }
    }

    fn tuples(&self, from: &Tuple, to: &Tuple) -> Wire {
        let items = from
            .items
            .iter()
            .zip(&to.items)
            .map(|(from, to)| self.ty(from, to));
        let items = items.max().unwrap_or(Wire::Works);
        let is_too_long = from.items.len() > to.items.len() && to.rest.is_none();
        let is_too_short = from.required < to.required;
        if is_too_long || is_too_short {
            self.failure()
        } else {
            items
        }
    }

    fn structs(&self, from: &Struct, to: &Struct) -> Wire {
        let mut worst = Wire::Works;
        for member in &from.members {
            let other = to
                .members
                .iter()
                .find(|other| other.name.wire == member.name.wire);
            worst = worst.max(self.member(Some(member), other));
        }
        for member in &to.members {
            if !from
                .members
                .iter()
                .any(|other| other.name.wire == member.name.wire)
            {
                worst = worst.max(self.member(None, Some(member)));
            }
        }
        worst.max(self.rest(from.rest.as_ref(), to.rest.as_ref()))
    }

    /// Compares the members that no schema names.
    pub fn rest(&self, from: Option<&TypeRef>, to: Option<&TypeRef>) -> Wire {
        match (from, to, self.direction) {
            (None, _, _) => Wire::Works,
            (Some(from), Some(to), _) => self.ty(from, to),
            (Some(_), None, Direction::Reply) => Wire::Silent,
            (Some(_), None, Direction::Request) => Wire::Maybe,
        }
    }

    fn unions(&self, from: &Union, to: &Union) -> Wire {
        let is_known = |ty: &TypeRef| {
            to.branches
                .iter()
                .any(|other| self.ty(ty, &other.ty) <= Wire::Works && self.is_one(ty, &other.ty))
        };
        if from.branches.iter().all(|branch| is_known(&branch.ty)) {
            Wire::Works
        } else if self.is_reply() {
            Wire::Maybe
        } else {
            Wire::Refused
        }
    }

    /// Returns whether two types of branches are one: the same type, or one of no name that fits.
    fn is_one(&self, from: &TypeRef, to: &TypeRef) -> bool {
        match (from.id(), to.id()) {
            (Some(from), Some(to)) => {
                self.same.get(&from) == Some(&to) || !self.same.contains_key(&from)
            }
            (None, None) => true,
            _ => false,
        }
    }

    fn into_union(&self, from: &Shape<'_>, to: &Union) -> Wire {
        let branches = to
            .branches
            .iter()
            .map(|branch| match (from.id(), &branch.ty) {
                (Some(from), TypeRef::Named(to)) if self.same.get(&from) == Some(to) => Wire::Works,
                (_, ty) => self.shapes(from, &shape(self.to, ty)),
            });
        let best = branches.min().unwrap_or(Wire::Maybe);
        // a client preserves what matches no branch
        if self.is_reply() {
            best.min(Wire::Maybe)
        } else {
            best
        }
    }

    fn out_of_union(&self, from: &Union, to: &Shape<'_>) -> Wire {
        let branches = from
            .branches
            .iter()
            .map(|branch| match (branch.ty.id(), to.id()) {
                (Some(from), Some(to)) if self.same.get(&from) == Some(&to) => Wire::Works,
                _ => self.shapes(&shape(self.from, &branch.ty), to),
            });
        let (mut is_read, mut is_failed) = (false, false);
        for wire in branches {
            is_read |= wire < self.failure();
            is_failed |= wire > Wire::Works;
        }
        match (is_read, is_failed) {
            (_, false) => Wire::Works,
            (true, true) => Wire::Maybe,
            (false, true) => self.failure(),
        }
    }

    /// Returns whether `null` is a value of a type.
    pub fn takes_null(&self, to: &TypeRef) -> bool {
        match shape(self.to, to) {
            Shape::Any | Shape::Nullable(_) | Shape::Scalar(crate::ir::Scalar::Null) => true,
            Shape::Union(body) => body
                .branches
                .iter()
                .any(|branch| branch.kinds.contains(&JsonKind::Null)),
            _ => false,
        }
    }
}

impl Flow<'_> {
    /// Returns whether the reader keeps a value that it does not know: a client with an open enum.
    pub fn preserves(&self, is_open: bool) -> bool {
        self.is_reply() && is_open
    }

    /// Compares two types of objects whose members are the same ones, none more on either side.
    pub fn exactly(&self, from: &TypeRef, to: &TypeRef) -> Wire {
        match (shape(self.from, from), shape(self.to, to)) {
            (Shape::Struct(from, _), Shape::Struct(to, _)) => {
                let names = |body: &Struct| -> Vec<String> {
                    body.members
                        .iter()
                        .map(|one| one.name.wire.clone())
                        .collect()
                };
                if names(from) == names(to) {
                    self.structs(from, to)
                } else {
                    self.failure()
                }
            }
            _ => self.failure(),
        }
    }

    /// Returns what a value is that fits no branch of a union: a client preserves it.
    pub fn mismatch(&self) -> Wire {
        match self.direction {
            Direction::Request => Wire::Refused,
            Direction::Reply => Wire::Maybe,
        }
    }
}
