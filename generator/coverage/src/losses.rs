//! The diagnostics that report a loss, by place.

use std::collections::HashMap;

use oasmith::diagnostic::{Code, Diagnostic, Diagnostics, code};
use oasmith::load::Loaded;
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

/// Returns whether a diagnostic is about a statement that is read as something else than it says, or about one that
/// leads nowhere.
fn is_irregular(diagnostic: &Diagnostic) -> bool {
    diagnostic.bridge.is_some()
        || [code::WRONG_SHAPE, code::BAD_REFERENCE].contains(&diagnostic.code)
}

/// The diagnostics that report a loss, by place.
pub(super) struct Losses<'d> {
    /// Where the values of the description were written, which is where diagnostics point.
    loaded: &'d Loaded,
    losses: HashMap<&'d Pointer, Vec<&'d Diagnostic>>,
    /// Those of irregular statements, which are not lost.
    irregular: HashMap<&'d Pointer, &'d Diagnostic>,
}

impl<'d> Losses<'d> {
    /// Selects them from all diagnostics of a run.
    pub(super) fn of(diagnostics: &'d Diagnostics, loaded: &'d Loaded) -> Self {
        let mut losses: HashMap<&Pointer, Vec<&Diagnostic>> = HashMap::new();
        let mut irregular = HashMap::new();
        for diagnostic in diagnostics {
            let Some(at) = diagnostic.place.pointer() else {
                continue;
            };
            if is_loss(diagnostic) {
                losses.entry(at).or_default().push(diagnostic);
            } else if is_irregular(diagnostic) {
                irregular.insert(at, diagnostic);
            }
        }
        Losses {
            loaded,
            losses,
            irregular,
        }
    }

    /// Returns whether a loss is reported exactly here.
    pub(super) fn contains(&self, at: &Pointer) -> bool {
        self.losses.contains_key(&self.loaded.written_at(at))
    }

    /// Returns whether the keyword here is reported as irregular.
    pub(super) fn is_irregular(&self, at: &Pointer) -> bool {
        self.irregular.contains_key(&self.loaded.written_at(at))
    }

    /// Returns the reported reason why the type of the schema here is any JSON value.
    pub(super) fn untyped(&self, at: &Pointer) -> Option<&'d str> {
        let mut losses = self
            .losses
            .get(&self.loaded.written_at(at))
            .into_iter()
            .flatten();
        let untyped = losses.find(|one| one.code == code::UNTYPED).copied();
        let places = [
            at.clone(),
            at.child("$ref"),
            at.child("type"),
            at.child("enum"),
        ];
        let irregular = || {
            places
                .iter()
                .find_map(|at| self.irregular.get(&self.loaded.written_at(at)).copied())
        };
        untyped.or_else(irregular).map(|one| one.message.as_str())
    }
}
