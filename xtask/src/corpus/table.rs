//! Outcomes as a table for people, what does not hold with its details, and counts that tell what to mend first.

mod counts;
mod shares;

use std::time::Duration;

use oasmith_cli::terminal::{Tone, line, seconds, visible};

use super::outcome::{Compiled, End, Made, Outcome};

pub use counts::{Tally, refusals, untyped};

/// How many details of a fault are shown, and how many messages in each list of counts.
const DETAILS: usize = 4;

/// The whole report.
pub fn report(outcomes: &[Outcome], took: Duration) -> String {
    let mut text = table(outcomes);
    text += &shares::report(outcomes);
    text += &faults(outcomes);
    text += &counts::keywords(outcomes);
    text += &counts::counts(
        "Refused",
        "by message: documents, findings",
        &refusals(outcomes),
    );
    text += &counts::counts(
        "Untyped",
        "where the schema says more, by reason: documents, places",
        &untyped(outcomes),
    );
    text + &summary(outcomes, took)
}

/// A row a document.
fn table(outcomes: &[Outcome]) -> String {
    let names = outcomes
        .iter()
        .map(|outcome| outcome.root.name.chars().count());
    let width = names.max().unwrap_or_default().clamp(8, 72);
    let head = [
        "generated",
        "compiled",
        "ops",
        "refused",
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
        refused,
        types,
        untyped,
        lines,
        time,
        verdict,
    ] = cells;
    format!(
        "{name:<width$}  {generated:<9} {compiled:<8} {operations:>5} {refused:>7} {types:>6} {untyped:>9} {lines:>7} {time:>8}  {verdict}\n"
    )
}

fn cells(outcome: &Outcome) -> [String; 9] {
    let generated = match &outcome.end {
        End::Output(_) => "yes",
        End::Refused(_) => "refused",
        End::Panicked(_) => "panic",
        End::TimedOut => "timeout",
        End::Lost(_) => "lost",
    };
    let compiled = match &outcome.compiled {
        Compiled::Not => "-",
        Compiled::Clean => "yes",
        Compiled::Complaints(_) => "no",
    };
    let made = outcome.made();
    let number =
        |count: Option<usize>| count.map_or_else(|| "-".to_owned(), |count| count.to_string());
    let untyped = made.map(|made| {
        let weaker = made.census.untyped.iter().filter(|one| one.weaker).count();
        format!("{weaker}+{}", made.census.untyped.len() - weaker)
    });
    [
        generated.to_owned(),
        compiled.to_owned(),
        number(made.map(|made| made.operations)),
        number(made.map(|made| made.refused_operations())),
        number(made.map(|made| made.types)),
        untyped.unwrap_or_else(|| "-".to_owned()),
        number(made.map(|made| made.lines)),
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

/// What does not hold, with details.
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

/// One line: what holds and what does not.
fn summary(outcomes: &[Outcome], took: Duration) -> String {
    let counted =
        |wanted: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| wanted(outcome)).count();
    let broken = counted(Outcome::is_broken);
    let disputed = counted(|outcome| outcome.fault().is_some() && outcome.root.disputed.is_some());
    let made = counted(|outcome| outcome.made().is_some());
    let compiled = counted(|outcome| outcome.compiled == Compiled::Clean);
    let sum = |of: fn(&Made) -> usize| -> usize {
        outcomes.iter().filter_map(Outcome::made).map(of).sum()
    };
    let operations = sum(|made| made.operations);
    let refused = sum(Made::refused_operations);
    let lines = sum(|made| made.lines);
    let schemas = sum(|made| made.census.telling_schemas);
    let weaker = sum(|made| made.census.untyped.iter().filter(|one| one.weaker).count());
    let mut what = format!(
        "{} of {} documents as expected, {made} generated, {compiled} compiled, {operations} operations and {refused} refused, {lines} lines in {}",
        outcomes.len() - broken - disputed,
        outcomes.len(),
        seconds(took)
    );
    what += &format!(", {weaker} of {schemas} schemas weaker than they say");
    if disputed > 0 {
        what += &format!(", {disputed} disputed");
    }
    match broken {
        0 => line(Tone::Good, "Passed", &what),
        _ => line(Tone::Bad, "Failed", &what),
    }
}
