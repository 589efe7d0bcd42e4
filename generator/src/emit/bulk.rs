//! `bulk.rs`: a type for each batch operation of `codegen.yaml`, which the runtime's engine drives, and the methods
//! that start it.

mod imports;
mod path;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use self::imports::{enums, uses};
use self::path::Reached;
use super::client::call::marker;
use super::client::returned::call_types;
use super::docs;
use super::gates::{self, Gated};
use super::module::{Item, LazyModule, Module, path};
use super::names::{doc, ident};
use super::type_names::{FileKind, TypePrinter};
use crate::ir::{
    Api, Batch, BatchReply, Content, Field, Leaf, MemberPath, Operation, Presence, Returned,
    Success,
};

/// What the runtime's `bulk` exports, here and not at the root: `Outcome` and `Summary` are common names.
const SHOWN: [&str; 10] = [
    "Batch",
    "Bulk",
    "NotSent",
    "Outcome",
    "Rejected",
    "Settled",
    "StopHandle",
    "Summary",
    "Unaccounted",
    "Written",
];

/// Returns the file; `None` for an API without batch operations.
pub(super) fn module(api: &Api) -> Option<LazyModule<'_>> {
    let batches = batches(api);
    (!batches.is_empty()).then(|| -> LazyModule<'_> { Box::new(move || file(api, &batches)) })
}

fn batches(api: &Api) -> Vec<(&Operation, &Batch)> {
    let batches = api
        .operations
        .iter()
        .filter_map(|operation| Some((operation, operation.batch.as_ref()?)));
    batches.collect()
}

fn file(api: &Api, batches: &[(&Operation, &Batch)]) -> Module {
    let names = batches.iter().map(|(_, batch)| batch.name.as_str());
    let replies = batches.iter().flat_map(|(operation, _)| enums(operation));
    let taken = names.chain(replies).chain(SHOWN);
    let printer = TypePrinter::new(api, FileKind::Client, Default::default(), taken);
    let shown = SHOWN.iter().map(|name| ident(name));
    let (mut gated, mut own) = (Gated::default(), Vec::new());
    for (operation, batch) in batches {
        let batch = Written {
            printer: &printer,
            operation,
            batch,
        };
        let gate = gates::of_operation(api, operation);
        let written = [batch.marker(), batch.implementation(), batch.methods()];
        own.extend(written.map(|tokens| gated.item(&gate, tokens)));
    }
    own.extend(gated.aliases(printer.named_aliases()));
    let mut items = vec![
        Item::Block(vec![quote!(pub use crate::runtime::bulk::{#(#shown),*};)]),
        Item::Block(gated.uses(uses(api, batches))),
    ];
    items.extend(own.into_iter().map(Item::Alone));
    Module {
        path: path(api, "bulk.rs"),
        docs: vec![
            "Batch operations for any number of inputs, split over as many calls as it takes."
                .to_owned(),
        ],
        attributes: Vec::new(),
        items,
    }
}

/// A batch operation that is emitted.
struct Written<'a> {
    printer: &'a TypePrinter<'a>,
    operation: &'a Operation,
    batch: &'a Batch,
}

impl Written<'_> {
    fn marker(&self) -> TokenStream {
        let name = ident(&self.batch.name);
        let docs = doc(&[format!(
            "Stands for [`Client::{}`] in [`Bulk`].",
            self.operation.name.rust
        )]);
        quote!(#docs #[derive(Debug)] pub enum #name {})
    }

    fn methods(&self) -> TokenStream {
        let batch = self.batch;
        let (name, input) = (ident(&batch.name), self.printer.ty(&batch.input));
        let stem = &self.operation.name.rust;
        let (all, from) = (
            ident(&format!("{stem}_all")),
            ident(&format!("{stem}_all_from")),
        );
        let first = doc(&[
            "Sends any number of inputs and yields the outcome of each.".to_owned(),
            String::new(),
            format!(
                "They go through [`{stem}`](Self::{stem}), {} with each call, under a value of their own in {},",
                batch.at_most,
                docs::code(&batch.correlation.rust)
            ),
            "which is made up where an input has none. [`Bulk`] tells how.".to_owned(),
        ]);
        let second = doc(&[format!(
            "[`{stem}_all`](Self::{stem}_all) for inputs that arrive over time."
        )]);
        quote! {
            impl Client {
                #first
                pub fn #all<'a, I>(&self, inputs: I) -> Bulk<'a, #name>
                where
                    I: IntoIterator<Item = #input>,
                    I::IntoIter: Send + 'a,
                {
                    Bulk::of_iter(self, inputs)
                }
                #second
                pub fn #from<'a>(&self, inputs: impl futures_util::Stream<Item = #input> + Send + 'a) -> Bulk<'a, #name> {
                    Bulk::of_stream(self, inputs)
                }
            }
        }
    }

    fn implementation(&self) -> TokenStream {
        let batch = self.batch;
        let name = ident(&batch.name);
        let (input, record) = (
            self.printer.ty(&batch.input),
            self.printer.ty(&batch.record),
        );
        let problem = match &batch.problem {
            Some(ty) => self.printer.ty(ty),
            None => quote!(std::convert::Infallible),
        };
        let (reply, failure) = call_types(self.printer, self.operation, None);
        let marker = marker(self.operation);
        let most = Literal::usize_unsuffixed(batch.at_most);
        let ignores_case = batch.ignores_case;
        let call = self.call();
        let correlation = correlation(&batch.correlation);
        let identity = identities(&batch.identity);
        let parts = self.parts();
        let record_correlation = match batch.record_correlation.read(&quote!(record)) {
            Reached::Always(text) => quote!(Some(#text)),
            Reached::Perhaps(text) => text,
        };
        let is_new = is_new(batch.is_new.as_ref());
        let names = names(batch.problem_correlation.as_ref());
        let passes = passes(batch.passing.as_ref());
        let describe = describe(batch);
        let of_identity = used("input", !batch.identity.is_empty());
        let of_record = used("record", batch.is_new.is_some());
        let of_names = used("problem", batch.problem_correlation.is_some());
        let of_passes = used("problem", batch.passing.is_some());
        quote! {
            impl Batch for #name {
                type Input = #input;
                type Record = #record;
                type Problem = #problem;
                type Reply = #reply;
                type Failure = #failure;
                type Operation = #marker;
                type Client = Client;
                type Call = crate::runtime::call::Call<#reply, #failure, #marker>;
                const MAX_INPUTS: usize = #most;
                const IGNORES_CASE: bool = #ignores_case;
                fn call(client: &Client, inputs: Vec<#input>) -> (Self::Call, Vec<#input>) {
                    #call
                }
                fn correlation(input: &mut #input) -> &mut String {
                    #correlation
                }
                fn identity(#of_identity: &#input) -> Vec<Option<&str>> {
                    #identity
                }
                fn into_parts(reply: #reply) -> (Vec<#record>, Vec<#problem>) {
                    #parts
                }
                fn record_correlation(record: &#record) -> Option<&str> {
                    #record_correlation
                }
                fn is_new(#of_record: &#record) -> Option<bool> {
                    #is_new
                }
                fn problem_correlations(#of_names: &#problem) -> Vec<&str> {
                    #names
                }
                fn is_transient(#of_passes: &#problem) -> bool {
                    #passes
                }
                fn describe(problem: &#problem) -> String {
                    #describe
                }
            }
        }
    }

    /// Returns the lines that build the body from the inputs and take it apart again.
    fn call(&self) -> TokenStream {
        let method = ident(&self.operation.name.rust);
        let items = &self.batch.items;
        let field = ident(&items.rust);
        let body = self.operation.body.as_ref();
        let ty = body.and_then(|body| match &body.content {
            Content::Json { ty, .. } => Some(self.printer.ty(ty)),
            _ => None,
        });
        let (made, back) = match items.presence {
            Presence::Required => (quote!(#ty::new(inputs)), quote!(body.#field)),
            Presence::Nullable => (
                quote!(#ty::new(inputs)),
                quote!(body.#field.unwrap_or_default()),
            ),
            Presence::Optional | Presence::Tristate | Presence::OptionalRaw => {
                let setter = ident(&format!("with_{}", items.rust.trim_start_matches("r#")));
                (
                    quote!(#ty::default().#setter(inputs)),
                    quote!(body.#field.unwrap_or_default()),
                )
            }
        };
        let call = if body.is_some_and(|body| body.required) {
            quote!(client.#method(&body))
        } else {
            quote!(client.#method().body(&body))
        };
        quote!(let body = #made; (#call, #back))
    }

    fn parts(&self) -> TokenStream {
        match &self.operation.success {
            Success::One(_) => {
                let place = self.batch.replies.first();
                let pair = place.map(|place| pair(place, &quote!(reply)));
                pair.unwrap_or_else(|| quote!((Vec::new(), Vec::new())))
            }
            Success::Several { name, variants, .. } => {
                let name = ident(name);
                let arms = variants.iter().zip(&self.batch.replies);
                let arms = arms.map(|(variant, place)| {
                    let (variant_name, pair) =
                        (ident(&variant.name.rust), pair(place, &quote!(body)));
                    let is_empty = *place == BatchReply::default();
                    match &variant.returned {
                        Returned::Nothing => quote!(#name::#variant_name => #pair,),
                        _ if is_empty => quote!(#name::#variant_name(_) => #pair,),
                        _ => quote!(#name::#variant_name(body) => #pair,),
                    }
                });
                quote!(match reply { #(#arms)* })
            }
        }
    }
}

/// Returns the results and the errors of a success.
fn pair(place: &BatchReply, body: &TokenStream) -> TokenStream {
    let list = |field: &Option<Field>| match field {
        None => quote!(Vec::new()),
        Some(field) => {
            let name = ident(&field.rust);
            match field.presence {
                Presence::Required => quote!(#body.#name),
                _ => quote!(#body.#name.unwrap_or_default()),
            }
        }
    };
    let (results, errors) = (list(&place.results), list(&place.errors));
    quote!((#results, #errors))
}

fn correlation(field: &Field) -> TokenStream {
    let name = ident(&field.rust);
    match field.presence {
        Presence::Required => quote!(&mut input.#name),
        _ => quote!(input.#name.get_or_insert_default()),
    }
}

fn identities(fields: &[Field]) -> TokenStream {
    let texts = fields.iter().map(identity);
    if fields.is_empty() {
        quote!(Vec::new())
    } else {
        quote!(Vec::from([#(#texts),*]))
    }
}

fn identity(field: &Field) -> TokenStream {
    let name = ident(&field.rust);
    match field.presence {
        Presence::Required => quote!(Some(input.#name.as_str())),
        _ => quote!(input.#name.as_deref()),
    }
}

fn is_new(field: Option<&Field>) -> TokenStream {
    let Some(field) = field else {
        return quote!(None);
    };
    let name = ident(&field.rust);
    match field.presence {
        Presence::Required => quote!(Some(record.#name)),
        _ => quote!(record.#name),
    }
}

fn names(path: Option<&MemberPath>) -> TokenStream {
    let Some(path) = path else {
        return quote!(Vec::new());
    };
    match (path.leaf, path.read(&quote!(problem))) {
        (Leaf::Text | Leaf::Listed, Reached::Always(text)) => quote!(Vec::from([#text])),
        (Leaf::Text | Leaf::Listed, Reached::Perhaps(text)) => quote!(#text.into_iter().collect()),
        (Leaf::Texts, _) => match path.reach(&quote!(problem)) {
            Reached::Always(list) => quote!(#list.iter().map(|text| text.as_str()).collect()),
            Reached::Perhaps(list) => {
                quote!(#list.into_iter().flatten().map(|text| text.as_str()).collect())
            }
        },
    }
}

fn passes(passing: Option<&(MemberPath, Vec<String>)>) -> TokenStream {
    let Some((path, values)) = passing else {
        return quote!(false);
    };
    match path.read(&quote!(problem)) {
        Reached::Always(text) => quote!([#(#values),*].contains(&#text)),
        Reached::Perhaps(text) => quote!(#text.is_some_and(|text| [#(#values),*].contains(&text))),
    }
}

fn describe(batch: &Batch) -> TokenStream {
    match (&batch.message, &batch.problem) {
        (Some(path), _) => match path.read(&quote!(problem)) {
            Reached::Always(text) => quote!(#text.to_owned()),
            Reached::Perhaps(text) => quote!(#text.unwrap_or_default().to_owned()),
        },
        (None, Some(_)) => quote!(crate::runtime::bulk::shown(problem)),
        (None, None) => quote!(match *problem {}),
    }
}

/// Returns the name of an argument; `_` if the body does not use it.
fn used(name: &str, is_used: bool) -> proc_macro2::Ident {
    if is_used { ident(name) } else { ident("_") }
}
