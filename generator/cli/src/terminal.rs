//! Where a command prints: reports on stdout, diagnostics and failures on stderr, colors where they are wanted.
//!
//! Every other module makes text with colors in it; they are removed here when nobody could see them.

pub mod cargo;
pub mod github;
mod line;

use std::env;
use std::io::{self, Write as _};

use anstream::{AutoStream, ColorChoice};

pub use line::{Tone, line, quoted, seconds, visible};

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum MessageFormat {
    /// Text with excerpts of the documents.
    #[default]
    Human,
    /// One JSON object per line.
    Json,
    /// Warnings and errors of cargo, for build scripts.
    #[value(skip)]
    Cargo,
}

/// When to use colors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The two output streams of the process.
#[derive(Debug, Clone)]
pub struct Terminal {
    colors: ColorChoice,
    is_workflow: bool,
    format: MessageFormat,
}

impl Terminal {
    /// Creates a terminal with colors as chosen, and with annotations when the process runs in a GitHub workflow.
    pub fn new(color: Color) -> Self {
        Terminal {
            colors: match color {
                Color::Auto => ColorChoice::Auto,
                Color::Always => ColorChoice::Always,
                Color::Never => ColorChoice::Never,
            },
            is_workflow: env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true"),
            format: MessageFormat::Human,
        }
    }

    /// Returns the same terminal with another format for diagnostics.
    pub fn with_format(&self, format: MessageFormat) -> Self {
        Terminal {
            format,
            ..self.clone()
        }
    }

    /// Whether diagnostics are printed as JSON.
    pub fn is_json(&self) -> bool {
        self.format == MessageFormat::Json
    }

    /// Whether diagnostics are printed for cargo.
    pub fn is_cargo(&self) -> bool {
        self.format == MessageFormat::Cargo
    }

    /// Whether annotations are printed.
    pub fn has_annotations(&self) -> bool {
        self.is_workflow && self.format == MessageFormat::Human
    }

    /// Prints data on stdout, unchanged.
    pub fn data(&self, text: &str) {
        // A closed pipe (`… | head`) must not change how the command ends.
        let _ = io::stdout().write_all(text.as_bytes());
        let _ = io::stdout().flush();
    }

    /// Prints a report on stdout; on stderr when stdout is for JSON.
    pub fn report(&self, text: &str) {
        if self.is_json() {
            return self.problem(text);
        }
        let shielded = self.shielded(text);
        let _ = AutoStream::new(io::stdout(), self.colors).write_all(shielded.as_bytes());
        let _ = io::stdout().flush();
    }

    /// Prints what is wrong on stderr.
    pub fn problem(&self, text: &str) {
        let shielded = self.shielded(text);
        let _ = AutoStream::new(io::stderr(), self.colors).write_all(shielded.as_bytes());
    }

    /// Prints annotations, in a GitHub workflow only.
    pub fn annotate(&self, annotations: &str) {
        if self.has_annotations() {
            self.data(annotations);
        }
    }

    /// Returns the text such that the runner of a workflow finds no commands in it: it can come from a document, or
    /// from a file that anybody may have edited.
    fn shielded(&self, text: &str) -> String {
        if self.is_workflow {
            github::shield(text)
        } else {
            text.to_owned()
        }
    }
}
