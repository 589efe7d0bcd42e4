//! The modules of a generated crate, and what a name in one of them refers to.
//!
//! This resolves imports as rustc does: explicit ones hide those of a glob, a private one is visible below its module
//! only, and types, values and macros have namespaces of their own. A path that does not start in the crate is of
//! another crate, and names a type.

use std::collections::{BTreeMap, BTreeSet};

use oasmith::Tree;
use syn::{Item, ItemMacro};

use super::declarations::{Module, Namespace};

/// A module's path below the crate: `["types", "pet"]`.
pub type ModulePath = Vec<String>;

/// The item that a name refers to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    pub namespace: Namespace,
    /// The full path of the definition: `crate::types::pet::Pet`, `std::fmt`.
    pub origin: String,
    /// Whether a glob import brings it.
    pub by_glob: bool,
}

/// All modules of a generated crate.
pub struct Crate {
    pub modules: BTreeMap<ModulePath, Module>,
}

/// `src/types/pet.rs` is `["types", "pet"]`.
fn module_path(file: &str) -> ModulePath {
    file.trim_start_matches("src/")
        .trim_end_matches(".rs")
        .split('/')
        .filter(|part| *part != "lib" && *part != "mod")
        .map(str::to_owned)
        .collect()
}

impl Crate {
    /// Reads the files of an output.
    pub fn read(files: &Tree) -> Self {
        let modules = files
            .iter()
            .filter(|(path, _)| path.ends_with(".rs"))
            .map(|(path, text)| (module_path(path), Module::read(path, text)))
            .collect();
        Crate { modules }
    }

    /// Returns the names in scope in a module, imports included.
    pub fn names(&self, module: &ModulePath) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        self.collect(module, module, &mut BTreeSet::new(), &mut names);
        names
    }

    fn collect(
        &self,
        module: &ModulePath,
        viewer: &ModulePath,
        visited: &mut BTreeSet<ModulePath>,
        names: &mut BTreeSet<String>,
    ) {
        if !visited.insert(module.clone()) {
            return;
        }
        let is_visible = |is_private: bool| !is_private || viewer.starts_with(module);
        let found = &self.modules[module];
        for one in &found.definitions {
            if is_visible(one.is_private) {
                names.insert(one.name.clone());
            }
        }
        for import in found
            .imports
            .iter()
            .filter(|one| is_visible(one.is_private))
        {
            match &import.name {
                Some(name) => {
                    names.insert(name.clone());
                }
                None => {
                    if let Some(target) = self.module_at(module, &import.path) {
                        self.collect(&target, module, visited, names);
                    }
                }
            }
        }
    }

    /// Returns all items that a name of a module refers to, and the paths of imports that do not resolve.
    pub fn targets(&self, module: &ModulePath, name: &str) -> (Vec<Target>, Vec<String>) {
        let mut lookup = Lookup {
            of: self,
            visited: BTreeSet::new(),
            unresolved: Vec::new(),
        };
        let found = lookup.candidates(module, name, module);
        (found, lookup.unresolved)
    }

    /// Returns the full path of a type or macro; the path itself if it is of another crate.
    pub fn definition(&self, module: &ModulePath, path: &[String], kind: Namespace) -> String {
        let mut lookup = Lookup {
            of: self,
            visited: BTreeSet::new(),
            unresolved: Vec::new(),
        };
        let found = lookup.resolve(module, path);
        let of_kind = found.into_iter().find(|one| one.namespace == kind);
        of_kind.map_or_else(|| path.join("::"), |one| one.origin)
    }

    /// Returns the macro with a full path.
    pub fn macro_at(&self, origin: &str) -> Option<&ItemMacro> {
        let (module, name) = origin.strip_prefix("crate::")?.rsplit_once("::")?;
        let module: ModulePath = module.split("::").map(str::to_owned).collect();
        self.modules[&module]
            .syntax
            .items
            .iter()
            .find_map(|item| match item {
                Item::Macro(one) if one.ident.as_ref().is_some_and(|ident| ident == name) => {
                    Some(one)
                }
                _ => None,
            })
    }

    fn module_at(&self, module: &ModulePath, path: &[String]) -> Option<ModulePath> {
        let mut lookup = Lookup {
            of: self,
            visited: BTreeSet::new(),
            unresolved: Vec::new(),
        };
        lookup.module_at(module, path)
    }
}

/// One search, which does not look up the same name of a module twice.
struct Lookup<'a> {
    of: &'a Crate,
    visited: BTreeSet<(ModulePath, String)>,
    unresolved: Vec<String>,
}

impl Lookup<'_> {
    fn candidates(&mut self, module: &ModulePath, name: &str, viewer: &ModulePath) -> Vec<Target> {
        let of = self.of;
        let found = &of.modules[module];
        let is_visible = |is_private: bool| !is_private || viewer.starts_with(module);
        let mut targets: Vec<Target> = found
            .definitions
            .iter()
            .filter(|one| one.name == name && is_visible(one.is_private))
            .map(|one| Target {
                namespace: one.namespace,
                origin: origin(module, name),
                by_glob: false,
            })
            .collect();
        // `use text;` re-exports a macro of the same module under its own name
        if !self.visited.insert((module.clone(), name.to_owned())) {
            return targets;
        }
        for import in found
            .imports
            .iter()
            .filter(|one| is_visible(one.is_private))
        {
            match &import.name {
                Some(other) if other == name => {
                    let mut named = self.resolve(module, &import.path);
                    // one definition for each platform
                    named.dedup();
                    if named.is_empty() {
                        self.unresolved.push(import.path.join("::"));
                    }
                    let fits = |one: &Target| !import.is_module || one.namespace == Namespace::Type;
                    targets.extend(named.into_iter().filter(fits).map(|one| Target {
                        by_glob: false,
                        ..one
                    }));
                }
                Some(_) => {}
                None => {
                    let Some(target) = self.module_at(module, &import.path) else {
                        continue;
                    };
                    let through = self.candidates(&target, name, module);
                    targets.extend(through.into_iter().map(|one| Target {
                        by_glob: true,
                        ..one
                    }));
                }
            }
        }
        self.visited.remove(&(module.clone(), name.to_owned()));
        targets
    }

    /// Returns the items that a path of a module refers to.
    fn resolve(&mut self, module: &ModulePath, path: &[String]) -> Vec<Target> {
        let Some((name, parents)) = path.split_last() else {
            return Vec::new();
        };
        if parents.is_empty() {
            return self.candidates(module, name, module);
        }
        match self.module_at(module, parents) {
            Some(parent) => hidden(self.candidates(&parent, name, module)),
            None if self.is_of_crate(module, &parents[0]) => Vec::new(),
            None => vec![Target {
                namespace: Namespace::Type,
                origin: path.join("::"),
                by_glob: false,
            }],
        }
    }

    fn is_of_crate(&mut self, module: &ModulePath, first: &str) -> bool {
        matches!(first, "crate" | "self" | "super")
            || !self.candidates(module, first, module).is_empty()
    }

    /// Returns the module that a path refers to, or `None` if it is not of this crate.
    fn module_at(&mut self, module: &ModulePath, path: &[String]) -> Option<ModulePath> {
        let (first, rest) = path.split_first()?;
        let mut current = match first.as_str() {
            "crate" => Vec::new(),
            "self" => module.clone(),
            "super" => module[..module.len().checked_sub(1)?].to_vec(),
            name => self.child(module, name, module)?,
        };
        for name in rest {
            current = match name.as_str() {
                "super" => current[..current.len().checked_sub(1)?].to_vec(),
                name => self.child(&current, name, module)?,
            };
        }
        Some(current)
    }

    fn child(&mut self, of: &ModulePath, name: &str, viewer: &ModulePath) -> Option<ModulePath> {
        let direct: ModulePath = of.iter().cloned().chain([name.to_owned()]).collect();
        if self.of.modules.contains_key(&direct) {
            return Some(direct);
        }
        let found = self.candidates(of, name, viewer);
        found.into_iter().find_map(|one| {
            let path = one.origin.strip_prefix("crate::")?;
            let path: ModulePath = path.split("::").map(str::to_owned).collect();
            self.of.modules.contains_key(&path).then_some(path)
        })
    }
}

/// Removes names of globs that explicit names hide.
fn hidden(found: Vec<Target>) -> Vec<Target> {
    let explicit: Vec<_> = found
        .iter()
        .filter(|one| !one.by_glob)
        .map(|one| one.namespace)
        .collect();
    found
        .into_iter()
        .filter(|one| !one.by_glob || !explicit.contains(&one.namespace))
        .collect()
}

/// `crate::types::pet::Pet`
pub fn origin(module: &[String], name: &str) -> String {
    let mut parts = vec!["crate"];
    parts.extend(module.iter().map(String::as_str));
    parts.push(name);
    parts.join("::")
}
