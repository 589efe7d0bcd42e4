//! The readers and the schema take the same values: every key gets values of every kind, and both are asked.

use super::*;
use crate::diagnostic::Diagnostics;
use crate::load::MapSources;
use crate::options::read_choices;

/// Values for every key.
fn probes() -> Vec<Value> {
    let strings = [
        "",
        "a",
        "a b",
        "a-b",
        "1a",
        "type",
        "../x",
        "a//b",
        "/a",
        "a/",
        "a/..",
        "a.b",
        "a..b",
        "a.",
        ".",
        "..",
        "..x",
        ".x",
        "a[].b",
        "[].b",
        "a[0]",
        "[]",
        "[]a",
        "always",
        "never",
        "again",
        "utc",
        "fixed-offset",
        "error",
        "uuid",
        "string",
        "true",
        "maybe",
        "é",
        "x:y",
        "a\\b",
        "a\u{7}",
        "Pet.name",
        "#/a",
    ];
    let others = json!([
        null, true, false, 0, 1, 2, -1, 299, 300, 429, 999, 1000, 3001, 86400, 86401, 1.5, [], ["a"], ["a", "b"], [1],
        [null], [[]], [{ "header": "x-a" }], [{ "header": "a b" }], {}, { "a": "a" }, { "header": "x-a" },
        { "except": ["a"] }, { "except": [] }, { "when_present": "a" }, { "A.b": "a" }, { "a": "type" },
        { "a": "always" }, { "a": { "when_present": "a[0]" } }, { "zzz": 1 },
    ]);
    let others = others.as_array().expect("it is one").clone();
    strings.into_iter().map(Value::from).chain(others).collect()
}

/// Returns a value that a shape takes.
fn sample(shape: &Shape) -> Value {
    match shape {
        Shape::Version => VERSION.into(),
        Shape::Text | Shape::Checked(_) => "a".into(),
        Shape::Boolean => true.into(),
        Shape::Count(least, _) => (*least).into(),
        Shape::Words(words) => words[0].into(),
        Shape::List(element) | Shape::Some(element) => json!([sample(element)]),
        Shape::Map(_, value) => json!({ "A.b": sample(value) }),
        Shape::Named(_, value) => json!({ "a": sample(value) }),
        Shape::Object(table) => Value::Object(minimal(table)),
        Shape::Either(one, _) => sample(one),
    }
}

/// Returns an object with the keys that a table requires.
fn minimal(table: &Table) -> Map<String, Value> {
    let required = table.keys().filter(|key| key.required.is_some());
    let mut object: Map<String, Value> = required
        .map(|key| (key.name.to_owned(), sample(&key.value)))
        .collect();
    for rule in table.rules {
        if let Rule::OneOf(one, _) = rule {
            object.insert((*one).to_owned(), "a".into());
        }
    }
    object
}

/// Which input is below a reference root is more than a schema can say.
fn is_asked(key: &Key, probe: &Value) -> bool {
    let is_path = probe.is_string() || probe.is_number() || probe.is_boolean();
    key.name != "ref_root" || !is_path
}

/// Puts a value where it belongs in the file.
type Wrap<'w> = &'w dyn Fn(Value) -> Value;

/// Compares the two, and counts what they said.
struct Compared {
    schema: jsonschema::Validator,
    valid: usize,
    invalid: usize,
    differences: Vec<String>,
}

impl Compared {
    fn ask(&mut self, file: &Value) {
        let sources = MapSources::new().with("codegen.yaml", file.to_string());
        let mut diagnostics = Diagnostics::new();
        let is_read = read_choices(&sources, "codegen.yaml", &mut diagnostics).is_some();
        if self.schema.is_valid(file) != is_read {
            let said: Vec<&str> = diagnostics.iter().map(|one| one.message.as_str()).collect();
            self.differences.push(format!("{file}\n    {said:?}"));
        }
        *if is_read {
            &mut self.valid
        } else {
            &mut self.invalid
        } += 1;
    }

    /// Asks about every key of an object, and about those of the objects in it.
    fn object(&mut self, table: &'static Table, wrap: Wrap<'_>) {
        let minimum = minimal(table);
        self.ask(&wrap(Value::Object(minimum.clone())));
        let with = |key: &str, value: Value| {
            let mut object = minimum.clone();
            object.insert(key.to_owned(), value);
            wrap(Value::Object(object))
        };
        self.ask(&with("zzz", 1.into()));
        for key in table.keys() {
            let mut without = minimum.clone();
            without.remove(key.name);
            self.ask(&wrap(Value::Object(without)));
            for probe in probes() {
                if is_asked(key, &probe) {
                    self.ask(&with(key.name, probe));
                }
            }
            let inner = |value: Value| {
                let mut object = minimum.clone();
                object.insert(key.name.to_owned(), value);
                for rule in table.rules {
                    match rule {
                        Rule::Together([one, other]) => {
                            for (other, example) in [one, other] {
                                object.entry(*other).or_insert_with(|| (*example).into());
                            }
                        }
                        Rule::Excludes("inputs", other) if key.name == "inputs" => {
                            object.remove(*other);
                        }
                        Rule::OnlyWith(one, other, value) if key.name == *one => {
                            object.insert((*other).to_owned(), (*value).into());
                        }
                        _ => {}
                    }
                }
                wrap(Value::Object(object))
            };
            for probe in probes() {
                if is_asked(key, &probe) {
                    self.ask(&inner(probe));
                }
            }
            self.shape(&key.value, &inner);
        }
    }

    fn shape(&mut self, shape: &'static Shape, wrap: Wrap<'_>) {
        match shape {
            Shape::Object(table) => self.object(table, wrap),
            Shape::List(element) | Shape::Some(element) => {
                for probe in probes() {
                    self.ask(&wrap(json!([probe])));
                }
                self.shape(element, &|value| wrap(json!([value])));
            }
            Shape::Map(_, value) => {
                for probe in probes() {
                    self.ask(&wrap(json!({ "A.b": probe })));
                }
                self.shape(value, &|value| wrap(json!({ "A.b": value })));
            }
            Shape::Named(_, value) => {
                for name in ["a", "Type", "type", "common", "a__b", "a_1"] {
                    self.ask(&wrap(json!({ name: sample(value) })));
                }
                for probe in probes() {
                    self.ask(&wrap(json!({ "a": probe })));
                }
                self.shape(value, &|value| wrap(json!({ "a": value })));
            }
            Shape::Either(one, other) => {
                self.shape(one, wrap);
                self.shape(other, wrap);
            }
            _ => {}
        }
    }
}

#[test]
fn the_readers_and_the_schema_take_the_same_values() {
    let schema = jsonschema::draft7::new(&schema()).expect("it is a schema");
    let mut compared = Compared {
        schema,
        valid: 0,
        invalid: 0,
        differences: Vec::new(),
    };
    compared.object(&ROOT, &|value| value);
    compared.object(&ALONE, &|value| value);
    assert_eq!(compared.differences, [""; 0]);
    assert!(compared.valid > 500 && compared.invalid > 2000);
}

#[test]
fn the_keys_of_the_rules_exist() {
    let rows = |table: &'static Table, key: &str| assert!(table.key(key).is_some(), "{key}");
    let table: &'static Table = &super::super::table::RETRY_RULE;
    for rule in table.rules {
        match rule {
            Rule::Together([(one, _), (other, _)]) => [one, other].map(|key| rows(table, key)),
            Rule::Excludes(one, other) | Rule::OneOf(one, other) => {
                [one, other].map(|key| rows(table, key))
            }
            Rule::OnlyWith(one, other, _) => [one, other].map(|key| rows(table, key)),
        };
    }
}
