//! The rows about the client: credentials, addresses, limits, and requests of one's own.

use std::time::Duration;

use bytes::Bytes;
use hubspot_products::{Client, ClientBuilder, RetryPolicy};

use super::{done, replaying};
use crate::support::{Fake, PATH, Scenario, TOKEN};
use crate::{client, right};

#[tokio::test]
async fn authorization() {
    let (client, replay) = replaying(200, &done());
    client.upsert_products(&right()).await.expect("a success");
    let header = replay.requests()[0].headers()["authorization"].clone();
    assert_eq!(header, "Bearer pat-na1-may-write");
    assert!(header.is_sensitive());
    let call = client.upsert_products(&right());
    let shown = format!(
        "{client:?} {call:?} {:?} {:?}",
        call.request(),
        Client::builder().token(TOKEN)
    );
    assert!(!shown.contains(TOKEN), "{shown}");
}

fn is_shareable<T: Clone + Send + Sync + std::fmt::Debug + 'static>() {}

fn build(base_url: &str) -> Result<Client, String> {
    let builder = Client::builder().base_url(base_url).token(TOKEN);
    builder.build().map_err(|error| error.to_string())
}

#[tokio::test]
async fn builder() {
    is_shareable::<Client>();
    for right in [
        "https://example.com",
        "http://127.0.0.1:8080",
        "http://[::1]:1/",
        "http://localhost",
    ] {
        assert!(build(right).is_ok(), "{right}: {:?}", build(right));
    }
    for wrong in [
        "",
        "example.com",
        "http://example.com",
        "http://127.0.0.1.example.com",
        "ftp://example.com",
        "https://user:secret@example.com",
        "https://example.com/?key=secret",
        "https://example.com/a/../b",
    ] {
        let error = build(wrong).expect_err(wrong);
        assert!(
            !error.is_empty() && !error.contains("secret"),
            "{wrong}: {error}"
        );
    }
    let error = Client::builder()
        .token("pat\nsecret")
        .build()
        .expect_err("not a header");
    assert!(
        !format!("{error:?} {error}").contains("secret"),
        "{error:?}"
    );

    // A path of the base URL goes before the operation's.
    let client = build("https://example.com/gateway/").expect("a right URL");
    let call = client.upsert_products(&right());
    let request = call.request().expect("its parts are right");
    assert_eq!(
        request.uri().to_string(),
        format!("https://example.com/gateway{PATH}")
    );
}

#[tokio::test]
async fn builder_limits() {
    let short = Duration::from_millis(150);
    let long = Duration::from_secs(20);
    let stalled = async |set: fn(ClientBuilder, Duration) -> ClientBuilder| {
        let fake = Fake::start();
        fake.answer(Scenario::Stalled);
        let builder = Client::builder().base_url(fake.url()).token(TOKEN);
        let client = set(builder, short)
            .connect_timeout(long)
            .retry(RetryPolicy::none())
            .build()
            .expect("a client");
        client.upsert_products(&right()).await.expect_err("no end")
    };
    assert!(stalled(ClientBuilder::attempt_timeout).await.is_timeout());
    assert!(stalled(ClientBuilder::deadline).await.is_timeout());

    // What a call says goes before what the client says.
    let fake = Fake::start();
    let builder = Client::builder()
        .base_url(fake.url())
        .token(TOKEN)
        .max_response_size(10);
    let client = builder.build().expect("a client");
    client
        .upsert_products(&right())
        .await
        .expect_err("over the client's cap");
    let call = client
        .upsert_products(&right())
        .max_response_size(1 << 20)
        .deadline(long);
    let call = call.header("x-request-source", "import");
    call.attempt_timeout(long)
        .await
        .expect("within the call's cap");
    let requests = fake.requests();
    let last = requests.last().expect("a request came");
    assert_eq!(last.headers()["x-request-source"], "import");
}

/// A client of reqwest that was set up elsewhere, with its proxy and its headers.
#[tokio::test]
async fn http_client() {
    let fake = Fake::start();
    let team = http::HeaderValue::from_static("catalogue");
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .default_headers(
            [(http::HeaderName::from_static("x-team"), team)]
                .into_iter()
                .collect(),
        )
        .proxy(reqwest::Proxy::http(fake.url()).expect("a URL"));
    let http = http.build().expect("a client of reqwest");
    // nobody listens there, but the proxy does not mind
    let builder = Client::builder()
        .base_url("http://127.0.0.1:9")
        .token(TOKEN);
    let client = builder.http_client(http).build().expect("a client");
    client.upsert_products(&right()).await.expect("a success");
    let sent = &fake.requests()[0];
    assert_eq!(
        sent.uri()
            .authority()
            .expect("a proxy gets an absolute URL")
            .as_str(),
        "127.0.0.1:9"
    );
    assert_eq!(sent.headers()["x-team"], "catalogue");
    assert_eq!(sent.headers()["authorization"], format!("Bearer {TOKEN}"));
}

#[tokio::test]
async fn redirects() {
    let fake = Fake::start();
    fake.answer(Scenario::Redirect(format!("{}{PATH}", fake.url())));
    let error = client(&fake)
        .upsert_products(&right())
        .await
        .expect_err("a 307");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert_eq!(fake.requests().len(), 1); // not even to the same server
}

#[tokio::test]
async fn escape_hatch() {
    let fake = Fake::start();
    let own = |body: &'static str| {
        let request = http::Request::post(PATH).header("content-type", "application/json");
        request
            .body(Bytes::from_static(body.as_bytes()))
            .expect("a request")
    };
    // The same authorization and base URL; the reply is not read.
    let call = client(&fake).send(own(r#"{"inputs": []}"#));
    let reply = call.send().await.expect("a success");
    assert_eq!(reply.status, 200);
    assert!(reply.body.starts_with(b"{"), "{reply:?}");
    let sent = &fake.requests()[0];
    assert_eq!(sent.headers()["authorization"], format!("Bearer {TOKEN}"));
    assert_eq!(
        (sent.uri().path(), sent.body().as_ref()),
        (PATH, &br#"{"inputs": []}"#[..])
    );

    // The same limits, and failures of the same kind.
    let error = client(&fake).send(own("{}")).await.expect_err("a 400");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
    assert!(error.declared().is_some_and(|body| body.starts_with(b"{")));
    fake.answer(Scenario::Stalled);
    let call = client(&fake).send(own(r#"{"inputs": []}"#));
    let error = call
        .deadline(Duration::from_millis(150))
        .await
        .expect_err("no end");
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn escape_hatch_keeps_the_token_at_home() {
    let (fake, elsewhere) = (Fake::start(), Fake::start());
    let request = http::Request::post(format!("{}{PATH}", elsewhere.url()));
    let request = request.body(Bytes::new()).expect("a request");
    let error = client(&fake)
        .send(request)
        .await
        .expect_err("another origin");
    assert!(!error.may_have_been_applied(), "{error:?}");
    assert!(elsewhere.requests().is_empty());
}
