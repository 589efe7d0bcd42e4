//! Listed values of enums.

use super::Model;
use super::types::Definitions;
use crate::compare::change::Wire;
use crate::compare::draft::{Draft, Visibility};
use crate::ir::TypeBody;
use crate::name::variant_name;

/// A listed value, whatever the kind of enum.
#[derive(Clone, PartialEq, Eq)]
struct Value {
    wire: String,
    rust: String,
    description: Option<String>,
}

/// Compares the values of two enums of the same kind.
pub fn compare(model: &mut Model<'_>, both: Definitions<'_>) {
    let (old, new) = (values(&both.old.body), values(&both.new.body));
    let texts = new.iter().filter(|value| {
        let same = old.iter().find(|other| other.wire == value.wire);
        same.is_some_and(|same| same.description != value.description)
    });
    model.texts += texts.count();
    let is_constant = |both: &TypeBody| both.constant().is_some();
    match (is_constant(&both.old.body), is_constant(&both.new.body)) {
        (true, true) if old.first().map(|one| &one.wire) != new.first().map(|one| &one.wire) => {
            return super::types::other_definition(model, both, "constant-changed");
        }
        (true, false) => {
            return super::types::other_definition(model, both, "constant-became-enum");
        }
        (false, true) => {
            return super::types::other_definition(model, both, "enum-became-constant");
        }
        _ => {}
    }
    let mut gone: Vec<&Value> = Vec::new();
    for value in &old {
        match new.iter().find(|other| other.wire == value.wire) {
            Some(other) if other.rust != value.rust => {
                other_variant(model, both, value, other, &new)
            }
            Some(_) => {}
            None => gone.push(value),
        }
    }
    for value in new
        .iter()
        .filter(|value| !old.iter().any(|other| other.wire == value.wire))
    {
        match gone.iter().position(|other| other.rust == value.rust) {
            Some(position) => {
                let other = gone.remove(position);
                respelled(model, both, other, value);
            }
            None => added(model, both, value),
        }
    }
    for value in gone {
        removed(model, both, value);
    }
    order(model, both, &old, &new);
}

fn values(body: &TypeBody) -> Vec<Value> {
    let listed = |value: &crate::ir::ListedValue| Value {
        wire: value.name.wire.clone(),
        rust: value.name.rust.clone(),
        description: value.description.clone(),
    };
    match body {
        TypeBody::StringEnum(body) => body.values.iter().map(listed).collect(),
        TypeBody::ValueEnum(body) => body.values.iter().map(listed).collect(),
        TypeBody::IntegerEnum(body) => body
            .values
            .iter()
            .map(|value| Value {
                wire: value.value.to_string(),
                rust: value.rust.clone(),
                description: value.description.clone(),
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn draft(rule: &'static str, both: Definitions<'_>, value: &Value) -> Draft {
    let mut draft = both.draft(rule).covers(both.owner(), [value.rust.as_str()]);
    draft.place.push_str("/enum/");
    draft.place.push_str(&value.wire);
    draft.rust = format!("{}::{}", both.new.name.rust, value.rust);
    draft
}

fn is_open(body: &TypeBody) -> bool {
    match body {
        TypeBody::StringEnum(body) => body.open,
        TypeBody::IntegerEnum(body) => body.open,
        TypeBody::ValueEnum(body) => body.open,
        _ => false,
    }
}

/// Returns what happens when one side has a value that the other has not: what `is_written` says of the writer.
fn wire_of(model: &Model<'_>, both: Definitions<'_>, is_old: bool) -> (Wire, Wire) {
    let of = model.use_of(both.ids.0, both.ids.1);
    // of a side: whether it lists the value, and preserves what it does not list
    let old = (is_old, is_open(&both.old.body));
    let new = (!is_old, is_open(&both.new.body));
    model.used(of, old, new, |flow, (writes, _), (_, preserves)| {
        if !writes || flow.preserves(preserves) {
            Wire::Works
        } else {
            flow.failure()
        }
    })
}

fn added(model: &mut Model<'_>, both: Definitions<'_>, value: &Value) {
    let wire = wire_of(model, both, false);
    let of = model.use_of(both.ids.0, both.ids.1);
    let rule = match (&both.new.body, of.reply || !of.request) {
        (TypeBody::IntegerEnum(_), true) => "integer-value-added-received",
        (_, true) => "value-added-received",
        (_, false) => "value-added-sent",
    };
    let name = format!("{}::{}", both.new.name.rust, value.rust);
    let mut draft = draft(rule, both, value)
        .wire(wire.0, wire.1)
        .text(format!("`{name}` is new"))
        .values(None, Some(value.wire.clone()));
    if of.reply {
        let unknown = match both.new.body {
            TypeBody::IntegerEnum(_) => value.wire.clone(),
            _ => format!("{:?}", value.wire),
        };
        draft = draft.note(format!(
            "Programs in the field see `Unknown({unknown})`; code that looks for that no longer finds it after the update."
        ));
    }
    model.push(draft);
}

fn removed(model: &mut Model<'_>, both: Definitions<'_>, value: &Value) {
    let wire = wire_of(model, both, true);
    let of = model.use_of(both.ids.0, both.ids.1);
    let rule = if of.reply || !of.request {
        "value-removed-received"
    } else {
        "value-removed-sent"
    };
    let name = format!("{}::{}", both.new.name.rust, value.rust);
    let draft = draft(rule, both, value)
        .wire(wire.0, wire.1)
        .text(format!("`{name}` is gone (was {})", value.wire))
        .values(Some(value.wire.clone()), None);
    model.push(draft);
}

fn respelled(model: &mut Model<'_>, both: Definitions<'_>, old: &Value, new: &Value) {
    let of = model.use_of(both.ids.0, both.ids.1);
    let opens = (is_open(&both.old.body), is_open(&both.new.body));
    let wire = model.used(of, opens.0, opens.1, |flow, _, preserves| {
        if flow.preserves(preserves) {
            Wire::Silent
        } else {
            flow.failure()
        }
    });
    let name = format!("{}::{}", both.new.name.rust, new.rust);
    let draft = draft("value-respelled", both, new)
        .wire(wire.0, wire.1)
        .text(format!(
            "`{name}` is `{}` on the wire instead of `{}`",
            new.wire, old.wire
        ))
        .values(Some(old.wire.clone()), Some(new.wire.clone()));
    model.push(draft);
}

/// Another variant for the same value.
fn other_variant(
    model: &mut Model<'_>,
    both: Definitions<'_>,
    old: &Value,
    new: &Value,
    all: &[Value],
) {
    let is_stolen = all.iter().any(|one| one.rust == old.rust);
    let (rule, visibility) = if is_stolen {
        ("value-name-stolen", Visibility::Unseen)
    } else if all
        .iter()
        .any(|one| one.wire != new.wire && variant_name(&one.wire) == old.rust)
    {
        ("value-name-taken", Visibility::BySurface)
    } else {
        ("choice-renamed", Visibility::BySurface)
    };
    let ty = &both.new.name.rust;
    let place = match both.new.origins.first() {
        Some(_) => format!(
            "'{}/enum/{}'",
            both.new.place,
            all.iter().position(|one| one == new).unwrap_or_default()
        ),
        None => new.wire.clone(),
    };
    let draft = draft(rule, both, old)
        .covers(both.owner(), [new.rust.as_str()])
        .text(format!(
            "the value `{}` is `{ty}::{}` instead of `{ty}::{}`",
            new.wire, new.rust, old.rust
        ))
        .values(Some(old.rust.clone()), Some(new.rust.clone()))
        .visibility(visibility)
        .choice(Some(format!(
            "rename:\n  members:\n    {place}: {}",
            old.rust
        )));
    model.push(draft);
}

fn order(model: &mut Model<'_>, both: Definitions<'_>, old: &[Value], new: &[Value]) {
    let kept = |values: &[Value], other: &[Value]| -> Vec<String> {
        let kept = values
            .iter()
            .filter(|value| other.iter().any(|one| one.wire == value.wire));
        kept.map(|value| value.wire.clone()).collect()
    };
    if kept(old, new) != kept(new, old) {
        let text = format!("the values of `{}` changed places", both.new.name.rust);
        model.push(
            both.draft("values-reordered")
                .text(text)
                .visibility(Visibility::Nothing),
        );
    }
}
