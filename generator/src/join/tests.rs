//! Joining small descriptions: which types become one, under which names, and what is said about the others.

use super::{Part, join};
use crate::diagnostic::Diagnostics;
use crate::ir::{Api, Joined};
use crate::load::{MapSources, load};
use crate::options::Options;
use crate::pointer::Pointer;
use crate::{lower, resolve};

/// Returns the client of a document with these schemas and security schemes.
fn api(name: &str, schemas: &str, schemes: &str) -> Api {
    let text = format!(
        "openapi: 3.0.3
info: {{ title: {name}, version: '1' }}
security: [{}]
paths:
  /{name}:
    get: {{ operationId: list, responses: {{ '200': {{ description: A. }} }} }}
components:
  securitySchemes: {{ {schemes} }}
  schemas: {{ {schemas} }}
",
        match schemes.split_once(':') {
            Some((scheme, _)) => format!("{{ {scheme}: [] }}"),
            None => String::new(),
        }
    );
    let file = format!("{name}.yaml");
    let sources = MapSources::new().with(&file, text);
    let options = Options::new(&file, name);
    let mut found = Diagnostics::new();
    let loaded = load(&sources, &file, &options.budgets, &mut found).expect("it is YAML");
    let document = resolve::resolve(&loaded, &options, &mut found).expect("it is OpenAPI");
    let api = lower::lower(&document, &options, &mut found);
    assert!(!found.has_errors(), "{found:?}");
    api
}

fn joined(documents: &[(&str, &str)]) -> Box<Joined> {
    let parts = documents.iter().map(|(name, schemas)| Part {
        name: (*name).to_owned(),
        document: Pointer::root(format!("{name}.yaml")),
        api: api(name, schemas, ""),
    });
    let whole = join(parts.collect(), "all", &mut Diagnostics::new());
    whole.joined.expect("it was joined")
}

/// Returns the types of `common`, each with the modules that have it: `Error: a b`.
fn types(joined: &Joined) -> Vec<String> {
    let names = joined.common.types.iter().zip(&joined.types);
    names
        .map(|(def, one)| format!("{}: {}", def.name.rust, one.modules.join(" ")))
        .collect()
}

/// Returns the types that stay apart: `Error: a | b, Member("x")`.
fn apart(joined: &Joined) -> Vec<String> {
    let groups = |groups: &[Vec<String>]| {
        let groups: Vec<String> = groups.iter().map(|group| group.join(" ")).collect();
        groups.join(" | ")
    };
    let all = joined.apart.iter();
    all.map(|one| {
        format!(
            "{}: {}, {:?}",
            one.name,
            groups(&one.groups),
            one.difference
        )
    })
    .collect()
}

const ITEM: &str = "Item: { type: object, properties: { id: { type: string } } }";
const NUMBER: &str = "Item: { type: object, properties: { id: { type: integer } } }";
const PAGE: &str =
    "Page: { type: object, properties: { item: { $ref: '#/components/schemas/Item' } } }";

#[test]
fn types_are_one_if_what_they_contain_is() {
    let same = format!("{ITEM}, {PAGE}");
    let other = format!("{NUMBER}, {PAGE}");
    let all = joined(&[("a", &same), ("b", &same), ("c", &other)]);
    assert_eq!(types(&all), ["Item: a b", "Page: a b"]);
    assert_eq!(
        apart(&all),
        [
            "Item: a b | c, Member(\"id\")",
            "Page: a b | c, Contains(\"Item\")"
        ]
    );
    let none = joined(&[("a", ITEM), ("b", NUMBER)]);
    assert_eq!(types(&none), [""; 0]);
}

/// The greatest partition: types that only differ in that they contain themselves are equal.
#[test]
fn types_that_contain_themselves_are_joined() {
    let tree = "Node: { type: object, properties: { left: { $ref: '#/components/schemas/Leaf' } } }, \
                Leaf: { type: object, properties: { up: { $ref: '#/components/schemas/Node' } } }";
    let longer = tree.replace("up:", "size: { type: integer }, up:");
    let all = joined(&[("a", tree), ("b", tree), ("c", &longer), ("d", &longer)]);
    assert_eq!(
        types(&all),
        ["Leaf: a b", "Leaf2: c d", "Node: a b", "Node2: c d"]
    );
    let shared = |index: usize| all.parts[index].api.home.as_ref().expect("it has one");
    let imports = |index: usize| -> Vec<String> {
        let pairs = shared(index).imports.iter();
        pairs
            .map(|(there, here)| format!("{there} as {here}"))
            .collect()
    };
    assert_eq!(imports(0), ["Leaf as Leaf", "Node as Node"]);
    assert_eq!(imports(3), ["Leaf2 as Leaf", "Node2 as Node"]);
}

/// What most documents have keeps its name, and no number takes the name of another type.
#[test]
fn one_name_for_several_types_is_numbered() {
    let second = format!("{ITEM}, Item2: {{ type: string, enum: [A] }}");
    let third = format!("{NUMBER}, Item2: {{ type: string, enum: [A] }}");
    let all = joined(&[
        ("a", &third),
        ("b", &third),
        ("c", &second),
        ("d", &second),
        ("e", ITEM),
    ]);
    assert_eq!(types(&all), ["Item: c d e", "Item3: a b", "Item2: a b c d"]);
}

#[test]
fn texts_may_differ_and_constraints_may_not() {
    let described = ITEM.replace("{ type: string }", "{ type: string, description: The id. }");
    let limited = ITEM.replace("{ type: string }", "{ type: string, maxLength: 3 }");
    let all = joined(&[("a", ITEM), ("b", &described), ("c", &limited)]);
    assert_eq!(types(&all), ["Item: a b"]);
    assert_eq!(all.types[0].described_by, "a");
    assert_eq!(all.types[0].other_texts, ["b"]);
}

#[test]
fn the_order_of_the_documents_does_not_matter() {
    let same = format!("{ITEM}, {PAGE}");
    let other = format!("{NUMBER}, {PAGE}");
    let forward = joined(&[("a", &same), ("b", &other), ("c", &same), ("d", &other)]);
    let backward = joined(&[("d", &other), ("c", &same), ("b", &other), ("a", &same)]);
    assert_eq!(forward, backward);
}

#[test]
fn equal_security_schemes_are_one_credential() {
    let key = |header: &str| format!("login: {{ type: apiKey, in: header, name: {header} }}");
    let bearer = "login: { type: http, scheme: bearer }";
    let documents = [
        ("a", bearer.to_owned()),
        ("b", key("x-key")),
        ("c", key("x-key")),
        ("d", "other: { type: http, scheme: bearer }".to_owned()),
    ];
    let parts = documents.iter().map(|(name, schemes)| Part {
        name: (*name).to_owned(),
        document: Pointer::root(format!("{name}.yaml")),
        api: api(name, ITEM, schemes),
    });
    let whole = join(parts.collect(), "all", &mut Diagnostics::new());
    let methods: Vec<(&str, &str)> = whole
        .schemes
        .iter()
        .map(|scheme| (scheme.name.rust.as_str(), scheme.method()))
        .collect();
    assert_eq!(
        methods,
        [
            ("a_login_token", "a_login_token"),
            ("login_api_key", "api_key"),
            ("other_token", "other_token")
        ]
    );
    let joined = whole.joined.expect("it was joined");
    let indexes: Vec<&[usize]> = joined.parts.iter().map(|part| &part.schemes[..]).collect();
    assert_eq!(indexes, [&[0][..], &[1], &[1], &[2]]);
}
