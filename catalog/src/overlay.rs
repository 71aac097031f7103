//! What a workspace adds to the shipped facts: names of its own, the permission list of its own instance, AWS's newer
//! service reference.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::action::{Access, is_action_name};
use crate::service_reference::ServiceReference;

/// An action that a workspace knows besides the shipped ones.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddedAction {
    /// The full name.
    pub name: String,
    /// What it does, where the list tells.
    pub access: Option<Access>,
    /// The resource types that it works on, where the list tells.
    pub resources: Vec<String>,
    /// Its condition keys, where the list tells.
    pub conditions: Vec<String>,
    /// Which list has it, as a person named it: a file, or the setting itself.
    pub origin: Arc<str>,
}

impl AddedAction {
    /// The prefix of its service.
    pub fn prefix(&self) -> &str {
        self.name.split_once(':').map_or("", |(prefix, _)| prefix)
    }
}

/// A permission of a workspace's own list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddedPermission {
    /// The API's name.
    pub name: String,
    /// Which list has it, as a person named it: a file, or the setting itself.
    pub origin: Arc<str>,
}

/// What a workspace adds. Of a name that is added twice the first stays.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Overlay {
    /// By full name in lower case, as IAM compares.
    actions: BTreeMap<String, Arc<AddedAction>>,
    /// By name, letter by letter.
    permissions: BTreeMap<String, Arc<AddedPermission>>,
}

impl Overlay {
    /// Whether it adds nothing.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty() && self.permissions.is_empty()
    }

    /// Adds an action by its full name; `false` where the name is not of the form `service:Action`.
    pub fn add_action(&mut self, name: &str, origin: &Arc<str>) -> bool {
        if !is_action_name(name) {
            return false;
        }
        self.add(AddedAction {
            name: name.to_owned(),
            access: None,
            resources: Vec::new(),
            conditions: Vec::new(),
            origin: Arc::clone(origin),
        });
        true
    }

    /// Adds all actions of a service reference.
    pub fn add_service_reference(&mut self, reference: &ServiceReference, origin: &Arc<str>) {
        for action in &reference.actions {
            self.add(AddedAction {
                name: format!("{}:{}", reference.name, action.name),
                access: action.access(),
                resources: action.resources.iter().map(|resource| resource.name.clone()).collect(),
                conditions: action.conditions.clone(),
                origin: Arc::clone(origin),
            });
        }
    }

    fn add(&mut self, action: AddedAction) {
        self.actions.entry(action.name.to_ascii_lowercase()).or_insert_with(|| Arc::new(action));
    }

    /// Adds permissions.
    pub fn add_permissions<N: AsRef<str>>(&mut self, names: impl IntoIterator<Item = N>, origin: &Arc<str>) {
        for name in names {
            let name = name.as_ref();
            let added = || Arc::new(AddedPermission { name: name.to_owned(), origin: Arc::clone(origin) });
            self.permissions.entry(name.to_owned()).or_insert_with(added);
        }
    }

    /// Leaves out the actions for which this does not hold.
    pub(crate) fn retain_actions(&mut self, mut keeps: impl FnMut(&AddedAction) -> bool) {
        self.actions.retain(|_, action| keeps(action));
    }

    pub(crate) fn action(&self, name: &str) -> Option<&Arc<AddedAction>> {
        // Most workspaces add nothing, and this is asked for every wrong name.
        if self.actions.is_empty() { None } else { self.actions.get(&name.to_ascii_lowercase()) }
    }

    pub(crate) fn actions(&self) -> impl Iterator<Item = &Arc<AddedAction>> {
        self.actions.values()
    }

    pub(crate) fn permission(&self, name: &str) -> Option<&Arc<AddedPermission>> {
        self.permissions.get(name)
    }

    pub(crate) fn permissions(&self) -> impl Iterator<Item = &Arc<AddedPermission>> {
        self.permissions.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_full_names_are_actions() {
        let mut overlay = Overlay::default();
        let origin = Arc::from("x");
        assert!(overlay.add_action("acme:Frobnicate", &origin));
        for wrong in ["Frobnicate", "acme:", ":x", "acme:Get*", "a b:c", "a:b:c"] {
            assert!(!overlay.add_action(wrong, &origin), "{wrong}");
        }
    }
}
