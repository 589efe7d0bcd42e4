//! The forms of HubSpot's replies: statuses, headers and error bodies.

use bytes::Bytes;
use serde_json::{Value, json};

use super::server::{Reply, Wire};

/// A reply before it goes out.
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    /// Creates an error in the form of all error responses.
    pub fn rejection(status: u16, category: &str, message: impl Into<String>) -> Self {
        let message: String = message.into();
        Answer {
            status,
            body: json!({"status": "error", "message": message, "category": category}),
        }
    }

    /// Adds a value to the context of the error.
    pub fn with_context(mut self, name: &str, values: &[&str]) -> Self {
        self.body["context"] = json!({name: values});
        self
    }

    /// The reply to the call with this number, counted from 1.
    pub fn into_reply(mut self, call: usize) -> Reply {
        if self.status >= 400 {
            self.body["correlationId"] = correlation_id(call).into();
        }
        json_reply(self.status, call, self.body.to_string())
    }
}

/// The correlation id of the call with this number.
pub fn correlation_id(call: usize) -> String {
    format!("00000000-0000-4000-8000-{call:012x}")
}

/// A JSON reply with the headers that all of HubSpot's have.
pub fn json_reply(status: u16, call: usize, body: impl Into<Bytes>) -> Reply {
    let left = |of: usize| of.saturating_sub(call).to_string();
    Reply {
        status,
        headers: vec![
            ("content-type", "application/json;charset=utf-8".to_owned()),
            ("x-hubspot-correlation-id", correlation_id(call)),
            ("x-hubspot-ratelimit-max", "100".to_owned()),
            ("x-hubspot-ratelimit-remaining", left(100)),
            (
                "x-hubspot-ratelimit-interval-milliseconds",
                "10000".to_owned(),
            ),
            ("x-hubspot-ratelimit-daily", "250000".to_owned()),
            ("x-hubspot-ratelimit-daily-remaining", left(250_000)),
        ],
        body: body.into(),
        wire: Wire::Whole,
    }
}

pub fn unauthorized() -> Answer {
    Answer::rejection(
        401,
        "INVALID_AUTHENTICATION",
        "The token is missing, wrong or expired.",
    )
}

pub fn missing_scope() -> Answer {
    let mut answer = Answer::rejection(403, "MISSING_SCOPES", "The app lacks a scope.");
    answer.body["links"] = json!({"scopes": "https://developers.hubspot.com/scopes"});
    answer.body["errors"] = json!([{
        "message": "One of these scopes is needed.",
        "context": {"requiredGranularScopes": ["crm.objects.products.write"]}
    }]);
    answer
}

pub fn not_found() -> Answer {
    Answer::rejection(404, "OBJECT_NOT_FOUND", "There is nothing at this path.")
}

pub fn wrong_method() -> Answer {
    Answer::rejection(405, "METHOD_NOT_ALLOWED", "This path takes a POST.")
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

/// The error of a gateway without a server.
pub fn unavailable() -> Answer {
    Answer::rejection(503, "INTERNAL_ERROR", "Try again later.")
}

/// A success without results.
pub fn nothing_done() -> Answer {
    let time = "2026-03-02T09:00:00.000Z";
    Answer {
        status: 200,
        body: json!({"status": "COMPLETE", "results": [], "startedAt": time, "completedAt": time}),
    }
}
