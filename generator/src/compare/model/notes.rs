//! What the documentation says and types do not enforce: bounds, patterns, defaults, formats.

use super::Model;
use super::types::Definitions;
use crate::compare::change::Wire;
use crate::compare::draft::Visibility;
use crate::compare::draft::{Draft, Users};
use crate::ir::{Docs, Member, Note};

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
        .users(Users::Type(Some(both.ids.0), Some(both.ids.1)));
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
        .users(Users::Type(Some(both.ids.0), Some(both.ids.1)))
        .text(text);
        let draft = super::structs::covering_member(draft, both.new, &new.name.rust, true);
        model.push(draft);
        return;
    }
    if let Some(draft) = of_docs(&old.docs, &new.docs, &shown, Subject::Value(of.request)) {
        let draft = draft(super::members::place(both.new, new))
            .at(Some(&old.origin), Some(&new.origin))
            .users(Users::Type(Some(both.ids.0), Some(both.ids.1)));
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
    if old.notes == new.notes {
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
    let only_default = bounds(old) == bounds(new);
    let (rule, what) = match (subject, only_default) {
        (Subject::Parameter, true) => ("parameter-default-changed", "has another default"),
        (Subject::Value(_), true) => ("default-changed", "has another default"),
        (Subject::Parameter, false) => ("parameter-constraint-tightened", "has other constraints"),
        (Subject::Value(_), false) => ("member-bound-changed", "has other constraints"),
    };
    let (is_narrower, is_wider) = (
        is_narrower(&bounds(old), &bounds(new)),
        is_narrower(&bounds(new), &bounds(old)),
    );
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
    new.iter().filter(|note| !old.contains(note)).any(|note| {
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

/// Returns a bound as a number; those that are none are compared as equal.
fn number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}
