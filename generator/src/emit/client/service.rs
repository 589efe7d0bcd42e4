//! The data about the service that the runtime needs, and the builder's methods for its credentials.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::docs;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::ir::{
    Api, Joined, Locator, ParameterPlace, RateLimitHeaders, RetryRule, SchemeKind, SecurityScheme,
    Unit,
};

/// Returns the imports of a file that makes the client.
pub(super) fn uses_auth(api: &Api) -> Vec<TokenStream> {
    let mut uses = vec![quote!(
        use crate::runtime::client;
    )];
    if has_bearer(api) {
        // not the module: a tag can be called `auth`
        let auth = quote!(
            use crate::runtime::auth::{OAuthRefresh, TokenProvider};
        );
        uses.insert(0, auth);
    }
    uses
}

/// `const SERVICE: Service = …;`
pub(super) fn constant(api: &Api) -> TokenStream {
    let base_url = api.base_url.as_deref().unwrap_or_default();
    let base_path = api.base_path.as_ref();
    let base_path = base_path.map(|path| quote!(base_path: #path,));
    let message = api.message.iter().map(locator);
    let correlation_id = api.correlation_id.iter().map(locator);
    let schemes = api.schemes.iter().map(|scheme| {
        let (name, kind) = (&scheme.name.wire, kind(&scheme.kind));
        quote!(client::Scheme { name: #name, kind: client::SchemeKind::#kind })
    });
    let retry = api.retry.iter().map(rule);
    let retry = (!api.retry.is_empty()).then(|| quote!(retry: &[#(#retry),*],));
    // what nothing is known about is left to the runtime, so that it can learn more without a change here
    let rate_limit = api.rate_limit.as_ref().map(|names| {
        let names = rate_limit(names);
        quote!(rate_limit: Some(#names),)
    });
    let parts = api.joined.as_ref().map(|joined| parts(joined));
    // a part is named by the service of the whole
    let visibility = api.home.as_ref().map(|_| quote!(pub(crate)));
    quote! {
        #visibility const SERVICE: client::Service = client::Service {
            base_url: #base_url,
            #base_path
            message: &[#(#message),*],
            correlation_id: &[#(#correlation_id),*],
            schemes: &[#(#schemes),*],
            #retry
            #rate_limit
            #parts
            ..client::Service::PLAIN
        };
    }
}

fn parts(joined: &Joined) -> TokenStream {
    let parts = joined.parts.iter().map(|part| {
        let module = ident(&part.name);
        let schemes = part.schemes.iter();
        let schemes = schemes.map(|index| Literal::usize_unsuffixed(*index));
        quote! {
            client::ServicePart { service: &crate::#module::client::SERVICE, schemes: &[#(#schemes),*] }
        }
    });
    quote!(parts: &[#(#parts),*],)
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

fn rate_limit(names: &RateLimitHeaders) -> TokenStream {
    let name = |name: &Option<String>| match name {
        Some(name) => quote!(Some(#name)),
        None => quote!(None),
    };
    let (limit, remaining) = (name(&names.limit), name(&names.remaining));
    let period = match &names.period {
        Some((name, Unit::Seconds)) => quote!(Some((#name, client::Unit::Seconds))),
        Some((name, Unit::Milliseconds)) => quote!(Some((#name, client::Unit::Milliseconds))),
        None => quote!(None),
    };
    quote!(client::RateLimitHeaders { limit: #limit, remaining: #remaining, period: #period })
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

/// Emits the builder's methods for the security schemes.
pub(super) fn credentials(api: &Api) -> Option<TokenStream> {
    let methods = api
        .schemes
        .iter()
        .enumerate()
        .map(|(index, scheme)| credential(index, scheme, &sayers(api, index)));
    (!api.schemes.is_empty()).then(|| quote!(impl client::ClientBuilder { #(#methods)* }))
}

/// Returns the modules of the documents that have a scheme, where others mean something else by its name.
fn sayers(api: &Api, index: usize) -> Vec<&str> {
    let name = |index: usize| api.schemes.get(index).map(|scheme| &scheme.name.wire);
    let others = (0..api.schemes.len()).filter(|other| *other != index);
    let is_only = !others.into_iter().any(|other| name(other) == name(index));
    let parts = api.joined.iter().flat_map(|joined| &joined.parts);
    parts
        .filter(|part| !is_only && part.schemes.contains(&index))
        .map(|part| part.name.as_str())
        .collect()
}

fn credential(index: usize, scheme: &SecurityScheme, sayers: &[&str]) -> TokenStream {
    let index = Literal::usize_unsuffixed(index);
    let name = ident(scheme.method());
    let mut text = Paragraphs::default();
    text.line(match &scheme.kind {
        SchemeKind::Bearer => "Sets the bearer token.".to_owned(),
        SchemeKind::Basic => "Sets the user name and password.".to_owned(),
        SchemeKind::ApiKey { name, .. } => {
            format!("Sets the API key, which is sent as {}.", docs::code(name))
        }
    });
    text.text(scheme.docs.description.as_deref().unwrap_or_default());
    let name_on_wire = docs::code(&scheme.name.wire);
    text.line(if sayers.is_empty() {
        format!("Security scheme {name_on_wire}.")
    } else {
        let modules: Vec<String> = sayers.iter().map(|name| format!("`{name}`")).collect();
        format!("Security scheme {name_on_wire} of {}.", modules.join(", "))
    });
    let docs = doc(&text.lines());
    let fetched = fetched(scheme, &index);
    let (arguments, credential) = match &scheme.kind {
        SchemeKind::Bearer => (quote!(token: impl Into<String>), quote!(bearer(token))),
        SchemeKind::Basic => (
            quote!(user: impl Into<String>, password: impl Into<String>),
            quote!(basic(user, password)),
        ),
        SchemeKind::ApiKey { .. } => (quote!(key: impl Into<String>), quote!(api_key(key))),
    };
    let lasting = lasting(scheme);
    quote! {
        #docs
        pub fn #name(self, #arguments) -> Self {
            self.credential(#index, client::Credential::#credential)
        }
        #fetched
        #lasting
    }
}

/// Emits the methods with the scheme's own name, beside the short ones that there are only while no other scheme is of
/// the kind.
fn lasting(scheme: &SecurityScheme) -> Option<TokenStream> {
    let short = scheme.short.as_deref()?;
    let long = &scheme.name.rust;
    let methods = match scheme.kind {
        SchemeKind::Bearer => vec![
            ("", quote!(token: impl Into<String>), quote!(token)),
            (
                "_provider",
                quote!(provider: impl TokenProvider),
                quote!(provider),
            ),
            ("_refresh", quote!(refresh: OAuthRefresh), quote!(refresh)),
        ],
        SchemeKind::Basic => vec![(
            "",
            quote!(user: impl Into<String>, password: impl Into<String>),
            quote!(user, password),
        )],
        SchemeKind::ApiKey { .. } => vec![("", quote!(key: impl Into<String>), quote!(key))],
    };
    let methods = methods.into_iter().map(|(suffix, arguments, passed)| {
        let (short, long) = (format!("{short}{suffix}"), format!("{long}{suffix}"));
        let text = format!(
            "Same as [`{short}`](Self::{short}), by the scheme's name: it stays if another scheme of the kind is added."
        );
        let docs = doc(&[text]);
        let (short, long) = (ident(&short), ident(&long));
        quote! {
            #docs
            pub fn #long(self, #arguments) -> Self {
                self.#short(#passed)
            }
        }
    });
    Some(quote!(#(#methods)*))
}

/// Returns whether there is a scheme with bearer tokens.
fn has_bearer(api: &Api) -> bool {
    let mut kinds = api.schemes.iter().map(|scheme| &scheme.kind);
    kinds.any(|kind| *kind == SchemeKind::Bearer)
}

/// Emits the builder's methods for bearer tokens that expire.
fn fetched(scheme: &SecurityScheme, index: &Literal) -> Option<TokenStream> {
    let SchemeKind::Bearer = scheme.kind else {
        return None;
    };
    let name = scheme.method();
    let (provider, refresh) = (
        ident(&format!("{name}_provider")),
        ident(&format!("{name}_refresh")),
    );
    let instead = format!("Used instead of [`{name}`](Self::{name}).");
    let provided = doc(&[
        "Sets the source of bearer tokens: asked when one is needed, expires or is rejected."
            .to_owned(),
        String::new(),
        instead.clone(),
    ]);
    let refreshed = doc(&[
        "Sets an OAuth 2.0 refresh token that bearer tokens are fetched with, as they are needed."
            .to_owned(),
        String::new(),
        instead,
    ]);
    Some(quote! {
        #provided
        pub fn #provider(self, provider: impl TokenProvider) -> Self {
            self.credential(#index, client::Credential::provider(provider))
        }
        #refreshed
        pub fn #refresh(self, refresh: OAuthRefresh) -> Self {
            self.credential(#index, client::Credential::refresh(refresh))
        }
    })
}
