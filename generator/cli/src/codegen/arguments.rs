//! The options of `generate`, `check` and `codegen`.

use std::path::PathBuf;

use clap::Args;

use crate::terminal::MessageFormat;

/// What the help of the commands ends with.
const EXIT_CODES: &str = "Exit codes: 0 fresh, 4 drift, 1 failure, 2 wrong usage.";

/// The options of `codegen`, which is `generate`, and with --check `check`.
#[derive(Debug, Default, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Codegen {
    /// Write nothing; report what differs, and why
    #[arg(long, conflicts_with_all = ["force", "losses", "joined", "effective"])]
    pub check: bool,

    #[command(flatten)]
    #[allow(missing_docs, reason = "a text here would replace that of the command")]
    pub generate: Generate,
}

/// The options of `check`.
#[derive(Debug, Default, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Check {
    #[command(flatten)]
    #[allow(missing_docs, reason = "a text here would replace that of the command")]
    pub input: Input,
}

/// The options of `generate`.
#[derive(Debug, Default, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Generate {
    /// Overwrite files that were edited by hand, or that are in a folder without codegen.lock
    #[arg(long)]
    pub force: bool,

    /// Write nothing; list where the Rust types say less than the schemas, with the reasons
    #[arg(long, alias = "report", conflicts_with = "force")]
    pub losses: bool,

    /// Write nothing; list the types that several descriptions share, and those of one name that differ
    #[arg(long, conflicts_with_all = ["force", "losses"])]
    pub joined: bool,

    /// Write nothing but the description with its overlays applied: to FILE, as JSON if it is named so, else as YAML
    #[arg(long, value_name = "FILE", conflicts_with_all = ["force", "losses", "joined"])]
    pub effective: Option<PathBuf>,

    #[command(flatten)]
    #[allow(missing_docs, reason = "a text here would replace that of the command")]
    pub input: Input,
}

/// What is generated, and how problems are reported. Without --spec, these are the targets of codegen.yaml.
#[derive(Debug, Default, Args)]
pub struct Input {
    /// Treat an unsupported operation as an error, instead of leaving it out with a warning
    #[arg(long)]
    pub strict: bool,

    /// Bridge holes of the description, such as a `$ref` to nothing, with a warning each, instead of an error
    #[arg(long)]
    pub lenient: bool,

    /// How to print diagnostics: human on stderr, or json, one object per line on stdout (all else goes to stderr then)
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub message_format: MessageFormat,

    #[command(flatten)]
    #[allow(missing_docs, reason = "a text here would replace that of the command")]
    pub stand_alone: Option<StandAlone>,
}

/// One description to one crate that builds on its own, instead of the targets of codegen.yaml.
#[derive(Debug, Args)]
#[group(requires_all = ["spec", "out", "name"])]
pub struct StandAlone {
    /// The OpenAPI description
    #[arg(long, required = false, value_name = "FILE")]
    pub spec: PathBuf,

    /// An overlay to apply to it; several are applied in the given order, after those of `codegen.yaml`
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,

    /// The folder of the crate; it gets a Cargo.toml when it has none
    #[arg(long, required = false, value_name = "DIR")]
    pub out: PathBuf,

    /// The name of its package
    #[arg(long, required = false, value_parser = package_name)]
    pub name: String,

    /// The folder that references to other files must stay in [default: the folder of the description]
    #[arg(long, value_name = "DIR")]
    pub ref_root: Option<PathBuf>,

    /// The choices for the crate: those of the target with this description, or a file without targets
    /// [default: the codegen.yaml beside the description, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Accepts what cargo takes as a package name that is also a crate name.
fn package_name(name: &str) -> Result<String, String> {
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let starts_with_letter = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if starts_with_letter && name.chars().all(is_allowed) {
        Ok(name.to_owned())
    } else {
        Err("expected ASCII letters, digits, `-` and `_`, starting with a letter".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{CommandFactory as _, Parser};

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Codegen,
    }

    fn parse(line: &str) -> Result<Codegen, clap::error::ErrorKind> {
        Line::try_parse_from(line.split(' '))
            .map(|line| line.arguments)
            .map_err(|error| error.kind())
    }

    #[test]
    fn the_definition_is_consistent() {
        Line::command().debug_assert();
    }

    #[test]
    fn a_stand_alone_crate_needs_all_three_options() {
        let arguments = parse("codegen --spec a.yaml --out x --name x").expect("it is right");
        let stand_alone = arguments
            .generate
            .input
            .stand_alone
            .expect("--spec was given");
        assert_eq!(stand_alone.spec, PathBuf::from("a.yaml"));
        let arguments = parse("codegen --check").expect("it is right");
        assert!(arguments.generate.input.stand_alone.is_none());
        for wrong in [
            "codegen --spec a.yaml",
            "codegen --spec a.yaml --out x",
            "codegen --out x --name x",
            "codegen --ref-root .",
            "codegen --overlay a.yaml",
            "codegen --effective a.yaml --check",
            "codegen --config codegen.yaml",
            "codegen --check --force",
            "codegen --losses --check",
            "codegen --losses --force",
            "codegen --report --force",
            "codegen --spec a.yaml --out x --name 1x",
            "codegen --spec a.yaml --out x --name ../x",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn report_is_a_hidden_alias_of_losses() {
        assert!(
            parse("codegen --report")
                .expect("it is right")
                .generate
                .losses
        );
        let help = Line::command().render_long_help().to_string();
        assert!(help.contains("--losses"), "{help}");
        assert!(!help.contains("--report"), "{help}");
    }
}
