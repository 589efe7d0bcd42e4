//! The body of a reply, while it arrives.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::{TransportError, TransportErrorKind};

/// The body of a reply: bytes that are there already, or a stream of them.
pub struct Body(Source);

enum Source {
    /// All of it; empty once it was handed out.
    Whole(Bytes),
    Stream(Pin<Box<dyn http_body::Body<Data = Bytes, Error = TransportError> + Send>>),
}

/// How much memory a length that the server announces may claim before any byte of it arrived.
const TRUSTED_HINT: usize = 64 * 1024;

impl Body {
    /// A body that arrives in pieces.
    pub fn stream(
        body: impl http_body::Body<Data = Bytes, Error = TransportError> + Send + 'static,
    ) -> Self {
        Body(Source::Stream(Box::pin(body)))
    }

    /// The next piece, as it arrives; `None` at the end.
    ///
    /// # Errors
    /// The connection broke, or time is up. Nothing follows then.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        while let Some(frame) = self.next().await {
            if let Ok(piece) = frame?.into_data()
                && !piece.is_empty()
            {
                return Ok(Some(piece));
            }
        }
        Ok(None)
    }

    /// Reads all of it, at most `cap` bytes. `late` is asked whenever a piece arrives, and ends the reading.
    ///
    /// A body of one piece is not copied.
    pub(crate) async fn collect(
        mut self,
        cap: usize,
        late: impl Fn() -> bool,
    ) -> Result<Bytes, TransportError> {
        let announced = http_body::Body::size_hint(&self).lower();
        if announced > cap as u64 {
            return Err(too_large(cap));
        }
        let mut whole = Bytes::new();
        let mut pieces = Vec::new();
        while let Some(frame) = self.next().await {
            let Ok(piece) = frame?.into_data() else {
                continue; // trailers
            };
            if late() {
                return Err(TransportError::new(
                    TransportErrorKind::TimedOut,
                    "the body was still arriving when time was up",
                ));
            }
            if piece.len() > cap - whole.len() - pieces.len() {
                return Err(too_large(cap));
            }
            if pieces.is_empty() && whole.is_empty() {
                whole = piece;
                continue;
            }
            if pieces.is_empty() {
                let hint = usize::try_from(announced).unwrap_or(0).min(TRUSTED_HINT);
                pieces.reserve(hint.max(2 * whole.len()));
                pieces.extend_from_slice(&std::mem::take(&mut whole));
            }
            pieces.extend_from_slice(&piece);
        }
        Ok(if pieces.is_empty() {
            whole
        } else {
            pieces.into()
        })
    }

    async fn next(&mut self) -> Option<Result<Frame<Bytes>, TransportError>> {
        std::future::poll_fn(|context| http_body::Body::poll_frame(Pin::new(self), context)).await
    }
}

fn too_large(cap: usize) -> TransportError {
    TransportError::new(
        TransportErrorKind::TooLarge,
        format!("the cap is {cap} bytes"),
    )
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut self.0 {
            Source::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Source::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Source::Stream(stream) => stream.as_mut().poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Source::Whole(bytes) => bytes.is_empty(),
            Source::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Source::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Source::Stream(stream) => stream.size_hint(),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Body(Source::Whole(bytes))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Whole(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Source::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}
