//! A list of permissions with the security profile around it.

use connect_policy_syntax::{Document, NodeId, NodeKind, Pair};

use crate::carriers::carrier::ResourceShape;
use crate::carriers::classify::{PermissionContext, ResourceType, is_in_labelled_resource, resource_type};
use crate::carriers::profile_property::ProfileProperty;
use crate::carriers::table::CARRIERS;
use crate::policy::entry_list::EntryList;

/// A list of permissions and where it stands.
#[derive(Clone, Debug)]
pub struct PermissionList {
    /// Where it stands.
    pub context: PermissionContext,
    /// The list.
    pub list: EntryList,
}

impl PermissionList {
    /// Whether the list's schema requires its items to be unique, as CloudFormation's does.
    pub fn must_be_unique(&self, document: &Document) -> bool {
        self.resource_type(document)
            .is_some_and(|resource| resource.is_profile() && resource.carrier.profile.is_some_and(|profile| profile.is_unique))
    }

    /// A property of the profile.
    pub fn property(&self, document: &Document, property: ProfileProperty) -> Option<Pair> {
        self.properties(document).find(|pair| fold(&document.value(pair.key)) == property.folded())
    }

    /// Whether the surroundings are certainly those of a profile: a resource of a template or the request of an API, not a map
    /// of somebody's own.
    pub fn is_certain(&self, document: &Document) -> bool {
        self.context == PermissionContext::Profile
            && (self.must_be_unique(document)
                || self.is_terraform_resource(document)
                || self.property(document, ProfileProperty::ProfileName).is_some())
    }

    /// Whether the list belongs to a resource of a Terraform provider.
    pub fn is_terraform_resource(&self, document: &Document) -> bool {
        let labelled = || CARRIERS.iter().filter(|carrier| carrier.resource == ResourceShape::Labelled);
        let is_type = |name: &str| labelled().any(|carrier| carrier.profile.is_some_and(|profile| profile.resource_types.contains(&name)));
        self.map(document).is_some_and(|map| is_in_labelled_resource(document, map, is_type))
    }

    fn map(&self, document: &Document) -> Option<NodeId> {
        document.tree().parent(self.list.key?).filter(|&map| matches!(document.kind(map), NodeKind::Map | NodeKind::Block))
    }

    fn properties<'d>(&self, document: &'d Document) -> impl Iterator<Item = Pair> + use<'d> {
        self.map(document).into_iter().flat_map(|map| document.pairs(map))
    }

    fn resource_type<'d>(&self, document: &'d Document) -> Option<ResourceType<'d>> {
        let map = self.map(document)?;
        let key = document.key_of(map)?;
        resource_type(document, key, &document.value(key))
    }
}

fn fold(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}
