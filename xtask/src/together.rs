//! `cargo xtask together`: many descriptions that nobody made to fit, as one crate.
//!
//! They are taken evenly from those of a corpus that generate alone. The crate has to be checked without a warning; what
//! was joined, and how long everything took, is reported.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use clap::Args;
use oasmith::options::Options;
use oasmith::{Output, generate, manifest};
use oasmith_cli::disk::DiskSources;
use oasmith_cli::exit::{Exit, Failure};
use oasmith_cli::terminal::{Terminal, Tone, line, seconds, visible};
use oasmith_cli::workspace::Workspace;

use crate::corpus::{Disputed, Expect, Root, find, write_tree};

/// The name of the crate.
const PACKAGE: &str = "together";

/// Descriptions for one crate.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 everything holds, 1 something does not, 2 wrong usage.")]
pub struct Arguments {
    /// Folders of documents [default: the folder in CODEGEN_CORPUS]
    #[arg(value_name = "DIR")]
    pub dirs: Vec<PathBuf>,

    /// Only documents whose path contains this text
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,

    /// How many documents
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub count: usize,

    /// Generate only
    #[arg(long)]
    pub no_compile: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Exit, Failure> {
    let workspace = Workspace::require()?;
    let mut dirs = arguments.dirs.clone();
    if dirs.is_empty() {
        let corpus = std::env::var_os("CODEGEN_CORPUS");
        let missing = || Failure::new("name a folder of documents, or set `CODEGEN_CORPUS`");
        dirs.push(corpus.map(PathBuf::from).ok_or_else(missing)?);
    }
    let is_wanted = |name: &str| {
        let only = arguments.only.as_deref();
        only.is_none_or(|text| name.contains(text))
    };
    let roots = find(&dirs, &is_wanted, &Disputed::read(workspace.root())?)?;
    let (mut options, sources) = chosen(&roots, arguments.count.max(1))?;
    options.header = "cargo xtask together".to_owned();
    let clock = Instant::now();
    let output = generate(&sources, &options);
    let took = seconds(clock.elapsed());
    let output = output.map_err(|found| {
        let first = found.iter().next().map(ToString::to_string);
        Failure::new(format!(
            "nothing was generated: {}",
            first.unwrap_or_default()
        ))
    })?;
    terminal.report(&line(
        Tone::Info,
        "Generated",
        &visible(&about(&output, &took)),
    ));
    let target = crate::cargo::target(workspace.root());
    let folder = target.join(PACKAGE);
    write(&folder, &workspace, &output)?;
    if arguments.no_compile {
        return Ok(Exit::Fresh);
    }
    check(&folder, &target, terminal)
}

/// Returns the options of a crate of some documents that generate alone, and where they are read.
fn chosen(roots: &[Root], count: usize) -> Result<(Options, DiskSources), Failure> {
    let usable: Vec<&Root> = roots
        .iter()
        .filter(|root| root.expect == Expect::Generate && root.disputed.is_none())
        .collect();
    let mut options = Options::new("", PACKAGE);
    let mut inputs = BTreeMap::new();
    for number in 0..usable.len() {
        if inputs.len() == count {
            break;
        }
        // evenly spread, and then what is in between
        let index = number * usable.len().div_ceil(count) % usable.len().max(1)
            + number * usable.len().div_ceil(count) / usable.len().max(1);
        let Some(root) = usable.get(index) else {
            continue;
        };
        let sources = DiskSources::new(&root.ref_root, None)?;
        let Some(input) = sources.name_of(&root.path) else {
            continue;
        };
        let own = Options::new(&input, PACKAGE);
        if generate(&sources, &own).is_ok() {
            let name = module(root.file(), &inputs);
            options.inputs.insert(name.clone(), own);
            inputs.insert(name, sources);
        }
    }
    let first = options.inputs.values().next();
    options.input = first.map_or_else(String::new, |first| first.input.clone());
    Ok((options, DiskSources::several(inputs, Path::new("/"))))
}

/// Returns the name of a module for a file: `d_box_openapi_json`.
fn module(file: &str, taken: &BTreeMap<String, DiskSources>) -> String {
    let letters = file
        .chars()
        .map(|letter| match letter.to_ascii_lowercase() {
            letter if letter.is_ascii_alphanumeric() => letter,
            _ => '_',
        });
    let letters: String = letters.collect();
    let words: Vec<&str> = letters.split('_').filter(|word| !word.is_empty()).collect();
    let name = format!("d_{}", words.join("_"));
    let numbers = (2..).map(|number| format!("{name}_{number}"));
    let mut names = std::iter::once(name.clone()).chain(numbers);
    names.find(|name| !taken.contains_key(name)).unwrap_or(name)
}

fn about(output: &Output, took: &str) -> String {
    let Some(joined) = &output.api.joined else {
        return "one document".to_owned();
    };
    let apis = joined.parts.iter().map(|part| &part.api);
    let (types, operations) = apis.fold((0, 0), |(types, operations), api| {
        (types + api.types.len(), operations + api.operations.len())
    });
    let lines: usize = output.files.values().map(|text| text.lines().count()).sum();
    format!(
        "{} documents with {operations} operations and {types} types in {took}: {} types in `common`, {} names for \
         several types, {} files, {lines} lines",
        joined.parts.len(),
        joined.types.len(),
        joined.apart.len(),
        output.files.len()
    )
}

fn write(folder: &Path, workspace: &Workspace, output: &Output) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| Failure::disk("remove", folder, &error))?;
    }
    let mut tree = output.files.clone();
    tree.insert(
        "Cargo.toml".to_owned(),
        manifest(PACKAGE, &output.requirements),
    );
    write_tree(folder, &tree)?;
    let lock = workspace.root().join("Cargo.lock");
    fs::copy(&lock, folder.join("Cargo.lock"))
        .map(drop)
        .map_err(|error| Failure::disk("copy", &lock, &error))
}

/// Checks the crate, whose dependencies may be built already.
fn check(folder: &Path, target: &Path, terminal: &Terminal) -> Result<Exit, Failure> {
    let clock = Instant::now();
    let ended = Command::new(crate::cargo::program())
        .args(["check", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target.join("together-target"))
        .env("CARGO_INCREMENTAL", "0")
        .env("RUSTFLAGS", "-Dwarnings")
        .status()
        .map_err(|error| Failure::new(format!("cargo could not be started: {error}")))?;
    let about = format!(
        "`cargo check` without warnings, in {}",
        seconds(clock.elapsed())
    );
    let (tone, word, exit) = match ended.success() {
        true => (Tone::Good, "Passed", Exit::Fresh),
        false => (Tone::Bad, "Failed", Exit::Failure),
    };
    terminal.report(&line(tone, word, &about));
    Ok(exit)
}
