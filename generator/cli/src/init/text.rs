//! The text of a new `codegen.yaml`: choices that the description suggests, and as comments those that only people can
//! make. A choice that is not made has no blank behind its `#`, so that an editor's toggle makes it.

use std::path::Path;

use oasmith::load::{Node, write};

use super::facts::Facts;
use crate::report::counted;
use crate::terminal::visible;

/// How many examples a list has at most.
const MOST: usize = 8;

/// The target of the file.
#[derive(Debug)]
pub(super) struct Target {
    /// Its name, and that of its package.
    pub(super) name: String,
    /// The description, from the root.
    pub(super) input: String,
    /// The folder of the crate, from the root.
    pub(super) output: String,
}

/// Returns a package name for a description: that of its file, unless every file is called so, else that of the API.
pub(super) fn package(document: &Path, title: Option<&str>) -> String {
    const COMMON: [&str; 9] = [
        "api", "apis", "api-docs", "openapi", "schema", "spec", "swagger", "index", "v1",
    ];
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    let stem = kebab(&stem);
    let title = title.map(kebab).filter(|name| !name.is_empty());
    let name = match title {
        Some(title) if stem.is_empty() || COMMON.contains(&stem.as_str()) => title,
        _ => stem,
    };
    match name.as_str() {
        "" => "client".to_owned(),
        name if name.starts_with(|first: char| first.is_ascii_digit()) => format!("api-{name}"),
        // a word alone can be a keyword of Rust
        name if is_keyword(name) => format!("{name}-client"),
        name => name.to_owned(),
    }
}

/// Whether a name is a keyword: what the reader of `codegen.yaml` does not take.
fn is_keyword(name: &str) -> bool {
    let file = format!(
        "version: 1\ntargets: [{{ name: {name}, input: a, output: a, package: '{name}' }}]\n"
    );
    super::check(&file).is_err()
}

/// Returns the words of a text in lower case with `-` between them: `Pet Store API` is `pet-store-api`.
fn kebab(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
        _ => ' ',
    });
    let spaced: String = letters.collect();
    spaced.split_whitespace().collect::<Vec<_>>().join("-")
}

/// Returns the file.
pub(super) fn codegen_yaml(target: &Target, facts: &Facts, schema: &str) -> String {
    let Target {
        name,
        input,
        output,
    } = target;
    let mut file = File(format!("# yaml-language-server: $schema={schema}\n"));
    let about = match &facts.title {
        Some(title) => format!(
            "Choices for a client of {}, version {}.",
            short(title),
            short(&facts.version)
        ),
        None => "Choices for a client.".to_owned(),
    };
    file.0 += &format!("# {about}\n");
    file.0 += "# A line with `#` and no blank behind it is a choice that is not made: remove the `#` to make it.\n";
    file.0 += "version: 1\ntargets:\n";
    file.0 += &format!("  - name: {}\n", scalar(name));
    file.line("input: ", input);
    file.line("output: ", output);
    file.line("package: ", name);
    description(facts, &mut file);
    names(facts, &mut file);
    errors(facts, &mut file);
    idempotency(facts, &mut file);
    rate_limit(facts, &mut file);
    file.0
}

/// The text, line by line below a target.
struct File(String);

impl File {
    /// Adds lines of prose behind an empty line.
    fn prose(&mut self, lines: &[&str]) {
        self.0 += "\n";
        for line in lines {
            self.0 += &format!("    # {line}\n");
        }
    }

    /// Adds a choice: a key and a string.
    fn line(&mut self, key: &str, value: &str) {
        self.0 += &format!("    {key}{}\n", scalar(value));
    }

    fn made(&mut self, line: &str) {
        self.0 += &format!("    {line}\n");
    }

    /// Adds a choice that is not made.
    fn open(&mut self, line: &str) {
        let indent = line.len() - line.trim_start().len();
        let (blanks, rest) = line.split_at(indent);
        self.0 += &format!("    {blanks}#{rest}\n");
    }

    /// Adds entries that are not made, and says how many there are more.
    fn entries(&mut self, entries: impl ExactSizeIterator<Item = String>) {
        let more = entries.len().saturating_sub(MOST);
        for entry in entries.take(MOST) {
            self.open(&format!("  {entry}"));
        }
        if more > 0 {
            self.0 += &format!("    # … and {more} more\n");
        }
    }
}

fn description(facts: &Facts, file: &mut File) {
    if facts.errors > 0 {
        let errors = counted(facts.errors, "error");
        if facts.is_bridged {
            let text = format!(
                "The description has {errors}. With this line they are warnings, and any JSON is read"
            );
            file.prose(&[
                &text,
                "where the description has a hole. An overlay can correct it instead.",
            ]);
            file.open("lenient: true");
        } else {
            let text = format!(
                "The description has {errors}; their help says what to write here or in an overlay."
            );
            file.prose(&[&text]);
        }
        if facts.title.is_none() {
            return;
        }
    }
    match &facts.base_url {
        Some(url) => {
            let text = format!("Requests go to {}, unless the client is given another base URL.", short(url));
            file.prose(&[&text]);
        }
        None => file.prose(&[
            "The description names no server that can be called, so users give the client a base URL. An overlay",
            "can name one: `- { target: $, update: { servers: [{ url: 'https://…' }] } }`.",
        ]),
    }
}

fn names(facts: &Facts, file: &mut File) {
    if facts.operations.is_empty() && facts.types.is_empty() {
        return;
    }
    file.prose(&[
        "Names that the generator chose, as they are: a line keeps one whatever the description becomes, or gives a",
        "better one.",
    ]);
    file.open("rename:");
    for (kind, names) in [("operations", &facts.operations), ("types", &facts.types)] {
        if !names.is_empty() {
            file.open(&format!("  {kind}:"));
            let entries = names.iter();
            file.entries(entries.map(|(key, name)| format!("  {}: {name}", scalar(key))));
        }
    }
}

fn errors(facts: &Facts, file: &mut File) {
    let has_ids = !facts.correlation_members.is_empty() || !facts.correlation_headers.is_empty();
    if facts.messages.is_empty() && !has_ids {
        file.prose(&[
            "Where error responses have a message, and the id that support asks for. The description does not say.",
        ]);
        file.open("errors:");
        file.open("  message: [error.message]");
        file.open("  correlation_id: [{ header: x-request-id }]");
        return;
    }
    file.prose(&["Where error responses have a message, and the id that support asks for; the first with a value counts."]);
    file.made("errors:");
    let path = |path: &String| format!("      - {}", scalar(path));
    if !facts.messages.is_empty() {
        file.made("  message:");
        facts
            .messages
            .iter()
            .for_each(|one| file.made(&path(one)[2..]));
    }
    if has_ids {
        file.made("  correlation_id:");
        facts
            .correlation_members
            .iter()
            .for_each(|one| file.made(&path(one)[2..]));
        for name in &facts.correlation_headers {
            file.made(&format!("    - header: {}", scalar(name)));
        }
    }
}

fn idempotency(facts: &Facts, file: &mut File) {
    if !facts.keyed.is_empty() {
        file.prose(&["These require an idempotency key, which a repeated call has, too, so they are sent again after failures."]);
        file.made("idempotent:");
        for key in &facts.keyed {
            file.made(&format!("  {}: always", scalar(key)));
        }
    }
    if facts.repeatable.is_empty() {
        return;
    }
    file.prose(&[
        "Calls of POST and PATCH are sent again only if the server cannot have acted. Which of them do no harm if they",
        "are done twice? `always`, or `{ when_present: 'inputs[].id' }` for a member of the body.",
    ]);
    if facts.keyed.is_empty() {
        file.open("idempotent:");
    }
    let entries = facts.repeatable.iter();
    file.entries(entries.map(|key| format!("{}: never", scalar(key))));
}

fn rate_limit(facts: &Facts, file: &mut File) {
    let (limit, remaining) = &facts.rate_limit;
    if limit.is_none() && remaining.is_none() {
        return;
    }
    file.prose(&[
        "Headers with the rate limit. Is there one with the length of the period, or is it known?",
    ]);
    file.made("rate_limit:");
    for (key, name) in [("limit", limit), ("remaining", remaining)] {
        if let Some(name) = name {
            file.made(&format!("  {key}: {}", scalar(name)));
        }
    }
    file.open("  period_seconds: x-ratelimit-period");
}

/// Returns a string as YAML on one line.
fn scalar(text: &str) -> String {
    let written = write::yaml(&Node::from(text));
    match written.trim_end_matches('\n') {
        line if line.contains('\n') => serde_json::Value::from(text).to_string(),
        line => line.to_owned(),
    }
}

/// Returns a text of the description for a comment: on one line, and not long.
fn short(text: &str) -> String {
    const LENGTH: usize = 60;
    let text = visible(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
