//! `Debug` of a struct with members that must not be shown, such as passwords; all others derive it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::names::ident;
use crate::ir::{REST, Struct, TypeDef};

/// What is shown in place of a value. The secrets of the client show the same.
const SHOWN: &str = "[REDACTED]";

/// Returns whether `Debug` is written out, and not derived.
pub(super) fn is_written(body: &Struct) -> bool {
    body.members.iter().any(|member| member.secret)
}

/// Emits `Debug`, unless it is derived.
pub(super) fn items(def: &TypeDef, body: &Struct) -> Option<TokenStream> {
    let rust = &def.name.rust;
    let name = ident(rust);
    let stored = body.members.iter().filter(|one| one.constant().is_none());
    let fields = stored.map(|member| {
        let (text, field) = (&member.name.rust, ident(&member.name.rust));
        if member.secret {
            quote!(.field(#text, &#SHOWN))
        } else {
            quote!(.field(#text, &self.#field))
        }
    });
    let rest = body.rest.as_ref().map(|_| {
        let field = ident(REST);
        quote!(.field(#REST, &self.#field))
    });
    is_written(body).then(|| {
        quote! {
            /// Does not show what is secret.
            impl std::fmt::Debug for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.debug_struct(#rust) #(#fields)* #rest.finish()
                }
            }
        }
    })
}
