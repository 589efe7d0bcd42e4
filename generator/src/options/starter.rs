//! The YAML that the generator writes: a new `codegen.yaml`, and the lines for it that diagnostics suggest.

use serde_yaml::{Mapping, Value};

use super::config::VERSION;

/// The kind of name that a line under `rename:` changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenameKind {
    /// The name of a type.
    Types,
    /// The name of a member of an object.
    Members,
    /// The name of a method, by its operation.
    Operations,
}

impl RenameKind {
    /// Returns the key in `codegen.yaml`.
    pub fn key(self) -> &'static str {
        match self {
            RenameKind::Types => "types",
            RenameKind::Members => "members",
            RenameKind::Operations => "operations",
        }
    }
}

/// Writes a new `codegen.yaml` with one target. Paths are relative to the workspace.
pub fn starter(name: &str, input: &str, output: &str, package: &str) -> String {
    let target = mapping([
        ("name", name.into()),
        ("input", input.into()),
        ("output", output.into()),
        ("package", package.into()),
    ]);
    let config = mapping([
        ("version", VERSION.into()),
        ("targets", Value::Sequence(vec![target])),
    ]);
    let intro = "# The crates to generate, their descriptions, and choices that a description cannot express.\n";
    format!("{intro}{}", written(&config))
}

/// Writes the lines that choose a name, quoted where YAML requires it:
///
/// ```yaml
/// rename:
///   operations:
///     GET /users: list_users
/// ```
pub fn rename_line(kind: RenameKind, key: &str, value: &str) -> String {
    let names = mapping([(key, value.into())]);
    written(&mapping([("rename", mapping([(kind.key(), names)]))]))
}

/// Writes the lines that leave an operation out, quoted where YAML requires it:
///
/// ```yaml
/// operations:
///   except:
///   - COPY /files/{id}
/// ```
pub fn except_line(operation: &str) -> String {
    let except = mapping([("except", Value::Sequence(vec![operation.into()]))]);
    written(&mapping([("operations", except)]))
}

fn mapping<'a>(members: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let members: Mapping = members
        .into_iter()
        .map(|(key, value)| (key.into(), value))
        .collect();
    Value::Mapping(members)
}

#[expect(
    clippy::expect_used,
    reason = "a mapping of strings and numbers has a YAML form"
)]
fn written(value: &Value) -> String {
    serde_yaml::to_string(value).expect("a mapping of strings and numbers has a YAML form")
}
