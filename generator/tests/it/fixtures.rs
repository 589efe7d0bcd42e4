//! Fixtures: each document below `fixtures/` generates exactly the files, warnings or errors stored beside it.
//!
//! A fixture is named by the construct it uses and the point it makes, such as `schema/enum-unusual-values`:
//!
//! ```text
//! fixtures/<group>/<name>/input.yaml      the document; or input.json; more files where it refers to some
//!                         codegen.yaml    choices; one target, whose input is the document
//!                         expected/       the generated files, without the runtime's own files
//!                         expected.warn   diagnostics of a run that generates files
//!                         expected.err    diagnostics of a run that generates none
//! ```
//!
//! | group | fixtures |
//! | --- | --- |
//! | `schema` | schemas, the types generated for them, and their names |
//! | `operation` | methods, parameters, request bodies, security, servers |
//! | `reply` | responses: statuses, headers, errors, streams |
//! | `overlay` | overlays, and what is wrong with them |
//! | `config` | what `codegen.yaml` chooses, and its errors |
//! | `errors` | documents that are rejected |

use std::collections::BTreeSet;
use std::path::PathBuf;

use oasmith::diagnostic::Diagnostics;
use oasmith::load::MapSources;
use oasmith::options::{Options, RuntimeSource, read_config};
use oasmith::report::{Style, render};
use oasmith::{Output, generate, manifest};

use crate::goldens::{self, Files};

/// The folders of `fixtures/`.
const GROUPS: [&str; 6] = [
    "config",
    "errors",
    "operation",
    "overlay",
    "reply",
    "schema",
];

/// One document with its expected output.
pub struct Fixture {
    /// The name of its own folder, which is also the name of the generated package.
    pub name: String,
    /// The folder of `fixtures/` that it is in.
    group: String,
    folder: PathBuf,
    inputs: Files,
    golden: Files,
}

/// Returns all fixtures, ordered by name.
pub fn all() -> Vec<Fixture> {
    let root = goldens::package().join("tests/fixtures");
    let mut fixtures: Vec<_> = folders(&root)
        .into_iter()
        .flat_map(|(group, folder)| {
            folders(&folder)
                .into_iter()
                .map(move |(name, folder)| Fixture::read(&group, name, folder))
        })
        .collect();
    fixtures.sort_by(|a, b| a.name.cmp(&b.name));
    fixtures
}

/// Returns the entries of a folder with their names.
fn folders(parent: &std::path::Path) -> Vec<(String, PathBuf)> {
    std::fs::read_dir(parent)
        .unwrap_or_else(|error| panic!("{}: {error}", parent.display()))
        .map(|entry| {
            let entry = entry.expect("a folder can be listed");
            let name = entry.file_name().into_string();
            (name.expect("fixtures have UTF-8 names"), entry.path())
        })
        .collect()
}

impl Fixture {
    fn read(group: &str, name: String, folder: PathBuf) -> Self {
        let (golden, inputs) = goldens::read_below(&folder)
            .into_iter()
            .partition(|(path, _)| path.starts_with("expected"));
        Fixture {
            name,
            group: group.to_owned(),
            folder,
            inputs,
            golden,
        }
    }

    /// Whether it is about the types of schemas alone, and has no calls to speak of.
    pub fn is_about_types(&self) -> bool {
        ["schema", "overlay"].contains(&self.group.as_str())
    }

    /// Returns the document, the files it refers to, and `codegen.yaml`.
    pub fn sources(&self) -> MapSources {
        let files = self.inputs.iter();
        files.fold(MapSources::new(), |sources, (path, text)| {
            sources.with(path, text.as_str())
        })
    }

    /// Runs the generator as a caller would, `codegen.yaml` included.
    pub fn generate(&self) -> Result<Output, Diagnostics> {
        let sources = self.sources();
        generate(&sources, &self.options(&sources)?)
    }

    /// Runs the generator with one source of the runtime, whatever `codegen.yaml` says of it.
    pub fn generate_with(&self, runtime: RuntimeSource) -> Result<Output, Diagnostics> {
        let sources = self.sources();
        let mut options = self.options(&sources)?;
        options.runtime = runtime;
        generate(&sources, &options)
    }

    /// Returns the options of `codegen.yaml`, or defaults where there is none.
    pub fn options(&self, sources: &MapSources) -> Result<Options, Diagnostics> {
        if self.inputs.contains_key("codegen.yaml") {
            let mut found = Diagnostics::new();
            let config = read_config(sources, "codegen.yaml", &mut found).ok_or(found)?;
            let target = config.targets.into_iter().next();
            return Ok(target.expect("a configuration has a target").options);
        }
        let input = ["input.yaml", "input.json"]
            .into_iter()
            .find(|name| self.inputs.contains_key(*name));
        let input = input.unwrap_or_else(|| panic!("{} has no input", self.name));
        Ok(Options::new(input, self.name.as_str()))
    }

    /// Returns the golden files that a run produces, by their path in the folder.
    fn run(&self) -> Files {
        let report = |found: &Diagnostics| render(found, &self.sources(), Style::Plain);
        match self.generate() {
            Err(found) => Files::from([("expected.err".to_owned(), report(&found))]),
            Ok(output) => {
                let own =
                    |path: &str| !path.starts_with("src/runtime/") || path == "src/runtime/mod.rs";
                let files = output.files.iter().filter(|(path, _)| own(path));
                let mut made: Files = files
                    .map(|(path, text)| (format!("expected/{path}"), text.clone()))
                    .collect();
                let manifest = manifest(&self.name, &output.requirements);
                made.insert("expected/Cargo.toml".to_owned(), manifest);
                if !output.diagnostics.is_empty() {
                    made.insert("expected.warn".to_owned(), report(&output.diagnostics));
                }
                made
            }
        }
    }
}

/// Packages of all fixtures share one workspace, so their names are unique across groups.
#[test]
fn fixture_names_are_unique_and_name_the_package() {
    let mut names = BTreeSet::new();
    for fixture in all() {
        assert!(
            GROUPS.contains(&fixture.group.as_str()),
            "`{}` is in `{}`, which is no group of fixtures",
            fixture.name,
            fixture.group
        );
        if let Ok(options) = fixture.options(&fixture.sources()) {
            assert_eq!(options.package, fixture.name, "the package of a fixture");
        }
        assert!(
            names.insert(fixture.name.clone()),
            "two fixtures are called `{}`",
            fixture.name
        );
    }
}

/// Rejected documents are in `errors`, except for those whose `codegen.yaml` is the point.
#[test]
fn fixtures_without_an_output_are_in_errors_config_or_overlay() {
    for fixture in all() {
        let is_rejected = fixture.golden.contains_key("expected.err");
        let fits = match fixture.group.as_str() {
            "config" | "overlay" => true,
            group => is_rejected == (group == "errors"),
        };
        assert!(fits, "{}/{}", fixture.group, fixture.name);
    }
}

#[test]
fn every_fixture_matches_its_golden_files() {
    let fixtures = all();
    let differences = fixtures
        .iter()
        .flat_map(|fixture| goldens::differences(&fixture.folder, &fixture.golden, &fixture.run()));
    goldens::assert_none(&differences.collect::<Vec<_>>());
}

/// Text of a document must not change what kind of code is generated. `render` checks the items, this checks the
/// rendered text.
#[test]
fn rendered_files_parse_to_expected_items_only() {
    for fixture in all() {
        let Ok(output) = fixture.generate() else {
            continue;
        };
        for (path, text) in output
            .files
            .iter()
            .filter(|(path, _)| !path.starts_with("src/runtime/"))
        {
            if let Err(reason) = oasmith::reparse(text) {
                panic!("{}/{path}: {reason}", fixture.name);
            }
        }
    }
}
