//! Reads the objects of `codegen.yaml`: each key by name and type, with a diagnostic at the place of whatever does not
//! match.

use std::str::FromStr;

use super::check::Check;
use super::table::Table;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, code, suggest};
use crate::load::{Node, Object};
use crate::pointer::Pointer;

/// An object whose keys are all known.
pub(super) struct Section<'n> {
    members: &'n Object,
    at: Pointer,
    table: &'static Table,
}

/// A value with its key and its place.
pub(super) struct Entry<'n> {
    pub(super) name: &'n str,
    pub(super) node: &'n Node,
    pub(super) at: Pointer,
}

impl<'n> Section<'n> {
    /// Reads the object at a place, which can have the keys of the table and no others.
    pub(super) fn open(
        node: &'n Node,
        at: Pointer,
        table: &'static Table,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let known: Vec<&str> = table.keys().map(|key| key.name).collect();
        let Some(members) = node.as_object() else {
            let help = format!("use the keys `{}`", known.join("`, `"));
            diagnostics.push(wrong_type(node, at, "an object", &help));
            return None;
        };
        for name in members.keys().filter(|name| !known.contains(&&***name)) {
            let at = Place::key(at.child(name));
            let unknown = Diagnostic::new(
                code::CONFIG_UNKNOWN_KEY,
                at,
                format!("unknown key `{name}`"),
            );
            let help = suggest::did_you_mean(name, known.iter().copied())
                .unwrap_or_else(|| format!("use one of `{}`", known.join("`, `")));
            diagnostics.push(unknown.help(help));
        }
        Some(Section { members, at, table })
    }

    /// Returns the place of the object.
    pub(super) fn at(&self) -> &Pointer {
        &self.at
    }

    /// Returns the entry of an optional key.
    pub(super) fn get(&self, name: &'static str) -> Option<Entry<'n>> {
        debug_assert!(self.table.key(name).is_some(), "`{name}` has no row");
        let node = self.members.get(name)?;
        let at = self.at.child(name);
        Some(Entry { name, node, at })
    }

    /// Returns the entry of a required key.
    pub(super) fn required(
        &self,
        name: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Entry<'n>> {
        let entry = self.get(name);
        let example = self.table.example(name);
        debug_assert!(example.is_some(), "the row of `{name}` has no example");
        let example = example.unwrap_or("…");
        if entry.is_none() {
            let message = format!("missing key `{name}`");
            let missing = Diagnostic::new(code::CONFIG_MISSING_KEY, &self.at, message);
            diagnostics.push(missing.help(format!("add `{name}: {example}`")));
        }
        entry
    }
}

impl<'n> Entry<'n> {
    /// Creates a diagnostic about this value.
    pub(super) fn wrong(&self, code: &'static Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, &self.at, message)
    }

    /// Reads a string. A plain number is the string as written: `package: 1.10`.
    pub(super) fn string(&self, diagnostics: &mut Diagnostics) -> Option<&'n str> {
        let text = self.node.as_text();
        if text.is_none() {
            let help = format!("write `{}: some-value`", self.name);
            diagnostics.push(wrong_type(self.node, self.at.clone(), "a string", &help));
        }
        text
    }

    /// Reads a string that passes a check, which returns the help for one that does not.
    pub(super) fn checked_string(
        &self,
        code: &'static Code,
        check: &Check,
        diagnostics: &mut Diagnostics,
    ) -> Option<&'n str> {
        let text = self.string(diagnostics)?;
        match (check.test)(text) {
            None => Some(text),
            Some(help) => {
                let message = format!("invalid value `{text}` for `{}`", self.name);
                diagnostics.push(self.wrong(code, message).help(help));
                None
            }
        }
    }

    /// Reads one of several words.
    pub(super) fn choice<T: Copy>(
        &self,
        choices: &[(&str, T)],
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        let text = self.string(diagnostics)?;
        let chosen = choices.iter().find(|(word, _)| *word == text);
        if chosen.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            let message = format!("invalid value `{text}` for `{}`", self.name);
            let help = format!("use one of `{}`", words.join("`, `"));
            diagnostics.push(self.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
        }
        chosen.map(|(_, value)| *value)
    }

    /// Reads a boolean.
    pub(super) fn boolean(&self, diagnostics: &mut Diagnostics) -> Option<bool> {
        let boolean = self.node.as_bool();
        if boolean.is_none() {
            let help = format!("write `{}: true`", self.name);
            let at = self.at.clone();
            diagnostics.push(wrong_type(self.node, at, "a boolean", &help));
        }
        boolean
    }

    /// Reads a positive integer.
    pub(super) fn count(&self, diagnostics: &mut Diagnostics) -> Option<usize> {
        let count = self
            .node
            .as_scalar()
            .and_then(|scalar| scalar.as_number())
            .and_then(|number| usize::from_str(&number.to_string()).ok())
            .filter(|count| *count > 0);
        if count.is_none() {
            let help = format!("write `{}: 1000`", self.name);
            diagnostics.push(wrong_type(
                self.node,
                self.at.clone(),
                "a positive integer",
                &help,
            ));
        }
        count
    }

    /// Reads the elements of an array.
    pub(super) fn array(&self, diagnostics: &mut Diagnostics) -> Vec<Entry<'n>> {
        match self.node.as_array() {
            Some(elements) => elements
                .iter()
                .enumerate()
                .map(|(index, node)| Entry {
                    name: self.name,
                    node,
                    at: self.at.index(index),
                })
                .collect(),
            None => {
                let help = format!(
                    "write `{}:` and below it a line `- value` for each element",
                    self.name
                );
                diagnostics.push(wrong_type(self.node, self.at.clone(), "an array", &help));
                Vec::new()
            }
        }
    }

    /// Reads the members of an object with arbitrary keys.
    pub(super) fn members(&self, diagnostics: &mut Diagnostics) -> Vec<Entry<'n>> {
        match self.node.as_object() {
            Some(members) => members
                .iter()
                .map(|(name, node)| Entry {
                    name,
                    node,
                    at: self.at.child(name),
                })
                .collect(),
            None => {
                let help = format!(
                    "write `{}:` and below it a line `name: value` for each member",
                    self.name
                );
                diagnostics.push(wrong_type(self.node, self.at.clone(), "an object", &help));
                Vec::new()
            }
        }
    }

    /// Reads an object with the keys of a table.
    pub(super) fn section(
        &self,
        table: &'static Table,
        diagnostics: &mut Diagnostics,
    ) -> Option<Section<'n>> {
        Section::open(self.node, self.at.clone(), table, diagnostics)
    }
}

fn wrong_type(node: &Node, at: Pointer, expected: &str, help: &str) -> Diagnostic {
    let message = format!("expected {expected}, found {}", node.describe());
    Diagnostic::new(code::CONFIG_WRONG_VALUE, at, message).help(help)
}
