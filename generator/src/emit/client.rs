//! `client/`: a file for each tag with its operations, and the data about the service.

mod accessor;
mod body;
pub(super) mod call;
mod choice;
mod failure;
mod fields;
mod method;
mod multipart;
mod parameter;
pub(super) mod part;
mod response;
pub(super) mod returned;
mod servers;
mod service;
mod style;

pub(super) use part::whole;

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;

use super::docs;
use super::gates;
use super::module::{Item, LazyModule, Module, home, path};
use super::names::{doc, ident};
use super::paragraphs::Paragraphs;
use super::type_names::{FileKind, TypePrinter};
use crate::ir::{Api, Content, Failure, Operation, Part, ServerNote, Success, TypeRef};

/// Returns all files under `client/`.
pub(super) fn modules(api: &Api) -> Vec<LazyModule<'_>> {
    let mut tags: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        tags.entry(&operation.tag.rust).or_default().push(operation);
    }
    let names: Vec<&str> = tags.keys().copied().collect();
    let mut modules: Vec<LazyModule<'_>> = vec![Box::new(move || match &api.home {
        Some(home) => part::index(api, &home.module, &names),
        None => index(api, &names),
    })];
    for (tag, operations) in tags {
        modules.push(Box::new(move || file(api, tag, &operations)));
    }
    modules
}

/// Emits `client/mod.rs`.
fn index(api: &Api, tags: &[&str]) -> Module {
    let declarations = tags.iter().map(|tag| {
        let condition = gates::attribute(&gates::of_tag(api, tag));
        let tag = ident(tag);
        quote!(#condition pub(crate) mod #tag;)
    });
    let text = doc(&builder(api));
    let builder = quote! {
        impl client::Client {
            #text
            pub fn builder() -> client::ClientBuilder {
                client::ClientBuilder::new(&SERVICE)
            }
        }
    };
    let mut items = vec![
        Item::Block(declarations.collect()),
        Item::Block(service::uses_auth(api)),
        Item::Alone(service::constant(api)),
        Item::Alone(builder),
    ];
    items.extend(service::credentials(api).map(Item::Alone));
    Module {
        path: "src/client/mod.rs".to_owned(),
        docs: vec!["The operations of the description, by tag.".to_owned()],
        attributes: Vec::new(),
        items,
    }
}

/// Documents `Client::builder`: the base URL, and the servers of the description where there is more to say.
fn builder(api: &Api) -> Vec<String> {
    let mut text = Paragraphs::default();
    text.line("Creates a builder for a client.");
    let setter = "[base URL](client::ClientBuilder::base_url)";
    let has_more = ServerNote::say_more(&api.servers);
    match (&api.base_url, &api.base_path) {
        (Some(url), _) if has_more => text.line(format!(
            "The client calls {} unless a {setter} is set.",
            docs::code(url)
        )),
        (None, Some(path)) => text.line(format!(
            "The server of the description is the path {0}, which is joined to the {setter}: with \
             `https://example.com` the client calls {1}.",
            docs::code(path),
            docs::code(&format!("https://example.com{path}"))
        )),
        (None, None) if !api.servers.is_empty() => {
            text.line(format!(
                "The description does not say where the service is: set a {setter}."
            ));
        }
        _ => {}
    }
    if has_more {
        text.line("Servers of the description:");
        servers::listed(&mut text, &api.servers);
    }
    text.lines()
}

fn file(api: &Api, tag: &str, operations: &[&Operation]) -> Module {
    let own = operations
        .iter()
        .flat_map(|operation| operation.own_types());
    let printer = TypePrinter::new(api, FileKind::Client, BTreeSet::new(), own);
    let methods = operations
        .iter()
        .flat_map(|operation| method::methods(&printer, operation));
    let mut items = uses(api, operations);
    items.push(Item::Alone(quote!(impl Client { #(#methods)* })));
    for operation in operations {
        items.extend(call::items(&printer, operation));
        items.extend(choice::items(&printer, operation));
        items.extend(response::items(&printer, operation));
        items.extend(failure::items(&printer, operation));
    }
    items.extend(printer.aliases());
    let wire = operations
        .first()
        .map_or(tag, |operation| operation.tag.wire.as_str());
    Module {
        path: path(api, &format!("client/{tag}.rs")),
        docs: vec![format!("Operations with the tag {}.", docs::code(wire))],
        attributes: Vec::new(),
        items,
    }
}

fn uses(api: &Api, operations: &[&Operation]) -> Vec<Item> {
    let mut found = Found::default();
    for operation in operations {
        found.operation(api, operation);
    }
    let map = found.map.then(|| {
        Item::Block(vec![quote!(
            use std::collections::BTreeMap;
        )])
    });
    let home = home(api);
    let client = match api.home {
        Some(_) => quote!(
            use super::Client;
        ),
        None => quote!(
            use crate::runtime::client::Client;
        ),
    };
    let block = [
        (true, quote!(use #home::operation;)),
        (
            true,
            quote!(
                use crate::runtime::call::Call;
            ),
        ),
        (true, client),
        (
            found.stream,
            quote!(
                use crate::runtime::events;
            ),
        ),
        (
            found.multipart,
            quote!(
                use crate::runtime::multipart;
            ),
        ),
        (
            found.style,
            quote!(
                use crate::runtime::parameters::Style;
            ),
        ),
        (
            true,
            quote!(
                use crate::runtime::request::RequestBuilder;
            ),
        ),
        (
            true,
            quote!(
                use crate::runtime::response;
            ),
        ),
        (
            found.several,
            quote!(
                use crate::runtime::wire;
            ),
        ),
        (found.named, quote!(use #home::types;)),
    ];
    let block = block.into_iter().filter(|(used, _)| *used);
    let block = block.map(|(_, line)| line).collect();
    map.into_iter().chain([Item::Block(block)]).collect()
}

/// What the operations of a file need to have imported.
#[derive(Default)]
struct Found {
    map: bool,
    named: bool,
    several: bool,
    stream: bool,
    multipart: bool,
    style: bool,
}

impl Found {
    fn operation(&mut self, api: &Api, operation: &Operation) {
        let parameters = operation.parameters.iter();
        let parameters = parameters.map(|parameter| parameter::named(api, parameter));
        let body = operation.body.iter().flat_map(|body| body.content.types());
        for ty in parameters.chain(body).chain(operation.response_types()) {
            self.ty(ty);
        }
        if let Success::Several { accessors, .. } = &operation.success {
            self.several = true;
            accessors.iter().for_each(|accessor| self.ty(&accessor.ty));
        }
        self.several |= matches!(operation.failure, Failure::Several { .. });
        self.stream |= operation.is_streamed();
        self.style |= parameter::names_style(operation);
        if let Some(body) = &operation.body {
            self.content(&body.content);
        }
    }

    fn content(&mut self, content: &Content) {
        match content {
            Content::Form { styles, .. } => self.style |= !styles.is_empty(),
            Content::Multipart { parts, .. } => {
                self.multipart = true;
                let is_styled = |part: &Part| part.style.is_some() || !part.headers.is_empty();
                self.style |= parts.iter().any(is_styled);
            }
            Content::Parts { .. } => self.multipart = true,
            Content::Choice { variants, .. } => {
                variants
                    .iter()
                    .for_each(|(_, content)| self.content(content));
            }
            Content::Json { .. }
            | Content::Text { .. }
            | Content::Bytes { .. }
            | Content::AnyBytes { .. } => {}
        }
    }

    fn ty(&mut self, ty: &TypeRef) {
        match ty {
            TypeRef::Named(_) => self.named = true,
            TypeRef::Map(inner) => {
                self.map = true;
                self.ty(inner);
            }
            TypeRef::List(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                self.ty(inner)
            }
            TypeRef::Scalar(_) | TypeRef::Any => {}
        }
    }
}
