//! No two files of a part name each other, directly or by way of others, so that each can be read after those that it needs.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, assert_none, sources};

/// The parts that are free of cycles.
const FREE: &[&str] = &["emit", "render"];

/// The files of a part, each with those that it names.
type Edges = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_files_of_a_part_name_one_another_in_a_circle() {
    let sources = sources();
    let circles = FREE.iter().flat_map(|part| {
        let files: Vec<_> = sources.iter().filter(|file| file.part == *part).collect();
        assert!(!files.is_empty(), "{part} is no part");
        circles(&edges(&files))
    });
    assert_none(&circles.collect::<Vec<_>>());
}

/// What the paths of each file resolve to, itself left out.
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

/// `emit/client/body.rs` is `["emit", "client", "body"]`.
fn module(path: &str) -> Vec<&str> {
    path.trim_end_matches(".rs").split('/').collect()
}

/// A path from the root of the crate; `None` for one that leads to another crate or to what the file has imported.
fn absolute<'a>(
    own: &[&'a str],
    path: &'a str,
    modules: &BTreeSet<Vec<&str>>,
) -> Option<Vec<&'a str>> {
    let words: Vec<&str> = path.split("::").collect();
    let ups = words.iter().take_while(|word| **word == "super").count();
    let (base, rest) = match words.as_slice() {
        ["crate", rest @ ..] => (&[][..], rest),
        ["self", rest @ ..] => (own, rest),
        [first, ..] if ups == 0 => {
            let child = [own, &[first]].concat();
            return modules.contains(&child).then(|| [own, &words].concat());
        }
        _ => (own.get(..own.len().checked_sub(ups)?)?, words.get(ups..)?),
    };
    Some([base, rest].concat())
}

/// The edges that are a part of a circle: from the file that is named there is a way back.
fn circles(edges: &Edges) -> Vec<String> {
    let mut lines = Vec::new();
    for (file, targets) in edges {
        let on_circle = targets.iter().filter(|target| reaches(edges, target, file));
        lines.extend(on_circle.map(|target| format!("{file} names {target}")));
    }
    lines
}

/// Whether there is a way from one file to another.
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

/// The rule is worth something only if circles are found.
#[test]
fn circles_are_seen() {
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
    assert_eq!(circles(&edges(&files.each_ref())), expected);
    let [root, names, client, _] = files;
    assert_eq!(circles(&edges(&[&root, &names, &client])), [""; 0]);
}
