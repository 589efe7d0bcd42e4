//! Holds an object against its table: what does not fit is reported at its own place and left out, so that the rest can be read.

use super::Resolver;
use super::shape::{self, Shape, Table};
use crate::diagnostic::{Diagnostic, Severity, code, suggest};
use crate::load::{Node, Object, ScalarKind};
use crate::pointer::Pointer;

impl<'a> Resolver<'a> {
    /// Takes out of an object what does not fit; whether all is there that has to be.
    pub(super) fn fit(&mut self, table: &Table, object: &mut Object, at: &Pointer) -> bool {
        let errors = table.errors.iter().map(|one| (one, Severity::Error));
        let remarks = table.remarks.iter().map(|one| (one, Severity::Warning));
        let mut is_whole = true;
        for ((name, shape), severity) in errors.chain(remarks) {
            let Some(node) = object.get_mut(*name) else {
                continue;
            };
            let place = at.child(name);
            match self.fits(*shape, node, &place) {
                Ok(true) => continue,
                Ok(false) => {} // reported inside
                Err(expected) => {
                    let mut finding = wrong(*shape, node, place, &expected).severity(severity);
                    if severity == Severity::Warning {
                        finding.message.push_str("; it is left out");
                    }
                    self.report(finding);
                }
            }
            object.shift_remove(*name);
            is_whole &= !table.required.contains(name);
        }
        for name in table.required {
            if is_whole && !object.contains_key(*name) {
                let text = format!("`{name}` is missing in {}", table.noun);
                let finding = Diagnostic::new(code::MISSING_MEMBER, at.clone(), text);
                self.report(finding.help(format!("add it: `{name}: …`")));
                is_whole = false;
            }
        }
        is_whole
    }

    /// Whether a value fits. An `Err` says what was expected; `Ok(false)`: something inside is wrong, and reported.
    fn fits(&mut self, shape: Shape, node: &mut Node, at: &Pointer) -> Result<bool, String> {
        let (fits, expected) = match shape {
            Shape::Text => (is_text(node), "text"),
            Shape::Flag => (node.as_bool().is_some(), "`true` or `false`"),
            Shape::Count => (is_count(node), "a whole number that is not negative"),
            Shape::Number => (is_number(node), "a number"),
            Shape::Object => (node.as_object().is_some(), "an object"),
            Shape::List => (node.as_array().is_some(), "a list"),
            Shape::FlagOrObject => (
                node.as_bool().is_some() || node.as_object().is_some(),
                "a schema, `true` or `false`",
            ),
            Shape::Texts => (are_texts(node), "a list of texts"),
            Shape::TextByName => (
                node.as_object()
                    .is_some_and(|members| members.values().all(is_text)),
                "an object of texts",
            ),
            Shape::Needs => (
                node.as_array().is_some_and(|list| list.iter().all(is_need)),
                "a list of objects such as `{ scheme: [scope] }`",
            ),
            Shape::Word(words) => {
                let is_known = node.as_text().is_some_and(|text| words.contains(&text));
                let expected = || format!("one of `{}`", words.join("`, `"));
                return if is_known { Ok(true) } else { Err(expected()) };
            }
            Shape::One(table) => return self.fits_table(table, node, at),
            Shape::All(table) => {
                let Node::Array(elements) = node else {
                    return Err("a list".to_owned());
                };
                let places = (0..).map(|index| at.index(index));
                return self.fit_all(table, elements.iter_mut().zip(places));
            }
            Shape::Each(table) => {
                let Node::Object(members) = node else {
                    return Err("an object".to_owned());
                };
                let members = members
                    .iter_mut()
                    .filter(|(name, _)| !name.starts_with("x-"));
                let members = members.map(|(name, node)| (node, at.child(name)));
                return self.fit_all(table, members);
            }
        };
        if fits {
            Ok(true)
        } else {
            Err(expected.to_owned())
        }
    }

    /// Takes out of a value what does not fit, or reports the whole of it; whether it can be read.
    pub(super) fn fit_value(&mut self, shape: Shape, node: &mut Node, at: &Pointer) -> bool {
        match self.fits(shape, node, at) {
            Ok(fits) => fits,
            Err(expected) => {
                self.report(wrong(shape, node, at.clone(), &expected));
                false
            }
        }
    }

    /// A security scheme, whose members depend on its type.
    pub(super) fn fit_scheme(&mut self, object: &mut Object, at: &Pointer) -> bool {
        if !self.fit(shape::SCHEME, object, at) {
            return false;
        }
        let table = match object.get("type").and_then(Node::as_text) {
            Some("apiKey") => shape::API_KEY,
            Some("http") => shape::HTTP,
            Some("oauth2") => shape::OAUTH2,
            Some("openIdConnect") => shape::OPEN_ID,
            _ => return true,
        };
        self.fit(table, object, at)
    }

    /// The members of an object, when there is one. An empty value, as in `components:` with nothing below it, has none.
    pub(super) fn members_of(
        &mut self,
        node: Option<&'a Node>,
        at: &Pointer,
        noun: &str,
    ) -> Option<&'a Object> {
        let node = node?;
        if node.as_object().is_none() {
            self.empty_or_wrong(node, at, noun);
        }
        node.as_object()
    }

    /// The elements of a list, when there is one.
    pub(super) fn elements_of(
        &mut self,
        node: Option<&'a Node>,
        at: &Pointer,
        noun: &str,
    ) -> &'a [Node] {
        let Some(node) = node else {
            return &[];
        };
        if node.as_array().is_none() {
            self.empty_or_wrong(node, at, noun);
        }
        node.as_array().unwrap_or_default()
    }

    fn empty_or_wrong(&mut self, node: &Node, at: &Pointer, noun: &str) {
        if node.is_null() {
            let text = format!("expected {noun}, found null; it is taken for empty");
            let finding = Diagnostic::new(code::WRONG_SHAPE, at.clone(), text);
            self.report(finding.severity(Severity::Warning));
        } else {
            self.wrong_kind(node, at, noun);
        }
    }

    fn fits_table(&mut self, table: &Table, node: &mut Node, at: &Pointer) -> Result<bool, String> {
        match node {
            Node::Object(object) => Ok(self.fit(table, object, at)),
            Node::Scalar(_) | Node::Array(_) => Err(format!("{}, an object", table.noun)),
        }
    }

    fn fit_all<'n>(
        &mut self,
        table: &Table,
        nodes: impl Iterator<Item = (&'n mut Node, Pointer)>,
    ) -> Result<bool, String> {
        let mut all_fit = true;
        for (node, at) in nodes {
            match self.fits_table(table, node, &at) {
                Ok(fits) => all_fit &= fits,
                Err(expected) => {
                    self.wrong_kind(node, &at, &expected);
                    all_fit = false;
                }
            }
        }
        Ok(all_fit)
    }
}

fn wrong(shape: Shape, node: &Node, at: Pointer, expected: &str) -> Diagnostic {
    let found = match (shape, node.as_text()) {
        (Shape::Word(_) | Shape::Count | Shape::Number | Shape::Flag, Some(text)) => {
            format!("`{text}`")
        }
        (Shape::Texts, _) if node.as_array().is_some() => {
            "a list that has something else in it".to_owned()
        }
        (Shape::TextByName, _) if node.as_object().is_some() => {
            "an object that has something else in it".to_owned()
        }
        (Shape::Needs, _) if node.as_array().is_some() => {
            "a list that has something else in it".to_owned()
        }
        _ => node.describe().to_owned(),
    };
    let finding = Diagnostic::new(
        code::WRONG_SHAPE,
        at,
        format!("expected {expected}, found {found}"),
    );
    let meant = match (shape, node.as_text()) {
        (Shape::Word(words), Some(text)) => suggest::did_you_mean(text, words.iter().copied()),
        _ => None,
    };
    match meant {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// What openapiv3 reads as text: any scalar but null.
fn is_text(node: &Node) -> bool {
    node.as_scalar()
        .is_some_and(|scalar| scalar.kind() != ScalarKind::Null)
}

fn are_texts(node: &Node) -> bool {
    node.as_array().is_some_and(|list| list.iter().all(is_text))
}

fn is_need(node: &Node) -> bool {
    node.as_object()
        .is_some_and(|members| members.values().all(are_texts))
}

fn is_number(node: &Node) -> bool {
    node.as_scalar()
        .is_some_and(|scalar| scalar.as_number().is_some())
}

fn is_count(node: &Node) -> bool {
    let number = node.as_scalar().and_then(|scalar| scalar.as_number());
    number.is_some_and(|number| number.as_u64().is_some())
}
