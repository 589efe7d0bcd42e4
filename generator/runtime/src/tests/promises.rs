//! Guarantees of the types: they are `Send`, small, and independent of each other.

use std::fmt::Debug;
use std::sync::Arc;

use super::sample::{ItemResponse, Problem};
use crate::runtime::call::Call;
use crate::runtime::client::{Client, ClientBuilder, Credential, SetupError};
use crate::runtime::error::{ApiError, CallError, IncompleteReply, UndeclaredReply};
use crate::runtime::request_error::RequestError;
use crate::runtime::response::Reply;
use crate::runtime::transport::{Body, BoxFuture, Replay, Transport, TransportError};
use crate::runtime::wire::{Mismatch, Tristate};

fn shared<T: Send + Sync + Debug + 'static>() {}
fn sent<T: Send + 'static>(_: T) {}
fn error<T: std::error::Error + Send + Sync + 'static>() {}

/// Not even `Debug` is needed of what is only moved.
struct Opaque;

#[test]
fn types_cross_threads() {
    shared::<Client>();
    shared::<Call<ItemResponse, Problem>>();
    shared::<Call<Opaque, Opaque>>();
    shared::<Reply<ItemResponse>>();
    shared::<CallError<Problem>>();
    shared::<ApiError<Problem>>();
    shared::<UndeclaredReply>();
    shared::<IncompleteReply>();
    shared::<Replay>();
    shared::<Arc<Replay>>();
    shared::<Credential>();
    shared::<Tristate<String>>();
    sent::<Option<Body>>(None);
    sent::<Option<ClientBuilder>>(None);
}

#[test]
fn errors_are_errors() {
    error::<CallError<Problem>>();
    error::<TransportError>();
    error::<RequestError>();
    error::<SetupError>();
    error::<Mismatch>();
}

#[test]
fn an_error_is_small() {
    assert!(size_of::<CallError<[u8; 4096]>>() <= 24);
    assert!(size_of::<TransportError>() <= 8);
    assert!(size_of::<Mismatch>() <= 8);
}

#[test]
fn a_call_can_be_spawned() {
    let client = Client::builder().transport(Replay::new()).build().unwrap();
    let call = client.clear();
    sent(call.clone().send());
    let future: BoxFuture<'static, _> = call.into_future();
    sent(future);
}

#[test]
fn transports_are_objects_and_can_be_shared() {
    let boxed: Arc<dyn Transport> = Arc::new(Replay::new());
    let client = Client::builder().transport(boxed).build().unwrap();
    drop(client);
}
