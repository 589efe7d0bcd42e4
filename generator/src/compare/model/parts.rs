//! Parts of a multipart body.

use super::Model;
use super::operations::Both;
use crate::compare::change::Wire;
use crate::compare::draft::{Draft, Visibility};
use crate::compare::spell;
use crate::ir::{Part, PartKind};
use crate::name::member_name;

/// Compares the parts of a body.
pub fn compare(model: &mut Model<'_>, both: Both<'_>, owner: &str, (old, new): (&[Part], &[Part])) {
    for part in old {
        match new.iter().find(|other| other.name.wire == part.name.wire) {
            Some(other) => part_of_both(model, both, owner, (part, other)),
            None => {
                let missing = if part.required {
                    Wire::Refused
                } else {
                    Wire::Works
                };
                let draft = part_draft("part-removed", both, owner, (Some(part), None));
                model.push(
                    draft
                        .wire(Wire::Maybe, missing)
                        .text(format!("`{owner}::{}` is gone", part.name.rust)),
                );
            }
        }
    }
    for part in new
        .iter()
        .filter(|part| !old.iter().any(|other| other.name.wire == part.name.wire))
    {
        let rule = if part.required {
            "part-added-required"
        } else {
            "part-added-optional"
        };
        let missing = if part.required {
            Wire::Refused
        } else {
            Wire::Works
        };
        let draft = part_draft(rule, both, owner, (None, Some(part)));
        model.push(
            draft
                .wire(missing, Wire::Maybe)
                .text(format!("`{owner}::{}` is new", part.name.rust)),
        );
    }
    let order = |parts: &[Part], other: &[Part]| -> Vec<String> {
        let required = parts.iter().filter(|one| {
            one.required
                && other
                    .iter()
                    .any(|same| same.name.wire == one.name.wire && same.required)
        });
        required.map(|one| one.name.wire.clone()).collect()
    };
    let (before, after) = (order(old, new), order(new, old));
    if before != after {
        let text = format!(
            "`{owner}::new` takes its parts in the order {} instead of {}",
            after.join(", "),
            before.join(", ")
        );
        let draft = both
            .draft("arguments-reordered", "/requestBody/parts")
            .text(text);
        // texts and files may have changed places, and both are texts for the compiler
        model.push(draft.covers(owner, ["new"]).visibility(Visibility::Unseen));
    }
}

fn part_draft(
    rule: &'static str,
    both: Both<'_>,
    owner: &str,
    (old, new): (Option<&Part>, Option<&Part>),
) -> Draft {
    let name = new.or(old).map_or("", |part| part.name.rust.as_str());
    let wire = new.or(old).map_or("", |part| part.name.wire.as_str());
    let ty = |part: Option<&'_ Part>| part.and_then(|part| part.kind.ty()).cloned();
    let (before, after) = (ty(old), ty(new));
    let mut draft = both
        .draft(rule, &format!("/requestBody/parts/{wire}"))
        .at(old.map(|one| &one.origin), new.map(|one| &one.origin))
        .types(&before, &after);
    draft.rust = format!("{owner}::{name}");
    for part in [old, new].into_iter().flatten() {
        let rust = part.name.rust.as_str();
        let setter = |name: &str| member_name(&format!("with_{name}"));
        draft = draft.covers(owner, [rust.to_owned(), setter(rust)]);
        for header in &part.headers {
            draft = draft.covers(owner, [header.name.rust.clone(), setter(&header.name.rust)]);
        }
        if part.required || part.headers.iter().any(|header| header.required) {
            draft = draft.covers(owner, ["new", "Default"]);
        }
    }
    draft
}

fn part_of_both(model: &mut Model<'_>, both: Both<'_>, owner: &str, (old, new): (&Part, &Part)) {
    let pair = model.pair;
    let name = format!("`{owner}::{}`", new.name.rust);
    model.count_texts(&old.docs, &new.docs);
    let draft = |rule| part_draft(rule, both, owner, (Some(old), Some(new)));
    if old.name.rust != new.name.rust {
        model.push(draft("part-name-changed").text(format!("{name} was `{}`", old.name.rust)));
    }
    if old.required != new.required {
        let (rule, wire, what) = if new.required {
            (
                "part-became-required",
                (Wire::Refused, Wire::Works),
                "has to be given",
            )
        } else {
            (
                "part-became-optional",
                (Wire::Works, Wire::Refused),
                "can be left out",
            )
        };
        model.push(
            draft(rule)
                .wire(wire.0, wire.1)
                .text(format!("{name} {what}")),
        );
    }
    let is_kind_same = match (&old.kind, &new.kind) {
        (PartKind::Value(old), PartKind::Value(new)) => pair.is_same(old, new),
        (old, new) => old == new,
    };
    if !is_kind_same {
        let is_file = |part: &Part| !matches!(part.kind, PartKind::Value(_));
        let rule = if is_file(old) != is_file(new) {
            "part-became-file"
        } else {
            "part-type-changed"
        };
        let kind = |api, part: &Part| match &part.kind {
            PartKind::Value(ty) => spell::ty(api, ty),
            _ => "Part".to_owned(),
        };
        let (was, is) = (kind(pair.old, old), kind(pair.new, new));
        let text = format!("{name} is {is} instead of {was}");
        let draft = draft(rule)
            .wire(Wire::Maybe, Wire::Maybe)
            .text(text)
            .values(Some(was), Some(is));
        model.push(draft);
    } else if (&old.media_type, old.style) != (&new.media_type, new.style) {
        let text = format!("{name} is sent in another form");
        model.push(
            draft("part-form-changed")
                .wire(Wire::Maybe, Wire::Maybe)
                .text(text),
        );
    }
    let headers = |part: &Part| -> Vec<(String, bool)> {
        part.headers
            .iter()
            .map(|header| (header.name.wire.clone(), header.required))
            .collect()
    };
    if headers(old) != headers(new) {
        let text = format!("the headers of {name} differ");
        model.push(
            draft("part-headers-changed")
                .wire(Wire::Maybe, Wire::Maybe)
                .text(text),
        );
    }
}
