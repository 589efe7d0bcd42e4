//! What is to be generated: the targets of `spec/codegen.yaml`, or the one crate that the command line names.

use std::ffi::OsStr;
use std::fs;
use std::path::{self, Path, PathBuf};

use oasmith::diagnostic::Diagnostics;
use oasmith::options::{self, Options, Target};

use super::tell;
use crate::args;
use crate::disk::DiskSources;
use crate::exit::Failure;
use crate::lock::Hash;
use crate::report::{Subject, quoted};
use crate::terminal::Terminal;
use crate::workspace::{Workspace, plain};

/// The targets and choices of the workspace.
const CONFIG: &str = "spec/codegen.yaml";

/// One output to make.
#[derive(Debug)]
pub struct Job {
    /// How reports name it.
    pub subject: Subject,
    /// What the generator is told.
    pub options: Options,
    /// Where its documents are read.
    pub sources: DiskSources,
    /// Where its files go; absolute.
    pub output: PathBuf,
    /// All of the folder is new, its manifest too.
    pub stand_alone: bool,
    /// The file with the choices, and its hash: an input like the documents.
    pub choices: Option<(String, Hash)>,
}

/// The jobs of a command line; `None` when `codegen.yaml` is broken, which is printed.
pub fn jobs(
    args: &args::Codegen,
    workspace: &Workspace,
    terminal: &Terminal,
) -> Result<Option<Vec<Job>>, Failure> {
    let jobs = match &args.stand_alone {
        Some(stand_alone) => Some(vec![stand_alone_job(stand_alone, workspace)?]),
        None => target_jobs(workspace, terminal)?,
    };
    let strict = |mut job: Job| {
        job.options.strict |= args.strict;
        job
    };
    Ok(jobs.map(|jobs| jobs.into_iter().map(strict).collect()))
}

fn stand_alone_job(args: &args::StandAlone, workspace: &Workspace) -> Result<Job, Failure> {
    let spec = absolute(&args.spec)?;
    let root = match &args.ref_root {
        Some(root) => absolute(root)?,
        None => folder_of(&spec),
    };
    let output = absolute(&args.out)?;
    let sources = DiskSources::new(&root, workspace.root())?;
    let input = input_name(&sources, &spec, workspace)?;
    let shown = |path: &Path| quoted(&path.to_string_lossy());
    let mut command = format!(
        "cargo xtask codegen --spec {} --out {} --name {}",
        shown(&args.spec),
        shown(&args.out),
        args.name
    );
    if let Some(root) = &args.ref_root {
        command += &format!(" --ref-root {}", shown(root));
    }
    let mut options = Options::new(&input, &args.name);
    // The files must be the same on every machine, so the banner cannot name the folder.
    options.header = format!(
        "cargo xtask codegen --spec {input} --out DIR --name {}",
        args.name
    );
    Ok(Job {
        subject: Subject {
            package: args.name.clone(),
            output: shown_output(workspace, &output, &args.out),
            command,
        },
        options,
        sources,
        output,
        stand_alone: true,
        choices: None,
    })
}

/// Below the workspace as everywhere, elsewhere as it was typed.
fn shown_output(workspace: &Workspace, output: &Path, typed: &Path) -> String {
    match output.starts_with(workspace.root()) {
        true => workspace.show(output),
        false => workspace.show(typed),
    }
}

fn target_jobs(workspace: &Workspace, terminal: &Terminal) -> Result<Option<Vec<Job>>, Failure> {
    let path = workspace.root().join(CONFIG);
    if !path.exists() {
        return Err(Failure::new(without_config(&folder_of(&path))));
    }
    let folder = folder_of(&path);
    let sources = DiskSources::new(&folder, workspace.root())?;
    let mut diagnostics = Diagnostics::new();
    let config = options::read_config(&sources, CONFIG, &mut diagnostics);
    tell(&diagnostics, &sources, terminal);
    let (Some(config), Some(hash)) = (config, sources.hash(CONFIG)) else {
        return Ok(None);
    };
    let mut jobs: Vec<Job> = Vec::new();
    for target in &config.targets {
        let mut job = target_job(target, workspace)?;
        if let Some(other) = jobs.iter().find(|other| other.output == job.output) {
            return Err(Failure::new(format!(
                "the targets for {} and {} have one output folder, {}",
                other.subject.package, job.subject.package, job.subject.output
            )));
        }
        job.choices = Some((CONFIG.to_owned(), hash));
        jobs.push(job);
    }
    Ok(Some(jobs))
}

/// What to do without a `codegen.yaml`: one to begin with, for the first description that is there.
fn without_config(folder: &Path) -> String {
    let is_description = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        matches!(extension, Some("yaml" | "yml" | "json"))
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let found = entries
        .map(|entry| entry.path())
        .filter(is_description)
        .min();
    let found = found.unwrap_or_else(|| folder.join("api.yaml"));
    let text = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, input) = (text(found.file_stem()), text(found.file_name()));
    let starter = options::starter(&stem, &format!("spec/{input}"), "generated", &stem);
    format!("there is no {CONFIG}; begin with\n\n{starter}")
}

/// The paths of a target start at the workspace, as in all reports.
fn target_job(target: &Target, workspace: &Workspace) -> Result<Job, Failure> {
    let document = workspace.root().join(&target.input);
    let root = workspace.root().join(&target.ref_root);
    let sources = DiskSources::new(&root, workspace.root())?;
    let input = input_name(&sources, &document, workspace)?;
    let command = "cargo xtask codegen".to_owned();
    let mut options = target.options.clone();
    options.source_name.clone_from(&input);
    options.input = input;
    options.header.clone_from(&command);
    let output = plain(&workspace.root().join(&target.output));
    Ok(Job {
        subject: Subject {
            package: options.package.clone(),
            output: workspace.show(&output),
            command,
        },
        options,
        sources,
        output,
        stand_alone: false,
        choices: None,
    })
}

fn input_name(
    sources: &DiskSources,
    document: &Path,
    workspace: &Workspace,
) -> Result<String, Failure> {
    sources.name_of(document).ok_or_else(|| {
        let path = workspace.show(document);
        Failure::new(format!("{path} does not lie below its reference root"))
    })
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("/")).to_path_buf()
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    let found = path::absolute(path).map(|path| plain(&path));
    found.map_err(|error| Failure::disk("find", path, &error))
}
