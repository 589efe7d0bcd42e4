//! The diagnostics that report a loss, by place.

use std::collections::HashMap;

use oasmith::diagnostic::{Code, Diagnostic, Diagnostics, code};
use oasmith::pointer::Pointer;

/// The codes that say that something of the description is not in the output. Others, such as that of a renamed item,
/// do not.
const CODES: [&Code; 6] = [
    code::NOT_ENFORCED,
    code::NOT_GENERATED,
    code::NOT_MODELLED,
    code::NOT_SUPPORTED,
    code::UNKNOWN_MEMBER,
    code::UNTYPED,
];

/// Returns whether a diagnostic reports that something of the description is missing from the output, not only that it
/// was renamed.
pub fn is_loss(diagnostic: &Diagnostic) -> bool {
    // a parameter that the path template lacks is not sent, and is reported at its own place;
    // a template variable without a parameter is reported at the operation, and is sent
    let is_unsent_parameter = || {
        let parent = diagnostic.place.pointer().and_then(Pointer::parent);
        diagnostic.code == code::PATH_PARAMETERS
            && parent.and_then(|list| list.name()).as_deref() == Some("parameters")
    };
    CODES.contains(&diagnostic.code) || is_unsent_parameter()
}

/// The diagnostics that report a loss, by place.
pub(super) struct Losses<'d>(HashMap<&'d Pointer, Vec<&'d Diagnostic>>);

impl<'d> Losses<'d> {
    /// Selects them from all diagnostics of a run.
    pub(super) fn of(diagnostics: &'d Diagnostics) -> Self {
        let mut losses: HashMap<&Pointer, Vec<&Diagnostic>> = HashMap::new();
        for diagnostic in diagnostics {
            let Some(at) = diagnostic.place.pointer() else {
                continue;
            };
            if is_loss(diagnostic) {
                losses.entry(at).or_default().push(diagnostic);
            }
        }
        Losses(losses)
    }

    /// Returns whether a loss is reported exactly here.
    pub(super) fn contains(&self, at: &Pointer) -> bool {
        self.0.contains_key(at)
    }

    /// Returns the reported reason why the type of the schema here is any JSON value.
    pub(super) fn untyped(&self, at: &Pointer) -> Option<&'d str> {
        let mut losses = self.0.get(at)?.iter();
        let untyped = losses.find(|one| one.code == code::UNTYPED)?;
        Some(&untyped.message)
    }
}
