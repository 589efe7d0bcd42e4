//! The names of one Rust scope: which are free, and how two items of a document with the same name are renamed.
//!
//! A scope is anything in which Rust requires unique names: the types of a crate, the fields of a struct, the variants
//! of an enum, the methods of a client. Items that are known together claim their names together ([`Scope::claim_all`]),
//! so that no name depends on the order of the document: the item that is spelled exactly like the name has it, else the
//! one that is spelled like it in camel case, and otherwise nobody. Items that come one after the other get what is free. Whoever gets another name gets a diagnostic
//! that shows both places, so no item is dropped because of its name.

mod kind;
mod together;

#[cfg(test)]
mod tests;

pub(crate) use kind::ScopeKind;

use foldhash::HashMap;

use super::{length, spelling};
use crate::diagnostic::{Diagnostic, code};
use crate::options::{RenameKind, rename_line};
use crate::pointer::Pointer;

/// The names of one Rust scope.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    kind: ScopeKind,
    /// Who has each name, by what makes two names one (see [`ScopeKind::key`]).
    holders: HashMap<String, Holder>,
    /// The last number behind each name that was wanted more than once: a document may want one name ten thousand times.
    numbers: HashMap<String, usize>,
}

/// The item that has a name.
#[derive(Debug, Clone)]
enum Holder {
    /// An item of the document, by its location.
    Item(Pointer),
    /// An item that exists without the document, such as `the variant for values that are not listed`.
    Reserved(&'static str),
    /// Several items that wanted the name, so that none of them has it; the locations of two.
    Nobody(Vec<Pointer>),
}

/// A request for a name, with alternatives.
#[derive(Debug)]
pub(crate) struct Wish<'a> {
    name: String,
    /// Names that are as good.
    equal: Vec<String>,
    /// Names that are longer.
    otherwise: Vec<String>,
    at: &'a Pointer,
    /// The name on the wire.
    spelling: Option<&'a str>,
    is_chosen: bool,
    rename: Option<(RenameKind, Vec<String>)>,
}

impl<'a> Wish<'a> {
    /// Requests the default name of the item at a location of the document.
    pub fn new(name: impl Into<String>, at: &'a Pointer) -> Self {
        Wish {
            name: name.into(),
            equal: Vec::new(),
            otherwise: Vec::new(),
            at,
            spelling: None,
            is_chosen: false,
            rename: None,
        }
    }

    /// Sets the name on the wire: an item that is spelled like its name has precedence, and any other one gets a suffix
    /// that says how it is spelled.
    pub fn spelled(mut self, wire: &'a str) -> Self {
        self.spelling = Some(wire);
        self
    }

    /// Gives precedence to a name of `codegen.yaml`.
    pub fn chosen(mut self, is_chosen: bool) -> Self {
        self.is_chosen = is_chosen;
        self
    }

    /// Adds an alternative to try before a suffix is appended: `limit_header` for `limit`.
    pub fn or(mut self, name: impl Into<String>) -> Self {
        self.otherwise.push(name.into());
        self
    }

    /// Adds an alternative that is as good as the requested name, so that it causes no diagnostic.
    pub fn or_equally(mut self, name: impl Into<String>) -> Self {
        self.equal.push(name.into());
        self
    }

    /// Sets how `codegen.yaml` can rename the item: the kind of entry and its keys.
    pub fn renamed_by(mut self, kind: RenameKind, keys: impl IntoIterator<Item = String>) -> Self {
        self.rename = Some((kind, keys.into_iter().collect()));
        self
    }
}

/// The answer to a [`Wish`].
#[derive(Debug)]
#[must_use]
pub(crate) struct Claim {
    /// The name of the item.
    pub name: String,
    /// The diagnostic about a collision; `None` if the requested name was free.
    pub collision: Option<Diagnostic>,
}

impl Scope {
    /// Creates a scope in which every name is free.
    pub fn new(kind: ScopeKind) -> Self {
        Scope {
            kind,
            holders: HashMap::default(),
            numbers: HashMap::default(),
        }
    }

    /// Reserves names that are used without the document; `what` describes them in messages.
    pub fn reserve<'n>(
        mut self,
        names: impl IntoIterator<Item = &'n str>,
        what: &'static str,
    ) -> Self {
        for name in names {
            let key = self.kind.key(name);
            self.holders.entry(key).or_insert(Holder::Reserved(what));
        }
        self
    }

    /// Returns whether the name is free.
    pub fn is_free(&self, name: &str) -> bool {
        !self.holders.contains_key(&self.kind.key(name))
    }

    /// Returns the location of the item with the name, if it is an item of the document.
    pub fn holder(&self, name: &str) -> Option<&Pointer> {
        match self.holders.get(&self.kind.key(name))? {
            Holder::Item(at) => Some(at),
            Holder::Reserved(_) | Holder::Nobody(_) => None,
        }
    }

    /// Claims the requested name, or another one with a diagnostic that shows the item with the requested name.
    pub fn claim(&mut self, wish: Wish<'_>) -> Claim {
        let Some(holder) = self.holders.get(&self.kind.key(&wish.name)).cloned() else {
            return self.take(wish.name, wish.at);
        };
        let name = self.free_name(&wish);
        let collision = self.collision(&wish, &name, &holder);
        let collision = with_help(collision, &wish, |kind, keys| {
            rename_help(kind, keys, &name)
        });
        Claim {
            collision: Some(collision),
            ..self.take(name, wish.at)
        }
    }

    /// Claims the first free name of several equally good ones. There is a diagnostic only if none of them is free.
    pub fn claim_one_of(&mut self, wish: Wish<'_>) -> Claim {
        let all = std::iter::once(&wish.name).chain(&wish.otherwise);
        match all.into_iter().find(|name| self.is_free(name)).cloned() {
            Some(name) => self.take(name, wish.at),
            None => self.claim(wish),
        }
    }

    /// Claims the first free name of `Nested`, `Nested2`, … for a private item that is not in the document, without a
    /// diagnostic.
    pub fn invent(&mut self, name: &str) -> String {
        let name = if self.is_free(name) {
            name.to_owned()
        } else {
            self.numbered(name)
        };
        let holder = Holder::Reserved("a private name of the output");
        self.holders.insert(self.kind.key(&name), holder);
        name
    }

    /// Makes a name free again that is not needed.
    pub fn release(&mut self, name: &str) {
        self.holders.remove(&self.kind.key(name));
    }

    fn take(&mut self, name: String, at: &Pointer) -> Claim {
        self.holders
            .insert(self.kind.key(&name), Holder::Item(at.clone()));
        Claim {
            name,
            collision: None,
        }
    }

    /// Returns the first alternative that is free, or the requested name with the first number that makes it free.
    fn free_name(&mut self, wish: &Wish<'_>) -> String {
        let mut alternatives = self.alternatives(wish).into_iter();
        match alternatives.find(|name| self.is_free(name)) {
            Some(name) => name,
            None => self.numbered(&wish.name),
        }
    }

    /// Returns the names for an item that does not get the requested one: its own alternatives; where the name exists
    /// without the document, the name with what the item is; then with how it is spelled.
    fn alternatives(&self, wish: &Wish<'_>) -> Vec<String> {
        let mut names = wish.equal.clone();
        let holder = self.holders.get(&self.kind.key(&wish.name));
        if let (Some(Holder::Reserved(_)), Some(noun)) = (holder, self.kind.suffix()) {
            names.push(self.kind.with_suffix(&wish.name, noun));
        }
        names.extend(wish.otherwise.iter().cloned());
        if let Some(wire) = wish.spelling {
            let style = spelling::style(wire);
            let hash = length::hash(wire);
            names.extend([style, hash].map(|suffix| self.kind.with_suffix(&wish.name, &suffix)));
        }
        names
    }

    /// Returns the name with the first number behind it that makes it free.
    fn numbered(&mut self, name: &str) -> String {
        let first = self.numbers.get(name).map_or(2, |last| last + 1);
        // as many numbers as there are names, and one more: one of them is free
        let numbers = first..=first + self.holders.len();
        let found = numbers
            .map(|number| (number, self.kind.with_suffix(name, &number.to_string())))
            .find(|(_, name)| self.is_free(name));
        match found {
            Some((number, free)) => {
                self.numbers.insert(name.to_owned(), number);
                free
            }
            None => name.to_owned(),
        }
    }

    fn collision(&self, wish: &Wish<'_>, name: &str, holder: &Holder) -> Diagnostic {
        let (wanted, words) = (&wish.name, self.kind.words());
        let (noun, item, this) = (words.noun, words.item, words.this);
        let taken_by = |taker: &str| {
            format!("the {noun} name `{wanted}` is taken by {taker}, so this one is `{name}`")
        };
        let (code, message) = match holder {
            Holder::Item(_) => (code::NAME_TAKEN, taken_by(&format!("another {item}"))),
            Holder::Reserved(what) => (code::NAME_TAKEN, taken_by(what)),
            Holder::Nobody(_) => {
                let items = words.items;
                let text = format!("several {items} would be `{wanted}`, so this one is `{name}`");
                (code::RENAMED, text)
            }
        };
        let mut finding = Diagnostic::new(code, wish.at.clone(), message);
        let others = match holder {
            Holder::Item(at) => std::slice::from_ref(at),
            Holder::Nobody(all) => all.as_slice(),
            Holder::Reserved(_) => &[],
        };
        if let Some(other) = others.iter().find(|other| *other != wish.at) {
            let label = format!("this {this} has the same name in Rust");
            finding = finding.related(other.clone(), label);
        }
        finding
    }
}

/// Adds the help for a collision, if `codegen.yaml` can rename the item.
fn with_help(
    finding: Diagnostic,
    wish: &Wish<'_>,
    help: impl FnOnce(RenameKind, &[String]) -> String,
) -> Diagnostic {
    match &wish.rename {
        Some((kind, keys)) => finding.help(help(*kind, keys)),
        None => finding,
    }
}

/// Returns the help for an item that does not get its name because of another one, which may be newer: the lines for
/// `codegen.yaml` that give it the name.
fn keep_help(kind: RenameKind, keys: &[String], wanted: &str) -> String {
    let lines = rename_line(kind, keys, wanted);
    format!(
        "choose a name in `codegen.yaml`, or keep the one from before the other was there:\n{}",
        lines.trim_end()
    )
}

/// Returns the help for a collision: the lines for `codegen.yaml`.
pub(crate) fn rename_help<K: AsRef<str>>(kind: RenameKind, keys: &[K], name: &str) -> String {
    let lines = rename_line(kind, keys, name);
    format!(
        "give one of them a name of its own in `codegen.yaml`:\n{}",
        lines.trim_end()
    )
}
