//! The documentation of an item: paragraphs from the document and sentences of ours, as lines.

use super::{docs, notes};
use crate::ir::{Docs, TypeDef};

/// Lines of documentation with a blank one between paragraphs.
#[derive(Default)]
pub(super) struct Paragraphs(Vec<String>);

impl Paragraphs {
    /// What the document says: the short form, the long form, and facts that types do not enforce.
    pub fn of(docs: &Docs) -> Self {
        let mut all = Paragraphs::default();
        all.text(docs.summary.as_deref().unwrap_or_default());
        if docs.description != docs.summary {
            all.text(docs.description.as_deref().unwrap_or_default());
        }
        if !docs.notes.is_empty() {
            all.line(notes::sentences(&docs.notes).join(" "));
        }
        all
    }

    /// What the document says of a schema, and the schema's location. A title that only says the name again
    /// (`Minimal Repository` for `minimal-repository`) is left out.
    pub fn of_type(def: &TypeDef) -> Self {
        let mut docs = def.docs.clone();
        docs.summary = docs.summary.filter(|title| !is_same(title, &def.name.wire));
        let mut all = Self::of(&docs);
        let name = format!("Schema {}.", docs::code(&def.place));
        if !all.under_title(&name) {
            all.line(name);
        }
        all
    }

    /// The same behind what it is about: `` Query parameter `limit`: How many. ``
    pub fn headed(head: &str, docs: &Docs) -> Self {
        Paragraphs(behind(head, Self::of(docs).0))
    }

    /// Adds text of the document.
    pub fn text(&mut self, text: &str) {
        let lines = docs::lines(text);
        if !lines.is_empty() {
            self.gap();
            self.0.extend(lines);
        }
    }

    /// Adds a paragraph of ours; what it quotes of the document went through [`docs::code`].
    pub fn line(&mut self, line: impl Into<String>) {
        self.gap();
        self.0.push(line.into());
    }

    /// Adds what the document says about a part of the item, behind the part's name: `` `id`: The user. ``
    pub fn entry(&mut self, head: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.gap();
            self.0.extend(behind(head, lines.to_vec()));
        }
    }

    /// Adds what the document says about several parts of the item: a list, where one line says all of each.
    pub fn entries(&mut self, entries: Vec<(String, Vec<String>)>) {
        let is_short = |(_, lines): &(String, Vec<String>)| lines.len() <= 1;
        let told = entries.iter().filter(|(_, lines)| !lines.is_empty());
        if told.count() <= 1 || !entries.iter().all(is_short) {
            for (head, lines) in &entries {
                self.entry(head, lines);
            }
            return;
        }
        let lines = entries
            .iter()
            .flat_map(|(head, lines)| lines.iter().map(move |line| format!("- {head}: {line}")));
        let lines: Vec<String> = lines.collect();
        if !lines.is_empty() {
            self.gap();
            self.0.extend(lines);
        }
    }

    /// Adds a list of sentences of ours.
    pub fn list(&mut self, lines: Vec<String>) {
        self.gap();
        let lines = lines.into_iter().map(|line| format!("- {line}"));
        self.0.extend(lines);
    }

    /// Puts a line of ours under the first paragraph, so that lists of items show both; whether that paragraph is one
    /// line of prose.
    pub fn under_title(&mut self, line: &str) -> bool {
        let is_alone = self.0.get(1).is_none_or(String::is_empty);
        match self.0.first_mut().filter(|_| is_alone) {
            Some(first) if is_prose(first) => {
                first.push('\\');
                self.0.insert(1, line.to_owned());
                true
            }
            _ => false,
        }
    }

    /// Adds a paragraph of ours when there is nothing else.
    pub fn or(mut self, line: impl Into<String>) -> Self {
        if self.0.is_empty() {
            self.line(line);
        }
        self
    }

    /// The lines.
    pub fn lines(self) -> Vec<String> {
        self.0
    }

    fn gap(&mut self) {
        if !self.0.is_empty() {
            self.0.push(String::new());
        }
    }
}

/// Lines behind what they are about. Only prose goes on the same line: behind a head a fence would be text, and its end
/// a beginning.
fn behind(head: &str, mut lines: Vec<String>) -> Vec<String> {
    match lines.first_mut() {
        Some(first) if is_prose(first) => *first = format!("{head}: {first}"),
        first => {
            let gap = first.map(|_| String::new());
            let head = std::iter::once(format!("{head}."));
            lines.splice(0..0, head.chain(gap));
        }
    }
    lines
}

/// Whether two texts have the same letters and digits, in whatever case.
fn is_same(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let one = letters(one);
    !one.is_empty() && one == letters(other)
}

/// Whether a line of Markdown is plain text, and no list, heading, table or code.
fn is_prose(line: &str) -> bool {
    let starts = |letter: char| letter.is_alphabetic() || "`[\"'(_".contains(letter);
    line.starts_with(starts) && !line.starts_with("```")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Behind a head on its line a fence is text, and the line that ends it opens one that rustdoc runs.
    #[test]
    fn only_prose_follows_its_head() {
        let mut text = Paragraphs::default();
        text.entry("`id`", &docs::lines("The user.\nOr *me*."));
        text.entry("`q`", &docs::lines("```\ncode();\n```"));
        text.entry("`r`", &docs::lines("- one"));
        let expected = [
            "`id`: The user.",
            "Or *me*.",
            "",
            "`q`.",
            "",
            "```text",
            "code();",
            "```",
            "",
            "`r`.",
            "",
            "- one",
        ];
        assert_eq!(text.lines(), expected);
    }
}
