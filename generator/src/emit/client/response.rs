//! The enum of an operation with several successes: its variants and its decoding. `accessor` has its methods.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::accessor;
use super::returned::{reader, returned_type};
use crate::emit::docs;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{Operation, Returned, Status, Success, Variant};

/// What the variant of a response follows.
#[derive(Clone, Copy)]
enum Rule {
    Members,
    Status,
    MediaType,
}

impl Rule {
    fn of(variants: &[Variant]) -> Self {
        if variants
            .iter()
            .any(|variant| !variant.media_types.is_empty())
        {
            Rule::MediaType
        } else if variants.iter().all(is_json) {
            Rule::Members
        } else {
            Rule::Status
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Rule::Members => {
                "The variant follows the members of the body, not only the status, so that none are lost."
            }
            Rule::Status => "The variant follows the status, which [`Call::send`] returns, too.",
            Rule::MediaType => {
                "The variant follows status and content type; a header `accept` of the call requests only one."
            }
        }
    }
}

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
        .map(|accessor| accessor::method(printer, variants, accessor));
    let rule = Rule::of(variants);
    let (read, table) = match rule {
        Rule::Members => (
            read(printer, variants, &shapes),
            Some(table(variants, &shapes)),
        ),
        Rule::Status => (read_by_status(printer, variants), None),
        Rule::MediaType => (read_by_media_type(printer, variants), None),
    };
    let definitions = [
        definition(printer, &name, operation, variants, rule),
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
    rule: Rule,
) -> TokenStream {
    let docs = doc(&[
        format!("Success responses of [`Client::{}`].", operation.name.rust),
        String::new(),
        rule.sentence().to_owned(),
    ]);
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
    let names = variant.media_types.iter().map(|name| docs::code(name));
    let names: Vec<_> = names.collect();
    let mut head = variant.name.wire.clone();
    if !names.is_empty() {
        head = format!("{head} as {}", names.join(", "));
    }
    match lines.first_mut() {
        Some(first) => *first = format!("{head}: {first}"),
        None => lines.push(format!("Status {head}.")),
    }
    lines
}

/// Emits the decoding by members: a response is read as the success whose type knows most of them.
fn read(
    printer: &TypePrinter<'_>,
    variants: &[Variant],
    shapes: &proc_macro2::Ident,
) -> TokenStream {
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
            other => {
                let body = match other.ty().and_then(|ty| printer.change(ty)) {
                    Some(change) => quote!(#change(body)),
                    None => quote!(body),
                };
                quote!(#pattern => #body.read().map(Self::#name),)
            }
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
fn read_by_status(printer: &TypePrinter<'_>, variants: &[Variant]) -> TokenStream {
    let last = variants.len().saturating_sub(1);
    let arms = variants.iter().enumerate();
    let arms =
        arms.map(|(index, variant)| arm_by_status(printer, variant, variants, index == last));
    quote! {
        #[inline]
        fn from_response(reply: &response::Received<'_>) -> wire::Read<Self> {
            match reply.status.as_u16() { #(#arms)* }
        }
    }
}

/// Emits the decoding by status and content type, where one status has bodies of several kinds.
fn read_by_media_type(printer: &TypePrinter<'_>, variants: &[Variant]) -> TokenStream {
    let rows = variants.iter().map(|variant| {
        let code = code(variant.status);
        let names = variant.media_types.iter().map(String::as_str);
        let names = names.chain(is_catch_all(variant, variants).then_some("*/*"));
        quote!((#code, &[#(#names),*]))
    });
    let last = variants.len().saturating_sub(1);
    let arms = variants.iter().enumerate().map(|(index, variant)| {
        let pattern = match index {
            index if index == last => quote!(_),
            index => {
                let index = Literal::usize_unsuffixed(index);
                quote!(#index)
            }
        };
        arm_of(printer, variant, &pattern)
    });
    quote! {
        #[inline]
        fn from_response(reply: &response::Received<'_>) -> wire::Read<Self> {
            match response::closest_body(reply, &[#(#rows),*]) { #(#arms)* }
        }
    }
}

/// Returns whether a body is read for content types that no variant of its status has: bytes if there are some, else text.
fn is_catch_all(variant: &Variant, variants: &[Variant]) -> bool {
    let mut own = variants.iter().filter(|one| one.status == variant.status);
    let is_bytes = |one: &Variant| one.returned == Returned::Bytes;
    match &variant.returned {
        Returned::Bytes => true,
        Returned::Text => !own.any(is_bytes),
        _ => false,
    }
}

/// `404 => response::json(reply).map(Self::NotFound),`
pub(super) fn arm_by_status(
    printer: &TypePrinter<'_>,
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
    arm_of(printer, variant, &pattern)
}

fn arm_of(printer: &TypePrinter<'_>, variant: &Variant, pattern: &TokenStream) -> TokenStream {
    let name = ident(&variant.name.rust);
    match &variant.returned {
        Returned::Nothing => quote!(#pattern => Ok(Self::#name),),
        other => {
            let read = match other.ty().and_then(|ty| printer.change(ty)) {
                Some(change) => quote!(response::changed_json(reply, #change)),
                None => {
                    let reader = reader(printer, other);
                    quote!(#reader(reply))
                }
            };
            quote!(#pattern => #read.map(Self::#name),)
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
