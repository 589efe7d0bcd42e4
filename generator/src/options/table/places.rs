//! Files with targets, and which descriptions go where.

use super::target::{CHOICES, CRATE};
use super::{Key, Rule, Shape, Table, optional, required};
use crate::options::check::{MODULE_NAME, PACKAGE_NAME, PATH};

/// A file with targets.
pub(in crate::options) const ROOT: Table = Table {
    about: "the crates to generate",
    parts: &[VERSION, TARGETS],
    rules: &[],
};

/// A file with the choices of a single crate, whose document and name are given on the command line.
pub(in crate::options) const ALONE: Table = Table {
    about: "the choices of a single crate",
    parts: &[VERSION, CRATE, CHOICES],
    rules: &[],
};

/// A target.
pub(in crate::options) const TARGET: Table = Table {
    about: "a crate to generate",
    parts: &[PLACES, BESIDE, CRATE, CHOICES],
    rules: &[
        Rule::OneOf("input", "inputs"),
        Rule::Excludes("inputs", "input"),
        Rule::Excludes("inputs", "overlays"),
        Rule::Excludes("inputs", "ref_root"),
        Rule::Excludes("inputs", "rename"),
        Rule::Excludes("inputs", "order"),
        Rule::Excludes("inputs", "operations"),
        Rule::Excludes("inputs", "idempotent"),
        Rule::Excludes("inputs", "batches"),
        Rule::Excludes("inputs", "features"),
    ],
};

const VERSION: &[Key] = &[required(
    "version",
    "1",
    "The version of this format.",
    Shape::Version,
)];

const TARGETS: &[Key] = &[required(
    "targets",
    "[…]",
    "The crates to generate, with names and output folders of their own.",
    Shape::Some(&Shape::Object(&TARGET)),
)];

/// Which document goes where.
const PLACES: &[Key] = &[
    required(
        "name",
        "products",
        "The name of the target in messages.",
        Shape::Checked(&PACKAGE_NAME),
    ),
    optional(
        "input",
        "The OpenAPI description. Paths are relative to the workspace.",
        Shape::Checked(&PATH),
    ),
    optional(
        "inputs",
        "Several descriptions, by the names of their modules: a path, or a mapping with `spec` and choices.",
        Shape::Named(
            &MODULE_NAME,
            &Shape::Either(&Shape::Checked(&PATH), &Shape::Object(&INPUT)),
        ),
    ),
    required(
        "output",
        "generated",
        "The folder of the crate.",
        Shape::Checked(&PATH),
    ),
    required(
        "package",
        "products-client",
        "The package name of the crate.",
        Shape::Checked(&PACKAGE_NAME),
    ),
];

/// The description with its choices.
pub(in crate::options) const INPUT: Table = Table {
    about: "a description",
    parts: &[SPEC, BESIDE, CHOICES],
    rules: &[],
};

const SPEC: &[Key] = &[required(
    "spec",
    "spec/products.yaml",
    "The OpenAPI description. Paths are relative to the workspace.",
    Shape::Checked(&PATH),
)];

/// What a description is read with.
pub(super) const BESIDE: &[Key] = &[
    optional(
        "overlays",
        "Overlays that are applied to the description, in this order.",
        Shape::List(&Shape::Checked(&PATH)),
    ),
    optional(
        "ref_root",
        "The folder that `$ref`s must stay in; by default that of the description.",
        Shape::Checked(&PATH),
    ),
];

/// The keys that are about one description.
pub(in crate::options) const OF_ONE_DOCUMENT: [&str; 8] = [
    "input",
    "overlays",
    "ref_root",
    "rename",
    "order",
    "operations",
    "idempotent",
    "batches",
];
