//! Documents that exhaust resources are generated or rejected as expected, within a stack of 2 MB.
//!
//! The benchmark `bombs` measures time and memory of larger ones with optimisation.

use std::thread;

use oasmith::diagnostic::Severity;
use oasmith::generate;
use oasmith::load::MapSources;
use oasmith::options::Options;

#[path = "../../benches/bombs/documents/mod.rs"]
mod documents;

use documents::{Bomb, End};

/// The default stack of a thread, in bytes.
const STACK: usize = 2 << 20;

#[test]
fn bombs_are_generated_or_rejected_as_expected() {
    let mut wrong = Vec::new();
    for bomb in documents::all(10) {
        let name = bomb.name;
        let thread = thread::Builder::new().stack_size(STACK);
        let run = thread
            .spawn(move || run(bomb))
            .expect("a thread can be started");
        match run.join() {
            Ok(Ok(())) => {}
            Ok(Err(complaint)) => wrong.push(format!("{name}: {complaint}")),
            Err(_) => wrong.push(format!("{name}: a panic")),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn run(bomb: Bomb) -> Result<(), String> {
    let mut sources = MapSources::new().with(bomb.file, bomb.text);
    let mut options = Options::new(bomb.file, "bomb");
    if let Some(overlay) = bomb.overlay {
        sources = sources.with("overlay.json", overlay);
        options.overlays.push("overlay.json".to_owned());
    }
    match (generate(&sources, &options), bomb.end) {
        (Ok(_), End::Output) => Ok(()),
        (Ok(_), End::Rejected(code)) => Err(format!("expected {code}, found an output")),
        (Err(found), end) => {
            let mut errors = found.iter().filter(|one| one.severity == Severity::Error);
            let first = errors.next().ok_or("rejected without an error")?;
            if end == End::Rejected(first.code.id) {
                Ok(())
            } else {
                Err(format!("expected {end:?}, found {first}"))
            }
        }
    }
}
