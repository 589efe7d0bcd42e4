//! Several documents: the client of each is a handle of the crate's client.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::service::uses_auth;
use super::{servers, service};
use crate::emit::docs;
use crate::emit::module::{Item, LazyModule, Module, path};
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::ir::{Api, Joined, JoinedPart, ServerNote};

/// Emits `client/mod.rs` of a module.
pub(super) fn index(api: &Api, module: &str, tags: &[&str]) -> Module {
    let declarations = tags.iter().map(|tag| {
        let tag = ident(tag);
        quote!(pub(crate) mod #tag;)
    });
    let mut text = Paragraphs::default();
    text.line(format!(
        "The operations of {}. [`crate::Client::{module}`] returns it.",
        docs::code(&api.info.title)
    ));
    text.line(
        "It shares connections, credentials, limits and the retry budget with the client of the whole. Cloning is cheap.",
    );
    let text = doc(&text.lines());
    let handle = quote! {
        #text
        #[derive(Debug, Clone)]
        pub struct Client(pub(crate) client::Client);
    };
    let methods = quote! {
        impl Client {
            /// Sends a request that the description does not cover; see [`crate::Client::send`].
            pub fn send(&self, request: http::Request<bytes::Bytes>) -> Call<bytes::Bytes, bytes::Bytes> {
                self.0.send(request)
            }
        }
    };
    let borrow = quote! {
        impl std::borrow::Borrow<client::Base> for Client {
            fn borrow(&self) -> &client::Base {
                &self.0
            }
        }
    };
    Module {
        path: path(api, "client/mod.rs"),
        docs: vec!["The operations of the description, by tag.".to_owned()],
        attributes: Vec::new(),
        items: vec![
            Item::Block(declarations.collect()),
            Item::Block(vec![
                quote!(
                    use crate::runtime::call::Call;
                ),
                quote!(
                    use crate::runtime::client;
                ),
            ]),
            Item::Alone(service::constant(api)),
            Item::Alone(handle),
            Item::Alone(methods),
            Item::Alone(borrow),
        ],
    }
}

/// Emits `client.rs` of the crate: what makes the client, and the clients of the documents.
pub(in crate::emit) fn whole<'a>(api: &'a Api, joined: &'a Joined) -> LazyModule<'a> {
    Box::new(move || {
        let text = doc(&builder(joined));
        let handles = joined.parts.iter().enumerate();
        let handles = handles.map(|(index, part)| handle(index, part));
        let setters = joined.parts.iter().enumerate();
        let setters = setters.map(|(index, part)| base_url(index, part));
        let mut items = vec![
            Item::Block(uses_auth(api)),
            Item::Alone(service::constant(api)),
            Item::Alone(quote! {
                impl client::Client {
                    #text
                    pub fn builder() -> client::ClientBuilder {
                        client::ClientBuilder::new(&SERVICE)
                    }
                    #(#handles)*
                }
            }),
            Item::Alone(quote!(impl client::ClientBuilder { #(#setters)* })),
        ];
        items.extend(service::credentials(api).map(Item::Alone));
        Module {
            path: "src/client.rs".to_owned(),
            docs: vec!["The client of all descriptions.".to_owned()],
            attributes: Vec::new(),
            items,
        }
    })
}

/// Documents `Client::builder`: the base URLs, and the servers of each description.
fn builder(joined: &Joined) -> Vec<String> {
    let mut text = Paragraphs::default();
    text.line("Creates a builder for a client.");
    text.line(
        "Each description has the server that it names, unless a [base URL](client::ClientBuilder::base_url) is set for \
         all, or one for it alone:",
    );
    let line = |part: &JoinedPart| {
        let api = &part.api;
        let server = match (&api.base_url, &api.base_path) {
            (Some(url), _) => docs::code(url),
            (None, Some(path)) => format!("{} on the base URL", docs::code(path)),
            (None, None) => "none, so it needs a base URL".to_owned(),
        };
        format!(
            "[`{0}`](Self::{0}): {server} ([`{1}`](client::ClientBuilder::{1}))",
            part.name, part.base_url_setter
        )
    };
    text.list(joined.parts.iter().map(line).collect());
    for part in &joined.parts {
        if ServerNote::say_more(&part.api.servers) {
            text.line(format!("Servers of `{}`:", part.name));
            servers::listed(&mut text, &part.api.servers);
        }
    }
    text.lines()
}

/// `pub fn products(&self) -> crate::products::Client`
fn handle(index: usize, part: &JoinedPart) -> TokenStream {
    let (name, index) = (ident(&part.name), Literal::usize_unsuffixed(index));
    let text = doc(&[format!(
        "Returns the client with the operations of {}.",
        docs::code(&part.api.info.title)
    )]);
    quote! {
        #text
        pub fn #name(&self) -> crate::#name::Client {
            crate::#name::Client(client::part(self, #index))
        }
    }
}

fn base_url(index: usize, part: &JoinedPart) -> TokenStream {
    let (name, index) = (
        ident(&part.base_url_setter),
        Literal::usize_unsuffixed(index),
    );
    let text = doc(&[format!(
        "Overrides the server of [`{0}`](crate::{0}) alone, like [`base_url`](Self::base_url) for all.",
        part.name
    )]);
    quote! {
        #text
        pub fn #name(self, base_url: impl Into<String>) -> Self {
            self.part_url(#index, base_url)
        }
    }
}
