//! Documents made to use all memory or time: each is rejected by a budget, and quickly.

use std::fmt::Write;
use std::time::{Duration, Instant};

use super::{findings, findings_within, load_from};
use crate::load::{Budgets, MapSources};

/// Generous, since tests are built without optimisation and machines are busy; what it must catch takes minutes.
const QUICKLY: Duration = Duration::from_secs(10);

fn assert_rejected_quickly(name: &str, text: String, start: &str) {
    let began = Instant::now();
    let found = findings(name, text);
    assert!(began.elapsed() < QUICKLY, "{:?}", began.elapsed());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with(start), "{found:?}");
}

#[test]
fn padded_alias_bomb() {
    let mut text = format!("a0: &a0 ['{}']\n", "x".repeat(300_000));
    for level in 1..=30 {
        let before = format!("*a{}", level - 1);
        writeln!(
            text,
            "a{level}: &a{level} [{}]",
            [before.as_str(); 9].join(", ")
        )
        .expect("a String takes all");
    }
    assert_rejected_quickly("a.yaml", text, "OA0108");
}

#[test]
fn one_large_anchor_with_many_aliases() {
    let aliases = "- *a\n".repeat(20_000);
    let text = format!("a: &a '{}'\nb:\n{aliases}", "x".repeat(100_000));
    assert_rejected_quickly("a.yaml", text, "OA0108");
}

#[test]
fn nested_anchors() {
    let mut text = String::new();
    for level in 0..250 {
        write!(text, "&a{level} [ '{}', ", "x".repeat(10_000)).expect("a String takes all");
    }
    text.push_str(&"]".repeat(250));
    assert_rejected_quickly("a.yaml", text, "OA0108");
}

#[test]
fn merge_key_bomb() {
    let mut text = String::from("a0: &a0 {");
    for index in 0..10_000 {
        write!(text, "k{index}: 1, ").expect("a String takes all");
    }
    text.push_str("}\n");
    for index in 0..10_000 {
        writeln!(text, "b{index}: {{<<: *a0}}").expect("a String takes all");
    }
    assert_rejected_quickly("a.yaml", text, "OA0108");
}

#[test]
fn nested_flow_collections() {
    assert_rejected_quickly("a.yaml", "[".repeat(280_000), "OA0108 1:257 ");
    assert_rejected_quickly("b.yaml", "{a: ".repeat(100_000), "OA0108 1:");
    assert_rejected_quickly("c.yaml", "- ".repeat(100_000), "OA0108 1:");
}

#[test]
fn nested_json() {
    assert_rejected_quickly("a.json", "[".repeat(280_000), "OA0108 1:");
    assert_rejected_quickly("b.json", "{\"a\":".repeat(280_000), "OA0108 1:");
}

#[test]
fn deeper_by_aliases() {
    let mut text = String::from("a0: &a0 [1]\n");
    for level in 1..300 {
        writeln!(text, "a{level}: &a{level} [*a{}]", level - 1).expect("a String takes all");
    }
    assert_rejected_quickly("a.yaml", text, "OA0108 256:");
}

#[test]
fn long_lines_and_long_scalars() {
    let text = format!(
        "a: \"{}\"\nb: [{}1]\nc: .inf\n",
        "\\n".repeat(200_000),
        "1, ".repeat(40_000)
    );
    assert_rejected_quickly("a.yaml", text, "OA0110 3:4 ");
    assert_rejected_quickly(
        "b.yaml",
        format!("a: {}", "@".repeat(400_000)),
        "OA0101 1:4 ",
    );
    assert_rejected_quickly("c.yaml", format!("{}: 1", "k".repeat(400_000)), "OA0101 ");
}

#[test]
fn diagnostics_per_file_are_limited() {
    let found = findings("a.yaml", "- !x 1\n".repeat(10_000));
    assert_eq!(found.len(), 100);
    let twice = "\"a\": 1, ".repeat(10_000);
    assert_eq!(
        findings("a.json", format!("{{{twice}\"b\": 1}}")).len(),
        100
    );
}

#[test]
fn a_diagnostic_names_its_budget() {
    let budgets = Budgets {
        file_bytes: 10,
        ..Budgets::default()
    };
    let found = findings_within("a.yaml", "a: 12345678", &budgets);
    assert_eq!(
        found,
        ["OA0108 1:1 the file has more bytes than the budget `file_bytes` of 10 allows"]
    );

    let budgets = Budgets {
        nodes: 3,
        ..Budgets::default()
    };
    let expected =
        ["OA0108 1:9 the description has more values than the budget `nodes` of 3 allows"];
    assert_eq!(findings_within("a.yaml", "[1, 2,  3]", &budgets), expected);
    assert!(findings_within("a.json", "[1, 2,  3]", &budgets)[0].starts_with("OA0108 1:"));

    let budgets = Budgets {
        depth: 2,
        ..Budgets::default()
    };
    let expected =
        ["OA0108 1:3 arrays and objects are nested deeper than the budget `depth` of 2 allows"];
    assert_eq!(findings_within("a.yaml", "[[[]]]", &budgets), expected);
    assert!(findings_within("a.json", "[[[1]]]", &budgets)[0].starts_with("OA0108 1:"));
}

#[test]
fn the_number_of_files_is_limited() {
    let budgets = Budgets {
        files: 5,
        ..Budgets::default()
    };
    let sources = (0..10).fold(MapSources::new(), |sources, index| {
        sources.with(
            format!("{index}.yaml"),
            format!("$ref: {}.yaml\n", index + 1),
        )
    });
    let (loaded, diagnostics) = load_from(&sources, "0.yaml", &budgets);
    assert_eq!(loaded.map(|loaded| loaded.files().count()), Some(5));
    let messages: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "error[OA0108] 4.yaml#/$ref: the description has more files than the budget `files` of 5 allows"
        ]
    );
    let help = diagnostics.iter().find_map(|one| one.help.clone());
    assert_eq!(
        help.as_deref(),
        Some(
            "if the document is valid, raise the budget in `codegen.yaml`: `budgets: { files: 10 }`"
        )
    );
}

#[test]
fn the_bytes_of_all_files_are_limited() {
    let budgets = Budgets {
        bytes: 50,
        ..Budgets::default()
    };
    let sources = (0..10).fold(MapSources::new(), |sources, index| {
        sources.with(
            format!("{index}.yaml"),
            format!("$ref: {}.yaml\n", index + 1),
        )
    });
    let (loaded, diagnostics) = load_from(&sources, "0.yaml", &budgets);
    assert_eq!(loaded.map(|loaded| loaded.files().count()), Some(3));
    let messages: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "error[OA0108] 2.yaml#/$ref: the files of the description have more bytes than the budget `bytes` of 50 allows"
        ]
    );
}

/// Real descriptions have thousands of small files.
#[test]
fn five_thousand_files_are_within_the_default_budgets() {
    let references = (0..5_000).map(|index| format!("- $ref: {index}.yaml\n"));
    let root = MapSources::new().with("root.yaml", references.collect::<String>());
    let sources = (0..5_000).fold(root, |sources, index| {
        sources.with(format!("{index}.yaml"), "type: string\n")
    });
    let (loaded, diagnostics) = load_from(&sources, "root.yaml", &Budgets::default());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(loaded.map(|loaded| loaded.files().count()), Some(5_001));
}

#[test]
fn rejected_references_per_file_are_limited() {
    let long = "x".repeat(100_000);
    let found = findings(
        "a.yaml",
        format!(
            "- $ref: http://{long}\n{}",
            "- $ref: http://x\n".repeat(10_000)
        ),
    );
    assert_eq!(found.len(), 100);
    assert!(found.iter().all(|one| one.len() < 500));
}
