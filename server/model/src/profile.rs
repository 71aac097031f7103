//! What stands around a list of permissions in its security profile.

use std::borrow::Cow;

use connect_policy_syntax::{Document, Kind, NodeId, Pair};

use crate::{PermissionCarrier, PermissionList, carrier};

impl PermissionList {
    /// Whether the list's schema demands that its items be unique, as CloudFormation's does.
    pub fn must_be_unique(&self, document: &Document) -> bool {
        self.resource_type(document).is_some_and(|name| name == "AWS::Connect::SecurityProfile")
    }

    /// A property of the profile beside its permissions, by its name without underscores in lower case; words differ in
    /// letter case between APIs and templates.
    pub fn property(&self, document: &Document, folded: &str) -> Option<Pair> {
        self.properties(document).find(|pair| fold(&document.value(pair.key)) == folded)
    }

    /// Whether the surroundings are certainly those of a profile: a resource of a template or the request of an API, not a map
    /// of somebody's own.
    pub fn is_certain(&self, document: &Document) -> bool {
        self.carrier == PermissionCarrier::Profile
            && (self.must_be_unique(document)
                || self.is_terraform_resource(document)
                || self.property(document, "securityprofilename").is_some())
    }

    /// Whether the list belongs to a resource of a Terraform provider.
    pub fn is_terraform_resource(&self, document: &Document) -> bool {
        let is_type = |key: &str| matches!(key, "aws_connect_security_profile" | "awscc_connect_security_profile");
        self.map(document).is_some_and(|map| carrier::keys_above(document, map).take(3).any(|(_, key)| is_type(&key)))
    }

    fn map(&self, document: &Document) -> Option<NodeId> {
        document.tree().parent(self.list.key?).filter(|&map| matches!(document.kind(map), Kind::Map | Kind::Block))
    }

    fn properties<'d>(&self, document: &'d Document) -> impl Iterator<Item = Pair> + use<'d> {
        self.map(document).into_iter().flat_map(|map| document.pairs(map))
    }

    fn resource_type(&self, document: &Document) -> Option<String> {
        let map = self.map(document)?;
        let key = document.key_of(map)?;
        carrier::resource_type(document, key, &document.value(key)).map(Cow::into_owned)
    }
}

fn fold(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}
