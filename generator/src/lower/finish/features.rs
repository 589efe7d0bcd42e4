//! Cargo features by tag: their names, and which types and headers each reaches.
//!
//! Types are compiled module by module, as their files are. A module that a tag reaches needs those that it names, so a
//! module is reached by every tag that reaches one of its users.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::ir::{
    Api, DefaultFeatures, Feature, FeaturePart, Features, Gate, Operation, TypeBody, TypeDef,
    TypeRef,
};
use crate::lower::operation::UNTAGGED;
use crate::name;
use crate::options::{self, Options};
use crate::pointer::Pointer;

/// The most tags in the condition of a type. What more of them reach is common to the API, and is always compiled.
const TAGS: usize = 8;

/// Returns the features that `codegen.yaml` asks for.
pub(super) fn of(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> Option<Features> {
    let options::Features::ByTag(default) = options.features?;
    let tags = Tags::of(api);
    let mut names = name::feature_names(tags.modules());
    if tags.is_untagged() {
        names.insert(UNTAGGED, name::UNTAGGED.to_owned());
    }
    diagnostics.extend(tags.reports(&names));
    let mut reach = Reach::of(api);
    for (feature, roots) in roots(api, &names) {
        reach.mark(feature, roots);
    }
    let mut unused = reach.unused();
    unused.extend(of_unused_headers(api));
    let mut list: Vec<Feature> = names
        .iter()
        .map(|(module, name)| Feature {
            name: name.clone(),
            part: FeaturePart::Tag {
                module: (*module).to_owned(),
                tags: tags.of_module(module),
            },
        })
        .collect();
    if !unused.is_empty() {
        reach.mark(name::UNUSED_TYPES, unused);
        list.push(Feature {
            name: name::UNUSED_TYPES.to_owned(),
            part: FeaturePart::UnusedTypes,
        });
    }
    list.sort_by(|one, other| one.name.cmp(&other.name));
    let types = reach.features.into_iter();
    Some(Features {
        list,
        default: match default {
            options::DefaultFeatures::All => DefaultFeatures::All,
            options::DefaultFeatures::None => DefaultFeatures::None,
        },
        types: types
            .map(|(module, features)| (module.to_owned(), gate(features)))
            .collect(),
        headers: headers(api, &names),
    })
}

fn gate(features: BTreeSet<&str>) -> Gate {
    if features.len() > TAGS {
        return Gate::Always;
    }
    Gate::AnyOf(features.into_iter().map(str::to_owned).collect())
}

/// The operations by the modules of their tags.
struct Tags<'a> {
    modules: BTreeMap<&'a str, Vec<&'a Operation>>,
}

impl<'a> Tags<'a> {
    fn of(api: &'a Api) -> Self {
        let mut modules: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
        for operation in &api.operations {
            modules
                .entry(&operation.tag.rust)
                .or_default()
                .push(operation);
        }
        Tags { modules }
    }

    /// Returns the modules of tags; the one of operations without a tag has a name of its own.
    fn modules(&self) -> impl Iterator<Item = &'a str> {
        let modules = self.modules.keys().copied();
        modules.filter(|module| *module != UNTAGGED)
    }

    fn is_untagged(&self) -> bool {
        self.modules.contains_key(UNTAGGED)
    }

    /// Returns the tags of a module with the first operation of each.
    fn with_places(&self, module: &str) -> BTreeMap<&'a str, &'a Pointer> {
        let mut tags = BTreeMap::new();
        for operation in self.modules.get(module).into_iter().flatten() {
            tags.entry(operation.tag.wire.as_str())
                .or_insert(&operation.origin);
        }
        tags
    }

    fn of_module(&self, module: &str) -> Vec<String> {
        let tags = self.with_places(module).into_keys();
        let tags = tags.filter(|tag| *tag != UNTAGGED || module != UNTAGGED);
        tags.map(str::to_owned).collect()
    }

    /// Reports the features that are not called as the tag is, and those of several tags.
    fn reports(&self, names: &BTreeMap<&str, String>) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (module, feature) in names {
            let tags = self.with_places(module);
            let is_prefixed = feature.starts_with("tag-") && !module.starts_with("tag_");
            let mut tags = tags.into_iter();
            let Some((first, at)) = tags.next() else {
                continue;
            };
            if is_prefixed {
                let plain = feature.trim_start_matches("tag-");
                let text = format!(
                    "the tag `{first}` is the feature `{feature}`, since `{plain}` is something else in a manifest"
                );
                findings.push(Diagnostic::new(code::FEATURE_NAME, at.clone(), text));
            }
            for (tag, other) in tags {
                let text = format!("the tags `{first}` and `{tag}` share the feature `{feature}`");
                let finding = Diagnostic::new(code::FEATURE_NAME, other.clone(), text);
                findings.push(finding.related(at.clone(), "an operation with the other tag"));
            }
        }
        findings
    }
}

/// The features that reach each module of types.
struct Reach<'a> {
    /// The modules that each module names.
    uses: BTreeMap<&'a str, BTreeSet<&'a str>>,
    features: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Reach<'a> {
    fn of(api: &'a Api) -> Self {
        let mut uses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for def in &api.types {
            let named = parts(def).filter_map(|ty| module(api, ty));
            uses.entry(&def.module).or_default().extend(named);
        }
        Reach {
            uses,
            features: BTreeMap::new(),
        }
    }

    /// Marks modules and what they name.
    fn mark(&mut self, feature: &'a str, modules: BTreeSet<&'a str>) {
        let mut queue: Vec<&str> = modules.into_iter().collect();
        while let Some(module) = queue.pop() {
            if self.features.entry(module).or_default().insert(feature) {
                queue.extend(self.uses.get(module).into_iter().flatten());
            }
        }
    }

    /// Returns the modules that nothing reaches so far.
    fn unused(&self) -> BTreeSet<&'a str> {
        let all = self.uses.keys().copied();
        all.filter(|module| !self.features.contains_key(module))
            .collect()
    }
}

fn parts(def: &TypeDef) -> impl Iterator<Item = &TypeRef> {
    let branches = match &def.body {
        TypeBody::Struct(body) => body.branches.as_slice(),
        _ => &[],
    };
    def.body
        .parts()
        .chain(branches.iter().map(|branch| &branch.ty))
}

fn module<'a>(api: &'a Api, ty: &TypeRef) -> Option<&'a str> {
    Some(&api.ty(ty.id()?).module)
}

/// Returns the modules of types that the operations and the headers of each feature name.
fn roots<'a>(
    api: &'a Api,
    names: &'a BTreeMap<&str, String>,
) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut roots: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for operation in &api.operations {
        let Some(feature) = names.get(operation.tag.rust.as_str()) else {
            continue;
        };
        let headers = api.headers.iter();
        let headers = headers.filter(|header| has_header(operation, &header.name.rust));
        let types = operation.request_types().into_iter();
        let types = types.chain(operation.response_types());
        let types = types.chain(headers.map(|header| &header.ty));
        let modules = types.filter_map(|ty| module(api, ty));
        roots.entry(feature).or_default().extend(modules);
    }
    roots
}

fn has_header(operation: &Operation, rust: &str) -> bool {
    let headers = &operation.headers;
    let mut names = headers.success.iter().chain(&headers.failure);
    names.any(|name| name == rust)
}

/// Returns the modules of types that only headers name which no operation has.
fn of_unused_headers(api: &Api) -> impl Iterator<Item = &str> {
    let is_used = |rust: &str| api.operations.iter().any(|one| has_header(one, rust));
    let unused = api
        .headers
        .iter()
        .filter(move |header| !is_used(&header.name.rust));
    unused.filter_map(|header| module(api, &header.ty))
}

/// Returns when the constants of headers are compiled whose types are of the document.
fn headers(api: &Api, names: &BTreeMap<&str, String>) -> BTreeMap<String, Gate> {
    let is_named = |ty: &TypeRef| ty.id().is_some();
    let of_document = api.headers.iter().filter(|header| is_named(&header.ty));
    let gates = of_document.map(|header| {
        let rust = &header.name.rust;
        let users = api.operations.iter().filter(|one| has_header(one, rust));
        let features = users.filter_map(|one| names.get(one.tag.rust.as_str()));
        let mut features: BTreeSet<&str> = features.map(String::as_str).collect();
        if features.is_empty() {
            features.insert(name::UNUSED_TYPES);
        }
        (rust.clone(), gate(features))
    });
    gates.collect()
}
