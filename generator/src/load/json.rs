//! Parses JSON with serde_json. Duplicate keys are detected here; their positions are looked up afterwards.

use std::fmt;

use serde::Deserializer;
use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};

use super::budgets::{Exceeded, Meter};
use super::node::{Node, Object, Scalar, ScalarKind};
use super::scalar;

/// The result of parsing a document.
pub(super) struct Read {
    pub(super) node: Node,
    /// Whether an object has a key twice; the tree then has the first value.
    pub(super) has_duplicates: bool,
}

/// Why a document could not be parsed.
pub(super) enum Failure {
    /// An exceeded budget, and the byte where it was exceeded.
    Exceeded(Exceeded, usize),
    /// A syntax error: its message and its byte.
    Syntax(String, usize),
}

/// Parses a document.
pub(super) fn read(text: &str, meter: &mut Meter<'_>) -> Result<Read, Failure> {
    let mut state = State {
        meter,
        depth: 0,
        exceeded: None,
        has_duplicates: false,
        number_key: number_key(),
    };
    let mut json = serde_json::Deserializer::from_str(text);
    let result = Tree(&mut state)
        .deserialize(&mut json)
        .and_then(|node| json.end().map(|()| node));
    match result {
        Ok(node) => Ok(Read {
            node,
            has_duplicates: state.has_duplicates,
        }),
        Err(error) => {
            let at = offset(text, error.line(), error.column());
            let message = message(&error);
            Err(match state.exceeded {
                Some(exceeded) => Failure::Exceeded(exceeded, at),
                None if message == "recursion limit exceeded" => {
                    Failure::Exceeded(Exceeded::JsonDepth, at)
                }
                None => Failure::Syntax(message, at),
            })
        }
    }
}

/// Returns serde_json's message without the position at its end, which is in bytes:
/// `expected value at line 1 column 3`.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match text.strip_suffix(&place).unwrap_or(&text) {
        "expected ident" => "expected `true`, `false` or `null`".to_owned(),
        message => message.to_owned(),
    }
}

/// Returns the byte of a position of serde_json: lines count from 1, columns are the bytes read of the line.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        Some(breaks) => text
            .match_indices('\n')
            .nth(breaks)
            .map_or(text.len(), |(at, _)| at + 1),
        None => 0,
    };
    (start + column).saturating_sub(1).min(text.len())
}

/// Returns the key under which serde_json gives numbers if a crate of the build enables its feature
/// `arbitrary_precision`.
fn number_key() -> Option<&'static str> {
    struct Probe;
    impl<'de> Visitor<'de> for Probe {
        type Value = bool;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number")
        }

        fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
            Ok(false)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
            while map
                .next_entry::<de::IgnoredAny, de::IgnoredAny>()?
                .is_some()
            {}
            Ok(true)
        }
    }
    // Integers that fit into 64 bits never have the key.
    let mut number = serde_json::Deserializer::from_str("1.5");
    let by_key = number.deserialize_any(Probe).unwrap_or(false);
    by_key.then_some("$serde_json::private::Number")
}

struct State<'m, 'b> {
    meter: &'m mut Meter<'b>,
    depth: usize,
    exceeded: Option<Exceeded>,
    has_duplicates: bool,
    number_key: Option<&'static str>,
}

impl State<'_, '_> {
    fn count<E: de::Error>(&mut self) -> Result<(), E> {
        let counted = self.meter.node(self.depth);
        self.within(counted)
    }

    /// Counts the values of an object or array so far.
    fn widen<E: de::Error>(&mut self, width: usize) -> Result<(), E> {
        let counted = self.meter.width(width);
        self.within(counted)
    }

    fn within<E: de::Error>(&mut self, counted: Result<(), Exceeded>) -> Result<(), E> {
        counted.map_err(|exceeded| {
            self.exceeded = Some(exceeded);
            E::custom("over a budget")
        })
    }
}

/// Builds the tree of one value.
struct Tree<'s, 'm, 'b>(&'s mut State<'m, 'b>);

impl<'de> DeserializeSeed<'de> for Tree<'_, '_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        self.0.count()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_, '_, '_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::null())
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(number(&value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(number(&value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Node, E> {
        let finite = serde_json::Number::from_f64(value);
        finite
            .map(|value| number(&value))
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::string(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::string(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Node, A::Error> {
        let Tree(state) = self;
        let mut elements = Vec::new();
        state.depth += 1;
        while let Some(element) = array.next_element_seed(Tree(state))? {
            elements.push(element);
            state.widen(elements.len())?;
        }
        state.depth -= 1;
        Ok(Node::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let Tree(state) = self;
        let mut members = Object::default();
        state.depth += 1;
        while let Some(name) = map.next_key::<Box<str>>()? {
            if state.number_key == Some(&*name) {
                let text: String = map.next_value()?;
                state.depth -= 1;
                return number_from_text(text);
            }
            let value = map.next_value_seed(Tree(state))?;
            match members.entry(name) {
                indexmap::map::Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                indexmap::map::Entry::Occupied(_) => state.has_duplicates = true,
            }
            state.widen(members.len())?;
        }
        state.depth -= 1;
        Ok(members.into())
    }
}

fn number(number: &serde_json::Number) -> Node {
    Node::Scalar(scalar::from_number(number))
}

/// Creates a number from its text.
fn number_from_text<E: de::Error>(text: String) -> Result<Node, E> {
    let kind = if scalar::is_integer(&text) {
        ScalarKind::Integer
    } else {
        ScalarKind::Float
    };
    let scalar = Scalar::new(kind, text);
    match scalar.as_number() {
        Some(_) => Ok(Node::Scalar(scalar)),
        None => Err(E::custom("number out of range")),
    }
}
