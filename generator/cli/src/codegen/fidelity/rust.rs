//! The names that places of a description have in the generated crate: types, fields, methods.

use std::collections::HashMap;

use oasmith::ir::{Api, TypeBody};
use oasmith::load::Loaded;
use oasmith::pointer::Pointer;

/// The Rust names of a crate by the places that they were made from.
#[derive(Debug, Default)]
pub(super) struct RustNames(HashMap<Pointer, String>);

impl RustNames {
    /// Collects the names of types, fields, methods and parameters, by where they were written.
    pub(super) fn of(api: &Api, loaded: &Loaded) -> Self {
        let mut names = Names {
            loaded,
            names: RustNames::default(),
        };
        for def in &api.types {
            let ty = &def.name.rust;
            for origin in &def.origins {
                names.add(origin, ty.clone());
            }
            if let TypeBody::Struct(body) = &def.body {
                for member in &body.members {
                    names.add(&member.origin, format!("{ty}.{}", member.name.rust));
                }
            }
        }
        for operation in &api.operations {
            let method = &operation.name.rust;
            names.add(&operation.origin, format!("{method}()"));
            for parameter in &operation.parameters {
                let name = format!("{method}(): {}", parameter.name.rust);
                names.add(&parameter.origin, name);
            }
        }
        names.names
    }

    /// Returns the name of what is at a place, or around it.
    pub(super) fn at(&self, at: &Pointer) -> Option<String> {
        let mut place = Some(at.clone());
        while let Some(at) = place {
            if let Some(name) = self.0.get(&at) {
                return Some(name.clone());
            }
            place = at.parent();
        }
        None
    }
}

/// The names that are collected.
struct Names<'l> {
    loaded: &'l Loaded,
    names: RustNames,
}

impl Names<'_> {
    fn add(&mut self, at: &Pointer, name: String) {
        let written = self.loaded.written_at(at);
        self.names.0.entry(written).or_insert(name);
    }
}
