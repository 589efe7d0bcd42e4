//! What a build script tells cargo: warnings, errors, and the files that it read.
//!
//! ```text
//! cargo::error=spec/pets.yaml:3:5: [OA0102] duplicate key `id`; remove one of the two
//! ```

use std::path::Path;

use oasmith::diagnostic::{Diagnostic, Diagnostics, Severity};
use oasmith::load::Sources;
use oasmith::report::locate::{self, Located};

use super::line::visible;

/// Returns a warning.
pub fn warning(text: &str) -> String {
    directive("warning", text)
}

/// Returns an error, after which cargo ends the build.
pub fn error(text: &str) -> String {
    directive("error", text)
}

/// Returns a file after whose change the script runs again.
pub fn rerun_if_changed(path: &Path) -> String {
    directive("rerun-if-changed", &path.display().to_string())
}

/// Returns the diagnostics of a document, each with its place. Notes are lines of the script's output, which cargo shows
/// with `-vv`.
pub fn diagnostics(diagnostics: &Diagnostics, sources: &dyn Sources) -> String {
    let places = locate::locate_all(diagnostics, sources);
    let told = |(one, place): (&Diagnostic, Option<Located>)| {
        let place = match place {
            Some(at) => format!("{}:{}:{}", at.file, at.line, at.column),
            None => one.place.to_string(),
        };
        let mut text = format!("{place}: [{}] {}", one.code, one.message);
        if let Some(help) = &one.help {
            text += &format!("; {help}");
        }
        match one.severity {
            Severity::Error => error(&text),
            Severity::Warning => warning(&text),
            Severity::Note => format!("note: {}\n", on_one_line(&text)),
        }
    };
    diagnostics.iter().zip(places).map(told).collect()
}

fn directive(name: &str, text: &str) -> String {
    format!("cargo::{name}={}\n", on_one_line(text))
}

/// Returns the text without line ends, which would end the directive, and start another one of somebody's choice.
fn on_one_line(text: &str) -> String {
    let lines = visible(text);
    let lines: Vec<&str> = lines.lines().map(str::trim).collect();
    lines.join(" ⏎ ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_become_another_directive() {
        assert_eq!(
            warning("a\ncargo::rustc-cfg=b\r\nc"),
            "cargo::warning=a ⏎ cargo::rustc-cfg=b\u{fffd} ⏎ c\n"
        );
    }
}
