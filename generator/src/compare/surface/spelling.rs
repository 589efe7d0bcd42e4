//! Types and signatures in one spelling, whatever a file imports.
//!
//! `super::Option`, `types::Option` and, in a file that imports it from its parent, `Option` are one type of the
//! description: `types::Option`.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;

use super::item::Renames;

/// How the names of a file are spelled.
pub struct Speller<'a> {
    /// Names that mean a type of the description: those that the file defines or imports from its parent.
    pub siblings: BTreeSet<String>,
    /// Private names for parts of types.
    pub nested: BTreeMap<String, TokenStream>,
    /// Old names and new ones.
    pub renames: &'a Renames,
}

impl Speller<'_> {
    /// Spells tokens.
    pub fn spell(&self, tokens: &impl ToTokens) -> String {
        let mut text = String::new();
        self.write(tokens.to_token_stream(), &mut text, 0);
        text
    }

    fn write(&self, tokens: TokenStream, text: &mut String, depth: usize) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(first) => {
                    let mut path = vec![first.to_string()];
                    while is_colon(tokens.peek()) {
                        tokens.next();
                        tokens.next();
                        match tokens.peek() {
                            Some(TokenTree::Ident(next)) => path.push(next.to_string()),
                            _ => {
                                path.push(String::new());
                                break;
                            }
                        }
                        tokens.next();
                    }
                    self.path(&path, text, depth);
                }
                TokenTree::Group(group) => self.group(&group, text, depth),
                TokenTree::Literal(literal) => word(&literal.to_string(), text),
                TokenTree::Punct(mark) => {
                    // a trailing comma says nothing
                    if mark.as_char() != ',' || tokens.peek().is_some_and(|next| !is_closing(next))
                    {
                        text.push(mark.as_char());
                    }
                }
            }
        }
    }

    fn group(&self, group: &Group, text: &mut String, depth: usize) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        text.push_str(open);
        self.write(group.stream(), text, depth);
        text.push_str(close);
    }

    fn path(&self, path: &[String], text: &mut String, depth: usize) {
        /// More than generated code has, so that a ring of private names ends.
        const DEEPEST: usize = 16;
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        if let [one] = parts.as_slice()
            && let Some(meant) = self.nested.get(*one)
            && depth < DEEPEST
        {
            return self.write(meant.clone(), text, depth + 1);
        }
        word(&self.name(&parts), text);
    }

    /// Returns the spelling of a path.
    pub fn name(&self, parts: &[&str]) -> String {
        let plain = match parts {
            ["super" | "types", name] | ["crate", "types", name] => format!("types::{name}"),
            [name] if self.siblings.contains(*name) => format!("types::{name}"),
            ["std", .., name] | ["wire" | "crate", name] => (*name).to_owned(),
            _ => parts.join("::"),
        };
        self.renames.get(&plain).cloned().unwrap_or(plain)
    }
}

/// Adds a word, with a space behind another one: `impl Into`.
fn word(word: &str, text: &mut String) {
    if text.ends_with(|letter: char| {
        letter.is_alphanumeric() || letter == '_' || letter == ']' || letter == ')'
    }) {
        text.push(' ');
    }
    text.push_str(word);
}

fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == ':' && mark.spacing() == proc_macro2::Spacing::Joint)
}

fn is_closing(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == '>')
}

/// Returns the types of the description in a spelling: `types::Pet`.
pub fn named(declaration: &str) -> BTreeSet<String> {
    words(declaration)
        .filter(|word| word.starts_with("types::"))
        .map(ToOwned::to_owned)
        .collect()
}

fn words(declaration: &str) -> impl Iterator<Item = &str> {
    declaration
        .split(|letter: char| !is_name(letter))
        .filter(|word| !word.is_empty())
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == ':'
}

/// Replaces other names of types by what they stand for.
pub fn expanded(declaration: &str, aliases: &BTreeMap<String, String>) -> String {
    if aliases.is_empty() {
        return declaration.to_owned();
    }
    let mut text = String::with_capacity(declaration.len());
    let mut rest = declaration;
    while !rest.is_empty() {
        let end = rest.find(is_name).unwrap_or(rest.len());
        let (before, from) = rest.split_at(end);
        text.push_str(before);
        let end = from
            .find(|letter: char| !is_name(letter))
            .unwrap_or(from.len());
        let (name, after) = from.split_at(end);
        let mut name = name;
        // at most as often as there are names, so that a ring ends
        for _ in 0..aliases.len() {
            match aliases.get(name) {
                Some(meant) => name = meant,
                None => break,
            }
        }
        text.push_str(&match name {
            _ if !aliases.contains_key(name) && name.contains(|letter| !is_name(letter)) => {
                expanded_once(name, aliases)
            }
            _ => name.to_owned(),
        });
        rest = after;
    }
    text
}

/// Replaces the names in what a name stands for.
fn expanded_once(meant: &str, aliases: &BTreeMap<String, String>) -> String {
    let fewer: BTreeMap<String, String> = aliases
        .iter()
        .filter(|(_, text)| *text != meant)
        .map(|(name, text)| (name.clone(), text.clone()))
        .collect();
    expanded(meant, &fewer)
}
