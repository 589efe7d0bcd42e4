//! A tower `Service` as the transport: hyper's client with layers of tower, without reqwest.
//!
//! `cargo run -p hubspot-products --example tower --no-default-features --features timer`. It uses a fake of the
//! endpoint on loopback, without TLS; hyper-rustls has a connector for https.

#[allow(dead_code, reason = "the tests need more of the fake than this")]
#[path = "../tests/support/mod.rs"]
mod support;

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hubspot_products::{
    Body, BoxFuture, Client, Transport, TransportError, TransportErrorKind, UpsertBatch,
    UpsertInput,
};
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;
use support::{Fake, TOKEN};
use tower::{Service, ServiceBuilder, ServiceExt};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let fake = Fake::start();
    let http = legacy::Client::builder(TokioExecutor::new())
        .pool_idle_timeout(Duration::from_secs(45))
        .build_http::<Full<Bytes>>();
    let service = ServiceBuilder::new()
        .concurrency_limit(2)
        .map_request(|mut request: Request<Bytes>| {
            let value = http::HeaderValue::from_static("example");
            request.headers_mut().insert("x-source", value);
            request.map(Full::new)
        })
        .service(http);
    let client = Client::builder()
        .base_url(fake.url())
        .token(TOKEN)
        .transport(ByTower(service))
        .build()?;

    let batch = UpsertBatch::new(
        ["SKU-1", "SKU-2"]
            .map(|sku| UpsertInput::new(sku, [("name", "Widget")]).with_id_property("hs_sku")),
    );
    let response = client.upsert_products(&batch).await?;
    for product in response.results() {
        println!("{} new: {}", product.id, product.new);
    }
    let requests = fake.requests();
    println!(
        "{} request, x-source: {:?}",
        requests.len(),
        requests[0].headers()["x-source"]
    );
    Ok(())
}

/// Sends each request with a clone of a service, as tower requires.
struct ByTower<S>(S);

impl<S, B> Transport for ByTower<S>
where
    S: Service<Request<Bytes>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<Box<dyn Error + Send + Sync>> + 'static,
    S::Future: Send,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    /// Needs no timeout of its own: the client has a timer, and drops this future when the timeout expires, even while
    /// the service is not ready.
    fn send(
        &self,
        request: Request<Bytes>,
        _: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let service = self.0.clone();
        Box::pin(async move {
            let reply = service.oneshot(request).await.map_err(lost)?;
            Ok(reply.map(|body| Body::stream(body.map_err(lost))))
        })
    }
}

/// Converts the error of a service; errors of hyper's client say whether there was a connection.
fn lost(error: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    let error = error.into();
    let hyper = error.downcast_ref::<legacy::Error>();
    let kind = if hyper.is_some_and(legacy::Error::is_connect) {
        TransportErrorKind::Connect
    } else {
        TransportErrorKind::Interrupted
    };
    TransportError::new(kind, error)
}
