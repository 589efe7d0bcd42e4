//! Access tokens that are refreshed, over a socket.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hubspot_products::{BoxFuture, Client, OAuthRefresh, Timer};

use crate::right;
use crate::support::login::{CLIENT_SECRET, REFRESH_TOKEN, TOKEN_PATH, access_token};
use crate::support::{Fake, Scenario};

/// Waits as ever, and its hands can be moved.
#[derive(Clone)]
pub struct Clock {
    start: Instant,
    ahead: Arc<AtomicU64>,
}

impl Clock {
    pub fn new() -> Self {
        Clock {
            start: Instant::now(),
            ahead: Arc::default(),
        }
    }

    fn skip(&self, seconds: u64) {
        self.ahead.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Timer for Clock {
    fn now(&self) -> Duration {
        self.start.elapsed() + Duration::from_secs(self.ahead.load(Ordering::SeqCst))
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(time))
    }
}

/// A client that refreshes its tokens at the fake.
pub fn refreshing(fake: &Fake, clock: impl Timer) -> Client {
    let url = format!("{}{TOKEN_PATH}", fake.url());
    let refresh = OAuthRefresh::new(url, "app-7", CLIENT_SECRET, REFRESH_TOKEN);
    let builder = Client::builder().base_url(fake.url()).timer(clock);
    let builder = builder.token_refresh(refresh);
    builder.build().expect("a client of the fake")
}

/// Sends a hundred calls at once, and all of them succeed.
async fn hundred(client: &Client) {
    let calls = (0..100).map(|_| tokio::spawn(client.upsert_products(&right()).into_future()));
    let calls: Vec<_> = calls.collect();
    for call in calls {
        call.await.expect("no panic").expect("a success");
    }
}

/// How many requests came to the token URL, and how many with the access token of each number.
fn observed(fake: &Fake, numbers: usize) -> (usize, Vec<usize>) {
    let requests = fake.requests();
    let logins = requests
        .iter()
        .filter(|request| request.uri().path() == TOKEN_PATH);
    let with = |number| {
        let bearer = format!("Bearer {}", access_token(number));
        let headers = requests.iter().map(http::Request::headers);
        headers
            .filter(|headers| {
                headers
                    .get("authorization")
                    .is_some_and(|it| *it == *bearer)
            })
            .count()
    };
    (logins.count(), (1..=numbers).map(with).collect())
}

#[tokio::test]
async fn a_hundred_calls_fetch_the_first_token_once() {
    let fake = Fake::start();
    hundred(&refreshing(&fake, Clock::new())).await;
    assert_eq!(observed(&fake, 1), (1, vec![100]));
}

#[tokio::test]
async fn a_hundred_calls_on_an_expired_token_refresh_once() {
    let (fake, clock) = (Fake::start(), Clock::new());
    let client = refreshing(&fake, clock.clone());
    client.upsert_products(&right()).await.expect("a success");
    clock.skip(1_800);
    fake.expire_token();
    hundred(&client).await;
    assert_eq!(
        observed(&fake, 2),
        (2, vec![1, 100]),
        "nobody sent the old one"
    );
}

#[tokio::test]
async fn a_hundred_calls_that_get_a_401_refresh_once_and_repeat_once() {
    let fake = Fake::start();
    let client = refreshing(&fake, Clock::new());
    client.upsert_products(&right()).await.expect("a success");
    fake.expire_token(); // earlier than it was said
    hundred(&client).await;
    let (logins, sent) = observed(&fake, 2);
    assert_eq!((logins, sent[1]), (2, 100));
    // calls that began after the refresh were never rejected
    assert!((2..=101).contains(&sent[0]), "{sent:?}");
}

#[tokio::test]
async fn a_refresh_outlives_the_call_that_began_it() {
    let fake = Fake::start();
    fake.answer(Scenario::Late(Duration::from_millis(300)));
    let client = refreshing(&fake, Clock::new());
    let call = tokio::spawn(client.upsert_products(&right()).into_future());
    while fake.calls() == 0 {
        tokio::task::yield_now().await;
    }
    call.abort();
    assert!(call.await.expect_err("it was given up").is_cancelled());
    hundred(&client).await;
    assert_eq!(observed(&fake, 1), (1, vec![100]));
}
