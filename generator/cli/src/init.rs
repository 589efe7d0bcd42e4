//! The command `init`: writes a commented `codegen.yaml` for a description, and the JSON Schema of the file for editors
//! beside it. What exists is never overwritten.
//!
//! `facts` looks for what the description says and does not say about choices; `text` writes it.

mod facts;
mod text;

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use oasmith::diagnostic::{Diagnostics, Severity};
use oasmith::options::{self, Options};

use crate::codegen::job::{absolute, folder_of, shown};
use crate::codegen::print_diagnostics;
use crate::command::Program;
use crate::disk::DiskSources;
use crate::exit::{Exit, Failure};
use crate::terminal::{Tone, line, visible};
use crate::workspace::{self, Workspace};
use facts::Facts;
use text::Target;

/// The name of the JSON Schema beside a `codegen.yaml`.
const SCHEMA: &str = "codegen.schema.json";

/// The options of `init`.
#[derive(Debug, Default, Args)]
#[command(
    after_help = "Exit codes: 0 written, 4 written, and the description has errors; 1 failure, and nothing was written."
)]
pub struct Arguments {
    /// The OpenAPI description
    #[arg(value_name = "FILE")]
    pub spec: PathBuf,

    /// The name of the target and of its package [default: the name of the file, or the title]
    #[arg(long)]
    pub name: Option<String>,

    /// The folder of the crate [default: the name]
    #[arg(long, value_name = "DIR")]
    pub output: Option<String>,

    /// Write nothing; print the file
    #[arg(long)]
    pub print: bool,
}

impl Arguments {
    /// Runs the command and prints what it wrote.
    pub fn run(&self, program: &Program) -> Result<Exit, Failure> {
        let terminal = &program.terminal;
        let document = absolute(&self.spec)?;
        let root = match Workspace::find()? {
            Some(workspace) => workspace.root().to_path_buf(),
            None => absolute(Path::new("."))?,
        };
        let config = config_of(&document, &root);
        if !self.print {
            is_free(&root, &program.name_of("init"))?;
        }
        let sources = DiskSources::new(&folder_of(&document), Some(&root))?;
        let input = below(&root, &document, &self.spec)?;
        let name = sources.name_of(&document).unwrap_or_else(|| input.clone());
        let (facts, errors) = read(&sources, &name);
        if let Some(errors) = &errors {
            print_diagnostics(errors, &sources, terminal);
        }
        let unreadable = "the description cannot be read; nothing was written";
        let facts = facts.ok_or_else(|| Failure::new(unreadable))?;
        let exit = match errors {
            Some(_) => Exit::Drift,
            None => Exit::Fresh,
        };
        let package = match &self.name {
            Some(name) => name.clone(),
            None => text::package(&document, facts.title.as_deref()),
        };
        let target = Target {
            output: self.output.clone().unwrap_or_else(|| package.clone()),
            name: package,
            input,
        };
        let text = text::codegen_yaml(&target, &facts, SCHEMA);
        check(&text)?;
        if self.print {
            terminal.data(&text);
            return Ok(exit);
        }
        let schema = folder_of(&config).join(SCHEMA);
        if !schema.exists() {
            create(&schema, &format!("{:#}\n", options::schema()))?;
        }
        create(&config, &text)?;
        let workspace = Workspace::find()?;
        let show = |path: &Path| {
            let from_root = path.strip_prefix(&root).unwrap_or(path);
            shown(workspace.as_ref(), path, from_root)
        };
        let wrote = |path: &Path| line(Tone::Good, "Wrote", &visible(&show(path)));
        terminal.report(&(wrote(&config) + &wrote(&schema)));
        let help = format!(
            "read {}, then run `{}`",
            show(&config),
            program.generates_by()
        );
        terminal.report(&line(Tone::Info, "Help", &visible(&help)));
        Ok(exit)
    }
}

/// Returns where the file goes: beside a description in `spec/`, else at the root, where the other commands find it.
fn config_of(document: &Path, root: &Path) -> PathBuf {
    let [in_spec, at_root] = workspace::CONFIGS;
    let is_in_spec = document.starts_with(root.join("spec"));
    root.join(if is_in_spec { in_spec } else { at_root })
}

/// Fails if there is a `codegen.yaml`.
fn is_free(root: &Path, command: &str) -> Result<(), Failure> {
    let taken = workspace::CONFIGS
        .into_iter()
        .find(|name| root.join(name).symlink_metadata().is_ok());
    match taken {
        None => Ok(()),
        Some(name) => Err(Failure::new(format!(
            "`{name}` exists, and stays as it is; `{command} FILE --print` prints a target to add"
        ))),
    }
}

/// Returns the path of the description below the root, as `codegen.yaml` has it.
fn below(root: &Path, document: &Path, typed: &Path) -> Result<String, Failure> {
    let path = document.strip_prefix(root).ok();
    path.map(workspace::slashes).ok_or_else(|| {
        Failure::new(format!(
            "`{}` is outside of `{}`, which its path in `codegen.yaml` would start at",
            typed.display(),
            root.display()
        ))
    })
}

/// Reads the description, and returns its errors. One with errors has facts, too, since some are resolved by the file;
/// one that cannot be read has none.
fn read(sources: &DiskSources, input: &str) -> (Option<Facts>, Option<Diagnostics>) {
    let mut options = Options::new(input, "client");
    let found: Diagnostics = match oasmith::generate(sources, &options) {
        Ok(output) => return (Some(Facts::of(&output.api, &output.diagnostics)), None),
        Err(found) => found,
    };
    // codes up to OA0199 are about files; a reference to one that is missing is a hole
    let is_unreadable = found.iter().any(|one| {
        one.severity == Severity::Error && one.bridge.is_none() && one.code.id < "OA0200"
    });
    if is_unreadable {
        return (None, Some(found));
    }
    options.lenient = true;
    let errors = found.count(Severity::Error);
    let facts = match oasmith::generate(sources, &options) {
        Ok(output) => Facts {
            errors,
            is_bridged: true,
            ..Facts::of(&output.api, &output.diagnostics)
        },
        Err(_) => Facts {
            errors,
            ..Facts::default()
        },
    };
    (Some(facts), Some(found))
}

/// Reads the text as the other commands will, so that a bug here, or a name on the command line, writes no wrong file.
fn check(text: &str) -> Result<(), Failure> {
    let sources = oasmith::load::MapSources::new().with("codegen.yaml", text);
    let mut diagnostics = Diagnostics::new();
    match options::read_config(&sources, "codegen.yaml", &mut diagnostics) {
        Some(_) => Ok(()),
        None => {
            let why: Vec<String> = diagnostics
                .iter()
                .map(|one| match &one.help {
                    Some(help) => format!("{} ({help})", one.message),
                    None => one.message.clone(),
                })
                .collect();
            Err(Failure::new(why.join("; ")))
        }
    }
}

/// Writes a file that must not exist.
fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let result: io::Result<()> = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    result.map_err(|error| Failure::disk("write", path, &error))
}

#[cfg(test)]
mod tests;
