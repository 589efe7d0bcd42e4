//! The crates of a run: both versions of each, and the programs that use them, in one cargo workspace.
//!
//! ```text
//! oracle/<id>-old/    the output of old.yaml
//! oracle/<id>-new/    the output of new.yaml
//! oracle/<id>-old-on-new/   the program that uses every item of the old output, compiled against the new one
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use oasmith::diagnostic::Diagnostics;
use oasmith::load::MapSources;
use oasmith::options::{Choices, Options, read_choices};
use oasmith::{Dependency, Output, Requirements};
use oasmith_cli::disk::DiskSources;
use oasmith_cli::exit::Failure;
use oasmith_cli::keep::{Side, keep};
use serde_json::Value;

use super::program::SUBJECT;
use crate::cargo;
use crate::corpus::{write, write_tree};

/// The workspace below the target folder.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    members: BTreeSet<String>,
}

/// An output of the generator, as a package.
#[derive(Debug)]
pub struct Package {
    /// The name of the package.
    pub name: String,
    /// The files, and what they need in `Cargo.toml`.
    pub output: Output,
}

/// A document with choices, ready to be generated.
#[derive(Debug)]
pub struct Input {
    name: String,
    sources: DiskSources,
    options: Options,
}

impl Input {
    /// Takes a document, with lines of `codegen.yaml`.
    pub fn new(name: &str, document: &Path, choices: &[String]) -> Result<Self, Failure> {
        let folder = document.parent().unwrap_or(document);
        let sources = DiskSources::new(folder, None)?;
        let input = sources
            .name_of(document)
            .ok_or_else(|| Failure::new(format!("{} is outside its folder", document.display())))?;
        let mut options = Options::new(input, name);
        options.header = "cargo xtask oracle".to_owned();
        for lines in choices {
            choose(&mut options, lines)?;
        }
        Ok(Input {
            name: name.to_owned(),
            sources,
            options,
        })
    }

    /// Generates it; the error is the first diagnostic.
    pub fn generate(&self) -> Result<Package, Failure> {
        let output = oasmith::generate(&self.sources, &self.options);
        output
            .map(|output| Package {
                name: self.name.clone(),
                output,
            })
            .map_err(|found| self.failure(&found))
    }

    /// Generates the newer document of a pair so that what code sees is kept where the wire allows it.
    pub fn kept(&self, old: &Input) -> Result<Package, Failure> {
        let kept = keep(old.side(), self.side()).map_err(|found| self.failure(&found))?;
        match kept.output {
            Some(output) => Ok(Package {
                name: self.name.clone(),
                output,
            }),
            None => self.generate(),
        }
    }

    fn side(&self) -> Side<'_> {
        Side {
            sources: &self.sources,
            options: &self.options,
        }
    }

    fn failure(&self, found: &Diagnostics) -> Failure {
        let first = found.iter().next().map(|one| one.message.clone());
        Failure::new(format!("{}: {}", self.name, first.unwrap_or_default()))
    }
}

/// Adds names and orders of arguments to the choices.
fn choose(options: &mut Options, lines: &str) -> Result<(), Failure> {
    let sources = MapSources::new().with("codegen.yaml", format!("version: 1\n{lines}"));
    let mut found = Diagnostics::new();
    let Some(Choices::Alone(chosen)) = read_choices(&sources, "codegen.yaml", &mut found) else {
        let first = found.iter().next().map(|one| one.message.clone());
        let first = first.unwrap_or_default();
        return Err(Failure::new(format!("{first} in these lines:\n{lines}")));
    };
    let Options { rename, order, .. } = *chosen;
    options.rename.types.extend(rename.types);
    options.rename.members.extend(rename.members);
    options.rename.operations.extend(rename.operations);
    for (schema, values) in rename.values {
        options
            .rename
            .values
            .entry(schema)
            .or_default()
            .extend(values);
    }
    options.order.types.extend(order.types);
    options.order.operations.extend(order.operations);
    Ok(())
}

impl Workspace {
    /// Creates the workspace, empty, over the `target` of earlier runs.
    pub fn new(root: PathBuf, lock: &Path) -> Result<Self, Failure> {
        let own = root.join("Cargo.lock");
        if lock.exists() && !own.exists() {
            let failure = |error| Failure::disk("write", &own, &error);
            fs::create_dir_all(&root).map_err(failure)?;
            fs::copy(lock, &own).map_err(failure)?;
        }
        Ok(Workspace {
            root,
            members: BTreeSet::new(),
        })
    }

    /// Adds an output.
    pub fn add(&mut self, package: &Package) -> Result<(), Failure> {
        let manifest = oasmith::manifest(&package.name, &package.output.requirements);
        let mut files = package.output.files.clone();
        files.insert(
            "Cargo.toml".to_owned(),
            manifest.replace("\n[workspace]\n", ""),
        );
        self.members.insert(package.name.clone());
        write_tree(&self.root.join(&package.name), &files)
    }

    /// Adds a program that uses an output. `dependencies` are the crates that it names.
    pub fn add_program(
        &mut self,
        name: &str,
        text: &str,
        subject: &str,
        dependencies: &[&Dependency],
    ) -> Result<(), Failure> {
        let requirements = Requirements {
            dependencies: dependencies.iter().map(|one| (*one).clone()).collect(),
            ..Requirements::default()
        };
        let mut manifest = oasmith::manifest(name, &requirements).replace("\n[workspace]\n", "");
        manifest.push_str(&format!(
            "\n[dependencies.{SUBJECT}]\npackage = \"{subject}\"\npath = \"../{subject}\"\ndefault-features = false\n"
        ));
        let folder = self.root.join(name);
        write(&folder.join("Cargo.toml"), &manifest)?;
        write(&folder.join("src/lib.rs"), text)?;
        self.members.insert(name.to_owned());
        Ok(())
    }

    /// Lets rustdoc describe the outputs as JSON, and returns the file of each.
    pub fn describe(&self, packages: &[&Package]) -> Result<BTreeMap<String, PathBuf>, Failure> {
        self.write_manifest()?;
        let mut command = self.cargo("doc");
        command
            .args(["--no-deps", "--no-default-features"])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTDOCFLAGS", "-Z unstable-options --output-format json");
        for package in packages {
            command.args(["--package", &package.name]);
        }
        run(command, &mut |_| ())?;
        let folder = self.root.join("target/doc");
        Ok(packages
            .iter()
            .map(|package| {
                let file = format!("{}.json", package.name.replace('-', "_"));
                (package.name.clone(), folder.join(file))
            })
            .filter(|(_, file)| file.exists())
            .collect())
    }

    /// Compiles the programs, and returns the errors of each.
    pub fn check(&self) -> Result<BTreeMap<String, Vec<String>>, Failure> {
        self.write_manifest()?;
        let mut command = self.cargo("check");
        command.args(["--workspace", "--message-format", "json"]);
        let mut errors: BTreeMap<String, Vec<String>> = BTreeMap::new();
        run(command, &mut |message| {
            let text = |pointer: &str| message.pointer(pointer).and_then(Value::as_str);
            if text("/message/level").is_some_and(|level| level.starts_with("error"))
                && let (Some(target), Some(error)) =
                    (text("/target/name"), text("/message/rendered"))
            {
                errors
                    .entry(target.to_owned())
                    .or_default()
                    .push(error.to_owned());
            }
        })?;
        Ok(errors)
    }

    fn write_manifest(&self) -> Result<(), Failure> {
        let members: String = self
            .members
            .iter()
            .map(|name| format!("    \"{name}\",\n"))
            .collect();
        let text = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n[profile.dev]\ndebug = false\nincremental = false\n"
        );
        write(&self.root.join("Cargo.toml"), &text)
    }

    fn cargo(&self, subcommand: &str) -> Command {
        let mut command = Command::new(cargo::program());
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .args([subcommand, "--keep-going", "--quiet"]);
        command
    }
}

/// Runs cargo and passes on its messages. A compile error is a message; that nothing could be compiled is a failure.
fn run(mut command: Command, message: &mut dyn FnMut(&Value)) -> Result<(), Failure> {
    let not_started = |error| Failure::new(format!("could not start cargo: {error}"));
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(not_started)?;
    let stdout = child.stdout.take().map(BufReader::new);
    for line in stdout.into_iter().flat_map(BufReader::lines) {
        if let Ok(value) = serde_json::from_str(&line.map_err(not_started)?) {
            message(&value);
        }
    }
    child.wait().map_err(not_started)?;
    Ok(())
}
