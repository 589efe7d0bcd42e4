//! Which operation a request belongs to, by the path of its server, its path template and its method.
//!
//! Traffic is recorded where it was possible: against a test server, or behind a gateway. So the host may differ, and of
//! a server's path `/gateway/api/v3` a request has at least an end, `/api/v3`. A literal segment wins over a parameter,
//! as OpenAPI says.

use super::description::{Description, Operation};
use super::names;
use super::traffic::decode;

/// The paths of all operations.
pub(super) struct Router {
    routes: Vec<Route>,
}

/// A server and a path template of an operation.
struct Route {
    /// The index of the operation.
    operation: usize,
    method: String,
    /// The host of the server, if its URL is absolute and has no variables in its host.
    host: Option<String>,
    prefix: Vec<Segment>,
    template: Vec<Segment>,
}

/// A segment of a path: text and parameters by turns.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Segment(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// A parameter with this name.
    Parameter(String),
}

/// What a request belongs to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Matched {
    /// The operation with this index, and the parameters of its path.
    Operation(usize, Vec<(String, String)>),
    /// None; the path with everything replaced that can be somebody's data: `/users/{}/avatar`.
    Nothing(String),
}

/// How well a route fits; the greatest fits best.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    is_same_host: bool,
    prefix: usize,
    /// Whether each segment of the template is literal.
    literal: Vec<bool>,
}

impl Router {
    pub(super) fn new(description: &Description<'_>) -> Self {
        let routes = description.operations.iter().enumerate();
        Router {
            routes: routes
                .flat_map(|(index, operation)| of_operation(index, operation))
                .collect(),
        }
    }

    /// Finds the operation of a request.
    pub(super) fn find(&self, method: &str, host: Option<&str>, path: &str) -> Matched {
        let segments: Vec<String> = split(path).map(decode).collect();
        let fitting = |any_method: bool| {
            self.routes
                .iter()
                .filter(|route| any_method || route.method == method)
                .filter_map(|route| Some((route.fit(host, &segments)?, route)))
                // of equal ones the first
                .max_by(|(one, a), (other, b)| one.cmp(other).then(b.operation.cmp(&a.operation)))
                .map(|(_, route)| route)
        };
        match (fitting(false), fitting(true)) {
            (Some(route), _) => {
                let sent: Vec<&str> = split(path).collect();
                Matched::Operation(route.operation, route.parameters(&sent, &segments))
            }
            (None, Some(route)) => Matched::Nothing(route.shown(&segments)),
            (None, None) => Matched::Nothing(abstracted(&segments)),
        }
    }
}

fn of_operation(index: usize, operation: &Operation) -> Vec<Route> {
    let template: Vec<Segment> = split(&operation.path).map(Segment::parse).collect();
    let root = ["/".to_owned()];
    let servers = if operation.servers.is_empty() {
        &root[..]
    } else {
        &operation.servers
    };
    servers
        .iter()
        .map(|server| {
            let (host, path) = split_server(server);
            Route {
                operation: index,
                method: operation.method.clone(),
                host: host.filter(|host| !host.contains('{')),
                prefix: split(&path)
                    .filter(|part| !part.is_empty())
                    .map(Segment::parse)
                    .collect(),
                template: template.clone(),
            }
        })
        .collect()
}

/// Splits the URL of a server into host and path.
fn split_server(url: &str) -> (Option<String>, String) {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    match url.split_once("//") {
        Some((_, rest)) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            (Some(host.to_ascii_lowercase()), path.to_owned())
        }
        // `{scheme_and_host}/api` and `/api`
        None => {
            let path = match url.strip_prefix('{').and_then(|rest| rest.split_once("}/")) {
                Some((_, path)) => path,
                None => url,
            };
            (None, path.to_owned())
        }
    }
}

/// Iterates over the segments of a path; a last one is empty if the path ends in `/`.
fn split(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

/// Returns a path that is in no template, with each segment replaced that does not look like a name.
fn abstracted(segments: &[String]) -> String {
    let shown = segments
        .iter()
        .map(|segment| match names::is_segment(segment) {
            true => segment.as_str(),
            false => "{}",
        });
    shown.fold(String::new(), |path, segment| path + "/" + segment)
}

impl Route {
    /// Returns how well a request's path fits this route; `None` if it does not.
    fn fit(&self, host: Option<&str>, segments: &[String]) -> Option<Fit> {
        let prefix = segments.len().checked_sub(self.template.len())?;
        let (before, rest) = segments.split_at_checked(prefix)?;
        let is_same_host = self.host.is_some() && self.host.as_deref() == host;
        let own = self.prefix.get(self.prefix.len().checked_sub(prefix)?..)?;
        let is_whole = prefix == self.prefix.len();
        let has_literal = self.template.iter().any(|segment| segment.is_literal());
        let fits = (is_whole || (!is_same_host && has_literal))
            && own.iter().zip(before).all(|(own, text)| own.matches(text))
            && self
                .template
                .iter()
                .zip(rest)
                .all(|(own, text)| own.matches(text));
        fits.then(|| Fit {
            is_same_host,
            prefix,
            literal: self.template.iter().map(Segment::is_literal).collect(),
        })
    }

    /// Returns the parameters of a path that fits this route, as they were sent.
    fn parameters(&self, sent: &[&str], decoded: &[String]) -> Vec<(String, String)> {
        let before = sent.len().saturating_sub(self.template.len());
        let segments = sent.iter().zip(decoded).skip(before);
        let mut found = Vec::new();
        for (own, (sent, decoded)) in self.template.iter().zip(segments) {
            match own.0.as_slice() {
                [Part::Parameter(name)] => found.push((name.clone(), (*sent).to_owned())),
                parts => {
                    let is_encoded = decoded != sent;
                    let text = if is_encoded { decoded } else { *sent };
                    match_parts(parts, text, &mut found);
                }
            }
        }
        found
    }

    /// Returns a path that fits this route, with its parameters replaced.
    fn shown(&self, segments: &[String]) -> String {
        let before = segments.len().saturating_sub(self.template.len());
        let template = self.template.iter().map(|segment| segment.to_string());
        let prefix = self
            .prefix
            .iter()
            .rev()
            .take(before)
            .rev()
            .map(|segment| segment.to_string());
        prefix
            .chain(template)
            .fold(String::new(), |path, segment| path + "/" + &segment)
    }
}

impl Segment {
    /// Parses a segment of a template: `{id}`, `report.{format}`, `users:batch`.
    fn parse(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, (name, after))) = rest
            .split_once('{')
            .and_then(|(before, inside)| Some((before, inside.split_once('}')?)))
        {
            if !before.is_empty() {
                parts.push(Part::Text(decode(before)));
            }
            parts.push(Part::Parameter(name.to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(decode(rest)));
        }
        Segment(parts)
    }

    fn is_literal(&self) -> bool {
        !self.0.iter().any(|part| matches!(part, Part::Parameter(_)))
    }

    fn matches(&self, text: &str) -> bool {
        match_parts(&self.0, text, &mut Vec::new())
    }
}

impl std::fmt::Display for Segment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Text(text) => f.write_str(text),
            Part::Parameter(_) => f.write_str("{}"),
        })
    }
}

/// Returns whether parts fit a text, and adds what their parameters take: at least one character each.
fn match_parts(parts: &[Part], text: &str, found: &mut Vec<(String, String)>) -> bool {
    match parts {
        [] => text.is_empty(),
        [Part::Text(own), rest @ ..] => text
            .strip_prefix(own.as_str())
            .is_some_and(|text| match_parts(rest, text, found)),
        [Part::Parameter(name)] => {
            found.push((name.clone(), text.to_owned()));
            !text.is_empty()
        }
        [Part::Parameter(name), rest @ ..] => {
            let known = found.len();
            text.char_indices().skip(1).any(|(at, _)| {
                let (taken, rest_of_text) = text.split_at(at);
                found.truncate(known);
                found.push((name.clone(), taken.to_owned()));
                match_parts(rest, rest_of_text, found)
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oasmith::diagnostic::Diagnostics;
    use oasmith::load::{Budgets, MapSources, load};

    fn find(servers: &str, paths: &str, requests: &[(&str, &str)]) -> Vec<String> {
        let text = format!("openapi: 3.0.3\nservers: {servers}\npaths: {paths}\n");
        let sources = MapSources::new().with("a.yaml", text);
        let loaded = load(
            &sources,
            "a.yaml",
            &Budgets::default(),
            &mut Diagnostics::new(),
        )
        .expect("it is YAML");
        let description = Description::new(&loaded).expect("it is OpenAPI");
        let router = Router::new(&description);
        let found = requests.iter().map(|(method, url)| {
            let (host, path, _) = super::super::traffic::split_url(url);
            match router.find(method, host.as_deref(), &path) {
                Matched::Operation(index, found) => {
                    let found = found.iter().map(|(name, text)| format!(" {name}={text}"));
                    description.operations[index].label() + &found.collect::<String>()
                }
                Matched::Nothing(path) => format!("nothing: {path}"),
            }
        });
        found.collect()
    }

    const PATHS: &str = "{ /pets: { get: {}, post: {} }, '/pets/{id}': { get: {} }, /pets/mine: { get: {} }, \
        '/pets/{id}/photo.{format}': { get: {} }, '/pets/{id}:feed': { post: {} }, '/{page}': { get: {} } }";

    #[test]
    fn a_literal_segment_wins_over_a_parameter() {
        let requests = [
            ("GET", "/v1/pets"),
            ("GET", "/v1/pets/12"),
            ("GET", "/v1/pets/mine"),
            ("GET", "/v1/pets/a%2Fb/photo.png"),
            ("POST", "/v1/pets/12:feed"),
            ("GET", "/v1/home"),
            ("DELETE", "/v1/pets/12"),
            ("GET", "/v1/pets/ada@example.com/toys/3f2a8c1e5d0b4c67"),
        ];
        assert_eq!(
            find("[{ url: /v1 }]", PATHS, &requests),
            [
                "GET /pets",
                "GET /pets/{id} id=12",
                "GET /pets/mine",
                "GET /pets/{id}/photo.{format} id=a%2Fb format=png",
                "POST /pets/{id}:feed id=12",
                "GET /{page} page=home",
                "nothing: /v1/pets/{}",
                "nothing: /v1/pets/{}/toys/{}",
            ]
        );
    }

    #[test]
    fn the_host_may_differ_and_the_path_of_the_server_be_shorter() {
        let servers = "[{ url: 'https://{region}.api.example/gateway/v{version}' }, { url: 'https://one.example/api' }]";
        let requests = [
            ("GET", "https://eu.api.example/gateway/v3/pets"),
            ("GET", "http://localhost:8080/v3/pets"),
            ("GET", "http://localhost:8080/pets"),
            ("GET", "http://localhost:8080/home"),
            ("GET", "https://one.example/api/pets"),
            ("GET", "https://one.example/other/pets"),
        ];
        assert_eq!(
            find(servers, PATHS, &requests),
            [
                "GET /pets",
                "GET /pets",
                "GET /pets",
                "nothing: /home",
                "GET /pets",
                "nothing: /other/pets",
            ]
        );
    }

    #[test]
    fn servers_of_a_path_and_of_an_operation_come_first() {
        let paths = "{ /a: { servers: [{ url: /p }], get: {}, post: { servers: [{ url: /o }] } } }";
        let requests = [
            ("GET", "/p/a"),
            ("POST", "/o/a"),
            ("GET", "/o/a"),
            ("POST", "/p/a"),
        ];
        assert_eq!(
            find("[{ url: /r }]", paths, &requests),
            ["GET /a", "POST /a", "nothing: /o/a", "nothing: /p/a"]
        );
    }
}
