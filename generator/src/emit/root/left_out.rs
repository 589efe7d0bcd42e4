//! What the crate's documentation says about what the description has and the crate has not.

use crate::emit::docs;
use crate::emit::paragraphs::Paragraphs;
use crate::ir::{Api, IgnoredHeader, LeftOut, LeftOutReason, NoForm, ReservedHeader};

/// How many methods a line names; of more it says the number.
const NAMED: usize = 4;

/// Adds the sections on operations, media types and headers that are left out, if there are some.
pub(super) fn sections(api: &Api, text: &mut Paragraphs) {
    if !api.left_out.is_empty() {
        text.line("# What is left out");
        let lines = api.left_out.iter().map(left_out);
        text.list(lines.collect());
    }
    let headers = &api.ignored_headers;
    let is_credential = |one: &&IgnoredHeader| one.name == ReservedHeader::Authorization;
    if let Some(shown) = headers.iter().find(is_credential).or(headers.first()) {
        text.line("# Headers without a parameter");
        text.line(
            "OpenAPI ignores these header parameters of the description, since other parts of it decide the headers. \
             To send one all the same, set it on the client or on a single call, where it replaces what is sent \
             otherwise:",
        );
        let name = shown.name.as_str().to_ascii_lowercase();
        let client = docs::code(&format!(
            "Client::builder().header(\"{name}\", \"{}\")",
            value(shown.name)
        ));
        let call = docs::code(&format!("client.{}(…).header(…)", method(shown)));
        text.line(format!("{client}, {call}."));
        let lines = api.ignored_headers.iter().map(ignored);
        text.list(lines.collect());
    }
}

/// `` `upload` (`POST /files`) is not sent as `text/x`: … ``
fn left_out(one: &LeftOut) -> String {
    let operation = if one.operation == one.address {
        docs::code(&one.address)
    } else {
        format!(
            "{} ({})",
            docs::code(&one.operation),
            docs::code(&one.address)
        )
    };
    let what = match &one.media_type {
        None => "has no method".to_owned(),
        Some(media_type) => format!("is not sent as {}", docs::code(media_type)),
    };
    let reason = match one.reason {
        LeftOutReason::Tunnel => "CONNECT asks a proxy for a tunnel",
        LeftOutReason::NoMediaType => "the media type is not valid",
        LeftOutReason::NoForm(NoForm::Array) => "a form has members, and this one is an array",
        LeftOutReason::NoForm(NoForm::Boolean) => "a form has members, and this one is a boolean",
        LeftOutReason::NoForm(NoForm::Number) => "a form has members, and this one is a number",
    };
    format!("{operation} {what}: {reason}.")
}

/// `` `Accept` of [`Client::get_x`]: by default the media types that the method reads. ``
fn ignored(header: &IgnoredHeader) -> String {
    let methods = match header.methods.as_slice() {
        [] => String::new(),
        few if few.len() <= NAMED => {
            let links = few.iter().map(|name| format!("[`Client::{name}`]"));
            format!(" of {}", links.collect::<Vec<_>>().join(", "))
        }
        many => format!(" of {} methods", many.len()),
    };
    let default = match header.name {
        ReservedHeader::Accept => "by default the media types that the method reads",
        ReservedHeader::Authorization => {
            "by default the credential of the security scheme that the operation asks for, if any"
        }
        ReservedHeader::ContentType => "the media type of the body, unless a call sets another",
    };
    format!("{}{methods}: {default}.", docs::code(header.name.as_str()))
}

fn value(header: ReservedHeader) -> &'static str {
    match header {
        ReservedHeader::Authorization => "Bearer …",
        ReservedHeader::Accept | ReservedHeader::ContentType => "application/json",
    }
}

fn method(header: &IgnoredHeader) -> &str {
    header.methods.first().map_or("method", String::as_str)
}
