//! How the compiler's time grows with the number of types: each is in a file of its own and has members of others'
//! types.

use std::io;
use std::path::Path;

use crate::compile::Workspace;
use crate::document::References;
use crate::{forms, lines};

/// Numbers of types: a unit, OpenAI's document, Cloudflare's.
const SIZES: [usize; 3] = [1000, 3700, 8000];

/// What a thousand types may cost in the largest document, against the smallest.
pub const BUDGET: f64 = 1.3;

/// How often each is measured.
const ROUNDS: usize = 2;

/// A size that has the dependencies built, which are no part of what is measured.
const SMALLEST: usize = 12;

/// Checks a crate of each size and prints what it used; tells whether the time grows in proportion.
pub fn measure_all(root: &Path) -> io::Result<bool> {
    let workspace = Workspace::create(
        root.to_owned(),
        ROUNDS,
        &["--offline", "--no-default-features"],
    )?;
    add(&workspace, SMALLEST)?;
    workspace.prepare("check", &package(SMALLEST))?;
    println!("  types   lines |  check s     MB | s for 1,000");
    let mut costs = Vec::new();
    for types in SIZES {
        let lines = add(&workspace, types)?;
        let used = workspace.measure("check", &package(types))?;
        let cost = used.seconds * 1000.0 / types as f64;
        println!(
            "{types:>7} {lines:>7} | {:>8.2} {:>6.0} | {cost:>11.2}",
            used.seconds, used.megabytes
        );
        costs.push(cost);
    }
    let (Some(first), Some(last)) = (costs.first(), costs.last()) else {
        return Err(io::Error::other("there are several sizes"));
    };
    println!(
        "   ratio         |                 | {:>11.2}",
        last / first
    );
    Ok(last / first <= BUDGET)
}

/// Writes a package; gives its lines.
fn add(workspace: &Workspace, types: usize) -> io::Result<usize> {
    // an enum for five structs, and structs in groups of ten
    let structs = types * 5 / 6 / 10 * 10;
    let (files, requirements) = forms::written(structs, References::Neighbours);
    let package = package(types);
    let manifest = forms::member_manifest(&package, &requirements, false);
    workspace.add(&package, &manifest, &files)?;
    Ok(lines(&files))
}

fn package(types: usize) -> String {
    format!("types_{types}")
}
