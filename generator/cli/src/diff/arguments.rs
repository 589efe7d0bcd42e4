//! The options of `diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use oasmith::compare;
use oasmith::diagnostic::suggest;

/// The options of `diff`.
#[derive(Debug, Default, Args)]
#[command(
    after_help = "Exit codes: 0 compared; 5 a change that --fail-on names; 1 failure; 2 wrong usage."
)]
pub struct Arguments {
    /// The older side: a revision, a file, or a file of a revision, as in `v1.0:spec/pets.yaml`
    /// [default: the last release tag; HEAD without one]
    #[arg(long, value_name = "REV|FILE")]
    pub from: Option<String>,

    /// The newer side [default: the working tree]
    #[arg(long, value_name = "REV|FILE")]
    pub to: Option<String>,

    /// Compare this target alone, by its name or package
    #[arg(long, value_name = "NAME")]
    pub target: Option<String>,

    /// How to print the changes
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,

    /// Exit with 5 if there is such a change
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KIND")]
    pub fail_on: Vec<FailOn>,

    /// Print changes that no user can notice, too
    #[arg(long)]
    pub all: bool,

    /// Write the overlay that keeps what code sees, where only code breaks and the wire allows it: a member that replies
    /// no longer have. Actions are added to one that is there
    #[arg(long, value_name = "OVERLAY")]
    pub keep: Option<PathBuf>,

    /// Say when a rule applies and what to do about it, and compare nothing
    #[arg(long, value_name = "RULE", value_parser = rule_id, conflicts_with_all = ["from", "to", "target", "fail_on", "all", "keep"])]
    pub explain: Option<String>,
}

/// How changes are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people
    #[default]
    Text,
    /// A comment of a pull request on GitHub
    Markdown,
    /// One object per line, the last one a summary
    Json,
    /// An entry of a CHANGELOG.md
    Changelog,
}

/// Changes that make a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum FailOn {
    /// Code no longer compiles, or means something else
    Major,
    /// Something is new or deprecated, or worse
    Minor,
    /// Anything but texts
    Any,
    /// Programs that are out fail with the newer server
    Field,
    /// No error anywhere, and another meaning
    Silent,
    /// The newer crate fails with an older server
    Server,
    /// The version in Cargo.toml is too low for the changes
    Version,
}

/// Accepts the id of a rule.
fn rule_id(text: &str) -> Result<String, String> {
    let ids = || compare::rules().iter().map(|rule| rule.id);
    if ids().any(|id| id == text) {
        return Ok(text.to_owned());
    }
    let help = suggest::did_you_mean(text, ids());
    let help = help.unwrap_or_else(|| "`diff` prints the rule of each change in brackets".into());
    Err(format!("there is no such rule; {help}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{CommandFactory as _, Parser};

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    #[test]
    fn the_definition_is_consistent() {
        Line::command().debug_assert();
    }

    #[test]
    fn several_kinds_are_separated_by_commas() {
        let line =
            Line::try_parse_from(["diff", "--fail-on", "major,field", "--fail-on", "version"]);
        let arguments = line.expect("it is right").arguments;
        let expected = [FailOn::Major, FailOn::Field, FailOn::Version];
        assert_eq!(arguments.fail_on, expected);
        for wrong in ["--fail-on=none", "--explain=no-such-rule", "--format=html"] {
            assert!(Line::try_parse_from(["diff", wrong]).is_err(), "{wrong}");
        }
    }
}
