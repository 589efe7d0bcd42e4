//! The attempts of a call.

/// The number of attempts of a call, and what is known about those before the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempts {
    /// The number of requests that were passed to the transport.
    pub sent: u32,
    /// Whether the server may have applied an attempt before the last one. Then a duplicate that the last response
    /// reports can be an effect of this call.
    pub earlier_may_have_been_applied: bool,
}
