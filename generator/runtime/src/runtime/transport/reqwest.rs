//! The default transport: reqwest on rustls. Not for wasm, where reqwest has neither time-outs nor streamed bodies of
//! this kind; a client has to be given a transport there.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Frame, SizeHint};

use super::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

/// Servers close connections that were idle for a minute, or even earlier; a request sent into such a moment fails
/// without a reply, and nobody knows what became of it.
const POOL_IDLE: Duration = Duration::from_secs(45);

/// Sends by a [`reqwest::Client`].
#[derive(Debug, Clone)]
pub(crate) struct Reqwest(::reqwest::Client);

impl Reqwest {
    /// Sends by a client that somebody set up for other reasons, too.
    pub(crate) fn of(client: ::reqwest::Client) -> Self {
        Reqwest(client)
    }

    /// Sets up a client that is careful: no redirects, no referrer, no proxy for plain text.
    ///
    /// # Errors
    /// The machine has no usable TLS setup.
    pub(crate) fn new(plain_text: bool, connect: Duration) -> Result<Self, ::reqwest::Error> {
        let mut builder = ::reqwest::Client::builder()
            .redirect(::reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(connect)
            .pool_idle_timeout(POOL_IDLE);
        if plain_text {
            // Plain text is allowed to loopback only, and a proxy is not loopback.
            builder = builder.no_proxy();
        }
        builder.build().map(Reqwest)
    }
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let mut request = ::reqwest::Request::try_from(request).map_err(not_sent)?;
            *request.timeout_mut() = Some(timeout);
            let url = request.url().clone();
            let reply = self.0.execute(request).await.map_err(broken)?;
            if *reply.url() != url {
                // Only a client that was given from outside can do that.
                return Err(TransportError::new(
                    TransportErrorKind::Other,
                    "the HTTP client followed a redirect; set its redirect policy to none",
                ));
            }
            Ok(Response::from(reply).map(|body| Body::stream(Arriving(body))))
        })
    }
}

/// reqwest's body with our errors. reqwest goes on counting the time-out while it is read.
struct Arriving(::reqwest::Body);

impl http_body::Body for Arriving {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Pin::new(&mut self.0).poll_frame(context).map_err(broken)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

/// The request is not one that reqwest can send.
fn not_sent(error: ::reqwest::Error) -> TransportError {
    TransportError::new(TransportErrorKind::NotSent, error.without_url())
}

fn broken(error: ::reqwest::Error) -> TransportError {
    let (connect, timeout) = (error.is_connect(), error.is_timeout());
    let kind = if timeout {
        TransportErrorKind::TimedOut
    } else if connect {
        TransportErrorKind::Connect
    } else if error.is_builder() {
        TransportErrorKind::NotSent
    } else if error.is_decode() {
        TransportErrorKind::Other
    } else {
        TransportErrorKind::Interrupted
    };
    let error = error.without_url(); // its query can hold a secret
    if connect && timeout {
        TransportError::connect_timed_out(error)
    } else {
        TransportError::new(kind, error)
    }
}
