//! The document about itself, and the assembly of the whole.

use super::{repeat, security, server};
use crate::ir::{self, Api, Header, Info, Locator, Operation};
use crate::options::{self, Options};
use crate::resolve::Document;

/// Puts the parts together; `finish` settles what can be told only then.
pub(super) fn api(
    document: &Document,
    options: &Options,
    operations: Vec<Operation>,
    headers: Vec<Header>,
) -> Api {
    Api {
        info: Info {
            title: document.info.title.clone(),
            description: document.info.description.clone(),
            version: document.info.version.clone(),
        },
        base_url: server::base_url(document),
        servers: server::notes(document),
        schemes: security::schemes(document),
        types: Vec::new(),
        recursion_limit: None,
        operations,
        headers,
        message: options.errors.message.iter().map(locator).collect(),
        correlation_id: options.errors.correlation_id.iter().map(locator).collect(),
        retry: repeat::rules(options),
        rate_limit: repeat::rate_limit(options),
    }
}

pub(super) fn locator(locator: &options::Locator) -> ir::Locator {
    match locator {
        options::Locator::Member(path) => Locator::Member(path.clone()),
        options::Locator::Header(name) => Locator::Header(name.clone()),
    }
}
