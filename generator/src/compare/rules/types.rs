//! Rules: named types.

use super::{added, removed, rule};
use crate::compare::change::Rule;

/// The rules, in the order of the table.
pub const RULES: &[Rule] = &[
    added(
        "type-added",
        "a type is new that nothing else brought",
        "A schema that no operation reaches has a type, too.",
    ),
    removed(
        "type-removed",
        "a type is gone that nothing else took along",
        "No operation reached it.",
    ),
    rule(
        "type-renamed",
        "only the name of a schema differs",
        "Nothing differs on the wire, and every use has to be renamed. The entry for `rename: types:` keeps \
         the old name.",
    ),
    rule(
        "inline-became-named",
        "an inline schema got a name of its own, or lost it",
        "Nothing differs on the wire. The entry for `rename: types:` keeps the old name.",
    ),
    rule(
        "name-taken",
        "a type has another name, because another schema has its old one",
        "Code that names the type means another one now. Give both a name in `codegen.yaml`.",
    ),
    rule(
        "type-kind-changed",
        "a schema describes, say, an array in place of an object",
        "Code that uses the type has to be rewritten.",
    ),
    rule(
        "type-became-union",
        "a schema becomes one of several types",
        "The type is an enum. Programs that are out read what is like the old type.",
    ),
    rule(
        "map-got-members",
        "a map gets named members",
        "The type is a struct. Members that the schema does not name are ignored now.",
    ),
    rule(
        "alias-changed",
        "another name for a type means another one",
        "Every use of the name has the other type.",
    ),
    rule(
        "alias-became-wrapper",
        "an array or map refers to itself",
        "The type is a struct around it, since Rust has no other name for a type that contains itself.",
    ),
    added(
        "tuple-item-added",
        "an array with a type for each item gets an item",
        "The struct has one more field. Neither side reads arrays of the other length.",
    ),
    rule(
        "tuple-changed",
        "an array with a type for each item has other items",
        "The struct has other fields.",
    ),
    rule(
        "type-deprecated",
        "the document marks a component schema as deprecated",
        "Code that names the struct gets a warning, an error under `-D warnings`. Enums and other names of types only say \
         it in their documentation.",
    ),
    rule(
        "type-became-nullable",
        "null is allowed by a component schema",
        "Every use of the type is an `Option`. Programs that are out fail to read a null.",
    ),
    rule(
        "type-became-not-null",
        "a named schema no longer allows null",
        "Uses of the type are no `Option` any more. A null of an older server is not read.",
    ),
    rule(
        "request-use-began",
        "a type of replies is used in requests, too",
        "The type has a constructor and setters.",
    ),
    rule(
        "request-use-ended",
        "a type of requests is used in replies alone",
        "The constructor and the setters are gone.",
    ),
    rule(
        "readonly-use-began",
        "a request begins to carry a type with members that only one direction has",
        "These members are `Option`s, since the other direction leaves them out. The schema itself is the \
         same.",
    ),
    rule(
        "readonly-use-ended",
        "only one direction carries a type with members that the other left out",
        "These members are no `Option`s any more. The schema itself is the same.",
    ),
    rule(
        "recursion-limit-changed",
        "types are nested more or less deeply than rustc allows by default",
        "A crate in which rustc reports an overflow needs the line that the documentation shows.",
    ),
    added(
        "item-added",
        "a public item is new, and no other rule explains it",
        "A consequence of another change that `compare` does not know. Please report it.",
    ),
    removed(
        "item-removed",
        "a public item is gone, and no other rule explains it",
        "A consequence of another change that `compare` does not know. Please report it.",
    ),
    rule(
        "item-changed",
        "a public item is declared in another way, and no other rule explains it",
        "A consequence of another change that `compare` does not know. Please report it.",
    ),
    rule(
        "type-joined",
        "a type of one document became equal to the type of that name of another one",
        "They are one type now, in `common` and in the module of each document. Code that implements a trait for both, such \
         as `From` for an error of its own, does so twice.",
    ),
    rule(
        "type-split",
        "a type that several documents had is not the same in all of them any more",
        "Each of them has a type of its own. The paths in their modules stay; code that takes the value of one document \
         for another no longer compiles. A newer description of the others may make them equal again.",
    ),
    rule(
        "common-type-renamed",
        "a type has another name in `common`",
        "Where documents give one name to different types, the one that most of them have keeps it. The paths in the \
         modules of the documents stay.",
    ),
];
