//! The diagnostics of actions: each points into the overlay, and has the place in the document beside it.

use std::sync::Arc;

use super::edit;
use super::merge::Misfit;
use super::missed::Missed;
use super::origins::{Applied, Origins};
use super::read::OPTIONAL;
use super::{Action, Change};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::load::MAX_FINDINGS;
use crate::load::jsonpath::{JsonPath, SyntaxError};
use crate::load::node::Node;
use crate::pointer::Pointer;

/// Reports about the actions of an overlay.
pub(in crate::load) struct Reporter<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl<'d> Reporter<'d> {
    pub(in crate::load) fn new(diagnostics: &'d mut Diagnostics) -> Self {
        Reporter { diagnostics }
    }

    /// Reports an exceeded budget.
    pub(super) fn over(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn bad_path(&mut self, at: &Pointer, text: &str, error: &SyntaxError) {
        let message = format!("invalid JSONPath: {error}");
        let mut diagnostic = Diagnostic::new(code::BAD_JSONPATH, at, message);
        if let Some(help) = quoting(text, error) {
            diagnostic = diagnostic.help(help);
        }
        self.diagnostics.push(diagnostic);
    }

    /// Reports a target, or the source of a copy, that matches nothing.
    pub(super) fn missed(
        &mut self,
        at: &Pointer,
        path: &JsonPath,
        missed: Option<Missed>,
        root: &Node,
        origins: &Origins,
    ) {
        let message = format!("`{}` matches nothing", path.as_str());
        let mut diagnostic = Diagnostic::new(code::NO_MATCH, at, message);
        if let Some(Missed { part, path, meant }) = missed {
            let help = match meant {
                Some(meant) => {
                    format!("the longest part that matches is `{part}`; did you mean `{meant}`?")
                }
                None => format!("the longest part that matches is `{part}`"),
            };
            diagnostic = diagnostic.help(help);
            if !path.is_empty() {
                let at = edit::pointer(root, &origins.whole().at, &path);
                let label = format!("`{part}` matches this");
                diagnostic = diagnostic.related(origins.origin(&at).at, label);
            }
        }
        let help = format!(
            "take the action out if the document no longer has it, or add `{OPTIONAL}: true`"
        );
        self.diagnostics.push(diagnostic.help(help));
    }

    pub(super) fn scalar_target(&mut self, at: &Pointer, described: &str, target: Pointer) {
        let message = format!(
            "the target is {described}; in version 1.0 only an object or array can be changed"
        );
        let diagnostic = Diagnostic::new(code::MISFIT, at, message)
            .help("write `overlay: 1.1.0`, or select the object around it")
            .related(target, "selected here");
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn root_removed(&mut self, at: &Pointer) {
        let message = "the whole document cannot be removed";
        let diagnostic =
            Diagnostic::new(code::MISFIT, at, message).help("select what is to be removed from it");
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn mixed(&mut self, at: &Pointer, [first, second]: [(&str, Pointer); 2]) {
        let message = format!("the target selects {} and {}", first.0, second.0);
        let mut diagnostic = Diagnostic::new(code::MISFIT, at, message).help(
            "make an action for each kind: a value is merged with objects, arrays or scalars",
        );
        for (described, target) in [first, second] {
            diagnostic = diagnostic.related(target, described);
        }
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn several_copied(&mut self, at: &Pointer, count: usize) {
        let message = format!("`copy` selects {count} values");
        let diagnostic = Diagnostic::new(code::MISFIT, at, message).help("select a single value");
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn misfits(&mut self, action: &Pointer, misfits: Vec<Misfit>) {
        for misfit in misfits.into_iter().take(MAX_FINDINGS) {
            // the value of a copy is elsewhere in the document
            let is_in_action = misfit.value.at.file() == action.file();
            let at = if is_in_action {
                misfit.value.at
            } else {
                action.child("copy")
            };
            let diagnostic = Diagnostic::new(code::MISFIT, at, misfit.message)
                .help("to put one in the place of the other, remove it by an action before")
                .related(misfit.target.at, "merged with this");
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports an action that has nothing to do.
    pub(super) fn obsolete(&mut self, at: &Pointer, message: String, target: Option<Pointer>) {
        let mut diagnostic =
            Diagnostic::new(code::OBSOLETE, at, message).help("take the action out");
        if let Some(target) = target {
            diagnostic = diagnostic.related(target, "its target");
        }
        self.diagnostics.push(diagnostic);
    }

    /// Reports that an action undoes what others did.
    pub(super) fn overlaps(
        &mut self,
        action: &Pointer,
        number: usize,
        verb: &str,
        mut others: Vec<Arc<Applied>>,
    ) {
        others.sort_by(|a, b| a.action.cmp(&b.action));
        others.dedup_by(|a, b| a.action == b.action);
        for other in others.into_iter().filter(|other| other.action != *action) {
            let which = if other.action.file() == action.file() {
                format!("action {}", other.number)
            } else {
                format!("action {} of `{}`", other.number, other.action.file())
            };
            let message = format!("action {number} {verb} what {which} wrote");
            let diagnostic = Diagnostic::new(code::OVERLAP, action.child("target"), message)
                .help("keep one of the two actions")
                .related(
                    other.action.child("target"),
                    format!("action {}", other.number),
                );
            self.diagnostics.push(diagnostic);
        }
    }
}

/// Reports the expressions of actions that do not begin as a JSONPath does, which the schema of the specification asks
/// for. Whether they are valid is for the run of the action: the specification's own examples have some that are not.
pub(super) fn bad_paths(actions: &[Option<Action>], name: &str, diagnostics: &mut Diagnostics) {
    let list = Pointer::root(name).child("actions");
    let mut reporter = Reporter::new(diagnostics);
    for (index, action) in actions.iter().enumerate() {
        let Some(action) = action else { continue };
        let copied = match &action.change {
            Change::Copy(path) => Some(("copy", path)),
            _ => None,
        };
        for (member, text) in [("target", &action.target)].into_iter().chain(copied) {
            if !text.starts_with('$')
                && let Err(error) = JsonPath::parse(text)
            {
                reporter.bad_path(&list.index(index).child(member), text, &error);
            }
        }
    }
}

/// Returns how to write a name that is no shorthand: `.x-flag` is `['x-flag']`, `.200` is `['200']`.
fn quoting(text: &str, error: &SyntaxError) -> Option<String> {
    let before: String = text.chars().take(error.column.checked_sub(1)?).collect();
    let (_, start) = before.rsplit_once('.')?;
    let rest = text.get(before.len()..)?;
    let is_of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    let end = rest
        .find(|letter| !is_of_name(letter))
        .unwrap_or(rest.len());
    let name = format!("{start}{}", rest.get(..end)?);
    let is_name = !name.is_empty() && end > 0 && name.chars().all(is_of_name);
    is_name.then(|| format!("write `['{name}']` in place of `.{name}`"))
}
