//! The choices of `codegen.yaml` about names and orders, and which of them were of use.

use std::collections::BTreeSet;

use super::Schemas;
use crate::options::OrderKind;
use crate::pointer::Pointer;

/// The entries of `rename` and `order` that the document has something for.
#[derive(Debug, Default)]
pub(in crate::lower) struct UsedChoices {
    /// Keys of `rename`, but for those of `values`.
    pub renames: BTreeSet<String>,
    /// Keys of `rename: values`, each with a value.
    pub values: BTreeSet<(String, String)>,
    /// Keys of `order`.
    pub orders: BTreeSet<String>,
    /// Names in an order that its item does not have: the kind of item, its key, and the index of the name.
    pub unknown: Vec<(OrderKind, String, usize)>,
}

impl Schemas<'_> {
    /// Returns the name that `codegen.yaml` gives a schema, by its component name or by its place.
    pub(super) fn rename_type(&mut self, component: Option<&str>, at: &Pointer) -> Option<String> {
        let by_place = self.address(at);
        let keys = [component, Some(by_place.as_str())];
        let renames = &self.options.rename.types;
        let (key, name) = keys
            .into_iter()
            .flatten()
            .find_map(|key| renames.get_key_value(key))?;
        self.rename_used(key);
        Some(name.clone())
    }

    /// Notes that a key of `rename` in `codegen.yaml` was of use.
    pub fn rename_used(&mut self, key: &str) {
        self.used.renames.insert(key.to_owned());
    }

    /// Returns the name that `codegen.yaml` gives a listed value, by the schema that lists it.
    pub(super) fn rename_value(&mut self, schema: &Pointer, value: &str) -> Option<String> {
        let renames = &self.options.rename.values;
        if renames.is_empty() {
            return None;
        }
        let keys = [self.rename_key(schema), self.address(schema)];
        let (key, name) = keys
            .into_iter()
            .find_map(|key| Some((renames.get(&key)?.get(value)?, key)))
            .map(|(name, key)| (key, name.clone()))?;
        self.used.values.insert((key, value.to_owned()));
        Some(name)
    }

    /// Puts the members of a type into the order that `codegen.yaml` chose.
    pub(super) fn order_members<T>(
        &mut self,
        items: &mut [T],
        schema: &Pointer,
        wire: fn(&T) -> &str,
    ) {
        let keys = [self.rename_key(schema), self.address(schema)];
        self.put_in_order(OrderKind::Types, &keys, items, wire);
    }

    /// Puts items into the order that `codegen.yaml` has under one of the keys; those that it does not name come last.
    pub fn put_in_order<T>(
        &mut self,
        kind: OrderKind,
        keys: &[String],
        items: &mut [T],
        wire: fn(&T) -> &str,
    ) {
        let orders = match kind {
            OrderKind::Types => &self.options.order.types,
            OrderKind::Operations => &self.options.order.operations,
        };
        let Some((key, order)) = keys.iter().find_map(|key| orders.get_key_value(key)) else {
            return;
        };
        self.used.orders.insert(key.clone());
        for (index, name) in order.iter().enumerate() {
            if !items.iter().any(|item| wire(item) == name) {
                self.used.unknown.push((kind, key.clone(), index));
            }
        }
        let rank = |item: &T| order.iter().position(|name| name == wire(item));
        items.sort_by_key(|item| rank(item).unwrap_or(order.len()));
    }

    /// Returns how `codegen.yaml` names a schema: a component by its name, an inline one by its place.
    pub(super) fn rename_key(&self, at: &Pointer) -> String {
        let component = at.path().strip_prefix("/components/schemas/");
        match (component, at.name()) {
            (Some(rest), Some(name))
                if !rest.contains('/') && **at.file() == *self.options.input =>
            {
                name
            }
            _ => self.address(at),
        }
    }

    /// Returns how `codegen.yaml` names a place: `#/components/schemas/Pet`, and `schemas/pet.yaml#/Pet` in another
    /// file.
    pub(super) fn address(&self, at: &Pointer) -> String {
        self.options.address(at)
    }
}
