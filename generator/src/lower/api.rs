//! The document about itself, and the assembly of the whole.

use super::security;
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
        base_url: base_url(document),
        schemes: security::schemes(document),
        types: Vec::new(),
        operations,
        headers,
        message: options.errors.message.iter().map(locator).collect(),
        correlation_id: options.errors.correlation_id.iter().map(locator).collect(),
    }
}

/// The first server, its variables at their defaults; a relative URL leads nowhere from here.
fn base_url(document: &Document) -> Option<String> {
    let server = document.servers.first()?;
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    is_usable(&url).then(|| url.trim_end_matches('/').to_owned())
}

/// Whether requests can start with a URL: absolute, and nothing in it that would send them elsewhere (`user@`, `..`) or end the path.
fn is_usable(url: &str) -> bool {
    let Some((_, rest)) = url
        .split_once("://")
        .filter(|(scheme, _)| matches!(*scheme, "https" | "http"))
    else {
        return false;
    };
    let mut parts = rest.split('/');
    let host = parts.next().unwrap_or_default();
    let plain = |letter: char| letter.is_ascii_graphic() && !"@?#\\\"<>{}|^`".contains(letter);
    !host.is_empty() && rest.chars().all(plain) && !parts.any(|part| matches!(part, "." | ".."))
}

fn locator(locator: &options::Locator) -> ir::Locator {
    match locator {
        options::Locator::Member(path) => Locator::Member(path.clone()),
        options::Locator::Header(name) => Locator::Header(name.clone()),
    }
}
