//! A document cannot become code: hostile texts at every place of a document that an output, a manifest or a report shows.
//!
//! Each text at each place is a document of its own, which is refused with a place or gives an output that is walked on its syntax
//! tree. All that is accepted is then put into one document, whose output is compiled with warnings denied, and whose doctests are
//! listed: building each output by itself would take hours and show no more.

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

/// Places of which a document has one, and names that others refer to: they stay as they are where all documents become one.
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

/// A text to try: its name, the place, and what it is.
type Chosen = (&'static str, String, String);

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Refused,
    Accepted,
}

/// A text at a place, and what became of the document.
struct Tried {
    payload: &'static str,
    place: String,
    end: Result<End, String>,
}

/// A fourth of all texts at all places, so that each text and each place comes up often; with `HOSTILE_DOCUMENTS=all` all of them, which
/// takes minutes. The result is kept, since several tests ask for it.
///
/// `HOSTILE_KEEP` names a folder that the accepted documents are written to: `cargo xtask corpus` on it compiles each by itself.
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
fn no_text_becomes_code() {
    let all = tried_all();
    let refused = all.iter().filter(|one| one.end == Ok(End::Refused)).count();
    let wrong: Vec<String> = all
        .iter()
        .filter_map(|one| {
            let complaint = one.end.as_ref().err()?;
            Some(format!("{} as {}: {complaint}", one.payload, one.place))
        })
        .collect();
    eprintln!("{} hostile documents, {refused} refused", all.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(all.len() >= 400 && refused > 50 && refused < all.len() / 2);
}

/// Generates a document and looks at whatever comes out.
fn tried(value: &Value) -> Result<End, String> {
    let sources = MapSources::new().with("api.json", payloads::written(value));
    let run = || generate(&sources, &Options::new("api.json", "hostile"));
    let ended = panic::catch_unwind(AssertUnwindSafe(run)).map_err(|_| "a panic".to_owned())?;
    match ended {
        Ok(output) => accepted(&output, &sources).map(|()| End::Accepted),
        Err(found) => refused(&found, &sources).map(|()| End::Refused),
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
    match complaints.is_empty() {
        true => Ok(()),
        false => Err(complaints.join("; ")),
    }
}

/// A refusal has a code, a place in the document, and a line.
fn refused(found: &Diagnostics, sources: &MapSources) -> Result<(), String> {
    reports(found, sources)?;
    let errors = found.iter().filter(|one| one.severity == Severity::Error);
    for error in errors {
        if locate::locate(&error.place, sources).is_none() {
            return Err(format!("no line for {error}"));
        }
    }
    Ok(())
}

/// Reports show no letter that steers a terminal or hides others, and one object or line stays one.
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
    match are_objects && lines.lines().count() == found.len() {
        true => Ok(()),
        false => Err(format!("these are no lines of JSON: {lines}")),
    }
}

/// One document with every text at every place at which it is accepted.
fn all_in_one() -> Value {
    let mut all = document(0, &|_| None);
    for (index, (payload, text)) in payloads().into_iter().enumerate() {
        // a long text at forty places is forty long texts
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

/// Puts the members of one document into another; lists are joined.
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

/// The output of that document; a test that compiles asks for it.
pub fn output() -> Output {
    let value = all_in_one();
    let sources = MapSources::new().with("api.json", value.to_string());
    match generate(&sources, &Options::new("api.json", "hostile")) {
        Ok(output) => output,
        Err(found) => panic!("{}", render(&found, &sources, Style::Plain)),
    }
}

#[test]
fn names_of_files_and_choices_are_held_to_the_same() {
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
