//! The placeholders of new texts.

/// A part of a text that whoever accepts it replaces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placeholder {
    /// Its name, as texts hold it between angle brackets.
    pub name: &'static str,
    /// What stands there until it is replaced. AWS uses these values in its own examples, so that they name nothing real.
    pub default: &'static str,
    /// Another value, for tests.
    pub sample: &'static str,
}

/// All placeholders. A text may give one another default: `<profile-name=Supervisor>`.
pub const PLACEHOLDERS: &[Placeholder] = &[
    Placeholder { name: "partition", default: "aws", sample: "aws-us-gov" },
    Placeholder { name: "region", default: "us-east-1", sample: "eu-west-2" },
    Placeholder { name: "account", default: "111122223333", sample: "444455556666" },
    Placeholder { name: "instance", default: "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", sample: "12345678-90ab-cdef-1234-567890abcdef" },
    Placeholder { name: "instance-parameter", default: "InstanceArn", sample: "ConnectInstanceArn" },
    Placeholder { name: "action", default: "connect:DescribeQueue", sample: "connect:ListQueues" },
    Placeholder { name: "permission", default: "Users.View", sample: "Queues.View" },
    Placeholder { name: "logical-id", default: "ConnectPolicy", sample: "ContactCenterPolicy" },
    Placeholder { name: "label", default: "connect", sample: "contact_center" },
    Placeholder { name: "policy-name", default: "connect-policy", sample: "contact-center" },
    Placeholder { name: "role-name", default: "connect-role", sample: "contact-center-role" },
    Placeholder { name: "profile-name", default: "TeamLead", sample: "Shift lead" },
    Placeholder { name: "description", default: "Leads one team", sample: "Leads one shift" },
    Placeholder { name: "provider", default: "company", sample: "identity-center" },
    Placeholder { name: "function", default: "lookup", sample: "find-customer" },
    Placeholder { name: "tag-key", default: "team", sample: "country" },
    Placeholder { name: "tag-value", default: "sales", sample: "DE" },
    Placeholder { name: "role-pattern", default: "break-glass", sample: "emergency" },
    Placeholder { name: "gateway", default: "gateway-id", sample: "orders-gateway" },
    Placeholder { name: "tool", default: "orders___status", sample: "orders___cancel" },
];

impl Placeholder {
    /// The placeholder of a name.
    pub(crate) fn of(name: &str) -> Option<&'static Placeholder> {
        PLACEHOLDERS.iter().find(|placeholder| placeholder.name == name)
    }
}
