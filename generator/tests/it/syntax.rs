//! A description generates the same bytes from JSON and from YAML.
//!
//! A document is loaded, written in the other syntax, and generated from that too. References follow the files' new
//! names: `$ref: pet.yaml#/Pet` becomes `pet.json#/Pet`.

use std::fs;
use std::path::Path;

use oasmith::diagnostic::Diagnostics;
use oasmith::load::{self, MapSources, Node, ScalarKind};
use oasmith::options::Options;
use oasmith::{Tree, generate};
use serde_yaml::value::{Mapping, Number, Value};

use crate::negative::corpus;
use crate::{fixtures, goldens};

/// The largest document of the corpus to test, in bytes; larger ones take an unoptimised build too long.
const LARGEST: u64 = 300_000;

/// Returns the name of a file in the other syntax, or `None` if the name has neither extension.
fn renamed(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    match extension {
        "json" => Some(format!("{stem}.yaml")),
        "yaml" | "yml" => Some(format!("{stem}.json")),
        _ => None,
    }
}

/// Returns a reference with the new name of its file.
fn moved(reference: &str) -> String {
    let (file, rest) = match reference.split_once('#') {
        Some((file, pointer)) => (file, format!("#{pointer}")),
        None => (reference, String::new()),
    };
    format!("{}{rest}", renamed(file).unwrap_or_else(|| file.to_owned()))
}

/// Writes a tree as JSON. Numbers keep their spelling, since `version: 1.10` is a string.
fn json(node: &Node, text: &mut String) {
    let string = |value: &str| serde_json::to_string(value).expect("a string can be written");
    match node {
        Node::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                json(item, text);
            }
            text.push(']');
        }
        Node::Object(members) => {
            text.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                text.push_str(&string(name));
                text.push(':');
                match (&**name, value.as_str()) {
                    ("$ref", Some(reference)) => text.push_str(&string(&moved(reference))),
                    _ => json(value, text),
                }
            }
            text.push('}');
        }
        Node::Scalar(scalar) => match scalar.kind() {
            ScalarKind::String => text.push_str(&string(scalar.text())),
            ScalarKind::Integer | ScalarKind::Float
                if serde_json::from_str::<serde_json::Number>(scalar.text()).is_ok() =>
            {
                text.push_str(scalar.text());
            }
            _ => text.push_str(&node.to_json().to_string()),
        },
    }
}

/// Converts a tree to serde_yaml's, which preserves the order of members.
fn yaml(node: &Node) -> Value {
    match node {
        Node::Array(items) => items.iter().map(yaml).collect(),
        Node::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = match (&**name, value.as_str()) {
                    ("$ref", Some(reference)) => moved(reference).into(),
                    _ => yaml(value),
                };
                (Value::from(&**name), value)
            });
            Value::Mapping(members.collect::<Mapping>())
        }
        Node::Scalar(scalar) => match node.to_json() {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => value.into(),
            serde_json::Value::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(number), _) => Value::Number(Number::from(number)),
                (None, Some(number)) => Value::Number(Number::from(number)),
                (None, None) => number.as_f64().map_or(Value::Null, Value::from),
            },
            _ => scalar.text().into(),
        },
    }
}

/// Converts all files of a description, or of several, to the other syntax.
fn converted(sources: &MapSources, options: &Options) -> Option<(MapSources, Options)> {
    let mut other = MapSources::new();
    let documents: Vec<&Options> = match options.inputs.is_empty() {
        true => vec![options],
        false => options.inputs.values().collect(),
    };
    for document in documents {
        for (name, text) in converted_files(sources, document)? {
            other = other.with(&name, text);
        }
    }
    Some((other, with_renamed(options)?))
}

/// Converts the files of a description.
fn converted_files(sources: &MapSources, options: &Options) -> Option<Vec<(String, String)>> {
    let mut found = Diagnostics::new();
    let loaded = load::load(sources, &options.input, &options.budgets, &mut found)?;
    let overlays = options.overlays.iter().map(|name| {
        let node = load::load_one(sources, name, &options.budgets, &mut Diagnostics::new());
        Some((name.as_str(), node?))
    });
    let overlays = overlays.collect::<Option<Vec<_>>>()?;
    let overlays = overlays.iter().map(|(name, node)| (*name, node));
    let files = loaded.files().map(|(name, node)| (&**name, node));
    let converted = files.chain(overlays).map(|(name, node)| {
        let new = renamed(name)?;
        let mut text = String::new();
        if new.ends_with("json") {
            json(node, &mut text);
        } else {
            text = serde_yaml::to_string(&yaml(node)).expect("a tree can be written");
        }
        Some((new, text))
    });
    converted.collect()
}

/// Gives the documents of the options their new names.
fn with_renamed(options: &Options) -> Option<Options> {
    let mut options = options.clone();
    if options.inputs.is_empty() {
        options.input = renamed(&options.input)?;
    }
    let overlays = options.overlays.iter().map(|name| renamed(name));
    options.overlays = overlays.collect::<Option<_>>()?;
    for of_document in options.inputs.values_mut() {
        *of_document = with_renamed(of_document)?;
    }
    Some(options)
}

/// Generates a description under a fixed name, so that file headers do not depend on its extension.
fn files(sources: &MapSources, options: &Options) -> Option<Tree> {
    let mut options = options.clone();
    options.source_name = "document".to_owned();
    for of_document in options.inputs.values_mut() {
        of_document.source_name = "document".to_owned();
    }
    generate(sources, &options).ok().map(|output| output.files)
}

#[test]
fn fixtures_generate_the_same_bytes_from_the_other_syntax() {
    let mut compared = 0;
    for fixture in fixtures::all() {
        let sources = fixture.sources();
        let Ok(options) = fixture.options(&sources) else {
            continue;
        };
        let Some(expected) = files(&sources, &options) else {
            continue;
        };
        let (other, options) = converted(&sources, &options).expect("it was read before");
        let mut found = files(&other, &options).unwrap_or_default();
        // the documentation has the locations of schemas in other files
        for text in found.values_mut() {
            *text = text.replace(".json#/", ".yaml#/");
        }
        goldens::assert_equal(&expected, &found, &fixture.name);
        compared += 1;
    }
    assert!(compared > 40, "only {compared} fixtures were compared");
}

/// Reads a document of the corpus as a single file.
fn single(path: &Path) -> Option<(MapSources, Options)> {
    let name = path.file_name()?.to_str()?;
    renamed(name)?;
    let text = fs::read_to_string(path).ok()?;
    Some((
        MapSources::new().with(name, text),
        Options::new(name, "client"),
    ))
}

fn small(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("the corpus has this folder");
    let files = entries.map(|entry| entry.expect("a folder can be listed"));
    let is_small = |entry: &fs::DirEntry| {
        let about = entry.metadata().expect("a file has a size");
        about.is_file() && about.len() <= LARGEST
    };
    let mut all: Vec<_> = files.filter(is_small).map(|entry| entry.path()).collect();
    all.sort();
    all
}

#[test]
fn corpus_documents_generate_the_same_bytes_from_the_other_syntax() {
    let Some(corpus) = corpus("documents of the corpus in the other syntax") else {
        return;
    };
    let mut compared = 0;
    for path in small(&corpus.join("public")) {
        let Some((sources, options)) = single(&path) else {
            continue;
        };
        let Some(expected) = files(&sources, &options) else {
            continue;
        };
        let (other, options) = converted(&sources, &options).expect("it was read before");
        let found = files(&other, &options).unwrap_or_default();
        goldens::assert_equal(&expected, &found, &path.display().to_string());
        compared += 1;
    }
    assert!(compared > 40, "only {compared} documents were compared");
}

/// The corpus has some documents in both syntaxes, as published.
#[test]
fn corpus_pairs_generate_the_same_bytes() {
    let Some(corpus) = corpus("documents that the corpus has in JSON and in YAML") else {
        return;
    };
    let mut compared = 0;
    for path in small(&corpus.join("public")) {
        let twin = path.with_extension("yaml");
        if path.extension().is_none_or(|extension| extension != "json") || !twin.is_file() {
            continue;
        }
        let [one, other] = [&path, &twin].map(|path| single(path).expect("it is a document"));
        let tree = |(sources, options): &(MapSources, Options)| {
            let mut found = Diagnostics::new();
            let loaded = load::load(sources, &options.input, &options.budgets, &mut found);
            let mut text = String::new();
            loaded
                .iter()
                .flat_map(|loaded| loaded.files())
                .for_each(|(_, node)| json(node, &mut text));
            text
        };
        // some pairs differ in a description, or in the order of properties
        if tree(&one) != tree(&other) {
            continue;
        }
        let what = path.display().to_string();
        let [one, other] = [one, other].map(|(sources, options)| files(&sources, &options));
        goldens::assert_equal(
            &one.expect("it is valid"),
            &other.expect("it is valid"),
            &what,
        );
        compared += 1;
    }
    assert!(compared > 4, "only {compared} pairs were compared");
}
