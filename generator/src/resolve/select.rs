//! Which operations are generated.

use crate::options::{Options, Selection};

/// Whether all component schemas are wanted, reachable or not.
pub(super) fn everything(options: &Options) -> bool {
    options.operations == Selection::All
}

/// Whether an operation is chosen, by its id or as `POST /path`.
pub(super) fn chosen(options: &Options, id: Option<&str>, method: &str, path: &str) -> bool {
    match &options.operations {
        Selection::All => true,
        Selection::Only(names) => {
            id.is_some_and(|id| names.contains(id)) || names.contains(&format!("{method} {path}"))
        }
    }
}
