//! The characters of an expression, and its smallest parts: names, strings, numbers.

use std::iter::Peekable;
use std::str::CharIndices;

use super::parse::SyntaxError;
use super::syntax::Literal;

/// Integers beyond this are not the same in every implementation of JSON, and RFC 9535 does not allow them.
const MAX_INTEGER: i64 = (1 << 53) - 1;

/// Reads an expression from left to right.
pub(super) struct Scanner<'t> {
    text: &'t str,
    rest: Peekable<CharIndices<'t>>,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Scanner {
            text,
            rest: text.char_indices().peekable(),
        }
    }

    /// Returns the offset of the next character.
    pub(super) fn at(&mut self) -> usize {
        self.rest.peek().map_or(self.text.len(), |(at, _)| *at)
    }

    pub(super) fn peek(&mut self) -> Option<char> {
        self.rest.peek().map(|(_, letter)| *letter)
    }

    pub(super) fn next(&mut self) -> Option<char> {
        self.rest.next().map(|(_, letter)| letter)
    }

    /// Returns the text that is not read yet.
    pub(super) fn rest(&mut self) -> &'t str {
        let at = self.at();
        self.text.get(at..).unwrap_or_default()
    }

    /// Reads `token` if it is next.
    pub(super) fn take(&mut self, token: &str) -> bool {
        let is_next = self.rest().starts_with(token);
        if is_next {
            token.chars().for_each(|_| {
                self.next();
            });
        }
        is_next
    }

    /// Reads `token`, which has to be next.
    pub(super) fn expect(&mut self, token: &str) -> Result<(), SyntaxError> {
        if self.take(token) {
            return Ok(());
        }
        Err(self.wrong(format!("expected `{token}`")))
    }

    /// Reads blank space.
    pub(super) fn blank(&mut self) {
        while self
            .rest
            .next_if(|(_, letter)| matches!(letter, ' ' | '\t' | '\n' | '\r'))
            .is_some()
        {}
    }

    /// Creates the error for what is next.
    pub(super) fn wrong(&mut self, expected: impl Into<String>) -> SyntaxError {
        let at = self.at();
        let found = match self.peek() {
            Some(letter) => format!("`{letter}`"),
            None => "the end".to_owned(),
        };
        self.error(at, format!("{}, found {found}", expected.into()))
    }

    /// Creates an error at an offset.
    pub(super) fn error(&self, at: usize, message: impl Into<String>) -> SyntaxError {
        let before = self.text.get(..at).unwrap_or(self.text);
        SyntaxError {
            message: message.into(),
            column: before.chars().count() + 1,
        }
    }

    /// Reads the name of a member as it can be written after a dot.
    pub(super) fn shorthand(&mut self) -> Option<String> {
        let is_first =
            |letter: char| letter.is_ascii_alphabetic() || letter == '_' || !letter.is_ascii();
        self.peek().filter(|letter| is_first(*letter))?;
        let mut name = String::new();
        while let Some((_, letter)) = self
            .rest
            .next_if(|(_, letter)| is_first(*letter) || letter.is_ascii_digit())
        {
            name.push(letter);
        }
        Some(name)
    }

    /// Reads the name of a function.
    pub(super) fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let is_of_word =
            |letter: char| letter.is_ascii_lowercase() || letter == '_' || letter.is_ascii_digit();
        let end = rest
            .find(|letter| !is_of_word(letter))
            .unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        self.take(word);
        word
    }

    /// Reads an integer: `0`, `-12`, not `01` and not `-0`.
    pub(super) fn integer(&mut self) -> Result<i64, SyntaxError> {
        let start = self.at();
        let is_negative = self.take("-");
        let digits = self.digits();
        let is_canonical = match digits.as_bytes() {
            [b'0'] => !is_negative,
            [first, ..] => *first != b'0',
            [] => return Err(self.wrong("expected an integer")),
        };
        let value = digits
            .parse::<i64>()
            .ok()
            .filter(|value| is_canonical && *value <= MAX_INTEGER);
        match value {
            Some(value) if is_negative => Ok(-value),
            Some(value) => Ok(value),
            None => Err(self.error(
                start,
                "expected an integer without leading zeros, below 2^53",
            )),
        }
    }

    /// Reads a number of JSON.
    pub(super) fn number(&mut self) -> Result<Literal, SyntaxError> {
        let start = self.at();
        let rest = self.rest();
        self.take("-");
        if self.digits().is_empty() {
            return Err(self.wrong("expected a digit"));
        }
        if self.take(".") && self.digits().is_empty() {
            return Err(self.wrong("expected a digit after the point"));
        }
        if self.take("e") || self.take("E") {
            let _ = self.take("+") || self.take("-");
            if self.digits().is_empty() {
                return Err(self.wrong("expected a digit of the exponent"));
            }
        }
        let length = self.at() - start;
        let text = rest.get(..length).unwrap_or_default();
        match serde_json::from_str(text) {
            Ok(number) => Ok(Literal::Number(number)),
            Err(_) => Err(self.error(start, format!("`{text}` is not a number of JSON"))),
        }
    }

    fn digits(&mut self) -> &'t str {
        let rest = self.rest();
        let end = rest
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(rest.len());
        let digits = rest.get(..end).unwrap_or_default();
        self.take(digits);
        digits
    }

    /// Reads a string in single or double quotes.
    pub(super) fn string(&mut self) -> Result<String, SyntaxError> {
        let start = self.at();
        let mark = self.next().unwrap_or_default();
        let mut text = String::new();
        loop {
            let at = self.at();
            match self.next() {
                None => return Err(self.error(start, "this string has no end")),
                Some(letter) if letter == mark => return Ok(text),
                Some('\\') => text.push(self.escape(mark, at)?),
                Some(letter) if letter < ' ' => {
                    let message = "a control character in a string has to be escaped";
                    return Err(self.error(at, message));
                }
                Some(letter) => text.push(letter),
            }
        }
    }

    /// Reads what follows a backslash.
    fn escape(&mut self, mark: char, at: usize) -> Result<char, SyntaxError> {
        match self.next() {
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some(letter @ ('/' | '\\')) => Ok(letter),
            Some(letter) if letter == mark => Ok(letter),
            Some('u') => {
                let unit = self.unit(at)?;
                let is_high = (0xd800..0xdc00).contains(&unit);
                let units = if is_high && self.take("\\u") {
                    vec![unit, self.unit(at)?]
                } else {
                    vec![unit]
                };
                let mut decoded = char::decode_utf16(units);
                match decoded.next() {
                    Some(Ok(letter)) => Ok(letter),
                    _ => Err(self.error(at, "half of a surrogate pair is no character")),
                }
            }
            _ => Err(self.error(at, "unknown escape")),
        }
    }

    /// Reads four hexadecimal digits.
    fn unit(&mut self, at: usize) -> Result<u16, SyntaxError> {
        let digits = self.rest().get(..4).unwrap_or_default();
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let unit = u16::from_str_radix(digits, 16).ok().filter(|_| is_hex);
        match unit {
            Some(unit) => {
                self.take(digits);
                Ok(unit)
            }
            None => Err(self.error(at, "expected four hexadecimal digits after `\\u`")),
        }
    }
}
