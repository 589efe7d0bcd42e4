//! `spec/accepted.yaml`: what is wrong with it.

use std::fs;
use std::path::Path;

use super::{compare, diff, released};

#[test]
fn mistakes_are_told_with_their_places() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accepted");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the folder exists")
        .map(|entry| entry.expect("it can be listed").file_name())
        .map(|name| name.into_string().expect("file names are UTF-8"))
        .collect();
    names.sort();
    assert!(names.len() > 3, "{names:?}");
    for name in names {
        let workspace = released();
        let text = fs::read_to_string(folder.join(&name).join("accepted.yaml"));
        workspace.write("spec/accepted.yaml", &text.expect("each folder has it"));
        let ended = diff(&workspace, &[]);
        assert_eq!(ended.code, Some(1), "{name}: {ended:#?}");
        compare(&format!("accepted/{name}/expected.err"), &ended.stderr);
    }
}

/// Since a revision that is no release, an entry can be for a change before it.
#[test]
fn an_entry_is_for_the_time_between_two_releases() {
    let workspace = released();
    let entry = "{ change: 9f3c21b08a4d, version: 0.2.0, reason: Nobody sends it. }";
    let text = format!("version: 1\naccepted:\n  - {entry}\n");
    workspace.write("spec/accepted.yaml", &text);
    for (arguments, code) in [(&["--from", "HEAD"][..], 0), (&["--from", "v0.1.0"], 1)] {
        let ended = diff(&workspace, arguments);
        assert_eq!(ended.code, Some(code), "{ended:#?}");
    }
}
