//! `negative.tsv`: the invalid documents of the corpus are each rejected with the code and at the location in their
//! row.
//!
//! The corpus is not part of the repository. `CODEGEN_CORPUS` names its folder; without it these tests are skipped.

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

/// Returns the folder of the corpus, or prints that a test is skipped.
pub fn corpus(what: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("CODEGEN_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: {what}; CODEGEN_CORPUS does not name the folder of the corpus");
    }
    folder
}

#[test]
fn invalid_documents_are_rejected_at_their_location() {
    let Some(corpus) = corpus("rejection of the documents in negative.tsv") else {
        return;
    };
    let wrong: Vec<String> = rows()
        .iter()
        .filter_map(|row| complaint(row, &rejection(&corpus, row.path)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_invalid_document_has_a_row() {
    let Some(corpus) = corpus("completeness of negative.tsv") else {
        return;
    };
    let manifest =
        fs::read_to_string(corpus.join("MANIFEST.tsv")).expect("the corpus has a manifest");
    let mut lines = manifest.lines().map(|line| line.split('\t'));
    let mut heads = lines.next().expect("the manifest has a head");
    let expect = heads.position(|name| name == "expect");
    let expect = expect.expect("the manifest says what is expected");
    // `either`: it may be read as it is meant
    let listed: BTreeSet<&str> = lines
        .filter(|line| line.clone().nth(expect) != Some("either"))
        .filter_map(|mut line| line.next())
        .filter(|path| path.starts_with("negative/"))
        .collect();
    let rows = rows();
    let held: BTreeSet<&str> = rows.iter().map(|row| row.path).collect();
    assert_eq!(held.len(), rows.len(), "a document has two rows");
    let missing: Vec<&&str> = listed.difference(&held).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn rejection(corpus: &Path, path: &str) -> Option<Diagnostics> {
    let path = corpus.join(path);
    let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.expect("file names are UTF-8");
    let sources = MapSources::new().with(name, text);
    generate(&sources, &Options::new(name, "negative")).err()
}

fn complaint(row: &Row, rejection: &Option<Diagnostics>) -> Option<String> {
    let Some(found) = rejection else {
        return Some(format!("{} is accepted", row.path));
    };
    let is_found = found.iter().any(|one| {
        let place = one.place.pointer().map(|pointer| pointer.path());
        let below = place.and_then(|place| place.strip_prefix(row.pointer));
        one.severity == Severity::Error
            && one.code.id == row.code
            && below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    let all: Vec<String> = found.iter().map(|one| format!("  {one}")).collect();
    (!is_found).then(|| {
        let (path, code, pointer) = (row.path, row.code, row.pointer);
        format!("{path}: no {code} at {pointer:?}:\n{}", all.join("\n"))
    })
}
