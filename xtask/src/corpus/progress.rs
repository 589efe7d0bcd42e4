//! One line on the terminal that shows the progress of a run; nothing when stderr is not a terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use oasmith_cli::terminal::visible;

/// How often the line is drawn at most.
const PAUSE: Duration = Duration::from_millis(100);

/// The longest name that is shown, so that the line fits a narrow terminal: a line that wraps cannot be drawn over.
const LONGEST: usize = 44;

/// A progress line on stderr.
#[derive(Debug)]
pub struct Progress {
    word: &'static str,
    done: usize,
    all: usize,
    drawn: Option<Instant>,
    is_seen: bool,
}

impl Progress {
    /// Creates a line for `all` steps, with a word in the margin: `Generate`.
    pub fn new(word: &'static str, all: usize) -> Self {
        let is_seen = io::stderr().is_terminal();
        Progress {
            word,
            done: 0,
            all,
            drawn: None,
            is_seen,
        }
    }

    /// Counts a finished step, and draws the line.
    pub fn step(&mut self, what: &str) {
        self.done += 1;
        if !self.is_seen || self.drawn.is_some_and(|last| last.elapsed() < PAUSE) {
            return;
        }
        self.drawn = Some(Instant::now());
        let line = bar(self.word, self.done, self.all, what);
        let _ = write!(io::stderr(), "\r\x1b[2K{line}");
    }
}

impl Drop for Progress {
    /// Removes the line.
    fn drop(&mut self) {
        if self.drawn.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[2K");
        }
    }
}

/// `    Generate [=====>        ] 210/593 public/box__openapi.json`
fn bar(word: &str, done: usize, all: usize, what: &str) -> String {
    const WIDTH: usize = 20;
    let full = (done * WIDTH).checked_div(all).unwrap_or(WIDTH).min(WIDTH);
    let head = if full < WIDTH { ">" } else { "" };
    let bar = format!("{}{head}", "=".repeat(full));
    let what: String = visible(what).chars().take(LONGEST).collect();
    format!("{word:>12} [{bar:<WIDTH$}] {done}/{all} {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_grows_from_left_to_right() {
        assert_eq!(
            bar("Generate", 0, 4, "a"),
            "    Generate [>                   ] 0/4 a"
        );
        assert_eq!(
            bar("Generate", 2, 4, "b"),
            "    Generate [==========>         ] 2/4 b"
        );
        assert_eq!(
            bar("Generate", 4, 4, "c"),
            "    Generate [====================] 4/4 c"
        );
        assert_eq!(
            bar("Generate", 0, 0, ""),
            "    Generate [====================] 0/0 "
        );
    }
}
