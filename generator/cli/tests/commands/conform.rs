//! `conform` on the folders of `tests/conform`: a description, traffic as an exporter writes it, and what the command
//! prints and writes. After an intended change, `UPDATE_GOLDENS=1` rewrites these; read the diff.

mod files;
mod recorded;

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::workspace::{Ended, run_in};

/// A word that is in the bodies, headers, cookies, paths and queries of all fixtures, and nowhere else.
const CANARY: &str = "CANARY";

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conform")
}

/// Copies a fixture into a folder of its own.
fn folder(name: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for file in ["api.yaml", "traffic.har"] {
        fs::copy(fixtures().join(name).join(file), folder.path().join(file))
            .expect("it can be copied");
    }
    folder
}

fn conform(folder: &Path, more: &[&str]) -> Ended {
    let mut arguments = vec!["conform", "--spec", "api.yaml", "traffic.har"];
    arguments.extend(more);
    run_in(folder, &arguments, &[])
}

/// Compares a text with a file of the fixture, or writes the file; adds its name to `wrong` if they differ.
fn check_golden(name: &str, file: &str, text: &str, wrong: &mut Vec<String>) {
    let path = fixtures().join(name).join(file);
    let before = fs::read_to_string(&path).unwrap_or_default();
    if before == text {
        return;
    }
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&path, text).expect("the golden can be written");
        wrong.push(format!("{name}/{file} was rewritten: read the diff"));
    } else {
        wrong.push(format!("{name}/{file}:\n{text}"));
    }
}

fn overlay(folder: &Path) -> String {
    fs::read_to_string(folder.join("wire.overlay.yaml")).unwrap_or_default()
}

#[test]
fn fixtures_are_reported_and_mended_as_expected() {
    let mut wrong = Vec::new();
    for name in ["ten-lies", "kinds-3.0", "kinds-3.1", "matching", "wire"] {
        let folder = folder(name);
        let ended = conform(folder.path(), &["--write", "wire.overlay.yaml"]);
        let json = conform(folder.path(), &["--message-format", "json"]);
        for (file, text) in [
            ("expected.err", &ended.stderr),
            ("expected.out", &ended.stdout),
            ("expected.overlay.yaml", &overlay(folder.path())),
            ("expected.json", &json.stdout),
        ] {
            check_golden(name, file, text, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_second_run_changes_nothing() {
    for name in ["ten-lies", "kinds-3.0", "kinds-3.1", "wire"] {
        let folder = folder(name);
        conform(folder.path(), &["--write", "wire.overlay.yaml"]);
        let before = overlay(folder.path());
        let ended = conform(folder.path(), &["--write", "wire.overlay.yaml"]);
        assert_eq!(overlay(folder.path()), before, "{name}");
        assert!(
            ended.stdout.contains("Unchanged wire.overlay.yaml"),
            "{ended:#?}"
        );
    }
}

#[test]
fn single_replies_are_held_against_their_operation() {
    let folder = folder("ten-lies");
    let path = folder.path();
    fs::write(path.join("one.json"), r#"{ "id": 7, "title": "CANARY" }"#)
        .expect("it can be written");
    fs::write(path.join("broken.json"), r#"{ "id": CANARY"#).expect("it can be written");
    let run = |arguments: &[&str]| {
        let spec = ["conform", "--spec", "api.yaml", "--operation"];
        run_in(path, &[&spec, arguments].concat(), &[])
    };
    for id in ["get_book", "GET /books/{id}"] {
        let ended = run(&[id, "one.json"]);
        assert_eq!(ended.code, Some(4), "{ended:#?}");
        assert!(
            ended
                .stderr
                .contains("the body lacks `author` in 1 of 1 reply"),
            "{ended:#?}"
        );
        assert!(ended.stderr.contains("first in one.json"), "{ended:#?}");
    }
    let ended = run(&["get_book", "--status", "404", "one.json", "broken.json"]);
    assert!(
        ended
            .stderr
            .contains("404: the status is not declared in 2 of 2 replies"),
        "{ended:#?}"
    );
    let ended = run(&["get_book", "broken.json"]);
    assert!(ended.stderr.contains("the body is not JSON"), "{ended:#?}");
    assert!(!ended.stderr.contains(CANARY), "{ended:#?}");
    let ended = run(&["get_bok", "one.json"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert!(
        ended
            .stderr
            .contains("no operation `get_bok`; did you mean `get_book`?"),
        "{ended:#?}"
    );
    for wrong in [
        &["get_book", "--status", "99", "one.json"][..],
        &["get_book"],
        &["get_book", "--target", "x", "one.json"],
    ] {
        assert_eq!(run(wrong).code, Some(2), "{wrong:?}");
    }
}

/// Runs the command in all of its ways and returns everything that it prints and writes.
fn everything(folder: &Path) -> String {
    let mut all = String::new();
    for (more, variables) in [
        (&["--write", "wire.overlay.yaml"][..], &[][..]),
        (&["--message-format", "json"], &[]),
        (&["--color", "always"], &[("GITHUB_ACTIONS", "true")]),
        (&["--write", "other.yaml", "--message-format", "json"], &[]),
    ] {
        let mut arguments = vec!["conform", "--spec", "api.yaml", "traffic.har"];
        arguments.extend(more);
        let ended = run_in(folder, &arguments, variables);
        assert!(matches!(ended.code, Some(0 | 1 | 4)), "{ended:#?}");
        all += &ended.stdout;
        all += &ended.stderr;
    }
    for file in ["wire.overlay.yaml", "other.yaml"] {
        all += &fs::read_to_string(folder.join(file)).unwrap_or_default();
    }
    all
}

#[test]
fn nothing_of_the_traffic_is_shown() {
    for name in ["ten-lies", "kinds-3.0", "kinds-3.1", "matching", "wire"] {
        let traffic =
            fs::read_to_string(fixtures().join(name).join("traffic.har")).expect("it is there");
        let folder = folder(name);
        let shown = everything(folder.path());
        assert!(name == "kinds-3.1" || traffic.contains(CANARY), "{name}");
        assert!(!shown.contains(CANARY), "{name}: {shown}");
        assert!(!shown.contains("ada@example.com"), "{name}: {shown}");
    }
}

#[test]
fn a_broken_file_is_not_quoted() {
    let whole = fs::read_to_string(fixtures().join("ten-lies/traffic.har")).expect("it is there");
    let folder = folder("ten-lies");
    let canaries: Vec<usize> = whole
        .match_indices(CANARY)
        .map(|(at, _)| at)
        .step_by(9)
        .collect();
    assert!(canaries.len() > 3);
    let mut broken: Vec<String> = canaries
        .iter()
        .map(|at| whole[..at + 3].to_owned())
        .collect();
    // a value in the wrong place, and with a wrong type
    broken.extend(
        canaries
            .iter()
            .map(|at| format!("{}\" CANARY {}", &whole[..*at], &whole[*at..])),
    );
    broken.push(whole.replace("\"status\": 200", "\"status\": \"CANARY\""));
    broken.push(whole.replace("\"entries\": [", "\"entries\": \"CANARY\", \"x\": ["));
    broken.push(whole.replace("\"method\": \"GET\"", "\"method\": { \"CANARY\": 1 }"));
    broken.push(whole.replace("\"method\": \"GET\"", "\"method\": \"CANARY-12345\""));
    broken.push("\"CANARY\"".to_owned());
    broken.push("CANARY".to_owned());
    broken.push("{ \"CANARY\": 1 }".to_owned());
    broken.push(String::new());
    for text in broken {
        fs::write(folder.path().join("traffic.har"), &text).expect("it can be written");
        let shown = everything(folder.path());
        assert!(!shown.contains(CANARY), "{text}\n\n{shown}");
    }
}

/// Returns the findings of a run as code and message, from its JSON.
fn findings(ended: &Ended) -> Vec<serde_json::Value> {
    let lines = ended.stdout.lines();
    let objects =
        lines.map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line is JSON"));
    objects
        .filter(|object| object.get("code").is_some())
        .collect()
}

#[test]
fn with_its_overlay_a_description_holds_but_for_what_is_left_to_people() {
    for name in ["ten-lies", "kinds-3.0", "kinds-3.1", "wire"] {
        let folder = folder(name);
        let json = ["--message-format", "json"];
        let first = conform(
            folder.path(),
            &[&json[..], &["--write", "wire.overlay.yaml"]].concat(),
        );
        let left: Vec<_> = findings(&first)
            .into_iter()
            .filter(|finding| !finding["not_in_overlay"].is_null())
            .map(|finding| finding["message"].clone())
            .collect();
        let second = conform(
            folder.path(),
            &[&json[..], &["--overlay", "wire.overlay.yaml"]].concat(),
        );
        let found: Vec<_> = findings(&second)
            .into_iter()
            .map(|finding| finding["message"].clone())
            .collect();
        assert_eq!(found, left, "{name}: {}", overlay(folder.path()));
        assert_eq!(second.stderr, "", "{name}");
    }
}

#[test]
fn more_traffic_adds_actions_and_evidence() {
    let folder = folder("ten-lies");
    let path = folder.path();
    let write = ["--write", "wire.overlay.yaml"];
    let reply =
        |name: &str, text: &str| fs::write(path.join(name), text).expect("it can be written");
    let run = |files: &[&str]| {
        let head = ["conform", "--spec", "api.yaml", "--operation", "get_book"];
        let ended = run_in(path, &[&head, files, &write].concat(), &[]);
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        overlay(path)
    };
    reply(
        "a.json",
        r#"{ "id": 1, "title": null, "author": { "name": "A" } }"#,
    );
    reply(
        "b.json",
        r#"{ "id": 1, "title": "T", "author": { "name": null }, "state": "sold" }"#,
    );
    let first = run(&["a.json"]);
    assert!(first.contains("null in 1 of 1 reply"), "{first}");
    fs::write(path.join("wire.overlay.yaml"), format!("# Ours.\n{first}"))
        .expect("it can be written");
    let second = run(&["a.json", "b.json", "b.json"]);
    assert!(second.starts_with("# Ours.\noverlay: 1.1.0\n"), "{second}");
    assert!(
        second.contains("null in 1 of 3 replies") && second.contains("null in 2 of 3 replies"),
        "{second}"
    );
    assert_eq!(second.matches("- target: ").count(), 3, "{second}");
    // the same again, and less of it
    assert_eq!(run(&["a.json", "b.json", "b.json"]), second);
    assert_eq!(run(&["a.json"]), second);
}

#[test]
fn an_inferred_schema_grows_in_its_own_action() {
    let folder = folder("ten-lies");
    let path = folder.path();
    let run = |files: &[&str], write: &[&str]| {
        let head = [
            "conform",
            "--spec",
            "api.yaml",
            "--operation",
            "get_book",
            "--status",
            "409",
        ];
        let ended = run_in(path, &[&head, files, write].concat(), &[]);
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        overlay(path)
    };
    for (name, text) in [
        ("a.json", r#"{ "code": 1, "text": "CANARY" }"#),
        ("b.json", r#"{ "code": null, "more": [{ "n": 1.5 }] }"#),
    ] {
        fs::write(path.join(name), text).expect("it can be written");
    }
    let write = ["--write", "wire.overlay.yaml"];
    let first = run(&["a.json"], &write);
    assert!(first.contains("status 409 in 1 of 1 reply"), "{first}");
    let second = run(&["a.json", "b.json"], &write);
    assert_eq!(second.matches("- target: ").count(), 1, "{second}");
    assert!(second.contains("status 409 in 2 of 2 replies"), "{second}");
    // neither run forgets what the other saw
    for files in [&["a.json", "b.json"][..], &["a.json"], &["b.json"]] {
        assert_eq!(run(files, &write), second);
        run(files, &["--overlay", "wire.overlay.yaml"]);
    }
}

/// The generator's fixture shows that a client with this overlay reads every reply.
#[test]
fn the_client_with_the_overlay_is_tested_with_the_overlay_that_is_written() {
    let fixture =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/overlay/overlay-of-traffic");
    let read = |path: PathBuf| fs::read_to_string(path).expect("it is there");
    let own = fixtures().join("ten-lies");
    assert_eq!(read(fixture.join("input.yaml")), read(own.join("api.yaml")));
    let written = read(own.join("expected.overlay.yaml"));
    let expected = written.replace("extends: ./api.yaml", "extends: ./input.yaml");
    assert_eq!(read(fixture.join("wire.overlay.yaml")), expected);
}
