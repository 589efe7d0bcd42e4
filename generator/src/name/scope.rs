//! The names of one Rust scope: which are free, and how two items of a document with the same name are renamed.
//!
//! A scope is anything in which Rust requires unique names: the types of a crate, the fields of a struct, the variants
//! of an enum, the methods of a client. The first claim of a name gets it. A later claim gets another name and a
//! diagnostic that shows both places, so no item is dropped because of its name.

use std::collections::HashMap;

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

/// The items that the names of a scope belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScopeKind {
    /// Types, one for each schema that needs one.
    Type,
    /// Types of a single operation: its parameters, its body, its responses.
    OperationType,
    /// Fields of a struct, one for each member of an object.
    Field,
    /// Fields of a multipart body, one for each part and each header of a part.
    PartField,
    /// Variants of an enum of values.
    ValueVariant,
    /// Variants of an enum of types, one for each branch of a `oneOf` or `anyOf`.
    BranchVariant,
    /// Variants of a request body, one for each media type.
    BodyVariant,
    /// Arguments of a method, and fields of the struct of its optional parameters.
    Parameter,
    /// Methods of the client.
    Method,
    /// Constants of response headers.
    HeaderConstant,
    /// Methods of a response enum that return a member without a `match`.
    Accessor,
    /// Methods of a builder that set a credential.
    Credential,
}

/// The item that has a name.
#[derive(Debug, Clone)]
enum Holder {
    /// An item of the document, by its location.
    Item(Pointer),
    /// An item that exists without the document, such as `the variant for values that are not listed`.
    Reserved(&'static str),
}

/// A request for a name, with alternatives.
#[derive(Debug)]
pub(crate) struct Wish<'a> {
    name: String,
    otherwise: Vec<String>,
    at: &'a Pointer,
    rename: Option<(RenameKind, String)>,
}

impl<'a> Wish<'a> {
    /// Requests the default name of the item at a location of the document.
    pub fn new(name: impl Into<String>, at: &'a Pointer) -> Self {
        Wish {
            name: name.into(),
            otherwise: Vec::new(),
            at,
            rename: None,
        }
    }

    /// Adds an alternative to try before a number is appended: `limit_header` for `limit`.
    pub fn or(mut self, name: impl Into<String>) -> Self {
        self.otherwise.push(name.into());
        self
    }

    /// Sets how `codegen.yaml` can rename the item: the kind of entry and its key.
    pub fn renamed_by(mut self, kind: RenameKind, key: String) -> Self {
        self.rename = Some((kind, key));
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
            holders: HashMap::new(),
            numbers: HashMap::new(),
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
            Holder::Reserved(_) => None,
        }
    }

    /// Claims the requested name, or another one with a diagnostic that shows the item with the requested name.
    pub fn claim(&mut self, wish: Wish<'_>) -> Claim {
        let Some(holder) = self.holders.get(&self.kind.key(&wish.name)).cloned() else {
            return self.take(wish.name, wish.at);
        };
        let name = self.free_name(&wish);
        let collision = self.collision(&wish, &name, &holder);
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
        if let Some(name) = wish.otherwise.iter().find(|name| self.is_free(name)) {
            return name.clone();
        }
        self.numbered(&wish.name)
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
        let (wanted, Words { noun, item, this }) = (&wish.name, self.kind.words());
        let taker = match holder {
            Holder::Item(_) => format!("another {item}"),
            Holder::Reserved(what) => (*what).to_owned(),
        };
        let message =
            format!("the {noun} name `{wanted}` is taken by {taker}, so this one is `{name}`");
        let mut finding = Diagnostic::new(code::NAME_TAKEN, wish.at.clone(), message);
        if let Holder::Item(first) = holder {
            finding = finding.related(
                first.clone(),
                format!("this {this} has the same name in Rust"),
            );
        }
        match &wish.rename {
            Some((kind, key)) => finding.help(rename_help(*kind, key, name)),
            None => finding,
        }
    }
}

/// The words for a scope in messages.
struct Words {
    /// `field`
    noun: &'static str,
    /// `member of this object`
    item: &'static str,
    /// `member`
    this: &'static str,
}

impl ScopeKind {
    fn words(self) -> Words {
        let (noun, item, this) = match self {
            ScopeKind::Type => ("type", "schema", "schema"),
            ScopeKind::OperationType => ("type", "operation", "operation"),
            ScopeKind::Field => ("field", "member of this object", "member"),
            ScopeKind::PartField => ("field", "part or header of this body", "part"),
            ScopeKind::ValueVariant => ("variant", "value", "value"),
            ScopeKind::BranchVariant => ("variant", "branch", "branch"),
            ScopeKind::BodyVariant => ("variant", "media type", "media type"),
            ScopeKind::Parameter => ("parameter", "parameter", "parameter"),
            ScopeKind::Method => ("method", "operation", "operation"),
            ScopeKind::HeaderConstant => ("constant", "header", "header"),
            ScopeKind::Accessor => ("method", "member", "member"),
            ScopeKind::Credential => ("method", "security scheme", "security scheme"),
        };
        Words { noun, item, this }
    }

    /// Returns what makes two names of the scope one: for methods the type that stands for each, since `a_2` and `a2`
    /// would share the names of what is made for them alone.
    fn key(self, name: &str) -> String {
        match self {
            ScopeKind::Method => super::type_of_operation(name),
            _ => name.to_owned(),
        }
    }

    /// Appends a suffix in the spelling of the scope: `Pet2`, `limit_2`, `type_query` (of `type_`), `X_LIMIT_2`.
    pub fn with_suffix(self, name: &str, suffix: &str) -> String {
        match self {
            ScopeKind::Type
            | ScopeKind::OperationType
            | ScopeKind::ValueVariant
            | ScopeKind::BranchVariant
            | ScopeKind::BodyVariant => format!("{name}{suffix}"),
            ScopeKind::Field
            | ScopeKind::PartField
            | ScopeKind::Parameter
            | ScopeKind::Method
            | ScopeKind::HeaderConstant
            | ScopeKind::Accessor
            | ScopeKind::Credential => {
                // the underscore of `type_` is not needed before a suffix, and rustc warns about two
                format!("{}_{suffix}", name.trim_end_matches('_'))
            }
        }
    }
}

/// Returns the help for a collision: the lines for `codegen.yaml`.
pub(crate) fn rename_help(kind: RenameKind, key: &str, name: &str) -> String {
    let lines = rename_line(kind, key, name);
    format!(
        "give one of them a name of its own in `codegen.yaml`:\n{}",
        lines.trim_end()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish<'a>(name: &str, otherwise: &[&str], at: &'a Pointer) -> Wish<'a> {
        let wish = Wish::new(name, at);
        otherwise.iter().fold(wish, |wish, name| wish.or(*name))
    }

    /// Returns the names that claims get in order, with `!` after those with a diagnostic.
    fn claims(mut scope: Scope, wishes: &[(&str, &[&str])]) -> Vec<String> {
        let at = Pointer::root("a.yaml");
        wishes
            .iter()
            .map(|(name, otherwise)| {
                let claim = scope.claim(wish(name, otherwise, &at));
                let mark = if claim.collision.is_some() { "!" } else { "" };
                format!("{}{mark}", claim.name)
            })
            .collect()
    }

    #[test]
    fn later_claims_of_a_name_get_another_one() {
        let types = Scope::new(ScopeKind::Type);
        let wishes: [(&str, &[&str]); 4] =
            [("Pet", &[]), ("Pet2", &[]), ("Pet", &[]), ("Pet", &[])];
        assert_eq!(claims(types, &wishes), ["Pet", "Pet2", "Pet3!", "Pet4!"]);
        let parameters = Scope::new(ScopeKind::Parameter).reserve(["body"], "the request body");
        let wishes: [(&str, &[&str]); 4] = [
            ("body", &["body_query"]),
            ("type_", &[]),
            ("type_", &["type_query"]),
            ("type_", &["type_query"]),
        ];
        let names = claims(parameters, &wishes);
        assert_eq!(names, ["body_query!", "type_", "type_query!", "type_2!"]);
    }

    #[test]
    fn a_collision_shows_both_locations_and_how_to_rename() {
        let (first, second) = (
            Pointer::root("a.yaml").child("Pet"),
            Pointer::root("a.yaml").child("pet"),
        );
        let mut scope = Scope::new(ScopeKind::Type);
        assert!(scope.claim(wish("Pet", &[], &first)).collision.is_none());
        let renamed = wish("Pet", &[], &second).renamed_by(RenameKind::Types, "pet".to_owned());
        let claim = scope.claim(renamed);
        let text = format!("{:?}", claim.collision);
        for part in ["so this one is `Pet2`", "a.yaml", "rename", "pet: Pet2"] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }

    #[test]
    fn an_invented_name_is_free() {
        let mut scope = Scope::new(ScopeKind::Type).reserve(["Nested", "Nested2"], "an item");
        assert_eq!(scope.invent("Nested"), "Nested3");
        assert_eq!(scope.invent("Nested"), "Nested4");
        assert_eq!(scope.invent("Other"), "Other");
    }

    #[test]
    fn equally_good_names_cause_no_diagnostic() {
        let at = Pointer::root("a.yaml");
        let mut scope = Scope::new(ScopeKind::BranchVariant);
        for expected in ["Foo", "UFoo"] {
            let claim = scope.claim_one_of(wish("Foo", &["UFoo"], &at));
            assert_eq!(
                (claim.name.as_str(), claim.collision.is_none()),
                (expected, true)
            );
        }
        assert!(
            scope
                .claim_one_of(wish("Foo", &["UFoo"], &at))
                .collision
                .is_some()
        );
        scope.release("Foo");
        assert!(scope.is_free("Foo"));
    }
}
