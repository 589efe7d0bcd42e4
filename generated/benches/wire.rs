//! Decodes and encodes a response with 100 results, and the same with serde's derives: `cargo bench -p hubspot-products`.
//!
//! Fails when the client is slower than its budget: decoding 1.3 times and encoding 1.1 times what derives take. All
//! forms are measured in turn, many times, and the best round of each counts: the ratio of two forms then hardly
//! depends on what else the machine does, which a benchmark of one form after the other cannot say.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{HeaderMap, StatusCode};
use hubspot_products::{BatchResponse, Client, Replay, UpsertBatch, UpsertInput};
use serde::{Deserialize, Serialize};

const ROUNDS: usize = 2000;
const DECODE_BUDGET: f64 = 1.3;
const ENCODE_BUDGET: f64 = 1.1;

/// The 200, as somebody would write it by hand.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Derived {
    status: Status,
    results: Vec<DerivedProduct>,
    started_at: DateTime<Utc>,
    completed_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requested_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    Pending,
    Processing,
    Canceled,
    Complete,
    #[serde(untagged)]
    Unknown(String),
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct DerivedProduct {
    id: String,
    properties: BTreeMap<String, Option<String>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    archived: bool,
    new: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    archived_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object_write_trace_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties_with_history: Option<BTreeMap<String, Vec<History>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warnings: Option<Vec<Warning>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct History {
    value: String,
    timestamp: DateTime<Utc>,
    source_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_by_user_id: Option<i32>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Warning {
    category: String,
    message: String,
    context: BTreeMap<String, String>,
}

/// About 46 KB, members in the order in which the endpoint sends them.
fn response() -> Bytes {
    let product = |number: usize| {
        format!(
            r#"{{"id":"1029384{number}","properties":{{"createdate":"2026-03-02T09:15:30.118Z","description":"A \"longer\" text that says what this is about","hs_lastmodifieddate":"2026-03-02T09:15:30.118Z","hs_object_id":"1029384{number}","hs_sku":"sku-{number}","name":"Widget {number}","price":"9.99","tax":null}},"createdAt":"2026-03-02T09:15:30.118Z","updatedAt":"2026-03-02T09:15:30.118Z","archived":false,"new":true,"objectWriteTraceId":"row-{number}","url":"https://app.hubspot.com/contacts/62515/record/0-7/1029384{number}"}}"#
        )
    };
    let products: Vec<String> = (0..100).map(product).collect();
    let products = products.join(",");
    format!(
        r#"{{"status":"COMPLETE","results":[{products}],"startedAt":"2026-03-02T09:15:30.118Z","completedAt":"2026-03-02T09:15:31.020Z"}}"#
    )
    .into()
}

/// A form of the same work, and the best time it took.
struct Form<'a> {
    name: &'static str,
    work: Box<dyn Fn() + 'a>,
    best: Duration,
}

fn form<'a, T>(name: &'static str, work: impl Fn() -> T + 'a) -> Form<'a> {
    Form {
        name,
        work: Box::new(move || drop(black_box(work()))),
        best: Duration::MAX,
    }
}

/// Measures all forms in turn and prints them; gives each one's ratio to the first.
fn measure(title: &str, mut forms: Vec<Form<'_>>) -> Vec<f64> {
    for _ in 0..ROUNDS {
        for form in &mut forms {
            let start = Instant::now();
            (form.work)();
            form.best = form.best.min(start.elapsed());
        }
    }
    let first = forms.first().map_or(1.0, |form| form.best.as_secs_f64());
    let ratios = forms.iter().map(|form| {
        let ratio = form.best.as_secs_f64() / first;
        let micros = form.best.as_secs_f64() * 1e6;
        println!("{title:<8} {:<36} {micros:>8.1} us {ratio:>6.2}", form.name);
        ratio
    });
    ratios.collect()
}

fn main() -> ExitCode {
    let body = response();
    let builder = Client::builder().token("any").transport(Replay::new());
    let client = builder.build().expect("these settings are right");
    let input = |number| UpsertInput::new(format!("SKU-{number}"), [("price", "9.99")]);
    let batch = UpsertBatch::new((0..100).map(input));
    let call = client.upsert_products(&batch);
    let decoded = || call.decode(StatusCode::OK, HeaderMap::new(), body.clone());
    let derived = || serde_json::from_slice::<Derived>(&body);
    let with_path = || {
        let mut source = serde_json::Deserializer::from_slice(&body);
        serde_path_to_error::deserialize::<_, Derived>(&mut source)
    };
    let ours: BatchResponse = serde_json::from_slice(&body).expect("it is a response");
    let theirs = derived().expect("it is a response");
    assert_eq!(
        serde_json::to_value(&ours).ok(),
        serde_json::to_value(&theirs).ok()
    );

    println!("{} bytes, best of {ROUNDS} rounds", body.len());
    let decode = measure(
        "decode",
        vec![
            form("derive", || derived().expect("it reads")),
            form("derive with serde_path_to_error", || {
                with_path().expect("it reads")
            }),
            form("the client, with paths", || decoded().expect("it reads")),
        ],
    );
    let encode = measure(
        "encode",
        vec![
            form("derive", || serde_json::to_vec(&theirs)),
            form("this crate", || serde_json::to_vec(&ours)),
        ],
    );
    let within = |ratios: &[f64], budget| ratios.last().is_some_and(|ratio| *ratio <= budget);
    if within(&decode, DECODE_BUDGET) && within(&encode, ENCODE_BUDGET) {
        return ExitCode::SUCCESS;
    }
    eprintln!("over budget: {DECODE_BUDGET} for decoding, {ENCODE_BUDGET} for encoding");
    ExitCode::FAILURE
}
