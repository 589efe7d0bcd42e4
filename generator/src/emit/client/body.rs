//! Request bodies: the argument or setter, and the call that sends it.

use proc_macro2::TokenStream;
use quote::quote;

use super::style;
use crate::emit::docs;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{Body, Content, Operation};

/// `body: &types::Pet`
pub(super) fn argument(printer: &TypePrinter<'_>, body: &Body) -> TokenStream {
    let (name, ty) = (ident(&body.argument), borrowed(printer, &body.content));
    quote!(#name: #ty)
}

/// Emits the setter of a body that can be left out.
pub(super) fn setter(printer: &TypePrinter<'_>, operation: &Operation) -> Option<TokenStream> {
    let body = operation.body.as_ref().filter(|body| !body.required)?;
    let mut text = Paragraphs::default();
    text.line("The request body.");
    describe(&mut text, body);
    let (docs, name) = (doc(&text.lines()), ident(&body.argument));
    let (argument, sent) = (argument(printer, body), sent(body));
    Some(quote! {
        #docs
        pub fn #name(self, #argument) -> Self {
            self.put_body(|request| request #sent)
        }
    })
}

/// Adds what the document says about a body.
pub(super) fn describe(text: &mut Paragraphs, body: &Body) {
    if let Some(description) = &body.docs.description {
        text.text(description);
    }
    if let Content::AnyBytes { range } = &body.content {
        text.line(format!(
            "{} is its media type, one of {}, and the content.",
            docs::code(&body.argument),
            docs::code(range)
        ));
    }
}

fn borrowed(printer: &TypePrinter<'_>, content: &Content) -> TokenStream {
    match content {
        Content::Text { .. } => quote!(&str),
        Content::Parts { .. } => quote!(&[(String, multipart::Part)]),
        Content::AnyBytes { .. } => quote!((&str, &bytes::Bytes)),
        Content::Choice { name, .. } => {
            let name = ident(name);
            quote!(impl Into<#name>)
        }
        other => {
            let ty = owned(printer, other);
            quote!(&#ty)
        }
    }
}

pub(super) fn owned(printer: &TypePrinter<'_>, content: &Content) -> TokenStream {
    match content {
        Content::Json { ty, .. } | Content::Form { ty, .. } => printer.ty(ty),
        Content::Multipart { name, .. } | Content::Choice { name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
        Content::Parts { .. } => quote!(Vec<(String, multipart::Part)>),
        Content::Text { .. } => quote!(String),
        Content::Bytes { .. } => quote!(bytes::Bytes),
        Content::AnyBytes { .. } => quote!((String, bytes::Bytes)),
    }
}

/// `.json(body)`
pub(super) fn sent(body: &Body) -> TokenStream {
    let argument = ident(&body.argument);
    match &body.content {
        Content::Choice { .. } => call(&body.content, &quote!(&#argument.into())),
        content => call(content, &quote!(#argument)),
    }
}

/// Returns the call that adds a body to a request.
pub(super) fn call(content: &Content, body: &TokenStream) -> TokenStream {
    match content {
        Content::Json { media_type, .. } if media_type == "application/json" => {
            quote!(.json(#body))
        }
        Content::Json { media_type, .. } => quote!(.json_as(#media_type, #body)),
        Content::Form { styles, .. } => {
            let styles = styles.iter().map(style::of_form);
            quote!(.form(#body, &[#(#styles),*]))
        }
        Content::Multipart { name, .. } | Content::Choice { name, .. } => {
            let name = ident(name);
            quote!(.with(#body, #name::write))
        }
        Content::Parts { media_type } => quote!(.parts(#media_type, #body)),
        Content::Text { media_type } => quote!(.text(#media_type, #body)),
        Content::Bytes { media_type } => quote!(.bytes(#media_type, #body)),
        Content::AnyBytes { .. } => quote!(.bytes(#body.0, #body.1)),
    }
}
