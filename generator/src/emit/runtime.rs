//! `runtime/`: which files of the runtime an API needs, and what they need of the crate's `Cargo.toml`.

use std::collections::BTreeSet;

use oasmith_runtime::{File, Part, SOURCES};
use quote::quote;

use super::module::{Item, Module};
use super::names::ident;
use crate::ir::{
    Api, Content, Operation, Parameter, ParameterPlace, Scalar, Style, TypeBody, TypeRef,
};
use crate::options::{NaiveDateTime, Options};
pub use requirements::{Dependency, Feature, FeatureKind, Requirements, manifest, member_manifest};

mod requirements;

/// The files of the runtime that an API needs.
pub(super) struct Runtime {
    files: Vec<&'static File>,
    /// Whether date-times without an offset are in UTC; `None` without date-times.
    naive_is_utc: Option<bool>,
}

impl Runtime {
    /// Selects the files: all but those for what the API does not have.
    pub fn of(api: &Api, options: &Options) -> Self {
        let needs = needs(api);
        let needed = |file: &&File| file.part.is_none_or(|part| needs.contains(&part));
        Runtime {
            files: SOURCES.iter().filter(needed).collect(),
            naive_is_utc: needs
                .contains(&Part::Chrono)
                .then_some(options.types.naive_date_time == NaiveDateTime::Utc),
        }
    }

    /// Emits `runtime/mod.rs`, which declares the modules.
    pub fn module(&self) -> Module {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for file in &self.files {
            let below = file.path.trim_start_matches("runtime/");
            names.insert(below.split(['/', '.']).next().unwrap_or(below));
        }
        let declarations = names.into_iter().map(|name| {
            let module = ident(name);
            match name {
                // the crate root shows all of it, behind a feature that the file itself names
                "testing" => quote!(pub mod #module;),
                _ => quote!(pub(crate) mod #module;),
            }
        });
        let choice = self.naive_is_utc.map(|value| {
            Item::Alone(quote! {
                /// Whether date-times without an offset are read as UTC: `naive_date_time` in `codegen.yaml`.
                pub(crate) const NAIVE_IS_UTC: bool = #value;
            })
        });
        Module {
            path: "src/runtime/mod.rs".to_owned(),
            docs: vec!["Support code of every client, whatever its description says. Written by hand, copied here.".to_owned()],
            attributes: Vec::new(),
            items: std::iter::once(Item::Block(declarations.collect()))
                .chain(choice)
                .collect(),
        }
    }

    /// Returns the paths and texts of the files.
    pub fn files(&self) -> Vec<(String, &'static str)> {
        self.files
            .iter()
            .map(|file| (format!("src/{}", file.path), file.text))
            .collect()
    }

    /// Returns what the files need of `Cargo.toml`.
    pub fn requirements(&self) -> Requirements {
        Requirements::of(&self.files)
    }
}

/// Returns the parts of the runtime that an API needs.
pub(super) fn needs(api: &Api) -> BTreeSet<Part> {
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
