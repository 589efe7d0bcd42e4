//! The `budgets` of a target: limits on what its document may use.

use super::section::Section;
use super::table;
use crate::diagnostic::{Diagnostics, code};
use crate::load::Budgets;

/// Reads `budgets: { nodes: 10000000 }`.
pub(super) fn budgets(section: &Section<'_>, diagnostics: &mut Diagnostics) -> Budgets {
    let mut budgets = Budgets::default();
    let fields = [
        ("file_bytes", &mut budgets.file_bytes),
        ("bytes", &mut budgets.bytes),
        ("files", &mut budgets.files),
        ("nodes", &mut budgets.nodes),
        ("width", &mut budgets.width),
        ("visits", &mut budgets.visits),
        ("depth", &mut budgets.depth),
        ("alias_bytes", &mut budgets.alias_bytes),
        ("hops", &mut budgets.hops),
        ("parameters", &mut budgets.parameters),
        ("type_depth", &mut budgets.type_depth),
    ];
    let section = section
        .get("budgets")
        .and_then(|entry| entry.section(&table::BUDGETS, diagnostics));
    if let Some(section) = section {
        for (key, field) in fields {
            let Some(entry) = section.get(key) else {
                continue;
            };
            let Some(count) = entry.count(diagnostics) else {
                continue;
            };
            if let Some(maximum) = Budgets::maximum(key).filter(|maximum| count > *maximum) {
                let message = format!("`{count}` exceeds the maximum of `{key}`");
                let help = format!("write {maximum} or less");
                diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
            }
            *field = count;
        }
    }
    budgets
}
