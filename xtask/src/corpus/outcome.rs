//! What happened to a document, and whether it is what was expected.

use std::time::Duration;

use oasmith::Requirements;
use oasmith_coverage::Coverage;

use super::roots::{Expect, Root};
use super::vectors::{Fallbacks, InstanceScores};

/// What happened to a document.
#[derive(Debug)]
pub struct Outcome {
    /// The document.
    pub root: Root,
    /// What the generator did with it.
    pub generation: Generation,
    /// How long generating took.
    pub time: Duration,
    /// What the compiler and clippy report about the output.
    pub compiled: Compiled,
    /// The results of its instances, when there are some.
    pub vectors: Option<InstanceScores>,
}

/// How generating ended.
#[derive(Debug)]
pub enum Generation {
    /// There is an output.
    Output(Box<OutputSummary>),
    /// There are errors.
    Rejected(Vec<Finding>),
    /// The generator panicked: the message, with the place in its source.
    Panicked(String),
    /// The document exceeded the time limit.
    TimedOut,
    /// The document could not be read, or its output not be written or parsed again: the reason.
    Failed(String),
}

/// An output, without its text.
#[derive(Debug)]
pub struct OutputSummary {
    /// Lines of the output, the runtime left out.
    pub lines: usize,
    /// Methods of the client.
    pub operations: usize,
    /// Named types.
    pub types: usize,
    /// The keywords of the document, and how each is covered.
    pub coverage: Coverage,
    /// Warnings and notes.
    pub findings: Vec<Finding>,
    /// What the output needs in its `Cargo.toml`.
    pub requirements: Requirements,
    /// The recursion limit that the output needs.
    pub recursion_limit: Option<usize>,
    /// The types of component schemas.
    pub schemas: Vec<SchemaType>,
    /// What finds the parts of a value that a fallback holds.
    pub fallbacks: Fallbacks,
}

/// The Rust type of a component schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaType {
    /// The place of the schema: `#/components/schemas/Pet`.
    pub pointer: String,
    /// The type's name in `types`.
    pub rust: String,
    /// Whether the schema allows `null`, so that uses of the type are an `Option`.
    pub is_nullable: bool,
    /// Whether responses contain it, so that its enums keep unlisted values.
    pub is_in_responses: bool,
}

impl SchemaType {
    /// Returns the type where the schema is used: `pets::types::Pet`, `Option<pets::types::Pet>`.
    pub fn path(&self, module: &str) -> String {
        let path = format!("{module}::types::{}", self.rust);
        if self.is_nullable {
            format!("Option<{path}>")
        } else {
            path
        }
    }
}

/// A diagnostic, as far as reports need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// `OA0301`
    pub code: &'static str,
    /// The JSON Pointer in its file; `None` for findings from before there is a tree.
    pub pointer: Option<String>,
    /// The file, line and column, as the diagnostic shows them.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

/// What the compiler and clippy report about an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compiled {
    /// It was not compiled.
    Not,
    /// Nothing.
    Clean,
    /// Errors and denied warnings; the first few.
    Complaints(Vec<String>),
}

/// Why an expectation does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// A word for the table: `rejected`, `panic`, `clippy`.
    pub word: &'static str,
    /// The details.
    pub details: Vec<String>,
}

impl Outcome {
    /// Returns the output, when there is one.
    pub fn output(&self) -> Option<&OutputSummary> {
        match &self.generation {
            Generation::Output(summary) => Some(summary),
            _ => None,
        }
    }

    /// Returns the errors of a rejected document, or the warnings and notes of an output.
    pub fn findings(&self) -> &[Finding] {
        match &self.generation {
            Generation::Output(summary) => &summary.findings,
            Generation::Rejected(findings) => findings,
            _ => &[],
        }
    }

    /// Whether the expectation does not hold and the document is not disputed.
    pub fn is_broken(&self) -> bool {
        self.root.disputed.is_none() && self.fault().is_some()
    }

    /// Returns why the expectation does not hold; `None` when it does. It makes no difference for disputed documents.
    pub fn fault(&self) -> Option<Fault> {
        let fault = |word, details| Some(Fault { word, details });
        match (&self.generation, self.root.expect) {
            (Generation::Panicked(message), _) => fault("panic", vec![message.clone()]),
            (Generation::TimedOut, _) => fault("timeout", Vec::new()),
            (Generation::Failed(reason), _) => fault("failed", vec![reason.clone()]),
            (Generation::Rejected(findings), Expect::Generate) => fault(
                "rejected",
                errors(findings).map(Finding::to_string).collect(),
            ),
            (Generation::Rejected(_), Expect::Either) => None,
            (Generation::Rejected(findings), Expect::Reject) => {
                misplaced(self.root.at.as_deref(), findings)
            }
            (Generation::Output(_), Expect::Reject) => {
                fault("accepted", vec!["the document must be rejected".to_owned()])
            }
            (Generation::Output(summary), Expect::Generate | Expect::Either) => {
                match &self.compiled {
                    Compiled::Complaints(messages) => fault("clippy", messages.clone()),
                    Compiled::Not | Compiled::Clean => self.shortfall(summary),
                }
            }
        }
    }

    /// Returns what is wrong with an output that compiles: a keyword that is neither modelled nor reported, an
    /// unsupported operation of a document that must be accepted, or an instance that is not read and written as it
    /// should be.
    fn shortfall(&self, summary: &OutputSummary) -> Option<Fault> {
        if !summary.coverage.lost.is_empty() {
            let details = summary.coverage.lost.iter();
            return Some(Fault {
                word: "coverage",
                details: details
                    .map(|at| format!("neither modelled nor reported: {at}"))
                    .collect(),
            });
        }
        if summary.unsupported_operations() > 0 && self.root.expect == Expect::Generate {
            let details = summary
                .findings
                .iter()
                .filter(|one| one.is_unsupported())
                .map(Finding::to_string);
            return Some(Fault {
                word: "operations",
                details: details.collect(),
            });
        }
        let scores = self
            .vectors
            .as_ref()
            .filter(|scores| !scores.all_passed())?;
        Some(Fault {
            word: "vectors",
            details: scores.differences.clone(),
        })
    }
}

impl OutputSummary {
    /// Returns how many operations have no method. Operations of webhooks and callbacks do not count.
    pub fn unsupported_operations(&self) -> usize {
        self.coverage.operations.saturating_sub(self.operations)
    }
}

/// Returns the errors among findings.
pub fn errors(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings
        .iter()
        .filter(|finding| finding.severity == "error")
}

/// Checks that a rejected document has an error at or below the place that is wrong. An error about bytes (syntax, a
/// duplicate key) has no place in a tree and counts for the document as a whole.
fn misplaced(at: Option<&str>, findings: &[Finding]) -> Option<Fault> {
    let at = at?;
    let is_there = |finding: &Finding| {
        let below = finding
            .pointer
            .as_deref()
            .unwrap_or_default()
            .strip_prefix(at);
        below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if errors(findings).any(is_there) {
        return None;
    }
    let mut details = vec![format!("no error is at or below #{at}")];
    details.extend(errors(findings).map(Finding::to_string));
    Some(Fault {
        word: "misplaced",
        details,
    })
}

impl Finding {
    /// Whether it reports an operation that is left out of an accepted document. An unsupported construct elsewhere is
    /// an error.
    pub fn is_unsupported(&self) -> bool {
        self.severity == "warning" && self.code == oasmith::diagnostic::code::NOT_SUPPORTED.id
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Finding {
            severity,
            code,
            place,
            message,
            ..
        } = self;
        write!(f, "{severity}[{code}] {place}: {message}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn finding(pointer: Option<&str>) -> Finding {
        Finding {
            severity: "error",
            code: "OA0204",
            pointer: pointer.map(str::to_owned),
            place: "x.yaml".to_owned(),
            message: "wrong".to_owned(),
        }
    }

    fn outcome(expect: Expect, at: Option<&str>, generation: Generation) -> Outcome {
        let root = Root {
            name: "g/x.yaml".to_owned(),
            path: PathBuf::from("/g/x.yaml"),
            ref_root: PathBuf::from("/g"),
            expect,
            at: at.map(str::to_owned),
            disputed: None,
        };
        Outcome {
            root,
            generation,
            time: Duration::ZERO,
            compiled: Compiled::Not,
            vectors: None,
        }
    }

    fn word(expect: Expect, at: Option<&str>, generation: Generation) -> Option<&'static str> {
        outcome(expect, at, generation)
            .fault()
            .map(|fault| fault.word)
    }

    #[test]
    fn an_error_must_be_at_or_below_the_place_that_is_wrong() {
        let rejected = |pointer| Generation::Rejected(vec![finding(pointer)]);
        let at = Some("/paths/~1foo");
        assert_eq!(
            word(Expect::Reject, at, rejected(Some("/paths/~1foo"))),
            None
        );
        assert_eq!(
            word(Expect::Reject, at, rejected(Some("/paths/~1foo/get"))),
            None
        );
        assert_eq!(
            word(Expect::Reject, at, rejected(Some("/paths/~1foo2"))),
            Some("misplaced")
        );
        assert_eq!(
            word(Expect::Reject, at, rejected(Some("/paths"))),
            Some("misplaced")
        );
        assert_eq!(word(Expect::Reject, at, rejected(None)), Some("misplaced"));
        assert_eq!(word(Expect::Reject, Some(""), rejected(None)), None);
        assert_eq!(word(Expect::Reject, None, rejected(Some("/paths"))), None);
    }

    #[test]
    fn a_panic_is_a_fault_whatever_is_expected() {
        for expect in [Expect::Generate, Expect::Either, Expect::Reject] {
            assert_eq!(
                word(expect, None, Generation::Panicked("index".to_owned())),
                Some("panic")
            );
            assert_eq!(word(expect, None, Generation::TimedOut), Some("timeout"));
        }
    }

    #[test]
    fn a_rejection_is_a_fault_where_an_output_is_expected() {
        assert_eq!(
            word(
                Expect::Generate,
                None,
                Generation::Rejected(vec![finding(None)])
            ),
            Some("rejected")
        );
        assert_eq!(
            word(
                Expect::Either,
                None,
                Generation::Rejected(vec![finding(None)])
            ),
            None
        );
    }
}
