//! Overlays that exhaust time or memory on an ordinary document of a megabyte.

use super::{Bomb, End, bomb, joined, schemas};

/// Overlays whose searches are searches in searches, and whose actions write what they have written.
pub(super) fn all(part: usize) -> Vec<Bomb> {
    let rejected = End::Rejected("OA0108");
    let rows = [
        (
            "overlay: a count of all in a filter of all",
            "filters.json",
            vec![update("$..*[?count($..*) > 3]")],
            rejected,
        ),
        (
            "overlay: filters in filters",
            "nested.json",
            vec![update("$..[?count($..[?@.type == 'object']) > 3]")],
            rejected,
        ),
        (
            "overlay: everything below everything",
            "descent.json",
            vec![update("$..*..*..*..*..*..*..*..*")],
            End::Output,
        ),
        (
            "overlay: a pattern that backtracks",
            "pattern.json",
            vec![update("$..[?search(@.description, '(x+x+)+y')]")],
            End::Output,
        ),
        (
            "overlay: a pattern of a megabyte",
            "repeats.json",
            vec![optional(
                "$..[?match(@.description, '((x{1000}){1000}){1000}')]",
            )],
            End::Output,
        ),
        (
            "overlay: copies of copies",
            "copies.json",
            (0..100).map(copy).collect(),
            rejected,
        ),
        (
            "overlay: nested deeper with each copy",
            "depths.json",
            (0..300).map(deeper).collect(),
            rejected,
        ),
        (
            "overlay: a value in every object",
            "everywhere.json",
            vec![format!(
                "{{\"target\":\"$..[?@.type]\",\"update\":{{\"x-a\":[{}]}}}}",
                joined(1_000, |index| index.to_string())
            )],
            rejected,
        ),
        (
            "overlay: an element removed from each end",
            "removals.json",
            (0..500).map(removal).collect(),
            End::Output,
        ),
    ];
    let document = schemas(&joined(10_000 / part, |index| {
        format!(
            "\"S{index}\":{{\"type\":\"object\",\"description\":\"{}\",\"x-list\":[1,2,3,4],\"properties\":{{\"a\":{{\"type\":\"string\"}}}}}}",
            "x".repeat(20)
        )
    }));
    let bombs = rows.into_iter().map(|(name, file, actions, end)| {
        let overlay = format!(
            "{{\"overlay\":\"1.1.0\",\"info\":{{\"title\":\"T\",\"version\":\"1\"}},\"actions\":[{}]}}",
            actions.join(",")
        );
        let mut bomb = bomb(name, file, document.as_str(), end);
        bomb.overlay = Some(overlay);
        bomb
    });
    bombs.collect()
}

fn update(target: impl AsRef<str>) -> String {
    let target = target.as_ref();
    format!("{{\"target\":\"{target}\",\"x-optional\":true,\"update\":{{\"x-a\":1}}}}")
}

fn optional(target: &str) -> String {
    update(target)
}

/// Puts the schemas into one of them.
fn copy(index: usize) -> String {
    format!(
        "{{\"target\":\"$.components.schemas.S{index}\",\"copy\":\"$.components.schemas\",\"x-number\":{index}}}"
    )
}

/// Puts the document into its own `x-deep`.
fn deeper(index: usize) -> String {
    let path = ".x-deep".repeat(index).replace(".x-deep", "['x-deep']");
    format!("{{\"target\":\"${path}\",\"update\":{{\"x-deep\":{{}}}}}}")
}

/// Removes a list from one schema.
fn removal(index: usize) -> String {
    format!("{{\"target\":\"$..S{index}['x-list'][0]\",\"remove\":true}}")
}
