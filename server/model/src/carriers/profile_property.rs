//! The properties of a security profile beside its permissions, whatever the tool spells them like.

/// A property of a security profile beside its permissions. Its name differs in letter case and underscores between APIs and
/// templates.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum ProfileProperty {
    /// The name, as Amazon Connect calls it.
    ProfileName,
    /// The name, as Terraform calls it.
    Name,
    /// The description.
    Description,
    /// The resources that are restricted by tags.
    TagRestrictedResources,
    /// The tags that a user must have.
    AllowedAccessControlTags,
    /// The resources that are restricted by the hierarchy.
    HierarchyRestrictedResources,
    /// The hierarchy group that a user must be in.
    AllowedAccessControlHierarchyGroupId,
}

impl ProfileProperty {
    /// Its name without underscores, in lower case.
    pub(crate) fn folded(self) -> &'static str {
        match self {
            ProfileProperty::ProfileName => "securityprofilename",
            ProfileProperty::Name => "name",
            ProfileProperty::Description => "description",
            ProfileProperty::TagRestrictedResources => "tagrestrictedresources",
            ProfileProperty::AllowedAccessControlTags => "allowedaccesscontroltags",
            ProfileProperty::HierarchyRestrictedResources => "hierarchyrestrictedresources",
            ProfileProperty::AllowedAccessControlHierarchyGroupId => "allowedaccesscontrolhierarchygroupid",
        }
    }
}
