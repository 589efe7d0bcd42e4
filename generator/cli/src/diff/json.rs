//! Changes as JSON: one object per line, and for each target a last one that sums up.

use oasmith::compare::{Change, Level, Wire};
use serde::Serialize;

use super::change::{At, Comparison, Located, is_break};
use super::generator;
use super::version::level_name;

#[derive(Serialize)]
struct Line<'c> {
    rule: &'static str,
    id: &'c str,
    package: &'c str,
    source: &'static str,
    unseen: bool,
    old_client: &'static str,
    old_server: &'static str,
    rust: &'c str,
    was: Option<&'c str>,
    is: Option<&'c str>,
    old: Option<Place<'c>>,
    new: Option<Place<'c>>,
    reached_by: &'c [String],
    accepted: Option<Accepted<'c>>,
    text: &'c str,
    effect: &'c str,
    choice: Option<&'c str>,
}

#[derive(Serialize)]
struct Place<'c> {
    rev: Option<&'c str>,
    file: &'c str,
    line: usize,
    column: usize,
    pointer: &'c str,
}

#[derive(Serialize)]
struct Accepted<'c> {
    version: &'c str,
    reason: &'c str,
}

#[derive(Serialize)]
struct Summary<'c> {
    summary: &'c str,
    from: &'c str,
    to: &'c str,
    source: &'static str,
    version: Option<Versions>,
    changes: Counts,
    texts: usize,
    by_generator: usize,
    breaks_field: usize,
    breaks_with_old_server: usize,
    silent: usize,
    unseen: usize,
    accepted: usize,
}

#[derive(Serialize)]
struct Versions {
    from: String,
    is: String,
    least: String,
}

#[derive(Serialize)]
struct Counts {
    major: usize,
    minor: usize,
    patch: usize,
    none: usize,
}

/// A change that the description has no part in.
#[derive(Serialize)]
struct ByGenerator<'c> {
    rule: &'static str,
    package: &'c str,
    source: &'static str,
    rust: String,
    was: Option<&'c str>,
    is: Option<&'c str>,
    text: String,
}

/// A side without the target: `{"summary":"pets","from":"v0.3.1","to":"the working tree","target":"added"}`.
#[derive(Serialize)]
struct OneSided<'c> {
    summary: &'c str,
    from: &'c str,
    to: &'c str,
    target: &'static str,
}

/// Returns all changes, those that nobody can notice included, and the summary.
pub(crate) fn lines(comparison: &Comparison) -> String {
    let lines = comparison.changes.iter();
    let mut text: String = lines
        .map(|one| encoded(&line(one, &comparison.package)))
        .collect();
    for one in &comparison.generator {
        text += &encoded(&ByGenerator {
            rule: generator::RULE,
            package: &comparison.package,
            source: level_name(one.level),
            rust: one.key.shown(),
            was: one.was.as_deref(),
            is: one.is.as_deref(),
            text: generator::text(one),
        });
    }
    text += &encoded(&summary(comparison));
    text
}

/// Returns the line of a target that one side does not have.
pub(crate) fn one_sided(package: &str, (from, to): (&str, &str), target: &'static str) -> String {
    encoded(&OneSided {
        summary: package,
        from,
        to,
        target,
    })
}

fn encoded(value: &impl Serialize) -> String {
    // strings, numbers and lists of them can always be written
    serde_json::to_string(value).unwrap_or_default() + "\n"
}

fn line<'c>(one: &'c Located, package: &'c str) -> Line<'c> {
    let change = &one.change;
    Line {
        rule: change.rule,
        id: &change.fingerprint,
        package,
        source: level_name(change.source),
        unseen: change.unseen,
        old_client: wire_name(change.old_client),
        old_server: wire_name(change.old_server),
        rust: &change.rust,
        was: change.was.as_deref(),
        is: change.is.as_deref(),
        old: one.old.as_ref().map(place),
        new: one.new.as_ref().map(place),
        reached_by: &change.reached_by,
        accepted: one.accepted.as_ref().map(|accepted| Accepted {
            version: &accepted.version,
            reason: &accepted.reason,
        }),
        text: &change.text,
        effect: &change.effect,
        choice: change.choice.as_deref(),
    }
}

fn place(at: &At) -> Place<'_> {
    Place {
        rev: at.revision.as_ref().map(|revision| revision.name.as_str()),
        file: &at.file,
        line: at.line,
        column: at.column,
        pointer: &at.pointer,
    }
}

fn summary(comparison: &Comparison) -> Summary<'_> {
    let of = |level: Level| {
        let changes = comparison.changes.iter();
        changes.filter(|one| one.change.source == level).count()
    };
    let open = |is_such: fn(&Change) -> bool| {
        let open = comparison.open();
        open.filter(|change| is_such(change)).count()
    };
    Summary {
        summary: &comparison.package,
        from: &comparison.from,
        to: &comparison.to,
        source: level_name(comparison.level()),
        version: comparison.versions.as_ref().map(|versions| Versions {
            from: versions.from.to_string(),
            is: versions.is.to_string(),
            least: versions.least.to_string(),
        }),
        changes: Counts {
            major: of(Level::Major),
            minor: of(Level::Minor),
            patch: of(Level::Patch),
            none: of(Level::None),
        },
        texts: comparison.texts,
        by_generator: comparison.generator.len(),
        breaks_field: open(|change| is_break(change.old_client)),
        breaks_with_old_server: open(|change| is_break(change.old_server)),
        silent: open(|change| {
            change.old_client == Wire::Silent || change.old_server == Wire::Silent
        }),
        unseen: open(|change| change.unseen),
        accepted: comparison.accepted(),
    }
}

/// Returns how data names what happens between two programs.
fn wire_name(wire: Wire) -> &'static str {
    match wire {
        Wire::Unused => "unused",
        Wire::Works => "works",
        Wire::Maybe => "maybe",
        Wire::Silent => "silent",
        Wire::Unreadable => "unreadable",
        Wire::Refused => "refused",
    }
}
