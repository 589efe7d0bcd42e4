//! The binary `oasmith`. Its commands are declared in the library.

use std::process::ExitCode;

use clap::Parser;
use oasmith_cli::{Command, GlobalOptions, Program};

/// Generates typed Rust clients from OpenAPI descriptions.
#[derive(Debug, Parser)]
#[command(name = "oasmith", bin_name = "oasmith", version)]
struct Arguments {
    #[command(flatten)]
    global: GlobalOptions,

    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let program = Program::new("oasmith", &arguments.global);
    program.finish(arguments.command.run(&program))
}
