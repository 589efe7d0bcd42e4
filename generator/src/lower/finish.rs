//! What needs all types and operations: recursion, order, who uses what, what is boxed. Takes drafts and makes the
//! finished [`Api`], in which nothing is left to be filled in.

mod accessor;
mod batch;
mod boxing;
mod constants;
mod constructors;
mod drafts;
mod features;
mod fixed;
mod header_constants;
mod idempotency;
mod nesting;
mod operation;
mod order;
mod presence;
mod recursion;
mod schemes;
mod stale_config;
#[cfg(test)]
mod tests;
mod types;
mod union;
mod usage;

use super::operation::{
    OperationDrafts, base_path, base_url, locator, rate_limit, retry_rules, server_notes,
};
use super::schema::SchemaDrafts;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::ir::{Api, Info};
use crate::options::{NaiveDateTime, Options};
use crate::resolve::Document;
use drafts::TypeDrafts;

/// What the steps of this room share.
struct Context<'a> {
    document: &'a Document,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
}

/// Makes the finished API of drafts. Where types are nested more deeply than the budget allows, its types are left out:
/// the run has an error then.
pub(super) fn finish(
    mut schemas: SchemaDrafts,
    mut operations: OperationDrafts,
    (document, options, diagnostics): (&Document, &Options, &mut Diagnostics),
) -> Api {
    let mut context = Context {
        document,
        options,
        diagnostics,
    };
    stale_config::check(&schemas.used, &mut context);
    for at in schemas.table.unfilled() {
        let text = "the type of this schema was named and never made";
        let finding = Diagnostic::new(code::UNEXPECTED_OUTPUT, at.clone(), text);
        context.diagnostics.push(finding);
    }
    fixed::fix(&mut schemas.table, &mut operations);
    let (mut types, mut operations) = order::settle(schemas.table, operations);
    recursion::wrap_aliases(&mut types, context.diagnostics);
    recursion::check_unions(&types, context.diagnostics);
    idempotency::check(&types, &operations.operations, context.diagnostics);
    if !nesting::is_within_budget(&types, &mut context) {
        // the steps below walk types by recursion; there is an error, so there is no output either
        types = TypeDrafts::new(Vec::new());
        operations.operations.clear();
        operations.headers.clear();
    }
    let usage = usage::of(&types, &operations);
    presence::settle(&mut types, &usage);
    let comparisons = operations
        .operations
        .iter()
        .map(|operation| accessor::compare(&types, operation, context.diagnostics))
        .collect();
    boxing::boxing(&mut types);
    let surroundings = operation::Surroundings {
        comparisons,
        batches: batch::of(
            &types,
            &operations.operations,
            &operations.methods,
            &mut context,
        ),
    };
    let schemes = schemes::of(document, &operations.operations, context.diagnostics);
    let headers = header_constants::of(&mut operations, context.diagnostics);
    let types = types::finished(&types, &usage, options);
    let mut api = Api {
        info: Info {
            title: document.info.title.clone(),
            description: document.info.description.clone(),
            version: document.info.version.clone(),
        },
        base_url: base_url(document),
        base_path: base_path(document),
        servers: server_notes(&document.servers),
        operations: operation::finished(operations.operations, surroundings, &headers, &schemes),
        schemes: schemes.into_schemes(),
        left_out: operations.left_out,
        ignored_headers: operations.ignored_headers,
        naive_is_utc: options.types.naive_date_time == NaiveDateTime::Utc,
        recursion_limit: nesting::recursion_limit(&types),
        types,
        headers: headers.into_headers(),
        message: options.errors.message.iter().map(locator).collect(),
        correlation_id: options.errors.correlation_id.iter().map(locator).collect(),
        retry: retry_rules(options),
        rate_limit: rate_limit(options),
        features: None,
        home: None,
        joined: None,
    };
    constructors::name(&mut api, schemas.names, context.diagnostics);
    api.features = features::of(&api, options, context.diagnostics);
    api
}
