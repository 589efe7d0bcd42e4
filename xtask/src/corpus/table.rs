//! Outcomes as a table for people, then what does not hold with details, and counts that show what to fix first.

mod counts;
mod instances;

use std::time::Duration;

use oasmith_cli::terminal::{Tone, line, seconds, visible};

use super::outcome::{Compiled, Generation, Outcome, OutputSummary};

pub use counts::{Tally, rejections, untyped};

/// How many details of a fault are shown, and how many messages in each list of counts.
const DETAILS: usize = 4;

/// Returns the whole report.
pub fn report(outcomes: &[Outcome], took: Duration) -> String {
    let mut text = table(outcomes);
    text += &instances::report(outcomes);
    text += &faults(outcomes);
    text += &counts::keywords(outcomes);
    text += &counts::counts(
        "Rejected",
        "by message: documents, findings",
        &rejections(outcomes),
    );
    text += &counts::counts(
        "Untyped",
        "where the schema says more, by reason: documents, places",
        &untyped(outcomes),
    );
    text + &summary(outcomes, took)
}

/// Returns one row per document.
fn table(outcomes: &[Outcome]) -> String {
    let width = outcomes
        .iter()
        .map(|outcome| outcome.root.name.chars().count())
        .max()
        .unwrap_or_default()
        .clamp(8, 72);
    let head = [
        "generated",
        "compiled",
        "ops",
        "skipped",
        "types",
        "untyped",
        "lines",
        "time",
        "verdict",
    ];
    let mut text = row(width, "document", head.map(str::to_owned));
    for outcome in outcomes {
        text += &row(width, &visible(&outcome.root.name), cells(outcome));
    }
    text
}

fn row(width: usize, name: &str, cells: [String; 9]) -> String {
    let [
        generated,
        compiled,
        operations,
        skipped,
        types,
        untyped,
        lines,
        time,
        verdict,
    ] = cells;
    format!(
        "{name:<width$}  {generated:<9} {compiled:<8} {operations:>5} {skipped:>7} \
         {types:>6} {untyped:>9} {lines:>7} {time:>8}  {verdict}\n"
    )
}

fn cells(outcome: &Outcome) -> [String; 9] {
    let generated = match &outcome.generation {
        Generation::Output(_) => "yes",
        Generation::Rejected(_) => "rejected",
        Generation::Panicked(_) => "panic",
        Generation::TimedOut => "timeout",
        Generation::Failed(_) => "failed",
    };
    let compiled = match &outcome.compiled {
        Compiled::Not => "-",
        Compiled::Clean => "yes",
        Compiled::Complaints(_) => "no",
    };
    let number = |count: fn(&OutputSummary) -> usize| {
        outcome
            .output()
            .map_or_else(|| "-".to_owned(), |output| count(output).to_string())
    };
    let untyped = outcome.output().map(|output| {
        let untyped = &output.coverage.untyped;
        let weaker = untyped.iter().filter(|one| one.weaker).count();
        format!("{weaker}+{}", untyped.len() - weaker)
    });
    [
        generated.to_owned(),
        compiled.to_owned(),
        number(|output| output.operations),
        number(OutputSummary::unsupported_operations),
        number(|output| output.types),
        untyped.unwrap_or_else(|| "-".to_owned()),
        number(|output| output.lines),
        seconds(outcome.time),
        verdict(outcome),
    ]
}

fn verdict(outcome: &Outcome) -> String {
    match (outcome.fault(), &outcome.root.disputed) {
        (None, _) => "ok".to_owned(),
        (Some(fault), Some(reason)) => format!("{} (disputed: {})", fault.word, visible(reason)),
        (Some(fault), None) => fault.word.to_uppercase(),
    }
}

/// Returns what does not hold, with details.
fn faults(outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    for outcome in outcomes {
        let Some(fault) = outcome.fault() else {
            continue;
        };
        let tone = if outcome.root.disputed.is_some() {
            Tone::Warn
        } else {
            Tone::Bad
        };
        text += &line(tone, fault.word, &visible(&outcome.root.name));
        for detail in fault.details.iter().take(DETAILS) {
            text += &format!(
                "{:13}{}\n",
                "",
                visible(detail).replace('\n', "\n             ")
            );
        }
        if fault.details.len() > DETAILS {
            text += &format!("{:13}and {} more\n", "", fault.details.len() - DETAILS);
        }
    }
    text
}

/// Returns one line: what holds and what does not.
fn summary(outcomes: &[Outcome], took: Duration) -> String {
    let counted =
        |wanted: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| wanted(outcome)).count();
    let broken = counted(Outcome::is_broken);
    let disputed = counted(|outcome| outcome.fault().is_some() && outcome.root.disputed.is_some());
    let generated = counted(|outcome| outcome.output().is_some());
    let compiled = counted(|outcome| outcome.compiled == Compiled::Clean);
    let sum = |of: fn(&OutputSummary) -> usize| -> usize {
        outcomes.iter().filter_map(Outcome::output).map(of).sum()
    };
    let operations = sum(|output| output.operations);
    let unsupported = sum(OutputSummary::unsupported_operations);
    let lines = sum(|output| output.lines);
    let schemas = sum(|output| output.coverage.typed_schemas);
    let weaker = sum(|output| {
        output
            .coverage
            .untyped
            .iter()
            .filter(|one| one.weaker)
            .count()
    });
    let mut what = format!(
        "{} of {} documents as expected, {generated} generated, {compiled} compiled, \
         {operations} operations and {unsupported} unsupported, {lines} lines in {}",
        outcomes.len() - broken - disputed,
        outcomes.len(),
        seconds(took)
    );
    what += &format!(", {weaker} of {schemas} schemas with a weaker type");
    if disputed > 0 {
        what += &format!(", {disputed} disputed");
    }
    if broken == 0 {
        line(Tone::Good, "Passed", &what)
    } else {
        line(Tone::Bad, "Failed", &what)
    }
}
