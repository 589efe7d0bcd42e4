//! The files of the generator and the paths that they name.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemUse, Path, UseTree};

use crate::goldens;

/// A file of the generator, without code that is compiled for tests only.
pub struct Source {
    /// The path below `src/`.
    pub path: String,
    /// The part it belongs to: `lower` for `lower.rs` and all below `lower/`.
    pub part: String,
    /// Every path in it, `crate::ir::Api` or `std::fmt`, and the names of its macros.
    pub paths: BTreeSet<String>,
}

impl Source {
    /// Parses a file.
    pub fn read(path: String, text: String) -> Self {
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let part = path.split(['/', '.']).next().unwrap_or_default().to_owned();
        let mut found = Found::default();
        found.visit_file(&file);
        Source {
            path,
            part,
            paths: found.paths,
        }
    }
}

/// Returns all files but those of tests. Callers skip the root, which names all stages.
pub fn sources() -> Vec<Source> {
    let files = goldens::read_below(&goldens::package().join("src"));
    let files = files
        .into_iter()
        .filter(|(path, _)| !path.contains("tests"));
    files.map(|(path, text)| Source::read(path, text)).collect()
}

#[derive(Default)]
struct Found {
    paths: BTreeSet<String>,
}

impl Found {
    fn used(&mut self, before: &str, tree: &UseTree) {
        let joined = |name: String| match before {
            "" => name,
            _ => format!("{before}::{name}"),
        };
        match tree {
            UseTree::Path(path) => self.used(&joined(path.ident.to_string()), &path.tree),
            UseTree::Name(name) => drop(self.paths.insert(joined(name.ident.to_string()))),
            UseTree::Rename(name) => drop(self.paths.insert(joined(name.ident.to_string()))),
            UseTree::Glob(_) => drop(self.paths.insert(before.to_owned())),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.used(before, tree)),
        }
    }
}

impl<'ast> Visit<'ast> for Found {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes: &[Attribute] = match item {
            Item::Fn(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            _ => &[],
        };
        if !attributes.iter().any(is_for_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.used("", &item.tree);
    }

    fn visit_macro(&mut self, found: &'ast syn::Macro) {
        let name = found
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string());
        self.paths.extend(name.map(|name| format!("{name}!")));
        visit::visit_macro(self, found);
    }

    /// `pub(crate)` names nothing.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_path(&mut self, path: &'ast Path) {
        let segments: Vec<_> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        self.paths.insert(segments.join("::"));
        visit::visit_path(self, path);
    }
}

/// `#[cfg(test)]`
fn is_for_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute
            .parse_args::<Path>()
            .is_ok_and(|condition| condition.is_ident("test"))
}

/// Returns the first two segments of a path: `("crate", "ir")`.
pub fn head(path: &str) -> (&str, &str) {
    let (first, rest) = path.split_once("::").unwrap_or((path, ""));
    (first, rest.split("::").next().unwrap_or_default())
}

/// Returns the module of a file: `["emit", "client", "body"]` for `emit/client/body.rs`.
pub fn module(path: &str) -> Vec<&str> {
    path.trim_end_matches(".rs").split('/').collect()
}

/// Resolves a path to one from the root of the crate: `super::set` in `lower/schema/union.rs` is
/// `["lower", "schema", "set"]`.
///
/// Returns `None` for a path of another crate, or of an imported name.
pub fn absolute<'a>(
    own: &[&'a str],
    path: &'a str,
    modules: &BTreeSet<Vec<&str>>,
) -> Option<Vec<&'a str>> {
    let words: Vec<&str> = path.split("::").collect();
    let ups = words.iter().take_while(|word| **word == "super").count();
    let (base, rest) = match words.as_slice() {
        ["crate", rest @ ..] => (&[][..], rest),
        ["self", rest @ ..] => (own, rest),
        [first, ..] if ups == 0 => {
            let child = [own, &[first]].concat();
            return modules.contains(&child).then(|| [own, &words].concat());
        }
        _ => (own.get(..own.len().checked_sub(ups)?)?, words.get(ups..)?),
    };
    Some([base, rest].concat())
}
