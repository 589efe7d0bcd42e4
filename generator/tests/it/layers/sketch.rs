//! The sketch in `ARCHITECTURE.md` shows the tables that the other tests here enforce.

use std::fmt::Write;

use super::rooms::ROOMS;
use super::{CRATES, MAY_NAME, Rows, assert_none};
use crate::goldens;

const BEGIN: &str = "<!-- parts: written by generator/tests/it/layers/sketch.rs -->\n";
const END: &str = "<!-- end of parts -->";

/// Returns the parts in order, each with its rooms, and what each may name.
fn sketch() -> String {
    let mut sketch = format!(
        "```text\n{:14}{:52}{}\n",
        "part, room", "may name", "crates that only such parts name"
    );
    for (part, allowed) in MAY_NAME {
        let crates = CRATES.iter().filter(|(_, parts)| parts.contains(part));
        let crates: Vec<&str> = crates.map(|(name, _)| *name).collect();
        sketch.push_str(&line(part, allowed, &crates.join(" ")));
        let rooms = ROOMS.iter().filter(|(owner, _)| owner == part);
        for (room, allowed) in rooms.flat_map(|(_, rooms)| rooms.iter()) {
            sketch.push_str(&line(&format!("  {room}"), allowed, ""));
        }
    }
    sketch + "```\n"
}

/// Returns one line of the sketch without blanks at its end.
fn line(name: &str, allowed: &[&str], crates: &str) -> String {
    let mut line = String::new();
    let names = allowed.join(" ");
    write!(line, "{name:14}{names:52}{crates}").expect("a string takes all text");
    line.truncate(line.trim_end().len());
    line + "\n"
}

#[test]
fn the_page_shows_the_tables() {
    let folder = goldens::package().join("../.github");
    goldens::assert_block(&folder, "ARCHITECTURE.md", [BEGIN, END], &sketch());
}

/// The order of the sketch is an order of reading: a row names only rows before it.
#[test]
fn rows_name_only_rows_before_them() {
    let findings = |rows: Rows| -> Vec<String> {
        let names: Vec<&str> = rows.iter().map(|(name, _)| *name).collect();
        let all = rows.iter().zip(0..).flat_map(|((name, allowed), index)| {
            let before = &names[..index];
            let later = allowed.iter().filter(|other| !before.contains(other));
            later.map(move |other| format!("{name} may name {other}, which is not before it"))
        });
        all.collect()
    };
    assert_none(&findings(MAY_NAME));
    for (_, rooms) in ROOMS {
        assert_none(&findings(rooms));
    }
    assert_eq!(findings(&[("a", &["b"]), ("b", &["a"])]).len(), 1);
}
