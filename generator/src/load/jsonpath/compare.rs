//! Compares values in filters, as RFC 9535 (2.3.5.2.2) says: nothing equals nothing, and only numbers and strings have
//! an order.

use std::cmp::Ordering;

use serde_json::Number;

use super::evaluate::{OverBudget, Search};
use super::syntax::{Comparison, Literal};
use crate::load::node::{Node, Scalar, ScalarKind};

/// What comparing two values counts as, in values that are looked at: members are found by their names.
const COMPARISON_VISITS: usize = 4;

/// A side of a comparison, evaluated.
#[derive(Debug)]
pub(super) enum Value<'v> {
    /// A query selected nothing, or a function has no result.
    Nothing,
    Node(&'v Node),
    Literal(&'v Literal),
    /// The result of `length` or `count`.
    Count(usize),
}

/// A scalar of either origin.
#[derive(Debug, PartialEq)]
enum Primitive<'v> {
    Null,
    Bool(bool),
    Number(Number),
    String(&'v str),
}

impl Search {
    /// Whether a comparison holds.
    pub(super) fn compare(
        &mut self,
        left: &Value<'_>,
        comparison: Comparison,
        right: &Value<'_>,
    ) -> Result<bool, OverBudget> {
        Ok(match comparison {
            Comparison::Equal => self.is_equal(left, right)?,
            Comparison::NotEqual => !self.is_equal(left, right)?,
            Comparison::Less => is_less(left, right),
            Comparison::Greater => is_less(right, left),
            Comparison::LessOrEqual => is_less(left, right) || self.is_equal(left, right)?,
            Comparison::GreaterOrEqual => is_less(right, left) || self.is_equal(left, right)?,
        })
    }

    fn is_equal(&mut self, left: &Value<'_>, right: &Value<'_>) -> Result<bool, OverBudget> {
        if let (Value::Node(left), Value::Node(right)) = (left, right) {
            return self.is_same(left, right);
        }
        Ok(match (primitive(left), primitive(right)) {
            (Some(left), Some(right)) => left.equals(&right),
            _ => matches!((left, right), (Value::Nothing, Value::Nothing)),
        })
    }

    /// Whether two values are equal as JSON: members in any order, numbers by their values.
    pub(super) fn is_same(&mut self, left: &Node, right: &Node) -> Result<bool, OverBudget> {
        self.count(COMPARISON_VISITS)?;
        match (left, right) {
            (Node::Scalar(left), Node::Scalar(right)) => {
                Ok(match (of_scalar(left), of_scalar(right)) {
                    (Some(left), Some(right)) => left.equals(&right),
                    _ => false,
                })
            }
            (Node::Array(left), Node::Array(right)) if left.len() == right.len() => {
                for (left, right) in left.iter().zip(right) {
                    if !self.is_same(left, right)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Node::Object(left), Node::Object(right)) if left.len() == right.len() => {
                for (name, left) in left.iter() {
                    let Some(right) = right.get(name) else {
                        return Ok(false);
                    };
                    if !self.is_same(left, right)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}

fn is_less(left: &Value<'_>, right: &Value<'_>) -> bool {
    match (primitive(left), primitive(right)) {
        (Some(Primitive::Number(left)), Some(Primitive::Number(right))) => {
            order(&left, &right) == Some(Ordering::Less)
        }
        (Some(Primitive::String(left)), Some(Primitive::String(right))) => left < right,
        _ => false,
    }
}

impl Primitive<'_> {
    fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Primitive::Number(left), Primitive::Number(right)) => {
                order(left, right) == Some(Ordering::Equal)
            }
            _ => self == other,
        }
    }
}

/// Compares numbers: integers exactly, others as `f64`.
fn order(left: &Number, right: &Number) -> Option<Ordering> {
    let integer = |number: &Number| {
        let signed = number.as_i64().map(i128::from);
        signed.or_else(|| number.as_u64().map(i128::from))
    };
    match (integer(left), integer(right)) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}

fn primitive<'v>(value: &Value<'v>) -> Option<Primitive<'v>> {
    match value {
        Value::Nothing => None,
        Value::Node(node) => of_scalar(node.as_scalar()?),
        Value::Count(count) => Some(Primitive::Number((*count).into())),
        Value::Literal(literal) => Some(match literal {
            Literal::Null => Primitive::Null,
            Literal::Bool(value) => Primitive::Bool(*value),
            Literal::Number(number) => Primitive::Number(number.clone()),
            Literal::String(text) => Primitive::String(text),
        }),
    }
}

fn of_scalar(scalar: &Scalar) -> Option<Primitive<'_>> {
    match scalar.kind() {
        ScalarKind::Null => Some(Primitive::Null),
        ScalarKind::Bool => scalar.as_bool().map(Primitive::Bool),
        ScalarKind::String => Some(Primitive::String(scalar.text())),
        ScalarKind::Integer | ScalarKind::Float => scalar.as_number().map(Primitive::Number),
    }
}
