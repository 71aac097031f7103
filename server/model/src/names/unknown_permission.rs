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
    /// Neither its noun nor its verb is known, so it may be newer than the catalog; at most faint likenesses.
    Unfamiliar(Vec<String>),
    /// A name of another kind. It stands for no permission, so what its words may point to is only named.
    Foreign {
        /// What it is.
        kind: ForeignName,
        /// Permissions that have to do with it, the best first.
        related: Vec<String>,
    },
    /// `<application>.Access`: every third-party application has one.
    Application,
}

/// What a name in a list of permissions is instead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ForeignName {
    /// A security profile that every instance has.
    DefaultProfile,
    /// A role that people have.
    Role,
    /// An API operation, and its IAM action.
    ApiOperation {
        /// The prefix of the service.
        prefix: &'static str,
        /// The action's name.
        action: &'static str,
    },
    /// An action, as IAM policies name it.
    IamAction,
}
