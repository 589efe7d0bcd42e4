//! The folders of a build: outputs, the one copy of the runtime, and the crates that hold outputs as modules.
//!
//! ```text
//! corpus/outputs/<module>/lib.rs …   one folder per document
//! corpus/runtime/mod.rs …
//! corpus/crates/<name>/src/lib.rs    `#[path]` to the runtime and to some outputs
//! corpus/target                      never deleted, so that dependencies build once
//! ```
//!
//! An unchanged file is not written again, and a document stays in the same crate as long as the corpus has about the
//! same size, so that cargo checks only what a change of the generator affects.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use oasmith::{Requirements, Tree};

use oasmith_cli::exit::Failure;
use oasmith_cli::lock::Hash;

use super::module;

/// How many lines of outputs one crate has, about: a few hundred megabytes for the compiler, and enough crates to keep
/// all processors busy. An output with more lines is a crate of its own.
const LINES: usize = 15_000;

/// The folders of a build.
#[derive(Debug)]
pub struct Layout {
    root: PathBuf,
}

/// An output to compile.
#[derive(Debug, Clone)]
pub struct OutputModule {
    /// The name of its module.
    pub name: String,
    /// Its lines.
    pub lines: usize,
    /// Whether it needs a recursion limit.
    pub has_recursion_limit: bool,
}

impl Layout {
    /// Creates the layout below the target folder of the workspace.
    pub fn new(target: &Path) -> Self {
        Layout {
            root: target.join("corpus"),
        }
    }

    /// Returns the folder of the workspace that cargo is started in.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Writes an output as a module, and removes files of an earlier output that it does not have.
    pub fn write_output(&self, name: &str, tree: &Tree) -> Result<(), Failure> {
        write_tree(
            &self.root.join("outputs").join(name),
            &module::files(tree, name),
        )
    }

    /// Writes the runtime.
    pub fn write_runtime(&self, files: &BTreeMap<String, String>) -> Result<(), Failure> {
        let mut files = files.clone();
        let modules = module::runtime_modules(files.keys().map(String::as_str));
        let lines: String = modules
            .iter()
            .map(|name| format!("pub mod {name};\n"))
            .collect();
        files.insert("mod.rs".to_owned(), lines);
        write_tree(&self.root.join("runtime"), &files)
    }

    /// Writes the crates, and the workspace around them. `source` returns the text of a crate from its name and
    /// modules.
    pub fn write_crates(
        &self,
        crates: &BTreeMap<String, Vec<String>>,
        requirements: &Requirements,
        lock: &Path,
        kind: CrateKind,
        source: impl Fn(&str, &[String]) -> String,
    ) -> Result<(), Failure> {
        for (name, modules) in crates {
            let folder = self.root.join(kind.folder()).join(name);
            let manifest = oasmith::manifest(name, requirements).replace("\n[workspace]\n", "");
            write(&folder.join("Cargo.toml"), &manifest)?;
            write(
                &folder.join("src").join(kind.file()),
                &source(name, modules),
            )?;
        }
        let members: String = crates
            .keys()
            .map(|name| format!("    \"{}/{name}\",\n", kind.folder()))
            .collect();
        let profile = "[profile.dev]\ndebug = false\nincremental = false\n";
        let workspace =
            format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n{profile}");
        write(&self.root.join("Cargo.toml"), &workspace)?;
        let own = self.root.join("Cargo.lock");
        if lock.exists() && !own.exists() {
            fs::copy(lock, &own).map_err(|error| Failure::disk("write", &own, &error))?;
        }
        Ok(())
    }
}

/// What kind of crates there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrateKind {
    /// Libraries for clippy.
    Library,
    /// Programs that read and write instances.
    Runner,
}

impl CrateKind {
    fn folder(self) -> &'static str {
        match self {
            CrateKind::Library => "crates",
            CrateKind::Runner => "runners",
        }
    }

    fn file(self) -> &'static str {
        match self {
            CrateKind::Library => "lib.rs",
            CrateKind::Runner => "main.rs",
        }
    }
}

/// Returns the text of a crate: `around` applied to the lines that declare the runtime and some outputs as modules,
/// after the highest recursion limit that an output needs, since only a crate can have one.
pub fn source(
    modules: &[String],
    limits: &BTreeMap<String, usize>,
    around: impl FnOnce(&str) -> String,
) -> String {
    let attribute = modules
        .iter()
        .filter_map(|module| limits.get(module))
        .max()
        .map(|limit| format!("#![recursion_limit = \"{limit}\"]\n"))
        .unwrap_or_default();
    attribute + &around(&declarations(modules))
}

fn declarations(modules: &[String]) -> String {
    let mut text = "#[allow(dead_code, unused_imports, unused_macros, reason = \"most documents need a part of it\")]\n\
        #[path = \"../../../runtime/mod.rs\"]\nmod runtime;\n"
        .to_owned();
    for module in modules {
        text += &format!("#[path = \"../../../outputs/{module}/lib.rs\"]\npub mod {module};\n");
    }
    text
}

/// Returns the module of a document: its name in characters that an identifier can have, and a hash that makes it
/// unique.
pub fn module_of(name: &str) -> String {
    const LONGEST: usize = 60;
    let mut plain = String::from("of");
    for word in name
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        plain.push('_');
        plain.push_str(&word.to_ascii_lowercase());
    }
    plain.truncate(LONGEST); // all of it is ASCII
    let hash = Hash::of(name.as_bytes()).to_string();
    format!(
        "{}_{}",
        plain.trim_end_matches('_'),
        hash.get(..6).unwrap_or(&hash)
    )
}

/// Returns which crate contains which modules.
pub fn crates(modules: &[OutputModule]) -> BTreeMap<String, Vec<String>> {
    let small: usize = modules
        .iter()
        .map(|module| module.lines)
        .filter(|lines| *lines < LINES)
        .sum();
    // a power of two, so that a few more documents do not move all others to another crate
    let count = small.div_ceil(LINES).max(1).next_power_of_two();
    let mut crates: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for module in modules {
        // a recursion limit must not apply to other outputs
        let name = if module.lines < LINES && !module.has_recursion_limit {
            format!("many-{:02}", bucket(&module.name, count))
        } else {
            module.name.replace('_', "-")
        };
        crates.entry(name).or_default().push(module.name.clone());
    }
    crates
}

/// Distributes names evenly, and always the same way.
fn bucket(name: &str, count: usize) -> usize {
    let digits = Hash::of(name.as_bytes()).to_string();
    let number = digits
        .chars()
        .filter_map(|digit| digit.to_digit(16))
        .take(8)
        .fold(0, |number, digit| number << 4 | u64::from(digit));
    usize::try_from(number % count as u64).unwrap_or(0)
}

/// Writes files below a folder, and removes all others.
pub fn write_tree(folder: &Path, files: &BTreeMap<String, String>) -> Result<(), Failure> {
    for (path, text) in files {
        write(&folder.join(path), text)?;
    }
    let current: BTreeSet<PathBuf> = files.keys().map(|path| folder.join(path)).collect();
    remove_others(folder, &current)
}

fn remove_others(folder: &Path, current: &BTreeSet<PathBuf>) -> Result<(), Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::disk("list", folder, &error))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            remove_others(&path, current)?;
        } else if !current.contains(&path) {
            fs::remove_file(&path).map_err(|error| Failure::disk("remove", &path, &error))?;
        }
    }
    Ok(())
}

/// Writes a file, unless it already has this text.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    match fs::read(path) {
        Ok(old) if old == text.as_bytes() => return Ok(()),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(Failure::disk("read", path, &error));
        }
        _ => {}
    }
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| Failure::disk("make the folder", folder, &error))?;
    fs::write(path, text).map_err(|error| Failure::disk("write", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_of_similar_names_differ() {
        let (a, b) = (module_of("public/a-b.json"), module_of("public/a_b.json"));
        assert!(a.starts_with("of_public_a_b_json_"), "{a}");
        assert_ne!(a, b);
    }

    #[test]
    fn a_large_output_is_a_crate_of_its_own() {
        let module = |name: &str, lines| OutputModule {
            name: name.to_owned(),
            lines,
            has_recursion_limit: false,
        };
        let crates = crates(&[
            module("of_a", 10),
            module("of_big", LINES),
            module("of_b", 10),
        ]);
        let names: Vec<&str> = crates.keys().map(String::as_str).collect();
        assert_eq!(names, ["many-00", "of-big"]);
        assert_eq!(crates["many-00"], ["of_a", "of_b"]);
    }

    #[test]
    fn files_of_an_earlier_output_are_removed() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let tree = |path: &str| BTreeMap::from([(path.to_owned(), "x".to_owned())]);
        write_tree(folder.path(), &tree("types/a.rs")).expect("it can be written");
        write_tree(folder.path(), &tree("types/b.rs")).expect("it can be written");
        assert!(!folder.path().join("types/a.rs").exists());
        assert!(folder.path().join("types/b.rs").exists());
    }
}
