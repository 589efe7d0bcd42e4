//! Generates from a newer description without writing anything, and tells apart what is wrong with the description, with
//! overlays, and with choices.

use oasmith::diagnostic::{Diagnostic, Diagnostics, code};
use oasmith::load::overlay::Overlay;
use oasmith::load::{Sources, load_one};
use oasmith::options::{Options, Selection};
use oasmith::{Output, generate};

use super::sources::Incoming;
use crate::codegen::Job;
use crate::exit::Failure;

/// What a run with a newer description gives.
pub(super) struct Trial {
    /// The diagnostics about actions of overlays.
    pub(super) findings: Vec<Diagnostic>,
    /// The diagnostics about choices that name what is gone.
    pub(super) choices: Vec<Diagnostic>,
    /// What would be generated, without the actions and choices that no longer fit.
    pub(super) output: Option<Output>,
}

/// The result of a trial.
pub(super) enum Outcome {
    Tried(Box<Trial>),
    /// The description itself is broken.
    Broken(Diagnostics),
}

/// Returns what the description on disk generates; `None` if it is invalid.
pub(super) fn current(job: &Job) -> Option<Output> {
    generate(&job.sources, &job.options).ok()
}

/// Generates from the newer description.
pub(super) fn run(job: &Job, incoming: &Incoming<'_>) -> Result<Outcome, Failure> {
    let (found, output) = outcome(incoming, &job.options);
    let (findings, rest): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|one| is_of_overlay(one, job));
    let (choices, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_of_choices);
    if rest.iter().any(is_error) {
        return Ok(Outcome::Broken(rest.into_iter().collect()));
    }
    if let Some(invalid) = findings.iter().find(|one| is_invalid(one)) {
        return Err(Failure::new(format!(
            "an overlay is invalid, whatever it is applied to: {invalid}"
        )));
    }
    let output = match output {
        Some(output) => Some(output),
        None => {
            // the actions and choices that no longer fit are left out, to see what the others give
            let sources = without(job, incoming, &findings);
            let options = fitting(&job.options, &choices);
            let (found, output) = outcome(&sources, &options);
            let broken = found.iter().filter(|one| is_error(one));
            let broken: Vec<_> = broken.filter(|one| !is_of_choices(one)).cloned().collect();
            if !broken.is_empty() {
                return Ok(Outcome::Broken(broken.into_iter().collect()));
            }
            output
        }
    };
    Ok(Outcome::Tried(Box::new(Trial {
        findings,
        choices,
        output,
    })))
}

fn outcome(sources: &dyn Sources, options: &Options) -> (Diagnostics, Option<Output>) {
    match generate(sources, options) {
        Ok(output) => (output.diagnostics.clone(), Some(output)),
        Err(diagnostics) => (diagnostics, None),
    }
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == oasmith::diagnostic::Severity::Error
}

/// Whether a diagnostic is about an action, and not about a value that the action wrote.
fn is_of_overlay(diagnostic: &Diagnostic, job: &Job) -> bool {
    let codes = [
        code::INVALID_OVERLAY,
        code::OVERLAY_VERSION,
        code::BAD_JSONPATH,
        code::NO_MATCH,
        code::MISFIT,
        code::OBSOLETE,
        code::OVERLAP,
        code::OTHER_DOCUMENT,
    ];
    let file: &str = diagnostic.place.file();
    codes.contains(&diagnostic.code) && job.options.overlays.iter().any(|name| name == file)
}

/// Whether an overlay could not be used with any description.
fn is_invalid(diagnostic: &Diagnostic) -> bool {
    let codes = [
        code::INVALID_OVERLAY,
        code::OVERLAY_VERSION,
        code::BAD_JSONPATH,
    ];
    is_error(diagnostic) && codes.contains(&diagnostic.code)
}

fn is_of_choices(diagnostic: &Diagnostic) -> bool {
    [code::CONFIG_NO_EFFECT, code::CONFIG_BATCH_MISFIT].contains(&diagnostic.code)
}

/// Returns the index of the action that a diagnostic is about.
pub(super) fn action_of(diagnostic: &Diagnostic) -> Option<usize> {
    let mut tokens = diagnostic.place.pointer()?.tokens();
    tokens.next().filter(|token| token == "actions")?;
    tokens.next()?.parse().ok()
}

/// Returns the sources with overlays that lack the actions with errors.
fn without<'d>(job: &Job, incoming: &Incoming<'d>, findings: &[Diagnostic]) -> Incoming<'d> {
    let mut sources = incoming.clone();
    for name in &job.options.overlays {
        let failed: Vec<usize> = findings
            .iter()
            .filter(|one| is_error(one) && **one.place.file() == **name)
            .filter_map(action_of)
            .collect();
        if let Some(mut overlay) = overlay(job, incoming, name).filter(|_| !failed.is_empty()) {
            let mut index = 0;
            overlay.actions.retain(|_| {
                index += 1;
                !failed.contains(&(index - 1))
            });
            sources = sources.with(name, overlay.to_yaml());
        }
    }
    sources
}

/// Reads an overlay of a target.
pub(super) fn overlay(job: &Job, sources: &dyn Sources, name: &str) -> Option<Overlay> {
    let mut ignored = Diagnostics::new();
    let node = load_one(sources, name, &job.options.budgets, &mut ignored)?;
    Overlay::read(&node, name, &mut ignored)
}

/// Returns the options without choices that are errors.
fn fitting(options: &Options, choices: &[Diagnostic]) -> Options {
    let mut options = options.clone();
    let Some(target) = options.written_at.clone() else {
        return options;
    };
    let above = target.tokens().count();
    for one in choices.iter().filter(|one| is_error(one)) {
        let tokens = one
            .place
            .pointer()
            .map(|at| at.tokens().skip(above).collect());
        let tokens: Vec<String> = tokens.unwrap_or_default();
        match tokens.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["batches", name, ..] => {
                options.batches.remove(name);
            }
            ["operations", ..] => options.operations = Selection::All,
            _ => {}
        }
    }
    options
}
