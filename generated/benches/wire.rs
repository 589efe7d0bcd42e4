//! Decodes and encodes a response with 100 results, and the same with serde's derives:
//! `cargo bench -p hubspot-products`.
//!
//! Fails if the client exceeds its budget: 1.3 times the derives for decoding, 1.1 times for encoding. All variants are
//! measured in turn, many times. Each round has a ratio to the derives, measured within a fraction of a millisecond,
//! and the median of all rounds counts: other load of the machine slows both parts of most rounds alike. The times that
//! are printed are the best of all rounds.

#[allow(dead_code, reason = "the other benchmark sends, too")]
mod derived;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use derived::{Derived, response};
use http::{HeaderMap, StatusCode};
use hubspot_products::{BatchResponse, Client, Replay, UpsertBatch, UpsertInput};

const ROUNDS: usize = 2000;
const DECODE_BUDGET: f64 = 1.3;
const ENCODE_BUDGET: f64 = 1.1;

/// A variant of the same work, with its time in each round.
struct Form<'a> {
    name: &'static str,
    work: Box<dyn Fn() + 'a>,
    times: Vec<Duration>,
}

fn form<'a, T>(name: &'static str, work: impl Fn() -> T + 'a) -> Form<'a> {
    Form {
        name,
        work: Box::new(move || drop(black_box(work()))),
        times: Vec::with_capacity(ROUNDS),
    }
}

impl Form<'_> {
    /// Returns the median of the ratios to another variant.
    fn ratio(&self, other: &Form<'_>) -> f64 {
        let rounds = self.times.iter().zip(&other.times);
        let mut ratios: Vec<f64> = rounds
            .map(|(ours, theirs)| ours.as_secs_f64() / theirs.as_secs_f64())
            .collect();
        ratios.sort_by(f64::total_cmp);
        ratios[ratios.len() / 2]
    }
}

/// Measures and prints all variants; returns the ratio of the last to the first.
fn measure<const FORMS: usize>(title: &str, mut forms: [Form<'_>; FORMS]) -> f64 {
    for _ in 0..ROUNDS {
        for form in &mut forms {
            let start = Instant::now();
            (form.work)();
            form.times.push(start.elapsed());
        }
    }
    for form in &forms {
        let best = form.times.iter().min().expect("there are rounds");
        println!(
            "{title:<8} {:<36} {:>8.1} us {:>6.2}",
            form.name,
            best.as_secs_f64() * 1e6,
            form.ratio(&forms[0])
        );
    }
    forms[FORMS - 1].ratio(&forms[0])
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

    println!(
        "{} bytes, {ROUNDS} rounds: the best time, and the median ratio to derives",
        body.len()
    );
    let decode = measure(
        "decode",
        [
            form("derive", || derived().expect("it reads")),
            form("derive with serde_path_to_error", || {
                with_path().expect("it reads")
            }),
            form("the client, with paths", || decoded().expect("it reads")),
        ],
    );
    let encode = measure(
        "encode",
        [
            form("derive", || serde_json::to_vec(&theirs)),
            form("this crate", || serde_json::to_vec(&ours)),
        ],
    );
    if decode <= DECODE_BUDGET && encode <= ENCODE_BUDGET {
        return ExitCode::SUCCESS;
    }
    eprintln!("over budget: {DECODE_BUDGET} for decoding, {ENCODE_BUDGET} for encoding");
    ExitCode::FAILURE
}
