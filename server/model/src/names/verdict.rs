//! What a name is: one verdict an entry, made by the classifier and nowhere else. Rules on names only put it into words.

use std::sync::Arc;

use connect_policy_catalog::{Action, AddedAction, AddedPermission, Permission, RemovedAction, Service, UnlistedAction};

use crate::names::suggestions::ActionSuggestions;
use crate::names::unknown_permission::UnknownPermission;

/// What the name in an entry is.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// Unknown, because a part of the text is only known later.
    Opaque,
    /// An action or a pattern of actions.
    Action(ActionVerdict),
    /// A permission.
    Permission(PermissionVerdict),
}

/// What the text of an action entry is.
#[derive(Clone, Debug)]
pub enum ActionVerdict {
    /// An action that exists.
    Known {
        /// Its service.
        service: &'static Service,
        /// The action.
        action: &'static Action,
    },
    /// The workspace's own list has it.
    Added(Arc<AddedAction>),
    /// It exists, of a service of which only names are known.
    NameOnly,
    /// AWS uses it, its reference does not list it.
    Unlisted(&'static UnlistedAction),
    /// It no longer exists.
    Removed(&'static RemovedAction),
    /// `*`.
    All,
    /// A pattern that matches that many known actions, as `Catalog::all_matching` counts them; it can be 0 if it also matches
    /// services whose actions are not known in full.
    Pattern {
        /// How many.
        count: usize,
    },
    /// A pattern that does not match any action.
    DeadPattern {
        /// Patterns that were most likely meant.
        suggestions: ActionSuggestions,
    },
    /// Not of the form `service:Action`.
    Malformed(Malformation),
    /// The prefix is not an IAM prefix, but near one or the name of an API client.
    UnknownService {
        /// The right prefix; `None` if no prefix authorizes the calls.
        prefix: Option<&'static str>,
        /// Actions with the right prefix that were most likely meant.
        suggestions: ActionSuggestions,
    },
    /// The prefix is not in the catalog, and no known prefix is near.
    UnlistedPrefix,
    /// The service has no such action.
    Unknown {
        /// The prefix in its own spelling.
        prefix: &'static str,
        /// Whether the service is of the Connect family.
        is_family: bool,
        /// Actions of the service, or of a sister service, that were most likely meant, with the distance of the best.
        suggestions: ActionSuggestions,
    },
    /// Nothing but a beginning.
    Unfinished,
}

/// How an entry fails to be an action.
#[derive(Clone, Debug)]
pub enum Malformation {
    /// White space or invisible characters; without them the entry reads as this.
    WhiteSpace(String),
    /// No colon.
    NoColon {
        /// Actions of Amazon Connect that were most likely meant.
        suggestions: ActionSuggestions,
    },
    /// Nothing before or after the colon.
    EmptyPart,
    /// A character that IAM does not allow.
    Character(char),
}

/// What the text of a permission entry is.
#[derive(Clone, Debug)]
pub enum PermissionVerdict {
    /// It exists and is in use: current or observed.
    Known(&'static Permission),
    /// The workspace's own list has it, whatever the catalog has on it.
    Added(Arc<AddedPermission>),
    /// It has another name today, or none: legacy, superseded, removed.
    Renamed(&'static Permission),
    /// Right but for letter case.
    WrongCase(&'static Permission),
    /// Right but for letter case, of the workspace's own list.
    AddedWrongCase(Arc<AddedPermission>),
    /// A label of the console, standing for these permissions.
    Label(Arc<[&'static Permission]>),
    /// It is in no list.
    Unknown(Arc<UnknownPermission>),
    /// Nothing but a beginning.
    Unfinished,
}

impl Verdict {
    /// For text that is still being typed: right names keep their verdict, anything else is unfinished rather than wrong.
    pub(crate) fn tolerate_unfinished(self) -> Verdict {
        match self {
            Verdict::Action(
                ActionVerdict::Known { .. }
                | ActionVerdict::Added(_)
                | ActionVerdict::NameOnly
                | ActionVerdict::All
                | ActionVerdict::Pattern { .. }
                | ActionVerdict::Unlisted(_),
            ) => self,
            Verdict::Permission(PermissionVerdict::Known(_) | PermissionVerdict::Added(_)) => self,
            Verdict::Action(_) => Verdict::Action(ActionVerdict::Unfinished),
            Verdict::Permission(_) => Verdict::Permission(PermissionVerdict::Unfinished),
            Verdict::Opaque => self,
        }
    }
}
