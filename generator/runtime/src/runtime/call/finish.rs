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

impl RequestBuilder {
    /// Makes the call; `success` and `failure` decode the response.
    pub(crate) fn call<T, E, Op>(
        self,
        success: ReadReply<T>,
        failure: ReadReply<E>,
    ) -> Call<T, E, Op> {
        self.finish(Decode::Whole(success), failure, None)
    }

    /// Makes the call of an operation that declares only some error responses: `&[404, 5]` for 404 and `5XX`.
    pub(crate) fn call_for<T, E, Op>(
        self,
        success: ReadReply<T>,
        failure: ReadReply<E>,
        statuses: &'static [u16],
    ) -> Call<T, E, Op> {
        self.finish(Decode::Whole(success), failure, Some(statuses))
    }

    /// Makes the call; `success` opens the body as a stream, `failure` decodes an error response.
    pub(crate) fn call_streaming<T, E, Op>(
        self,
        success: OpenStream<T>,
        failure: ReadReply<E>,
    ) -> Call<T, E, Op> {
        self.finish(Decode::Stream(success), failure, None)
    }

    /// Makes the call of an operation with a stream that declares only some error responses.
    pub(crate) fn call_streaming_for<T, E, Op>(
        self,
        success: OpenStream<T>,
        failure: ReadReply<E>,
        statuses: &'static [u16],
    ) -> Call<T, E, Op> {
        self.finish(Decode::Stream(success), failure, Some(statuses))
    }

    fn finish<T, E, Op>(
        self,
        success: Decode<T>,
        read: ReadReply<E>,
        statuses: Option<&'static [u16]>,
    ) -> Call<T, E, Op> {
        let state = State::of_operation(self);
        made(state, success, Failure { read, statuses })
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
