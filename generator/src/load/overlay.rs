//! Overlays (Overlay Specification 1.0 and 1.1): lists of actions that change a description, each in a file of its own.
//!
//! ```yaml
//! overlay: 1.1.0
//! info: { title: What the wire does, version: 1.0.0 }
//! extends: ./shop.yaml
//! actions:
//!   - target: $.components.schemas.Price.properties.currency
//!     update: { nullable: true }
//!     description: Prices of before 2020 have none.
//! ```
//!
//! So a vendor's document stays as it came, and what is known better is apart from it. Overlays are applied after a
//! document is read and before anything looks at it: later stages see one document. `origins` remembers where each value
//! came from, so that a diagnostic points to the file in which a value was written.
//!
//! | file | content |
//! | --- | --- |
//! | `read`, `write` | an overlay from and to a tree |
//! | `files` | reads the overlays of a document |
//! | `apply` | runs the actions, each on the result of the one before |
//! | `merge`, `remove` | what an action does to a value |
//! | `missed` | what to say about a target that matches nothing |
//! | `origins` | where the values of the result came from |

mod apply;
mod edit;
mod files;
mod merge;
mod missed;
mod origins;
mod read;
mod remove;
mod report;
#[cfg(test)]
mod tests;
mod write;

pub(super) use files::apply_files;
pub(crate) use origins::{Origins, Remover};

use super::node::Node;
use crate::diagnostic::Diagnostics;

/// An overlay as data: to read one, and to write one.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlay {
    /// The version of the specification.
    pub version: Version,
    /// `info.title`: what the overlay is for.
    pub title: String,
    /// `info.version`: the version of the overlay itself.
    pub revision: String,
    /// The document that it was written for, as a reference relative to the overlay's file.
    pub extends: Option<String>,
    /// What it does, in this order.
    pub actions: Vec<Action>,
}

/// The version of the Overlay Specification, which decides what an action may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 1.0: targets are objects and arrays.
    V1_0,
    /// 1.1: targets can be scalars, too, and an action can copy.
    V1_1,
}

/// An action of an overlay.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// The JSONPath of the values to change.
    pub target: String,
    /// What is done to them.
    pub change: Change,
    /// Why.
    pub description: Option<String>,
    /// Whether the target may match nothing: `x-optional: true`.
    pub is_optional: bool,
}

/// What an action does to its target.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Merges a value into objects, appends it to arrays, and puts it in the place of scalars.
    Update(Node),
    /// Does the same with the value that a JSONPath selects.
    Copy(String),
    /// Removes the target from the object or array around it.
    Remove,
    /// Does nothing: neither of them is given.
    Nothing,
}

impl Overlay {
    /// Creates an overlay of version 1.1 without actions.
    pub fn new(title: impl Into<String>) -> Self {
        Overlay {
            version: Version::V1_1,
            title: title.into(),
            revision: "1.0.0".to_owned(),
            extends: None,
            actions: Vec::new(),
        }
    }

    /// Reads the tree of an overlay in the file `name`.
    ///
    /// Problems are added to `diagnostics`, such as a target without its `$`; `None` if one of them is an error.
    pub fn read(node: &Node, name: &str, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut found = Diagnostics::new();
        let read = read::read(node, name, &mut found);
        if let Some(read) = &read {
            report::bad_paths(&read.actions, name, &mut found);
        }
        let is_usable = !found.has_errors();
        diagnostics.extend(found);
        read.filter(|_| is_usable).map(|read| Overlay {
            actions: read.actions.into_iter().flatten().collect(),
            ..read.overlay
        })
    }
}

impl Action {
    /// Creates an action that merges a value into its target.
    pub fn update(target: impl Into<String>, value: Node) -> Self {
        Action::new(target, Change::Update(value))
    }

    /// Creates an action that removes its target.
    pub fn remove(target: impl Into<String>) -> Self {
        Action::new(target, Change::Remove)
    }

    fn new(target: impl Into<String>, change: Change) -> Self {
        Action {
            target: target.into(),
            change,
            description: None,
            is_optional: false,
        }
    }

    /// Adds the reason.
    #[must_use]
    pub fn because(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }
}
