//! Which names of one Rust scope are free, and what happens where two things of a document want the same one.
//!
//! A scope is whatever Rust wants unique names in: the types of a crate, the fields of a struct, the variants of an
//! enum, the methods of a client. The first claim of a name gets it. A later one gets another name and a diagnostic
//! that shows both places, and nothing is left out for the sake of a name.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, code};
use crate::options::{RenameKind, rename_line};
use crate::pointer::Pointer;

/// The names of one Rust scope.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    kind: Kind,
    /// Who has each name, by what makes two names one (see [`Kind::key`]).
    holders: HashMap<String, Holder>,
    /// The last number behind each name that was wanted more than once: a document may want one name ten thousand times.
    numbers: HashMap<String, usize>,
}

/// What the names of a scope stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Types, one for each schema that needs one.
    Type,
    /// Types that one operation has for itself: its parameters, its body, its responses.
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
    /// Methods of a response enum that give a member without a `match`.
    Accessor,
    /// Methods of a builder that set a credential.
    Credential,
}

/// Who has a name.
#[derive(Debug, Clone)]
enum Holder {
    /// Something of the document, by its place.
    Item(Pointer),
    /// Something that is there without the document, such as `the variant for values that are not listed`.
    Reserved(&'static str),
}

/// A wish for a name.
#[derive(Debug)]
pub(crate) struct Wish<'a> {
    name: String,
    otherwise: Vec<String>,
    at: &'a Pointer,
    rename: Option<(RenameKind, String)>,
}

impl<'a> Wish<'a> {
    /// Creates a wish for the name that a thing at a place of the document would have by itself.
    pub fn new(name: impl Into<String>, at: &'a Pointer) -> Self {
        Wish {
            name: name.into(),
            otherwise: Vec::new(),
            at,
            rename: None,
        }
    }

    /// Adds a name to try before a number is appended: `limit_header` for `limit`.
    pub fn or(mut self, name: impl Into<String>) -> Self {
        self.otherwise.push(name.into());
        self
    }

    /// Tells how `codegen.yaml` renames the thing: the kind of entry and its key.
    pub fn renamed_by(mut self, kind: RenameKind, key: String) -> Self {
        self.rename = Some((kind, key));
        self
    }
}

/// The answer to a [`Wish`].
#[derive(Debug)]
#[must_use]
pub(crate) struct Claim {
    /// The name that the thing has from now on.
    pub name: String,
    /// The report of a collision; `None` when the thing got the name that it wanted.
    pub collision: Option<Diagnostic>,
}

impl Scope {
    /// Creates a scope in which every name is free.
    pub fn new(kind: Kind) -> Self {
        Scope {
            kind,
            holders: HashMap::new(),
            numbers: HashMap::new(),
        }
    }

    /// Takes names that are in use without the document; `what` names their holder in messages.
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

    /// Returns whether nobody has the name.
    pub fn is_free(&self, name: &str) -> bool {
        !self.holders.contains_key(&self.kind.key(name))
    }

    /// Returns the place of whatever has the name, if that is something of the document.
    pub fn holder(&self, name: &str) -> Option<&Pointer> {
        match self.holders.get(&self.kind.key(name))? {
            Holder::Item(at) => Some(at),
            Holder::Reserved(_) => None,
        }
    }

    /// Takes the wanted name, or another one with a report that shows who has it.
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

    /// Takes the first free name of several that are equally good, without a report when it is one of those.
    pub fn claim_one_of(&mut self, wish: Wish<'_>) -> Claim {
        let all = std::iter::once(&wish.name).chain(&wish.otherwise);
        match all.into_iter().find(|name| self.is_free(name)).cloned() {
            Some(name) => self.take(name, wish.at),
            None => self.claim(wish),
        }
    }

    /// Takes the first free name of `Nested`, `Nested2`, … for something that is not in the document and private in
    /// the output, so that nobody has to be told.
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

    /// Gives a name back that turned out not to be needed.
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

    /// Returns the first of the other names that is free, or the first free number behind the wanted one.
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

/// How messages speak of the names of a scope.
struct Words {
    /// `field`
    noun: &'static str,
    /// `member of this object`
    item: &'static str,
    /// `member`
    this: &'static str,
}

impl Kind {
    fn words(self) -> Words {
        let (noun, item, this) = match self {
            Kind::Type => ("type", "schema", "schema"),
            Kind::OperationType => ("type", "operation", "operation"),
            Kind::Field => ("field", "member of this object", "member"),
            Kind::PartField => ("field", "part or header of this body", "part"),
            Kind::ValueVariant => ("variant", "value", "value"),
            Kind::BranchVariant => ("variant", "branch", "branch"),
            Kind::BodyVariant => ("variant", "media type", "media type"),
            Kind::Parameter => ("parameter", "parameter", "parameter"),
            Kind::Method => ("method", "operation", "operation"),
            Kind::HeaderConstant => ("constant", "header", "header"),
            Kind::Accessor => ("method", "member", "member"),
            Kind::Credential => ("method", "security scheme", "security scheme"),
        };
        Words { noun, item, this }
    }

    /// Returns what makes two names of the scope one: for methods the type that stands for each, since `a_2` and `a2`
    /// would share the names of what is made for them alone.
    fn key(self, name: &str) -> String {
        match self {
            Kind::Method => super::type_of_operation(name),
            _ => name.to_owned(),
        }
    }

    /// Appends a suffix in the spelling of the scope: `Pet2`, `limit_2`, `type_query` (of `type_`), `X_LIMIT_2`.
    pub fn with_suffix(self, name: &str, suffix: &str) -> String {
        match self {
            Kind::Type
            | Kind::OperationType
            | Kind::ValueVariant
            | Kind::BranchVariant
            | Kind::BodyVariant => format!("{name}{suffix}"),
            Kind::Field
            | Kind::PartField
            | Kind::Parameter
            | Kind::Method
            | Kind::HeaderConstant
            | Kind::Accessor
            | Kind::Credential => {
                // an underscore that frees a keyword is not needed in front of a suffix, and rustc warns of two
                format!("{}_{suffix}", name.trim_end_matches('_'))
            }
        }
    }
}

/// The help that settles a collision: the lines for `codegen.yaml`.
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

    /// Claims in order; what each got, with `!` where it was told.
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
    fn the_first_gets_the_name_and_each_later_one_another() {
        let types = Scope::new(Kind::Type);
        let wishes: [(&str, &[&str]); 4] =
            [("Pet", &[]), ("Pet2", &[]), ("Pet", &[]), ("Pet", &[])];
        assert_eq!(claims(types, &wishes), ["Pet", "Pet2", "Pet3!", "Pet4!"]);
        let parameters = Scope::new(Kind::Parameter).reserve(["body"], "the request body");
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
    fn a_report_shows_both_places_and_the_line_that_settles_it() {
        let (first, second) = (
            Pointer::root("a.yaml").child("Pet"),
            Pointer::root("a.yaml").child("pet"),
        );
        let mut scope = Scope::new(Kind::Type);
        assert!(scope.claim(wish("Pet", &[], &first)).collision.is_none());
        let renamed = wish("Pet", &[], &second).renamed_by(RenameKind::Types, "pet".to_owned());
        let claim = scope.claim(renamed);
        let text = format!("{:?}", claim.collision);
        for part in ["so this one is `Pet2`", "a.yaml", "rename", "pet: Pet2"] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }

    #[test]
    fn an_invented_name_avoids_all_that_are_taken() {
        let mut scope = Scope::new(Kind::Type).reserve(["Nested", "Nested2"], "an item");
        assert_eq!(scope.invent("Nested"), "Nested3");
        assert_eq!(scope.invent("Nested"), "Nested4");
        assert_eq!(scope.invent("Other"), "Other");
    }

    #[test]
    fn equally_good_names_are_taken_in_silence() {
        let at = Pointer::root("a.yaml");
        let mut scope = Scope::new(Kind::BranchVariant);
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
