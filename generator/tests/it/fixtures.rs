//! Every folder of `fixtures/`: the document in it gives exactly the files, warnings or errors that stand beside it.
//!
//! ```text
//! fixtures/<name>/input.yaml      the document; or input.json; more files where it refers to some
//!                 codegen.yaml    choices; one target, whose input is the document
//!                 expected/       what is generated, without the runtime's own files
//!                 expected.warn   what a run says that makes an output
//!                 expected.err    what a run says that makes none
//! ```

use std::path::PathBuf;

use oasmith::diagnostic::Diagnostics;
use oasmith::load::MapSources;
use oasmith::options::{Options, read_config};
use oasmith::report::{Style, render};
use oasmith::{Output, generate, manifest};

use crate::goldens::{self, Files};

/// A folder of `fixtures/`.
pub struct Fixture {
    /// The folder's name, which is also the name of the generated package.
    pub name: String,
    folder: PathBuf,
    inputs: Files,
    golden: Files,
}

/// All fixtures by name.
pub fn all() -> Vec<Fixture> {
    let root = goldens::package().join("tests/fixtures");
    let entries = std::fs::read_dir(&root).expect("there are fixtures");
    let mut fixtures: Vec<_> = entries
        .map(|entry| Fixture::read(entry.expect("a folder can be listed").path()))
        .collect();
    fixtures.sort_by(|a, b| a.name.cmp(&b.name));
    fixtures
}

impl Fixture {
    fn read(folder: PathBuf) -> Self {
        let name = folder.file_name().and_then(|name| name.to_str());
        let name = name.expect("fixtures have plain names").to_owned();
        let (golden, inputs) = goldens::read_below(&folder)
            .into_iter()
            .partition(|(path, _)| path.starts_with("expected"));
        Fixture {
            name,
            folder,
            inputs,
            golden,
        }
    }

    /// The document and what else is read.
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

    /// What the generator is told.
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

    /// All golden files that a run should leave, by their path in the folder.
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

#[test]
fn every_fixture_gives_its_golden_files() {
    let fixtures = all();
    let differences = fixtures
        .iter()
        .flat_map(|fixture| goldens::differences(&fixture.folder, &fixture.golden, &fixture.run()));
    goldens::assert_none(&differences.collect::<Vec<_>>());
}

/// What a document says must not change what kind of code comes out; `render` looks at items, this looks at the text.
#[test]
fn written_files_read_again_hold_nothing_unexpected() {
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
