//! `inputs`: several documents of one crate, each with choices of its own.
//!
//! What is about one document, such as names and overlays, is chosen for the document. The other choices of a target are
//! those of every document that has none of its own.

use std::collections::BTreeMap;

use super::config::{choices, overlays, ref_root};
use super::section::{Entry, Section};
use super::{Options, check, table};
use crate::diagnostic::{Diagnostics, code};

/// A document of a target that has several.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TargetInput {
    /// The document, a path below the workspace.
    pub input: String,
    /// The overlays that are applied to the document, paths below the workspace.
    pub overlays: Vec<String>,
    /// The folder that `$ref`s must stay in, a path below the workspace; empty for the workspace itself.
    pub ref_root: String,
}

/// The documents of a target by the names of their modules, each with its choices.
pub(super) type Inputs = BTreeMap<String, (TargetInput, Options)>;

/// Reads the documents; `common` has the choices of the target.
pub(super) fn inputs(
    section: &Section<'_>,
    common: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Inputs> {
    let entry = section.get("inputs")?;
    for key in table::OF_ONE_DOCUMENT {
        if let Some(other) = section.get(key) {
            let message = format!("`{key}` is about one document, and the target has `inputs`");
            let help = format!("move `{key}` into the document that it is about, below `inputs`");
            diagnostics.push(other.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
        }
    }
    if let Some(features) = section.get("features") {
        let message = "`features` is about a crate of one document, and the target has `inputs`";
        let help = "leave it out; users choose documents by what they call";
        diagnostics.push(features.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    let members = entry.members(diagnostics);
    if members.is_empty() && entry.node.as_object().is_some() {
        let message = "`inputs` is empty";
        let help = "add a document, such as `products: spec/products.yaml`";
        diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    let mut found = Inputs::new();
    for member in &members {
        if let Some(help) = (check::MODULE_NAME.test)(member.name) {
            let message = format!("invalid name `{}` of a document", member.name);
            diagnostics.push(member.wrong(code::CONFIG_BAD_NAME, message).help(help));
        }
        if let Some(read) = input(member, common, diagnostics) {
            found.insert(member.name.to_owned(), read);
        }
    }
    agree(&members, &found, diagnostics);
    Some(found)
}

/// Reads `spec/products.yaml`, or `{ spec: spec/products.yaml, overlays: […], … }`.
fn input(
    entry: &Entry<'_>,
    common: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<(TargetInput, Options)> {
    let section = match entry.node.as_object() {
        Some(_) => Some(entry.section(&table::INPUT, diagnostics)?),
        None => None,
    };
    let spec = match &section {
        Some(section) => section.required("spec", diagnostics),
        None => None,
    };
    let path = match &section {
        Some(_) => spec.as_ref()?,
        None => entry,
    };
    let path = path.checked_string(code::CONFIG_WRONG_VALUE, &check::PATH, diagnostics);
    let Some(section) = section else {
        let path = path?;
        let (root, below) = path.rsplit_once('/').unwrap_or(("", path));
        return Some(named((path, &[]), (root, below), common.clone()));
    };
    let overlays = overlays(&section, diagnostics);
    let ref_root = ref_root(&section, path, diagnostics);
    let own = choices(&section, common.clone(), diagnostics);
    let options = inherited(&section, own, common);
    Some(named((path?, &overlays), ref_root?, options))
}

/// Takes the choices of the target for those that a document does not have.
fn inherited(section: &Section<'_>, own: Options, common: &Options) -> Options {
    let is_own = |key| section.get(key).is_some();
    let mut options = own;
    if !is_own("strict") {
        options.strict = common.strict;
    }
    if !is_own("lenient") {
        options.lenient = common.lenient;
    }
    if !is_own("types") {
        options.types = common.types;
    }
    if !is_own("errors") {
        options.errors.clone_from(&common.errors);
    }
    if !is_own("retry") {
        options.retry.clone_from(&common.retry);
    }
    if !is_own("rate_limit") {
        options.rate_limit.clone_from(&common.rate_limit);
    }
    if !is_own("budgets") {
        options.budgets = common.budgets.clone();
    }
    options
}

/// Returns a document with its choices, in which paths below the reference root are relative to that.
pub(super) fn named(
    (input, overlays): (&str, &[String]),
    (ref_root, below): (&str, &str),
    options: Options,
) -> (TargetInput, Options) {
    // an overlay can be anywhere in the workspace; one below the reference root is named from there, as the input is
    let below_root = |path: &String| {
        let below = path.strip_prefix(ref_root)?;
        below.strip_prefix('/').map(str::to_owned)
    };
    let names = overlays
        .iter()
        .map(|path| below_root(path).unwrap_or_else(|| path.clone()));
    let mut options = Options {
        input: below.to_owned(),
        overlays: names.collect(),
        ..options
    };
    options.name_sources(input, overlays);
    let input = TargetInput {
        input: input.to_owned(),
        overlays: overlays.to_vec(),
        ref_root: ref_root.to_owned(),
    };
    (input, options)
}

/// Reports documents that disagree about a choice which the crate has only once.
fn agree(members: &[Entry<'_>], found: &Inputs, diagnostics: &mut Diagnostics) {
    let choice = |name: &str| {
        let options = found.get(name).map(|(_, options)| options);
        options.map(|options| options.types.naive_date_time)
    };
    let mut chosen = members
        .iter()
        .filter_map(|member| Some((member, choice(member.name)?)));
    let Some((_, first)) = chosen.next() else {
        return;
    };
    if let Some((other, _)) = chosen.find(|(_, choice)| *choice != first) {
        let message = "`naive_date_time` is one choice for all documents of a crate";
        let help = "write it into `types` of the target";
        diagnostics.push(other.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
}
