//! `client/`: a file for each tag with its operations, and what the client knows of the service.

use std::collections::BTreeMap;

use quote::quote;

use super::names::{Seat, Writer, ident};
use super::{Item, Module, docs, method, response, service};
use crate::ir::{Api, Content, Operation, Returned, Success, TypeRef};

/// All files under `client/`.
pub(super) fn modules(api: &Api) -> Vec<Module> {
    let mut tags: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        tags.entry(&operation.tag.rust).or_default().push(operation);
    }
    let mut modules = vec![index(api, &tags)];
    modules.extend(
        tags.iter()
            .map(|(tag, operations)| file(api, tag, operations)),
    );
    modules
}

/// `client/mod.rs`
fn index(api: &Api, tags: &BTreeMap<&str, Vec<&Operation>>) -> Module {
    let declarations = tags.keys().map(|tag| {
        let tag = ident(tag);
        quote!(pub(crate) mod #tag;)
    });
    let builder = quote! {
        impl client::Client {
            /// Starts to set up a client.
            pub fn builder() -> client::ClientBuilder {
                client::ClientBuilder::new(&SERVICE)
            }
        }
    };
    let mut items = vec![
        Item::Block(declarations.collect()),
        Item::Block(vec![quote!(
            use crate::runtime::client;
        )]),
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

fn file(api: &Api, tag: &str, operations: &[&Operation]) -> Module {
    let writer = Writer {
        api,
        seat: Seat::Client,
    };
    let methods = operations
        .iter()
        .map(|operation| method::method(&writer, operation));
    let mut items = uses(operations);
    items.push(Item::Alone(quote!(impl Client { #(#methods)* })));
    for operation in operations {
        items.extend(response::items(&writer, operation));
    }
    let wire = operations
        .first()
        .map_or(tag, |operation| operation.tag.wire.as_str());
    Module {
        path: format!("src/client/{tag}.rs"),
        docs: vec![format!("Tag {}.", docs::code(wire))],
        attributes: Vec::new(),
        items,
    }
}

fn uses(operations: &[&Operation]) -> Vec<Item> {
    let mut found = Found::default();
    for operation in operations {
        found.operation(operation);
    }
    let map = found.map.then(|| {
        Item::Block(vec![quote!(
            use std::collections::BTreeMap;
        )])
    });
    let mut block = vec![
        quote!(
            use crate::runtime::call::{self, Call};
        ),
        quote!(
            use crate::runtime::client::Client;
        ),
    ];
    if found.several {
        block.push(quote!(
            use crate::runtime::wire;
        ));
    }
    if found.named {
        block.push(quote!(
            use crate::types;
        ));
    }
    map.into_iter().chain([Item::Block(block)]).collect()
}

/// What the operations of a file name.
#[derive(Default)]
struct Found {
    map: bool,
    named: bool,
    several: bool,
}

impl Found {
    fn operation(&mut self, operation: &Operation) {
        if let Some(body) = &operation.body
            && let Content::Json { ty, .. } = &body.content
        {
            self.ty(ty);
        }
        match &operation.success {
            Success::One(returned) => self.returned(returned),
            Success::Several {
                variants,
                accessors,
                ..
            } => {
                self.several = true;
                variants
                    .iter()
                    .for_each(|variant| self.returned(&variant.returned));
                accessors.iter().for_each(|accessor| self.ty(&accessor.ty));
            }
        }
        if let crate::ir::Failure::One(returned) = &operation.failure {
            self.returned(returned);
        }
    }

    fn returned(&mut self, returned: &Returned) {
        if let Returned::Json(ty) = returned {
            self.ty(ty);
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
