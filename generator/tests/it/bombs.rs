//! Hostile documents end as they must, and none overflows a stack of 2 MB. How long they take is measured by the benchmark `bombs`, with
//! optimisation; here they are smaller.

use std::thread;

use oasmith::diagnostic::Severity;
use oasmith::generate;
use oasmith::load::MapSources;
use oasmith::options::Options;

#[path = "../../benches/bombs/documents/mod.rs"]
mod documents;

use documents::{Bomb, End};

/// What a thread has that nobody gave more.
const STACK: usize = 2 << 20;

#[test]
fn hostile_documents_end_as_they_must() {
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
    let sources = MapSources::new().with(bomb.file, bomb.text);
    match (
        generate(&sources, &Options::new(bomb.file, "bomb")),
        bomb.end,
    ) {
        (Ok(_), End::Output) => Ok(()),
        (Ok(_), End::Refused(code)) => Err(format!("an output, and not {code}")),
        (Err(found), end) => {
            let mut errors = found.iter().filter(|one| one.severity == Severity::Error);
            let first = errors.next().ok_or("refused without an error")?;
            match end == End::Refused(first.code.id) {
                true => Ok(()),
                false => Err(format!("{end:?} expected: {first}")),
            }
        }
    }
}
