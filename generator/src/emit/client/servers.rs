//! Servers, as documentation of the client's builder and of single methods.

use crate::emit::docs;
use crate::emit::paragraphs::Paragraphs;
use crate::ir::{ServerNote, ServerVariable};

/// Adds servers with what the description says about them.
pub(super) fn listed(text: &mut Paragraphs, servers: &[ServerNote]) {
    for server in servers {
        let variables = server.variables.iter().map(variable);
        let variables: Vec<_> = variables.collect();
        let variables = if variables.is_empty() {
            String::new()
        } else {
            format!(" ({})", variables.join(", "))
        };
        let lines = docs::lines(server.description.as_deref().unwrap_or("A server."));
        text.entry(&format!("{}{variables}", docs::code(&server.url)), &lines);
        for variable in &server.variables {
            let lines = docs::lines(variable.description.as_deref().unwrap_or_default());
            text.entry(&docs::code(&variable.name), &lines);
        }
    }
}

/// `` `region` is `eu` or `us` ``, `` `port` is `443` by default ``
fn variable(variable: &ServerVariable) -> String {
    let name = docs::code(&variable.name);
    match &variable.others {
        None => format!("{name} is {} by default", docs::code(&variable.default)),
        Some(others) => {
            let values = std::iter::once(&variable.default).chain(others);
            let values: Vec<_> = values.map(|value| docs::code(value)).collect();
            format!("{name} is {}", values.join(" or "))
        }
    }
}
