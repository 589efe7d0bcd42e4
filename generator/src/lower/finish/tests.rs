//! What only all types and operations together tell: a row for each rule. The notation is that of `lower::tests`.

mod batches;
mod boxing;
mod order;
mod successes;
mod unions;
mod usage;

use crate::lower::tests::{Lowered, lowered, with_references};

/// The members of a document around its components.
const HEAD: &str = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n";

/// Lowers a document whose component schemas are `A: {…}; B: {…}`, without operations.
fn schemas(components: &str) -> Lowered {
    let components = with_references(components).replace("; ", "\n    ");
    lowered(&format!(
        "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    {components}\n"
    ))
}
