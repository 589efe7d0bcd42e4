//! A parsed expression as data.

use std::ops::Range;

use serde_json::Number;

/// A step from values to values below them: `.name`, `['a', 'b']`, `[?@.x]`, `..name`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Segment {
    /// Which values the selectors are applied to.
    pub(crate) scope: Scope,
    pub(crate) selectors: Vec<Selector>,
    /// Where it is in the text of the expression.
    pub(crate) text: Range<usize>,
}

/// The values that the selectors of a segment are applied to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The value itself, which gives its members and elements.
    Child,
    /// The value and everything below it.
    Descendant,
}

impl Segment {
    /// Whether it selects one value at most.
    pub(crate) fn is_singular(&self) -> bool {
        self.scope == Scope::Child
            && matches!(
                self.selectors.as_slice(),
                [Selector::Name(_) | Selector::Index(_)]
            )
    }
}

/// Which members or elements of a value are selected.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Selector {
    Name(String),
    Wildcard,
    /// An element, from the end if negative.
    Index(i64),
    Slice {
        start: Option<i64>,
        end: Option<i64>,
        step: i64,
    },
    Filter(Logical),
}

/// A condition on a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Logical {
    Or(Vec<Logical>),
    And(Vec<Logical>),
    Not(Box<Logical>),
    /// The query selects something.
    Exists(Query),
    Compare(Box<Comparable>, Comparison, Box<Comparable>),
    /// `match` or `search`.
    Call(Call),
}

/// An expression in a filter that selects values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Query {
    pub(crate) from: From,
    pub(crate) segments: Vec<Segment>,
}

/// Where a query in a filter starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// `$`, the whole document.
    Root,
    /// `@`, the value that the filter looks at.
    Current,
}

/// A side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Comparable {
    Literal(Literal),
    /// A query that selects one value at most.
    Query(Query),
    /// `length`, `count` or `value`.
    Call(Call),
}

/// A value written in an expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A call of one of the functions of RFC 9535.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Call {
    /// `length(value)`: the length of a string, array or object.
    Length(Box<Comparable>),
    /// `count(query)`: the number of values that a query selects.
    Count(Query),
    /// `value(query)`: the value that a query selects, if it is one.
    Value(Query),
    /// `match(value, pattern)` of the whole string, `search(value, pattern)` of a part.
    Regex {
        extent: Extent,
        value: Box<Comparable>,
        pattern: Box<Comparable>,
    },
}

/// How much of a string a pattern has to match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Extent {
    Whole,
    Part,
}

impl Call {
    /// Whether the result is a condition, and no value to compare.
    pub(crate) fn is_logical(&self) -> bool {
        matches!(self, Call::Regex { .. })
    }
}
