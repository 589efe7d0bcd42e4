//! `runtime/`: which files of the runtime an API needs, and what they need of the crate's `Cargo.toml`.

use std::collections::BTreeSet;

use oasmith_runtime::{File, Part, SOURCES, VERSION};
use quote::quote;

use super::module::{Item, Module};
use super::names::{ident, imported};
use crate::ir::{
    Api, Content, Operation, Parameter, ParameterPlace, Scalar, Style, TypeBody, TypeRef,
};
use crate::options::{Options, RuntimeSource};
pub use requirements::{Dependency, Feature, FeatureKind, Requirements, manifest, member_manifest};

mod requirements;

/// The file that declares the modules of the runtime.
const PATH: &str = "src/runtime/mod.rs";

/// The modules whose types each crate defines for itself.
const LOCAL: [&str; 2] = ["call", "client"];

/// The runtime as an API needs it.
pub(super) struct Runtime {
    files: Vec<&'static File>,
    parts: BTreeSet<Part>,
    source: RuntimeSource,
}

impl Runtime {
    /// Selects the files: all but those for what the API does not have.
    pub fn of(api: &Api, options: &Options) -> Self {
        let needs = needs(api);
        let needed = |file: &&File| file.part.is_none_or(|part| needs.contains(&part));
        Runtime {
            files: SOURCES.iter().filter(needed).collect(),
            parts: needs,
            source: options.runtime,
        }
    }

    /// Emits `runtime/mod.rs`, which declares the modules.
    pub fn module(&self) -> Module {
        match self.source {
            RuntimeSource::Carried => self.declared(),
            RuntimeSource::Crate => self.imported(),
        }
    }

    /// Returns the names of the modules.
    fn names(&self) -> BTreeSet<&'static str> {
        let names = self.files.iter().map(|file| {
            let below = file.path.trim_start_matches("runtime/");
            below.split(['/', '.']).next().unwrap_or(below)
        });
        names.collect()
    }

    /// Imports the modules from the package, except those with types that the crate adds methods to.
    fn imported(&self) -> Module {
        let (shown, own): (Vec<_>, Vec<_>) = self
            .names()
            .into_iter()
            .filter(|name| !LOCAL.contains(name))
            .partition(|name| *name == "testing");
        let shown = shown.into_iter().map(|name| {
            let module = ident(name);
            quote! {
                #[cfg(feature = #name)]
                pub use oasmith_runtime::runtime::#module;
            }
        });
        let own = imported(&quote!(pub(crate) use oasmith_runtime::runtime), &own);
        // `v0_1` of 0.1.7: patches are compatible
        let version = VERSION.rsplit_once('.').map_or(VERSION, |(start, _)| start);
        let version = ident(&format!("v{}", version.replace('.', "_")));
        Module {
            path: PATH.to_owned(),
            docs: vec![
                "Support code of every client, of the package `oasmith-runtime`.".to_owned(),
            ],
            attributes: Vec::new(),
            items: vec![
                Item::Block(std::iter::once(own).chain(shown).collect()),
                Item::Alone(quote!(oasmith_runtime::local_types!(#version);)),
            ],
        }
    }

    fn declared(&self) -> Module {
        let declarations = self.names().into_iter().map(|name| {
            let module = ident(name);
            match name {
                // the crate root shows all of it, behind a feature that the file itself names
                "testing" => quote!(pub mod #module;),
                _ => quote!(pub(crate) mod #module;),
            }
        });
        Module {
            path: PATH.to_owned(),
            docs: vec!["Support code of every client, whatever its description says. Written by hand, copied here.".to_owned()],
            attributes: Vec::new(),
            items: vec![Item::Block(declarations.collect())],
        }
    }

    /// Returns the paths and texts of the files that the crate carries.
    pub fn files(&self) -> Vec<(String, String)> {
        let files = self.files.iter();
        match self.source {
            RuntimeSource::Carried => files
                .map(|file| (format!("src/{}", file.path), file.carried()))
                .collect(),
            RuntimeSource::Crate => Vec::new(),
        }
    }

    /// Returns what the files need of `Cargo.toml`.
    pub fn requirements(&self) -> Requirements {
        match self.source {
            RuntimeSource::Carried => Requirements::of(&self.files),
            RuntimeSource::Crate => Requirements::of_crate(&self.parts),
        }
    }
}

/// Returns the parts of the runtime that an API needs.
pub(super) fn needs(api: &Api) -> BTreeSet<Part> {
    let documents = api.documents();
    documents.into_iter().flat_map(needs_of).collect()
}

fn needs_of(api: &Api) -> BTreeSet<Part> {
    let mut found = BTreeSet::new();
    let types = api.types.iter().flat_map(|def| def.body.parts());
    let sent = api.operations.iter().flat_map(Operation::request_types);
    let received = api.operations.iter().flat_map(Operation::response_types);
    if !api.headers.is_empty() {
        found.insert(Part::Headers);
    }
    let headers = api.headers.iter().map(|header| &header.ty);
    for ty in types.chain(sent).chain(received).chain(headers) {
        scalars(ty, &mut found);
    }
    for def in &api.types {
        match def.body {
            TypeBody::Tuple(_) => drop(found.insert(Part::Tuples)),
            TypeBody::ValueEnum(_) => drop(found.insert(Part::ValueEnums)),
            _ => {}
        }
    }
    for operation in &api.operations {
        if !operation.parameters.is_empty() {
            found.insert(Part::Parameters);
        }
        let is_form =
            |one: &Parameter| one.place == ParameterPlace::QueryString && one.style == Style::Form;
        if operation.parameters.iter().any(is_form) {
            found.insert(Part::Forms);
        }
        if operation.is_streamed() {
            found.insert(Part::Streams);
        }
        if operation.batch.is_some() {
            found.insert(Part::Bulk);
        }
        if let Some(body) = &operation.body {
            content(&body.content, &mut found);
        }
    }
    let required: Vec<Part> = found
        .iter()
        .flat_map(|part| part.requires())
        .copied()
        .collect();
    found.extend(required);
    found
}

fn content(body: &Content, found: &mut BTreeSet<Part>) {
    match body {
        Content::Form { .. } => drop(found.insert(Part::Forms)),
        Content::Multipart { .. } | Content::Parts { .. } => {
            found.insert(Part::Multipart);
        }
        Content::Choice { variants, .. } => {
            variants.iter().for_each(|(_, body)| content(body, found));
        }
        Content::Json { .. }
        | Content::Text { .. }
        | Content::Bytes { .. }
        | Content::AnyBytes { .. } => {}
    }
}

fn scalars(ty: &TypeRef, found: &mut BTreeSet<Part>) {
    match ty {
        TypeRef::Scalar(Scalar::DateTime | Scalar::DateTimeOffset | Scalar::Date) => {
            found.insert(Part::Chrono);
        }
        TypeRef::Scalar(Scalar::Uuid) => {
            found.insert(Part::Uuid);
        }
        TypeRef::Scalar(Scalar::NumberOrString(_)) => {
            found.insert(Part::NumberStrings);
        }
        TypeRef::Scalar(Scalar::Base64) => {
            found.insert(Part::Base64);
        }
        TypeRef::List(inner)
        | TypeRef::Map(inner)
        | TypeRef::Nullable(inner)
        | TypeRef::Boxed(inner) => {
            scalars(inner, found);
        }
        TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::Any => {}
    }
}
