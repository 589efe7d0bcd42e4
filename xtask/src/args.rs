//! The command line. A new command is a variant of [`Command`] and a line in `main`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// The project's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub struct Arguments {
    /// When to colour: auto looks at the terminal, NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,

    #[command(subcommand)]
    pub command: Command,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the generated crates from their descriptions, or check that they are fresh
    Codegen(Codegen),
    /// Run everything that CI runs, in order, up to the first failure
    Ci,
    /// Run the generator on many documents and say which expectations hold
    Corpus(crate::corpus::Arguments),
}

/// The options of `codegen`. Without --spec, the targets are those of spec/codegen.yaml.
#[derive(Debug, Default, Args)]
#[command(after_help = "Exit codes: 0 fresh, 4 drift, 1 failure, 2 wrong usage.")]
pub struct Codegen {
    /// Write nothing; report what differs, and why
    #[arg(long)]
    pub check: bool,

    /// Overwrite files that were edited by hand, or that stand in a folder without codegen.lock
    #[arg(long, conflicts_with = "check")]
    pub force: bool,

    /// Take an operation that cannot be expressed for an error, instead of leaving it out with a warning
    #[arg(long)]
    pub strict: bool,

    /// How findings are told: human on stderr, or json, one object a line on stdout (all else goes to stderr then)
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub message_format: MessageFormat,

    /// Write nothing; list where the Rust types are weaker than the schemas, with the reasons
    #[arg(long, conflicts_with_all = ["check", "force"])]
    pub report: bool,

    #[command(flatten)]
    pub stand_alone: Option<StandAlone>,
}

/// One description to one crate that builds on its own, instead of the targets of spec/codegen.yaml.
#[derive(Debug, Args)]
#[group(requires_all = ["spec", "out", "name"])]
pub struct StandAlone {
    /// The OpenAPI description
    #[arg(long, required = false, value_name = "FILE")]
    pub spec: PathBuf,

    /// The folder of the crate; it gets a Cargo.toml when it has none
    #[arg(long, required = false, value_name = "DIR")]
    pub out: PathBuf,

    /// The name of its package
    #[arg(long, required = false, value_parser = package_name)]
    pub name: String,

    /// The folder that references to other files must stay in [default: the folder of the description]
    #[arg(long, value_name = "DIR")]
    pub ref_root: Option<PathBuf>,
}

/// How findings of a document are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum MessageFormat {
    #[default]
    Human,
    Json,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// What cargo takes as a package name that can also be a crate name.
fn package_name(name: &str) -> Result<String, String> {
    let starts = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    match starts && name.chars().all(allowed) {
        true => Ok(name.to_owned()),
        false => Err("a package name is ASCII letters, digits, `-` and `_`, a letter first".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    fn parse(line: &str) -> Result<Command, clap::error::ErrorKind> {
        let arguments = Arguments::try_parse_from(line.split(' '));
        arguments.map(|all| all.command).map_err(|e| e.kind())
    }

    #[test]
    fn the_definition_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_stand_alone_crate_needs_all_of_its_three_options() {
        let all = "xtask codegen --spec a.yaml --out x --name x";
        let Ok(Command::Codegen(codegen)) = parse(all) else {
            panic!("{all} is a codegen");
        };
        let stand_alone = codegen.stand_alone.expect("--spec was given");
        assert_eq!(stand_alone.spec, PathBuf::from("a.yaml"));
        let Ok(Command::Codegen(codegen)) = parse("xtask codegen --check") else {
            panic!("a check is a codegen");
        };
        assert!(codegen.stand_alone.is_none());
        for wrong in [
            "xtask codegen --spec a.yaml",
            "xtask codegen --spec a.yaml --out x",
            "xtask codegen --out x --name x",
            "xtask codegen --ref-root .",
            "xtask codegen --check --force",
            "xtask codegen --report --check",
            "xtask codegen --report --force",
            "xtask codegen --spec a.yaml --out x --name 1x",
            "xtask codegen --spec a.yaml --out x --name ../x",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
