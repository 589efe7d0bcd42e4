//! Every attempt is visible in traces, with its number, and every wait.

use std::time::Duration;

use hubspot_products::{Client, RetryPolicy};

use crate::batch;
use crate::recorder::Recording;
use crate::support::{Fake, Scenario, TOKEN};

#[tokio::test]
async fn attempts_and_waits_are_traced() {
    let recording = Recording::start();
    let fake = Fake::start();
    fake.answer(Scenario::Unavailable)
        .answer(Scenario::Truncated);
    let moment = Duration::from_millis(1);
    let builder = Client::builder().base_url(fake.url()).token(TOKEN);
    let client = builder.retry(RetryPolicy::new().backoff(moment, moment));
    let client = client.build().expect("a client of the fake");
    client.upsert_products(&batch()).await.expect("a success");
    let lines = recording.take();
    let ours: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.split_once(" hubspot_products::runtime::client::attempts "))
        .map(|(_, what)| what)
        .collect();
    let expected = [
        r#"call method="POST" path="/crm/v3/objects/products/batch/upsert" host="127.0.0.1""#,
        "attempt number=1",
        "event message=the attempt failed and is retried attempt=1 reason=503 Service Unavailable wait=",
        "attempt number=2",
        "event message=the attempt failed and is retried attempt=2 reason=200 OK, the connection to the server was lost wait=",
        "attempt number=3",
        "event message=the call succeeded attempt=3",
    ];
    assert_eq!(ours.len(), expected.len(), "{ours:#?}");
    for (found, expected) in ours.iter().zip(expected) {
        assert!(found.starts_with(expected), "{ours:#?}");
    }
}
