//! The branches of an `anyOf` whose members are one struct: `From` for each, and `as_<branch>()`.

use proc_macro2::TokenStream;
use quote::quote;

use super::constant::literal;
use crate::emit::docs;
use crate::emit::names::{doc, ident};
use crate::emit::type_names::TypePrinter;
use crate::ir::{
    Constant, Member, MergedBranch, Presence, REST, Scalar, Struct, TypeBody, TypeDef, TypeRef,
};

/// A value of one type in another: what is written behind the value, or around it.
enum Conversion {
    /// It is the same type.
    Same,
    /// It is converted.
    By(fn(&TokenStream) -> TokenStream),
}

/// Returns the branches that are merged into a type.
pub(super) fn branches(def: &TypeDef) -> &[MergedBranch] {
    match &def.body {
        TypeBody::Struct(body) => &body.branches,
        _ => &[],
    }
}

/// Says of a struct that it is merged, and how to get at the branches.
pub(super) fn told(body: &Struct) -> Option<String> {
    let branches: Vec<_> = body
        .branches
        .iter()
        .map(|branch| docs::code(&branch.name.wire))
        .collect();
    (!branches.is_empty()).then(|| {
        format!(
            "It has the members of {}, since an object can be several of them at once.",
            branches.join(", ")
        )
    })
}

/// Emits the conversions of a merged struct.
pub(super) fn items(printer: &TypePrinter<'_>, def: &TypeDef, body: &Struct) -> Vec<TokenStream> {
    if body.branches.is_empty() {
        return Vec::new();
    }
    let name = ident(&def.name.rust);
    let views = body.branches.iter().map(|branch| {
        let (method, ty) = (ident(&branch.name.rust), printer.ty(&branch.ty));
        let option = printer.option(&ty);
        let wire = docs::code(&branch.name.wire);
        let docs = doc(&[format!(
            "Returns the value as {wire}, if it has what that requires."
        )]);
        quote! {
            #docs
            pub fn #method(&self) -> #option {
                wire::ToJson::to_json(self).read().ok()
            }
        }
    });
    let mut items = vec![quote!(impl #name { #(#views)* })];
    items.extend(
        body.branches
            .iter()
            .filter_map(|branch| from(printer, def, body, branch)),
    );
    items
}

/// Emits `From` for a branch; `None` where a member has a type that the merged one is not made from.
fn from(
    printer: &TypePrinter<'_>,
    def: &TypeDef,
    body: &Struct,
    branch: &MergedBranch,
) -> Option<TokenStream> {
    let TypeRef::Named(id) = printer.api.resolve(&branch.ty) else {
        return None;
    };
    let TypeBody::Struct(source) = &printer.api.ty(*id).body else {
        return None;
    };
    let mut fields = Vec::new();
    for member in body.members.iter().filter(|one| one.constant().is_none()) {
        let own = source
            .members
            .iter()
            .find(|own| own.name.wire == member.name.wire);
        let value = match own {
            Some(own) => held(printer, own, member)?,
            None => absent(member)?,
        };
        let field = ident(&member.name.rust);
        fields.push(quote!(#field: #value,));
    }
    let rest = ident(REST);
    let rest = match (&source.rest, &body.rest) {
        (None, None) => None,
        (None, Some(_)) => {
            let map = printer.std("BTreeMap");
            Some(quote!(#rest: #map::new(),))
        }
        (Some(own), Some(merged)) if is_same(printer, own, merged) => {
            Some(quote!(#rest: value.#rest,))
        }
        (Some(_), _) => return None,
    };
    let (name, ty, from) = (
        ident(&def.name.rust),
        printer.ty(&branch.ty),
        printer.std("From"),
    );
    Some(quote! {
        impl #from<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self { #(#fields)* #rest }
            }
        }
    })
}

/// Returns a member that the branch does not have.
fn absent(member: &Member) -> Option<TokenStream> {
    match member.presence {
        Presence::Optional | Presence::OptionalRaw => Some(quote!(None)),
        Presence::Tristate => Some(quote!(wire::Tristate::Absent)),
        Presence::Required | Presence::Nullable => None,
    }
}

/// Returns a member with the value of the branch's.
fn held(printer: &TypePrinter<'_>, own: &Member, merged: &Member) -> Option<TokenStream> {
    use Presence::{Nullable, Optional, OptionalRaw, Required, Tristate};
    let field = ident(&own.name.rust);
    let value = match own.constant() {
        Some(constant @ Constant::String(_)) => {
            let text = literal(constant);
            quote!(#text.to_owned())
        }
        Some(constant) => literal(constant),
        None => quote!(value.#field),
    };
    let conversion = match own.constant() {
        Some(Constant::String(_)) if is_open_string_enum(printer, &merged.ty) => {
            Conversion::By(into)
        }
        _ => conversion(printer, &own.ty, &merged.ty)?,
    };
    let converted = |value: &TokenStream| match conversion {
        Conversion::Same => value.clone(),
        Conversion::By(convert) => convert(value),
    };
    let inner = quote!(inner);
    let each = converted(&inner);
    let present = match conversion {
        Conversion::Same => quote!(wire::Tristate::Value),
        Conversion::By(_) => quote!(|inner| wire::Tristate::Value(#each)),
    };
    match (own.presence, merged.presence) {
        (Required, Required) => Some(converted(&value)),
        (Required, Optional | OptionalRaw | Nullable) => {
            let converted = converted(&value);
            Some(quote!(Some(#converted)))
        }
        (Required, Tristate) => {
            let converted = converted(&value);
            Some(quote!(wire::Tristate::Value(#converted)))
        }
        (Optional, Tristate) => Some(quote!(#value.map_or(wire::Tristate::Absent, #present))),
        (Nullable, Tristate) => Some(quote!(#value.map_or(wire::Tristate::Null, #present))),
        (Tristate, Tristate) => matches!(conversion, Conversion::Same).then_some(value),
        (Optional | OptionalRaw, Optional | OptionalRaw) | (Nullable, Nullable) => {
            Some(match conversion {
                Conversion::Same => value,
                Conversion::By(_) => quote!(#value.map(|inner| #each)),
            })
        }
        _ => None,
    }
}

/// Returns how a value of one type becomes one of another that is as wide or wider.
fn conversion(printer: &TypePrinter<'_>, own: &TypeRef, merged: &TypeRef) -> Option<Conversion> {
    if is_same(printer, own, merged) {
        return Some(Conversion::Same);
    }
    let TypeRef::Named(id) = printer.api.resolve(own) else {
        return into_union(printer, own, merged).then_some(Conversion::By(into));
    };
    let is_open_enum =
        |id| matches!(&printer.api.ty(id).body, TypeBody::StringEnum(body) if body.open);
    match printer.api.resolve(merged) {
        TypeRef::Scalar(Scalar::String) if is_open_enum(*id) => {
            Some(Conversion::By(|value| quote!(#value.as_str().to_owned())))
        }
        TypeRef::Named(other) if is_open_enum(*id) && is_open_enum(*other) => Some(Conversion::By(
            |value| quote!(#value.as_str().to_owned().into()),
        )),
        _ => into_union(printer, own, merged).then_some(Conversion::By(into)),
    }
}

fn is_open_string_enum(printer: &TypePrinter<'_>, ty: &TypeRef) -> bool {
    match printer.api.resolve(ty) {
        TypeRef::Named(id) => {
            matches!(&printer.api.ty(*id).body, TypeBody::StringEnum(body) if body.open)
        }
        _ => false,
    }
}

fn into(value: &TokenStream) -> TokenStream {
    quote!(#value.into())
}

/// Returns whether a type is a branch of a union that it converts to.
fn into_union(printer: &TypePrinter<'_>, own: &TypeRef, merged: &TypeRef) -> bool {
    match printer.api.resolve(merged) {
        TypeRef::Named(id) => match &printer.api.ty(*id).body {
            TypeBody::Union(union) => union
                .branches
                .iter()
                .any(|branch| branch.converts && is_same(printer, own, &branch.ty)),
            _ => false,
        },
        _ => false,
    }
}

/// Returns whether two references are one type in Rust.
fn is_same(printer: &TypePrinter<'_>, one: &TypeRef, other: &TypeRef) -> bool {
    match (printer.api.resolve(one), printer.api.resolve(other)) {
        (TypeRef::List(one), TypeRef::List(other))
        | (TypeRef::Map(one), TypeRef::Map(other))
        | (TypeRef::Nullable(one), TypeRef::Nullable(other))
        | (TypeRef::Boxed(one), TypeRef::Boxed(other)) => is_same(printer, one, other),
        (one, other) => one == other,
    }
}
