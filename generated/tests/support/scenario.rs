//! The ways in which a reply can go wrong, each as it was seen or must be expected.

use axum::body::Body;
use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};

use super::fault::{Fault, Then};
use super::reply::{Answer, json_response, rate_limited};

/// One reply that is not the fake's ordinary one. Those that say so do the work first and spoil the reply.
#[derive(Debug, Clone)]
pub enum Scenario {
    /// 429; the policy is `TEN_SECONDLY_ROLLING`, `SECONDLY` or `DAILY`.
    RateLimited(&'static str),
    /// A gateway answers in the endpoint's place, in HTML.
    Gateway(u16),
    /// 307 to another place.
    Redirect(String),
    /// The ordinary reply under another status.
    Status(u16),
    /// Does the work and says 204.
    NoContent,
    /// The ordinary reply, and `numErrors: 1` in it.
    CountsAnError,
    /// The ordinary reply, with the first result's `id` there a second time.
    MemberTwice,
    /// The ordinary reply, with a status and members that nobody knows yet.
    FromTheFuture,
    /// The ordinary reply, with a property whose value is null in every result.
    NullProperty,
    /// The ordinary reply, without any trace id.
    Untraced,
    /// The ordinary reply behind so many spaces.
    Padded(usize),
    /// Spaces without end, as fast as they are read.
    Endless,
    /// The beginning of the ordinary reply, then silence.
    Stalled,
    /// The beginning of the ordinary reply, then the connection breaks.
    Truncated,
    /// A reply of the test's own, as JSON.
    Reply(u16, Value),
}

impl Scenario {
    /// The reply to the call with this number; `real` does the work and gives the ordinary one.
    pub fn respond(self, real: impl FnOnce() -> Answer, call: usize) -> Response<Body> {
        match self {
            Self::RateLimited(policy) => rate_limited(policy).into_response(call),
            Self::Gateway(status) => gateway(status),
            Self::Redirect(location) => redirect(&location),
            Self::Reply(status, body) => Answer { status, body }.into_response(call),
            Self::Endless => {
                let spaces = Fault::new(vec![b' '; 1 << 16], Then::Again);
                json_response(200, call, Body::new(spaces))
            }
            Self::Status(status) => edited(real(), call, |answer| answer.status = status),
            Self::CountsAnError => {
                edited(real(), call, |answer| answer.body["numErrors"] = json!(1))
            }
            Self::FromTheFuture => edited(real(), call, from_the_future),
            Self::NullProperty => edited(real(), call, |answer| {
                each_result(answer, |product| {
                    product["properties"]["color"] = Value::Null
                });
            }),
            Self::Untraced => edited(real(), call, untraced),
            Self::NoContent => no_content(real()),
            Self::MemberTwice => member_twice(&real(), call),
            Self::Padded(spaces) => padded(&real(), spaces, call),
            Self::Stalled => partly(&real(), Then::Wait, call),
            Self::Truncated => partly(&real(), Then::Break, call),
        }
    }
}

fn edited(mut answer: Answer, call: usize, edit: impl FnOnce(&mut Answer)) -> Response<Body> {
    edit(&mut answer);
    answer.into_response(call)
}

fn each_result(answer: &mut Answer, edit: impl FnMut(&mut Value)) {
    let results = answer.body.get_mut("results").and_then(Value::as_array_mut);
    results.into_iter().flatten().for_each(edit);
}

fn from_the_future(answer: &mut Answer) {
    answer.body["status"] = json!("PAUSED");
    answer.body["shard"] = json!({"id": 18_446_744_073_709_551_615_u64, "load": 0.5});
    each_result(answer, |product| product["pinned"] = json!([true, null]));
}

fn untraced(answer: &mut Answer) {
    let forget = |value: &mut Value| {
        if let Some(members) = value.as_object_mut() {
            members.remove("objectWriteTraceId");
        }
    };
    each_result(answer, forget);
    let errors = answer.body.get_mut("errors").and_then(Value::as_array_mut);
    for error in errors.into_iter().flatten() {
        forget(&mut error["context"]);
    }
}

fn gateway(status: u16) -> Response<Body> {
    Response::builder()
        .status(status)
        .header("content-type", "text/html; charset=UTF-8")
        .body("<html><head><title>Bad gateway</title></head><body>…</body></html>".into())
        .expect("a status of ours is valid")
}

fn redirect(location: &str) -> Response<Body> {
    Response::builder()
        .status(307)
        .header("location", location)
        .body(Body::empty())
        .expect("a URL of ours is a valid header")
}

/// The work was done; only its reply is kept back.
fn no_content(_: Answer) -> Response<Body> {
    Response::builder()
        .status(204)
        .body(Body::empty())
        .expect("a status is valid")
}

fn member_twice(answer: &Answer, call: usize) -> Response<Body> {
    let text = answer.body.to_string();
    let spoilt = text.replacen(r#""results":[{"#, r#""results":[{"id":"0","#, 1);
    assert_ne!(text, spoilt, "the reply has a first result");
    json_response(answer.status, call, spoilt.into())
}

fn padded(answer: &Answer, spaces: usize, call: usize) -> Response<Body> {
    let mut text = " ".repeat(spaces);
    text.push_str(&answer.body.to_string());
    json_response(answer.status, call, text.into())
}

fn partly(answer: &Answer, then: Then, call: usize) -> Response<Body> {
    let whole = Bytes::from(answer.body.to_string());
    let beginning = whole.slice(..whole.len() / 2);
    json_response(answer.status, call, Body::new(Fault::new(beginning, then)))
}
