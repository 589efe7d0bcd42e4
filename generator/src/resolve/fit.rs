//! Checks objects against their tables in `spec`. A value that does not fit is reported at its own location and
//! removed, so that the rest of the object can be read.

use std::sync::Arc;

use super::Resolver;
use super::slips::{self, is_empty_array};
use crate::diagnostic::{Diagnostic, Mend, Severity, code, suggest};
use crate::load::{Node, Object, ScalarKind};
use crate::pointer::Pointer;
use crate::spec::{self, Handling, Member, Misfit, ObjectSpec, Section, Shape};

impl<'a> Resolver<'a> {
    /// Removes inert members and those that do not fit; returns whether the required members are left.
    pub(super) fn fit(&mut self, spec: &ObjectSpec, object: &mut Object, at: &Pointer) -> bool {
        self.fit_or(spec, object, at, "")
    }

    /// Fits a part of another object; returns whether it is complete, since one that is not is ignored.
    fn fit_part(&mut self, spec: &ObjectSpec, object: &mut Object, at: &Pointer) -> bool {
        let version = self.version;
        let is_whole = self.fit_or(spec, object, at, &format!("; {} is ignored", bare(spec)));
        let mut members = spec.members.iter();
        is_whole
            && members.all(|member| {
                !member.required.contains(&version)
                    || matches!(member.handling, Handling::Inert)
                    || object.contains_key(member.name)
            })
    }

    /// `without` says what a missing member means that is no error.
    fn fit_or(
        &mut self,
        spec: &ObjectSpec,
        object: &mut Object,
        at: &Pointer,
        without: &str,
    ) -> bool {
        let version = self.version;
        let is_required = |member: &Member| member.required.contains(&version);
        object.retain(|name, node| {
            let member = spec.member(name);
            !(node.is_null() && member.is_some_and(|member| member.is_absent_as_null(version)))
        });
        self.repair(spec, object, at);
        let missing: Vec<&Member> = spec
            .members
            .iter()
            .filter(|member| is_required(member) && !object.contains_key(member.name))
            .collect();
        let mut is_whole = true;
        object.retain(|name, node| {
            let Some(member) = spec.member(name) else {
                return true;
            };
            let fits = self.fits_member(member, node, at);
            is_whole &= fits || !is_required(member);
            fits && !matches!(member.handling, Handling::Inert)
        });
        for member in missing {
            let name = member.name;
            let severity = severity(member.misfit);
            is_whole &= severity != Severity::Error;
            let mut text = format!("`{name}` is missing in {}", spec.noun);
            if severity == Severity::Warning {
                text.push_str(without);
            }
            let mut finding = Diagnostic::new(code::MISSING_MEMBER, at.clone(), text);
            if std::ptr::eq(spec, &spec::REQUEST_BODY) {
                finding = finding.bridge(Section::RequestBodies.bridge());
            }
            let help = format!("add it: `{name}: …`");
            let target = self.loaded.json_path(at);
            let value = added(member);
            finding = finding.mend(target.map(|target| Mend::member(target, name, value)));
            self.report(finding.severity(severity).help(help));
        }
        is_whole
    }

    /// Returns what an overlay would write in the place of a misspelt word.
    fn mend(&self, member: &Member, node: &Node, at: &Pointer) -> Option<Mend> {
        let Shape::OneOf(words) = member.shape else {
            return None;
        };
        let meant = suggest::closest(node.as_str()?, words.iter().copied())?;
        let target = self.loaded.json_path(at)?;
        Some(Mend::string(target, member.name, meant))
    }

    /// Returns whether the value of a member fits, and reports one that does not.
    fn fits_member(&mut self, member: &Member, node: &mut Node, at: &Pointer) -> bool {
        if member.misfit == Misfit::Unchecked {
            return true;
        }
        let place = at.child(member.name);
        match self.fits(member.shape, node, &place) {
            Ok(fits) => fits,
            Err(expected) => {
                let severity = severity(member.misfit);
                let mut finding = wrong(member.shape, node, place, &expected).severity(severity);
                if severity == Severity::Warning {
                    finding.message.push_str("; it is ignored");
                } else {
                    let mend = self.mend(member, node, at);
                    finding = finding.mend(mend);
                    if is_schema(member.shape) {
                        finding = finding.bridge(Section::Schemas.bridge());
                    }
                }
                self.report(finding);
                // `additionalProperties: string` is still a map
                let is_map = severity == Severity::Error && matches!(member.shape, Shape::Schema);
                if is_map {
                    *node = Node::bool(true);
                }
                is_map
            }
        }
    }

    /// Returns whether a value fits. `Ok(false)` means that something inside it does not and has been reported, `Err`
    /// that the value itself does not, with the shape that was expected.
    fn fits(&mut self, shape: Shape, node: &mut Node, at: &Pointer) -> Result<bool, String> {
        match (shape, node) {
            (Shape::Object(spec), Node::Object(object)) => {
                self.audit(spec, object, at);
                Ok(self.fit_part(spec, Arc::make_mut(object), at))
            }
            (Shape::Array(element @ Shape::Object(_)), Node::Array(elements)) => {
                let mut places = (0..).map(|index| at.index(index));
                elements.retain_mut(|node| {
                    let place = places.next();
                    place.is_some_and(|at| self.fits_element(*element, node, &at))
                });
                Ok(true)
            }
            (Shape::Map(value @ Shape::Object(_)), Node::Object(members)) => {
                Arc::make_mut(members).retain(|name, node| {
                    spec::is_extension(name) || self.fits_element(*value, node, &at.child(name))
                });
                Ok(true)
            }
            (_, node) if has_shape(node, shape) => Ok(true),
            _ => Err(expected(shape)),
        }
    }

    /// Returns whether an element of an array or a map of objects fits; one that does not is removed.
    fn fits_element(&mut self, shape: Shape, node: &mut Node, at: &Pointer) -> bool {
        if let Some((meant, words)) = slips::reading(shape, node) {
            self.read_as_meant(shape, node, at.clone(), &words);
            *node = meant;
        }
        match self.fits(shape, node, at) {
            Ok(fits) => fits,
            Err(expected) => {
                self.wrong_kind(node, at, &expected);
                false
            }
        }
    }

    /// Removes what does not fit from a value, or reports the value itself; returns whether it can be read.
    pub(super) fn fit_value(&mut self, shape: Shape, node: &mut Node, at: &Pointer) -> bool {
        if let Some((meant, words)) = slips::reading(shape, node) {
            self.read_as_meant(shape, node, at.clone(), &words);
            *node = meant;
        }
        match self.fits(shape, node, at) {
            Ok(fits) => fits,
            Err(expected) => {
                self.report(wrong(shape, node, at.clone(), &expected));
                false
            }
        }
    }

    /// Checks a security scheme, whose members depend on its type.
    pub(super) fn fit_scheme(&mut self, object: &mut Object, at: &Pointer) -> bool {
        if !self.fit(&spec::SECURITY_SCHEME, object, at) {
            return false;
        }
        let ty = object.get("type").and_then(Node::as_text);
        match ty.and_then(spec::security_scheme) {
            Some(spec) => self.fit(spec, object, at),
            None => true,
        }
    }

    /// Returns the members of an optional object. An empty value, as in `components:` with nothing below it, has none.
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

    /// Returns the elements of an optional array.
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

    /// Reports a value that is not the object or array that it has to be. That of null, which is absent, is reported
    /// with its parent.
    fn empty_or_wrong(&mut self, node: &Node, at: &Pointer, noun: &str) {
        let is_empty = is_empty_array(node) || node.as_object().is_some_and(Object::is_empty);
        if is_empty {
            let text = format!(
                "expected {noun}, found {}; it is read as empty",
                node.describe()
            );
            self.slip(at.clone(), text);
        } else if !node.is_null() {
            self.wrong_kind(node, at, noun);
        }
    }
}

/// Names an object in the middle of a sentence: `the discriminator`.
fn bare(spec: &ObjectSpec) -> String {
    let noun = ["a ", "an "]
        .iter()
        .find_map(|article| spec.noun.strip_prefix(article));
    noun.map_or_else(|| spec.noun.to_owned(), |noun| format!("the {noun}"))
}

/// Whether a value of this shape is a schema or its type: without it, any JSON is valid.
fn is_schema(shape: Shape) -> bool {
    match shape {
        Shape::Schema => true,
        Shape::OneOf(values) => values == spec::TYPES,
        _ => false,
    }
}

fn severity(misfit: Misfit) -> Severity {
    match misfit {
        Misfit::Error => Severity::Error,
        Misfit::Warning | Misfit::Unchecked => Severity::Warning,
    }
}

/// Describes a value that does not have a shape: `an integer`, `` `uuid` ``.
pub(super) fn found(shape: Shape, node: &Node) -> String {
    match (shape, node.as_text()) {
        (Shape::Count | Shape::Number | Shape::Boolean, Some(text)) if node.as_str().is_some() => {
            format!("the string `{text}`")
        }
        (Shape::OneOf(_) | Shape::Count | Shape::Number | Shape::Boolean, Some(text)) => {
            format!("`{text}`")
        }
        (Shape::Array(_), _) if node.as_array().is_some() => {
            "an array with other elements".to_owned()
        }
        (Shape::Map(_), _) if node.as_object().is_some() => {
            "an object with other values".to_owned()
        }
        _ => node.describe().to_owned(),
    }
}

fn wrong(shape: Shape, node: &Node, at: Pointer, expected: &str) -> Diagnostic {
    let found = found(shape, node);
    let finding = Diagnostic::new(
        code::WRONG_SHAPE,
        at,
        format!("expected {expected}, found {found}"),
    );
    let meant = match (shape, node.as_text()) {
        (Shape::OneOf(values), Some("body" | "formData")) if values.contains(&"query") => Some(
            "this is Swagger 2.0: describe the body in the `requestBody` of the operation".into(),
        ),
        (Shape::OneOf(values), Some(text)) => suggest::did_you_mean(text, values.iter().copied()),
        _ => None,
    };
    match meant {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// Names a shape in a message: `an array of strings`.
pub(super) fn expected(shape: Shape) -> String {
    match shape {
        Shape::String | Shape::SchemaName => "a string".to_owned(),
        Shape::OneOf(values) => format!("one of `{}`", values.join("`, `")),
        Shape::Boolean => "`true` or `false`".to_owned(),
        Shape::Count => "a non-negative integer".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Schema => "a schema, `true` or `false`".to_owned(),
        Shape::Object(spec) => format!("{}, an object", spec.noun),
        Shape::Array(Shape::String) => "an array of strings".to_owned(),
        Shape::Array(Shape::Map(_)) => {
            "an array of objects such as `{ scheme: [scope] }`".to_owned()
        }
        Shape::Array(_) => "an array".to_owned(),
        Shape::Map(value) if value.is_plain() => "an object of strings".to_owned(),
        Shape::Map(_) | Shape::Resolved(_) => "an object".to_owned(),
        Shape::Data => "a value".to_owned(),
    }
}

/// Whether a value has a shape. Objects that are resolved on their own are not inspected.
pub(super) fn has_shape(node: &Node, shape: Shape) -> bool {
    match shape {
        Shape::Data => true,
        // openapiv3 reads any scalar except null as a string
        Shape::String | Shape::SchemaName => node
            .as_scalar()
            .is_some_and(|scalar| scalar.kind() != ScalarKind::Null),
        Shape::OneOf(values) => node.as_text().is_some_and(|text| values.contains(&text)),
        Shape::Boolean => node.as_bool().is_some(),
        Shape::Count => number(node).is_some_and(|number| number.as_u64().is_some()),
        Shape::Number => number(node).is_some(),
        Shape::Schema => node.as_bool().is_some() || node.as_object().is_some(),
        Shape::Object(_) | Shape::Resolved(_) => node.as_object().is_some(),
        Shape::Array(element) => node.as_array().is_some_and(|elements| {
            !element.is_plain() || elements.iter().all(|node| has_shape(node, *element))
        }),
        Shape::Map(value) => node.as_object().is_some_and(|members| {
            !value.is_plain() || members.values().all(|node| has_shape(node, *value))
        }),
    }
}

fn number(node: &Node) -> Option<serde_json::Number> {
    node.as_scalar()?.as_number()
}

/// Returns what an overlay gives a missing member: the emptiest value of its shape that says nothing wrong. Where only
/// people know the value, they have to fill it in.
fn added(member: &Member) -> &'static str {
    match (member.shape, member.name) {
        (Shape::Object(_) | Shape::Resolved(_) | Shape::Map(_) | Shape::Schema, _) => "{}",
        (Shape::Array(_), _) => "[]",
        (Shape::String, "title") => "\"API\"",
        (Shape::String, "version") => "\"1.0.0\"",
        (Shape::String, "description") => "\"\"",
        _ => "…",
    }
}
