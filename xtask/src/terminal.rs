//! Where a command talks to people: reports on stdout, diagnostics and failures on stderr, colour where it is wanted.
//!
//! Every other module makes text with colours in it; they are taken out here when nobody could see them.

use std::env;
use std::io::{self, Write as _};

use anstream::{AutoStream, ColorChoice};

use crate::args::{Color, MessageFormat};
use crate::report::github;

/// The two streams of the process.
#[derive(Debug)]
pub struct Terminal {
    choice: ColorChoice,
    github: bool,
    format: MessageFormat,
}

impl Terminal {
    /// Colour as asked for; annotations when the process runs in a GitHub workflow.
    pub fn new(color: Color) -> Self {
        Terminal {
            choice: match color {
                Color::Auto => ColorChoice::Auto,
                Color::Always => ColorChoice::Always,
                Color::Never => ColorChoice::Never,
            },
            github: env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true"),
            format: MessageFormat::Human,
        }
    }

    /// The same terminal for a command that tells its findings in a format.
    pub fn with_format(&self, format: MessageFormat) -> Self {
        let Terminal { choice, github, .. } = *self;
        Terminal {
            choice,
            github,
            format,
        }
    }

    /// Whether findings are told as JSON.
    pub fn speaks_json(&self) -> bool {
        self.format == MessageFormat::Json
    }

    /// Prints findings as they are, on stdout.
    pub fn data(&self, text: &str) {
        let _ = io::stdout().write_all(text.as_bytes());
        let _ = io::stdout().flush();
    }

    /// Whether annotations are seen by somebody.
    pub fn annotates(&self) -> bool {
        self.github && !self.speaks_json()
    }

    /// Prints a report; on stderr when stdout is for JSON.
    pub fn report(&self, text: &str) {
        if self.speaks_json() {
            return self.problem(text);
        }
        let text = self.shielded(text);
        // A closed pipe (`… | head`) must not change how the command ends.
        let _ = AutoStream::new(io::stdout(), self.choice).write_all(text.as_bytes());
        let _ = io::stdout().flush();
    }

    /// Prints what is wrong.
    pub fn problem(&self, text: &str) {
        let text = self.shielded(text);
        let _ = AutoStream::new(io::stderr(), self.choice).write_all(text.as_bytes());
    }

    /// Prints annotations, in a GitHub workflow only.
    pub fn annotate(&self, annotations: &str) {
        if self.annotates() {
            let _ = io::stdout().write_all(annotations.as_bytes());
            let _ = io::stdout().flush();
        }
    }

    /// Texts of documents and of files that anybody may have edited must not be read as commands of the workflow.
    fn shielded(&self, text: &str) -> String {
        match self.github {
            true => github::shield(text),
            false => text.to_owned(),
        }
    }
}
