//! Holds a body against its schema, with the `jsonschema` crate.
//!
//! The other way would be to read bodies into the types of the generated client. It tells less: a client enforces no
//! bounds, ignores undeclared members, keeps unknown values of an enum, and stops at the first mismatch, while a
//! validator tells all of them with the keyword that does not hold. And it tells nothing else: what a client refuses
//! (a type, a missing member, a format that it reads, a tag without a branch) is a keyword of the document, too, as
//! [`schema`](super::schema) translates it.
//!
//! Errors of the crate quote values, so none is ever printed: a [`Mismatch`] has places, names and shapes.

mod trail;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use oasmith::pointer::Pointer;
use serde_json::Value;

use super::finding::Kind;
use super::formats;
use super::names;
use super::schema::{Special, Translated};
use super::shape::Shape;

/// A schema, ready for validation.
pub(super) struct Checker {
    validator: Validator,
    translated: Translated,
}

/// A part of a body that does not fit.
pub(super) struct Mismatch {
    pub(super) kind: Kind,
    /// Where in the body, abstracted.
    pub(super) instance: String,
    /// The schema that does not hold.
    pub(super) place: Pointer,
    /// The outermost schema of the value.
    pub(super) site: Pointer,
    pub(super) shape: Shape,
    pub(super) size: Option<u64>,
}

/// Whether date-times without an offset are read, as `naive_date_time: utc` has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateTimes {
    WithOffset,
    AlsoNaive,
}

impl Checker {
    /// Compiles a schema; `None` if that fails.
    pub(super) fn new(translated: Translated, date_times: DateTimes) -> Option<Self> {
        let is_date_time = move |text: &str| {
            let is_naive_read = date_times == DateTimes::AlsoNaive;
            formats::is_date_time(text) || (is_naive_read && formats::is_naive_date_time(text))
        };
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .offline()
            .should_validate_formats(true)
            .with_format("date-time", is_date_time)
            .with_format("date", formats::is_date)
            .with_format("uuid", formats::is_uuid)
            .with_format("byte", formats::is_base64)
            .build(&translated.schema)
            .ok()?;
        Some(Checker {
            validator,
            translated,
        })
    }

    /// Returns all mismatches of a body, whose schema is at `root`, or refers to the compiled one there.
    pub(super) fn mismatches(&self, body: &Value, root: &Pointer) -> Vec<Mismatch> {
        let mut found = Vec::new();
        for error in self.validator.iter_errors(body) {
            self.error(&error, root, &mut found);
        }
        if self.translated.has_unchecked_formats {
            found.retain(|one| one.kind != Kind::SeveralBranches);
        }
        // of a value with a wrong type, nothing else fits either
        let has_wrong_type: Vec<(String, Pointer)> = found
            .iter()
            .filter(|one| matches!(one.kind, Kind::Type(_)))
            .map(|one| (one.instance.clone(), one.place.clone()))
            .collect();
        let is_consequence = |one: &Mismatch| {
            !matches!(one.kind, Kind::Type(_) | Kind::Null)
                && has_wrong_type
                    .iter()
                    .any(|(instance, place)| *instance == one.instance && *place == one.place)
        };
        found.retain(|one| !is_consequence(one));
        found
    }

    fn error(&self, error: &ValidationError<'_>, root: &Pointer, found: &mut Vec<Mismatch>) {
        let is_whole_schema = matches!(error.kind(), ValidationErrorKind::FalseSchema);
        let evaluated = tokens(error.evaluation_path().as_str());
        let trail = self
            .translated
            .trail(without_keyword(&evaluated, is_whole_schema), root);
        let Some((place, special)) = self.place(error.schema_path().as_str(), is_whole_schema)
        else {
            return;
        };
        let instance: &Value = error.instance();
        let is_closed = matches!(
            place.name().as_deref(),
            Some("additionalProperties" | "unevaluatedProperties")
        );
        if is_whole_schema && is_closed {
            return self.only_member((error, root), &evaluated, &place, found);
        }
        let kinds = match error.kind() {
            _ if instance.is_null() && !is_whole_schema => vec![(Kind::Null, Shape::of(instance))],
            ValidationErrorKind::AnyOf { context } => {
                return self.union((error, root), "anyOf", context, found);
            }
            ValidationErrorKind::OneOfNotValid { context } => {
                return self.union((error, root), "oneOf", context, found);
            }
            ValidationErrorKind::AdditionalProperties { unexpected }
            | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                let members = unexpected.iter().map(|name| {
                    let shape = instance.get(name).map(Shape::of).unwrap_or_default();
                    let shown = names::is_name(name).then(|| name.clone());
                    (Kind::Undeclared(shown), shape)
                });
                members.collect()
            }
            _ if special == Some(Special::Unmapped) => {
                vec![(self.tag(&place, instance), Shape::of(instance))]
            }
            _ if special == Some(Special::Range) => {
                vec![(Kind::Format(String::new()), Shape::default())]
            }
            kind => {
                let keyword = error.schema_path().as_str().rsplit('/').next();
                vec![simple(kind, keyword.unwrap_or_default(), instance)]
            }
        };
        let size = size_of(error.kind(), instance).flatten();
        found.extend(kinds.into_iter().map(|(kind, shape)| Mismatch {
            // null is allowed where the value is, not in one of the schemas that it is made of
            place: if kind == Kind::Null {
                trail.site.clone()
            } else {
                place.clone()
            },
            kind,
            instance: trail.instance.clone(),
            site: trail.site.clone(),
            shape,
            size,
        }));
    }

    /// Tells of a member in an object that is to have none: the error is about the member's value then.
    fn only_member(
        &self,
        (error, root): (&ValidationError<'_>, &Pointer),
        evaluated: &[String],
        place: &Pointer,
        found: &mut Vec<Mismatch>,
    ) {
        let trail = self
            .translated
            .trail(without_keyword(evaluated, false), root);
        let name = tokens(error.instance_path().as_str()).pop();
        found.push(Mismatch {
            kind: Kind::Undeclared(name.filter(|name| names::is_name(name))),
            instance: trail.instance,
            place: place.parent().unwrap_or_else(|| place.clone()),
            site: trail.site,
            shape: Shape::of(error.instance()),
            size: None,
        });
    }

    /// Returns the mismatch of an object whose discriminator is in no branch of the union at a place.
    fn tag(&self, place: &Pointer, object: &Value) -> Kind {
        let tag = self.translated.tags.get(place);
        let value = tag.and_then(|tag| object.get(&tag.property)?.as_str());
        let is_alike = |value: &&str| {
            let listed = tag.into_iter().flat_map(|tag| &tag.values);
            names::is_listed_alike(value, listed.map(String::as_str))
        };
        Kind::Tag(value.filter(is_alike).map(str::to_owned))
    }

    /// Tells what is wrong in the branch that fits best; that no branch fits helps nobody.
    fn union(
        &self,
        (error, root): (&ValidationError<'_>, &Pointer),
        keyword: &'static str,
        context: &[Vec<ValidationError<'static>>],
        found: &mut Vec<Mismatch>,
    ) {
        let here = error.instance_path().as_str();
        let is_wrong_type = |one: &ValidationError<'_>| {
            let is_type = matches!(one.kind(), ValidationErrorKind::Type { .. });
            is_type && one.instance_path().as_str() == here
        };
        // a property with one value tells a branch
        let is_wrong_tag = |one: &ValidationError<'_>| match one.kind() {
            ValidationErrorKind::Constant { .. } => true,
            ValidationErrorKind::Enum { options } => {
                options.as_array().is_some_and(|list| list.len() == 1)
            }
            _ => false,
        };
        let candidates = context
            .iter()
            .filter(|errors| !errors.iter().any(is_wrong_type));
        let closest = candidates.min_by_key(|errors| {
            (
                errors.iter().filter(|one| is_wrong_tag(one)).count(),
                errors.len(),
            )
        });
        if let Some(errors) = closest.filter(|errors| !errors.is_empty()) {
            errors.iter().for_each(|one| self.error(one, root, found));
            return;
        }
        let evaluated = tokens(error.evaluation_path().as_str());
        let trail = self
            .translated
            .trail(without_keyword(&evaluated, false), root);
        if let Some((place, _)) = self.place(error.schema_path().as_str(), false) {
            found.push(Mismatch {
                kind: Kind::NoBranch(keyword),
                instance: trail.instance,
                place,
                site: trail.site,
                shape: Shape::of(error.instance()),
                size: None,
            });
        }
    }

    /// Returns the schema of a keyword in the document: `/$defs/3/properties/id/type` is in the schema of entry 3.
    fn place(&self, path: &str, is_whole_schema: bool) -> Option<(Pointer, Option<Special>)> {
        let tokens = tokens(path);
        let [definitions, number, rest @ ..] = tokens.as_slice() else {
            return None;
        };
        let (at, special) = self.translated.entries.get(number.parse::<usize>().ok()?)?;
        let rest = without_keyword(rest, is_whole_schema);
        let place = rest.iter().fold(at.clone(), |at, token| at.child(token));
        (definitions == "$defs").then_some((place, *special))
    }
}

/// Returns the mismatch of an error about one keyword and one value.
fn simple(error: &ValidationErrorKind, keyword: &str, instance: &Value) -> (Kind, Shape) {
    let listed = |values: &mut dyn Iterator<Item = &Value>| {
        let kind = Kind::Value(listed_alike(instance, values));
        (kind, Shape::of(instance))
    };
    let kind = match error {
        ValidationErrorKind::Type { .. } => {
            return (Kind::Type(type_of(instance)), Shape::of(instance));
        }
        ValidationErrorKind::Enum { options } => {
            return listed(&mut options.as_array().into_iter().flatten());
        }
        ValidationErrorKind::Constant { expected_value } => {
            return listed(&mut std::iter::once(&**expected_value));
        }
        // `dependentRequired` has the same error
        ValidationErrorKind::Required { property } if keyword == "required" => {
            Kind::Missing(property.as_str().unwrap_or_default().to_owned())
        }
        ValidationErrorKind::Format { format } => Kind::Format(format.clone()),
        ValidationErrorKind::OneOfMultipleValid { .. } => Kind::SeveralBranches,
        other => match size_of(other, instance) {
            Some(_) => Kind::Bound(other.keyword().to_owned()),
            None => Kind::Keyword(match other {
                ValidationErrorKind::FalseSchema => other.keyword().to_owned(),
                _ => keyword.to_owned(),
            }),
        },
    };
    (kind, Shape::default())
}

fn without_keyword(tokens: &[String], is_whole_schema: bool) -> &[String] {
    match tokens {
        [before @ .., _] if !is_whole_schema => before,
        all => all,
    }
}

fn tokens(path: &str) -> Vec<String> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let unescaped = |token: &str| token.replace("~1", "/").replace("~0", "~");
    path.split('/')
        .filter(|_| !path.is_empty())
        .map(unescaped)
        .collect()
}

/// Returns a value that can be shown, since it is written like one that is listed.
fn listed_alike<'l>(value: &Value, listed: impl Iterator<Item = &'l Value>) -> Option<String> {
    let text = value.as_str()?;
    names::is_listed_alike(text, listed.filter_map(Value::as_str)).then(|| text.to_owned())
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Returns whether an error is about a bound, and the size of the value if the bound is one of sizes.
fn size_of(kind: &ValidationErrorKind, value: &Value) -> Option<Option<u64>> {
    use ValidationErrorKind as Error;
    match kind {
        Error::MaxItems { .. } | Error::MinItems { .. } => {
            Some(value.as_array().map(|list| list.len() as u64))
        }
        Error::MaxLength { .. } | Error::MinLength { .. } => {
            Some(value.as_str().map(|text| text.chars().count() as u64))
        }
        Error::MaxProperties { .. } | Error::MinProperties { .. } => {
            Some(value.as_object().map(|object| object.len() as u64))
        }
        Error::Maximum { .. }
        | Error::Minimum { .. }
        | Error::ExclusiveMaximum { .. }
        | Error::ExclusiveMinimum { .. }
        | Error::MultipleOf { .. }
        | Error::Pattern { .. }
        | Error::UniqueItems => Some(None),
        _ => None,
    }
}
