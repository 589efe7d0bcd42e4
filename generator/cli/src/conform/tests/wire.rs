//! What requests and streams say against their schemas: tables of parameters, forms and bodies, and their mismatches.

mod bodies;

use oasmith::diagnostic::Diagnostics;
use oasmith::load::{Budgets, MapSources, load};

use super::ORIGIN;
use crate::conform::description::Description;
use crate::conform::finding::{Key, Kind, Part};
use crate::conform::judge::Judge;
use crate::conform::traffic;
use crate::conform::validate::DateTimes;

/// Returns the mismatches of an exchange with an operation: `query a: Type(string) /* at …`.
fn mismatches(operation: &str, request: &str, response: &str) -> Vec<String> {
    let text = format!(
        "openapi: 3.1.0\npaths:\n  /x/{{id}}:\n    post: {{ {operation} }}\ncomponents: {{ schemas: {{ \
         O: {{ type: object, required: [a], properties: {{ a: {{ type: integer }}, b: {{ type: boolean }} }} }} }} }}\n"
    );
    let sources = MapSources::new().with("api.yaml", text);
    let mut diagnostics = Diagnostics::new();
    let loaded = load(&sources, "api.yaml", &Budgets::default(), &mut diagnostics);
    let loaded = loaded.unwrap_or_else(|| panic!("it is YAML: {operation}"));
    let description = Description::new(&loaded).expect("it is OpenAPI");
    let mut judge = Judge::new(description, DateTimes::WithOffset);
    let har = format!(
        r#"{{ "log": {{ "entries": [{{ "request": {{ "method": "POST", {request} }}, "response": {{ "status": 200, {response} }} }}] }} }}"#
    );
    let mut each = |_, _, exchange: Option<traffic::Exchange>| {
        let exchange = exchange.unwrap_or_else(|| panic!("it is an entry: {request} {response}"));
        judge.exchange(&exchange, &ORIGIN);
    };
    traffic::read(har.as_bytes(), &mut each).expect("it is a HAR");
    assert!(judge.tally.unmatched.is_empty(), "{request}");
    assert_eq!(judge.tally.counts.uncompiled, 0, "{operation}");
    judge.tally.findings.keys().map(shown).collect()
}

fn shown(key: &Key) -> String {
    let part = match &key.part {
        Part::Body => "body".to_owned(),
        Part::Item => "item".to_owned(),
        Part::Parameter { location, name } => format!("{location} {name}"),
    };
    let kind = match &key.kind {
        Kind::Missing(name) => format!("Missing({name})"),
        other => format!("{other:?}").replace('"', ""),
    };
    format!("{part}: {kind} {}", key.instance)
        .trim_end()
        .to_owned()
}

/// A parameter in a place with a style and a schema, requests, and their mismatches.
#[track_caller]
fn assert_parameter(parameter: &str, rows: &[(&str, &[&str])]) {
    for (request, expected) in rows {
        let operation = format!("parameters: [{{ {parameter} }}], responses: {{ '200': {{}} }}");
        let found = mismatches(&operation, request, r#""content": {}"#);
        assert_eq!(found, *expected, "{parameter} <- {request}");
    }
}

fn url(path_and_query: &str) -> String {
    format!(r#""url": "http://h.example/x{path_and_query}""#)
}

#[track_caller]
fn assert_query(parameter: &str, rows: &[(&str, &[&str])]) {
    for (query, expected) in rows {
        let parameter = format!("name: p, in: query, {parameter}");
        assert_parameter(&parameter, &[(&url(&format!("/1?{query}")), expected)]);
    }
}

#[track_caller]
fn assert_path(parameter: &str, rows: &[(&str, &[&str])]) {
    for (path, expected) in rows {
        let parameter = format!("name: id, in: path, required: true, {parameter}");
        assert_parameter(&parameter, &[(&url(&format!("/{path}")), expected)]);
    }
}

const WRONG: &[&str] = &["query p: Type(string)"];

#[test]
fn a_text_of_a_query_is_what_its_schema_allows() {
    assert_query(
        "schema: { type: integer, maximum: 5 }",
        &[
            ("p=3", &[]),
            ("p=7", &["query p: Bound(maximum)"]),
            ("p=x", WRONG),
            ("p=", WRONG),
            ("p=1&p=2", &["query p: Type(array)"]),
            ("other=x", &[]),
        ],
    );
    assert_query(
        "schema: { type: boolean }",
        &[("p=True", &[]), ("p=yes", WRONG)],
    );
    assert_query(
        "schema: { type: [integer, 'null'] }",
        &[("p=null", &[]), ("p=", &[])],
    );
    assert_query(
        "schema: { type: string }",
        &[("p=3", &[]), ("p=null", &[]), ("p=a,b", &[]), ("p=", &[])],
    );
    assert_query(
        "schema: { enum: [1, 2] }",
        &[("p=2", &[]), ("p=3", &["query p: Value(None)"])],
    );
    assert_query(
        "schema: { type: string, format: date }",
        &[
            ("p=2024-01-02", &[]),
            ("p=2%2F1", &["query p: Format(date)"]),
        ],
    );
    assert_query(
        "schema: { type: string, enum: [asc, desc] }",
        &[
            ("p=desc", &[]),
            ("p=none", &["query p: Value(Some(none))"]),
            ("p=ada%40example.com", &["query p: Value(None)"]),
        ],
    );
    assert_query(
        "required: true, schema: { type: string }",
        &[("q=1", &["query p: NotSent"])],
    );
    assert_query(
        "schema: { oneOf: [{ type: integer }, { type: string, enum: [all] }] }",
        &[("p=4", &[]), ("p=all", &[])],
    );
}

#[test]
fn lists_and_objects_of_a_query_have_styles() {
    let numbers = "schema: { type: array, items: { type: integer } }";
    let item: &[&str] = &["query p: Type(string) /*"];
    let explode: &[&str] = &["query p: Keyword(explode)"];
    assert_query(
        numbers,
        &[
            ("p=1&p=2", &[]),
            ("p=1", &[]),
            ("p=1&p=x", item),
            ("p=1,2", explode),
            ("p[]=1&p[]=2", &[]),
            ("p[0]=1&p[1]=x", item),
            ("p=", &[]),
        ],
    );
    assert_query(
        &format!("explode: false, {numbers}"),
        &[
            ("p=1,2", &[]),
            ("p=1%2C2", &[]),
            ("p=1,x", item),
            ("p=1&p=2", explode),
        ],
    );
    assert_query(
        &format!("style: pipeDelimited, {numbers}"),
        &[("p=1|2", &[]), ("p=1%7C2", &[]), ("p=1|x", item)],
    );
    assert_query(
        &format!("style: spaceDelimited, {numbers}"),
        &[("p=1%202", &[]), ("p=1+2", &[]), ("p=1%20x", item)],
    );
    let object = "schema: { $ref: '#/components/schemas/O' }";
    let member: &[&str] = &["query p: Type(string) /a"];
    assert_query(
        object,
        &[
            ("a=1&b=true&z=x", &[]),
            ("a=x", member),
            ("b=false", &["query p: Missing(a)"]),
            ("z=1", &[]),
        ],
    );
    assert_query(
        &format!("explode: false, {object}"),
        &[("p=a,1,b,true", &[]), ("p=a,x", member)],
    );
    assert_query(
        &format!("style: deepObject, {object}"),
        &[
            ("p[a]=1", &[]),
            ("p[a]=x", member),
            ("p[b]=true", &["query p: Missing(a)"]),
        ],
    );
    let nested = "style: deepObject, schema: { properties: { a: { properties: { n: { type: number } } }, l: { type: array, items: { type: integer } } } }";
    assert_query(
        nested,
        &[
            ("p[a][n]=1.5&p[l][]=1&p[l][]=2", &[]),
            ("p[a][n]=x", &["query p: Type(string) /a/n"]),
        ],
    );
    assert_query(
        "content: { application/json: { schema: { $ref: '#/components/schemas/O' } } }",
        &[
            ("p=%7B%22a%22:1%7D", &[]),
            ("p=%7B%22a%22:%22x%22%7D", member),
            ("p=x", &["query p: NotJson"]),
        ],
    );
}

#[test]
fn paths_headers_and_cookies_have_styles() {
    let numbers = "schema: { type: array, items: { type: integer } }";
    let item: &[&str] = &["path id: Type(string) /*"];
    assert_path(
        "schema: { type: integer }",
        &[("12", &[]), ("a%20b", &["path id: Type(string)"])],
    );
    assert_path(numbers, &[("1,2", &[]), ("1,x", item)]);
    assert_path(
        &format!("style: label, {numbers}"),
        &[(".1,2", &[]), (".1.2", &[]), (".1,x", item)],
    );
    assert_path(&format!("style: matrix, {numbers}"), &[(";id=1,2", &[])]);
    assert_path(
        &format!("style: matrix, explode: true, {numbers}"),
        &[(";id=1;id=2", &[]), (";id=1;id=x", item)],
    );
    assert_path(
        "explode: true, schema: { $ref: '#/components/schemas/O' }",
        &[("a=1,b=true", &[]), ("a=x", &["path id: Type(string) /a"])],
    );
    let header = |value: &str| {
        format!(
            r#"{}, "headers": [{{ "name": "x-p", "value": "{value}" }}]"#,
            url("/1")
        )
    };
    assert_parameter(
        "name: X-P, in: header, schema: { type: array, items: { type: string, enum: [aa, bb] } }",
        &[
            (&header("aa, bb"), &[]),
            (&header("aa, cc"), &["header X-P: Value(None) /*"]),
        ],
    );
    assert_parameter(
        "name: Accept, in: header, required: true, schema: { type: integer }",
        &[(&header("1"), &[])],
    );
    assert_parameter(
        "name: X-Q, in: header, required: true, schema: {}",
        &[(&header("1"), &["header X-Q: NotSent"])],
    );
    let cookie = |value: &str| {
        format!(
            r#"{}, "cookies": [{{ "name": "c", "value": "{value}" }}]"#,
            url("/1")
        )
    };
    assert_parameter(
        "name: c, in: cookie, schema: { type: integer }",
        &[
            (&cookie("7"), &[]),
            (&cookie("secret"), &["cookie c: Type(string)"]),
        ],
    );
}
