//! `cargo xtask ci`: everything that CI runs, in order, up to the first failure. `.ci/run` and the workflow call this.
//!
//! The table below is the only list of the steps. The quick ones come first; those that build come after the tests,
//! which have built most of it. A step is a command that can be typed: the summary of a failure has it.
//!
//! The exit code is 0 when every step passed and 1 when one failed, whatever its own code was.

mod runner;
mod summary;

use std::env;
use std::fmt;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use oasmith_cli::exit::{Exit, Failure};
use oasmith_cli::terminal::{Terminal, Tone, github, line, quoted};
use oasmith_cli::workspace::Workspace;

use runner::Runner;
use summary::Summary;

/// One command of CI.
#[derive(Debug)]
struct Step {
    name: &'static str,
    env: &'static [(&'static str, &'static str)],
    /// The arguments of `cargo`, separated by blanks. [`OUT`] is replaced by the folder of the stand-alone crate,
    /// [`FRESH_TARGET`] by a new folder, and the name of one of the runner's variables by the folder that it names.
    cargo: &'static str,
    place: Place,
}

/// Where a step runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the root of the workspace.
    Workspace,
    /// In the crate that the step `stand-alone` made, outside of the workspace.
    StandAlone,
    /// In a project below `generator/examples`, which is a workspace of its own.
    Example(&'static str),
}

/// The check of licences, advisories and sources by `.cargo/deny.toml`, for which cargo needs a command of its own.
const DENY: &str = "deny check";

/// The changes since the last release, which need a repository.
const DIFF: &str = "xtask diff --fail-on field,silent";

/// The compiler's verdicts on a few pairs of documents. Only one version of rustdoc's JSON can be read.
const ORACLE: &str =
    "xtask oracle xtask/tests/oracle --rules xtask/tests/oracle/rules.json --check";

/// The placeholder of a temporary folder in a step.
const OUT: &str = "DIR";

/// The placeholder of a target folder that no other run has used.
///
/// Cargo unpacks the workspace's own packages into its home, in a folder named after the target's path, and never
/// again: a second run of `cargo publish` with the same path would build `oasmith` with the `oasmith-runtime` of the
/// first.
const FRESH_TARGET: &str = "TARGET";

/// The command that `cargo publish` built from the packages, to see that they are complete.
const PACKAGED: &str = "TARGET/debug/oasmith";

/// The folder of the example projects.
const EXAMPLES: &str = "generator/examples";

const STEPS: &[Step] = &[
    step("format", "fmt --all --check"),
    step("drift", "xtask codegen --check"),
    // A clone without tags, as CI makes it, has nothing to compare with but its last commit.
    step("diff", DIFF),
    step("test", "test --workspace"),
    step(
        "clippy",
        "clippy --workspace --all-targets --all-features -- -D warnings",
    ),
    Step {
        env: &[("RUSTDOCFLAGS", "-Dwarnings")],
        ..step("doc", "doc --workspace --no-deps")
    },
    step(
        "runtime as text",
        "check -p oasmith-runtime --no-default-features",
    ),
    step(
        "runtime without transport",
        "test -p oasmith-runtime --no-default-features --features base64,bulk,chrono,uuid",
    ),
    step(
        "runtime without its parts",
        "check -p oasmith-runtime --no-default-features --features client",
    ),
    step(
        "client without transport",
        "check -p hubspot-products --no-default-features",
    ),
    step(
        "client by tower",
        "run -p hubspot-products --no-default-features --features timer --example tower",
    ),
    step(
        "client with all features",
        "check -p hubspot-products --features gzip,http2,testing",
    ),
    step(
        "client's fake and bounds",
        "test -p hubspot-products --features gzip,testing --test bounds --test testing",
    ),
    step(
        "stand-alone",
        "xtask codegen --spec spec/products-batch-upsert.yaml --out DIR --name standalone",
    ),
    Step {
        env: &[("RUSTFLAGS", "-Dwarnings")],
        place: Place::StandAlone,
        ..step("stand-alone build", "check")
    },
    Step {
        place: Place::Example("own-xtask"),
        ..step("own xtask", "xtask generate")
    },
    Step {
        place: Place::Example("own-xtask"),
        ..step("own xtask drift", "xtask check")
    },
    Step {
        env: &[("RUSTFLAGS", "-Dwarnings")],
        place: Place::Example("own-xtask"),
        ..step("own xtask client", "check --package bookshop")
    },
    Step {
        env: &[("RUSTFLAGS", "-Dwarnings")],
        place: Place::Example("build-script"),
        ..step("build script", "run")
    },
    Step {
        place: Place::Example("shared-runtime"),
        ..step("shared runtime", "xtask generate")
    },
    Step {
        place: Place::Example("shared-runtime"),
        ..step("shared runtime drift", "xtask check")
    },
    Step {
        env: &[("RUSTFLAGS", "-Dwarnings")],
        place: Place::Example("shared-runtime"),
        ..step("shared runtime program", "run --package orders")
    },
    // This one is skipped with another toolchain.
    step("oracle", ORACLE),
    // It passes without Python and its packages, and says so.
    step("frameworks", "xtask frameworks"),
    // This one is skipped without cargo-deny.
    step("dependencies", DENY),
    step(
        "publish",
        "publish --workspace --dry-run --allow-dirty --target-dir TARGET",
    ),
    Step {
        env: &[("OASMITH", PACKAGED)],
        ..step(
            "transcript with the packages",
            "test -p oasmith-cli --test commands transcript::",
        )
    },
    // These stay last: they are skipped without the documents.
    step("corpus", "xtask corpus --no-compile CODEGEN_CORPUS"),
    step(
        "laws of diff",
        "xtask corpus --laws --selection CODEGEN_CORPUS",
    ),
    step(
        "corpus selection",
        "xtask corpus --selection CODEGEN_CORPUS --vectors CODEGEN_VECTORS",
    ),
];

const fn step(name: &'static str, cargo: &'static str) -> Step {
    Step {
        name,
        env: &[],
        cargo,
        place: Place::Workspace,
    }
}

/// The line to type: `RUSTDOCFLAGS=-Dwarnings cargo doc --workspace --no-deps`.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Place::Workspace => {}
            Place::StandAlone => write!(f, "cd {OUT} && ")?,
            Place::Example(name) => write!(f, "cd {EXAMPLES}/{name} && ")?,
        }
        for (name, value) in self.env {
            write!(f, "{name}={} ", quoted(value))?;
        }
        write!(f, "cargo {}", self.cargo)
    }
}

/// Runs all steps, up to the first failure.
pub fn run(terminal: &Terminal) -> Result<Exit, Failure> {
    let workspace = Workspace::require()?;
    let temporary = tempfile::tempdir()
        .map_err(|error| Failure::disk("make a folder in", &env::temp_dir(), &error))?;
    let runner = Runner::new(workspace.root(), temporary.path(), terminal);
    let mut summary = Summary::default();
    for step in STEPS.iter().filter(|step| runner.can_run(step)) {
        terminal.report(&line(Tone::Good, "Step", &format!("{}: {step}", step.name)));
        let clock = Instant::now();
        let outcome = runner.run(step);
        summary.add(step.name, clock.elapsed());
        if let Err(why) = outcome {
            terminal.report(&summary.failed(step, &why));
            let message = format!("{} failed ({why}): {step}", step.name);
            terminal.annotate(&github::error("ci", None, &message));
            return Ok(Exit::Failure);
        }
    }
    if let Some(changed) = changed_files(workspace.root())? {
        let message = format!("a step changed the working tree:\n{changed}");
        terminal.report(&line(Tone::Bad, "Failed", &message));
        terminal.annotate(&github::error("ci", None, &message));
        return Ok(Exit::Failure);
    }
    terminal.report(&summary.passed());
    Ok(Exit::Fresh)
}

/// Returns the changed files on CI, where the tree was clean before and a change is a failure; elsewhere people have
/// some.
fn changed_files(root: &Path) -> Result<Option<String>, Failure> {
    if env::var_os("CI").is_none_or(|value| value != "true") {
        return Ok(None);
    }
    let output = Command::new("git")
        .args(["status", "--porcelain"])
        .current_dir(root)
        .output()
        .map_err(|error| Failure::new(format!("could not start git: {error}")))?;
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(format!("git status failed: {}", error.trim())));
    }
    let changed = String::from_utf8_lossy(&output.stdout)
        .trim_end()
        .to_owned();
    Ok((!changed.is_empty()).then_some(changed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_of_the_readme_are_steps() {
        let lines: Vec<String> = STEPS.iter().map(Step::to_string).collect();
        for line in [
            "cargo test --workspace",
            "cargo xtask codegen --check",
            "cargo xtask diff --fail-on field,silent",
        ] {
            assert!(lines.iter().any(|step| step == line), "{line}");
        }
    }

    #[test]
    fn a_step_is_a_line_to_type() {
        let of = |name: &str| {
            STEPS
                .iter()
                .find(|step| step.name == name)
                .expect("there is such a step")
                .to_string()
        };
        assert_eq!(
            of("doc"),
            "RUSTDOCFLAGS=-Dwarnings cargo doc --workspace --no-deps"
        );
        assert_eq!(
            of("stand-alone build"),
            "cd DIR && RUSTFLAGS=-Dwarnings cargo check"
        );
        assert_eq!(
            of("own xtask"),
            "cd generator/examples/own-xtask && cargo xtask generate"
        );
    }

    #[test]
    fn the_packages_are_made_before_they_are_used() {
        let place = |wanted: &str| STEPS.iter().position(|step| step.name == wanted);
        assert!(place("publish").is_some());
        assert!(place("publish") < place("transcript with the packages"));
    }

    #[test]
    fn the_stand_alone_crate_is_made_before_it_is_built() {
        let place = |wanted: &str| STEPS.iter().position(|step| step.cargo.contains(wanted));
        let built = STEPS
            .iter()
            .position(|step| step.place == Place::StandAlone);
        assert!(place(" --out DIR ") < built);
        assert!(place(" --out DIR ").is_some());
    }
}
