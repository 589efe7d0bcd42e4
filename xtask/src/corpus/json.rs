//! Outcomes as JSON for programs: what the table shows, and all findings.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value, json};

use oasmith_cli::exit::Failure;

use super::build;
use super::outcome::{Compiled, Finding, Generation, Outcome, OutputSummary};
use super::roots::Expect;
use super::table::{self, Tally};
use super::vectors::{InstanceScores, Score};

/// Writes the outcomes to a file.
pub fn write(path: &Path, outcomes: &[Outcome], took: Duration) -> Result<(), Failure> {
    build::write(path, &format!("{:#}\n", report(outcomes, took)))
}

fn report(outcomes: &[Outcome], took: Duration) -> Value {
    let broken = outcomes
        .iter()
        .filter(|outcome| outcome.is_broken())
        .count();
    json!({
        "holds": broken == 0,
        "seconds": took.as_secs_f64(),
        "documents": outcomes.iter().map(document).collect::<Vec<_>>(),
        "rejections": tallies(&table::rejections(outcomes)),
        "untyped": tallies(&table::untyped(outcomes)),
    })
}

fn document(outcome: &Outcome) -> Value {
    let fault = outcome.fault();
    let mut document = json!({
        "document": outcome.root.name,
        "expect": match outcome.root.expect {
            Expect::Generate => "generate",
            Expect::Either => "either",
            Expect::Reject => "refuse",
        },
        "generated": matches!(outcome.generation, Generation::Output(_)),
        "compiled": match &outcome.compiled {
            Compiled::Not => Value::Null,
            Compiled::Clean => json!(true),
            Compiled::Complaints(_) => json!(false),
        },
        "seconds": outcome.time.as_secs_f64(),
        "disputed": outcome.root.disputed,
        "fault": fault.as_ref().map(|fault| fault.word),
        "details": fault.map(|fault| fault.details).unwrap_or_default(),
        "findings": outcome.findings().iter().map(finding).collect::<Vec<_>>(),
    });
    let parts = [
        ("output", outcome.output().map(output)),
        ("vectors", outcome.vectors.as_ref().map(instances)),
    ];
    if let Some(members) = document.as_object_mut() {
        members.extend(
            parts
                .into_iter()
                .filter_map(|(name, part)| Some((name.to_owned(), part?))),
        );
    }
    document
}

fn output(summary: &OutputSummary) -> Value {
    let coverage = &summary.coverage;
    let untyped = coverage
        .untyped
        .iter()
        .map(|one| json!({"at": one.at.to_string(), "reason": one.reason, "weaker": one.weaker}));
    let keywords: Map<String, Value> = coverage
        .keywords
        .iter()
        .map(|(name, count)| {
            let counts = json!({
                "occurrences": count.occurrences,
                "modelled": count.modelled,
                "documented": count.documented,
                "reported": count.reported,
                "lost": count.lost(),
            });
            ((*name).to_owned(), counts)
        })
        .collect();
    json!({
        "operations": summary.operations,
        "operations_unsupported": summary.unsupported_operations(),
        "types": summary.types,
        "lines": summary.lines,
        "telling_schemas": coverage.typed_schemas,
        "untyped": untyped.collect::<Vec<_>>(),
        "keywords": keywords,
        "lost": coverage.lost.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn finding(finding: &Finding) -> Value {
    json!({
        "severity": finding.severity,
        "code": finding.code,
        "pointer": finding.pointer,
        "place": finding.place,
        "message": finding.message,
    })
}

fn instances(instances: &InstanceScores) -> Value {
    json!({
        "tags": scores(&instances.tags),
        "flags": scores(&instances.flags),
        "separate": scores(&instances.separate),
        "differences": instances.differences,
    })
}

fn scores(scores: &BTreeMap<String, Score>) -> Value {
    let score = |score: &Score| json!({"passed": score.passed, "all": score.all});
    Value::Object(
        scores
            .iter()
            .map(|(name, one)| (name.clone(), score(one)))
            .collect(),
    )
}

fn tallies(tallies: &BTreeMap<String, Tally>) -> Value {
    let tally = |(message, tally): (&String, &Tally)| {
        json!({
            "message": message,
            "documents": tally.documents,
            "findings": tally.findings,
            "example": tally.example,
        })
    };
    tallies.iter().map(tally).collect()
}
