//! How calls are made: of operations, and of requests that the description does not cover.

use std::marker::PhantomData;

use bytes::Bytes;
use http::Request;

use super::state::State;
use super::{Call, Decode, Failure, OpenStream};
use crate::runtime::client::Client;
use crate::runtime::request::RequestBuilder;
use crate::runtime::response::{self, ReadReply};

impl Client {
    /// Sends a request that the description does not cover.
    ///
    /// The URL is a path below the base URL (`/crm/v3/objects/products/1`) or a full URL with the same origin; other
    /// origins are rejected, because the request would take the credentials there. All credentials that are set are
    /// added, unless the request already has that header. Limits and timeouts are those of any call, and can be set on
    /// the returned [`Call`]. Any 2xx status is a success, whatever its body. Whether the request can be retried
    /// follows from its method; [`Call::idempotent`] overrides that.
    pub fn send(&self, request: Request<Bytes>) -> Call<Bytes, Bytes> {
        let state = State::given(self.clone(), request);
        let failure = Failure {
            read: response::bytes,
            statuses: None,
        };
        made(state, Decode::Whole(response::bytes), failure)
    }
}

/// A call of an operation: [`Call`], or the type that a crate has around it.
pub trait OperationCall {
    /// The body of a success.
    type Success;
    /// The body of an error response.
    type Failure;
    /// The operation.
    type Operation;

    /// Makes it from the call.
    fn of(call: Call<Self::Success, Self::Failure, Self::Operation>) -> Self;
}

impl<T, E, Op> OperationCall for Call<T, E, Op> {
    type Success = T;
    type Failure = E;
    type Operation = Op;

    #[inline]
    fn of(call: Self) -> Self {
        call
    }
}

impl RequestBuilder {
    /// Makes the call; `success` and `failure` decode the response.
    pub fn call<C: OperationCall>(
        self,
        success: ReadReply<C::Success>,
        failure: ReadReply<C::Failure>,
    ) -> C {
        self.finish(Decode::Whole(success), failure, None)
    }

    /// Makes the call of an operation that declares only some error responses: `&[404, 5]` for 404 and `5XX`.
    pub fn call_for<C: OperationCall>(
        self,
        success: ReadReply<C::Success>,
        failure: ReadReply<C::Failure>,
        statuses: &'static [u16],
    ) -> C {
        self.finish(Decode::Whole(success), failure, Some(statuses))
    }

    /// Makes the call; `success` opens the body as a stream, `failure` decodes an error response.
    pub fn call_streaming<C: OperationCall>(
        self,
        success: OpenStream<C::Success>,
        failure: ReadReply<C::Failure>,
    ) -> C {
        self.finish(Decode::Stream(success), failure, None)
    }

    /// Makes the call of an operation with a stream that declares only some error responses.
    pub fn call_streaming_for<C: OperationCall>(
        self,
        success: OpenStream<C::Success>,
        failure: ReadReply<C::Failure>,
        statuses: &'static [u16],
    ) -> C {
        self.finish(Decode::Stream(success), failure, Some(statuses))
    }

    fn finish<C: OperationCall>(
        self,
        success: Decode<C::Success>,
        read: ReadReply<C::Failure>,
        statuses: Option<&'static [u16]>,
    ) -> C {
        let state = State::of_operation(self);
        C::of(made(state, success, Failure { read, statuses }))
    }
}

fn made<T, E, Op>(state: State, success: Decode<T>, failure: Failure<E>) -> Call<T, E, Op> {
    Call {
        state: Box::new(state),
        success,
        failure,
        operation: PhantomData,
    }
}
