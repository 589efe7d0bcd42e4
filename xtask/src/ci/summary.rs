//! The summary of `ci`: the time of each step, and which failed.

use std::time::Duration;

use super::{STEPS, Step};
use oasmith_cli::terminal::{Tone, line, seconds};

/// The steps that ran, with their times.
#[derive(Debug, Default)]
pub(super) struct Summary {
    done: Vec<(&'static str, Duration)>,
}

impl Summary {
    /// Adds a step that ended.
    pub(super) fn add(&mut self, name: &'static str, took: Duration) {
        self.done.push((name, took));
    }

    /// Returns the text when all steps passed.
    pub(super) fn passed(&self) -> String {
        let total = self.done.iter().map(|(_, took)| *took).sum();
        let what = format!("all {} steps in {}", self.done.len(), seconds(total));
        self.times() + &line(Tone::Good, "Passed", &what)
    }

    /// Returns the text when the last of them, `step`, failed.
    pub(super) fn failed(&self, step: &Step, why: &str) -> String {
        let mut text = self.times();
        text += &line(Tone::Bad, "Failed", &format!("{}: {why}", step.name));
        let left: Vec<&str> = STEPS
            .iter()
            .skip_while(|one| one.name != step.name)
            .skip(1)
            .map(|step| step.name)
            .collect();
        if !left.is_empty() {
            text += &line(Tone::Warn, "Not run", &left.join(", "));
        }
        text + &line(Tone::Info, "Help", &format!("run `{step}`"))
    }

    fn times(&self) -> String {
        self.done
            .iter()
            .map(|(name, took)| line(Tone::Info, &seconds(*took), name))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a summary of the first steps of the list, 1.5 s each.
    fn summary(count: usize) -> Summary {
        let mut summary = Summary::default();
        for step in STEPS.iter().take(count) {
            summary.add(step.name, Duration::from_millis(1500));
        }
        summary
    }

    #[test]
    fn a_failure_names_the_step_the_rest_and_the_line_to_type() {
        let text = summary(6).failed(&STEPS[5], "exit status: 101");
        let text = anstream::adapter::strip_str(&text).to_string();
        let end = "       1.50s doc\n      \
                   Failed doc: exit status: 101\n     \
                   Not run runtime as text, runtime without transport, runtime without its parts, \
                   client without transport, client by tower, client with all features, client's fake and bounds, \
                   stand-alone, stand-alone build, own xtask, own xtask drift, own xtask client, build script, \
                   shared runtime, shared runtime drift, shared runtime program, oracle, frameworks, dependencies, \
                   publish, transcript with the packages, corpus, laws of diff, corpus selection\n        \
                   Help run `RUSTDOCFLAGS=-Dwarnings cargo doc --workspace --no-deps`\n";
        assert!(text.ends_with(end), "{text}");
    }

    #[test]
    fn success_tells_the_count_and_the_time() {
        let text = summary(2).passed();
        let text = anstream::adapter::strip_str(&text).to_string();
        let expected =
            "       1.50s format\n       1.50s drift\n      Passed all 2 steps in 3.00s\n";
        assert_eq!(text, expected);
    }
}
