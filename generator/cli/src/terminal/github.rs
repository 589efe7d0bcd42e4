//! Workflow commands of GitHub Actions: annotations, with everything in them escaped, and a shield for other text.
//!
//! ```text
//! ::error file=spec/a.yaml,line=3,col=5,title=OA0102::the key `id` comes twice
//! ```

use oasmith::diagnostic::{Diagnostic, Diagnostics, Severity};
use oasmith::load::Sources;
use oasmith::report::locate::{self, Located};

use super::line::visible;
use crate::lock::Hash;

/// Returns the annotation of an error, at a file when there is one.
pub fn error(title: &str, file: Option<&str>, message: &str) -> String {
    let properties: Vec<(&str, String)> = file
        .map(|file| ("file", file.to_owned()))
        .into_iter()
        .chain([("title", title.to_owned())])
        .collect();
    command("error", &properties, message)
}

/// The kind of an annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Something that makes the run fail.
    Error,
    /// Something to look at.
    Warning,
    /// Something to know.
    Notice,
}

/// Returns an annotation at a line and column of a file; without one, at a file if there is one.
pub fn annotation(
    level: Level,
    at: Option<(&str, usize, usize)>,
    file: Option<&str>,
    title: &str,
    message: &str,
) -> String {
    let name = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    };
    let mut properties = Vec::new();
    match (at, file) {
        (Some((file, line, column)), _) => properties.extend([
            ("file", file.to_owned()),
            ("line", line.to_string()),
            ("col", column.to_string()),
        ]),
        (None, Some(file)) => properties.push(("file", file.to_owned())),
        (None, None) => {}
    }
    properties.push(("title", title.to_owned()));
    command(name, &properties, message)
}

/// Returns the annotations of a document's diagnostics, each at its line.
pub fn diagnostics(diagnostics: &Diagnostics, sources: &dyn Sources) -> String {
    let places = locate::locate_all(diagnostics, sources);
    let annotation = |(one, place): (&Diagnostic, Option<Located>)| {
        let name = match one.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut properties = vec![("file", one.place.file().to_string())];
        if let Some(place) = place {
            properties.push(("line", place.line.to_string()));
            properties.push(("col", place.column.to_string()));
        }
        properties.push(("title", one.code.to_string()));
        let message = match &one.help {
            Some(help) => format!("{}\n{help}", one.message),
            None => one.message.clone(),
        };
        command(name, &properties, &message)
    };
    diagnostics.iter().zip(places).map(annotation).collect()
}

/// Wraps text that must not be read as commands: the runner looks for `::` after any white space, and a line of a diff
/// or an excerpt may begin like that. The word that ends the shield is the hash of the text, which the text itself
/// cannot contain.
pub fn shield(text: &str) -> String {
    if !text.contains("::") && !text.contains("##[") {
        return text.to_owned();
    }
    let token = Hash::of(text.as_bytes());
    let end = if text.ends_with('\n') { "" } else { "\n" };
    format!("::stop-commands::{token}\n{text}{end}::{token}::\n")
}

fn command(name: &str, properties: &[(&str, String)], message: &str) -> String {
    let properties: Vec<String> = properties
        .iter()
        .map(|(key, value)| format!("{key}={}", property(value)))
        .collect();
    format!("::{name} {}::{}\n", properties.join(","), data(message))
}

/// Escapes the text behind the second `::`. A line end would end the command.
fn data(text: &str) -> String {
    // A carriage return is a control character that is replaced, so it never comes to `%0D`.
    visible(text).replace('%', "%25").replace('\n', "%0A")
}

/// Escapes a property's value, which also ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_could_end_a_command_is_escaped() {
        let text = error(
            "100%: a, b",
            Some("a,b:c%.rs"),
            "50% done\r\n::error::x, y: z",
        );
        let expected = "::error file=a%2Cb%3Ac%25.rs,title=100%25%3A a%2C b\
                        ::50%25 done\u{fffd}%0A::error::x, y: z\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_message_cannot_contain_commands() {
        let text = "  ::set-output name=x::y";
        let token = Hash::of(text.as_bytes());
        let shielded = shield(text);
        assert_eq!(
            shielded,
            format!("::stop-commands::{token}\n{text}\n::{token}::\n")
        );
        assert!(shield("##[command]x\n").starts_with("::stop-commands::"));
        assert_eq!(shield("nothing in it\n"), "nothing in it\n");
    }
}
