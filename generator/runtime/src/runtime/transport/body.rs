//! Response bodies.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::{TransportError, TransportErrorKind};

/// A response body: bytes in memory, or a stream.
pub struct Body(Source);

enum Source {
    /// The complete body; empty once it is returned.
    Whole(Bytes),
    Stream(Pin<Box<dyn http_body::Body<Data = Bytes, Error = TransportError> + Send>>),
}

/// The maximum memory that is allocated for a length that the server announces.
const TRUSTED_HINT: usize = 64 * 1024;

impl Body {
    /// Creates a body from a stream.
    pub fn stream(
        body: impl http_body::Body<Data = Bytes, Error = TransportError> + Send + 'static,
    ) -> Self {
        Body(Source::Stream(Box::pin(body)))
    }

    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    /// The connection was lost, or the timeout expired. Nothing follows.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        while let Some(frame) = self.next().await {
            if let Ok(chunk) = frame?.into_data()
                && !chunk.is_empty()
            {
                return Ok(Some(chunk));
            }
        }
        Ok(None)
    }

    /// Reads the complete body of at most `max_size` bytes. `is_late` is called with each chunk, and ends the reading.
    ///
    /// A body of one chunk is not copied.
    pub(crate) async fn collect(
        mut self,
        max_size: usize,
        is_late: impl Fn() -> bool,
    ) -> Result<Bytes, TransportError> {
        let announced = http_body::Body::size_hint(&self).lower();
        if announced > max_size as u64 {
            return Err(too_large(max_size));
        }
        let mut whole = Bytes::new();
        let mut chunks = Vec::new();
        while let Some(frame) = self.next().await {
            let Ok(chunk) = frame?.into_data() else {
                continue; // trailers
            };
            if is_late() {
                return Err(TransportError::new(
                    TransportErrorKind::TimedOut,
                    "the body was still arriving when the timeout expired",
                ));
            }
            if chunk.len() > max_size - whole.len() - chunks.len() {
                return Err(too_large(max_size));
            }
            if chunks.is_empty() && whole.is_empty() {
                whole = chunk;
                continue;
            }
            if chunks.is_empty() {
                let hint = usize::try_from(announced).unwrap_or(0).min(TRUSTED_HINT);
                chunks.reserve(hint.max(2 * whole.len()));
                chunks.extend_from_slice(&std::mem::take(&mut whole));
            }
            chunks.extend_from_slice(&chunk);
        }
        Ok(if chunks.is_empty() {
            whole
        } else {
            chunks.into()
        })
    }

    async fn next(&mut self) -> Option<Result<Frame<Bytes>, TransportError>> {
        std::future::poll_fn(|context| http_body::Body::poll_frame(Pin::new(self), context)).await
    }
}

fn too_large(max_size: usize) -> TransportError {
    TransportError::new(
        TransportErrorKind::TooLarge,
        format!("the maximum is {max_size} bytes"),
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
