//! All kinds of change.

use super::change::Rule;

/// Returns all rules, in the order of their table.
pub fn rules() -> &'static [Rule] {
    &[]
}
