//! Parameters of an operation.

use super::Model;
use super::members::rule_of_types;
use super::notes::{self, Subject};
use super::operations::{Both, address};
use crate::compare::change::Wire;
use crate::compare::draft::{Draft, Visibility};
use crate::compare::spell;
use crate::ir::{Operation, Parameter, ParameterPlace, TypeRef};
use crate::options::{OrderKind, order_line};

/// Compares the parameters of an operation.
pub fn compare(model: &mut Model<'_>, both: Both<'_>) {
    let is_other = |one: &&Parameter| one.place != ParameterPlace::Path;
    let mut gone: Vec<&Parameter> = both.old.parameters.iter().filter(is_other).collect();
    let mut added: Vec<&Parameter> = Vec::new();
    let mut found: Vec<(&Parameter, &Parameter)> = Vec::new();
    let mut rest: Vec<&Parameter> = Vec::new();
    for parameter in both.new.parameters.iter().filter(is_other) {
        match gone
            .iter()
            .position(|one| one.name.wire == parameter.name.wire && one.place == parameter.place)
        {
            Some(position) => found.push((gone.remove(position), parameter)),
            None => rest.push(parameter),
        }
    }
    for parameter in rest {
        let is_same = |one: &&Parameter| {
            one.name.wire == parameter.name.wire
                || one.name.rust == parameter.name.rust
                || is_renamed(model, both, one, parameter)
        };
        match gone.iter().position(is_same) {
            Some(position) => found.push((gone.remove(position), parameter)),
            None => added.push(parameter),
        }
    }
    for (old, new) in found {
        one(model, both, old, new);
    }
    for parameter in gone {
        one_side(model, both, parameter, true);
    }
    for parameter in added {
        one_side(model, both, parameter, false);
    }
    order(model, both);
}

/// Returns whether a parameter has another name: it is the only one that came, at the same index, with the same type.
fn is_renamed(model: &Model<'_>, both: Both<'_>, old: &Parameter, new: &Parameter) -> bool {
    let index = |operation: &Operation, one: &Parameter| {
        operation
            .parameters
            .iter()
            .position(|other| other.name.wire == one.name.wire && other.place == one.place)
    };
    both.old.parameters.len() == both.new.parameters.len()
        && index(both.old, old) == index(both.new, new)
        && old.place == new.place
        && old.required == new.required
        && model.pair.is_same(&old.ty, &new.ty)
}

/// Returns whether a method takes arguments of the same types as before, one of which is another parameter: one became
/// an argument and another ceased to be one, and calls compile.
fn other_arguments(model: &Model<'_>, both: Both<'_>) -> bool {
    let (old, new) = (
        both.old.required_parameters(),
        both.new.required_parameters(),
    );
    let (old, new): (Vec<&Parameter>, Vec<&Parameter>) = (old.collect(), new.collect());
    let mut pairs = old.iter().zip(&new);
    old.len() == new.len() && pairs.all(|(old, new)| model.pair.is_same(&old.ty, &new.ty))
}

pub fn draft(
    model: &Model<'_>,
    rule: &'static str,
    both: Both<'_>,
    old: Option<&Parameter>,
    new: Option<&Parameter>,
) -> Draft {
    let name = |one: &Parameter| format!("/parameters/{:?}/{}", one.place, one.name.wire);
    let place = new.or(old).map(name).unwrap_or_default();
    let rust = new.or(old).map_or("", |one| one.name.rust.as_str());
    let mut draft = both
        .draft(rule, &place)
        .at(old.map(|one| &one.origin), new.map(|one| &one.origin))
        .types(old.map(|one| &one.ty), new.map(|one| &one.ty));
    draft.rust = format!("{}::{rust}", both.new.name.rust);
    let is_argument = |one: Option<&Parameter>| one.is_some_and(|one| one.required);
    if is_argument(old) != is_argument(new) && other_arguments(model, both) {
        draft = draft.visibility(Visibility::Unseen);
    }
    for parameter in [old, new].into_iter().flatten() {
        draft = draft.covers(both.call(), [parameter.name.rust.as_str()]);
        if parameter.required {
            draft = both.covering_signature(draft);
        }
    }
    draft
}

pub fn shown(both: Both<'_>, parameter: &Parameter) -> String {
    if parameter.required {
        format!(
            "argument `{}` of `{}`",
            parameter.name.rust, both.new.name.rust
        )
    } else {
        format!("`{}::{}`", both.call(), parameter.name.rust)
    }
}

fn one_side(model: &mut Model<'_>, both: Both<'_>, parameter: &Parameter, is_old: bool) {
    let is_other = |one: &&Parameter| one.place != ParameterPlace::Path;
    let count = |operation: &Operation| operation.parameters.iter().filter(is_other).count();
    let is_first = count(if is_old { both.new } else { both.old }) == 0;
    let had_required = both
        .old
        .parameters
        .iter()
        .any(|one| one.place != ParameterPlace::Path && one.required);
    let rule = match (is_old, parameter.required) {
        (true, _) if is_first => "last-parameter-removed",
        (true, _) => "parameter-removed",
        (false, false) if is_first => "first-parameter-added-optional",
        (false, false) => "parameter-added-optional",
        (false, true) if !had_required => "first-parameter-added-required",
        (false, true) => "parameter-added-required",
    };
    // what a server does with a parameter that it does not know is its own affair
    let (missing, unknown) = (
        if parameter.required {
            Wire::Refused
        } else {
            Wire::Works
        },
        Wire::Maybe,
    );
    let shown = shown(both, parameter);
    let api = if is_old {
        model.pair.old
    } else {
        model.pair.new
    };
    let ty = spell::ty(api, &parameter.ty);
    let draft = if is_old {
        draft(model, rule, both, Some(parameter), None)
            .wire(unknown, missing)
            .text(format!("{shown} is gone (was {ty})"))
            .values(Some(ty), None)
    } else {
        draft(model, rule, both, None, Some(parameter))
            .wire(missing, unknown)
            .text(format!("{shown} is new: {ty}"))
            .values(None, Some(ty))
    };
    model.push(draft);
}

/// A parameter that both have, perhaps under another name or in another place.
fn one(model: &mut Model<'_>, both: Both<'_>, old: &Parameter, new: &Parameter) {
    let name = shown(both, new);
    model.count_texts(&old.docs, &new.docs);
    named(model, both, old, new);
    if old.place != new.place {
        let draft = draft(model, "parameter-place-changed", both, Some(old), Some(new))
            .wire(Wire::Silent, Wire::Silent)
            .text(format!(
                "{name} is sent {} instead of {}",
                place(new.place),
                place(old.place)
            ))
            .values(
                Some(place(old.place).to_owned()),
                Some(place(new.place).to_owned()),
            );
        model.push(draft);
    } else if (old.style, old.explode, old.reserved, &old.styles)
        != (new.style, new.explode, new.reserved, &new.styles)
        && is_written_otherwise(model, old, new)
    {
        let draft = draft(model, "parameter-style-changed", both, Some(old), Some(new))
            .wire(Wire::Silent, Wire::Silent)
            .text(format!("{name} is written in another style"));
        model.push(draft);
    }
    if old.required != new.required {
        let (rule, text, wire) = if new.required {
            (
                "parameter-became-required",
                format!("{name} has to be given"),
                (Wire::Refused, Wire::Works),
            )
        } else {
            (
                "parameter-became-optional",
                format!("{name} can be left out"),
                (Wire::Works, Wire::Refused),
            )
        };
        model.push(
            draft(model, rule, both, Some(old), Some(new))
                .wire(wire.0, wire.1)
                .text(text),
        );
    }
    typed(model, both, old, new, "parameter-type-changed");
    if new.docs.deprecated && !old.docs.deprecated {
        let text = format!("{name} is deprecated now");
        model.push(draft(model, "parameter-deprecated", both, Some(old), Some(new)).text(text));
    }
    let shown = format!("{}::{}", both.new.name.rust, new.name.rust);
    if let Some(change) = notes::of_docs(&old.docs, &new.docs, &shown, Subject::Parameter) {
        let place = draft(model, "", both, Some(old), Some(new)).place;
        let change = change(place)
            .at(Some(&old.origin), Some(&new.origin))
            .users(both.draft("", "").users);
        model.push(change);
    }
}

/// Another name of the same parameter, on the wire or in Rust alone.
fn named(model: &mut Model<'_>, both: Both<'_>, old: &Parameter, new: &Parameter) {
    let name = shown(both, new);
    if old.name.wire != new.name.wire {
        let (rule, other) = if old.name.rust == new.name.rust {
            ("parameter-respelled", Wire::Silent)
        } else {
            ("parameter-renamed", Wire::Maybe)
        };
        // the server misses one that it asks for, and does not know the other
        let side = |server: &Parameter| {
            if server.required {
                Wire::Refused
            } else {
                other
            }
        };
        let draft = draft(model, rule, both, Some(old), Some(new))
            .wire(side(new), side(old))
            .text(format!(
                "{name} is `{}` on the wire instead of `{}`",
                new.name.wire, old.name.wire
            ))
            .values(Some(old.name.wire.clone()), Some(new.name.wire.clone()));
        model.push(draft);
    } else if old.name.rust != new.name.rust {
        let draft = draft(model, "choice-renamed", both, Some(old), Some(new))
            .text(format!("{name} was `{}`", old.name.rust))
            .values(Some(old.name.rust.clone()), Some(new.name.rust.clone()));
        model.push(draft);
    }
}

/// Returns whether a style makes a difference for the type.
pub fn is_written_otherwise(model: &Model<'_>, old: &Parameter, new: &Parameter) -> bool {
    let is_scalar = matches!(model.pair.new.resolve(&new.ty), TypeRef::Scalar(_));
    let is_same = (old.style, old.reserved, &old.styles) == (new.style, new.reserved, &new.styles);
    !(is_scalar && is_same)
}

/// Says where a parameter is sent.
fn place(place: ParameterPlace) -> &'static str {
    match place {
        ParameterPlace::Path => "in the path",
        ParameterPlace::Query => "in the query",
        ParameterPlace::QueryString => "as the whole query",
        ParameterPlace::Header => "as a header",
        ParameterPlace::Cookie => "as a cookie",
    }
}

pub fn typed(
    model: &mut Model<'_>,
    both: Both<'_>,
    old: &Parameter,
    new: &Parameter,
    rule: &'static str,
) {
    let pair = model.pair;
    if pair.is_same(&old.ty, &new.ty) {
        return;
    }
    let (was, is) = (spell::ty(pair.old, &old.ty), spell::ty(pair.new, &new.ty));
    let wire = match rule_of_types(model, &old.ty, &new.ty) {
        "box-moved" => Wire::Works,
        // all of them are text, and what a server takes is its own affair
        _ => Wire::Maybe,
    };
    let draft = draft(model, rule, both, Some(old), Some(new))
        .wire(wire, wire)
        .text(format!("{} is {is} instead of {was}", shown(both, new)))
        .values(Some(was), Some(is));
    model.push(draft);
}

/// The order of required parameters, which are arguments.
fn order(model: &mut Model<'_>, both: Both<'_>) {
    let kept = |operation: &Operation, other: &Operation| -> Vec<String> {
        let required = operation
            .required_parameters()
            .filter(|one| one.place != ParameterPlace::Path);
        let kept = required.filter(|one| {
            other.parameters.iter().any(|same| {
                same.name.wire == one.name.wire && same.place == one.place && same.required
            })
        });
        kept.map(|one| one.name.wire.clone()).collect()
    };
    let (before, after) = (kept(both.old, both.new), kept(both.new, both.old));
    if before == after {
        return;
    }
    let find = |operation: &'_ Operation, wire: &str| -> Option<TypeRef> {
        operation
            .parameters
            .iter()
            .find(|one| one.name.wire == wire)
            .map(|one| one.ty.clone())
    };
    let is_swapped = before.iter().zip(&after).all(|(before, after)| {
        match (find(both.old, before), find(both.new, after)) {
            (Some(old), Some(new)) => model.pair.is_same(&old, &new),
            _ => false,
        }
    });
    let (was, is) = (before.join(", "), after.join(", "));
    let names: Vec<&str> = before.iter().map(String::as_str).collect();
    let draft = both
        .draft("arguments-reordered", "/parameters")
        .text(format!(
            "`{}` takes its arguments in the order {is} instead of {was}",
            both.new.name.rust
        ))
        .values(Some(was), Some(is))
        .choice(Some(order_line(
            OrderKind::Operations,
            &address(both.new),
            &names,
        )))
        .visibility(if is_swapped {
            Visibility::Unseen
        } else {
            Visibility::BySurface
        });
    model.push(both.covering_signature(draft));
}
