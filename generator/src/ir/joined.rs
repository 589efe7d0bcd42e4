//! Several documents in one crate: a module for each, and one for the types that several of them have.

use std::collections::BTreeSet;

use super::{Api, TypeId};

/// The clients of several documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    /// The clients, sorted by module.
    pub parts: Vec<Part>,
    /// The types that several documents have, as a client without operations.
    pub common: Api,
    /// How each of them was joined, by the index of the type in `common`.
    pub types: Vec<JoinedType>,
    /// The types of one name that differ, sorted by name.
    pub apart: Vec<Apart>,
}

/// The client of one of several documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The name in `codegen.yaml`, which is that of the module and of the method that returns its client.
    pub name: String,
    /// Its types and operations, those in `common` included.
    pub api: Api,
    /// For each of its security schemes, the index of the same scheme in the schemes of the crate.
    pub schemes: Vec<usize>,
    /// The method of the builder that sets its base URL.
    pub base_url_setter: String,
}

/// The module of an [`Api`] that is not the whole crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Its name: `products`.
    pub module: String,
    /// The types that are defined in `common`.
    pub shared: BTreeSet<TypeId>,
    /// Their names there and here, sorted; they differ where documents give one name to different types.
    pub imports: Vec<(String, String)>,
}

/// A type of `common`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinedType {
    /// The name that the documents give it.
    pub name: String,
    /// The modules that have it, sorted.
    pub modules: Vec<String>,
    /// The module whose texts document it: the first, or the first whose requests contain it.
    pub described_by: String,
    /// Those with other texts about it.
    pub other_texts: Vec<String>,
}

/// Types of one name that are not one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// The name.
    pub name: String,
    /// The modules, those with the same type together; the largest group first.
    pub groups: Vec<Vec<String>>,
    /// How the second group differs from the first.
    pub difference: Unlike,
}

/// The first difference of two types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unlike {
    /// One is an object, the other a string, or such.
    Kind,
    /// A member that only one has, or that differs: its name on the wire.
    Member(String),
    /// A listed value that only one has.
    Value(String),
    /// A branch of a union that differs.
    Branch(String),
    /// A type that both contain is not the same, by its name.
    Contains(String),
    /// Something else: a name, a constraint, a deprecation.
    Detail,
}

/// Says how they differ: ``member `x` differs``.
impl std::fmt::Display for Unlike {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unlike::Kind => f.write_str("one is of another kind"),
            Unlike::Member(name) => write!(f, "member `{name}` differs"),
            Unlike::Value(name) => write!(f, "only one has the value `{name}`"),
            Unlike::Branch(name) => write!(f, "only one has the branch `{name}`"),
            Unlike::Contains(name) => write!(f, "`{name}`, which it contains, differs"),
            Unlike::Detail => f.write_str("a constraint, a name or a deprecation differs"),
        }
    }
}
