//! A tiny workspace in a temporary folder: a description, a `codegen.yaml`, and one output with a hand-owned manifest.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

use tempfile::TempDir;

/// The description. `Spare` is reached by no operation, so a test can take it out.
const SPEC: &str = r##"openapi: 3.0.3
info:
  title: Widgets
  version: "1"
servers:
  - url: https://widgets.example
paths:
  /widgets:
    post:
      operationId: make_widget
      summary: Makes a widget.
      tags: [Widgets]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: "#/components/schemas/Widget"
      responses:
        "200":
          description: The widget.
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Widget"
components:
  schemas:
    Widget:
      type: object
      description: A widget.
      required: [name]
      properties:
        name:
          type: string
          description: What it is called.
        note:
          type: string
          description: Anything else.
    Spare:
      type: object
      description: A spare part.
      properties:
        name:
          type: string
          description: What it is called.
"##;

const CONFIG: &str = "version: 1
targets:
  - name: widgets
    input: spec/widgets.yaml
    output: widgets
    package: widgets
";

const MANIFEST: &str = "[package]\nname = \"widgets\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";

/// The exit code of the binary, and what it printed.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// Every file of a tree with its bytes and the time of its last change.
pub type Tree = BTreeMap<PathBuf, (Vec<u8>, SystemTime)>;

/// A workspace, which is removed with its value.
#[derive(Debug)]
pub struct Workspace {
    folder: TempDir,
}

impl Workspace {
    /// A workspace that was never generated, and whose manifest has no dependencies.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let workspace = Workspace { folder };
        workspace.write("Cargo.toml", "[workspace]\nmembers = [\"widgets\"]\n");
        workspace.write("spec/widgets.yaml", SPEC);
        workspace.write("spec/codegen.yaml", CONFIG);
        workspace.write("widgets/Cargo.toml", MANIFEST);
        workspace
    }

    /// A workspace where everything is fresh: generated once, and with the lines in the manifest that this run named.
    pub fn fresh() -> Self {
        let workspace = Workspace::new();
        let ended = workspace.run(&["generate"]);
        workspace.add_lines(&ended);
        let ended = workspace.run(&["check"]);
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        workspace
    }

    /// Puts the lines that a run named (`Add to widgets/Cargo.toml [dependencies]: …`) into the manifest.
    pub fn add_lines(&self, ended: &Ended) {
        let mut manifest = MANIFEST.to_owned();
        for table in ["dependencies", "features"] {
            let named = format!("Add to widgets/Cargo.toml [{table}]: ");
            manifest += &format!("\n[{table}]\n");
            for line in ended.stdout.lines() {
                if let Some((_, line)) = line.split_once(&named) {
                    manifest += &format!("{line}\n");
                }
            }
        }
        self.write("widgets/Cargo.toml", &manifest);
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.root().join(below)
    }

    pub fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).expect("the file is there")
    }

    pub fn write(&self, below: &str, text: &str) {
        let path = self.path(below);
        let folder = path.parent().expect("a file has a folder");
        fs::create_dir_all(folder).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }

    /// Replaces a part of a file that must be in it.
    pub fn replace(&self, below: &str, old: &str, new: &str) {
        let text = self.read(below);
        assert!(text.contains(old), "{below} has {old:?}");
        self.write(below, &text.replacen(old, new, 1));
    }

    pub fn remove(&self, below: &str) {
        fs::remove_file(self.path(below)).expect("the file is there");
    }

    /// Takes the schema `Spare` out of the description.
    pub fn drop_spare(&self) {
        let text = self.read("spec/widgets.yaml");
        let (kept, _) = text
            .split_once("    Spare:\n")
            .expect("the description has a Spare");
        self.write("spec/widgets.yaml", kept);
    }

    /// Runs the binary in the workspace, with nothing of a CI around it.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, &[])
    }

    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
        run_in(self.root(), arguments, variables)
    }

    /// Runs the binary with a text on its stdin.
    pub fn run_on(&self, stdin: &str, arguments: &[&str]) -> Ended {
        let mut command = command(self.root(), arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary can be started");
        let mut pipe = child.stdin.take().expect("it was asked for");
        pipe.write_all(stdin.as_bytes()).expect("it is read");
        drop(pipe);
        ended(child.wait_with_output().expect("it ends"))
    }

    /// Everything in the workspace, to see what a command wrote.
    pub fn tree(&self) -> Tree {
        tree(self.root())
    }
}

/// Runs the binary in any folder.
pub fn run_in(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
    let mut command = command(folder, arguments);
    let output = command.envs(variables.iter().copied()).output();
    ended(output.expect("the binary can be started"))
}

/// The binary, with nothing of a CI around it.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oasmith"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("CI")
        .env_remove("GITHUB_ACTIONS")
        .env_remove("CLICOLOR_FORCE");
    command
}

fn ended(output: Output) -> Ended {
    let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
    Ended {
        code: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// Everything in a folder.
pub fn tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    add(folder, folder, &mut tree);
    tree
}

/// The bytes alone, for trees that were written at different times.
pub fn bytes(tree: &Tree) -> BTreeMap<&Path, &[u8]> {
    tree.iter()
        .map(|(path, (bytes, _))| (path.as_path(), bytes.as_slice()))
        .collect()
}

fn add(top: &Path, folder: &Path, tree: &mut Tree) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        let metadata = fs::symlink_metadata(&path).expect("the file is there");
        if metadata.is_dir() {
            add(top, &path, tree);
            continue;
        }
        let bytes = if metadata.is_symlink() {
            Vec::new()
        } else {
            fs::read(&path).expect("the file can be read")
        };
        let time = metadata.modified().expect("the system tells times");
        let below = path.strip_prefix(top).expect("it is below the top");
        tree.insert(below.to_path_buf(), (bytes, time));
    }
}
