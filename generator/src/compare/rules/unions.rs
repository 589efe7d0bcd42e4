//! Rules: unions.

use super::{added, removed, rule};
use crate::compare::change::Rule;

/// The rules, in the order of the table.
pub const RULES: &[Rule] = &[
    added(
        "branch-added-received",
        "a union that replies carry gets a branch",
        "A variant is new. Unions are open: programs that are out preserve the value as unknown, unless \
         another branch fits it.",
    ),
    added(
        "branch-added-sent",
        "a branch is new in a union of requests alone",
        "A variant is new. A server of the older description refuses it.",
    ),
    removed(
        "branch-removed",
        "a union loses a branch",
        "The variant is gone. Replies of an older server with it are preserved as unknown.",
    ),
    rule(
        "branch-type-changed",
        "a branch has another type",
        "The variant has another type. Values of the other one are preserved as unknown.",
    ),
    rule(
        "branch-name-changed",
        "a branch has another name",
        "The variant is named by the branch's schema, or by what it has when it is inline. Nothing differs on \
         the wire.",
    ),
    rule(
        "branch-deprecated",
        "a branch becomes deprecated",
        "Code that uses the variant gets a warning.",
    ),
    rule(
        "branch-conversion-changed",
        "a conversion from a branch into its union came or went",
        "There is a `From` only where a value of the type always selects the branch.",
    ),
    rule(
        "branches-reordered",
        "the branches of a union are listed in another order",
        "Nobody notices it as long as the branches have names, so it is listed with `--all` only.",
    ),
    rule(
        "branches-overlap",
        "objects can match two branches, or no longer can",
        "The variant for such objects came or went.",
    ),
    added(
        "discriminator-added",
        "a union gets a discriminator",
        "Replies without the member are told apart by their shape no longer.",
    ),
    removed(
        "discriminator-removed",
        "a union loses its discriminator",
        "Branches are told apart by their shape.",
    ),
    rule(
        "discriminator-changed",
        "another member tells the branches apart",
        "Code compiles as before. Objects of a server of the other description are preserved as unknown.",
    ),
    rule(
        "discriminator-value-changed",
        "the discriminator selects a branch by another value",
        "Code compiles as before. Objects with the other value are preserved as unknown.",
    ),
];
