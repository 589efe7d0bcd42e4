//! The account's products, and what the endpoint does with a batch. No HTTP here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::ledger::{Entry, Ledger};
use super::reply::Answer;

/// The properties that the account has.
const PROPERTIES: &[&str] = &[
    "name",
    "description",
    "price",
    "hs_sku",
    "erp_code",
    "color",
];
/// Those whose values are unique.
const UNIQUE: &[&str] = &["hs_sku", "erp_code"];
/// How many inputs a batch may have.
const MOST_INPUTS: usize = 100;

/// An input whose id begins like this conflicts with another product.
const CONFLICT: &str = "CONFLICT";

/// The products of an account, and the books about them.
#[derive(Default)]
pub struct Account {
    products: Vec<Product>,
    /// The index of a product, by a unique property and its value.
    places: HashMap<(String, String), usize>,
    ticks: u32,
    pub ledger: Ledger,
}

#[derive(Clone)]
struct Product {
    id: String,
    properties: BTreeMap<String, Option<String>>,
    created: String,
    updated: String,
}

/// An input of a batch, its form checked.
struct Input<'a> {
    id: &'a str,
    id_property: &'a str,
    trace: Option<&'a str>,
    properties: Vec<(&'a str, &'a str)>,
}

impl Account {
    /// How many products there are.
    pub fn count(&self) -> usize {
        self.products.len()
    }

    /// The properties of the product whose unique property has this value.
    pub fn product(&self, property: &str, value: &str) -> Option<BTreeMap<String, Option<String>>> {
        let index = self.find(property, value)?;
        self.products
            .get(index)
            .map(|product| product.properties.clone())
    }

    /// Does what a call with this body does. The first `busy` inputs are not written, for no fault of theirs.
    pub fn upsert(&mut self, body: &Value, call: usize, busy: usize) -> Answer {
        match read_batch(body) {
            Ok(inputs) => self.write_batch(&inputs, call, busy),
            Err(rejection) => rejection,
        }
    }

    fn write_batch(&mut self, inputs: &[Input<'_>], call: usize, busy: usize) -> Answer {
        let started = self.tick();
        if let Some(input) = inputs.iter().find(|input| input.id.starts_with(CONFLICT)) {
            let message = "Another product is in the way.";
            let rejection = Answer::rejection(409, "CONFLICT", message);
            return rejection.with_context("existingId", &[input.id]);
        }
        let passing = |row: usize| (row < busy).then(Problem::passing);
        let problems = inputs.iter().enumerate();
        let problems: Vec<_> = problems
            .map(|(row, input)| passing(row).or_else(|| problem(input)))
            .collect();
        let errors: Vec<Value> = inputs
            .iter()
            .zip(&problems)
            .filter_map(|(input, problem)| Some(row_error(input, problem.as_ref()?)))
            .collect();
        if let (Some(first), false) = (problems.iter().flatten().next(), all_traced(inputs)) {
            return invalid(first.message.clone()); // nothing is written unless partial failure was opted into
        }
        let right = inputs
            .iter()
            .zip(&problems)
            .filter(|(_, problem)| problem.is_none());
        let mut results: Vec<Value> = right.map(|(input, _)| self.write(input, call)).collect();
        results.reverse(); // as HubSpot's, in another order than the inputs
        let mut body = json!({
            "status": "COMPLETE", "results": results, "startedAt": started, "completedAt": self.tick()
        });
        if errors.is_empty() {
            return Answer { status: 200, body };
        }
        body["numErrors"] = errors.len().into();
        body["errors"] = errors.into();
        Answer { status: 207, body }
    }

    /// Creates or updates one product and gives it as a result.
    fn write(&mut self, input: &Input<'_>, call: usize) -> Value {
        let now = self.tick();
        let found = self.find(input.id_property, input.id);
        let place = found.unwrap_or(self.products.len());
        if found.is_none() {
            self.products.push(Product {
                id: format!("{}", 19_270_430_861_u64 + place as u64),
                properties: BTreeMap::new(),
                created: now.clone(),
                updated: String::new(),
            });
        }
        let product = &mut self.products[place];
        product.updated = now;
        let own = [(input.id_property, input.id)];
        for (name, value) in input.properties.iter().chain(&own) {
            let value = normalised(name, value);
            if UNIQUE.contains(name) {
                self.places
                    .insert(((*name).to_owned(), value.clone()), place);
            }
            let value = Some(value).filter(|value| !value.is_empty()); // the empty text clears
            product.properties.insert((*name).to_owned(), value);
        }
        self.ledger.add(Entry::Committed {
            call,
            id: input.id.to_owned(),
            trace: input.trace.map(str::to_owned),
            properties: input
                .properties
                .iter()
                .map(|&(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        });
        product.result(found.is_none(), input.trace)
    }

    fn find(&self, property: &str, value: &str) -> Option<usize> {
        let key = (property.to_owned(), normalised(property, value));
        self.places.get(&key).copied()
    }

    /// The time, which goes on by a second whenever somebody looks.
    fn tick(&mut self) -> String {
        self.ticks += 1;
        let (minutes, seconds) = (self.ticks / 60, self.ticks % 60);
        let (hours, minutes) = (9 + minutes / 60, minutes % 60);
        let (days, hours) = (2 + hours / 24, hours % 24);
        format!("2026-03-{days:02}T{hours:02}:{minutes:02}:{seconds:02}.118Z")
    }
}

impl Product {
    fn result(&self, new: bool, trace: Option<&str>) -> Value {
        let mut result = json!({
            "id": self.id, "properties": self.properties, "createdAt": self.created,
            "updatedAt": self.updated, "archived": false, "new": new,
            "url": format!("https://app.hubspot.com/contacts/62515/record/0-7/{}", self.id)
        });
        if let Some(trace) = trace {
            result["objectWriteTraceId"] = trace.into();
        }
        result
    }
}

/// Values of unique properties are stored in lower case.
fn normalised(property: &str, value: &str) -> String {
    if UNIQUE.contains(&property) {
        value.to_lowercase()
    } else {
        value.to_owned()
    }
}

/// Decodes a batch, or rejects it as a whole.
fn read_batch(body: &Value) -> Result<Vec<Input<'_>>, Answer> {
    let inputs = body.get("inputs").and_then(Value::as_array);
    let inputs = inputs.ok_or_else(|| invalid("inputs is missing."))?;
    if inputs.len() > MOST_INPUTS {
        return Err(invalid(format!(
            "A batch has at most {MOST_INPUTS} inputs."
        )));
    }
    let inputs: Vec<_> = inputs.iter().map(read_input).collect::<Result<_, _>>()?;
    let mut seen = BTreeSet::new();
    let mut ids = Vec::new();
    for input in &inputs {
        if !seen.insert((input.id_property, normalised(input.id_property, input.id))) {
            ids.push(input.id);
        }
    }
    if ids.is_empty() {
        Ok(inputs)
    } else {
        Err(invalid("The batch has several inputs with one id.").with_context("ids", &ids))
    }
}

fn read_input(input: &Value) -> Result<Input<'_>, Answer> {
    let text = |name: &str| match input.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str())),
        Some(_) => Err(invalid(format!("{name} is not text."))),
    };
    let id = text("id")?.ok_or_else(|| invalid("id is missing."))?;
    // Without an `idProperty` the endpoint's behaviour is not established; rejecting is the safe choice.
    let id_property = text("idProperty")?.ok_or_else(|| invalid("idProperty is missing."))?;
    if !UNIQUE.contains(&id_property) {
        return Err(invalid(format!(
            "The values of {id_property} are not unique."
        )));
    }
    let properties = input.get("properties").and_then(Value::as_object);
    let properties = properties.ok_or_else(|| invalid("properties is missing."))?;
    Ok(Input {
        id,
        id_property,
        trace: text("objectWriteTraceId")?,
        properties: read_properties(properties)?,
    })
}

fn read_properties(properties: &Map<String, Value>) -> Result<Vec<(&str, &str)>, Answer> {
    let mut read = Vec::new();
    for (name, value) in properties {
        match value {
            Value::String(text) => read.push((name.as_str(), text.as_str())),
            Value::Null => {} // ignored, as the endpoint does
            _ => return Err(invalid(format!("The value of {name} is not text."))),
        }
    }
    Ok(read)
}

/// Whether every input has a trace id that no other has.
fn all_traced(inputs: &[Input<'_>]) -> bool {
    let mut seen = BTreeSet::new();
    inputs
        .iter()
        .all(|input| input.trace.is_some_and(|trace| seen.insert(trace)))
}

/// Why an input is not written.
struct Problem {
    category: &'static str,
    message: String,
}

impl Problem {
    fn passing() -> Self {
        Problem {
            category: "RATE_LIMITS",
            message: "There was no time for it.".to_owned(),
        }
    }
}

/// What is wrong with one input, if anything is.
fn problem(input: &Input<'_>) -> Option<Problem> {
    let message = input
        .properties
        .iter()
        .find_map(|(name, value)| match *name {
            name if !PROPERTIES.contains(&name) => Some(format!("There is no property {name}.")),
            "price" if !value.is_empty() && value.parse::<f64>().is_err() => {
                Some(format!("The value {value:?} of price is not a number."))
            }
            _ => None,
        });
    message.map(|message| Problem {
        category: "VALIDATION_ERROR",
        message,
    })
}

/// An error of a 207: as on the wire without the `errors` and `links` that the published schema requires.
fn row_error(input: &Input<'_>, problem: &Problem) -> Value {
    let context: BTreeMap<_, _> = input
        .trace
        .map(|trace| ("objectWriteTraceId", [trace]))
        .into_iter()
        .collect();
    json!({"status": "error", "category": problem.category, "message": problem.message, "context": context})
}

fn invalid(message: impl Into<String>) -> Answer {
    Answer::rejection(400, "VALIDATION_ERROR", message)
}
