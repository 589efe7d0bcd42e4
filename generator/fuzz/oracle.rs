//! Properties of every document, valid or not.

use oasmith::report::{Style, render};
use oasmith::load::MapSources;
use oasmith::options::Options;
use oasmith::{generate, reparse};

/// Generates a document twice: results are equal, files are valid Rust, and diagnostics can be rendered.
pub fn check(name: &str, bytes: &[u8]) {
    let sources = MapSources::new().with(name, bytes.to_vec());
    let run = || generate(&sources, &Options::new(name, "fuzzed"));
    let first = run();
    assert!(first == run(), "the second result differs");
    match first {
        Ok(output) => {
            for (path, text) in &output.files {
                if !path.starts_with("src/runtime/") {
                    reparse(text).unwrap_or_else(|reason| panic!("{path}: {reason}"));
                }
            }
        }
        Err(found) => {
            assert!(found.has_errors());
            let text = render(&found, &sources, Style::Plain);
            let is_shown = |letter: char| letter == '\n' || !letter.is_control();
            assert!(text.chars().all(is_shown), "{text:?}");
        }
    }
}
