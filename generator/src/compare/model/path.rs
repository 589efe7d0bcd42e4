//! The parameters of a path, which are the first arguments of a method.

use super::Model;
use super::notes::{self, Subject};
use super::operations::{Both, address};
use super::parameters::{draft, is_written_otherwise, shown, typed};
use crate::compare::change::Wire;
use crate::compare::draft::Visibility;
use crate::ir::{Operation, Parameter, ParameterPlace};
use crate::options::{OrderKind, order_line};

/// Returns the parameters of a path, in the order of the arguments: that of the path, or the one in `codegen.yaml`.
fn of_path(operation: &Operation) -> Vec<&Parameter> {
    let all = operation.parameters.iter();
    all.filter(|one| one.place == ParameterPlace::Path)
        .collect()
}

/// Returns whether the parameters alone make two paths differ: one more, or another order.
pub fn explain(old: &Operation, new: &Operation) -> bool {
    let names = |operation| -> Vec<String> {
        let all: Vec<&Parameter> = of_path(operation);
        all.iter().map(|one| one.name.wire.clone()).collect()
    };
    let (before, after) = (names(old), names(new));
    let (mut sorted_before, mut sorted_after) = (before.clone(), after.clone());
    sorted_before.sort_unstable();
    sorted_after.sort_unstable();
    before.len() != after.len() || before != after && sorted_before == sorted_after
}

/// Returns the lines that keep the order of the arguments.
fn kept_order(both: Both<'_>) -> String {
    let names: Vec<&str> = of_path(both.old)
        .iter()
        .map(|one| one.name.wire.as_str())
        .collect();
    order_line(OrderKind::Operations, &address(both.new), &names)
}

/// Compares the path and its parameters.
pub fn compare(model: &mut Model<'_>, both: Both<'_>) {
    let (old, new) = (of_path(both.old), of_path(both.new));
    let names = |all: &[&Parameter]| -> Vec<String> {
        all.iter().map(|one| one.name.wire.clone()).collect()
    };
    let arguments = |all: &[&Parameter]| {
        all.iter()
            .map(|one| one.name.rust.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (was, is) = (arguments(&old), arguments(&new));
    let method = &both.new.name.rust;
    if old.len() != new.len() {
        let rule = if old.len() < new.len() {
            "path-parameter-added"
        } else {
            "path-parameter-removed"
        };
        let draft = both
            .draft(rule, "/path")
            .wire(Wire::Refused, Wire::Refused)
            .text(format!("`{method}({was})` becomes `{method}({is})`"))
            .values(Some(both.old.path.clone()), Some(both.new.path.clone()));
        return model.push(both.covering_signature(draft));
    }
    let (mut sorted_old, mut sorted_new) = (names(&old), names(&new));
    sorted_old.sort_unstable();
    sorted_new.sort_unstable();
    let is_same = |old: &Parameter, new: &Parameter| model.pair.is_same(&old.ty, &new.ty);
    if names(&old) != names(&new) && sorted_old == sorted_new {
        let are_types_same = old.iter().zip(&new).all(|(old, new)| is_same(old, new));
        let visibility = if are_types_same {
            Visibility::Unseen
        } else {
            Visibility::BySurface
        };
        let draft = both
            .draft("path-parameters-reordered", "/path")
            .wire(Wire::Refused, Wire::Refused)
            .text(format!("`{method}({was})` becomes `{method}({is})`"))
            .values(Some(both.old.path.clone()), Some(both.new.path.clone()))
            .visibility(visibility)
            .choice(Some(kept_order(both)));
        return model.push(both.covering_signature(draft));
    }
    let pairs: Vec<_> = old.into_iter().zip(new).collect();
    for (old, new) in pairs {
        if old.name.wire != new.name.wire {
            let text = format!(
                "the argument `{}` of `{method}` is called `{}`",
                old.name.rust, new.name.rust
            );
            model.push(
                draft(model, "path-parameter-renamed", both, Some(old), Some(new)).text(text),
            );
        }
        model.count_texts(&old.docs, &new.docs);
        typed(model, both, old, new, "path-parameter-type-changed");
        if (old.style, old.explode) != (new.style, new.explode)
            && is_written_otherwise(model, old, new)
        {
            let text = format!("{} is written in another style", shown(both, new));
            let draft = draft(model, "parameter-style-changed", both, Some(old), Some(new));
            model.push(draft.wire(Wire::Silent, Wire::Silent).text(text));
        }
        let shown = format!("{method}::{}", new.name.rust);
        if let Some(change) = notes::of_docs(&old.docs, &new.docs, &shown, Subject::Parameter) {
            let place = draft(model, "", both, Some(old), Some(new)).place;
            model.push(change(place).at(Some(&old.origin), Some(&new.origin)));
        }
    }
}
