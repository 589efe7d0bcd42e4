//! Damaged documents: parsing and reporting always finish, and a document without a tree has a diagnostic.

use super::load_from;
use crate::diagnostic::{Diagnostic, code};
use crate::load::{Budgets, Loaded, MapSources, Node};
use crate::pointer::Pointer;
use crate::report::locate::locate;
use crate::report::{Style, render};

const YAML: &str = "\
openapi: 3.0.3 # the version
info: {title: \"Pets \\u00e4\", version: 1.10}
x-base: &base
  ? plain
  : [1, 0x1F, ~, .5e3]
paths:
  /pets/{id}:
    get: {<<: *base, operationId: 'get pet', tags: !!seq [a, 'b']}
    text: |
      one
       two
    fold: >-
      three
      four
components: {schemas: {Pet: {$ref: 'other.yaml#/Pet'}, é: *base}}
";

const JSON: &str = r##"{"a": [1, -2.5e3, true, null, "\u00e4\ud83d\ude00\n"], "b": {"$ref": "#/a", "c~/": {}}, "d": ""}"##;

/// Bytes with a meaning in JSON or YAML.
const SIGNIFICANT: &[u8] = b"{}[],:\"'&*!|>%@-?#<\\\n\r\t \0\x7f\xff\xc3\xef09eE.~/x";

/// A small random number generator (PCG without its output step) with a fixed seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % end.max(1)
    }
}

fn damaged(text: &str, numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=numbers.below(3) {
        let at = numbers.below(bytes.len());
        let byte = SIGNIFICANT[numbers.below(SIGNIFICANT.len())];
        match numbers.below(4) {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            2 => bytes.truncate(at.max(1)),
            _ => {
                let end = (at + numbers.below(40)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len());
                bytes.splice(to..to, piece);
            }
        }
    }
    bytes
}

/// Collects the pointers of all values of a tree.
fn pointers(node: &Node, at: Pointer, all: &mut Vec<Pointer>) {
    match node {
        Node::Scalar(_) => {}
        Node::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                pointers(element, at.index(index), all);
            }
        }
        Node::Object(members) => {
            for (name, value) in members.iter() {
                pointers(value, at.child(name), all);
            }
        }
    }
    all.push(at);
}

/// Returns a diagnostic for each value, so that each is located and shown.
fn everywhere(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    for (name, node) in loaded.files() {
        pointers(node, Pointer::root(name.clone()), &mut all);
    }
    all.into_iter()
        .map(|at| Diagnostic::new(code::NOT_SUPPORTED, at, "here"))
        .collect()
}

#[test]
fn damaged_documents_are_parsed_or_rejected() {
    let mut numbers = Numbers(42);
    for round in 0..3_000 {
        let (name, text) = if round % 3 == 0 {
            ("api.json", JSON)
        } else {
            ("api.yaml", YAML)
        };
        let bytes = damaged(text, &mut numbers);
        let sources = MapSources::new()
            .with(name, bytes)
            .with("other.yaml", "Pet: {type: object}\n");
        let (loaded, mut diagnostics) = load_from(&sources, name, &Budgets::default());
        assert!(loaded.is_some() || diagnostics.has_errors());
        diagnostics.extend(loaded.iter().flat_map(everywhere));
        let report = render(&diagnostics, &sources, Style::Plain);
        assert!(
            diagnostics.is_empty() || report.contains("--> "),
            "{report}"
        );
    }
}

#[test]
fn each_value_of_a_valid_document_is_located() {
    for (name, text) in [("api.json", JSON), ("api.yaml", YAML)] {
        let sources = MapSources::new()
            .with(name, text)
            .with("other.yaml", "Pet: {type: object}\n");
        let (loaded, diagnostics) = load_from(&sources, name, &Budgets::default());
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        for one in loaded.iter().flat_map(everywhere) {
            assert!(locate(&one.place, &sources).is_some(), "{one}");
        }
    }
}
