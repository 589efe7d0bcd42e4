//! The files of a part do not depend on each other in cycles, so that each can be read after those that it needs.

use std::collections::{BTreeMap, BTreeSet};

use super::assert_none;
use super::source::{Source, absolute, module, sources};

/// The parts that are free of cycles.
const FREE: &[&str] = &["emit", "render"];

/// The files of a part, each with those that it names.
type Edges = BTreeMap<String, BTreeSet<String>>;

#[test]
fn files_of_a_part_have_no_cyclic_dependencies() {
    let sources = sources();
    let cycles = FREE.iter().flat_map(|part| {
        let files: Vec<_> = sources.iter().filter(|file| file.part == *part).collect();
        assert!(!files.is_empty(), "there is no part {part}");
        cycles(&edges(&files))
    });
    assert_none(&cycles.collect::<Vec<_>>());
}

/// Returns the other files that the paths of each file resolve to.
fn edges(files: &[&Source]) -> Edges {
    let modules: BTreeSet<Vec<&str>> = files.iter().map(|file| module(&file.path)).collect();
    let targets = |file: &Source| -> BTreeSet<String> {
        let own = module(&file.path);
        let named = file.paths.iter().filter_map(|path| {
            let path = absolute(&own, path, &modules)?;
            let target = (1..=path.len()).rev().map(|length| &path[..length]);
            target
                .into_iter()
                .find(|target| modules.contains(*target))
                .map(<[_]>::to_vec)
        });
        named
            .filter(|target| *target != own)
            .map(|target| target.join("::"))
            .collect()
    };
    files
        .iter()
        .map(|file| (module(&file.path).join("::"), targets(file)))
        .collect()
}

/// Describes the edges of cycles: from the file that is named there is a path back.
fn cycles(edges: &Edges) -> Vec<String> {
    let mut lines = Vec::new();
    for (file, targets) in edges {
        let on_cycle = targets.iter().filter(|target| reaches(edges, target, file));
        lines.extend(on_cycle.map(|target| format!("{file} names {target}")));
    }
    lines
}

/// Returns whether there is a path from one file to another.
fn reaches(edges: &Edges, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        if file == to {
            return true;
        }
        if seen.insert(file) {
            open.extend(edges.get(file).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

/// The rule above holds only if cycles are found.
#[test]
fn cycles_are_found() {
    let source =
        |path: &str, text: &str| Source::read(path.to_owned(), format!("//! Text.\n{text}"));
    let files = [
        source(
            "emit.rs",
            "mod client;\nmod names;\nfn f() { client::all(); }\nstruct Item;",
        ),
        source(
            "emit/names.rs",
            "use std::fmt;\npub(in crate::emit) fn ident() {}",
        ),
        source(
            "emit/client.rs",
            "mod body;\nuse super::names::ident;\nfn f() { body::g(ident()); }",
        ),
        source(
            "emit/client/body.rs",
            "pub(super) fn g() {}\nuse crate::emit::{Item, names};",
        ),
    ];
    let expected = [
        "emit names emit::client",
        "emit::client names emit::client::body",
        "emit::client::body names emit",
    ];
    assert_eq!(cycles(&edges(&files.each_ref())), expected);
    let [root, names, client, _] = files;
    assert_eq!(cycles(&edges(&[&root, &names, &client])), [""; 0]);
}
