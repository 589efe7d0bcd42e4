//! The description as traffic is held against it: with its overlays, and with the one that is written.
//!
//! What the written overlay mends already is no finding, so a second run adds nothing. To bring the evidence of its
//! actions up to date, the same traffic is also held against the description without it.

use std::path::Path;

use oasmith::diagnostic::Diagnostics;
use oasmith::load::{Loaded, load_overlaid};

use crate::codegen::{Job, job, print_diagnostics};
use crate::exit::Failure;
use crate::terminal::Terminal;

/// A description in its two states.
pub(super) struct Documents {
    /// With all overlays.
    pub(super) whole: Loaded,
    /// Without the one that is written; `None` if there is none yet, or if later ones need it.
    pub(super) before: Option<Loaded>,
    /// The name of the one that is written, if it is there.
    pub(super) own: Option<String>,
    /// Whether the written overlay is one of the target's own.
    pub(super) is_listed: bool,
}

/// Reads the description of a job; `None` if it is invalid, after printing its diagnostics.
pub(super) fn read(
    job: &mut Job,
    written: Option<&Path>,
    terminal: &Terminal,
) -> Result<Option<Documents>, Failure> {
    let mut overlays = job.options.overlays.clone();
    let mut own = None;
    let mut is_listed = false;
    if let Some(path) = written {
        let absolute = job::absolute(path)?;
        if absolute.is_file() {
            let name = job.sources.admit(&absolute)?;
            is_listed = overlays.contains(&name);
            if !is_listed {
                overlays.push(name.clone());
            }
            own = Some(name);
        }
    }
    let mut diagnostics = Diagnostics::new();
    let whole = load(job, &overlays, &mut diagnostics);
    let Some(whole) = whole.filter(|_| !diagnostics.has_errors()) else {
        print_diagnostics(&diagnostics, &job.sources, terminal);
        return Ok(None);
    };
    let before = own.as_ref().and_then(|own| {
        let others: Vec<String> = overlays.into_iter().filter(|name| name != own).collect();
        let mut diagnostics = Diagnostics::new();
        load(job, &others, &mut diagnostics).filter(|_| !diagnostics.has_errors())
    });
    Ok(Some(Documents {
        whole,
        before,
        own,
        is_listed,
    }))
}

fn load(job: &Job, overlays: &[String], diagnostics: &mut Diagnostics) -> Option<Loaded> {
    let options = &job.options;
    load_overlaid(
        &job.sources,
        &options.input,
        overlays,
        &options.budgets,
        diagnostics,
    )
}
