//! The Overlay Specification's own sets, where they are at hand. Our own cases are in `load/overlay/tests.rs` and the
//! fixtures of overlays.

use std::fs;
use std::path::{Path, PathBuf};

use oasmith::diagnostic::Diagnostics;
use oasmith::load::overlay::Overlay;
use oasmith::load::{Budgets, MapSources, Node, load_one, load_overlaid};

/// The sets are not part of this repository. `OVERLAY_SUITE` names a checkout of
/// <https://github.com/OAI/Overlay-Specification>.
#[test]
fn the_sets_of_the_overlay_specification_pass() {
    let Some(folder) = std::env::var_os("OVERLAY_SUITE").map(PathBuf::from) else {
        eprintln!("skipped: OVERLAY_SUITE names no folder");
        return;
    };
    let mut failures = Vec::new();
    let sets = entries(&folder.join("compliant-sets"));
    let sets: Vec<&PathBuf> = sets.iter().filter(|path| path.is_dir()).collect();
    failures.extend(sets.iter().filter_map(|set| failure_of_set(set)));
    let mut documents = 0;
    for version in ["v1.0", "v1.1"] {
        for (kind, is_valid) in [("pass", true), ("fail", false)] {
            for path in entries(&folder.join("tests").join(version).join(kind)) {
                documents += 1;
                failures.extend(failure_of_document(&path, is_valid));
            }
        }
    }
    assert!(!sets.is_empty() && documents > 0, "these are no sets");
    let all = sets.len() + documents;
    let count = failures.len();
    assert!(
        failures.is_empty(),
        "{count} of {all}:\n{}",
        failures.join("\n")
    );
    eprintln!("{} sets and {documents} documents passed", sets.len());
}

/// Returns what is in a folder, sorted.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let mut paths: Vec<PathBuf> = paths.collect();
    paths.sort();
    paths
}

/// Applies the overlay of a set; a text says what went wrong.
fn failure_of_set(set: &Path) -> Option<String> {
    let names = ["openapi.yaml", "overlay.yaml", "output.yaml"];
    let sources = names.into_iter().fold(MapSources::new(), |sources, name| {
        let text = fs::read_to_string(set.join(name)).expect("a set has three files");
        sources.with(name, text)
    });
    let mut found = Diagnostics::new();
    let budgets = Budgets::default();
    let overlays = ["overlay.yaml".to_owned()];
    let loaded = load_overlaid(&sources, "openapi.yaml", &overlays, &budgets, &mut found);
    let expected = load_one(&sources, "output.yaml", &budgets, &mut Diagnostics::new());
    let result = loaded
        .as_ref()
        .and_then(|loaded| loaded.document())
        .map(Node::to_json);
    let is_right = !found.has_errors() && result == expected.as_ref().map(Node::to_json);
    let problems = || found.iter().map(ToString::to_string).collect::<Vec<_>>();
    (!is_right).then(|| format!("{}: {:?}", set.display(), problems()))
}

/// Reads an overlay; a text says what went wrong.
fn failure_of_document(path: &Path, is_valid: bool) -> Option<String> {
    let text = fs::read_to_string(path).expect("the file can be read");
    let sources = MapSources::new().with("overlay.yaml", text);
    let mut found = Diagnostics::new();
    let node = load_one(&sources, "overlay.yaml", &Budgets::default(), &mut found);
    let overlay = node.and_then(|node| Overlay::read(&node, "overlay.yaml", &mut found));
    let is_read = overlay.is_some() && !found.has_errors();
    let problems = || found.iter().map(ToString::to_string).collect::<Vec<_>>();
    (is_read != is_valid).then(|| format!("{}: {:?}", path.display(), problems()))
}
