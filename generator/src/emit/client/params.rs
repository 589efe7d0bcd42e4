//! Parameters: arguments for those of the path, a struct for all others, and the calls that send them.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields::{self, Field};
use super::style;
use crate::emit::module::Item;
use crate::emit::names::ident;
use crate::emit::type_names::TypePrinter;
use crate::ir::{Api, Operation, Parameter, ParameterPlace, Scalar, Style, TypeRef};

/// The name of the argument that is the struct.
const ARGUMENT: &str = "params";

/// Returns the arguments of the method.
pub(super) fn arguments(printer: &TypePrinter<'_>, operation: &Operation) -> Vec<TokenStream> {
    let path = operation.parameters.iter().filter(|one| is_path(one));
    let mut arguments: Vec<TokenStream> = path
        .map(|parameter| {
            let (name, ty) = (ident(&parameter.name.rust), argument(printer, parameter));
            quote!(#name: #ty)
        })
        .collect();
    if let Some(params) = &operation.params {
        let (name, ty) = (ident(ARGUMENT), ident(params));
        arguments.push(quote!(#name: &#ty));
    }
    arguments
}

/// Returns the type that a parameter's Rust code names: an argument shows the string or list behind an alias.
pub(super) fn named<'a>(api: &'a Api, parameter: &'a Parameter) -> &'a TypeRef {
    let whole = api.resolve(&parameter.ty);
    match whole {
        TypeRef::Scalar(Scalar::String) | TypeRef::List(_) if is_path(parameter) => whole,
        _ => &parameter.ty,
    }
}

/// `&str`, `i64`, `&[String]`, `&types::Color`
fn argument(printer: &TypePrinter<'_>, parameter: &Parameter) -> TokenStream {
    let ty = named(printer.api, parameter);
    match printer.api.resolve(ty) {
        TypeRef::Scalar(Scalar::String) => quote!(&str),
        TypeRef::List(item) => {
            let item = printer.ty(item);
            quote!(&[#item])
        }
        TypeRef::Scalar(_) => printer.ty(ty),
        _ => {
            let ty = printer.ty(ty);
            quote!(&#ty)
        }
    }
}

/// Returns the calls that send them: `.path("id", Style::Simple { explode: false }, &id)`.
pub(super) fn sent(printer: &TypePrinter<'_>, operation: &Operation) -> Vec<TokenStream> {
    let calls = operation.parameters.iter().map(|parameter| {
        let (wire, name) = (&parameter.name.wire, ident(&parameter.name.rust));
        let style = style::tokens(parameter.style, parameter.explode);
        let params = ident(ARGUMENT);
        // `.query(…)`, or `.query_reserved(…)`
        let method = |name: &str| {
            if parameter.reserved {
                ident(&format!("{name}_reserved"))
            } else {
                ident(name)
            }
        };
        match parameter.place {
            ParameterPlace::Path => {
                let method = method("path");
                let value = match printer.api.resolve(&parameter.ty) {
                    TypeRef::Scalar(_) | TypeRef::List(_) => quote!(&#name),
                    _ => quote!(#name),
                };
                quote!(.#method(#wire, #style, #value))
            }
            ParameterPlace::Query => {
                let method = method("query");
                quote!(.#method(#wire, #style, &#params.#name))
            }
            ParameterPlace::QueryString if parameter.style == Style::Form => {
                let styles = parameter.styles.iter().map(style::of_form);
                quote!(.query_form(#wire, &#params.#name, &[#(#styles),*]))
            }
            ParameterPlace::QueryString => quote!(.query_string(#wire, #style, &#params.#name)),
            ParameterPlace::Header => quote!(.header(#wire, #style, &#params.#name)),
            ParameterPlace::Cookie => {
                let method = method("cookie");
                quote!(.#method(#wire, #style, &#params.#name))
            }
        }
    });
    calls.collect()
}

/// Emits the struct of the parameters that are not in the path.
pub(super) fn items(printer: &TypePrinter<'_>, operation: &Operation) -> Vec<Item> {
    let Some(name) = &operation.params else {
        return Vec::new();
    };
    let others = operation.parameters.iter().filter(|one| !is_path(one));
    let fields: Vec<Field<'_>> = others
        .map(|parameter| {
            let kind = match parameter.place {
                ParameterPlace::Header => "Header",
                ParameterPlace::Cookie => "Cookie",
                ParameterPlace::QueryString => "The whole query, as",
                ParameterPlace::Query | ParameterPlace::Path => "Query parameter",
            };
            Field::of(
                printer,
                &parameter.name,
                (kind, &parameter.docs),
                parameter.required,
                &parameter.ty,
            )
        })
        .collect();
    let docs = [format!(
        "Parameters of [`Client::{}`].",
        operation.name.rust
    )];
    fields::items(name, &docs, &fields)
}

pub(super) fn is_path(parameter: &Parameter) -> bool {
    parameter.place == ParameterPlace::Path
}
