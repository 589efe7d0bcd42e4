//! Component schemas by the references that lead to them: a union asks for each of its branches.

use std::collections::HashMap;

use crate::resolve::{Component, Document};

/// The component schemas of a document.
pub(super) struct Known<'a> {
    /// By where they stand.
    places: HashMap<String, &'a Component>,
    /// By where they stand and by what they mean, which differ in `Pet: { $ref: schemas/pet.yaml }`. Of several the first counts.
    keys: HashMap<String, &'a Component>,
}

impl<'a> Known<'a> {
    pub fn of(document: &'a Document) -> Self {
        let mut known = Known {
            places: HashMap::new(),
            keys: HashMap::new(),
        };
        for component in &document.components {
            let place = component.at.to_string();
            known.keys.entry(place.clone()).or_insert(component);
            let target = component.target.clone();
            known.keys.entry(target).or_insert(component);
            known.places.insert(place, component);
        }
        known
    }

    /// The component that stands at a place.
    pub fn at(&self, place: &str) -> Option<&'a Component> {
        self.places.get(place).copied()
    }

    /// The component that is the schema of this key, or refers to it.
    pub fn with_key(&self, key: &str) -> Option<&'a Component> {
        self.keys.get(key).copied()
    }
}
