//! The commands of oasmith: generates client crates, compares them with what is on disk, and writes or reports the
//! difference.
//!
//! ```text
//! command ─▶ codegen ─▶ oasmith::generate ─▶ plan (pure) ─┬─▶ apply            a run
//!               │                             ▲           └─▶ report           both, and --check alone
//!         │     └─ disk: documents, snapshot ─┘
//!         ├▶ conform ─▶ findings ─▶ report, and an overlay
//!         └▶ diff ─▶ two sides, by git ─▶ oasmith::compare ─▶ text, markdown, JSON, changelog
//! ```
//!
//! The library owns disk, terminal and exit codes (the table is in [`exit`]); the generator itself is `oasmith`, which
//! has none of them. Two programs offer these commands: the binary `oasmith`, and this project's `cargo xtask`, which
//! adds some of its own.
//!
//! An xtask of one's own is one call, and has all commands with drift, lock and reports:
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     oasmith_cli::main("cargo xtask")
//! }
//! ```
//!
//! One with further commands is a parser with [`GlobalOptions`] and [`Command`] in it, and a `main` of three lines:
//!
//! ```no_run
//! use clap::Parser as _;
//! use oasmith_cli::{Command, GlobalOptions, Program};
//!
//! #[derive(clap::Parser)]
//! struct Arguments {
//!     #[command(flatten)]
//!     global: GlobalOptions,
//!     #[command(subcommand)]
//!     command: Command,
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     let arguments = Arguments::parse();
//!     let program = Program::new("my-oasmith", &arguments.global);
//!     program.finish(arguments.command.run(&program))
//! }
//! ```
//!
//! [`build`] is for those who do not check clients in: a build script generates them.
//!
//! No program depends on a crate that it generates, so a broken output never stops the run that repairs it.

#![deny(missing_docs)]

mod apply;
pub mod build;
mod codegen;
mod command;
mod conform;
mod diff;
pub mod disk;
pub mod exit;
mod explain;
mod git;
mod init;
pub mod keep;
pub mod lock;
mod manifest;
mod overlay_file;
mod plan;
mod report;
pub mod terminal;
mod update_spec;
pub mod workspace;

pub use codegen::{Check, Codegen, Generate, Input, StandAlone};
pub use command::{Command, GlobalOptions, Program, main};
