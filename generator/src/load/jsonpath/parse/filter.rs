//! Parses filters: conditions, comparisons and functions, with the types that RFC 9535 gives them.

use super::{Parser, SyntaxError};
use crate::load::jsonpath::syntax::{
    Call, Comparable, Comparison, Extent, From, Literal, Logical, Query, Segment, Selector,
};

/// Filters inside filters. A search starts anew in each, so that a stack has to hold the depth of the document as often.
const MAX_FILTERS: usize = 5;
/// Parentheses and functions inside each other.
const MAX_NESTING: usize = 50;

/// What a part of a filter can be, until its place decides what it has to be.
enum Operand {
    Literal(Literal),
    Query(Query),
    Call(Call),
}

impl Parser<'_> {
    pub(super) fn filter(&mut self) -> Result<Selector, SyntaxError> {
        if self.filters == MAX_FILTERS {
            let message = format!("filters are nested deeper than {MAX_FILTERS} levels");
            let at = self.scanner.at();
            return Err(self.scanner.error(at, message));
        }
        self.filters += 1;
        self.scanner.blank();
        let condition = self.logical()?;
        self.filters -= 1;
        Ok(Selector::Filter(condition))
    }

    fn logical(&mut self) -> Result<Logical, SyntaxError> {
        if self.nesting == MAX_NESTING {
            let message = format!("parentheses are nested deeper than {MAX_NESTING} levels");
            let at = self.scanner.at();
            return Err(self.scanner.error(at, message));
        }
        self.nesting += 1;
        let mut any = vec![self.conjunction()?];
        while self.operator("||") {
            any.push(self.conjunction()?);
        }
        self.nesting -= 1;
        Ok(match any.len() {
            1 => any.remove(0),
            _ => Logical::Or(any),
        })
    }

    fn conjunction(&mut self) -> Result<Logical, SyntaxError> {
        let mut all = vec![self.basic()?];
        while self.operator("&&") {
            all.push(self.basic()?);
        }
        Ok(match all.len() {
            1 => all.remove(0),
            _ => Logical::And(all),
        })
    }

    /// Reads an operator with the blank space around it.
    fn operator(&mut self, token: &str) -> bool {
        let rest = self.scanner.rest();
        let is_next = rest
            .trim_start_matches([' ', '\t', '\n', '\r'])
            .starts_with(token);
        if is_next {
            self.scanner.blank();
            self.scanner.take(token);
            self.scanner.blank();
        }
        is_next
    }

    fn basic(&mut self) -> Result<Logical, SyntaxError> {
        if self.scanner.take("!") {
            self.scanner.blank();
            let negated = match self.scanner.peek() {
                Some('(') => self.group()?,
                _ => {
                    let at = self.scanner.at();
                    let operand = self.operand()?;
                    self.test(operand, at)?
                }
            };
            return Ok(Logical::Not(Box::new(negated)));
        }
        if self.scanner.peek() == Some('(') {
            return self.group();
        }
        let at = self.scanner.at();
        let left = self.operand()?;
        match self.comparison() {
            None => self.test(left, at),
            Some(comparison) => {
                let left = self.comparable(left, at)?;
                let at = self.scanner.at();
                let right = self.operand()?;
                let right = self.comparable(right, at)?;
                Ok(Logical::Compare(
                    Box::new(left),
                    comparison,
                    Box::new(right),
                ))
            }
        }
    }

    fn group(&mut self) -> Result<Logical, SyntaxError> {
        self.scanner.expect("(")?;
        self.scanner.blank();
        let inner = self.logical()?;
        self.scanner.blank();
        self.scanner.expect(")")?;
        Ok(inner)
    }

    fn comparison(&mut self) -> Option<Comparison> {
        // longer operators first
        let operators = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        let found = operators
            .into_iter()
            .find(|(token, _)| self.operator(token))?;
        Some(found.1)
    }

    /// Reads an operand as a condition.
    fn test(&mut self, operand: Operand, at: usize) -> Result<Logical, SyntaxError> {
        match operand {
            Operand::Query(query) => Ok(Logical::Exists(query)),
            Operand::Call(call) if call.is_logical() => Ok(Logical::Call(call)),
            Operand::Call(_) => {
                let message = "the result of this function has to be compared with something";
                Err(self.scanner.error(at, message))
            }
            Operand::Literal(_) => {
                let message = "a literal is no condition: it has to be compared with something";
                Err(self.scanner.error(at, message))
            }
        }
    }

    /// Reads an operand as a single value.
    fn comparable(&mut self, operand: Operand, at: usize) -> Result<Comparable, SyntaxError> {
        match operand {
            Operand::Literal(literal) => Ok(Comparable::Literal(literal)),
            Operand::Query(query) if query.segments.iter().all(Segment::is_singular) => {
                Ok(Comparable::Query(query))
            }
            Operand::Query(_) => {
                let message = "only a query that selects one value can be compared";
                Err(self.scanner.error(at, message))
            }
            Operand::Call(call) if !call.is_logical() => Ok(Comparable::Call(call)),
            Operand::Call(_) => {
                let message = "the result of this function is a condition, and cannot be compared";
                Err(self.scanner.error(at, message))
            }
        }
    }

    fn operand(&mut self) -> Result<Operand, SyntaxError> {
        match self.scanner.peek() {
            Some('@') => self.query(From::Current).map(Operand::Query),
            Some('$') => self.query(From::Root).map(Operand::Query),
            Some('\'' | '"') => {
                let text = self.scanner.string()?;
                Ok(Operand::Literal(Literal::String(text)))
            }
            Some('-' | '0'..='9') => self.scanner.number().map(Operand::Literal),
            Some('a'..='z') => self.word(),
            _ => Err(self
                .scanner
                .wrong("expected `@`, `$`, a literal or a function")),
        }
    }

    fn query(&mut self, from: From) -> Result<Query, SyntaxError> {
        self.scanner.next();
        let segments = self.segments()?;
        Ok(Query { from, segments })
    }

    fn word(&mut self) -> Result<Operand, SyntaxError> {
        let at = self.scanner.at();
        let word = self.scanner.word();
        if self.scanner.peek() != Some('(') {
            return match word {
                "true" => Ok(Operand::Literal(Literal::Bool(true))),
                "false" => Ok(Operand::Literal(Literal::Bool(false))),
                "null" => Ok(Operand::Literal(Literal::Null)),
                _ => Err(self.scanner.error(at, format!("unknown word `{word}`"))),
            };
        }
        self.call(word, at).map(Operand::Call)
    }

    fn call(&mut self, name: &str, at: usize) -> Result<Call, SyntaxError> {
        self.scanner.expect("(")?;
        self.scanner.blank();
        let call = match name {
            "length" => Call::Length(Box::new(self.value_argument()?)),
            "count" => Call::Count(self.query_argument()?),
            "value" => Call::Value(self.query_argument()?),
            "match" | "search" => {
                let value = Box::new(self.value_argument()?);
                self.scanner.blank();
                self.scanner.expect(",")?;
                self.scanner.blank();
                let pattern = Box::new(self.value_argument()?);
                let extent = if name == "match" {
                    Extent::Whole
                } else {
                    Extent::Part
                };
                Call::Regex {
                    extent,
                    value,
                    pattern,
                }
            }
            _ => return Err(self.scanner.error(at, format!("unknown function `{name}`"))),
        };
        self.scanner.blank();
        self.scanner.expect(")")?;
        Ok(call)
    }

    fn value_argument(&mut self) -> Result<Comparable, SyntaxError> {
        self.nesting += 1;
        let at = self.scanner.at();
        if self.nesting > MAX_NESTING {
            let message = format!("functions are nested deeper than {MAX_NESTING} levels");
            return Err(self.scanner.error(at, message));
        }
        let operand = self.operand()?;
        self.nesting -= 1;
        self.comparable(operand, at)
    }

    fn query_argument(&mut self) -> Result<Query, SyntaxError> {
        match self.scanner.peek() {
            Some('@') => self.query(From::Current),
            Some('$') => self.query(From::Root),
            _ => Err(self.scanner.wrong("expected a query as argument")),
        }
    }
}
