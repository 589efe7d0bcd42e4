//! Reports as text: excerpts, columns, related places, and text of a document that could control a terminal.

use super::locate::{Located, locate, locate_all};
use super::{Style, render, summary};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, code};
use crate::load::MapSources;
use crate::pointer::Pointer;

const YAML: &str = "\
openapi: 3.0.3
paths:
  /users:
    get:
      parameters:
        - name: id
          schema: {$ref: '#/components/schemas/Produkt'}
base: &base {type: object}
copy: *base
";

fn sources() -> MapSources {
    MapSources::new().with("api.yaml", YAML)
}

fn at(path: &str) -> Pointer {
    Pointer::root("api.yaml").in_same_file(path)
}

fn dangling() -> Diagnostic {
    let at = at("/paths/~1users/get/parameters/0/schema/$ref");
    Diagnostic::new(code::DANGLING_REFERENCE, at, "unknown schema `Produkt`")
}

fn plain(sources: &MapSources, diagnostic: Diagnostic) -> String {
    let one: Diagnostics = [diagnostic].into_iter().collect();
    render(&one, sources, Style::Plain)
}

#[test]
fn the_excerpt_underlines_the_value_and_help_follows() {
    let diagnostic = dangling()
        .help("did you mean `Product`?")
        .help("define schemas under `components`");
    let expected = "\
error[OA0201]: unknown schema `Produkt`
 --> api.yaml:7:26
  |
7 |           schema: {$ref: '#/components/schemas/Produkt'}
  |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `Product`?
          define schemas under `components`

1 error
";
    assert_eq!(plain(&sources(), diagnostic), expected);
}

#[test]
fn related_places_are_shown_beside_it_or_named() {
    let gone = Pointer::root("gone.yaml").child("x");
    let diagnostic = dangling()
        .related(at("/paths/~1users"), "in this path")
        .related(gone, "named here, too");
    let expected = "\
error[OA0201]: unknown schema `Produkt`
 --> api.yaml:7:26
  |
3 |   /users:
  |   ------ in this path
...
7 |           schema: {$ref: '#/components/schemas/Produkt'}
  |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: named here, too: gone.yaml#/x

1 error
";
    assert_eq!(plain(&sources(), diagnostic), expected);
}

#[test]
fn a_missing_place_is_shown_by_its_pointer() {
    let missing = Diagnostic::new(
        code::MISSING_MEMBER,
        at("/paths/~1users/get/responses"),
        "no `responses`",
    );
    let expected = "\
error[OA0203]: no `responses`
 --> api.yaml:4:5
  |
4 |     get:
  |     ^^^
  |
  = note: at `api.yaml#/paths/~1users/get/responses`

1 error
";
    assert_eq!(plain(&sources(), missing), expected);
    let aliased = Diagnostic::new(code::NOT_SUPPORTED, at("/copy/type"), "not this");
    assert!(plain(&sources(), aliased).contains("--> api.yaml:9:1"));
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let place = Pointer::root("gone.yaml").child("a");
    let text = plain(
        &MapSources::new(),
        Diagnostic::new(code::UNREADABLE, place, "it is gone"),
    );
    assert_eq!(
        text,
        "error[OA0107]: it is gone\n--> gone.yaml\n = note: at `gone.yaml#/a`\n\n1 error\n"
    );
}

#[test]
fn a_place_past_the_end_is_the_end() {
    let text = plain(
        &sources(),
        Diagnostic::new(
            code::SYNTAX,
            Place::bytes("api.yaml", 9_000..9_001),
            "more is expected",
        ),
    );
    assert!(text.contains("--> api.yaml:10:1"), "{text}");
}

#[test]
fn long_lines_are_truncated_and_columns_are_those_of_the_file() {
    let long = format!(
        "{{\"a\": \"{}\", \"b\": \"{}\"}}",
        "ä".repeat(3_000),
        "y".repeat(3_000)
    );
    let sources = MapSources::new().with("l.json", long);
    let at = Pointer::root("l.json").child("b");
    let text = plain(
        &sources,
        Diagnostic::new(code::SYNTAX, at, "b").related(Place::bytes("l.json", 1..4), "a"),
    );
    assert!(text.contains("--> l.json:1:3016"), "{text}");
    assert!(text.contains("::: l.json:1:2"), "{text}");
    let longest = text.lines().map(|line| line.chars().count()).max();
    assert!(longest < Some(140), "{text}");
    assert!(text.contains("1 | …ää") && text.contains("yy…"), "{text}");
}

#[test]
fn a_document_cannot_control_the_terminal() {
    let odd = "a\u{1b}[31m\u{202e}\u{9b}\u{0}\u{7f}\u{200f}\tb";
    let text = format!("'{}': 1\n", odd.replace('\0', ""));
    let sources = MapSources::new().with("a.yaml", text);
    let diagnostic = Diagnostic::new(code::SYNTAX, Place::bytes("a.yaml", 0..20), odd)
        .help(odd)
        .related(Place::bytes(odd, 0..1), odd)
        .related(Place::bytes("a.yaml", 20..21), odd);
    let shown = plain(&sources, diagnostic);
    let controls = |letter: &char| {
        letter.is_control() && *letter != '\n' || "\u{202e}\u{200f}".contains(*letter)
    };
    assert_eq!(shown.chars().find(controls), None, "{shown:?}");
    assert!(shown.contains("a␛[31m��␀␡� b"), "{shown}");
}

#[test]
fn colour_is_a_choice() {
    let one: Diagnostics = [dangling()].into_iter().collect();
    assert!(render(&one, &sources(), Style::Color).contains("\u{1b}["));
    assert!(!render(&one, &sources(), Style::Plain).contains('\u{1b}'));
}

#[test]
fn the_summary_counts() {
    let mut list = Diagnostics::new();
    assert_eq!(summary(&list), None);
    assert_eq!(render(&list, &sources(), Style::Plain), "");
    list.extend([
        dangling(),
        dangling(),
        dangling().severity(Severity::Warning),
    ]);
    assert_eq!(summary(&list).as_deref(), Some("2 errors, 1 warning"));
    assert!(list.has_errors());
    assert_eq!((list.len(), list.count(Severity::Note)), (3, 0));
}

#[test]
fn places_are_located() {
    let expected = Located {
        file: "api.yaml".to_owned(),
        line: 7,
        column: 11,
        end_column: 17,
    };
    let schema = at("/paths/~1users/get/parameters/0/schema");
    assert_eq!(
        locate(&Place::key(schema.clone()), &sources()),
        Some(expected.clone())
    );
    assert_eq!(locate(&Place::value(schema), &sources()), Some(expected));
    assert_eq!(locate(&Pointer::root("gone.yaml").into(), &sources()), None);
    let lines: Vec<_> = locate_all([&dangling(), &dangling()], &sources())
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(
        lines
            .iter()
            .map(|at| (at.line, at.column))
            .collect::<Vec<_>>(),
        [(7, 26), (7, 26)]
    );
}
