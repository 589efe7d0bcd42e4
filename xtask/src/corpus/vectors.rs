//! Instances of schemas: read into the generated type, written back, compared.

mod compare;
mod instance;
mod program;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use oasmith_cli::exit::Failure;

use super::build::{self, Build};
use super::outcome::{Compiled, Outcome, SchemaType};
use super::progress::Progress;
use instance::{Instance, Tag};
use program::{Answer, Numbers};

pub use program::source;

/// Members that a line of the kind `extra` has and its schema does not name.
const EXTRA: usize = 3;

/// How many differences are kept of a document.
const KEPT: usize = 20;

/// How the instances of a document fared.
#[derive(Debug, Default)]
pub struct Share {
    /// By tag (`full`), those that count.
    pub tags: BTreeMap<String, Score>,
    /// By flag (`optional-null`), those that count and have it.
    pub flags: BTreeMap<String, Score>,
    /// By flag (`lenient-null`), those that are counted apart.
    pub apart: BTreeMap<String, Score>,
    /// The first that are not as they must be, with the place of the difference.
    pub differences: Vec<String>,
}

/// How many of some instances are as they must be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// As they must be.
    pub passed: usize,
    /// All.
    pub all: usize,
}

impl Score {
    /// Others besides.
    pub fn add(&mut self, other: Score) {
        self.passed += other.passed;
        self.all += other.all;
    }
}

impl Share {
    /// Whether every instance that counts is as it must be.
    pub fn is_full(&self) -> bool {
        let total = self.total();
        total.passed == total.all
    }

    /// All that count.
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
        if let Some(flag) = instance.apart() {
            return self.apart.entry(flag.to_owned()).or_default().add(one);
        }
        self.tags.entry(instance.tag.clone()).or_default().add(one);
        for flag in &instance.flags {
            self.flags.entry(flag.clone()).or_default().add(one);
        }
        if let Some(fault) = fault
            && self.differences.len() < KEPT
        {
            let Instance {
                line, schema, tag, ..
            } = instance;
            self.differences
                .push(format!("line {line}, {tag} {schema}: {fault}"));
        }
    }
}

/// A document with instances.
struct Job {
    /// Its place among the outcomes.
    outcome: usize,
    instances: Vec<Instance>,
}

/// A line for a program, and the instance that it is about: the document's outcome, the place in its file.
type Question = (usize, usize, String);

/// Checks the instances of all documents that have some and an output that compiles, and notes the shares.
///
/// The instances of a document without an output are not counted: the document is a fault already.
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
            .extend(ask_about(job, outcome, &module, numbers));
    }
    let types = |group: &str| numbers.get(group).map_or(&[][..], Numbers::types).to_vec();
    let programs = build.runners(outcomes, &groups, &types)?;
    let answers = ask(questions, &programs)?;
    for job in &jobs {
        if let Some(outcome) = outcomes.get_mut(job.outcome) {
            outcome.vectors = Some(share(job, outcome, &answers));
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

/// A question for each instance whose schema has a type.
fn ask_about(job: &Job, outcome: &Outcome, module: &str, numbers: &mut Numbers) -> Vec<Question> {
    let instances = job.instances.iter().enumerate();
    let questions = instances.filter_map(|(index, instance)| {
        let number = numbers.number(&type_of(outcome, instance)?.path(module));
        Some((job.outcome, index, format!("{number}\t{}", instance.value)))
    });
    questions.collect()
}

/// The answers of all programs, by outcome and instance.
fn ask(
    questions: BTreeMap<&str, Vec<Question>>,
    programs: &BTreeMap<String, String>,
) -> Result<BTreeMap<(usize, usize), Answer>, Failure> {
    let mut progress = Progress::new("Read", questions.len());
    let mut answers = BTreeMap::new();
    for (group, asked) in questions {
        let program = programs
            .get(group)
            .ok_or_else(|| Failure::new(format!("{group} was not built")))?;
        let (instances, lines): (Vec<(usize, usize)>, Vec<String>) = asked
            .into_iter()
            .map(|(outcome, index, line)| ((outcome, index), line))
            .unzip();
        answers.extend(instances.into_iter().zip(program::ask(program, &lines)?));
        progress.step(group);
    }
    Ok(answers)
}

fn share(job: &Job, outcome: &Outcome, answers: &BTreeMap<(usize, usize), Answer>) -> Share {
    let mut share = Share::default();
    for (index, instance) in job.instances.iter().enumerate() {
        let fault = match (
            type_of(outcome, instance),
            answers.get(&(job.outcome, index)),
        ) {
            (Some(ty), Some(answer)) => fault(instance, ty, answer),
            _ => Some("the schema has no type".to_owned()),
        };
        share.add(instance, fault);
    }
    share
}

fn type_of<'o>(outcome: &'o Outcome, instance: &Instance) -> Option<&'o SchemaType> {
    outcome
        .made()?
        .schemas
        .iter()
        .find(|ty| ty.pointer == instance.schema)
}

/// What is wrong with an answer.
fn fault(instance: &Instance, ty: &SchemaType, answer: &Answer) -> Option<String> {
    let refused = |path: &str, reason: &str| format!("refused at {path}: {reason}");
    match (instance.rule, answer) {
        (_, Answer::Panicked) => Some("the reader panicked".to_owned()),
        (Tag::Wrong, Answer::Written(_)) => Some(format!(
            "accepted although {} is wrong",
            compare::rendered(&instance.path)
        )),
        (Tag::Wrong, Answer::Refused { path, reason }) => {
            let expected = compare::rendered(&instance.path);
            (!names(&expected, path, reason))
                .then(|| format!("{}, not at {expected}", refused(path, reason)))
        }
        (Tag::UnknownEnum, Answer::Refused { .. }) if !ty.received => None,
        (_, Answer::Refused { path, reason }) => Some(refused(path, reason)),
        (rule, Answer::Written(text)) => {
            let mut droppable = if rule == Tag::Extra { EXTRA } else { 0 };
            match serde_json::from_str::<Value>(text) {
                Ok(written) => compare::difference(&instance.value, &written, &mut droppable),
                Err(error) => Some(format!("what was written is not JSON: {error}")),
            }
        }
    }
}

/// Whether an error names the place that is wrong. A union is refused as a whole, and its reasons say what each branch
/// found: they name the rest of the path.
fn names(expected: &str, path: &str, reason: &str) -> bool {
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

/// Whether a text has this word in it, and not only as a part of another word.
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

    fn instance(rule: Tag, value: Value) -> Instance {
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

    fn judge(rule: Tag, value: Value, received: bool, answer: Answer) -> Option<String> {
        let ty = SchemaType {
            pointer: String::new(),
            rust: "A".to_owned(),
            nullable: false,
            received,
        };
        fault(&instance(rule, value), &ty, &answer)
    }

    fn refused(path: &str, reason: &str) -> Answer {
        Answer::Refused {
            path: path.to_owned(),
            reason: reason.to_owned(),
        }
    }

    #[test]
    fn what_is_wrong_must_be_refused_with_its_path() {
        let wrong = |answer| judge(Tag::Wrong, json!({}), true, answer);
        assert_eq!(wrong(refused("a.b", "expected a text")), None);
        assert_eq!(
            wrong(refused("a", "no branch fits: Cat: b: expected a text")),
            None
        );
        assert!(wrong(refused("a", "no branch fits")).is_some());
        assert!(wrong(refused("c", "expected a text")).is_some());
        assert!(wrong(refused("a.bc", "expected a text")).is_some());
        assert!(wrong(Answer::Written("{}".to_owned())).is_some());
    }

    #[test]
    fn an_unknown_value_may_be_refused_only_where_no_response_carries_it() {
        let unknown = |received, answer| judge(Tag::UnknownEnum, json!("new"), received, answer);
        assert_eq!(unknown(false, refused(".", "not listed")), None);
        assert!(unknown(true, refused(".", "not listed")).is_some());
        assert_eq!(unknown(true, Answer::Written("\"new\"".to_owned())), None);
        assert!(unknown(false, Answer::Written("\"old\"".to_owned())).is_some());
    }

    #[test]
    fn only_extra_members_may_be_dropped() {
        let written = || Answer::Written("{\"a\": 1}".to_owned());
        let value = json!({"a": 1, "x": 2});
        assert_eq!(judge(Tag::Extra, value.clone(), true, written()), None);
        assert!(judge(Tag::Same, value, true, written()).is_some());
    }

    #[test]
    fn lines_with_some_flags_are_counted_apart() {
        let mut share = Share::default();
        let mut line = instance(Tag::Same, json!(1));
        line.flags = vec!["lenient-null".to_owned()];
        share.add(&line, Some("lost".to_owned()));
        assert!(share.is_full() && share.differences.is_empty());
        assert_eq!(share.apart["lenient-null"], Score { passed: 0, all: 1 });
        line.flags = vec!["optional-null".to_owned()];
        share.add(&line, Some("lost".to_owned()));
        assert!(!share.is_full());
        assert_eq!(share.flags["optional-null"], Score { passed: 0, all: 1 });
    }
}
