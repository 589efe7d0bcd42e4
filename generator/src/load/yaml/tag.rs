//! The kind of a scalar by its tag, style and text, and the known tags.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ScalarStyle, Tag};

use super::{Builder, Stop};
use crate::diagnostic::code;
use crate::load::node::{Scalar, ScalarKind};
use crate::load::scalar;

/// The tags of the core schema.
const KNOWN: [&str; 7] = ["str", "int", "float", "bool", "null", "seq", "map"];

impl Builder<'_, '_> {
    /// Creates the scalar of a value.
    pub(super) fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        tag: Option<(Cow<'_, Tag>, Range<usize>)>,
        at: &Range<usize>,
    ) -> Result<Scalar, Stop> {
        let kind = match &tag {
            None if style == ScalarStyle::Plain => scalar::kind(&text),
            None => ScalarKind::String,
            Some((tag, tag_at)) => self.tagged_kind(tag, &text, tag_at)?,
        };
        let scalar = Scalar::new(kind, text.into_owned());
        if matches!(kind, ScalarKind::Integer | ScalarKind::Float) && scalar.as_number().is_none() {
            let message = format!(
                "number `{}` cannot be represented in JSON",
                shortened(scalar.text())
            );
            let help = Some("quote it if a string is meant");
            self.wrong(code::NUMBER_OUT_OF_RANGE, at.clone(), message, help)?;
        }
        Ok(scalar)
    }

    fn tagged_kind(
        &mut self,
        tag: &Tag,
        text: &str,
        at: &Range<usize>,
    ) -> Result<ScalarKind, Stop> {
        let found = scalar::kind(text);
        let kind = match tag.core_suffix() {
            Some("str") => Some(ScalarKind::String),
            Some("null") => Some(ScalarKind::Null).filter(|_| found == ScalarKind::Null),
            Some("bool") => Some(ScalarKind::Bool).filter(|_| found == ScalarKind::Bool),
            Some("int") => Some(ScalarKind::Integer).filter(|_| found == ScalarKind::Integer),
            Some("float") => Some(ScalarKind::Float)
                .filter(|_| matches!(found, ScalarKind::Integer | ScalarKind::Float)),
            // `! 12` is a string by YAML 1.2, chapter 6.9.1.
            _ if is_non_specific(tag) => Some(ScalarKind::String),
            _ => None,
        };
        match kind {
            Some(kind) => Ok(kind),
            None => {
                self.wrong_tag(tag, at)?;
                Ok(ScalarKind::String)
            }
        }
    }

    pub(super) fn collection_tag(
        &mut self,
        tag: Option<Cow<'_, Tag>>,
        expected: &str,
        at: &Range<usize>,
    ) -> Result<(), Stop> {
        match tag {
            Some(tag) if tag.core_suffix() != Some(expected) && !is_non_specific(&tag) => {
                self.wrong_tag(&tag, at)
            }
            _ => Ok(()),
        }
    }

    /// Reports a tag that is unknown, or that does not match its value (`!!int x`).
    fn wrong_tag(&mut self, tag: &Tag, at: &Range<usize>) -> Result<(), Stop> {
        let text = tag.original();
        let is_known = tag.core_suffix().is_some_and(|name| KNOWN.contains(&name));
        let (message, help) = if is_known {
            let message = format!("the tag `{}` does not match its value", shortened(&text));
            (message, "remove the tag, or write a value of its type")
        } else {
            let message = format!("unknown tag `{}`", shortened(&text));
            let help =
                "use a tag of the core schema: `!!str !!int !!float !!bool !!null !!seq !!map`";
            (message, help)
        };
        self.wrong(code::UNKNOWN_TAG, at.clone(), message, Some(help))
    }
}

/// Returns whether a tag is `!` alone.
fn is_non_specific(tag: &Tag) -> bool {
    tag.original() == "!"
}

/// Truncates a string for a message.
fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}
