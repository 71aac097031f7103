//! What an unknown permission could have been.

/// A permission that is in no list, and what it could have been.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UnknownPermission {
    /// Certainly these: an aliased noun, a dropped dot, one plural `s`.
    Certainly(Vec<String>),
    /// Very likely one of these, the best first: a near miss, an API's or IAM's name.
    Likely(Vec<String>),
    /// It has the noun or the verb of known permissions; names of that noun, or faint likenesses.
    KnownPart(Vec<String>),
    /// An action of IAM, which no security profile has; permissions of the same noun and verb.
    IamAction(Vec<String>),
    /// Neither its noun nor its verb is known, so it may be newer than the catalog; at most faint likenesses.
    Unfamiliar(Vec<String>),
    /// `<application>.Access`: every third-party application has one.
    Application,
}
