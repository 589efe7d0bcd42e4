//! Every code is explained, by an example from the fixtures.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::*;
use oasmith::diagnostic::Severity;

/// The examples of codes that no fixture can have: bytes, disks and bugs are no documents.
const ELSEWHERE: &str = "\
error[OA0103]: file is not valid UTF-8
 --> input.yaml:2:7
  |
2 | info: \u{fffd}
  |       ^

error[OA0107]: cannot read `input.yaml`: permission denied
--> input.yaml

error[OA0601]: src/types/pet.rs was not written: a macro call has tokens
--> input.yaml
";

/// Adds the reports of fixtures below a folder.
fn add(folder: &Path, reports: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            add(&path, reports);
        } else if path.ends_with("expected.err") || path.ends_with("expected.warn") {
            reports.push(fs::read_to_string(&path).expect("it is text"));
        }
    }
}

/// Returns the shortest diagnostic of each code: of the code's own severity, and with a help, if there is one.
fn shortest() -> String {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut reports = vec![ELSEWHERE.to_owned()];
    add(&package.join("../tests/fixtures"), &mut reports);
    add(&package.join("tests/conform"), &mut reports);
    add(&package.join("tests/accepted"), &mut reports);
    let mut best: BTreeMap<&str, (bool, bool, usize, &str)> = BTreeMap::new();
    for diagnostic in reports.iter().flat_map(|report| report.split("\n\n")) {
        let diagnostic = diagnostic.trim_end();
        // an empty name is a case of its own, and no example
        let Some(id) = code_of(diagnostic).filter(|_| !diagnostic.contains("``")) else {
            continue;
        };
        let Some(code) = code::ALL.iter().find(|code| code.id == id) else {
            continue;
        };
        let is_other = !diagnostic.starts_with(code.severity.as_str());
        let rank = (
            is_other,
            !diagnostic.contains("help: "),
            diagnostic.len(),
            diagnostic,
        );
        best.entry(id)
            .and_modify(|one| *one = rank.min(*one))
            .or_insert(rank);
    }
    let all: Vec<&str> = best.values().map(|(_, _, _, text)| *text).collect();
    all.join("\n\n") + "\n"
}

#[test]
fn the_examples_are_diagnostics_of_the_fixtures() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/explain/examples.txt");
    let made = shortest();
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&path, &made).expect("the golden can be written");
    }
    assert_eq!(made, fs::read_to_string(&path).expect("it exists"));
}

#[test]
fn every_code_has_an_example() {
    for code in code::ALL {
        assert!(example(code.id).is_some(), "{code}");
        assert!(listed().contains(code.title));
    }
}

#[test]
fn a_code_is_explained() {
    assert_eq!(code::DANGLING_REFERENCE.severity, Severity::Error);
    let text = explained(topic("oa0201", "x").expect("it exists"));
    let start = "OA0201: dangling reference (error)

The target of a `$ref` does not exist. A warning with `--lenient`, and for an
entry in the `mapping` of a discriminator that leads to no branch: the other
entries count.

What to do: Add the definition, or correct the reference by the suggestion. In a
document of somebody else, add the action in the help to an overlay.

Example:

    error[OA0201]: ";
    assert!(text.starts_with(start), "{text}");
}

#[test]
fn a_rule_of_diff_is_explained() {
    let rules = compare::rules();
    assert!(rules.len() > 100, "{} rules", rules.len());
    for rule in rules {
        let text = explained_rule(rule, WIDTH);
        assert!(text.starts_with(&format!("{}: ", rule.id)), "{text}");
        assert!(listed().contains(&format!("\n{}\n", rule.id)));
    }
    let error = topic("operation-remove", "x")
        .expect_err("there is none")
        .to_string();
    assert!(
        error.contains("did you mean `operation-removed`?"),
        "{error}"
    );
}

#[test]
fn another_code_is_suggested_or_the_list() {
    let error = |typed: &str| {
        let found = topic(typed, "oasmith explain");
        found.expect_err("there is none").to_string()
    };
    assert_eq!(
        error("OA0299"),
        "there is no code or rule `OA0299`; did you mean `OA0209`?"
    );
    assert_eq!(
        error("loops"),
        "there is no code or rule `loops`; `oasmith explain` lists all"
    );
    assert_eq!(topic("0201", "x").expect("it exists").id, "OA0201");
}
