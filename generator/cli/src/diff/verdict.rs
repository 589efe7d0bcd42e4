//! `--fail-on`: which changes make a run fail.

use oasmith::compare::{Change, Level, Wire};

use super::arguments::FailOn;
use super::change::{Comparison, is_break};
use super::generator;
use super::input::Input;
use crate::exit::Exit;
use crate::report::counted;
use crate::terminal::{Terminal, Tone, github, line, visible};

/// Whether one of the kinds names a change.
pub(super) fn is_named(change: &Change, kinds: &[FailOn]) -> bool {
    kinds.iter().any(|kind| is_of(change, *kind))
}

fn is_of(change: &Change, kind: FailOn) -> bool {
    let (client, server) = (change.old_client, change.old_server);
    match kind {
        FailOn::Major => change.source == Level::Major,
        FailOn::Minor => change.source >= Level::Minor,
        FailOn::Any => {
            change.source > Level::Patch || is_loud(client) || is_loud(server) || change.unseen
        }
        FailOn::Field => is_break(client),
        FailOn::Silent => client == Wire::Silent || server == Wire::Silent || change.unseen,
        FailOn::Server => is_break(server),
        FailOn::Version => false,
    }
}

fn is_loud(wire: Wire) -> bool {
    wire > Wire::Works
}

/// Says which kinds are met, and returns the exit code for that.
pub(super) fn judge(comparison: &Comparison, kinds: &[FailOn], terminal: &Terminal) -> Exit {
    let mut sorted = kinds.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut met = Vec::new();
    for kind in sorted {
        if kind == FailOn::Version {
            met.extend(low_version(comparison));
            continue;
        }
        let count = comparison
            .open()
            .filter(|change| is_of(change, kind))
            .count();
        if count > 0 {
            met.push(format!("{}: {}", name(kind), counted(count, "change")));
        }
        let generator = generator::level(&comparison.generator);
        let is_met = match kind {
            FailOn::Major => generator == Level::Major,
            FailOn::Minor => generator >= Level::Minor,
            FailOn::Any => generator > Level::None,
            _ => false,
        };
        if is_met {
            met.push(format!("{}: the generator changed", name(kind)));
        }
    }
    let exit = stop(&comparison.package, &met, terminal);
    let acceptable = [FailOn::Field, FailOn::Silent, FailOn::Server];
    let is_acceptable = comparison
        .open()
        .any(|change| kinds_of(kinds, &acceptable).any(|kind| is_of(change, kind)));
    if is_acceptable {
        let help = "a change that has to be is accepted in spec/accepted.yaml: its id, a version and the reason";
        terminal.problem(&line(Tone::Info, "Help", help));
    }
    exit
}

/// Returns the kinds that are also in another list.
fn kinds_of(kinds: &[FailOn], others: &[FailOn]) -> impl Iterator<Item = FailOn> {
    let both = kinds.iter().copied();
    both.filter(|kind| others.contains(kind))
}

/// Judges a target that is gone: all of its code no longer compiles.
pub(super) fn removed(target: &Input, kinds: &[FailOn], terminal: &Terminal) -> Exit {
    let breaks = [FailOn::Major, FailOn::Minor, FailOn::Any];
    let met = kinds.iter().find(|kind| breaks.contains(kind));
    let met: Vec<String> = met
        .map(|kind| format!("{}: the target is gone", name(*kind)))
        .into_iter()
        .collect();
    stop(&target.package, &met, terminal)
}

fn low_version(comparison: &Comparison) -> Option<String> {
    let versions = comparison.versions.as_ref()?;
    if versions.is.reaches(&versions.least) {
        return None;
    }
    Some(format!(
        "version: Cargo.toml has {}, and these changes need {}",
        versions.is, versions.least
    ))
}

fn stop(package: &str, met: &[String], terminal: &Terminal) -> Exit {
    if met.is_empty() {
        return Exit::Fresh;
    }
    let about = format!("{package}: {}", met.join("; "));
    terminal.problem(&line(Tone::Bad, "Fails on", &visible(&about)));
    terminal.annotate(&github::error("diff", None, &about));
    Exit::Change
}

fn name(kind: FailOn) -> &'static str {
    match kind {
        FailOn::Major => "major",
        FailOn::Minor => "minor",
        FailOn::Any => "any",
        FailOn::Field => "field",
        FailOn::Silent => "silent",
        FailOn::Server => "server",
        FailOn::Version => "version",
    }
}
