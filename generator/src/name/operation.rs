//! The method name of an operation, from its id or its method and path only.
//!
//! | operation | name |
//! | --- | --- |
//! | an id that is a name: `repos/list-for-org` | its words: `repos_list_for_org` |
//! | an id around a path: `get-/crm/v3/objects/products/{productId}_getById` | the last collection and the id's ending: `products_get_by_id` |
//! | an id that is a path: `get_/v1/customers/{customer}` | like without an id: `get_v1_customers_by_customer` |
//! | an id that a framework made: `read_item_items__item_id__get` | its part that people wrote: `read_item` |
//! | no id: `GET /users/{id}/keys` | method and path: `get_users_by_id_keys` |

use super::framework::{self, Added};
use super::words::{self, Case};
use super::{join_snake, keyword, length, method_name};
use crate::spec::METHODS;

/// The maximum length of a name that is made from a path, in bytes.
const FROM_PATH: usize = 59;

/// The names that an operation would like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OperationName {
    /// The name it has if no other operation wants the same.
    pub name: String,
    /// A longer one, of the whole id, if `name` is only a part of it.
    pub whole: Option<String>,
}

/// Returns the method name of an operation, such as `upsert_products`.
///
/// `method` is the HTTP method in any case, `path` the template. An id without letters and digits, and a hash, are
/// ignored.
pub(crate) fn operation_name(
    operation_id: Option<&str>,
    method: &str,
    path: &str,
) -> OperationName {
    let is_name = |id: &&str| id.contains(char::is_alphanumeric) && !framework::is_hash(id);
    let Some(id) = operation_id.map(str::trim).filter(is_name) else {
        return OperationName::only(from_path(method, path));
    };
    match PathId::read(id, method, path) {
        Some(PathId {
            written,
            ending: None,
        }) => OperationName::only(from_path(method, written)),
        Some(PathId {
            written,
            ending: Some(ending),
        }) => OperationName::only(from_ending(written, ending)),
        None => match framework::shorten(id, path) {
            None => OperationName::only(method_name(id)),
            Some(short) => OperationName {
                name: match short.added {
                    Added::ConstantToGeneric => from_ending(path, &short.text),
                    Added::Constant | Added::Number => method_name(&short.text),
                },
                whole: (short.added != Added::Number).then(|| method_name(id)),
            },
        },
    }
}

/// Returns the name of an operation by its method and path only.
pub(crate) fn name_of_path(method: &str, path: &str) -> String {
    from_path(method, path)
}

impl OperationName {
    fn only(name: String) -> Self {
        OperationName { name, whole: None }
    }
}

/// An id that contains a path: `post-/crm/v3/imports_create` has the path `/crm/v3/imports` and the ending `create`.
struct PathId<'a> {
    written: &'a str,
    ending: Option<&'a str>,
}

impl<'a> PathId<'a> {
    /// Parses an id. `None` if it contains no path, such as `repos/list-for-org` or `get/users`.
    fn read(id: &'a str, method: &str, path: &str) -> Option<Self> {
        let slash = id.find('/')?;
        let (prefix, written) = id.split_at(slash);
        let verb = prefix.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        let is_method = verb.eq_ignore_ascii_case(method)
            || METHODS.iter().any(|known| verb.eq_ignore_ascii_case(known));
        let is_apart = verb.len() < prefix.len() || bare(written) == bare(path);
        (prefix.is_empty() || (is_method && is_apart)).then(|| Self::end(written, path))
    }

    /// Finds the ending: the part after the operation's path, or after its last segment. If the path was changed and
    /// the id was not (`/crm/v3/…` in the id of `/crm/objects/2026-03/…`), the ending starts at the last underscore.
    fn end(written: &'a str, path: &str) -> Self {
        let whole = PathId {
            written,
            ending: None,
        };
        if bare(written) == bare(path) {
            return whole;
        }
        let start = written
            .trim_end_matches('/')
            .rfind('/')
            .map_or(0, |slash| slash + 1);
        let segment = written.get(start..).unwrap_or_default();
        let known = bare(path).rsplit('/').next().unwrap_or_default();
        let at = match segment.strip_prefix(known) {
            Some("") => return whole,
            Some(rest) if rest.starts_with('_') => Some(known.len()),
            _ => match segment.rfind('}') {
                Some(brace) => segment
                    .get(brace + 1..)
                    .and_then(|rest| rest.find('_'))
                    .map(|at| at + brace + 1),
                None => segment.rfind('_'),
            },
        };
        let cut = at.and_then(|at| written.split_at_checked(start + at));
        match cut {
            Some((written, ending)) if ending.contains(char::is_alphanumeric) => PathId {
                written,
                ending: Some(ending),
            },
            _ => whole,
        }
    }
}

fn bare(path: &str) -> &str {
    path.trim_matches('/')
}

/// Returns the static words of the path from the last collection (a plural) on, or of the last two segments if there is
/// none, and the ending: `products_batch_upsert` for `/crm/v3/objects/products/batch/upsert` with `upsert`. Words of
/// the ending are not repeated.
fn from_ending(path: &str, ending: &str) -> String {
    let (last, _) = words::of(ending.trim_start_matches('_'), Case::Snake);
    let segments: Vec<Vec<String>> = path
        .split('/')
        .filter(|segment| is_static(segment) && !is_version(segment))
        .map(|segment| words::of(segment, Case::Snake).0)
        .collect();
    let collection = segments
        .iter()
        .rposition(|words| words.last().is_some_and(|word| is_plural(word)));
    let from = collection.unwrap_or_else(|| segments.len().saturating_sub(2));
    let mut name: Vec<String> = segments
        .into_iter()
        .skip(from)
        .flatten()
        .filter(|word| !last.contains(word))
        .collect();
    name.extend(last);
    finish(name, path)
}

/// Returns the name of an operation without an id: `get_users_by_id_keys_by_key_id` for
/// `GET /users/{id}/keys/{keyId}`.
///
/// If it is too long, the first parameters are omitted, then the first segments, but never the last part.
fn from_path(method: &str, path: &str) -> String {
    let (verb, _) = words::of(method, Case::Snake);
    let mut parts = parts(path);
    if parts.is_empty() {
        parts.push(Part {
            is_parameter: false,
            words: vec!["root".to_owned()],
        });
    }
    let room = FROM_PATH.saturating_sub(size(&verb));
    let mut excess = parts
        .iter()
        .map(|part| size(&part.words))
        .sum::<usize>()
        .saturating_sub(room);
    for parameters_only in [true, false] {
        let count = parts.len();
        let mut at = 0;
        parts.retain(|part| {
            at += 1;
            let is_omitted = excess > 0 && at < count && (part.is_parameter || !parameters_only);
            if is_omitted {
                excess = excess.saturating_sub(size(&part.words));
            }
            !is_omitted
        });
    }
    let words = verb
        .into_iter()
        .chain(parts.into_iter().flat_map(|part| part.words));
    finish(words.collect(), path)
}

/// Returns the bytes of words with an underscore after each.
fn size(words: &[String]) -> usize {
    words.iter().map(|word| word.len() + 1).sum()
}

fn finish(words: Vec<String>, path: &str) -> String {
    keyword::avoid_method(join_snake(&length::fit(words, true, path, FROM_PATH)))
}

/// A static part of a path or a parameter, as words.
struct Part {
    is_parameter: bool,
    words: Vec<String>,
}

/// Returns the parts of a path: `repos`, `by_owner`, `files`, `by_id` for `/repos/{owner}/files({id})`.
///
/// Parts without letters and digits (`/-/`) are ignored. A brace without a closing one is part of the static text.
fn parts(path: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for segment in path.split('/') {
        let mut rest = segment;
        while let Some((text, after)) = rest.split_once('{')
            && let Some((parameter, behind)) = after.split_once('}')
        {
            push_part(&mut parts, text, false);
            push_part(&mut parts, parameter, true);
            rest = behind;
        }
        push_part(&mut parts, rest, false);
    }
    parts
}

fn push_part(parts: &mut Vec<Part>, text: &str, is_parameter: bool) {
    let text = text.trim_matches(|letter: char| !letter.is_alphanumeric());
    if text.is_empty() {
        return;
    }
    let mut words = words::of(text, Case::Snake).0;
    if is_parameter {
        words.insert(0, "by".to_owned());
    }
    parts.push(Part {
        is_parameter,
        words,
    });
}

fn is_static(segment: &str) -> bool {
    !segment.contains('{') && segment.contains(char::is_alphanumeric)
}

/// Returns whether a segment is a version, such as `v3`, `v1.1`, `2026-03`.
fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    number.starts_with(|first: char| first.is_ascii_digit())
        && number
            .chars()
            .all(|letter| letter.is_ascii_digit() || letter == '.' || letter == '-')
}

/// Returns whether a word looks like a plural: `products`, but not `status`, `access` or `analysis`. A wrong guess only
/// makes the name longer.
fn is_plural(word: &str) -> bool {
    word.len() > 2
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
}
