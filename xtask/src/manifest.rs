//! What the hand-owned `Cargo.toml` of an output lacks, with the lines to add. It is read, never written.
//!
//! A dependency can be inherited (`bytes.workspace = true`); then the workspace's `[workspace.dependencies]` is part
//! of the answer, and its features count. Versions are not compared: cargo knows them better.

use oasmith::{Dependency, Feature, Requirements};
use toml_edit::{DocumentMut, TableLike};

/// The name of the manifest in the output folder.
pub const MANIFEST: &str = "Cargo.toml";

/// One thing that the output needs and its manifest does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The table it belongs to: `dependencies` or `features`.
    pub table: &'static str,
    /// The line to write there; where there is one for the same key, it says less.
    pub line: String,
    /// What is wrong, when the key is there: `feature "rustls" is not on`.
    pub because: Option<String>,
}

/// Compares `manifest` with what the output needs. `workspace` is the manifest of the workspace it belongs to, when
/// that is another file. An `Err` says what makes a manifest unreadable.
pub fn lacks(
    manifest: &str,
    workspace: Option<&str>,
    needs: &Requirements,
) -> Result<Vec<Lack>, String> {
    let manifest = read(manifest)?;
    let workspace = workspace.map(read).transpose()?;
    let inherited = workspace
        .as_ref()
        .unwrap_or(&manifest)
        .get("workspace")
        .and_then(|table| table.get("dependencies"))
        .and_then(|table| table.as_table_like());
    let dependencies = manifest.get("dependencies");
    let dependencies = dependencies.and_then(|table| table.as_table_like());
    let features = manifest.get("features");
    let features = features.and_then(|table| table.as_table_like());

    let mut lacks = Vec::new();
    for need in &needs.dependencies {
        let because = match Declared::read(&need.name, dependencies, inherited) {
            None => None,
            Some(declared) => match declared.falls_short(need) {
                None => continue,
                because => because,
            },
        };
        lacks.push(Lack {
            table: "dependencies",
            line: need.line(),
            because,
        });
    }
    for need in &needs.features {
        let enabled = features
            .and_then(|table| table.get(&need.name))
            .map(|item| strings(item.as_value()));
        lacks.extend(feature_lack(need, enabled));
    }
    Ok(lacks)
}

fn read(manifest: &str) -> Result<DocumentMut, String> {
    manifest
        .parse::<DocumentMut>()
        .map_err(|error| error.to_string().trim_end().to_owned())
}

fn feature_lack(need: &Feature, enabled: Option<Vec<String>>) -> Option<Lack> {
    let because = match enabled {
        None => None,
        Some(enabled) => {
            let missing = need.enables.iter().find(|name| !enabled.contains(name))?;
            Some(format!("it does not enable \"{missing}\""))
        }
    };
    Some(Lack {
        table: "features",
        line: need.line(),
        because,
    })
}

/// A dependency as the manifest and the workspace declare it together.
struct Declared {
    features: Vec<String>,
    default_features: bool,
    optional: bool,
}

impl Declared {
    /// Reads `name = "1"`, `name = { version = "1", … }`, `name.workspace = true` and `[dependencies.name]`.
    fn read(
        name: &str,
        dependencies: Option<&dyn TableLike>,
        inherited: Option<&dyn TableLike>,
    ) -> Option<Self> {
        let item = dependencies?.get(name)?;
        let Some(table) = item.as_table_like() else {
            return Some(Declared::plain());
        };
        let mut declared = Declared::of_table(table);
        if flag(table, "workspace") == Some(true) {
            let shared = match inherited?.get(name)?.as_table_like() {
                Some(shared) => Declared::of_table(shared),
                None => Declared::plain(),
            };
            declared.features.extend(shared.features);
            declared.default_features = shared.default_features;
        }
        Some(declared)
    }

    fn plain() -> Self {
        Declared {
            features: Vec::new(),
            default_features: true,
            optional: false,
        }
    }

    fn of_table(table: &dyn TableLike) -> Self {
        let features = table.get("features").and_then(|item| item.as_value());
        Declared {
            features: strings(features),
            default_features: flag(table, "default-features").unwrap_or(true),
            optional: flag(table, "optional").unwrap_or(false),
        }
    }

    /// Why this declaration is not enough; `None` when it is. More than what is needed is fine.
    fn falls_short(&self, need: &Dependency) -> Option<String> {
        if self.optional && !need.optional {
            return Some("it must not be optional".to_owned());
        }
        if need.default_features && !self.default_features {
            return Some("its default features are off".to_owned());
        }
        let missing = need
            .features
            .iter()
            .find(|name| !self.features.contains(name));
        missing.map(|name| format!("its feature \"{name}\" is not on"))
    }
}

fn flag(table: &dyn TableLike, key: &str) -> Option<bool> {
    table.get(key)?.as_bool()
}

fn strings(list: Option<&toml_edit::Value>) -> Vec<String> {
    list.and_then(|value| value.as_array())
        .into_iter()
        .flatten()
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests;
