//! Documents that exhaust the memory, time or stack of a reader.

use std::fmt::Write as _;

use super::End::{Output, Rejected};
use super::{Bomb, HEAD, bomb, joined};

/// Returns documents with aliases and merge keys, which copy values.
pub fn copies() -> Vec<Bomb> {
    let mut laughs = "x-0: &a0 [lol]\n".to_owned();
    let mut padded = format!("x-0: &a0 ['{}']\n", "x".repeat(300_000));
    for level in 1..=30 {
        let before = vec![format!("*a{}", level - 1); 9].join(", ");
        let _ = writeln!(laughs, "x-{level}: &a{level} [{before}]");
        let _ = writeln!(padded, "x-{level}: &a{level} [{before}]");
    }
    let aliases = format!(
        "x-a: &a '{}'\nx-b:\n{}",
        "x".repeat(100_000),
        "- *a\n".repeat(20_000)
    );
    let merged = joined(10_000, |index| format!("k{index}: 1"));
    let merged = (0..10_000).fold(format!("x-a: &a {{{merged}}}\n"), |text, index| {
        text + &format!("x-{index}: {{ <<: *a }}\n")
    });
    vec![
        bomb(
            "billion laughs",
            "a.yaml",
            HEAD.to_owned() + &laughs,
            Rejected("OA0108"),
        ),
        bomb(
            "padded alias bomb",
            "a.yaml",
            HEAD.to_owned() + &padded,
            Rejected("OA0108"),
        ),
        bomb(
            "20,000 aliases of 100 kB",
            "a.yaml",
            HEAD.to_owned() + &aliases,
            Rejected("OA0108"),
        ),
        bomb(
            "10,000 merge keys of 10,000 members",
            "a.yaml",
            HEAD.to_owned() + &merged,
            Rejected("OA0108"),
        ),
    ]
}

/// Returns documents with deeply nested arrays and objects.
pub fn nests() -> Vec<Bomb> {
    vec![
        bomb(
            "100,000 nested arrays, JSON",
            "a.json",
            "[".repeat(100_000),
            Rejected("OA0108"),
        ),
        bomb(
            "100,000 nested objects, JSON",
            "a.json",
            "{\"a\":".repeat(100_000),
            Rejected("OA0108"),
        ),
        bomb(
            "100,000 nested arrays, YAML",
            "a.yaml",
            "[".repeat(100_000),
            Rejected("OA0108"),
        ),
        bomb(
            "100,000 nested mappings, YAML",
            "a.yaml",
            "{a: ".repeat(100_000),
            Rejected("OA0108"),
        ),
        bomb(
            "100,000 nested block sequences",
            "a.yaml",
            "- ".repeat(100_000),
            Rejected("OA0108"),
        ),
    ]
}

/// Returns documents with long strings and long arrays.
pub fn sizes(part: usize) -> Vec<Bomb> {
    let long = "x".repeat(50_000_000 / part);
    let quoted = format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"T","version":"1","description":"{long}"}},"paths":{{}}}}"#
    );
    let plain = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\nx-long: '{long}'\n"
    );
    let twice = joined(1_000_000 / part, |_| r#""a":1"#.to_owned());
    vec![
        bomb("50 MB in one line, JSON", "a.json", quoted, Output),
        bomb("50 MB in one line, YAML", "a.yaml", plain, Output),
        bomb(
            "a million members with one name",
            "a.json",
            format!("{{{twice}}}"),
            Rejected("OA0102"),
        ),
        bomb(
            "an array of 10 million nulls",
            "a.json",
            format!("[{}null]", "null,".repeat(10_000_000 / part)),
            Rejected("OA0108"),
        ),
    ]
}
