//! Where the service lives: a checked URL, so that a request built on it goes where it says.

use std::net::{Ipv4Addr, Ipv6Addr};

use http::Uri;

/// A checked base URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    /// `https://api.example.com:8443`, in lower case and without the scheme's own port.
    origin: String,
    /// `/v2`, without a slash at the end; empty when there is no path.
    prefix: String,
}

impl BaseUrl {
    /// Checks the URL.
    ///
    /// # Errors
    /// Why it is refused. The URL is not part of the reason, since a password could be in it.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        if text.is_empty() {
            return Err(
                "there is no base URL: the description names no server, so `base_url` has to",
            );
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

    /// The URL without a slash at the end.
    pub(crate) fn as_string(&self) -> String {
        format!("{}{}", self.origin, self.prefix)
    }

    /// The same server with another path in place of the last part of its own.
    pub(crate) fn beside(&self, last: &str, other: &str) -> Self {
        let before = self.prefix.strip_suffix(last).unwrap_or_default();
        BaseUrl {
            origin: self.origin.clone(),
            prefix: format!("{before}{other}"),
        }
    }

    /// Whether bytes travel in the clear; only to this machine itself, then.
    pub(crate) fn is_plain_text(&self) -> bool {
        self.origin.starts_with("http:")
    }

    /// The URL of a request of the caller's own: a path is taken below the base URL, a whole URL has to have its origin.
    ///
    /// # Errors
    /// Why the request is refused.
    pub(crate) fn resolve(&self, uri: &Uri) -> Result<Uri, &'static str> {
        checked_path(uri.path())?;
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
                "the request goes to another origin than the base URL; it would take the credentials there",
            );
        }
        Ok(uri.clone())
    }
}

/// The same URL with another query, which comes with its question mark.
///
/// # Errors
/// The result is not a URL; not with a query that is percent-encoded.
pub(crate) fn with_query(uri: &Uri, query: &str) -> Result<Uri, &'static str> {
    let scheme = uri.scheme_str().unwrap_or_default();
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    format!("{scheme}://{authority}{}{query}", uri.path())
        .parse()
        .map_err(|_| "the URL of the request is not a URL")
}

/// `https://host:port` of a URL that credentials may be sent to.
fn origin_of(uri: &Uri) -> Result<String, &'static str> {
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err("the URL needs a scheme and a host");
    };
    if authority.as_str().contains('@') {
        return Err(
            "the URL has a user's name or a password; credentials have setters of their own",
        );
    }
    let host = authority.host().to_ascii_lowercase();
    if !is_host(&host) {
        return Err("the URL's host is not a host name or an IP address");
    }
    let own_port = match scheme {
        "https" => 443,
        "http" if is_loopback(&host) => 80,
        "http" => {
            return Err("the URL's scheme is http, which is for this machine itself; use https");
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
        // No `%`: a URL library decodes it, and would go to another host than the one that was checked.
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

/// Refuses what a URL library would rewrite: `..`, `%2e%2e` and `\` lead to another path than the one that was given.
///
/// # Errors
/// Why the path is refused.
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
