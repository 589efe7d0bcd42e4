//! How types are written in a file, and what has to be imported for them.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::names::ident;
use crate::ir::{Api, Scalar, TypeId, TypeRef};
use crate::name;

/// From where types are named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seat {
    /// In a module of `types`: siblings are imported, but for names of the prelude, which are written `super::Option`.
    Types,
    /// In a module of `client`: `types::Product`.
    Client,
}

/// Writes types for one file.
pub(super) struct Writer<'a> {
    pub api: &'a Api,
    pub seat: Seat,
    /// The types that the file itself defines.
    pub defined: BTreeSet<&'a str>,
}

impl Writer<'_> {
    /// A type.
    pub fn ty(&self, ty: &TypeRef) -> TokenStream {
        match ty {
            TypeRef::Named(id) => self.named(*id),
            TypeRef::Scalar(Scalar::String) => self.std("String"),
            TypeRef::Scalar(scalar) => self::scalar(*scalar),
            TypeRef::Any => quote!(serde_json::Value),
            TypeRef::List(inner) => {
                let (list, inner) = (self.std("Vec"), self.ty(inner));
                quote!(#list<#inner>)
            }
            TypeRef::Map(inner) => {
                let (map, text) = (self.std("BTreeMap"), self.std("String"));
                let inner = self.ty(inner);
                quote!(#map<#text, #inner>)
            }
            TypeRef::Nullable(inner) => {
                let inner = self.ty(inner);
                self.option(&inner)
            }
            TypeRef::Boxed(inner) => {
                let (on_heap, inner) = (self.std("Box"), self.ty(inner));
                quote!(#on_heap<#inner>)
            }
        }
    }

    /// `Option<T>`
    pub fn option(&self, inner: &TokenStream) -> TokenStream {
        let option = self.std("Option");
        quote!(#option<#inner>)
    }

    /// A name of the standard library, bare as everybody writes it; by its path in the file of a schema that has this name, too.
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
        match self.seat {
            Seat::Client => quote!(types::#name),
            Seat::Types if name::is_prelude(rust) => quote!(super::#name),
            Seat::Types => quote!(#name),
        }
    }
}

/// What the types of a file need to have imported.
#[derive(Default)]
pub(super) struct Imports {
    /// Siblings under `types`.
    pub siblings: BTreeSet<String>,
    /// Whether a map is among them.
    pub map: bool,
}

impl Imports {
    /// Adds what a type needs.
    pub fn add(&mut self, api: &Api, ty: &TypeRef) {
        match ty {
            TypeRef::Named(id) => {
                let rust = &api.ty(*id).name.rust;
                if !name::is_prelude(rust) {
                    self.siblings.insert(rust.clone());
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
        Scalar::Null => quote!(()),
    }
}
