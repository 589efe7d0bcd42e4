//! The text of overlay files: a new one, and actions added to one that is there.
//!
//! The file belongs to people: their actions, their order and their comments stay as they are, byte for byte.

use std::ops::Range;
use std::path::Path;

use oasmith::diagnostic::Diagnostics;
use oasmith::load::overlay::{Action, Overlay};
use oasmith::load::{Budgets, MapSources, load_one};

use crate::workspace::{normalized, slashes};

/// What is wrong with a file whose actions cannot be found in its text.
pub(crate) const SHAPE: &str = "its `actions` are not written as a list with one `- ` for each";

/// Writes a new file; `extends` is the document's path from the overlay, if it is known.
pub(crate) fn create(title: &str, actions: Vec<Action>, extends: Option<String>) -> String {
    let mut overlay = Overlay::new(title);
    overlay.extends = extends;
    overlay.actions = actions;
    overlay.to_yaml()
}

/// Adds actions to the text of a file.
///
/// # Errors
///
/// What is in the way, such as a file that is no overlay.
pub(crate) fn append(old: &str, actions: &[Action]) -> Result<String, String> {
    let existing = parse(old)?;
    let block = Block::find(old).filter(|block| block.items.len() == existing.len());
    let text = block.ok_or(SHAPE)?.append(old, actions);
    match parse(&text) {
        Ok(all) if all.len() == existing.len() + actions.len() => Ok(text),
        _ => Err(SHAPE.to_owned()),
    }
}

/// Returns the document's path from the folder of an overlay: `./api.yaml`.
pub(crate) fn extends(overlay: &Path, document: &Path) -> String {
    let folder = overlay.parent().unwrap_or(Path::new("/"));
    let document = normalized(document);
    for (steps, above) in folder.ancestors().enumerate() {
        if let Ok(below) = document.strip_prefix(above) {
            let up = match steps {
                0 => "./".to_owned(),
                steps => "../".repeat(steps),
            };
            return up + &slashes(below);
        }
    }
    slashes(&document)
}

/// Returns the actions of a file.
pub(crate) fn parse(text: &str) -> Result<Vec<Action>, String> {
    const NAME: &str = "overlay.yaml";
    let sources = MapSources::new().with(NAME, text);
    let mut diagnostics = Diagnostics::new();
    let node = load_one(&sources, NAME, &Budgets::default(), &mut diagnostics);
    let node = node
        .filter(|_| !diagnostics.has_errors())
        .ok_or("it is not well-formed YAML")?;
    if node.get("overlay").is_none() {
        return Err("it has no `overlay`, so it is no overlay".to_owned());
    }
    let overlay = Overlay::read(&node, NAME, &mut diagnostics);
    overlay
        .map(|overlay| overlay.actions)
        .ok_or_else(|| "it is no valid overlay".to_owned())
}

/// The list of actions in the text of a file.
pub(crate) struct Block {
    /// The white space in front of each `- `.
    pub(crate) indent: String,
    /// The bytes of each action.
    pub(crate) items: Vec<Range<usize>>,
    /// Where the next action goes.
    end: usize,
}

impl Block {
    pub(crate) fn find(text: &str) -> Option<Self> {
        let mut indent: Option<String> = None;
        let mut starts: Vec<usize> = Vec::new();
        let mut is_inside = false;
        let mut end = text.len();
        let mut last_content = 0;
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let start = offset;
            offset += line.len();
            let content = line.trim_end();
            let body = content.trim_start();
            let white = &content[..content.len() - body.len()];
            if !is_inside {
                if white.is_empty() && body.strip_prefix("actions:").is_some_and(is_blank) {
                    is_inside = true;
                    last_content = offset;
                }
                continue;
            }
            if body.is_empty() || body.starts_with('#') {
                continue;
            }
            let is_item = body == "-" || body.starts_with("- ");
            match &indent {
                None if is_item => {
                    indent = Some(white.to_owned());
                    starts.push(start);
                }
                Some(indent) if is_item && white == indent => starts.push(start),
                Some(indent) if white.len() > indent.len() => {}
                _ => {
                    // another member of the root follows
                    end = last_content;
                    break;
                }
            }
            last_content = offset;
        }
        let end = end.min(last_content);
        let ends = starts.iter().skip(1).copied().chain([end]);
        let items = starts
            .iter()
            .copied()
            .zip(ends)
            .map(|(from, to)| from..to)
            .collect();
        Some(Block {
            indent: indent?,
            items,
            end,
        })
    }

    /// Returns the text with actions added behind the last one.
    pub(crate) fn append(&self, old: &str, actions: &[Action]) -> String {
        let added: String = actions
            .iter()
            .map(|action| item(action, &self.indent))
            .collect();
        let mut text = old.to_owned();
        if !added.is_empty() {
            let before = text.get(..self.end).unwrap_or_default();
            let gap = if before.ends_with('\n') { "" } else { "\n" };
            text.insert_str(self.end, &format!("{gap}{added}"));
        }
        text
    }
}

fn is_blank(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with('#')
}

/// Writes an action as an item of the list.
pub(crate) fn item(action: &Action, indent: &str) -> String {
    let text = action.to_yaml();
    let lines = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("{indent}{line}\n"),
    });
    lines.collect()
}
