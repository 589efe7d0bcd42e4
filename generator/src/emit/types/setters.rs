//! The setters of types that requests contain.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::argument::{Given, value};
use crate::emit::names::{doc, ident};
use crate::emit::type_names::TypePrinter;
use crate::ir::{Member, Presence, REST, Struct, TypeRef};
use crate::name;

/// Emits a method for each member that `new` does not have to take, and for the members that the schema does not name.
pub(super) fn of(printer: &TypePrinter<'_>, body: &Struct) -> Vec<TokenStream> {
    let setters = body
        .members
        .iter()
        .filter(|member| member.constant().is_none())
        .filter(|member| !matches!(member.presence, Presence::Required | Presence::Nullable))
        .map(|member| setter(printer, member));
    let rest = body.rest.as_ref().map(|ty| rest_setter(printer, ty));
    setters.chain(rest).collect()
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
    let null = member.null_setter.as_ref().map(|setter| {
        let setter = ident(setter);
        let docs = doc(&[format!("Sets [`{link}`](Self::{link}) to `null`.")]);
        quote! {
            #docs
            #[must_use]
            pub fn #setter(mut self) -> Self {
                self.#field = wire::Tristate::Null;
                self
            }
        }
    });
    quote! {
        #docs
        #[must_use]
        pub fn #name(mut self, value: #ty) -> Self {
            self.#field = #wrapped;
            self
        }
        #null
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
