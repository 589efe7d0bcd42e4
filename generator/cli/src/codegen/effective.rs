//! `--effective FILE`: the description as the generator sees it, with its overlays applied, for other tools.

use std::path::Path;

use oasmith::diagnostic::Diagnostics;
use oasmith::load::{load_overlaid, write};

use super::job::Job;
use super::print_diagnostics;
use crate::apply::replace_file;
use crate::exit::{Exit, Failure};
use crate::terminal::{Terminal, Tone, line, visible};

/// Writes the description of the only job.
pub fn run(jobs: Vec<Job>, file: &Path, terminal: &Terminal) -> Result<Exit, Failure> {
    let jobs: Vec<Job> = jobs.into_iter().flat_map(Job::documents).collect();
    let [job] = &jobs[..] else {
        let text = format!(
            "there are {} descriptions, and `--effective` writes one description: name it by `--spec`",
            jobs.len()
        );
        return Err(Failure::new(text));
    };
    let options = &job.options;
    let mut diagnostics = Diagnostics::new();
    let loaded = load_overlaid(
        &job.sources,
        &options.input,
        &options.overlays,
        &options.budgets,
        &mut diagnostics,
    );
    print_diagnostics(&diagnostics, &job.sources, terminal);
    let document = loaded.as_ref().and_then(|loaded| loaded.document());
    let Some(document) = document.filter(|_| !diagnostics.has_errors()) else {
        return Ok(Exit::Failure);
    };
    let extension = file.extension().unwrap_or_default();
    let text = if extension.eq_ignore_ascii_case("json") {
        write::json(document)
    } else {
        write::yaml(document)
    };
    replace_file(file, text.as_bytes())?;
    let about = format!(
        "{} with {} applied",
        file.display(),
        crate::report::counted(options.overlays.len(), "overlay")
    );
    terminal.report(&line(Tone::Good, "Wrote", &visible(&about)));
    Ok(Exit::Fresh)
}
