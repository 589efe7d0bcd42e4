//! What a target is generated from on one side of a comparison: in the working tree, in a revision, or from a file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use oasmith::diagnostic::Diagnostics;
use oasmith::load::{SourceError, Sources};
use oasmith::options::{self, Options, Target};
use oasmith::report::{Style, render};
use oasmith::{Output, generate};

use super::change::End;
use super::version::Version;
use crate::codegen::Job;
use crate::disk::DiskSources;
use crate::exit::Failure;
use crate::git::{Commit, RevisionSources, Tree};
use crate::manifest::MANIFEST;
use crate::workspace::{CONFIGS, Workspace, normalized, slashes};

/// A target on one side.
#[derive(Clone)]
pub(crate) struct Input {
    /// The name of the target.
    pub(crate) name: String,
    /// The package of the output.
    pub(crate) package: String,
    /// The folder of the output, from the workspace.
    pub(crate) output: String,
    /// The choices.
    pub(crate) options: Options,
    /// The description, if it is on disk.
    pub(crate) document: Option<PathBuf>,
    /// Where the documents are read.
    pub(crate) sources: Rc<dyn Sources>,
    /// The version in the manifest of the output.
    pub(crate) version: Option<Version>,
    /// The revision that it is from; `None` for files on disk.
    pub(crate) tree: Option<Rc<Tree>>,
}

/// The targets of a revision.
pub(crate) enum OfRevision {
    /// Those of its `codegen.yaml`.
    Inputs(Vec<Input>),
    /// Its `codegen.yaml` is invalid; this is what is wrong.
    Invalid(String),
    /// It has no `codegen.yaml`.
    NoConfig,
}

impl Input {
    /// Takes a target of the working tree.
    pub(crate) fn on_disk(job: Job, workspace: &Workspace) -> Self {
        Input {
            version: version_on_disk(&job.output, workspace),
            name: job.target,
            package: job.subject.package,
            output: job.subject.output,
            options: job.options,
            document: Some(job.document),
            sources: Rc::new(job.sources),
            tree: None,
        }
    }

    /// Takes a target of a revision.
    fn in_revision(target: &Target, tree: &Rc<Tree>) -> Self {
        let mut options = target.options.clone();
        let name = |path: &String| slashes(&normalized(Path::new(path)));
        options.input = name(&target.input);
        options.overlays = target.overlays.iter().map(name).collect();
        let mut inputs = BTreeMap::new();
        for (module, input) in &target.inputs {
            if let Some(own) = options.inputs.get_mut(module) {
                own.input = name(&input.input);
                own.overlays = input.overlays.iter().map(name).collect();
                let sources = RevisionSources::new(tree.clone(), &input.ref_root);
                inputs.insert(module.clone(), sources.admitting(&own.overlays));
            }
        }
        let sources = RevisionSources::new(tree.clone(), &target.ref_root);
        let sources = sources.with_inputs(inputs);
        Input {
            name: target.name.clone(),
            package: options.package.clone(),
            output: name(&target.output),
            document: None,
            sources: Rc::new(sources.admitting(&options.overlays)),
            version: version_in(tree, &target.output),
            tree: Some(tree.clone()),
            options,
        }
    }

    /// Returns the documents of a target that has several, each as a target: `crm/deals`. For one with a single document
    /// it is the target itself.
    pub(crate) fn documents(&self) -> Vec<Input> {
        if self.options.inputs.is_empty() {
            return vec![self.clone()];
        }
        let inputs = self.options.inputs.iter();
        inputs
            .map(|(module, options)| Input {
                name: format!("{}/{module}", self.name),
                options: options.clone(),
                sources: Rc::new(OfDocument {
                    sources: self.sources.clone(),
                    module: module.clone(),
                }),
                ..self.clone()
            })
            .collect()
    }

    /// Takes the files of this target from a revision, with the choices as they are here: for a revision that has no
    /// `codegen.yaml`. `document` is where it has the description.
    pub(crate) fn moved_to(&self, tree: &Rc<Tree>, document: &str) -> Self {
        let mut options = self.options.clone();
        options.input = document.to_owned();
        let root = document.rsplit_once('/').map_or("", |(folder, _)| folder);
        let sources = RevisionSources::new(tree.clone(), root);
        Input {
            document: None,
            sources: Rc::new(sources.admitting(&options.overlays)),
            version: version_in(tree, &self.output),
            tree: Some(tree.clone()),
            options,
            ..self.clone()
        }
    }

    /// Takes another file as the description of this target.
    pub(crate) fn with_file(
        &self,
        file: &Path,
        workspace: Option<&Workspace>,
    ) -> Result<Self, Failure> {
        let file = crate::codegen::job::absolute(file)?;
        let folder = file.parent().unwrap_or(Path::new("/"));
        let root = workspace.map(Workspace::root);
        let mut sources = DiskSources::new(folder, root)?;
        let input = sources.name_of(&file).ok_or_else(|| {
            Failure::new(format!("the name of `{}` is not UTF-8", file.display()))
        })?;
        let mut options = self.options.clone();
        let overlays = self.options.overlays.iter();
        let base = root.unwrap_or(folder);
        options.overlays = overlays
            .map(|overlay| sources.admit(&base.join(overlay)))
            .collect::<Result<_, _>>()?;
        options.input = input;
        Ok(Input {
            options,
            document: Some(file),
            sources: Rc::new(sources),
            tree: None,
            ..self.clone()
        })
    }

    /// Returns an input without choices, for files outside of any workspace.
    pub(crate) fn without_choices(file: &Path) -> Self {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let package: String = stem
            .chars()
            .map(|letter| match letter {
                letter if letter.is_ascii_alphanumeric() => letter,
                _ => '-',
            })
            .collect();
        let package = package.trim_matches(|letter: char| !letter.is_ascii_alphabetic());
        let package = if package.is_empty() { "api" } else { package };
        Input {
            name: package.to_owned(),
            package: package.to_owned(),
            output: String::new(),
            options: Options::new("", package),
            document: None,
            sources: Rc::new(oasmith::load::MapSources::new()),
            version: None,
            tree: None,
        }
    }

    /// Whether two sides of a comparison have the same target.
    pub(crate) fn is_same(&self, other: &Input) -> bool {
        self.name == other.name || self.package == other.package || self.output == other.output
    }

    /// Returns the revision as places name it.
    pub(crate) fn revision(&self) -> Option<&Commit> {
        self.tree.as_ref().map(|tree| tree.commit())
    }

    /// Returns what a comparison has to know of it; `label` is how reports name its side.
    pub(crate) fn end<'s>(&'s self, label: &'s str) -> End<'s> {
        End {
            label,
            revision: self.revision(),
            options: &self.options,
            sources: &*self.sources,
            version: self.version.as_ref(),
        }
    }

    /// Generates. An `Err` is the report of what is wrong.
    pub(crate) fn generate(&self) -> Result<Output, String> {
        generate(&*self.sources, &self.options).map_err(|found| self.report(&found))
    }

    /// Prints diagnostics with excerpts of the files of this side.
    fn report(&self, found: &Diagnostics) -> String {
        let Some(revision) = self.revision() else {
            return render(found, &*self.sources, Style::Color);
        };
        report_in(&revision.name, found, &*self.sources)
    }
}

/// Returns the targets of a revision.
pub(crate) fn of_revision(tree: &Rc<Tree>) -> OfRevision {
    let Some(config) = CONFIGS.into_iter().find(|name| tree.has_file(name)) else {
        return OfRevision::NoConfig;
    };
    let sources = RevisionSources::new(tree.clone(), "");
    let mut found = Diagnostics::new();
    match options::read_config(&sources, config, &mut found) {
        Some(config) => {
            let targets = config.targets.iter();
            OfRevision::Inputs(
                targets
                    .map(|target| Input::in_revision(target, tree))
                    .collect(),
            )
        }
        None => OfRevision::Invalid(report_in(&tree.commit().name, &found, &sources)),
    }
}

/// Returns the version in the manifest of an output.
pub(crate) fn version_on_disk(output: &Path, workspace: &Workspace) -> Option<Version> {
    let text = |path: PathBuf| fs::read_to_string(path).ok();
    let manifest = text(output.join(MANIFEST))?;
    Version::of(&manifest, || text(workspace.root().join(MANIFEST)))
}

fn version_in(tree: &Tree, output: &str) -> Option<Version> {
    let manifest = tree.text(&format!("{output}/{MANIFEST}"))?;
    Version::of(&manifest, || tree.text(MANIFEST))
}

/// Prints diagnostics about files of a revision, which are named after it: `v0.3.1:spec/pets.yaml`.
fn report_in(revision: &str, found: &Diagnostics, sources: &dyn Sources) -> String {
    let prefix = format!("{revision}:");
    let mut renamed = found.clone();
    let places = found.iter().flat_map(|one| {
        let related = one.related.iter().map(|(place, _)| place);
        std::iter::once(&one.place).chain(related)
    });
    let files: BTreeSet<_> = places.map(|place| place.file().clone()).collect();
    for file in files {
        renamed.rename_file(&file, &format!("{prefix}{file}"));
    }
    render(
        &renamed,
        &Prefixed {
            prefix: &prefix,
            sources,
        },
        Style::Color,
    )
}

/// The files of one of several documents.
struct OfDocument {
    sources: Rc<dyn Sources>,
    module: String,
}

impl Sources for OfDocument {
    fn read(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        let own = self.sources.of_input(&self.module);
        own.unwrap_or(&*self.sources).read(name)
    }
}

/// Files whose names have a prefix.
struct Prefixed<'s> {
    prefix: &'s str,
    sources: &'s dyn Sources,
}

impl Sources for Prefixed<'_> {
    fn read(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        self.sources
            .read(name.strip_prefix(self.prefix).unwrap_or(name))
    }
}
