//! Types as the source code of the program spells them.

use rustdoc_types::{GenericArg, GenericArgs, GenericBound, Path, Term, Type};

use super::api::PublicApi;

/// Returns the source code of a type: `Option<&'static subject::types::Pet>`. `None` for a type that a program cannot
/// name, such as one of a private module, or `impl Iterator`.
///
/// Every lifetime is `'static`: the values come from [`any`](super::program) and live as long as they have to.
pub fn spell(api: &PublicApi, of: &Type, this: Option<&str>) -> Option<String> {
    let spell = |inner: &Type| spell(api, inner, this);
    Some(match of {
        Type::ResolvedPath(path) => spell_path(api, path, this)?,
        Type::Generic(name) if name == "Self" => this?.to_owned(),
        Type::Primitive(name) if name == "never" => "!".to_owned(),
        Type::Primitive(name) => name.clone(),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(spell).collect::<Option<_>>()?;
            format!(
                "({})",
                items
                    .iter()
                    .map(|item| format!("{item},"))
                    .collect::<String>()
            )
        }
        Type::Slice(item) => format!("[{}]", spell(item)?),
        Type::Array { type_, len } => format!("[{}; {len}]", spell(type_)?),
        Type::BorrowedRef {
            is_mutable, type_, ..
        } => {
            let mutable = if *is_mutable { "mut " } else { "" };
            format!("&'static {mutable}{}", spell(type_)?)
        }
        _ => return None,
    })
}

/// Returns the source code of a type with `_` for the arguments that a program cannot name: `subject::Call<(), u8, _>`.
/// A program can write that behind `let`, and not in a signature.
pub fn spell_open(api: &PublicApi, of: &Type) -> Option<String> {
    let Type::ResolvedPath(path) = of else {
        return None;
    };
    let Some(GenericArgs::AngleBracketed { args, .. }) = path.args.as_deref() else {
        return None;
    };
    let name = api.name(path.id)?;
    let args = args.iter().map(|argument| match argument {
        GenericArg::Type(inner) => spell(api, inner, None).unwrap_or_else(|| "_".to_owned()),
        _ => "_".to_owned(),
    });
    let args: Vec<String> = args.collect();
    Some(format!("{name}<{}>", args.join(", ")))
}

/// Returns the last argument of a type: the operation of a `Call`.
pub fn last_argument(of: &Type) -> Option<&Type> {
    let Type::ResolvedPath(path) = of else {
        return None;
    };
    match path.args.as_deref()? {
        GenericArgs::AngleBracketed { args, .. } => match args.last()? {
            GenericArg::Type(last) => Some(last),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the source code of a path with its arguments.
pub fn spell_path(api: &PublicApi, path: &Path, this: Option<&str>) -> Option<String> {
    let name = match api.item(path.id) {
        Some(_) => api.name(path.id)?.to_owned(),
        None => foreign(&path.path),
    };
    let arguments = match path.args.as_deref() {
        Some(GenericArgs::AngleBracketed { args, .. }) if !args.is_empty() => {
            let args: Vec<String> = args
                .iter()
                .map(|argument| match argument {
                    GenericArg::Type(inner) => spell(api, inner, this),
                    GenericArg::Lifetime(_) => Some("'static".to_owned()),
                    GenericArg::Const(value) => Some(value.expr.clone()),
                    GenericArg::Infer => Some("_".to_owned()),
                })
                .collect::<Option<_>>()?;
            format!("<{}>", args.join(", "))
        }
        _ => String::new(),
    };
    Some(name + &arguments)
}

/// Returns the path of an item of another crate. Generated code spells it in full but for what it imports from the
/// standard library; rustdoc keeps that spelling. `Bytes`, `Uuid`, `Value` and those of chrono come from the runtime, which
/// imports them.
fn foreign(path: &str) -> String {
    match path {
        "BTreeMap" | "BTreeSet" | "HashMap" => format!("std::collections::{path}"),
        "Arc" => "std::sync::Arc".to_owned(),
        "Duration" => "std::time::Duration".to_owned(),
        "Bytes" => "bytes::Bytes".to_owned(),
        "DateTime" | "NaiveDate" | "NaiveDateTime" | "NaiveTime" | "Utc" => {
            format!("chrono::{path}")
        }
        "Uuid" => "uuid::Uuid".to_owned(),
        "Value" => "serde_json::Value".to_owned(),
        _ => path.to_owned(),
    }
}

/// Returns the trait bounds of an `impl Trait` with the type arguments and the item type that they name:
/// `IntoIterator<Item = T>` is `("IntoIterator", [], Some(T))`.
pub fn bounds(of: &[GenericBound]) -> Vec<(&Path, Option<&Type>)> {
    of.iter()
        .filter_map(|bound| match bound {
            GenericBound::TraitBound { trait_, .. } => Some((trait_, item_type(trait_))),
            _ => None,
        })
        .collect()
}

fn item_type(path: &Path) -> Option<&Type> {
    let Some(GenericArgs::AngleBracketed { constraints, .. }) = path.args.as_deref() else {
        return None;
    };
    constraints
        .iter()
        .find_map(|constraint| match &constraint.binding {
            rustdoc_types::AssocItemConstraintKind::Equality(Term::Type(of)) => Some(of),
            _ => None,
        })
}

/// Returns the first type argument of a path: `T` of `Into<T>`.
pub fn first_argument(path: &Path) -> Option<&Type> {
    match path.args.as_deref() {
        Some(GenericArgs::AngleBracketed { args, .. }) => {
            args.iter().find_map(|argument| match argument {
                GenericArg::Type(of) => Some(of),
                _ => None,
            })
        }
        _ => None,
    }
}

/// Returns the full path of a trait that generated types implement; `None` for one that programs do not use by name.
pub fn trait_path(path: &Path) -> Option<&'static str> {
    let name = path.path.rsplit("::").next().unwrap_or(&path.path);
    Some(match name {
        "Clone" => "Clone",
        "Copy" => "Copy",
        "Debug" => "std::fmt::Debug",
        "Default" => "Default",
        "Deref" => "std::ops::Deref",
        "Deserialize" => "serde::Deserialize",
        "Display" => "std::fmt::Display",
        "Eq" => "Eq",
        "Error" => "std::error::Error",
        "Extend" => "Extend",
        "From" => "From",
        "FromIterator" => "FromIterator",
        "FromStr" => "std::str::FromStr",
        "AsRef" => "AsRef",
        "Hash" => "std::hash::Hash",
        "Into" => "Into",
        "IntoFuture" => "IntoFuture",
        "IntoIterator" => "IntoIterator",
        "Ord" => "Ord",
        "PartialEq" => "PartialEq",
        "PartialOrd" => "PartialOrd",
        "Serialize" => "serde::Serialize",
        "TryFrom" => "TryFrom",
        _ => return None,
    })
}

/// Returns a name as source code: rustdoc writes `type` for a field `r#type`.
pub fn keyword_free(name: &str) -> String {
    let is_identifier = name.starts_with(|first: char| first.is_ascii_digit())
        || syn::parse_str::<syn::Ident>(name).is_ok();
    if is_identifier {
        name.to_owned()
    } else {
        format!("r#{name}")
    }
}
