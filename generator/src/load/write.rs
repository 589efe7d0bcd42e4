//! Writes trees as YAML or JSON. Numbers keep their spelling, and strings that look like something else get quotes.

use super::node::{Node, Scalar, ScalarKind};
use super::scalar;

/// The words that older readers of YAML take for booleans.
const OLD_BOOLEANS: [&str; 8] = ["y", "yes", "n", "no", "on", "off", "true", "false"];

/// Returns a tree as YAML, in block style, with a line break at the end.
pub fn yaml(node: &Node) -> String {
    let mut text = String::new();
    match node {
        Node::Object(members) if !members.is_empty() => push_members(node, 0, &mut text),
        Node::Array(elements) if !elements.is_empty() => push_elements(elements, 0, &mut text),
        _ => {
            push_inline(node, 0, &mut text);
        }
    }
    text
}

/// Returns a tree as JSON, indented, with a line break at the end.
pub fn json(node: &Node) -> String {
    let mut text = String::new();
    push_json(node, 0, &mut text);
    text.push('\n');
    text
}

fn push_members(node: &Node, depth: usize, text: &mut String) {
    for (index, (name, value)) in node.as_object().into_iter().flatten().enumerate() {
        if index > 0 {
            indent(depth, text);
        }
        push_string(name, text);
        text.push(':');
        match value {
            Node::Object(members) if !members.is_empty() => {
                text.push('\n');
                indent(depth + 1, text);
                push_members(value, depth + 1, text);
            }
            Node::Array(elements) if !elements.is_empty() => {
                text.push('\n');
                indent(depth + 1, text);
                push_elements(elements, depth + 1, text);
            }
            _ => {
                text.push(' ');
                push_inline(value, depth + 1, text);
            }
        }
    }
}

fn push_elements(elements: &[Node], depth: usize, text: &mut String) {
    for (index, value) in elements.iter().enumerate() {
        if index > 0 {
            indent(depth, text);
        }
        text.push_str("- ");
        match value {
            Node::Object(members) if !members.is_empty() => push_members(value, depth + 1, text),
            Node::Array(inner) if !inner.is_empty() => push_elements(inner, depth + 1, text),
            _ => push_inline(value, depth + 1, text),
        }
    }
}

/// Appends a scalar or an empty collection, and the end of its line.
fn push_inline(node: &Node, depth: usize, text: &mut String) {
    match node {
        Node::Object(_) => text.push_str("{}"),
        Node::Array(_) => text.push_str("[]"),
        Node::Scalar(scalar) if scalar.kind() == ScalarKind::String => {
            if is_block(scalar.text()) {
                return push_block(scalar.text(), depth, text);
            }
            push_string(scalar.text(), text);
        }
        Node::Scalar(scalar) => text.push_str(scalar.text()),
    }
    text.push('\n');
}

/// Whether a string is written line by line: it has several, and nothing that would be lost.
fn is_block(text: &str) -> bool {
    let is_plain = |letter: char| letter == '\n' || !letter.is_control() && !is_special(letter);
    let is_indented = text.starts_with([' ', '\n']);
    let has_visible = text.chars().any(|letter| letter != '\n');
    text.contains('\n') && !is_indented && has_visible && text.chars().all(is_plain)
}

fn push_block(block: &str, depth: usize, text: &mut String) {
    let body = block.trim_end_matches('\n');
    let breaks = block.len() - body.len();
    text.push_str(match breaks {
        0 => "|-\n",
        1 => "|\n",
        _ => "|+\n",
    });
    for line in body.split('\n') {
        if !line.is_empty() {
            indent(depth, text);
            text.push_str(line);
        }
        text.push('\n');
    }
    text.extend(std::iter::repeat_n('\n', breaks.saturating_sub(1)));
}

fn push_string(string: &str, text: &mut String) {
    if is_plain(string) {
        text.push_str(string);
    } else {
        push_quoted(string, text);
    }
}

/// Whether a string is a version of three numbers, which nothing takes for a number.
fn is_version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split('.').count() == 3 && text.split('.').all(is_number)
}

/// Whether a string needs no quotes in block style, in any version of YAML: `$.paths['/pets'].get`.
fn is_plain(text: &str) -> bool {
    if is_version(text) {
        return true;
    }
    let is_start =
        |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '/' | '$' | '_' | '.');
    let is_inner =
        |letter: char| letter.is_ascii_alphanumeric() || " _.-/$()+*=@;',?`[]{}".contains(letter);
    let lower = text.to_ascii_lowercase();
    text.starts_with(is_start)
        && text.chars().all(is_inner)
        && !text.ends_with(' ')
        && !OLD_BOOLEANS.contains(&lower.as_str())
        && scalar::kind(text) == ScalarKind::String
}

/// Appends a string in double quotes, as JSON and YAML both read it.
fn push_quoted(string: &str, text: &mut String) {
    text.push('"');
    for letter in string.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            _ if letter.is_control() || is_special(letter) => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    text.push_str(&format!("\\u{unit:04x}"));
                }
            }
            _ => text.push(letter),
        }
    }
    text.push('"');
}

/// Whether a character is a line break or no character of YAML.
fn is_special(letter: char) -> bool {
    matches!(
        letter,
        '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

fn push_json(node: &Node, depth: usize, text: &mut String) {
    match node {
        Node::Scalar(scalar) => push_json_scalar(scalar, text),
        Node::Array(elements) if elements.is_empty() => text.push_str("[]"),
        Node::Object(members) if members.is_empty() => text.push_str("{}"),
        Node::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                text.push_str(if index == 0 { "[\n" } else { ",\n" });
                indent(depth + 1, text);
                push_json(value, depth + 1, text);
            }
            text.push('\n');
            indent(depth, text);
            text.push(']');
        }
        Node::Object(members) => {
            for (index, (name, value)) in members.iter().enumerate() {
                text.push_str(if index == 0 { "{\n" } else { ",\n" });
                indent(depth + 1, text);
                push_quoted(name, text);
                text.push_str(": ");
                push_json(value, depth + 1, text);
            }
            text.push('\n');
            indent(depth, text);
            text.push('}');
        }
    }
}

fn push_json_scalar(scalar: &Scalar, text: &mut String) {
    match scalar.kind() {
        ScalarKind::Null => text.push_str("null"),
        ScalarKind::Bool => text.push_str(if scalar.as_bool() == Some(true) {
            "true"
        } else {
            "false"
        }),
        ScalarKind::String => push_quoted(scalar.text(), text),
        // `0x1F` and `.5` are numbers of YAML only
        ScalarKind::Integer | ScalarKind::Float => {
            if serde_json::from_str::<serde_json::Number>(scalar.text()).is_ok() {
                text.push_str(scalar.text());
            } else {
                let number = scalar.as_number().map(|number| number.to_string());
                text.push_str(number.as_deref().unwrap_or("null"));
            }
        }
    }
}

fn indent(depth: usize, text: &mut String) {
    text.extend(std::iter::repeat_n("  ", depth));
}
