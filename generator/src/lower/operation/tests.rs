//! One operation in, its method out: a row for each rule. The notation is that of `lower::tests::methods`; ` !OA0402`
//! behind a method is a diagnostic that goes with it.

mod bodies;
mod headers;
mod names;
mod parameters;
mod reports;
mod responses;
mod security;
mod servers;

use crate::lower::tests::{Lowered, lowered, with_references};

/// The component schemas that operations refer to.
const SCHEMAS: &str = "
    Pet: { type: object, required: [name], properties: { name: { type: string } } }
    Cat: { type: object, properties: { lives: { type: integer } } }
    Problem: { type: object, properties: { detail: { type: string } } }
    Color: { type: string, enum: [red, green] }
    Id: { type: string, format: uuid }
    File: { type: string, format: binary }
";

/// Lowers `post /pets` with members of its own, such as `parameters: [...]`.
fn operation(members: &str) -> Lowered {
    at("post", "/pets", members)
}

fn at(method: &str, path: &str, members: &str) -> Lowered {
    let operation = format!("operationId: op\n      {members}\n");
    document(&format!(
        "paths:\n  '{path}':\n    {method}:\n      {operation}"
    ))
}

/// Lowers a document of paths and what else is around them.
fn document(members: &str) -> Lowered {
    document_with(members, "")
}

/// Lowers a document with other components than schemas.
fn document_with(members: &str, components: &str) -> Lowered {
    let members = with_references(members);
    let head = "openapi: 3.2.0\ninfo: { title: T, version: '1' }\n";
    lowered(&format!(
        "{head}{members}components:\n  schemas:{SCHEMAS}{components}"
    ))
}

/// Writes `path id; query q! schema: {…}` as parameters: a string without a schema, required with `!` or in the path.
fn declared(parameters: &str) -> String {
    let declared = parameters.split("; ").filter(|one| !one.is_empty());
    let declared = declared.map(|one| {
        let (place, name) = one.split_once(' ').expect("a location and a name");
        let (name, members) = name.split_once(' ').unwrap_or((name, ""));
        let is_required = place == "path" || name.ends_with('!');
        let mut members: Vec<&str> = vec![members];
        members.retain(|members| !members.is_empty());
        if !one.contains("schema:") && !one.contains("content:") {
            members.push("schema: { type: string }");
        }
        let name = name.trim_end_matches('!');
        format!(
            "{{ in: {place}, name: {name}, required: {is_required}, {} }}",
            members.join(", ")
        )
    });
    declared.collect::<Vec<_>>().join(", ")
}

/// Writes `json(Pet)`, `form: {…}` and `parts: {…}` as media types.
fn media_types(text: &str) -> String {
    let text = text.replace("form: ", "application/x-www-form-urlencoded: ");
    let text = text.replace("parts: ", "multipart/form-data: ");
    let text = text.replace("json(", "application/json: { schema: { $ref: ");
    text.replace(')', " } }")
}

/// Writes `200 json(Pet); 204` as responses; what is behind a status is its `content` or its `headers`.
fn responses(member: &str, text: &str) -> String {
    let responses = text.split("; ").filter(|one| !one.is_empty());
    let responses = responses.map(|one| match one.split_once(' ') {
        Some((status, rest)) => {
            let rest = media_types(rest);
            format!("'{status}': {{ description: a, {member}: {{ {rest} }} }}")
        }
        None => format!("'{one}': {{ description: a }}"),
    });
    format!(
        "responses: {{ {} }}",
        responses.collect::<Vec<_>>().join(", ")
    )
}
