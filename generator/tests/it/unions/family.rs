//! Random families of schemas: a union or a hierarchy, its branches, and instances whose branch is known from how they
//! are made.

use serde_json::{Map, Value, json};

use super::{hierarchy, tagged, untagged};
use crate::mutation::Choices as _;
use crate::numbers::Numbers;

/// The schemas of a family, and instances of them.
pub struct Family {
    /// What kind of family it is, for messages: `oneOf, half a mapping, constants`.
    pub about: String,
    /// Component schemas by name.
    pub schemas: Map<String, Value>,
    pub cases: Vec<Case>,
}

/// An instance, and what must hold it.
pub struct Case {
    /// The name of the schema.
    pub root: String,
    pub instance: Value,
    pub expected: Expected,
}

/// What must hold an instance.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// The type of the schema at this place: `/components/schemas/A1Dog`.
    Type(String),
    /// A type of none of these schemas.
    NoneOf(Vec<String>),
    String,
    Number,
    Boolean,
    Array,
    Null,
    /// Anything but a fallback.
    Any,
}

/// Which branches a mapping has.
#[derive(Clone, Copy, PartialEq)]
pub enum Mapping {
    Full,
    Half,
    None,
}

pub const MAPPINGS: [Mapping; 3] = [Mapping::Full, Mapping::Half, Mapping::None];

/// Makes a family. Its schemas have names with this prefix; `has_const` says whether there are `const` and type lists.
pub fn family(prefix: &str, numbers: &mut Numbers, has_const: bool) -> Family {
    let mut maker = Maker {
        prefix: prefix.to_owned(),
        numbers,
        has_const,
        family: Family {
            about: String::new(),
            schemas: Map::new(),
            cases: Vec::new(),
        },
    };
    match maker.numbers.below(10) {
        0..4 => tagged::tagged(&mut maker),
        4..6 => untagged::required(&mut maker),
        6 => untagged::scalars(&mut maker),
        7 => untagged::nested(&mut maker),
        _ => hierarchy::hierarchy(&mut maker),
    }
    maker.held();
    maker.family
}

pub struct Maker<'n> {
    prefix: String,
    pub numbers: &'n mut Numbers,
    /// Whether there are `const` and `type: null`, as from OpenAPI 3.1 on.
    pub has_const: bool,
    pub family: Family,
}

impl Maker<'_> {
    pub fn name(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    pub fn add(&mut self, name: &str, schema: Value) {
        self.family.schemas.insert(name.to_owned(), schema);
    }

    pub fn case(&mut self, root: &str, instance: Value, expected: Expected) {
        let root = root.to_owned();
        self.family.cases.push(Case {
            root,
            instance,
            expected,
        });
    }

    pub fn is(&mut self) -> bool {
        self.numbers.below(2) == 0
    }

    pub fn keyword(&mut self) -> &'static str {
        self.numbers
            .pick::<&'static str>(&["oneOf", "oneOf", "anyOf"])
    }

    /// Returns a schema that has one value only.
    pub fn constant(&mut self, value: &Value) -> Value {
        let ty = if value.is_string() {
            "string"
        } else {
            "integer"
        };
        match self.numbers.below(3) {
            0 if self.has_const => json!({"const": value}),
            1 if self.has_const => json!({"type": ty, "const": value}),
            _ => json!({"type": ty, "enum": [value]}),
        }
    }

    /// Lets a union have null, in one of the ways of its version, in a third of the families.
    pub fn nullable(&mut self, union: &mut Value, keyword: &str, root: &str) {
        if self.numbers.below(3) > 0 {
            return;
        }
        if self.has_const {
            let branches = union[keyword].as_array_mut();
            branches
                .expect("it is a union")
                .push(json!({"type": "null"}));
        } else {
            union["nullable"] = json!(true);
            union["type"] = json!("object");
        }
        self.case(root, Value::Null, Expected::Null);
    }

    /// An object that has each root as a member and in an array; its instances combine those of the root.
    fn held(&mut self) {
        let mut roots: Vec<String> = Vec::new();
        for case in &self.family.cases {
            if !roots.contains(&case.root) {
                roots.push(case.root.clone());
            }
        }
        for (index, root) in roots.iter().enumerate() {
            let name = self.name(&format!("Holder{index}"));
            let reference = json!({"$ref": format!("#/components/schemas/{root}")});
            let schema = json!({"type": "object", "required": ["all"], "properties": {
                "one": reference, "all": {"type": "array", "items": reference}
            }});
            self.add(&name, schema);
            let cases = self.family.cases.iter().filter(|case| case.root == *root);
            let all: Vec<Value> = cases.map(|case| case.instance.clone()).collect();
            let one = all.iter().rfind(|one| !one.is_null()).cloned();
            let instance = json!({"one": one, "all": all});
            self.case(&name, instance, Expected::Any);
        }
    }
}

/// Adds a member to an object schema.
pub fn add_member(schema: &mut Value, name: &str, member: Value, is_required: bool) {
    schema["properties"][name] = member;
    if is_required && let Some(required) = schema["required"].as_array_mut() {
        required.push(json!(name));
    }
}
