//! Random unions and hierarchies: the generated code reads each instance into the right branch, and writes it back
//! equal.
//!
//! A document has many families of schemas, one independent of the other. Which branch an instance belongs to is known
//! from how it is made, not from what the generator does. The output is compiled with a program that reads instances.
//!
//! `UNIONS=20` makes as many documents in place of two; `UNIONS_KEEP=DIR` writes them there.

mod family;
mod hierarchy;
mod members;
mod program;
mod tagged;
mod untagged;

use std::path::Path;

use oasmith::ir::Api;
use oasmith::load::MapSources;
use oasmith::options::Options;
use oasmith::{Output, generate};
use serde_json::{Map, Value, json};

use crate::numbers::Numbers;
use family::{Case, Expected, Family, family};
use program::Answer;

/// The number of families of a document.
const FAMILIES: usize = 40;

#[test]
fn each_instance_is_read_into_its_branch() {
    let wanted = std::env::var("UNIONS")
        .ok()
        .and_then(|text| text.parse().ok());
    let documents: Vec<Document> = (0..wanted.unwrap_or(2)).map(Document::new).collect();
    let outputs: Vec<Output> = documents.iter().map(Document::generate).collect();
    let answers = program::ask(&documents, &outputs);
    let mut wrong = Vec::new();
    for ((document, output), answers) in documents.iter().zip(&outputs).zip(&answers) {
        for ((family, case), answer) in document.cases().zip(answers) {
            if let Some(what) = fault(&output.api, case, answer) {
                let schemas = Value::Object(family.schemas.clone());
                wrong.push(format!(
                    "{}: {what}\n  instance of {}: {}\n  schemas: {schemas}",
                    family.about, case.root, case.instance
                ));
            }
        }
    }
    let all: usize = answers.iter().map(Vec::len).sum();
    let few: Vec<&String> = wrong.iter().take(20).collect();
    if let Some(folder) = std::env::var_os("UNIONS_KEEP") {
        let path = Path::new(&folder).join("wrong.txt");
        std::fs::write(path, wrong.join("\n")).expect("the folder of `UNIONS_KEEP` exists");
    }
    let text: Vec<&str> = few.iter().map(|text| text.as_str()).collect();
    assert!(
        wrong.is_empty(),
        "{} of {all} instances are wrong, among them\n{}",
        wrong.len(),
        text.join("\n")
    );
}

/// A random document.
pub struct Document {
    name: String,
    families: Vec<Family>,
    value: Value,
}

impl Document {
    /// Makes a document; every second one is of OpenAPI 3.0.
    fn new(index: u64) -> Self {
        let mut numbers = Numbers(index + 1);
        let is_new = index.is_multiple_of(2);
        let families: Vec<Family> = (0..FAMILIES)
            .map(|number| family(&format!("F{number}"), &mut numbers, is_new))
            .collect();
        let mut schemas = Map::new();
        let mut paths = Map::new();
        for family in &families {
            schemas.extend(family.schemas.clone());
            for case in &family.cases {
                let schema = json!({"$ref": format!("#/components/schemas/{}", case.root)});
                let content = json!({"application/json": {"schema": schema}});
                let operation = json!({
                    "operationId": format!("send{}", case.root),
                    "requestBody": {"required": true, "content": content},
                    "responses": {"200": {"description": "The same.", "content": content}},
                });
                paths.insert(format!("/{}", case.root), json!({"post": operation}));
            }
        }
        let version = if is_new { "3.1.0" } else { "3.0.3" };
        let value = json!({
            "openapi": version,
            "info": {"title": "Unions", "version": "1"},
            "paths": paths,
            "components": {"schemas": schemas},
        });
        Document {
            name: format!("unions-{index}"),
            families,
            value,
        }
    }

    fn generate(&self) -> Output {
        let text = self.value.to_string();
        if let Some(folder) = std::env::var_os("UNIONS_KEEP") {
            let path = Path::new(&folder).join(format!("{}.json", self.name));
            std::fs::write(path, &text).expect("the folder of `UNIONS_KEEP` exists");
        }
        let sources = MapSources::new().with("api.json", text);
        let options = Options::new("api.json", &*self.name);
        generate(&sources, &options).unwrap_or_else(|found| panic!("{found:#?}"))
    }

    fn cases(&self) -> impl Iterator<Item = (&Family, &Case)> {
        self.families
            .iter()
            .flat_map(|family| family.cases.iter().map(move |case| (family, case)))
    }
}

/// Returns the name of the type of the schema at a place, and whether its uses are an `Option`.
fn type_at<'a>(api: &'a Api, place: &str) -> Option<(&'a str, bool)> {
    let mut types = api.types.iter();
    let def = types.find(|def| def.origins.iter().any(|origin| origin.path() == place))?;
    Some((&def.name.rust, def.nullable))
}

/// Returns what is wrong with an answer.
fn fault(api: &Api, case: &Case, answer: &Answer) -> Option<String> {
    let (written, printed) = match answer {
        Answer::Rejected(reason) => return Some(format!("rejected: {reason}")),
        Answer::Read { written, printed } => (written, printed.as_str()),
    };
    if !is_equal(written, &case.instance) {
        return Some(format!("written back as {written}, from {printed}"));
    }
    if let Some(fallback) = ["Unknown(", "Combined("]
        .iter()
        .find(|word| printed.contains(**word))
    {
        return Some(format!("held by `{fallback}…)`: {printed}"));
    }
    let inner = innermost(printed);
    let name = |place: &String| type_at(api, place).map(|(name, _)| name.to_owned());
    let is = |place: &String| {
        name(place).is_some_and(|name| {
            let rest = inner.strip_prefix(&*name);
            rest.is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_alphanumeric()))
        })
    };
    let is_right = match &case.expected {
        Expected::Type(place) => is(place),
        Expected::NoneOf(places) => !places.iter().any(is),
        Expected::String => inner.starts_with('"'),
        Expected::Number => inner.starts_with(|letter: char| letter.is_ascii_digit()),
        Expected::Boolean => inner.starts_with("false"),
        Expected::Array => inner.starts_with('['),
        Expected::Null => inner.starts_with("None") || inner.starts_with("()"),
        Expected::Any => true,
    };
    (!is_right).then(|| format!("expected {:?}, read as {printed}", case.expected))
}

/// Whether two values are equal, numbers by value: `5` and `5.0`.
fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_in_other =
                |(name, value)| other.get(name).is_some_and(|other| is_equal(value, other));
            one.len() == other.len() && one.iter().all(is_in_other)
        }
        _ => one == other,
    }
}

/// Returns what is in the variants around a value: `Dog { … }` of `Some(Dog(Dog { … }))`.
fn innermost(printed: &str) -> &str {
    let mut inner = printed;
    while let Some((word, rest)) = inner.split_once('(') {
        let is_word = !word.is_empty()
            && word
                .chars()
                .all(|letter| letter.is_alphanumeric() || letter == '_');
        if !is_word || rest.starts_with(')') {
            break;
        }
        inner = rest;
    }
    inner
}
