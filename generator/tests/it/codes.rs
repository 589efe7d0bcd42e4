//! Every diagnostic code appears in a golden file.

use oasmith::diagnostic::{Code, Diagnostics, Severity, code};
use oasmith::generate;
use oasmith::load::{MapSources, SourceError, Sources};
use oasmith::options::Options;
use oasmith::report::{Style, render};

use crate::goldens;

/// Codes that no fixture can produce, and the tests that show them.
const ELSEWHERE: [(&str, &str); 3] = [
    ("OA0103", "bytes_that_are_not_utf_8"),
    ("OA0107", "a_file_that_cannot_be_read"),
    (
        "OA0601",
        "the tests of `render::gate`: no document produces it",
    ),
];

/// The golden files of documents, and those of traffic and of `accepted.yaml`, which the command line has.
fn reports() -> goldens::Files {
    let folders = ["tests/fixtures", "cli/tests/conform", "cli/tests/accepted"];
    let files = folders.iter().flat_map(|folder| {
        let below = goldens::read_below(&goldens::package().join(folder));
        below
            .into_iter()
            .map(move |(path, text)| (format!("{folder}/{path}"), text))
    });
    files.collect()
}

#[test]
fn every_code_is_in_a_golden_file() {
    let files = reports();
    let reports = files
        .iter()
        .filter(|(path, _)| path.ends_with("/expected.err") || path.ends_with("/expected.warn"));
    let all: String = reports.map(|(_, text)| text.as_str()).collect();
    for code in code::ALL {
        let elsewhere = ELSEWHERE.iter().any(|(id, _)| *id == code.id);
        let shown = all.contains(&format!("[{}]: ", code.id));
        assert_ne!(shown, elsewhere, "{code} ({})", code.title);
    }
}

/// `warning[OA0507]: …` of a code whose row says `error` needs the reason in the row, where a reader of the report
/// looks it up.
#[test]
fn an_overridden_severity_is_explained() {
    let files = reports();
    let overridden = |code: &Code, severity: Severity| {
        let head = format!("{severity}[{}]: ", code.id);
        severity != code.severity && files.values().any(|text| text.contains(&head))
    };
    for code in code::ALL {
        for severity in [Severity::Error, Severity::Warning, Severity::Note] {
            let reason = match severity {
                Severity::Error => " An error ",
                Severity::Warning => " A warning ",
                Severity::Note => " A note ",
            };
            let is_explained = code.explanation.contains(reason);
            assert_eq!(
                overridden(code, severity),
                is_explained,
                "{code}: {severity}"
            );
        }
    }
}

fn report(sources: &dyn Sources) -> String {
    let found: Diagnostics = generate(sources, &Options::new("api.yaml", "report"))
        .expect_err("the document cannot be read");
    render(&found, sources, Style::Plain)
}

#[test]
fn bytes_that_are_not_utf_8() {
    let sources = MapSources::new().with("api.yaml", &b"openapi: 3.0.3\ninfo: \xff\n"[..]);
    let expected = "\
error[OA0103]: file is not valid UTF-8
 --> api.yaml:2:7
  |
2 | info: \u{fffd}
  |       ^

1 error
";
    assert_eq!(report(&sources), expected);
}

#[test]
fn a_file_that_cannot_be_read() {
    struct Broken;
    impl Sources for Broken {
        fn read(&self, _: &str) -> Result<Vec<u8>, SourceError> {
            Err(SourceError::Other("permission denied".to_owned()))
        }
    }
    let expected = "\
error[OA0107]: cannot read `api.yaml`: permission denied
--> api.yaml

1 error
";
    assert_eq!(report(&Broken), expected);
}
