//! Servers of the document and of single operations, with the default values of their variables.

use std::collections::BTreeSet;

use openapiv3::Server as Source;

use super::Operations;
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Server, ServerNote, ServerVariable};
use crate::pointer::Pointer;
use crate::resolve::{Document, OperationEntry};

/// The target of a server's URL with the default values of its variables.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    /// `https://api.example.com/v1`, without a slash at the end.
    Url(String),
    /// `/v1`, on a server that the document does not name; empty for its root.
    Path(String),
}

/// Returns the base URL: the first server that a client can call. A relative URL leads nowhere from here. Where only
/// operations have servers, the first of theirs is taken.
pub(in crate::lower) fn base_url(document: &Document) -> Option<String> {
    let own = document.operations.iter();
    let own = own.flat_map(|entry| &entry.operation.servers);
    let url = if document.servers.is_empty() {
        own.filter_map(target).find(is_url)
    } else {
        best(&document.servers)
    };
    match url? {
        Target::Url(url) => Some(url),
        Target::Path(_) => None,
    }
}

/// Returns the server of one operation if it is another than the client's. Where its URL cannot be called, the client's
/// is used.
pub(super) fn own(document: &Document, entry: &OperationEntry) -> Option<Server> {
    match best(&entry.operation.servers)? {
        Target::Url(url) if base_url(document).as_ref() == Some(&url) => None,
        Target::Url(url) => Some(Server::Url(url)),
        Target::Path(own) => {
            let common = match best(&document.servers) {
                Some(Target::Url(url)) => path_of(&url).to_owned(),
                Some(Target::Path(path)) => path,
                None => String::new(),
            };
            (own != common).then_some(Server::Path { common, own })
        }
    }
}

/// Returns the path that is joined to the base URL of the caller, where the document's server is only that: `/v1`.
pub(in crate::lower) fn base_path(document: &Document) -> Option<String> {
    match best(&document.servers)? {
        Target::Path(path) if !path.is_empty() => Some(path),
        _ => None,
    }
}

/// Returns servers, as documentation.
pub(in crate::lower) fn server_notes(servers: &[Source]) -> Vec<ServerNote> {
    let notes = servers.iter().map(|server| {
        let variables = server.variables.iter().flatten();
        let variables = variables.map(|(name, variable)| {
            let others = variable.enumeration.iter();
            let others = others.filter(|value| **value != variable.default);
            ServerVariable {
                name: name.clone(),
                default: variable.default.clone(),
                others: (!variable.enumeration.is_empty()).then(|| others.cloned().collect()),
                description: variable.description.clone(),
            }
        });
        ServerNote {
            url: server.url.clone(),
            description: server.description.clone(),
            variables: variables.collect(),
        }
    });
    notes.collect()
}

/// Returns the servers of one operation, as documentation, where there is more than a URL.
pub(super) fn own_notes(entry: &OperationEntry) -> Vec<ServerNote> {
    let notes = server_notes(&entry.operation.servers);
    if ServerNote::say_more(&notes) {
        notes
    } else {
        Vec::new()
    }
}

/// Returns the first server that can be called safely, by https or on this machine; else the first that is only a path,
/// which needs a base URL; else the first.
fn best(servers: &[Source]) -> Option<Target> {
    let mut targets: Vec<Target> = servers.iter().filter_map(target).collect();
    let is_safe = |target: &Target| match target {
        Target::Url(url) => {
            let hosts = ["localhost", "127.0.0.1", "[::1]"];
            let host = url.strip_prefix("http://").unwrap_or_default();
            url.starts_with("https:") || hosts.iter().any(|known| host.starts_with(known))
        }
        Target::Path(_) => false,
    };
    let safe = targets.iter().position(is_safe);
    let index = safe.or_else(|| targets.iter().position(|target| !is_url(target)));
    let index = index.unwrap_or_default();
    (index < targets.len()).then(|| targets.swap_remove(index))
}

fn is_url(target: &Target) -> bool {
    matches!(target, Target::Url(_))
}

/// Returns the target of a server; `None` if no client can call it.
fn target(server: &Source) -> Option<Target> {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    // a server has neither a query nor a fragment; they are reported
    url.truncate(url.find(['?', '#']).unwrap_or(url.len()));
    let plain = |letter: char| letter.is_ascii_graphic() && !"@\\\"<>{}|^`".contains(letter);
    let is_dots = |part: &str| matches!(part, "." | "..");
    let trimmed = || url.trim_end_matches('/').to_owned();
    if !url.chars().all(plain) {
        return None;
    }
    match url.split_once("://") {
        Some(("https" | "http", rest)) => {
            let mut parts = rest.split('/');
            let has_host = parts.next().is_some_and(|host| !host.is_empty());
            (has_host && !parts.any(is_dots)).then(|| Target::Url(trimmed()))
        }
        // `//host` keeps a scheme that nobody knows
        None if (url.is_empty() || url.starts_with('/')) && !url.starts_with("//") => {
            let is_plain = !url.split('/').any(is_dots);
            is_plain.then(|| Target::Path(trimmed()))
        }
        _ => None,
    }
}

/// Returns the path of a URL: `/v1` of `https://api.example.com/v1`.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/')
        .and_then(|at| rest.get(at..))
        .unwrap_or_default()
}

impl Operations<'_, '_> {
    /// Reports servers that cannot be called; the caller gives the base URL then.
    pub(super) fn server_reports(&mut self) {
        let document = self.document;
        self.check_servers(
            &document.servers,
            &Pointer::root(self.options.input.as_str()).child("servers"),
        );
        let mut seen = BTreeSet::new();
        for entry in &document.operations {
            // several operations of a path have its servers
            if seen.insert(&entry.servers_at) {
                self.check_servers(&entry.operation.servers, &entry.servers_at);
            }
        }
    }

    fn check_servers(&mut self, servers: &[Source], at: &Pointer) {
        for (index, server) in servers.iter().enumerate() {
            let at = at.index(index);
            let mut url = server.url.clone();
            for (name, variable) in server.variables.iter().flatten() {
                url = url.replace(&format!("{{{name}}}"), &variable.default);
                if !variable.enumeration.is_empty()
                    && !variable.enumeration.contains(&variable.default)
                {
                    let text = format!("the default of `{name}` is none of its listed values");
                    let at = at.child("variables").child(name).child("default");
                    self.report(Diagnostic::new(code::SERVER, at, text));
                }
            }
            let has_query = url.contains(['?', '#']);
            if has_query && target(server).is_some() {
                let text = format!(
                    "a server has neither a query nor a fragment; that of `{url}` is not sent"
                );
                let finding = Diagnostic::new(code::SERVER, at.child("url"), text);
                self.report(finding);
            }
            if target(server).is_none() {
                let text = if url.contains(['{', '}']) {
                    format!("`{url}` has a variable that is not declared, so it is not called")
                } else {
                    format!("`{url}` is nothing that HTTP can call")
                };
                let finding = Diagnostic::new(code::SERVER, at.child("url"), text);
                self.report(finding.help("a caller gives the base URL"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Option<Target> {
        target(&Source {
            url: url.to_owned(),
            ..Source::default()
        })
    }

    #[test]
    fn what_can_be_called_is_a_url_or_a_path() {
        let url = |text: &str| Some(Target::Url(text.to_owned()));
        let path = |text: &str| Some(Target::Path(text.to_owned()));
        assert_eq!(of("https://a.example/v1/"), url("https://a.example/v1"));
        assert_eq!(of("http://a.example"), url("http://a.example"));
        assert_eq!(of("/v1/"), path("/v1"));
        assert_eq!((of(""), of("/")), (path(""), path("")));
        for wrong in [
            "//a.example",
            "wss://a.example",
            "https://",
            "https://a/../b",
            "/a/..",
            "v1",
            "https://{host}",
            "https://me@a.example",
        ] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_first_that_is_safe_is_taken() {
        let servers = |urls: &[&str]| {
            let servers = urls.iter().map(|url| Source {
                url: (*url).to_owned(),
                ..Source::default()
            });
            best(&servers.collect::<Vec<_>>())
        };
        let url = |text: &str| Some(Target::Url(text.to_owned()));
        assert_eq!(
            servers(&["http://a.example", "https://b.example"]),
            url("https://b.example")
        );
        assert_eq!(
            servers(&["http://localhost:8080", "https://b.example"]),
            url("http://localhost:8080")
        );
        assert_eq!(
            servers(&["ftp://a.example", "http://b.example"]),
            url("http://b.example")
        );
        assert_eq!(servers(&[]), None);
    }

    #[test]
    fn a_path_is_what_follows_the_host() {
        assert_eq!(path_of("https://a.example/v1"), "/v1");
        assert_eq!(path_of("https://a.example"), "");
    }
}
