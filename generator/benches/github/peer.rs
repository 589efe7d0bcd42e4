//! The same figures for openapi-to-rust, run as documented: `openapi-to-rust generate API --output-dir DIR`.

use std::fs;
use std::io;
use std::path::Path;

use crate::compile::{Package, Workspace};
use crate::{Cost, ROUNDS, best_run, lines, package};

/// Returns the cost of its output. Its `mod.rs` becomes the root of a crate.
pub fn cost(program: &Path, document: &Path, root: &Path) -> io::Result<Cost> {
    let folder = root.join("out");
    fs::create_dir_all(root)?;
    let (command, run) = best_run(
        program,
        root,
        |timed| {
            timed.arg("generate").arg(document);
            timed.arg("--output-dir").arg(&folder);
        },
        |_| {},
    )?;
    let files = package(&folder)?;
    let count = lines(files.iter());
    let sources = files.into_iter().map(|(name, text)| match name.as_str() {
        "mod.rs" => ("src/lib.rs".to_owned(), text),
        _ => (format!("src/{name}"), text),
    });
    let workspace = Workspace::create(root.join("crate"), ROUNDS, &[])?;
    let requirements = fs::read_to_string(folder.join("REQUIRED_DEPS.toml"))?;
    let manifest = format!(
        "[package]\nname = \"peer\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{requirements}"
    );
    workspace.add("peer", &manifest, &sources.collect::<Package>())?;
    workspace.prepare("check", "peer")?;
    Ok(Cost {
        command,
        run,
        lines: count,
        check: workspace.measure("check", "peer")?,
    })
}
