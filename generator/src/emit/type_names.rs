//! How types are spelled in a file, and which imports they need.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::complexity::{Aliases, Place};
use super::module::Item;
use super::names::ident;
use crate::ir::{Api, Scalar, TypeId, TypeRef};
use crate::name;

/// The kind of file in which types are named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// In a module of `types`: siblings are imported, but for names of the prelude, which are written `super::Option`.
    Types,
    /// In a module of `client`: `types::Product`.
    Client,
}

/// Spells types for one file.
pub(super) struct TypePrinter<'a> {
    pub api: &'a Api,
    kind: FileKind,
    /// The types that the file itself defines.
    defined: BTreeSet<&'a str>,
    aliases: Aliases,
}

impl<'a> TypePrinter<'a> {
    /// Creates a printer for a file that defines some types and imports others.
    pub fn new(
        api: &'a Api,
        kind: FileKind,
        defined: BTreeSet<&'a str>,
        imported: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let aliases = Aliases::new(defined.iter().copied().chain(imported));
        TypePrinter {
            api,
            kind,
            defined,
            aliases,
        }
    }

    /// Returns the aliases that were made for inner parts of types; to be asked for when all types are written.
    pub fn aliases(&self) -> Vec<Item> {
        let all = self.named_aliases().into_iter();
        all.map(|(_, definition)| Item::Alone(definition)).collect()
    }

    /// Returns the same with their names.
    pub fn named_aliases(&self) -> Vec<(String, TokenStream)> {
        self.aliases.definitions()
    }

    /// Spells a type; the inner part of one that is nested too deeply has a name.
    pub fn ty(&self, ty: &TypeRef) -> TokenStream {
        self.ty_at(Place::FIELD, ty)
    }

    /// Spells a type in a place that may leave less room than a field.
    pub fn ty_at(&self, place: Place, ty: &TypeRef) -> TokenStream {
        match ty {
            _ if place.takes(ty) => self.whole(ty),
            TypeRef::List(inner) => self.list(self.named_part(inner)),
            TypeRef::Map(inner) => self.map(self.named_part(inner)),
            TypeRef::Nullable(inner) => self.option(&self.ty_at(place.wrapped(), inner)),
            TypeRef::Boxed(inner) => self.boxed(self.ty_at(place.wrapped(), inner)),
            TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::Any => self.whole(ty),
        }
    }

    fn named_part(&self, ty: &TypeRef) -> TokenStream {
        let name = self.aliases.name(self.whole(ty));
        quote!(#name)
    }

    /// Spells a type, however deeply it is nested: where clippy does not look, in `type` items and the bounds of
    /// arguments.
    pub fn whole(&self, ty: &TypeRef) -> TokenStream {
        match ty {
            TypeRef::Named(id) => self.named(*id),
            TypeRef::Scalar(Scalar::String) => self.std("String"),
            TypeRef::Scalar(scalar) => self::scalar(*scalar),
            TypeRef::Any => quote!(serde_json::Value),
            TypeRef::List(inner) => self.list(self.whole(inner)),
            TypeRef::Map(inner) => self.map(self.whole(inner)),
            TypeRef::Nullable(inner) => self.option(&self.whole(inner)),
            TypeRef::Boxed(inner) => self.boxed(self.whole(inner)),
        }
    }

    /// Returns the function that changes the JSON of a type before it is decoded: it adds UTC to date-times without an
    /// offset, if `codegen.yaml` says so. `None` for types that have none, but for those inside of types with a name.
    pub fn change(&self, ty: &TypeRef) -> Option<TokenStream> {
        (self.api.naive_is_utc && self.has_time(ty))
            .then(|| quote!(crate::runtime::chrono_values::in_utc))
    }

    fn has_time(&self, ty: &TypeRef) -> bool {
        match self.api.resolve(ty) {
            TypeRef::Scalar(Scalar::DateTime | Scalar::DateTimeOffset) => true,
            TypeRef::List(inner)
            | TypeRef::Map(inner)
            | TypeRef::Nullable(inner)
            | TypeRef::Boxed(inner) => self.has_time(inner),
            TypeRef::Scalar(_) | TypeRef::Named(_) | TypeRef::Any => false,
        }
    }

    fn list(&self, inner: TokenStream) -> TokenStream {
        let list = self.std("Vec");
        quote!(#list<#inner>)
    }

    fn map(&self, inner: TokenStream) -> TokenStream {
        let (map, text) = (self.std("BTreeMap"), self.std("String"));
        quote!(#map<#text, #inner>)
    }

    fn boxed(&self, inner: TokenStream) -> TokenStream {
        let on_heap = self.std("Box");
        quote!(#on_heap<#inner>)
    }

    /// `Option<T>`
    pub fn option(&self, inner: &TokenStream) -> TokenStream {
        let option = self.std("Option");
        quote!(#option<#inner>)
    }

    /// Returns a name of the standard library; its full path in the file of a schema with the same name.
    pub fn std(&self, name: &str) -> TokenStream {
        let word = ident(name);
        if !self.defined.contains(name) {
            return quote!(#word);
        }
        match name {
            "BTreeMap" => quote!(std::collections::BTreeMap),
            "Box" => quote!(std::boxed::Box),
            "From" | "Into" => quote!(std::convert::#word),
            "IntoIterator" => quote!(std::iter::IntoIterator),
            "Option" => quote!(std::option::Option),
            "String" => quote!(std::string::String),
            "Vec" => quote!(std::vec::Vec),
            _ => quote!(#word),
        }
    }

    fn named(&self, id: TypeId) -> TokenStream {
        let rust = &self.api.ty(id).name.rust;
        let name = ident(rust);
        match self.kind {
            FileKind::Client => quote!(types::#name),
            FileKind::Types if name::is_prelude(rust) => quote!(super::#name),
            FileKind::Types => quote!(#name),
        }
    }
}

/// The imports that the types of a file need.
#[derive(Default)]
pub(super) struct Imports<'a> {
    /// Siblings under `types`.
    pub siblings: BTreeSet<&'a str>,
    /// Whether a map is among them.
    pub map: bool,
}

impl<'a> Imports<'a> {
    /// Adds the imports of a type.
    pub fn add(&mut self, api: &'a Api, ty: &TypeRef) {
        match ty {
            TypeRef::Named(id) => {
                let rust = &api.ty(*id).name.rust;
                if !name::is_prelude(rust) {
                    self.siblings.insert(rust);
                }
            }
            TypeRef::Map(inner) => {
                self.map = true;
                self.add(api, inner);
            }
            TypeRef::List(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                self.add(api, inner)
            }
            TypeRef::Scalar(_) | TypeRef::Any => {}
        }
    }
}

fn scalar(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String => quote!(std::string::String),
        Scalar::Bool => quote!(bool),
        Scalar::I8 => quote!(i8),
        Scalar::I16 => quote!(i16),
        Scalar::I32 => quote!(i32),
        Scalar::I64 => quote!(i64),
        Scalar::U8 => quote!(u8),
        Scalar::U16 => quote!(u16),
        Scalar::U32 => quote!(u32),
        Scalar::U64 => quote!(u64),
        Scalar::F32 => quote!(f32),
        Scalar::F64 => quote!(f64),
        Scalar::DateTime => quote!(chrono::DateTime<chrono::Utc>),
        Scalar::DateTimeOffset => quote!(chrono::DateTime<chrono::FixedOffset>),
        Scalar::Date => quote!(chrono::NaiveDate),
        Scalar::Uuid => quote!(uuid::Uuid),
        Scalar::Base64 => quote!(crate::Base64),
        Scalar::NumberOrString(number) => {
            let number = self::scalar(number.scalar());
            quote!(crate::NumberOrString<#number>)
        }
        Scalar::Null => quote!(()),
    }
}
