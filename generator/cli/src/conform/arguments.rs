//! The options of `conform`.

use std::path::PathBuf;

use clap::Args;

use crate::codegen;
use crate::terminal::MessageFormat;

/// The options of `conform`. Without --spec, the description is that of the target in codegen.yaml.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 the description holds, or the overlay written makes it hold; 4 something does not \
    hold; 1 failure; 2 wrong usage.\nReports and overlays have names and shapes of traffic, and no value."
)]
pub struct Arguments {
    /// HAR files; with --operation, the bodies of single replies
    #[arg(required = true, value_name = "TRAFFIC")]
    pub traffic: Vec<PathBuf>,

    /// Write the overlay that makes the description true, or extend it; it is YAML
    #[arg(long, value_name = "FILE", value_parser = yaml_file)]
    pub write: Option<PathBuf>,

    /// The files are replies of this operation: its operationId, or `GET /pets/{id}`
    #[arg(long, value_name = "ID")]
    pub operation: Option<String>,

    /// The status of the replies [default: 200]
    #[arg(long, value_name = "STATUS", requires = "operation", value_parser = clap::value_parser!(u16).range(100..600))]
    pub status: Option<u16>,

    /// The media type of the replies
    #[arg(
        long,
        value_name = "TYPE",
        requires = "operation",
        default_value = "application/json"
    )]
    pub media_type: String,

    /// The target of codegen.yaml, if there are several
    #[arg(long, value_name = "NAME", conflicts_with = "spec")]
    pub target: Option<String>,

    /// The OpenAPI description
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,

    /// An overlay to apply to it; several are applied in the given order, after those of `codegen.yaml`
    #[arg(long = "overlay", value_name = "FILE", requires = "spec")]
    pub overlays: Vec<PathBuf>,

    /// The folder that references to other files must stay in [default: the folder of the description]
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub ref_root: Option<PathBuf>,

    /// How to print findings: human on stderr, or json, one object per line on stdout (all else goes to stderr then)
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub message_format: MessageFormat,
}

impl Arguments {
    /// Returns the options with which `generate` reads the same description.
    pub(super) fn input(&self) -> codegen::Input {
        let stand_alone = self.spec.as_ref().map(|spec| codegen::StandAlone {
            spec: spec.clone(),
            out: PathBuf::from("."),
            name: "conform".to_owned(),
            ref_root: self.ref_root.clone(),
            config: None,
            overlays: self.overlays.clone(),
        });
        codegen::Input {
            stand_alone,
            ..codegen::Input::default()
        }
    }

    /// Returns how reports name the files of traffic.
    pub(super) fn names(&self) -> Vec<String> {
        self.traffic
            .iter()
            .map(|path| path.display().to_string())
            .collect()
    }
}

/// Accepts the name of a YAML file.
fn yaml_file(name: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(name);
    let is_json = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    match is_json {
        true => Err("an overlay is written as YAML, so its name cannot end in `.json`".to_owned()),
        false => Ok(path),
    }
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
        let parse = |line: &str| Line::try_parse_from(line.split(' '));
        let line = parse("conform a.har b.har --write wire.yaml").expect("it is right");
        assert_eq!(line.arguments.names(), ["a.har", "b.har"]);
        for wrong in [
            "conform",
            "conform a.har --write wire.json",
            "conform a.har --status 200",
            "conform a.har --media-type text/html",
            "conform a.har --overlay a.yaml",
            "conform a.har --ref-root .",
            "conform a.har --spec a.yaml --target a",
            "conform a.json --operation a --status 600",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
