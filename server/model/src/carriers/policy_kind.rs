//! What a policy is attached to, and what follows for it from the type of a resource.

/// What a policy is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PolicyKind {
    /// Attached to a user, group or role.
    Identity,
    /// Who may assume a role.
    Trust,
    /// Attached to a resource: a bucket, queue, key, function.
    Resource,
    /// Grants nothing, only limits: service and resource control policies, permissions boundaries.
    Ceiling,
    /// Attached to a VPC endpoint; limits what goes through it.
    Endpoint,
    /// Unknown.
    Unknown,
}

impl PolicyKind {
    /// Whether an Allow in such a policy may grant something. An unknown policy may.
    pub fn may_grant(self) -> bool {
        !matches!(self, PolicyKind::Ceiling | PolicyKind::Endpoint)
    }

    /// The kind of the policies in a resource of this type. AWS's types read alike in CloudFormation and Terraform, letter case
    /// and separators aside.
    pub(crate) fn of_resource(resource: &str) -> Option<PolicyKind> {
        let folded: String = resource.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
        let folded = folded.strip_prefix("awscc").or_else(|| folded.strip_prefix("aws"))?;
        Some(match folded {
            "organizationspolicy" => PolicyKind::Ceiling,
            "ec2vpcendpoint" | "vpcendpoint" | "vpcendpointpolicy" => PolicyKind::Endpoint,
            "iampolicydocument" => return None,
            _ if folded.starts_with("iam")
                || folded.starts_with("ssopermissionset")
                || folded == "serverlessfunction"
                || folded == "ssoadminpermissionsetinlinepolicy" =>
            {
                PolicyKind::Identity
            }
            _ if folded.ends_with("policy")
                || folded.ends_with("key")
                || folded.ends_with("queue")
                || folded.ends_with("topic")
                || folded.ends_with("bucket") =>
            {
                PolicyKind::Resource
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surroundings_tell_the_kind_in_both_vocabularies() {
        for (resource, kind) in [
            ("AWS::IAM::ManagedPolicy", Some(PolicyKind::Identity)),
            ("aws_iam_role_policy", Some(PolicyKind::Identity)),
            ("AWS::S3::BucketPolicy", Some(PolicyKind::Resource)),
            ("aws_sqs_queue_policy", Some(PolicyKind::Resource)),
            ("AWS::KMS::Key", Some(PolicyKind::Resource)),
            ("aws_organizations_policy", Some(PolicyKind::Ceiling)),
            ("AWS::EC2::VPCEndpoint", Some(PolicyKind::Endpoint)),
            ("aws_iam_policy_document", None),
            ("helm_release", None),
        ] {
            assert_eq!(PolicyKind::of_resource(resource), kind, "{resource}");
        }
    }
}
