//! Expressions with what they select, and syntax errors with their places.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{JsonPath, Location, OverBudget, Search, element, members, to_place};
use crate::load::node::Node;
use crate::pointer::Pointer;

const MANY: usize = 1_000_000;

/// A small description with what the expressions of overlays look for.
fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Harbour", "version": "2", "x-audience": null },
        "paths": {
            "/ships": {
                "get": {
                    "tags": ["ships", "public"],
                    "parameters": [
                        { "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": 50 } },
                        { "name": "after", "in": "query", "schema": { "type": "string" } },
                        { "name": "trace", "in": "header", "schema": { "type": "string" } }
                    ],
                    "responses": { "200": { "description": "Ships." }, "500": { "description": "Trouble." } }
                },
                "post": { "tags": ["ships"], "responses": { "201": { "description": "A ship." } } }
            },
            "/ships/{id}": {
                "get": { "tags": ["ships"], "deprecated": true, "responses": { "200": { "description": "One." } } }
            }
        },
        "components": {
            "schemas": {
                "Ship": {
                    "type": "object",
                    "required": ["id", "name", "flag"],
                    "properties": {
                        "id": { "type": "string" },
                        "length": { "type": "number", "minimum": 0.5 },
                        "flag": { "type": ["string", "null"] }
                    }
                },
                "Berth": { "type": "object", "properties": { "id": { "type": "integer" } } }
            }
        }
    })
}

/// Returns the JSON Pointers of what an expression selects, in order.
fn select(text: &str, document: &Value) -> Vec<String> {
    let node = Node::from_json(document);
    let path = JsonPath::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let found = path.places(&node, &mut Search::new(MANY));
    let found = found.expect("it is within the budget");
    found.iter().map(|one| pointer(&node, one)).collect()
}

fn pointer(root: &Node, location: &Location<'_>) -> String {
    let mut node = root;
    let mut text = String::new();
    for index in &location.path {
        match node {
            Node::Object(members) => {
                let (name, value) = members.get_index(*index).expect("the path is right");
                write!(text, "/{name}").expect("a string can be written to");
                node = value;
            }
            Node::Array(elements) => {
                write!(text, "/{index}").expect("a string can be written to");
                node = &elements[*index];
            }
            Node::Scalar(_) => panic!("a scalar has no members"),
        }
    }
    text
}

#[test]
fn expressions_select_by_every_selector() {
    let ship = "/components/schemas/Ship";
    let rows: &[(&str, &[&str])] = &[
        ("$", &[""]),
        ("$.info", &["/info"]),
        ("$['info']", &["/info"]),
        ("$[\"info\"].title", &["/info/title"]),
        ("$.info['x-audience']", &["/info/x-audience"]),
        (
            "$.info.*",
            &["/info/title", "/info/version", "/info/x-audience"],
        ),
        ("$.nothing", &[]),
        ("$.openapi.length", &[]),
        ("$.info[0]", &[]),
        ("$ .info ['title']", &["/info/title"]),
        ("$['info', 'openapi']", &["/info", "/openapi"]),
        ("$['info', 'info']", &["/info"]),
        (
            "$.components.schemas.Ship.required[0]",
            &["/components/schemas/Ship/required/0"],
        ),
        (
            "$.components.schemas.Ship.required[-1]",
            &["/components/schemas/Ship/required/2"],
        ),
        ("$.components.schemas.Ship.required[3]", &[]),
        (
            "$..required[1:]",
            &[
                "/components/schemas/Ship/required/1",
                "/components/schemas/Ship/required/2",
            ],
        ),
        (
            "$..required[::-2]",
            &[
                "/components/schemas/Ship/required/2",
                "/components/schemas/Ship/required/0",
            ],
        ),
        ("$..required[1:0]", &[]),
        ("$..required[::0]", &[]),
        (
            "$..required[-2:-1]",
            &["/components/schemas/Ship/required/1"],
        ),
        (
            "$.components.schemas.*.type",
            &[
                "/components/schemas/Berth/type",
                "/components/schemas/Ship/type",
            ],
        ),
        (
            "$..minimum",
            &["/components/schemas/Ship/properties/length/minimum"],
        ),
        (
            "$.paths['/ships'].get.tags[*]",
            &["/paths//ships/get/tags/0", "/paths//ships/get/tags/1"],
        ),
        (
            "$.paths.*.get.deprecated",
            &["/paths//ships/{id}/get/deprecated"],
        ),
        (
            "$.paths..responses['500']",
            &["/paths//ships/get/responses/500"],
        ),
    ];
    for (text, expected) in rows {
        let found = select(text, &document());
        assert_eq!(found, *expected, "{text}");
    }
    assert_eq!(select("$..[0]", &document()).len(), 6);
    assert_eq!(
        select(
            &format!("$.components.schemas.Ship{}", ".a".repeat(200)),
            &document()
        ),
        [""; 0]
    );
    assert_eq!(
        select("$.components..['Ship', 'Berth']", &document()),
        [ship, "/components/schemas/Berth"]
    );
}

#[test]
fn filters_select_by_conditions() {
    let limit = "/paths//ships/get/parameters/0";
    let after = "/paths//ships/get/parameters/1";
    let trace = "/paths//ships/get/parameters/2";
    let rows: &[(&str, &[&str])] = &[
        ("$..parameters[?@.name == 'limit']", &[limit]),
        ("$..parameters[?(@.name == 'limit')]", &[limit]),
        ("$..parameters[?@.name != 'limit']", &[after, trace]),
        ("$..parameters[?'limit' == @.name]", &[limit]),
        (
            "$..parameters[?@.in == 'query' && @.schema.type == 'string']",
            &[after],
        ),
        (
            "$..parameters[?@.in == 'header' || @.schema.maximum]",
            &[limit, trace],
        ),
        ("$..parameters[?!(@.in == 'query')]", &[trace]),
        ("$..parameters[?!@.schema.maximum]", &[after, trace]),
        ("$..parameters[?@.schema.maximum >= 50]", &[limit]),
        ("$..parameters[?@.schema.maximum > 50.0]", &[]),
        ("$..parameters[?@.schema.maximum == 5e1]", &[limit]),
        ("$..parameters[?@.name < 'b']", &[after]),
        ("$..parameters[?@.name < 1]", &[]),
        (
            "$..parameters[?@.nothing == @.nowhere]",
            &[limit, after, trace],
        ),
        ("$..parameters[?match(@.name, 'l.*t')]", &[limit]),
        ("$..parameters[?match(@.name, 'l')]", &[]),
        ("$..parameters[?search(@.name, '[ar]')]", &[after, trace]),
        ("$..parameters[?search(@.name, '(')]", &[]),
        (
            "$..parameters[?length(@.name) == 5]",
            &[limit, after, trace],
        ),
        ("$..parameters[?count(@.*) > 3]", &[]),
        ("$..parameters[?value(@..maximum) == 50]", &[limit]),
        (
            "$..parameters[?@.schema == $.components.schemas.Ship.properties.id]",
            &[after, trace],
        ),
        (
            "$..required[?@ == 'flag']",
            &["/components/schemas/Ship/required/2"],
        ),
        (
            "$..required[?@ == 'flag' || @ == 'id']",
            &[
                "/components/schemas/Ship/required/0",
                "/components/schemas/Ship/required/2",
            ],
        ),
        ("$.info[?@ == null]", &["/info/x-audience"]),
        (
            "$.paths[?@.get.tags[?@ == 'public']].get.tags",
            &["/paths//ships/get/tags"],
        ),
        (
            "$.components.schemas[?@.required]",
            &["/components/schemas/Ship"],
        ),
        (
            "$..[?@.type == 'object' && length(@.properties) == 1]",
            &["/components/schemas/Berth"],
        ),
        (
            "$..[?@.minimum < 1]",
            &["/components/schemas/Ship/properties/length"],
        ),
        ("$.paths.*.*[?@.deprecated == true]", &[]),
        (
            "$.paths.*[?@.deprecated == true]",
            &["/paths//ships/{id}/get"],
        ),
        (
            "$.paths.*[?@.deprecated == true].responses",
            &["/paths//ships/{id}/get/responses"],
        ),
    ];
    for (text, expected) in rows {
        let found = select(text, &document());
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn syntax_errors_say_what_and_where() {
    let rows = [
        ("", "expected `$`, found the end", 1),
        ("info", "expected `$`, found `i`", 1),
        ("$info", "expected `.`, `[` or the end, found `i`", 2),
        ("$.info ", "expected `.`, `[` or the end, found ` `", 7),
        ("$.", "expected a name or `*`, found the end", 3),
        ("$.responses.200", "expected a name or `*`, found `2`", 13),
        (
            "$.info.x-audience",
            "expected `.`, `[` or the end, found `-`",
            9,
        ),
        (
            "$[info]",
            "expected a name in quotes, an index, `*` or a filter `?`, found `i`",
            3,
        ),
        ("$['info'", "expected `,` or `]`, found the end", 9),
        ("$['info", "this string has no end", 3),
        (
            "$['é', 01]",
            "expected an integer without leading zeros, below 2^53",
            8,
        ),
        ("$['\\x']", "unknown escape", 4),
        (
            "$['\\ud800']",
            "half of a surrogate pair is no character",
            4,
        ),
        ("$[?@.a = 1]", "expected `,` or `]`, found `=`", 8),
        (
            "$[?@.a == 'x' && true]",
            "a literal is no condition: it has to be compared with something",
            18,
        ),
        (
            "$[?@.* == 1]",
            "only a query that selects one value can be compared",
            4,
        ),
        (
            "$[?length(@.a)]",
            "the result of this function has to be compared with something",
            4,
        ),
        (
            "$[?match(@.a, 'x') == true]",
            "the result of this function is a condition, and cannot be compared",
            4,
        ),
        ("$[?size(@.a) == 1]", "unknown function `size`", 4),
        (
            "$[?count(1) == 1]",
            "expected a query as argument, found `1`",
            10,
        ),
        ("$[?@.a == yes]", "unknown word `yes`", 11),
        ("$[?(@.a]", "expected `)`, found `]`", 8),
        (
            "$[?@[?@[?@[?@[?@[?@.a]]]]]]",
            "filters are nested deeper than 5 levels",
            19,
        ),
    ];
    for (text, message, column) in rows {
        let error = JsonPath::parse(text).expect_err(text);
        assert_eq!(
            (error.message.as_str(), error.column),
            (message, column),
            "{text}"
        );
    }
}

#[test]
fn parts_of_an_expression_are_expressions() {
    let path = JsonPath::parse("$.paths ['/a'].get[?@.x == 'y']").expect("it is valid");
    let parts = ["$", "$.paths", "$.paths ['/a']", "$.paths ['/a'].get"];
    for (count, part) in parts.into_iter().enumerate() {
        assert_eq!(path.first(count).as_str(), part);
        assert_eq!(path.first(count), JsonPath::parse(part).expect(part));
    }
    assert!(!path.is_singular());
    assert!(path.first(3).is_singular());
}

#[test]
fn a_search_ends_at_its_budget() {
    let mut deep = json!(1);
    for _ in 0..100 {
        deep = json!({ "a": deep, "b": [1, 2, 3] });
    }
    let node = Node::from_json(&deep);
    for text in [
        "$..*..*..*",
        "$..[?@..[?@..b]]",
        "$..[?count($..b) == 1]",
        "$..[?search(@, 'a')]",
    ] {
        let path = JsonPath::parse(text).expect(text);
        assert_eq!(
            path.places(&node, &mut Search::new(400)),
            Err(OverBudget),
            "{text}"
        );
    }
    let path = JsonPath::parse("$..b[0]").expect("it is valid");
    let found = path
        .places(&node, &mut Search::new(10_000))
        .expect("it is within the budget");
    assert_eq!(found.len(), 100);
}

#[test]
fn a_place_has_a_path() {
    let node = Node::from_json(
        &json!({ "paths": { "/a/{id}": { "get": { "parameters": [{ "name": "x-it's" }] } } } }),
    );
    let get = Pointer::root("a.yaml")
        .child("paths")
        .child("/a/{id}")
        .child("get");
    let name = get.child("parameters").index(0).child("name");
    for (place, expected) in [
        (Pointer::root("a.yaml"), "$"),
        (name, "$.paths['/a/{id}'].get.parameters[0].name"),
        (
            get.child("responses").child("200"),
            "$.paths['/a/{id}'].get.responses['200']",
        ),
    ] {
        assert_eq!(to_place(&node, &place), expected);
    }
    let names = ["type".to_owned(), "x-format".to_owned()];
    assert_eq!(members(&names), "['type', 'x-format']");
    assert_eq!(members(&names[..1]), ".type");
    let path = JsonPath::parse(&format!("$..name{}", element("b\\c'"))).expect("it is valid");
    assert_eq!(path.as_str(), "$..name[?@ == 'b\\\\c\\'']");
}
