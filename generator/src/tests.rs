//! What the table tests of several stages share.

use std::fmt::Display;

/// Compares rows of what they are about, what was found and what is expected, and fails with all that differ.
#[track_caller]
pub fn assert_rows(rows: impl IntoIterator<Item = (impl Display, String, impl AsRef<str>)>) {
    let wrong: Vec<_> = rows
        .into_iter()
        .filter(|(_, found, expected)| found != expected.as_ref())
        .map(|(row, found, expected)| {
            let expected = expected.as_ref();
            format!("{row}\n  found    {found}\n  expected {expected}\n")
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
