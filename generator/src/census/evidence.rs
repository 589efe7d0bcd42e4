//! What speaks for the loss of something being told: the places of diagnostics, and where references lead.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, code};
use crate::load::{Loaded, Node};
use crate::pointer::Pointer;

/// Where references lead; a circle of them ends somewhere in it.
pub(super) fn target(loaded: &Loaded, mut at: Pointer) -> Pointer {
    const LONGEST: usize = 32;
    for _ in 0..LONGEST {
        match next(loaded, &at) {
            Some(target) => at = target,
            None => break,
        }
    }
    at
}

/// Where the reference at a place leads.
pub(super) fn next(loaded: &Loaded, at: &Pointer) -> Option<Pointer> {
    let text = loaded.get(at)?.get("$ref")?.as_str()?;
    loaded.target(&at.child("$ref"), text).ok()
}

/// The codes that say that something of the document is not in the output. Others (a name that was taken) say nothing of that.
const LOSSES: [&Code; 6] = [
    code::NOT_ENFORCED,
    code::NOT_GENERATED,
    code::NOT_MODELLED,
    code::NOT_SUPPORTED,
    code::UNKNOWN_MEMBER,
    code::UNTYPED,
];

/// Whether a diagnostic tells a loss.
pub(super) fn is_loss(one: &Diagnostic) -> bool {
    // a parameter that its path does not name is not sent; one that nobody declares stands at the operation
    let is_unsent = || {
        let parent = one.place.pointer().and_then(Pointer::parent);
        one.code == code::PATH_PARAMETERS
            && parent.and_then(|list| list.name()).as_deref() == Some("parameters")
    };
    LOSSES.contains(&one.code) || is_unsent()
}

/// The diagnostics that tell a loss, by their places.
pub(super) struct Reports<'d>(HashMap<&'d Pointer, Vec<&'d Diagnostic>>);

impl<'d> Reports<'d> {
    /// Gathers them.
    pub(super) fn of(diagnostics: &'d Diagnostics) -> Self {
        let mut reports: HashMap<&Pointer, Vec<&Diagnostic>> = HashMap::new();
        for one in diagnostics {
            let Some(at) = one.place.pointer() else {
                continue;
            };
            if is_loss(one) {
                reports.entry(at).or_default().push(one);
            }
        }
        Reports(reports)
    }

    /// Whether one stands right here.
    pub(super) fn at(&self, at: &Pointer) -> bool {
        self.0.contains_key(at)
    }

    /// Why the type of the schema here is any JSON.
    pub(super) fn untyped(&self, at: &Pointer) -> Option<&'d str> {
        let mut all = self.0.get(at)?.iter();
        let one = all.find(|one| one.code == code::UNTYPED)?;
        Some(&one.message)
    }
}

/// Whether a place is there at all.
pub(super) fn node<'a>(loaded: &'a Loaded, at: &Pointer) -> Option<&'a Node> {
    loaded.get(at)
}

/// Whether a description is of OpenAPI 3.0.
pub(super) fn is_old(loaded: &Loaded) -> bool {
    let version = Pointer::root(loaded.root().clone()).child("openapi");
    let text = loaded.get(&version).and_then(Node::as_text);
    text.is_some_and(|text| text.starts_with("3.0"))
}
