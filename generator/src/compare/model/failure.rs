//! What the error of a call declares. A reply of an error is an `Err` whatever is declared, so programs go on working.

use super::Model;
use super::operations::Both;
use crate::compare::draft::Draft;
use crate::compare::matching::same_variant;
use crate::compare::spell;
use crate::ir::{Api, Failure, Returned, Status, TypeRef, Variant};

/// Compares the failures of an operation.
pub fn compare(model: &mut Model<'_>, both: Both<'_>) {
    let pair = model.pair;
    let (old, new) = (&both.old.failure, &both.new.failure);
    let rule = match (old, new) {
        (Failure::Undeclared, Failure::Undeclared) => return,
        (Failure::Undeclared, _) => "error-declared",
        (_, Failure::Undeclared) => "error-removed",
        (Failure::One { .. }, Failure::Several { .. }) => "error-status-added-other",
        (Failure::Several { .. }, Failure::One { .. }) => "error-types-joined",
        (
            Failure::One {
                returned: before,
                statuses: old,
            },
            Failure::One {
                returned: after,
                statuses: new,
            },
        ) => {
            if is_same(model, before, after) {
                return statuses(model, both, old, new);
            }
            "error-type-changed"
        }
        (Failure::Several { variants: old, .. }, Failure::Several { variants: new, .. }) => {
            return several(model, both, old, new);
        }
    };
    let (was, is) = (shown(pair.old, old), shown(pair.new, new));
    let draft = both
        .draft(rule, "/responses/error")
        .text(format!(
            "the error of `{}` is CallError<{is}> instead of CallError<{was}>",
            both.new.name.rust
        ))
        .values(Some(was), Some(is))
        .types(types(old), types(new));
    model.push(covering(draft, both));
}

fn is_same(model: &Model<'_>, old: &Returned, new: &Returned) -> bool {
    match (old.ty(), new.ty()) {
        (Some(before), Some(after)) => {
            std::mem::discriminant(old) == std::mem::discriminant(new)
                && model.pair.is_same(before, after)
        }
        _ => old == new,
    }
}

fn shown(api: &Api, failure: &Failure) -> String {
    match failure {
        Failure::Undeclared => "Bytes".to_owned(),
        Failure::One { returned, .. } => spell::returned(api, returned),
        Failure::Several { name, .. } => name.clone(),
    }
}

fn types(failure: &Failure) -> Vec<&TypeRef> {
    match failure {
        Failure::Undeclared => Vec::new(),
        Failure::One { returned, .. } => returned.ty().into_iter().collect(),
        Failure::Several { variants, .. } => variants
            .iter()
            .filter_map(|one| one.returned.ty())
            .collect(),
    }
}

fn covering(draft: Draft, both: Both<'_>) -> Draft {
    let draft = both.covering_reply(draft);
    [&both.old.failure, &both.new.failure]
        .into_iter()
        .fold(draft, |draft, failure| match failure {
            Failure::Several { name, .. } => draft.covers_all(name.as_str()),
            _ => draft,
        })
}

fn status(status: &Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// The statuses for which one type is declared.
fn statuses(model: &mut Model<'_>, both: Both<'_>, old: &[Status], new: &[Status]) {
    let (mut before, mut after) = (old.to_vec(), new.to_vec());
    before.sort_unstable();
    after.sort_unstable();
    if before == after {
        return;
    }
    let list = |all: &[Status]| all.iter().map(status).collect::<Vec<_>>().join(", ");
    let is_range = |one: &Status| !matches!(one, Status::Code(_));
    let rule = match (before.iter().any(is_range), after.iter().any(is_range)) {
        (true, _) | (_, true) => "error-range-split",
        _ if before.iter().all(|one| after.contains(one)) => "error-status-added-same",
        _ => "error-statuses-changed",
    };
    let (was, is) = (list(&before), list(&after));
    let text = format!(
        "the error of `{}` is declared for {is} instead of {was}",
        both.new.name.rust
    );
    model.push(
        both.draft(rule, "/responses/error")
            .text(text)
            .values(Some(was), Some(is)),
    );
}

fn several(model: &mut Model<'_>, both: Both<'_>, old: &[Variant], new: &[Variant]) {
    let Failure::Several { name, .. } = &both.new.failure else {
        return;
    };
    let mut drafts = Vec::new();
    let draft = |rule: &'static str, old: Option<&Variant>, new: Option<&Variant>, text: String| {
        let status = new.or(old).map_or("", |one| one.name.wire.as_str());
        let mut draft = both
            .draft(rule, &format!("/responses/{status}"))
            .text(text)
            .types(
                old.and_then(|one| one.returned.ty()),
                new.and_then(|one| one.returned.ty()),
            );
        for variant in [old, new].into_iter().flatten() {
            draft = draft.covers(name.as_str(), [variant.name.rust.as_str()]);
        }
        draft
    };
    for variant in old {
        let same = same_variant(variant, new);
        if let Some(other) = same {
            model.count_texts(&variant.docs, &other.docs);
        }
        match same {
            None => {
                let text = format!("`{name}::{}` is gone", variant.name.rust);
                drafts.push(draft("error-variant-removed", Some(variant), None, text));
            }
            Some(other) if !is_same(model, &variant.returned, &other.returned) => {
                let pair = model.pair;
                let (was, is) = (
                    spell::returned(pair.old, &variant.returned),
                    spell::returned(pair.new, &other.returned),
                );
                let text = format!("`{name}::{}` has {is} instead of {was}", other.name.rust);
                drafts.push(draft(
                    "error-type-changed",
                    Some(variant),
                    Some(other),
                    text,
                ));
            }
            Some(other) if variant.name.rust != other.name.rust => {
                let text = format!(
                    "`{name}::{}` is now `{name}::{}`",
                    variant.name.rust, other.name.rust
                );
                drafts.push(draft(
                    "error-variant-renamed",
                    Some(variant),
                    Some(other),
                    text,
                ));
            }
            Some(_) => {}
        }
    }
    for variant in new.iter().filter(|one| {
        !old.iter()
            .any(|other| same_variant(other, new).is_some_and(|same| std::ptr::eq(same, *one)))
    }) {
        let text = format!("`{name}::{}` is new", variant.name.rust);
        drafts.push(draft("error-variant-added", None, Some(variant), text));
    }
    model.drafts.extend(drafts);
}
