//! Objects of a repository by their ids, from one process of `git cat-file --batch`.

use std::cell::RefCell;
use std::fmt;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::no_git;
use crate::exit::Failure;

/// The kinds of objects that a tree has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Tree,
    Blob,
}

/// The running process. It ends with this value, when its stdin is closed.
pub(super) struct Objects {
    pipes: RefCell<Pipes>,
    child: Child,
}

struct Pipes {
    /// `None` once the value is dropped.
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Objects {
    /// Starts the process.
    pub(super) fn start(mut git: Command) -> Result<Self, Failure> {
        let mut child = git
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| no_git(&error))?;
        let (Some(questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Failure::new("git has no pipes"));
        };
        Ok(Objects {
            pipes: RefCell::new(Pipes {
                questions: Some(questions),
                answers: BufReader::new(answers),
            }),
            child,
        })
    }

    /// Returns the content of an object, which is named by its id or as `id^{tree}`.
    pub(super) fn read(&self, name: &str, kind: Kind) -> io::Result<Vec<u8>> {
        let mut pipes = self.pipes.borrow_mut();
        let (found, bytes) = pipes.ask(name)?;
        let expected = match kind {
            Kind::Tree => "tree",
            Kind::Blob => "blob",
        };
        if found == expected {
            Ok(bytes)
        } else {
            Err(io::Error::other(format!(
                "the object `{name}` is a {found}, not a {expected}"
            )))
        }
    }
}

impl Pipes {
    /// Returns the type and content of an object.
    fn ask(&mut self, name: &str) -> io::Result<(String, Vec<u8>)> {
        if let Some(questions) = &mut self.questions {
            writeln!(questions, "{name}")?;
            questions.flush()?;
        }
        // `1f7a… blob 512`, or `1f7a… missing`
        let mut header = String::new();
        self.answers.read_line(&mut header)?;
        let mut words = header.split_whitespace().skip(1);
        let (Some(kind), Some(size)) = (words.next(), words.next()) else {
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                format!("git does not have the object `{name}`"),
            ));
        };
        let size: usize = size
            .parse()
            .map_err(|_| io::Error::other("git tells no size"))?;
        let mut bytes = vec![0; size];
        self.answers.read_exact(&mut bytes)?;
        let mut end = [0];
        self.answers.read_exact(&mut end)?;
        Ok((kind.to_owned(), bytes))
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // without its stdin the process ends
        self.pipes.get_mut().questions = None;
        let _ = self.child.wait();
    }
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objects").finish_non_exhaustive()
    }
}
