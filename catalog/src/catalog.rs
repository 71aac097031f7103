//! [`Catalog`]: every shipped fact, and what a workspace adds, behind one value.

use std::sync::{Arc, OnceLock};

use crate::action::{Action, HomeRegion, RemovedAction, TagCheck, UnlistedAction};
use crate::condition_key::ConditionKey;
use crate::data::{self, ShippedData};
use crate::exception::Exception;
use crate::limit::Limit;
use crate::managed_policy::ManagedPolicy;
use crate::overlay::{AddedAction, AddedPermission, Overlay};
use crate::pattern::Pattern;
use crate::pattern_matches::PatternMatches;
use crate::permission::{LabelAlias, ObservedProfile, Permission};
use crate::relation::{Counterpart, Relation, RelationKind};
use crate::risk::Risk;
use crate::service::{ClientName, OtherService, Service, ServiceName};
use crate::source::Source;
use crate::task::Task;

/// All that is known. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Catalog {
    base: &'static ShippedData,
    /// `None` where a workspace adds nothing, as most do.
    overlay: Option<Arc<Overlay>>,
}

impl Catalog {
    /// What ships with this program.
    pub fn builtin() -> Catalog {
        static BASE: OnceLock<ShippedData> = OnceLock::new();
        Catalog { base: BASE.get_or_init(ShippedData::default), overlay: None }
    }

    /// What ships with this program and what a workspace adds to it. Actions that ship already are not added again;
    /// permissions are kept all, because a workspace's own list also tells which names are in use.
    #[must_use]
    pub fn with(mut overlay: Overlay) -> Catalog {
        let catalog = Catalog::builtin();
        overlay.retain_actions(|added| catalog.action(&added.name).is_none());
        let overlay = Some(overlay).filter(|overlay| !overlay.is_empty()).map(Arc::new);
        Catalog { overlay, ..catalog }
    }

    /// The day on which the shipped facts were last brought up to date, `YYYY-MM-DD`.
    pub fn date(&self) -> &'static str {
        &self.base.sources().date
    }

    /// Where the facts come from, by id.
    pub fn sources(&self) -> &'static [Source] {
        &self.base.sources().sources
    }

    // ---- services and actions

    /// The services of which every action is known in full, by prefix in ascending order.
    pub fn services(&self) -> impl Iterator<Item = &'static Service> + use<> {
        let base = self.base;
        data::SERVICES.iter().filter_map(|(prefix, _)| base.service(prefix))
    }

    /// The service of a prefix, in any letter case.
    pub fn service(&self, prefix: &str) -> Option<&'static Service> {
        self.base.service(prefix)
    }

    /// A service of which only names are known, by prefix in any letter case.
    pub fn other_service(&self, prefix: &str) -> Option<&'static OtherService> {
        let services = &self.base.other_services().services;
        services.iter().find(|service| service.prefix.eq_ignore_ascii_case(prefix))
    }

    /// Whether a prefix is one that IAM knows, in any letter case.
    pub fn is_prefix(&self, prefix: &str) -> bool {
        data::is_catalogued(prefix)
            || self.other_service(prefix).is_some()
            || self.added_actions().any(|added| added.prefix().eq_ignore_ascii_case(prefix))
    }

    /// All prefixes that IAM knows, what a workspace adds not among them.
    pub fn prefixes(&self) -> impl Iterator<Item = &'static str> + use<> {
        data::SERVICES.iter().map(|(prefix, _)| *prefix).chain(self.base.other_services().services.iter().map(|service| service.prefix))
    }

    /// Whether a prefix belongs to the Connect family (connect, cases, profile, wisdom, …), in any letter case.
    /// Answers without reading the service's data.
    pub fn is_family(&self, prefix: &str) -> bool {
        data::FAMILY.iter().any(|family| family.eq_ignore_ascii_case(prefix))
    }

    /// The Connect family's prefixes.
    pub fn family(&self) -> &'static [&'static str] {
        data::FAMILY
    }

    /// An action by its full name (`connect:ListUsers`), in any letter case, of the services that are known in full.
    pub fn action(&self, name: &str) -> Option<(&'static Service, &'static Action)> {
        let (prefix, action) = name.split_once(':')?;
        let service = self.service(prefix)?;
        Some((service, service.action(action)?))
    }

    /// An action that AWS uses although its reference does not list it, in any letter case.
    pub fn unlisted(&self, name: &str) -> Option<&'static UnlistedAction> {
        self.unlisted_actions().iter().find(|unlisted| unlisted.action.eq_ignore_ascii_case(name))
    }

    /// All actions that AWS uses although its reference does not list them.
    pub fn unlisted_actions(&self) -> &'static [UnlistedAction] {
        &self.base.unlisted().actions
    }

    /// An action that documentation once printed and that no longer exists (or never did), in any letter case.
    pub fn removed_action(&self, name: &str) -> Option<&'static RemovedAction> {
        self.removed_actions().iter().find(|removed| removed.action.eq_ignore_ascii_case(name))
    }

    /// All actions that do not exist (any more), in order of name.
    pub fn removed_actions(&self) -> &'static [RemovedAction] {
        &self.base.removed().actions
    }

    /// What a name that people take for a prefix really stands for (`qconnect` is `wisdom`).
    pub fn client_name(&self, name: &str) -> Option<&'static ClientName> {
        self.client_names().iter().find(|client| client.client.eq_ignore_ascii_case(name))
    }

    /// All names that people take for prefixes.
    pub fn client_names(&self) -> &'static [ClientName] {
        &self.base.clients().clients
    }

    /// Every action of a fully known service that a pattern matches, in order of name. Unlisted names do not count.
    pub fn matching(&self, pattern: &Pattern) -> Vec<(&'static Service, &'static Action)> {
        let mut matches = Vec::new();
        for (prefix, _) in data::SERVICES {
            if !pattern.matches_service(prefix) {
                continue;
            }
            if let Some(service) = self.service(prefix) {
                matches.extend(service.actions.iter().filter(|action| pattern.matches_name(action.name)).map(|action| (service, action)));
            }
        }
        matches
    }

    /// Every known action that a pattern matches: listed, added by the workspace, and used by AWS without being listed.
    pub fn all_matching(&self, pattern: &Pattern) -> PatternMatches {
        let is_new = |unlisted: &&UnlistedAction| !self.knows_action(unlisted.action);
        PatternMatches {
            listed: self.matching(pattern),
            added: self.added_actions().filter(|added| pattern.matches(&added.name)).cloned().collect(),
            unlisted: self.unlisted_actions().iter().filter(|unlisted| pattern.matches(unlisted.action)).filter(is_new).collect(),
        }
    }

    /// What is risky about an action, by its full name in any letter case.
    pub fn risk(&self, name: &str) -> Option<&'static Risk> {
        self.risks().iter().find(|risk| risk.action.eq_ignore_ascii_case(name))
    }

    /// All actions that are risky, in order of name.
    pub fn risks(&self) -> &'static [Risk] {
        &self.base.risks().risks
    }

    /// The resource types whose tags an action checks all, by its full name in any letter case; `None` where it is one at most.
    pub fn tag_check(&self, name: &str) -> Option<&'static TagCheck> {
        self.tag_checks().iter().find(|check| check.action.eq_ignore_ascii_case(name))
    }

    /// All actions that check the tags of several resource types, in order of name.
    pub fn tag_checks(&self) -> &'static [TagCheck] {
        &self.base.tag_checks().tag_checks
    }

    /// The one Region in which an action works, by its full name in any letter case.
    pub fn home_region(&self, name: &str) -> Option<&'static HomeRegion> {
        self.home_regions().iter().find(|home| home.action.eq_ignore_ascii_case(name))
    }

    /// All actions that work in one Region only, in order of name.
    pub fn home_regions(&self) -> &'static [HomeRegion] {
        &self.base.home_region().actions
    }

    /// The names of the services of the Connect family, present and former, by prefix and name in order.
    pub fn service_names(&self) -> &'static [ServiceName] {
        &self.base.service_names().names
    }

    /// A condition key by name, in any letter case: a service's own, a global one, or one that AWS documents elsewhere. A key
    /// with a part of the user's own (`aws:ResourceTag/team`) is found by its pattern.
    pub fn condition_key(&self, name: &str) -> Option<&'static ConditionKey> {
        let (prefix, _) = name.split_once(':')?;
        let of_service = self.service(prefix).into_iter().flat_map(|service| &service.condition_keys);
        of_service.chain(&self.base.global_keys().keys).chain(&self.base.unlisted().condition_keys).find(|key| key.matches(name))
    }

    /// Resources that AWS itself pairs with actions although the data says otherwise.
    pub fn exceptions(&self) -> &'static [Exception] {
        &self.base.exceptions().exceptions
    }

    /// The condition keys that any request has.
    pub fn global_condition_keys(&self) -> &'static [ConditionKey] {
        &self.base.global_keys().keys
    }

    /// The values that a condition key can have, by the key in any letter case; nothing where they are not few and known.
    pub fn condition_values(&self, key: &str) -> &'static [&'static str] {
        let known = self.base.condition_values().keys.iter().find(|known| known.key.eq_ignore_ascii_case(key));
        known.map_or(&[], |known| &known.values)
    }

    // ---- permissions

    /// A permission by its exact name.
    pub fn permission(&self, name: &str) -> Option<&'static Permission> {
        let permissions = self.permissions();
        permissions.binary_search_by(|permission| permission.name.cmp(name)).ok().map(|index| &permissions[index])
    }

    /// A permission by its name in any letter case.
    pub fn permission_ignoring_case(&self, name: &str) -> Option<&'static Permission> {
        self.permissions().iter().find(|permission| permission.name.eq_ignore_ascii_case(name))
    }

    /// All permissions in order of name.
    pub fn permissions(&self) -> &'static [Permission] {
        &self.base.permissions().permissions
    }

    /// The console's nouns for groups of permissions.
    pub fn label_aliases(&self) -> &'static [LabelAlias] {
        &self.base.aliases().aliases
    }

    /// What permissions have to do with each other.
    pub fn relations(&self) -> &'static [Relation] {
        &self.base.relations().relations
    }

    /// What is risky about a permission, by its exact name: a relation of the kind `risky` or `sensitive`.
    pub fn permission_risk(&self, name: &str) -> Option<&'static Relation> {
        let is_risk = |relation: &&Relation| matches!(relation.kind, RelationKind::Risky | RelationKind::Sensitive);
        self.relations().iter().filter(is_risk).find(|relation| relation.from.contains(&name))
    }

    /// The permissions that give the same power as IAM actions, in order of name.
    pub fn counterparts(&self) -> &'static [Counterpart] {
        &self.base.counterparts().counterparts
    }

    /// The IAM actions that give the same power as a permission, by its exact name.
    pub fn counterpart(&self, permission: &str) -> Option<&'static Counterpart> {
        self.counterparts().iter().find(|counterpart| counterpart.permission == permission)
    }

    /// The permissions that give the same power as an IAM action, by its full name in any letter case.
    pub fn counterparts_of_action<'n>(&self, action: &'n str) -> impl Iterator<Item = &'static Counterpart> + use<'n> {
        self.counterparts().iter().filter(move |counterpart| counterpart.actions.iter().any(|own| own.eq_ignore_ascii_case(action)))
    }

    /// Permission lists of default profiles, as they were observed.
    pub fn observed_profiles(&self) -> &'static [ObservedProfile] {
        &self.base.profiles().profiles
    }

    // ---- what a workspace adds

    /// An action that the workspace adds, by its full name in any letter case.
    pub fn added_action(&self, name: &str) -> Option<&Arc<AddedAction>> {
        self.overlay.as_ref()?.action(name)
    }

    /// All actions that the workspace adds, in order of name.
    pub fn added_actions(&self) -> impl Iterator<Item = &Arc<AddedAction>> {
        self.overlay.iter().flat_map(|overlay| overlay.actions())
    }

    /// A permission of the workspace's own list, by its exact name; it may ship too.
    pub fn added_permission(&self, name: &str) -> Option<&Arc<AddedPermission>> {
        self.overlay.as_ref()?.permission(name)
    }

    /// All permissions of the workspace's own list, in order of name, those that ship too among them.
    pub fn added_permissions(&self) -> impl Iterator<Item = &Arc<AddedPermission>> {
        self.overlay.iter().flat_map(|overlay| overlay.permissions())
    }

    /// Whether an action's full name is known, shipped or added, in any letter case.
    pub fn knows_action(&self, name: &str) -> bool {
        self.action(name).is_some() || self.added_action(name).is_some()
    }

    /// Whether a permission's exact name is known, shipped or added.
    pub fn knows_permission(&self, name: &str) -> bool {
        self.permission(name).is_some() || self.added_permission(name).is_some()
    }

    /// How much of something AWS takes, by the limit's id: `managed-policy`.
    pub fn limit(&self, id: &str) -> Option<usize> {
        self.limits().iter().find(|limit| limit.id == id).map(|limit| limit.max)
    }

    /// How much of something there can be, by id in ascending order.
    pub fn limits(&self) -> &'static [Limit] {
        &self.base.limits().limits
    }

    // ---- tasks and policies

    /// The tasks of the Amazon Connect console, in the order of its pages.
    pub fn tasks(&self) -> &'static [Task] {
        &self.base.tasks().tasks
    }

    /// A console task by its id or title, in any letter case.
    pub fn task(&self, name: &str) -> Option<&'static Task> {
        self.tasks().iter().find(|task| task.id.eq_ignore_ascii_case(name) || task.title.eq_ignore_ascii_case(name))
    }

    /// The console tasks that need an action, by its full name.
    pub fn tasks_using<'n>(&self, action: &'n str) -> impl Iterator<Item = &'static Task> + use<'n> {
        self.tasks().iter().filter(move |task| task.actions.iter().any(|used| used.eq_ignore_ascii_case(action)))
    }

    /// AWS's own policies for Amazon Connect.
    pub fn managed_policies(&self) -> &'static [ManagedPolicy] {
        &self.base.managed().policies
    }

    /// The policy of AWS's that a text names: its name, or an ARN of any partition, whole or only its end.
    pub fn managed_policy(&self, text: &str) -> Option<&'static ManagedPolicy> {
        const OF_AWS: &str = ":iam::aws:policy/";
        let path = text.split_once(OF_AWS).map(|(_, path)| path);
        self.managed_policies().iter().find(|policy| match path {
            Some(path) => policy.arn.split_once(OF_AWS).is_some_and(|(_, own)| own == path),
            None => policy.name == text,
        })
    }
}
