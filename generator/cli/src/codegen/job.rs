//! What is to be generated: the targets of `codegen.yaml`, or the one crate that the command line names.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{self, Path, PathBuf};

use oasmith::diagnostic::Diagnostics;
use oasmith::options::{self, Options, Target};

use super::arguments::{Input, StandAlone};
use super::choices::{self, Found};
use super::print_diagnostics;
use crate::disk::DiskSources;
use crate::exit::Failure;
use crate::lock::Hash;
use crate::report::Subject;
use crate::terminal::{Terminal, quoted};
use crate::workspace::{self, Workspace, normalized};

/// One output to generate.
#[derive(Debug)]
pub struct Job {
    /// The description; absolute.
    pub document: PathBuf,
    /// The name of its target; that of the package on the command line.
    pub target: String,
    /// How reports name it.
    pub subject: Subject,
    /// The options for the generator.
    pub options: Options,
    /// Where its documents are read.
    pub sources: DiskSources,
    /// Where its files go; absolute.
    pub output: PathBuf,
    /// The crate was named on the command line, so all of its folder is generated, and it is in no workspace.
    pub is_stand_alone: bool,
    /// The name and hash of `codegen.yaml`, which is an input like the documents.
    pub config: Option<(String, Hash)>,
}

impl Job {
    /// Returns a job for each document of a target that has several, and the job itself for one with a single document.
    /// They are called like the target and the document: `crm/deals`.
    pub fn documents(self) -> Vec<Job> {
        if self.options.inputs.is_empty() {
            return vec![self];
        }
        let mut sources = self.sources.into_inputs();
        let documents = self.options.inputs.into_iter();
        documents
            .filter_map(|(name, options)| {
                let sources = sources.remove(&name)?;
                Some(Job {
                    document: sources.path_of(&options.input),
                    target: format!("{}/{name}", self.target),
                    subject: self.subject.clone(),
                    options,
                    sources,
                    output: self.output.clone(),
                    is_stand_alone: self.is_stand_alone,
                    config: self.config.clone(),
                })
            })
            .collect()
    }
}

/// Returns the jobs of a command line; `command` is how messages name the one that generates. `None` when `codegen.yaml` is invalid, after printing its diagnostics.
pub fn jobs(
    arguments: &Input,
    workspace: Option<&Workspace>,
    command: &str,
    terminal: &Terminal,
) -> Result<Option<Vec<Job>>, Failure> {
    let jobs = if let Some(stand_alone) = &arguments.stand_alone {
        stand_alone_job(stand_alone, workspace, command, terminal)?.map(|job| vec![job])
    } else {
        let workspace = workspace.ok_or_else(Workspace::not_found)?;
        target_jobs(workspace, command, terminal)?
    };
    let Some(mut jobs) = jobs else {
        return Ok(None);
    };
    for job in &mut jobs {
        job.options.strict |= arguments.strict;
        if arguments.lenient {
            job.options.lenient = true;
            job.subject.command += " --lenient";
            job.options.header += " --lenient";
        }
    }
    Ok(Some(jobs))
}

/// Returns the job of a crate that the command line names; `None` when its choices are invalid.
fn stand_alone_job(
    arguments: &StandAlone,
    workspace: Option<&Workspace>,
    generate: &str,
    terminal: &Terminal,
) -> Result<Option<Job>, Failure> {
    let StandAlone {
        spec, out, name, ..
    } = arguments;
    let document = absolute(spec)?;
    let choices = match choices::of(arguments, &document, workspace, terminal)? {
        Found::Choices(choices) => Some(*choices),
        Found::None => None,
        Found::Invalid => return Ok(None),
    };
    let root = match (&arguments.ref_root, &choices) {
        (Some(root), _) => absolute(root)?,
        (None, Some(choices)) => choices.ref_root.clone(),
        (None, None) => folder_of(&document),
    };
    let output = absolute(out)?;
    let mut sources = DiskSources::new(&root, workspace.map(Workspace::root))?;
    let input = sources
        .name_of(&document)
        .ok_or_else(|| outside_root(&shown(workspace, &document, spec)))?;
    let mut overlays = Vec::new();
    for overlay in choices.iter().flat_map(|choices| &choices.overlays) {
        overlays.push(sources.admit(overlay)?);
    }
    let word = |path: &Path| quoted(&path.to_string_lossy());
    let mut command = format!(
        "{generate} --spec {} --out {} --name {name}",
        word(spec),
        word(out)
    );
    // The files must be the same on every machine, so the header cannot name the folder.
    let mut header = format!("{generate} --spec {input} --out DIR --name {name}");
    for overlay in &arguments.overlays {
        let name = sources.admit(&absolute(overlay)?)?;
        command += &format!(" --overlay {}", word(overlay));
        header += &format!(" --overlay {}", quoted(&name));
        overlays.push(name);
    }
    if let Some(root) = &arguments.ref_root {
        command += &format!(" --ref-root {}", word(root));
    }
    if let Some(config) = &arguments.config {
        command += &format!(" --config {}", word(config));
        let file = config.file_name().unwrap_or_default();
        header += &format!(" --config {}", quoted(&file.to_string_lossy()));
    }
    let (options, config) = match choices {
        Some(choices) => (choices.options, Some((choices.name, choices.hash))),
        None => (Options::new(&input, name), None),
    };
    let mut options = options;
    options.package.clone_from(name);
    options.name_sources(&input, &overlays);
    options.input = input;
    options.overlays = overlays;
    options.header = header;
    Ok(Some(Job {
        document,
        target: name.clone(),
        subject: Subject {
            package: name.clone(),
            output: shown(workspace, &output, out),
            command,
        },
        options,
        sources,
        output,
        is_stand_alone: true,
        config,
    }))
}

/// Returns how messages name a path that was typed: inside the workspace from its root, elsewhere as it was typed.
pub(crate) fn shown(workspace: Option<&Workspace>, absolute: &Path, typed: &Path) -> String {
    match workspace {
        Some(workspace) if absolute.starts_with(workspace.root()) => workspace.show(absolute),
        _ => workspace::slashes(&normalized(typed)),
    }
}

/// Returns the jobs of the workspace's `codegen.yaml`; `None` when it is invalid, after printing its diagnostics.
pub fn target_jobs(
    workspace: &Workspace,
    command: &str,
    terminal: &Terminal,
) -> Result<Option<Vec<Job>>, Failure> {
    let name = workspace
        .config()
        .ok_or_else(|| Failure::new(without_config(workspace, command)))?;
    let folder = folder_of(&workspace.root().join(name));
    let sources = DiskSources::new(&folder, Some(workspace.root()))?;
    let mut diagnostics = Diagnostics::new();
    let config = options::read_config(&sources, name, &mut diagnostics);
    print_diagnostics(&diagnostics, &sources, terminal);
    let (Some(config), Some(hash)) = (config, sources.hash(name)) else {
        return Ok(None);
    };
    let mut jobs: Vec<Job> = Vec::new();
    for target in &config.targets {
        let job = Job {
            config: Some((name.to_owned(), hash)),
            ..target_job(target, workspace, command)?
        };
        if let Some(other) = jobs.iter().find(|other| other.output == job.output) {
            return Err(Failure::new(format!(
                "the targets `{}` and `{}` have the same output folder `{}`",
                other.subject.package, job.subject.package, job.subject.output
            )));
        }
        jobs.push(job);
    }
    Ok(Some(jobs))
}

/// Returns the message for a missing `codegen.yaml`, with the command that writes one for the first description.
fn without_config(workspace: &Workspace, command: &str) -> String {
    let is_description = |path: &PathBuf| {
        let extension = path.extension().and_then(OsStr::to_str);
        // `codegen.schema.json` can be left of an earlier file
        !path.ends_with("codegen.schema.json") && matches!(extension, Some("yaml" | "yml" | "json"))
    };
    let folder = workspace.root().join("spec");
    let description = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(is_description)
        .min()
        .map_or_else(|| "FILE".to_owned(), |path| quoted(&workspace.show(&path)));
    let program = command.rsplit_once(' ').map_or(command, |(name, _)| name);
    let [first, second] = workspace::CONFIGS;
    format!("there is no `{first}` and no `{second}`; `{program} init {description}` writes one")
}

/// Returns the job of a target. Its paths start at the workspace, as in all reports.
fn target_job(target: &Target, workspace: &Workspace, command: &str) -> Result<Job, Failure> {
    let document = workspace.root().join(&target.input);
    let mut options = target.options.clone();
    let sources = if target.inputs.is_empty() {
        let place = (&*target.input, &*target.ref_root, &*target.overlays);
        located(&mut options, place, workspace)?
    } else {
        let mut inputs = BTreeMap::new();
        for (name, input) in &target.inputs {
            if let Some(own) = options.inputs.get_mut(name) {
                let place = (&*input.input, &*input.ref_root, &*input.overlays);
                inputs.insert(name.clone(), located(own, place, workspace)?);
                command.clone_into(&mut own.header);
            }
        }
        let first = options.inputs.values().next();
        options.input = first.map_or_else(String::new, |first| first.input.clone());
        DiskSources::several(inputs, workspace.root())
    };
    command.clone_into(&mut options.header);
    let output = normalized(&workspace.root().join(&target.output));
    Ok(Job {
        document,
        target: target.name.clone(),
        subject: Subject {
            package: options.package.clone(),
            output: workspace.show(&output),
            command: command.to_owned(),
        },
        options,
        sources,
        output,
        is_stand_alone: false,
        config: None,
    })
}

/// Returns the reader of a document, and gives its options the names by which that knows the files.
fn located(
    options: &mut Options,
    (input, ref_root, overlays): (&str, &str, &[String]),
    workspace: &Workspace,
) -> Result<DiskSources, Failure> {
    let document = workspace.root().join(input);
    let root = workspace.root().join(ref_root);
    let mut sources = DiskSources::new(&root, Some(workspace.root()))?;
    let input = sources
        .name_of(&document)
        .ok_or_else(|| outside_root(&workspace.show(&document)))?;
    let overlays = overlays.iter();
    let overlays: Vec<String> = overlays
        .map(|overlay| sources.admit(&workspace.root().join(overlay)))
        .collect::<Result<_, _>>()?;
    options.name_sources(&input, &overlays);
    options.input = input;
    options.overlays = overlays;
    Ok(sources)
}

fn outside_root(document: &str) -> Failure {
    Failure::new(format!("`{document}` is outside its reference root"))
}

pub(crate) fn folder_of(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("/")).to_path_buf()
}

pub(crate) fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    path::absolute(path)
        .map(|path| normalized(&path))
        .map_err(|error| Failure::disk("find", path, &error))
}
