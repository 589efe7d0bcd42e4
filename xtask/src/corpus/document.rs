//! Runs the generator on one document, so that whatever happens is reported for that document and stops no other.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use oasmith::diagnostic::{Diagnostic, Diagnostics};
use oasmith::options::Options;
use oasmith::report::locate::{Located, locate_all};
use oasmith::{Output, Tree, load};
use oasmith_coverage::Coverage;

use oasmith_cli::disk::DiskSources;

use super::outcome::{Compiled, Finding, Generation, Outcome, OutputSummary, SchemaType};
use super::roots::Root;
use super::vectors::Fallbacks;

/// More than a main thread has, so that a deep document reaches the generator's limits before the end of the stack: a
/// stack overflow would end the whole process.
pub const STACK: usize = 64 << 20;

thread_local! {
    /// The place of the last panic of this thread, which the hook gets and `catch_unwind` does not.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Records the place of each panic, and prints none of those that a document caused. Must be called once.
pub fn catch_panics() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(THREAD) {
            return before(info);
        }
        let place = info.location().map(ToString::to_string);
        PANIC.set(place);
    }));
}

/// The name of the threads that run documents.
const THREAD: &str = "document";

/// The result of a run: how generating ended, the files of the output, and how long the generator itself took.
type Run = (Generation, Tree, Duration);

/// Generates a document and returns the outcome and the files of the output.
///
/// A document that exceeds the time limit is abandoned. A thread cannot be stopped, so its thread runs on until the
/// process ends.
pub fn run(root: Root, limit: Duration) -> (Outcome, Tree) {
    let clock = Instant::now();
    let (sender, receiver) = mpsc::channel();
    let document = root.clone();
    let work = move || {
        let generated = panic::catch_unwind(AssertUnwindSafe(|| generate(&document)));
        let run = generated.unwrap_or_else(|payload| {
            let message = panic_message(&*payload);
            (Generation::Panicked(message), Tree::new(), clock.elapsed())
        });
        // Nobody receives it when the document was abandoned.
        let _ = sender.send(run);
    };
    let started = thread::Builder::new()
        .name(THREAD.to_owned())
        .stack_size(STACK)
        .spawn(work);
    let (generation, tree, time) = match started {
        Err(error) => (
            Generation::Failed(format!("no thread could be started: {error}")),
            Tree::new(),
            Duration::ZERO,
        ),
        Ok(_) => match receiver.recv_timeout(limit) {
            Ok(run) => run,
            Err(RecvTimeoutError::Timeout) => (Generation::TimedOut, Tree::new(), limit),
            Err(RecvTimeoutError::Disconnected) => (
                Generation::Failed("its thread ended without a result".to_owned()),
                Tree::new(),
                clock.elapsed(),
            ),
        },
    };
    (
        Outcome {
            root,
            generation,
            time,
            compiled: Compiled::Not,
            vectors: None,
        },
        tree,
    )
}

fn panic_message(payload: &(dyn Any + Send)) -> String {
    let text = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without a message");
    match PANIC.take() {
        Some(place) => format!("{text}, at {place}"),
        None => text.to_owned(),
    }
}

fn generate(root: &Root) -> Run {
    let sources = match DiskSources::new(&root.ref_root, None) {
        Ok(sources) => sources,
        Err(failure) => return failed(failure.to_string()),
    };
    let Some(input) = sources.name_of(&root.path) else {
        return failed("it is outside its reference root");
    };
    let mut options = Options::new(input, PACKAGE);
    options.header = "cargo xtask corpus".to_owned();
    let clock = Instant::now();
    let generated = oasmith::generate(&sources, &options);
    let time = clock.elapsed();
    match generated {
        Err(diagnostics) => (
            Generation::Rejected(findings(&diagnostics, &sources)),
            Tree::new(),
            time,
        ),
        Ok(output) => summarize(output, &sources, &options, time),
    }
}

fn failed(reason: impl Into<String>) -> Run {
    (
        Generation::Failed(reason.into()),
        Tree::new(),
        Duration::ZERO,
    )
}

/// The package name of every output; it occurs only in the example of its documentation.
const PACKAGE: &str = "client";

fn summarize(output: Output, sources: &DiskSources, options: &Options, time: Duration) -> Run {
    if let Some(reason) = invalid_file(&output.files) {
        return failed(reason);
    }
    let mut ignored = Diagnostics::new();
    let Some(loaded) = load::load_overlaid(
        sources,
        &options.input,
        &options.overlays,
        &options.budgets,
        &mut ignored,
    ) else {
        return failed("it could not be read a second time");
    };
    let lines = generated_files(&output.files).map(|(_, text)| text.lines().count());
    let coverage = Coverage::measure(&loaded, &output.api, &output.diagnostics);
    let summary = OutputSummary {
        lines: lines.sum(),
        operations: output.api.operations.len(),
        types: output.api.types.len(),
        findings: findings(&output.diagnostics, sources),
        requirements: output.requirements,
        recursion_limit: output.api.recursion_limit,
        schemas: schemas(&output.api, &options.input),
        fallbacks: Fallbacks::new(output.api, &loaded, &coverage),
        coverage,
    };
    (Generation::Output(Box::new(summary)), output.files, time)
}

/// Parses the written text again, and returns the first file with syntax that no emitter writes.
fn invalid_file(files: &Tree) -> Option<String> {
    generated_files(files)
        .find_map(|(path, text)| Some(format!("{path}: {}", oasmith::reparse(text).err()?)))
}

/// Returns the files without those of the runtime.
fn generated_files(files: &Tree) -> impl Iterator<Item = (&String, &String)> {
    files
        .iter()
        .filter(|(path, _)| !path.starts_with("src/runtime/"))
}

/// Returns the types of the root document's component schemas.
fn schemas(api: &oasmith::ir::Api, input: &str) -> Vec<SchemaType> {
    api.types
        .iter()
        .flat_map(|def| def.origins.iter().map(move |origin| (def, origin)))
        .filter(|(_, origin)| &**origin.file() == input)
        .map(|(def, origin)| SchemaType {
            pointer: format!("#{}", origin.path()),
            rust: def.name.rust.clone(),
            is_nullable: def.nullable,
            is_in_responses: def.usage.response,
        })
        .collect()
}

/// Returns the diagnostics with their lines looked up.
fn findings(diagnostics: &Diagnostics, sources: &DiskSources) -> Vec<Finding> {
    let places = locate_all(diagnostics, sources);
    let finding = |(one, place): (&Diagnostic, Option<Located>)| Finding {
        severity: one.severity.as_str(),
        code: one.code.id,
        pointer: one.place.pointer().map(|pointer| pointer.path().to_owned()),
        place: match place {
            Some(at) => format!("{}:{}:{}", at.file, at.line, at.column),
            None => one.place.to_string(),
        },
        message: one.message.clone(),
    };
    diagnostics.iter().zip(places).map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    use crate::corpus::roots::Expect;

    fn root(folder: &Path, text: &str) -> Root {
        let path = folder.join("a.yaml");
        std::fs::write(&path, text).expect("it can be written");
        Root {
            name: "g/a.yaml".to_owned(),
            path,
            ref_root: folder.to_path_buf(),
            expect: Expect::Generate,
            at: None,
            disputed: None,
        }
    }

    const DOCUMENT: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      \
        responses: {'204': {description: Done.}}\ncomponents: {schemas: {Pet: {type: object}}}\n";

    #[test]
    fn an_output_is_summarized() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (outcome, tree) = run(root(folder.path(), DOCUMENT), Duration::from_secs(60));
        let summary = outcome.output().expect("the document is right");
        assert_eq!(
            (summary.operations, summary.unsupported_operations()),
            (1, 0)
        );
        assert_eq!(summary.schemas.len(), 1);
        assert_eq!(summary.schemas[0].pointer, "#/components/schemas/Pet");
        assert!(tree.contains_key("src/lib.rs"));
    }

    #[test]
    fn a_rejected_document_has_a_finding_with_line_and_column() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let text = DOCUMENT.replace("3.0.3", "2.0");
        let (outcome, _) = run(root(folder.path(), &text), Duration::from_secs(60));
        let [finding] = outcome.findings() else {
            panic!("one finding: {:?}", outcome.generation)
        };
        assert_eq!(
            (finding.place.as_str(), finding.pointer.as_deref()),
            ("a.yaml:1:10", Some("/openapi"))
        );
    }

    #[test]
    fn a_document_beyond_the_time_limit_is_abandoned() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (outcome, _) = run(root(folder.path(), DOCUMENT), Duration::ZERO);
        assert!(matches!(outcome.generation, Generation::TimedOut));
    }
}
