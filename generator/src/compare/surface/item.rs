//! A public item of generated code.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::change::Level;

/// What kind of item it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ItemKind {
    /// A struct, an enum, or another name for a type.
    Type,
    /// A public field.
    Field,
    /// A variant of an enum.
    Variant,
    /// A method or an associated function.
    Method,
    /// A constant.
    Constant,
    /// An implementation of a trait.
    Impl,
    /// A name that a module exports.
    Export,
}

/// Which item: its owner, its kind and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Key {
    /// The type that has it, or its module: `types::Pet`, `Client`, `headers`.
    pub owner: String,
    /// The kind.
    pub kind: ItemKind,
    /// Its name; that of the trait for an implementation; empty for a type itself.
    pub name: String,
}

impl Key {
    /// Creates the key of an item.
    pub(super) fn new(owner: impl Into<String>, kind: ItemKind, name: impl Into<String>) -> Self {
        Key {
            owner: owner.into(),
            kind,
            name: name.into(),
        }
    }

    /// Returns the key of the type that has the item.
    pub(super) fn owner_key(&self) -> Key {
        Key::new(self.owner.as_str(), ItemKind::Type, "")
    }

    /// Returns the item as people write it: `Pet::name`.
    pub fn shown(&self) -> String {
        let owner = self.owner.strip_prefix("types::").unwrap_or(&self.owner);
        match self.kind {
            ItemKind::Type => owner.to_owned(),
            ItemKind::Impl => format!("impl {} for {owner}", self.name),
            _ => format!("{owner}::{}", self.name),
        }
    }
}

/// A public item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The kind.
    pub kind: ItemKind,
    /// Its declaration in a form that is the same whenever it means the same to users.
    pub declaration: String,
    /// The types of a method's arguments and what else its declaration says; empty for other items.
    pub arguments: (Vec<String>, String),
    /// Whether users can list all of it: an enum or struct that is not `#[non_exhaustive]`.
    pub is_exhaustive: bool,
    /// Whether it is deprecated.
    pub is_deprecated: bool,
}

impl Item {
    /// Returns what it means that an item is gone.
    pub(super) fn level_if_gone(&self) -> Level {
        Level::Major
    }

    /// Returns what it means that an item is new, by its owner in the newer output.
    pub(super) fn level_if_new(&self, owner: Option<&Item>, owner_was_there: bool) -> Level {
        let is_listed = matches!(self.kind, ItemKind::Field | ItemKind::Variant);
        match owner {
            // a match or a literal lists all of them
            Some(owner) if is_listed && owner.is_exhaustive && owner_was_there => Level::Major,
            _ => Level::Minor,
        }
    }
}

/// Names of the older output with the names that they have in the newer one.
///
/// `types::Pet` is `types::Animal`, `Client::get_pet` is `Client::fetch_pet`, `GetPetCall` is `FetchPetCall`.
pub type Renames = BTreeMap<String, String>;

/// A public item that only one output has, or that is another one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// Which item, by the names of the newer output.
    pub key: Key,
    /// How it was declared, without names of arguments: `fn(&self, impl Into<String>) -> Self`.
    pub was: Option<String>,
    /// How it is declared.
    pub is: Option<String>,
    /// What this means to code.
    pub level: Level,
    /// Named types in the older or newer declaration that the other one does not name.
    pub named: BTreeSet<String>,
}

/// Returns a file without its first line, which names the inputs.
pub(super) fn body(text: &str) -> &str {
    match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("// @generated") => rest,
        _ => text,
    }
}
