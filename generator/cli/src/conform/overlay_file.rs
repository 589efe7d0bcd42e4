//! Writes actions into an overlay file, and extends one that is there.
//!
//! The file belongs to people: their actions, their order and their comments stay as they are, byte for byte. An action
//! that is there already is not written again; if its description is the evidence of an earlier run, and more traffic
//! was seen now, the description is brought up to date.

use std::ops::Range;

use oasmith::diagnostic::Diagnostics;
use oasmith::load::overlay::{Action, Overlay};
use oasmith::load::{Budgets, MapSources, Node, load_one, write};

use super::mend::{Amendment, Evidence};

/// The new text of an overlay file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) text: String,
    /// The number of actions that are new.
    pub(super) added: usize,
    /// The number of actions with new evidence.
    pub(super) updated: usize,
}

/// Writes a new file; `extends` is the document's path from the overlay.
pub(super) fn create(amendments: &[Amendment], extends: &str) -> Written {
    let mut overlay = Overlay::new("What the wire does");
    overlay.extends = Some(extends.to_owned());
    let actions = amendments.iter().map(|amendment| amendment.action.clone());
    overlay.actions = actions.collect();
    Written {
        text: overlay.to_yaml(),
        added: amendments.len(),
        updated: 0,
    }
}

/// Extends the text of a file by actions, and brings the evidence of those up to date that are known.
///
/// # Errors
///
/// What is in the way, such as a file that is no overlay.
pub(super) fn extend(
    old: &str,
    amendments: &[Amendment],
    known: &[Amendment],
) -> Result<Written, String> {
    const SHAPE: &str = "its `actions` are not written as a list with one `- ` for each";
    let existing = parse(old)?;
    let block = Block::find(old).filter(|block| block.items.len() == existing.len());
    let block = block.ok_or(SHAPE)?;
    let find = |amendment: &Amendment| {
        let Action { target, change, .. } = &amendment.action;
        existing
            .iter()
            .position(|one| one.target == *target && one.change == *change)
    };
    let mut replaced: Vec<(Range<usize>, String)> = Vec::new();
    for amendment in known {
        let index = find(amendment);
        let description = index.and_then(|index| existing.get(index)?.description.as_deref());
        let range = index.and_then(|index| block.items.get(index).cloned());
        if let (Some(description), Some(range)) = (description, range)
            && let Some(newer) = newer(description, &amendment.evidence)
            && let Some(text) = old.get(range.clone())
            && let Some(text) = replace(text, description, &newer)
        {
            replaced.push((range, text));
        }
    }
    let new: Vec<&Amendment> = amendments
        .iter()
        .filter(|amendment| find(amendment).is_none())
        .collect();
    let added: String = new
        .iter()
        .map(|amendment| item(&amendment.action, &block.indent))
        .collect();
    let updated = replaced.len();
    let mut text = old.to_owned();
    if !added.is_empty() {
        let before = text.get(..block.end).unwrap_or_default();
        let gap = if before.ends_with('\n') { "" } else { "\n" };
        text.insert_str(block.end, &format!("{gap}{added}"));
    }
    replaced.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, new) in replaced {
        text.replace_range(range, &new);
    }
    match parse(&text) {
        Ok(actions) if actions.len() == existing.len() + new.len() => Ok(Written {
            text,
            added: new.len(),
            updated,
        }),
        _ => Err(SHAPE.to_owned()),
    }
}

/// Returns the actions of a file.
fn parse(text: &str) -> Result<Vec<Action>, String> {
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
struct Block {
    /// The white space in front of each `- `.
    indent: String,
    /// The bytes of each action.
    items: Vec<Range<usize>>,
    /// Where the next action goes.
    end: usize,
}

impl Block {
    fn find(text: &str) -> Option<Self> {
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
}

fn is_blank(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with('#')
}

/// Returns the evidence if it is of more traffic than a description that is evidence, too.
fn newer(description: &str, evidence: &Evidence) -> Option<String> {
    let (before, side) = description.rsplit_once(' ')?;
    let (before, total) = before.rsplit_once(" of ")?;
    let (_, count) = before.rsplit_once(" in ")?;
    let is_side = ["repl", "request", "message"]
        .iter()
        .any(|noun| side.starts_with(noun));
    let (_, total): (usize, usize) = (count.parse().ok()?, total.parse().ok()?);
    let new = evidence.to_string();
    (is_side && evidence.total > total && new != description).then_some(new)
}

/// Replaces the description of an action; `None` if it is not on one line.
fn replace(action: &str, old: &str, new: &str) -> Option<String> {
    let quoted = format!("'{}'", old.replace('\'', "''"));
    [spelled(old), old.to_owned(), quoted]
        .iter()
        .find_map(|old| {
            let old = format!("description: {old}");
            (action.matches(&old).count() == 1)
                .then(|| action.replace(&old, &format!("description: {}", spelled(new))))
        })
}

/// Writes a string as YAML.
fn spelled(text: &str) -> String {
    write::yaml(&Node::from(text)).trim_end().to_owned()
}

/// Writes an action as an item of the list.
fn item(action: &Action, indent: &str) -> String {
    let text = action.to_yaml();
    let lines = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("{indent}{line}\n"),
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use oasmith::load::Object;

    fn removal(target: &str, count: usize, total: usize) -> Amendment {
        amendment(Action::remove(target), count, total)
    }

    fn update(target: &str, name: &str, value: Node, count: usize, total: usize) -> Amendment {
        let update = Object::from_iter([(name.into(), value)]);
        amendment(Action::update(target, update.into()), count, total)
    }

    fn nullable(target: &str, count: usize, total: usize) -> Amendment {
        update(target, "nullable", true.into(), count, total)
    }

    fn amendment(action: Action, count: usize, total: usize) -> Amendment {
        let evidence = Evidence {
            what: "null".to_owned(),
            count,
            total,
            noun: ["reply", "replies"],
        };
        Amendment::new(action, evidence)
    }

    const NEW: &str = "\
overlay: 1.1.0
info:
  title: What the wire does
  version: 1.0.0
extends: ./api.yaml
actions:
  - target: $.a
    description: null in 1 of 2 replies
    update:
      nullable: true
  - target: $.required[?@ == 'x']
    description: null in 1 of 3 replies
    remove: true
";

    #[test]
    fn a_new_file_and_the_same_again() {
        let actions = [
            nullable("$.a", 1, 2),
            removal("$.required[?@ == 'x']", 1, 3),
        ];
        let written = create(&actions, "./api.yaml");
        assert_eq!(written.text, NEW);
        let again = extend(&written.text, &actions, &actions).expect("it is an overlay");
        let unchanged = Written {
            text: NEW.to_owned(),
            added: 0,
            updated: 0,
        };
        assert_eq!(again, unchanged);
    }

    #[test]
    fn what_people_wrote_stays_and_evidence_grows() {
        let old = "\
# Ours.
actions: # in order
# first
- { target: $.hand, update: { x: 1 }, description: Known from the vendor. }

- target: $.a # why not
  description: null in 1 of 2 replies
  update: { nullable: true }
# at the end

info: { title: T, version: '1' }
overlay: 1.0.0
";
        let actions = [
            nullable("$.a", 5, 20),
            update("$.hand", "x", 1u64.into(), 5, 20),
            nullable("$.b", 1, 2),
        ];
        let written = extend(old, &actions, &actions).expect("it is an overlay");
        let expected = old
            .replace("null in 1 of 2", "null in 5 of 20")
            .replace(
                "  update: { nullable: true }\n",
                "  update: { nullable: true }\n- target: $.b\n  description: null in 1 of 2 replies\n  update:\n    nullable: true\n",
            );
        assert_eq!(written.text, expected);
        assert_eq!((written.added, written.updated), (1, 1));
        // less traffic changes nothing
        let again = extend(&written.text, &[], &[nullable("$.a", 1, 2)]).expect("it is an overlay");
        assert_eq!(again.text, written.text);
    }

    #[test]
    fn what_cannot_be_extended_is_left_alone() {
        let actions = [nullable("$.b", 1, 2)];
        for (text, expected) in [
            ("openapi: 3.0.3\n", "no `overlay`"),
            (
                "overlay: 1.0.0\ninfo: { title: T, version: '1' }\nactions: [{ target: $.a, remove: true }]\n",
                "not written as a list",
            ),
            ("overlay: [\n", "not well-formed"),
            ("{ overlay: 1.0.0, actions: [] }", "no valid overlay"),
        ] {
            let error = extend(text, &actions, &[]).expect_err("it cannot be extended");
            assert!(error.contains(expected), "{error}");
        }
    }
}
