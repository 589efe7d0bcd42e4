//! Starts cargo and reads what it says as JSON, a line a message.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

use oasmith_cli::exit::Failure;

use super::super::progress::Progress;

/// What a run of cargo found.
#[derive(Debug, Default)]
pub struct Found {
    /// Complaints by the module of the output that they stand in.
    pub complaints: BTreeMap<String, Vec<String>>,
    /// Errors that stand in no output, as the compiler shows them.
    pub elsewhere: Vec<String>,
    /// The targets that were built or checked to the end, and the program where one was built.
    pub done: BTreeMap<String, Option<String>>,
    /// What cargo said besides.
    pub stderr: String,
}

/// Runs `cargo WORDS` in a workspace of outputs. A failure to compile is part of what is found.
pub fn run(
    folder: &Path,
    words: &[&str],
    jobs: usize,
    flags: &[&str],
    progress: &mut Progress,
) -> Result<Found, Failure> {
    let failed = |error| Failure::new(format!("could not start cargo: {error}"));
    let mut child = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(words)
        .args([
            "--workspace",
            "--offline",
            "--keep-going",
            "--message-format",
            "json",
            "--jobs",
        ])
        .arg(jobs.to_string())
        .args(flags)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let stderr = child.stderr.take();
    let stderr = thread::spawn(move || {
        let mut text = String::new();
        // What is not UTF-8 is cut off: the text is only shown.
        let _ = stderr.map(|mut stream| stream.read_to_string(&mut text));
        text
    });
    let mut found = Found::default();
    for line in child
        .stdout
        .take()
        .map(BufReader::new)
        .into_iter()
        .flat_map(|stream| stream.lines())
    {
        let line = line.map_err(failed)?;
        if let Ok(message) = serde_json::from_str::<Value>(&line) {
            found.add(&message, progress);
        }
    }
    child.wait().map_err(failed)?;
    found.stderr = stderr.join().unwrap_or_default();
    Ok(found)
}

impl Found {
    fn add(&mut self, message: &Value, progress: &mut Progress) {
        let text = |pointer: &str| message.pointer(pointer).and_then(Value::as_str);
        match text("/reason") {
            Some("compiler-artifact") => {
                let name = text("/target/name").unwrap_or_default().to_owned();
                progress.step(&name);
                self.done
                    .insert(name, text("/executable").map(str::to_owned));
            }
            Some("compiler-message")
                if text("/message/level").is_some_and(|level| level.starts_with("error")) =>
            {
                let rendered = text("/message/rendered").unwrap_or_default();
                let files = files(message.pointer("/message/spans").unwrap_or(&Value::Null));
                match files
                    .iter()
                    .find_map(|file| module_in(file))
                    .or_else(|| module_in(rendered))
                {
                    Some(module) => self
                        .complaints
                        .entry(module)
                        .or_default()
                        .push(rendered.to_owned()),
                    // `aborting due to 3 previous errors` has no place
                    None if files.is_empty() && rendered.contains("aborting due to") => {}
                    None => self.elsewhere.push(rendered.to_owned()),
                }
            }
            _ => {}
        }
    }

    /// The crates that did not come to an end.
    pub fn unfinished<'n>(&self, names: impl Iterator<Item = &'n String>) -> BTreeSet<String> {
        // cargo calls a library's target by its crate name
        let is_done = |name: &String| {
            self.done.contains_key(name) || self.done.contains_key(&name.replace('-', "_"))
        };
        names.filter(|name| !is_done(name)).cloned().collect()
    }
}

/// The files of a message's spans, the primary ones first, and those of the macro calls that they come from.
fn files(spans: &Value) -> Vec<String> {
    let mut spans: Vec<&Value> = spans.as_array().into_iter().flatten().collect();
    spans.sort_by_key(|span| span.get("is_primary").and_then(Value::as_bool) != Some(true));
    let mut files = Vec::new();
    for span in spans {
        let around = std::iter::successors(Some(span), |span| span.pointer("/expansion/span"));
        files.extend(around.filter_map(|span| Some(span.get("file_name")?.as_str()?.to_owned())));
    }
    files
}

/// The module of the first output that a text names a file of.
fn module_in(text: &str) -> Option<String> {
    let (_, rest) = text
        .replace('\\', "/")
        .split_once("/outputs/")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))?;
    rest.split_once('/').map(|(module, _)| module.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(messages: &[&str]) -> Found {
        let mut found = Found::default();
        for message in messages {
            let message = serde_json::from_str(message).expect("it is JSON");
            found.add(&message, &mut Progress::new("Test", 1));
        }
        found
    }

    #[test]
    fn a_complaint_belongs_to_the_output_of_its_file() {
        let span = r#"{"file_name": "crates/many-00/src/../../../outputs/of_a/types/x.rs", "is_primary": true}"#;
        let message = format!(
            r#"{{"reason": "compiler-message", "message": {{"level": "error", "rendered": "error: x", "spans": [{span}]}}}}"#
        );
        assert_eq!(found(&[&message]).complaints["of_a"], ["error: x"]);
    }

    #[test]
    fn an_error_inside_a_macro_of_the_runtime_belongs_to_the_call() {
        let message = r#"{"reason": "compiler-message", "message": {"level": "error", "rendered": "error: y", "spans": [
            {"file_name": "runtime/wire/macros.rs", "is_primary": true,
             "expansion": {"span": {"file_name": "x/../outputs/of_b/types/y.rs"}}}]}}"#;
        assert_eq!(found(&[message]).complaints["of_b"], ["error: y"]);
    }

    #[test]
    fn what_stands_in_no_output_is_kept_apart() {
        let message = r#"{"reason": "compiler-message", "message": {"level": "error", "rendered": "error: z", "spans": [
            {"file_name": "runtime/wire/mod.rs", "is_primary": true}]}}"#;
        let abort = r#"{"reason": "compiler-message", "message": {"level": "error",
            "rendered": "error: aborting due to 2 previous errors", "spans": []}}"#;
        let found = found(&[message, abort]);
        assert_eq!(
            (found.elsewhere.as_slice(), found.complaints.len()),
            (["error: z".to_owned()].as_slice(), 0)
        );
    }

    #[test]
    fn a_crate_that_was_not_finished_is_known() {
        let artifact =
            r#"{"reason": "compiler-artifact", "target": {"name": "many_00"}, "executable": null}"#;
        let names = ["many-00".to_owned(), "many-01".to_owned()];
        assert_eq!(
            found(&[artifact]).unfinished(names.iter()),
            BTreeSet::from(["many-01".to_owned()])
        );
    }
}
