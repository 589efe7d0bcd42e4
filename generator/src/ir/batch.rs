//! Operations that take many inputs with one call.

use super::{Presence, TypeRef};

/// How an operation takes many inputs with one call, and how its success says what became of each.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// The name of the type that stands for it, such as `UpsertProductsBatch`.
    pub name: String,
    /// The field of the body that lists the inputs.
    pub items: Field,
    /// How many inputs a call takes.
    pub at_most: usize,
    /// The type of an input.
    pub input: TypeRef,
    /// The field of an input that comes back with its result or error; a text.
    pub correlation: Field,
    /// The fields of an input that say which item it means; texts.
    pub identity: Vec<Field>,
    /// Whether ids mean the same that differ in upper and lower case.
    pub ignores_case: bool,
    /// Where each success has its lists, in the order of the variants; one for an operation with one success.
    pub replies: Vec<BatchReply>,
    /// The type of a result.
    pub record: TypeRef,
    /// From a result to the correlation value of its input.
    pub record_correlation: MemberPath,
    /// The field of a result that says whether the item was created; a boolean.
    pub is_new: Option<Field>,
    /// The type of an error, when a success can have some.
    pub problem: Option<TypeRef>,
    /// From an error to the correlation values of its inputs.
    pub problem_correlation: Option<MemberPath>,
    /// From an error to what is wrong.
    pub message: Option<MemberPath>,
    /// From an error to a text, and the texts of errors that pass.
    pub passing: Option<(MemberPath, Vec<String>)>,
}

/// The lists of one success.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchReply {
    /// What was written.
    pub results: Option<Field>,
    /// What was not.
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

/// The way from a value to a text in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberPath {
    /// PathStep by step.
    pub steps: Vec<PathStep>,
    /// What is there.
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

/// What a [`MemberPath`] leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// One text.
    Text,
    /// One text of a list, which is an enum in Rust.
    Listed,
    /// A list of texts.
    Texts,
}
