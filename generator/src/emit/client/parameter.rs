//! Parameters: arguments of the method for those that are required, setters of the call for all others.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::style;
use crate::emit::argument::{self, Given};
use crate::emit::docs;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{Api, Operation, Parameter, ParameterPlace, PathPart, Scalar, Style, TypeRef};

/// The argument of a setter.
const ARGUMENT: &str = "value";

/// Returns the arguments of the method.
pub(super) fn arguments(printer: &TypePrinter<'_>, operation: &Operation) -> Vec<TokenStream> {
    let arguments = operation.required_parameters().map(|parameter| {
        let (name, ty) = (ident(&parameter.name.rust), argument(printer, parameter));
        quote!(#name: #ty)
    });
    arguments.collect()
}

/// Returns the type that Rust code names for a parameter: a string or list is shown instead of an alias of it.
pub(super) fn named<'a>(api: &'a Api, parameter: &'a Parameter) -> &'a TypeRef {
    let whole = api.resolve(&parameter.ty);
    match whole {
        TypeRef::Scalar(Scalar::String) | TypeRef::List(_) => whole,
        _ => &parameter.ty,
    }
}

/// `&str`, `i64`, `&[String]`, `&types::Color`; a list that is not in the path is anything that yields its items.
fn argument(printer: &TypePrinter<'_>, parameter: &Parameter) -> TokenStream {
    let ty = named(printer.api, parameter);
    match printer.api.resolve(ty) {
        TypeRef::Scalar(Scalar::String) => quote!(&str),
        TypeRef::List(item) if is_path(parameter) => {
            let item = printer.ty(item);
            quote!(&[#item])
        }
        TypeRef::List(item) => {
            let item = item_argument(printer, item);
            quote!(impl IntoIterator<Item = #item>)
        }
        TypeRef::Scalar(_) => printer.ty(ty),
        _ => {
            let ty = printer.ty(ty);
            quote!(&#ty)
        }
    }
}

/// Returns the type of an item that a caller passes: what converts, if it is a string or has a name.
fn item_argument(printer: &TypePrinter<'_>, item: &TypeRef) -> TokenStream {
    let ty = printer.ty(item);
    match item {
        TypeRef::Scalar(Scalar::String) | TypeRef::Named(_) => quote!(impl Into<#ty>),
        _ => ty,
    }
}

/// Returns the calls that send the required ones: `.path("id", Style::Simple { explode: false }, &id)`.
pub(super) fn sent(printer: &TypePrinter<'_>, operation: &Operation) -> Vec<TokenStream> {
    let fill = fill(printer, operation);
    let is_sent = |one: &&Parameter| fill.is_none() || !is_path(one);
    let required = operation.required_parameters().filter(is_sent);
    let calls = required.map(|parameter| {
        let name = ident(&parameter.name.rust);
        let ty = named(printer.api, parameter);
        let value = match printer.api.resolve(ty) {
            TypeRef::List(item) if !is_path(parameter) => {
                let item = printer.ty(item);
                quote!(&crate::runtime::convert::list::<#item>(#name))
            }
            _ => passed(printer, parameter),
        };
        let call = call(parameter, "", &value);
        quote!(.#call)
    });
    let calls: Vec<_> = calls.collect();
    fill.into_iter().chain(calls).collect()
}

/// `.fill(&[&owner, &repo])`, in the order of the template, where the arguments can have another one. A variable that
/// the template has twice is given once.
fn fill(printer: &TypePrinter<'_>, operation: &Operation) -> Option<TokenStream> {
    let mut indices: Vec<usize> = Vec::new();
    for part in &operation.parts {
        if let PathPart::Parameter(index) = part
            && !indices.contains(index)
        {
            indices.push(*index);
        }
    }
    let path = indices
        .iter()
        .filter_map(|index| operation.parameters.get(*index));
    let values = path.map(|one| passed(printer, one));
    is_filled(operation).then(|| quote!(.fill(&[#(#values),*])))
}

/// Returns whether the path is filled in at once: all its parameters have the default style, and only they braces.
fn is_filled(operation: &Operation) -> bool {
    let mut path = operation
        .parameters
        .iter()
        .filter(|one| is_path(one))
        .peekable();
    let has_braces = |part: &PathPart| match part {
        PathPart::Literal(text) => text.contains(['{', '}']),
        PathPart::Parameter(_) => false,
    };
    path.peek().is_some() && path.all(is_plain) && !operation.parts.iter().any(has_braces)
}

fn is_plain(parameter: &Parameter) -> bool {
    parameter.style == Style::Simple && !parameter.explode && !parameter.reserved
}

/// Returns an argument as the runtime takes it: `&id`, or `color` if it is a reference.
fn passed(printer: &TypePrinter<'_>, parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.name.rust);
    match printer.api.resolve(&parameter.ty) {
        TypeRef::Scalar(_) | TypeRef::List(_) => quote!(&#name),
        _ => quote!(#name),
    }
}

/// `query("limit", Style::Form { explode: true }, &limit)`, or with a prefix `put_query(…)`.
fn call(parameter: &Parameter, prefix: &str, value: &TokenStream) -> TokenStream {
    let wire = &parameter.name.wire;
    let style = style::tokens(parameter.style, parameter.explode);
    let suffix = if parameter.reserved { "_reserved" } else { "" };
    let method = |name: &str, suffix: &str| ident(&format!("{prefix}{name}{suffix}"));
    let method = match parameter.place {
        ParameterPlace::Path => method("path", suffix),
        ParameterPlace::Query => method("query", suffix),
        ParameterPlace::QueryString if parameter.style == Style::Form => {
            let (method, styles) = (method("query_form", ""), &parameter.styles);
            let styles = styles.iter().map(style::of_form);
            return quote!(#method(#wire, #value, &[#(#styles),*]));
        }
        ParameterPlace::QueryString => method("query_string", ""),
        ParameterPlace::Header => method("header", ""),
        ParameterPlace::Cookie => method("cookie", suffix),
    };
    quote!(#method(#wire, #style, #value))
}

/// Emits the setters of the optional ones.
pub(super) fn setters(printer: &TypePrinter<'_>, operation: &Operation) -> Vec<TokenStream> {
    let setters = operation.optional_parameters();
    setters.map(|one| setter(printer, one)).collect()
}

fn setter(printer: &TypePrinter<'_>, parameter: &Parameter) -> TokenStream {
    let kind = match parameter.place {
        ParameterPlace::Header => "Header",
        ParameterPlace::Cookie => "Cookie",
        ParameterPlace::QueryString => "The whole query, as",
        ParameterPlace::Query | ParameterPlace::Path => "Query parameter",
    };
    let head = format!("{kind} {}", docs::code(&parameter.name.wire));
    let docs = doc(&Paragraphs::headed(&head, &parameter.docs).lines());
    let deprecated = parameter.docs.deprecated.then(|| quote!(#[deprecated]));
    let (name, argument) = (ident(&parameter.name.rust), ident(ARGUMENT));
    let ty = named(printer.api, parameter);
    let (given, convert, value) = match printer.api.resolve(ty) {
        // encoded at once, so that there is nothing to own
        TypeRef::Scalar(Scalar::String) => {
            let value = quote!(&#argument.as_ref());
            (quote!(impl AsRef<str>), None, value)
        }
        _ => {
            let Given { ty: given, convert } = given(printer, ty, &argument);
            let owned = printer.ty(ty);
            let convert = convert.map(|convert| quote!(let #argument: #owned = #convert;));
            (given, convert, quote!(&#argument))
        }
    };
    let call = call(parameter, "put_", &value);
    quote! {
        #docs
        #deprecated
        pub fn #name(self, #argument: #given) -> Self {
            #convert
            self.#call
        }
    }
}

/// Returns how a caller passes the value of an optional parameter: lists as anything that yields what converts into
/// their items.
fn given(printer: &TypePrinter<'_>, ty: &TypeRef, argument: &Ident) -> Given {
    match ty {
        TypeRef::List(item) => {
            let item = item_argument(printer, item);
            Given {
                ty: quote!(impl IntoIterator<Item = #item>),
                convert: Some(quote!(crate::runtime::convert::list(#argument))),
            }
        }
        _ => argument::value(printer, ty, argument),
    }
}

/// Returns whether the code for the parameters of an operation names a style.
pub(super) fn names_style(operation: &Operation) -> bool {
    let is_filled = is_filled(operation);
    let mut parameters = operation.parameters.iter();
    parameters.any(|one| {
        let is_form = one.place == ParameterPlace::QueryString && one.style == Style::Form;
        let has_none = (is_filled && is_path(one)) || (is_form && one.styles.is_empty());
        !has_none
    })
}

pub(super) fn is_path(parameter: &Parameter) -> bool {
    parameter.place == ParameterPlace::Path
}
