//! Objects with named members: the struct, and the functions that decode and encode it.

use proc_macro2::TokenStream;
use quote::quote;

use super::constant::{as_text, literal};
use super::{constructor, debug, items, merged};
use crate::emit::docs;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{Member, Presence, REST, Struct, TypeDef, TypeRef};
use crate::name;

/// Emits the struct, its constructor, and its mapping to JSON.
pub(super) fn items(printer: &TypePrinter<'_>, def: &TypeDef, body: &Struct) -> Vec<Item> {
    let name = ident(&def.name.rust);
    let mut tokens = vec![definition(printer, def, body)];
    if def.usage.request {
        tokens.extend(constructor::items(printer, def, body));
    }
    tokens.extend(debug::items(def, body));
    tokens.push(mapping(printer, def, body));
    let mut items = items::with_macro(tokens, quote!(wire::object!(#name);));
    items.extend(
        merged::items(printer, def, body)
            .into_iter()
            .map(Item::Alone),
    );
    items
}

fn definition(printer: &TypePrinter<'_>, def: &TypeDef, body: &Struct) -> TokenStream {
    let mut text = Paragraphs::of_type(def);
    for member in &body.members {
        if let Some(value) = member.constant() {
            let (name, value) = (docs::code(&member.name.wire), docs::code(&as_text(value)));
            text.line(format!("Its {name} is always {value}."));
            text.entry(&name, &Paragraphs::of(&member.docs).lines());
        }
    }
    if let Some(line) = merged::summary(body) {
        text.line(line);
    }
    let (docs, name) = (doc(&text.lines()), ident(&def.name.rust));
    let default =
        (def.usage.request && constructor::needs_nothing(printer, body)).then(|| quote!(, Default));
    let debug = (!debug::is_written(body)).then(|| quote!(Debug,));
    let derives = quote!(#[derive(#debug Clone, PartialEq #default)]);
    let deprecated = deprecated(def.docs.deprecated);
    let field = |member: &Member| {
        let text = member_docs(member);
        let (docs, field, ty) = (
            doc(&text.lines()),
            ident(&member.name.rust),
            field_type(printer, member),
        );
        let deprecated = self::deprecated(member.docs.deprecated);
        quote!(#docs #deprecated pub #field: #ty,)
    };
    let stored = body.members.iter().filter(|one| one.constant().is_none());
    let fields: Vec<_> = stored.map(field).collect();
    let rest = body.rest.as_ref().map(|ty| {
        let ty = printer.ty(&TypeRef::Map(Box::new(ty.clone())));
        let field = ident(REST);
        quote! {
            /// Additional properties: members that the schema does not name.
            pub #field: #ty,
        }
    });
    quote!(#docs #derives #deprecated #[non_exhaustive] pub struct #name { #(#fields)* #rest })
}

/// Returns what the document says about a member, and its name on the wire where that is not the field's by the usual
/// conversion, or where the field says nothing else: `` Member `a-b`. `` of `a_b_dash`.
fn member_docs(member: &Member) -> Paragraphs {
    let (wire, rust) = (&member.name.wire, &member.name.rust);
    let line = || format!("Member {}.", docs::code(wire));
    let mut text = Paragraphs::of(&member.docs);
    if *rust != name::member_name(wire) {
        text.line(line());
    } else if rust != wire {
        text = text.or(line());
    }
    text
}

fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[deprecated]))
}

fn field_type(printer: &TypePrinter<'_>, member: &Member) -> TokenStream {
    let ty = printer.ty(&member.ty);
    match member.presence {
        Presence::Required => ty,
        Presence::Optional | Presence::Nullable | Presence::OptionalRaw => printer.option(&ty),
        Presence::Tristate => quote!(wire::Tristate<#ty>),
    }
}

/// Emits `impl wire::Object`: one call for each member in both directions, by the same name.
fn mapping(printer: &TypePrinter<'_>, def: &TypeDef, body: &Struct) -> TokenStream {
    let name = ident(&def.name.rust);
    let changes = changes(printer, body);
    let checks = body.members.iter().filter_map(|member| {
        let (wire, value) = (&member.name.wire, literal(member.constant()?));
        Some(quote!(members.constant(#wire, #value)?;))
    });
    let stored = body.members.iter().filter(|one| one.constant().is_none());
    let reads = stored.map(|member| {
        let (field, word, wire) = (
            ident(&member.name.rust),
            word(member.presence),
            &member.name.wire,
        );
        quote!(#field: members.#word(#wire)?,)
    });
    let writes = body.members.iter().map(|member| {
        let (field, word, wire) = (
            ident(&member.name.rust),
            word(member.presence),
            &member.name.wire,
        );
        if let Some(value) = member.constant().map(literal) {
            return quote!(members.constant(#wire, #value););
        }
        quote!(members.#word(#wire, &self.#field);)
    });
    let rest = ident(REST);
    let read_rest = body
        .rest
        .as_ref()
        .map(|_: &TypeRef| quote!(#rest: members.rest()?,));
    let write_rest = body
        .rest
        .as_ref()
        .map(|_| quote!(members.rest(&self.#rest);));
    let members = if body.members.is_empty() && body.rest.is_none() {
        ident("_members")
    } else {
        ident("members")
    };
    quote! {
        impl wire::Object for #name {
            #[inline]
            fn read(#members: &mut wire::Reader<'_>) -> wire::Read<Self> {
                #(#changes)*
                #(#checks)*
                Ok(Self { #(#reads)* #read_rest })
            }
            #[inline]
            fn write<'a>(&'a self, #members: &mut wire::Writer<'a>) {
                #(#writes)*
                #write_rest
            }
        }
    }
}

/// Emits what changes members before they are decoded.
fn changes(printer: &TypePrinter<'_>, body: &Struct) -> Vec<TokenStream> {
    let changed = |member: &&Member| printer.change(&member.ty).is_some();
    let wire = |member: &Member| member.name.wire.clone();
    let names: Vec<String> = body.members.iter().filter(changed).map(wire).collect();
    let change = body.members.iter().find_map(|one| printer.change(&one.ty));
    let named = change.map(|change| quote!(members.change(&[#(#names),*], #change);));
    let rest = body.rest.as_ref().and_then(|ty| printer.change(ty));
    let others = rest.map(|change| {
        let names = body.members.iter().map(wire);
        quote!(members.change_others(&[#(#names),*], #change);)
    });
    named.into_iter().chain(others).collect()
}

fn word(presence: Presence) -> proc_macro2::Ident {
    ident(match presence {
        Presence::Required => "required",
        Presence::Optional => "optional",
        Presence::Nullable => "nullable",
        Presence::Tristate => "tristate",
        Presence::OptionalRaw => "optional_raw",
    })
}
