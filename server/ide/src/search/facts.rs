//! What the catalog has no sentence for: condition keys, default profiles, AWS's own policies.

/// What a condition key compares, in one sentence. Letter case does not matter; a tag's key and other parts of the user's own
/// are left out.
pub(super) fn key_meaning(key: &str) -> Option<&'static str> {
    let key = key.split_once('/').map_or(key, |(head, _)| head);
    KEYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, meaning)| *meaning)
}

const KEYS: &[(&str, &str)] = &[
    ("aws:CalledVia", "The AWS services through which the request was made, in order."),
    ("aws:CalledViaFirst", "The first AWS service through which the request was made."),
    ("aws:CalledViaLast", "The last AWS service through which the request was made."),
    ("aws:CurrentTime", "The date and time of the request, to allow or deny access before or after a time."),
    ("aws:EpochTime", "The time of the request in seconds since 1970."),
    ("aws:FederatedProvider", "The identity provider that the user signed in with."),
    ("aws:MultiFactorAuthAge", "The number of seconds since the user signed in with MFA."),
    ("aws:MultiFactorAuthPresent", "Whether the temporary credentials were obtained with MFA. Missing for long-term access keys."),
    ("aws:PrincipalAccount", "The AWS account of the user or role that makes the request."),
    ("aws:PrincipalArn", "The ARN of the user or role that makes the request; for a session, the ARN of its role."),
    ("aws:PrincipalIsAWSService", "Whether an AWS service makes the request itself, with its service principal."),
    ("aws:PrincipalOrgID", "The organization of the account that makes the request."),
    ("aws:PrincipalOrgPaths", "The path of the caller's account in its organization."),
    ("aws:PrincipalServiceName", "The service principal that makes the request, such as `connect.amazonaws.com`."),
    ("aws:PrincipalTag", "A tag of the user or role that makes the request."),
    ("aws:PrincipalType", "Whether a user, an assumed role, an account or an anonymous caller makes the request."),
    ("aws:RequestTag", "A tag in the request, for example a tag for a new queue in `CreateQueue`."),
    ("aws:RequestedRegion", "The Region that the request is sent to."),
    ("aws:ResourceAccount", "The AWS account that owns the resource."),
    ("aws:ResourceOrgID", "The organization of the account that owns the resource."),
    ("aws:ResourceOrgPaths", "The path of the resource owner's account in its organization."),
    ("aws:ResourceTag", "A tag of the resource. Restricts access to resources with a certain tag value."),
    ("aws:SecureTransport", "Whether the request was sent over TLS."),
    ("aws:SourceAccount", "The account for which an AWS service makes the request. Prevents access on behalf of other accounts."),
    ("aws:SourceArn", "The resource for which an AWS service makes the request, such as an Amazon Connect instance."),
    ("aws:SourceIdentity", "The source identity that was set when the role was assumed."),
    ("aws:SourceIp", "The public IP address of the caller. Missing for requests through a VPC endpoint."),
    ("aws:SourceOrgID", "The organization of the resource for which an AWS service makes the request."),
    ("aws:SourceVpc", "The VPC of a request through a VPC endpoint."),
    ("aws:SourceVpce", "The VPC endpoint of the request."),
    ("aws:TagKeys", "The keys of the tags in the request."),
    ("aws:TokenIssueTime", "When the temporary credentials were issued."),
    ("aws:UserAgent", "The name that the client program sends. Callers can change it, so it is not a protection."),
    ("aws:ViaAWSService", "Whether an AWS service makes the request with the caller's credentials."),
    ("aws:VpcSourceIp", "The private IP address of a request through a VPC endpoint."),
    ("aws:referer", "The referring page that the client sends. Callers can change it, so it is not a protection."),
    ("aws:userid", "The unique ID of the user or role; for a session, the role's ID and the session name."),
    ("aws:username", "The name of the IAM user. Missing for roles."),
    ("cases:CreatedBy", "Who created the item of a case."),
    ("cases:RelatedItemType", "The type of an item attached to a case: contact, comment, file and others."),
    ("connect:AssignmentType", "How a contact is assigned to a user."),
    ("connect:AttributeType", "The instance setting to read or change, such as `CONTACT_LENS`."),
    ("connect:Channel", "The channel of the contact: voice, chat, task or email."),
    ("connect:ContactAssociationId", "The contact chain to which the contacts belong."),
    ("connect:ContactInitiationMethod", "How the contact started: inbound, outbound, transfer, callback, API and others."),
    ("connect:ExpressionValue", "Whether a data table value is an expression."),
    ("connect:FlowType", "The type of the flow, such as `CONTACT_FLOW` or `CUSTOMER_QUEUE`."),
    ("connect:HierarchyGroupL1Id", "The group of the agent hierarchy at level 1."),
    ("connect:HierarchyGroupL2Id", "The group of the agent hierarchy at level 2."),
    ("connect:HierarchyGroupL3Id", "The group of the agent hierarchy at level 3."),
    ("connect:HierarchyGroupL4Id", "The group of the agent hierarchy at level 4."),
    ("connect:HierarchyGroupL5Id", "The group of the agent hierarchy at level 5."),
    ("connect:InstanceId", "The Amazon Connect instance. Limits a policy to one instance, for actions that support the key."),
    (
        "connect:ListRealtimeContactAnalysisSegmentsByOutputType",
        "Whether the request is for the redacted or unredacted transcript of a live chat.",
    ),
    ("connect:ListRealtimeContactAnalysisSegmentsBySegmentType", "The requested parts of a live transcript."),
    ("connect:MonitorCapabilities", "What a supervisor may do in a live contact: monitor silently (`SILENT_MONITOR`), barge in (`BARGE`)."),
    ("connect:PreferredUserArn", "The user to assign a contact to."),
    ("connect:PrimaryAttribute", "The value of a data table's primary attribute. Limits access to rows of a data table."),
    ("connect:SearchContactsByContactAnalysis", "Whether contacts are searched by the words said in the conversation."),
    ("connect:SearchTag", "A tag that the search filters by. Limits searches to resources with the tag."),
    ("connect:StorageResourceType", "The kind of data to store, such as `CALL_RECORDINGS`."),
    ("connect:Subtype", "The subtype of a contact, such as SMS or WhatsApp."),
    ("connect:UserArn", "The user on whose behalf the action is taken."),
    ("wisdom:MessageTemplate", "The routing profile to which a message template is assigned."),
    ("wisdom:SearchFilter", "A filter of the search. Limits searches to matching items."),
];

/// What a default profile is for, in one sentence.
pub(super) fn profile_purpose(name: &str) -> Option<&'static str> {
    Some(match name {
        "Admin" => "Default profile of administrators, with all permissions.",
        "Agent" => "Default profile of agents. Opens the Contact Control Panel to handle contacts.",
        "CallCenterManager" => "Default profile of managers. Covers users, queues, flows, phone numbers, metrics and live monitoring.",
        "QualityAnalyst" => "Default profile of quality analysts. Covers metrics and contact search.",
        _ => return None,
    })
}

/// What the console calls a default profile.
pub(super) fn profile_label(name: &str) -> Option<&'static str> {
    Some(match name {
        "CallCenterManager" => "Call center manager",
        "QualityAnalyst" => "Quality analyst",
        _ => return None,
    })
}

/// What one of AWS's policies is for, in one sentence.
pub(super) fn policy_purpose(name: &str) -> Option<&'static str> {
    Some(match name {
        "AmazonConnectCampaignsServiceLinkedRolePolicy" => "For the service-linked role of outbound campaigns. Cannot be attached.",
        "AmazonConnectFullAccess" => "Full access to Amazon Connect. Outdated; use `AmazonConnect_FullAccess`.",
        "AmazonConnect_FullAccess" => "Full access to Amazon Connect, and the access to other services that its console requires.",
        "AmazonConnectReadOnlyAccess" => "Read access to Amazon Connect. Denies emergency sign-in.",
        "AmazonConnectServiceLinkedRolePolicy" => "For the service-linked role of an instance. Cannot be attached.",
        "AmazonConnectSynchronizationServiceRolePolicy" => {
            "For the service-linked role that synchronizes replica instances. Cannot be attached."
        }
        "AmazonConnectVoiceIDFullAccess" => "Full access to Voice ID, a discontinued service.",
        "AppIntegrationsServiceLinkedRolePolicy" => "For the service-linked role of app integrations. Cannot be attached.",
        "CustomerProfilesServiceLinkedRolePolicy" => "For the service-linked role of Customer Profiles. Cannot be attached.",
        _ => return None,
    })
}

/// What a Region is called in the console, for those in which Amazon Connect is offered.
pub(super) fn region_name(region: &str) -> Option<&'static str> {
    Some(match region {
        "af-south-1" => "Africa (Cape Town)",
        "ap-northeast-1" => "Asia Pacific (Tokyo)",
        "ap-northeast-2" => "Asia Pacific (Seoul)",
        "ap-south-1" => "Asia Pacific (Mumbai)",
        "ap-southeast-1" => "Asia Pacific (Singapore)",
        "ap-southeast-2" => "Asia Pacific (Sydney)",
        "ca-central-1" => "Canada (Central)",
        "eu-central-1" => "Europe (Frankfurt)",
        "eu-west-2" => "Europe (London)",
        "us-east-1" => "US East (N. Virginia)",
        "us-west-2" => "US West (Oregon)",
        "us-gov-west-1" => "AWS GovCloud (US-West)",
        _ => return None,
    })
}

/// What a partition is.
pub(super) fn partition_name(partition: &str) -> Option<&'static str> {
    Some(match partition {
        "aws" => "the standard partition",
        "aws-cn" => "China",
        "aws-us-gov" => "AWS GovCloud (US)",
        _ if partition.starts_with("aws-iso") => "an isolated partition",
        _ if partition.starts_with("aws-eusc") => "the AWS European Sovereign Cloud",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use connect_policy_catalog::Catalog;

    use super::*;

    #[test]
    fn every_key_of_the_connect_family_has_a_meaning() {
        let catalog = Catalog::builtin();
        let keys = catalog.services().filter(|service| service.family).flat_map(|service| &service.condition_keys);
        let missing: Vec<&str> = keys.map(|key| key.key).filter(|key| key_meaning(key).is_none()).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }

    #[test]
    fn every_default_profile_and_policy_has_a_purpose() {
        let catalog = Catalog::builtin();
        let profiles = catalog.observed_profiles().iter().filter(|profile| profile_purpose(profile.profile).is_none());
        assert_eq!(profiles.count(), 0);
        let policies = catalog.managed_policies().iter().filter(|policy| policy_purpose(policy.name).is_none());
        assert_eq!(policies.count(), 0);
    }

    #[test]
    fn sentences_are_short_and_plain() {
        let keys = KEYS.iter().map(|(_, meaning)| *meaning);
        let policies = Catalog::builtin().managed_policies().iter().filter_map(|policy| policy_purpose(policy.name));
        for sentence in keys.chain(policies) {
            assert!(sentence.len() <= 110 && sentence.ends_with('.'), "{sentence}");
        }
    }
}
