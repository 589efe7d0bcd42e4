//! Cargo features by tag: what a crate compiles, by what its user chooses.

use std::collections::{BTreeMap, BTreeSet};

use super::{Header, Operation, TypeDef};

/// The features of a client whose operations are compiled by tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Features {
    /// All features, by name.
    pub list: Vec<Feature>,
    /// Which of them are default features.
    pub default: DefaultFeatures,
    /// When the modules of types are compiled, by module.
    pub(crate) types: BTreeMap<String, Gate>,
    /// When the constants of headers are compiled, by their Rust names: those whose types are not always there.
    pub(crate) headers: BTreeMap<String, Gate>,
}

/// A feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Its name: `pull-requests`.
    pub name: String,
    /// What it is for.
    pub part: FeaturePart,
}

/// The part of a client that a feature is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeaturePart {
    /// The operations of a module of `client/`, and the types they reach.
    Tag {
        /// The module.
        module: String,
        /// The tags, of which several can share a module; empty for operations without a tag.
        tags: Vec<String>,
    },
    /// The types that no operation reaches.
    UnusedTypes,
}

/// Which features by tag are default features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefaultFeatures {
    /// All of them.
    All,
    /// None of them.
    None,
}

/// When an item is compiled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// Always.
    Always,
    /// With one of these features.
    AnyOf(BTreeSet<String>),
}

impl Gate {
    /// Returns when one of two items is compiled.
    pub(crate) fn or(self, other: Gate) -> Gate {
        match (self, other) {
            (Gate::AnyOf(mut one), Gate::AnyOf(other)) => {
                one.extend(other);
                Gate::AnyOf(one)
            }
            _ => Gate::Always,
        }
    }

    /// Returns whether an item of this gate is there wherever one of the other is.
    pub fn includes(&self, other: &Gate) -> bool {
        match (self, other) {
            (Gate::Always, _) => true,
            (Gate::AnyOf(_), Gate::Always) => false,
            (Gate::AnyOf(own), Gate::AnyOf(other)) => own.is_superset(other),
        }
    }
}

impl Features {
    /// Returns whether there is a feature of this name.
    pub fn has(&self, name: &str) -> bool {
        self.list.iter().any(|feature| feature.name == name)
    }

    /// Returns when the operations of a module of `client/` are compiled.
    pub(crate) fn of_tag(&self, module: &str) -> Gate {
        let mut features = self.list.iter();
        let own = features
            .find(|one| matches!(&one.part, FeaturePart::Tag { module: own, .. } if own == module));
        match own {
            Some(own) => Gate::AnyOf(BTreeSet::from([own.name.clone()])),
            None => Gate::Always,
        }
    }

    /// Returns when an operation is compiled.
    pub fn of_operation(&self, operation: &Operation) -> Gate {
        self.of_tag(&operation.tag.rust)
    }

    /// Returns when a type is compiled.
    pub fn of_type(&self, def: &TypeDef) -> Gate {
        self.of_types(&def.module)
    }

    /// Returns when a module of types is compiled.
    pub(crate) fn of_types(&self, module: &str) -> Gate {
        self.types.get(module).cloned().unwrap_or(Gate::Always)
    }

    /// Returns when the constant of a header is compiled.
    pub fn of_header(&self, header: &Header) -> Gate {
        let gate = self.headers.get(&header.name.rust);
        gate.cloned().unwrap_or(Gate::Always)
    }
}
