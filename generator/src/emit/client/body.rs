//! Request bodies: the argument, the call that sends it, the struct of a multipart body, the enum of several media
//! types.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields::{self, Field};
use super::style;
use crate::emit::docs;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::type_names::TypePrinter;
use crate::ir::{Body, Content, Name, Operation, Part, PartKind, Style, TypeRef};

/// `body: &types::Pet`
pub(super) fn argument(printer: &TypePrinter<'_>, body: &Body) -> TokenStream {
    let (name, ty) = (ident(&body.argument), borrowed(printer, &body.content));
    if body.required {
        quote!(#name: #ty)
    } else {
        quote!(#name: Option<#ty>)
    }
}

fn borrowed(printer: &TypePrinter<'_>, content: &Content) -> TokenStream {
    match content {
        Content::Text { .. } => quote!(&str),
        Content::Parts { .. } => quote!(&[(String, multipart::Part)]),
        Content::AnyBytes { .. } => quote!((&str, &bytes::Bytes)),
        other => {
            let ty = owned(printer, other);
            quote!(&#ty)
        }
    }
}

fn owned(printer: &TypePrinter<'_>, content: &Content) -> TokenStream {
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

/// `.json(body)`, or `.optional(body, |request, body| request.json(body))`.
pub(super) fn sent(body: &Body) -> TokenStream {
    let argument = ident(&body.argument);
    let call = call(&body.content, &quote!(#argument));
    match (body.required, &body.content) {
        (true, _) => call,
        (false, Content::AnyBytes { .. }) => {
            quote!(.optional(#argument.as_ref(), |request, #argument| request #call))
        }
        (false, _) => quote!(.optional(#argument, |request, #argument| request #call)),
    }
}

/// Returns the call that adds a body to a request.
fn call(content: &Content, body: &TokenStream) -> TokenStream {
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

/// Emits the types that only this operation's body has.
pub(super) fn items(printer: &TypePrinter<'_>, operation: &Operation) -> Vec<Item> {
    match &operation.body {
        Some(body) => content_items(printer, operation, &body.content),
        None => Vec::new(),
    }
}

fn content_items(printer: &TypePrinter<'_>, operation: &Operation, content: &Content) -> Vec<Item> {
    match content {
        Content::Multipart {
            media_type,
            name,
            parts,
            rest,
        } => multipart(
            printer,
            operation,
            (name, media_type),
            (parts, rest.as_deref()),
        ),
        Content::Choice { name, variants } => {
            let mut items = choice(printer, operation, name, variants);
            for (_, content) in variants {
                items.extend(content_items(printer, operation, content));
            }
            items
        }
        _ => Vec::new(),
    }
}

fn multipart(
    printer: &TypePrinter<'_>,
    operation: &Operation,
    (rust, media_type): (&str, &str),
    (parts, rest): (&[Part], Option<&str>),
) -> Vec<Item> {
    let others = rest.map(|rust| Name {
        wire: String::new(),
        rust: rust.to_owned(),
    });
    let mut fields: Vec<Field<'_>> = Vec::new();
    for part in parts {
        fields.push(match &part.kind {
            PartKind::File => Field::file(&part.name, ("Part", &part.docs), part.required),
            PartKind::Files => Field::files(&part.name, ("Part", &part.docs), part.required),
            PartKind::FileOrText => {
                let docs = ("File or text", &part.docs);
                Field::file(&part.name, docs, part.required)
            }
            PartKind::FilesOrTexts => {
                let docs = ("Files or texts", &part.docs);
                Field::files(&part.name, docs, part.required)
            }
            PartKind::Value(ty) => {
                let docs = ("Part", &part.docs);
                Field::of(printer, &part.name, docs, part.required, ty)
            }
        });
        fields.extend(part.headers.iter().map(|header| {
            let docs = ("Header of the part above,", &header.docs);
            Field::of(printer, &header.name, docs, header.required, &header.ty)
        }));
    }
    fields.extend(others.as_ref().map(Field::parts));
    let docs = [format!(
        "The parts of the multipart body of [`Client::{}`].",
        operation.name.rust
    )];
    let mut items = fields::items(rust, &docs, &fields);
    let name = ident(rust);
    let mut lines: Vec<TokenStream> = parts.iter().map(part).collect();
    lines.extend(rest.map(|rust| {
        let field = ident(rust);
        quote!(.others(&self.#field))
    }));
    items.push(Item::Alone(quote! {
        impl #name {
            fn write(&self, request: RequestBuilder) -> RequestBuilder {
                let parts = multipart::Multipart::default() #(#lines)*;
                request.multipart(#media_type, parts)
            }
        }
    }));
    items
}

/// Returns the calls that add a part: `.value("rows", "application/json", &self.rows).header("X-Rows", …)`
fn part(part: &Part) -> TokenStream {
    let (field, wire, media_type) = (ident(&part.name.rust), &part.name.wire, &part.media_type);
    let value = match (&part.kind, part.style) {
        (PartKind::File | PartKind::Files, _) => quote!(.files(#wire, #media_type, &self.#field)),
        (PartKind::FileOrText | PartKind::FilesOrTexts, _) => {
            quote!(.files_or_texts(#wire, #media_type, &self.#field))
        }
        (PartKind::Value(_), None) => quote!(.value(#wire, #media_type, &self.#field)),
        (PartKind::Value(_), Some((style, explode))) => {
            let style = style::tokens(style, explode);
            quote!(.styled(#wire, #style, &self.#field))
        }
    };
    let headers = part.headers.iter().map(|header| {
        let (field, wire) = (ident(&header.name.rust), &header.name.wire);
        let style = if header.is_json {
            Style::Json
        } else {
            Style::Simple
        };
        let style = style::tokens(style, header.explode);
        quote!(.header(#wire, #style, &self.#field))
    });
    quote!(#value #(#headers)*)
}

fn choice(
    printer: &TypePrinter<'_>,
    operation: &Operation,
    rust: &str,
    variants: &[(Name, Content)],
) -> Vec<Item> {
    let name = ident(rust);
    let text = [format!(
        "The request body of [`Client::{}`]: a variant for each media type.",
        operation.name.rust
    )];
    let text = doc(&text);
    let definitions = variants.iter().map(|(variant, content)| {
        let wire = docs::code(&variant.wire);
        let variant = ident(&variant.rust);
        if let Content::AnyBytes { .. } = content {
            let docs = doc(&[format!(
                "Media types {wire}: the one that is sent, and the content."
            )]);
            return quote!(#docs #variant(String, bytes::Bytes),);
        }
        let (docs, ty) = (
            doc(&[format!("Media type {wire}.")]),
            owned(printer, content),
        );
        quote!(#docs #variant(#ty),)
    });
    let arms = variants.iter().map(|(variant, content)| {
        let variant = ident(&variant.rust);
        if let Content::AnyBytes { .. } = content {
            return quote!(Self::#variant(media_type, body) => request.bytes(media_type, body),);
        }
        let call = call(content, &quote!(body));
        quote!(Self::#variant(body) => request #call,)
    });
    let mut items = vec![
        Item::Alone(quote! {
            #text
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #(#definitions)* }
        }),
        Item::Alone(quote! {
            impl #name {
                fn write(&self, request: RequestBuilder) -> RequestBuilder {
                    match self { #(#arms)* }
                }
            }
        }),
    ];
    items.extend(conversion(printer, &name, variants).map(Item::Alone));
    items
}

/// Emits `From` for the first named type, so that a caller writes `pet.into()`.
fn conversion(
    printer: &TypePrinter<'_>,
    name: &proc_macro2::Ident,
    variants: &[(Name, Content)],
) -> Option<TokenStream> {
    let (variant, content) = variants.iter().find(|(_, content)| {
        matches!(
            content,
            Content::Json {
                ty: TypeRef::Named(_),
                ..
            } | Content::Form {
                ty: TypeRef::Named(_),
                ..
            }
        )
    })?;
    let (variant, ty) = (ident(&variant.rust), owned(printer, content));
    Some(quote! {
        impl From<#ty> for #name {
            fn from(body: #ty) -> Self {
                Self::#variant(body)
            }
        }
    })
}
