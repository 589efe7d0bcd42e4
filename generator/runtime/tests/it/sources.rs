//! `SOURCES` lists every file, and what it says of each is what the text says.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use oasmith_runtime::{File, Part, SOURCES};

use crate::text::{code, file, module, modules_named, roots};

/// Packages by the name that code calls them.
const PACKAGES: [(&str, &str); 15] = [
    ("base64", "base64"),
    ("bytes", "bytes"),
    ("chrono", "chrono"),
    ("fastrand", "fastrand"),
    ("futures_util", "futures-util"),
    ("http", "http"),
    ("http_body", "http-body"),
    ("httpdate", "httpdate"),
    ("reqwest", "reqwest"),
    ("secrecy", "secrecy"),
    ("serde", "serde"),
    ("serde_json", "serde_json"),
    ("tokio", "tokio"),
    ("tracing", "tracing"),
    ("uuid", "uuid"),
];

fn files_below(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            let below = path.strip_prefix(source_root()).unwrap();
            found.push(below.to_str().unwrap().replace('\\', "/"));
        }
    }
}

fn source_root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Returns the paths of the files that a file does not compile without.
fn needs(file: &File) -> BTreeSet<String> {
    let code = code(file.text);
    let (folder, name) = file.path.rsplit_once('/').unwrap();
    let mut needs = BTreeSet::new();
    let declared = code.lines().filter_map(|line| {
        let line = line.strip_prefix("pub(crate) ").unwrap_or(line);
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("mod ")?.strip_suffix(';')
    });
    needs.extend(declared.map(|module| format!("{folder}/{module}.rs")));
    if folder != "runtime" && name != "mod.rs" {
        needs.insert(format!("{folder}/mod.rs"));
    }
    for module in modules_named(&code) {
        let flat = format!("runtime/{module}.rs");
        needs.insert(if self::file(&flat).is_some() {
            flat
        } else {
            format!("runtime/{module}/mod.rs")
        });
    }
    needs
}

#[test]
fn every_file_is_carried_once() {
    let mut found = Vec::new();
    files_below(&source_root().join("runtime"), &mut found);
    found.retain(|path| path != "runtime/mod.rs");
    found.sort();
    let listed: Vec<&str> = SOURCES.iter().map(|file| file.path).collect();
    assert_eq!(listed, found);
}

#[test]
fn dependencies_are_those_that_the_text_names() {
    for file in SOURCES {
        let code = code(file.text);
        let named = roots(&code);
        let expected: Vec<&str> = PACKAGES
            .iter()
            .filter(|(name, _)| named.contains(name))
            .map(|(_, package)| *package)
            .collect();
        assert_eq!(file.dependencies, expected, "{}", file.path);
    }
}

#[test]
fn features_are_those_of_the_package() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    for file in SOURCES {
        let named = file.text.split("feature = \"").skip(1);
        for feature in named.filter_map(|rest| rest.split('"').next()) {
            let line = format!("\n{feature} = [");
            assert!(manifest.contains(&line), "{}: {feature}", file.path);
        }
    }
}

/// A file of no part needs only files that every output has, and one of a part only those of the parts it requires.
#[test]
fn what_a_file_needs_comes_with_it() {
    for one in SOURCES {
        for path in needs(one) {
            let needed = file(&path).unwrap_or_else(|| panic!("{}: {path}", one.path));
            let comes_along = |part: Part| {
                let own = |own: Part| own == part || own.requires().contains(&part);
                one.part.is_some_and(own)
            };
            assert!(
                needed.part.is_none_or(comes_along),
                "{} needs {path}",
                one.path
            );
        }
    }
}

#[test]
fn a_module_is_of_one_part() {
    for one in SOURCES {
        for other in SOURCES
            .iter()
            .filter(|other| module(other.path) == module(one.path))
        {
            assert_eq!(one.part, other.part, "{} and {}", one.path, other.path);
        }
    }
}

#[test]
fn a_carried_file_keeps_the_rules() {
    for file in SOURCES {
        let path = file.path;
        assert!(
            file.text.starts_with("//! "),
            "{path}: opens with what lives there"
        );
        assert!(
            !file.text.contains("cfg(test)"),
            "{path}: tests stay at home"
        );
        assert!(
            !file.text.contains('\r') && file.text.ends_with('\n'),
            "{path}"
        );
        assert!(file.text.lines().count() < 400, "{path}: too long");
        assert!(!code(file.text).contains("unsafe"), "{path}");
        for word in [
            ".unwrap()",
            ".expect(",
            "panic!(",
            "todo!(",
            "unreachable!(",
        ] {
            assert!(!code(file.text).contains(word), "{path}: {word}");
        }
        // an output is a crate of its own: the runtime reaches nothing but itself
        for rest in code(file.text).split("crate::").skip(1) {
            assert!(rest.starts_with("runtime::"), "{path}: crate::{rest:.20}");
        }
        assert!(!code(file.text).contains("super::super"), "{path}");
    }
}

#[test]
fn what_is_for_generated_code_only_stays_within_an_output() {
    for file in SOURCES {
        let text = file.carried();
        assert!(!text.contains("#[doc(hidden)]"), "{}", file.path);
        assert!(!text.contains("#[macro_export]"), "{}", file.path);
        assert_eq!(text == file.text, !file.text.contains("#[doc(hidden)]"));
    }
    let call = file("runtime/call/mod.rs").unwrap();
    assert!(
        call.text
            .contains("    #[doc(hidden)]\n    pub fn put_body(")
    );
    assert!(
        call.carried()
            .contains("replacing the one before.\n    pub(crate) fn put_body(")
    );
    let macros = file("runtime/wire/macros.rs").unwrap().carried();
    assert!(macros.contains("`wire::Object`.\nmacro_rules! object {"));
    assert!(macros.contains("\npub(crate) use {"));
}

/// What an output is generated with is what the manifest of this package calls it.
#[test]
fn parts_with_packages_of_their_own_are_features() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    let common: BTreeSet<&str> = SOURCES
        .iter()
        .filter(|file| file.part.is_none())
        .flat_map(|file| file.dependencies)
        .copied()
        .collect();
    for file in SOURCES {
        let Some(part) = file.part else { continue };
        let own: Vec<&&str> = file
            .dependencies
            .iter()
            .filter(|name| !common.contains(**name))
            .collect();
        assert!(
            own.is_empty() || part.feature().is_some(),
            "{}: {own:?}",
            file.path
        );
        if let Some(feature) = part.feature() {
            for package in own {
                let line = format!("\n{feature} = [\"client\", \"dep:{package}\"]");
                assert!(manifest.contains(&line), "{line}");
            }
            let module = format!(
                "#[cfg(feature = \"{feature}\")]\npub mod {};",
                module(file.path)
            );
            let modules = fs::read_to_string(source_root().join("runtime/mod.rs")).unwrap();
            assert!(modules.contains(&module), "{module}");
        }
    }
}
