//! Rules: values of enums.

use super::{added, removed, rule};
use crate::compare::change::Rule;

/// The rules, in the order of the table.
pub const RULES: &[Rule] = &[
    added(
        "value-added-received",
        "an enum that replies carry gets a value",
        "A variant is new. Enums are open: programs that are out preserve the value as unknown, and code that \
         looked for that text among the unknown ones has to look for the variant.",
    ),
    added(
        "value-added-sent",
        "a value is new in an enum of requests alone",
        "A variant is new. A server of the older description refuses the value.",
    ),
    added(
        "integer-value-added-received",
        "an enum of integers gets a value",
        "A variant is new. Programs that are out preserve the number as unknown.",
    ),
    removed(
        "value-removed-received",
        "an enum that replies carry loses a value",
        "The variant is gone. The value is preserved as unknown when it comes.",
    ),
    removed(
        "value-removed-sent",
        "a value is removed from an enum of requests alone",
        "The variant is gone. Programs that are out and send the value are refused.",
    ),
    rule(
        "values-reordered",
        "values of an enum have changed places",
        "Nobody notices it, so it is listed with `--all` only.",
    ),
    rule(
        "value-respelled",
        "a value has another text on the wire and the same variant",
        "Code compiles as before. The other text reads as an unknown value. Nothing in the code shows it.",
    ),
    rule(
        "value-name-stolen",
        "a new value has the variant that another value had",
        "Code compiles as before and means another value. Give both a name in `codegen.yaml`.",
    ),
    rule(
        "value-name-taken",
        "a value has another variant, because a new one would have the same",
        "Give both a name in `codegen.yaml`, so that the next one does not move them again.",
    ),
    added(
        "enum-added-to-text",
        "`enum` is new at a string",
        "The field is an enum. Other strings are preserved as unknown.",
    ),
    removed(
        "enum-removed-from-text",
        "`enum` is removed at a string",
        "The field is a string, and the enum is gone.",
    ),
    rule(
        "constant-became-enum",
        "the only value that a schema allowed is one of several now",
        "The enum is open. Programs that are out fail to read the other values.",
    ),
    rule(
        "enum-became-constant",
        "one value of several is the only one that a schema allows now",
        "Other values are errors now.",
    ),
    rule(
        "constant-changed",
        "a schema allows another single value",
        "Neither side reads the value of the other one.",
    ),
];
