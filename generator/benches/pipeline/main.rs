//! Time of each stage of the generator: `cargo bench -p oasmith --bench pipeline`.
//!
//! The home endpoint has budgets for the sum of its stages and for the command `cargo xtask codegen --check` with
//! cargo's own time; the benchmark fails above one of them. If `CODEGEN_CORPUS` names a folder of documents, it
//! measures GitHub's document as well: all stages, or those before an error, and an overlay of 20 actions.

mod overlay;

use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use criterion::{BenchmarkGroup, Criterion, SamplingMode, measurement::WallTime};
use oasmith::diagnostic::{Diagnostics, Severity};
use oasmith::load::{MapSources, Sources, load_overlaid};
use oasmith::options::{Options, read_config};
use oasmith::resolve::resolve;
use oasmith::stage::{lower, write};

/// The budget for the sum of the stages on the home endpoint.
const BUDGET: Duration = Duration::from_millis(20);

/// The budget for `cargo xtask codegen --check` after it is built.
const CHECK_BUDGET: Duration = Duration::from_millis(300);

/// The budget for an overlay of 20 actions on GitHub's document, as a part of the time to load it.
const OVERLAY_BUDGET: f64 = 0.1;

/// The number of runs of the command; the best one counts.
const CHECKS: usize = 10;

const CONFIG: &str = "spec/codegen.yaml";

/// The largest document of the corpus.
const LARGE: &str = "public/github__api.github.com.json";

fn main() -> ExitCode {
    let mut criterion = Criterion::default().configure_from_args();
    let (sources, options) = home();
    let sum = measure(&mut criterion, "endpoint", &sources, &options);
    let mut overlaid = 0.0;
    if let Some(corpus) = std::env::var_os("CODEGEN_CORPUS") {
        let (sources, options) = large(&PathBuf::from(corpus));
        measure(&mut criterion, "github", &sources, &options);
        overlaid = overlay::cost(&sources, &options);
        println!(
            "github    an overlay of 20 actions: {:.1} % of load",
            overlaid * 1e2
        );
    }
    criterion.final_summary();
    let check = match check_command() {
        Ok(time) => time,
        Err(error) => {
            eprintln!("`cargo xtask codegen --check` could not be measured: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("cargo xtask codegen --check {:>9.3} ms", millis(check));
    if sum <= BUDGET && check <= CHECK_BUDGET && overlaid <= OVERLAY_BUDGET {
        return ExitCode::SUCCESS;
    }
    eprintln!(
        "over budget: {BUDGET:?} for the endpoint's stages, {CHECK_BUDGET:?} for the command, {OVERLAY_BUDGET} of load \
         for an overlay"
    );
    ExitCode::FAILURE
}

/// Returns the best wall time of `cargo xtask codegen --check` in this workspace, with or without drift.
fn check_command() -> io::Result<Duration> {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["xtask", "codegen", "--check"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    // The first run builds it. Exit code 4 is drift, which takes at least as long as no drift.
    let first = command.output()?;
    if !matches!(first.status.code(), Some(0 | 4)) {
        let text = String::from_utf8_lossy(&first.stderr);
        return Err(io::Error::other(text));
    }
    let mut best = Duration::MAX;
    for _ in 0..CHECKS {
        let start = Instant::now();
        command.output()?;
        best = best.min(start.elapsed());
    }
    Ok(best)
}

/// Reads the first target of the workspace into memory, so that the disk is not measured.
fn home() -> (MapSources, Options) {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let bytes =
        |path: &str| std::fs::read(workspace.join(path)).expect("the workspace has the file");
    let sources = MapSources::new().with(CONFIG, bytes(CONFIG));
    let mut diagnostics = Diagnostics::new();
    let config = read_config(&sources, CONFIG, &mut diagnostics).expect("codegen.yaml is right");
    let mut targets = config.targets.into_iter();
    let target = targets.next().expect("codegen.yaml has a target");
    let sources = sources.with(target.options.input.as_str(), bytes(&target.input));
    let overlays = target.overlays.iter().zip(&target.options.overlays);
    let sources = overlays.fold(sources, |sources, (path, name)| {
        sources.with(name.as_str(), bytes(path))
    });
    (sources, target.options)
}

fn large(corpus: &Path) -> (MapSources, Options) {
    let bytes = std::fs::read(corpus.join(LARGE)).expect("the corpus has the document");
    (
        MapSources::new().with("api.json", bytes),
        Options::new("api.json", "github"),
    )
}

/// Measures and prints the stages of a document, and returns their sum.
fn measure(
    criterion: &mut Criterion,
    name: &str,
    sources: &dyn Sources,
    options: &Options,
) -> Duration {
    let mut group = criterion.benchmark_group(name);
    // a stage of a large document takes long enough for a few samples
    group.sampling_mode(SamplingMode::Flat).sample_size(20);
    let mut stages = Stages {
        group,
        times: Vec::new(),
    };
    let refusal = stages.run(sources, options).err();
    stages.group.finish();
    for (stage, time) in &stages.times {
        println!("{name:<9} {stage:<8} {:>9.3} ms", millis(*time));
    }
    let sum = stages.times.iter().map(|(_, time)| *time).sum();
    println!("{name:<9} {:<8} {:>9.3} ms", "sum", millis(sum));
    if let Some(errors) = refusal {
        println!("{name:<9} has {errors} errors, so later stages were not measured");
    }
    sum
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The stages of one document.
struct Stages<'a> {
    group: BenchmarkGroup<'a, WallTime>,
    /// The best time of each.
    times: Vec<(&'static str, Duration)>,
}

impl Stages<'_> {
    /// Measures each stage on the result of the one before. Fails with the number of errors of the document.
    fn run(&mut self, sources: &dyn Sources, options: &Options) -> Result<(), usize> {
        let mut found = Diagnostics::new();
        let read = |found: &mut Diagnostics| {
            let Options {
                input,
                overlays,
                budgets,
                ..
            } = options;
            load_overlaid(sources, input, overlays, budgets, found)
        };
        self.time("load", || read(&mut Diagnostics::new()));
        let loaded = read(&mut found).ok_or_else(|| errors(&found))?;
        self.time("resolve", || {
            resolve(&loaded, options, &mut Diagnostics::new())
        });
        let document = resolve(&loaded, options, &mut found).ok_or_else(|| errors(&found))?;
        self.time("lower", || {
            lower(&document, options, &mut Diagnostics::new())
        });
        let api = lower(&document, options, &mut found);
        if found.has_errors() {
            return Err(errors(&found));
        }
        self.time("write", || write(&api, options, &mut Diagnostics::new()));
        Ok(())
    }

    /// Measures a stage with criterion and keeps its best sample, the one least disturbed by other programs.
    fn time<T>(&mut self, stage: &'static str, work: impl Fn() -> T) {
        let mut best = Duration::MAX;
        self.group.bench_function(stage, |bencher| {
            bencher.iter_custom(|times| {
                let mut all = Duration::ZERO;
                for _ in 0..times {
                    let start = Instant::now();
                    let made = black_box(work());
                    let took = start.elapsed();
                    drop(made);
                    best = best.min(took);
                    all += took;
                }
                all
            });
        });
        // criterion skips what its filter does not match
        if best < Duration::MAX {
            self.times.push((stage, best));
        }
    }
}

fn errors(found: &Diagnostics) -> usize {
    found.count(Severity::Error)
}
