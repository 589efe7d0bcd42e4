//! Structs of one operation, for its parameters or the parts of its body: public fields, `new`, setters.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::argument::{Given, value};
use crate::emit::docs;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{Docs, Name, TypeRef};
use crate::name;

/// A field of such a struct.
pub(super) struct Field<'a> {
    name: &'a Name,
    /// What the documentation calls it: `Query parameter`.
    kind: &'static str,
    docs: &'a Docs,
    required: bool,
    /// The type, without the `Option` of an optional field.
    ty: TokenStream,
    /// The argument of `new` or of the setter.
    given: Given,
}

/// The argument of a setter.
const ARGUMENT: &str = "value";

impl<'a> Field<'a> {
    /// Creates a field with a type of the API.
    pub fn of(
        printer: &TypePrinter<'_>,
        name: &'a Name,
        (kind, docs): (&'static str, &'a Docs),
        required: bool,
        ty: &TypeRef,
    ) -> Self {
        let argument = argument(name, required);
        Field {
            name,
            kind,
            docs,
            required,
            ty: printer.ty(ty),
            given: value(printer, ty, &argument),
        }
    }

    /// Creates a field for a part of a body that can be a file.
    pub fn file(name: &'a Name, (kind, docs): (&'static str, &'a Docs), required: bool) -> Self {
        let argument = argument(name, required);
        Field {
            name,
            kind,
            docs,
            required,
            ty: quote!(multipart::Part),
            given: Given {
                ty: quote!(impl Into<multipart::Part>),
                convert: Some(quote!(#argument.into())),
            },
        }
    }

    /// Creates a field for several such parts.
    pub fn files(name: &'a Name, (kind, docs): (&'static str, &'a Docs), required: bool) -> Self {
        let argument = argument(name, required);
        Field {
            name,
            kind,
            docs,
            required,
            ty: quote!(Vec<multipart::Part>),
            given: Given {
                ty: quote!(impl IntoIterator<Item = impl Into<multipart::Part>>),
                convert: Some(quote!(crate::runtime::convert::list(#argument))),
            },
        }
    }

    /// Creates the field for parts that the schema does not name.
    pub fn parts(name: &'a Name) -> Self {
        let argument = argument(name, false);
        const NONE: &Docs = &Docs {
            summary: None,
            description: None,
            notes: Vec::new(),
            deprecated: false,
        };
        Field {
            name,
            kind: "",
            docs: NONE,
            required: false,
            ty: quote!(Vec<(String, multipart::Part)>),
            given: Given {
                ty: quote!(impl IntoIterator<Item = (String, multipart::Part)>),
                convert: Some(quote!(#argument.into_iter().collect())),
            },
        }
    }

    fn converted(&self) -> TokenStream {
        let argument = argument(self.name, self.required);
        self.given
            .convert
            .clone()
            .unwrap_or_else(|| quote!(#argument))
    }
}

fn argument(name: &Name, required: bool) -> proc_macro2::Ident {
    ident(if required { &name.rust } else { ARGUMENT })
}

/// Emits the struct and its `impl`.
pub(super) fn items(rust: &str, docs: &[String], fields: &[Field<'_>]) -> Vec<Item> {
    let (name, docs) = (ident(rust), doc(docs));
    let needs_nothing = !fields.iter().any(|field| field.required);
    let default = needs_nothing.then(|| quote!(, Default));
    let definitions = fields.iter().map(definition);
    let new = (!needs_nothing).then(|| new(fields));
    let setters = fields.iter().filter(|field| !field.required).map(setter);
    vec![
        Item::Alone(quote! {
            #docs
            #[derive(Debug, Clone, PartialEq #default)]
            #[must_use]
            #[non_exhaustive]
            pub struct #name { #(#definitions)* }
        }),
        Item::Alone(quote!(impl #name { #new #(#setters)* })),
    ]
}

fn definition(field: &Field<'_>) -> TokenStream {
    let head = match field.kind {
        "" => "Parts that the schema does not name".to_owned(),
        kind => format!("{kind} {}", docs::code(&field.name.wire)),
    };
    let text = Paragraphs::headed(&head, field.docs);
    let (docs, name, ty) = (doc(&text.lines()), ident(&field.name.rust), &field.ty);
    let deprecated = field.docs.deprecated.then(|| quote!(#[deprecated]));
    if field.required {
        quote!(#docs #deprecated pub #name: #ty,)
    } else {
        quote!(#docs #deprecated pub #name: Option<#ty>,)
    }
}

fn new(fields: &[Field<'_>]) -> TokenStream {
    let needed = fields.iter().filter(|field| field.required);
    let arguments = needed.map(|field| {
        let (name, ty) = (ident(&field.name.rust), &field.given.ty);
        quote!(#name: #ty)
    });
    let values = fields.iter().map(|field| {
        let (name, converted) = (ident(&field.name.rust), field.converted());
        match (field.required, &field.given.convert) {
            (true, None) => quote!(#name,),
            (true, Some(_)) => quote!(#name: #converted,),
            (false, _) => quote!(#name: None,),
        }
    });
    quote! {
        /// Creates a value from its required fields; all others are `None`.
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values)* }
        }
    }
}

fn setter(field: &Field<'_>) -> TokenStream {
    let (name, converted) = (ident(&field.name.rust), field.converted());
    let setter = ident(&name::member_name(&format!("with_{}", field.name.rust)));
    let (argument, ty) = (ident(ARGUMENT), &field.given.ty);
    let docs = doc(&[format!("Sets [`{0}`](Self::{0}).", field.name.rust)]);
    quote! {
        #docs
        pub fn #setter(mut self, #argument: #ty) -> Self {
            self.#name = Some(#converted);
            self
        }
    }
}
