//! The types that only the body of one operation has: the struct of its parts, and the enum of several media types.
//!
//! What a body of each media type alone would be converts into the enum. So a method that takes `&Pet` still does when a
//! second media type is added to the document.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{body, multipart};
use crate::emit::docs;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::type_names::TypePrinter;
use crate::ir::{Api, Content, Name, Operation, Scalar, TypeRef};

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
        } => multipart::items(
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

/// Emits the enum, and the conversions into it.
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
            body::owned(printer, content),
        );
        quote!(#docs #variant(#ty),)
    });
    let arms = variants.iter().map(|(variant, content)| {
        let variant = ident(&variant.rust);
        if let Content::AnyBytes { .. } = content {
            return quote!(Self::#variant(media_type, body) => request.bytes(media_type, body),);
        }
        let call = body::call(content, &quote!(body));
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
    items.extend(
        conversions(printer, &name, variants)
            .into_iter()
            .map(Item::Alone),
    );
    items
}

/// What a caller passes of a body; bodies of one kind cannot be told apart.
#[derive(PartialEq)]
enum Given {
    /// A value, which is the same data in each media type: of JSON, of a form, of parts.
    Value(String),
    Text,
    Bytes,
    /// A media type and the content.
    AnyBytes,
    Parts,
}

impl Given {
    fn of(printer: &TypePrinter<'_>, content: &Content) -> Self {
        match content {
            Content::Json { ty, .. } | Content::Form { ty, .. } => {
                let ty = &resolved(printer.api, ty);
                match ty {
                    TypeRef::Scalar(Scalar::String) => Given::Text,
                    _ => Given::Value(printer.whole(ty).to_string()),
                }
            }
            Content::Multipart { name, .. } | Content::Choice { name, .. } => {
                Given::Value(name.clone())
            }
            Content::Text { .. } => Given::Text,
            Content::Bytes { .. } => Given::Bytes,
            Content::AnyBytes { .. } => Given::AnyBytes,
            Content::Parts { .. } => Given::Parts,
        }
    }
}

/// Returns a type without aliases, in which two names of one type are equal.
fn resolved(api: &Api, ty: &TypeRef) -> TypeRef {
    let inner = |inner: &TypeRef| Box::new(resolved(api, inner));
    match api.resolve(ty) {
        TypeRef::List(item) => TypeRef::List(inner(item)),
        TypeRef::Map(value) => TypeRef::Map(inner(value)),
        TypeRef::Nullable(value) => TypeRef::Nullable(inner(value)),
        TypeRef::Boxed(value) => TypeRef::Boxed(inner(value)),
        other => other.clone(),
    }
}

/// Emits `From` for what a method would take if each media type were the only one.
///
/// Of several media types of one value the first is sent: JSON before forms. A text is another one in each media type,
/// `text/csv` or `text/html`, and so are bytes. There the caller has to say which one it is, by the variant.
fn conversions(
    printer: &TypePrinter<'_>,
    name: &Ident,
    variants: &[(Name, Content)],
) -> Vec<TokenStream> {
    let given: Vec<Given> = variants
        .iter()
        .map(|(_, content)| Given::of(printer, content))
        .collect();
    // for a caller who keeps it to send it again
    let mut conversions = vec![quote! {
        impl From<&#name> for #name {
            fn from(body: &#name) -> Self {
                body.clone()
            }
        }
    }];
    for (index, ((variant, content), kind)) in variants.iter().zip(&given).enumerate() {
        let is_first = !given.iter().take(index).any(|other| other == kind);
        let is_only = given.iter().filter(|other| *other == kind).count() == 1;
        let is_value = matches!(kind, Given::Value(_));
        if is_only || (is_value && is_first) {
            let variant = ident(&variant.rust);
            conversions.extend(conversion(printer, (name, &variant), content));
        }
    }
    conversions
}

fn conversion(
    printer: &TypePrinter<'_>,
    (name, variant): (&Ident, &Ident),
    content: &Content,
) -> Vec<TokenStream> {
    let from = |ty: TokenStream, value: TokenStream| {
        quote! {
            impl From<#ty> for #name {
                fn from(body: #ty) -> Self {
                    Self::#variant #value
                }
            }
        }
    };
    let owned = body::owned(printer, content);
    match content {
        Content::AnyBytes { .. } => vec![from(
            quote!((&str, &bytes::Bytes)),
            quote!((body.0.to_owned(), body.1.clone())),
        )],
        Content::Text { .. } => vec![
            from(quote!(&str), quote!((body.to_owned()))),
            from(quote!(&String), quote!((body.to_owned()))),
            from(owned, quote!((body))),
        ],
        Content::Parts { .. } => vec![
            from(
                quote!(&[(String, multipart::Part)]),
                quote!((body.to_owned())),
            ),
            quote! {
                impl<const N: usize> From<&[(String, multipart::Part); N]> for #name {
                    fn from(body: &[(String, multipart::Part); N]) -> Self {
                        Self::#variant(body.to_vec())
                    }
                }
            },
            from(quote!(&#owned), quote!((body.to_owned()))),
            from(owned, quote!((body))),
        ],
        _ => vec![
            from(quote!(&#owned), quote!((body.to_owned()))),
            from(owned, quote!((body))),
        ],
    }
}
