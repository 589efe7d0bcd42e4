//! `codegen.yaml`: the outputs to generate, their documents and their choices.
//!
//! ```yaml
//! version: 1
//! targets:
//!   - name: products                         # used in messages
//!     input: spec/products.yaml              # paths are relative to the workspace
//!     overlays: [spec/wire.overlay.yaml]     # applied to the input, in this order
//!                                            # or several, each a path or a mapping with `spec` and its choices:
//!                                            # inputs: { products: spec/products.yaml, deals: { spec: … } }
//!     output: generated
//!     package: hubspot-products
//!     ref_root: spec                         # the folder `$ref`s must stay in; by default that of the input
//!     rename:
//!       types: { BatchInput: UpsertBatch, '#/components/schemas/Batch/properties/status': BatchStatus }
//!       members: { Batch.numErrors: error_count }
//!       operations: { GET /products: list_products }
//!       values: { Status: { in-progress: InProgress } }
//!     order:                                 # of arguments; by default that of the document
//!       types: { Product: [id, name] }
//!       operations: { GET /shops/{shop}/products/{id}: [id, shop] }
//!     operations: [listProducts]             # all by default; { except: [dropProducts] } for all others
//!     strict: true                           # an unsupported operation is an error
//!     lenient: true                          # a hole, such as a `$ref` to nothing, is a warning
//!     types: { date_time: utc, uuid: uuid }  # or fixed-offset, string; naive_date_time: utc
//!     errors:
//!       message: [message, error.message]    # members of the body
//!       correlation_id: [correlationId, { header: x-correlation-id }]
//!     idempotent:                            # in place of what the HTTP method implies
//!       createProduct: never                 # or always
//!       POST /products/upsert: { when_present: 'inputs[].idProperty' }  # in each element of `inputs`
//!     retry:                                 # the first matching rule applies; otherwise 408, 429 and 5xx are retried
//!       - { status: 429, where: policyName, is: DAILY, then: never }
//!       - { status: 423, then: again, after_seconds: 2 }
//!     rate_limit: { limit: x-limit, remaining: x-left, period_seconds: x-period }  # headers; or period_milliseconds
//!     batches: { … }                         # operations with several inputs per call: [`Batch`](super::Batch)
//!     features: { by: tags, default: none }  # a cargo feature for each tag; `features: tags` has all of them as default
//!     runtime: crate                         # in place of a copy: the dependency `oasmith-runtime`
//!     runtime: crate                         # in place of a copy: the dependency `oasmith-runtime`
//!     budgets: { nodes: 10000000 }
//! ```
//!
//! To add a key: a field in [`Target`] or [`Options`], a row in `table/target.rs`, and a line in the function that reads
//! its section.

use std::collections::{BTreeMap, BTreeSet};

use super::inputs::Inputs;
use super::section::{Entry, Section};
use super::{
    ErrorFacts, Locator, Options, RuntimeSource, Selection, TargetInput, batch, budgets, check,
    features, inputs, names, rate_limit, repeat, table, type_choices,
};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::load::{Budgets, Node, Sources, load_one};
use crate::pointer::Pointer;

/// The supported version of `codegen.yaml`.
pub const VERSION: u64 = 1;

/// A parsed `codegen.yaml`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Config {
    /// The outputs, at least one, with unique names and folders.
    pub targets: Vec<Target>,
}

/// An output.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// The name, used in messages.
    pub name: String,
    /// The document, a path below the workspace; of several the first.
    pub input: String,
    /// The overlays that are applied to the document, paths below the workspace.
    pub overlays: Vec<String>,
    /// The folder that `$ref`s must stay in, a path below the workspace; empty for the workspace itself.
    pub ref_root: String,
    /// The documents by the names of their modules, if there are several.
    pub inputs: BTreeMap<String, TargetInput>,
    /// The folder of the output, a path below the workspace.
    pub output: String,
    /// The choices. Their `input` is the path of the document below `ref_root`, as their `overlays` are, their
    /// `source_name` the path below the workspace.
    pub options: Options,
}

/// Reads a `codegen.yaml`.
///
/// All problems are added to `diagnostics` in one run; `None` if one of them is an error.
pub fn read_config(
    sources: &dyn Sources,
    path: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let mut found = Diagnostics::new();
    let config = load_one(sources, path, &Budgets::default(), &mut found)
        .and_then(|node| config(&node, Pointer::root(path), &mut found));
    let is_usable = !found.has_errors();
    diagnostics.extend(found);
    config.filter(|_| is_usable)
}

pub(super) fn config(node: &Node, at: Pointer, diagnostics: &mut Diagnostics) -> Option<Config> {
    let section = Section::open(node, at, &table::ROOT, diagnostics)?;
    version(&section.required("version", diagnostics)?, diagnostics)?;
    let list = section.required("targets", diagnostics)?;
    let entries = list.array(diagnostics);
    if entries.is_empty() && list.node.as_array().is_some() {
        let message = "`targets` is empty";
        let help = "add a target with `name`, `input`, `output` and `package`";
        diagnostics.push(list.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    let mut targets: Vec<(Pointer, Target)> = Vec::new();
    for entry in &entries {
        if let Some(target) = target(entry, diagnostics) {
            unique(&entry.at, &target, &targets, diagnostics);
            targets.push((entry.at.clone(), target));
        }
    }
    let targets = targets.into_iter().map(|(_, target)| target).collect();
    Some(Config { targets })
}

/// Checks the version. With another one every key can have another meaning, so nothing else is read.
pub(super) fn version(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<()> {
    let number = entry.node.as_scalar().and_then(|scalar| scalar.as_number());
    if number.and_then(|number| number.as_u64()) == Some(VERSION) {
        return Some(());
    }
    let message = "unsupported version of `codegen.yaml`";
    let help = format!("write `version: {VERSION}`");
    diagnostics.push(entry.wrong(code::CONFIG_VERSION, message).help(help));
    None
}

fn unique(
    at: &Pointer,
    target: &Target,
    before: &[(Pointer, Target)],
    diagnostics: &mut Diagnostics,
) {
    for (other_at, other) in before {
        let (key, value) = match (target.name == other.name, target.output == other.output) {
            (true, _) => ("name", &target.name),
            (_, true) => ("output", &target.output),
            (false, false) => continue,
        };
        let message = format!("duplicate target {key} `{value}`");
        let diagnostic = Diagnostic::new(code::CONFIG_DUPLICATE_TARGET, at.child(key), message);
        diagnostics.push(diagnostic.related(other_at.child(key), "first defined here"));
    }
}

fn target(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<Target> {
    let section = entry.section(&table::TARGET, diagnostics)?;
    let required = |key, check, diagnostics: &mut Diagnostics| {
        let entry = section.required(key, diagnostics)?;
        entry.checked_string(code::CONFIG_WRONG_VALUE, check, diagnostics)
    };
    // All keys are read before the first missing one ends the target, so that one run reports them all.
    let name = required("name", &check::PACKAGE_NAME, diagnostics);
    let has_several = section.get("inputs").is_some();
    let input = match has_several {
        true => None,
        false => input(&section, diagnostics),
    };
    let output = required("output", &check::PATH, diagnostics);
    let package = required("package", &check::PACKAGE_NAME, diagnostics);
    let overlays = overlays(&section, diagnostics);
    let ref_root = match has_several {
        true => None,
        false => ref_root(&section, input, diagnostics),
    };
    let options = Options::new("", package.unwrap_or_default());
    let mut options = choices(&section, options, diagnostics);
    options.runtime = runtime(&section, diagnostics);
    options.features = features::features(&section, diagnostics);
    if let Some(inputs) = inputs::inputs(&section, &options, diagnostics) {
        let place = (name?, output?);
        package?;
        return several(place, inputs, options);
    }
    let (input, (ref_root, below)) = (input?, ref_root?);
    package?;
    let (only, options) = inputs::named((input, &overlays), (ref_root, below), options);
    Some(Target {
        name: name?.to_owned(),
        input: only.input,
        overlays: only.overlays,
        ref_root: only.ref_root,
        inputs: BTreeMap::new(),
        output: output?.trim_end_matches('/').to_owned(),
        options,
    })
}

/// Reads the path of the only document.
fn input<'n>(section: &Section<'n>, diagnostics: &mut Diagnostics) -> Option<&'n str> {
    let Some(entry) = section.get("input") else {
        let message = "missing key `input`";
        let missing = Diagnostic::new(code::CONFIG_MISSING_KEY, section.at(), message);
        diagnostics.push(missing.help("add `input: spec/products.yaml`"));
        return None;
    };
    entry.checked_string(code::CONFIG_WRONG_VALUE, &check::PATH, diagnostics)
}

/// Returns a target of several documents.
fn several((name, output): (&str, &str), inputs: Inputs, options: Options) -> Option<Target> {
    let (first, first_options) = inputs.values().next()?;
    // messages about the crate as a whole point to the first document, and its own files to `codegen.yaml`
    let mut options = Options {
        input: first_options.input.clone(),
        ..options
    };
    if let Some(at) = &options.written_at {
        options.source_name = at.file().to_string();
    }
    Some(Target {
        name: name.to_owned(),
        input: first.input.clone(),
        overlays: Vec::new(),
        ref_root: first.ref_root.clone(),
        output: output.trim_end_matches('/').to_owned(),
        inputs: inputs
            .iter()
            .map(|(name, (input, _))| (name.clone(), input.clone()))
            .collect(),
        options: Options {
            inputs: inputs
                .into_iter()
                .map(|(name, (_, options))| (name, options))
                .collect(),
            ..options
        },
    })
}

/// Reads the choices of a target, or of a file for a single crate.
pub(super) fn choices(
    section: &Section<'_>,
    options: Options,
    diagnostics: &mut Diagnostics,
) -> Options {
    let mut is_set = |key| {
        let entry = section.get(key);
        entry
            .and_then(|entry| entry.boolean(diagnostics))
            .unwrap_or_default()
    };
    let (strict, lenient) = (is_set("strict"), is_set("lenient"));
    Options {
        written_at: Some(section.at().clone()),
        rename: names::rename(section, diagnostics),
        order: names::order(section, diagnostics),
        operations: operations(section, diagnostics),
        strict,
        lenient,
        types: type_choices::types(section, diagnostics),
        errors: errors(section, diagnostics),
        idempotent: repeat::idempotent(section, diagnostics),
        retry: repeat::retry(section, diagnostics),
        batches: batch::batches(section, diagnostics),
        budgets: budgets::budgets(section, diagnostics),
        rate_limit: rate_limit::rate_limit(section, diagnostics),
        ..options
    }
}

/// Reads `runtime: crate`.
pub(super) fn runtime(section: &Section<'_>, diagnostics: &mut Diagnostics) -> RuntimeSource {
    let choices = [
        ("carried", RuntimeSource::Carried),
        ("crate", RuntimeSource::Crate),
    ];
    let entry = section.get("runtime");
    let chosen = entry.and_then(|entry| entry.choice(&choices, diagnostics));
    chosen.unwrap_or_default()
}

/// Reads the paths of overlays.
pub(super) fn overlays(section: &Section<'_>, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut overlays: Vec<String> = Vec::new();
    let entries = section
        .get("overlays")
        .map(|entry| entry.array(diagnostics));
    for entry in entries.into_iter().flatten() {
        let path = entry.checked_string(code::CONFIG_WRONG_VALUE, &check::PATH, diagnostics);
        let Some(path) = path else { continue };
        if overlays.iter().any(|other| other == path) {
            let message = format!("the overlay `{path}` is applied twice");
            let help = "take one of the two out";
            diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
        }
        overlays.push(path.to_owned());
    }
    overlays
}

/// Reads the reference root, and returns it with the path of the input below it.
pub(super) fn ref_root<'n>(
    section: &Section<'n>,
    input: Option<&'n str>,
    diagnostics: &mut Diagnostics,
) -> Option<(&'n str, &'n str)> {
    let Some(entry) = section.get("ref_root") else {
        return Some(input?.rsplit_once('/').unwrap_or(("", input?)));
    };
    let text = entry.string(diagnostics)?;
    if text == "." {
        return Some(("", input?));
    }
    let root = entry
        .checked_string(code::CONFIG_WRONG_VALUE, &check::PATH, diagnostics)?
        .trim_end_matches('/');
    let below = input?
        .strip_prefix(root)
        .and_then(|rest| rest.strip_prefix('/'));
    if below.is_none() {
        let message = format!("the input is outside the reference root `{root}`");
        let help = "choose the folder of the input, or one above it";
        diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    Some((root, below?))
}

fn operations(section: &Section<'_>, diagnostics: &mut Diagnostics) -> Selection {
    let Some(entry) = section.get("operations") else {
        return Selection::All;
    };
    if entry.node.as_object().is_some() {
        let names = entry
            .section(&table::EXCEPT, diagnostics)
            .and_then(|section| section.required("except", diagnostics))
            .map(|entry| operation_names(&entry, diagnostics));
        return Selection::Except(names.unwrap_or_default());
    }
    Selection::Only(operation_names(&entry, diagnostics))
}

/// Reads operations by id or as `GET /users`; at least one.
fn operation_names(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> BTreeSet<String> {
    let list = entry.array(diagnostics);
    let mut names = BTreeSet::new();
    for element in &list {
        names.extend(element.string(diagnostics).map(str::to_owned));
    }
    if list.is_empty() {
        let message = "no operation is selected";
        let help = "remove the key to generate all operations";
        diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    names
}

fn errors(section: &Section<'_>, diagnostics: &mut Diagnostics) -> ErrorFacts {
    let section = section
        .get("errors")
        .and_then(|entry| entry.section(&table::ERRORS, diagnostics));
    let Some(section) = section else {
        return ErrorFacts::default();
    };
    let mut locators = |key| {
        section
            .get(key)
            .map(|entry| entry.array(diagnostics))
            .into_iter()
            .flatten()
            .filter_map(|entry| locator(&entry, diagnostics))
            .collect()
    };
    ErrorFacts {
        message: locators("message"),
        correlation_id: locators("correlation_id"),
    }
}

/// Reads `error.message`, or `header: x-correlation-id`.
pub(super) fn locator(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<Locator> {
    if entry.node.as_object().is_some() {
        let section = entry.section(&table::HEADER, diagnostics)?;
        let header = section.required("header", diagnostics)?;
        let name =
            header.checked_string(code::CONFIG_WRONG_VALUE, &check::HEADER_NAME, diagnostics)?;
        return Some(Locator::Header(name.to_ascii_lowercase()));
    }
    let text = entry.string(diagnostics)?;
    let members: Vec<String> = text.split('.').map(str::to_owned).collect();
    if members.iter().any(String::is_empty) {
        let message = format!("invalid member path `{text}`");
        let help = "write `message`, `error.message` or `header: x-correlation-id`";
        diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
        return None;
    }
    Some(Locator::Member(members))
}
