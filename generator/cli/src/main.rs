//! The binary `oasmith`. Its commands are declared in the library; only `completions` is its own, since a shell completes
//! programs and not the commands of cargo.

use std::io;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
use clap_complete::Shell;
use oasmith_cli::exit::Exit;
use oasmith_cli::{GlobalOptions, Program};

/// Generates typed Rust clients from OpenAPI descriptions.
#[derive(Debug, Parser)]
#[command(name = "oasmith", bin_name = "oasmith", version)]
struct Arguments {
    #[command(flatten)]
    global: GlobalOptions,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Shared(oasmith_cli::Command),
    /// Print the completions of a shell: `source <(oasmith completions bash)`
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// Generation makes and drops millions of small values, on each core.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let program = Program::new("oasmith", &arguments.global);
    program.finish(match &arguments.command {
        Command::Shared(command) => command.run(&program),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "oasmith", &mut script);
            // a pipe that is closed early is no failure
            let _ = io::Write::write_all(&mut io::stdout(), &script);
            Ok(Exit::Fresh)
        }
    })
}
