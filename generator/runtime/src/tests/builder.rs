//! Settings, their defaults, and the errors of `build`.

use std::sync::Arc;
use std::time::Duration;

use super::block_on;
use super::sample::Item;
use crate::runtime::client::Client;
use crate::runtime::transport::Replay;

#[test]
fn defaults() {
    let client = Client::builder().transport(Replay::new()).build().unwrap();
    let limits = client.shared.limits;
    assert_eq!(limits.deadline, Duration::from_secs(360));
    assert_eq!(limits.attempt_timeout, Duration::from_secs(110));
    assert_eq!(limits.max_response_size, 64 * 1024 * 1024);
    assert!(format!("{:?}", Client::builder()).contains("connect_timeout: 5s"));
}

#[test]
fn settings_reach_the_calls() {
    let client = Client::builder()
        .deadline(Duration::from_secs(1))
        .attempt_timeout(Duration::from_secs(2))
        .max_response_size(3)
        .connect_timeout(Duration::from_secs(4))
        .transport(Replay::new())
        .build()
        .unwrap();
    let limits = client.shared.limits;
    assert_eq!(limits.deadline, Duration::from_secs(1));
    assert_eq!(limits.attempt_timeout, Duration::from_secs(2));
    assert_eq!(limits.max_response_size, 3);
}

#[test]
fn every_request_has_user_agent_and_accept() {
    let client = Client::builder().transport(Replay::new()).build().unwrap();
    let call = client.put_item(&Item::default());
    let request = call.request().unwrap();
    let headers = request.headers();
    assert_eq!(headers["accept"], "application/json");
    assert_eq!(headers["content-type"], "application/json");
    let agent = headers["user-agent"].to_str().unwrap();
    assert!(agent.starts_with("oasmith-runtime/0."), "{agent}");
    assert!(
        !client
            .clear()
            .request()
            .unwrap()
            .headers()
            .contains_key("content-type")
    );
}

#[test]
fn extra_headers() {
    let replay = Arc::new(Replay::new().reply(204, "text/plain", ""));
    let client = Client::builder()
        .header("X-Tenant", "7")
        .header("User-Agent", "shop/1")
        .transport(replay.clone())
        .build()
        .unwrap();
    let call = client
        .clear()
        .header("x-tenant", "8")
        .header("X-Trace", "t");
    block_on(call.into_future()).unwrap();
    let headers = replay.requests()[0].headers().clone();
    assert_eq!(headers["x-tenant"], "8");
    assert_eq!(headers["x-trace"], "t");
    assert_eq!(headers["user-agent"], "shop/1");
    assert_eq!(headers.get_all("x-tenant").iter().count(), 1);
}

#[test]
fn invalid_headers_are_rejected() {
    for (name, value) in [
        ("x y", "1"),
        ("", "1"),
        ("x", "canary\r\nadmin: 1"),
        ("x", "canary\0"),
        ("Content-Length", "3"),
        ("host", "evil.example.com"),
        ("Transfer-Encoding", "chunked"),
        ("connection", "close"),
    ] {
        let builder = Client::builder().header(name, value);
        let error = builder.transport(Replay::new()).build().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"));

        let client = Client::builder().transport(Replay::new()).build().unwrap();
        let error = block_on(client.clear().header(name, value).into_future()).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.starts_with("nothing was sent: "), "{shown}");
        assert!(!shown.contains("canary"));
        assert!(!error.may_have_been_applied());
    }
}

#[cfg(not(feature = "reqwest"))]
#[test]
fn without_reqwest_a_transport_has_to_be_given() {
    let error = Client::builder()
        .token("t")
        .build()
        .unwrap_err()
        .to_string();
    assert!(error.contains("there is no transport"), "{error}");
    assert!(error.contains("`reqwest`"), "{error}");
}

#[cfg(feature = "reqwest")]
#[test]
fn reqwest_is_the_default() {
    let client = Client::builder().token("t").build().unwrap();
    assert!(format!("{client:?}").contains(r#"credentials: ["oauth2"]"#));
    let given = Client::builder().http_client(reqwest::Client::new());
    assert!(given.build().is_ok());
}

#[cfg(not(feature = "timer"))]
#[test]
fn a_client_without_a_timer_sends_each_call_once_and_promises_no_more() {
    use crate::runtime::retry::RetryPolicy;
    let replay = Arc::new(Replay::new().reply(503, "text/plain", ""));
    let client = Client::builder().transport(replay.clone()).build().unwrap();
    let call = client.add_items(&serde_json::json!({ "items": [] }));
    block_on(call.into_future()).unwrap_err();
    assert_eq!(replay.requests().len(), 1);

    let policy = Client::builder().transport(Replay::new());
    let error = policy.retry(RetryPolicy::new()).build().unwrap_err();
    assert!(error.to_string().contains("give one to `timer`"), "{error}");
    let policy = Client::builder().transport(Replay::new());
    policy.retry(RetryPolicy::none()).build().unwrap();
}
