//! A base with a discriminator, and subtypes by `allOf` on several levels.

use serde_json::{Map, Value, json};

use super::family::{Expected, MAPPINGS, Maker, Mapping, add_member};
use super::members::Members;
use crate::mutation::Choices as _;

/// A subtype.
struct Subtype {
    name: String,
    /// The value of its tag.
    value: String,
    /// The members of its bases, and its own.
    lineage: Vec<Members>,
    is_leaf: bool,
}

/// Makes the hierarchy.
pub fn hierarchy(maker: &mut Maker<'_>) {
    let properties: [&'static str; 3] = ["kind", "petType", "@type"];
    let property = *maker.numbers.pick::<&'static str>(&properties);
    let mapping = *maker.numbers.pick(&MAPPINGS);
    let base = maker.name("Pet");
    let own = Members::new(maker.numbers, 99);
    let levels = 1 + maker.numbers.below(3);
    let mut subtypes = subtypes(maker, &base, &own, levels);
    let mut mapped = Map::new();
    for (index, subtype) in subtypes.iter_mut().enumerate() {
        let has_row = match mapping {
            Mapping::Full => true,
            Mapping::Half => index % 2 == 0,
            Mapping::None => false,
        };
        if has_row {
            subtype.value = format!("value-{index}");
            let place = format!("#/components/schemas/{}", subtype.name);
            mapped.insert(subtype.value.clone(), json!(place));
        }
    }
    let mut schema = own.schema();
    let ty = if maker.numbers.below(3) == 0 {
        let values = subtypes.iter().map(|subtype| &subtype.value);
        let all: Vec<&String> = values.chain([&base]).collect();
        json!({"type": "string", "enum": all})
    } else {
        json!({"type": "string"})
    };
    add_member(&mut schema, property, ty, true);
    schema["discriminator"] = json!({"propertyName": property});
    let has_mapping = !mapped.is_empty();
    if has_mapping {
        schema["discriminator"]["mapping"] = Value::Object(mapped);
    }
    maker.add(&base, schema);
    maker.family.about = format!(
        "a hierarchy of {levels} levels, {}",
        match mapping {
            Mapping::Full => "a full mapping",
            Mapping::Half => "half a mapping",
            Mapping::None => "no mapping",
        }
    );
    cases(maker, &base, property, &subtypes);
    // with a mapping the base's own value is not said
    if !has_mapping {
        let mut instance = own.minimal();
        instance.insert(property.to_owned(), json!(base));
        let others = subtypes
            .iter()
            .map(|subtype| place(&subtype.name))
            .collect();
        maker.case(&base, Value::Object(instance), Expected::NoneOf(others));
    }
}

fn place(name: &str) -> String {
    format!("/components/schemas/{name}")
}

/// Adds the schemas of all subtypes.
fn subtypes(maker: &mut Maker<'_>, base: &str, own: &Members, levels: usize) -> Vec<Subtype> {
    let mut all: Vec<Subtype> = Vec::new();
    let mut parents = vec![(base.to_owned(), vec![own.clone()])];
    for level in 0..levels {
        let mut next = Vec::new();
        for (parent, lineage) in &parents {
            for branch in 0..=usize::from(level == 0 || maker.is()) {
                let index = all.len();
                let name = maker.name(&format!("{}{index}", ["Dog", "Cat"][branch]));
                let members = Members::new(maker.numbers, index);
                let reference = json!({"$ref": format!("#/components/schemas/{parent}")});
                let schema = if maker.is() {
                    json!({"allOf": [reference, members.schema()]})
                } else {
                    let mut schema = members.schema();
                    schema["allOf"] = json!([reference]);
                    schema
                };
                maker.add(&name, schema);
                let mut lineage = lineage.clone();
                lineage.push(members);
                next.push((name.clone(), lineage.clone()));
                all.push(Subtype {
                    value: name.clone(),
                    name,
                    lineage,
                    is_leaf: level + 1 == levels,
                });
            }
        }
        parents = next;
    }
    all
}

/// Adds instances where the base is used, and in a `oneOf` of the leaves.
fn cases(maker: &mut Maker<'_>, base: &str, property: &str, subtypes: &[Subtype]) {
    let leaves = subtypes.iter().filter(|subtype| subtype.is_leaf);
    let branches: Vec<Value> = leaves
        .clone()
        .map(|leaf| json!({"$ref": format!("#/components/schemas/{}", leaf.name)}))
        .collect();
    let union = maker.name("Leaf");
    let has_union = branches.len() > 1 && maker.is();
    if has_union {
        maker.add(&union, json!({"oneOf": branches}));
    }
    for subtype in subtypes {
        let mut minimal = Map::new();
        let mut full = Map::new();
        for members in &subtype.lineage {
            minimal.extend(members.minimal());
            full.extend(members.full(maker.numbers));
        }
        let expected = if subtype.is_leaf {
            Expected::Type(place(&subtype.name))
        } else {
            Expected::NoneOf(leaves.clone().map(|leaf| place(&leaf.name)).collect())
        };
        for mut instance in [minimal, full] {
            instance.insert(property.to_owned(), json!(subtype.value));
            let instance = Value::Object(instance);
            if has_union && subtype.is_leaf {
                maker.case(&union, instance.clone(), expected.clone());
            }
            maker.case(base, instance, expected.clone());
        }
    }
}
