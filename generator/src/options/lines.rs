//! The lines for `codegen.yaml` that diagnostics and comparisons suggest.

use serde_yaml::{Mapping, Value};

/// The kind of name that a line under `rename:` changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenameKind {
    /// The name of a type.
    Types,
    /// The name of a member of an object.
    Members,
    /// The name of a method, by its operation.
    Operations,
    /// The name of a variant, by the schema of the enum and the listed value.
    Values,
}

impl RenameKind {
    /// Returns the key in `codegen.yaml`.
    pub fn key(self) -> &'static str {
        match self {
            RenameKind::Types => "types",
            RenameKind::Members => "members",
            RenameKind::Operations => "operations",
            RenameKind::Values => "values",
        }
    }
}

/// What a line under `order:` puts into an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderKind {
    /// The members that `new` of a type takes.
    Types,
    /// The parameters that a method takes.
    Operations,
}

impl OrderKind {
    /// Returns the key in `codegen.yaml`.
    pub fn key(self) -> &'static str {
        match self {
            OrderKind::Types => "types",
            OrderKind::Operations => "operations",
        }
    }
}

/// Writes the lines that choose a name, quoted where YAML requires it. There is one key for each kind of item, and two for
/// a value: the schema and the value.
///
/// ```yaml
/// rename:
///   operations:
///     GET /users: list_users
///   values:
///     Color:
///       dark-red: DarkRed
/// ```
pub fn rename_line<K: AsRef<str>>(kind: RenameKind, keys: &[K], name: &str) -> String {
    let keys = keys.iter().map(AsRef::as_ref);
    let keys: Vec<&str> = ["rename", kind.key()].into_iter().chain(keys).collect();
    written(&nested(&keys, name.into()))
}

/// Writes the lines that put required members, or required parameters of a method, into an order of their own:
///
/// ```yaml
/// order:
///   types:
///     Interval:
///     - start
///     - end
/// ```
pub fn order_line(kind: OrderKind, key: &str, names: &[&str]) -> String {
    let names = names.iter().map(|name| Value::from(*name)).collect();
    written(&nested(&["order", kind.key(), key], Value::Sequence(names)))
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

/// Returns a value below several keys: `{ rename: { types: { Pet: Animal } } }`.
fn nested(keys: &[&str], value: Value) -> Value {
    let outwards = keys.iter().rev();
    outwards.fold(value, |value, key| mapping([(*key, value)]))
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
