//! The calls of a generated crate.

#[doc(hidden)]
#[macro_export]
macro_rules! local_call {
    () => {
        use ::std::time::Duration;

        use $crate::external::bytes::Bytes;
        use $crate::external::http::{HeaderMap, Request, StatusCode};
        use $crate::external::serde::de::DeserializeOwned;
        use $crate::runtime::error::CallError;
        use $crate::runtime::form::Members;
        use $crate::runtime::parameters::Style;
        use $crate::runtime::request::RequestBuilder;
        use $crate::runtime::request_error::RequestError;
        use $crate::runtime::response::Reply;
        use $crate::runtime::retry::RetryPolicy;
        use $crate::runtime::transport::{Body, BoxFuture};
        use $crate::runtime::wire::ToJson;

        /// A call that is ready to be sent.
        ///
        /// It owns its data, so it can be stored, moved to another task, or cloned and sent again. Awaiting it returns the
        /// body; [`send`](Self::send) returns status and headers, too. `Op` is the operation, which decides what else can be
        /// set: its optional parameters.
        #[must_use = "nothing is sent before the call is awaited"]
        pub struct Call<T, E, Op = ()>($crate::runtime::call::Call<T, E, Op>);

        impl<T, E, Op> Call<T, E, Op> {
            /// Sets the deadline of the call, retries included.
            pub fn deadline(self, deadline: Duration) -> Self {
                Call(self.0.deadline(deadline))
            }

            /// Sets the timeout of one attempt, from connecting to the last byte of the response.
            pub fn attempt_timeout(self, timeout: Duration) -> Self {
                Call(self.0.attempt_timeout(timeout))
            }

            /// Sets the maximum size of the response body in bytes, after decompression.
            pub fn max_response_size(self, bytes: usize) -> Self {
                Call(self.0.max_response_size(bytes))
            }

            /// Overrides the client's retry policy for this call.
            pub fn retry(self, policy: RetryPolicy) -> Self {
                Call(self.0.retry(policy))
            }

            /// Marks the call as idempotent, whatever the description says: it can be retried after errors that leave open
            /// whether the server applied it.
            pub fn idempotent(self) -> Self {
                Call(self.0.idempotent())
            }

            /// Marks the call as not idempotent, whatever the description says: it is only retried if the server cannot have
            /// applied it.
            pub fn non_idempotent(self) -> Self {
                Call(self.0.non_idempotent())
            }

            /// Sets a header of this call, replacing one of the same name. `Debug` never shows its value.
            ///
            /// Names and values that HTTP does not allow, and headers that frame the message (`host`, `content-length`,
            /// `transfer-encoding`, `connection` and the like), make the call fail with [`CallError::Request`].
            pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                Call(self.0.header(name, value))
            }

            /// Returns the call that reads a success as bytes, whatever the description says: `call.bytes().await?`.
            pub fn bytes(self) -> Call<Bytes, E, Op> {
                Call(self.0.bytes())
            }

            /// Returns the call that reads a success as JSON of another type, whatever the description and the content type
            /// say: `call.json::<serde_json::Value>().await?`.
            pub fn json<J: DeserializeOwned>(self) -> Call<J, E, Op> {
                Call(self.0.json())
            }

            /// Returns the request that will be sent, credentials included. A token from a provider is added later.
            ///
            /// # Errors
            /// The request cannot be built; sending the call would return the same error.
            pub fn request(&self) -> Result<Request<Bytes>, RequestError> {
                self.0.request()
            }

            /// Decodes a response that did not come from the client's transport.
            ///
            /// # Errors
            /// The response is an error response, or cannot be decoded.
            pub fn decode(
                &self,
                status: StatusCode,
                headers: HeaderMap,
                body: Bytes,
            ) -> Result<Reply<T>, CallError<E>> {
                self.0.decode(status, headers, body)
            }

            /// Sends the call and returns the body with status and headers.
            ///
            /// # Errors
            /// See [`CallError`].
            pub async fn send(self) -> Result<Reply<T>, CallError<E>> {
                self.0.send().await
            }

            /// Sends the call and returns the body of a successful response as a stream of bytes.
            ///
            /// The maximum response size does not apply, because nothing is collected; the timeouts do. Error responses are
            /// decoded as usual. A body that breaks off while it is read is not retried.
            ///
            /// # Errors
            /// See [`CallError`].
            pub async fn stream(self) -> Result<Reply<Body>, CallError<E>> {
                self.0.stream().await
            }
        }

        /// What setters of optional parameters and bodies call.
        impl<T, E, Op> Call<T, E, Op> {
            pub(crate) fn put_body(
                self,
                change: impl FnOnce(RequestBuilder) -> RequestBuilder,
            ) -> Self {
                Call(self.0.put_body(change))
            }

            pub(crate) fn put_query(
                self,
                name: &'static str,
                style: Style,
                value: &dyn ToJson,
            ) -> Self {
                Call(self.0.put_query(name, style, value))
            }

            pub(crate) fn put_query_reserved(
                self,
                name: &'static str,
                style: Style,
                value: &dyn ToJson,
            ) -> Self {
                Call(self.0.put_query_reserved(name, style, value))
            }

            pub(crate) fn put_query_string(
                self,
                name: &'static str,
                style: Style,
                value: &dyn ToJson,
            ) -> Self {
                Call(self.0.put_query_string(name, style, value))
            }

            pub(crate) fn put_query_form(
                self,
                name: &'static str,
                value: &dyn ToJson,
                styles: &[Members],
            ) -> Self {
                Call(self.0.put_query_form(name, value, styles))
            }

            pub(crate) fn put_header(
                self,
                name: &'static str,
                style: Style,
                value: &dyn ToJson,
            ) -> Self {
                Call(self.0.put_header(name, style, value))
            }

            pub(crate) fn put_cookie(
                self,
                name: &'static str,
                style: Style,
                value: &dyn ToJson,
            ) -> Self {
                Call(self.0.put_cookie(name, style, value))
            }

            pub(crate) fn put_cookie_reserved(
                self,
                name: &'static str,
                style: Style,
                value: &dyn ToJson,
            ) -> Self {
                Call(self.0.put_cookie_reserved(name, style, value))
            }
        }

        impl<T: 'static, E: 'static, Op: 'static> IntoFuture for Call<T, E, Op> {
            type Output = Result<T, CallError<E>>;
            type IntoFuture = BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                self.0.into_future()
            }
        }

        impl<T, E, Op> Clone for Call<T, E, Op> {
            fn clone(&self) -> Self {
                Call(self.0.clone())
            }
        }

        impl<T, E, Op> ::std::fmt::Debug for Call<T, E, Op> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl<T, E, Op> $crate::runtime::call::OperationCall for Call<T, E, Op> {
            type Success = T;
            type Failure = E;
            type Operation = Op;

            #[inline]
            fn of(call: $crate::runtime::call::Call<T, E, Op>) -> Self {
                Call(call)
            }
        }

        /// The call as functions for calls of several services take it.
        impl<T, E, Op> From<Call<T, E, Op>> for $crate::runtime::call::Call<T, E, Op> {
            fn from(call: Call<T, E, Op>) -> Self {
                call.0
            }
        }
    };
}
