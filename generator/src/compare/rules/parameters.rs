//! Rules: parameters.

use super::{added, removed, rule};
use crate::compare::change::Rule;

/// The rules, in the order of the table.
pub const RULES: &[Rule] = &[
    added(
        "first-parameter-added-optional",
        "an operation gets its first optional parameter",
        "The call has a setter for it, and code compiles as before. A server that does not know the parameter \
         ignores it, or refuses the call.",
    ),
    added(
        "parameter-added-optional",
        "an operation gets an optional parameter",
        "The call has one more setter. A server that does not know the parameter ignores it, or refuses the \
         call.",
    ),
    added(
        "first-parameter-added-required",
        "an operation gets its first required parameter",
        "The method has one more argument. Programs that are out do not send it, and a strict server refuses \
         them. An optional parameter would break nobody.",
    ),
    added(
        "parameter-added-required",
        "an operation gets another required parameter",
        "The method has one more argument. Programs that are out do not send it, and a strict server refuses \
         them. An optional parameter would break nobody.",
    ),
    removed(
        "parameter-removed",
        "an operation loses a parameter",
        "Code that sets it no longer compiles. Programs that are out go on sending it.",
    ),
    removed(
        "last-parameter-removed",
        "an operation loses its only parameter beside those of the path",
        "Code that sets it no longer compiles. Programs that are out go on sending it.",
    ),
    rule(
        "parameter-became-required",
        "an optional parameter is required",
        "It moves from a setter to an argument. Programs that are out may leave it out and are refused then.",
    ),
    rule(
        "parameter-became-optional",
        "a required parameter is optional",
        "It moves from an argument to a setter. A server of the older description refuses calls without it.",
    ),
    rule(
        "parameter-type-changed",
        "a parameter has another type",
        "Code that sets it has to pass another type. What a server makes of the other text is its own affair.",
    ),
    rule(
        "parameter-style-changed",
        "style, explode or allowReserved of a parameter differ",
        "Code compiles as before and the value is written in another form. A server that expects the other \
         form misreads it.",
    ),
    rule(
        "parameter-place-changed",
        "a parameter is sent in another place: query, header, cookie",
        "Code compiles as before. The other side looks for the value elsewhere and does not see it.",
    ),
    rule(
        "parameter-renamed",
        "one parameter is gone and another of the same type is at its place",
        "Shown as one change, which is a guess. Under its other name a server ignores it, or misses it.",
    ),
    rule(
        "parameter-respelled",
        "a parameter has another name on the wire and the same one in Rust",
        "Code compiles as before, and the other side does not see the value. Nothing in the code shows it.",
    ),
    rule(
        "parameter-deprecated",
        "a parameter becomes deprecated",
        "Callers that set it get a warning, if it has a setter.",
    ),
    rule(
        "parameter-constraint-tightened",
        "bounds, lengths or the pattern of a parameter differ",
        "They are in the documentation and not enforced. The server may refuse values that it took.",
    ),
    rule(
        "parameter-default-changed",
        "the default of a parameter differs",
        "The server fills it in, so calls that leave the parameter out mean something else.",
    ),
    added(
        "path-parameter-added",
        "another variable is in the path",
        "The method has one more argument, and the path is another one on both sides.",
    ),
    removed(
        "path-parameter-removed",
        "a path has one parameter less",
        "The method has one argument less, and the path is another one on both sides.",
    ),
    rule(
        "path-parameter-renamed",
        "a parameter of a path has another name",
        "Only the argument's name differs, which no caller writes. Nothing differs on the wire.",
    ),
    rule(
        "path-parameter-type-changed",
        "a parameter of a path has another type",
        "Callers have to pass another type. What a server makes of the other text is its own affair.",
    ),
    rule(
        "path-parameters-reordered",
        "a path has the same parameters in another order",
        "If the types are the same, calls compile and put each value into the other's place. Rename an \
         argument, so that somebody looks at the calls.",
    ),
];
