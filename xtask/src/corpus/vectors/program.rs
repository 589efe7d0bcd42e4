//! The programs that contain the generated types: their source, and how they are asked.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::thread;

use oasmith_cli::exit::Failure;

/// The answer of a program to an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It was read, and written back as this JSON; `{:?}` prints it as `printed`.
    Written { json: String, printed: String },
    /// It was rejected at this path, for this reason.
    Rejected { path: String, reason: String },
    /// Reading or writing panicked, or ended the program.
    Panicked,
}

/// Returns the source of a program for some types, `pets::types::Pet`, in the order of their numbers.
pub fn source(declarations: &str, types: &[String]) -> String {
    let rows: String = types
        .iter()
        .map(|ty| format!("    check::<{ty}>,\n"))
        .collect();
    format!(
        "{}\n{declarations}\n#[allow(deprecated)]\n\
         static TABLE: &[fn(&str) -> Checked] = &[\n{rows}];\n",
        include_str!("runner.rs.txt")
    )
}

/// Asks a program about many instances: `3<tab>{…}` each. The answers are in the same order.
///
/// A program that ends too early (a stack overflow cannot be caught) is started again after the line that ended it.
pub fn ask(program: &str, questions: &[String]) -> Result<Vec<Answer>, Failure> {
    let mut answers = Vec::with_capacity(questions.len());
    while let Some(rest) = questions
        .get(answers.len()..)
        .filter(|rest| !rest.is_empty())
    {
        answers.extend(ask_once(program, rest)?);
        if answers.len() < questions.len() {
            answers.push(Answer::Panicked);
        }
    }
    Ok(answers)
}

fn ask_once(program: &str, questions: &[String]) -> Result<Vec<Answer>, Failure> {
    let failed = |error| Failure::new(format!("could not run `{program}`: {error}"));
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let answers = thread::scope(|scope| {
        scope.spawn(move || {
            let Some(mut stdin) = stdin else { return };
            for question in questions {
                // The answers show that a program has ended.
                if writeln!(stdin, "{question}").is_err() {
                    return;
                }
            }
        });
        stdout
            .map(BufReader::new)
            .into_iter()
            .flat_map(BufReader::lines)
            .map_while(Result::ok)
            .map(|line| answer(&line))
            .collect()
    });
    child.wait().map_err(failed)?;
    Ok(answers)
}

fn answer(line: &str) -> Answer {
    let mut parts = line.splitn(3, '\t');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("ok"), Some(json), Some(printed)) => Answer::Written {
            json: json.to_owned(),
            printed: printed.to_owned(),
        },
        (Some("err"), Some(path), Some(reason)) => Answer::Rejected {
            path: path.to_owned(),
            reason: reason.to_owned(),
        },
        _ => Answer::Panicked,
    }
}

/// Numbers for types, in the order in which they are first asked for.
#[derive(Debug, Default)]
pub struct Numbers {
    numbers: BTreeMap<String, usize>,
    types: Vec<String>,
}

impl Numbers {
    /// Returns the number of a type.
    pub fn number(&mut self, ty: &str) -> usize {
        *self.numbers.entry(ty.to_owned()).or_insert_with(|| {
            self.types.push(ty.to_owned());
            self.types.len() - 1
        })
    }

    /// Returns the types by number.
    pub fn types(&self) -> &[String] {
        &self.types
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_line() {
        assert_eq!(
            answer("ok\t{\"a\":1}\tA { a: 1 }"),
            Answer::Written {
                json: "{\"a\":1}".to_owned(),
                printed: "A { a: 1 }".to_owned()
            }
        );
        let rejected = Answer::Rejected {
            path: "a[0]".to_owned(),
            reason: "expected a\tb".to_owned(),
        };
        assert_eq!(answer("err\ta[0]\texpected a\tb"), rejected);
        assert_eq!(answer("panic\t"), Answer::Panicked);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_ends_is_started_again_after_the_line() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let program = folder.path().join("program");
        let text = "#!/bin/sh\nwhile read -r line; do\n\
            [ \"$line\" = die ] && exit 1; printf 'ok\\t%s\\t\\n' \"$line\"; done\n";
        std::fs::write(&program, text).expect("it can be written");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755))
            .expect("it is ours");
        let questions = ["a", "die", "b"].map(str::to_owned);
        let answers = ask(
            program.to_str().expect("temporary paths are UTF-8"),
            &questions,
        )
        .expect("it runs");
        let written = |json: &str| Answer::Written {
            json: json.to_owned(),
            printed: String::new(),
        };
        assert_eq!(answers, [written("a"), Answer::Panicked, written("b")]);
    }

    #[test]
    fn a_type_has_one_number() {
        let mut numbers = Numbers::default();
        assert_eq!(
            [
                numbers.number("m::types::A"),
                numbers.number("m::types::B"),
                numbers.number("m::types::A")
            ],
            [0, 1, 0]
        );
        let source = source("mod m;\n", numbers.types());
        assert!(
            source.contains("    check::<m::types::A>,\n    check::<m::types::B>,\n"),
            "{source}"
        );
    }
}
