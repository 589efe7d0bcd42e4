//! The complexity of types, counted as `clippy::type_complexity` does, and aliases for the inner parts of those above
//! its threshold.
//!
//! Clippy counts 10 for a name alone, 20 for one inside of another type, 30 one level deeper: `Vec<Pet>` is
//! 10 + 20.

use std::cell::RefCell;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::names::{doc, ident};
use crate::ir::{Scalar, TypeRef};
use crate::name::{Scope, ScopeKind};

/// Clippy's threshold.
const ALLOWED: u64 = 250;

/// The most that the arguments of `Call<Success, Failure>` may count together.
const CALL_ARGUMENTS: u64 = ALLOWED - name_at(1);

/// Where a type is written: how many types enclose it, and the most that it may count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    around: u64,
    allowed: u64,
}

impl Place {
    /// A field, a variant or an argument: at most one type encloses it, as in `Option<T>`.
    pub const FIELD: Place = Place {
        around: 1,
        allowed: ALLOWED - name_at(1),
    };

    /// The constant of a header: `Header<Option<T>>`.
    pub const HEADER: Place = Place {
        around: 2,
        allowed: ALLOWED - name_at(1) - name_at(2),
    };

    /// The failure of a `Call`.
    pub const FAILURE: Place = Place {
        around: 1,
        allowed: CALL_ARGUMENTS / 2,
    };

    /// Returns the place of a call's success beside its failure.
    pub fn success(failure: Option<&TypeRef>) -> Place {
        let taken = match failure {
            Some(ty) => count(ty, 2).min(Self::FAILURE.allowed),
            None => name_at(2),
        };
        Place {
            around: 1,
            allowed: CALL_ARGUMENTS - taken,
        }
    }

    /// Returns the same place inside of one more type, such as `Events<T>`.
    pub fn wrapped(self) -> Place {
        let depth = self.around + 1;
        Place {
            around: depth,
            allowed: self.allowed - name_at(depth),
        }
    }

    /// Returns whether a type can be written here without an alias.
    pub fn takes(self, ty: &TypeRef) -> bool {
        count(ty, self.around + 1) <= self.allowed
    }
}

/// Returns what a name counts at a depth.
const fn name_at(depth: u64) -> u64 {
    10 * depth
}

/// Returns what a type counts at a depth.
fn count(ty: &TypeRef, depth: u64) -> u64 {
    name_at(depth)
        + match ty {
            TypeRef::List(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                count(inner, depth + 1)
            }
            TypeRef::Map(inner) => name_at(depth + 1) + count(inner, depth + 1),
            // `chrono::DateTime<chrono::Utc>`
            TypeRef::Scalar(Scalar::DateTime | Scalar::DateTimeOffset) => name_at(depth + 1),
            TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::Any => 0,
        }
}

/// The aliases of a file for inner parts of its types: `type Nested = Vec<Vec<Vec<Pet>>>;`
///
/// They are private; rustdoc shows the aliased types.
#[derive(Debug)]
pub(super) struct Aliases {
    scope: RefCell<Scope>,
    all: RefCell<Vec<(String, Ident, TokenStream)>>,
}

impl Aliases {
    /// Creates an empty list for a file in which some names are taken.
    pub fn new<'n>(taken: impl IntoIterator<Item = &'n str>) -> Self {
        let scope = Scope::new(ScopeKind::Type).reserve(taken, "an item of the file");
        Aliases {
            scope: RefCell::new(scope),
            all: RefCell::default(),
        }
    }

    /// Returns the alias of a type; equal types share one.
    pub fn name(&self, ty: TokenStream) -> Ident {
        let (mut all, text) = (self.all.borrow_mut(), ty.to_string());
        if let Some((_, name, _)) = all.iter().find(|(known, ..)| *known == text) {
            return name.clone();
        }
        let name = ident(&self.scope.borrow_mut().invent("Nested"));
        all.push((text, name.clone(), ty));
        name
    }

    /// Returns the definitions with their names, in the order of their first use.
    pub fn definitions(&self) -> Vec<(String, TokenStream)> {
        let docs = doc(&["The inner part of a deeply nested type of this file.".to_owned()]);
        let all = self.all.borrow();
        let definitions = all
            .iter()
            .map(|(_, name, ty)| (name.to_string(), quote!(#docs type #name = #ty;)));
        definitions.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::TypeId;

    fn lists(depth: usize, inner: TypeRef) -> TypeRef {
        (0..depth).fold(inner, |inner, _| TypeRef::List(Box::new(inner)))
    }

    fn maps(depth: usize, inner: TypeRef) -> TypeRef {
        (0..depth).fold(inner, |inner, _| TypeRef::Map(Box::new(inner)))
    }

    /// The figures are clippy's: six lists of a type pass it, seven do not.
    #[test]
    fn types_count_as_in_clippy() {
        let pet = TypeRef::Named(TypeId(0));
        let time = TypeRef::Scalar(Scalar::DateTime);
        for (ty, expected) in [
            (pet.clone(), 10),
            (lists(1, pet.clone()), 30),
            (lists(5, pet.clone()), 210),
            (lists(6, pet.clone()), 280),
            (maps(1, pet.clone()), 50),
            (maps(3, pet.clone()), 190),
            (maps(4, pet), 290),
            (time.clone(), 30),
            (maps(2, time), 150),
        ] {
            assert_eq!(count(&ty, 1), expected, "{ty:?}");
        }
    }

    #[test]
    fn a_failure_leaves_what_it_does_not_need_to_the_success() {
        let pet = TypeRef::Named(TypeId(0));
        let deep = maps(9, pet.clone());
        assert!(Place::success(None).takes(&maps(2, pet.clone())));
        assert!(Place::success(Some(&deep)).takes(&lists(2, pet.clone())));
        assert!(!Place::success(Some(&deep)).takes(&maps(2, pet.clone())));
        assert!(!Place::FAILURE.takes(&deep));
        assert!(Place::FIELD.takes(&lists(4, pet.clone())));
        assert!(!Place::FIELD.takes(&lists(5, pet.clone())));
        assert!(Place::HEADER.takes(&lists(3, pet.clone())));
        assert!(!Place::HEADER.takes(&lists(4, pet)));
    }
}
