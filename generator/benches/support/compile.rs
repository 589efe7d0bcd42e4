//! Builds packages in one workspace in the target directory and measures time and memory, without dependencies.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files of a package by their paths.
pub type Package = BTreeMap<String, String>;

/// GNU time, which measures a command with its child processes.
const TIME: &str = "/usr/bin/time";

/// The resources of a compilation.
#[derive(Debug, Clone, Copy)]
pub struct Used {
    /// User time in seconds.
    pub seconds: f64,
    /// The peak memory of one process in MB.
    pub megabytes: f64,
}

/// A folder of packages that share a target directory.
pub struct Workspace {
    root: PathBuf,
    /// The number of measurements of each compilation; the best one counts.
    rounds: usize,
    /// Arguments of every cargo command.
    flags: &'static [&'static str],
}

impl Workspace {
    /// Creates an empty workspace with the lock file of this one, so that both use the same versions.
    pub fn create(
        root: PathBuf,
        rounds: usize,
        flags: &'static [&'static str],
    ) -> io::Result<Self> {
        fs::remove_dir_all(root.join("packages")).or_else(when_missing)?;
        fs::create_dir_all(root.join("packages"))?;
        let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"packages/*\"]\n";
        fs::write(root.join("Cargo.toml"), manifest)?;
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, root.join("Cargo.lock"))?;
        Ok(Workspace {
            root,
            rounds,
            flags,
        })
    }

    /// Writes a package.
    pub fn add(&self, name: &str, manifest: &str, files: &Package) -> io::Result<()> {
        let folder = self.folder(name);
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            fs::write(path, text)?;
        }
        fs::write(folder.join("Cargo.toml"), manifest)
    }

    /// Runs a cargo command on a package, which builds its dependencies.
    pub fn prepare(&self, command: &str, package: &str) -> io::Result<()> {
        self.prepare_with(command, package, &[])
    }

    /// The same with more arguments, such as features.
    pub fn prepare_with(&self, command: &str, package: &str, more: &[String]) -> io::Result<()> {
        let cargo = env!("CARGO");
        let output = self.command(cargo, command, package).args(more).output()?;
        succeeded(output.status.success(), &output.stderr)
    }

    /// Runs a cargo command on a package as if only its own sources had changed.
    pub fn measure(&self, command: &str, package: &str) -> io::Result<Used> {
        self.measure_with(command, package, &[])
    }

    /// The same with more arguments, such as features.
    pub fn measure_with(&self, command: &str, package: &str, more: &[String]) -> io::Result<Used> {
        let mut best: Option<Used> = None;
        for _ in 0..self.rounds {
            let used = self.measure_once(command, package, more)?;
            best = Some(best.map_or(used, |best| Used {
                seconds: best.seconds.min(used.seconds),
                megabytes: best.megabytes.min(used.megabytes),
            }));
        }
        best.ok_or_else(|| io::Error::other("no round was asked for"))
    }

    /// Runs a cargo command on a package as if some packages had never been compiled.
    #[allow(dead_code, reason = "not every benchmark does")]
    pub fn measure_without(
        &self,
        command: &str,
        package: &str,
        forgotten: &[&str],
    ) -> io::Result<Used> {
        let mut best: Option<Used> = None;
        for _ in 0..self.rounds {
            for name in forgotten {
                self.prepare("clean", name)?;
            }
            let used = self.measure_once(command, package, &[])?;
            best = Some(
                best.filter(|best| best.seconds < used.seconds)
                    .unwrap_or(used),
            );
        }
        best.ok_or_else(|| io::Error::other("no round was asked for"))
    }

    /// Removes all that was compiled.
    #[allow(dead_code, reason = "not every benchmark does")]
    pub fn forget(&self) -> io::Result<()> {
        fs::remove_dir_all(self.target()).or_else(when_missing)
    }

    /// Runs a cargo command on a package once, as if its own sources had changed.
    pub fn measure_once(&self, command: &str, package: &str, more: &[String]) -> io::Result<Used> {
        let source = self.folder(package).join("src");
        let root = ["lib.rs", "main.rs"].map(|name| source.join(name));
        for path in root.iter().filter(|path| path.exists()) {
            fs::File::open(path)?.set_modified(std::time::SystemTime::now())?;
        }
        let cargo = Path::new(env!("CARGO"));
        let (used, _) = timed(cargo, &self.root.join("used"), |timed| {
            self.arguments(timed, command, package);
            timed.args(more);
        })?;
        Ok(used)
    }

    /// Returns the target directory.
    pub fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    fn folder(&self, package: &str) -> PathBuf {
        self.root.join("packages").join(package)
    }

    fn command(&self, program: &str, command: &str, package: &str) -> Command {
        let mut cargo = Command::new(program);
        self.arguments(&mut cargo, command, package);
        cargo
    }

    /// Adds the arguments, without incremental compilation: its bookkeeping hides the cost of the code.
    fn arguments(&self, cargo: &mut Command, command: &str, package: &str) {
        cargo
            .args([command, "--quiet"])
            .args(self.flags)
            .args(["--package", package])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.target())
            .env("CARGO_INCREMENTAL", "0");
    }
}

/// Runs a program under GNU time and returns its output and its resources.
pub fn timed(
    program: &Path,
    report: &Path,
    arguments: impl FnOnce(&mut Command),
) -> io::Result<(Used, String)> {
    let mut timed = Command::new(TIME);
    timed.args(["--format", "%U %M", "--output"]).arg(report);
    timed.arg(program);
    arguments(&mut timed);
    let output = timed.output();
    let output = output.map_err(|error| io::Error::other(format!("{TIME} (GNU time): {error}")))?;
    succeeded(output.status.success(), &output.stderr)?;
    let text = fs::read_to_string(report)?;
    let mut figures = text.split_whitespace().map(str::parse::<f64>);
    let used = match (figures.next(), figures.next()) {
        (Some(Ok(seconds)), Some(Ok(kilobytes))) => Used {
            seconds,
            megabytes: kilobytes / 1024.0,
        },
        _ => return Err(io::Error::other(format!("{TIME} reported `{text}`"))),
    };
    Ok((used, String::from_utf8_lossy(&output.stdout).into_owned()))
}

fn succeeded(success: bool, stderr: &[u8]) -> io::Result<()> {
    if success {
        Ok(())
    } else {
        Err(io::Error::other(String::from_utf8_lossy(stderr)))
    }
}

fn when_missing(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    }
}
