//! What the documentation says and types do not enforce: bounds, patterns, defaults, formats.

use super::Model;
use super::types::Definitions;
use crate::compare::change::Wire;
use crate::compare::draft::Visibility;
use crate::compare::draft::{Draft, Users};
use crate::compare::matching::alias_of;
use crate::ir::{Api, Docs, Member, Note, TypeId, TypeRef};

/// Compares the notes of a type.
pub fn of_type(model: &mut Model<'_>, both: Definitions<'_>) {
    let of = model.use_of(both.ids.0, both.ids.1);
    let shown = both.new.name.rust.clone();
    let Some(draft) = of_docs(
        &both.old.docs,
        &both.new.docs,
        &shown,
        Subject::Value(of.request),
    ) else {
        return;
    };
    let draft = draft(both.new.name.wire.clone())
        .at(both.old.origins.first(), both.new.origins.first())
        .users(Users::of_type(Some(both.ids.0), Some(both.ids.1)));
    model.push(draft);
}

/// Compares the notes of a member.
pub fn of_member(model: &mut Model<'_>, both: Definitions<'_>, old: &Member, new: &Member) {
    let of = model.use_of(both.ids.0, both.ids.1);
    let shown = format!("{}::{}", both.new.name.rust, new.name.rust);
    if old.write_only != new.write_only {
        let text = format!(
            "`{shown}` is {} now",
            if new.write_only {
                "writeOnly"
            } else {
                "no longer writeOnly"
            }
        );
        let draft = Draft::new(
            "member-writeonly-changed",
            super::members::place(both.new, new),
            shown.as_str(),
        )
        .at(Some(&old.origin), Some(&new.origin))
        .users(Users::of_type(Some(both.ids.0), Some(both.ids.1)))
        .text(text);
        let draft = super::structs::covering_member(draft, both.new, &new.name.rust, true);
        model.push(draft);
        return;
    }
    let pair = model.pair;
    let before = with_alias(pair.old, &old.docs, &old.ty, &|id| {
        pair.newer.contains_key(&id)
    });
    let after = with_alias(pair.new, &new.docs, &new.ty, &|id| {
        pair.older.contains_key(&id)
    });
    if let Some(draft) = of_docs(&before, &after, &shown, Subject::Value(of.request)) {
        let draft = draft(super::members::place(both.new, new))
            .at(Some(&old.origin), Some(&new.origin))
            .users(Users::of_type(Some(both.ids.0), Some(both.ids.1)));
        model.push(draft);
    }
    if old.secret != new.secret {
        let text = format!(
            "`Debug` {} `{shown}`",
            if new.secret {
                "no longer shows"
            } else {
                "shows"
            }
        );
        let draft = Draft::new(
            "secret-changed",
            super::members::place(both.new, new),
            shown,
        )
        .at(Some(&old.origin), Some(&new.origin))
        .text(text);
        model.push(draft);
    }
}

/// Returns the documentation of a value with the notes of the names that its type has in this description alone: what
/// moves into a schema of its own is still said.
fn with_alias(api: &Api, docs: &Docs, ty: &TypeRef, is_matched: &dyn Fn(TypeId) -> bool) -> Docs {
    let (mut docs, mut ty) = (docs.clone(), ty);
    while let TypeRef::Named(id) = ty
        && !is_matched(*id)
        && let Some(target) = alias_of(api, *id)
    {
        let more = api
            .ty(*id)
            .docs
            .notes
            .iter()
            .filter(|note| !docs.notes.contains(note));
        let more: Vec<Note> = more.cloned().collect();
        docs.notes.extend(more);
        ty = target;
    }
    docs
}

/// What notes are about.
#[derive(Clone, Copy)]
pub enum Subject {
    /// A value in a body; whether requests carry it.
    Value(bool),
    /// A parameter.
    Parameter,
}

/// Compares notes; what the change is about is its argument.
pub fn of_docs(
    old: &Docs,
    new: &Docs,
    shown: &str,
    subject: Subject,
) -> Option<impl FnOnce(String) -> Draft> {
    if has_all(&old.notes, &new.notes) && has_all(&new.notes, &old.notes) {
        return None;
    }
    let default = |docs: &Docs| {
        docs.notes.iter().find_map(|note| match note {
            Note::Default(value) => Some(value.clone()),
            _ => None,
        })
    };
    let bounds = |docs: &Docs| -> Vec<Note> {
        let bounds = docs
            .notes
            .iter()
            .filter(|note| !matches!(note, Note::Default(_)));
        bounds.cloned().collect()
    };
    let (before, after) = (bounds(old), bounds(new));
    let only_default = has_all(&before, &after) && has_all(&after, &before);
    let (rule, what) = match (subject, only_default) {
        (Subject::Parameter, true) => ("parameter-default-changed", "has another default"),
        (Subject::Value(_), true) => ("default-changed", "has another default"),
        (Subject::Parameter, false) => ("parameter-constraint-tightened", "has other constraints"),
        (Subject::Value(_), false) => ("member-bound-changed", "has other constraints"),
    };
    let (is_narrower, is_wider) = (is_narrower(&before, &after), is_narrower(&after, &before));
    let is_sent = !matches!(subject, Subject::Value(false));
    let one = |is_tight: bool| match (only_default, is_sent && is_tight) {
        (true, _) if is_sent => Wire::Silent,
        (_, true) => Wire::Maybe,
        _ => Wire::Works,
    };
    let wire = (one(is_narrower), one(is_wider));
    let (rule, text) = (rule, format!("`{shown}` {what}"));
    let rust = shown.to_owned();
    let values = if only_default {
        (default(old), default(new))
    } else {
        (None, None)
    };
    Some(move |place: String| {
        Draft::new(rule, place, rust)
            .text(text)
            .wire(wire.0, wire.1)
            .values(values.0, values.1)
            .visibility(Visibility::BySurface)
    })
}

/// Returns whether some values are no longer allowed.
fn is_narrower(old: &[Note], new: &[Note]) -> bool {
    new.iter().filter(|note| !has(old, note)).any(|note| {
        let same = old
            .iter()
            .find(|other| std::mem::discriminant(*other) == std::mem::discriminant(note));
        match (same, note) {
            (None, _) => true,
            (Some(Note::MaxLength(old)), Note::MaxLength(new))
            | (Some(Note::MaxItems(old)), Note::MaxItems(new))
            | (Some(Note::MaxProperties(old)), Note::MaxProperties(new)) => new < old,
            (Some(Note::MinLength(old)), Note::MinLength(new))
            | (Some(Note::MinItems(old)), Note::MinItems(new))
            | (Some(Note::MinProperties(old)), Note::MinProperties(new)) => new > old,
            (Some(Note::Maximum { value: old, .. }), Note::Maximum { value: new, .. }) => {
                number(new) < number(old)
            }
            (Some(Note::Minimum { value: old, .. }), Note::Minimum { value: new, .. }) => {
                number(new) > number(old)
            }
            (Some(_), _) => true,
        }
    })
}

/// Whether the second notes have all of the first.
fn has_all(notes: &[Note], all: &[Note]) -> bool {
    notes.iter().all(|note| has(all, note))
}

/// Whether a note is among others, maybe with another spelling of its number: `1e-08` in YAML and `1e-8` in JSON.
fn has(all: &[Note], note: &Note) -> bool {
    all.iter().any(|one| match (one, note) {
        (
            Note::Maximum { value, exclusive },
            Note::Maximum {
                value: other,
                exclusive: also,
            },
        )
        | (
            Note::Minimum { value, exclusive },
            Note::Minimum {
                value: other,
                exclusive: also,
            },
        ) => exclusive == also && is_same_number(value, other),
        (Note::MultipleOf(value), Note::MultipleOf(other))
        | (Note::Default(value), Note::Default(other)) => is_same_number(value, other),
        _ => one == note,
    })
}

/// Whether two texts are one number. Integers beyond 2^53 are compared by their digits.
fn is_same_number(one: &str, other: &str) -> bool {
    let is_integer = |text: &str| text.parse::<i128>().is_ok();
    if one == other || (is_integer(one) && is_integer(other)) {
        return one == other;
    }
    let (one, other) = (one.parse::<f64>(), other.parse::<f64>());
    one.is_ok_and(|one| other == Ok(one))
}

/// Returns a bound as a number; those that are none are compared as equal.
fn number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}
