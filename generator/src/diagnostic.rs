//! What a run has to say about a document: the one form in which every stage reports a problem.
//!
//! A stage never prints and never stops at the first finding. It adds a [`Diagnostic`] to [`Diagnostics`] and goes on.
//! Lines and columns are looked up when a diagnostic is shown, in [`render`] and [`locate`], so a clean run pays nothing for them.

pub mod code;
mod excerpt;
pub mod json;
pub mod locate;
mod place;
pub mod render;
pub mod suggest;
#[cfg(test)]
mod tests;

pub use code::Code;
pub use place::Place;

use std::fmt;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// No output can be made.
    Error,
    /// An output is made, and the reader should know what differs from the document.
    Warning,
    /// Worth knowing; nothing is wrong.
    Note,
}

impl Severity {
    /// The word that stands in a report: `error`, `warning` or `note`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The characters of a message that are kept.
const LONGEST_MESSAGE: usize = 400;

/// One finding: what is wrong, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code, a row of the table in [`code`].
    pub code: &'static Code,
    /// How much it matters; the code's own severity unless a stage chose otherwise.
    pub severity: Severity,
    /// Where it is wrong.
    pub at: Place,
    /// What is wrong, with the names that matter: ``there is no schema `Produkt` ``.
    pub message: String,
    /// What to do about it; may have several lines.
    pub help: Option<String>,
    /// Other places that belong to it, each with a short text: the first of two equal keys.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// A finding of the kind `code` at a place.
    ///
    /// A message quotes the document, where a name may have a megabyte: what is too long to be read is cut. It is one line, whatever
    /// it quotes.
    pub fn new(code: &'static Code, at: impl Into<Place>, message: impl Into<String>) -> Self {
        let mut message = message.into();
        if message.contains('\n') {
            message = message.replace('\n', "␊");
        }
        if let Some((end, _)) = message.char_indices().nth(LONGEST_MESSAGE) {
            message.truncate(end);
            message.push('…');
            message.shrink_to_fit();
        }
        Diagnostic {
            code,
            severity: code.severity,
            at: at.into(),
            message,
            help: None,
            related: Vec::new(),
        }
    }

    /// Adds what to do about it; a second call adds another line.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.help = Some(match self.help.take() {
            Some(before) => format!("{before}\n{text}"),
            None => text,
        });
        self
    }

    /// Adds another place that belongs to the finding, with a short text that is shown beside it.
    #[must_use]
    pub fn related(mut self, at: impl Into<Place>, text: impl Into<String>) -> Self {
        self.related.push((at.into(), text.into()));
        self
    }

    /// Replaces the severity of the code's table row.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// One line without an excerpt: ``error[OA0201] api.yaml#/paths: there is no …``; [`render::render`] shows it in full.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic {
            code,
            severity,
            at,
            message,
            ..
        } = self;
        write!(f, "{severity}[{code}] {at}: {message}")
    }
}

/// The findings of a run, in the order in which they were made until [`Diagnostics::sort`] is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// Findings above [`MOST_KEPT`].
    omitted: Omitted,
}

/// How many findings there are that were not kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Omitted {
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// The findings of a run that are kept; others are only counted. A hostile document can have a million.
const MOST_KEPT: usize = 50_000;

impl Diagnostics {
    /// No findings yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.list.len() < MOST_KEPT {
            self.list.push(diagnostic);
        } else {
            let Omitted {
                errors,
                warnings,
                notes,
            } = &mut self.omitted;
            *match diagnostic.severity {
                Severity::Error => errors,
                Severity::Warning => warnings,
                Severity::Note => notes,
            } += 1;
        }
    }

    /// Whether a finding is an error, so that there is no output.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        let kept = self.iter().filter(|one| one.severity == severity);
        let omitted = match severity {
            Severity::Error => self.omitted.errors,
            Severity::Warning => self.omitted.warnings,
            Severity::Note => self.omitted.notes,
        };
        kept.count() + omitted
    }

    /// How many findings were made and not kept.
    pub fn omitted(&self) -> usize {
        self.omitted.errors + self.omitted.warnings + self.omitted.notes
    }

    /// The findings in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Brings the findings into the order of file, place and code. It does not depend on the order in which stages ran, or on how
    /// often one came to the same object: equal findings are one.
    ///
    /// Places in one file are compared as pointers, since lines are not known here; what is shown to people ([`render::render`], [`json`])
    /// is in the order of the lines. What is found twice, where a schema is used in two ways, is told once.
    pub fn sort(&mut self) {
        self.list
            .sort_by(|a, b| (&a.at, a.code, &a.message).cmp(&(&b.at, b.code, &b.message)));
        self.list.dedup();
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, more: I) {
        more.into_iter().for_each(|one| self.push(one));
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(list: I) -> Self {
        let mut diagnostics = Diagnostics::new();
        diagnostics.extend(list);
        diagnostics
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
