//! Unions without a discriminator: of objects with required members of their own, of JSON types, of unions.

use serde_json::{Value, json};

use super::family::{Expected, Maker, add_member};
use super::members::Members;
use crate::mutation::Choices as _;

/// A union whose branches have required members of their own, and no tag; some branches are inline.
pub fn required(maker: &mut Maker<'_>) {
    let keyword = maker.keyword();
    let root = maker.name("Shape");
    let count = 2 + maker.numbers.below(3);
    let mut branches = Vec::new();
    for index in 0..count {
        let members = Members::new(maker.numbers, index);
        let mut schema = members.schema();
        add_member(&mut schema, "note", json!({"type": "string"}), false);
        let is_inline = maker.numbers.below(4) == 0;
        let place = if is_inline {
            branches.push(schema);
            format!("/components/schemas/{root}/{keyword}/{index}")
        } else {
            let name = maker.name(["Dog", "Cat", "Fish", "Bird"][index]);
            maker.add(&name, schema);
            branches.push(json!({"$ref": format!("#/components/schemas/{name}")}));
            format!("/components/schemas/{name}")
        };
        let mut full = members.full(maker.numbers);
        full.insert("note".to_owned(), json!("n"));
        for instance in [members.minimal(), full] {
            // an instance of `anyOf` may have members of several branches, so one merged struct is right, too
            let expected = match keyword {
                "anyOf" => Expected::Any,
                _ => Expected::Type(place.clone()),
            };
            maker.case(&root, Value::Object(instance), expected);
        }
    }
    let mut union = json!({keyword: branches});
    maker.nullable(&mut union, keyword, &root);
    maker.add(&root, union);
    maker.family.about = format!("{keyword} of objects with required members of their own");
}

/// A union of JSON types.
pub fn scalars(maker: &mut Maker<'_>) {
    let keyword = maker.keyword();
    let root = maker.name("Shape");
    let dog = maker.name("Dog");
    let members = Members::new(maker.numbers, 0);
    maker.add(&dog, members.schema());
    let object = Value::Object(members.full(maker.numbers));
    let place = Expected::Type(format!("/components/schemas/{dog}"));
    let number = *maker.numbers.pick(&["integer", "number"]);
    let all = [
        (
            json!({"$ref": format!("#/components/schemas/{dog}")}),
            object,
            place,
        ),
        (json!({"type": "string"}), json!("text"), Expected::String),
        (json!({"type": number}), json!(5), Expected::Number),
        (json!({"type": "boolean"}), json!(false), Expected::Boolean),
        (
            json!({"type": "array", "items": {"type": "string"}}),
            json!(["a", "b"]),
            Expected::Array,
        ),
    ];
    let count = 2 + maker.numbers.below(4);
    let chosen = maker.numbers.several(&all, count);
    let mut union = json!({keyword: chosen.iter().map(|(schema, ..)| schema).collect::<Vec<_>>()});
    for (_, instance, expected) in chosen {
        maker.case(&root, instance.clone(), expected.clone());
    }
    if maker.has_const {
        maker.nullable(&mut union, keyword, &root);
    }
    maker.add(&root, union);
    maker.family.about = format!("{keyword} of JSON types");
}

/// A union that is a branch of another one.
pub fn nested(maker: &mut Maker<'_>) {
    let (outer, inner) = (maker.keyword(), maker.keyword());
    let root = maker.name("Shape");
    let group = maker.name("Group");
    let mut inner_branches = Vec::new();
    let mut outer_branches = Vec::new();
    for index in 0..4 {
        let name = maker.name(["Dog", "Cat", "Fish", "Bird"][index]);
        let members = Members::new(maker.numbers, index);
        let mut schema = members.schema();
        let constant = maker.constant(&json!(format!("k{index}")));
        add_member(&mut schema, "kind", constant, true);
        maker.add(&name, schema);
        let reference = json!({"$ref": format!("#/components/schemas/{name}")});
        if index < 2 {
            inner_branches.push(reference);
        } else {
            outer_branches.push(reference);
        }
        for mut instance in [members.minimal(), members.full(maker.numbers)] {
            instance.insert("kind".to_owned(), json!(format!("k{index}")));
            let expected = Expected::Type(format!("/components/schemas/{name}"));
            maker.case(&root, Value::Object(instance), expected);
        }
    }
    maker.add(&group, json!({inner: inner_branches}));
    let at = maker.numbers.below(3);
    let reference = json!({"$ref": format!("#/components/schemas/{group}")});
    outer_branches.insert(at, reference);
    maker.add(&root, json!({outer: outer_branches}));
    maker.family.about = format!("{outer} with an {inner} as a branch, constants");
}
