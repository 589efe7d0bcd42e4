//! Rules: credentials, servers, and the rest.

use super::{added, removed, rule};
use crate::compare::change::Rule;

/// The rules, in the order of the table.
pub const RULES: &[Rule] = &[
    added(
        "credential-added",
        "an operation that asked for no credential asks for one",
        "The builder has a method for it. Programs that are out send none and are refused.",
    ),
    removed(
        "credential-removed",
        "an operation no longer asks for a credential",
        "If it was the last one, the builder's method is gone.",
    ),
    added(
        "credential-kind-added",
        "one more alternative of credentials is of a new kind",
        "The builder has a method for it. A server of the older description does not take it.",
    ),
    removed(
        "credential-kind-removed",
        "an operation takes fewer kinds of credentials",
        "Programs that are out and use the one that is gone are refused.",
    ),
    rule(
        "credential-changed",
        "an operation asks for another credential",
        "Programs that are out and send the old one are refused.",
    ),
    added(
        "second-key-added",
        "an operation asks for one more credential together with the others",
        "Where two of a kind are in use, the short names of the builder's methods are gone. Programs that are \
         out lack the second one.",
    ),
    rule(
        "key-moved",
        "an API key is sent by another name, or elsewhere",
        "Code compiles as before. Each side needs a server that looks for the key in its place.",
    ),
    rule(
        "credential-name-changed",
        "the builder's method for a credential has another name",
        "The short name exists as long as there is one credential of its kind. The long name stays.",
    ),
    added(
        "credential-method-added",
        "the builder has a method for another credential",
        "No operation asks for anything else than before.",
    ),
    removed(
        "credential-method-removed",
        "the builder's method for a credential is gone",
        "No operation asks for anything else than before.",
    ),
    rule(
        "alternatives-reordered",
        "the alternatives of credentials are listed in another order",
        "Where a client has several, it sends the first.",
    ),
    rule(
        "base-url-changed",
        "the description names another server",
        "Clients without a base URL of their own call it.",
    ),
    added(
        "base-url-added",
        "the description names a server",
        "A base URL need not be set any more.",
    ),
    removed(
        "base-url-removed",
        "the description no longer names a server",
        "`build` fails at run time unless a base URL is set, and no compiler says so.",
    ),
    rule(
        "info-version-changed",
        "the description has another title or version",
        "It is in the documentation of the crate.",
    ),
    rule(
        "left-out-changed",
        "other operations or media types are left out",
        "The documentation of the crate lists what a client does not have.",
    ),
    rule(
        "error-facts-changed",
        "the message or the correlation id of errors is looked up elsewhere",
        "It comes from `errors` in `codegen.yaml`. Code compiles as before.",
    ),
    rule(
        "choice-format",
        "a line below `types:` in `codegen.yaml` came, went or differs",
        "Values of a format have another Rust type. Nothing differs on the wire.",
    ),
    rule(
        "document-added",
        "`inputs` of `codegen.yaml` has another description",
        "The crate has a module more, and the client a method that returns the client of it.",
    ),
    rule(
        "document-removed",
        "`inputs` of `codegen.yaml` no longer has a description",
        "Its module, with the types and operations, is gone.",
    ),
    rule(
        "naive-date-times-changed",
        "`naive_date_time` in `codegen.yaml` differs",
        "Code compiles as before. Date-times without an offset are read, or are errors.",
    ),
    rule(
        "runtime-shared",
        "the crate depends on the package of the runtime, in place of its own copy",
        "Code compiles as before. Errors, transports and limiters are those of all clients that depend on the package.",
    ),
    rule(
        "runtime-carried",
        "the crate has its own copy of the runtime, in place of the package",
        "Errors, transports and limiters are no longer those of other clients; code that passes them on does not compile.",
    ),
    added(
        "requirement-added",
        "the output needs a dependency or a feature that it did not need",
        "Add it to the manifest; `codegen` names the lines.",
    ),
    rule(
        "requirement-gone",
        "the output no longer needs a dependency or has a feature",
        "A feature that is gone breaks those who name it.",
    ),
    rule(
        "generator-changed",
        "the same description and choices give other public items",
        "Another version of the generator does so; its changelog says why.",
    ),
];
