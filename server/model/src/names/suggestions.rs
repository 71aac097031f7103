//! What a wrong action was most likely meant to be, looked up on first use and kept from then on.

use std::fmt;
use std::sync::{Arc, OnceLock};

use connect_policy_catalog::Catalog;

use crate::names::nearest;
use crate::names::suggest::actions::nearest_actions;
use crate::names::suggest::replacement::{differ_in_plural, keeps_reach};

/// The actions that a wrong entry was most likely meant to be. Cheap to clone; clones share what was found, so each name is
/// looked up once, and not at all if no rule needs it.
#[derive(Clone, Debug)]
pub struct ActionSuggestions(Arc<Search>);

#[derive(Debug)]
struct Search {
    /// What to look up, and where; `None` for a name that is not looked up.
    question: Option<Question>,
    names: OnceLock<Box<[String]>>,
    distance: OnceLock<Option<usize>>,
}

struct Question {
    catalog: Catalog,
    /// The entry as it is looked up: with a prefix.
    entry: Box<str>,
    /// The service to look in.
    prefix: Box<str>,
}

impl fmt::Debug for Question {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} in {}", self.entry, self.prefix)
    }
}

impl ActionSuggestions {
    /// Suggestions for an entry, looked up among the actions of the service `prefix`.
    pub(crate) fn of(catalog: &Catalog, entry: &str, prefix: &str) -> ActionSuggestions {
        let question = Question { catalog: catalog.clone(), entry: Box::from(entry), prefix: Box::from(prefix) };
        ActionSuggestions(Arc::new(Search { question: Some(question), names: OnceLock::new(), distance: OnceLock::new() }))
    }

    /// No suggestions: for the names of a document that has too many wrong ones.
    pub(crate) fn none() -> ActionSuggestions {
        ActionSuggestions(Arc::new(Search { question: None, names: OnceLock::new(), distance: OnceLock::new() }))
    }

    /// Full names, the best first: at most three, or the same name in all other services. The first call looks them up.
    pub fn names(&self) -> &[String] {
        let search = &*self.0;
        let find = |question: &Question| nearest_actions(&question.catalog, &question.entry, &question.prefix).into();
        search.names.get_or_init(|| search.question.as_ref().map_or_else(Box::default, find))
    }

    /// The only name that the entry can mean: it differs in one plural `s`, and allows nothing that is reported as a risk.
    pub fn certain(&self) -> Option<&str> {
        let Question { catalog, entry, .. } = self.0.question.as_ref()?;
        let [only] = self.names() else { return None };
        let differs = match (entry.split_once(':')?, only.split_once(':')?) {
            ((prefix, name), (known_prefix, known)) if prefix.eq_ignore_ascii_case(known_prefix) => differ_in_plural(name, known),
            _ => false,
        };
        let is_risk = catalog.risk(only).is_some_and(|risk| risk.rule.is_some());
        (differs && !is_risk).then_some(only)
    }

    /// Whether one of the names allows no more than the entry says.
    pub fn keeps_reach(&self, name: &str) -> bool {
        self.0.question.as_ref().is_some_and(|question| keeps_reach(&question.catalog, &question.entry, name))
    }

    /// How many letters of the entry differ from the best suggestion, whatever their case; `None` without suggestions.
    pub fn distance(&self) -> Option<usize> {
        let search = &*self.0;
        let compare = || {
            let entry = search.question.as_ref()?.entry.to_ascii_lowercase();
            Some(nearest::distance(&entry, &self.names().first()?.to_ascii_lowercase()))
        };
        *search.distance.get_or_init(compare)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_what_was_found() {
        let suggestions = ActionSuggestions::of(&Catalog::builtin(), "connect:DescribeUsr", "connect");
        let clone = suggestions.clone();
        assert_eq!(suggestions.names()[0], "connect:DescribeUser");
        assert!(std::ptr::eq(clone.names(), suggestions.names()));
        assert_eq!(clone.distance(), Some(1));
        assert_eq!(suggestions.certain(), None);
        let certain = |entry| ActionSuggestions::of(&Catalog::builtin(), entry, "connect").certain().map(str::to_owned);
        assert_eq!(certain("connect:ListQueue").as_deref(), Some("connect:ListQueues"));
        assert_eq!(certain("connect:CreateUsers"), None, "it allows privilege escalation");
        assert!(ActionSuggestions::none().names().is_empty());
        assert_eq!(ActionSuggestions::none().distance(), None);
    }
}
