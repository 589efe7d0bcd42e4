//! Documents of a few lines, counted.

use super::*;
use crate::load::MapSources;
use crate::options::Options;

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /pets:
    get:
      operationId: listPets
      responses: { "200": { description: All., content: { application/json: { schema: { $ref: '#/components/schemas/Pets' } } } } }
components:
  schemas:
    Pets: { type: array, items: { $ref: '#/components/schemas/Pet' } }
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string, maxLength: 5 }
        extra: {}
        tags: { type: array, items: { description: anything } }
"#;

fn count(document: &str) -> Census {
    let sources = MapSources::new().with("a.yaml", document);
    let options = Options::new("a.yaml", "pets");
    let output = crate::generate(&sources, &options).expect("the document is right");
    let loaded = crate::load::load(
        &sources,
        "a.yaml",
        &options.budgets,
        &mut Diagnostics::new(),
    );
    census(
        &loaded.expect("it was loaded before"),
        &output.api,
        &output.diagnostics,
    )
}

#[test]
fn everything_of_a_plain_document_is_modelled() {
    let census = count(DOCUMENT);
    assert_eq!(census.operations, 1);
    assert_eq!(census.telling_schemas, 4); // Pets, Pet, name, tags
    let keyword = |name| census.keywords[name];
    assert_eq!(
        keyword("type"),
        Count {
            occurrences: 4,
            modelled: 4,
            reported: 0
        }
    );
    assert_eq!(keyword("maxLength").occurrences, 1);
    // the reference of the response is not a part of any type, and its target is counted where it stands
    assert_eq!(keyword("items").lost(), 0);
}

#[test]
fn a_value_of_any_kind_is_named_with_its_place() {
    let census = count(DOCUMENT);
    let places: Vec<&str> = census.untyped.iter().map(|one| one.at.path()).collect();
    let pet = "/components/schemas/Pet/properties";
    assert_eq!(
        places,
        [format!("{pet}/extra"), format!("{pet}/tags/items")]
    );
    assert!(census.untyped.iter().all(|one| !one.weaker));
}

#[test]
fn operations_of_webhooks_are_not_a_clients() {
    let document = DOCUMENT.replace(
        "components:",
        "webhooks: { added: { post: { responses: { '204': { description: Done. } } } } }\ncomponents:",
    );
    assert_eq!(count(&document).operations, 1);
}
