//! The verdicts on the names of one document.

use std::collections::HashMap;
use std::sync::Arc;

use connect_policy_catalog::{Catalog, Pattern, PermissionStatus, RemovedStatus};

use crate::names::invisible::{is_invisible, without_blanks};
use crate::names::suggest::{actions, permissions};
use crate::names::suggestions::ActionSuggestions;
use crate::names::unknown_permission::UnknownPermission;
use crate::names::verdict::{ActionVerdict, Malformation, PermissionVerdict, Verdict};

/// Beyond this many different wrong names in one document, no suggestions are looked up for further ones: no file that people
/// write has as many, and looking costs more than it is worth. Actions and permissions are counted apart.
const MAX_SEARCHED: usize = 500;

/// Makes verdicts, each text's once: real files repeat their names, and a wrong one is costly.
pub(crate) struct Classifier<'c> {
    catalog: &'c Catalog,
    actions: HashMap<String, Verdict>,
    permissions: HashMap<String, Verdict>,
    /// How many wrong actions got suggestions.
    searched_actions: usize,
    /// For how many wrong permissions suggestions were looked up.
    searched_permissions: usize,
}

impl<'c> Classifier<'c> {
    pub(crate) fn new(catalog: &'c Catalog) -> Classifier<'c> {
        Classifier { catalog, actions: HashMap::new(), permissions: HashMap::new(), searched_actions: 0, searched_permissions: 0 }
    }

    /// The verdict on the text of an action entry.
    pub(crate) fn classify_action(&mut self, text: &str) -> Verdict {
        if let Some(known) = self.actions.get(text) {
            return known.clone();
        }
        let searched = &mut self.searched_actions;
        let suggest = &mut |catalog: &Catalog, entry: &str, prefix: &str| {
            *searched += 1;
            if *searched > MAX_SEARCHED { ActionSuggestions::none() } else { ActionSuggestions::of(catalog, entry, prefix) }
        };
        let verdict = Verdict::Action(classify_action(self.catalog, text, suggest));
        self.actions.insert(text.to_owned(), verdict.clone());
        verdict
    }

    /// The verdict on the text of a permission entry.
    pub(crate) fn classify_permission(&mut self, text: &str) -> Verdict {
        if let Some(known) = self.permissions.get(text) {
            return known.clone();
        }
        let catalog = self.catalog;
        let verdict = classify_permission(catalog, text).unwrap_or_else(|| {
            if self.searched_permissions >= MAX_SEARCHED {
                return PermissionVerdict::Unknown(Arc::new(UnknownPermission::Unfamiliar(Vec::new())));
            }
            self.searched_permissions += 1;
            search_permission(catalog, text)
        });
        let verdict = Verdict::Permission(verdict);
        self.permissions.insert(text.to_owned(), verdict.clone());
        verdict
    }
}

/// Makes suggestions for an entry, read as one of a service.
type Suggest<'s> = &'s mut dyn FnMut(&Catalog, &str, &str) -> ActionSuggestions;

fn classify_action(catalog: &Catalog, text: &str, suggest: Suggest<'_>) -> ActionVerdict {
    if text == "*" {
        return ActionVerdict::All;
    }
    // Exact names are by far the most; they need no look at their characters.
    if let Some((service, action)) = catalog.action(text) {
        return ActionVerdict::Known { service, action };
    }
    if let Some(added) = catalog.added_action(text) {
        return ActionVerdict::Added(Arc::clone(added));
    }
    if let Some(malformation) = malformation(catalog, text, suggest) {
        return ActionVerdict::Malformed(malformation);
    }
    let Some((prefix, name)) = text.split_once(':') else { return ActionVerdict::Unfinished };
    if Pattern::is_wild(prefix) {
        return classify_pattern(catalog, text, suggest);
    }
    if let Some(service) = catalog.service(prefix) {
        if let Some(unlisted) = catalog.unlisted(text) {
            return ActionVerdict::Unlisted(unlisted);
        }
        if let Some(gone) = catalog.removed_action(text).filter(|gone| gone.status == RemovedStatus::Legacy) {
            return ActionVerdict::Removed(gone);
        }
        if Pattern::is_wild(name) {
            return classify_pattern(catalog, text, suggest);
        }
        let suggestions = suggest(catalog, text, service.prefix);
        return ActionVerdict::Unknown { prefix: service.prefix, is_family: service.family, suggestions };
    }
    if catalog.is_prefix(prefix) {
        // The lists of these services are good enough to recognize a name, not to reject one.
        return ActionVerdict::NameOnly;
    }
    let right = actions::right_prefix(catalog, prefix);
    if right.is_none() && catalog.client_name(prefix).is_none() {
        return ActionVerdict::UnlistedPrefix;
    }
    let suggestions = match right {
        Some(prefix) => suggest(catalog, &format!("{prefix}:{name}"), prefix),
        None => ActionSuggestions::none(),
    };
    ActionVerdict::UnknownService { prefix: right, suggestions }
}

fn classify_pattern(catalog: &Catalog, text: &str, suggest: Suggest<'_>) -> ActionVerdict {
    let Some(pattern) = Pattern::new(text) else { return ActionVerdict::Unfinished };
    let count = catalog.all_matching(&pattern).count();
    let takes_other_service = text.split_once(':').is_some_and(|(prefix, _)| Pattern::is_wild(prefix));
    if count > 0 || takes_other_service {
        return ActionVerdict::Pattern { count };
    }
    let prefix = text.split_once(':').map_or("", |(prefix, _)| prefix);
    ActionVerdict::DeadPattern { suggestions: suggest(catalog, text, prefix) }
}

fn malformation(catalog: &Catalog, text: &str, suggest: Suggest<'_>) -> Option<Malformation> {
    if text.is_empty() {
        return None;
    }
    if text.contains(|letter: char| letter.is_whitespace() || is_invisible(letter)) {
        return Some(Malformation::WhiteSpace(without_blanks(text)));
    }
    let is_taken = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '*' | '?' | ':' | '.');
    if let Some(strange) = text.chars().find(|&letter| !is_taken(letter)) {
        return Some(Malformation::Character(strange));
    }
    let Some((prefix, name)) = text.split_once(':') else {
        // `connect.ListUsers`: a dot in place of the colon. Patterns such as `connect*` are rejected by IAM too.
        let by_dot = text.split_once('.').and_then(|(prefix, name)| Some((catalog.service(prefix)?.prefix, name)));
        let (prefix, name) = by_dot.unwrap_or(("connect", text));
        return Some(Malformation::NoColon { suggestions: suggest(catalog, &format!("{prefix}:{name}"), prefix) });
    };
    if prefix.is_empty() || name.is_empty() {
        return Some(Malformation::EmptyPart);
    }
    name.contains(':').then_some(Malformation::Character(':'))
}

/// What a name that is in no list was meant to be.
fn search_permission(catalog: &Catalog, text: &str) -> PermissionVerdict {
    // White space around a name is not a label's, and invisible characters never are.
    let cleaned = if text.contains(is_invisible) { without_blanks(text) } else { text.trim().to_owned() };
    if let Some(permission) = catalog.permission(&cleaned) {
        return PermissionVerdict::Unknown(Arc::new(UnknownPermission::Certainly(vec![permission.name_today().to_owned()])));
    }
    let labelled = permissions::by_label(catalog, text);
    if !labelled.is_empty() {
        return PermissionVerdict::Label(labelled.into());
    }
    PermissionVerdict::Unknown(Arc::new(permissions::unknown_permission(catalog, text)))
}

/// The verdict by the lists alone; `None` for a name that is in none of them.
fn classify_permission(catalog: &Catalog, text: &str) -> Option<PermissionVerdict> {
    if text.is_empty() {
        return Some(PermissionVerdict::Unfinished);
    }
    if let Some(permission) = catalog.permission(text) {
        return Some(match permission.status {
            PermissionStatus::Current | PermissionStatus::Observed => PermissionVerdict::Known(permission),
            PermissionStatus::Legacy | PermissionStatus::Superseded | PermissionStatus::Removed => {
                // A live instance that still accepts the old name is right about itself.
                let added = catalog.added_permission(text).cloned();
                added.map_or(PermissionVerdict::Renamed(permission), PermissionVerdict::Added)
            }
        });
    }
    if let Some(added) = catalog.added_permission(text) {
        return Some(PermissionVerdict::Added(Arc::clone(added)));
    }
    if let Some(permission) = catalog.permission_ignoring_case(text) {
        return Some(PermissionVerdict::WrongCase(permission));
    }
    let added = catalog.added_permissions().find(|added| added.name.eq_ignore_ascii_case(text))?;
    Some(PermissionVerdict::AddedWrongCase(Arc::clone(added)))
}
