//! The types that each generated crate has for itself, where the rest of the support code is in this crate.
//!
//! Generated code adds methods to the client, its builder and its calls, and Rust allows that only in the crate that
//! defines a type. So a crate with `runtime: crate` in its `codegen.yaml` has types of its own around those of this
//! crate, with the same methods: a program compiles whichever way its clients have their runtime. A test compares the
//! methods.

mod call;

/// Defines the modules `client` and `call` of a generated crate. The argument is the version of the runtime that the
/// crate was generated for, without its patch: a runtime of another version says so, in one error.
#[doc(hidden)]
#[macro_export]
macro_rules! local_types {
    (v0_1) => {
        pub(crate) mod client {
            pub use $crate::runtime::client::{
                Advice, Credential, Locator, Place, RateLimitHeaders, RetryRule, Scheme, SchemeKind,
                Service, ServicePart, SetupError, Unit,
            };

            $crate::local_client!();
            $crate::local_builder!();
        }

        pub(crate) mod call {
            $crate::local_call!();
        }
    };
    ($version:ident) => {
        ::std::compile_error!(::std::concat!(
            "this client was generated for `oasmith-runtime` ",
            ::std::stringify!($version),
            ", and the version in Cargo.lock is another one: generate the client again, or change the version in \
             Cargo.toml"
        ));
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! local_client {
    () => {
        /// A client of the service. Cloning is cheap; clones share connections, limits and the retry budget.
        ///
        /// Its methods return a call; nothing is sent before the call is awaited.
        #[derive(Clone)]
        pub struct Client($crate::runtime::client::Client);

        impl Client {
            /// Sends a request that the description does not cover.
            ///
            /// The URL is a path below the base URL (`/crm/v3/objects/products/1`) or a full URL with the same origin; other
            /// origins are rejected, because the request would take the credentials there. All credentials that are set are
            /// added, unless the request already has that header. Limits and timeouts are those of any call, and can be set on
            /// the returned [`Call`]. Any 2xx status is a success, whatever its body. Whether the request can be retried
            /// follows from its method; [`Call::idempotent`] overrides that.
            ///
            /// [`Call`]: super::call::Call
            /// [`Call::idempotent`]: super::call::Call::idempotent
            pub fn send(
                &self,
                request: $crate::external::http::Request<$crate::external::bytes::Bytes>,
            ) -> super::call::Call<$crate::external::bytes::Bytes, $crate::external::bytes::Bytes>
            {
                $crate::runtime::call::OperationCall::of(self.0.send(request))
            }
        }

        impl ::std::fmt::Debug for Client {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }

        pub(crate) type Base = $crate::runtime::client::Client;

        pub(crate) fn part(client: &Client, index: usize) -> Client {
            Client($crate::runtime::client::part(&client.0, index))
        }

        /// The client as functions for clients of several services take it.
        impl ::std::ops::Deref for Client {
            type Target = $crate::runtime::client::Client;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl ::std::borrow::Borrow<$crate::runtime::client::Client> for Client {
            fn borrow(&self) -> &$crate::runtime::client::Client {
                &self.0
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! local_builder {
    () => {
        /// Configures and builds a [`Client`]. `Debug` never shows credentials and headers.
        #[must_use = "nothing is built before `build`"]
        pub struct ClientBuilder($crate::runtime::client::ClientBuilder);

        impl ClientBuilder {
            pub(crate) fn new(service: &'static Service) -> Self {
                let agent = ::std::concat!(
                    ::std::env!("CARGO_PKG_NAME"),
                    "/",
                    ::std::env!("CARGO_PKG_VERSION")
                );
                ClientBuilder($crate::runtime::client::ClientBuilder::new(service).agent(agent))
            }

            pub(crate) fn credential(self, scheme: usize, credential: Credential) -> Self {
                ClientBuilder(self.0.credential(scheme, credential))
            }

            /// Overrides the server of the description. A path in the URL is a prefix of the path of each operation: with
            /// `https://example.com/eu` a call of `/pets` goes to `https://example.com/eu/pets`.
            ///
            /// Where the server of the description is only a path, such as `/api/v3`, that path is joined to the URL, unless the
            /// URL ends with it: `https://example.com/eu` and `https://example.com/eu/api/v3` both lead to
            /// `https://example.com/eu/api/v3/pets`.
            ///
            /// The scheme has to be https, or http for a loopback address (127.0.0.0/8, `[::1]`, `localhost`).
            pub fn base_url(self, base_url: impl Into<String>) -> Self {
                ClientBuilder(self.0.base_url(base_url))
            }

            pub(crate) fn part_url(self, part: usize, base_url: impl Into<String>) -> Self {
                ClientBuilder(self.0.part_url(part, base_url))
            }

            /// Sets a header of every request, replacing a default such as `user-agent`.
            pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                ClientBuilder(self.0.header(name, value))
            }

            /// Sets the timeout for connecting; 5 seconds by default. Applies to the default transport only.
            pub fn connect_timeout(self, timeout: ::std::time::Duration) -> Self {
                ClientBuilder(self.0.connect_timeout(timeout))
            }

            /// Sets the timeout of one attempt, from connecting to the last byte of the response; 110 seconds by default.
            pub fn attempt_timeout(self, timeout: ::std::time::Duration) -> Self {
                ClientBuilder(self.0.attempt_timeout(timeout))
            }

            /// Sets the deadline of a call, retries included; 360 seconds by default.
            pub fn deadline(self, deadline: ::std::time::Duration) -> Self {
                ClientBuilder(self.0.deadline(deadline))
            }

            /// Sets the maximum size of a response body in bytes, after decompression; 64 MiB by default.
            pub fn max_response_size(self, bytes: usize) -> Self {
                ClientBuilder(self.0.max_response_size(bytes))
            }

            /// Sets the retry policy; see [`RetryPolicy`] for the default.
            ///
            /// [`RetryPolicy`]: crate::RetryPolicy
            pub fn retry(self, policy: $crate::runtime::retry::RetryPolicy) -> Self {
                ClientBuilder(self.0.retry(policy))
            }

            /// Sets the retry budget that all clones of the client share, in tokens; 500 by default.
            ///
            /// A retry costs 14 tokens, or 5 after a 429. A retry that succeeds returns its cost, and a call that succeeds at
            /// the first attempt adds 1. Without tokens nothing is retried, so an outage of the server causes at most 35
            /// additional requests (100 after 429).
            pub fn retry_budget(self, tokens: u32) -> Self {
                ClientBuilder(self.0.retry_budget(tokens))
            }

            /// Sets a rate limit for all requests, retries included; none by default.
            pub fn rate_limit(self, limiter: $crate::runtime::limit::RateLimiter) -> Self {
                ClientBuilder(self.0.rate_limit(limiter))
            }

            /// Overrides the timer, for an executor other than tokio.
            pub fn timer(self, timer: impl $crate::runtime::timer::Timer) -> Self {
                ClientBuilder(self.0.timer(timer))
            }

            /// Overrides the transport.
            pub fn transport(self, transport: impl $crate::runtime::transport::Transport) -> Self {
                ClientBuilder(self.0.transport(transport))
            }

            $crate::local_http_client!();

            /// Builds the client.
            ///
            /// # Errors
            /// A setting is invalid.
            pub fn build(self) -> Result<Client, SetupError> {
                self.0.build().map(Client)
            }
        }

        impl ::std::fmt::Debug for ClientBuilder {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}

#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
#[doc(hidden)]
#[macro_export]
macro_rules! local_http_client {
    () => {
        /// Uses an existing reqwest client with its proxies, certificates and connections.
        ///
        /// Its redirect policy has to be `reqwest::redirect::Policy::none()`: a call that is redirected fails. Its connect
        /// timeout applies, not the one of this builder.
        pub fn http_client(self, client: $crate::external::reqwest::Client) -> Self {
            ClientBuilder(self.0.http_client(client))
        }
    };
}

#[cfg(not(all(feature = "reqwest", not(target_family = "wasm"))))]
#[doc(hidden)]
#[macro_export]
macro_rules! local_http_client {
    () => {};
}
