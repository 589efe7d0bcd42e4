//! The ways in which a reply can go wrong, each as it was seen or must be expected.

use std::time::Duration;

use serde_json::{Value, json};

use super::reply::{self, Answer, json_reply, rate_limited};
use super::server::{End, Reply, Wire};

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
    /// 429, with a `Retry-After`.
    RetryAfter(&'static str),
    /// 503, and nothing was done.
    Unavailable,
    /// Does the work, and the gateway says 504.
    LateGateway,
    /// 401: the token has expired.
    Expired,
    /// The ordinary reply, so much later.
    Late(Duration),
    /// The ordinary reply, its body in ten pieces with such pauses.
    Slow(Duration),
    /// Nothing is done, and the connection is reset before a reply begins.
    ResetBefore,
    /// Does the work, and the connection is reset before a reply begins.
    CommitThenReset,
    /// Does the work, and the connection is closed before a reply begins.
    CommitThenClose,
    /// Does the work, and the connection is reset in the middle of the reply.
    ResetMidway,
    /// Does the work and never replies.
    Silent,
    /// The ordinary reply, but every so-manieth result and error lacks its trace id.
    PartlyUntraced(usize),
    /// The ordinary reply, its errors without a trace id.
    NamelessErrors,
    /// The ordinary reply, each result there twice.
    TwiceTold,
    /// The ordinary reply, its results in the order of their ids.
    Sorted,
    /// The ordinary reply with every second result left out.
    HalfTold,
    /// Does the work and says 200 with no results.
    NothingTold,
    /// Does nothing and says 200 with no results.
    NothingDone,
    /// The ordinary reply, and an error about its first result.
    Contradiction,
    /// The first so many inputs are not written, with errors that pass.
    BusyRows(usize),
}

impl Scenario {
    /// The reply to the call with this number. `real` does the work and gives the ordinary one; so many inputs at the
    /// beginning fail.
    pub fn respond(self, real: impl FnOnce(usize) -> Answer, call: usize) -> Reply {
        let ordinary = |real: Answer, wire| Reply {
            wire,
            ..real.into_reply(call)
        };
        match self {
            Self::RateLimited(policy) => rate_limited(policy).into_reply(call),
            Self::RetryAfter(wait) => {
                let mut reply = rate_limited("TEN_SECONDLY_ROLLING").into_reply(call);
                reply.headers.push(("retry-after", wait.to_owned()));
                reply
            }
            Self::Unavailable => reply::unavailable().into_reply(call),
            Self::Expired => reply::unauthorized().into_reply(call),
            Self::NothingDone => reply::nothing_done().into_reply(call),
            Self::Gateway(status) => gateway(status),
            Self::LateGateway => {
                real(0);
                gateway(504)
            }
            Self::Redirect(location) => redirect(&location),
            Self::Reply(status, body) => Answer { status, body }.into_reply(call),
            Self::Endless => Reply {
                wire: Wire::Endless,
                ..json_reply(200, call, "")
            },
            Self::Late(time) => ordinary(real(0), Wire::Late(time)),
            Self::Slow(pause) => ordinary(real(0), Wire::Slowly(10, pause)),
            Self::ResetBefore => Reply {
                wire: Wire::Nothing(End::Reset),
                ..gateway(502)
            },
            Self::CommitThenReset => ordinary(real(0), Wire::Nothing(End::Reset)),
            Self::CommitThenClose => ordinary(real(0), Wire::Nothing(End::Close)),
            Self::ResetMidway => ordinary(real(0), Wire::Half(End::Reset)),
            Self::Silent => ordinary(real(0), Wire::Nothing(End::Wait)),
            Self::Stalled => ordinary(real(0), Wire::Half(End::Wait)),
            Self::Truncated => ordinary(real(0), Wire::Half(End::Close)),
            Self::NoContent => {
                real(0);
                no_content()
            }
            Self::MemberTwice => member_twice(&real(0), call),
            Self::Padded(spaces) => padded(&real(0), spaces, call),
            Self::BusyRows(rows) => real(rows).into_reply(call),
            edit => {
                let mut answer = real(0);
                edit.edit(&mut answer);
                answer.into_reply(call)
            }
        }
    }

    /// Changes an ordinary reply.
    fn edit(self, answer: &mut Answer) {
        match self {
            Self::Status(status) => answer.status = status,
            Self::CountsAnError => answer.body["numErrors"] = json!(1),
            Self::FromTheFuture => from_the_future(answer),
            Self::NullProperty => each_result(answer, |product| {
                product["properties"]["color"] = Value::Null;
            }),
            Self::Untraced => untraced(answer, 1),
            Self::PartlyUntraced(every) => untraced(answer, every),
            Self::NamelessErrors => each_error(answer, forget_in_error),
            Self::TwiceTold => results(answer, |results| results.extend(results.clone())),
            Self::Sorted => results(answer, |results| {
                results.sort_by_key(|product| product["id"].to_string());
            }),
            Self::HalfTold => results(answer, |results| {
                let mut place = 0;
                results.retain(|_| {
                    place += 1;
                    place % 2 == 0
                });
            }),
            Self::NothingTold => results(answer, Vec::clear),
            Self::Contradiction => contradiction(answer),
            _ => {}
        }
    }
}

fn results(answer: &mut Answer, edit: impl FnOnce(&mut Vec<Value>)) {
    if let Some(results) = answer.body.get_mut("results").and_then(Value::as_array_mut) {
        edit(results);
    }
}

fn each_result(answer: &mut Answer, edit: impl FnMut(&mut Value)) {
    results(answer, |results| results.iter_mut().for_each(edit));
}

fn each_error(answer: &mut Answer, edit: impl FnMut(&mut Value)) {
    let errors = answer.body.get_mut("errors").and_then(Value::as_array_mut);
    errors.into_iter().flatten().for_each(edit);
}

fn from_the_future(answer: &mut Answer) {
    answer.body["status"] = json!("PAUSED");
    answer.body["shard"] = json!({"id": 18_446_744_073_709_551_615_u64, "load": 0.5});
    each_result(answer, |product| product["pinned"] = json!([true, null]));
}

fn untraced(answer: &mut Answer, every: usize) {
    let mut count = 0;
    let mut is_due = move || {
        count += 1;
        count % every == 0
    };
    each_result(answer, |product| {
        if is_due() {
            forget(product);
        }
    });
    each_error(answer, |error| {
        if is_due() {
            forget_in_error(error);
        }
    });
}

fn forget(value: &mut Value) {
    if let Some(members) = value.as_object_mut() {
        members.remove("objectWriteTraceId");
    }
}

fn forget_in_error(error: &mut Value) {
    forget(&mut error["context"]);
}

fn contradiction(answer: &mut Answer) {
    let trace = answer.body["results"][0]["objectWriteTraceId"].clone();
    answer.status = 207;
    answer.body["numErrors"] = json!(1);
    answer.body["errors"] = json!([{
        "status": "error", "category": "VALIDATION_ERROR", "message": "It was wrong.",
        "context": {"objectWriteTraceId": [trace]}
    }]);
}

fn gateway(status: u16) -> Reply {
    Reply {
        status,
        headers: vec![("content-type", "text/html; charset=UTF-8".to_owned())],
        body: "<html><head><title>Bad gateway</title></head><body>…</body></html>".into(),
        wire: Wire::Whole,
    }
}

fn redirect(location: &str) -> Reply {
    Reply {
        headers: vec![("location", location.to_owned())],
        body: Default::default(),
        ..gateway(307)
    }
}

fn no_content() -> Reply {
    Reply {
        headers: Vec::new(),
        body: Default::default(),
        ..gateway(204)
    }
}

fn member_twice(answer: &Answer, call: usize) -> Reply {
    let text = answer.body.to_string();
    let spoilt = text.replacen(r#""results":[{"#, r#""results":[{"id":"0","#, 1);
    json_reply(answer.status, call, spoilt)
}

fn padded(answer: &Answer, spaces: usize, call: usize) -> Reply {
    let mut text = " ".repeat(spaces);
    text.push_str(&answer.body.to_string());
    json_reply(answer.status, call, text)
}
