//! How often a call was sent.

/// How often a call was sent, and what is known of the attempts before the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempts {
    /// How often the request was handed to the transport.
    pub sent: u32,
    /// Whether the server may have done the work in an attempt before the last one. What the last reply says is new or
    /// a duplicate can then be the work of this very call.
    pub earlier_may_have_been_applied: bool,
}
