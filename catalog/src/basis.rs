//! How sure a record is.

use crate::named_enum::named_enum;

named_enum! {
    /// What a relation between permissions, or the replacement of a removed action, stands on.
    #[non_exhaustive]
    Basis {
        /// AWS states it.
        Stated = "stated",
        /// Seen on an instance.
        Observed = "observed",
        /// Checked against a newer source.
        Verified = "verified",
        /// Follows from how permissions are built.
        Implied = "implied",
        /// Assumed.
        Assumed = "assumed",
    }
}

named_enum! {
    /// How a judgment about a name is supported: a risk, a counterpart, a note.
    #[non_exhaustive]
    Evidence {
        /// AWS describes the effect.
        Documented = "documented",
        /// It follows from facts that AWS describes.
        Derived = "derived",
        /// Only the name suggests it.
        Assumed = "assumed",
    }
}

named_enum! {
    /// How much the sources of a record are worth.
    #[non_exhaustive]
    Confidence {
        /// Several sources, or one that cannot be wrong.
        High = "high",
        /// One good source.
        Medium = "medium",
        /// One source that may be old or indirect.
        Low = "low",
    }
}
