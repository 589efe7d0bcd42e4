//! Changes as lines for people.
//!
//! ```text
//! major  `Product::archived` is gone (was bool)                     [member-removed-required-received]
//!        Code that reads it no longer compiles.
//!        - v0.3.1:spec/products.yaml:341:9
//!        reached by `upsert_products` (200 results[], 207 results[])
//! ```
//!
//! The word in front is what a change is for code; `!` marks what no compiler finds.

use std::env;

use anstyle::{AnsiColor, Style};
use oasmith::compare::{Level, Wire};

use super::change::{Comparison, Located, is_break};
use super::generator;
use super::version::level_name;
use crate::terminal::visible;

/// The column of the text of a change.
const INDENT: usize = 7;

/// The width without a terminal that says its own.
const WIDTH: usize = 110;

/// The changes of the generator that are listed; a new version can change every file.
const LISTED: usize = 20;

/// The methods that are listed; a schema can be reached by hundreds.
const REACHED: usize = 4;

/// Returns the width to wrap at: that of the terminal, if the shell exports it.
pub(crate) fn width() -> usize {
    let columns = env::var("COLUMNS").ok();
    let columns = columns.and_then(|text| text.trim().parse::<usize>().ok());
    columns.map_or(WIDTH, |columns| columns.clamp(60, 160))
}

/// Returns the lines of all changes that somebody can notice; of all others too, if `is_listed` says so.
pub(crate) fn changes(
    comparison: &Comparison,
    is_listed: impl Fn(&Located) -> bool,
    width: usize,
) -> String {
    let listed = comparison.changes.iter().filter(|one| is_listed(one));
    let lines: String = listed.map(|one| change(one, width)).collect();
    lines + &generator_lines(comparison, width)
}

/// Returns the lines of what another version of the generator changes.
fn generator_lines(comparison: &Comparison, width: usize) -> String {
    let changes = &comparison.generator;
    let mut text = String::new();
    for one in changes.iter().take(LISTED) {
        let (style, word) = (style(one.level), level_name(one.level));
        text += &format!("{style}{word:<INDENT$}{style:#}");
        text += &head(&visible(&generator::text(one)), generator::RULE, width);
    }
    let about = format!(
        "the description of {} gives this with the generator of today",
        comparison.from
    );
    match changes.len() {
        0 => {}
        all if all > LISTED => {
            text += &format!("{:INDENT$}and {} more; {about}\n", "", all - LISTED);
        }
        _ => text += &format!("{:INDENT$}{about}\n", ""),
    }
    text
}

fn change(one: &Located, width: usize) -> String {
    let change = &one.change;
    let style = style(change.source);
    let mark = if change.unseen { "!" } else { "" };
    let word = format!("{}{mark}", level_name(change.source));
    let mut text = format!("{style}{word:<INDENT$}{style:#}");
    text += &head(&visible(&change.text), change.rule, width);
    let mut body = |paragraph: &str| {
        for line in wrapped(&visible(paragraph), width - INDENT) {
            text += &format!("{:INDENT$}{line}\n", "");
        }
    };
    if !change.effect.is_empty() {
        body(&change.effect);
    }
    if let Some(accepted) = &one.accepted {
        body(&format!(
            "accepted for {}: {}",
            accepted.version, accepted.reason
        ));
    }
    if let Some(choice) = &change.choice {
        text += &choice_lines(choice);
    }
    for (sign, at) in [('-', &one.old), ('+', &one.new)] {
        if let Some(at) = at {
            text += &format!("{:INDENT$}{sign} {}\n", "", visible(&at.to_string()));
        }
    }
    if !change.reached_by.is_empty() {
        let reached = visible(&reached(&change.reached_by));
        for line in wrapped(&reached, width - INDENT) {
            text += &format!("{:INDENT$}{line}\n", "");
        }
    }
    if is_acceptable(one) {
        text += &format!("{:INDENT$}id {}\n", "", change.fingerprint);
    }
    text
}

/// Whether the change can be a reason to stop, so that people may want to accept it by its id.
fn is_acceptable(one: &Located) -> bool {
    let change = &one.change;
    let stops = |wire| is_break(wire) || wire == Wire::Silent;
    one.accepted.is_none()
        && (change.unseen || stops(change.old_client) || stops(change.old_server))
}

/// Returns what a change is, with its rule at the right.
fn head(text: &str, rule: &str, width: usize) -> String {
    let rule = format!("[{rule}]");
    let lines = wrapped(text, width - INDENT);
    let mut head = String::new();
    for (index, line) in lines.iter().enumerate() {
        let indent = if index == 0 { 0 } else { INDENT };
        head += &format!("{:indent$}{line}", "");
        let room = (width - INDENT).saturating_sub(line.chars().count());
        let is_last = index + 1 == lines.len();
        if is_last && room > rule.len() {
            head += &format!("{rule:>room$}");
        } else if is_last {
            head += &format!("\n{rule:>width$}");
        }
        head.push('\n');
    }
    head
}

fn choice_lines(choice: &str) -> String {
    let lines: Vec<&str> = choice.lines().collect();
    let mut text = format!(
        "{:INDENT$}keep what was with, in spec/codegen.yaml below the target:\n",
        ""
    );
    for line in lines {
        text += &format!("{:INDENT$}    {}\n", "", visible(line));
    }
    text
}

/// Returns the first methods that reach a change, and how many more there are.
fn reached(methods: &[String]) -> String {
    let quoted = |method: &String| match method.split_once(' ') {
        Some((name, at)) if !name.starts_with('`') => format!("`{name}` {at}"),
        None if !method.starts_with('`') => format!("`{method}`"),
        _ => method.clone(),
    };
    let listed: Vec<String> = methods.iter().take(REACHED).map(quoted).collect();
    let more = methods.len().saturating_sub(REACHED);
    match more {
        0 => format!("reached by {}", listed.join(", ")),
        _ => format!("reached by {} and {more} more", listed.join(", ")),
    }
}

fn style(level: Level) -> Style {
    match level {
        Level::Major => AnsiColor::Red.on_default().bold(),
        Level::Minor => AnsiColor::Green.on_default().bold(),
        Level::Patch => AnsiColor::Cyan.on_default().bold(),
        Level::None => Style::new().dimmed(),
    }
}

/// Breaks a text between words, such that lines have at most `width` characters where words allow it.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut length = 0;
        for word in paragraph.split(' ') {
            let more = word.chars().count();
            if length > 0 && length + 1 + more > width {
                lines.push(std::mem::take(&mut line));
                length = 0;
            }
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += more;
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        let text = "Code that reads it no longer compiles.\n\nA-word-without-any-place-to-break it";
        let expected = [
            "Code that reads it",
            "no longer compiles.",
            "",
            "A-word-without-any-place-to-break",
            "it",
        ];
        assert_eq!(wrapped(text, 20), expected);
    }

    #[test]
    fn a_rule_has_a_line_of_its_own_where_there_is_no_room() {
        assert_eq!(head("short", "rule", 30), "short            [rule]\n");
        let long = head("a text of more than a line", "rule", 30);
        assert_eq!(
            long,
            "a text of more than a\n       line             [rule]\n"
        );
        let full = head("a text of twenty-one ch", "rule", 30);
        assert_eq!(
            full,
            "a text of twenty-one ch\n                        [rule]\n"
        );
    }

    #[test]
    fn only_some_methods_are_listed() {
        let methods: Vec<String> = (1..=6)
            .map(|number| format!("get_{number} (200)"))
            .collect();
        let text =
            "reached by `get_1` (200), `get_2` (200), `get_3` (200), `get_4` (200) and 2 more";
        assert_eq!(reached(&methods), text);
        assert_eq!(reached(&["list".to_owned()]), "reached by `list`");
    }
}
