//! JSONPath (RFC 9535): parses an expression, and finds the values of a tree that it selects.
//!
//! It runs on [`Node`]s, not on a JSON value of a library: a description is not converted for it, a search counts the
//! values it looks at and stops at a budget, and a part of an expression can be tried by itself, to tell how much of one
//! that selects nothing still selects something.

mod compare;
mod evaluate;
mod function;
mod parse;
mod scanner;
mod syntax;
#[cfg(test)]
mod tests;

pub use evaluate::{Location, OverBudget, Search};
pub use parse::SyntaxError;
pub(crate) use syntax::{Comparable, Comparison, Literal, Logical, Segment, Selector};

use super::node::Node;
use crate::pointer::Pointer;

/// Returns the segment that selects the member `name`: `.name`, or `['/name']` where that is no shorthand.
pub fn member(name: &str) -> String {
    let is_first = |letter: char| letter.is_ascii_alphabetic() || letter == '_';
    let is_shorthand = name.starts_with(is_first)
        && name
            .chars()
            .all(|letter| is_first(letter) || letter.is_ascii_digit());
    if is_shorthand {
        return format!(".{name}");
    }
    format!("[{}]", literal(name))
}

/// Returns the segment that selects several members: `['type', 'format']`, or `.type`.
pub fn members(names: &[String]) -> String {
    match names {
        [one] => member(one),
        several => {
            let names: Vec<String> = several.iter().map(|name| literal(name)).collect();
            format!("[{}]", names.join(", "))
        }
    }
}

/// Returns the segment that selects the elements that are a string: `[?@ == 'id']`.
pub fn element(text: &str) -> String {
    format!("[?@ == {}]", literal(text))
}

/// Returns the path to a place of a document: `$.paths['/pets/{id}'].get.parameters[0]`. Where the document has nothing,
/// names of members are meant.
pub fn to_place(root: &Node, pointer: &Pointer) -> String {
    let mut path = "$".to_owned();
    let mut node = Some(root);
    for token in pointer.tokens() {
        node = match node {
            Some(Node::Array(elements)) => {
                path.push_str(&format!("[{token}]"));
                token
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| elements.get(index))
            }
            Some(Node::Object(members)) => {
                path.push_str(&member(&token));
                members.get(token.as_str())
            }
            Some(Node::Scalar(_)) | None => {
                path.push_str(&member(&token));
                None
            }
        };
    }
    path
}

/// Returns the literal of a string: `'it\'s'`.
pub fn literal(text: &str) -> String {
    let mut quoted = String::from("'");
    for letter in text.chars() {
        match letter {
            '\\' | '\'' => quoted.extend(['\\', letter]),
            _ if letter < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(letter))),
            _ => quoted.push(letter),
        }
    }
    quoted + "'"
}

/// A parsed expression, such as `$.paths.*.get.parameters[?@.name == 'limit']`.
#[derive(Debug, Clone, PartialEq)]
pub struct JsonPath {
    text: String,
    segments: Vec<Segment>,
}

impl JsonPath {
    /// Parses an expression.
    ///
    /// # Errors
    ///
    /// [`SyntaxError`], which says what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        Ok(JsonPath {
            text: text.to_owned(),
            segments: parse::parse(text)?,
        })
    }

    /// Returns the values that the expression selects, as RFC 9535 defines it: `$['a', 'a']` selects one value twice.
    ///
    /// # Errors
    ///
    /// [`OverBudget`] when the search has looked at as many values as it may.
    pub fn nodes<'n>(
        &self,
        root: &'n Node,
        search: &mut Search,
    ) -> Result<Vec<&'n Node>, OverBudget> {
        search.nodes(root, &self.segments)
    }

    /// Returns the places of the values that the expression selects, in the same order and each once.
    ///
    /// # Errors
    ///
    /// [`OverBudget`] when the search has looked at as many values as it may.
    pub fn places<'n>(
        &self,
        root: &'n Node,
        search: &mut Search,
    ) -> Result<Vec<Location<'n>>, OverBudget> {
        search.places(root, &self.segments)
    }

    /// Whether the expression can select one value at most.
    pub fn is_singular(&self) -> bool {
        self.segments.iter().all(Segment::is_singular)
    }

    /// Returns the text of the first `count` segments: `$.paths` of `$.paths.*.get`.
    pub(crate) fn text_of(&self, count: usize) -> &str {
        let end = match count.checked_sub(1) {
            Some(last) => self.segments.get(last).map(|segment| segment.text.end),
            None => Some(1),
        };
        end.and_then(|end| self.text.get(..end))
            .unwrap_or(&self.text)
    }

    /// Returns the expression of the first `count` segments.
    pub(crate) fn first(&self, count: usize) -> Self {
        JsonPath {
            text: self.text_of(count).to_owned(),
            segments: self.segments.iter().take(count).cloned().collect(),
        }
    }

    /// Returns the segments.
    pub(crate) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Returns the expression as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}
