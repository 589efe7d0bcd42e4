//! A description in several files: an overlay reaches the root document only, so what is wrong elsewhere is left to
//! people, with what to do.

use std::fs;

use crate::workspace::run_in;

const ROOT: &str = "\
openapi: 3.0.3
info: { title: Files, version: '1' }
paths:
  /pets/{id}:
    get:
      operationId: get_pet
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200': { description: A pet., content: { application/json: { schema: { $ref: 'pets.yaml#/Pet' } } } }
";

const PETS: &str = "\
Pet:
  type: object
  required: [name]
  properties:
    name: { type: string }
    owner: { $ref: '#/Owner' }
Owner: { type: object, properties: { id: { type: integer } } }
";

#[test]
fn what_is_wrong_in_another_file_is_told_with_the_change_by_hand() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text);
    write("api.yaml", ROOT).expect("it can be written");
    write("pets.yaml", PETS).expect("it can be written");
    write("one.json", r#"{ "name": null, "owner": { "id": "x" } }"#).expect("it can be written");
    write("two.json", r#"{ "owner": null }"#).expect("it can be written");
    write("null.json", "null").expect("it can be written");
    let replies = ["one.json", "two.json", "null.json"];
    let head = [
        "conform",
        "--spec",
        "api.yaml",
        "--operation",
        "get_pet",
        "--write",
        "wire.overlay.yaml",
    ];
    let ended = run_in(folder.path(), &[&head[..], &replies].concat(), &[]);
    // the place where null came is in the root document
    let overlay = fs::read_to_string(folder.path().join("wire.overlay.yaml")).expect("it is there");
    assert_eq!(overlay.matches("- target: ").count(), 2, "{overlay}");
    assert!(overlay.contains("null in 1 of 3 replies"), "{overlay}");
    // and the others are not mended
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    for expected in [
        "--> pets.yaml:5:19",
        "not in the overlay: an overlay changes the root document only; by hand, do in `pets.yaml`:",
        "- target: $.Pet.properties.name\n",
        "- target: $.Pet.required[?@ == 'name']\n",
        "- target: $.Pet.properties.owner['$ref']\n",
        "- target: $.Owner.properties.id\n",
    ] {
        assert!(
            ended.stderr.contains(expected),
            "{expected}\n{}",
            ended.stderr
        );
    }
    // which they could be
    let changed = PETS
        .replace(
            "name: { type: string }",
            "name: { type: string, nullable: true }",
        )
        .replace("required: [name]", "required: []")
        .replace(
            "{ $ref: '#/Owner' }",
            "{ allOf: [{ $ref: '#/Owner' }], nullable: true }",
        )
        .replace(
            "{ type: integer }",
            "{ oneOf: [{ type: integer }, { type: string }] }",
        );
    write("pets.yaml", &changed).expect("it can be written");
    let ended = run_in(folder.path(), &[&head[..], &replies].concat(), &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(
        ended.stdout.contains("Unchanged wire.overlay.yaml"),
        "{ended:#?}"
    );
}
