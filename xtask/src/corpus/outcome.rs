//! What became of a document, and whether it is what was expected.

use std::time::Duration;

use oasmith::Requirements;
use oasmith_coverage::Coverage;

use super::roots::{Expect, Root};
use super::vectors::Share;

/// What became of a document.
#[derive(Debug)]
pub struct Outcome {
    /// The document.
    pub root: Root,
    /// What the generator made of it.
    pub end: End,
    /// How long generating took.
    pub time: Duration,
    /// What the compiler and clippy say about the output.
    pub compiled: Compiled,
    /// How its instances fared, when there were some.
    pub vectors: Option<Share>,
}

/// How generating ended.
#[derive(Debug)]
pub enum End {
    /// There is an output.
    Output(Box<Made>),
    /// There are errors.
    Refused(Vec<Finding>),
    /// The generator panicked: with this message, at this place of its source.
    Panicked(String),
    /// The document took longer than it may.
    TimedOut,
    /// The document could not be read at all, or its output could not be written.
    Lost(String),
}

/// An output, without its text.
#[derive(Debug)]
pub struct Made {
    /// Lines of the output, the runtime left out.
    pub lines: usize,
    /// Methods of the client.
    pub operations: usize,
    /// Named types.
    pub types: usize,
    /// What is in the document, and what became of it.
    pub coverage: Coverage,
    /// Warnings and notes.
    pub findings: Vec<Finding>,
    /// What the output needs of a `Cargo.toml`.
    pub requirements: Requirements,
    /// The recursion limit that the output asks rustc for.
    pub recursion_limit: Option<usize>,
    /// The types of component schemas.
    pub schemas: Vec<SchemaType>,
}

/// The Rust type of a component schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaType {
    /// Where the schema stands: `#/components/schemas/Pet`.
    pub pointer: String,
    /// The type's name in `types`.
    pub rust: String,
    /// Whether `null` fits the schema, so that a use of the type is an `Option`.
    pub nullable: bool,
    /// Whether responses reach it, so that its enums keep values that are not listed.
    pub received: bool,
}

impl SchemaType {
    /// The type where the schema is used: `pets::types::Pet`, `Option<pets::types::Pet>`.
    pub fn path(&self, module: &str) -> String {
        let path = format!("{module}::types::{}", self.rust);
        match self.nullable {
            true => format!("Option<{path}>"),
            false => path,
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
    /// The JSON Pointer in its file; `None` for findings made before there is a tree.
    pub pointer: Option<String>,
    /// The file, line and column as the diagnostic shows it.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

/// What the compiler and clippy say about an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compiled {
    /// Not asked.
    Not,
    /// Nothing.
    Clean,
    /// What they complain about; the first few messages.
    Complaints(Vec<String>),
}

/// Why an expectation does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// A word for the table: `refused`, `panic`, `clippy`.
    pub word: &'static str,
    /// The details.
    pub details: Vec<String>,
}

impl Outcome {
    /// The output, when there is one.
    pub fn made(&self) -> Option<&Made> {
        match &self.end {
            End::Output(made) => Some(made),
            _ => None,
        }
    }

    /// The errors of a refusal, else the warnings and notes of an output.
    pub fn findings(&self) -> &[Finding] {
        match &self.end {
            End::Output(made) => &made.findings,
            End::Refused(findings) => findings,
            _ => &[],
        }
    }

    /// Whether the expectation does not hold, and that counts.
    pub fn is_broken(&self) -> bool {
        self.root.disputed.is_none() && self.fault().is_some()
    }

    /// Why the expectation does not hold; `None` when it does. A disputed document is judged like any other.
    pub fn fault(&self) -> Option<Fault> {
        let fault = |word, details| Some(Fault { word, details });
        match (&self.end, self.root.expect) {
            (End::Panicked(message), _) => fault("panic", vec![message.clone()]),
            (End::TimedOut, _) => fault("timeout", Vec::new()),
            (End::Lost(why), _) => fault("lost", vec![why.clone()]),
            (End::Refused(findings), Expect::Generate) => fault(
                "refused",
                errors(findings).map(Finding::to_string).collect(),
            ),
            (End::Refused(_), Expect::Either) => None,
            (End::Refused(findings), Expect::Refuse) => {
                misplaced(self.root.at.as_deref(), findings)
            }
            (End::Output(_), Expect::Refuse) => {
                fault("accepted", vec!["it must be refused".to_owned()])
            }
            (End::Output(made), Expect::Generate | Expect::Either) => match &self.compiled {
                Compiled::Complaints(messages) => fault("clippy", messages.clone()),
                Compiled::Not | Compiled::Clean => self.shortfall(made),
            },
        }
    }

    /// What a compiling output still lacks: keywords that nothing is known of, operations of real documents, or instances that do not
    /// survive.
    fn shortfall(&self, made: &Made) -> Option<Fault> {
        if !made.coverage.lost.is_empty() {
            let lost = made.coverage.lost.iter();
            let details = lost.map(|at| format!("neither modelled nor reported: {at}"));
            return Some(Fault {
                word: "coverage",
                details: details.collect(),
            });
        }
        let refused = made.refused_operations();
        if refused > 0 && self.root.expect == Expect::Generate {
            let details = made
                .findings
                .iter()
                .filter(|one| one.is_refusal())
                .map(Finding::to_string);
            return Some(Fault {
                word: "operations",
                details: details.collect(),
            });
        }
        let share = self.vectors.as_ref().filter(|share| !share.is_full())?;
        Some(Fault {
            word: "vectors",
            details: share.differences.clone(),
        })
    }
}

impl Made {
    /// Operations of the document without a method. Operations of webhooks and callbacks never get one.
    pub fn refused_operations(&self) -> usize {
        self.coverage.operations.saturating_sub(self.operations)
    }
}

/// The errors among findings.
pub fn errors(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings
        .iter()
        .filter(|finding| finding.severity == "error")
}

/// A refusal must name a place at or below the one that is wrong. A finding about bytes (syntax, a key that is there
/// twice) names a place, too, but none in a tree: it counts for the document as a whole.
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
    let mut details = vec![format!("no error stands at or below #{at}")];
    details.extend(errors(findings).map(Finding::to_string));
    Some(Fault {
        word: "elsewhere",
        details,
    })
}

impl Finding {
    /// Whether it says that something got no code although the document could be accepted: a construct that is not
    /// supported is an error, unless it costs only the operation that has it.
    pub fn is_refusal(&self) -> bool {
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

    fn outcome(expect: Expect, at: Option<&str>, end: End) -> Outcome {
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
            end,
            time: Duration::ZERO,
            compiled: Compiled::Not,
            vectors: None,
        }
    }

    fn word(expect: Expect, at: Option<&str>, end: End) -> Option<&'static str> {
        outcome(expect, at, end).fault().map(|fault| fault.word)
    }

    #[test]
    fn a_refusal_must_stand_at_or_below_the_place_that_is_wrong() {
        let refused = |pointer| End::Refused(vec![finding(pointer)]);
        let at = Some("/paths/~1foo");
        assert_eq!(
            word(Expect::Refuse, at, refused(Some("/paths/~1foo"))),
            None
        );
        assert_eq!(
            word(Expect::Refuse, at, refused(Some("/paths/~1foo/get"))),
            None
        );
        assert_eq!(
            word(Expect::Refuse, at, refused(Some("/paths/~1foo2"))),
            Some("elsewhere")
        );
        assert_eq!(
            word(Expect::Refuse, at, refused(Some("/paths"))),
            Some("elsewhere")
        );
        assert_eq!(word(Expect::Refuse, at, refused(None)), Some("elsewhere"));
        assert_eq!(word(Expect::Refuse, Some(""), refused(None)), None);
        assert_eq!(word(Expect::Refuse, None, refused(Some("/paths"))), None);
    }

    #[test]
    fn a_panic_is_a_fault_whatever_is_expected() {
        for expect in [Expect::Generate, Expect::Either, Expect::Refuse] {
            assert_eq!(
                word(expect, None, End::Panicked("index".to_owned())),
                Some("panic")
            );
            assert_eq!(word(expect, None, End::TimedOut), Some("timeout"));
        }
    }

    #[test]
    fn a_refusal_is_a_fault_only_where_an_output_must_come() {
        assert_eq!(
            word(Expect::Generate, None, End::Refused(vec![finding(None)])),
            Some("refused")
        );
        assert_eq!(
            word(Expect::Either, None, End::Refused(vec![finding(None)])),
            None
        );
    }
}
