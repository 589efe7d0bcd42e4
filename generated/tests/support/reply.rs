//! The forms of HubSpot's replies: statuses, headers and error bodies.

use axum::body::Body;
use http::Response;
use serde_json::{Value, json};

/// A reply before it goes out.
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    /// An error in the form that all refusals have.
    pub fn refusal(status: u16, category: &str, message: impl Into<String>) -> Self {
        let message: String = message.into();
        Answer {
            status,
            body: json!({"status": "error", "message": message, "category": category}),
        }
    }

    /// Adds what the error is about.
    pub fn with_context(mut self, name: &str, values: &[&str]) -> Self {
        self.body["context"] = json!({name: values});
        self
    }

    /// The reply to the call with this number, counted from 1.
    pub fn into_response(mut self, call: usize) -> Response<Body> {
        if self.status >= 400 {
            self.body["correlationId"] = correlation_id(call).into();
        }
        json_response(self.status, call, Body::from(self.body.to_string()))
    }
}

/// The correlation id of the call with this number.
pub fn correlation_id(call: usize) -> String {
    format!("00000000-0000-4000-8000-{call:012x}")
}

/// A JSON reply with the headers that all of HubSpot's have.
pub fn json_response(status: u16, call: usize, body: Body) -> Response<Body> {
    Response::builder()
        .status(status)
        .header("content-type", "application/json;charset=utf-8")
        .header("x-hubspot-correlation-id", correlation_id(call))
        .header("x-hubspot-ratelimit-max", "100")
        .header(
            "x-hubspot-ratelimit-remaining",
            100_usize.saturating_sub(call),
        )
        .header("x-hubspot-ratelimit-interval-milliseconds", "10000")
        .header("x-hubspot-ratelimit-daily", "250000")
        .header(
            "x-hubspot-ratelimit-daily-remaining",
            250_000_usize.saturating_sub(call),
        )
        .body(body)
        .expect("statuses and headers of ours are valid")
}

pub fn unauthorized() -> Answer {
    Answer::refusal(
        401,
        "INVALID_AUTHENTICATION",
        "The token is missing, wrong or expired.",
    )
}

pub fn missing_scope() -> Answer {
    let mut answer = Answer::refusal(403, "MISSING_SCOPES", "The app lacks a scope.");
    answer.body["links"] = json!({"scopes": "https://developers.hubspot.com/scopes"});
    answer.body["errors"] = json!([{
        "message": "One of these scopes is needed.",
        "context": {"requiredGranularScopes": ["crm.objects.products.write"]}
    }]);
    answer
}

pub fn not_found() -> Answer {
    Answer::refusal(404, "OBJECT_NOT_FOUND", "There is nothing at this path.")
}

pub fn wrong_method() -> Answer {
    Answer::refusal(405, "METHOD_NOT_ALLOWED", "This path takes a POST.")
}

/// A 429 as it comes: without a category, with members of its own.
pub fn rate_limited(policy: &str) -> Answer {
    Answer {
        status: 429,
        body: json!({
            "status": "error", "message": "The limit of calls is reached.", "errorType": "RATE_LIMIT",
            "policyName": policy, "groupName": "publicapi:crm:products"
        }),
    }
}
