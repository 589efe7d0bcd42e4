//! The public items of a crate, read from the JSON that rustdoc writes about it.
//!
//! Only what the generator writes for a document counts: the items of the carried runtime are the same on both sides of
//! a comparison, unless generated code adds to them (`impl Client { pub fn get_pet … }`).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use oasmith_cli::exit::Failure;
use rustdoc_types::{Crate, FORMAT_VERSION, Id, Impl, Item, ItemEnum, Path as TypePath, Type};
use serde_json::Value;

use super::spelling::last_argument;

/// The folder of the runtime in an output; what is written there is not compared.
const RUNTIME: &str = "src/runtime/";

/// Checks that JSON of rustdoc has the version that is read here.
pub fn check_version(text: &[u8]) -> Result<(), Failure> {
    let json: Value = serde_json::from_slice(text).unwrap_or_default();
    let version = json.get("format_version").and_then(Value::as_u64);
    if version == Some(u64::from(FORMAT_VERSION)) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "rustdoc writes JSON of version {}, and this command reads version {FORMAT_VERSION}: use the toolchain that the \
         `rustdoc-types` of xtask/Cargo.toml belongs to, or change that version",
        version.unwrap_or_default()
    )))
}

/// A crate's public items, each with the paths that users can name it by.
#[derive(Debug)]
pub struct PublicApi {
    items: HashMap<Id, Item>,
    paths: BTreeMap<String, Id>,
    /// The first path of each item, in alphabetical order of the paths: the one that the program uses elsewhere.
    names: HashMap<Id, String>,
}

impl PublicApi {
    /// Reads the JSON of a crate. `prefix` is the name of the crate in the paths.
    pub fn read(file: &Path, prefix: &str) -> Result<Self, Failure> {
        let text = fs::read(file).map_err(|error| Failure::disk("read", file, &error))?;
        let wrong = |error: serde_json::Error| {
            Failure::new(format!("{} is not rustdoc's JSON: {error}", file.display()))
        };
        check_version(&text)?;
        let all: Crate = serde_json::from_slice(&text).map_err(wrong)?;
        let mut paths = BTreeMap::new();
        let mut visited = BTreeSet::new();
        walk(&all, all.root, prefix, &mut visited, &mut paths);
        let mut names = HashMap::new();
        for (path, id) in &paths {
            names.entry(*id).or_insert_with(|| path.clone());
        }
        Ok(PublicApi {
            items: all.index,
            paths,
            names,
        })
    }

    /// Returns the item of an id, if the crate defines it.
    pub fn item(&self, id: Id) -> Option<&Item> {
        self.items.get(&id)
    }

    /// Returns the path that an item of this crate is named by, if users can name it.
    pub fn name(&self, id: Id) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    /// Returns all paths to generated items, in alphabetical order.
    pub fn generated(&self) -> impl Iterator<Item = (&str, &Item)> {
        self.paths
            .iter()
            .filter_map(|(path, id)| Some((path.as_str(), self.item(*id)?)))
            .filter(|(_, item)| is_generated(item))
    }

    /// Returns the path of the type that a method returns, if `of` is a `Call` of that operation: the operation has no
    /// public name, and `impl<T, E> Call<T, E, operation::GetPet>` has the methods of `GetPetCall`.
    pub fn call(&self, of: &Type) -> Option<&str> {
        let operation = last_argument(of)?;
        let mut generated = self.generated();
        let (path, _) = generated.find(|(_, item)| match &item.inner {
            ItemEnum::TypeAlias(alias) => last_argument(&alias.type_) == Some(operation),
            _ => false,
        })?;
        Some(path)
    }

    /// Returns the blocks `impl` that generated code contains or that belong to generated types, in the order of the
    /// source. Implementations that the compiler derives by itself (`Send`) or for all types are left out.
    pub fn impls(&self) -> Vec<(&Item, &Impl)> {
        let mut all: Vec<(&Item, &Impl)> = self
            .items
            .values()
            .filter_map(|item| match &item.inner {
                ItemEnum::Impl(found) => Some((item, found)),
                _ => None,
            })
            .filter(|(_, found)| !found.is_synthetic && found.blanket_impl.is_none())
            .filter(|(item, found)| is_generated(item) || self.is_generated_type(&found.for_))
            .collect();
        all.sort_by_key(|(item, _)| item.id.0);
        all
    }

    /// Returns the names of deprecated items: `Client::get_pet`.
    pub fn deprecated(&self) -> BTreeSet<String> {
        let mut found: BTreeSet<String> = self
            .generated()
            .flat_map(|(path, item)| {
                let members = members(item).into_iter().filter_map(|id| self.item(id));
                std::iter::once((path.to_owned(), item))
                    .chain(members.map(move |member| (with_name(path, member), member)))
            })
            .filter(|(_, item)| item.deprecation.is_some())
            .map(|(path, _)| path)
            .collect();
        for (_, block) in self.impls() {
            let owner = match &block.for_ {
                Type::ResolvedPath(path) => self.name(path.id).unwrap_or(&path.path),
                _ => continue,
            };
            let methods = block.items.iter().filter_map(|id| self.item(*id));
            found.extend(
                methods
                    .filter(|method| method.deprecation.is_some())
                    .map(|method| with_name(owner, method)),
            );
        }
        found
    }

    fn is_generated_type(&self, of: &Type) -> bool {
        match of {
            Type::ResolvedPath(TypePath { id, .. }) => self.item(*id).is_some_and(is_generated),
            _ => false,
        }
    }
}

fn with_name(owner: &str, item: &Item) -> String {
    format!("{owner}::{}", item.name.as_deref().unwrap_or_default())
}

/// Returns the fields and variants of a type.
fn members(item: &Item) -> Vec<Id> {
    match &item.inner {
        ItemEnum::Struct(found) => match &found.kind {
            rustdoc_types::StructKind::Plain { fields, .. } => fields.clone(),
            _ => Vec::new(),
        },
        ItemEnum::Enum(found) => found.variants.clone(),
        _ => Vec::new(),
    }
}

/// Returns whether an item is written for the document, and not part of the runtime.
fn is_generated(item: &Item) -> bool {
    item.span.as_ref().is_some_and(|span| {
        let file = span.filename.to_string_lossy().replace('\\', "/");
        !file.contains(RUNTIME)
    })
}

/// Collects the paths below a module. `pub use` of a module or with `*` adds what it contains.
fn walk(
    all: &Crate,
    module: Id,
    path: &str,
    visited: &mut BTreeSet<(u32, String)>,
    paths: &mut BTreeMap<String, Id>,
) {
    if !visited.insert((module.0, path.to_owned())) {
        return;
    }
    let Some(ItemEnum::Module(found)) = all.index.get(&module).map(|item| &item.inner) else {
        return;
    };
    for item in found.items.iter().filter_map(|id| all.index.get(id)) {
        match &item.inner {
            ItemEnum::Use(found) => {
                let Some(id) = found.id else { continue };
                if found.is_glob {
                    walk(all, id, path, visited, paths);
                } else {
                    add(all, id, &format!("{path}::{}", found.name), visited, paths);
                }
            }
            ItemEnum::Impl(_) => {}
            _ => add(all, item.id, &with_name(path, item), visited, paths),
        }
    }
}

fn add(
    all: &Crate,
    id: Id,
    path: &str,
    visited: &mut BTreeSet<(u32, String)>,
    paths: &mut BTreeMap<String, Id>,
) {
    if let Some(ItemEnum::Use(next)) = all.index.get(&id).map(|item| &item.inner) {
        if let Some(id) = next.id {
            add(all, id, path, visited, paths);
        }
        return;
    }
    paths.insert(path.to_owned(), id);
    walk(all, id, path, visited, paths);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_of_another_version_is_not_read() {
        let text = format!(r#"{{"root": 0, "format_version": {FORMAT_VERSION}}}"#);
        assert!(check_version(text.as_bytes()).is_ok());
        for other in [r#"{"format_version": 1}"#, "{}", "no JSON"] {
            let failure = check_version(other.as_bytes()).expect_err("it is another version");
            assert!(failure.to_string().contains("`rustdoc-types`"), "{failure}");
        }
    }
}
