//! What a wrong name was meant to be: the same family by words first, then what the console calls it, then letters.

pub(crate) mod actions;
mod cache;
pub(crate) mod permissions;
pub(crate) mod replacement;
mod words;

#[cfg(test)]
mod tests {
    use connect_policy_catalog::Catalog;

    use super::actions::{near_prefix, nearest_actions};
    use super::permissions::{by_label, nearest_permissions, unknown_permission};
    use crate::names::unknown_permission::UnknownPermission;

    fn actions(entry: &str) -> Vec<String> {
        let prefix = entry.split_once(':').map_or("connect", |(prefix, _)| prefix).to_owned();
        nearest_actions(&Catalog::builtin(), entry, &prefix)
    }

    #[test]
    fn a_typo_is_seen_through() {
        assert_eq!(actions("connect:DescribeUsr")[0], "connect:DescribeUser");
        assert_eq!(actions("connect:LitsUsers")[0], "connect:ListUsers");
        assert_eq!(actions("connect:ListUser")[0], "connect:ListUsers");
        assert_eq!(actions("connect:GetUser")[0], "connect:DescribeUser");
        assert_eq!(actions("connect:Lst*"), ["connect:List*"]);
    }

    #[test]
    fn a_family_is_offered_by_its_words_and_never_another_verb() {
        let names = actions("connect:UpdateQueue");
        assert!(names.iter().all(|name| name.starts_with("connect:UpdateQueue")), "{names:?}");
        assert_eq!(names.len(), 3);
    }

    #[test]
    fn nothing_is_offered_for_what_is_nothing() {
        assert_eq!(actions("connect:FrobnicateGizmo"), Vec::<String>::new());
    }

    #[test]
    fn permissions_are_found_by_the_consoles_nouns() {
        let catalog = Catalog::builtin();
        for (wrong, right) in [
            ("RoutingProfiles.Create", "RoutingPolicies.Create"),
            ("QuickConnects.Delete", "TransferDestinations.Delete"),
            ("QuickConnect.Delete", "TransferDestinations.Delete"),
            ("UsersView", "Users.View"),
            ("User.View", "Users.View"),
            ("Queue.Edit", "Queues.Edit"),
            ("AgentStatus.View", "AgentStates.View"),
        ] {
            assert_eq!(unknown_permission(&catalog, wrong), UnknownPermission::Certainly(vec![right.to_owned()]), "{wrong}");
        }
        for (wrong, right) in [("Queues.Edti", "Queues.Edit"), ("CreateQueue", "Queues.Create"), ("connect:DeletePrompt", "Prompts.Delete")]
        {
            assert_eq!(nearest_permissions(&catalog, wrong).first().map(String::as_str), Some(right), "{wrong}");
        }
        assert_eq!(unknown_permission(&catalog, "AcmeTicketing.Access"), UnknownPermission::Application);
        assert!(matches!(unknown_permission(&catalog, "Queues.Merge"), UnknownPermission::KnownPart(_)));
        assert_eq!(unknown_permission(&catalog, "Frobnicate"), UnknownPermission::Unfamiliar(Vec::new()));
    }

    #[test]
    fn labels_are_read_as_the_console_prints_them() {
        let catalog = Catalog::builtin();
        let names = |label| by_label(&catalog, label).iter().map(|permission| permission.name).collect::<Vec<_>>();
        assert_eq!(names("Campaigns - Manage"), ["Campaigns.Manage"]);
        assert_eq!(names("routing profiles-create"), ["RoutingPolicies.Create"]);
        assert_eq!(names("Users"), Vec::<&str>::new());
    }

    #[test]
    fn a_misspelt_prefix_is_known_and_a_strange_one_is_not() {
        let catalog = Catalog::builtin();
        assert_eq!(near_prefix(&catalog, "conect"), Some("connect"));
        assert_eq!(near_prefix(&catalog, "profiles"), Some("profile"));
        assert_eq!(near_prefix(&catalog, "acme"), None);
    }
}
