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
    count_without(document, |_| {})
}

/// Counts after a part of the output was forgotten.
fn count_without(document: &str, forget: impl Fn(&mut Api)) -> Census {
    let sources = MapSources::new().with("a.yaml", document);
    let options = Options::new("a.yaml", "pets");
    let mut output = crate::generate(&sources, &options).expect("the document is right");
    forget(&mut output.api);
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
            ..Count::default()
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

const WHOLE: &str = r#"
openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /pets:
    post:
      operationId: addPet
      parameters: [{ name: limit, in: query, schema: { type: integer, maximum: 7 } }]
      requestBody: { content: { application/json: { schema: { type: array, maxItems: 9, items: { $ref: '#/components/schemas/Pet' } } } } }
      responses: { "204": { description: Done. } }
components:
  schemas:
    Pet:
      type: object
      required: [kind]
      additionalProperties: { type: integer }
      properties:
        kind: { type: string, enum: [cat, dog] }
        tags: { type: array, items: { type: string, maxLength: 5 } }
        owner: { type: [string, "null"], default: nobody }
        born: { type: string, format: date }
        food: { oneOf: [{ type: string }, { type: integer }] }
        pair: { type: array, prefixItems: [{ type: string }, { type: integer }], items: false }
"#;

fn lost(forget: impl Fn(&mut Api)) -> Vec<String> {
    let census = count_without(WHOLE, forget);
    let known: usize = census.keywords.values().map(Count::lost).sum();
    assert_eq!(known, census.lost.len());
    let short = |at: &Pointer| at.path().replace("/components/schemas/Pet", "Pet");
    let mut all: Vec<String> = census.lost.iter().map(short).collect();
    all.sort();
    all
}

fn pet(api: &mut Api) -> &mut crate::ir::Struct {
    let bodies = api
        .types
        .iter_mut()
        .map(|def| match (&*def.name.rust, &mut def.body) {
            ("Pet", crate::ir::TypeBody::Struct(body)) => Some(body),
            _ => None,
        });
    bodies.flatten().next().expect("there is a pet")
}

fn member<'a>(api: &'a mut Api, wire: &str) -> &'a mut crate::ir::Member {
    let mut members = pet(api).members.iter_mut();
    members
        .find(|one| one.name.wire == wire)
        .expect("it has such a member")
}

#[test]
fn nothing_is_lost_where_nothing_was_forgotten() {
    assert_eq!(lost(|_| {}), [""; 0]);
    let census = count(WHOLE);
    let documented = |name| census.keywords[name].documented;
    let all = ["maxLength", "default", "maxItems", "maximum"].map(documented);
    assert_eq!(all, [1, 1, 1, 1]);
    assert_eq!(census.untyped, []);
}

#[test]
fn a_forgotten_member_is_lost_with_all_that_it_says() {
    let forget = |api: &mut Api| pet(api).members.retain(|one| one.name.wire != "tags");
    assert_eq!(
        lost(forget),
        [
            "Pet/properties",
            "Pet/properties/tags/items",
            "Pet/properties/tags/items/maxLength",
            "Pet/properties/tags/items/type",
            "Pet/properties/tags/type",
        ]
    );
}

#[test]
fn every_forgotten_keyword_is_caught() {
    use crate::ir::{Presence, Scalar, TypeBody, TypeRef};
    let optional = |api: &mut Api| member(api, "kind").presence = Presence::Optional;
    assert_eq!(lost(optional), ["Pet/required"]);
    let text = |api: &mut Api| member(api, "born").ty = TypeRef::Scalar(Scalar::String);
    assert_eq!(lost(text), ["Pet/properties/born/format"]);
    let not_null = |api: &mut Api| member(api, "owner").presence = Presence::Optional;
    assert_eq!(lost(not_null), ["Pet/properties/owner/type"]);
    let undocumented = |api: &mut Api| member(api, "owner").docs.notes.clear();
    assert_eq!(lost(undocumented), ["Pet/properties/owner/default"]);
    let closed = |api: &mut Api| pet(api).rest = None;
    assert_eq!(
        lost(closed),
        ["Pet/additionalProperties", "Pet/additionalProperties/type"]
    );
    let bodies = |change: fn(&mut TypeBody)| {
        move |api: &mut Api| api.types.iter_mut().for_each(|def| change(&mut def.body))
    };
    let no_dog = bodies(|body| {
        if let TypeBody::StringEnum(body) = body {
            body.values.retain(|one| one.name.wire != "dog");
        }
    });
    assert_eq!(lost(no_dog), ["Pet/properties/kind/enum"]);
    let one_branch = bodies(|body| {
        if let TypeBody::Union(body) = body {
            body.branches.truncate(1);
        }
    });
    assert_eq!(lost(one_branch), ["Pet/properties/food/oneOf/1/type"]);
    let one_item = bodies(|body| {
        if let TypeBody::Tuple(body) = body {
            body.items.truncate(1);
        }
    });
    assert_eq!(lost(one_item), ["Pet/properties/pair/prefixItems/1/type"]);
}

#[test]
fn a_body_without_a_type_is_lost() {
    let forget = |api: &mut Api| api.operations.iter_mut().for_each(|one| one.body = None);
    let places = lost(forget);
    let schema = "/paths/~1pets/post/requestBody/content/application~1json/schema";
    let keywords = ["items", "items/$ref", "maxItems", "type"];
    assert_eq!(places, keywords.map(|name| format!("{schema}/{name}")));
}

#[test]
fn any_json_in_the_place_of_a_type_is_weaker_and_has_no_reason() {
    let census = count_without(WHOLE, |api| {
        member(api, "tags").ty = crate::ir::TypeRef::Any
    });
    let [one] = census.untyped.as_slice() else {
        panic!("one place: {:?}", census.untyped)
    };
    assert_eq!(one.at.path(), "/components/schemas/Pet/properties/tags");
    assert!(one.weaker);
    assert_eq!(one.reason, "no reason is given");
}

/// A body of a media type without a name is refused, and its operation with it.
#[test]
fn a_parameter_of_the_path_goes_with_its_operations() {
    let document = |more: &str| {
        format!(
            r#"
openapi: 3.2.0
info: {{ title: T, version: "1" }}
paths:
  /pets/{{id}}:
    parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
    post: {{ requestBody: {{ content: {{ "no name": {{}} }} }}, responses: {{ "204": {{ description: Done. }} }} }}
    {more}
"#
        )
    };
    let types = |more: &str| count(&document(more)).keywords["type"];
    let told = types("");
    assert_eq!((told.occurrences, told.reported, told.lost()), (1, 1, 0));
    let sent = types(r#"get: { responses: { "204": { description: Done. } } }"#);
    assert_eq!((sent.occurrences, sent.modelled, sent.lost()), (1, 1, 0));
    let other = types(
        r#"additionalOperations: { COPY: { responses: { "204": { description: Done. } } } }"#,
    );
    assert_eq!((other.occurrences, other.modelled, other.lost()), (1, 1, 0));
}

#[test]
fn what_a_diagnostic_tells_is_reported_and_only_that() {
    let document = WHOLE.replace(
        "default: nobody }",
        "not: { const: somebody }, default: nobody }",
    );
    let census = count(&document);
    assert_eq!(census.lost, []);
    assert_eq!(census.keywords["not"].reported, 1);
    assert_eq!(census.keywords["const"].reported, 1);
    assert_eq!(census.keywords["default"].reported, 0);
}
