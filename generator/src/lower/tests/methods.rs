//! Methods in one line each.
//!
//! ```text
//! path id: Uuid! simple              a parameter: location, name, type, presence, style; * where it is exploded
//! json Pet                           a body or a response
//! OpBody { Json = json Pet, Text = text text/plain }
//! json Pet; failure OpError { 404 = text, default = json Problem }; accept application/json, text/plain
//! ```

use super::notation::{braces, renamed, ty};
use crate::ir::{
    Api, Body, Content, Failure, FormStyle, Operation, Parameter, ParameterPlace, Part, PartKind,
    PathPart, Returned, SchemeKind, Server, Style, Success, Variant,
};

/// Returns a parameter: `query tags: List<String>? form*`.
pub(in crate::lower) fn parameter(api: &Api, one: &Parameter) -> String {
    let location = location(one.place);
    let name = renamed(&one.name);
    let ty = ty(api, &one.ty);
    let presence = required(one.required);
    let style = style(one.style, one.explode);
    let reserved = if one.reserved { " reserved" } else { "" };
    format!(
        "{location} {name}: {ty}{presence} {style}{reserved}{}",
        styles(&one.styles)
    )
}

fn location(place: ParameterPlace) -> &'static str {
    match place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query => "query",
        ParameterPlace::QueryString => "querystring",
        ParameterPlace::Header => "header",
        ParameterPlace::Cookie => "cookie",
    }
}

fn style(style: Style, explode: bool) -> String {
    let name = match style {
        Style::Simple => "simple",
        Style::Label => "label",
        Style::Matrix => "matrix",
        Style::Form => "form",
        Style::SpaceDelimited => "space",
        Style::PipeDelimited => "pipe",
        Style::DeepObject => "deep",
        Style::Cookie => "cookie",
        Style::Json => "json",
    };
    let explode = if explode { "*" } else { "" };
    format!("{name}{explode}")
}

fn required(required: bool) -> &'static str {
    if required { "!" } else { "?" }
}

/// Returns members with a style of their own: ` [deep* a, b]`.
fn styles(styles: &[FormStyle]) -> String {
    let all = styles.iter().map(|one| {
        format!(
            " [{} {}]",
            style(one.style, one.explode),
            one.members.join(", ")
        )
    });
    all.collect()
}

/// Returns a path with the Rust names of its parameters: `/pets/{pet_id}`.
pub(in crate::lower) fn path(one: &Operation) -> String {
    let parts = one.parts.iter().map(|part| match part {
        PathPart::Literal(text) => text.clone(),
        PathPart::Parameter(index) => format!("{{{}}}", one.parameters[*index].name.rust),
    });
    parts.collect()
}

/// Returns a request body: `json Pet!`.
pub(in crate::lower) fn body(api: &Api, body: &Body) -> String {
    format!("{}{}", content(api, &body.content), required(body.required))
}

fn content(api: &Api, one: &Content) -> String {
    match one {
        Content::Json {
            media_type,
            ty: used,
        } if media_type == "application/json" => {
            format!("json {}", ty(api, used))
        }
        Content::Json {
            media_type,
            ty: used,
        } => format!("json {media_type} {}", ty(api, used)),
        Content::Form {
            ty: used,
            styles: own,
        } => format!("form {}{}", ty(api, used), styles(own)),
        Content::Multipart {
            media_type,
            name,
            parts,
            rest,
        } => {
            let parts = parts.iter().map(|one| part(api, one));
            let rest = rest.iter().map(|rest| format!("..{rest}"));
            braces(&format!("{media_type} {name}"), parts.chain(rest))
        }
        Content::Parts { media_type } => format!("parts {media_type}"),
        Content::Text { media_type } => format!("text {media_type}"),
        Content::Bytes { media_type } => format!("bytes {media_type}"),
        Content::AnyBytes { range } => format!("bytes of {range}"),
        Content::Choice { name, variants } => braces(
            name,
            variants
                .iter()
                .map(|(name, one)| format!("{} = {}", name.rust, content(api, one))),
        ),
    }
}

/// Returns a part: `file: file image/png!`, `tags: List<String>? form`, with headers behind it: `+ file_x_id: String!`.
fn part(api: &Api, one: &Part) -> String {
    let kind = match &one.kind {
        PartKind::File => "file".to_owned(),
        PartKind::Files => "files".to_owned(),
        PartKind::FileOrText => "file or text".to_owned(),
        PartKind::FilesOrTexts => "files or texts".to_owned(),
        PartKind::Value(value) => ty(api, value),
    };
    let blank = if one.media_type.is_empty() { "" } else { " " };
    let own_style = one
        .style
        .map(|(one, explode)| format!(" {}", style(one, explode)));
    let headers = one.headers.iter().map(|header| {
        let json = if header.is_json { " json" } else { "" };
        let name = renamed(&header.name);
        format!(
            " + {name}: {}{}{json}",
            ty(api, &header.ty),
            required(header.required)
        )
    });
    format!(
        "{}: {kind}{blank}{}{}{}{}",
        renamed(&one.name),
        one.media_type,
        required(one.required),
        own_style.unwrap_or_default(),
        headers.collect::<String>()
    )
}

fn returned(api: &Api, one: &Returned) -> String {
    match one {
        Returned::Nothing => "()".to_owned(),
        Returned::Json(used) => format!("json {}", ty(api, used)),
        Returned::Text => "text".to_owned(),
        Returned::Bytes => "bytes".to_owned(),
        Returned::Events(used) => format!("events {}", ty(api, used)),
        Returned::JsonLines(used) => format!("lines {}", ty(api, used)),
    }
}

/// Returns what an operation gives: `json Pet; failure json Problem; accept …; op_stream text/event-stream events Pet`.
pub(in crate::lower) fn outcomes(api: &Api, one: &Operation) -> String {
    let mut parts = vec![match &one.success {
        Success::One(one) => returned(api, one),
        Success::Several { name, variants, .. } => several(api, name, variants),
    }];
    match &one.failure {
        Failure::Undeclared => {}
        Failure::One { returned: one, .. } => parts.push(format!("failure {}", returned(api, one))),
        Failure::Several { name, variants } => {
            parts.push(format!("failure {}", several(api, name, variants)))
        }
    }
    parts.extend(one.accept.iter().map(|names| format!("accept {names}")));
    parts.extend(one.stream.iter().map(|stream| {
        format!(
            "{} {} {}",
            stream.rust,
            stream.accept,
            returned(api, &stream.returned)
        )
    }));
    parts.join("; ")
}

fn several(api: &Api, name: &str, variants: &[Variant]) -> String {
    let variants = variants
        .iter()
        .map(|one| format!("{} = {}", renamed(&one.name), returned(api, &one.returned)));
    braces(name, variants)
}

/// Returns the headers of an operation by their constants: `success X_NEXT: String?; failure RETRY_AFTER: i64!`.
pub(in crate::lower) fn headers(api: &Api, one: &Operation) -> String {
    let constants = |names: &[String]| {
        let found = names.iter().map(|name| {
            let header = api.headers.iter().find(|header| header.name.rust == *name);
            let header = header.expect("an operation names constants that there are");
            let json = if header.is_json { " json" } else { "" };
            let explode = if header.explode { " *" } else { "" };
            format!(
                "{name}: {}{}{json}{explode}",
                ty(api, &header.ty),
                required(header.required)
            )
        });
        found.collect::<Vec<_>>().join(", ")
    };
    let both = [
        ("success", &one.headers.success),
        ("failure", &one.headers.failure),
    ];
    let both = both.into_iter().filter(|(_, names)| !names.is_empty());
    let both: Vec<String> = both
        .map(|(what, names)| format!("{what} {}", constants(names)))
        .collect();
    if both.is_empty() {
        "-".to_owned()
    } else {
        both.join("; ")
    }
}

/// Returns the credentials of an operation: `token & api_key | none`, where nothing is sent at all: `-`.
pub(in crate::lower) fn credentials(api: &Api, one: &Operation) -> String {
    let sets = one.authorization.alternatives.iter().map(|set| {
        let names: Vec<&str> = set
            .iter()
            .map(|index| api.schemes[*index].method())
            .collect();
        if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(" & ")
        }
    });
    let sets: Vec<String> = sets.collect();
    if sets.is_empty() {
        "-".to_owned()
    } else {
        sets.join(" | ")
    }
}

/// Returns the schemes, after the short names of their methods: `token/auth_token: bearer; a_api_key: header X-Key`.
pub(in crate::lower) fn schemes(api: &Api) -> String {
    let schemes = api.schemes.iter().map(|one| {
        let kind = match &one.kind {
            SchemeKind::Bearer => "bearer".to_owned(),
            SchemeKind::Basic => "basic".to_owned(),
            SchemeKind::ApiKey { place, name } => format!("{} {name}", location(*place)),
        };
        let short = one.short.iter().map(|short| format!("{short}/"));
        format!("{}{}: {kind}", short.collect::<String>(), one.name.rust)
    });
    schemes.collect::<Vec<_>>().join("; ")
}

/// Returns where requests go: `https://a.example/v1`, and for an operation of its own server `/v1 -> /auth`.
pub(in crate::lower) fn server(api: &Api, one: &Operation) -> String {
    let mut base = api.base_url.clone().unwrap_or("-".to_owned());
    if let Some(path) = &api.base_path {
        base += &format!(" {path}");
    }
    match &one.server {
        None => base,
        Some(Server::Url(url)) => format!("{base}; {url}"),
        Some(Server::Path { common, own }) => format!("{base}; {common} -> {own}"),
    }
}

mod own_tests {
    use super::{style, styles};
    use crate::ir::{FormStyle, Style};

    #[test]
    fn an_exploded_style_has_a_star() {
        assert_eq!(style(Style::Form, true), "form*");
        assert_eq!(style(Style::SpaceDelimited, false), "space");
    }

    #[test]
    fn members_with_a_style_are_in_brackets() {
        let members = ["a", "b"].map(str::to_owned).to_vec();
        let deep = FormStyle {
            style: Style::DeepObject,
            explode: true,
            members,
        };
        assert_eq!(styles(&[deep]), " [deep* a, b]");
        assert_eq!(styles(&[]), "");
    }
}
