//! Runs the generator on one document, so that whatever happens is told of that document and ends nothing else.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use oasmith::diagnostic::locate::locate_all;
use oasmith::diagnostic::{Diagnostic, Diagnostics};
use oasmith::options::Options;
use oasmith::{Output, Tree, census, load};

use oasmith_cli::disk::DiskSources;

use super::outcome::{Compiled, End, Finding, Made, Outcome, SchemaType};
use super::roots::Root;

/// More than a main thread has, so that a deep document meets the generator's own limits and not the stack's: a stack
/// that overflows ends the whole process.
const STACK: usize = 64 << 20;

thread_local! {
    /// Where the last panic of this thread was; the hook knows it, `catch_unwind` does not.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics of documents off the terminal and remembers where each happened. To be called once.
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

/// What a run leaves: how it ended, the files of the output, and how long the generator itself took.
type Run = (End, Tree, Duration);

/// Generates a document and gives the files of the output with what became of it.
///
/// A document that takes too long is given up. Its thread is left behind, since a thread cannot be stopped; it ends
/// with the process.
pub fn run(root: Root, limit: Duration) -> (Outcome, Tree) {
    let clock = Instant::now();
    let (sender, receiver) = mpsc::channel();
    let document = root.clone();
    let work = move || {
        let run = panic::catch_unwind(AssertUnwindSafe(|| generate(&document)));
        let run = run.unwrap_or_else(|payload| {
            (End::Panicked(told(&*payload)), Tree::new(), clock.elapsed())
        });
        // Nobody listens any more when the document was given up.
        let _ = sender.send(run);
    };
    let started = thread::Builder::new()
        .name(THREAD.to_owned())
        .stack_size(STACK)
        .spawn(work);
    let (end, tree, time) = match started {
        Err(error) => (
            End::Lost(format!("no thread could be started: {error}")),
            Tree::new(),
            Duration::ZERO,
        ),
        Ok(_) => match receiver.recv_timeout(limit) {
            Ok(run) => run,
            Err(RecvTimeoutError::Timeout) => (End::TimedOut, Tree::new(), limit),
            Err(RecvTimeoutError::Disconnected) => (
                End::Lost("its thread ended without a result".to_owned()),
                Tree::new(),
                clock.elapsed(),
            ),
        },
    };
    (
        Outcome {
            root,
            end,
            time,
            compiled: Compiled::Not,
            vectors: None,
        },
        tree,
    )
}

fn told(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without a text");
    match PANIC.take() {
        Some(place) => format!("{text}, at {place}"),
        None => text.to_owned(),
    }
}

fn generate(root: &Root) -> Run {
    let sources = match DiskSources::new(&root.ref_root, None) {
        Ok(sources) => sources,
        Err(failure) => return lost(failure.to_string()),
    };
    let Some(input) = sources.name_of(&root.path) else {
        return lost("it does not lie below its reference root");
    };
    let mut options = Options::new(input, PACKAGE);
    options.header = "cargo xtask corpus".to_owned();
    let clock = Instant::now();
    let generated = oasmith::generate(&sources, &options);
    let time = clock.elapsed();
    match generated {
        Err(diagnostics) => (
            End::Refused(findings(&diagnostics, &sources)),
            Tree::new(),
            time,
        ),
        Ok(output) => made(output, &sources, &options, time),
    }
}

fn lost(why: impl Into<String>) -> Run {
    (End::Lost(why.into()), Tree::new(), Duration::ZERO)
}

/// The name that every output has; it stands only in the example of its documentation.
const PACKAGE: &str = "client";

fn made(output: Output, sources: &DiskSources, options: &Options, time: Duration) -> Run {
    if let Some(why) = unlike_an_emitter(&output.files) {
        return lost(why);
    }
    let mut ignored = Diagnostics::new();
    let Some(loaded) = load::load(sources, &options.input, &options.budgets, &mut ignored) else {
        return lost("it was read once and not a second time");
    };
    let lines = output
        .files
        .iter()
        .filter(|(path, _)| !path.starts_with("src/runtime/"));
    let made = Made {
        lines: lines.map(|(_, text)| text.lines().count()).sum(),
        operations: output.api.operations.len(),
        types: output.api.types.len(),
        census: census::census(&loaded, &output.api, &output.diagnostics),
        findings: findings(&output.diagnostics, sources),
        requirements: output.requirements,
        recursion_limit: output.api.recursion_limit,
        schemas: schemas(&output.api, &options.input),
    };
    (End::Output(Box::new(made)), output.files, time)
}

/// The text that was written, read again: what stands in it must be what emitters write, and nothing else.
fn unlike_an_emitter(files: &Tree) -> Option<String> {
    let generated = files
        .iter()
        .filter(|(path, _)| !path.starts_with("src/runtime/"));
    let mut wrong = generated
        .filter_map(|(path, text)| Some(format!("{path}: {}", oasmith::reparse(text).err()?)));
    wrong.next()
}

/// The types of the root document's component schemas.
fn schemas(api: &oasmith::ir::Api, input: &str) -> Vec<SchemaType> {
    let types = api
        .types
        .iter()
        .flat_map(|def| def.origins.iter().map(move |origin| (def, origin)));
    let own = types.filter(|(_, origin)| &**origin.file() == input);
    own.map(|(def, origin)| SchemaType {
        pointer: format!("#{}", origin.path()),
        rust: def.name.rust.clone(),
        nullable: def.nullable,
        received: def.usage.response,
    })
    .collect()
}

/// Diagnostics with their lines looked up.
fn findings(diagnostics: &Diagnostics, sources: &DiskSources) -> Vec<Finding> {
    let places = locate_all(diagnostics, sources);
    let finding = |(one, place): (&Diagnostic, _)| {
        let place: Option<oasmith::diagnostic::locate::Located> = place;
        Finding {
            severity: one.severity.word(),
            code: one.code.id,
            pointer: one.at.pointer().map(|pointer| pointer.path().to_owned()),
            place: match place {
                Some(at) => format!("{}:{}:{}", at.file, at.line, at.column),
                None => one.at.to_string(),
            },
            message: one.message.clone(),
        }
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
    fn an_output_is_told_with_its_types_and_operations() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (outcome, tree) = run(root(folder.path(), DOCUMENT), Duration::from_secs(60));
        let made = outcome.made().expect("the document is right");
        assert_eq!((made.operations, made.refused_operations()), (1, 0));
        assert_eq!(made.schemas.len(), 1);
        assert_eq!(made.schemas[0].pointer, "#/components/schemas/Pet");
        assert!(tree.contains_key("src/lib.rs"));
    }

    #[test]
    fn a_refusal_is_told_with_line_and_column() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let text = DOCUMENT.replace("3.0.3", "2.0");
        let (outcome, _) = run(root(folder.path(), &text), Duration::from_secs(60));
        let [finding] = outcome.findings() else {
            panic!("one finding: {:?}", outcome.end)
        };
        assert_eq!(
            (finding.place.as_str(), finding.pointer.as_deref()),
            ("a.yaml:1:10", Some("/openapi"))
        );
    }

    #[test]
    fn what_takes_too_long_is_given_up() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (outcome, _) = run(root(folder.path(), DOCUMENT), Duration::ZERO);
        assert!(matches!(outcome.end, End::TimedOut));
    }
}
