//! The input of the API and the AWS CLI.

use crate::skeletons::plan::ProfilePlan;
use crate::writing::outline::{Member, Outline};

/// The input of CreateSecurityProfile.
pub(super) fn profile(profile: &ProfilePlan, permissions: &[&str]) -> Outline {
    let mut members = vec![
        Member::new("InstanceId", Outline::text("<instance>")),
        Member::new("SecurityProfileName", Outline::text(profile.name)),
        Member::new("Description", Outline::text(profile.description)),
    ];
    if !permissions.is_empty() {
        members.push(Member::new("Permissions", Outline::texts(permissions)));
    }
    if let Some(restriction) = profile.restriction {
        let (key, value) = restriction.tag;
        members.push(Member::new("TagRestrictedResources", Outline::texts(restriction.resources)));
        members.push(Member::new("AllowedAccessControlTags", Outline::Map(vec![Member::new(key, Outline::text(value))])));
    }
    if let Some(application) = profile.application {
        let application = vec![
            Member::new("Namespace", Outline::text(application.namespace)),
            Member::new("ApplicationPermissions", Outline::texts(application.permissions)),
            Member::new("Type", Outline::text(application.kind)),
        ];
        members.push(Member::new("Applications", Outline::List(vec![Outline::Map(application)])));
    }
    Outline::Map(members)
}
