//! Rules: cargo features by tag.

use super::rule;
use crate::compare::change::Rule;

/// The rules, in the order of the table.
pub const RULES: &[Rule] = &[
    rule(
        "feature-added",
        "a tag is new, and with it a cargo feature",
        "Add it to the manifest; `codegen` names the line. Nobody names it yet.",
    ),
    rule(
        "feature-removed",
        "a tag is gone, and with it a cargo feature",
        "Cargo refuses a crate that names a feature which is not there. A line `pets = []` in the manifest keeps it.",
    ),
    rule(
        "feature-needed",
        "an operation or a type is no longer compiled with a feature, or without any",
        "An operation has another tag, or no operation of a tag reaches the type any more. Those who name the features \
         they use lose it.",
    ),
    rule(
        "feature-default-changed",
        "features by tag became default features, or ceased to be",
        "It comes from `features` in `codegen.yaml`. Without them, those who name no feature lose the operations.",
    ),
];
