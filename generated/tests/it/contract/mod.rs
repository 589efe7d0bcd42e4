//! The public contract of a generated client, one test a row; those rows that this endpoint touches.

mod calls;
mod setup;
mod types;

use std::sync::Arc;

use hubspot_products::{Client, Replay, RetryPolicy};
use serde_json::{Value, json};

use crate::support::TOKEN;

/// A product as it comes.
fn product() -> Value {
    json!({
        "id": "19270430861", "properties": {"name": "Widget", "price": null},
        "createdAt": "2026-03-02T09:15:30.118Z", "updatedAt": "2026-03-02T09:15:30Z",
        "archived": false, "new": true, "objectWriteTraceId": "row-0"
    })
}

/// The body of a 200.
fn done() -> Value {
    json!({
        "status": "COMPLETE", "results": [product()],
        "startedAt": "2026-03-02T09:15:30Z", "completedAt": "2026-03-02T09:15:31Z"
    })
}

/// The body of a 207.
fn partial() -> Value {
    let mut body = done();
    body["numErrors"] = json!(1);
    body["errors"] = json!([{
        "status": "error", "category": "VALIDATION_ERROR", "message": "No such property.",
        "context": {"objectWriteTraceId": ["row-1"]}
    }]);
    body
}

/// The body of an error response.
fn rejection() -> Value {
    json!({
        "category": "VALIDATION_ERROR", "message": "Too many inputs.",
        "correlationId": "aeb5f871-7f07-4993-9211-075dc63e7cbf"
    })
}

/// A client that gets this reply from memory, and takes it as it is.
fn replaying(status: u16, body: &Value) -> (Client, Arc<Replay>) {
    let replay = Arc::new(Replay::new().reply(status, "application/json", body.to_string()));
    let builder = Client::builder().token(TOKEN).transport(replay.clone());
    let builder = builder.retry(RetryPolicy::none());
    (builder.build().expect("a client without a socket"), replay)
}
