//! Parses an expression by the grammar of RFC 9535; its filters are in `filter`.

mod filter;

use std::fmt;

use super::scanner::Scanner;
use super::syntax::{Scope, Segment, Selector};

/// Why an expression is not a JSONPath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong: ``expected `]`, found `x` ``.
    pub message: String,
    /// The character of the expression where it is, from 1.
    pub column: usize,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at character {}", self.message, self.column)
    }
}

impl std::error::Error for SyntaxError {}

/// Parses a whole expression into its segments.
pub(super) fn parse(text: &str) -> Result<Vec<Segment>, SyntaxError> {
    let mut parser = Parser {
        scanner: Scanner::new(text),
        filters: 0,
        nesting: 0,
    };
    parser.scanner.expect("$")?;
    let segments = parser.segments()?;
    match parser.scanner.peek() {
        None => Ok(segments),
        Some(_) => Err(parser.scanner.wrong("expected `.`, `[` or the end")),
    }
}

struct Parser<'t> {
    scanner: Scanner<'t>,
    filters: usize,
    nesting: usize,
}

impl Parser<'_> {
    fn segments(&mut self) -> Result<Vec<Segment>, SyntaxError> {
        let mut segments = Vec::new();
        loop {
            // blank space is allowed before a segment, and not after the last
            let rest = self.scanner.rest();
            let next = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            if !next.starts_with(['.', '[']) {
                return Ok(segments);
            }
            self.scanner.blank();
            segments.push(self.segment()?);
        }
    }

    fn segment(&mut self) -> Result<Segment, SyntaxError> {
        let start = self.scanner.at();
        let scope = if self.scanner.take("..") {
            Scope::Descendant
        } else if self.scanner.take(".") {
            Scope::Child
        } else {
            let selectors = self.bracketed()?;
            return Ok(self.finished(Scope::Child, selectors, start));
        };
        let selectors = match self.scanner.peek() {
            Some('*') => {
                self.scanner.next();
                vec![Selector::Wildcard]
            }
            Some('[') if scope == Scope::Descendant => self.bracketed()?,
            _ => match self.scanner.shorthand() {
                Some(name) => vec![Selector::Name(name)],
                None => return Err(self.scanner.wrong("expected a name or `*`")),
            },
        };
        Ok(self.finished(scope, selectors, start))
    }

    fn finished(&mut self, scope: Scope, selectors: Vec<Selector>, start: usize) -> Segment {
        Segment {
            scope,
            selectors,
            text: start..self.scanner.at(),
        }
    }

    fn bracketed(&mut self) -> Result<Vec<Selector>, SyntaxError> {
        self.scanner.expect("[")?;
        let mut selectors = Vec::new();
        loop {
            self.scanner.blank();
            selectors.push(self.selector()?);
            self.scanner.blank();
            if self.scanner.take("]") {
                return Ok(selectors);
            }
            if !self.scanner.take(",") {
                return Err(self.scanner.wrong("expected `,` or `]`"));
            }
        }
    }

    fn selector(&mut self) -> Result<Selector, SyntaxError> {
        match self.scanner.peek() {
            Some('\'' | '"') => Ok(Selector::Name(self.scanner.string()?)),
            Some('*') => {
                self.scanner.next();
                Ok(Selector::Wildcard)
            }
            Some('?') => {
                self.scanner.next();
                self.filter()
            }
            Some('-' | '0'..='9' | ':') => self.index_or_slice(),
            _ => Err(self
                .scanner
                .wrong("expected a name in quotes, an index, `*` or a filter `?`")),
        }
    }

    fn index_or_slice(&mut self) -> Result<Selector, SyntaxError> {
        let start = self.optional_integer()?;
        if let Some(index) = start
            && !self.is_colon_next()
        {
            return Ok(Selector::Index(index));
        }
        self.scanner.blank();
        self.scanner.expect(":")?;
        self.scanner.blank();
        let end = self.optional_integer()?;
        let step = if self.is_colon_next() {
            self.scanner.blank();
            self.scanner.expect(":")?;
            // blank space before `]` is read by the caller
            if self.is_integer_next() {
                self.scanner.blank();
            }
            self.optional_integer()?
        } else {
            None
        };
        Ok(Selector::Slice {
            start,
            end,
            step: step.unwrap_or(1),
        })
    }

    fn is_colon_next(&mut self) -> bool {
        self.next_visible().is_some_and(|letter| letter == ':')
    }

    fn is_integer_next(&mut self) -> bool {
        self.next_visible()
            .is_some_and(|letter| letter == '-' || letter.is_ascii_digit())
    }

    fn next_visible(&mut self) -> Option<char> {
        let rest = self.scanner.rest();
        rest.trim_start_matches([' ', '\t', '\n', '\r'])
            .chars()
            .next()
    }

    fn optional_integer(&mut self) -> Result<Option<i64>, SyntaxError> {
        match self.scanner.peek() {
            Some('-' | '0'..='9') => self.scanner.integer().map(Some),
            _ => Ok(None),
        }
    }
}
