//! Changes as a comment of a pull request on GitHub.
//!
//! Text of documents cannot break the table, mention people or refer to issues: everything that Markdown or GitHub reads
//! as more than text is escaped. A comment can have 65,536 characters; what does not fit is counted.

use std::env;

use oasmith::compare::{Change, Level, Wire};

use super::change::{At, Comparison, Located};
use super::changelog;
use super::generator;
use super::impact::{about, needed};
use crate::report::counted;

/// GitHub's limit on a comment, with room for the lines that say what is left out.
const LIMIT: usize = 65_536 - 1_024;

/// A part of a comment that is longer leaves no room for other targets.
const MIN_ROOM: usize = 2_048;

/// The changes of the generator that are listed.
const GENERATED: usize = 50;

/// The first line of a comment, by which the next run finds it.
const MARKER: &str = "<!-- oasmith diff -->\n";

/// The head of the table.
const HEAD: &str = "| | Rust | programs in the field | with an older server |\n|---|---|---|---|\n";

/// Where files can be seen: `https://github.com/owner/name/blob`, and the id of the newer side.
#[derive(Debug, Clone, Default)]
pub(crate) struct Links {
    base: Option<String>,
    head: Option<String>,
}

impl Links {
    /// Reads the variables of a GitHub workflow.
    pub(crate) fn of_workflow() -> Self {
        let variable = |name| env::var(name).ok().filter(|text| !text.is_empty());
        let server = variable("GITHUB_SERVER_URL");
        let repository = variable("GITHUB_REPOSITORY");
        Links {
            base: server
                .zip(repository)
                .map(|(server, repository)| format!("{server}/{repository}/blob")),
            head: variable("GITHUB_SHA"),
        }
    }

    fn to(&self, at: &At, name: &str) -> String {
        let place = format!("{}:{}", at.file, at.line);
        let revision = at.revision.as_ref().map(|revision| &revision.id);
        let revision = revision.or(self.head.as_ref());
        match (&self.base, revision) {
            (Some(base), Some(revision)) => format!(
                "[{name}]({base}/{}/{}#L{} \"{}\")",
                in_url(revision),
                in_url(&at.file),
                at.line,
                in_title(&place)
            ),
            _ => format!("({name}: {})", code(&place)),
        }
    }
}

/// A comment that is made target by target.
pub(crate) struct Comment {
    text: String,
    links: Links,
    /// The command that says all.
    command: String,
    left_out: usize,
}

impl Comment {
    pub(crate) fn new(links: Links, command: String) -> Self {
        Comment {
            text: MARKER.to_owned(),
            links,
            command,
            left_out: 0,
        }
    }

    /// Adds a line about a target that has nothing to compare.
    pub(crate) fn note(&mut self, package: &str, about: &str) {
        self.push(&format!("### {}\n\n{}\n\n", code(package), escaped(about)));
    }

    /// Adds the changes of a target.
    pub(crate) fn add(&mut self, comparison: &Comparison) {
        let level = comparison.level();
        let what = match level {
            Level::None => "no change for users".to_owned(),
            _ => needed(comparison, level).replace("->", "→"),
        };
        self.push(&format!("### {}: {what}\n\n", code(&comparison.package)));
        let noticed: Vec<&Located> = comparison
            .changes
            .iter()
            .filter(|one| one.is_noticed())
            .collect();
        if !noticed.is_empty() {
            self.push(HEAD);
            let mut is_full = false;
            for one in noticed {
                let row = self.row(one);
                is_full = is_full || !self.fits(&row);
                if is_full {
                    self.left_out += 1;
                } else {
                    self.text += &row;
                }
            }
            self.text.push('\n');
        }
        if !comparison.generator.is_empty() {
            let mut rows = String::new();
            for one in comparison.generator.iter().take(GENERATED) {
                rows += &format!("- {}\n", escaped(&generator::text(one)));
            }
            let more = comparison.generator.len().saturating_sub(GENERATED);
            if more > 0 {
                rows += &format!("- and {more} more\n");
            }
            let count = counted(comparison.generator.len(), "change");
            let details = format!(
                "<details><summary>{count} by another version of the generator</summary>\n\n{rows}\n</details>\n\n"
            );
            if self.fits(&details) {
                self.text += &details;
            } else {
                self.left_out += comparison.generator.len();
            }
        }
        let entry = changelog::entry(comparison);
        let details =
            format!("<details><summary>CHANGELOG entry</summary>\n\n{entry}\n</details>\n\n");
        if !entry.is_empty() && self.fits(&details) {
            self.text += &details;
        }
        let about = about(comparison).replace("->", "→");
        let (from, to) = (code(&comparison.from), escaped(&comparison.to));
        self.push(&format!(
            "<sub>Since {from}, in {to}: {}.</sub>\n\n",
            escaped(&about)
        ));
    }

    /// Returns the comment.
    pub(crate) fn finish(mut self) -> String {
        if self.left_out > 0 {
            let rest = counted(self.left_out, "more change");
            self.text += &format!("**{rest}** not shown here: a comment has a limit.\n\n");
        }
        self.text += &format!("<sub>Made by {}.</sub>\n", code(&self.command));
        self.text
    }

    fn row(&self, one: &Located) -> String {
        let change = &one.change;
        let sign = match (change.source, one.accepted.is_some()) {
            (_, true) => "🆗",
            (Level::Major, _) => "💥",
            (Level::Minor, _) => "➕",
            (Level::Patch | Level::None, _) => "✏️",
        };
        let mut text = escaped(&with_types(change));
        if change.unseen {
            text += " **no compiler finds this**";
        }
        if let Some(accepted) = &one.accepted {
            text += &format!("<br>accepted: {}", escaped(&accepted.reason));
        }
        for (name, at) in [("old", &one.old), ("new", &one.new)] {
            if let Some(at) = at {
                text += &format!(" {}", self.links.to(at, name));
            }
        }
        let (client, server) = (wire(change.old_client), wire(change.old_server));
        format!("| {sign} | {text} | {client} | {server} |\n")
    }

    fn fits(&self, text: &str) -> bool {
        self.text.len() + text.len() + MIN_ROOM <= LIMIT
    }

    /// Adds a short line, for which there is room in reserve.
    fn push(&mut self, text: &str) {
        if self.text.len() + text.len() <= LIMIT {
            self.text += text;
        } else {
            self.left_out += 1;
        }
    }
}

fn wire(wire: Wire) -> &'static str {
    match wire {
        Wire::Unused => "–",
        Wire::Works => "✅",
        Wire::Maybe => "❔ depends",
        Wire::Silent => "⚠️ another meaning, no error",
        Wire::Unreadable => "❌ replies fail to decode",
        Wire::Refused => "❌ calls are refused",
    }
}

/// Returns text that Markdown shows as it is, on one line. What is in backticks stays code.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    let parts: Vec<&str> = text.split('`').collect();
    // a last backtick without a partner is text
    let last = parts.len() - 1;
    for (index, part) in parts.iter().enumerate() {
        let is_code = index % 2 == 1 && index < last;
        if is_code {
            escaped += &code(part);
            continue;
        }
        if index % 2 == 1 {
            escaped += "\\`";
        }
        for letter in part.chars() {
            match letter {
                '\n' | '\r' | '\t' => escaped.push(' '),
                letter if letter.is_control() => escaped.push('\u{fffd}'),
                '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '!' => {
                    escaped.push('\\');
                    escaped.push(letter);
                }
                // without the character behind it, these would mention people and refer to issues
                '@' | '#' => {
                    escaped.push(letter);
                    escaped.push('\u{200b}');
                }
                letter => escaped.push(letter),
            }
        }
    }
    // addresses become links even without brackets
    escaped
        .replace("://", ":\u{200b}//")
        .replace("www.", "www\u{200b}.")
}

/// Returns what a change is, with its types in backticks.
pub(crate) fn with_types(change: &Change) -> String {
    let mut types: Vec<&str> = [&change.was, &change.is]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .filter(|name| !name.is_empty() && !name.contains('`'))
        .collect();
    // a longer one can contain the other: `Option<bool>`, `bool`
    types.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let mut text = change.text.clone();
    for name in types {
        text = quoted(&text, name);
    }
    text
}

/// Puts the first occurrence of a name that is not in backticks into backticks.
fn quoted(text: &str, name: &str) -> String {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    let mut quoted = String::new();
    let mut is_done = false;
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            quoted.push('`');
        }
        let found = part.match_indices(name).find(|(at, _)| {
            let (before, rest) = part.split_at(*at);
            let after = rest.get(name.len()..).unwrap_or_default();
            let ends = before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
            !ends && !after.starts_with(is_part)
        });
        match found.filter(|_| index % 2 == 0 && !is_done) {
            Some((at, _)) => {
                let (before, rest) = part.split_at(at);
                let after = rest.get(name.len()..).unwrap_or_default();
                quoted += &format!("{before}`{name}`{after}");
                is_done = true;
            }
            None => quoted += part,
        }
    }
    quoted
}

/// Returns a code span that can be in a table.
fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|letter| match letter {
            '`' => '\'',
            letter if letter.is_control() => ' ',
            letter => letter,
        })
        .collect();
    if text.trim().is_empty() {
        return String::new();
    }
    format!("`{}`", text.replace('|', "\\|"))
}

/// Escapes a path or a revision for a URL in a table.
fn in_url(text: &str) -> String {
    let mut url = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                url.push(char::from(byte));
            }
            byte => url += &format!("%{byte:02X}"),
        }
    }
    url
}

/// Returns the part of a text that can be the title of a link.
fn in_title(text: &str) -> String {
    let is_plain = |letter: &char| letter.is_alphanumeric() || "/.-_:".contains(*letter);
    text.chars().filter(is_plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_document_is_only_text() {
        for (text, expected) in [
            ("`Pet::a|b` is gone", "`Pet::a\\|b` is gone"),
            ("@octocat and #12", "@\u{200b}octocat and #\u{200b}12"),
            ("a | b\n| c", "a \\| b \\| c"),
            ("<img src=x> [a](b)", "\\<img src=x\\> \\[a\\](b)"),
            ("one ` alone @x", "one \\` alone @\u{200b}x"),
            ("`a` ` b", "`a` \\` b"),
            ("**bold** __x__", "\\*\\*bold\\*\\* \\_\\_x\\_\\_"),
            ("https://e.example", "https:\u{200b}//e.example"),
        ] {
            assert_eq!(escaped(text), expected);
        }
        let text = "`Pet::a` is Option<bool> instead of bool";
        let once = quoted(text, "Option<bool>");
        let twice = "`Pet::a` is `Option<bool>` instead of `bool`";
        assert_eq!(quoted(&once, "bool"), twice);
        assert_eq!(quoted("a boolean", "bool"), "a boolean");
        assert_eq!(code("a`b\nc"), "`a'b c`");
        assert_eq!(in_url("a b/ü#.yaml"), "a%20b/%C3%BC%23.yaml");
    }
}
