//! The generator as a library, with files of one's own: reads a description, writes a crate, says what it has to say.
//!
//! ```text
//! cargo run -p oasmith --example library -- spec/pets.yaml pets
//! ```

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use oasmith::diagnostic::Diagnostics;
use oasmith::load::{SourceError, Sources};
use oasmith::options::Options;
use oasmith::report::{Style, render};

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [spec, out] = arguments.as_slice() else {
        eprintln!("usage: library SPEC OUT");
        return ExitCode::from(2);
    };
    match generate(spec, out) {
        Ok(report) => {
            eprint!("{report}");
            ExitCode::SUCCESS
        }
        Err(report) => {
            eprint!("{report}");
            ExitCode::FAILURE
        }
    }
}

/// Makes the crate; both outcomes are text for people. Nothing is written when something is wrong with the description.
fn generate(spec: &Path, out: &Path) -> Result<String, String> {
    let (Some(folder), Some(name)) = (spec.parent(), spec.file_name()) else {
        return Err(format!("{} is no file\n", spec.display()));
    };
    // `pets.yaml` has the parent ``, which is the working directory
    let folder = Folder(Path::new(".").join(folder));
    let mut options = Options::new(name.to_string_lossy(), "client");
    options.header = "cargo xtask codegen".to_owned();

    let report = |found: &Diagnostics| render(found, &folder, Style::Plain);
    let output = oasmith::generate(&folder, &options).map_err(|found| report(&found))?;
    let mut files = output.files;
    let manifest = oasmith::manifest(&options.package, &output.requirements);
    files.insert("Cargo.toml".to_owned(), manifest);
    for (path, text) in &files {
        write(&out.join(path), text).map_err(|error| format!("{path}: {error}\n"))?;
    }
    Ok(report(&output.diagnostics))
}

/// Writes a file only when its text is new, so that Cargo builds only what changed.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|before| before == text.as_bytes()) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    fs::write(path, text)
}

/// The files of a folder. The generator touches no disk; this is how it gets them.
struct Folder(PathBuf);

impl Sources for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        let root = self.0.canonicalize().map_err(cause)?;
        let file = root.join(path).canonicalize().map_err(cause)?;
        // a link could lead anywhere
        if !file.starts_with(&root) {
            return Err(SourceError::OutsideRoot);
        }
        fs::read(file).map_err(cause)
    }
}

fn cause(error: io::Error) -> SourceError {
    match error.kind() {
        io::ErrorKind::NotFound => SourceError::NotFound,
        _ => SourceError::Other(error.to_string()),
    }
}
