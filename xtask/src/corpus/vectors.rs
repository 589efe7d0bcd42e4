//! Instances of schemas: read into the generated type, written back, compared.

mod compare;
mod debug;
mod fallback;
mod instance;
mod program;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use oasmith_cli::exit::Failure;

use super::build::{self, Build};
use super::outcome::{Compiled, Outcome, SchemaType};
use super::progress::Progress;
use instance::{Instance, Rule};
use program::{Answer, Numbers};

pub use fallback::Fallbacks;
pub use program::source;

/// How many members an instance of the tag `extra` has that its schema does not name.
const EXTRA: usize = 3;

/// The maximum number of differences of a document in the report.
const MOST_DIFFERENCES: usize = 20;

/// The results of a document's instances.
#[derive(Debug, Default)]
pub struct InstanceScores {
    /// By tag (`full`), of those that count.
    pub tags: BTreeMap<String, Score>,
    /// By flag (`optional-null`), of those that count.
    pub flags: BTreeMap<String, Score>,
    /// By flag (`lenient-null`), of those that do not count.
    pub separate: BTreeMap<String, Score>,
    /// The first instances with another result than expected, with the place of the difference.
    pub differences: Vec<String>,
}

/// How many of some instances have the expected result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// With the expected result.
    pub passed: usize,
    /// All.
    pub all: usize,
}

impl Score {
    /// Adds the counts of other instances.
    pub fn add(&mut self, other: Score) {
        self.passed += other.passed;
        self.all += other.all;
    }
}

impl InstanceScores {
    /// Whether every instance that counts has the expected result.
    pub fn all_passed(&self) -> bool {
        let total = self.total();
        total.passed == total.all
    }

    /// Returns the score of all instances that count.
    pub fn total(&self) -> Score {
        let mut total = Score::default();
        self.tags.values().for_each(|score| total.add(*score));
        total
    }

    fn add(&mut self, instance: &Instance, fault: Option<String>) {
        let one = Score {
            passed: usize::from(fault.is_none()),
            all: 1,
        };
        if let Some(flag) = instance.separate_flag() {
            return self.separate.entry(flag.to_owned()).or_default().add(one);
        }
        self.tags.entry(instance.tag.clone()).or_default().add(one);
        for flag in &instance.flags {
            self.flags.entry(flag.clone()).or_default().add(one);
        }
        if let Some(fault) = fault
            && self.differences.len() < MOST_DIFFERENCES
        {
            let Instance {
                line, schema, tag, ..
            } = instance;
            self.differences
                .push(format!("line {line}, {tag} {schema}: {fault}"));
        }
    }
}

/// The instances of a document.
struct Job {
    /// The index of the document among the outcomes.
    outcome: usize,
    instances: Vec<Instance>,
}

/// A line for a program, after the indices of the outcome and of the instance.
type Question = (usize, usize, String);

/// Checks the instances of all documents whose output compiles, and records the scores.
///
/// The instances of a document without an output do not count: the document is a fault already.
pub fn check(folder: &Path, build: &Build, outcomes: &mut [Outcome]) -> Result<(), Failure> {
    let jobs = jobs(folder, outcomes)?;
    let documents: Vec<usize> = jobs.iter().map(|job| job.outcome).collect();
    let groups = build.runner_groups(outcomes, &documents);
    let mut numbers: BTreeMap<&str, Numbers> = BTreeMap::new();
    let mut questions: BTreeMap<&str, Vec<Question>> = BTreeMap::new();
    for job in &jobs {
        let Some(outcome) = outcomes.get(job.outcome) else {
            continue;
        };
        let module = build::module_of(&outcome.root.name);
        let Some((group, _)) = groups.iter().find(|(_, modules)| modules.contains(&module)) else {
            continue;
        };
        let numbers = numbers.entry(group).or_default();
        questions
            .entry(group)
            .or_default()
            .extend(self::questions(job, outcome, &module, numbers));
    }
    let types = |group: &str| numbers.get(group).map_or(&[][..], Numbers::types).to_vec();
    let programs = build.runners(outcomes, &groups, &types)?;
    let answers = ask(questions, &programs)?;
    for job in &jobs {
        if let Some(outcome) = outcomes.get_mut(job.outcome) {
            outcome.vectors = Some(scores(job, outcome, &answers));
        }
    }
    Ok(())
}

fn jobs(folder: &Path, outcomes: &[Outcome]) -> Result<Vec<Job>, Failure> {
    let mut jobs = Vec::new();
    for (index, outcome) in outcomes.iter().enumerate() {
        if outcome.compiled == Compiled::Clean {
            let instances = instance::read(folder, &outcome.root)?;
            if !instances.is_empty() {
                jobs.push(Job {
                    outcome: index,
                    instances,
                });
            }
        }
    }
    Ok(jobs)
}

/// Returns a question for each instance whose schema has a type.
fn questions(job: &Job, outcome: &Outcome, module: &str, numbers: &mut Numbers) -> Vec<Question> {
    job.instances
        .iter()
        .enumerate()
        .filter_map(|(index, instance)| {
            let number = numbers.number(&type_of(outcome, instance)?.path(module));
            Some((job.outcome, index, format!("{number}\t{}", instance.value)))
        })
        .collect()
}

/// Returns the answers of all programs, by outcome and instance.
fn ask(
    questions: BTreeMap<&str, Vec<Question>>,
    programs: &BTreeMap<String, String>,
) -> Result<BTreeMap<(usize, usize), Answer>, Failure> {
    let mut progress = Progress::new("Read", questions.len());
    let mut answers = BTreeMap::new();
    for (group, questions) in questions {
        let program = programs
            .get(group)
            .ok_or_else(|| Failure::new(format!("`{group}` was not built")))?;
        let (instances, lines): (Vec<(usize, usize)>, Vec<String>) = questions
            .into_iter()
            .map(|(outcome, index, line)| ((outcome, index), line))
            .unzip();
        answers.extend(instances.into_iter().zip(program::ask(program, &lines)?));
        progress.step(group);
    }
    Ok(answers)
}

fn scores(
    job: &Job,
    outcome: &Outcome,
    answers: &BTreeMap<(usize, usize), Answer>,
) -> InstanceScores {
    let mut scores = InstanceScores::default();
    for (index, instance) in job.instances.iter().enumerate() {
        let fault = match (
            type_of(outcome, instance),
            answers.get(&(job.outcome, index)),
        ) {
            (Some(ty), Some(answer)) => {
                fault(instance, ty, answer).or_else(|| fallback(instance, ty, answer, outcome))
            }
            _ => Some("the schema has no type".to_owned()),
        };
        scores.add(instance, fault);
    }
    scores
}

fn type_of<'o>(outcome: &'o Outcome, instance: &Instance) -> Option<&'o SchemaType> {
    outcome
        .output()?
        .schemas
        .iter()
        .find(|ty| ty.pointer == instance.schema)
}

/// Returns what is wrong with an answer.
fn fault(instance: &Instance, ty: &SchemaType, answer: &Answer) -> Option<String> {
    let rejected = |path: &str, reason: &str| format!("rejected at {path}: {reason}");
    match (instance.rule, answer) {
        (_, Answer::Panicked) => Some("the reader panicked".to_owned()),
        (Rule::Wrong, Answer::Written { .. }) => Some(format!(
            "accepted although {} is invalid",
            compare::rendered(&instance.path)
        )),
        (Rule::Wrong, Answer::Rejected { path, reason }) => {
            let expected = compare::rendered(&instance.path);
            (!is_at(&expected, path, reason))
                .then(|| format!("{}, not at {expected}", rejected(path, reason)))
        }
        (Rule::UnknownEnum, Answer::Rejected { .. }) if !ty.is_in_responses => None,
        (_, Answer::Rejected { path, reason }) => Some(rejected(path, reason)),
        (Rule::Readable, Answer::Written { .. }) => None,
        (rule, Answer::Written { json, .. }) => {
            let mut droppable = if rule == Rule::Extra { EXTRA } else { 0 };
            match serde_json::from_str::<Value>(json) {
                Ok(written) => compare::difference(&instance.value, &written, &mut droppable),
                Err(error) => Some(format!("what was written is not JSON: {error}")),
            }
        }
    }
}

/// Returns which part of a valid instance a fallback holds.
fn fallback(
    instance: &Instance,
    ty: &SchemaType,
    answer: &Answer,
    outcome: &Outcome,
) -> Option<String> {
    let fallbacks = &outcome.output()?.fallbacks;
    match (instance.rule, answer) {
        (Rule::Same | Rule::Extra, Answer::Written { printed, .. }) => {
            fallbacks.first(&ty.rust, printed, &instance.value)
        }
        _ => None,
    }
}

/// Whether an error is at the place that is wrong. The error of a union is at the union, and its reason has the error
/// of each branch, with the rest of the path.
fn is_at(expected: &str, path: &str, reason: &str) -> bool {
    let rest = match path {
        "." => Some(expected),
        path => expected.strip_prefix(path),
    };
    match rest {
        Some("") => true,
        Some(rest) if path == "." || rest.starts_with(['.', '[']) => {
            has_word(reason, rest.trim_start_matches('.'))
        }
        _ => false,
    }
}

/// Returns whether a string contains this word, and not only as a part of another word.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || "_-$@".contains(letter);
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (text.get(..at), text.get(at + word.len()..));
        !before.is_some_and(|before| before.ends_with(is_part))
            && !after.is_some_and(|after| after.starts_with(is_part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn instance(rule: Rule, value: Value) -> Instance {
        Instance {
            line: 1,
            schema: "#/components/schemas/A".to_owned(),
            tag: "full".to_owned(),
            rule,
            flags: Vec::new(),
            value,
            path: vec![json!("a"), json!("b")],
        }
    }

    fn fault_of(rule: Rule, value: Value, is_in_responses: bool, answer: Answer) -> Option<String> {
        let ty = SchemaType {
            pointer: String::new(),
            rust: "A".to_owned(),
            is_nullable: false,
            is_in_responses,
        };
        fault(&instance(rule, value), &ty, &answer)
    }

    fn rejected(path: &str, reason: &str) -> Answer {
        Answer::Rejected {
            path: path.to_owned(),
            reason: reason.to_owned(),
        }
    }

    fn written(json: &str) -> Answer {
        Answer::Written {
            json: json.to_owned(),
            printed: String::new(),
        }
    }

    #[test]
    fn an_invalid_instance_must_be_rejected_at_its_place() {
        let wrong = |answer| fault_of(Rule::Wrong, json!({}), true, answer);
        assert_eq!(wrong(rejected("a.b", "expected a string")), None);
        assert_eq!(
            wrong(rejected("a", "no branch fits: Cat: b: expected a string")),
            None
        );
        assert!(wrong(rejected("a", "no branch fits")).is_some());
        assert!(wrong(rejected("c", "expected a string")).is_some());
        assert!(wrong(rejected("a.bc", "expected a string")).is_some());
        assert!(wrong(written("{}")).is_some());
    }

    #[test]
    fn an_unknown_value_may_be_rejected_only_outside_of_responses() {
        let unknown = |is_in_responses, answer| {
            fault_of(Rule::UnknownEnum, json!("new"), is_in_responses, answer)
        };
        assert_eq!(unknown(false, rejected(".", "not listed")), None);
        assert!(unknown(true, rejected(".", "not listed")).is_some());
        assert_eq!(unknown(true, written("\"new\"")), None);
        assert!(unknown(false, written("\"old\"")).is_some());
    }

    #[test]
    fn only_extra_members_may_be_dropped() {
        let written = || written("{\"a\": 1}");
        let value = json!({"a": 1, "x": 2});
        assert_eq!(fault_of(Rule::Extra, value.clone(), true, written()), None);
        assert!(fault_of(Rule::Same, value, true, written()).is_some());
    }

    #[test]
    fn lines_with_some_flags_do_not_count() {
        let mut scores = InstanceScores::default();
        let mut line = instance(Rule::Same, json!(1));
        line.flags = vec!["lenient-null".to_owned()];
        scores.add(&line, Some("lost".to_owned()));
        assert!(scores.all_passed() && scores.differences.is_empty());
        assert_eq!(scores.separate["lenient-null"], Score { passed: 0, all: 1 });
        line.flags = vec!["optional-null".to_owned()];
        scores.add(&line, Some("lost".to_owned()));
        assert!(!scores.all_passed());
        assert_eq!(scores.flags["optional-null"], Score { passed: 0, all: 1 });
    }
}
