//! The coverage of descriptions of a few lines, with and without parts of the output removed.

use super::*;
use oasmith::load::MapSources;
use oasmith::options::Options;

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

fn measure(document: &str) -> Coverage {
    measure_without(document, |_| {})
}

/// Measures after a part of the output was removed.
fn measure_without(document: &str, forget: impl Fn(&mut Api)) -> Coverage {
    let sources = MapSources::new().with("a.yaml", document);
    let options = Options::new("a.yaml", "pets");
    let mut output = oasmith::generate(&sources, &options).expect("the description is valid");
    forget(&mut output.api);
    let loaded = oasmith::load::load(
        &sources,
        "a.yaml",
        &options.budgets,
        &mut Diagnostics::new(),
    );
    Coverage::measure(
        &loaded.expect("it was loaded before"),
        &output.api,
        &output.diagnostics,
    )
}

#[test]
fn all_keywords_of_a_plain_description_are_modelled() {
    let coverage = measure(DOCUMENT);
    assert_eq!(coverage.operations, 1);
    assert_eq!(coverage.typed_schemas, 4); // Pets, Pet, name, tags
    let keyword = |name| coverage.keywords[name];
    assert_eq!(
        keyword("type"),
        Count {
            occurrences: 4,
            modelled: 4,
            ..Count::default()
        }
    );
    assert_eq!(keyword("maxLength").occurrences, 1);
    // the `$ref` of the response is part of no type, and its target is counted at its own place
    assert_eq!(keyword("items").lost(), 0);
}

#[test]
fn untyped_places_are_listed() {
    let coverage = measure(DOCUMENT);
    let places: Vec<&str> = coverage.untyped.iter().map(|one| one.at.path()).collect();
    let pet = "/components/schemas/Pet/properties";
    assert_eq!(
        places,
        [format!("{pet}/extra"), format!("{pet}/tags/items")]
    );
    assert!(coverage.untyped.iter().all(|one| !one.weaker));
}

#[test]
fn operations_of_webhooks_are_not_counted() {
    let document = DOCUMENT.replace(
        "components:",
        "webhooks: { added: { post: { responses: { '204': { description: Done. } } } } }\ncomponents:",
    );
    assert_eq!(measure(&document).operations, 1);
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
    let coverage = measure_without(WHOLE, forget);
    let known: usize = coverage.keywords.values().map(Count::lost).sum();
    assert_eq!(known, coverage.lost.len());
    let short = |at: &Pointer| at.path().replace("/components/schemas/Pet", "Pet");
    let mut all: Vec<String> = coverage.lost.iter().map(short).collect();
    all.sort();
    all
}

fn pet(api: &mut Api) -> &mut oasmith::ir::Struct {
    let bodies = api
        .types
        .iter_mut()
        .map(|def| match (&*def.name.rust, &mut def.body) {
            ("Pet", oasmith::ir::TypeBody::Struct(body)) => Some(body),
            _ => None,
        });
    bodies.flatten().next().expect("there is a pet")
}

fn member<'a>(api: &'a mut Api, wire: &str) -> &'a mut oasmith::ir::Member {
    let mut members = pet(api).members.iter_mut();
    members
        .find(|one| one.name.wire == wire)
        .expect("it has such a member")
}

#[test]
fn a_complete_output_loses_nothing() {
    assert_eq!(lost(|_| {}), [""; 0]);
    let coverage = measure(WHOLE);
    let documented = |name| coverage.keywords[name].documented;
    let all = ["maxLength", "default", "maxItems", "maximum"].map(documented);
    assert_eq!(all, [1, 1, 1, 1]);
    assert_eq!(coverage.untyped, []);
}

#[test]
fn a_removed_member_loses_all_its_keywords() {
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
fn each_removed_fact_loses_its_keyword() {
    use oasmith::ir::{Presence, Scalar, TypeBody, TypeRef};
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
fn a_removed_body_loses_its_keywords() {
    let forget = |api: &mut Api| api.operations.iter_mut().for_each(|one| one.body = None);
    let places = lost(forget);
    let schema = "/paths/~1pets/post/requestBody/content/application~1json/schema";
    let keywords = ["items", "items/$ref", "maxItems", "type"];
    assert_eq!(places, keywords.map(|name| format!("{schema}/{name}")));
}

#[test]
fn a_type_replaced_by_any_json_is_weaker_without_a_reason() {
    let coverage = measure_without(WHOLE, |api| {
        member(api, "tags").ty = oasmith::ir::TypeRef::Any
    });
    let [one] = coverage.untyped.as_slice() else {
        panic!("one place: {:?}", coverage.untyped)
    };
    assert_eq!(one.at.path(), "/components/schemas/Pet/properties/tags");
    assert!(one.weaker);
    assert_eq!(one.reason, "no reason is given");
}

/// An operation with an invalid media type is not generated, and its parameters are not sent.
#[test]
fn a_shared_parameter_is_reported_with_its_operations() {
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
    let types = |more: &str| measure(&document(more)).keywords["type"];
    let unsent = types("");
    assert_eq!(
        (unsent.occurrences, unsent.reported, unsent.lost()),
        (1, 1, 0)
    );
    let sent = types(r#"get: { responses: { "204": { description: Done. } } }"#);
    assert_eq!((sent.occurrences, sent.modelled, sent.lost()), (1, 1, 0));
    let other = types(
        r#"additionalOperations: { COPY: { responses: { "204": { description: Done. } } } }"#,
    );
    assert_eq!((other.occurrences, other.modelled, other.lost()), (1, 1, 0));
}

#[test]
fn a_diagnostic_reports_its_keyword_and_no_other() {
    let document = WHOLE.replace(
        "default: nobody }",
        "not: { const: somebody }, default: nobody }",
    );
    let coverage = measure(&document);
    assert_eq!(coverage.lost, []);
    assert_eq!(coverage.keywords["not"].reported, 1);
    assert_eq!(coverage.keywords["const"].reported, 1);
    assert_eq!(coverage.keywords["default"].reported, 0);
}
