//! Rules of the specification about names and mutually exclusive members, which its tables do not express.
//!
//! A violation is an error if a client would be wrong, or unable to send what the document describes.

use super::{Resolver, SchemaFacts, reference};
use crate::diagnostic::{Diagnostic, Place, Severity, code};
use crate::load::{Node, Object};
use crate::pointer::Pointer;
use crate::spec::{TOKEN_CHARACTERS, Version, is_token};

impl Resolver<'_> {
    /// Checks the name of a header: `X-Rate-Limit`, not `Bad=Header`.
    pub(super) fn header_name(&mut self, at: &Pointer) {
        let name = at.name().unwrap_or_default();
        if !is_token(&name) {
            let text = format!("`{name}` is not a valid header name");
            let finding = Diagnostic::new(code::BAD_NAME, Place::key(at.clone()), text);
            self.report(finding.help(token_help()));
        }
    }

    /// Checks that the name of a parameter is valid in its location.
    pub(super) fn parameter_name(&mut self, object: &Object, at: &Pointer) {
        let text = |name: &str| object.get(name).and_then(Node::as_text);
        let (Some(place), Some(name)) = (text("in"), text("name")) else {
            return; // a finding of its own
        };
        let (is_right, help) = match place {
            "header" => (is_token(name), token_help()),
            "path" => (
                !name.is_empty() && !name.contains(['{', '}']),
                "write the name without braces".to_owned(),
            ),
            "cookie" => (
                !name.is_empty()
                    && !name.contains(|letter: char| {
                        !letter.is_ascii_graphic() || "=;,\"".contains(letter)
                    }),
                "use visible ASCII characters other than `=`, `;`, `,` and `\"`".to_owned(),
            ),
            _ => return,
        };
        if !is_right {
            let text = format!("`{name}` is not a valid name for a {place} parameter");
            let finding = Diagnostic::new(code::BAD_NAME, at.child("name"), text);
            self.report(finding.help(help));
        }
    }

    /// Reports `type: null`: without quotes, that is YAML's null and not the name of a type.
    pub(super) fn null_type(&mut self, schema: &Node, at: &Pointer) {
        if schema.get("type").is_some_and(Node::is_null) {
            let text = "`type` is null, not the string `\"null\"`";
            let finding = Diagnostic::new(code::WRONG_SHAPE, at.child("type"), text)
                .severity(Severity::Warning)
                .help("write `type: \"null\"` if only null is valid, or remove it");
            self.report(finding);
        }
    }

    /// Counts arrays that do not say what their items are, which OpenAPI 3.0 requires.
    pub(super) fn no_items(&mut self, schema: &Object, facts: &SchemaFacts, at: &Pointer) {
        let is_array = schema.get("type").and_then(Node::as_str) == Some("array");
        let has_items = schema.contains_key("items") || !facts.prefix_items.is_empty();
        if is_array && !has_items && self.version == Version::V3_0 && !self.is_items_reported(at) {
            let text = "`items` is missing in a schema of type `array`; its items can be any JSON";
            self.count(at.clone(), |at| {
                Diagnostic::new(code::MISSING_MEMBER, at, text)
                    .severity(Severity::Warning)
                    .help("add it: `items: { type: … }`")
            });
        }
    }

    /// Counts decimal numbers, such as prices: a number of JSON has any number of digits, and an `f64` has not.
    pub(super) fn decimal(&mut self, schema: &Object, at: &Pointer) {
        let text = |name: &str| schema.get(name).and_then(Node::as_str);
        if text("format") == Some("decimal") && text("type") == Some("number") {
            let text = "a decimal number is an `f64`, which keeps 15 to 17 significant digits";
            self.count(at.child("format"), |at| {
                Diagnostic::new(code::IMPRECISE, at, text)
                    .help("if digits are lost, describe it as `type: string` and let the server send a string")
            });
        }
    }

    /// Whether `items` is there and was reported for another reason.
    fn is_items_reported(&self, at: &Pointer) -> bool {
        self.loaded
            .get(&at.child("items"))
            .is_some_and(|items| !items.is_null())
    }

    /// Checks that a parameter or header has either a `schema` or a `content` of one media type, and a whole query the
    /// latter. `copy` gets the schema of a string where neither is there, in case that the run is lenient.
    pub(super) fn one_content(
        &mut self,
        noun: &str,
        object: &Object,
        copy: &mut Object,
        at: &Pointer,
    ) -> bool {
        let contents = copy.get("content").map(Node::as_object);
        let is_query = copy.get("in").and_then(Node::as_str) == Some("querystring");
        let is_null = |name: &str| object.get(name).is_some_and(Node::is_null);
        let text = match (contents, copy.contains_key("schema")) {
            (_, true) if is_query => {
                "a `querystring` parameter is described by `content`, not by `schema`".to_owned()
            }
            (Some(_), true) => {
                format!("`schema` and `content` exclude each other in {noun}")
            }
            (Some(Some(types)), false) if types.len() != 1 => {
                format!("the `content` of {noun} must have exactly one media type")
            }
            (None, false) if is_null("schema") && is_null("content") => {
                format!("`schema` and `content` are null, and {noun} needs one of them")
            }
            (None, false) => {
                let text =
                    format!("{noun} must have a `schema`, or a `content` with one media type");
                let finding = Diagnostic::new(code::MISSING_MEMBER, at.clone(), text)
                    .help("add its schema, such as `schema: { type: string }`");
                self.report(finding.bridge("it is read as a string"));
                let key = self.string(at);
                copy.insert("schema".into(), reference::to(key));
                return true;
            }
            _ => return true,
        };
        self.report(Diagnostic::new(code::WRONG_SHAPE, at.clone(), text));
        false
    }

    /// Checks that a parameter for the whole query is the only query parameter of its operation.
    pub(super) fn one_query(&mut self, parameters: &[(&str, &Pointer)]) {
        let mut whole = parameters
            .iter()
            .filter(|(place, _)| *place == "querystring");
        let Some((_, first)) = whole.next() else {
            return;
        };
        let others = parameters.iter().filter(|(place, _)| *place == "query");
        for (_, at) in whole.chain(others) {
            let text =
                "an `in: querystring` parameter cannot be combined with other query parameters";
            let finding = Diagnostic::new(code::WRONG_SHAPE, (*at).clone(), text);
            self.report(finding.related((*first).clone(), "this parameter is the whole query"));
        }
    }
}

/// Says which characters a token may have.
fn token_help() -> String {
    format!("use ASCII letters, digits and ``{TOKEN_CHARACTERS}``")
}

/// Returns what is wrong with a key of `paths`, and the help.
pub(super) fn path(path: &str) -> Option<(String, String)> {
    if !path.starts_with('/') {
        let text = format!("the path `{path}` does not start with `/`");
        return Some((text, format!("write `/{path}`")));
    }
    if path.contains(char::is_control) || path.split('/').any(|part| matches!(part, "." | "..")) {
        let text = "the path has a control character, or a segment `.` or `..`";
        return Some((
            text.to_owned(),
            "write the path as it is requested".to_owned(),
        ));
    }
    if !braces_match(path) {
        let text = format!("the path `{path}` has unbalanced braces");
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
    fn valid_and_invalid_paths() {
        for right in ["/", "/a/{b}", "/{a}.{b}", "/a{?b,c}", "/a..b", "/ü"] {
            assert_eq!(path(right), None, "{right}");
        }
        for wrong in ["", "a", "/{a", "/a}", "/{a{b}}", "/}{", "/a/../b", "/a\r"] {
            assert!(path(wrong).is_some(), "{wrong}");
        }
    }
}
