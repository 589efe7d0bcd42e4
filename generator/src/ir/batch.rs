//! Operations that take many inputs with one call.

use super::{Presence, TypeRef};

/// How an operation takes many inputs with one call, and where its response has the outcome of each.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// The name of its type, such as `UpsertProductsBatch`.
    pub name: String,
    /// The field of the body that lists the inputs.
    pub items: Field,
    /// How many inputs a call takes.
    pub at_most: usize,
    /// The type of an input.
    pub input: TypeRef,
    /// The field of an input that comes back with its result or error; a string.
    pub correlation: Field,
    /// The fields of an input that identify its item; strings.
    pub identity: Vec<Field>,
    /// Whether ids that differ only in case identify the same item.
    pub ignores_case: bool,
    /// Where each success has its lists, in the order of the variants; one for an operation with one success.
    pub replies: Vec<BatchReply>,
    /// The type of a result.
    pub record: TypeRef,
    /// The path from a result to the correlation value of its input.
    pub record_correlation: MemberPath,
    /// The field of a result that says whether the item was created; a boolean.
    pub is_new: Option<Field>,
    /// The type of an error, when a success can have some.
    pub problem: Option<TypeRef>,
    /// The path from an error to the correlation values of its inputs.
    pub problem_correlation: Option<MemberPath>,
    /// The path from an error to its message.
    pub message: Option<MemberPath>,
    /// The path from an error to a string, and the strings of transient errors.
    pub passing: Option<(MemberPath, Vec<String>)>,
}

/// The lists of one success.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchReply {
    /// The list of results.
    pub results: Option<Field>,
    /// The list of errors.
    pub errors: Option<Field>,
}

/// A field of a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub rust: String,
    /// Whether its value can be missing.
    pub presence: Presence,
}

/// The path from a value to a string in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberPath {
    /// The steps, in order.
    pub steps: Vec<PathStep>,
    /// The type at its end.
    pub leaf: Leaf,
}

/// A step of a [`MemberPath`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathStep {
    /// To a field of a struct.
    Field(Field),
    /// To an entry of a map.
    Key(String),
}

/// The type at the end of a [`MemberPath`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// A string.
    Text,
    /// A string with listed values, which is an enum in Rust.
    Listed,
    /// An array of strings.
    Texts,
}
