//! What a scalar is, by its tag, its style and its text; and the tags that are known.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ScalarStyle, Tag};

use super::{Builder, Stop};
use crate::diagnostic::code;
use crate::load::node::{Scalar, ScalarKind};
use crate::load::scalar;

impl Builder<'_, '_> {
    /// What a scalar that stands as a value is.
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
            let message = format!("`{}` has no JSON value", shortened(scalar.text()));
            let help = Some("if text is meant, put it in quotes");
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
                self.unknown_tag(tag, at)?;
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
                self.unknown_tag(&tag, at)
            }
            _ => Ok(()),
        }
    }

    fn unknown_tag(&mut self, tag: &Tag, at: &Range<usize>) -> Result<(), Stop> {
        let tag = tag.original();
        let message = format!("the tag `{}` does not fit here", shortened(&tag));
        let help = Some("`!!str !!int !!float !!bool !!null !!seq !!map` are known");
        self.wrong(code::UNKNOWN_TAG, at.clone(), message, help)
    }
}

/// The tag `!` alone.
fn is_non_specific(tag: &Tag) -> bool {
    tag.original() == "!"
}

/// The start of a text for a message.
fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}
