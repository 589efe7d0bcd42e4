//! What the compiler's answers mean, in the words of cargo's semver reference.

use std::collections::BTreeMap;

use super::api::PublicApi;
use super::program::Program;
use super::workspace::Package;
use super::{Pair, program_name};

/// How strong a change is for users of the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The output is the same but for the order of lines and comments that are no documentation.
    None,
    /// Only documentation, or what is sent, differs.
    Patch,
    /// Something is new, or deprecated.
    Minor,
    /// A program that compiled no longer does.
    Major,
}

impl Level {
    /// Returns the word of the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::None => "none",
            Level::Patch => "patch",
            Level::Minor => "minor",
            Level::Major => "major",
        }
    }
}

/// The verdict of the compiler about a pair.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Verdict {
    /// The level.
    pub level: Level,
    /// The first error of the compiler, or what else made the difference.
    pub first_difference: String,
    /// How many uses of items were compiled.
    pub uses: usize,
}

/// Judges a pair from the errors of its four programs. A program that does not compile against the output it was made
/// from says nothing: then there is no verdict.
pub fn judge(
    pair: &Pair,
    programs: &BTreeMap<&str, Program>,
    apis: &BTreeMap<String, PublicApi>,
    errors: &BTreeMap<String, Vec<String>>,
) -> Result<Verdict, String> {
    let program = |package: &Package| {
        programs.get(package.name.as_str()).ok_or_else(|| {
            format!(
                "{} does not compile, or rustdoc does not describe it",
                package.name
            )
        })
    };
    let (old, new) = (program(&pair.old)?, program(&pair.new)?);
    if let Some(path) = old.unused.first().or(new.unused.first()) {
        return Err(format!("no program can use `{path}`"));
    }
    let error = |used, compiled_with| {
        errors
            .get(&program_name(used, compiled_with).replace('-', "_"))
            .and_then(|all| all.first())
            .map(|text| first_line(text))
    };
    for package in [&pair.old, &pair.new] {
        if let Some(text) = error(package, package) {
            return Err(format!(
                "the program does not compile against its own output: {text}"
            ));
        }
    }
    let deprecated = |package: &Package| {
        apis.get(&package.name)
            .map(PublicApi::deprecated)
            .unwrap_or_default()
    };
    let newly_deprecated = deprecated(&pair.new)
        .difference(&deprecated(&pair.old))
        .next()
        .cloned();
    let (level, first_difference) = if let Some(text) = error(&pair.old, &pair.new) {
        (Level::Major, text)
    } else if let Some(text) = error(&pair.new, &pair.old) {
        (Level::Minor, format!("new: {text}"))
    } else if let Some(path) = newly_deprecated {
        (Level::Minor, format!("deprecated: {path}"))
    } else if lines(&pair.old) == lines(&pair.new) {
        (Level::None, String::new())
    } else {
        (Level::Patch, String::new())
    };
    Ok(Verdict {
        level,
        first_difference,
        uses: old.uses + new.uses,
    })
}

/// Returns the first error of a program that was made for the older output and compiled against the newer one.
pub fn breaks(
    pair: &Pair,
    programs: &BTreeMap<&str, Program>,
    errors: &BTreeMap<String, Vec<String>>,
) -> Result<Option<String>, String> {
    let Some(program) = programs.get(pair.old.name.as_str()) else {
        return Err("the older output is not described by rustdoc".to_owned());
    };
    if let Some(path) = program.unused.first() {
        return Err(format!("no program can use `{path}`"));
    }
    let name = |package: &Package| package.name.replace('-', "_");
    let first = |name: String| errors.get(&name).and_then(|all| all.first());
    for package in [&pair.old, &pair.new] {
        if let Some(text) = first(name(package)) {
            return Err(format!("an output does not compile: {}", first_line(text)));
        }
    }
    let program = |with| first(program_name(&pair.old, with).replace('-', "_"));
    match program(&pair.old) {
        Some(text) => Err(format!(
            "the program does not compile against its own output: {}",
            first_line(text)
        )),
        None => Ok(program(&pair.new).map(|text| first_line(text))),
    }
}

/// Returns the message of an error without its excerpt.
fn first_line(text: &str) -> String {
    let place = text
        .lines()
        .find(|line| line.contains("fn n"))
        .and_then(|line| line.split_once('|'))
        .map_or("", |(_, code)| code.trim());
    let message = text.lines().next().unwrap_or_default();
    format!("{message}: {place}").chars().take(240).collect()
}

/// Returns the sorted lines of an output, without the package's name and comments that are no documentation.
fn lines(package: &Package) -> Vec<String> {
    let names = [package.name.clone(), package.name.replace('-', "_")];
    let mut lines: Vec<String> = package
        .output
        .files
        .values()
        .flat_map(|text| text.lines())
        .filter(|line| !line.trim_start().starts_with("// "))
        .map(|line| {
            let anonymous = |line: String, name: &String| line.replace(name.as_str(), "client");
            names.iter().fold(line.to_owned(), anonymous)
        })
        .collect();
    lines.sort();
    lines
}
