//! The functions of RFC 9535: `length`, `count`, `value`, `match` and `search`.

use regex::{Regex, RegexBuilder};

use super::compare::Value;
use super::evaluate::{Context, Found, OverBudget, Search};
use super::syntax::{Call, Comparable, Extent, Literal, Query};
use crate::load::node::Node;

/// What compiling a pattern counts as, in values that are looked at.
const PATTERN_VISITS: usize = 2_000;
/// The bytes that a compiled pattern may take.
const PATTERN_BYTES: usize = 1 << 20;

impl Search {
    /// Evaluates a side of a comparison.
    pub(super) fn comparable<'v>(
        &mut self,
        value: &'v Comparable,
        context: Context<'v>,
    ) -> Result<Value<'v>, OverBudget> {
        match value {
            Comparable::Literal(literal) => Ok(Value::Literal(literal)),
            Comparable::Query(query) => self.only(query, context),
            Comparable::Call(Call::Value(query)) => self.only(query, context),
            Comparable::Call(Call::Count(query)) => {
                let mut count = 0;
                self.query(query, context, &mut |_| {
                    count += 1;
                    Found::Continue
                })?;
                Ok(Value::Count(count))
            }
            Comparable::Call(Call::Length(value)) => Ok(match self.comparable(value, context)? {
                Value::Node(Node::Array(elements)) => Value::Count(elements.len()),
                Value::Node(Node::Object(members)) => Value::Count(members.len()),
                other => {
                    text(&other).map_or(Value::Nothing, |text| Value::Count(text.chars().count()))
                }
            }),
            // the parser accepts it as a condition only
            Comparable::Call(Call::Regex { .. }) => Ok(Value::Nothing),
        }
    }

    /// Returns the value that a query selects, if it is one.
    fn only<'v>(&mut self, query: &Query, context: Context<'v>) -> Result<Value<'v>, OverBudget> {
        let mut found: Vec<&'v Node> = Vec::new();
        self.query(query, context, &mut |node| {
            found.push(node);
            match found.len() {
                1 => Found::Continue,
                _ => Found::Stop,
            }
        })?;
        Ok(match found.as_slice() {
            [one] => Value::Node(one),
            _ => Value::Nothing,
        })
    }

    /// Whether `match` or `search` holds.
    pub(super) fn condition(
        &mut self,
        call: &Call,
        context: Context<'_>,
    ) -> Result<bool, OverBudget> {
        let Call::Regex {
            extent,
            value,
            pattern,
        } = call
        else {
            return Ok(false); // the parser accepts no other function as a condition
        };
        let value = self.comparable(value, context)?;
        let pattern = self.comparable(pattern, context)?;
        let (Some(value), Some(pattern)) = (text(&value), text(&pattern)) else {
            return Ok(false);
        };
        self.count(value.len() / 8)?;
        let key = (pattern.to_owned(), *extent);
        if !self.patterns.contains_key(&key) {
            self.count(PATTERN_VISITS + pattern.len())?;
            self.patterns.insert(key.clone(), compile(pattern, *extent));
        }
        let compiled = self.patterns.get(&key).and_then(Option::as_ref);
        Ok(compiled.is_some_and(|regex| regex.is_match(value)))
    }
}

fn text<'v>(value: &Value<'v>) -> Option<&'v str> {
    match value {
        Value::Node(node) => node.as_str(),
        Value::Literal(Literal::String(text)) => Some(text),
        Value::Nothing | Value::Literal(_) | Value::Count(_) => None,
    }
}

/// Compiles a pattern of RFC 9485, where a point matches anything but a line break; `None` if it is none.
fn compile(pattern: &str, extent: Extent) -> Option<Regex> {
    let mut translated = String::with_capacity(pattern.len() + 8);
    let mut is_in_class = false;
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                translated.push('\\');
                translated.extend(letters.next());
                continue;
            }
            '.' if !is_in_class => {
                translated.push_str(r"[^\n\r]");
                continue;
            }
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            _ => {}
        }
        translated.push(letter);
    }
    let whole = match extent {
        Extent::Whole => format!("^(?:{translated})$"),
        Extent::Part => translated,
    };
    RegexBuilder::new(&whole)
        .size_limit(PATTERN_BYTES)
        .dfa_size_limit(PATTERN_BYTES)
        .build()
        .ok()
}
