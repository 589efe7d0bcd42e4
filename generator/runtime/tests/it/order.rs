//! The order of the modules: each names only modules that stand before it.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;

use oasmith_runtime::SOURCES;

use crate::text::{code, module, modules_named};

/// Each module with the modules that it may name.
const MAY_NAME: &[(&str, &str)] = &[
    ("convert", ""),
    ("transport", ""),
    ("url", ""),
    ("wire", ""),
    ("base64_values", "wire"),
    ("chrono_values", "wire"),
    ("uuid_values", "wire"),
    ("number_or_string", "wire"),
    ("value_enum", "wire"),
    ("tuple", "wire"),
    ("service", "wire"),
    ("request_error", "wire"),
    ("timer", "transport"),
    ("testing", "transport"),
    ("events", "transport wire"),
    ("response", "transport wire"),
    ("headers", "response wire"),
    ("auth", "transport url wire"),
    ("retry", "transport"),
    ("limit", "retry service timer"),
    (
        "error",
        "request_error response retry service transport wire",
    ),
    (
        "client",
        "auth error limit retry service timer transport url",
    ),
    ("request", "auth client request_error url wire"),
    (
        "call",
        "auth client error request request_error response retry transport wire",
    ),
    ("parameters", "call request request_error url wire"),
    ("form", "call parameters request request_error wire"),
    ("multipart", "client parameters request request_error wire"),
    (
        "bulk",
        "call client error response retry service timer transport wire",
    ),
];

fn allowed(module: &str) -> Option<Vec<&'static str>> {
    let row = MAY_NAME.iter().find(|(name, _)| *name == module);
    row.map(|(_, allowed)| allowed.split_whitespace().collect())
}

/// Returns the modules that a file names and may not name.
fn violations<'a>(path: &str, code: &'a str) -> Vec<&'a str> {
    let own = module(path);
    let allowed = allowed(own).unwrap_or_default();
    modules_named(code)
        .into_iter()
        .filter(|named| *named != own && !allowed.contains(named))
        .collect()
}

#[test]
fn modules_name_only_what_the_table_allows() {
    for file in SOURCES {
        let own = module(file.path);
        assert!(allowed(own).is_some(), "{own} has no row in the table");
        let code = code(file.text);
        let found = violations(file.path, &code);
        assert!(found.is_empty(), "{} names {found:?}", file.path);
    }
}

#[test]
fn the_table_has_no_circle() {
    for (index, (own, allowed)) in MAY_NAME.iter().enumerate() {
        for name in allowed.split_whitespace() {
            let is_earlier = MAY_NAME[..index].iter().any(|(one, _)| *one == name);
            assert!(is_earlier, "{own} may name {name}, which stands later");
        }
    }
}

#[test]
fn the_table_allows_no_more_than_is_needed() {
    for (own, allowed) in MAY_NAME {
        let texts: Vec<String> = SOURCES
            .iter()
            .filter(|file| module(file.path) == *own)
            .map(|file| code(file.text))
            .collect();
        assert!(!texts.is_empty(), "there is no module {own}");
        let named: BTreeSet<&str> = texts.iter().flat_map(|code| modules_named(code)).collect();
        for name in allowed.split_whitespace() {
            assert!(named.contains(&name), "{own} does not name {name}");
        }
    }
}

/// The page of the repository, whose block between these lines is the table.
const PAGE: &str = "../../.github/ARCHITECTURE.md";
const BEGIN: &str = "<!-- modules: written by generator/runtime/tests/it/order.rs -->\n";
const END: &str = "<!-- end of modules -->";

/// Returns the table as text.
fn sketch() -> String {
    let rows = MAY_NAME.iter().map(|(module, allowed)| {
        let line = format!("{module:17}{allowed}");
        line.trim_end().to_owned() + "\n"
    });
    let head = format!("{:17}may name\n", "module");
    format!("```text\n{head}{}```\n", rows.collect::<String>())
}

/// `UPDATE_GOLDENS=1` rewrites the block; the test fails all the same, so that somebody reads the diff.
#[test]
fn the_page_shows_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let sketch = sketch();
    if shown != sketch && env::var_os("UPDATE_GOLDENS").is_some_and(|value| value == "1") {
        fs::write(&path, format!("{before}{BEGIN}{sketch}{END}{after}")).unwrap();
    }
    assert_eq!(shown, sketch, "run with UPDATE_GOLDENS=1 and read the diff");
}

#[test]
fn violations_are_found() {
    let text = "//! Text.\n// crate::runtime::bulk\nuse crate::runtime::wire::Json;\nuse crate::runtime::call::Call;\n\
        fn f() -> crate::runtime::client::Client {}\n";
    let code = code(text);
    assert_eq!(
        violations("runtime/limit/mod.rs", &code),
        ["call", "client", "wire"]
    );
    assert_eq!(violations("runtime/call.rs", &code), [""; 0]);
}
