//! The command `explain`: what a diagnostic code means, an example, and what to do about it; and what a rule of `diff`
//! means.
//!
//! Codes, meanings and remedies are the rows of [`oasmith::diagnostic::code`]. The examples are diagnostics of this
//! repository's fixtures: a test writes `explain/examples.txt` from them.

use clap::Args;
use oasmith::compare::{self, Rule};
use oasmith::diagnostic::{Code, code, suggest};

use crate::command::Program;
use crate::diff::text;
use crate::exit::{Exit, Failure};

/// The width of explanations, in columns.
const WIDTH: usize = 80;

/// One diagnostic for each code, separated by empty lines.
const EXAMPLES: &str = include_str!("explain/examples.txt");

/// The options of `explain`.
#[derive(Debug, Default, Args)]
pub struct Arguments {
    /// The code, such as OA0201, or a rule of `diff`, such as `operation-removed`; without one, all are listed
    #[arg(value_name = "CODE|RULE")]
    pub code: Option<String>,
}

impl Arguments {
    /// Runs the command and prints the explanation.
    pub fn run(&self, program: &Program) -> Result<Exit, Failure> {
        let text = match &self.code {
            Some(typed) => match compare::rules().iter().find(|rule| rule.id == *typed) {
                Some(rule) => explained_rule(rule, WIDTH),
                None => explained(topic(typed, &program.name_of("explain"))?),
            },
            None => listed(),
        };
        program.terminal.report(&text);
        Ok(Exit::Fresh)
    }
}

/// Returns the row of a code as it was typed: `OA0201`, `oa0201` or `0201`.
fn topic(typed: &str, command: &str) -> Result<&'static Code, Failure> {
    let digits = typed.trim_start_matches(['O', 'o', 'A', 'a']);
    let wanted = format!("OA{digits}");
    let found = code::ALL.iter().find(|code| code.id == wanted);
    found.copied().ok_or_else(|| {
        let ids = code::ALL.iter().map(|code| code.id);
        let rules = compare::rules().iter().map(|rule| rule.id);
        let help = suggest::did_you_mean(&wanted, ids)
            .or_else(|| suggest::did_you_mean(typed, rules))
            .unwrap_or_else(|| format!("`{command}` lists all"));
        Failure::new(format!("there is no code or rule `{typed}`; {help}"))
    })
}

/// Returns what a rule of `diff` means.
pub(crate) fn explained_rule(rule: &Rule, width: usize) -> String {
    let text = format!("{}: {}.\n\n{}", rule.id, rule.when, rule.explanation);
    wrapped(&text, width)
}

fn listed() -> String {
    let line = |code: &&Code| format!("{}  {:7}  {}\n", code.id, code.severity, code.title);
    let codes: String = code::ALL.iter().map(line).collect();
    let rules = compare::rules().iter().map(|rule| format!("{}\n", rule.id));
    format!("{codes}\nRules of `diff`:\n\n{}", rules.collect::<String>())
}

fn explained(code: &Code) -> String {
    let Code {
        id,
        severity,
        title,
        explanation,
        remedy,
    } = code;
    let mut text = format!("{id}: {title} ({severity})\n\n");
    text += &wrapped(explanation, WIDTH);
    text += "\n";
    text += &wrapped(&format!("What to do: {remedy}"), WIDTH);
    if let Some(example) = example(id) {
        text += "\nExample:\n\n";
        text.extend(example.lines().map(|line| format!("    {line}\n")));
    }
    text
}

/// Returns the example of a code.
fn example(id: &str) -> Option<&'static str> {
    let mut all = EXAMPLES.split("\n\n").map(str::trim_end);
    all.find(|example| code_of(example) == Some(id))
}

/// Returns the code of a rendered diagnostic: `error[OA0201]: …` has `OA0201`.
fn code_of(diagnostic: &str) -> Option<&str> {
    let (_, rest) = diagnostic.split_once('[')?;
    rest.split_once("]: ").map(|(code, _)| code)
}

/// Breaks lines.
fn wrapped(text: &str, width: usize) -> String {
    text::wrapped(text, width).join("\n") + "\n"
}

#[cfg(test)]
mod tests;
