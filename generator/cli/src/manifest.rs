//! What is missing in the `Cargo.toml` of an output, with the lines to add. The file belongs to people: it is read,
//! never written.
//!
//! A dependency can be inherited (`bytes.workspace = true`); then the features in `[workspace.dependencies]` count,
//! too. Versions are not compared, since that is cargo's work, but for that of the runtime: generated code calls what is
//! in its own version, and a lower one lacks some of it.

use std::collections::BTreeSet;

use oasmith::{Dependency, Feature, FeatureKind, Requirements};
use toml_edit::{DocumentMut, TableLike};

/// The name of the manifest in the output folder.
pub const MANIFEST: &str = "Cargo.toml";

/// A line that the output needs and its manifest does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The table it belongs to: `dependencies` or `features`.
    pub table: &'static str,
    /// The line to write there, in place of one for the same key.
    pub line: String,
    /// Why the line for the same key is not enough, when there is one: ``its feature `rustls` is not enabled``.
    pub reason: Option<String>,
}

/// Returns what is missing in `manifest`. `workspace` is the manifest of the workspace that the output belongs to, when
/// that is another file. An `Err` is the error of a manifest that cannot be parsed.
pub fn missing(
    manifest: &str,
    workspace: Option<&str>,
    needs: &Requirements,
) -> Result<Vec<Missing>, String> {
    let manifest = parse(manifest)?;
    let workspace = workspace.map(parse).transpose()?;
    let inherited = workspace
        .as_ref()
        .unwrap_or(&manifest)
        .get("workspace")
        .and_then(|table| table.get("dependencies"))
        .and_then(|table| table.as_table_like());
    let table = |name: &str| manifest.get(name).and_then(|table| table.as_table_like());
    let (dependencies, features) = (table("dependencies"), table("features"));
    let missing_dependencies = needs.dependencies.iter().filter_map(|need| {
        let reason = match Declared::read(&need.name, dependencies, inherited) {
            None => None,
            Some(declared) => Some(declared.shortcoming(need)?),
        };
        Some(Missing {
            table: "dependencies",
            line: need.line(),
            reason,
        })
    });
    let missing_features = needs.features.iter().filter_map(|need| {
        let enabled = features
            .and_then(|table| table.get(&need.name))
            .map(|item| strings(item.as_value()));
        missing_feature(need, enabled.as_deref())
    });
    let default = missing_default(needs, features);
    Ok(missing_dependencies
        .chain(missing_features)
        .chain(default)
        .collect())
}

/// Returns the line for `default` where it does not enable parts of the API that are to be default features. Other
/// defaults are for people to choose.
fn missing_default(needs: &Requirements, features: Option<&dyn TableLike>) -> Option<Missing> {
    let is_part = |need: &&Feature| need.default && need.kind == FeatureKind::Part;
    let enabled = enabled_by("default", features);
    let missing: Vec<&str> = needs
        .features
        .iter()
        .filter(is_part)
        .map(|need| need.name.as_str())
        .filter(|name| !enabled.contains(*name))
        .collect();
    let [first, others @ ..] = missing.as_slice() else {
        return None;
    };
    let before = features.and_then(|table| table.get("default"));
    let mut all = strings(before.and_then(|item| item.as_value()));
    all.extend(missing.iter().map(|name| (*name).to_owned()));
    let more = match others.len() {
        0 => String::new(),
        count => format!(" and {count} more"),
    };
    Some(Missing {
        table: "features",
        line: Feature::default_line(&all),
        reason: before.map(|_| format!("it does not enable `{first}`{more}")),
    })
}

/// Returns the features that a feature enables, itself and over several steps.
fn enabled_by(name: &str, features: Option<&dyn TableLike>) -> BTreeSet<String> {
    let mut enabled = BTreeSet::new();
    let mut queue = vec![name.to_owned()];
    while let Some(name) = queue.pop() {
        let next = features.and_then(|table| table.get(&name));
        if enabled.insert(name) {
            queue.extend(strings(next.and_then(|item| item.as_value())));
        }
    }
    enabled
}

fn parse(manifest: &str) -> Result<DocumentMut, String> {
    manifest
        .parse::<DocumentMut>()
        .map_err(|error| error.to_string().trim_end().to_owned())
}

fn missing_feature(need: &Feature, enabled: Option<&[String]>) -> Option<Missing> {
    let reason = match enabled {
        None => None,
        Some(enabled) => {
            let missing = need.enables.iter().find(|name| !enabled.contains(name))?;
            Some(format!("it does not enable `{missing}`"))
        }
    };
    Some(Missing {
        table: "features",
        line: need.line(),
        reason,
    })
}

/// A dependency as the manifest and the workspace declare it together.
struct Declared {
    version: Option<String>,
    features: Vec<String>,
    default_features: bool,
    optional: bool,
}

impl Declared {
    /// Reads any spelling of a dependency: `name = "1"`, `name = { version = "1", … }`, `name.workspace = true` and
    /// `[dependencies.name]`.
    fn read(
        name: &str,
        dependencies: Option<&dyn TableLike>,
        inherited: Option<&dyn TableLike>,
    ) -> Option<Self> {
        let item = dependencies?.get(name)?;
        let Some(table) = item.as_table_like() else {
            return Some(Declared::version_only(item.as_str()));
        };
        let mut declared = Declared::of_table(table);
        if flag(table, "workspace") == Some(true) {
            let shared = inherited?.get(name)?;
            let shared = match shared.as_table_like() {
                Some(shared) => Declared::of_table(shared),
                None => Declared::version_only(shared.as_str()),
            };
            declared.version = shared.version;
            declared.features.extend(shared.features);
            declared.default_features = shared.default_features;
        }
        Some(declared)
    }

    fn version_only(version: Option<&str>) -> Self {
        Declared {
            version: version.map(str::to_owned),
            features: Vec::new(),
            default_features: true,
            optional: false,
        }
    }

    fn of_table(table: &dyn TableLike) -> Self {
        let version = table.get("version").and_then(|item| item.as_str());
        Declared {
            version: version.map(str::to_owned),
            features: strings(table.get("features").and_then(|item| item.as_value())),
            default_features: flag(table, "default-features").unwrap_or(true),
            optional: flag(table, "optional").unwrap_or(false),
        }
    }

    /// Returns why this declaration is not enough; `None` when it is. It may say more than is needed.
    fn shortcoming(&self, need: &Dependency) -> Option<String> {
        if self.optional && !need.optional {
            return Some("it must not be optional".to_owned());
        }
        if need.default_features && !self.default_features {
            return Some("its default features are disabled".to_owned());
        }
        if need.is_runtime()
            && let Some(version) = &self.version
            && !is_enough(version, &need.version)
        {
            let needed = &need.version;
            return Some(format!(
                "`{version}` is not {needed} or a later version that is compatible"
            ));
        }
        need.features
            .iter()
            .find(|name| !self.features.contains(name))
            .map(|name| format!("its feature `{name}` is not enabled"))
    }
}

/// Returns whether a version requirement, `0.1`, `^0.1.3` or `=0.1.3`, allows only the needed version and later ones that
/// are compatible: of the same minor version before 1.0, else of the same major version.
fn is_enough(declared: &str, needed: &str) -> bool {
    let numbers = |text: &str| -> Option<[u64; 3]> {
        let text = text.trim().trim_start_matches(['^', '=', '~']).trim();
        let mut found = [0; 3];
        for (index, part) in text.split('.').enumerate() {
            *found.get_mut(index)? = part.parse().ok()?;
        }
        Some(found)
    };
    match (numbers(declared), numbers(needed)) {
        (Some([0, minor, patch]), Some([0, needed, least])) => minor == needed && patch >= least,
        (Some([major, rest @ ..]), Some([needed, least @ ..])) => major == needed && rest >= least,
        _ => false,
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
