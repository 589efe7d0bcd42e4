//! What a check of a crate with features by tag costs: `CODEGEN_CORPUS=… cargo bench -p oasmith --bench features`.
//!
//! Measures a made-up document of 1,535 operations, and GitHub's if `CODEGEN_CORPUS` names the folder of the corpus:
//! without a tag, with one of the middle, with the largest one, and with all; GitHub's also with `runtime: crate`, where
//! the runtime is no part of the crate. Fails above the budgets below. Takes some minutes and needs GNU time.
//!
//! Figures are user seconds of the crate alone. The best of all rounds counts, the one least disturbed by other
//! programs.

#[path = "../support/compile.rs"]
mod compile;
mod document;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use compile::{Used, Workspace};
use oasmith::ir::{FeaturePart, Gate};
use oasmith::load::MapSources;
use oasmith::options::{DefaultFeatures, Features, Options, RuntimeSource};
use oasmith::{Output, generate, manifest};

/// GitHub's document, below the folder of the corpus.
const GITHUB: &str = "public/github__api.github.com.json";

/// The most seconds with one tag of the middle; with the largest, too, where the runtime is a dependency.
const GITHUB_TAG: f64 = 2.0;
const SYNTHETIC_TAG: f64 = 3.0;

/// What the largest tag may cost above its share of the lines.
const ABOVE_SHARE: f64 = 1.3;

/// What every check has: the default features without tags.
const FLAGS: &[&str] = &[
    "--offline",
    "--no-default-features",
    "--features",
    "reqwest",
];

/// The number of compilations; the best one counts.
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    let measured = all();
    match measured {
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

fn all() -> io::Result<bool> {
    let carried = RuntimeSource::Carried;
    let synthetic = measure("synthetic", &document::document(), carried, SYNTHETIC_TAG)?;
    let Some(corpus) = std::env::var_os("CODEGEN_CORPUS") else {
        println!("github is not measured: CODEGEN_CORPUS does not name the folder of the corpus");
        return Ok(synthetic);
    };
    let text = fs::read_to_string(PathBuf::from(corpus).join(GITHUB))?;
    let github = measure("github", &text, carried, GITHUB_TAG)?;
    let shared = measure("github-shared", &text, RuntimeSource::Crate, GITHUB_TAG)?;
    Ok(synthetic && github && shared)
}

/// Measures a document, and returns whether it is within its budgets.
fn measure(name: &str, document: &str, runtime: RuntimeSource, budget: f64) -> io::Result<bool> {
    let output = made(name, document, runtime)?;
    let mut tags = tags(&output);
    tags.sort_by_key(|(_, lines)| *lines);
    let (Some(middle), Some(largest)) = (tags.get(tags.len() / 2), tags.last()) else {
        return Err(io::Error::other("the document has no tags"));
    };
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("features");
    fs::create_dir_all(&root)?;
    let workspace = Workspace::create(root, ROUNDS, FLAGS)?;
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    let text = manifest(name, &output.requirements)
        .replace("\n[workspace]\n", "")
        .replace(
            "oasmith-runtime = { version",
            &format!("oasmith-runtime = {{ path = {at:?}, version"),
        );
    workspace.add(name, &text, &output.files)?;
    let check = |features: &str| -> io::Result<Used> {
        let features = ["--features", features].map(str::to_owned);
        workspace.prepare_with("check", name, &features)?;
        workspace.measure_with("check", name, &features)
    };
    workspace.prepare("check", name)?;
    let none = workspace.measure("check", name)?;
    let every: Vec<&str> = tags.iter().map(|(tag, _)| tag.as_str()).collect();
    let whole = lines(&output, |_| true);
    let rows = [
        ("no tag", 0, none),
        ("the middle tag", middle.1, check(&middle.0)?),
        ("the largest tag", largest.1, check(&largest.0)?),
        ("all tags", whole, check(&every.join(","))?),
    ];
    println!(
        "{name}: {} operations, {} tags, {whole} lines; the middle one is {}, the largest {}",
        output.api.operations.len(),
        tags.len(),
        middle.0,
        largest.0
    );
    for (what, lines, used) in &rows {
        println!(
            "  {what:<16} {lines:>7} lines {:>6.2} s {:>6.0} MB",
            used.seconds, used.megabytes
        );
    }
    let [none, one, most, every] = rows.map(|(.., used)| used.seconds);
    let share = largest.1 as f64 / whole as f64;
    let allowed = match runtime {
        RuntimeSource::Crate => budget,
        _ => none + share * (every - none) * ABOVE_SHARE,
    };
    println!("  budgets: {budget:.2} s for the middle tag, {allowed:.2} s for the largest");
    Ok(one <= budget && most <= allowed)
}

fn made(name: &str, document: &str, runtime: RuntimeSource) -> io::Result<Output> {
    let sources = MapSources::new().with("api.json", document);
    let mut options = Options::new("api.json", name);
    options.features = Some(Features::ByTag(DefaultFeatures::None));
    options.runtime = runtime;
    generate(&sources, &options)
        .map_err(|found| io::Error::other(format!("the document is rejected: {found:?}")))
}

/// Returns the features of tags with the lines that each compiles, beside those that are always compiled.
fn tags(output: &Output) -> Vec<(String, usize)> {
    let features = output.api.features.iter().flat_map(|all| &all.list);
    let tags = features.filter_map(|feature| match &feature.part {
        FeaturePart::Tag { module, .. } => Some((feature.name.clone(), module)),
        FeaturePart::UnusedTypes => None,
    });
    tags.map(|(name, module)| {
        let is_compiled = |gate: &Gate| matches!(gate, Gate::AnyOf(all) if all.contains(&name));
        let types = lines_of_types(output, is_compiled);
        let client = text_lines(output, &format!("src/client/{module}.rs"));
        (name, types + client)
    })
    .collect()
}

/// Returns the lines of types and methods whose gates are as wanted.
fn lines(output: &Output, is_wanted: impl Fn(&Gate) -> bool) -> usize {
    let client = output.files.keys();
    let client = client.filter(|path| path.starts_with("src/client/"));
    let client: usize = client.map(|path| text_lines(output, path)).sum();
    client + lines_of_types(output, is_wanted)
}

fn lines_of_types(output: &Output, is_wanted: impl Fn(&Gate) -> bool) -> usize {
    let Some(features) = &output.api.features else {
        return 0;
    };
    let types = output.api.types.iter();
    let wanted = types.filter(|def| is_wanted(&features.of_type(def)));
    let modules: BTreeSet<&str> = wanted.map(|def| def.module.as_str()).collect();
    let paths = modules
        .iter()
        .map(|module| format!("src/types/{module}.rs"));
    paths.map(|path| text_lines(output, &path)).sum()
}

fn text_lines(output: &Output, path: &str) -> usize {
    output
        .files
        .get(path)
        .map_or(0, |text| text.lines().count())
}
