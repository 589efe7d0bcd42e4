//! Reply bodies that no well-behaved server sends.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame};

/// A first piece, and then something else than an end.
pub struct Fault {
    piece: Bytes,
    sent: bool,
    then: Then,
}

/// What comes after the first piece.
pub enum Then {
    /// The same piece again and again.
    Again,
    /// Nothing, with the connection held open.
    Wait,
    /// The end of the connection.
    Break,
}

impl Fault {
    pub fn new(piece: impl Into<Bytes>, then: Then) -> Self {
        let piece = piece.into();
        Fault {
            piece,
            sent: false,
            then,
        }
    }
}

impl Body for Fault {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let first = !std::mem::replace(&mut self.sent, true);
        match self.then {
            _ if first => {}
            Then::Again => {}
            Then::Wait => return Poll::Pending,
            Then::Break => {
                let broken = io::Error::other("the connection breaks here on purpose");
                return Poll::Ready(Some(Err(broken)));
            }
        }
        Poll::Ready(Some(Ok(Frame::data(self.piece.clone()))))
    }
}
