//! The YAML that is ours to write: a fresh `codegen.yaml`, and the lines that diagnostics offer for one.

use serde_yaml::{Mapping, Value};

use super::config::VERSION;

/// What a line under `rename:` renames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenameKind {
    /// A type.
    Types,
    /// A member of an object.
    Members,
    /// An operation.
    Operations,
}

impl RenameKind {
    /// The key in `codegen.yaml`.
    pub fn key(self) -> &'static str {
        match self {
            RenameKind::Types => "types",
            RenameKind::Members => "members",
            RenameKind::Operations => "operations",
        }
    }
}

/// A `codegen.yaml` with one target, for a document that has none yet. Paths are relative to the workspace.
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
    let intro = "# Which crates are generated from which descriptions, and the choices that a description cannot make.\n";
    format!("{intro}{}", written(&config))
}

/// The lines that give something a chosen name, quoted where YAML needs it:
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

/// The lines that leave an operation out, quoted where YAML needs it:
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
    let members = members.into_iter();
    let members: Mapping = members.map(|(key, value)| (key.into(), value)).collect();
    Value::Mapping(members)
}

#[expect(
    clippy::expect_used,
    reason = "a mapping of texts and numbers has a YAML form"
)]
fn written(value: &Value) -> String {
    serde_yaml::to_string(value).expect("a mapping of texts and numbers has a YAML form")
}
