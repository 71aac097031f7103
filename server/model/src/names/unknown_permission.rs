//! What an unknown permission could have been.

/// A permission that is in no list, and what it could have been.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UnknownPermission {
    /// Certainly these: an aliased noun, a dropped dot, one plural `s`.
    Certainly(Vec<String>),
    /// Very likely one of these, the best first: a near miss, an API's or IAM's name.
    Likely(Vec<String>),
    /// No dot, and at most faint likenesses.
    NoDot(Vec<String>),
    /// Well formed, so it may be newer than the catalog; faint likenesses, or names of the same group.
    WellFormed(Vec<String>),
    /// `<application>.Access`: every third-party application has one.
    Application,
}
