//! What the document says to people about an item. Facts are data here; `emit` turns them into English.

use super::JsonKind;

/// Text of the document for people; becomes rustdoc.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Docs {
    /// The short form: a `summary` or `title`.
    pub summary: Option<String>,
    /// The long form, CommonMark.
    pub description: Option<String>,
    /// Facts that the types do not enforce.
    pub notes: Vec<Note>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
}

/// A fact that the types do not enforce, such as `maxItems: 100`.
///
/// Numbers of any size are texts, as the document spells them: `0.10`, `1e300`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// `minLength`, in characters.
    MinLength(u64),
    /// `maxLength`, in characters.
    MaxLength(u64),
    /// The regular expression of `pattern`.
    Pattern(String),
    /// `minimum` or `exclusiveMinimum`.
    Minimum {
        /// The number.
        value: String,
        /// Whether the number itself is excluded.
        exclusive: bool,
    },
    /// `maximum` or `exclusiveMaximum`.
    Maximum {
        /// The number.
        value: String,
        /// Whether the number itself is excluded.
        exclusive: bool,
    },
    /// `multipleOf`.
    MultipleOf(String),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `minContains`: how many items at least are valid against `contains`.
    MinContains(u64),
    /// `maxContains`: how many items at most are valid against `contains`.
    MaxContains(u64),
    /// `uniqueItems: true`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `default`, as JSON: what the server assumes for an absent value.
    Default(String),
    /// `readOnly: true`.
    ReadOnly,
    /// `writeOnly: true`.
    WriteOnly,
    /// The `contentType` of a part's `encoding` where it is not a single media type: `image/png, image/jpeg`,
    /// `image/*`.
    MediaTypes(String),
    /// A name in `required` that has no schema in `properties`.
    Undeclared,
    /// A fact about a part of the value that has no type, and so no documentation, of its own.
    Part(NotePart, Box<Note>),
}

/// The part of a value or of an operation that a [`Note`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotePart {
    /// The items of an array.
    EachItem,
    /// The values of a map: `additionalProperties`, `patternProperties`.
    EachValue,
    /// The values of this kind, where a `oneOf` or `anyOf` takes several kinds.
    Kind(JsonKind),
    /// The request body.
    RequestBody,
    /// The response body.
    ResponseBody,
}
