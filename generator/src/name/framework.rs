//! What web frameworks add to the name of an operation when they make its id, and the name without it.
//!
//! | framework | id | name |
//! | --- | --- | --- |
//! | FastAPI: path and method behind the function | `read_item_items__item_id__get` | `read_item` |
//! | `NestJS`, `LoopBack`: the class before the method | `UsersController_deleteUser` | `users_delete_user` |
//! | Springfox: the HTTP method behind the Java method | `getUserUsingGET` | `get_user` |
//! | springdoc: a number behind an overloaded Java method | `getUser_1` | `get_user` |
//! | drf-spectacular: a number behind an action that is there twice | `users_list_2` | `users_list` |
//! | L5-Swagger: a hash of the request line | `3b6f…` (32 digits) | as without an id |

use crate::spec::METHODS;

/// Functions that say nothing without the collection they are about: `list` at `/items` is `items_list`.
const GENERIC: &[&str] = &[
    "add", "all", "create", "delete", "destroy", "fetch", "find", "get", "index", "list", "patch",
    "post", "put", "read", "remove", "retrieve", "save", "search", "show", "store", "update",
];

/// The actions of Django REST framework, which end the ids of drf-spectacular.
const ACTIONS: &[&str] = &["list", "retrieve", "create", "update", "destroy"];

/// The name in an id, without what a framework added.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Short {
    /// The name as written in the id.
    pub text: String,
    /// What was added.
    pub added: Added,
}

/// What a framework adds to a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Added {
    /// Something that is part of the operation, so that the whole id is a name of its own.
    Constant,
    /// The same, and what is left is generic: `list`.
    ConstantToGeneric,
    /// A number by the order of the operations: the whole id means another operation when one is added.
    Number,
}

/// Returns the name in an id, if a framework added something to it.
pub(super) fn shorten(id: &str, path: &str) -> Option<Short> {
    if let Some(text) = without_request_line(id, path) {
        let is_generic = GENERIC.contains(&text.to_ascii_lowercase().as_str());
        let added = if is_generic {
            Added::ConstantToGeneric
        } else {
            Added::Constant
        };
        return Some(Short { text, added });
    }
    if let Some(text) = without_controller(id) {
        let added = Added::Constant;
        return Some(Short { text, added });
    }
    let unnumbered = without_number(id);
    let text = unnumbered.unwrap_or(id);
    match (without_using(text), unnumbered) {
        (Some(name), None) => Some(Short {
            text: name.to_owned(),
            added: Added::Constant,
        }),
        (None, None) => None,
        (name, Some(_)) => Some(Short {
            text: name.unwrap_or(text).to_owned(),
            added: Added::Number,
        }),
    }
}

/// Returns whether an id is a hash, which names nothing.
pub(super) fn is_hash(id: &str) -> bool {
    id.len() >= 32
        && id.bytes().all(|byte| byte.is_ascii_hexdigit())
        && id.contains(|letter: char| letter.is_ascii_digit())
}

/// Returns `read_item` of `read_item_items__item_id__get` for `/items/{item_id}`.
///
/// The document's path can start with segments that the framework does not know: `/api`. Underscores may be collapsed,
/// as they are in ids that were tidied afterwards. A path of one segment has to be written as FastAPI writes it, since
/// `create_post` at `/` is a name.
fn without_request_line(id: &str, path: &str) -> Option<String> {
    let written = underscored(id);
    let method = METHODS.iter().find(|method| written.ends_with(*method))?;
    let line = |path: &str| format!("{}_{method}", underscored(path));
    let exact = written.strip_suffix(&line(path)).map(str::to_owned);
    let tidied = || {
        let text = collapsed(&written);
        tails(path).into_iter().find_map(|tail| {
            let segments = tail.split('/').filter(|segment| !segment.is_empty());
            let rest = text
                .strip_suffix(&collapsed(&line(tail)))?
                .strip_suffix('_')?;
            (segments.count() >= 2).then(|| rest.to_owned())
        })
    };
    let rest = exact.or_else(tidied)?.trim_matches('_').to_owned();
    (!rest.is_empty()).then_some(rest)
}

/// Returns a path, and the path without its first segments as long as these are static: `/api/items/{id}` and
/// `/items/{id}`.
fn tails(path: &str) -> Vec<&str> {
    let mut tails = vec![path];
    let mut rest = path;
    while let Some(end) = rest.get(1..).and_then(|text| text.find('/')) {
        let (segment, tail) = rest.split_at(end + 1);
        if segment.contains('{') {
            break;
        }
        tails.push(tail);
        rest = tail;
    }
    tails
}

/// Returns a text with an underscore for each character that is no letter and no digit.
fn underscored(text: &str) -> String {
    let letters = text.chars();
    letters
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                '_'
            }
        })
        .collect()
}

/// Returns a text with one underscore in place of several, and none at its ends.
fn collapsed(text: &str) -> String {
    let words: Vec<&str> = text.split('_').filter(|word| !word.is_empty()).collect();
    words.join("_")
}

/// Returns `Users_deleteUser` of `UsersController_deleteUser`.
fn without_controller(id: &str) -> Option<String> {
    const CLASS: &str = "controller";
    let at = id.to_ascii_lowercase().find(CLASS)?;
    let (class, rest) = (id.get(..at)?, id.get(at + CLASS.len()..)?);
    let method = rest.strip_prefix(['_', '.', '#', '-', '/', ':'])?;
    let has_name = |text: &str| text.contains(char::is_alphanumeric);
    let class = class.trim_end_matches(['_', '.', '-']);
    (has_name(class) && has_name(method)).then(|| format!("{class}_{method}"))
}

/// Returns `getUser` of `getUserUsingGET`.
fn without_using(id: &str) -> Option<&str> {
    let (name, method) = id.rsplit_once("Using")?;
    let is_method = METHODS
        .iter()
        .any(|known| method == known.to_ascii_uppercase());
    (is_method && name.contains(char::is_alphanumeric)).then_some(name)
}

/// Returns `getUser` of `getUser_1`, and `users_list` of `users_list_2`.
///
/// Only a Java method or an action of Django REST framework has such a number: `oauth_token_2` is a name.
fn without_number(id: &str) -> Option<&str> {
    let mut name = id;
    while let Some((before, number)) = name.rsplit_once('_')
        && (1..=2).contains(&number.len())
        && !number.starts_with('0')
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        name = before;
    }
    let is_java = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let last = name.rsplit('_').next().unwrap_or_default();
    let is_action = name.contains('_') && ACTIONS.contains(&last);
    // the number behind another one is a version: `v1_2`
    let is_numbered = !name.ends_with(|last: char| last.is_ascii_digit());
    (name.len() < id.len() && is_numbered && (is_java || is_action)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_frameworks_add_is_found() {
        let rows = [
            (
                "read_item_items__item_id__get",
                "/items/{item_id}",
                "read_item",
            ),
            (
                "read_item_items__item_id__get",
                "/api/v1/items/{item_id}",
                "read_item",
            ),
            (
                "read_item_items_item_id_get",
                "/items/{item_id}",
                "read_item",
            ),
            ("list_items_get", "/items", "list generic"),
            ("root__get", "/", "root"),
            ("create_post", "/", "-"),
            ("createBlogPost", "/blog", "-"),
            ("items_get", "/items", "-"),
            ("order_items_get", "/orders/{id}/items", "-"),
            ("UsersController.find", "/users", "Users_find"),
            ("Controller_find", "/users", "-"),
            ("remoteControllerList", "/x", "-"),
            ("listUsingPOST_2", "/x", "list numbered"),
            ("startUsingGETWELL", "/x", "-"),
            ("list_2_1", "/x", "list numbered"),
            (
                "users_partial_update_3",
                "/x",
                "users_partial_update numbered",
            ),
            ("oauth_token_2", "/x", "-"),
            ("getV1_2", "/x", "-"),
            ("getReport_2024", "/x", "-"),
        ];
        for (id, path, expected) in rows {
            let found = match shorten(id, path) {
                None => "-".to_owned(),
                Some(short) => match short.added {
                    Added::Constant => short.text,
                    Added::ConstantToGeneric => short.text + " generic",
                    Added::Number => short.text + " numbered",
                },
            };
            assert_eq!(found, expected, "{id} {path}");
        }
    }
}
