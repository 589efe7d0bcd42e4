//! Rules: request bodies.

use super::{added, removed, rule};
use crate::compare::change::Rule;

/// The rules, in the order of the table.
pub const RULES: &[Rule] = &[
    added(
        "body-added",
        "an operation gets a required body",
        "The method has one more argument. Programs that are out send none and are refused.",
    ),
    added(
        "body-added-optional",
        "an operation gets an optional body",
        "The call has a setter for it, and code compiles as before.",
    ),
    removed(
        "body-removed",
        "nothing is sent as body any more",
        "The argument or setter is gone. Programs that are out go on sending a body.",
    ),
    rule(
        "body-became-required",
        "an optional body is required",
        "It moves from a setter to an argument. Programs that are out may send none and are refused then.",
    ),
    rule(
        "body-became-optional",
        "a required body is optional",
        "It moves from an argument to a setter. A server of the older description refuses calls without it.",
    ),
    rule(
        "body-media-type-changed",
        "a body is sent as another media type",
        "Code compiles as before where the type is the same. A server of the other description answers 415.",
    ),
    added(
        "body-media-type-added",
        "a body can be sent as one more media type",
        "The argument is an enum that the old type converts into. A server of the older description refuses \
         the new media type.",
    ),
    removed(
        "body-media-type-removed",
        "a body can be sent as fewer media types",
        "Programs that are out and send the media type that is gone are refused.",
    ),
    rule(
        "body-type-replaced",
        "the schema of a body is replaced",
        "Callers have to build another type. Where both schemas have the same members, nothing differs on the \
         wire.",
    ),
    rule(
        "form-style-changed",
        "members of a form are written in another style",
        "Code compiles as before. A server that expects the other form misreads the values.",
    ),
    added(
        "part-added-optional",
        "an optional part is new in a multipart body",
        "The body has one more field and setter.",
    ),
    added(
        "part-added-required",
        "a required part is new in a multipart body",
        "`new` takes one more argument. Programs that are out do not send the part and are refused.",
    ),
    removed(
        "part-removed",
        "a multipart body loses a part",
        "The field is gone. Programs that are out go on sending it.",
    ),
    rule(
        "part-became-required",
        "an optional part is required",
        "It moves from a setter to `new`. Programs that are out may leave it out and are refused then.",
    ),
    rule(
        "part-became-optional",
        "a required part is optional",
        "It moves from `new` to a setter. A server of the older description refuses calls without it.",
    ),
    rule(
        "part-became-file",
        "a part becomes a file, or is one no longer",
        "The field has another type. A server may insist on a file name, or on none.",
    ),
    rule(
        "part-type-changed",
        "a part has another type",
        "Callers have to pass another type.",
    ),
    rule(
        "part-form-changed",
        "a part is sent as another media type, or in another style",
        "Code compiles as before.",
    ),
    rule(
        "part-headers-changed",
        "a part has other headers",
        "Headers of a part are fields of the body, and required ones arguments of `new`.",
    ),
    rule(
        "part-name-changed",
        "a part has another name in Rust",
        "Nothing differs on the wire.",
    ),
    rule(
        "part-rest-changed",
        "a multipart body begins or ceases to allow additional parts",
        "The field for them came or went.",
    ),
];
