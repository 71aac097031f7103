//! Right names are never reported: AWS's own policies, everything in the catalog, and names in use that no reference lists.
//!
//! `oracle.txt` holds every action pattern of AWS's policies that concern Amazon Connect, of all their versions.

use connect_policy_catalog::{Catalog, PermissionStatus};
use connect_policy_model::{ActionVerdict, DocumentModel, PermissionVerdict, Scope, Verdict};
use connect_policy_syntax::{Document, Format};

/// The one name of the oracle that is gone.
const GONE: &str = "connect:GetFederationTokens";

fn oracle() -> Vec<String> {
    include_str!("oracle.txt").lines().map(str::to_owned).collect()
}

/// The names of a list that are not right.
fn wrong(before: &str, names: &[String], after: &str) -> Vec<String> {
    let text = format!("{before}{}{after}", serde_json::to_string(names).expect("strings"));
    let document = Document::read(text, Format::Json);
    let meaning = DocumentModel::read(&document, &Catalog::builtin(), Scope::All);
    let actions = meaning.action_lists().flat_map(|(list, _)| &list.entries);
    let entries: Vec<_> = actions.chain(meaning.permission_lists.iter().flat_map(|known| &known.list.entries)).collect();
    assert_eq!(entries.len(), names.len(), "every name is an entry");
    let is_right = |verdict: &Verdict| {
        matches!(
            verdict,
            Verdict::Action(
                ActionVerdict::Known { .. }
                    | ActionVerdict::NameOnly
                    | ActionVerdict::All
                    | ActionVerdict::Pattern { .. }
                    | ActionVerdict::Unlisted(_)
            ) | Verdict::Permission(PermissionVerdict::Known(_))
        )
    };
    entries.iter().filter(|entry| !is_right(&entry.verdict)).map(|entry| entry.text(&document).into_owned()).collect()
}

fn wrong_actions(names: &[String]) -> Vec<String> {
    wrong(r#"{"Effect": "Allow", "Action": "#, names, "}")
}

/// A text in other letters' cases: all upper, all lower, and every other letter.
fn cases(text: &str) -> [String; 3] {
    let upper = |(index, letter): (usize, char)| if index % 2 == 0 { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() };
    [text.to_ascii_uppercase(), text.to_ascii_lowercase(), text.chars().enumerate().map(upper).collect()]
}

#[track_caller]
fn check_in_any_case(names: &[String], gone: &[&str]) {
    assert_eq!(wrong_actions(names), gone);
    for case in 0..3 {
        let names: Vec<String> = names.iter().map(|name| cases(name)[case].clone()).collect();
        let gone: Vec<String> = gone.iter().map(|name| cases(name)[case].clone()).collect();
        assert_eq!(wrong_actions(&names), gone);
    }
}

#[test]
fn in_awss_own_policies_one_removed_name_is_wrong() {
    let names = oracle();
    assert_eq!(names.len(), 510);
    check_in_any_case(&names, &[GONE]);
}

#[test]
fn catalogued_actions_are_right_in_any_letter_case() {
    let catalog = Catalog::builtin();
    let names: Vec<String> = catalog
        .services()
        .flat_map(|service| service.actions.iter().map(move |action| format!("{}:{}", service.prefix, action.name)))
        .collect();
    assert_eq!(names.len(), 3492);
    check_in_any_case(&names, &[]);
}

#[test]
fn unlisted_actions_are_right_in_any_letter_case() {
    let names: Vec<String> = Catalog::builtin().unlisted_actions().iter().map(|unlisted| unlisted.action.to_owned()).collect();
    assert!(names.len() >= 54);
    check_in_any_case(&names, &[]);
}

#[test]
fn names_of_other_services_are_right() {
    let catalog = Catalog::builtin();
    let others = catalog.prefixes().filter_map(|prefix| catalog.other_service(prefix));
    let names: Vec<String> = others
        .flat_map(|service| service.actions.iter().chain(&service.lowercase).map(move |name| format!("{}:{name}", service.prefix)))
        .collect();
    assert!(names.len() > 18_000, "{}", names.len());
    assert_eq!(wrong_actions(&names), [] as [String; 0]);
}

#[test]
fn permissions_are_right_and_old_ones_are_renamed() {
    let catalog = Catalog::builtin();
    let in_use = |status| matches!(status, PermissionStatus::Current | PermissionStatus::Observed);
    let (current, old): (Vec<_>, Vec<_>) = catalog.permissions().iter().partition(|permission| in_use(permission.status));
    assert_eq!(current.len() + old.len(), 330);
    let names: Vec<String> = current.iter().map(|permission| permission.name.to_owned()).collect();
    let (before, after) = (r#"{"SecurityProfileName": "a", "Permissions": "#, "}");
    assert_eq!(wrong(before, &names, after), [] as [String; 0]);
    let names: Vec<String> = old.iter().map(|permission| permission.name.to_owned()).collect();
    assert_eq!(wrong(before, &names, after), names);
    let document = Document::read(format!("{before}{}{after}", serde_json::to_string(&names).expect("strings")), Format::Json);
    for entry in &DocumentModel::read(&document, &catalog, Scope::Connect).permission_lists[0].list.entries {
        assert!(matches!(entry.verdict, Verdict::Permission(PermissionVerdict::Renamed(_))), "{}", entry.text(&document));
    }
}
