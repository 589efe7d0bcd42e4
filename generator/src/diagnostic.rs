//! Diagnostics as values: what is wrong with a document or a `codegen.yaml`, where, and what to do about it.
//!
//! Stages never print and never stop at the first problem: they add a [`Diagnostic`] to [`Diagnostics`] and continue.
//! How a diagnostic is shown, and the line and column of its place, is the business of [`report`](crate::report).

pub mod code;
mod place;
pub mod suggest;
#[cfg(test)]
mod tests;

pub use code::Code;
pub(crate) use place::Extent;
pub use place::Place;

use std::fmt;

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// No output is generated.
    Error,
    /// The output is generated and differs from the document in a way that users should know.
    Warning,
    /// Information; nothing is wrong.
    Note,
}

impl Severity {
    /// Returns the severity as it is shown: `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The number of characters after which a message is truncated.
const MAX_MESSAGE_CHARS: usize = 400;

/// A problem in a document: what is wrong, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code, a row of the table in [`code`].
    pub code: &'static Code,
    /// The severity: that of the code, unless the stage overrides it.
    pub severity: Severity,
    /// The place of the problem.
    pub place: Place,
    /// What is wrong, with the names involved: ``unknown type `strng` ``.
    pub message: String,
    /// What to do about it; can have several lines.
    pub help: Option<String>,
    /// Related places, each with a label: the first of two equal keys, `first defined here`.
    pub related: Vec<(Place, String)>,
    /// Of an error that leaves a hole in the document, such as a `$ref` to nothing: what `lenient: true` puts there.
    pub bridge: Option<&'static str>,
    /// What an overlay would do about it, where that can be told.
    pub mend: Option<Mend>,
}

/// An action of an overlay that mends a document which somebody else publishes: it merges a value into an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The JSONPath of the object: `$.paths['/pets'].get`.
    pub target: String,
    /// The value, as YAML on one line: `{ operationId: "listPets" }`.
    pub update: String,
}

impl Mend {
    /// Creates the action that gives a member of an object a string.
    pub(crate) fn string(target: String, name: &str, value: &str) -> Self {
        Mend::member(target, name, &quoted(value))
    }

    /// Creates the action that gives a member of an object a value, as YAML on one line.
    pub(crate) fn member(target: String, name: &str, value: &str) -> Self {
        Mend {
            target,
            update: format!("{{ {name}: {value} }}"),
        }
    }
}

/// Formats the action as an element of the list of actions, on one line.
impl fmt::Display for Mend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Mend { target, update } = self;
        let target = quoted(target);
        write!(f, "- {{ target: {target}, update: {update} }}")
    }
}

/// Quotes a string as JSON and YAML both read it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl Diagnostic {
    /// Creates a diagnostic with the severity of its code.
    ///
    /// Messages quote the document, where a name can be a megabyte long and have line breaks: a message is truncated
    /// after 400 characters, and is always one line.
    pub fn new(code: &'static Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        let mut message = message.into();
        if message.contains('\n') {
            message = message.replace('\n', "␊");
        }
        if let Some((end, _)) = message.char_indices().nth(MAX_MESSAGE_CHARS) {
            message.truncate(end);
            message.push('…');
            message.shrink_to_fit();
        }
        Diagnostic {
            code,
            severity: code.severity,
            place: place.into(),
            message,
            help: None,
            related: Vec::new(),
            bridge: None,
            mend: None,
        }
    }

    /// Adds help text; a second call adds another line.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.help = Some(match self.help.take() {
            Some(before) => format!("{before}\n{text}"),
            None => text,
        });
        self
    }

    /// Adds a related place with the label that is shown beside it.
    #[must_use]
    pub fn related(mut self, place: impl Into<Place>, label: impl Into<String>) -> Self {
        self.related.push((place.into(), label.into()));
        self
    }

    /// Says what `lenient: true` puts in the place of what is missing: `any JSON is accepted in its place`.
    #[must_use]
    pub fn bridge(mut self, with: &'static str) -> Self {
        self.bridge = Some(with);
        self
    }

    /// Says what an overlay would do about an error, if that can be told.
    #[must_use]
    pub(crate) fn mend(mut self, mend: Option<Mend>) -> Self {
        self.mend = mend;
        self
    }

    /// Whether it is an error that `lenient: true` makes a warning.
    fn is_bridgeable(&self) -> bool {
        self.severity == Severity::Error && self.bridge.is_some()
    }

    /// Overrides the severity of the code.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// Formats a single line without an excerpt: `error[OA0203] api.yaml#/info: missing …`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic {
            code,
            severity,
            place,
            message,
            ..
        } = self;
        write!(f, "{severity}[{code}] {place}: {message}")
    }
}

/// The diagnostics of a run, in the order in which they were added until [`Diagnostics::sort`] is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// The diagnostics beyond [`MAX_KEPT`].
    omitted: Omitted,
}

/// The numbers of diagnostics that were counted only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Omitted {
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// The maximum number of stored diagnostics; further ones are only counted. A hostile document can cause a million.
const MAX_STORED: usize = 50_000;

impl Diagnostics {
    /// Creates an empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.list.len() < MAX_STORED {
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

    /// Returns whether there is an error, so that no output is generated.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Returns the number of diagnostics of a severity, including omitted ones.
    pub fn count(&self, severity: Severity) -> usize {
        let omitted = match severity {
            Severity::Error => self.omitted.errors,
            Severity::Warning => self.omitted.warnings,
            Severity::Note => self.omitted.notes,
        };
        let is_counted = |one: &&Diagnostic| one.severity == severity;
        self.iter().filter(is_counted).count() + omitted
    }

    /// Returns the number of errors that `lenient: true` makes warnings.
    pub fn bridgeable(&self) -> usize {
        self.iter().filter(|one| one.is_bridgeable()).count()
    }

    /// Makes warnings of the errors that have a bridge; their messages say what is in place of what is missing.
    pub(crate) fn bridge(&mut self) {
        for one in &mut self.list {
            if let (true, Some(with)) = (one.is_bridgeable(), one.bridge) {
                one.severity = Severity::Warning;
                one.message.push_str("; ");
                one.message.push_str(with);
            }
        }
    }

    /// Gives a file another name in all places: that by which its reader knows it.
    pub fn rename_file(&mut self, from: &str, to: &str) {
        self.for_each(|one| {
            one.place.rename_file(from, to);
            for (place, _) in &mut one.related {
                place.rename_file(from, to);
            }
        });
    }

    /// Changes each diagnostic.
    pub(crate) fn for_each(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.list.iter_mut().for_each(change);
    }

    /// Returns the number of omitted diagnostics.
    pub fn omitted(&self) -> usize {
        self.omitted.errors + self.omitted.warnings + self.omitted.notes
    }

    /// Iterates over the diagnostics in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Returns the number of stored diagnostics.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Sorts by file, place and code, and removes duplicates, so that the order does not depend on the order in which
    /// stages ran or on how often one visited an object.
    ///
    /// Places in one file are compared as pointers, since lines are not known here. Reports are in the order of lines.
    pub fn sort(&mut self) {
        self.list
            .sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
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
