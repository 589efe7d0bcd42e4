//! The commands that every program of this crate offers, declared once. A new command is a variant of [`Command`], a
//! line in [`Command::run`], and a module with its arguments and a `run`.

use std::process::ExitCode;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::codegen;
use crate::conform;
use crate::diff;
use crate::exit::{Exit, Failure};
use crate::explain;
use crate::init;
use crate::terminal::{Color, Terminal, Tone, github, line, visible};
use crate::update_spec;

/// The shared commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Generate the client crates from their descriptions, and write what changed
    Generate(codegen::Generate),
    /// Check that the client crates are fresh; write nothing
    Check(codegen::Check),
    /// Generate the client crates from their descriptions, or check that they are fresh
    #[command(hide = true)]
    Codegen(codegen::Codegen),
    /// Write a commented codegen.yaml for a description
    Init(init::Arguments),
    /// Explain a diagnostic code, with an example and what to do
    Explain(explain::Arguments),
    /// Print the JSON Schema of codegen.yaml, for editors
    Schema,
    /// Hold recorded traffic against a description, and write the overlay that makes it true
    Conform(conform::Arguments),
    /// Say what a change of the description means for those who use the client
    Diff(diff::Arguments),
    /// Take a newer description from its publisher, and say what it means for overlays, choices and names
    UpdateSpec(update_spec::Arguments),
}

impl Command {
    /// Runs the command and prints what it finds. Single commands are types with a `run` of their own:
    ///
    /// ```no_run
    /// use oasmith_cli::{Check, GlobalOptions, Program, exit::Exit};
    ///
    /// // a step of one's own `ci`
    /// let program = Program::new("cargo xtask", &GlobalOptions::default());
    /// let is_fresh = Check::default().run(&program)? == Exit::Fresh;
    /// # Ok::<(), oasmith_cli::exit::Failure>(())
    /// ```
    pub fn run(&self, program: &Program) -> Result<Exit, Failure> {
        match self {
            Command::Generate(arguments) => arguments.run(program),
            Command::Check(arguments) => arguments.run(program),
            Command::Codegen(arguments) => arguments.run(program),
            Command::Init(arguments) => arguments.run(program),
            Command::Explain(arguments) => arguments.run(program),
            Command::Schema => {
                let schema = oasmith::options::schema();
                program.terminal.data(&format!("{schema:#}\n"));
                Ok(Exit::Fresh)
            }
            Command::Conform(arguments) => conform::run(arguments, program),
            Command::Diff(arguments) => diff::run(arguments, program),
            Command::UpdateSpec(arguments) => update_spec::run(arguments, program),
        }
    }
}

/// Runs the commands under a name, such as `cargo xtask`: parses the command line, runs the command and prints.
///
/// A program with commands of its own has a parser with [`GlobalOptions`] and [`Command`] in it, and uses [`Program`].
pub fn main(name: &'static str) -> ExitCode {
    let command = Arguments::command().name(name).bin_name(name);
    let arguments = match Arguments::from_arg_matches(&command.get_matches()) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    let program = Program::new(name, &arguments.global);
    program.finish(arguments.command.run(&program))
}

/// Generates typed Rust clients from OpenAPI descriptions.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(flatten)]
    global: GlobalOptions,

    #[command(subcommand)]
    command: Command,
}

/// Options that can be given with every command.
#[derive(Debug, Default, Args)]
pub struct GlobalOptions {
    /// When to use colors: `auto` looks at the terminal, NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

/// The program that a command runs in.
#[derive(Debug)]
pub struct Program {
    /// How messages and file headers name it, such as `oasmith` or `cargo xtask`.
    pub name: &'static str,
    /// Where it prints.
    pub terminal: Terminal,
    /// Its command that generates.
    generate: &'static str,
}

impl Program {
    /// Creates the program from its name and the global options.
    pub fn new(name: &'static str, options: &GlobalOptions) -> Self {
        Program {
            name,
            terminal: Terminal::new(options.color),
            generate: "generate",
        }
    }

    /// Names the command that generates, in messages and file headers, where it is not `generate`.
    #[must_use]
    pub fn with_generate(self, generate: &'static str) -> Self {
        Program { generate, ..self }
    }

    /// Returns the command that generates: `oasmith generate`.
    pub(crate) fn generates_by(&self) -> String {
        self.name_of(self.generate)
    }

    /// Returns how messages name a command: `oasmith explain`.
    pub(crate) fn name_of(&self, command: &str) -> String {
        format!("{} {command}", self.name)
    }

    /// Prints a failure and returns the exit code.
    pub fn finish(&self, result: Result<Exit, Failure>) -> ExitCode {
        let print = |failure: Failure| {
            let message = visible(&failure.to_string());
            self.terminal.problem(&line(Tone::Bad, "Error", &message));
            self.terminal
                .annotate(&github::error(self.name, None, &message));
            Exit::Failure
        };
        result.unwrap_or_else(print).into()
    }
}
