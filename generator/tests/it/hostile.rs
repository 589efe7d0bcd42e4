//! Text of a document never becomes code: hostile strings in every location that an output, a manifest or a report
//! shows.
//!
//! Each string in each location is a document of its own, which is rejected with a location, or whose output is checked
//! on its syntax tree. All accepted strings are then put into one document, whose output is compiled with warnings
//! denied and whose doctests are listed: compiling each output by itself would take hours and show no more.

mod payloads;
mod tree;

use std::collections::BTreeSet;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;

use oasmith::diagnostic::{Diagnostics, Severity};
use oasmith::load::MapSources;
use oasmith::options::Options;
use oasmith::report::{Style, json, locate, render};
use oasmith::{Output, generate, manifest};
use serde_json::{Value, json};

use crate::goldens;
use payloads::{document, payloads, places};

/// Locations that a document has once, and names that others refer to: the document with all strings keeps them.
const ONCE: [&str; 14] = [
    "version of OpenAPI",
    "title",
    "version",
    "description of the API",
    "terms",
    "contact",
    "contact URL",
    "license",
    "tag description",
    "host",
    "server path",
    "variable",
    "variable default",
    "variable description",
];

/// The name of a string to try, its location, and the string.
type Chosen = (&'static str, String, String);

/// The result of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Rejected,
    Accepted,
}

/// A string in a location, and the result of the run.
struct Tried {
    payload: &'static str,
    place: String,
    end: Result<End, String>,
}

/// Tries a fourth of all strings in all locations, so that each string and each location is tried often.
/// `HOSTILE_DOCUMENTS=all` tries all of them, which takes minutes. Several tests share the result.
///
/// `HOSTILE_KEEP` names a folder for the accepted documents: `cargo xtask corpus` compiles each of them by itself.
fn tried_all() -> &'static [Tried] {
    static ALL: OnceLock<Vec<Tried>> = OnceLock::new();
    ALL.get_or_init(|| {
        let step = match std::env::var("HOSTILE_DOCUMENTS").as_deref() {
            Ok("all") => 1,
            _ => 4,
        };
        let places = places();
        let mut chosen: Vec<Chosen> = Vec::new();
        for (row, (payload, text)) in payloads().into_iter().enumerate() {
            let column = places.iter().enumerate();
            let column = column.filter(|(column, _)| (row + column) % step == 0);
            chosen.extend(column.map(|(_, place)| (payload, place.clone(), text.clone())));
        }
        let kept = std::env::var_os("HOSTILE_KEEP").map(PathBuf::from);
        let chosen: Vec<_> = chosen.into_iter().enumerate().collect();
        let halves = chosen.split_at(chosen.len() / 2);
        let try_half = |half: &[(usize, Chosen)]| -> Vec<Tried> {
            let all = half.iter();
            all.map(|(number, chosen)| try_one(*number, chosen, kept.as_deref()))
                .collect()
        };
        thread::scope(|scope| {
            let halves = [halves.0, halves.1].map(|half| scope.spawn(|| try_half(half)));
            let halves = halves.map(|half| half.join().expect("panics are caught"));
            halves.into_iter().flatten().collect()
        })
    })
}

fn try_one(number: usize, (payload, place, text): &Chosen, kept: Option<&Path>) -> Tried {
    let value = document(1, &|name| (name == place).then(|| text.clone()));
    let end = tried(&value);
    if let Some(folder) = kept.filter(|_| end == Ok(End::Accepted)) {
        let path = folder.join(format!("{number:04}.json"));
        goldens::write(&path, &payloads::written(&value));
    }
    Tried {
        payload,
        place: place.clone(),
        end,
    }
}

#[test]
fn no_string_becomes_code() {
    let all = tried_all();
    let rejected = all
        .iter()
        .filter(|one| one.end == Ok(End::Rejected))
        .count();
    let wrong: Vec<String> = all
        .iter()
        .filter_map(|one| {
            let complaint = one.end.as_ref().err()?;
            Some(format!("{} as {}: {complaint}", one.payload, one.place))
        })
        .collect();
    eprintln!("{} hostile documents, {rejected} rejected", all.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(all.len() >= 400 && rejected > 50 && rejected < all.len() / 2);
}

/// Generates a document and checks the output or the report.
fn tried(value: &Value) -> Result<End, String> {
    let sources = MapSources::new().with("api.json", payloads::written(value));
    let run = || generate(&sources, &Options::new("api.json", "hostile"));
    let ended = panic::catch_unwind(AssertUnwindSafe(run)).map_err(|_| "a panic".to_owned())?;
    match ended {
        Ok(output) => accepted(&output, &sources).map(|()| End::Accepted),
        Err(found) => rejected(&found, &sources).map(|()| End::Rejected),
    }
}

fn accepted(output: &Output, sources: &MapSources) -> Result<(), String> {
    reports(&output.diagnostics, sources)?;
    let mut complaints: Vec<String> = Vec::new();
    for (path, text) in &output.files {
        let is_plain = path.split('/').all(|part| {
            let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "_.".contains(letter);
            !part.is_empty() && !part.starts_with('.') && part.chars().all(is_letter)
        });
        if !is_plain || !path.starts_with("src/") || !path.ends_with(".rs") {
            complaints.push(format!("a file {path:?}"));
        }
        if !path.starts_with("src/runtime/") {
            complaints.extend(tree::complaints(path, text));
        }
    }
    let manifest = manifest("hostile", &output.requirements);
    if manifest.contains(payloads::MARK)
        || manifest
            .chars()
            .any(|one| one != '\n' && tree::is_hidden(one))
    {
        complaints.push(format!("the manifest {manifest}"));
    }
    if complaints.is_empty() {
        Ok(())
    } else {
        Err(complaints.join("; "))
    }
}

/// Checks that each error has a code, a location in the document, and a line.
fn rejected(found: &Diagnostics, sources: &MapSources) -> Result<(), String> {
    reports(found, sources)?;
    let errors = found.iter().filter(|one| one.severity == Severity::Error);
    for error in errors {
        if locate::locate(&error.place, sources).is_none() {
            return Err(format!("no line for {error}"));
        }
    }
    Ok(())
}

/// Checks that reports contain no control characters, and that each diagnostic is one line of JSON.
fn reports(found: &Diagnostics, sources: &MapSources) -> Result<(), String> {
    let text = render(found, sources, Style::Plain);
    let lines = json::lines(found, sources);
    let mut letters = text.chars().chain(lines.chars());
    if let Some(hidden) = letters.find(|letter| *letter != '\n' && tree::is_hidden(*letter)) {
        return Err(format!("a report shows {hidden:?}"));
    }
    let are_objects = lines
        .lines()
        .all(|line| serde_json::from_str::<Value>(line).is_ok());
    if are_objects && lines.lines().count() == found.len() {
        Ok(())
    } else {
        Err(format!("not one object of JSON in each line: {lines}"))
    }
}

/// Returns one document with every string in every location where it is accepted.
fn all_in_one() -> Value {
    let mut all = document(0, &|_| None);
    for (index, (payload, text)) in payloads().into_iter().enumerate() {
        // a long string in forty locations is forty long strings
        let text = text.chars().take(2_000).collect::<String>();
        let tried = tried_all().iter().filter(|one| one.payload == payload);
        let accepted: BTreeSet<&str> = tried
            .filter(|one| one.end == Ok(End::Accepted))
            .map(|one| one.place.as_str())
            .filter(|place| !ONCE.contains(place))
            .collect();
        let more = document(index + 1, &|name| {
            accepted.contains(name).then(|| text.clone())
        });
        merge(&mut all, more);
    }
    let texts: Vec<String> = payloads().into_iter().map(|(_, text)| text).collect();
    all["info"]["description"] = json!(texts.join("\n\n"));
    all
}

/// Merges the members of one document into another; arrays are joined.
fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                match into.get_mut(&name) {
                    Some(there) => merge(there, value),
                    None => {
                        into.insert(name, value);
                    }
                }
            }
        }
        (Value::Array(into), Value::Array(from)) => into.extend(from),
        _ => {}
    }
}

/// Returns the output of that document, for the tests that compile.
pub fn output() -> Output {
    let value = all_in_one();
    let sources = MapSources::new().with("api.json", value.to_string());
    match generate(&sources, &Options::new("api.json", "hostile")) {
        Ok(output) => output,
        Err(found) => panic!("{}", render(&found, &sources, Style::Plain)),
    }
}

#[test]
fn file_names_and_options_cannot_become_code() {
    let description = document(1, &|_| None).to_string();
    for (payload, text) in payloads() {
        let mut options = Options::new(text.as_str(), "hostile");
        options.header.clone_from(&text);
        let sources = MapSources::new().with(text.as_str(), description.as_str());
        if let Ok(output) = generate(&sources, &options) {
            accepted(&output, &sources).unwrap_or_else(|wrong| panic!("{payload}: {wrong}"));
        }
        let mut options = Options::new("api.json", text.as_str());
        options.rename.types.insert("A1".to_owned(), text.clone());
        let sources = MapSources::new().with("api.json", description.as_str());
        let is_name = syn::parse_str::<syn::Ident>(&text).is_ok();
        assert!(
            is_name || generate(&sources, &options).is_err(),
            "{payload}"
        );
    }
}
