//! `runtime/`: which files of the runtime an API needs, and what they need of the crate's `Cargo.toml`.

use std::collections::BTreeSet;

use oasmith_runtime::{File, SOURCES};
use quote::quote;

use super::module::{Item, Module};
use super::names::ident;
use crate::ir::{
    Api, Content, Operation, Parameter, ParameterPlace, Scalar, Style, TypeBody, TypeRef,
};
pub use requirements::{Dependency, Feature, Requirements, manifest};

mod requirements;

/// Files that only some documents need, by what needs them: a foreign crate of values, or a part of requests and replies.
const OPTIONAL: [(&str, Need); 19] = [
    ("runtime/base64_values.rs", Need::Base64),
    ("runtime/bulk/account.rs", Need::Bulk),
    ("runtime/bulk/job.rs", Need::Bulk),
    ("runtime/bulk/mod.rs", Need::Bulk),
    ("runtime/bulk/outcome.rs", Need::Bulk),
    ("runtime/bulk/run.rs", Need::Bulk),
    ("runtime/bulk/split.rs", Need::Bulk),
    ("runtime/bulk/stream.rs", Need::Bulk),
    ("runtime/bulk/verdict.rs", Need::Bulk),
    ("runtime/chrono_values.rs", Need::Chrono),
    ("runtime/events.rs", Need::Streams),
    ("runtime/form.rs", Need::Forms),
    ("runtime/headers.rs", Need::Headers),
    ("runtime/listed.rs", Need::Listed),
    ("runtime/multipart.rs", Need::Multipart),
    ("runtime/parameters/mod.rs", Need::Parameters),
    ("runtime/parameters/style.rs", Need::Parameters),
    ("runtime/tuple.rs", Need::Tuples),
    ("runtime/uuid_values.rs", Need::Uuid),
];

/// What an API can need of the runtime beyond what every one needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    Base64,
    Chrono,
    Listed,
    Tuples,
    Uuid,
    Parameters,
    Forms,
    Headers,
    Multipart,
    Streams,
    Bulk,
}

/// The files of the runtime that an API needs.
pub(super) struct Runtime {
    files: Vec<&'static File>,
}

impl Runtime {
    /// All files but those for what the API does not have.
    pub fn of(api: &Api) -> Self {
        let needs = needs(api);
        let needed = |file: &&File| match OPTIONAL.iter().find(|(path, _)| *path == file.path) {
            Some((_, need)) => needs.contains(need),
            None => true,
        };
        Runtime {
            files: SOURCES.iter().filter(needed).collect(),
        }
    }

    /// `runtime/mod.rs`: the modules that are there.
    pub fn module(&self) -> Module {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for file in &self.files {
            let below = file.path.trim_start_matches("runtime/");
            names.insert(below.split(['/', '.']).next().unwrap_or(below));
        }
        names.remove("mod");
        let declarations = names.into_iter().map(|name| {
            let module = ident(name);
            match name {
                // the crate root shows all of it, behind a feature that the file itself names
                "testing" => quote!(pub mod #module;),
                _ => quote!(pub(crate) mod #module;),
            }
        });
        Module {
            path: "src/runtime/mod.rs".to_owned(),
            docs: vec!["What every client carries, whatever its document says. Written by hand, copied here.".to_owned()],
            attributes: Vec::new(),
            items: vec![Item::Block(declarations.collect())],
        }
    }

    /// The files as they are.
    pub fn files(&self) -> Vec<(String, &'static str)> {
        let carried = self
            .files
            .iter()
            .filter(|file| file.path != "runtime/mod.rs");
        carried
            .map(|file| (format!("src/{}", file.path), file.text))
            .collect()
    }

    /// What they need.
    pub fn requirements(&self) -> Requirements {
        Requirements::of(&self.files)
    }
}

/// What an API needs.
pub(super) fn needs(api: &Api) -> BTreeSet<Need> {
    let mut found = BTreeSet::new();
    let types = api.types.iter().flat_map(|def| def.body.parts());
    let sent = api.operations.iter().flat_map(Operation::request_types);
    let received = api.operations.iter().flat_map(Operation::response_types);
    if !api.headers.is_empty() {
        found.insert(Need::Headers);
    }
    let headers = api.headers.iter().map(|header| &header.ty);
    for ty in types.chain(sent).chain(received).chain(headers) {
        scalars(ty, &mut found);
    }
    for def in &api.types {
        match def.body {
            TypeBody::Tuple(_) => drop(found.insert(Need::Tuples)),
            TypeBody::ValueEnum(_) => drop(found.insert(Need::Listed)),
            _ => {}
        }
    }
    for operation in &api.operations {
        if !operation.parameters.is_empty() {
            found.insert(Need::Parameters);
        }
        let is_form =
            |one: &Parameter| one.place == ParameterPlace::QueryString && one.style == Style::Form;
        if operation.parameters.iter().any(is_form) {
            found.insert(Need::Forms);
        }
        if operation.is_streamed() {
            found.insert(Need::Streams);
        }
        if operation.batch.is_some() {
            found.insert(Need::Bulk);
        }
        if let Some(body) = &operation.body {
            content(&body.content, &mut found);
        }
    }
    found
}

fn content(body: &Content, found: &mut BTreeSet<Need>) {
    match body {
        Content::Form { .. } => found.extend([Need::Forms, Need::Parameters]),
        Content::Multipart { .. } | Content::Parts { .. } => {
            found.extend([Need::Multipart, Need::Parameters]);
        }
        Content::Choice { variants, .. } => {
            variants.iter().for_each(|(_, body)| content(body, found));
        }
        Content::Json { .. } | Content::Text { .. } | Content::Bytes { .. } => {}
    }
}

fn scalars(ty: &TypeRef, found: &mut BTreeSet<Need>) {
    match ty {
        TypeRef::Scalar(Scalar::DateTime | Scalar::DateTimeOffset | Scalar::Date) => {
            found.insert(Need::Chrono);
        }
        TypeRef::Scalar(Scalar::Uuid) => {
            found.insert(Need::Uuid);
        }
        TypeRef::Scalar(Scalar::Base64) => {
            found.insert(Need::Base64);
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
