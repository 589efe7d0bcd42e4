//! The project's own commands: those of `oasmith-cli` under the name `cargo xtask`, and `ci`, `corpus`, `oracle`,
//! `histories`, `together` and `frameworks`.
//!
//! ```text
//! arguments ─▶ oasmith_cli::Command   codegen: generate, check, write
//!           ─▶ ci                     the list of CI's steps, once
//!           ─▶ corpus                 the generator on many documents, against what is expected of each
//!           ─▶ oracle                 pairs of documents: does a change break users of the crate?
//!           ─▶ histories             all revisions of a document, each compared with the next
//!           ─▶ together              many documents as one crate
//!           ─▶ frameworks             clients of applications in Python, against the running applications
//! ```
//!
//! xtask never depends on a generated crate: a broken output must not stop the run that repairs it.

mod cargo;
mod ci;
mod corpus;
mod frameworks;
mod histories;
mod oracle;
mod together;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use oasmith_cli::{GlobalOptions, Program};

/// The project's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(flatten)]
    global: GlobalOptions,

    #[command(subcommand)]
    command: Command,
}

/// The shared commands, and those that only this project needs.
#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Shared(oasmith_cli::Command),
    /// Run everything that CI runs, in order, up to the first failure
    Ci,
    /// Run the generator on many documents and report which expectations hold
    Corpus(corpus::Arguments),
    /// Compile programs against the outputs of old and new documents, and report which changes break users
    Oracle(oracle::Arguments),
    /// Compare all neighbouring revisions of a description in a repository, and report what no rule explains
    Histories(histories::Arguments),
    /// Generate many documents as one crate, and check that it compiles without a warning
    Together(together::Arguments),
    /// Call applications of FastAPI and of the Django REST framework with clients of their descriptions
    Frameworks,
}

/// Returns the commands as they are documented here: `codegen` in place of `generate` and `check`.
fn command() -> clap::Command {
    Arguments::command()
        .mut_subcommand("codegen", |command| command.hide(false))
        .mut_subcommand("generate", |command| command.hide(true))
        .mut_subcommand("check", |command| command.hide(true))
}

fn main() -> ExitCode {
    let arguments = match Arguments::from_arg_matches(&command().get_matches()) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    let program = Program::new("cargo xtask", &arguments.global).with_generate("codegen");
    program.finish(match &arguments.command {
        Command::Shared(command) => command.run(&program),
        Command::Ci => ci::run(&program.terminal),
        Command::Corpus(corpus) => corpus::run(corpus, &program.terminal),
        Command::Oracle(oracle) => oracle::run(oracle, &program.terminal),
        Command::Histories(histories) => histories::run(histories, &program.terminal),
        Command::Together(together) => together::run(together, &program.terminal),
        Command::Frameworks => frameworks::run(&program.terminal),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        command().debug_assert();
    }
}
