//! The names that a generated file defines and imports, as its syntax tree has them.

use std::collections::HashMap;
use std::rc::Rc;

use syn::{File, Item, UseTree, Visibility};

/// The namespaces of Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Namespace {
    Type,
    Value,
    Macro,
}

/// An item that a module defines.
pub struct Definition {
    pub name: String,
    pub namespace: Namespace,
    pub is_private: bool,
}

/// A name, or all names, that a module imports.
pub struct Import {
    pub path: Vec<String>,
    /// `None` for a glob.
    pub name: Option<String>,
    /// `use a::b::{self}` names the module only.
    pub is_module: bool,
    pub is_private: bool,
}

/// A file of the crate with its names.
pub struct Module {
    pub file: String,
    pub syntax: Rc<File>,
    pub definitions: Vec<Definition>,
    pub imports: Vec<Import>,
}

thread_local! {
    /// Files of the runtime are the same in each output.
    static PARSED: std::cell::RefCell<HashMap<String, Rc<File>>> = Default::default();
}

fn parsed(path: &str, text: &str) -> Rc<File> {
    let parse = || {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        Rc::new(file)
    };
    if path.starts_with("src/runtime/") {
        PARSED.with_borrow_mut(|all| all.entry(text.to_owned()).or_insert_with(parse).clone())
    } else {
        parse()
    }
}

impl Module {
    /// Reads a file of an output.
    pub fn read(file: &str, text: &str) -> Self {
        let syntax = parsed(file, text);
        let mut definitions = Vec::new();
        let mut imports = Vec::new();
        for item in &syntax.items {
            if let Item::Use(one) = item {
                let is_private = matches!(one.vis, Visibility::Inherited);
                let before = imports.len();
                flatten(&one.tree, &mut Vec::new(), &mut imports);
                imports[before..]
                    .iter_mut()
                    .for_each(|one| one.is_private = is_private);
            }
            for (name, namespace) in defined(item) {
                definitions.push(Definition {
                    name,
                    namespace,
                    is_private: is_private(item),
                });
            }
        }
        Module {
            file: file.to_owned(),
            syntax,
            definitions,
            imports,
        }
    }
}

fn flatten(tree: &UseTree, path: &mut Vec<String>, imports: &mut Vec<Import>) {
    let mut add = |path: &[String], last: Option<String>, name: Option<String>| {
        let is_module = last.as_deref() == Some("self");
        let last = last.filter(|_| !is_module);
        let path: Vec<String> = path.iter().cloned().chain(last).collect();
        let name = if is_module && name.as_deref() == Some("self") {
            path.last().cloned()
        } else {
            name
        };
        if name.as_deref() != Some("_") {
            imports.push(Import {
                path,
                name,
                is_module,
                is_private: true,
            });
        }
    };
    match tree {
        UseTree::Path(one) => {
            path.push(one.ident.to_string());
            flatten(&one.tree, path, imports);
            path.pop();
        }
        UseTree::Name(one) => {
            let name = one.ident.to_string();
            add(path, Some(name.clone()), Some(name));
        }
        UseTree::Rename(one) => {
            add(
                path,
                Some(one.ident.to_string()),
                Some(one.rename.to_string()),
            );
        }
        UseTree::Glob(_) => add(path, None, None),
        UseTree::Group(group) => {
            for tree in &group.items {
                flatten(tree, path, imports);
            }
        }
    }
}

/// The names that an item defines in its module.
fn defined(item: &Item) -> Vec<(String, Namespace)> {
    use Namespace::{Macro, Type, Value};
    match item {
        Item::Struct(one) if matches!(one.fields, syn::Fields::Named(_)) => {
            vec![(one.ident.to_string(), Type)]
        }
        Item::Struct(one) => vec![
            (one.ident.to_string(), Type),
            (one.ident.to_string(), Value),
        ],
        Item::Enum(one) => vec![(one.ident.to_string(), Type)],
        Item::Union(one) => vec![(one.ident.to_string(), Type)],
        Item::Trait(one) => vec![(one.ident.to_string(), Type)],
        Item::Type(one) => vec![(one.ident.to_string(), Type)],
        Item::Mod(one) => vec![(one.ident.to_string(), Type)],
        Item::Fn(one) => vec![(one.sig.ident.to_string(), Value)],
        Item::Const(one) => vec![(one.ident.to_string(), Value)],
        Item::Static(one) => vec![(one.ident.to_string(), Value)],
        Item::Macro(one) => {
            let name = one.ident.as_ref().map(ToString::to_string);
            name.map(|name| (name, Macro)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn is_private(item: &Item) -> bool {
    let visibility = match item {
        Item::Struct(one) => &one.vis,
        Item::Enum(one) => &one.vis,
        Item::Union(one) => &one.vis,
        Item::Trait(one) => &one.vis,
        Item::Type(one) => &one.vis,
        Item::Mod(one) => &one.vis,
        Item::Fn(one) => &one.vis,
        Item::Const(one) => &one.vis,
        Item::Static(one) => &one.vis,
        _ => return true,
    };
    matches!(visibility, Visibility::Inherited)
}
