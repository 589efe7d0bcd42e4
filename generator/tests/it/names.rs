//! Method names are stable when a document grows: only a collision makes one depend on other operations.

use std::collections::{BTreeMap, BTreeSet};

use oasmith::generate;
use oasmith::load::MapSources;
use oasmith::options::Options;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The path and method of an operation, and its id if it has one.
type Operation = ((String, String), Option<String>);

fn operation() -> impl Strategy<Value = Operation> {
    let id = prop_oneof![
        "[a-c]{1,2}",
        "(get|put)_?[A-C]{1,2}",
        "[a-c][-_./][A-Ca-c]",
        "(get|post)-/[a-c]/[a-c]_[a-c]",
        "(list|[a-c])_([a-c]_){1,2}get",
        "[a-c]Controller_[a-c]",
        "(list|[a-c])(UsingGET)?(_[12])?",
        ".{1,12}",
    ];
    let path = "(/[a-c]{1,2}|/\\{id\\}){1,3}";
    let method = prop_oneof![Just("get"), Just("put"), Just("post")].prop_map(str::to_owned);
    ((path, method), proptest::option::of(id))
}

/// Returns the method names of a document by path and method, or `None` if an id is used twice, which is an error.
fn names(
    operations: &BTreeMap<(String, String), Option<String>>,
) -> Option<BTreeMap<(String, String), String>> {
    let ids: Vec<&String> = operations.values().flatten().collect();
    if ids.iter().collect::<BTreeSet<_>>().len() < ids.len() {
        return None;
    }
    let mut paths = Map::new();
    for ((path, method), id) in operations {
        let mut operation = json!({ "responses": {} });
        if let Some(id) = id {
            operation["operationId"] = json!(id);
        }
        let item = paths.entry(path).or_insert_with(|| json!({}));
        item[method] = operation;
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "paths": Value::Object(paths),
    });
    let sources = MapSources::new().with("input.json", document.to_string());
    let output = generate(&sources, &Options::new("input.json", "names")).ok()?;
    let named = output.api.operations.into_iter();
    let named = named.map(|one| {
        let key = (one.path, one.method.0.to_ascii_lowercase());
        (key, one.name.rust)
    });
    Some(named.collect())
}

/// Returns what two names share if their types collide: `Get_A` and `get_a` do.
fn stem(name: &str) -> String {
    name.replace('_', "").to_lowercase()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_operation_that_does_not_collide_renames_no_other(
        before in proptest::collection::btree_map(("(/[a-c]{1,2}|/\\{id\\}){1,3}", prop_oneof![Just("get".to_owned()), Just("put".to_owned())]), proptest::option::of("[a-c]{1,2}|(get|put)_?[A-C]{1,2}|[a-c][-_./][A-Ca-c]|(list|[a-c])_([a-c]_){1,2}get|[a-c]Controller_[a-c]|(list|[a-c])(UsingGET)?(_[12])?"), 1..8),
        (key, id) in operation(),
    ) {
        prop_assume!(!before.contains_key(&key));
        let alone = |key: &(String, String), id: &Option<String>| {
            let one = BTreeMap::from([(key.clone(), id.clone())]);
            names(&one).and_then(|names| names.into_values().next())
        };
        let (Some(own), Some(named)) = (alone(&key, &id), names(&before)) else {
            return Ok(());
        };
        // the name of each operation alone, and its name among the others
        let mut taken: BTreeSet<String> = named.values().map(|name| stem(name)).collect();
        taken.extend(before.iter().filter_map(|(key, id)| alone(key, id)).map(|name| stem(&name)));
        prop_assume!(!taken.contains(&stem(&own)));
        let mut after = before.clone();
        after.insert(key.clone(), id);
        if let Some(mut grown) = names(&after) {
            prop_assert_eq!(grown.remove(&key), Some(own));
            prop_assert_eq!(grown, named);
        }
    }
}
