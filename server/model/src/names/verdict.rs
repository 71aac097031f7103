//! What is to be said of a name: one verdict an entry, made here and nowhere else. The rules on names only word it.

use std::sync::Arc;

use connect_policy_catalog::{
    Action, AddedAction, AddedPermission, Catalog, GoneAction, GoneStatus, Pattern, Permission, PermissionStatus, Service, UnlistedAction,
};

use crate::suggest;

/// What is to be said of an entry.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// A part of the text is only known later, so nothing can be said.
    Opaque,
    /// Of an action or a pattern of actions.
    Action(ActionVerdict),
    /// Of a permission.
    Permission(PermissionVerdict),
}

/// What is to be said of an action entry.
#[derive(Clone, Debug)]
pub enum ActionVerdict {
    /// It exists.
    Known {
        /// Its service.
        service: &'static Service,
        /// Itself.
        action: &'static Action,
    },
    /// The workspace's own list has it.
    Added(Arc<AddedAction>),
    /// It exists, of a service of which only names are known.
    Named,
    /// AWS uses it, its reference does not list it.
    Unlisted(&'static UnlistedAction),
    /// It is gone.
    Gone(&'static GoneAction),
    /// `*`.
    All,
    /// A pattern that matches that many actions of catalogued services and of the workspace's own list; 0 where it also takes
    /// services that are not.
    Pattern {
        /// How many.
        count: usize,
    },
    /// A pattern that matches nothing.
    DeadPattern,
    /// Not of the form `service:Action`.
    Malformed(Malformation),
    /// The prefix is none that IAM knows, but near one that it does or a client's name.
    UnknownService {
        /// The right prefix; `None` where no prefix authorises the calls.
        prefix: Option<&'static str>,
    },
    /// The prefix is none that IAM knows, and nothing near is known.
    StrangeService,
    /// The service has no such action.
    Unknown {
        /// The prefix in its own spelling.
        prefix: &'static str,
        /// Whether the service is of the Connect family.
        is_family: bool,
    },
    /// Nothing but a beginning.
    Unfinished,
}

/// How an entry fails to be an action.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Malformation {
    /// White space; without it the entry reads as this.
    WhiteSpace(String),
    /// No colon.
    NoColon,
    /// Nothing before or behind the colon.
    EmptyPart,
    /// A character that IAM does not take.
    Character(char),
}

/// What is to be said of a permission entry.
#[derive(Clone, Debug)]
pub enum PermissionVerdict {
    /// It exists and is in use: current or observed.
    Known(&'static Permission),
    /// The workspace's own list has it, whatever ours says of it.
    Added(Arc<AddedPermission>),
    /// It has another name today, or none: legacy, superseded, removed.
    Renamed(&'static Permission),
    /// Right but for letter case.
    OtherCase(&'static Permission),
    /// Right but for letter case, of the workspace's own list.
    AddedOtherCase(Arc<AddedPermission>),
    /// A label of the console, standing for these permissions.
    Label(Arc<[&'static Permission]>),
    /// It is in no list that we have.
    Unknown(Arc<UnknownPermission>),
    /// Nothing but a beginning.
    Unfinished,
}

/// A permission that is in no list, and what it could have been.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UnknownPermission {
    /// Certainly these: an aliased noun, a dropped dot, one plural `s`.
    Certainly(Vec<String>),
    /// Very likely one of these, the best first: a near miss, an API's or IAM's name.
    Likely(Vec<String>),
    /// No dot, and at most faint likenesses.
    NoDot(Vec<String>),
    /// Well formed, and not ours to judge; faint likenesses, or names of the same group.
    WellFormed(Vec<String>),
    /// `<application>.Access`: every third-party application has one.
    Application,
}

/// The verdict on an action entry's text.
pub(crate) fn of_action(catalog: &Catalog, text: &str) -> Verdict {
    Verdict::Action(judge_action(catalog, text))
}

fn judge_action(catalog: &Catalog, text: &str) -> ActionVerdict {
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
    if let Some(malformation) = malformation(text) {
        return ActionVerdict::Malformed(malformation);
    }
    let Some((prefix, name)) = text.split_once(':') else { return ActionVerdict::Unfinished };
    if Pattern::is_wild(prefix) {
        return judge_pattern(catalog, text);
    }
    if let Some(service) = catalog.service(prefix) {
        if let Some(unlisted) = catalog.unlisted(text) {
            return ActionVerdict::Unlisted(unlisted);
        }
        if let Some(gone) = catalog.gone(text).filter(|gone| gone.status == GoneStatus::Legacy) {
            return ActionVerdict::Gone(gone);
        }
        if Pattern::is_wild(name) {
            return judge_pattern(catalog, text);
        }
        return ActionVerdict::Unknown { prefix: service.prefix, is_family: service.family };
    }
    if catalog.is_prefix(prefix) {
        // The lists of these services are good enough to know a name by, not to doubt one.
        return ActionVerdict::Named;
    }
    match catalog.client_name(prefix) {
        Some(client) => ActionVerdict::UnknownService { prefix: client.prefix },
        None => match suggest::near_prefix(catalog, prefix) {
            Some(prefix) => ActionVerdict::UnknownService { prefix: Some(prefix) },
            None => ActionVerdict::StrangeService,
        },
    }
}

fn judge_pattern(catalog: &Catalog, text: &str) -> ActionVerdict {
    let Some(pattern) = Pattern::new(text) else { return ActionVerdict::Unfinished };
    let count = catalog.matching(&pattern).len() + catalog.added_actions().filter(|added| pattern.takes(&added.name)).count();
    // A pattern may be written for names that AWS uses but does not list.
    let takes_unlisted = || catalog.unlisted_actions().iter().any(|unlisted| pattern.takes(unlisted.action));
    let takes_other_service = text.split_once(':').is_some_and(|(prefix, _)| Pattern::is_wild(prefix));
    if count == 0 && !takes_other_service && !takes_unlisted() { ActionVerdict::DeadPattern } else { ActionVerdict::Pattern { count } }
}

fn malformation(text: &str) -> Option<Malformation> {
    if text.is_empty() {
        return None;
    }
    if text.contains(char::is_whitespace) {
        let joined: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        return Some(Malformation::WhiteSpace(joined));
    }
    let is_taken = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '*' | '?' | ':' | '.');
    if let Some(strange) = text.chars().find(|&letter| !is_taken(letter)) {
        return Some(Malformation::Character(strange));
    }
    let Some((prefix, name)) = text.split_once(':') else {
        // `connect*` and the like are patterns that IAM refuses too.
        return Some(Malformation::NoColon);
    };
    if prefix.is_empty() || name.is_empty() {
        return Some(Malformation::EmptyPart);
    }
    name.contains(':').then_some(Malformation::Character(':'))
}

/// The verdict on a permission entry's text.
pub(crate) fn of_permission(catalog: &Catalog, text: &str) -> Verdict {
    Verdict::Permission(judge_permission(catalog, text).unwrap_or_else(|| look_for_permission(catalog, text)))
}

/// The same without looking for what a wrong name was meant to be, for documents that have too many of them.
pub(crate) fn of_permission_briefly(catalog: &Catalog, text: &str) -> Verdict {
    let unknown = || PermissionVerdict::Unknown(Arc::new(UnknownPermission::WellFormed(Vec::new())));
    Verdict::Permission(judge_permission(catalog, text).unwrap_or_else(unknown))
}

/// What a name was meant to be that no list has.
fn look_for_permission(catalog: &Catalog, text: &str) -> PermissionVerdict {
    let labelled = suggest::by_label(catalog, text);
    if !labelled.is_empty() {
        return PermissionVerdict::Label(labelled.into());
    }
    PermissionVerdict::Unknown(Arc::new(suggest::unknown_permission(catalog, text)))
}

/// The verdict as far as the lists tell; `None` for a name that none of them has.
fn judge_permission(catalog: &Catalog, text: &str) -> Option<PermissionVerdict> {
    if text.is_empty() {
        return Some(PermissionVerdict::Unfinished);
    }
    if let Some(permission) = catalog.permission(text) {
        return Some(match permission.status {
            PermissionStatus::Current | PermissionStatus::Observed => PermissionVerdict::Known(permission),
            PermissionStatus::Legacy | PermissionStatus::Superseded | PermissionStatus::Removed => {
                // A live instance that still takes the old name is right about itself.
                let added = catalog.added_permission(text).cloned();
                added.map_or(PermissionVerdict::Renamed(permission), PermissionVerdict::Added)
            }
        });
    }
    if let Some(added) = catalog.added_permission(text) {
        return Some(PermissionVerdict::Added(Arc::clone(added)));
    }
    if let Some(permission) = catalog.permission_ignoring_case(text) {
        return Some(PermissionVerdict::OtherCase(permission));
    }
    let added = catalog.added_permissions().find(|added| added.name.eq_ignore_ascii_case(text))?;
    Some(PermissionVerdict::AddedOtherCase(Arc::clone(added)))
}

/// For text that is still being typed: right names keep their verdict, anything else is unfinished rather than wrong.
pub(crate) fn unless_wrong(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Action(
            ActionVerdict::Known { .. }
            | ActionVerdict::Added(_)
            | ActionVerdict::Named
            | ActionVerdict::All
            | ActionVerdict::Pattern { .. }
            | ActionVerdict::Unlisted(_),
        ) => verdict,
        Verdict::Permission(PermissionVerdict::Known(_) | PermissionVerdict::Added(_)) => verdict,
        Verdict::Action(_) => Verdict::Action(ActionVerdict::Unfinished),
        Verdict::Permission(_) => Verdict::Permission(PermissionVerdict::Unfinished),
        Verdict::Opaque => verdict,
    }
}
