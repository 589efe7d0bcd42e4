//! Which targets are compared with which: those of the newer side with those of the older one.

use super::arguments::Arguments;
use super::input::Input;
use super::side::{Content, Side, Sides};
use super::{inputs, like, no_target, on_disk};
use crate::command::Program;
use crate::exit::Failure;
use crate::terminal::{Terminal, Tone, line, visible};
use crate::workspace::{CONFIGS, Workspace};

/// A target on both sides, or on one of them.
pub(super) enum Pair {
    Both(Box<Both>),
    Added(Box<OneSided>),
    Removed(Box<OneSided>),
}

/// A target on both sides.
pub(super) struct Both {
    pub(super) from: Side,
    pub(super) old: Input,
    pub(super) to: Side,
    pub(super) new: Input,
}

/// A target that one side does not have.
pub(super) struct OneSided {
    pub(super) from: Side,
    pub(super) to: Side,
    pub(super) target: Input,
}

/// All pairs of a comparison, and its newer side.
pub(super) struct Pairs {
    pub(super) pairs: Vec<Pair>,
    pub(super) newer: Side,
}

/// Finds both sides and their targets; `None` if a `codegen.yaml` is invalid, after printing what is wrong.
pub(super) fn find(
    arguments: &Arguments,
    sides: &Sides<'_>,
    workspace: Option<&Workspace>,
    program: &Program,
    terminal: &Terminal,
) -> Result<Option<Pairs>, Failure> {
    let is_file = |text: &Option<String>| match text {
        Some(text) => sides.is_file(text),
        None => Ok(false),
    };
    let (from_file, to_file) = (is_file(&arguments.from)?, is_file(&arguments.to)?);
    let has_config = workspace.is_some_and(|one| one.config().is_some());
    // two files without a `codegen.yaml` are compared without choices
    let disk = match workspace {
        Some(workspace) if has_config => match on_disk(workspace, program, terminal)? {
            Some(inputs) => inputs,
            None => return Ok(None),
        },
        _ if from_file && to_file => Vec::new(),
        Some(_) if arguments.from.is_some() && arguments.to.is_some() => Vec::new(),
        _ => {
            return Err(Failure::new(format!(
                "there is no `{}`; compare two files with `--from OLD.yaml --to NEW.yaml`",
                CONFIGS.join("` and no `")
            )));
        }
    };
    let chosen = arguments.target.as_deref();
    // a file is one document, also of a target that has several
    let disk: Vec<Input> = match from_file || to_file {
        true => disk.iter().flat_map(Input::documents).collect(),
        false => disk,
    };
    let template = if from_file || to_file {
        like(&disk, chosen)?
    } else {
        None
    };
    let newer = match &arguments.to {
        Some(text) => sides.typed(text, template)?,
        None => Sides::working_tree(match template {
            Some(template) => vec![template.clone()],
            None => disk.clone(),
        }),
    };
    let older = match &arguments.from {
        Some(text) => Some(sides.typed(text, template)?),
        None => None,
    };
    for side in older.iter().chain([&newer]) {
        if let Err(report) = inputs(side) {
            terminal.problem(report);
            let about = format!("the targets of {}", side.label);
            terminal.problem(&line(Tone::Bad, "Broken", &visible(&about)));
            return Ok(None);
        }
    }
    let search = Search {
        sides,
        terminal,
        chosen,
        is_file: from_file || to_file,
    };
    search.pairs(older, newer, &disk).map(Some)
}

struct Search<'s, 'w> {
    sides: &'s Sides<'w>,
    terminal: &'s Terminal,
    /// `--target`
    chosen: Option<&'s str>,
    is_file: bool,
}

impl Search<'_, '_> {
    fn pairs(&self, older: Option<Side>, newer: Side, disk: &[Input]) -> Result<Pairs, Failure> {
        let news: Vec<Input> = match &newer.content {
            Content::NoConfig => {
                let here = disk.iter();
                here.filter_map(|one| self.in_side(one, &newer)).collect()
            }
            _ => inputs(&newer).unwrap_or_default().to_vec(),
        };
        let mut pairs = Vec::new();
        let mut bases: Vec<Side> = older.iter().cloned().collect();
        for new in &news {
            let from = match &older {
                Some(side) => side.clone(),
                None => self.base(&newer, new, &mut bases)?,
            };
            let old = match &from.content {
                Content::Inputs(olds) if self.is_file => match &olds[..] {
                    [only] => Some(only.clone()),
                    olds => olds.iter().find(|old| old.name == new.name).cloned(),
                },
                Content::Inputs(olds) => {
                    let by_name = olds.iter().find(|old| old.name == new.name);
                    by_name
                        .or_else(|| olds.iter().find(|old| old.is_same(new)))
                        .cloned()
                }
                Content::NoConfig => self.in_side(new, &from),
                Content::Invalid(_) => None,
            };
            if !self.is_chosen(new) && !old.as_ref().is_some_and(|old| self.is_chosen(old)) {
                continue;
            }
            pairs.push(match old {
                Some(old) => Pair::Both(Box::new(Both {
                    from,
                    old,
                    to: newer.clone(),
                    new: new.clone(),
                })),
                None => Pair::Added(Box::new(OneSided {
                    from,
                    to: newer.clone(),
                    target: new.clone(),
                })),
            });
        }
        if !self.is_file {
            pairs.extend(self.removed(&bases, &newer, &news));
        }
        if let (true, Some(name)) = (pairs.is_empty(), self.chosen) {
            return Err(no_target(name, &news));
        }
        Ok(Pairs { pairs, newer })
    }

    fn is_chosen(&self, input: &Input) -> bool {
        let chosen = self.chosen.filter(|_| !self.is_file);
        chosen.is_none_or(|name| input.name == name || input.package == name)
    }

    /// Returns the targets that only older sides have.
    fn removed(&self, bases: &[Side], newer: &Side, news: &[Input]) -> Vec<Pair> {
        let mut gone: Vec<Pair> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for from in bases {
            let olds = inputs(from).unwrap_or_default().iter();
            let only_there = olds.filter(|old| !news.iter().any(|new| new.is_same(old)));
            for old in only_there.filter(|old| self.is_chosen(old)) {
                if !seen.contains(&old.name) {
                    seen.push(old.name.clone());
                    gone.push(Pair::Removed(Box::new(OneSided {
                        from: from.clone(),
                        to: newer.clone(),
                        target: old.clone(),
                    })));
                }
            }
        }
        gone
    }

    /// Returns the side of the last release of a target, or of the last commit.
    fn base(&self, newer: &Side, new: &Input, known: &mut Vec<Side>) -> Result<Side, Failure> {
        let repository = self.sides.repository()?;
        let at = match &newer.tree {
            Some(tree) => tree.commit().id.clone(),
            None => "HEAD".to_owned(),
        };
        if repository.commit(&at)?.is_none() {
            return Err(Failure::new(
                "the repository has no commit yet; commit, or compare two files with `--from OLD.yaml --to NEW.yaml`",
            ));
        }
        let mut tag = repository.last_release(&new.package, &at)?;
        if let (Some(name), Some(tree)) = (&tag, &newer.tree) {
            // a release is compared with the one before it
            let commit = repository.commit(name)?;
            if commit.is_some_and(|commit| commit.id == tree.commit().id) {
                tag = repository.last_release(&new.package, &format!("{at}^"))?;
            }
        }
        let name = match tag {
            Some(tag) => tag,
            None => {
                if newer.tree.is_none() && repository.is_shallow() && known.is_empty() {
                    let about = "this clone is shallow and has no tag of a release: compared with HEAD; \
                                 `git fetch --unshallow --tags` gets them";
                    self.terminal.report(&line(Tone::Info, "Note", about));
                }
                match newer.tree {
                    Some(_) => format!("{at}^"),
                    None => "HEAD".to_owned(),
                }
            }
        };
        if let Some(side) = known.iter().find(|side| side.label == name) {
            return Ok(side.clone());
        }
        let side = self.sides.typed_revision(&name)?;
        if let Content::Invalid(report) = &side.content {
            self.terminal.problem(report);
            return Err(Failure::new(format!(
                "the targets of `{name}` cannot be read; compare with another revision by `--from`"
            )));
        }
        known.push(side.clone());
        Ok(side)
    }

    /// Returns a target with the files of a revision that has no `codegen.yaml`; `None` if it has no description.
    fn in_side(&self, target: &Input, side: &Side) -> Option<Input> {
        let tree = side.tree.as_ref()?;
        if !target.options.inputs.is_empty() {
            // which files they were then is not known
            return None;
        }
        let document = &target.options.input;
        if tree.has_file(document) {
            return Some(target.moved_to(tree, document));
        }
        let repository = self.sides.repository().ok()?;
        let to = target.tree.as_ref().map(|tree| tree.commit());
        let former = repository.former_path(tree.commit(), to, document)?;
        Some(target.moved_to(tree, &former))
    }
}
