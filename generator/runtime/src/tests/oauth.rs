//! Tokens that are refreshed by OAuth 2.0: the requests, the stored tokens, and the errors.

use std::sync::{Arc, Mutex};

use super::sample::Item;
use super::tokens::{Answer, SECOND, bearer, reply};
use crate::runtime::auth::OAuthRefresh;
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::transport::{Replay, TransportError, TransportErrorKind};

/// A service with its token URL, which takes one refresh token after the other.
fn oauth(answers: Vec<Answer>) -> (Arc<Replay>, Arc<Mutex<Vec<String>>>, ClientBuilder) {
    let answers = Mutex::new(answers.into_iter());
    let replay = Arc::new(Replay::from_fn(move |request| match request.uri().path() {
        "/oauth/token" => answers.lock().unwrap().next().unwrap(),
        _ => reply(200, r#"{"id":"7"}"#),
    }));
    let stored: Arc<Mutex<Vec<String>>> = Arc::default();
    let store = stored.clone();
    let url = "https://login.example.com/oauth/token";
    let refresh = OAuthRefresh::new(url, "id & 1", "s+cret", "refresh/0")
        .on_new_refresh_token(move |new| store.lock().unwrap().push(new.to_owned()));
    let builder = Client::builder().transport(replay.clone());
    (replay, stored, builder.token_refresh(refresh))
}

#[tokio::test(start_paused = true)]
async fn oauth_refreshes_with_a_form_and_stores_new_tokens() {
    let (replay, stored, builder) = oauth(vec![
        reply(
            200,
            r#"{"access_token":"a1","expires_in":1800,"refresh_token":"refresh/0"}"#,
        ),
        reply(
            200,
            r#"{"access_token":"a2","expires_in":"1800","refresh_token":"refresh/2"}"#,
        ),
        reply(200, r#"{"access_token":"a3","token_type":"bearer"}"#),
    ]);
    let client = builder.build().unwrap();
    for _ in 0..3 {
        client.put_item(&Item::default()).await.unwrap();
        tokio::time::sleep(1_741 * SECOND).await;
    }
    tokio::time::sleep(99_999 * SECOND).await; // nobody said how long it is good
    client.put_item(&Item::default()).await.unwrap();
    let requests = replay.requests();
    let form = |index: usize| {
        let request = &requests[index];
        assert_eq!(request.method(), "POST");
        assert_eq!(request.uri(), "https://login.example.com/oauth/token");
        let kind = &request.headers()["content-type"];
        assert_eq!(kind, "application/x-www-form-urlencoded");
        String::from_utf8(request.body().to_vec()).unwrap()
    };
    let client = "grant_type=refresh_token&client_id=id%20%26%201&client_secret=s%2Bcret";
    assert_eq!(form(0), format!("{client}&refresh_token=refresh%2F0"));
    assert_eq!(form(2), format!("{client}&refresh_token=refresh%2F0"));
    assert_eq!(form(4), format!("{client}&refresh_token=refresh%2F2"));
    let sent: Vec<&str> = requests.iter().map(bearer).collect();
    assert_eq!(
        sent,
        [
            "",
            "Bearer a1",
            "",
            "Bearer a2",
            "",
            "Bearer a3",
            "Bearer a3"
        ]
    );
    assert_eq!(*stored.lock().unwrap(), ["refresh/2"]);
    let value = &requests[1].headers()["authorization"];
    assert!(value.is_sensitive());
}

#[tokio::test(start_paused = true)]
async fn oauth_says_why_there_is_no_token_and_nothing_more() {
    let lost = || {
        Err(TransportError::new(
            TransportErrorKind::Interrupted,
            "reset",
        ))
    };
    for (answers, expected) in [
        (
            vec![reply(
                400,
                r#"{"error":"invalid_grant","error_description":"refresh/0 is old"}"#,
            )],
            "the token URL returned 400 Bad Request, invalid_grant",
        ),
        (
            vec![reply(401, r#"{"error":"your token refresh/0"}"#)],
            "the token URL returned 401 Unauthorized",
        ),
        (
            vec![reply(200, r#"{"token":"a1"}"#)],
            "the response of the token URL has no `access_token`",
        ),
        (
            vec![reply(200, r#"{"access_token":"a\nb"}"#)],
            "the token has characters that a header cannot have",
        ),
        (
            vec![reply(503, ""), reply(429, ""), reply(503, "")],
            "the token URL returned 503 Service Unavailable",
        ),
        (
            vec![lost(), lost(), lost()],
            "the connection to the server was lost: reset",
        ),
    ] {
        let (replay, _, builder) = oauth(answers);
        let client = builder.build().unwrap();
        let error = client.put_item(&Item::default()).await.unwrap_err();
        let start = "the request was not sent: there is no token to send: ";
        assert_eq!(error.to_string(), format!("{start}{expected}"));
        assert!(
            replay
                .requests()
                .iter()
                .all(|it| it.uri().path() == "/oauth/token")
        );
    }
}

#[test]
fn an_insecure_token_url_is_rejected() {
    for url in [
        "http://login.example.com/t",
        "https://u:p@x.com/t",
        "ftp://x",
        "",
        "https://x.com/t?a=b",
    ] {
        let refresh = OAuthRefresh::new(url, "i", "s", "r");
        let builder = Client::builder().transport(Replay::new());
        let error = builder.token_refresh(refresh).build().unwrap_err();
        assert!(error.to_string().starts_with("the token URL"), "{error}");
    }
}
