//! The base URL of a service, checked so that requests go where it says.

use std::net::{Ipv4Addr, Ipv6Addr};

use http::Uri;

/// A checked base URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    /// `https://api.example.com:8443`, in lower case and without the default port of the scheme.
    origin: String,
    /// `/v2`, without a trailing slash; empty without a path.
    prefix: String,
}

impl BaseUrl {
    /// Parses and checks a URL.
    ///
    /// # Errors
    /// Why it is rejected. The URL is not part of the reason, since it can have a password.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        if text.is_empty() {
            return Err("there is no base URL: the description has no server, so set `base_url`");
        }
        if text.contains(['?', '#']) {
            return Err("the base URL has a query or a fragment");
        }
        let uri: Uri = text.parse().map_err(|_| "the base URL is not a URL")?;
        let origin = origin_of(&uri)?;
        checked_path(uri.path())?;
        Ok(BaseUrl {
            origin,
            prefix: uri.path().trim_end_matches('/').to_owned(),
        })
    }

    /// Creates the base URL of a client for several services with servers of their own: it resolves no request.
    pub(crate) fn none() -> Self {
        BaseUrl {
            origin: String::new(),
            prefix: String::new(),
        }
    }

    /// Returns the URL without a trailing slash.
    pub(crate) fn as_string(&self) -> String {
        format!("{}{}", self.origin, self.prefix)
    }

    /// Returns the same URL with a path behind its own, unless it ends with that already: `/v1` behind
    /// `https://a.example/eu` is `https://a.example/eu/v1`.
    pub(crate) fn below(mut self, path: &str) -> Self {
        if !self.prefix.ends_with(path) {
            self.prefix.push_str(path);
        }
        self
    }

    /// Returns the same URL with another suffix of its path.
    pub(crate) fn beside(&self, suffix: &str, other: &str) -> Self {
        let before = self.prefix.strip_suffix(suffix).unwrap_or_default();
        BaseUrl {
            origin: self.origin.clone(),
            prefix: format!("{before}{other}"),
        }
    }

    /// Whether the scheme is http, which is for loopback addresses only.
    pub(crate) fn is_plain_text(&self) -> bool {
        self.origin.starts_with("http:")
    }

    /// Resolves the URL of a request of the caller: a path is below the base URL, a full URL needs the same origin.
    ///
    /// # Errors
    /// Why the URL is rejected.
    pub(crate) fn resolve(&self, uri: &Uri) -> Result<Uri, &'static str> {
        checked_path(uri.path())?;
        if self.origin.is_empty() {
            return Err(
                "the services of the client have base URLs of their own, so the client of one of them has to send it",
            );
        }
        if uri.scheme().is_none() && uri.authority().is_none() {
            let rest = uri.path_and_query().map_or("", |rest| rest.as_str());
            if !rest.starts_with('/') {
                return Err("the path of the request does not start with a slash");
            }
            let whole = format!("{}{rest}", self.as_string());
            return whole
                .parse()
                .map_err(|_| "the URL of the request is not a URL");
        }
        if origin_of(uri)? != self.origin {
            return Err(
                "the request has another origin than the base URL, and would take the credentials there",
            );
        }
        Ok(uri.clone())
    }
}

/// Replaces the query of a URL; the new one starts with its question mark.
///
/// # Errors
/// The result is not a URL, because the query is not percent-encoded.
pub(crate) fn with_query(uri: &Uri, query: &str) -> Result<Uri, &'static str> {
    let scheme = uri.scheme_str().unwrap_or_default();
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    format!("{scheme}://{authority}{}{query}", uri.path())
        .parse()
        .map_err(|_| "the URL of the request is not a URL")
}

/// Returns the origin, `https://host:port`, of a URL to which credentials may be sent.
fn origin_of(uri: &Uri) -> Result<String, &'static str> {
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err("the URL needs a scheme and a host");
    };
    if authority.as_str().contains('@') {
        return Err("the URL has a user name or a password; set credentials on the client builder");
    }
    let host = authority.host().to_ascii_lowercase();
    if !is_host(&host) {
        return Err("the URL's host is not a host name or an IP address");
    }
    let own_port = match scheme {
        "https" => 443,
        "http" if is_loopback(&host) => 80,
        "http" => {
            return Err(
                "the URL's scheme is http, which is for loopback addresses only; use https",
            );
        }
        _ => return Err("the URL's scheme is neither https nor http"),
    };
    let port = authority.port_u16();
    if port.is_none() && authority.as_str().len() != authority.host().len() {
        return Err("the URL's port is not a port");
    }
    Ok(match port {
        Some(port) if port != own_port => format!("{scheme}://{host}:{port}"),
        _ => format!("{scheme}://{host}"),
    })
}

fn is_host(host: &str) -> bool {
    match host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
    {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        // no `%`: a URL library would decode it, and use another host than the one that was checked
        None => {
            !host.is_empty()
                && host
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        }
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host == "[::1]"
        || host
            .parse()
            .is_ok_and(|address: Ipv4Addr| address.is_loopback())
}

/// Rejects paths that a URL library would rewrite: with `..`, `%2e%2e` or `\`.
///
/// # Errors
/// Why the path is rejected.
pub(crate) fn checked_path(path: &str) -> Result<(), &'static str> {
    if !path.bytes().all(|byte| byte.is_ascii_graphic()) || path.contains('\\') {
        return Err("the URL's path has characters that have to be percent-encoded");
    }
    let is_dots = |segment: &str| {
        let plain = segment.to_ascii_lowercase().replace("%2e", ".");
        plain == "." || plain == ".."
    };
    if path.split('/').any(is_dots) {
        return Err("the URL's path has a segment `.` or `..`");
    }
    Ok(())
}
