//! The client generated from `spec/products-batch-upsert.yaml` and its overlay: its size, and that the checked-in files are up to date.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use oasmith::diagnostic::Diagnostics;
use oasmith::load::MapSources;
use oasmith::options::read_config;
use oasmith::report;
use oasmith::{Output, generate};
use syn::visit::Visit;

use crate::{functions, goldens};

/// The most lines of a function, of a file, and of all files without the runtime.
const FUNCTION: usize = 25;
const FILE: usize = 160;
const ALL: usize = 1200;

/// The most lints that the root may allow.
const ALLOWED: usize = 8;

/// Runs the generator on the description as `cargo xtask codegen` does.
fn output() -> Output {
    let folder = goldens::package().join("../spec");
    let files = goldens::read_below(&folder);
    let sources = files
        .iter()
        .fold(MapSources::new(), |sources, (path, text)| {
            sources
                .with(format!("spec/{path}"), text.as_str())
                .with(path, text.as_str())
        });
    let mut found = Diagnostics::new();
    let config = read_config(&sources, "spec/codegen.yaml", &mut found);
    let target = config.and_then(|config| config.targets.into_iter().next());
    let target = target.unwrap_or_else(|| panic!("{}", shown(&found, &sources)));
    let mut options = target.options;
    options.header = "cargo xtask codegen".to_owned();
    // as the command names it, which reads below the workspace
    options.overlays = target.overlays;
    generate(&sources, &options).unwrap_or_else(|found| panic!("{}", shown(&found, &sources)))
}

fn shown(found: &Diagnostics, sources: &MapSources) -> String {
    report::render(found, sources, report::Style::Plain)
}

/// Returns the files without the runtime.
fn own(output: &Output) -> impl Iterator<Item = (&String, &String)> {
    let own = |path: &str| !path.starts_with("src/runtime/");
    output.files.iter().filter(move |(path, _)| own(path))
}

#[test]
fn our_own_description_has_no_diagnostics() {
    assert_eq!(output().diagnostics, Diagnostics::new());
}

#[test]
fn files_are_short() {
    let output = output();
    let mut all = 0;
    for (path, text) in own(&output) {
        let lines = text.lines().count();
        all += lines;
        assert!(lines <= FILE, "{path} has {lines} lines");
    }
    assert!(all <= ALL, "all files have {all} lines");
}

/// Collects the lints of each `allow`.
#[derive(Default)]
struct Allowed(Vec<String>);

impl<'ast> Visit<'ast> for Allowed {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if !attribute.path().is_ident("allow") {
            return;
        }
        let parsed = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("reason") {
                return meta.value()?.parse::<syn::LitStr>().map(drop);
            }
            let words: Vec<_> = meta
                .path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string())
                .collect();
            self.0.push(words.join("::"));
            Ok(())
        });
        parsed.expect("an `allow` is a list of lints");
    }
}

#[test]
fn functions_are_short_and_only_the_root_allows_a_lint() {
    let output = output();
    for (path, text) in own(&output) {
        let mut allowed = Allowed::default();
        allowed.visit_file(&syn::parse_file(text).expect("generated source can be read"));
        for (name, lines) in functions::lengths(text) {
            assert!(lines <= FUNCTION, "{path}: {name} has {lines} lines");
        }
        if path != "src/lib.rs" {
            assert!(allowed.0.is_empty(), "{path} allows {:?}", allowed.0);
            continue;
        }
        // those of modules: `runtime` is written by hand, `types` has texts of the document, `operation` no values
        let modules = [
            "dead_code",
            "unused_imports",
            "unused_macros",
            "missing_docs",
            "missing_debug_implementations",
        ];
        allowed.0.retain(|lint| !modules.contains(&lint.as_str()));
        assert!(allowed.0.len() <= ALLOWED, "{:?}", allowed.0);
    }
}

#[test]
fn the_root_is_formatted_by_rustfmt() {
    let output = output();
    let mut rustfmt = Command::new("rustfmt")
        .args([
            "--edition",
            "2024",
            "--check",
            "--config",
            "skip_children=true",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt is a part of the toolchain");
    let mut input = rustfmt.stdin.take().expect("it was asked for");
    input
        .write_all(output.files["src/lib.rs"].as_bytes())
        .expect("rustfmt reads its input");
    drop(input);
    let done = rustfmt.wait_with_output().expect("rustfmt ends");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stdout)
    );
}

#[test]
fn checked_in_files_are_up_to_date() {
    let output = output();
    let folder = goldens::package().join("../generated");
    let mut differing = Vec::new();
    for (path, text) in &output.files {
        match fs::read_to_string(folder.join(path)) {
            Ok(found) if found == *text => {}
            Ok(_) => differing.push(format!("{path} differs")),
            Err(_) => differing.push(format!("{path} is missing")),
        }
    }
    for path in goldens::read_below(&folder.join("src")).keys() {
        if !output.files.contains_key(&format!("src/{path}")) {
            differing.push(format!("src/{path} is no longer generated"));
        }
    }
    assert!(
        differing.is_empty(),
        "\n{}\nrun `cargo xtask codegen`",
        differing.join("\n")
    );
}
