//! `--keep OVERLAY`: writes the overlay that keeps what code sees, and says what it keeps.

use std::fs;
use std::io;
use std::path::Path;

use super::input::Input;
use super::pairs::{Both, Pair};
use crate::apply::replace_file;
use crate::codegen::job;
use crate::exit::Failure;
use crate::keep::{Kept, Side, keep};
use crate::overlay_file::{append, create, extends as path_to};
use crate::report::counted;
use crate::terminal::{Terminal, Tone, line, quoted, visible};
use crate::workspace::Workspace;

/// Fails if there is more than one description, since an overlay is about one.
pub(super) fn check(pairs: &[Pair]) -> Result<(), Failure> {
    let mut targets = pairs.iter().filter_map(both);
    match (targets.next(), targets.next()) {
        (None, _) => Err(Failure::new("`--keep` needs a target on both sides")),
        (Some(_), Some(_)) => Err(Failure::new(
            "`--keep` writes one overlay, and there are several targets; choose one by `--target`",
        )),
        (Some(only), None) if !only.new.options.inputs.is_empty() => Err(Failure::new(format!(
            "`--keep` writes an overlay for one description, and `{}` has several",
            only.new.name
        ))),
        (Some(_), None) => Ok(()),
    }
}

fn both(pair: &Pair) -> Option<&Both> {
    match pair {
        Pair::Both(both) => Some(both),
        Pair::Added(_) | Pair::Removed(_) => None,
    }
}

/// Writes the overlay of the only target. A side that is invalid was reported before.
pub(super) fn write(
    file: &Path,
    pairs: &[Pair],
    workspace: Option<&Workspace>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let Some(Both { old, new, .. }) = pairs.iter().find_map(both) else {
        return Ok(());
    };
    let Ok(kept) = keep(side(old), side(new)) else {
        return Ok(());
    };
    let Kept {
        actions,
        kept,
        left,
        ..
    } = &kept;
    for change in kept {
        let about = format!("`{}` as it was: {}", change.rust, change.rule);
        terminal.report(&line(Tone::Good, "Kept", &visible(&about)));
    }
    for change in left {
        let about = format!(
            "{}; no edit around its place takes it back alone",
            change.text
        );
        terminal.report(&line(Tone::Warn, "Left", &visible(&about)));
    }
    let absolute = job::absolute(file)?;
    let shown = quoted(&job::shown(workspace, &absolute, file));
    if actions.is_empty() {
        let about = format!("{shown}: there is nothing to keep by an overlay");
        terminal.report(&line(Tone::Good, "Unchanged", &visible(&about)));
        return Ok(());
    }
    let text = match fs::read_to_string(&absolute) {
        Ok(text) => append(&text, actions)
            .map_err(|why| Failure::new(format!("could not extend {shown}: {why}")))?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let extends = new.document.as_deref();
            let extends = extends.map(|document| path_to(&absolute, document));
            create("Kept for code", actions.clone(), extends)
        }
        Err(error) => return Err(Failure::disk("read", file, &error)),
    };
    replace_file(&absolute, text.as_bytes())?;
    let about = format!("{shown}: {}", counted(actions.len(), "new action"));
    terminal.report(&line(Tone::Good, "Wrote", &visible(&about)));
    if !is_listed(new, &absolute, workspace) {
        let next = format!("apply it: `overlays: [{shown}]` in codegen.yaml");
        terminal.report(&line(Tone::Info, "Next", &visible(&next)));
    }
    Ok(())
}

fn side(input: &Input) -> Side<'_> {
    Side {
        sources: &*input.sources,
        options: &input.options,
    }
}

/// Whether the target applies this overlay already. Overlays are named from the workspace, or from a folder below it.
fn is_listed(input: &Input, absolute: &Path, workspace: Option<&Workspace>) -> bool {
    let shown = workspace.map(|workspace| workspace.show(absolute));
    let is_it = |name: &String| {
        shown
            .as_ref()
            .is_some_and(|shown| Path::new(shown).ends_with(name))
    };
    input.options.overlays.iter().any(is_it)
}
