//! Facts of an [`Api`], in the form in which [`super::lookalikes`] records those of a document.

use std::collections::BTreeSet;

use oasmith::ir::{
    Api, Body, Content, Failure, Operation, ParameterPlace, Status, Success, TypeBody, Variant,
};

/// Returns the facts of an API, such as ``GET /a: query parameter `x` ``.
pub fn facts(api: &Api) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for def in &api.types {
        let found = of_type(&def.body);
        for origin in &def.origins {
            facts.extend(
                found
                    .iter()
                    .map(|fact| format!("{}: {fact}", origin.path())),
            );
        }
    }
    facts.extend(
        api.schemes
            .iter()
            .map(|one| format!("securitySchemes: {}", one.name.wire)),
    );
    facts.extend(
        api.headers
            .iter()
            .map(|one| format!("response header: {}", one.name.wire)),
    );
    for operation in &api.operations {
        let what = format!("{} {}", operation.method.0, operation.path);
        facts.extend(
            of_operation(operation)
                .into_iter()
                .map(|fact| format!("{what}: {fact}")),
        );
    }
    facts
}

fn of_type(body: &TypeBody) -> Vec<String> {
    match body {
        TypeBody::Struct(one) => {
            let members = one
                .members
                .iter()
                .map(|member| format!("member `{}`", member.name.wire));
            let rest = one.rest.iter().map(|_| "additional properties".to_owned());
            members.chain(rest).collect()
        }
        TypeBody::StringEnum(one) => {
            let values = one.values.iter();
            values
                .map(|value| format!("value `{}`", value.name.wire))
                .collect()
        }
        TypeBody::IntegerEnum(one) => {
            let values = one.values.iter();
            values
                .map(|value| format!("value `{}`", value.value))
                .collect()
        }
        TypeBody::Union(one) => vec![format!("{} branches", one.branches.len())],
        _ => Vec::new(),
    }
}

fn of_operation(operation: &Operation) -> Vec<String> {
    let mut facts = vec![
        format!("operationId `{}`", operation.name.wire),
        format!("tag `{}`", operation.tag.wire),
    ];
    for one in &operation.parameters {
        let place = match one.place {
            ParameterPlace::Path => "path",
            ParameterPlace::Query | ParameterPlace::QueryString => "query",
            ParameterPlace::Header => "header",
            ParameterPlace::Cookie => "cookie",
        };
        facts.push(format!("{place} parameter `{}`", one.name.wire));
    }
    if let Some(Body { content, .. }) = &operation.body {
        of_content(content, &mut facts);
    }
    if let Success::Several { variants, .. } = &operation.success {
        of_variants(variants, &mut facts);
    }
    if let Failure::Several { variants, .. } = &operation.failure {
        of_variants(variants, &mut facts);
    }
    facts
}

fn of_content(content: &Content, facts: &mut Vec<String>) {
    let media_type = match content {
        Content::Json { media_type, .. }
        | Content::Parts { media_type }
        | Content::Text { media_type }
        | Content::Bytes { media_type }
        | Content::AnyBytes { range: media_type } => media_type,
        Content::Form { .. } => "application/x-www-form-urlencoded",
        Content::Multipart {
            media_type, parts, ..
        } => {
            for part in parts {
                let name = &part.name.wire;
                facts.push(format!("part `{name}`"));
                let headers = part.headers.iter();
                facts.extend(
                    headers.map(|one| format!("header `{}` of part `{name}`", one.name.wire)),
                );
            }
            media_type
        }
        Content::Choice { variants, .. } => {
            for (_, content) in variants {
                of_content(content, facts);
            }
            return;
        }
    };
    facts.push(format!("media type `{media_type}`"));
}

fn of_variants(variants: &[Variant], facts: &mut Vec<String>) {
    for variant in variants {
        let status = match variant.status {
            Status::Code(code) => code.to_string(),
            Status::Range(range) => format!("{range}XX"),
            Status::Default => "default".to_owned(),
        };
        facts.push(format!("response `{status}`"));
    }
}
