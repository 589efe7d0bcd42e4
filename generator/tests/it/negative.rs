//! `negative.tsv`: the wrong documents of the corpus, each refused with the code and at the place that its row names.
//!
//! The corpus is not part of the repository: `CODEGEN_CORPUS` names its folder, and without it there is nothing to hold the table against.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use oasmith::diagnostic::{Diagnostics, Severity};
use oasmith::generate;
use oasmith::load::MapSources;
use oasmith::options::Options;

const TABLE: &str = include_str!("../negative.tsv");

/// A row of the table.
struct Row {
    path: &'static str,
    code: &'static str,
    pointer: &'static str,
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| match *line.split('\t').collect::<Vec<_>>() {
            [path, code, pointer, rule] if !rule.is_empty() => Row {
                path,
                code,
                pointer,
            },
            _ => panic!("not four columns: {line}"),
        })
        .collect()
}

/// The corpus, or a word on stderr that its documents were not looked at.
pub fn corpus(what: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("CODEGEN_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: {what}; CODEGEN_CORPUS does not name the folder of the corpus");
    }
    folder
}

#[test]
fn wrong_documents_are_refused_at_their_place() {
    let Some(corpus) = corpus("the documents of negative.tsv") else {
        return;
    };
    let wrong: Vec<String> = rows()
        .iter()
        .filter_map(|row| complaint(row, &refusal(&corpus, row.path)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_document_that_must_be_refused_has_a_row() {
    let Some(corpus) = corpus("whether negative.tsv is complete") else {
        return;
    };
    let manifest = fs::read_to_string(corpus.join("MANIFEST.tsv")).expect("a corpus has a list");
    let listed: BTreeSet<&str> = manifest
        .lines()
        .filter_map(|line| line.split('\t').next())
        .filter(|path| path.starts_with("negative/"))
        .collect();
    let rows = rows();
    let held: BTreeSet<&str> = rows.iter().map(|row| row.path).collect();
    assert_eq!(held.len(), rows.len(), "a document has two rows");
    assert_eq!(held, listed);
}

fn refusal(corpus: &Path, path: &str) -> Option<Diagnostics> {
    let path = corpus.join(path);
    let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.expect("file names are UTF-8");
    let sources = MapSources::new().with(name, text);
    generate(&sources, &Options::new(name, "negative")).err()
}

fn complaint(row: &Row, refusal: &Option<Diagnostics>) -> Option<String> {
    let Some(found) = refusal else {
        return Some(format!("{} is accepted", row.path));
    };
    let stands = found.iter().any(|one| {
        let place = one.place.pointer().map(|pointer| pointer.path());
        let below = place.and_then(|place| place.strip_prefix(row.pointer));
        one.severity == Severity::Error
            && one.code.id == row.code
            && below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    let told: Vec<String> = found.iter().map(|one| format!("  {one}")).collect();
    (!stands).then(|| {
        let (path, code, pointer) = (row.path, row.code, row.pointer);
        format!("{path}: no {code} at {pointer:?}:\n{}", told.join("\n"))
    })
}
