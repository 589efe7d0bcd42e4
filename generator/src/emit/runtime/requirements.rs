//! What the `Cargo.toml` of an output has to have.

use std::collections::BTreeSet;

use oasmith_runtime::{File, Part, VERSION};

use crate::ir::{Api, DefaultFeatures};

/// Dependencies and features that the generated source needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Requirements {
    /// The dependencies, by name.
    pub dependencies: Vec<Dependency>,
    /// The features: those of every client by name, then those by tag.
    pub features: Vec<Feature>,
}

/// A dependency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// The crate's name.
    pub name: String,
    /// The lowest version, `1` or `0.4`.
    pub version: String,
    /// The features that have to be on.
    pub features: Vec<String>,
    /// Whether the crate's default features are needed.
    pub default_features: bool,
    /// Whether a feature of ours switches it on.
    pub optional: bool,
}

/// A feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// The features that it enables: `dep:reqwest`, `reqwest?/gzip`.
    pub enables: Vec<String>,
    /// Whether it is a default feature.
    pub default: bool,
    /// What it is there for.
    pub kind: FeatureKind,
}

/// What a feature is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeatureKind {
    /// Something that every client can do, such as `gzip`.
    Client,
    /// A part of the API that is compiled only with it.
    Part,
}

/// Name, version, features, default features, the feature that enables it.
type Row = (
    &'static str,
    &'static str,
    &'static [&'static str],
    bool,
    bool,
);

/// All crates that files of the runtime can name, by name.
const CRATES: &[Row] = &[
    ("base64", "0.23", &["std"], false, false),
    ("bytes", "1", &[], true, false),
    ("chrono", "0.4", &["std"], false, false),
    ("fastrand", "2", &[], true, false),
    ("futures-util", "0.3", &["alloc"], false, false),
    ("http", "1", &[], true, false),
    ("http-body", "1", &[], true, false),
    ("httpdate", "1", &[], true, false),
    ("reqwest", "0.13", &["rustls"], false, true),
    ("secrecy", "0.10", &[], true, false),
    ("serde", "1", &["std"], false, false),
    ("serde_json", "1", &[], true, false),
    ("tokio", "1", &["sync"], false, false),
    ("tracing", "0.1", &["std"], false, false),
    ("uuid", "1", &["std"], false, false),
];

/// What generated modules name, whatever the runtime's files need.
const ALWAYS: [&str; 4] = ["bytes", "http", "serde", "serde_json"];

impl Requirements {
    /// What a set of runtime files needs.
    pub(super) fn of(files: &[&File]) -> Self {
        let mut crates: BTreeSet<&str> = ALWAYS.into();
        for file in files {
            crates.extend(file.dependencies);
        }
        let rows = CRATES.iter().filter(|row| crates.contains(row.0));
        Requirements {
            dependencies: rows.map(Dependency::of).collect(),
            features: transport_features(),
        }
    }
}

impl Requirements {
    /// Adds the features by tag.
    pub(in crate::emit) fn add_features(&mut self, api: &Api) {
        let Some(features) = &api.features else {
            return;
        };
        let default = features.default == DefaultFeatures::All;
        self.features
            .extend(features.list.iter().map(|feature| Feature {
                name: feature.name.clone(),
                enables: Vec::new(),
                default,
                kind: FeatureKind::Part,
            }));
    }
}

/// The name of the package with the runtime.
const PACKAGE: &str = "oasmith-runtime";

/// What generated modules name besides, by the part of the runtime.
const OF_PARTS: [(Part, &str); 3] = [
    (Part::Bulk, "futures-util"),
    (Part::Chrono, "chrono"),
    (Part::Uuid, "uuid"),
];

impl Requirements {
    /// What an output needs that depends on the package of the runtime, with these parts of it.
    pub(super) fn of_crate(parts: &BTreeSet<Part>) -> Self {
        let is_named = |row: &&Row| {
            let of_part = OF_PARTS
                .iter()
                .any(|(part, name)| *name == row.0 && parts.contains(part));
            of_part || ALWAYS.contains(&row.0)
        };
        let features = parts.iter().filter_map(|part| part.feature());
        let features = std::iter::once("client").chain(features);
        let runtime = Dependency {
            name: PACKAGE.to_owned(),
            version: VERSION.to_owned(),
            features: features.map(ToOwned::to_owned).collect(),
            default_features: false,
            optional: false,
        };
        let named = CRATES.iter().filter(is_named).map(Dependency::of);
        let mut dependencies: Vec<_> = named.chain([runtime]).collect();
        dependencies.sort_by(|a, b| a.name.cmp(&b.name));
        let features = transport_features().into_iter().map(|one| Feature {
            enables: vec![format!("{PACKAGE}/{}", one.name)],
            ..one
        });
        Requirements {
            dependencies,
            features: features.collect(),
        }
    }
}

impl Requirements {
    /// Whether the output depends on the package of the runtime, and has no copy of it.
    pub fn is_runtime_shared(&self) -> bool {
        self.dependencies.iter().any(Dependency::is_runtime)
    }
}

fn transport_features() -> Vec<Feature> {
    let feature = |name: &str, enables: &[&str], default| Feature {
        name: name.to_owned(),
        enables: enables.iter().map(|&name| name.to_owned()).collect(),
        default,
        kind: FeatureKind::Client,
    };
    vec![
        feature("gzip", &["reqwest?/gzip"], false),
        feature("http2", &["reqwest?/http2"], false),
        feature("reqwest", &["dep:reqwest", "timer"], true),
        feature("testing", &[], false),
        feature("timer", &["tokio/time"], false),
    ]
}

impl Dependency {
    fn of(&(name, version, features, default_features, optional): &Row) -> Self {
        Dependency {
            name: name.to_owned(),
            version: version.to_owned(),
            features: features.iter().map(|name| (*name).to_owned()).collect(),
            default_features,
            optional,
        }
    }

    /// Whether it is the package of the runtime, whose version has to be that of the generator or later.
    pub fn is_runtime(&self) -> bool {
        self.name == PACKAGE
    }

    /// The line under `[dependencies]`.
    pub fn line(&self) -> String {
        if self.default_features && self.features.is_empty() && !self.optional {
            return format!("{} = \"{}\"", self.name, self.version);
        }
        let mut parts = vec![format!("version = \"{}\"", self.version)];
        if !self.default_features {
            parts.push("default-features = false".to_owned());
        }
        if !self.features.is_empty() {
            parts.push(format!("features = {}", list(&self.features)));
        }
        if self.optional {
            parts.push("optional = true".to_owned());
        }
        format!("{} = {{ {} }}", self.name, parts.join(", "))
    }
}

impl Feature {
    /// The line under `[features]`.
    pub fn line(&self) -> String {
        format!("{} = {}", self.name, list(&self.enables))
    }

    /// The line of the default features.
    pub fn default_line(names: &[String]) -> String {
        format!("default = {}", list(names))
    }
}

/// `["std", "rustls"]`; names of crates and features need no escapes.
fn list(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

/// The same, with a line for each name where one line would be long.
fn wrapped(names: &[String]) -> String {
    let line = list(names);
    if line.len() <= LINE {
        return line;
    }
    let lines = names.iter().map(|name| format!("    \"{name}\",\n"));
    format!("[\n{}]", lines.collect::<String>())
}

/// The longest list in one line.
const LINE: usize = 100;

/// Returns the `Cargo.toml` of a stand-alone output. Its empty `[workspace]` excludes it from a surrounding workspace.
pub fn manifest(package: &str, requirements: &Requirements) -> String {
    written(package, "\n[workspace]\n", requirements)
}

/// Returns the `Cargo.toml` of an output that is a member of a workspace.
pub fn member_manifest(package: &str, requirements: &Requirements) -> String {
    written(package, "", requirements)
}

fn written(package: &str, workspace: &str, requirements: &Requirements) -> String {
    let mut text = format!(
        "[package]\nname = \"{package}\"\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\n{workspace}"
    );
    if !requirements.features.is_empty() {
        let default: Vec<_> = requirements
            .features
            .iter()
            .filter(|feature| feature.default)
            .map(|feature| feature.name.clone())
            .collect();
        text.push_str(&format!("\n[features]\ndefault = {}\n", wrapped(&default)));
        let mut before = FeatureKind::Client;
        for feature in &requirements.features {
            if std::mem::replace(&mut before, feature.kind) != feature.kind {
                text.push_str("# The parts of the API.\n");
            }
            text.push_str(&feature.line());
            text.push('\n');
        }
    }
    text.push_str("\n[dependencies]\n");
    for dependency in &requirements.dependencies {
        text.push_str(&dependency.line());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name;

    #[test]
    fn no_feature_by_tag_has_the_name_of_another_or_of_a_package() {
        let packages = CRATES.iter().map(|row| row.0.to_owned());
        let features = transport_features().into_iter().map(|one| one.name);
        for name in packages.chain(features).chain(["default".to_owned()]) {
            assert!(name::is_taken_feature(&name), "{name}");
        }
    }
}
