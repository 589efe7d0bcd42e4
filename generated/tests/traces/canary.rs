//! Secrets, through every fault over real sockets: looked for in all that prints, and on the way to another origin.

use std::error::Error;
use std::fmt::Debug;
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hubspot_products::{
    BearerToken, Client, ClientBuilder, OAuthRefresh, RetryDecision, RetryPolicy, TokenError,
};
use serde_json::json;

use crate::batch;
use crate::recorder::{ON_PURPOSE, Recording};
use crate::support::login::{CLIENT_SECRET, REFRESH_TOKEN, TOKEN_PATH};
use crate::support::{Fake, PATH, Scenario, TOKEN};

/// The value of headers of the caller's own.
const KEY: &str = "key-of-a-proxy";

/// What must not be seen; access tokens that were fetched begin with the last.
const SECRETS: [&str; 5] = [TOKEN, KEY, CLIENT_SECRET, REFRESH_TOKEN, "access-token-"];

fn secret_in(text: &str) -> Option<&'static str> {
    SECRETS.into_iter().find(|secret| text.contains(secret))
}

/// All that was printed.
#[derive(Clone, Default)]
struct Printed(Arc<Mutex<Vec<String>>>);

impl Printed {
    fn add(&self, text: String) {
        self.0.lock().expect("nothing panics with it").push(text);
    }

    fn debug(&self, value: &dyn Debug) {
        self.add(format!("{value:?} {value:#?}"));
    }

    fn error(&self, error: &(dyn Error + 'static)) {
        let mut cause = Some(error);
        while let Some(error) = cause {
            self.add(format!("{error} {error:#} {error:?} {error:#?}"));
            cause = error.source();
        }
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("nothing panics with it"))
    }
}

/// How a client gets its token.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Credential {
    Token,
    Provider,
    Refresh,
    /// With a secret that the token URL does not take; it says so with all that it was sent.
    WrongRefresh,
}

impl Credential {
    const ALL: [Self; 4] = [
        Self::Token,
        Self::Provider,
        Self::Refresh,
        Self::WrongRefresh,
    ];

    fn set(self, builder: ClientBuilder, fake: &Fake) -> ClientBuilder {
        let refresh = |secret: &str| {
            let url = format!("{}{TOKEN_PATH}", fake.url());
            OAuthRefresh::new(url, "app-7", secret, REFRESH_TOKEN)
        };
        match self {
            Self::Token => builder.token(TOKEN),
            Self::Provider => {
                builder.token_provider(|| async { Ok::<_, TokenError>(BearerToken::new(TOKEN)) })
            }
            Self::Refresh => builder.token_refresh(refresh(CLIENT_SECRET)),
            Self::WrongRefresh => {
                builder.token_refresh(refresh(&format!("{CLIENT_SECRET}-of-yesterday")))
            }
        }
    }
}

/// Every way in which a reply can go wrong, and the ordinary one.
fn scenarios(elsewhere: &str) -> Vec<Scenario> {
    let moment = Duration::from_millis(1);
    let rejection = json!({"category": "VALIDATION_ERROR", "message": "No."});
    let mut all = vec![
        Scenario::Redirect(format!("{elsewhere}{PATH}")),
        Scenario::Reply(400, rejection.clone()),
        Scenario::Reply(477, rejection.clone()),
        Scenario::Reply(404, rejection),
        Scenario::Reply(200, json!([])),
        Scenario::Reply(200, json!({"access_token": 7})),
        Scenario::RetryAfter("0"),
        Scenario::RetryAfter("86400"),
        Scenario::RetryAfter("soon"),
        Scenario::Late(moment),
        Scenario::Slow(moment),
        Scenario::Padded(100_000),
        Scenario::PartlyUntraced(2),
        Scenario::BusyRows(1),
    ];
    all.extend([200, 201, 500].map(Scenario::Status));
    all.extend([502, 504, 521].map(Scenario::Gateway));
    all.extend(["TEN_SECONDLY_ROLLING", "SECONDLY", "DAILY"].map(Scenario::RateLimited));
    all.extend([
        Scenario::NoContent,
        Scenario::CountsAnError,
        Scenario::MemberTwice,
        Scenario::FromTheFuture,
        Scenario::NullProperty,
        Scenario::Untraced,
        Scenario::Endless,
        Scenario::Stalled,
        Scenario::Truncated,
        Scenario::Unavailable,
        Scenario::LateGateway,
        Scenario::Expired,
        Scenario::ResetBefore,
        Scenario::CommitThenReset,
        Scenario::CommitThenClose,
        Scenario::ResetMidway,
        Scenario::Silent,
        Scenario::NamelessErrors,
        Scenario::TwiceTold,
        Scenario::Sorted,
        Scenario::HalfTold,
        Scenario::NothingTold,
        Scenario::NothingDone,
        Scenario::Contradiction,
    ]);
    all
}

fn client(fake: &Fake, credential: Credential, printed: &Printed) -> Client {
    let moment = Duration::from_millis(1);
    let seen = printed.clone();
    let policy = RetryPolicy::new()
        .backoff(moment, moment)
        .decide(move |failed| {
            seen.debug(failed);
            RetryDecision::Default
        });
    let builder = Client::builder()
        .base_url(fake.url())
        .header("x-proxy-key", KEY)
        .retry(policy)
        .attempt_timeout(Duration::from_millis(60))
        .max_response_size(60_000);
    let builder = credential.set(builder, fake);
    printed.debug(&builder);
    let client = builder.build().expect("a client of the fake");
    printed.debug(&client);
    client
}

/// Sends one call and a run through a fault, and prints all there is.
async fn through(fake: &Fake, client: &Client, scenario: &Scenario, printed: &Printed) {
    for _ in 0..3 {
        fake.answer(scenario.clone());
    }
    let call = client.upsert_products(&batch()).header("x-own-key", KEY);
    printed.debug(&call);
    printed.debug(&call.request());
    let result = call.send().await;
    match &result {
        Ok(reply) => printed.debug(reply),
        Err(error) => printed.error(error),
    }
    let panic = catch_unwind(AssertUnwindSafe(|| {
        panic!("{ON_PURPOSE}: {result:?}");
    }));
    printed.add(
        *panic
            .expect_err("it panicked")
            .downcast()
            .expect("a string"),
    );

    fake.answer(scenario.clone());
    let mut run = client
        .upsert_products_all(batch().inputs)
        .initial_backoff(Duration::from_millis(1))
        .outage_timeout(Duration::from_millis(50));
    printed.debug(&run);
    while let Some(settled) = run.next().await {
        printed.debug(&settled);
        printed.add(settled.outcome.to_string());
    }
}

#[tokio::test]
async fn no_secret_is_shown_and_none_goes_elsewhere() {
    let recording = Recording::start();
    let trap = TcpListener::bind("127.0.0.1:0").expect("a free port");
    trap.set_nonblocking(true).expect("a socket of ours");
    let elsewhere = format!("http://{}", trap.local_addr().expect("it listens"));
    let scenarios = scenarios(&elsewhere);
    let printed = Printed::default();
    let mut missing = vec![
        " call method=",
        " attempt number=",
        "panic: ",
        "reqwest",
        "hyper",
    ];
    let (mut requests, mut strings, mut bytes) = (0, 0, 0);
    for scenario in &scenarios {
        for credential in Credential::ALL {
            for is_warm in [true, false] {
                let fake = Fake::start();
                let client = client(&fake, credential, &printed);
                if is_warm {
                    let first = client.upsert_products(&batch()).await;
                    assert_eq!(first.is_ok(), credential != Credential::WrongRefresh);
                }
                through(&fake, &client, scenario, &printed).await;
                requests += check_requests(&fake);
            }
        }
        let mut shown = printed.take();
        let recorded = recording.take();
        missing.retain(|part| !recorded.iter().any(|line| line.contains(part)));
        shown.extend(recorded);
        for text in &shown {
            assert_eq!(secret_in(text), None, "{scenario:?}: {text}");
            bytes += text.len();
        }
        strings += shown.len();
    }
    let error = trap.accept().expect_err("nobody came");
    assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock);
    println!(
        "{} scenarios, {requests} requests, {strings} strings with {bytes} bytes: no secret; no connection elsewhere",
        scenarios.len()
    );
    assert!(scenarios.len() >= 30 && requests > 1_000 && strings > 10_000);
    assert!(missing.is_empty(), "nothing of {missing:?} was recorded");
}

/// The secrets did travel to where they belong; gives how many requests there were.
fn check_requests(fake: &Fake) -> usize {
    let requests = fake.requests();
    for request in &requests {
        let (headers, body) = (request.headers(), request.body());
        if request.uri().path() == TOKEN_PATH {
            assert!(secret_in(&String::from_utf8_lossy(body)).is_some());
            continue;
        }
        for name in ["authorization", "x-proxy-key"] {
            let value = headers[name].to_str().expect("a string");
            assert!(secret_in(value).is_some(), "{value}");
        }
    }
    requests.len()
}
