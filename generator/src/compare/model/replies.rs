//! What a call gives, and the headers of replies.

use super::Model;
use super::operations::Both;
use crate::compare::change::Wire;
use crate::compare::draft::Draft;
use crate::compare::matching::same_variant;
use crate::compare::spell;
use crate::ir::{Accessor, Returned, Success, TypeRef, Variant};

/// Compares the successes of an operation.
pub fn compare(model: &mut Model<'_>, both: Both<'_>) {
    let told = model.drafts.len();
    match (&both.old.success, &both.new.success) {
        (Success::One(old), Success::One(new)) => one(model, both, old, new),
        (Success::Several { variants: old, .. }, Success::Several { variants: new, .. }) => {
            several(model, both, old, new);
        }
        (Success::One(_), Success::Several { variants, .. }) => {
            let is_empty = |one: &Variant| one.returned == Returned::Nothing;
            let rule = if variants.iter().any(is_empty) {
                "success-added-empty"
            } else {
                "success-added-other-type"
            };
            other(model, both, rule);
        }
        (Success::Several { .. }, Success::One(_)) => other(model, both, "success-removed"),
    }
    streams(model, both);
    // another media type of the body says it already
    if both.old.accept != both.new.accept && model.drafts.len() == told {
        let accepted = |accept: &Option<String>| {
            accept
                .clone()
                .unwrap_or_else(|| "application/json".to_owned())
        };
        let (was, is) = (accepted(&both.old.accept), accepted(&both.new.accept));
        let draft = both.draft("accept-changed", "/responses/accept");
        let text = format!("`{}` asks for {is} instead of {was}", both.new.name.rust);
        model.push(draft.text(text).values(Some(was), Some(is)));
    }
}

/// Returns the names of the response enums of both sides.
fn covering_enum(draft: Draft, both: Both<'_>) -> Draft {
    [&both.old.success, &both.new.success]
        .into_iter()
        .fold(draft, |draft, success| match success {
            Success::Several { name, .. } => draft.covers_all(name.as_str()),
            Success::One(_) => draft,
        })
}

fn types(success: &Success) -> Vec<&TypeRef> {
    match success {
        Success::One(one) => one.ty().into_iter().collect(),
        Success::Several { variants, .. } => variants
            .iter()
            .filter_map(|one| one.returned.ty())
            .collect(),
    }
}

/// A success of another type.
fn other(model: &mut Model<'_>, both: Both<'_>, rule: &'static str) {
    let (old, new) = (&both.old.success, &both.new.success);
    let wire = model.both(old, new, |sides, client, server| {
        sides.reply.successes(server, client)
    });
    let pair = model.pair;
    let (was, is) = (spell::success(pair.old, old), spell::success(pair.new, new));
    let draft = both
        .draft(rule, "/responses/success")
        .wire(wire.0, wire.1)
        .text(format!(
            "`{}` gives {is} instead of {was}",
            both.new.name.rust
        ))
        .values(Some(was), Some(is))
        .types(types(old), types(new));
    let draft = covering_enum(both.covering_reply(draft), both);
    model.push(draft);
}

fn one(model: &mut Model<'_>, both: Both<'_>, old: &Returned, new: &Returned) {
    let is_same = |old: Option<&TypeRef>, new: Option<&TypeRef>| match (old, new) {
        (Some(old), Some(new)) => model.pair.is_same(old, new),
        (None, None) => true,
        _ => false,
    };
    let is_kind_same = std::mem::discriminant(old) == std::mem::discriminant(new);
    if is_kind_same && is_same(old.ty(), new.ty()) {
        return;
    }
    let is_list = |one: &Returned| matches!(one, Returned::Json(TypeRef::List(_)));
    let rule = match (old, new) {
        (Returned::Nothing, _) => "success-body-added",
        (_, Returned::Nothing) => "success-body-removed",
        _ if !is_kind_same => "success-media-type-changed",
        _ if is_list(old) != is_list(new) => "success-became-list",
        _ => "success-type-changed",
    };
    other(model, both, rule);
}

fn several(model: &mut Model<'_>, both: Both<'_>, old: &[Variant], new: &[Variant]) {
    let mut changes: Vec<(&'static str, String, Option<&Variant>, Option<&Variant>)> = Vec::new();
    let pair = model.pair;
    for variant in old {
        let same = same_variant(variant, new);
        match same {
            None => changes.push((
                "success-removed",
                format!("`{}` is gone", variant.name.rust),
                Some(variant),
                None,
            )),
            Some(other) => {
                model.count_texts(&variant.docs, &other.docs);
                let is_same = match (variant.returned.ty(), other.returned.ty()) {
                    (Some(old), Some(new)) => pair.is_same(old, new),
                    _ => variant.returned == other.returned,
                };
                if !is_same {
                    let (was, is) = (
                        spell::returned(pair.old, &variant.returned),
                        spell::returned(pair.new, &other.returned),
                    );
                    let text = format!("`{}` has {is} instead of {was}", other.name.rust);
                    changes.push(("success-type-changed", text, Some(variant), Some(other)));
                } else if variant.name.rust != other.name.rust {
                    let text = format!("`{}` is now `{}`", variant.name.rust, other.name.rust);
                    changes.push(("success-name-changed", text, Some(variant), Some(other)));
                }
            }
        }
    }
    for variant in new.iter().filter(|one| {
        !old.iter()
            .any(|other| same_variant(other, new).is_some_and(|same| std::ptr::eq(same, *one)))
    }) {
        changes.push((
            "success-third-added",
            format!("`{}` is new", variant.name.rust),
            None,
            Some(variant),
        ));
    }
    let (before, after) = (&both.old.success, &both.new.success);
    let wire = model.both(before, after, |sides, client, server| {
        sides.reply.successes(server, client)
    });
    for (rule, text, old, new) in changes {
        let status = new.or(old).map_or("", |variant| variant.name.wire.as_str());
        let wire = if rule == "success-name-changed" {
            (Wire::Works, Wire::Works)
        } else {
            wire
        };
        let draft = both
            .draft(rule, &format!("/responses/{status}"))
            .wire(wire.0, wire.1)
            .text(format!(
                "{text} among the replies of `{}`",
                both.new.name.rust
            ))
            .types(
                old.and_then(|one| one.returned.ty()),
                new.and_then(|one| one.returned.ty()),
            );
        model.push(covering_enum(draft, both));
    }
}

/// Compares the methods of response enums that read what their bodies share, after everything that explains them.
pub fn accessors(model: &mut Model<'_>) {
    let pair = model.pair;
    for (old, new) in &pair.operations {
        let (Some(old), Some(new)) = (pair.old.operations.get(*old), pair.new.operations.get(*new))
        else {
            continue;
        };
        let (before, after) = (&old.success, &new.success);
        if let (
            Success::Several {
                accessors: before, ..
            },
            Success::Several {
                accessors: after, ..
            },
        ) = (before, after)
        {
            accessors_of(model, Both { old, new }, before, after);
        }
    }
}

fn accessors_of(model: &mut Model<'_>, both: Both<'_>, old: &[Accessor], new: &[Accessor]) {
    let Success::Several { name, .. } = &both.new.success else {
        return;
    };
    let pair = model.pair;
    for accessor in old {
        let same = new
            .iter()
            .find(|other| other.name.rust == accessor.name.rust);
        let (rule, text) = match same {
            None => (
                "accessor-lost",
                format!("`{name}::{}` is gone", accessor.name.rust),
            ),
            Some(other)
                if !pair.is_same(&accessor.ty, &other.ty) || accessor.reading != other.reading =>
            {
                (
                    "accessor-changed",
                    format!("`{name}::{}` returns another type", accessor.name.rust),
                )
            }
            Some(_) => continue,
        };
        let is_told = model.drafts.iter().any(|draft| {
            draft.covers.iter().any(|cover| {
                let is_named = |names: &Vec<String>| names.contains(&accessor.name.rust);
                cover.owner == *name && cover.names.as_ref().is_none_or(is_named)
            })
        });
        if !is_told {
            let mut draft = both
                .draft(rule, &format!("/accessors/{}", accessor.name.wire))
                .text(text);
            draft.rust = format!("{name}::{}", accessor.name.rust);
            model.push(draft.covers(name.as_str(), [accessor.name.rust.as_str()]));
        }
    }
}

fn streams(model: &mut Model<'_>, both: Both<'_>) {
    let (rule, method, wire) = match (&both.old.stream, &both.new.stream) {
        (None, Some(new)) => ("stream-added", new, (Wire::Works, Wire::Refused)),
        (Some(old), None) => ("stream-removed", old, (Wire::Refused, Wire::Works)),
        (Some(old), Some(new)) => {
            let is_same = match (old.returned.ty(), new.returned.ty()) {
                (Some(old), Some(new)) => model.pair.is_same(old, new),
                _ => old.returned == new.returned,
            };
            if is_same {
                return;
            }
            ("stream-type-changed", new, (Wire::Maybe, Wire::Maybe))
        }
        (None, None) => return,
    };
    let text = match rule {
        "stream-added" => format!("`{}` is new", method.rust),
        "stream-removed" => format!("`{}` is gone", method.rust),
        _ => format!("`{}` gives other items", method.rust),
    };
    let types = |stream: &Option<crate::ir::Stream>| -> Vec<TypeRef> {
        stream
            .iter()
            .filter_map(|one| one.returned.ty().cloned())
            .collect()
    };
    let (before, after) = (types(&both.old.stream), types(&both.new.stream));
    let draft = both
        .draft(rule, "/responses/stream")
        .wire(wire.0, wire.1)
        .text(text)
        .types(&before, &after)
        .covers("Client", [method.rust.as_str()])
        .covers_all(method.call.as_str());
    model.push(draft);
}
