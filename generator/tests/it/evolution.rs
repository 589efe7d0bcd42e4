//! The verdicts of `compare` against a table of pairs that is kept outside the repository.
//!
//! `CODEGEN_EVOLUTION` names a folder with `rules.json` and `pairs/<id>/{old,new}.yaml`; `CODEGEN_ORACLE` a table of what
//! compilers said about the same pairs (`cargo xtask oracle`), which decides about the source. Where a verdict differs on
//! purpose, `evolution.tsv` says why.

use std::collections::BTreeMap;
use std::path::Path;

use oasmith::compare::{Change, Level, Wire, compare};
use oasmith::load::MapSources;
use oasmith::options::Options;
use oasmith::{Output, generate};

use crate::goldens;

fn output(folder: &Path, side: &str) -> Output {
    let path = folder.join(format!("{side}.yaml"));
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut options = Options::new("document.yaml", "client");
    options.source_name = "document".to_owned();
    generate(&MapSources::new().with("document.yaml", text), &options)
        .unwrap_or_else(|errors| panic!("{}: {errors:?}", path.display()))
}

fn level(level: Level) -> &'static str {
    match level {
        Level::None => "none",
        Level::Patch => "patch",
        Level::Minor => "minor",
        Level::Major => "major",
    }
}

fn wire(wire: Wire) -> &'static str {
    match wire {
        Wire::Unused => "-",
        Wire::Works => "works",
        Wire::Maybe => "maybe",
        Wire::Silent => "silent",
        Wire::Unreadable => "unreadable",
        Wire::Refused => "refused",
    }
}

/// Reads a table: the first column, then the others.
fn table(text: &str) -> BTreeMap<String, Vec<String>> {
    let rows = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|line| {
        let mut columns = line.split('\t').map(ToOwned::to_owned);
        (columns.next().unwrap_or_default(), columns.collect())
    })
    .collect()
}

/// Returns what happens on the wire: of the changes of the pair's own rule, else of all.
fn wires(id: &str, changes: &[Change]) -> (Wire, Wire) {
    let own: Vec<&Change> = changes.iter().filter(|change| change.rule == id).collect();
    let all: Vec<&Change> = if own.is_empty() {
        changes.iter().collect()
    } else {
        own
    };
    let worst = |side: fn(&Change) -> Wire| {
        all.iter()
            .map(|change| side(change))
            .max()
            .unwrap_or(Wire::Works)
    };
    (
        worst(|change| change.old_client),
        worst(|change| change.old_server),
    )
}

#[test]
fn verdicts_are_those_of_the_pairs() {
    let Some(folder) = std::env::var_os("CODEGEN_EVOLUTION") else {
        eprintln!("skipped: CODEGEN_EVOLUTION names no folder with pairs");
        return;
    };
    let folder = Path::new(&folder);
    let read = |path: &Path| {
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let rules: serde_json::Value =
        serde_json::from_str(&read(&folder.join("rules.json"))).expect("the rules are JSON");
    let oracle = std::env::var_os("CODEGEN_ORACLE")
        .map(|path| table(&read(Path::new(&path))))
        .unwrap_or_default();
    let reasons = table(&read(&goldens::package().join("tests/it/evolution.tsv")));
    let mut findings = Vec::new();
    let mut seen = 0;
    for rule in rules.as_array().expect("the rules are a list") {
        let text = |key: &str| rule[key].as_str().unwrap_or_default();
        let id = text("id");
        let pair = folder.join("pairs").join(id);
        if !pair.is_dir() {
            continue;
        }
        seen += 1;
        let found = compare(&output(&pair, "old"), &output(&pair, "new"));
        let (old_client, old_server) = wires(id, &found.list);
        let is_unseen = found.list.iter().any(|change| change.unseen);
        let source = match oracle.get(id) {
            Some(row) if !is_unseen => row.first().map_or("", String::as_str),
            _ => text("a"),
        };
        let generic = found
            .list
            .iter()
            .find(|change| change.rule.starts_with("item-") || change.rule == "generator-changed");
        if let Some(change) = generic {
            findings.push(format!("{id}: not explained: {}", change.text));
        }
        let verdicts = [
            ("source", source, level(found.level())),
            ("old programs", text("b"), wire(old_client)),
            ("old servers", text("c"), wire(old_server)),
        ];
        for (what, expected, is) in verdicts {
            let key = format!("{id} {what}");
            let reason = reasons.get(&key).and_then(|row| row.first());
            // where no operation is concerned, saying nothing is enough
            let expected = if expected == "-" && found.list.is_empty() {
                is
            } else {
                expected
            };
            if expected != is && reason.map(String::as_str) != Some(is) {
                let rules: Vec<_> = found.list.iter().map(|change| change.rule).collect();
                findings.push(format!(
                    "{key}: {is} instead of {expected} ({})",
                    rules.join(", ")
                ));
            }
            if expected == is && reason.is_some() {
                findings.push(format!("{key}: the reason in evolution.tsv is not needed"));
            }
        }
        if std::env::var_os("CODEGEN_EVOLUTION_SHOWN").is_some() {
            let own = found.list.iter().any(|change| change.rule == id);
            println!("== {id}{}", if own { "" } else { " (another rule)" });
            for change in &found.list {
                println!(
                    "   {:?} {} {:?} {:?}: {} | {}",
                    change.source,
                    change.rule,
                    change.old_client,
                    change.old_server,
                    change.text,
                    change.effect
                );
            }
        }
    }
    assert!(seen > 100, "{seen} pairs");
    assert!(
        findings.is_empty(),
        "\n{}\n{} findings",
        findings.join("\n"),
        findings.len()
    );
}

/// Generates a revision of a description; `None` if it is rejected, as some revisions of real ones are.
fn revision(path: &Path) -> Option<Output> {
    let text = std::fs::read_to_string(path).ok()?;
    let name = if path
        .extension()
        .is_some_and(|extension| extension == "json")
    {
        "document.json"
    } else {
        "document.yaml"
    };
    let mut options = Options::new(name, "client");
    options.source_name = "document".to_owned();
    options.lenient = true;
    generate(&MapSources::new().with(name, text), &options).ok()
}

/// Each difference of neighbouring revisions of real descriptions belongs to a change, and both directions mirror each
/// other. `CODEGEN_HISTORIES` names a folder with a folder for each description, in which the files are its revisions in
/// order: `0001.json`, `0002.json`.
#[test]
fn neighbours_of_histories_are_explained() {
    let Some(folder) = std::env::var_os("CODEGEN_HISTORIES") else {
        eprintln!("skipped: CODEGEN_HISTORIES names no folder with histories");
        return;
    };
    let list = |folder: &Path| -> Vec<std::path::PathBuf> {
        let entries = std::fs::read_dir(folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut paths: Vec<_> = entries
            .map(|entry| entry.expect("it can be listed").path())
            .collect();
        paths.sort();
        paths
    };
    let mut findings = Vec::new();
    for history in list(Path::new(&folder)) {
        let (mut before, mut pairs, mut quiet, mut counts) =
            (None::<(String, Output)>, 0, 0, BTreeMap::new());
        for path in list(&history) {
            let Some(output) = revision(&path) else {
                continue;
            };
            let name = path.display().to_string();
            if let Some((_, before)) = &before {
                pairs += 1;
                let found = compare(before, &output);
                quiet += usize::from(
                    found.list.iter().all(|change| change.source == Level::None)
                        && found.texts == 0,
                );
                for change in &found.list {
                    *counts
                        .entry((level(change.source), change.rule))
                        .or_insert(0) += 1;
                    if change.rule.starts_with("item-") || change.rule == "generator-changed" {
                        findings.push(format!("{name}: {} [{}]", change.text, change.rule));
                    }
                }
                let back = compare(&output, before);
                if worst(&found.list) != {
                    let (one, other) = worst(&back.list);
                    (other, one)
                } {
                    findings.push(format!(
                        "{name}: {:?}, and back {:?}",
                        worst(&found.list),
                        worst(&back.list)
                    ));
                }
            }
            before = Some((name, output));
        }
        eprintln!(
            "{}: {pairs} pairs, {quiet} say nothing, {counts:#?}",
            history.display()
        );
    }
    assert!(
        findings.is_empty(),
        "\n{}\n{} findings",
        findings.join("\n"),
        findings.len()
    );
}

/// Returns the worst that happens to old programs, and to the new crate with an old server.
fn worst(changes: &[Change]) -> (Wire, Wire) {
    let worst = |side: fn(&Change) -> Wire| {
        changes
            .iter()
            .map(side)
            .max()
            .unwrap_or(Wire::Unused)
            .max(Wire::Works)
    };
    (
        worst(|change| change.old_client),
        worst(|change| change.old_server),
    )
}
