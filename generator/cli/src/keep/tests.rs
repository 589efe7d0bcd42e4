//! What is kept, what is left, and what must not be touched.

use oasmith::load::MapSources;

use super::*;

/// A document with one operation whose replies are a `Pet`.
const PETS: &str = "
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pet:
    get:
      operationId: get_pet
      responses:
        '200':
          description: It.
          headers: { X-Rate: { schema: { type: integer } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
components:
  schemas:
    Pet:
      type: object
      required: [id]
      properties:
        id: { type: string }
        kind: { type: string, enum: [cat, dog] }
        name: { type: string }
        owner: { $ref: '#/components/schemas/Owner' }
    Owner: { type: object, properties: { age: { type: integer } } }
";

/// Returns the rules that are kept and left when texts of the document are replaced.
fn told(edits: &[(&str, &str)]) -> (Vec<&'static str>, Vec<&'static str>, Kept) {
    let mut newer = PETS.to_owned();
    for (from, to) in edits {
        assert_eq!(newer.matches(from).count(), 1, "{from}");
        newer = newer.replace(from, to);
    }
    let options = Options::new("pets.yaml", "pets");
    let old = MapSources::new().with("pets.yaml", PETS.to_owned());
    let new = MapSources::new().with("pets.yaml", newer);
    let side = |sources| Side {
        sources,
        options: &options,
    };
    let kept = keep(side(&old), side(&new)).expect("both are valid");
    let rules = |changes: &[Change]| changes.iter().map(|change| change.rule).collect();
    (rules(&kept.kept), rules(&kept.left), kept)
}

#[test]
fn breaks_of_code_alone_are_kept() {
    for (from, to, rule) in [
        (
            "        name: { type: string }\n",
            "",
            "member-removed-optional-received",
        ),
        (
            "name: { type: string }",
            "name: { type: string, nullable: true }",
            "member-became-nullable-optional",
        ),
        ("[cat, dog]", "[cat]", "value-removed-received"),
        (
            "name: { type: string }",
            "name: { type: string, enum: [a] }",
            "enum-added-to-text",
        ),
        (
            "          headers: { X-Rate: { schema: { type: integer } } }\n",
            "",
            "header-removed",
        ),
        (
            "      responses:\n",
            "      responses:\n        '404': { description: No., content: { application/json: { schema: { $ref: '#/components/schemas/Owner' } } } }\n",
            "error-declared",
        ),
    ] {
        let (kept, left, found) = told(&[(from, to)]);
        assert!(kept.contains(&rule), "{rule}: {kept:?} {left:?}");
        assert!(left.is_empty(), "{rule}: {left:?}");
        assert!(!found.actions.is_empty(), "{rule}");
        assert!(found.output.is_some(), "{rule}");
    }
}

#[test]
fn what_is_new_beside_it_stays() {
    let (kept, left, found) = told(&[("name: { type: string }", "color: { type: integer }")]);
    assert_eq!(
        (kept, left),
        (vec!["member-removed-optional-received"], vec![])
    );
    let files = found.output.expect("an action was found").files;
    let pet = &files["src/types/pet.rs"];
    assert!(
        pet.contains("pub name: ") && pet.contains("pub color: "),
        "{pet}"
    );
}

#[test]
fn several_are_kept_together() {
    let (kept, left, found) = told(&[
        ("name: { type: string }", "color: { type: integer }"),
        ("[cat, dog]", "[dog]"),
    ]);
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert_eq!((left.len(), found.actions.len()), (0, 2));
    let reasons = found
        .actions
        .iter()
        .map(|action| action.description.is_some());
    assert!(reasons.into_iter().all(|has_reason| has_reason));
}

#[test]
fn a_cycle_is_left_since_only_what_is_new_begins_it() {
    let (kept, left, found) = told(&[(
        "properties: { age: { type: integer } }",
        "properties: { age: { type: integer }, pet: { $ref: '#/components/schemas/Pet' } }",
    )]);
    assert_eq!(
        (kept.len(), left.len(), found.actions.len()),
        (0, 1, 0),
        "{left:?}"
    );
}

#[test]
fn what_the_wire_asks_for_is_not_touched() {
    // a required member is gone: replies without it cannot be read by programs in the field
    let (kept, left, found) = told(&[
        ("        id: { type: string }\n", ""),
        ("      required: [id]\n", ""),
    ]);
    assert_eq!((kept.len(), left.len(), found.actions.len()), (0, 0, 0));
    // nothing changed
    let (kept, left, _) = told(&[]);
    assert_eq!((kept.len(), left.len()), (0, 0));
}

#[test]
fn an_overlay_of_any_name_stays_applied() {
    let newer = PETS.replace("        name: { type: string }\n", "");
    let newer = newer.replace("[cat, dog]", "[cat]");
    let applied = "overlay: 1.1.0\ninfo: { title: Ours, version: 1.0.0 }\nactions:\n  - target: $.components.schemas.Pet.properties\n    update: { name: { type: string } }\n";
    let old = MapSources::new().with("pets.yaml", PETS.to_owned());
    let new = MapSources::new()
        .with("pets.yaml", newer)
        .with("kept.overlay.yaml", applied.to_owned());
    let options = Options::new("pets.yaml", "pets");
    let mut overlaid = options.clone();
    overlaid.overlays.push("kept.overlay.yaml".to_owned());
    let older = Side {
        sources: &old,
        options: &options,
    };
    let newer = Side {
        sources: &new,
        options: &overlaid,
    };
    let kept = keep(older, newer).expect("both are valid");
    let rules: Vec<&str> = kept.kept.iter().map(|change| change.rule).collect();
    assert_eq!(rules, ["value-removed-received"]);
}
