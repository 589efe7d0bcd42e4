//! What is about the service as a whole: its server, credentials, headers, and the document's own version.

use super::{Model, Use};
use crate::compare::change::Wire;
use crate::compare::draft::{Draft, Visibility};
use crate::compare::spell;
use crate::ir::{Header, Name, SecurityScheme};

/// Compares what does not belong to an operation or a type.
pub fn compare(model: &mut Model<'_>) {
    info(model);
    server(model);
    // the credentials of several documents are those of the whole
    if model.pair.new.home.is_none() {
        schemes(model);
    }
    headers(model);
    let (old, new) = (model.pair.old, model.pair.new);
    if (&old.message, &old.correlation_id) != (&new.message, &new.correlation_id) {
        let draft = Draft::new("error-facts-changed", "errors", "CallError");
        model.push(
            draft.text("the message or the correlation id of an error is looked up elsewhere"),
        );
    }
    if (&old.retry, &old.rate_limit) != (&new.retry, &new.rate_limit) {
        let draft = Draft::new("repeat-changed", "retry", "Client");
        model.push(
            draft.text("which failures are retried, or how the rate limit is read, has changed"),
        );
    }
    if old.naive_is_utc != new.naive_is_utc {
        let draft = Draft::new("naive-date-times-changed", "naive_date_time", "crate");
        let text = match new.naive_is_utc {
            true => "date-times without an offset are read as in UTC",
            false => "date-times without an offset are errors",
        };
        model.push(draft.text(text));
    }
    if old.recursion_limit != new.recursion_limit {
        let draft = Draft::new("recursion-limit-changed", "recursion_limit", "crate");
        model.push(draft.text("types are nested more or less deeply than before"));
    }
    let is_told = |pair: (&[crate::ir::LeftOut], &[crate::ir::LeftOut])| pair.0 == pair.1;
    if !is_told((&old.left_out, &new.left_out)) || old.ignored_headers != new.ignored_headers {
        let draft = Draft::new("left-out-changed", "left_out", "crate");
        model
            .push(draft.text("the documentation lists other things that the client does not have"));
    }
}

fn info(model: &mut Model<'_>) {
    let (old, new) = (&model.pair.old.info, &model.pair.new.info);
    model.texts += usize::from(old.description != new.description);
    if (&old.title, &old.version) == (&new.title, &new.version) {
        return;
    }
    let shown =
        |info: &crate::ir::Info| format!("{} {}", info.title, info.version).trim().to_owned();
    let (was, is) = (shown(old), shown(new));
    let draft = Draft::new("info-version-changed", "info", "crate")
        .text(format!("the description is `{is}` instead of `{was}`"))
        .values(Some(was), Some(is));
    model.push(draft);
}

fn server(model: &mut Model<'_>) {
    let (old, new) = (model.pair.old, model.pair.new);
    let (before, after) = (
        (&old.base_url, &old.base_path),
        (&new.base_url, &new.base_path),
    );
    if before == after {
        model.texts += usize::from(old.servers != new.servers);
        return;
    }
    let (rule, wire, text) = match (&old.base_url, &new.base_url) {
        (Some(was), None) => (
            "base-url-removed",
            Wire::Works,
            format!("`build` fails unless `base_url` is set (was `{was}`)"),
        ),
        (None, Some(is)) => (
            "base-url-added",
            Wire::Works,
            format!("`base_url` need not be set: it is `{is}`"),
        ),
        (was, is) => {
            let shown = |url: &Option<String>, path: &Option<String>| {
                url.clone()
                    .or_else(|| path.clone())
                    .unwrap_or_else(|| "nothing".to_owned())
            };
            let (was, is) = (shown(was, &old.base_path), shown(is, &new.base_path));
            (
                "base-url-changed",
                Wire::Silent,
                format!("clients without a `base_url` call `{is}` instead of `{was}`"),
            )
        }
    };
    let draft = Draft::new(rule, "servers", "ClientBuilder::base_url")
        .wire(wire, wire)
        .text(text)
        .values(old.base_url.clone(), new.base_url.clone());
    model.push(draft);
}

/// Returns the methods of a scheme, the long and the short name.
fn covering_scheme(draft: Draft, scheme: &SecurityScheme) -> Draft {
    let names = std::iter::once(&scheme.name.rust).chain(&scheme.short);
    let methods = names
        .flat_map(|name| ["", "_provider", "_refresh"].map(|suffix| format!("{name}{suffix}")));
    draft.covers("ClientBuilder", methods.collect::<Vec<_>>())
}

fn schemes(model: &mut Model<'_>) {
    let pairs = matched(&model.pair.old.schemes, &model.pair.new.schemes, |one| {
        &one.name
    });
    // a scheme comes or goes with the operations that ask for it; without one, here it is
    let is_told = model.drafts.iter().any(|draft| {
        let mut covers = draft.covers.iter();
        covers.any(|cover| cover.owner == "ClientBuilder")
    });
    for (old, new) in pairs {
        let (scheme, rule, what) = match (old, new) {
            (Some(old), Some(new)) => {
                renamed_scheme(model, old, new);
                continue;
            }
            (Some(gone), None) => (gone, "credential-method-removed", "is gone"),
            (None, Some(added)) => (added, "credential-method-added", "is new"),
            (None, None) => continue,
        };
        if !is_told {
            let method = format!("ClientBuilder::{}", scheme.method());
            let text = format!("`{method}` {what}");
            let place = format!("security/{}", scheme.name.wire);
            let draft = Draft::new(rule, place, method).text(text);
            model.push(covering_scheme(draft, scheme));
        }
    }
}

/// A scheme that both descriptions have.
fn renamed_scheme(model: &mut Model<'_>, old: &SecurityScheme, new: &SecurityScheme) {
    if (&old.short, &old.name) != (&new.short, &new.name) {
        let text = format!(
            "`ClientBuilder::{}` is `{}` now",
            old.method(),
            new.method()
        );
        let place = format!("security/{}", new.name.wire);
        let draft = Draft::new("credential-name-changed", place, "ClientBuilder").text(text);
        model.push(covering_scheme(covering_scheme(draft, old), new));
    }
    model.texts += usize::from(old.name == new.name && old.docs != new.docs);
}

fn headers(model: &mut Model<'_>) {
    let pair = model.pair;
    let shown = |header: &Header| format!("headers::{}", header.name.rust);
    let draft = |rule: &'static str, old: Option<&Header>, new: Option<&Header>| {
        let header = new.or(old);
        let rust = header.map(shown).unwrap_or_default();
        let wire = header.map_or("", |one| one.name.wire.as_str());
        let mut draft = Draft::new(rule, format!("headers/{wire}"), rust)
            .at(
                old.and_then(|one| one.origins.first()),
                new.and_then(|one| one.origins.first()),
            )
            .types(old.map(|one| &one.ty), new.map(|one| &one.ty))
            .covers("headers", [""; 0])
            .covers("headers", ["Header"])
            .covers("crate", ["mod headers"]);
        for header in [old, new].into_iter().flatten() {
            draft = draft.covers("headers", [header.name.rust.as_str()]);
        }
        draft
    };
    let mut drafts = Vec::new();
    for (old, new) in matched(&pair.old.headers, &pair.new.headers, |one| &one.name) {
        let (old, header) = match (old, new) {
            (Some(old), Some(header)) => (old, header),
            (Some(gone), None) => {
                let text = format!("`{}` is gone", shown(gone));
                drafts.push(draft("header-removed", old, new).text(text));
                continue;
            }
            (None, Some(added)) => {
                let text = format!("`{}` is new", shown(added));
                drafts.push(draft("header-added", old, new).text(text));
                continue;
            }
            (None, None) => continue,
        };
        model.texts += usize::from(
            (&old.docs.summary, &old.docs.description)
                != (&header.docs.summary, &header.docs.description),
        );
        if let Some(change) = header_of_both(model, old, header) {
            let (rule, wire, text, visibility) = change;
            drafts.push(
                draft(rule, Some(old), Some(header))
                    .wire(wire.0, wire.1)
                    .text(text)
                    .visibility(visibility),
            );
        }
    }
    model.drafts.extend(drafts);
}

/// Brings together what both sides have, by the name on the wire. Where one side has several of that name, such as a
/// header that responses give several types, those with the same name in Rust.
fn matched<'a, T>(
    old: &'a [T],
    new: &'a [T],
    name: fn(&T) -> &Name,
) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let mut left: Vec<&T> = old.iter().collect();
    let mut take = |is_same: &dyn Fn(&Name) -> bool| {
        let at = left.iter().position(|one| is_same(name(one)))?;
        Some(left.remove(at))
    };
    let mut pairs: Vec<_> = new
        .iter()
        .map(|one| (take(&|other| other == name(one)), Some(one)))
        .collect();
    for (old, new) in &mut pairs {
        if let (None, Some(one)) = (&old, new) {
            *old = take(&|other| other.wire == name(one).wire);
        }
    }
    let gone = left.into_iter().map(|one| (Some(one), None));
    gone.chain(pairs).collect()
}

type Found = (&'static str, (Wire, Wire), String, Visibility);

fn header_of_both(model: &Model<'_>, old: &Header, new: &Header) -> Option<Found> {
    let pair = model.pair;
    let name = format!("`headers::{}`", new.name.rust);
    if old.name.rust != new.name.rust {
        let text = format!("{name} was `headers::{}`", old.name.rust);
        return Some((
            "header-name-changed",
            (Wire::Works, Wire::Works),
            text,
            Visibility::BySurface,
        ));
    }
    if !pair.is_same(&old.ty, &new.ty) {
        let wire = model.used(Use::REPLY, &old.ty, &new.ty, |flow, from, to| {
            flow.ty(from, to)
        });
        let text = format!(
            "{name} is {} instead of {}",
            spell::ty(pair.new, &new.ty),
            spell::ty(pair.old, &old.ty)
        );
        return Some(("header-type-changed", wire, text, Visibility::BySurface));
    }
    if old.required != new.required {
        let (wire, text) = if new.required {
            (
                (Wire::Works, Wire::Maybe),
                format!("{name} is always there"),
            )
        } else {
            ((Wire::Maybe, Wire::Works), format!("{name} can be absent"))
        };
        return Some(("header-became-required", wire, text, Visibility::BySurface));
    }
    if (old.is_json, old.explode) != (new.is_json, new.explode) {
        let text = format!("{name} is read in another form");
        return Some((
            "header-form-changed",
            (Wire::Maybe, Wire::Maybe),
            text,
            Visibility::BySurface,
        ));
    }
    if new.docs.deprecated && !old.docs.deprecated {
        let text = format!("{name} is deprecated now");
        return Some((
            "header-deprecated",
            (Wire::Works, Wire::Works),
            text,
            Visibility::BySurface,
        ));
    }
    None
}
