//! The kinds of scopes: how a name is spelled in each, and what its items are called in messages.

use crate::name::{type_name, type_of_operation};

/// The items that the names of a scope belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScopeKind {
    /// Types, one for each schema that needs one.
    Type,
    /// Types of a single operation: its parameters, its body, its responses.
    OperationType,
    /// Fields of a struct, one for each member of an object.
    Field,
    /// Fields of a multipart body, one for each part and each header of a part.
    PartField,
    /// Variants of an enum of values.
    ValueVariant,
    /// Variants of an enum of types, one for each branch of a `oneOf` or `anyOf`.
    BranchVariant,
    /// Variants of a request body, one for each media type.
    BodyVariant,
    /// Arguments of a method, and fields of the struct of its optional parameters.
    Parameter,
    /// Methods of the client.
    Method,
    /// Constants of response headers.
    HeaderConstant,
    /// Methods of a response enum that return a member without a `match`.
    Accessor,
    /// Methods of a builder that set a credential.
    Credential,
    /// Methods of a struct that set a member to `null`.
    NullSetter,
}

/// The words for a scope in messages.
pub(super) struct Words {
    /// `field`
    pub noun: &'static str,
    /// `member of this object`
    pub item: &'static str,
    /// `members of this object`
    pub items: &'static str,
    /// `member`
    pub this: &'static str,
}

impl ScopeKind {
    pub(super) fn words(self) -> Words {
        let (noun, item, items, this) = match self {
            ScopeKind::Type => ("type", "schema", "schemas", "schema"),
            ScopeKind::OperationType => ("type", "operation", "operations", "operation"),
            ScopeKind::Field => (
                "field",
                "member of this object",
                "members of this object",
                "member",
            ),
            ScopeKind::PartField => (
                "field",
                "part or header of this body",
                "parts or headers of this body",
                "part",
            ),
            ScopeKind::ValueVariant => ("variant", "value", "values", "value"),
            ScopeKind::BranchVariant => ("variant", "branch", "branches", "branch"),
            ScopeKind::BodyVariant => ("variant", "media type", "media types", "media type"),
            ScopeKind::Parameter => ("parameter", "parameter", "parameters", "parameter"),
            ScopeKind::Method => ("method", "operation", "operations", "operation"),
            ScopeKind::HeaderConstant => ("constant", "header", "headers", "header"),
            ScopeKind::Accessor | ScopeKind::NullSetter => {
                ("method", "member", "members", "member")
            }
            ScopeKind::Credential => (
                "method",
                "security scheme",
                "security schemes",
                "security scheme",
            ),
        };
        Words {
            noun,
            item,
            items,
            this,
        }
    }

    /// Returns what is appended to a name that exists without the document: the value `unknown` is `UnknownValue`.
    pub(super) fn suffix(self) -> Option<&'static str> {
        match self {
            ScopeKind::Field | ScopeKind::Accessor => Some("member"),
            // `with_name_null_value`, where a member `name_null` has `with_name_null`
            ScopeKind::NullSetter => Some("value"),
            ScopeKind::PartField => Some("part"),
            ScopeKind::ValueVariant => Some("value"),
            ScopeKind::BranchVariant => Some("branch"),
            ScopeKind::Parameter => Some("param"),
            ScopeKind::Type
            | ScopeKind::OperationType
            | ScopeKind::BodyVariant
            | ScopeKind::Method
            | ScopeKind::HeaderConstant
            | ScopeKind::Credential => None,
        }
    }

    /// Returns what makes two names of the scope one: for methods the type that stands for each, since `a_2` and `a2`
    /// would share the names of what is made for them alone.
    pub(super) fn key(self, name: &str) -> String {
        match self {
            ScopeKind::Method => type_of_operation(name),
            _ => name.to_owned(),
        }
    }

    /// Appends a suffix in the spelling of the scope: `Pet2`, `PetLower`, `limit_2`, `type_query` (of `type_`),
    /// `X_LIMIT_2`.
    pub fn with_suffix(self, name: &str, suffix: &str) -> String {
        // the underscore of `type_` is not needed before a suffix, and rustc warns about two
        let stem = name.trim_end_matches('_');
        match self {
            ScopeKind::Type
            | ScopeKind::OperationType
            | ScopeKind::ValueVariant
            | ScopeKind::BranchVariant
            | ScopeKind::BodyVariant => {
                if suffix.starts_with(|first: char| first.is_ascii_digit()) {
                    format!("{name}{suffix}")
                } else {
                    format!("{stem}{}", type_name(suffix))
                }
            }
            ScopeKind::HeaderConstant => format!("{stem}_{}", suffix.to_ascii_uppercase()),
            ScopeKind::Field
            | ScopeKind::PartField
            | ScopeKind::Parameter
            | ScopeKind::Method
            | ScopeKind::Accessor
            | ScopeKind::Credential
            | ScopeKind::NullSetter => format!("{stem}_{suffix}"),
        }
    }
}
