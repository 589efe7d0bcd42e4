//! Selects the operations that are generated.

use std::collections::BTreeSet;

use crate::options::{Options, Selection};

/// Whether every component is read, including those that no operation refers to.
pub(super) fn everything(options: &Options) -> bool {
    !matches!(options.operations, Selection::Only(_))
}

/// Whether an operation is selected, by its id or as `POST /path`.
pub(super) fn chosen(options: &Options, id: Option<&str>, method: &str, path: &str) -> bool {
    let named = |names: &BTreeSet<String>| {
        id.is_some_and(|id| names.contains(id)) || names.contains(&format!("{method} {path}"))
    };
    match &options.operations {
        Selection::All => true,
        Selection::Only(names) => named(names),
        Selection::Except(names) => !named(names),
    }
}
