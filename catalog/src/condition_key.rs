//! Condition keys and their values.

use serde::Deserialize;

use crate::named_enum::named_enum;
use crate::pattern::matches_template;

named_enum! {
    /// The type of a condition key's value, in AWS's terms.
    #[non_exhaustive]
    ValueType {
        /// Text.
        String = "String",
        /// An ARN.
        Arn = "ARN",
        /// `true` or `false`.
        Bool = "Bool",
        /// A number.
        Numeric = "Numeric",
        /// A point in time.
        Date = "Date",
        /// An IP address or a range of them.
        IpAddress = "IPAddress",
        /// Several texts.
        ArrayOfString = "ArrayOfString",
        /// Several ARNs.
        ArrayOfArn = "ArrayOfARN",
    }
}

named_enum! {
    /// What a global condition key describes.
    #[non_exhaustive]
    KeyCategory {
        /// Who makes the request.
        Principal = "principal",
        /// The session of the role.
        Session = "session",
        /// Where the request comes from.
        Network = "network",
        /// What the request works on.
        Resource = "resource",
        /// The request itself.
        Request = "request",
    }
}

/// A condition key.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionKey {
    /// The key with its prefix; `${…}` stands for a part of the user's own.
    pub key: &'static str,
    /// The beginning by which AWS's documentation also names the key.
    #[serde(rename = "prefixForm")]
    pub prefix_form: Option<&'static str>,
    /// The type of its value.
    #[serde(rename = "type")]
    pub value_type: ValueType,
    /// What a global key describes; `None` for a service's own key.
    pub category: Option<KeyCategory>,
    /// Ids of sources, where they differ from the file's.
    #[serde(default)]
    pub sources: Vec<&'static str>,
}

impl ConditionKey {
    /// Whether a key as it is written in a policy is this one. Letter case does not matter.
    pub fn matches(&self, written: &str) -> bool {
        matches_template(self.key, written) || self.prefix_form.is_some_and(|prefix| prefix.eq_ignore_ascii_case(written))
    }
}

/// The values that a condition key can have, where they are few and known.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionValues {
    /// The key with its prefix.
    pub key: &'static str,
    /// The values in order.
    pub values: Vec<&'static str>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}
