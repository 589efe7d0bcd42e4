//! Several finished [`Api`]s to one: a module for each, and a module `common` for the types that several of them have.
//!
//! ```text
//!  ir::Api of products ─┐ classes   equal types of one name, by partition refinement
//!  ir::Api of deals    ─┼─ common   one definition for each class of at least two documents
//!  ir::Api of contacts ─┘ schemes   one credential for each equal security scheme
//! ```
//!
//! Nothing here depends on the order in which the documents are named.

mod classes;
mod common;
mod schemes;
mod strip;
#[cfg(test)]
mod tests;
mod unlike;

use crate::diagnostic::Diagnostics;
use crate::ir::{Api, Home, Info, Joined, JoinedPart};
use crate::pointer::Pointer;
use classes::Classes;

/// The name of the module with the types that several documents have.
pub const COMMON: &str = "common";

/// The client of one document, to be joined with others.
pub struct Part {
    /// The name of its module.
    pub name: String,
    /// Its document.
    pub document: Pointer,
    /// Its types and operations.
    pub api: Api,
}

/// Joins the clients of several documents; `package` is the title of the whole.
pub fn join(mut parts: Vec<Part>, package: &str, diagnostics: &mut Diagnostics) -> Api {
    parts.sort_by(|one, other| one.name.cmp(&other.name));
    let apis: Vec<&Api> = parts.iter().map(|part| &part.api).collect();
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    let classes = Classes::of(&apis);
    let common::Common {
        api: common,
        types,
        shared,
        imports,
    } = common::common(&apis, &names, &classes);
    let apart = unlike::apart(&apis, &names, &classes);
    let schemes = schemes::join(&parts, diagnostics);
    let mut whole = whole(&apis, package);
    whole.schemes = schemes.schemes;
    let homes = shared.into_iter().zip(imports).zip(schemes.indexes);
    let parts = parts.into_iter().zip(homes);
    let parts = parts.map(|(part, ((shared, imports), schemes))| JoinedPart {
        api: Api {
            home: Some(Home {
                module: part.name.clone(),
                shared,
                imports,
            }),
            ..part.api
        },
        schemes,
        base_url_setter: format!("{}_base_url", part.name),
        name: part.name,
    });
    whole.joined = Some(Box::new(Joined {
        parts: parts.collect(),
        common,
        types,
        apart,
    }));
    whole
}

/// Returns what the crate as a whole has: what all its parts agree about.
fn whole(apis: &[&Api], package: &str) -> Api {
    let limits = apis.iter().filter_map(|api| api.recursion_limit);
    Api {
        info: Info {
            title: package.to_owned(),
            description: None,
            version: String::new(),
        },
        base_url: agreed(apis, |api| &api.base_url),
        base_path: agreed(apis, |api| &api.base_path),
        servers: agreed(apis, |api| &api.servers),
        message: agreed(apis, |api| &api.message),
        correlation_id: agreed(apis, |api| &api.correlation_id),
        retry: agreed(apis, |api| &api.retry),
        rate_limit: agreed(apis, |api| &api.rate_limit),
        naive_is_utc: agreed(apis, |api| &api.naive_is_utc),
        recursion_limit: limits.max(),
        schemes: Vec::new(),
        types: Vec::new(),
        operations: Vec::new(),
        left_out: Vec::new(),
        ignored_headers: Vec::new(),
        headers: Vec::new(),
        home: None,
        features: None,
        joined: None,
    }
}

/// Returns the value that all have, or the default.
fn agreed<T: Clone + Default + PartialEq>(apis: &[&Api], value: impl Fn(&Api) -> &T) -> T {
    let mut values = apis.iter().map(|api| value(api));
    match values.next() {
        Some(first) if values.all(|other| other == first) => first.clone(),
        _ => T::default(),
    }
}
