//! The compliance suite of RFC 9535, where it is at hand. Our own cases are in `load/jsonpath/tests.rs`.

use oasmith::load::Node;
use oasmith::load::jsonpath::{JsonPath, Search};
use serde_json::{Value, json};

/// What no case of the suite needs.
const MANY: usize = 1_000_000;

/// The suite is not part of this repository. `JSONPATH_SUITE` names its file `cts.json`, from
/// <https://github.com/jsonpath-standard/jsonpath-compliance-test-suite>.
#[test]
fn the_suite_of_rfc_9535_passes() {
    let Some(file) = std::env::var_os("JSONPATH_SUITE") else {
        eprintln!("skipped: JSONPATH_SUITE names no file");
        return;
    };
    let text = std::fs::read_to_string(&file).expect("the file can be read");
    let suite: Value = serde_json::from_str(&text).expect("the file is JSON");
    let cases = suite["tests"].as_array().expect("the suite has tests");
    let failures: Vec<String> = cases.iter().filter_map(failure).collect();
    assert!(
        failures.is_empty(),
        "{} of {}:\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n")
    );
    eprintln!("{} cases passed", cases.len());
}

/// Runs a case of the suite; a text says what went wrong.
fn failure(case: &Value) -> Option<String> {
    let text = case["selector"].as_str().expect("a case has a selector");
    let name = &case["name"];
    let parsed = JsonPath::parse(text);
    if case["invalid_selector"] == json!(true) {
        return parsed.is_ok().then(|| format!("{name}: `{text}` is valid"));
    }
    let path = match parsed {
        Ok(path) => path,
        Err(error) => return Some(format!("{name}: `{text}`: {error}")),
    };
    let node = Node::from_json(&case["document"]);
    let found = path
        .nodes(&node, &mut Search::new(MANY))
        .expect("it is within the budget");
    let found: Value = found.iter().map(|node| node.to_json()).collect();
    let allowed = match &case["results"] {
        Value::Array(several) => several.clone(),
        _ => vec![case["result"].clone()],
    };
    let is_right = allowed.iter().any(|one| *one == found);
    (!is_right).then(|| format!("{name}: `{text}` gives {found}, not {}", json!(allowed)))
}
