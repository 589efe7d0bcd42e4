//! `codegen.schema.json`, the JSON Schema for editors: it is the one of the source, and every `codegen.yaml` of the
//! repository is valid by it if the generator takes it.

use std::fs;

use oasmith::diagnostic::{Diagnostics, Severity};
use oasmith::load::MapSources;
use oasmith::options::{read_choices, schema};
use serde_json::Value;

use crate::goldens;

/// Where the file is, below this package.
const FILE: &str = "cli/codegen.schema.json";

/// Fixtures with a mistake that is about two values, which a schema does not compare.
const MORE_THAN_A_SCHEMA: [&str; 1] = ["config/duplicate-targets"];

#[test]
fn the_file_is_the_schema_of_the_source() {
    let path = goldens::package().join(FILE);
    let made = format!("{:#}\n", schema());
    let before = fs::read_to_string(&path).unwrap_or_default();
    if goldens::update() {
        fs::write(&path, &made).expect("the golden can be written");
    }
    assert_eq!(made, before);
}

fn files() -> Vec<(String, String)> {
    let fixtures = goldens::read_below(&goldens::package().join("tests/fixtures"));
    let mut files: Vec<(String, String)> = fixtures
        .into_iter()
        .filter(|(path, _)| path.ends_with("/codegen.yaml"))
        .collect();
    for path in [
        "../spec/codegen.yaml",
        "cli/tests/commands/update_spec/codegen.yaml",
    ] {
        let text = fs::read_to_string(goldens::package().join(path)).expect("it exists");
        files.push((path.to_owned(), text));
    }
    files
}

#[test]
fn every_file_of_the_repository_is_valid_if_the_generator_takes_it() {
    let validator = jsonschema::draft7::new(&schema()).expect("it is a schema");
    let mut count = [0, 0];
    for (path, text) in files() {
        let sources = MapSources::new().with("codegen.yaml", text.clone());
        let mut diagnostics = Diagnostics::new();
        let is_read = read_choices(&sources, "codegen.yaml", &mut diagnostics).is_some();
        assert_eq!(is_read, diagnostics.count(Severity::Error) == 0, "{path}");
        let value: Value = serde_yaml::from_str(&text).expect("it is YAML");
        let is_valid = validator.is_valid(&value);
        let is_more = MORE_THAN_A_SCHEMA.iter().any(|one| path.starts_with(one));
        assert_eq!(is_valid, is_read || is_more, "{path}: {diagnostics:?}");
        count[usize::from(is_read)] += 1;
    }
    assert!(count[0] > 1 && count[1] > 20, "{count:?}");
}

#[test]
fn an_unknown_key_is_found_by_an_editor() {
    let validator = jsonschema::draft7::new(&schema()).expect("it is a schema");
    let text = "version: 1
targets:
  - { name: pets, input: pets.yaml, output: pets, package: pets, renames: {} }
";
    let value: Value = serde_yaml::from_str(text).expect("it is YAML");
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(
        errors,
        ["/targets/0: Additional properties are not allowed ('renames' was unexpected)"]
    );
}
