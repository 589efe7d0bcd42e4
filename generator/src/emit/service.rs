//! What the runtime has to know of the service, as data, and the builder's methods for its credentials.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::names::{doc, ident};
use super::paragraphs::Paragraphs;
use crate::ir::{Api, Locator, ParameterPlace, RetryRule, SchemeKind, SecurityScheme};

/// `const SERVICE: Service = …;`
pub(super) fn constant(api: &Api) -> TokenStream {
    let base_url = api.base_url.as_deref().unwrap_or_default();
    let message = api.message.iter().map(locator);
    let correlation_id = api.correlation_id.iter().map(locator);
    let schemes = api.schemes.iter().map(|scheme| {
        let (name, kind) = (&scheme.name.wire, kind(&scheme.kind));
        quote!(client::Scheme { name: #name, kind: client::SchemeKind::#kind })
    });
    let retry = api.retry.iter().map(rule);
    let retry = (!api.retry.is_empty()).then(|| quote!(retry: &[#(#retry),*],));
    // what nothing is known about is left to the runtime, so that it can learn more without a change here
    let base = retry.is_none().then(|| quote!(..client::Service::PLAIN));
    quote! {
        const SERVICE: client::Service = client::Service {
            base_url: #base_url,
            message: &[#(#message),*],
            correlation_id: &[#(#correlation_id),*],
            schemes: &[#(#schemes),*],
            #retry
            #base
        };
    }
}

fn rule(rule: &RetryRule) -> TokenStream {
    let status = Literal::u16_unsuffixed(rule.status);
    let only = match &rule.only {
        Some((place, text)) => {
            let place = locator(place);
            quote!(Some((#place, #text)))
        }
        None => quote!(None),
    };
    let advice = match rule.again_after {
        Some(seconds) => {
            let seconds = Literal::u32_unsuffixed(seconds);
            quote!(AfterSeconds(#seconds))
        }
        None => quote!(Never),
    };
    quote!(client::RetryRule { status: #status, only: #only, advice: client::Advice::#advice })
}

fn locator(locator: &Locator) -> TokenStream {
    match locator {
        Locator::Member(path) => quote!(client::Locator::Member(&[#(#path),*])),
        Locator::Header(name) => quote!(client::Locator::Header(#name)),
    }
}

fn kind(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::Bearer => quote!(Bearer),
        SchemeKind::Basic => quote!(Basic),
        SchemeKind::ApiKey { place, name } => {
            let place = match place {
                ParameterPlace::Query | ParameterPlace::QueryString => quote!(Query),
                ParameterPlace::Cookie => quote!(Cookie),
                ParameterPlace::Header | ParameterPlace::Path => quote!(Header),
            };
            quote!(ApiKey { place: client::Place::#place, name: #name })
        }
    }
}

/// The builder's method for each scheme.
pub(super) fn credentials(api: &Api) -> Option<TokenStream> {
    let methods = api
        .schemes
        .iter()
        .enumerate()
        .map(|(index, scheme)| credential(index, scheme));
    (!api.schemes.is_empty()).then(|| quote!(impl client::ClientBuilder { #(#methods)* }))
}

fn credential(index: usize, scheme: &SecurityScheme) -> TokenStream {
    let index = Literal::usize_unsuffixed(index);
    let name = ident(&scheme.name.rust);
    let mut text = Paragraphs::default();
    text.line(match &scheme.kind {
        SchemeKind::Bearer => "The bearer token.".to_owned(),
        SchemeKind::Basic => "The user's name and password.".to_owned(),
        SchemeKind::ApiKey { name, .. } => {
            format!("The API key that is sent as {}.", docs::code(name))
        }
    });
    text.text(scheme.docs.description.as_deref().unwrap_or_default());
    text.line(format!(
        "Security scheme {}.",
        docs::code(&scheme.name.wire)
    ));
    let docs = doc(&text.lines());
    let (arguments, credential) = match &scheme.kind {
        SchemeKind::Bearer => (quote!(token: impl Into<String>), quote!(bearer(token))),
        SchemeKind::Basic => (
            quote!(user: impl Into<String>, password: impl Into<String>),
            quote!(basic(user, password)),
        ),
        SchemeKind::ApiKey { .. } => (quote!(key: impl Into<String>), quote!(api_key(key))),
    };
    quote! {
        #docs
        pub fn #name(self, #arguments) -> Self {
            self.credential(#index, client::Credential::#credential)
        }
    }
}
