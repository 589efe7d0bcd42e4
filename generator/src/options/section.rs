//! Reads the objects of `codegen.yaml`: every key is asked for by name and kind, and what does not fit is a finding at its place.

use std::str::FromStr;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, code, suggest};
use crate::load::{Node, Object};
use crate::pointer::Pointer;

/// An object whose keys are all known.
pub(super) struct Section<'n> {
    members: &'n Object,
    at: Pointer,
}

/// A value and where it stands.
pub(super) struct Entry<'n> {
    pub(super) name: &'n str,
    pub(super) node: &'n Node,
    pub(super) at: Pointer,
}

impl<'n> Section<'n> {
    /// The object at a place, which may have the keys `known` and no others.
    pub(super) fn open(
        node: &'n Node,
        at: Pointer,
        known: &[&str],
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let Some(members) = node.as_object() else {
            let keys = known.join("`, `");
            diagnostics.push(wrong_kind(
                node,
                at,
                "an object",
                &format!("its keys are `{keys}`"),
            ));
            return None;
        };
        for name in members.keys().filter(|name| !known.contains(&&***name)) {
            let at = Place::key(at.child(name));
            let unknown = Diagnostic::new(
                code::CONFIG_UNKNOWN_KEY,
                at,
                format!("there is no key `{name}` here"),
            );
            let help = suggest::did_you_mean(name, known.iter().copied())
                .unwrap_or_else(|| format!("known keys: `{}`", known.join("`, `")));
            diagnostics.push(unknown.help(help));
        }
        Some(Section { members, at })
    }

    /// Where the object stands.
    pub(super) fn at(&self) -> &Pointer {
        &self.at
    }

    /// The value of a key, if it is there.
    pub(super) fn get(&self, name: &'n str) -> Option<Entry<'n>> {
        let node = self.members.get(name)?;
        let at = self.at.child(name);
        Some(Entry { name, node, at })
    }

    /// The value of a key that must be there; `example` is what to write.
    pub(super) fn required(
        &self,
        name: &'n str,
        example: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Entry<'n>> {
        let entry = self.get(name);
        if entry.is_none() {
            let message = format!("the key `{name}` is missing");
            let missing = Diagnostic::new(code::CONFIG_MISSING_KEY, &self.at, message);
            diagnostics.push(missing.help(format!("write `{name}: {example}`")));
        }
        entry
    }
}

impl<'n> Entry<'n> {
    /// A finding about this value.
    pub(super) fn wrong(&self, code: &'static Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, &self.at, message)
    }

    /// A text. A plain number is the text that the file has: `package: 1.10`.
    pub(super) fn text(&self, diagnostics: &mut Diagnostics) -> Option<&'n str> {
        let text = self.node.as_text();
        if text.is_none() {
            let help = format!("write `{}: some text`", self.name);
            diagnostics.push(wrong_kind(self.node, self.at.clone(), "a string", &help));
        }
        text
    }

    /// A text that passes a check, which says why one does not.
    pub(super) fn checked_text(
        &self,
        code: &'static Code,
        check: fn(&str) -> Option<&'static str>,
        diagnostics: &mut Diagnostics,
    ) -> Option<&'n str> {
        let text = self.text(diagnostics)?;
        match check(text) {
            None => Some(text),
            Some(why) => {
                let message = format!("`{text}` cannot be used for `{}`", self.name);
                diagnostics.push(self.wrong(code, message).help(why));
                None
            }
        }
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        &self,
        choices: &[(&str, T)],
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        let text = self.text(diagnostics)?;
        let chosen = choices.iter().find(|(word, _)| *word == text);
        if chosen.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            let message = format!("`{text}` is not a choice for `{}`", self.name);
            let help = format!("write one of `{}`", words.join("`, `"));
            diagnostics.push(self.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
        }
        chosen.map(|(_, value)| *value)
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, diagnostics: &mut Diagnostics) -> Option<bool> {
        let flag = self.node.as_bool();
        if flag.is_none() {
            let help = format!("write `{}: true`", self.name);
            let at = self.at.clone();
            diagnostics.push(wrong_kind(self.node, at, "true or false", &help));
        }
        flag
    }

    /// A whole number from 1.
    pub(super) fn count(&self, diagnostics: &mut Diagnostics) -> Option<usize> {
        let number = self.node.as_scalar().and_then(|scalar| scalar.as_number());
        let count = number
            .and_then(|number| usize::from_str(&number.to_string()).ok())
            .filter(|count| *count > 0);
        if count.is_none() {
            let help = format!("write `{}: 1000`", self.name);
            diagnostics.push(wrong_kind(
                self.node,
                self.at.clone(),
                "a whole number from 1",
                &help,
            ));
        }
        count
    }

    /// The elements of a list.
    pub(super) fn list(&self, diagnostics: &mut Diagnostics) -> Vec<Entry<'n>> {
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
                    "write `{}:` and each element below it, behind `- `",
                    self.name
                );
                diagnostics.push(wrong_kind(self.node, self.at.clone(), "a list", &help));
                Vec::new()
            }
        }
    }

    /// The members of an object with free keys.
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
                let help = format!("write `{}:` and below it lines of `name: value`", self.name);
                diagnostics.push(wrong_kind(self.node, self.at.clone(), "an object", &help));
                Vec::new()
            }
        }
    }

    /// An object with known keys.
    pub(super) fn section(
        &self,
        known: &[&str],
        diagnostics: &mut Diagnostics,
    ) -> Option<Section<'n>> {
        Section::open(self.node, self.at.clone(), known, diagnostics)
    }
}

fn wrong_kind(node: &Node, at: Pointer, expected: &str, help: &str) -> Diagnostic {
    let message = format!("expected {expected}, found {}", node.describe());
    Diagnostic::new(code::CONFIG_WRONG_VALUE, at, message).help(help)
}
