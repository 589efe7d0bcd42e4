//! `new` of types that requests contain; `setters` has what sets the other members.

use proc_macro2::TokenStream;
use quote::quote;

use super::constant::{as_text, literal};
use super::setters;
use crate::emit::argument::{self, Given, value};
use crate::emit::docs;
use crate::emit::names::{doc, ident};
use crate::emit::type_names::TypePrinter;
use crate::ir::{Api, Constant, Fixed, Member, Presence, REST, Struct, TypeBody, TypeDef, TypeRef};

/// Returns whether there is a `Default` instead of a `new`.
pub(super) fn needs_nothing(printer: &TypePrinter<'_>, body: &Struct) -> bool {
    let is_given =
        |member: &Member| printer.api.is_argument(member) || preset(printer, member).is_some();
    !body.members.iter().any(is_given)
}

/// Returns the only value of a required member: `PetKind::Cat`.
fn constant(printer: &TypePrinter<'_>, member: &Member) -> Option<TokenStream> {
    let ty = printer.api.resolve(&member.ty);
    let TypeRef::Named(id) = ty else { return None };
    let variant = ident(printer.api.ty(*id).body.constant()?);
    // an alias of an enum has its variants, too
    let ty = printer.ty(&member.ty);
    Some(quote!(#ty::#variant))
}

/// Returns the value of a member that `new` fills in: `"card".into()`, `Kind::Card`.
fn preset(printer: &TypePrinter<'_>, member: &Member) -> Option<TokenStream> {
    let Some(Fixed::Preset(value)) = &member.fixed else {
        return None;
    };
    let TypeRef::Named(id) = printer.api.resolve(&member.ty) else {
        let literal = literal(value);
        return Some(match value {
            Constant::String(_) => quote!(#literal.into()),
            Constant::Integer(_) | Constant::Bool(_) => literal,
        });
    };
    let variant = match (&printer.api.ty(*id).body, value) {
        (TypeBody::StringEnum(body), Constant::String(text)) => {
            let mut values = body.values.iter();
            values
                .find(|one| one.name.wire == *text)?
                .name
                .rust
                .as_str()
        }
        (TypeBody::IntegerEnum(body), Constant::Integer(number)) => {
            let mut values = body.values.iter();
            values.find(|one| one.value == *number)?.rust.as_str()
        }
        _ => return None,
    };
    let (ty, variant) = (printer.ty(&member.ty), ident(variant));
    Some(quote!(#ty::#variant))
}

/// Emits the `impl`, unless it were empty, and a `Default` that fills in what unions fix.
pub(super) fn items(printer: &TypePrinter<'_>, def: &TypeDef, body: &Struct) -> Vec<TokenStream> {
    let name = ident(&def.name.rust);
    let mut members = body.members.iter();
    let new = members
        .any(|member| printer.api.is_argument(member))
        .then(|| new(printer, body));
    let default = (new.is_none() && !needs_nothing(printer, body)).then(|| {
        let (fields, default) = (fields(printer, body), printer.std("Default"));
        quote! {
            impl #default for #name {
                fn default() -> Self {
                    #fields
                }
            }
        }
    });
    let setters = setters::of(printer, body);
    let is_empty = new.is_none() && setters.is_empty();
    let own = (!is_empty).then(|| quote!(impl #name { #new #(#setters)* }));
    let required = required_struct(printer, def, body);
    let all = required.into_iter().chain(default).chain(own);
    all.collect()
}

/// Returns the types of elements that arguments of `new` and of setters name instead of a named array or map.
pub(super) fn elements<'a>(api: &'a Api, def: &'a TypeDef) -> Vec<&'a TypeRef> {
    let TypeBody::Struct(body) = &def.body else {
        return Vec::new();
    };
    let is_passed = |member: &&Member| match member.presence {
        Presence::Required => api.is_argument(member) && body.required_type.is_none(),
        Presence::Nullable => false,
        Presence::Optional | Presence::Tristate | Presence::OptionalRaw => {
            member.constant().is_none()
        }
    };
    let passed = body
        .members
        .iter()
        .filter(is_passed)
        .filter(|_| def.usage.request);
    let elements = passed.filter_map(|member| argument::elements(api, &member.ty));
    elements.collect()
}

fn new(printer: &TypePrinter<'_>, body: &Struct) -> TokenStream {
    let (docs, fields) = (doc(&new_docs(printer, body)), fields(printer, body));
    if let Some(required) = &body.required_type {
        let required = ident(required);
        return quote! {
            #docs
            pub fn new(required: #required) -> Self {
                #fields
            }
        };
    }
    let arguments = arguments(printer, body).map(|member| {
        let (field, given) = (ident(&member.name.rust), given(printer, member));
        let ty = given.ty;
        quote!(#field: #ty)
    });
    quote! {
        #docs
        pub fn new(#(#arguments),*) -> Self {
            #fields
        }
    }
}

/// Returns the members that `new` takes.
fn arguments<'a>(
    printer: &'a TypePrinter<'_>,
    body: &'a Struct,
) -> impl Iterator<Item = &'a Member> {
    let members = body.members.iter();
    members.filter(|member| printer.api.is_argument(member))
}

/// Emits the struct that `new` takes where it has many members, so that a call names what it passes. It has what the
/// members have themselves, and no traits: it is made to be taken apart.
fn required_struct(printer: &TypePrinter<'_>, def: &TypeDef, body: &Struct) -> Option<TokenStream> {
    let name = ident(body.required_type.as_ref()?);
    let docs = doc(&[format!(
        "The required members of [`{0}`], for [`{0}::new`].",
        def.name.rust
    )]);
    let fields = arguments(printer, body).map(|member| {
        let (field, ty) = (ident(&member.name.rust), printer.ty(&member.ty));
        let ty = match member.presence {
            Presence::Nullable | Presence::Tristate => printer.option(&ty),
            Presence::Required | Presence::Optional | Presence::OptionalRaw => ty,
        };
        quote!(pub #field: #ty,)
    });
    Some(quote!(#docs pub struct #name { #(#fields)* }))
}

/// Emits a value of the arguments of `new`, what is fixed, and nothing else.
fn fields(printer: &TypePrinter<'_>, body: &Struct) -> TokenStream {
    let stored = body.members.iter().filter(|one| one.constant().is_none());
    let fields = stored.map(|member| {
        let field = ident(&member.name.rust);
        let only = preset(printer, member).or_else(|| constant(printer, member));
        let convert = match &body.required_type {
            Some(_) => Some(match member.presence {
                Presence::Tristate => {
                    quote!(required.#field.map_or(wire::Tristate::Null, wire::Tristate::Value))
                }
                _ => quote!(required.#field),
            }),
            None => given(printer, member).convert,
        };
        match member.presence {
            Presence::Required if only.is_some() => quote!(#field: #only,),
            Presence::Required | Presence::Nullable => match convert {
                Some(convert) => quote!(#field: #convert,),
                None => quote!(#field,),
            },
            Presence::Tristate if member.needed_in_requests => quote!(#field: #convert,),
            Presence::Optional | Presence::OptionalRaw if member.needed_in_requests => {
                let value = only.or(convert).unwrap_or_else(|| quote!(#field));
                quote!(#field: Some(#value),)
            }
            Presence::Optional | Presence::OptionalRaw => match preset(printer, member) {
                Some(value) => quote!(#field: Some(#value),),
                None => quote!(#field: None,),
            },
            Presence::Tristate => quote!(#field: wire::Tristate::Absent,),
        }
    });
    let rest = body.rest.as_ref().map(|_| {
        let (rest, map) = (ident(REST), printer.std("BTreeMap"));
        quote!(#rest: #map::new(),)
    });
    quote!(Self { #(#fields)* #rest })
}

/// Documents `new`; an empty map does not determine its types, so the documentation shows how to write one.
fn new_docs(printer: &TypePrinter<'_>, body: &Struct) -> Vec<String> {
    let optional = body
        .members
        .iter()
        .find(|one| one.presence == Presence::Optional && preset(printer, one).is_some());
    let others = match optional.map(|member| (member, &member.fixed)) {
        Some((member, Some(Fixed::Constant(value) | Fixed::Preset(value)))) => format!(
            "{} is {}, all others are absent.",
            docs::code(&member.name.wire),
            docs::code(&as_text(value))
        ),
        _ => "all others are absent.".to_owned(),
    };
    let mut lines = vec![format!(
        "Creates a value from its required members; {others}"
    )];
    let maps = arguments(printer, body).filter(|member| {
        let is_map = matches!(printer.api.resolve(&member.ty), TypeRef::Map(_));
        is_map && body.required_type.is_none()
    });
    for member in maps {
        lines.push(String::new());
        lines.push(format!(
            "For an empty `{}`, write `BTreeMap::<String, _>::new()`.",
            member.name.rust
        ));
    }
    lines
}

/// Returns an argument of `new`.
fn given(printer: &TypePrinter<'_>, member: &Member) -> Given {
    let name = ident(&member.name.rust);
    match member.presence {
        Presence::Nullable => {
            let into = printer.std("Into");
            let ty = printer.option(&printer.whole(&member.ty));
            Given {
                ty: quote!(impl #into<#ty>),
                convert: Some(quote!(#name.into())),
            }
        }
        Presence::Tristate if member.needed_in_requests => {
            let into = printer.std("Into");
            let ty = printer.option(&printer.whole(&member.ty));
            let states = quote!(wire::Tristate::Null, wire::Tristate::Value);
            Given {
                ty: quote!(impl #into<#ty>),
                convert: Some(quote!(#name.into().map_or(#states))),
            }
        }
        Presence::Required | Presence::Optional | Presence::Tristate | Presence::OptionalRaw => {
            value(printer, &member.ty, &name)
        }
    }
}
