//! A secret is never shown, whatever is printed.

use std::error::Error;
use std::fmt::Debug;

use super::block_on;
use super::sample::Item;
use crate::runtime::client::{Client, Credential};
use crate::runtime::transport::Replay;

const CANARY: &str = "c4n4ry";

fn check(shown: &str) {
    assert!(!shown.contains(CANARY), "{shown}");
    // the same in base64, as basic authorization sends it
    assert!(!shown.contains("YzRuNHJ5"), "{shown}");
}

fn check_error(error: &(dyn Error + 'static)) {
    let mut cause = Some(error);
    while let Some(error) = cause {
        check(&format!("{error} {error:?} {error:#?}"));
        cause = error.source();
    }
}

fn check_debug(value: &dyn Debug) {
    check(&format!("{value:?} {value:#?}"));
}

#[test]
fn debug_hides_credentials() {
    let clients: [fn() -> crate::runtime::client::ClientBuilder; 5] = [
        || Client::builder().token(CANARY),
        || Client::builder().basic("", CANARY),
        || Client::builder().header_key(CANARY).query_key(CANARY),
        || Client::builder().cookie_key(CANARY),
        || Client::builder().header("x-secret", CANARY),
    ];
    for builder in clients {
        let builder = builder().transport(Replay::new());
        check_debug(&builder);
        let client = builder.build().unwrap();
        check_debug(&client);
        let call = client.put_item(&Item::default()).header("x-other", CANARY);
        check_debug(&call);
        check_debug(call.request().unwrap().headers());
        // the replay has no reply
        let error = block_on(call.into_future()).unwrap_err();
        check_error(&error);
        let request = http::Request::get("/x").body(bytes::Bytes::new()).unwrap();
        let call = client.send(request);
        check_debug(&call);
        check_error(&block_on(call.into_future()).unwrap_err());
    }
    check_debug(&Client::builder().base_url(format!("https://u:{CANARY}@x.com")));
    check_debug(&Credential::bearer(CANARY));
}

#[cfg(feature = "reqwest")]
#[test]
fn errors_of_reqwest_hide_credentials() {
    // nobody listens there
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = Client::builder()
        .base_url(format!("http://{address}"))
        .header_key(CANARY)
        .query_key(CANARY)
        .build()
        .unwrap();
    let error = block_on(client.put_item(&Item::default()).into_future()).unwrap_err();
    assert!(!error.may_have_been_applied());
    check_error(&error);
}
