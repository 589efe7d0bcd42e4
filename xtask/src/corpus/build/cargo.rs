//! Starts cargo, and reads its messages as JSON, one per line.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;

use oasmith_cli::exit::Failure;
use oasmith_cli::terminal::{Terminal, Tone, line};
use serde_json::Value;

use super::super::progress::Progress;

/// What a build reported.
#[derive(Debug, Default)]
pub struct BuildReport {
    /// Errors by the module of the output that contains them.
    pub complaints: BTreeMap<String, Vec<String>>,
    /// Errors outside of the outputs, as the compiler prints them.
    pub other_errors: Vec<String>,
    /// The finished targets, with the path of the program when one was built.
    pub finished: BTreeMap<String, Option<String>>,
    /// Everything that cargo printed besides.
    pub stderr: String,
}

/// Makes sure that the dependencies of a workspace are on this machine, so that all builds can be offline. The registry
/// is asked only when something is missing.
pub fn fetch(folder: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let host = host()?;
    let fetch = |options: &[&str]| {
        command(folder)
            .arg("fetch")
            .args(options)
            .args(["--target", &host])
            .output()
            .map_err(not_started)
    };
    if fetch(&["--offline"])?.status.success() {
        return Ok(());
    }
    let about = "the dependencies of the outputs, once";
    terminal.problem(&line(Tone::Info, "Fetching", about));
    let Output { status, stderr, .. } = fetch(&[])?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "could not fetch the dependencies of the outputs:\n{}\n\
         run this command once while the registry can be reached, or with `--no-compile` to generate only",
        String::from_utf8_lossy(&stderr).trim_end()
    )))
}

/// Returns the target of this machine: the crates of all others need not be fetched.
fn host() -> Result<String, Failure> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output();
    let version =
        output.map_err(|error| Failure::new(format!("could not start rustc: {error}")))?;
    String::from_utf8_lossy(&version.stdout)
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| Failure::new("`rustc -vV` names no host"))
}

/// Returns the command `cargo` in a workspace of outputs.
fn command(folder: &Path) -> Command {
    let mut command = Command::new(crate::cargo::program());
    command
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"));
    command
}

fn not_started(error: io::Error) -> Failure {
    Failure::new(format!("could not start cargo: {error}"))
}

/// Runs `cargo SUBCOMMAND` in a workspace of outputs. Compile errors are part of the report.
pub fn run(
    folder: &Path,
    subcommand: &str,
    jobs: usize,
    flags: &[&str],
    progress: &mut Progress,
) -> Result<BuildReport, Failure> {
    let mut child = command(folder)
        .arg(subcommand)
        .args(["--workspace", "--offline", "--keep-going"])
        .args(["--message-format", "json", "--jobs", &jobs.to_string()])
        .args(flags)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(not_started)?;
    let stderr = child.stderr.take();
    let stderr = thread::spawn(move || {
        let mut text = String::new();
        // What is not UTF-8 is cut off: the text is only shown.
        let _ = stderr.map(|mut stream| stream.read_to_string(&mut text));
        text
    });
    let mut report = BuildReport::default();
    let stdout = child.stdout.take().map(BufReader::new);
    for line in stdout.into_iter().flat_map(BufReader::lines) {
        let line = line.map_err(not_started)?;
        if let Ok(message) = serde_json::from_str::<Value>(&line) {
            report.add(&message, progress);
        }
    }
    child.wait().map_err(not_started)?;
    // The thread cannot panic: reading into a `String` is all it does.
    report.stderr = stderr.join().unwrap_or_default();
    Ok(report)
}

impl BuildReport {
    fn add(&mut self, message: &Value, progress: &mut Progress) {
        let text = |pointer: &str| message.pointer(pointer).and_then(Value::as_str);
        match text("/reason") {
            Some("compiler-artifact") => {
                let name = text("/target/name").unwrap_or_default().to_owned();
                progress.step(&name);
                self.finished
                    .insert(name, text("/executable").map(str::to_owned));
            }
            Some("compiler-message")
                if text("/message/level").is_some_and(|level| level.starts_with("error")) =>
            {
                let rendered = text("/message/rendered").unwrap_or_default().to_owned();
                let files = files(message.pointer("/message/spans").unwrap_or(&Value::Null));
                let module = files
                    .iter()
                    .find_map(|file| module_in(file))
                    .or_else(|| module_in(&rendered));
                if let Some(module) = module {
                    self.complaints.entry(module).or_default().push(rendered);
                } else if !files.is_empty() || !rendered.contains("aborting due to") {
                    // `aborting due to 3 previous errors` has no place, and says nothing new
                    self.other_errors.push(rendered);
                }
            }
            _ => {}
        }
    }

    /// Returns the crates that were not finished.
    pub fn unfinished<'n>(&self, names: impl Iterator<Item = &'n String>) -> BTreeSet<String> {
        // cargo calls a library's target by its crate name
        let is_done = |name: &String| {
            self.finished.contains_key(name) || self.finished.contains_key(&name.replace('-', "_"))
        };
        names.filter(|name| !is_done(name)).cloned().collect()
    }
}

/// Returns the files of a message's spans, the primary ones first, and those of the macro calls that they come from.
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

/// Returns the module of the first output with a file that a string names.
fn module_in(text: &str) -> Option<String> {
    let text = text.replace('\\', "/");
    let (_, rest) = text.split_once("/outputs/")?;
    rest.split_once('/').map(|(module, _)| module.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(messages: &[&str]) -> BuildReport {
        let mut found = BuildReport::default();
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
            r#"{{"reason": "compiler-message", "message":
                {{"level": "error", "rendered": "error: x", "spans": [{span}]}}}}"#
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
    fn an_error_outside_of_the_outputs_is_separate() {
        let message = r#"{"reason": "compiler-message", "message": {"level": "error", "rendered": "error: z", "spans": [
            {"file_name": "runtime/wire/mod.rs", "is_primary": true}]}}"#;
        let abort = r#"{"reason": "compiler-message", "message": {"level": "error",
            "rendered": "error: aborting due to 2 previous errors", "spans": []}}"#;
        let found = found(&[message, abort]);
        assert_eq!(
            (found.other_errors.as_slice(), found.complaints.len()),
            (["error: z".to_owned()].as_slice(), 0)
        );
    }

    #[test]
    fn an_unfinished_crate_is_reported() {
        let artifact =
            r#"{"reason": "compiler-artifact", "target": {"name": "many_00"}, "executable": null}"#;
        let names = ["many-00".to_owned(), "many-01".to_owned()];
        assert_eq!(
            found(&[artifact]).unfinished(names.iter()),
            BTreeSet::from(["many-01".to_owned()])
        );
    }
}
