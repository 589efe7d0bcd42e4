//! Documents that exhaust resources: each run ends within 1 s and 128 MB, on a thread with a stack of 2 MB.
//!
//! ```text
//! cargo bench -p oasmith --bench bombs
//! ```
//!
//! Each document is a file and each run a process of its own, whose peak memory is read from `/proc/self/status`.
//! Without that file the benchmark prints that memory was not measured. It fails above a limit, or if a document is not
//! generated or rejected as expected.

mod documents;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use documents::{Bomb, End};
use oasmith::diagnostic::Severity;
use oasmith::generate;
use oasmith::load::{SourceError, Sources};
use oasmith::options::Options;

const TIME: Duration = Duration::from_secs(1);
const MEMORY_MB: f64 = 128.0;
/// The default stack of a thread, in bytes.
const STACK: usize = 2 << 20;
/// The environment variable that makes this program run one document.
const RUN: &str = "--run-document";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    if let Some([_, path]) = arguments.windows(2).find(|pair| pair[0] == RUN) {
        println!("{}", run(Path::new(path)));
        return ExitCode::SUCCESS;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bombs");
    fs::create_dir_all(&folder).expect("a folder can be made in the target directory");
    println!(
        "{:<40} {:>9} {:>8} {:>8}  end",
        "document", "size, MB", "ms", "peak, MB"
    );
    let bombs = documents::all(1);
    let wrong = bombs.iter().filter(|bomb| !measured(bomb, &folder)).count();
    println!("{} documents, {wrong} not as expected", bombs.len());
    ExitCode::from(u8::from(wrong > 0))
}

/// Measures a document and returns whether it ends as expected within the limits.
fn measured(bomb: &Bomb, folder: &Path) -> bool {
    let path = folder.join(bomb.file);
    fs::write(&path, &bomb.text).expect("a file can be written in the target directory");
    if let Some(overlay) = &bomb.overlay {
        let path = folder.join(overlay_of(bomb.file));
        fs::write(path, overlay).expect("a file can be written in the target directory");
    }
    let program = env::current_exe().expect("the path of this program is known");
    let output = Command::new(program).arg(RUN).arg(&path).output();
    let output = output.expect("this program runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    let size = bomb.text.len() as f64 / 1e6;
    let [end, ms, peak] = printed.split_whitespace().collect::<Vec<_>>()[..] else {
        println!(
            "{:<40} {size:>9.1} the process ended with {}",
            bomb.name, output.status
        );
        return false;
    };
    let expected = match bomb.end {
        End::Output => "output",
        End::Rejected(code) => code,
    };
    // a document above 50 MB has its own size on top
    let memory = if size > 40.0 {
        MEMORY_MB + size
    } else {
        MEMORY_MB
    };
    let in_time = ms
        .parse()
        .is_ok_and(|ms: f64| ms <= TIME.as_secs_f64() * 1e3);
    let in_memory = peak == "?" || peak.parse().is_ok_and(|peak: f64| peak <= memory);
    let is_right = end == expected && in_time && in_memory;
    let mark = if is_right { "" } else { "   <- wrong" };
    println!(
        "{:<40} {size:>9.1} {ms:>8} {peak:>8}  {end}{mark}",
        bomb.name
    );
    is_right
}

/// Runs a document and returns the result, milliseconds and megabytes: `OA0108 12.3 45.6`.
fn run(path: &Path) -> String {
    let folder = path.parent().unwrap_or(path).to_owned();
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.expect("this program chose the name").to_owned();
    let clock = Instant::now();
    let work = move || {
        let overlay = overlay_of(&name);
        let mut options = Options::new(name, "bomb");
        if folder.join(&overlay).exists() {
            options.overlays.push(overlay);
        }
        let generated = generate(&Folder(folder), &options);
        match generated {
            Ok(_) => "output".to_owned(),
            Err(found) => {
                let mut errors = found.iter().filter(|one| one.severity == Severity::Error);
                errors
                    .next()
                    .map_or_else(|| "?".to_owned(), |one| one.code.to_string())
            }
        }
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(work);
    let end = thread.expect("a thread can be started").join();
    let end = end.unwrap_or_else(|_| "panic".to_owned());
    format!(
        "{end} {:.1} {}",
        clock.elapsed().as_secs_f64() * 1e3,
        peak_memory()
    )
}

/// Returns the name of the overlay of a document that has one.
fn overlay_of(file: &str) -> String {
    format!("{file}.overlay.json")
}

/// Returns the peak memory of this process in megabytes.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kilobytes.map_or_else(
        || "?".to_owned(),
        |kilobytes| format!("{:.1}", kilobytes * 1.024e-3),
    )
}

/// The files of a folder.
struct Folder(PathBuf);

impl Sources for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        fs::read(self.0.join(path)).map_err(|error| SourceError::Other(error.to_string()))
    }
}
