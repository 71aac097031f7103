//! Lists that are known by their content alone, whatever is around them.

use std::cell::OnceCell;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, NodeId};

use crate::values::list_items::{ListItem, list_items};

/// Parts of permissions in lower case: a list of permissions that no carrier names has at least one.
pub(crate) const MARKERS: &[&str] = &["basicagentaccess", ".view", ".edit", ".create", ".access"];

/// How many names of a list are in the catalog.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct KnownNames {
    /// Its strings.
    pub(crate) strings: usize,
    /// Those that are actions.
    pub(crate) actions: usize,
    /// Those that are permissions.
    pub(crate) permissions: usize,
    /// Those that are permissions and whose names no other program is likely to use.
    pub(crate) distinctive: usize,
}

/// Nouns of several words that other programs use in their permissions too. Nouns of one word (`Users`, `Cases`, `Rules`) are
/// everybody's anyway.
const COMMON_NOUNS: &[&str] = &[
    "AccessMetrics",
    "CaseComments",
    "CaseContacts",
    "CaseFields",
    "CaseFiles",
    "CaseHistory",
    "CaseTemplates",
    "CoachingSessions",
    "ContentManagement",
    "CustomMetrics",
    "CustomViews",
    "CustomerProfiles",
    "DataTables",
    "EmailAddresses",
    "EvaluationForms",
    "GraphTrends",
    "HistoricalMetrics",
    "MetricsReports",
    "MyCases",
    "MyContacts",
    "OutboundEmail",
    "PhoneNumbers",
    "RealTimeMetrics",
    "ReportSchedules",
    "ReportsAdmin",
    "ScreenRecording",
    "SecurityProfiles",
    "StaffCalendar",
    "TaskTemplates",
    "TeamCalendar",
    "TestCases",
    "TimeOff",
    "VideoContact",
];

/// Whether no other program is likely to use a permission's name.
fn is_distinctive(name: &str) -> bool {
    let noun = name.split_once('.').map_or(name, |(noun, _)| noun);
    let is_one_word = noun.bytes().skip(1).all(|byte| !byte.is_ascii_uppercase());
    !is_one_word && !COMMON_NOUNS.contains(&noun)
}

/// Texts in lower case that appear only in files that have to do with Amazon Connect.
const SIGNS: &[&str] = &[
    "amazon connect",
    "amazon-connect",
    "amazon_connect",
    "amazonconnect",
    "aws::connect::",
    "aws_connect_",
    "awscc_connect_",
    "connect.amazonaws.com",
    ":connect:",
    "security profile",
    "security-profile",
    "security_profile",
    "securityprofile",
];

/// Whether the text of a document shows that it has to do with Amazon Connect; looked up once, and only if a list of names that
/// other programs use depends on it.
#[derive(Default)]
pub(crate) struct Signs(OnceCell<bool>);

impl Signs {
    /// Whether names of a list are certainly those of Amazon Connect.
    pub(crate) fn confirm(&self, document: &Document, known: KnownNames) -> bool {
        known.distinctive > 0
            || *self.0.get_or_init(|| {
                let text = document.text().to_ascii_lowercase();
                SIGNS.iter().any(|sign| text.contains(sign))
            })
    }
}

/// How many of a list's strings are actions or permissions of the catalog.
pub(crate) fn count_known_names(document: &Document, catalog: &Catalog, seq: NodeId) -> KnownNames {
    let mut count = KnownNames::default();
    for item in list_items(document, seq) {
        let ListItem::Text(node) = item else { continue };
        count.strings += 1;
        let text = document.value(node);
        if text.contains(':') {
            count.actions += usize::from(catalog.knows_action(&text));
        } else if catalog.knows_permission(&text) {
            count.permissions += 1;
            count.distinctive += usize::from(is_distinctive(&text));
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybodys_nouns_are_not_distinctive() {
        for name in ["Users.View", "Cases.Edit", "Scheduling.Publish", "PhoneNumbers.View", "CustomerProfiles.Segments.View"] {
            assert!(!is_distinctive(name), "{name}");
        }
        for name in ["BasicAgentAccess", "RoutingPolicies.View", "TransferDestinations.Edit", "QConnectAIAgents.View", "ContactFlows.View"]
        {
            assert!(is_distinctive(name), "{name}");
        }
    }

    #[test]
    fn common_nouns_are_nouns_of_the_catalog() {
        let catalog = Catalog::builtin();
        for noun in COMMON_NOUNS {
            let has_noun = |name: &str| name.split_once('.').is_some_and(|(known, _)| known == *noun);
            assert!(catalog.permissions().iter().any(|permission| has_noun(permission.name)), "{noun}");
        }
    }
}
