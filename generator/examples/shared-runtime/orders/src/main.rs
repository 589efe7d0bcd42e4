//! Two clients with one runtime: they have one transport and one rate limiter, and one function reports the errors of
//! both.

use std::error::Error;
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use oasmith_runtime::{CallError, RateLimiter, Replay};

/// Takes an error of any client; each says for itself where its messages are.
fn reason<E: Debug>(error: &CallError<E>) -> &str {
    error.message().unwrap_or("no reason")
}

/// Sends a request of the program's own by any client.
async fn is_up(client: &oasmith_runtime::Client) -> bool {
    let request = http::Request::get("/health").body(Default::default());
    client.send(request.expect("it is a request")).await.is_ok()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // a pool of connections in a real program: here both services are in memory
    let network = Arc::new(Replay::from_fn(|request| {
        let (status, body) = match (request.uri().host(), request.uri().path()) {
            (_, "/health") => (200, ""),
            (Some("books.example"), _) => (503, r#"{"message":"closed on Mondays"}"#),
            (_, "/tables/1/guests") => (201, r#"{"guests":2,"until":"2024-01-02T20:00:00"}"#),
            _ => (409, r#"{"detail":"the table is taken"}"#),
        };
        let reply = http::Response::builder().status(status);
        let reply = reply.header("content-type", "application/json");
        Ok(reply.body(body.into()).expect("it is a response"))
    }));
    let limiter = RateLimiter::new(100, Duration::from_secs(1));

    let books = books::Client::builder()
        .transport(network.clone())
        .rate_limit(limiter.clone())
        .retry(books::RetryPolicy::none())
        .build()?;
    let cafe = cafe::Client::builder()
        .token("secret")
        .transport(network.clone())
        .rate_limit(limiter)
        .build()?;

    assert!(is_up(&books).await && is_up(&cafe).await);

    let closed = books
        .list_books()
        .author("Ovid")
        .await
        .expect_err("it is closed");
    let party = cafe::Party::new(2);
    let seated = cafe.seat(1, &party).await?;
    let taken = cafe.seat(7, &party).await.expect_err("it is taken");

    println!("books: {}", reason(&closed));
    println!("table 1: {} guests until {:?}", seated.guests, seated.until);
    println!("table 7: {}", reason(&taken));
    assert_eq!(
        (reason(&closed), reason(&taken)),
        ("closed on Mondays", "the table is taken")
    );
    assert!(seated.until.is_some(), "its clock is in UTC");
    assert_eq!(network.requests().len(), 5);

    let agents = network.requests();
    let agents: Vec<_> = agents
        .iter()
        .map(|request| request.headers()["user-agent"].clone())
        .collect();
    assert!(
        agents.contains(&http::HeaderValue::from_static("cafe/0.1.0")),
        "each client has its own name"
    );
    Ok(())
}
