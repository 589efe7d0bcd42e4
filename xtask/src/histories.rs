//! `cargo xtask histories`: compares all neighbouring revisions of one file of a repository, as years of real edits.
//!
//! Held for each revision: nothing panics, and a document compared with itself has no change. Held for each pair of
//! neighbours: every difference of the public items is explained by a change of the document, and the changes back say
//! the same with the sides exchanged. What is counted: how many
//! pairs say nothing to users, and which rules apply how often.

mod compiled;
mod instances;
mod revisions;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use oasmith::Output;
use oasmith::compare::{Change, Level, Wire, compare};
use oasmith::load::MapSources;
use oasmith::options::Options;
use oasmith_cli::exit::{Exit, Failure};
use oasmith_cli::terminal::{Terminal, Tone, line, seconds, visible};

use crate::corpus::fault;

/// A file with a history.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 everything holds, 1 something does not, 2 wrong usage.")]
pub struct Arguments {
    /// The repository: a work tree, or a git directory such as a bare clone
    #[arg(value_name = "REPO")]
    pub repository: PathBuf,

    /// The description, as a path in the repository
    #[arg(value_name = "PATH")]
    pub path: String,

    /// Compare this many pairs, evenly spread, in place of all
    #[arg(long, value_name = "N")]
    pub sample: Option<usize>,

    /// Let the compiler judge this many pairs, evenly spread over those whose outputs differ, and compare its verdict
    #[arg(long, value_name = "N", conflicts_with = "sample", requires = "tsv")]
    pub oracle: Option<usize>,

    /// The table that the verdicts are added to; pairs in it are not compiled again
    #[arg(long, value_name = "FILE", requires = "oracle")]
    pub tsv: Option<PathBuf>,

    #[command(flatten)]
    instances: instances::Instances,
}

/// The pairs of each kind that are named.
const NAMED: usize = 10;

/// What was seen of a history.
#[derive(Debug, Default)]
struct Seen {
    pairs: usize,
    /// Pairs of which a side does not generate.
    not_generated: usize,
    /// Pairs without a change that somebody notices.
    quiet: usize,
    /// Pairs by the strongest change for code.
    levels: BTreeMap<Level, usize>,
    /// Pairs that break programs in the field, and such that no error tells.
    breaks_field: usize,
    silent: usize,
    rules: BTreeMap<&'static str, usize>,
    /// What does not hold: a pair, and what.
    faults: Vec<String>,
    slowest: Duration,
}

/// Runs the command.
pub fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Exit, Failure> {
    let history = revisions::of(&arguments.repository, &arguments.path)?;
    let all = history.len().saturating_sub(1);
    if all == 0 {
        let about = format!("`{}` has fewer than two revisions", arguments.path);
        return Err(Failure::new(about));
    }
    if let (Some(count), Some(table)) = (arguments.oracle, &arguments.tsv) {
        return compiled::run(arguments, &history, count, table, terminal);
    }
    if let Some(paths) = arguments.instances.paths() {
        return instances::run(arguments, &history, paths, terminal);
    }
    let count = arguments.sample.unwrap_or(all).clamp(1, all);
    let mut seen = Seen::default();
    let mut last: Option<(usize, Option<Output>)> = None;
    let clock = Instant::now();
    for number in 0..count {
        let index = number * all / count;
        let old = match last.take() {
            Some((at, output)) if at == index => output,
            _ => generated(&history[index], arguments, &mut seen)?,
        };
        let new = generated(&history[index + 1], arguments, &mut seen)?;
        let pair = format!("{}..{}", short(&history[index]), short(&history[index + 1]));
        seen.add(old.as_ref(), new.as_ref(), &pair);
        last = Some((index + 1, new));
    }
    terminal.report(&seen.text(history.len(), clock.elapsed()));
    Ok(if seen.faults.is_empty() {
        Exit::Fresh
    } else {
        Exit::Failure
    })
}

fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

/// Generates from a revision; `None` if it is no valid description.
fn generated(id: &str, arguments: &Arguments, seen: &mut Seen) -> Result<Option<Output>, Failure> {
    let Some(bytes) = revisions::read(&arguments.repository, id, &arguments.path)? else {
        return Ok(None);
    };
    let name = arguments.path.rsplit('/').next().unwrap_or("api.yaml");
    Ok(from_bytes(bytes, name, short(id), seen))
}

/// Generates from the text of a description; `None` if it is no valid one. A panic is a fault of what `about` names.
fn from_bytes(bytes: Vec<u8>, name: &str, about: &str, seen: &mut Seen) -> Option<Output> {
    let sources = MapSources::new().with(name, bytes);
    let mut options = Options::new(name, "history");
    // a hole in a description of years ago is no reason to skip it
    options.lenient = true;
    let run = || oasmith::generate(&sources, &options);
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(outcome) => outcome.ok(),
        Err(_) => {
            seen.faults.push(format!("{about}: the generator panics"));
            None
        }
    }
}

impl Seen {
    fn add(&mut self, old: Option<&Output>, new: Option<&Output>, pair: &str) {
        self.pairs += 1;
        let (Some(old), Some(new)) = (old, new) else {
            self.not_generated += 1;
            return;
        };
        let clock = Instant::now();
        let compared = catch_unwind(AssertUnwindSafe(|| compare(old, new)));
        self.slowest = self.slowest.max(clock.elapsed());
        let Ok(changes) = compared else {
            self.faults.push(format!("{pair}: the comparison panics"));
            return;
        };
        let itself = compare(new, &new.clone());
        if !itself.list.is_empty() || itself.texts > 0 {
            self.faults.push(format!(
                "{pair}: the newer side differs from itself: {}",
                itself
                    .list
                    .first()
                    .map_or("texts", |change| change.text.as_str())
            ));
        }
        for change in &changes.list {
            *self.rules.entry(change.rule).or_default() += 1;
        }
        let fault = fault([old, new], &changes, &compare(new, old));
        self.faults
            .extend(fault.map(|why| format!("{pair}: {why}")));
        *self.levels.entry(changes.level()).or_default() += 1;
        let list = &changes.list;
        self.quiet += usize::from(!list.iter().any(is_noticed));
        self.breaks_field += usize::from(list.iter().any(breaks));
        self.silent += usize::from(list.iter().any(|change| change.old_client == Wire::Silent));
    }

    fn text(&self, revisions: usize, took: Duration) -> String {
        let good = |word: &str, about: &str| line(Tone::Good, word, &visible(about));
        let compared = self.pairs - self.not_generated;
        let share = |count: usize| format!("{count} ({} %)", 100 * count / compared.max(1));
        let mut text = good(
            "Compared",
            &format!(
                "{compared} pairs of {revisions} revisions in {}, the slowest in {:.0} ms; {} do not generate",
                seconds(took),
                self.slowest.as_secs_f64() * 1000.0,
                self.not_generated
            ),
        );
        text += &good("Quiet", &share(self.quiet));
        let levels = self.levels.iter().rev();
        let levels: Vec<String> = levels
            .map(|(level, count)| format!("{level:?} {}", share(*count)))
            .collect();
        text += &good("For code", &levels.join(", ").to_lowercase());
        text += &good(
            "In the field",
            &format!(
                "{} fail, {} without an error",
                share(self.breaks_field),
                share(self.silent)
            ),
        );
        let mut rules: Vec<_> = self.rules.iter().collect();
        rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(**count), **rule));
        for (rule, count) in rules {
            text += &good("", &format!("{count:>6} {rule}"));
        }
        for fault in self.faults.iter().take(NAMED) {
            text += &line(Tone::Bad, "Fault", &visible(fault));
        }
        if self.faults.len() > NAMED {
            let more = format!("and {} more", self.faults.len() - NAMED);
            text += &line(Tone::Bad, "", &more);
        }
        text
    }
}

fn breaks(change: &Change) -> bool {
    matches!(change.old_client, Wire::Unreadable | Wire::Refused)
}

/// Whether users see a change in code, or in what programs say to servers.
fn is_noticed(change: &Change) -> bool {
    let is_quiet = |wire| matches!(wire, Wire::Unused | Wire::Works);
    change.source > Level::Patch
        || change.unseen
        || !is_quiet(change.old_client)
        || !is_quiet(change.old_server)
}
