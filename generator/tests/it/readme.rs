//! The generator's `README.md` agrees with the source.

use oasmith::diagnostic::code;

use crate::goldens;

const BEGIN: &str = "<!-- codes: written by tests/it/readme.rs -->\n";
const END: &str = "<!-- end of codes -->";

/// Returns the table of all diagnostics.
fn table() -> String {
    let mut table = String::from("| code | severity | title | when |\n| --- | --- | --- | --- |\n");
    for code in code::ALL {
        table.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            code.id,
            code.severity,
            code.title.replace('|', "\\|"),
            code.explanation.replace('|', "\\|"),
        ));
    }
    table
}

#[test]
fn the_table_of_diagnostics_matches_the_source() {
    goldens::assert_block(&goldens::package(), "README.md", [BEGIN, END], &table());
}

/// The README shows a function of the example, which is compiled and run.
#[test]
fn the_code_sample_is_part_of_the_example() {
    let read = |path: &str| std::fs::read_to_string(goldens::package().join(path));
    let (readme, example) = (read("README.md"), read("examples/library.rs"));
    let (readme, example) = (
        readme.expect("there is one"),
        example.expect("there is one"),
    );
    let (_, shown) = readme.split_once("```rust\n").expect("it shows code");
    let (shown, _) = shown.split_once("```").expect("the code ends");
    assert!(
        example.contains(shown),
        "examples/library.rs does not contain:\n{shown}"
    );
}

const RULES_BEGIN: &str = "<!-- rules: written by tests/it/readme.rs -->\n";
const RULES_END: &str = "<!-- end of rules -->";

/// Returns the table of the rules of `compare`.
fn rules() -> String {
    let mut table = String::from("| rule | when | what it means |\n| --- | --- | --- |\n");
    for rule in oasmith::compare::rules() {
        table.push_str(&format!(
            "| `{}` | {} | {} |\n",
            rule.id,
            rule.when.replace('|', "\\|"),
            rule.explanation.replace('|', "\\|"),
        ));
    }
    table
}

#[test]
fn the_table_of_rules_matches_the_source() {
    goldens::assert_block(
        &goldens::package(),
        "README.md",
        [RULES_BEGIN, RULES_END],
        &rules(),
    );
}
