//! What a description says about the choices of `codegen.yaml`, and what it leaves open.

use std::collections::BTreeMap;

use oasmith::diagnostic::{Diagnostics, code};
use oasmith::ir::{Api, Failure, Operation, ParameterPlace, Returned, Scalar, TypeBody, TypeRef};

/// Names of members that have a message for people, the best first.
const MESSAGES: [&str; 9] = [
    "message",
    "error_description",
    "errorMessage",
    "error_message",
    "detail",
    "msg",
    "reason",
    "description",
    "title",
];

/// Names of members and headers by which the support of a service finds a call, lower case and without separators.
const CORRELATIONS: [&str; 9] = [
    "correlationid",
    "requestid",
    "traceid",
    "xcorrelationid",
    "xrequestid",
    "xtraceid",
    "xamznrequestid",
    "xgithubrequestid",
    "cfray",
];

/// What a description says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Facts {
    pub(super) title: Option<String>,
    pub(super) version: String,
    /// The base URL, if the description has one that can be called.
    pub(super) base_url: Option<String>,
    /// Errors of the description.
    pub(super) errors: usize,
    /// Whether `lenient: true` makes warnings of all of them.
    pub(super) is_bridged: bool,
    /// Methods whose name says something else than their `operationId`: key and name.
    pub(super) operations: Vec<(String, String)>,
    /// Types whose name is not that of a schema: key and name.
    pub(super) types: Vec<(String, String)>,
    /// Paths of messages in error responses.
    pub(super) messages: Vec<String>,
    /// Paths of correlation ids there.
    pub(super) correlation_members: Vec<String>,
    /// Headers with correlation ids.
    pub(super) correlation_headers: Vec<String>,
    /// The headers with the number of allowed requests, and with those left.
    pub(super) rate_limit: (Option<String>, Option<String>),
    /// Operations that require a key by which the server recognizes a repetition.
    pub(super) keyed: Vec<String>,
    /// Operations of methods that are not idempotent by themselves.
    pub(super) repeatable: Vec<String>,
}

impl Facts {
    /// Collects the facts of a client that was generated without choices.
    pub(super) fn of(api: &Api, diagnostics: &Diagnostics) -> Facts {
        let mut facts = Facts {
            title: Some(api.info.title.clone()).filter(|title| !title.trim().is_empty()),
            version: api.info.version.clone(),
            base_url: api.base_url.clone(),
            operations: operations(api),
            types: types(api, diagnostics),
            ..Facts::default()
        };
        errors(api, &mut facts);
        let header = |last: &str| {
            let wire = |name: &str| plain(name).trim_start_matches('x').to_owned();
            let mut names = api.headers.iter().map(|header| &header.name.wire);
            names.find(|name| wire(name) == last).cloned()
        };
        facts.rate_limit = (header("ratelimitlimit"), header("ratelimitremaining"));
        for operation in &api.operations {
            if matches!(operation.method.0.as_str(), "POST" | "PATCH") {
                let is_keyed = operation.parameters.iter().any(|one| {
                    let name = plain(&one.name.wire);
                    one.required
                        && one.place == ParameterPlace::Header
                        && name.trim_start_matches('x') == "idempotencykey"
                });
                let list = match is_keyed {
                    true => &mut facts.keyed,
                    false => &mut facts.repeatable,
                };
                list.push(key(operation));
            }
        }
        facts
    }
}

/// Returns how `codegen.yaml` names an operation: `GET /pets`, which is always unique.
fn key(operation: &Operation) -> String {
    format!("{} {}", operation.method.0, operation.path)
}

/// Returns letters and digits in lower case, in which `listPets`, `list-pets` and `list_pets` are one.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Returns the methods that people may want to name: without an id, or with a name that is not their id.
fn operations(api: &Api) -> Vec<(String, String)> {
    let is_chosen = |one: &&Operation| plain(&one.name.wire) != plain(&one.name.rust);
    let chosen = api.operations.iter().filter(is_chosen);
    chosen
        .map(|one| (key(one), one.name.rust.clone()))
        .collect()
}

/// Returns the types that people may want to name: those that had to be renamed, and inline schemas with long names.
fn types(api: &Api, diagnostics: &Diagnostics) -> Vec<(String, String)> {
    const LONG: usize = 30;
    let is_renamed = |path: &str| {
        diagnostics.iter().any(|one| {
            let is_about_names = [code::RENAMED, code::NAME_TAKEN].contains(&one.code);
            is_about_names && one.place.pointer().is_some_and(|at| at.path() == path)
        })
    };
    let is_inline = |path: &str| {
        path.strip_prefix("/components/schemas/")
            .is_none_or(|name| name.contains('/'))
    };
    let mut found = Vec::new();
    for def in &api.types {
        // one with several origins shares its name by choice of the generator
        let [origin] = def.origins.as_slice() else {
            continue;
        };
        let path = origin.path();
        let is_long = is_inline(path) && def.name.rust.len() > LONG;
        if def.place.starts_with('#') && (is_renamed(path) || is_long) {
            found.push((format!("#{path}"), def.name.rust.clone()));
        }
    }
    found
}

/// Looks for messages and correlation ids in the error responses; the most frequent places first.
fn errors(api: &Api, facts: &mut Facts) {
    let mut messages: BTreeMap<String, usize> = BTreeMap::new();
    let mut members: BTreeMap<String, usize> = BTreeMap::new();
    let mut headers: BTreeMap<String, usize> = BTreeMap::new();
    for operation in &api.operations {
        for ty in failures(operation) {
            let strings = strings(api, ty);
            let ranked = strings.iter().filter_map(|path| {
                let rank = MESSAGES.iter().position(|name| *name == last(path))?;
                Some((rank, path))
            });
            let best = ranked.min();
            if let Some((_, path)) = best {
                *messages.entry(path.clone()).or_default() += 1;
            }
            let is_correlation = |path: &&String| CORRELATIONS.contains(&&*plain(last(path)));
            for path in strings.iter().filter(is_correlation) {
                *members.entry(path.clone()).or_default() += 1;
            }
        }
        for rust in &operation.headers.failure {
            let header = api.headers.iter().find(|one| one.name.rust == *rust);
            let header = header.map(|header| &header.name.wire);
            if let Some(name) = header.filter(|name| CORRELATIONS.contains(&&*plain(name))) {
                *headers.entry(name.clone()).or_default() += 1;
            }
        }
    }
    facts.messages = most_frequent(messages);
    facts.correlation_members = most_frequent(members);
    facts.correlation_headers = most_frequent(headers);
}

fn most_frequent(counts: BTreeMap<String, usize>) -> Vec<String> {
    const MOST: usize = 4;
    let mut all: Vec<(String, usize)> = counts.into_iter().collect();
    all.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    all.into_iter().take(MOST).map(|(path, _)| path).collect()
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// Returns the types of the JSON bodies that error responses have.
fn failures(operation: &Operation) -> Vec<&TypeRef> {
    let returned: Vec<&Returned> = match &operation.failure {
        Failure::Undeclared => Vec::new(),
        Failure::One { returned, .. } => vec![returned],
        Failure::Several { variants, .. } => variants.iter().map(|one| &one.returned).collect(),
    };
    let is_json = |one: &&Returned| matches!(one, Returned::Json(_));
    let json = returned.into_iter().filter(is_json);
    json.filter_map(Returned::ty).collect()
}

/// Returns the paths of the strings in an object, and in the objects that are its members.
fn strings(api: &Api, ty: &TypeRef) -> Vec<String> {
    let mut found = Vec::new();
    for (name, ty) in members(api, ty) {
        if is_string(api, ty) {
            found.push(name.to_owned());
        }
        for (inner, ty) in members(api, ty) {
            if is_string(api, ty) {
                found.push(format!("{name}.{inner}"));
            }
        }
    }
    found
}

/// Returns the members of an object by their names on the wire.
fn members<'a>(api: &'a Api, ty: &'a TypeRef) -> Vec<(&'a str, &'a TypeRef)> {
    match value(api, ty) {
        TypeRef::Named(id) => match &api.ty(*id).body {
            TypeBody::Struct(object) => object
                .members
                .iter()
                .map(|member| (member.name.wire.as_str(), &member.ty))
                // a path has dots between its names
                .filter(|(name, _)| !name.is_empty() && !name.contains('.'))
                .collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn is_string(api: &Api, ty: &TypeRef) -> bool {
    matches!(
        value(api, ty),
        TypeRef::Scalar(Scalar::String | Scalar::Uuid)
    )
}

/// Returns the type of a value, whether or not it can be `null`.
fn value<'a>(api: &'a Api, ty: &'a TypeRef) -> &'a TypeRef {
    match api.resolve(ty) {
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => value(api, inner),
        other => other,
    }
}
