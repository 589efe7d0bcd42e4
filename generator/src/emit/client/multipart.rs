//! The struct of a multipart body.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields::{self, Field};
use super::style;
use crate::emit::module::Item;
use crate::emit::names::ident;
use crate::emit::type_names::TypePrinter;
use crate::ir::{Name, Operation, Part, PartKind, Style};

/// Emits the struct and how it writes itself.
pub(super) fn items(
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
