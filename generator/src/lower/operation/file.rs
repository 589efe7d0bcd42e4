//! Which schemas describe files: seen through references, `nullable`, compositions of one, and arrays.
//!
//! A file is a string of `format: binary`, or one with a `contentMediaType` that is not encoded as text. Only parts of a
//! multipart body can be files; JSON has no bytes.

use openapiv3::{ReferenceOr, Schema, SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty};

use super::Operations;
use crate::lower::schema::key;

/// How many schemas are looked into for one part: `allOf` in `items` in `anyOf` …; one that contains itself is no file.
const SCHEMAS: usize = 256;

/// What a part of a body is, as far as files are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Files {
    /// Whether there can be several.
    pub is_list: bool,
    /// Whether a text is valid in place of a file.
    pub or_text: bool,
    /// The `contentMediaType` of the file.
    pub media_type: Option<String>,
    /// Whether something that is neither a file nor a scalar is valid, too, such as an object.
    pub or_other: bool,
}

/// What the values of a schema are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Values {
    Null,
    /// Strings that are not files; of a list if `is_list`.
    Text {
        is_list: bool,
    },
    /// Numbers and booleans.
    Scalar,
    Files(Files),
    /// Whatever else: objects, arrays of objects, anything.
    Other,
}

impl<'a> Operations<'_, 'a> {
    /// Returns what a schema says about files; `None` if none of its values is one.
    pub(super) fn files(&self, key: &'a str) -> Option<Files> {
        let mut left = SCHEMAS;
        match self.values(key, &mut left) {
            Values::Files(files) => Some(files),
            _ => None,
        }
    }

    /// Returns the files of a schema of strings whose media type says that they are bytes: `contentType: image/png`.
    pub(super) fn texts_as_files(&self, key: &'a str) -> Option<Files> {
        let mut left = SCHEMAS;
        match self.values(key, &mut left) {
            Values::Text { is_list } => Some(Files {
                is_list,
                or_text: false,
                media_type: None,
                or_other: false,
            }),
            _ => None,
        }
    }

    fn values(&self, key: &'a str, left: &mut usize) -> Values {
        let entry = self.document.schema_at(key);
        let Some(rest) = left.checked_sub(1) else {
            return Values::Other;
        };
        *left = rest;
        if entry.facts.only_null {
            return Values::Null;
        }
        let media_type = &entry.facts.content_media_type;
        let file = || {
            Values::Files(Files {
                is_list: false,
                or_text: false,
                media_type: media_type.clone(),
                or_other: false,
            })
        };
        match &entry.value.schema_kind {
            SchemaKind::Type(Type::String(text)) => {
                let is_binary = text.format == VariantOrUnknownOrEmpty::Item(StringFormat::Binary);
                if is_binary || media_type.is_some() {
                    file()
                } else {
                    Values::Text { is_list: false }
                }
            }
            SchemaKind::Type(Type::Number(_) | Type::Integer(_) | Type::Boolean(_)) => {
                Values::Scalar
            }
            SchemaKind::Type(Type::Array(list)) => match list.items.as_ref().and_then(self::key) {
                Some(items) => listed(self.values(items, left)),
                None => Values::Other,
            },
            SchemaKind::Type(Type::Object(_)) | SchemaKind::Not { .. } => Values::Other,
            SchemaKind::OneOf { one_of: branches } | SchemaKind::AnyOf { any_of: branches } => {
                self.one_of(branches, left)
            }
            SchemaKind::AllOf { all_of } => self.all_of(all_of, left),
            SchemaKind::Any(any) => {
                let is_string = any.typ.as_deref().is_none_or(|ty| ty == "string");
                if !any.all_of.is_empty() {
                    return self.all_of(&any.all_of, left);
                }
                if let Some(branches) = [&any.one_of, &any.any_of]
                    .into_iter()
                    .find(|all| !all.is_empty())
                {
                    return self.one_of(branches, left);
                }
                let is_file = any.format.as_deref() == Some("binary") || media_type.is_some();
                match is_string && is_file {
                    true if any.properties.is_empty() => file(),
                    _ => Values::Other,
                }
            }
        }
    }

    /// Returns the values that fit any of the branches.
    fn one_of(&self, branches: &'a [ReferenceOr<Schema>], left: &mut usize) -> Values {
        let values = branches.iter().filter_map(key);
        let mut values: Vec<Values> = values.map(|key| self.values(key, left)).collect();
        values.retain(|one| *one != Values::Null);
        let mut files: Option<Files> = None;
        for one in &values {
            let Values::Files(own) = one else { continue };
            files = Some(match files {
                None => own.clone(),
                Some(files) => Files {
                    is_list: files.is_list || own.is_list,
                    or_text: files.or_text || own.or_text,
                    media_type: files
                        .media_type
                        .filter(|one| Some(one) == own.media_type.as_ref()),
                    or_other: files.or_other || own.or_other,
                },
            });
        }
        match (files, values.as_slice()) {
            (Some(mut files), _) => {
                for one in &values {
                    match one {
                        Values::Text { is_list } => {
                            files.or_text = true;
                            files.is_list |= is_list;
                        }
                        Values::Scalar => files.or_text = true,
                        Values::Other => {
                            files.or_text = true;
                            files.or_other = true;
                        }
                        Values::Null | Values::Files(_) => {}
                    }
                }
                Values::Files(files)
            }
            (None, [first, rest @ ..]) if rest.iter().all(|one| one == first) => first.clone(),
            (None, _) => Values::Other,
        }
    }

    /// Returns the values that fit all branches: a file if one of them says so and none says more than "a string".
    fn all_of(&self, branches: &'a [ReferenceOr<Schema>], left: &mut usize) -> Values {
        let keys: Vec<&str> = branches.iter().filter_map(key).collect();
        let says = keys.iter().filter(|key| !self.says_nothing(key));
        let mut values: Vec<Values> = says.map(|key| self.values(key, left)).collect();
        values.sort_by_key(|one| !matches!(one, Values::Files(_)));
        match values.as_slice() {
            [only] => only.clone(),
            [Values::Files(files), rest @ ..]
                if rest
                    .iter()
                    .all(|one| *one == Values::Text { is_list: false }) =>
            {
                Values::Files(files.clone())
            }
            _ => Values::Other,
        }
    }

    /// Whether a branch only describes: `{ description: A photo. }`.
    fn says_nothing(&self, key: &str) -> bool {
        let entry = self.document.schema_at(key);
        entry.facts.content_media_type.is_none() && !self.is_binary(key) && self.is_anything(key)
    }
}

/// Returns the values of an array, by those of its items.
fn listed(items: Values) -> Values {
    match items {
        Values::Files(files) if !files.is_list => Values::Files(Files {
            is_list: true,
            ..files
        }),
        Values::Text { is_list: false } => Values::Text { is_list: true },
        _ => Values::Other,
    }
}
