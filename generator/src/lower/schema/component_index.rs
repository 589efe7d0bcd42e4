//! Component schemas by the references that lead to them: a union asks for each of its branches.

use foldhash::HashMap;

use crate::pointer::Pointer;
use crate::resolve::{Component, Document};

/// The component schemas of a document.
pub(super) struct ComponentIndex<'a> {
    places: HashMap<&'a Pointer, &'a Component>,
    /// By their own key and by the one that they refer to, which differ in `Pet: { $ref: schemas/pet.yaml }`. Of several
    /// the first counts.
    keys: HashMap<String, &'a Component>,
}

impl<'a> ComponentIndex<'a> {
    /// Creates the index of a document.
    pub fn of(document: &'a Document) -> Self {
        let mut index = ComponentIndex {
            places: HashMap::default(),
            keys: HashMap::default(),
        };
        for component in &document.components {
            for key in [component.at.to_string(), component.target.clone()] {
                index.keys.entry(key).or_insert(component);
            }
            index.places.insert(&component.at, component);
        }
        index
    }

    /// Returns the component at a place.
    pub fn at(&self, place: &Pointer) -> Option<&'a Component> {
        self.places.get(place).copied()
    }

    /// Returns the component that is the schema of this key, or refers to it.
    pub fn with_key(&self, key: &str) -> Option<&'a Component> {
        self.keys.get(key).copied()
    }
}
