//! The default transport: reqwest with rustls. Not for wasm, where reqwest has neither timeouts nor streamed bodies of
//! this kind; set a transport there.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Frame, SizeHint};

use super::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

/// Servers close idle connections after a minute or earlier. A request that is sent at that moment fails without a
/// response, and may have been applied.
const POOL_IDLE: Duration = Duration::from_secs(45);

/// Sends requests with a [`reqwest::Client`].
#[derive(Debug, Clone)]
pub(crate) struct Reqwest(::reqwest::Client);

impl Reqwest {
    /// Wraps an existing client.
    pub(crate) fn of(client: ::reqwest::Client) -> Self {
        Reqwest(client)
    }

    /// Creates a client without redirects, referrers and, for plain text, proxies.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub(crate) fn new(plain_text: bool, connect: Duration) -> Result<Self, ::reqwest::Error> {
        let mut builder = ::reqwest::Client::builder()
            .redirect(::reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(connect)
            .pool_idle_timeout(POOL_IDLE);
        if plain_text {
            // plain text is for loopback addresses only, and a proxy is none
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
            let reply = self.0.execute(request).await.map_err(failed)?;
            if *reply.url() != url {
                // only an existing client can do that
                return Err(TransportError::new(
                    TransportErrorKind::Other,
                    "the HTTP client followed a redirect; set its redirect policy to none",
                ));
            }
            Ok(Response::from(reply).map(|body| Body::stream(ReqwestBody(body))))
        })
    }
}

/// Adapts reqwest's body. The timeout of reqwest covers it, too.
struct ReqwestBody(::reqwest::Body);

impl http_body::Body for ReqwestBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Pin::new(&mut self.0).poll_frame(context).map_err(failed)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

/// Converts the error of a request that reqwest cannot send.
fn not_sent(error: ::reqwest::Error) -> TransportError {
    TransportError::new(TransportErrorKind::NotSent, error.without_url())
}

fn failed(error: ::reqwest::Error) -> TransportError {
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
