//! The project's own commands: `cargo xtask codegen`, `cargo xtask ci` and `cargo xtask corpus`.
//!
//! ```text
//! args ─▶ codegen ─▶ oasmith::generate ─▶ plan (pure) ─┬─▶ apply            a run
//!            │                             ▲           └─▶ report           both, and --check alone
//!            └─ disk: documents, snapshot ─┘
//! args ─▶ ci: the list of CI's steps, once
//! args ─▶ corpus: the generator on many documents, against what is expected of each
//! ```
//!
//! xtask owns disk, terminal and exit codes (the table is in [`exit`]; the states and causes of drift are in [`plan`]).
//! It never depends on a generated crate: a broken output must not stop the run that mends it.

mod apply;
mod args;
mod ci;
mod codegen;
mod corpus;
mod disk;
mod exit;
mod lock;
mod manifest;
mod plan;
mod report;
mod terminal;
mod workspace;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Arguments, Command};
use crate::exit::Exit;
use crate::report::{Tone, github, line, visible};
use crate::terminal::Terminal;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let terminal = Terminal::new(arguments.color);
    let end = match &arguments.command {
        Command::Codegen(codegen) => codegen::run(codegen, &terminal),
        Command::Ci => ci::run(&terminal),
        Command::Corpus(corpus) => corpus::run(corpus, &terminal),
    };
    let exit = end.unwrap_or_else(|failure| {
        let message = visible(&failure.to_string());
        terminal.problem(&line(Tone::Bad, "Error", &message));
        terminal.annotate(&github::error("xtask", None, &message));
        Exit::Failure
    });
    exit.into()
}
