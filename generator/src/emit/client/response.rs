//! The enum of an operation with several successes: its variants, accessors to shared members, and its decoding.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::returned::{reader, returned_type};
use crate::emit::docs;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{
    Accessor, Api, Operation, Presence, Reading, Returned, Scalar, Status, Success, TypeBody,
    TypeRef, Variant,
};

/// Emits the items of the enum; none for an operation with one success.
pub(super) fn items(printer: &TypePrinter<'_>, operation: &Operation) -> Vec<Item> {
    let Success::Several {
        name,
        variants,
        accessors,
    } = &operation.success
    else {
        return Vec::new();
    };
    let name = ident(name);
    let shapes = ident(&format!(
        "{}_SHAPES",
        operation.name.rust.trim_end_matches('_').to_uppercase()
    ));
    let methods = accessors
        .iter()
        .map(|accessor| method(printer, variants, accessor));
    let (read, table) = if variants.iter().all(is_json) {
        (read(variants, &shapes), Some(table(variants, &shapes)))
    } else {
        (read_by_status(variants), None)
    };
    let definitions = [
        definition(printer, &name, operation, variants),
        quote!(impl #name { #(#methods)* #read }),
    ];
    let tokens = definitions.into_iter().chain(table);
    tokens.map(Item::Alone).collect()
}

fn definition(
    printer: &TypePrinter<'_>,
    name: &proc_macro2::Ident,
    operation: &Operation,
    variants: &[Variant],
) -> TokenStream {
    let lines = [
        format!("Success responses of [`Client::{}`].", operation.name.rust),
        String::new(),
        "The variant follows the members of the body, not only the status, so that none are lost;"
            .to_owned(),
        "[`Call::send`] returns the status, too.".to_owned(),
    ];
    let docs = doc(&lines);
    let variants = self::variants(printer, variants);
    quote!(#docs #[derive(Debug, Clone, PartialEq)] pub enum #name { #(#variants)* })
}

/// Emits the variants of an enum of responses.
pub(super) fn variants(printer: &TypePrinter<'_>, variants: &[Variant]) -> Vec<TokenStream> {
    let variants = variants.iter().map(|variant| {
        let text = text(variant);
        let (docs, name) = (doc(&text), ident(&variant.name.rust));
        match &variant.returned {
            Returned::Nothing => quote!(#docs #name,),
            other => {
                let ty = returned_type(printer, other);
                quote!(#docs #name(#ty),)
            }
        }
    });
    variants.collect()
}

/// `207: multiple statuses.`
fn text(variant: &Variant) -> Vec<String> {
    let mut lines = Paragraphs::of(&variant.docs).lines();
    match lines.first_mut() {
        Some(first) => *first = format!("{}: {first}", variant.name.wire),
        None => lines.push(format!("Status {}.", variant.name.wire)),
    }
    lines
}

fn method(printer: &TypePrinter<'_>, variants: &[Variant], accessor: &Accessor) -> TokenStream {
    let name = ident(&accessor.name.rust);
    let member = docs::code(&accessor.name.wire);
    let everywhere = accessor
        .presence
        .iter()
        .all(|presence| *presence == Some(Presence::Required));
    let sentence = match (accessor.reading, everywhere) {
        (_, true) => format!("Returns member {member} of the body."),
        (Reading::Slice, false) => {
            format!("Returns member {member} of the body; empty where there is none.")
        }
        (_, false) => format!("Returns member {member} of the body, if there is one."),
    };
    let docs = doc(&[sentence]);
    let ty = accessor_type(printer, accessor);
    let arms = variants
        .iter()
        .zip(&accessor.presence)
        .map(|(variant, presence)| {
            let value = presence.map(|presence| value(printer, variant, presence, accessor));
            arm(variant, accessor.reading, value)
        });
    quote! {
        #docs
        pub fn #name(&self) -> #ty {
            match self { #(#arms)* }
        }
    }
}

fn accessor_type(printer: &TypePrinter<'_>, accessor: &Accessor) -> TokenStream {
    match (printer.api.resolve(&accessor.ty), accessor.reading) {
        (TypeRef::List(inner), Reading::Slice) => {
            let inner = printer.ty(inner);
            quote!(&[#inner])
        }
        (TypeRef::Scalar(Scalar::String), _) => quote!(Option<&str>),
        (_, Reading::Copied) => {
            let ty = printer.ty(&accessor.ty);
            quote!(Option<#ty>)
        }
        _ => {
            let ty = printer.ty(&accessor.ty);
            quote!(Option<&#ty>)
        }
    }
}

fn arm(variant: &Variant, reading: Reading, value: Option<TokenStream>) -> TokenStream {
    let name = ident(&variant.name.rust);
    match (value, &variant.returned, reading) {
        (Some(value), _, _) => quote!(Self::#name(body) => #value,),
        (None, Returned::Nothing, Reading::Slice) => quote!(Self::#name => &[],),
        (None, Returned::Nothing, _) => quote!(Self::#name => None,),
        (None, _, Reading::Slice) => quote!(Self::#name(_) => &[],),
        (None, _, _) => quote!(Self::#name(_) => None,),
    }
}

/// Returns the expression that reads the member of a body for the accessor.
fn value(
    printer: &TypePrinter<'_>,
    variant: &Variant,
    presence: Presence,
    accessor: &Accessor,
) -> TokenStream {
    let name = ident(&accessor.name.rust);
    let is_text = *printer.api.resolve(&accessor.ty) == TypeRef::Scalar(Scalar::String);
    let is_boxed = is_boxed(printer.api, variant, accessor);
    match (accessor.reading, presence) {
        (Reading::Slice, Presence::Required) => quote!(&body.#name),
        (Reading::Slice, _) => quote!(body.#name.as_deref().unwrap_or_default()),
        (Reading::Copied, Presence::Required) => quote!(Some(body.#name)),
        (Reading::Copied, Presence::Optional | Presence::Nullable | Presence::OptionalRaw) => {
            quote!(body.#name)
        }
        (Reading::Copied, Presence::Tristate) => quote!(body.#name.as_option().copied()),
        (Reading::Borrowed, Presence::Required) => quote!(Some(&body.#name)),
        (Reading::Borrowed, Presence::Optional | Presence::Nullable | Presence::OptionalRaw)
            if is_text || is_boxed =>
        {
            quote!(body.#name.as_deref())
        }
        (Reading::Borrowed, Presence::Optional | Presence::Nullable | Presence::OptionalRaw) => {
            quote!(body.#name.as_ref())
        }
        (Reading::Borrowed, Presence::Tristate) if is_text => {
            quote!(body.#name.as_option().map(String::as_str))
        }
        (Reading::Borrowed, Presence::Tristate) if is_boxed => {
            quote!(body.#name.as_option().map(Box::as_ref))
        }
        (Reading::Borrowed, Presence::Tristate) => quote!(body.#name.as_option()),
    }
}

/// Returns whether a variant's body boxes the member, since its type contains itself; an accessor hides that.
fn is_boxed(api: &Api, variant: &Variant, accessor: &Accessor) -> bool {
    let Returned::Json(ty) = &variant.returned else {
        return false;
    };
    let TypeRef::Named(id) = api.resolve(ty) else {
        return false;
    };
    let TypeBody::Struct(body) = &api.ty(*id).body else {
        return false;
    };
    let mut members = body.members.iter();
    let member = members.find(|member| member.name == accessor.name);
    member.is_some_and(|member| matches!(member.ty, TypeRef::Boxed(_)))
}

/// Emits the decoding by members: a response is read as the success whose type knows most of them.
fn read(variants: &[Variant], shapes: &proc_macro2::Ident) -> TokenStream {
    let arms = variants.iter().enumerate().map(|(index, variant)| {
        let name = ident(&variant.name.rust);
        let pattern = if index + 1 == variants.len() {
            quote!(_)
        } else {
            let code = code(variant.status);
            quote!(#code)
        };
        match &variant.returned {
            Returned::Nothing => quote!(#pattern => Ok(Self::#name),),
            _ => quote!(#pattern => body.read().map(Self::#name),),
        }
    });
    quote! {
        #[inline]
        fn from_response(reply: &response::Received<'_>) -> wire::Read<Self> {
            let body = reply.json()?;
            match response::closest_shape(reply.status, &body, #shapes) { #(#arms)* }
        }
    }
}

/// Emits the decoding by status, for bodies that are not JSON and have no members; the last variant is taken for an
/// undeclared status.
fn read_by_status(variants: &[Variant]) -> TokenStream {
    let last = variants.len().saturating_sub(1);
    let arms = variants.iter().enumerate();
    let arms = arms.map(|(index, variant)| arm_by_status(variant, variants, index == last));
    quote! {
        #[inline]
        fn from_response(reply: &response::Received<'_>) -> wire::Read<Self> {
            match reply.status.as_u16() { #(#arms)* }
        }
    }
}

/// `404 => response::json(reply).map(Self::NotFound),`
pub(super) fn arm_by_status(
    variant: &Variant,
    variants: &[Variant],
    otherwise: bool,
) -> TokenStream {
    let pattern = match variant.status {
        _ if otherwise => quote!(_),
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => range(digit, variants),
        Status::Default => quote!(_),
    };
    let name = ident(&variant.name.rust);
    match &variant.returned {
        Returned::Nothing => quote!(#pattern => Ok(Self::#name),),
        other => {
            let reader = reader(other);
            quote!(#pattern => #reader(reply).map(Self::#name),)
        }
    }
}

/// Returns the statuses of a range that have no variant of their own: `500..=502 | 504..=599`.
fn range(digit: u8, variants: &[Variant]) -> TokenStream {
    let first = u16::from(digit) * 100;
    let has_own = |code: u16| {
        let mut all = variants.iter();
        all.any(|variant| variant.status == Status::Code(code))
    };
    let free: Vec<u16> = (first..first + 100)
        .filter(|code| !has_own(*code))
        .collect();
    let runs = free.chunk_by(|one, next| one + 1 == *next);
    let patterns = runs.filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        let [from, to] = [first, last].map(|code| Literal::u16_unsuffixed(*code));
        Some(if first == last {
            quote!(#from)
        } else {
            quote!(#from..=#to)
        })
    });
    quote!(#(#patterns)|*)
}

fn is_json(variant: &Variant) -> bool {
    matches!(variant.returned, Returned::Json(_) | Returned::Nothing)
}

/// `const SHAPES: &[(u16, &[&str])] = &[(200, &[]), (207, &["errors", "numErrors"])];`
fn table(variants: &[Variant], shapes: &proc_macro2::Ident) -> TokenStream {
    let rows = variants.iter().map(|variant| {
        let (code, marks) = (code(variant.status), &variant.marks);
        quote!((#code, &[#(#marks),*]))
    });
    quote! {
        /// Members that tell the bodies of the declared statuses apart.
        const #shapes: &[(u16, &[&str])] = &[#(#rows),*];
    }
}

/// Returns a status as a number; a range sorts after all its statuses, `default` after everything.
fn code(status: Status) -> Literal {
    Literal::u16_unsuffixed(match status {
        Status::Code(code) => code,
        Status::Range(digit) => u16::from(digit) * 100 + 99,
        Status::Default => 999,
    })
}
