//! The same input gives the same bytes: twice, in any order of members, from YAML or JSON, from one file or many.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use oasmith::load::{MapSources, SourceError, Sources};
use oasmith::options::Options;
use oasmith::{Output, generate};
use serde_yaml::{Mapping, Value};

use crate::mutation::Choices as _;
use crate::numbers::Numbers;
use crate::{fixtures, goldens};

/// Shuffles the members of an object (Fisher-Yates).
fn shuffle(object: &mut Mapping, numbers: &mut Numbers) {
    let mut members: Vec<_> = std::mem::take(object).into_iter().collect();
    for end in (1..members.len()).rev() {
        members.swap(end, numbers.below(end + 1));
    }
    object.extend(members);
}

/// Writes a document as JSON, in the order of its members.
fn json(document: &Value) -> String {
    serde_json::to_string_pretty(document).expect("a value can be written")
}

/// Reads the description in `spec/`, as serde_yaml's tree, which preserves the order of members; serde_json's does not.
fn description() -> Value {
    let path = goldens::package().join("../spec/products-batch-upsert.yaml");
    let text = std::fs::read_to_string(path).expect("the description is in the workspace");
    serde_yaml::from_str(&text).expect("the description is YAML")
}

/// Generates a document under a fixed name, so that file headers do not depend on the path.
fn run(path: &str, text: &str) -> Output {
    let mut options = Options::new(path, "client");
    options.source_name = "document".to_owned();
    generate(&MapSources::new().with(path, text), &options).expect("the document is valid")
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    for fixture in fixtures::all() {
        assert_eq!(fixture.generate(), fixture.generate(), "{}", fixture.name);
    }
}

/// `components.schemas` and `paths` are maps, so their order must not change any file. The order of a schema's
/// properties is the order of the struct's fields, and is left as it is.
#[test]
fn the_order_of_schemas_and_paths_changes_no_byte() {
    let document = description();
    let expected = run("a.json", &json(&document));
    let mut orders = BTreeSet::new();
    for seed in 1..=20 {
        let mut numbers = Numbers(seed);
        let mut document = document.clone();
        let places: [&[&str]; 4] = [&["components", "schemas"], &["paths"], &["components"], &[]];
        for place in places {
            let object = place
                .iter()
                .fold(&mut document, |value, key| &mut value[*key]);
            shuffle(
                object.as_mapping_mut().expect("the description has it"),
                &mut numbers,
            );
        }
        let text = json(&document);
        let output = run("a.json", &text);
        goldens::assert_equal(&output.files, &expected.files, &format!("seed {seed}"));
        assert_eq!(output.requirements, expected.requirements, "seed {seed}");
        orders.insert(text);
    }
    assert!(orders.len() > 10, "the members were not shuffled");
}

#[test]
fn yaml_and_json_of_one_document_give_the_same_bytes() {
    let document = description();
    let yaml = serde_yaml::to_string(&document).expect("a value can be written");
    let (yaml, json) = (run("a.yaml", &yaml), run("a.json", &json(&document)));
    goldens::assert_equal(&yaml.files, &json.files, "YAML and JSON");
}

/// Sources that record the order in which files are read.
struct Recorded<'a> {
    sources: &'a dyn Sources,
    asked: Mutex<Vec<String>>,
}

impl Sources for Recorded<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        self.asked
            .lock()
            .expect("no reader has panicked")
            .push(path.to_owned());
        self.sources.read(path)
    }
}

/// The root refers to three files in two orders, so that they are read in two orders.
#[test]
fn the_order_in_which_files_are_read_changes_no_byte() {
    let document = |order: [&str; 3]| {
        let lines = order.map(|name| format!("    {name}: {{ $ref: '{name}.yaml' }}\n"));
        format!(
            "openapi: 3.0.3\ninfo: {{ title: A, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{}",
            lines.concat()
        )
    };
    let schema = |other: &str| {
        format!(
            "type: object\nproperties:\n  other: {{ $ref: '{other}.yaml' }}\n  inner: {{ type: object, properties: {{ a: {{ type: string }} }} }}\n"
        )
    };
    let run = |order| {
        let sources = MapSources::new()
            .with("root.yaml", document(order))
            .with("One.yaml", schema("Two"))
            .with("Two.yaml", schema("Three"))
            .with("Three.yaml", schema("One"));
        let recorded = Recorded {
            sources: &sources,
            asked: Mutex::default(),
        };
        let output = generate(&recorded, &Options::new("root.yaml", "client"))
            .expect("the document is valid");
        (
            output.files,
            recorded.asked.into_inner().expect("no reader has panicked"),
        )
    };
    let (files, asked) = run(["One", "Two", "Three"]);
    let (other_files, other_asked) = run(["Three", "Two", "One"]);
    goldens::assert_equal(&files, &other_files, "two orders");
    assert_ne!(asked, other_asked, "the files were read in the same order");
}

/// An output contains no host name, time or build path: two packages differ only in their own name.
#[test]
fn an_output_contains_no_name_that_was_not_given() {
    let text = json(&description());
    let run = |package: &str| {
        let options = Options::new("a.json", package);
        generate(&MapSources::new().with("a.json", text.as_str()), &options)
            .expect("the document is valid")
    };
    let renamed: BTreeMap<String, String> = run("first_name")
        .files
        .into_iter()
        .map(|(path, text)| (path, text.replace("first_name", "second_name")))
        .collect();
    goldens::assert_equal(&renamed, &run("second_name").files, "two packages");
}
