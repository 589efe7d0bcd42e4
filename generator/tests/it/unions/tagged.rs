//! Unions whose branches have a tag: by constants, by a mapping, by the names of the schemas, in a common base.

use serde_json::{Map, Value, json};

use super::family::{Expected, MAPPINGS, Maker, Mapping, add_member};
use super::members::Members;
use crate::mutation::Choices as _;

/// How a branch declares its tag.
#[derive(Clone, Copy, PartialEq)]
enum Tag {
    /// `const: a`, or `enum: [a]`.
    Constant,
    /// `const: a` that is not required; a server writes it all the same.
    OptionalConstant,
    /// `type: string`.
    Plain,
    /// `type: string` in a base that all branches have in `allOf`.
    InBase,
    /// `enum: [a, b, …]` with the values of all branches, in a base.
    EnumInBase,
    /// `const: 1`.
    Integer,
}

/// The names of the branches, and the values of their tags where the names are not.
const BRANCHES: [(&str, &str); 4] = [
    ("Dog", "d-1"),
    ("Cat", "a cat"),
    ("Fish", "fish"),
    ("Bird", "BIRD"),
];

/// What is decided for all branches of a union.
struct Tagged {
    tag: Tag,
    mapping: Mapping,
    /// The name of the property.
    property: &'static str,
    root: String,
    base: String,
    /// The value of each branch.
    values: Vec<Value>,
    /// The discriminator's mapping.
    mapped: Map<String, Value>,
}

/// Makes the union.
pub fn tagged(maker: &mut Maker<'_>) {
    let tags = [
        Tag::Constant,
        Tag::Constant,
        Tag::OptionalConstant,
        Tag::Plain,
        Tag::InBase,
        Tag::EnumInBase,
        Tag::Integer,
    ];
    let tag = *maker.numbers.pick(&tags);
    let keyword = maker.keyword();
    // without constants only the discriminator tells the branches
    let is_told = matches!(tag, Tag::Constant | Tag::Integer);
    let has_discriminator = !is_told || maker.is();
    let mapping = match (has_discriminator, tag) {
        (false, _) | (_, Tag::Integer) => Mapping::None,
        _ => *maker.numbers.pick(&MAPPINGS),
    };
    let properties: [&'static str; 4] = ["kind", "type", "@type", "pet_type"];
    let mut union = Tagged {
        tag,
        mapping,
        property: maker.numbers.pick::<&'static str>(&properties),
        root: maker.name("Shape"),
        base: maker.name("Common"),
        values: Vec::new(),
        mapped: Map::new(),
    };
    let count = 2 + maker.numbers.below(3);
    union.choose_values(maker, count);
    union.add_base(maker);
    let branches: Vec<Value> = (0..count)
        .map(|index| union.add_branch(maker, index))
        .collect();
    let mut schema = json!({keyword: branches});
    if has_discriminator {
        schema["discriminator"] = json!({"propertyName": union.property});
        if !union.mapped.is_empty() {
            schema["discriminator"]["mapping"] = Value::Object(union.mapped.clone());
        }
    }
    maker.nullable(&mut schema, keyword, &union.root);
    maker.add(&union.root, schema);
    maker.family.about = format!(
        "{keyword} of tagged objects, {}, {}",
        match tag {
            Tag::Constant => "required constants",
            Tag::OptionalConstant => "optional constants",
            Tag::Plain => "plain strings",
            Tag::InBase => "a string in a common base",
            Tag::EnumInBase => "an enum in a common base",
            Tag::Integer => "integer constants",
        },
        match (has_discriminator, mapping) {
            (false, _) => "no discriminator",
            (_, Mapping::Full) => "a full mapping",
            (_, Mapping::Half) => "a mapping of the first branch",
            (_, Mapping::None) => "a discriminator without mapping",
        }
    );
}

impl Tagged {
    /// A branch's value: its row in the mapping, its own constant, or the name of its schema.
    fn choose_values(&mut self, maker: &Maker<'_>, count: usize) {
        for (index, (name, value)) in BRANCHES.iter().take(count).enumerate() {
            let name = maker.name(name);
            let has_row = match self.mapping {
                Mapping::Full => true,
                Mapping::Half => index == 0,
                Mapping::None => false,
            };
            let is_constant = matches!(self.tag, Tag::Constant | Tag::OptionalConstant);
            if has_row {
                let place = format!("#/components/schemas/{name}");
                self.mapped.insert((*value).to_owned(), json!(place));
            }
            self.values.push(match self.tag {
                Tag::Integer => json!(index + 1),
                _ if has_row || is_constant => json!(value),
                _ => json!(name),
            });
        }
    }

    fn add_base(&self, maker: &mut Maker<'_>) {
        let ty = match self.tag {
            Tag::InBase => json!({"type": "string"}),
            Tag::EnumInBase => json!({"type": "string", "enum": self.values}),
            _ => return,
        };
        let property = self.property;
        let schema =
            json!({"type": "object", "required": [property], "properties": {property: ty}});
        maker.add(&self.base, schema);
    }

    /// Adds a branch and its instances, and returns the reference to it.
    fn add_branch(&self, maker: &mut Maker<'_>, index: usize) -> Value {
        let name = maker.name(BRANCHES[index].0);
        let (property, value) = (self.property, &self.values[index]);
        let members = Members::new(maker.numbers, index);
        let mut schema = members.schema();
        match self.tag {
            Tag::InBase | Tag::EnumInBase => {
                let reference = json!({"$ref": format!("#/components/schemas/{}", self.base)});
                schema = json!({"allOf": [reference, schema]});
            }
            Tag::Plain => add_member(&mut schema, property, json!({"type": "string"}), true),
            Tag::OptionalConstant => {
                let constant = maker.constant(value);
                add_member(&mut schema, property, constant, false);
            }
            Tag::Constant | Tag::Integer => {
                let constant = maker.constant(value);
                add_member(&mut schema, property, constant, true);
            }
        }
        maker.add(&name, schema);
        for mut instance in [members.minimal(), members.full(maker.numbers)] {
            instance.insert(property.to_owned(), value.clone());
            let expected = Expected::Type(format!("/components/schemas/{name}"));
            maker.case(&self.root, Value::Object(instance), expected);
        }
        json!({"$ref": format!("#/components/schemas/{name}")})
    }
}
