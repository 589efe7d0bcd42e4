//! `headers.rs`: a constant for each declared response header.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::complexity::Place;
use super::docs;
use super::gates::{self, Gated};
use super::module::{Item, LazyModule, Module, home, path};
use super::names::{doc, ident};
use super::paragraphs::Paragraphs;
use super::type_names::{FileKind, TypePrinter};
use crate::ir::{Api, Header, TypeBody, TypeRef};

/// Returns the file; `None` if no response declares a header.
pub(super) fn module(api: &Api) -> Option<LazyModule<'_>> {
    (!api.headers.is_empty()).then(|| -> LazyModule<'_> { Box::new(|| file(api)) })
}

fn file(api: &Api) -> Module {
    // one import for the few maps would cost more lines than it saves
    let written_out = BTreeSet::from(["BTreeMap"]);
    let printer = TypePrinter::new(api, FileKind::Client, written_out, []);
    let mut gated = Gated::default();
    let mut own = Vec::new();
    for header in &api.headers {
        let gate = gates::of_header(api, header);
        own.push(gated.item(&gate, constant(&printer, header)));
    }
    own.extend(gated.aliases(printer.named_aliases()));
    let mut uses = vec![(
        "headers",
        quote!(
            use crate::runtime::headers::{self, Form};
        ),
    )];
    if api.headers.iter().any(|header| is_named(&header.ty)) {
        let home = home(api);
        uses.push(("types", quote!(use #home::types;)));
    }
    let mut items = vec![
        Item::Block(gated.uses(uses)),
        Item::Block(vec![quote!(
            pub use crate::runtime::headers::Header;
        )]),
    ];
    items.extend(own.into_iter().map(Item::Alone));
    Module {
        path: path(api, "headers.rs"),
        docs: vec![
            "Constants for the declared response headers, which [`Reply::header`](crate::Reply::header) reads.".to_owned(),
        ],
        attributes: Vec::new(),
        items,
    }
}

/// `pub const LINK: Header<Option<String>> = headers::optional("link", Form::Text);`
fn constant(printer: &TypePrinter<'_>, header: &Header) -> TokenStream {
    let (wire, name, ty) = (
        &header.name.wire,
        ident(&header.name.rust),
        printer.ty_at(Place::HEADER, &header.ty),
    );
    let mut text = Paragraphs::of(&header.docs);
    text.line(format!("Header {}.", docs::code(wire)));
    let text = doc(&text.lines());
    let deprecated = header.docs.deprecated.then(|| quote!(#[deprecated]));
    let form = form(printer.api, header);
    let (ty, make) = if header.required {
        (ty, quote!(required))
    } else {
        (printer.option(&ty), quote!(optional))
    };
    let change = printer.change(&header.ty);
    let change = change.map(|change| quote!(.changed(#change)));
    quote!(#text #deprecated pub const #name: Header<#ty> = headers::#make(#wire, Form::#form) #change;)
}

/// Returns how the header's value is parsed, which depends on its type.
fn form(api: &Api, header: &Header) -> TokenStream {
    if header.is_json {
        return quote!(Json);
    }
    let is_object = |ty: &TypeRef| match ty {
        TypeRef::Map(_) => true,
        TypeRef::Named(id) => matches!(api.ty(*id).body, TypeBody::Struct(_)),
        _ => false,
    };
    match inner(api, &header.ty) {
        TypeRef::List(_) => quote!(List),
        ty if is_object(ty) && header.explode => quote!(ExplodedPairs),
        ty if is_object(ty) => quote!(Pairs),
        _ => quote!(Text),
    }
}

/// Returns the type behind aliases, wrappers and `Option`.
fn inner<'a>(api: &'a Api, ty: &'a TypeRef) -> &'a TypeRef {
    let mut ty = api.resolve(ty);
    loop {
        ty = match ty {
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => api.resolve(inner),
            TypeRef::Named(id) => match &api.ty(*id).body {
                TypeBody::Wrapper(inner) => api.resolve(inner),
                _ => return ty,
            },
            _ => return ty,
        };
    }
}

fn is_named(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Named(_) => true,
        TypeRef::List(inner)
        | TypeRef::Map(inner)
        | TypeRef::Nullable(inner)
        | TypeRef::Boxed(inner) => is_named(inner),
        TypeRef::Scalar(_) | TypeRef::Any => false,
    }
}
