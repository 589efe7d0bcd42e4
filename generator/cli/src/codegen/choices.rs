//! The choices for a crate that the command line names: those of `--config FILE`, or of the `codegen.yaml` beside the
//! description.
//!
//! A file with targets is for several crates, so the target with the same description applies, and of several such the
//! one with the same name or package. A file without targets has the choices of one crate. What applies is printed.

use std::path::{Path, PathBuf};

use oasmith::diagnostic::Diagnostics;
use oasmith::options::{self, Choices, Options, Target};

use super::arguments::StandAlone;
use super::job::{absolute, folder_of, shown};
use super::print_diagnostics;
use crate::disk::DiskSources;
use crate::exit::Failure;
use crate::lock::Hash;
use crate::terminal::{Terminal, Tone, line, visible};
use crate::workspace::{Workspace, normalized};

/// The file that is looked for beside a description.
const BESIDE: &str = "codegen.yaml";

/// What was found for a crate.
pub(super) enum Found {
    /// Choices.
    Choices(Box<Chosen>),
    /// No file, or one for other descriptions.
    None,
    /// A file that is invalid; its diagnostics have been printed.
    Invalid,
}

/// The choices for a crate.
pub(super) struct Chosen {
    /// The choices.
    pub(super) options: Options,
    /// The folder that references must stay in.
    pub(super) ref_root: PathBuf,
    /// The overlays of the target.
    pub(super) overlays: Vec<PathBuf>,
    /// The name of the file, which is an input of the crate.
    pub(super) name: String,
    /// The hash of the file.
    pub(super) hash: Hash,
}

/// Finds the choices for a description; `document` is its absolute path.
pub(super) fn of(
    arguments: &StandAlone,
    document: &Path,
    workspace: Option<&Workspace>,
    terminal: &Terminal,
) -> Result<Found, Failure> {
    let (path, shown) = match &arguments.config {
        Some(typed) => {
            let path = absolute(typed)?;
            let shown = shown(workspace, &path, typed);
            (path, shown)
        }
        None => {
            let path = folder_of(document).join(BESIDE);
            if !path.is_file() {
                return Ok(Found::None);
            }
            let typed = folder_of(&arguments.spec).join(BESIDE);
            let shown = shown(workspace, &path, &typed);
            (path, shown)
        }
    };
    let sources = DiskSources::new(&folder_of(&path), workspace.map(Workspace::root))?;
    let unnamed = || Failure::new(format!("`{shown}` cannot be read"));
    let name = sources.name_of(&path).ok_or_else(unnamed)?;
    let mut diagnostics = Diagnostics::new();
    let read = options::read_choices(&sources, &name, &mut diagnostics);
    print_diagnostics(&diagnostics, &sources, terminal);
    let (Some(read), Some(hash)) = (read, sources.hash(&name)) else {
        return Ok(Found::Invalid);
    };
    let (about, options, ref_root, overlays) = match read {
        Choices::Alone(options) => (String::new(), *options, folder_of(document), Vec::new()),
        Choices::Targets(config) => {
            let is_explicit = arguments.config.is_some();
            match target(
                &config.targets,
                &path,
                document,
                &arguments.name,
                is_explicit,
            ) {
                Ok(Matching {
                    target,
                    ref_root,
                    base,
                }) => {
                    let about = format!(", target `{}`", target.name);
                    let overlays = target.overlays.iter();
                    let overlays = overlays.map(|overlay| base.join(overlay)).collect();
                    (about, target.options.clone(), ref_root, overlays)
                }
                Err(why) if is_explicit => {
                    return Err(Failure::new(format!("`{shown}` {why}")));
                }
                Err(why) => {
                    let text = format!("`{shown}` is not used: it {why}");
                    terminal.report(&line(Tone::Info, "Note", &visible(&text)));
                    return Ok(Found::None);
                }
            }
        }
    };
    let text = format!("choices of `{shown}`{about}");
    terminal.report(&line(Tone::Info, "Using", &visible(&text)));
    Ok(Found::Choices(Box::new(Chosen {
        options,
        ref_root,
        overlays,
        name,
        hash,
    })))
}

/// A target for a description.
#[derive(Debug, Clone)]
struct Matching<'t> {
    target: &'t Target,
    ref_root: PathBuf,
    /// The folder that its paths are relative to.
    base: PathBuf,
}

/// Returns the target for a description, or why there is none. The only target of a file that was named applies to any
/// description.
fn target<'t>(
    targets: &'t [Target],
    config: &Path,
    document: &Path,
    name: &str,
    is_explicit: bool,
) -> Result<Matching<'t>, String> {
    // paths in the file are relative to the workspace, which is its folder or one above
    let base = |target: &Target| {
        let mut folders = config.ancestors().skip(1);
        folders.find(|folder| normalized(&folder.join(&target.input)) == document)
    };
    // the choices of several descriptions are for a crate of all of them
    let single = targets.iter().filter(|target| target.inputs.is_empty());
    let matching: Vec<Matching<'t>> = single
        .filter_map(|target| {
            let base = base(target)?.to_path_buf();
            Some(Matching {
                target,
                ref_root: base.join(&target.ref_root),
                base,
            })
        })
        .collect();
    let named: Vec<&Matching<'t>> = matching
        .iter()
        .filter(|one| one.target.name == name || one.target.options.package == name)
        .collect();
    match (matching.as_slice(), named.as_slice(), targets) {
        ([one], _, _) => Ok(one.clone()),
        (_, [one], _) => Ok((*one).clone()),
        ([], _, [only]) if is_explicit => Ok(Matching {
            target: only,
            ref_root: folder_of(document),
            base: overlay_base(only, config),
        }),
        ([], _, _) => Err("has no target with this description".to_owned()),
        _ => {
            let names: Vec<&str> = matching
                .iter()
                .map(|one| one.target.name.as_str())
                .collect();
            Err(format!(
                "has several targets with this description; choose one by `--name`: `{}`",
                names.join("`, `")
            ))
        }
    }
}

/// Returns the folder that has the overlays of a target: that of `codegen.yaml`, or one above.
fn overlay_base(target: &Target, config: &Path) -> PathBuf {
    let has_overlays = |folder: &&Path| {
        let overlays = &target.overlays;
        overlays
            .iter()
            .all(|overlay| folder.join(overlay).is_file())
    };
    let found = config.ancestors().skip(1).find(has_overlays);
    found.map_or_else(|| folder_of(config), Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;
    use oasmith::load::MapSources;

    fn targets(list: &[(&str, &str)]) -> Vec<Target> {
        let targets = list.iter().map(|(name, input)| {
            format!(
                "  - {{ name: {name}, input: {input}, output: {name}, package: {name}-client }}\n"
            )
        });
        let text = format!("version: 1\ntargets:\n{}", targets.collect::<String>());
        let sources = MapSources::new().with("codegen.yaml", text);
        let config = options::read_config(&sources, "codegen.yaml", &mut Diagnostics::new());
        config.expect("the file is valid").targets
    }

    #[test]
    fn the_target_of_the_description_applies() {
        let pets = [("pets", "spec/pets.yaml"), ("shop", "spec/shop.yaml")];
        let twice = [("pets", "spec/pets.yaml"), ("cats", "spec/pets.yaml")];
        let shop = [("shop", "spec/shop.yaml")];
        for (list, name, is_explicit, expected) in [
            (&pets[..], "x", false, Ok("pets")),
            (&twice, "cats", false, Ok("cats")),
            (&twice, "cats-client", false, Ok("cats")),
            (
                &twice,
                "x",
                false,
                Err(
                    "has several targets with this description; choose one by `--name`: `pets`, `cats`",
                ),
            ),
            (&shop, "x", true, Ok("shop")),
            (
                &shop,
                "x",
                false,
                Err("has no target with this description"),
            ),
        ] {
            let targets = targets(list);
            let config = Path::new("/w/spec/codegen.yaml");
            let document = Path::new("/w/spec/pets.yaml");
            let found = target(&targets, config, document, name, is_explicit);
            let found = found.map(|one| one.target.name.as_str());
            assert_eq!(found, expected.map_err(str::to_owned), "{list:?}");
        }
    }
}
