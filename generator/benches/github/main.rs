//! Cost of GitHub's document, the largest of the corpus: `CODEGEN_CORPUS=… cargo bench -p oasmith --bench github`.
//!
//! Measures generation, the size of the crate, and its compilation, and fails above the budgets below. If
//! `OPENAPI_TO_RUST` names the binary of openapi-to-rust (`cargo install openapi-to-rust`), it measures that generator
//! in the same run; the dependencies of that crate come from the registry. Takes some minutes and needs GNU time.
//!
//! Compilation is user seconds of the crate alone. The best of all rounds counts, the one least disturbed by other
//! programs.

#[path = "../support/compile.rs"]
mod compile;
mod peer;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use compile::{Package, Used, Workspace, timed};
use oasmith::load::MapSources;
use oasmith::options::Options;
use oasmith::{Output, generate, manifest};

/// The document, below the folder of the corpus.
const DOCUMENT: &str = "public/github__api.github.com.json";

/// The numbers of runs of the generator and of compilations of the crate.
const RUNS: usize = 7;
const ROUNDS: usize = 2;

/// The arguments of a child process that generates once and prints its time.
const ONCE: &str = "--once";

/// A figure with its label, our value, the budget, and the peer's value.
struct Row {
    what: &'static str,
    ours: f64,
    budget: f64,
    theirs: Option<f64>,
}

/// The size and cost of a generator's output.
#[derive(Debug)]
pub struct Cost {
    /// Seconds of the whole command, with reading and writing.
    command: Duration,
    /// Resources of the command.
    run: Used,
    /// Lines that are not blank, without the runtime.
    lines: usize,
    /// Resources of `cargo check`.
    check: Used,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, once, document, folder] = arguments.as_slice()
        && once == ONCE
    {
        return ended(generate_once(Path::new(document), Path::new(folder)).map(|()| true));
    }
    let Some(corpus) = std::env::var_os("CODEGEN_CORPUS") else {
        println!("skipped: CODEGEN_CORPUS does not name the folder of the corpus");
        return ExitCode::SUCCESS;
    };
    ended(measure(&PathBuf::from(corpus).join(DOCUMENT)))
}

fn ended(result: io::Result<bool>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("over budget");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("not measured: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Generates in a process of its own, to measure its memory: prints the milliseconds of `generate` and writes the
/// files.
fn generate_once(document: &Path, folder: &Path) -> io::Result<()> {
    let (sources, options) = read(document)?;
    let clock = Instant::now();
    let output = made(&sources, &options)?;
    println!("{}", clock.elapsed().as_secs_f64() * 1000.0);
    for (path, text) in &output.files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    Ok(())
}

fn read(document: &Path) -> io::Result<(MapSources, Options)> {
    let sources = MapSources::new().with("api.json", fs::read_to_string(document)?);
    Ok((sources, Options::new("api.json", "github")))
}

fn made(sources: &MapSources, options: &Options) -> io::Result<Output> {
    let rejected = |found| io::Error::other(format!("the document is rejected: {found:?}"));
    generate(sources, options).map_err(rejected)
}

fn measure(document: &Path) -> io::Result<bool> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("github");
    fs::create_dir_all(&root)?;
    let (sources, options) = read(document)?;
    let output = made(&sources, &options)?;
    let (own, generated) = ours(document, &root, &output)?;
    let theirs = match std::env::var_os("OPENAPI_TO_RUST") {
        Some(program) => Some(peer::cost(
            Path::new(&program),
            document,
            &root.join("peer"),
        )?),
        None => {
            println!("openapi-to-rust is not measured: OPENAPI_TO_RUST does not name its binary");
            None
        }
    };
    let client = lines(
        output
            .files
            .iter()
            .filter(|(path, _)| path.starts_with("src/client/")),
    );
    let per_operation = client as f64 / output.api.operations.len() as f64;
    let of = |figure: fn(&Cost) -> f64| (figure(&own), theirs.as_ref().map(figure));
    let row = |what, (ours, theirs): (f64, Option<f64>), budget| Row {
        what,
        ours,
        budget,
        theirs,
    };
    let rows = [
        row("generate, s", (generated.as_secs_f64(), None), 0.5),
        row(
            "the whole run, s",
            of(|cost| cost.command.as_secs_f64()),
            f64::INFINITY,
        ),
        row(
            "memory of the run, MB",
            of(|cost| cost.run.megabytes),
            200.0,
        ),
        row(
            "lines without the runtime",
            of(|cost| cost.lines as f64),
            90_000.0,
        ),
        row(
            "lines of client/ per operation",
            (per_operation, None),
            40.0,
        ),
        row(
            "cargo check, the crate only, user s",
            of(|cost| cost.check.seconds),
            12.0,
        ),
        row("cargo check, MB", of(|cost| cost.check.megabytes), 900.0),
    ];
    print(&rows);
    Ok(rows.iter().all(|row| row.ours <= row.budget))
}

fn print(rows: &[Row]) {
    println!(
        "{:<36} {:>10} {:>10} {:>16} {:>6}",
        "", "this", "budget", "openapi-to-rust", "ratio"
    );
    let figure = |value: f64| match value {
        value if value.is_infinite() => String::new(),
        value if value >= 1000.0 => format!("{value:.0}"),
        value => format!("{value:.2}"),
    };
    for row in rows {
        let theirs = row.theirs.map(figure).unwrap_or_default();
        let ratio = row.theirs.map(|theirs| format!("{:.2}", row.ours / theirs));
        println!(
            "{:<36} {:>10} {:>10} {:>16} {:>6}",
            row.what,
            figure(row.ours),
            figure(row.budget),
            theirs,
            ratio.unwrap_or_default()
        );
    }
}

/// Returns our own cost, and the time of `generate` alone.
fn ours(document: &Path, root: &Path, output: &Output) -> io::Result<(Cost, Duration)> {
    let program = std::env::current_exe()?;
    let folder = root.join("once");
    let mut generated = Duration::MAX;
    let (command, run) = best_run(
        &program,
        root,
        |timed| {
            timed.arg(ONCE).arg(document).arg(&folder);
        },
        |printed| {
            if let Ok(millis) = printed.trim().parse::<f64>() {
                generated = generated.min(Duration::from_secs_f64(millis / 1000.0));
            }
        },
    )?;
    let workspace = Workspace::create(root.join("ours"), ROUNDS, &["--offline"])?;
    let text = manifest("github", &output.requirements).replace("\n[workspace]\n", "");
    workspace.add("github", &text, &output.files)?;
    workspace.prepare("check", "github")?;
    let own = output
        .files
        .iter()
        .filter(|(path, _)| !path.starts_with("src/runtime/"));
    let cost = Cost {
        command,
        run,
        lines: lines(own),
        check: workspace.measure("check", "github")?,
    };
    Ok((cost, generated))
}

/// Returns the time and resources of the best of some runs of a program.
pub fn best_run(
    program: &Path,
    root: &Path,
    arguments: impl Fn(&mut std::process::Command),
    mut printed: impl FnMut(&str),
) -> io::Result<(Duration, Used)> {
    let mut best: Option<(Duration, Used)> = None;
    for _ in 0..RUNS {
        let clock = Instant::now();
        let (used, text) = timed(program, &root.join("used"), &arguments)?;
        let took = clock.elapsed();
        printed(&text);
        best = Some(best.map_or((took, used), |(time, best)| {
            let used = Used {
                seconds: best.seconds.min(used.seconds),
                megabytes: best.megabytes.min(used.megabytes),
            };
            (time.min(took), used)
        }));
    }
    best.ok_or_else(|| io::Error::other("no run was asked for"))
}

/// Lines that are not blank: how far methods stand apart is no matter of size.
fn lines<'f>(files: impl Iterator<Item = (&'f String, &'f String)>) -> usize {
    files
        .flat_map(|(_, text)| text.lines())
        .filter(|line| !line.trim().is_empty())
        .count()
}

/// Reads the files below a folder.
pub fn package(folder: &Path) -> io::Result<Package> {
    let mut files = Package::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            files.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(files)
}
