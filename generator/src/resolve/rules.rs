//! What the specification says about names, and about members that exclude one another: one small function for each rule.
//!
//! A rule is an error when a client made from the document would be wrong or could not send what it says.

use super::Resolver;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::load::{Node, Object};
use crate::pointer::Pointer;
use crate::spec::{TOKEN_CHARACTERS, is_token};

impl Resolver<'_> {
    /// The name of a header: `X-Rate-Limit`, not `Bad=Header`.
    pub(super) fn header_name(&mut self, at: &Pointer) {
        let name = at.name().unwrap_or_default();
        if !is_token(&name) {
            let text = format!("`{name}` cannot be the name of a header");
            let finding = Diagnostic::new(code::BAD_NAME, Place::key(at.clone()), text);
            self.report(finding.help(token_help()));
        }
    }

    /// The name of a parameter can stand where the parameter goes.
    pub(super) fn parameter_name(&mut self, object: &Object, at: &Pointer) {
        let text = |name: &str| object.get(name).and_then(Node::as_text);
        let (Some(place), Some(name)) = (text("in"), text("name")) else {
            return; // a finding of its own
        };
        let (is_right, help) = match place {
            "header" => (is_token(name), token_help()),
            "path" => (
                !name.is_empty() && !name.contains(['{', '}']),
                "the name of a path parameter is what stands between the braces, without them"
                    .to_owned(),
            ),
            "cookie" => (
                !name.is_empty()
                    && !name.contains(|letter: char| {
                        !letter.is_ascii_graphic() || "=;,\"".contains(letter)
                    }),
                "the name of a cookie is made of visible ASCII characters other than `=`, `;`, `,` and `\"`"
                    .to_owned(),
            ),
            _ => return,
        };
        if !is_right {
            let text = format!("`{name}` cannot be the name of a {place} parameter");
            let finding = Diagnostic::new(code::BAD_NAME, at.child("name"), text);
            self.report(finding.help(help));
        }
    }

    /// A parameter or header has a `schema` or a `content` of one media type; the whole query only the latter. Whether that is so.
    pub(super) fn one_content(&mut self, noun: &str, object: &Object, at: &Pointer) -> bool {
        let contents = object.get("content").map(Node::as_object);
        let is_query = object.get("in").and_then(Node::as_str) == Some("querystring");
        let text = match (contents, object.contains_key("schema")) {
            (_, true) if is_query => {
                "a querystring parameter is described by `content`, not by `schema`".to_owned()
            }
            (Some(_), true) => {
                format!("{noun} has a `schema` or a `content`, and this one has both")
            }
            (Some(Some(types)), false) if types.len() != 1 => {
                format!("the `content` of {noun} has exactly one media type")
            }
            (None, false) => {
                let text = format!("{noun} needs a `schema`, or a `content` with one media type");
                let finding = Diagnostic::new(code::MISSING_MEMBER, at.clone(), text);
                self.report(finding.help("say of what type it is: `schema: { type: string }`"));
                return false;
            }
            _ => return true,
        };
        self.report(Diagnostic::new(code::WRONG_SHAPE, at.clone(), text));
        false
    }

    /// The parameters of one list: none twice; the whole query once, and not beside its parts.
    pub(super) fn one_query(&mut self, parameters: &[(&str, &Pointer)]) {
        let mut whole = parameters
            .iter()
            .filter(|(place, _)| *place == "querystring");
        let Some((_, first)) = whole.next() else {
            return;
        };
        let others = parameters.iter().filter(|(place, _)| *place == "query");
        for (_, at) in whole.chain(others) {
            let text = "a parameter `in: querystring` is the whole query, so there can be no other part of it";
            let finding = Diagnostic::new(code::WRONG_SHAPE, (*at).clone(), text);
            self.report(finding.related((*first).clone(), "this one is the whole query"));
        }
    }
}

/// What a name is made of that is sent as a token.
fn token_help() -> String {
    format!("a name is made of letters, digits and ``{TOKEN_CHARACTERS}``")
}

/// What is wrong with a key under `paths`, and what to write.
pub(super) fn path(path: &str) -> Option<(String, String)> {
    if !path.starts_with('/') {
        let text = format!("the path `{path}` does not start with `/`");
        return Some((text, format!("write `/{path}`")));
    }
    if path.contains(char::is_control) || path.split('/').any(|part| matches!(part, "." | "..")) {
        let text =
            "the path has a control character, or a part `.` or `..`, which leads to another path";
        return Some((text.to_owned(), "write the path that is called".to_owned()));
    }
    if !braces_match(path) {
        let text = format!("the braces of the path `{path}` do not match");
        let help = "write each parameter as `{name}`";
        return Some((text, help.to_owned()));
    }
    None
}

fn braces_match(path: &str) -> bool {
    let mut is_open = false;
    for letter in path.chars().filter(|letter| "{}".contains(*letter)) {
        if is_open == (letter == '{') {
            return false;
        }
        is_open = !is_open;
    }
    !is_open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_can_be_called() {
        for right in ["/", "/a/{b}", "/{a}.{b}", "/a{?b,c}", "/a..b", "/ü"] {
            assert_eq!(path(right), None, "{right}");
        }
        for wrong in ["", "a", "/{a", "/a}", "/{a{b}}", "/}{", "/a/../b", "/a\r"] {
            assert!(path(wrong).is_some(), "{wrong}");
        }
    }
}
