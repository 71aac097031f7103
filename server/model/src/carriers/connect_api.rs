//! Requests to the API of Amazon Connect, its answers, and exports that keep its words.

use crate::carriers::carrier::{Carrier, EMPTY, ProfileKeys};

pub(crate) const CARRIER: Carrier = Carrier {
    name: "Amazon Connect API",
    markers: &["permission", "securityprofile", "security_profile"],
    profile: Some(ProfileKeys {
        permissions: &["Permissions"],
        resource_types: &[],
        is_unique: false,
        request_keys: &["SecurityProfileName", "SecurityProfileId"],
        answer_keys: &["Permissions", "NextToken", "LastModifiedTime", "LastModifiedRegion", "ResponseMetadata"],
        export_keys: &["Name", "name", "ProfileName"],
        never_below: &[],
    }),
    // The scopes of an application.
    excluded_keys: &["scopes"],
    profile_name_keys: &["SecurityProfileName", "ProfileName", "Name"],
    ..EMPTY
};
