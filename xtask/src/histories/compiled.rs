//! Neighbours that the compiler judges, too: does the crate of the newer revision break programs of the older one?
//!
//! ```text
//! 3f1c0b94aa..8d20e1b7c4   major   minor   error[E0609]: no field `vectors` on type …
//! pair                     compare compiler  its first error
//! ```
//!
//! The verdicts are added to a table as they come, a few pairs at a time, so that a run of an hour can be continued.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::ops::Range;
use std::path::Path;

use oasmith::Output;
use oasmith::compare::{Change, Level, compare};
use oasmith_cli::exit::{Exit, Failure};
use oasmith_cli::terminal::{Terminal, Tone, line};

use super::{Arguments, Seen, generated, short};
use crate::cargo;
use crate::oracle::{Package, Pair, Workspace, breaks};

/// The pairs of one workspace: their crates are compiled beside each other.
const AT_ONCE: usize = 4;

/// What was found.
#[derive(Debug, Default)]
struct Found {
    judged: usize,
    known: usize,
    /// Pairs without a verdict of the compiler, and such with another one.
    without: usize,
    other: usize,
}

/// A pair to judge, and whether `compare` says that it breaks code in a way that a compiler sees.
struct Asked {
    pair: Pair,
    is_major: bool,
    rules: BTreeSet<&'static str>,
}

/// Judges `count` neighbours and adds what is found to the table.
pub(super) fn run(
    arguments: &Arguments,
    history: &[String],
    count: usize,
    table: &Path,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let known = fs::read_to_string(table).unwrap_or_default();
    let known: BTreeSet<&str> = known
        .lines()
        .filter_map(|line| line.split('\t').next())
        .collect();
    let all = history.len() - 1;
    let count = count.clamp(1, all);
    let mut found = Found::default();
    let mut asked = Vec::new();
    for number in 0..count {
        match differing(arguments, history, part(number, count, all), asked.len())? {
            Some(next) if known.contains(next.pair.id.as_str()) => found.known += 1,
            Some(next) => asked.push(next),
            None => {}
        }
        if asked.len() == AT_ONCE || number + 1 == count {
            judge(&mut asked, table, &mut found, terminal)?;
        }
    }
    let text = format!(
        "{} pairs, {} more are in the table, {} without a verdict, {} with another one than `compare`",
        found.judged, found.known, found.without, found.other
    );
    let is_good = found.without == 0 && found.other == 0;
    let tone = if is_good { Tone::Good } else { Tone::Bad };
    terminal.report(&line(tone, "Compiled", &text));
    Ok(if is_good { Exit::Fresh } else { Exit::Failure })
}

/// Returns the pairs that one of `count` samples is taken from.
fn part(number: usize, count: usize, all: usize) -> Range<usize> {
    number * all / count..(number + 1) * all / count
}

/// Returns the first pair of a part of the history whose outputs differ; there is nothing to compile for others.
fn differing(
    arguments: &Arguments,
    history: &[String],
    part: Range<usize>,
    slot: usize,
) -> Result<Option<Asked>, Failure> {
    let mut seen = Seen::default();
    let mut read = |index: usize| generated(&history[index], arguments, &mut seen);
    let mut old = read(part.start)?;
    for index in part {
        let new = read(index + 1)?;
        if let (Some(older), Some(newer)) = (&old, &new)
            && older.files != newer.files
        {
            let id = format!("{}..{}", short(&history[index]), short(&history[index + 1]));
            let changes = compare(older, newer).list;
            let is_seen = |change: &&Change| change.source == Level::Major && !change.unseen;
            let majors: Vec<&Change> = changes.iter().filter(is_seen).collect();
            return Ok(Some(Asked {
                is_major: !majors.is_empty(),
                rules: majors.iter().map(|change| change.rule).collect(),
                pair: Pair {
                    id,
                    old: package(slot, "old", older),
                    new: package(slot, "new", newer),
                },
            }));
        }
        old = new;
    }
    Ok(None)
}

/// Returns an output as a package. Its name belongs to the place in the workspace, so that the next output there takes
/// the room of what was compiled of this one.
fn package(slot: usize, side: &str, output: &Output) -> Package {
    Package {
        name: format!("neighbour-{slot}-{side}"),
        output: output.clone(),
    }
}

/// Lets the compiler judge pairs, and adds a row for each.
fn judge(
    asked: &mut Vec<Asked>,
    table: &Path,
    found: &mut Found,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if asked.is_empty() {
        return Ok(());
    }
    let project = oasmith_cli::workspace::Workspace::require()?;
    let root = cargo::target(project.root()).join("neighbours");
    let mut workspace = Workspace::new(root, &project.root().join("Cargo.lock"))?;
    let (asked, pairs): (Vec<_>, Vec<_>) = asked
        .drain(..)
        .map(|one| ((one.is_major, one.rules), one.pair))
        .unzip();
    for pair in &pairs {
        workspace.add(&pair.old)?;
        workspace.add(&pair.new)?;
    }
    let mut rows = String::new();
    for ((pair, (is_major, rules)), verdict) in pairs
        .iter()
        .zip(&asked)
        .zip(breaks(&mut workspace, &pairs)?)
    {
        found.judged += 1;
        let word = |is_major: bool| if is_major { "major" } else { "fits" };
        let (compiler, about) = match verdict {
            Ok(error) => {
                found.other += usize::from(error.is_some() != *is_major);
                (word(error.is_some()), error.unwrap_or_default())
            }
            Err(reason) => {
                found.without += 1;
                ("-", reason)
            }
        };
        let rules: Vec<&str> = rules.iter().copied().collect();
        let (compared, rules) = (word(*is_major), rules.join(","));
        rows += &format!("{}\t{compared}\t{compiler}\t{about}\t{rules}\n", pair.id);
    }
    terminal.problem(&line(
        Tone::Info,
        "Compiled",
        &format!("{} pairs", found.judged),
    ));
    let failure = |error| Failure::disk("write", table, &error);
    let options = OpenOptions::new().create(true).append(true).open(table);
    options
        .map_err(failure)?
        .write_all(rows.as_bytes())
        .map_err(failure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_spread_over_the_history() {
        let parts: Vec<_> = (0..3).map(|number| part(number, 3, 10)).collect();
        assert_eq!(parts, [0..3, 3..6, 6..10]);
    }
}
