//! `cargo xtask oracle`: asks the compiler whether a change of a document breaks those who use the generated crate.
//!
//! ```text
//! old.yaml, new.yaml ─▶ workspace (both outputs, rustdoc's JSON) ─▶ api ─▶ program ─▶ workspace (cargo check) ─▶ verdict
//! ```
//!
//! The program uses every public item of the old output: each type at each of its paths, each field with its type, each
//! method, each variant built and matched, each trait. Where it compiles against the new output, so does every program
//! that names the same things. It says nothing about what happens on the wire.

mod api;
mod program;
mod spelling;
mod verdict;
mod workspace;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;
use oasmith::Dependency;
use oasmith_cli::exit::{Exit, Failure};
use oasmith_cli::terminal::{Terminal, Tone, line};
use serde_json::Value;

use api::PublicApi;
use program::{Program, SUBJECT};
use verdict::Verdict;
pub use workspace::{Package, Workspace};

use crate::cargo;

/// Pairs of documents whose outputs are compared.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 every pair has a verdict, 1 one has none (with `--check`: or another than told), 2 wrong usage."
)]
pub struct Arguments {
    /// A folder with a folder for each pair: `ID/old.yaml` and `ID/new.yaml`
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// Only pairs whose name contains this text
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,

    /// Verdicts to show beside: a JSON array of objects with the members `id` and `a`
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,

    /// Generate the newer document with the lines for `codegen.yaml` and the overlay that `diff` offers
    #[arg(long)]
    keep: bool,

    /// Fail where a verdict is not the one of the rules
    #[arg(long, requires = "rules")]
    check: bool,

    /// Also write the verdicts as tab-separated values
    #[arg(long, value_name = "FILE")]
    tsv: Option<PathBuf>,
}

/// A pair with its verdict, or the reason why there is none.
#[derive(Debug)]
struct Row {
    id: String,
    found: Result<Verdict, String>,
}

/// Two outputs, and the name of their pair.
#[derive(Debug)]
pub struct Pair {
    /// The name of the pair.
    pub id: String,
    /// The older output, as a package `<name>-old`.
    pub old: Package,
    /// The newer output, as a package `<name>-new`.
    pub new: Package,
}

/// Runs the command and prints what it finds.
pub fn run(args: &Arguments, terminal: &Terminal) -> Result<Exit, Failure> {
    let told = args
        .rules
        .as_deref()
        .map(told_verdicts)
        .transpose()?
        .unwrap_or_default();
    let project = oasmith_cli::workspace::Workspace::require()?;
    let root = cargo::target(project.root()).join("oracle");
    let mut workspace = Workspace::new(root, &project.root().join("Cargo.lock"))?;
    let mut rows = Vec::new();
    let mut pairs = Vec::new();
    for id in ids(&args.folder, args.only.as_deref())? {
        match generated(&args.folder.join(&id), &id, args.keep) {
            Ok((old, new)) => {
                workspace.add(&old)?;
                workspace.add(&new)?;
                pairs.push(Pair { id, old, new });
            }
            Err(failure) => rows.push(Row {
                id,
                found: Err(failure.to_string()),
            }),
        }
    }
    terminal.problem(&line(
        Tone::Info,
        "Comparing",
        &format!("{} pairs", pairs.len()),
    ));
    rows.extend(judge(&mut workspace, &pairs)?);
    rows.sort_by(|a: &Row, b| a.id.cmp(&b.id));
    report(args, &rows, &told, terminal)
}

/// Generates both documents of a pair. With `keep` the newer output has the names, orders and types of the older one,
/// where lines of `codegen.yaml` or an overlay can keep them.
fn generated(folder: &Path, id: &str, keep: bool) -> Result<(Package, Package), Failure> {
    let input = |side: &str, choices: &[String]| {
        let document = folder.join(format!("{side}.yaml"));
        workspace::Input::new(&format!("{id}-{side}"), &document, choices)
    };
    let (older, newer) = (input("old", &[])?, input("new", &[])?);
    let (old, new) = (older.generate()?, newer.generate()?);
    if !keep {
        return Ok((old, new));
    }
    let changes = oasmith::compare::compare(&old.output, &new.output);
    let choices = changes.list.into_iter().filter_map(|change| change.choice);
    let choices: Vec<String> = choices.collect();
    Ok((old, input("new", &choices)?.kept(&older)?))
}

/// Checks that the JSON of this machine's rustdoc can be read, by a crate without items.
pub fn check_rustdoc() -> Result<(), Failure> {
    let folder = tempfile::tempdir()
        .map_err(|error| Failure::disk("make a folder in", &env::temp_dir(), &error))?;
    let file = folder.path().join("empty.rs");
    fs::write(&file, "").map_err(|error| Failure::disk("write", &file, &error))?;
    let rustdoc = env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into());
    let output = Command::new(rustdoc)
        .arg(&file)
        .args(["-Z", "unstable-options", "--output-format", "json"])
        .arg("--out-dir")
        .arg(folder.path())
        .env("RUSTC_BOOTSTRAP", "1")
        .output()
        .map_err(|error| Failure::new(format!("could not start rustdoc: {error}")))?;
    let json = folder.path().join("empty.json");
    match fs::read(&json) {
        Ok(text) => api::check_version(&text),
        Err(_) => Err(Failure::new(format!(
            "rustdoc writes no JSON: {}",
            String::from_utf8_lossy(&output.stderr).trim_end()
        ))),
    }
}

/// Compiles each program against both outputs, and returns a verdict or the reason why there is none.
fn judge(workspace: &mut Workspace, pairs: &[Pair]) -> Result<Vec<Row>, Failure> {
    let packages: Vec<&Package> = pairs
        .iter()
        .flat_map(|pair| [&pair.old, &pair.new])
        .collect();
    let described = workspace.describe(&packages)?;
    let mut apis = BTreeMap::new();
    for (name, file) in described {
        apis.insert(name, PublicApi::read(&file, SUBJECT)?);
    }
    let mut programs: BTreeMap<&str, Program> = BTreeMap::new();
    for package in &packages {
        if let Some(api) = apis.get(&package.name) {
            programs.insert(&package.name, program::write(api));
        }
    }
    for pair in pairs {
        let dependencies = dependencies(pair);
        for used in [&pair.old, &pair.new] {
            for compiled_with in [&pair.old, &pair.new] {
                if let Some(program) = programs.get(used.name.as_str()) {
                    let name = program_name(used, compiled_with);
                    let subject = &compiled_with.name;
                    workspace.add_program(&name, &program.text, subject, &dependencies)?;
                }
            }
        }
    }
    let errors = workspace.check()?;
    Ok(pairs
        .iter()
        .map(|pair| Row {
            id: pair.id.clone(),
            found: verdict::judge(pair, &programs, &apis, &errors),
        })
        .collect())
}

/// Compiles the program of each older output against both, and returns the first error against the newer one: `None` if
/// programs go on compiling. That is half of the work of a verdict, and all that `major` needs.
pub fn breaks(
    workspace: &mut Workspace,
    pairs: &[Pair],
) -> Result<Vec<Result<Option<String>, String>>, Failure> {
    let olds: Vec<&Package> = pairs.iter().map(|pair| &pair.old).collect();
    let described = workspace.describe(&olds)?;
    let mut programs = BTreeMap::new();
    for pair in pairs {
        let Some(file) = described.get(&pair.old.name) else {
            continue;
        };
        let program = program::write(&PublicApi::read(file, SUBJECT)?);
        for compiled_with in [&pair.old, &pair.new] {
            let name = program_name(&pair.old, compiled_with);
            let dependencies = dependencies(pair);
            workspace.add_program(&name, &program.text, &compiled_with.name, &dependencies)?;
        }
        programs.insert(pair.old.name.as_str(), program);
    }
    let errors = workspace.check()?;
    let judge = |pair| verdict::breaks(pair, &programs, &errors);
    Ok(pairs.iter().map(judge).collect())
}

/// Returns the package of the program that uses the items of one output and is compiled against another.
fn program_name(used: &Package, compiled_with: &Package) -> String {
    let side = compiled_with.name.rsplit('-').next().unwrap_or_default();
    format!("{}-on-{side}", used.name)
}

/// Returns the crates that public items of either output can name.
fn dependencies(pair: &Pair) -> Vec<&Dependency> {
    let mut all: BTreeMap<&str, &Dependency> = BTreeMap::new();
    for package in [&pair.old, &pair.new] {
        for one in package
            .output
            .requirements
            .dependencies
            .iter()
            .filter(|one| !one.optional)
        {
            all.insert(&one.name, one);
        }
    }
    all.into_values().collect()
}

/// Returns the names of the pairs in a folder, in order.
fn ids(folder: &Path, only: Option<&str>) -> Result<Vec<String>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::disk("list", folder, &error))?;
    let mut ids: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().join("old.yaml").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|id| only.is_none_or(|text| id.contains(text)))
        .collect();
    ids.sort();
    if ids.is_empty() {
        let message = format!(
            "no pair `ID/old.yaml`, `ID/new.yaml` in `{}`",
            folder.display()
        );
        return Err(Failure::new(message));
    }
    Ok(ids)
}

/// Reads the verdicts that are shown beside.
fn told_verdicts(file: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::disk("read", file, &error))?;
    let wrong = |error| Failure::new(format!("`{}` is not JSON: {error}", file.display()));
    let rules: Vec<Value> = serde_json::from_str(&text).map_err(wrong)?;
    let text = |rule: &Value, key: &str| Some(rule.get(key)?.as_str()?.to_owned());
    Ok(rules
        .iter()
        .filter_map(|rule| Some((text(rule, "id")?, text(rule, "a")?)))
        .collect())
}

/// Prints the table, and fails for a pair without a verdict and, with `--check`, for one with another than was told.
fn report(
    args: &Arguments,
    rows: &[Row],
    told: &BTreeMap<String, String>,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let width = rows
        .iter()
        .map(|row| row.id.len())
        .max()
        .unwrap_or_default();
    let mut table = String::new();
    let mut tsv = "id\tverdict\ttold\tfirst difference\n".to_owned();
    let (mut without, mut other, mut uses) = (0, 0, 0);
    for row in rows {
        let told = told.get(&row.id).map_or("", String::as_str);
        let (name, about) = match &row.found {
            Ok(verdict) => {
                uses += verdict.uses;
                other += usize::from(told != verdict.level.as_str());
                (verdict.level.as_str(), &verdict.first_difference)
            }
            Err(reason) => {
                without += 1;
                ("-", reason)
            }
        };
        table += &format!("{:width$}  {name:5}  {told:5}  {about}\n", row.id);
        tsv += &format!("{}\t{name}\t{told}\t{about}\n", row.id);
    }
    if let Some(path) = &args.tsv {
        fs::write(path, tsv).map_err(|error| Failure::disk("write", path, &error))?;
    }
    terminal.report(&table);
    let is_good = without == 0 && !(args.check && other > 0);
    let told = if args.rules.is_some() {
        format!(", {other} with another verdict than the rules")
    } else {
        String::new()
    };
    let pairs = rows.len();
    let about =
        format!("{pairs} pairs, {without} without a verdict{told}, {uses} uses of items compiled");
    let (tone, verb) = if is_good {
        (Tone::Good, "Compared")
    } else {
        (Tone::Bad, "Failed")
    };
    terminal.problem(&line(tone, verb, &about));
    Ok(if is_good { Exit::Fresh } else { Exit::Failure })
}
