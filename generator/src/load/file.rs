//! Reads a single file: its bytes, their text, its tree.

use std::ops::Range;
use std::sync::Arc;

use super::MAX_FINDINGS;
use super::budgets::{Exceeded, Meter};
use super::json;
use super::node::Node;
use super::position;
use super::sources::{SourceError, Sources};
use super::text::{Syntax, Text};
use super::yaml;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::pointer::Pointer;

/// Reads and parses a file; `at` is the `$ref` that names it, or the root document itself.
pub(super) fn read(
    sources: &dyn Sources,
    name: &Arc<str>,
    at: &Place,
    meter: &mut Meter<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    if let Some(exceeded) = meter.full() {
        diagnostics.push(meter.diagnostic(exceeded, at.clone()));
        return None;
    }
    let bytes = match sources.read(name) {
        Ok(bytes) => bytes,
        Err(error) => {
            diagnostics.push(unreadable(name, at, &error));
            return None;
        }
    };
    if let Err(exceeded) = meter.file(bytes.len()) {
        let at = match exceeded {
            Exceeded::Bytes => at.clone(),
            _ => Place::bytes(name.clone(), 0..0),
        };
        diagnostics.push(meter.diagnostic(exceeded, at));
        return None;
    }
    let text = match Text::decode(name, &bytes) {
        Ok(text) => text,
        Err(offset) => {
            let at = Place::bytes(name.clone(), offset..offset + 1);
            diagnostics.push(not_utf8(&bytes, at));
            return None;
        }
    };
    match text.syntax {
        Syntax::Json => read_json(name, &text, meter, diagnostics),
        Syntax::Yaml => read_yaml(name, &text, meter, diagnostics),
    }
}

fn unreadable(name: &str, at: &Place, error: &SourceError) -> Diagnostic {
    let (code, message) = match error {
        SourceError::NotFound => (code::FILE_NOT_FOUND, format!("file `{name}` not found")),
        SourceError::OutsideRoot => {
            let message = format!("`{name}` is outside the reference root");
            (code::OUTSIDE_ROOT, message)
        }
        SourceError::Other(cause) => {
            let message = format!("cannot read `{name}`: {cause}");
            (code::UNREADABLE, message)
        }
    };
    Diagnostic::new(code, at.clone(), message)
}

fn not_utf8(bytes: &[u8], at: Place) -> Diagnostic {
    let diagnostic = Diagnostic::new(code::NOT_UTF8, at, "file is not valid UTF-8");
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            diagnostic.help("save the file as UTF-8; it looks like UTF-16")
        }
        _ => diagnostic,
    }
}

fn read_json(
    name: &Arc<str>,
    text: &Text<'_>,
    meter: &mut Meter<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    if text.text.trim().is_empty() {
        diagnostics.push(empty(name));
        return None;
    }
    match json::read(text.text, meter) {
        Ok(read) => {
            if read.has_duplicates {
                report_duplicates(name, text, diagnostics);
            }
            Some(read.node)
        }
        Err(json::Failure::Syntax(message, at)) => {
            let at = place(name, text, at..at + 1);
            diagnostics.push(Diagnostic::new(code::SYNTAX, at, message));
            None
        }
        Err(json::Failure::Exceeded(exceeded, at)) => {
            diagnostics.push(meter.diagnostic(exceeded, place(name, text, at..at + 1)));
            None
        }
    }
}

fn read_yaml(
    name: &Arc<str>,
    text: &Text<'_>,
    meter: &mut Meter<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let read = yaml::read(text.text, meter);
    if read.has_duplicates {
        report_duplicates(name, text, diagnostics);
    }
    if read.node.is_none() && read.findings.is_empty() {
        diagnostics.push(empty(name));
    }
    for finding in read.findings {
        let at = place(name, text, finding.at);
        diagnostics.push(match finding.problem {
            yaml::Problem::Exceeded(exceeded) => meter.diagnostic(exceeded, at),
            yaml::Problem::Coded {
                code,
                message,
                help,
            } => {
                let mut diagnostic = Diagnostic::new(code, at, message);
                diagnostic.help = help.map(str::to_owned);
                diagnostic
            }
        });
    }
    read.node
}

fn report_duplicates(name: &Arc<str>, text: &Text<'_>, diagnostics: &mut Diagnostics) {
    for found in position::duplicates(text, MAX_FINDINGS) {
        let at = Place::bytes(name.clone(), found.again);
        let message = format!("duplicate key `{}`", found.name);
        let first = Place::bytes(name.clone(), found.first);
        let diagnostic = Diagnostic::new(code::DUPLICATE_KEY, at, message);
        diagnostics.push(diagnostic.related(first, "first defined here"));
    }
}

fn empty(name: &Arc<str>) -> Diagnostic {
    let at = Pointer::root(name.clone());
    Diagnostic::new(code::EMPTY_FILE, at, format!("file `{name}` is empty"))
}

/// Converts a range of the text into a place in the file, which can start with a byte order mark.
fn place(name: &Arc<str>, text: &Text<'_>, range: Range<usize>) -> Place {
    Place::bytes(name.clone(), range.start + text.base..range.end + text.base)
}
