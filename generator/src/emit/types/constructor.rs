//! `new` and the setters of types that requests contain.

use proc_macro2::TokenStream;
use quote::quote;

use super::constant::{as_text, literal};
use crate::emit::argument::{Given, value};
use crate::emit::docs;
use crate::emit::names::{doc, ident};
use crate::emit::type_names::TypePrinter;
use crate::ir::{Constant, Fixed, Member, Presence, REST, Struct, TypeBody, TypeDef, TypeRef};
use crate::name;

/// Returns whether there is a `Default` instead of a `new`.
pub(super) fn needs_nothing(printer: &TypePrinter<'_>, body: &Struct) -> bool {
    let is_given =
        |member: &Member| is_needed(printer, member) || preset(printer, member).is_some();
    !body.members.iter().any(is_given)
}

/// Returns whether a caller has to pass a value. A required member that can only have one value is filled in.
fn is_needed(printer: &TypePrinter<'_>, member: &Member) -> bool {
    match member.presence {
        Presence::Required if member.fixed.is_some() => false,
        Presence::Required => constant(printer, member).is_none(),
        Presence::Nullable => true,
        Presence::Optional | Presence::Tristate | Presence::OptionalRaw => {
            member.needed_in_requests && constant(printer, member).is_none()
        }
    }
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
    let is_needed = |member: &Member| is_needed(printer, member);
    let new = body
        .members
        .iter()
        .any(is_needed)
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
    let setters: Vec<_> = body
        .members
        .iter()
        .filter(|member| member.constant().is_none())
        .filter(|member| !matches!(member.presence, Presence::Required | Presence::Nullable))
        .map(|member| setter(printer, member))
        .collect();
    let rest = body.rest.as_ref().map(|ty| rest_setter(printer, ty));
    let is_empty = new.is_none() && setters.is_empty() && rest.is_none();
    let own = (!is_empty).then(|| quote!(impl #name { #new #(#setters)* #rest }));
    default.into_iter().chain(own).collect()
}

fn new(printer: &TypePrinter<'_>, body: &Struct) -> TokenStream {
    let needed = body
        .members
        .iter()
        .filter(|member| is_needed(printer, member));
    let arguments = needed.map(|member| {
        let (field, given) = (ident(&member.name.rust), given(printer, member));
        let ty = given.ty;
        quote!(#field: #ty)
    });
    let (docs, fields) = (doc(&new_docs(printer, body)), fields(printer, body));
    quote! {
        #docs
        pub fn new(#(#arguments),*) -> Self {
            #fields
        }
    }
}

/// Emits a value of the arguments of `new`, what is fixed, and nothing else.
fn fields(printer: &TypePrinter<'_>, body: &Struct) -> TokenStream {
    let stored = body.members.iter().filter(|one| one.constant().is_none());
    let fields = stored.map(|member| {
        let field = ident(&member.name.rust);
        let only = preset(printer, member).or_else(|| constant(printer, member));
        let convert = given(printer, member).convert;
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
    let maps = body
        .members
        .iter()
        .filter(|member| is_needed(printer, member) && matches!(member.ty, TypeRef::Map(_)));
    for member in maps {
        lines.push(String::new());
        lines.push(format!(
            "For an empty `{}`, write `BTreeMap::<String, _>::new()`.",
            member.name.rust
        ));
    }
    lines
}

fn setter(printer: &TypePrinter<'_>, member: &Member) -> TokenStream {
    let field = ident(&member.name.rust);
    let name = ident(&name::member_name(&format!("with_{}", member.name.rust)));
    let argument = ident("value");
    let Given { ty, convert } = value(printer, &member.ty, &argument);
    let convert = convert.unwrap_or_else(|| quote!(#argument));
    let wrapped = match member.presence {
        Presence::Tristate => quote!(wire::Tristate::Value(#convert)),
        Presence::Optional | Presence::OptionalRaw | Presence::Required | Presence::Nullable => {
            quote!(Some(#convert))
        }
    };
    let link = &member.name.rust;
    let docs = doc(&[format!("Sets [`{link}`](Self::{link}).")]);
    quote! {
        #docs
        #[must_use]
        pub fn #name(mut self, value: #ty) -> Self {
            self.#field = #wrapped;
            self
        }
    }
}

fn rest_setter(printer: &TypePrinter<'_>, ty: &TypeRef) -> TokenStream {
    let map = TypeRef::Map(Box::new(ty.clone()));
    let (field, name) = (ident(REST), ident(&format!("with_{REST}")));
    let argument = ident("value");
    let Given { ty, convert } = value(printer, &map, &argument);
    let convert = convert.unwrap_or_else(|| quote!(#argument));
    quote! {
        /// Sets the additional properties.
        #[must_use]
        pub fn #name(mut self, value: #ty) -> Self {
            self.#field = #convert;
            self
        }
    }
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
