//! Services and their prefixes.

use serde::Deserialize;

use crate::action::{Action, ResourceType};
use crate::condition_key::ConditionKey;
use crate::named_enum::named_enum;

/// A service of which everything is known.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Service {
    /// The prefix of its actions.
    pub prefix: &'static str,
    /// AWS's name of it.
    pub name: &'static str,
    /// Whether it is Amazon Connect or belongs to it.
    pub family: bool,
    /// Ids of sources of the file as a whole.
    pub sources: Vec<&'static str>,
    /// Its actions in order of name.
    pub actions: Vec<Action>,
    /// Its resource types in order of name.
    pub resource_types: Vec<ResourceType>,
    /// Its condition keys in order of name.
    pub condition_keys: Vec<ConditionKey>,
}

impl Service {
    /// An action by its name without prefix, in any letter case.
    pub fn action(&self, name: &str) -> Option<&Action> {
        // The exact name is by far the most common question.
        match self.actions.binary_search_by(|action| action.name.cmp(name)) {
            Ok(index) => Some(&self.actions[index]),
            Err(_) => self.actions.iter().find(|action| action.name.eq_ignore_ascii_case(name)),
        }
    }

    /// A resource type by its name.
    pub fn resource_type(&self, name: &str) -> Option<&ResourceType> {
        self.resource_types.iter().find(|resource| resource.name == name)
    }

    /// The page of AWS's service authorization reference.
    pub fn reference_page(&self) -> String {
        let name: String = self.name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
        format!("https://docs.aws.amazon.com/service-authorization/latest/reference/list_{name}.html")
    }
}

/// A service of which only the names of its actions are known.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherService {
    /// The prefix of its actions.
    pub prefix: &'static str,
    /// Names without prefix, in order.
    pub actions: Vec<&'static str>,
    /// Names of which the letter case is not known.
    #[serde(default)]
    pub lowercase: Vec<&'static str>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

named_enum! {
    /// Whether AWS uses a name of a service today.
    NameStatus {
        /// The service's name.
        Current = "current",
        /// Its name before it was renamed.
        Former = "former",
        /// Another name that AWS prints.
        Alternative = "alternative",
    }
}

/// A name of a service of the Connect family, by which people search for it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceName {
    /// The prefix of the service's actions.
    pub prefix: &'static str,
    /// The name.
    pub name: &'static str,
    /// Whether AWS uses it today.
    pub status: NameStatus,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

/// A name of an API client that people take for an IAM prefix.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientName {
    /// The name that is no prefix.
    pub client: &'static str,
    /// The prefix that authorises its calls; `None` where none does.
    pub prefix: Option<&'static str>,
    /// The actions that authorise it, where they are few.
    #[serde(default)]
    pub actions: Vec<&'static str>,
    /// What else to know.
    pub note: Option<&'static str>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}
