//! The values that a schema lists by `enum` or `const`, and those that several schemas list together.

use serde_json::Value;

use super::composition::SchemaEntry;
use crate::pointer::Pointer;

/// The values that a schema lists.
#[derive(Debug, Clone)]
pub(super) struct Listing {
    /// The values, in the document's order.
    pub values: Vec<ListedItem>,
    /// Whether it is a `const`: an `enum` can get further values in a later version of the description.
    pub is_constant: bool,
    /// Whether values of other types fit, too: `type: integer` beside a listed `"one"`.
    pub is_mixed: bool,
}

/// A value that a schema lists.
#[derive(Debug, Clone)]
pub(super) struct ListedItem {
    /// The value.
    pub value: Value,
    /// Its place.
    pub at: Pointer,
    /// Its name, if the document gives it one (`x-enum-varnames`, or the title of a `const`).
    pub name: Option<String>,
    /// What the document says about it.
    pub description: Option<String>,
}

impl Listing {
    /// Creates the listing of a schema.
    pub fn of(entry: &SchemaEntry, values: impl IntoIterator<Item = Value>) -> Self {
        let facts = &entry.facts;
        let values = values.into_iter().enumerate().map(|(index, value)| {
            let listed = facts.listed.get(index);
            let at = if facts.is_constant {
                entry.at.child("const")
            } else {
                let index = listed.map_or(index, |listed| listed.index);
                entry.at.child("enum").index(index)
            };
            ListedItem {
                value,
                at,
                name: listed.and_then(|listed| listed.name.clone()),
                description: listed.and_then(|listed| listed.description.clone()),
            }
        });
        Listing {
            values: values.collect(),
            is_constant: facts.is_constant,
            is_mixed: facts.lists_misfits,
        }
    }

    /// Returns whether all values are of one kind.
    pub fn all(&self, is_kind: impl Fn(&Value) -> bool) -> bool {
        self.values.iter().all(|one| is_kind(&one.value))
    }

    /// Adds the values of another listing that are not in this one.
    pub fn extend(&mut self, other: Listing) {
        for one in other.values {
            match self.get_mut(&one.value) {
                Some(known) => known.learn(&one),
                None => self.values.push(one),
            }
        }
        self.is_constant = false;
        self.is_mixed |= other.is_mixed;
    }

    /// Returns the values that both listings have; `None` if there are none.
    pub fn intersection(&self, other: &Listing) -> Option<Listing> {
        let mut common = self.clone();
        common.values.retain_mut(|one| {
            let known = other.values.iter().find(|other| other.value == one.value);
            known.inspect(|known| one.learn(known)).is_some()
        });
        common.is_constant |= other.is_constant;
        (!common.values.is_empty()).then_some(common)
    }

    fn get_mut(&mut self, value: &Value) -> Option<&mut ListedItem> {
        self.values.iter_mut().find(|one| one.value == *value)
    }
}

impl ListedItem {
    /// Returns the place of the schema that lists it: that with the `enum` or `const`, and of `oneOf: [{ const: a }, …]`
    /// the one around it, since the places of branches change.
    pub fn schema(&self) -> Pointer {
        let parent = |at: &Pointer| at.parent().unwrap_or_else(|| at.clone());
        let named = |at: &Pointer, names: &[&str]| {
            let name = at.name();
            names.iter().any(|one| name.as_deref() == Some(*one))
        };
        let list = parent(&self.at);
        let schema = if named(&self.at, &["const"]) {
            list
        } else {
            parent(&list)
        };
        let branches = parent(&schema);
        if named(&branches, &["oneOf", "anyOf"]) {
            return parent(&branches);
        }
        schema
    }

    /// Takes over what another schema says about the same value, where this one says nothing.
    fn learn(&mut self, other: &ListedItem) {
        self.name = self.name.take().or_else(|| other.name.clone());
        self.description = self
            .description
            .take()
            .or_else(|| other.description.clone());
    }
}
