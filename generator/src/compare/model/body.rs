//! Request bodies.

use super::operations::Both;
use super::{Model, parts};
use crate::compare::change::Wire;
use crate::compare::draft::Draft;
use crate::compare::spell;
use crate::ir::{Api, Body, Content, TypeRef};

/// Compares the bodies of an operation.
pub fn compare(model: &mut Model<'_>, both: Both<'_>) {
    match (&both.old.body, &both.new.body) {
        (None, None) => {}
        (None, Some(body)) => {
            let rule = if body.required {
                "body-added"
            } else {
                "body-added-optional"
            };
            let missing = if body.required {
                Wire::Refused
            } else {
                Wire::Works
            };
            let is = shown(model.pair.new, &body.content);
            let draft = draft(rule, both, None, Some(body))
                .wire(missing, Wire::Maybe)
                .text(format!("`{}` takes a body: {is}", both.new.name.rust))
                .values(None, Some(is));
            model.push(draft);
        }
        (Some(body), None) => {
            let missing = if body.required {
                Wire::Refused
            } else {
                Wire::Works
            };
            let was = shown(model.pair.old, &body.content);
            let draft = draft("body-removed", both, Some(body), None)
                .wire(Wire::Maybe, missing)
                .text(format!(
                    "`{}` takes no body any more (was {was})",
                    both.new.name.rust
                ))
                .values(Some(was), None);
            model.push(draft);
        }
        (Some(old), Some(new)) => bodies(model, both, old, new),
    }
}

fn draft(rule: &'static str, both: Both<'_>, old: Option<&Body>, new: Option<&Body>) -> Draft {
    let mut draft = both
        .draft(rule, "/requestBody")
        .types(types(old), types(new));
    for body in [old, new].into_iter().flatten() {
        draft = draft.covers(both.call(), [body.argument.as_str()]);
        draft = own_names(&body.content)
            .into_iter()
            .fold(draft, Draft::covers_all);
    }
    both.covering_signature(draft)
}

fn types(body: Option<&Body>) -> Vec<&TypeRef> {
    body.map(|body| body.content.types()).unwrap_or_default()
}

fn own_names(content: &Content) -> Vec<String> {
    match content {
        Content::Multipart { name, .. } => vec![name.clone()],
        Content::Choice { name, variants } => {
            let inner = variants.iter().flat_map(|(_, content)| own_names(content));
            std::iter::once(name.clone()).chain(inner).collect()
        }
        _ => Vec::new(),
    }
}

fn shown(api: &Api, content: &Content) -> String {
    match content {
        Content::Json { ty, .. } | Content::Form { ty, .. } => spell::ty(api, ty),
        Content::Multipart { name, .. } | Content::Choice { name, .. } => name.clone(),
        Content::Parts { .. } => "parts".to_owned(),
        Content::Text { .. } => "text".to_owned(),
        Content::Bytes { .. } | Content::AnyBytes { .. } => "bytes".to_owned(),
    }
}

fn media_type(content: &Content) -> &str {
    match content {
        Content::Json { media_type, .. }
        | Content::Multipart { media_type, .. }
        | Content::Parts { media_type }
        | Content::Text { media_type }
        | Content::Bytes { media_type } => media_type,
        Content::AnyBytes { range } => range,
        Content::Form { .. } => "application/x-www-form-urlencoded",
        Content::Choice { .. } => "",
    }
}

/// Returns the contents of a body by media type.
fn contents(content: &Content) -> Vec<(&str, &Content)> {
    match content {
        Content::Choice { variants, .. } => variants
            .iter()
            .map(|(_, content)| (media_type(content), content))
            .collect(),
        one => vec![(media_type(one), one)],
    }
}

fn bodies(model: &mut Model<'_>, both: Both<'_>, old: &Body, new: &Body) {
    model.count_texts(&old.docs, &new.docs);
    let name = &both.new.name.rust;
    if old.required != new.required {
        let (rule, wire, what) = if new.required {
            (
                "body-became-required",
                (Wire::Refused, Wire::Works),
                "has to be given",
            )
        } else {
            (
                "body-became-optional",
                (Wire::Works, Wire::Refused),
                "can be left out",
            )
        };
        let draft = draft(rule, both, Some(old), Some(new));
        model.push(
            draft
                .wire(wire.0, wire.1)
                .text(format!("the body of `{name}` {what}")),
        );
    }
    let (before, after) = (contents(&old.content), contents(&new.content));
    let has = |all: &[(&str, &Content)], media_type: &str| {
        all.iter().any(|(other, _)| *other == media_type)
    };
    let gone: Vec<&str> = before
        .iter()
        .map(|one| one.0)
        .filter(|one| !has(&after, one))
        .collect();
    let added: Vec<&str> = after
        .iter()
        .map(|one| one.0)
        .filter(|one| !has(&before, one))
        .collect();
    let rule = match (gone.as_slice(), added.as_slice()) {
        ([], []) => None,
        ([], _) => Some("body-media-type-added"),
        (_, []) => Some("body-media-type-removed"),
        _ => Some("body-media-type-changed"),
    };
    if let Some(rule) = rule {
        let list =
            |all: &[(&str, &Content)]| all.iter().map(|one| one.0).collect::<Vec<_>>().join(", ");
        let one = |missing: &[&str], kept: bool| match (missing, kept) {
            ([], _) => Wire::Works,
            (_, true) => Wire::Maybe,
            (_, false) => Wire::Refused,
        };
        let is_kept = before.iter().any(|(media_type, _)| has(&after, media_type));
        let wire = (one(&gone, is_kept), one(&added, is_kept));
        let (was, is) = (list(&before), list(&after));
        let draft = draft(rule, both, Some(old), Some(new))
            .wire(wire.0, wire.1)
            .text(format!("`{name}` sends {is} instead of {was}"))
            .values(Some(was), Some(is));
        model.push(draft);
        if before.len() == 1 && after.len() == 1 {
            contents_of_one(model, both, (old, new), (&old.content, &new.content));
        }
    }
    for (media_type, content) in &before {
        if let Some((_, other)) = after.iter().find(|(other, _)| other == media_type) {
            contents_of_one(model, both, (old, new), (content, other));
        }
    }
}

/// Compares what is sent as one media type.
fn contents_of_one(
    model: &mut Model<'_>,
    both: Both<'_>,
    bodies: (&Body, &Body),
    (old, new): (&Content, &Content),
) {
    let pair = model.pair;
    match (old, new) {
        (
            Content::Multipart {
                parts: before,
                rest: old_rest,
                ..
            },
            Content::Multipart {
                parts: after,
                rest: new_rest,
                name,
                ..
            },
        ) => {
            parts::compare(model, both, name, (before, after));
            if old_rest.is_some() != new_rest.is_some() {
                let text = format!(
                    "`{name}` {} additional parts",
                    if new_rest.is_some() {
                        "takes"
                    } else {
                        "no longer takes"
                    }
                );
                model.push(
                    draft("part-rest-changed", both, Some(bodies.0), Some(bodies.1)).text(text),
                );
            }
        }
        (
            Content::Json { ty: before, .. } | Content::Form { ty: before, .. },
            Content::Json { ty: after, .. } | Content::Form { ty: after, .. },
        ) => {
            if !pair.is_same(before, after) {
                let wire = model.used(super::Use::REQUEST, before, after, |flow, from, to| {
                    flow.ty(from, to)
                });
                replaced(model, both, bodies, (old, new), wire);
            } else if let (
                Content::Form { styles: before, .. },
                Content::Form { styles: after, .. },
            ) = (old, new)
                && before != after
            {
                let text = format!(
                    "members of the form of `{}` are written in another style",
                    both.new.name.rust
                );
                model.push(
                    draft("form-style-changed", both, None, None)
                        .text(text)
                        .wire(Wire::Silent, Wire::Silent),
                );
            }
        }
        _ if std::mem::discriminant(old) == std::mem::discriminant(new) => {}
        _ => {
            let wire = (Wire::Maybe, Wire::Maybe);
            replaced(model, both, bodies, (old, new), wire);
        }
    }
}

fn replaced(
    model: &mut Model<'_>,
    both: Both<'_>,
    bodies: (&Body, &Body),
    (old, new): (&Content, &Content),
    wire: (Wire, Wire),
) {
    let (was, is) = (shown(model.pair.old, old), shown(model.pair.new, new));
    let draft = draft("body-type-replaced", both, Some(bodies.0), Some(bodies.1))
        .wire(wire.0, wire.1)
        .text(format!(
            "`{}` takes {is} instead of {was}",
            both.new.name.rust
        ))
        .values(Some(was), Some(is));
    model.push(draft);
}
