//! Explains a message by which AWS refused a request: what was refused and by what, and the statement that would allow it.

use std::fmt::Write as _;

use connect_policy_catalog::Catalog;

use super::access_denied::{AccessDenied, PolicyType, Reason};
use super::request::{self, Request};
use super::statement::SuggestedStatement;

/// What a message by which AWS refused a request means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeniedExplanation {
    /// The message.
    pub message: AccessDenied,
    /// The action that was refused, from the message or worked out from the operation.
    pub action: Option<String>,
    /// What was refused, and by what kind of policy, in one sentence.
    pub summary: String,
    /// What else is known of principal, action and resource, a sentence or two each.
    pub notes: Vec<String>,
    /// The smallest statement that would allow it. Never one against an explicit deny.
    pub statement: Option<SuggestedStatement>,
    /// Where the statement belongs.
    pub place: Option<String>,
    /// What to look for and to do, in order.
    pub steps: Vec<String>,
}

/// Explains a message with what the catalog knows of its action and resource.
pub fn explain_denied(catalog: &Catalog, message: AccessDenied) -> DeniedExplanation {
    let action = message.action.clone().or_else(|| request::action_of_operation(catalog, message.operation.as_deref()?));
    let summary = summary(&message, action.as_deref());
    let mut explanation =
        DeniedExplanation { action, summary, notes: Vec::new(), statement: None, place: None, steps: Vec::new(), message };
    explanation.add_principal();
    if explanation.message.is_generic() {
        explanation.explain_generic();
    } else if let Some(action) = explanation.action.clone() {
        if explanation.message.action.is_none() {
            explanation.notes.push(format!("The message names only the API operation. `{action}` authorizes it."));
        }
        let request = Request::new(catalog, &action, &explanation.message);
        explanation.notes.extend(request.notes.iter().cloned());
        match explanation.message.reason {
            Reason::ExplicitDeny => explanation.find_deny(&action),
            Reason::NotAllowed | Reason::Unknown => explanation.suggest(&request),
        }
    }
    explanation.decode();
    explanation
}

fn summary(message: &AccessDenied, action: Option<&str>) -> String {
    let Some(action) = action else { return "AWS denied the request. The message does not name the action.".to_owned() };
    let mut out = format!("`{action}`");
    if let Some(resource) = &message.resource {
        let _ = write!(out, " on `{resource}`");
    }
    match (message.reason, message.policy) {
        (Reason::ExplicitDeny, Some(policy)) => {
            let _ = write!(out, " was denied by a Deny statement in {} {}", article(policy), policy.name());
            if let Some(arn) = &message.policy_arn {
                let _ = write!(out, " (`{arn}`)");
            }
            out.push('.');
        }
        (Reason::ExplicitDeny, None) => out.push_str(" was denied by a Deny statement. The message does not name the policy type."),
        (Reason::NotAllowed, Some(policy)) => {
            let _ = write!(out, " was denied because {} it.", not_allowing(policy));
        }
        (Reason::NotAllowed, None) => out.push_str(" was denied because no policy allows it."),
        (Reason::Unknown, _) => out.push_str(" was denied. The message does not name the policy; the usual cause is a missing Allow."),
    }
    out
}

fn article(policy: PolicyType) -> &'static str {
    if policy == PolicyType::Identity { "an" } else { "a" }
}

fn not_allowing(policy: PolicyType) -> &'static str {
    match policy {
        PolicyType::Identity => "the identity-based policies do not allow",
        PolicyType::Resource => "the resource-based policy does not allow",
        PolicyType::ServiceControl => "the service control policies do not allow",
        PolicyType::ResourceControl => "the resource control policies do not allow",
        PolicyType::Boundary => "the permissions boundary does not allow",
        PolicyType::Session => "the session policy does not allow",
        PolicyType::VpcEndpoint => "the VPC endpoint policy does not allow",
        PolicyType::RoleTrust => "the trust policy of the role does not allow",
    }
}

/// What a principal is called in sentences.
enum Caller<'m> {
    User(&'m str),
    Role { name: &'m str, session: Option<&'m str> },
    Other,
}

impl DeniedExplanation {
    fn caller(&self) -> Caller<'_> {
        let Some(arn) = self.message.principal.as_deref() else { return Caller::Other };
        let last = |path: &'_ str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
        if let Some(rest) = resource.strip_prefix("assumed-role/") {
            let (name, session) = rest.split_once('/').map_or((rest, None), |(name, session)| (name, Some(session)));
            return Caller::Role { name, session };
        }
        if resource.starts_with("role/") {
            return Caller::Role { name: &resource[resource.len() - last(resource).len()..], session: None };
        }
        if resource.starts_with("user/") {
            return Caller::User(&resource[resource.len() - last(resource).len()..]);
        }
        Caller::Other
    }

    fn add_principal(&mut self) {
        let note = match self.caller() {
            Caller::User(name) => Some(format!("The request was made by the IAM user `{name}`.")),
            Caller::Role { name, session: Some(session) } => {
                Some(format!("The request was made by the role `{name}` in the session `{session}`."))
            }
            Caller::Role { name, session: None } => Some(format!("The request was made by the role `{name}`.")),
            Caller::Other => None,
        };
        self.notes.extend(note);
    }

    /// Whose policies may get the statement, in words.
    fn holder(&self) -> String {
        match self.caller() {
            Caller::User(name) => format!("the user `{name}` or one of its groups"),
            Caller::Role { .. } | Caller::Other => self.caller_name(),
        }
    }

    /// Who makes the request, in words. Only users and roles have permissions boundaries; groups do not.
    fn caller_name(&self) -> String {
        match self.caller() {
            Caller::User(name) => format!("the user `{name}`"),
            Caller::Role { name, .. } => format!("the role `{name}`"),
            Caller::Other => "the user or role that makes the request".to_owned(),
        }
    }

    /// The ARN that a policy names for the caller: of a session, its role. A role's path is not part of the session's ARN.
    fn principal_arn(&self) -> String {
        let arn = self.message.principal.as_deref().filter(|principal| principal.starts_with("arn:"));
        let Some(arn) = arn else { return "arn:aws:iam::ACCOUNT:role/ROLE".to_owned() };
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        match (self.caller(), parts.as_slice()) {
            (Caller::Role { name, .. }, [_, partition, "sts", _, account, _]) => format!("arn:{partition}:iam::{account}:role/{name}"),
            _ => arn.to_owned(),
        }
    }

    /// The statement that would allow it in the kind of policy that was named.
    fn suggest(&mut self, request: &Request) {
        let resources = request.resources.clone();
        let statement = |principal, resources| SuggestedStatement { principal, action: request.action.clone(), resources };
        let policy = self.message.policy.unwrap_or(PolicyType::Identity);
        let (place, statement, step) = match policy {
            PolicyType::Identity => (format!("an identity-based policy of {}", self.holder()), statement(None, resources), None),
            PolicyType::Resource => {
                let step = "If the caller is in another account, its identity-based policy must also allow the action.";
                ("the resource-based policy of the resource".to_owned(), statement(Some(self.principal_arn()), resources), Some(step))
            }
            PolicyType::ServiceControl => {
                let step = "The action must be allowed at every level, from the root of the organization to the account. \
                            An SCP grants nothing, so an identity-based policy must also allow the action.";
                (
                    "a service control policy (SCP) at each level that does not allow the action".to_owned(),
                    statement(None, resources),
                    Some(step),
                )
            }
            PolicyType::Boundary => {
                let step = "A boundary grants nothing, so an identity-based policy must also allow the action.";
                (format!("the permissions boundary of {}", self.caller_name()), statement(None, resources), Some(step))
            }
            PolicyType::Session => {
                let step = "A session policy grants nothing, so the policies of the role must also allow the action.";
                ("the session policy passed when the role is assumed".to_owned(), statement(None, resources), Some(step))
            }
            PolicyType::VpcEndpoint => {
                let step = "The endpoint policy grants nothing, so an identity-based policy must also allow the action.";
                ("the policy of the VPC endpoint".to_owned(), statement(Some("*".to_owned()), resources), Some(step))
            }
            PolicyType::RoleTrust => {
                let step = "If the caller is in another account, its identity-based policy must also allow `sts:AssumeRole` on the role.";
                ("the trust policy of the role".to_owned(), statement(Some(self.principal_arn()), Vec::new()), Some(step))
            }
            PolicyType::ResourceControl => {
                self.steps.push(
                    "Attach the AWS policy `RCPFullAWSAccess` at every level, from the root of the organization to the account. \
                     Your own resource control policies can only deny."
                        .to_owned(),
                );
                return;
            }
        };
        self.place = Some(place);
        self.statement = Some(statement);
        self.steps.extend(step.map(str::to_owned));
        if self.message.policy.is_none() {
            self.steps.push(
                "If an identity-based policy already allows the action, check the other policies: permissions boundary, session policy, \
                 service control policies, VPC endpoint policy, resource-based policy."
                    .to_owned(),
            );
        }
    }

    /// What to look for where a Deny refused the request. An Allow is of no use there.
    fn find_deny(&mut self, action: &str) {
        let place = match (self.message.policy, &self.message.policy_arn) {
            (_, Some(arn)) => format!("in `{arn}`"),
            (Some(PolicyType::Identity), None) => format!("in the identity-based policies of {}, inline and attached", self.holder()),
            (Some(PolicyType::Resource), None) => "in the resource-based policy of the resource".to_owned(),
            (Some(PolicyType::ServiceControl), None) => {
                "in the service control policies of the account, its organizational units and the root, \
                 which the management account of the organization can read"
                    .to_owned()
            }
            (Some(PolicyType::ResourceControl), None) => {
                "in the resource control policies of the account that owns the resource, its organizational units and the root".to_owned()
            }
            (Some(PolicyType::Boundary), None) => format!("in the permissions boundary of {}", self.caller_name()),
            (Some(PolicyType::Session), None) => "in the session policy passed when the role is assumed".to_owned(),
            (Some(PolicyType::VpcEndpoint), None) => "in the policy of the VPC endpoint that the request uses".to_owned(),
            (Some(PolicyType::RoleTrust), None) => "in the trust policy of the role".to_owned(),
            (None, None) => format!(
                "in all policies that apply to {}: identity-based policies, permissions boundary, session policy, service control policies, \
                 VPC endpoint policy, resource-based policy",
                self.holder()
            ),
        };
        self.steps.push("Do not add an Allow: a Deny overrides every Allow.".to_owned());
        self.steps.push(format!("Look for a statement with `\"Effect\": \"Deny\"` {place}."));
        let (service, name) = action.split_once(':').unwrap_or(("", action));
        let verb: String = name.chars().enumerate().take_while(|(at, letter)| *at == 0 || letter.is_lowercase()).map(|(_, l)| l).collect();
        let mut patterns = vec![format!("`{action}`")];
        if verb.len() < name.len() && !verb.is_empty() {
            patterns.push(format!("`{service}:{verb}*`"));
        }
        patterns.extend([format!("`{service}:*`"), "`*`".to_owned()]);
        self.steps.push(format!("Its Action matches `{action}`: {}, or a NotAction list without it.", patterns.join(", ")));
        if let Some(resource) = &self.message.resource {
            let of_instance = request::instance_of(resource).map(|instance| format!(", `{instance}/*`"));
            self.steps.push(format!(
                "Its Resource matches `{resource}`: the ARN itself{}, `*`, or a NotResource list without it.",
                of_instance.unwrap_or_default()
            ));
        }
        self.steps.push(
            "Check its Condition: the Deny may only apply to certain Regions, networks or tags, or to requests without MFA.".to_owned(),
        );
        self.steps.push(
            "AWS names only one policy, even if several deny the request. After a change, the next message may name another.".to_owned(),
        );
    }

    /// Amazon Connect's own answer. What is said of its causes comes from reports of users; AWS does not document it.
    fn explain_generic(&mut self) {
        let action = self.action.clone().unwrap_or_default();
        self.summary = format!(
            "Amazon Connect denied the request with a generic message (`{action}` on `*`), which does not name the actual action or resource."
        );
        self.steps.push(
            "Check the parameters first: instance ID, IDs of resources, account and Region. Users report this message even with full access \
             to Amazon Connect."
                .to_owned(),
        );
        self.steps.push(format!(
            "Find the action of the call, for example in CloudTrail, and run `connect-policy explain {}:ACTION`.",
            action.split(':').next().unwrap_or("connect")
        ));
        self.steps.push(format!("Then look for a Deny statement that matches `{action}` in all policies that apply to {}.", self.holder()));
        self.steps.push("Do not add an Allow: a Deny overrides every Allow.".to_owned());
    }

    fn decode(&mut self) {
        let Some(encoded) = &self.message.encoded else { return };
        const MAX_SHOWN: usize = 100;
        let shown = if encoded.len() <= MAX_SHOWN { encoded.as_str() } else { "ENCODED" };
        self.steps.push(format!(
            "Decode the encoded part: `aws sts decode-authorization-message --encoded-message {shown} --query DecodedMessage --output text`. \
             This requires `sts:DecodeAuthorizationMessage`."
        ));
    }

    /// The explanation in Markdown.
    pub fn markdown(&self) -> String {
        let mut out = format!("**Access denied** · {}\n", self.summary);
        for note in &self.notes {
            let _ = write!(out, "\n- {note}");
        }
        if let (Some(statement), Some(place)) = (&self.statement, &self.place) {
            let _ = write!(out, "\n\nAdd this statement to {place}:\n\n```json\n{}\n```", statement.json());
        }
        if !self.steps.is_empty() {
            out.push('\n');
        }
        for step in &self.steps {
            let _ = write!(out, "\n- {step}");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSTANCE: &str = "arn:aws:connect:eu-west-2:111122223333:instance/4b2a";
    const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/Deployer/run-1";

    fn explained(text: &str) -> DeniedExplanation {
        explain_denied(&Catalog::builtin(), AccessDenied::read(text).expect("a message"))
    }

    fn refused(action: &str, resource: &str, reason: &str) -> DeniedExplanation {
        explained(&format!("User: {SESSION} is not authorized to perform: {action} on resource: {resource} {reason}"))
    }

    fn resources(explanation: &DeniedExplanation) -> Vec<&str> {
        explanation.statement.iter().flat_map(|statement| &statement.resources).map(String::as_str).collect()
    }

    #[track_caller]
    fn says(explanation: &DeniedExplanation, part: &str) {
        let text = explanation.markdown();
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }

    #[test]
    fn each_kind_of_policy_gets_the_smallest_statement_in_its_own_form() {
        let user = format!("{INSTANCE}/agent/7");
        for (kind, principal, place) in [
            ("identity-based policy", None, "identity-based policy of the role `Deployer`"),
            ("resource-based policy", Some("arn:aws:iam::111122223333:role/Deployer"), "resource-based policy of the resource"),
            ("service control policy", None, "service control policy (SCP)"),
            ("permissions boundary", None, "permissions boundary of the role `Deployer`"),
            ("session policy", None, "session policy passed"),
            ("VPC endpoint policy", Some("*"), "policy of the VPC endpoint"),
        ] {
            let not_allowed = refused("connect:DescribeUser", &user, &format!("because no {kind} allows the connect:DescribeUser action"));
            let statement = not_allowed.statement.as_ref().expect("a statement");
            assert_eq!(statement.principal.as_deref(), principal, "{kind}");
            assert_eq!(statement.resources.join(" "), user, "{kind}");
            says(&not_allowed, place);

            let denied = refused("connect:DescribeUser", &user, &format!("with an explicit deny in a {kind}"));
            assert_eq!(denied.statement, None, "{kind}");
            says(&denied, "Do not add an Allow");
            says(&denied, "`connect:Describe*`");
            says(&denied, &format!("`{INSTANCE}/*`"));
            says(&denied, "AWS names only one policy");
        }
        let trust = explained(&format!(
            "User: {SESSION} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/x because no role \
             trust policy allows the sts:AssumeRole action"
        ));
        assert_eq!(resources(&trust), Vec::<&str>::new());
        let rcp = refused("s3:GetObject", "arn:aws:s3:::b/k", "because no resource control policy allows the s3:GetObject action");
        assert_eq!(rcp.statement, None);
        says(&rcp, "RCPFullAWSAccess");
    }

    #[test]
    fn the_resource_is_held_against_the_action() {
        const NOT_ALLOWED: &str = "because no identity-based policy allows the x action";
        let star = refused("connect:ListInstances", &format!("{INSTANCE}/*"), NOT_ALLOWED);
        assert_eq!(resources(&star), ["*"]);
        says(&star, "does not support resource-level permissions");

        let queue = format!("{INSTANCE}/queue/7");
        let other = refused("connect:DescribeUser", &queue, NOT_ALLOWED);
        says(&other, "does not support resources of type `queue`, only `user`");
        assert_eq!(resources(&other), [queue.as_str()]);

        let several = refused("connect:UpdateUserRoutingProfile", &format!("{INSTANCE}/agent/7"), NOT_ALLOWED);
        assert_eq!(resources(&several), [&*format!("{INSTANCE}/agent/7"), &*format!("{INSTANCE}/routing-profile/*")]);

        let nested = refused("connect:DescribeContactFlow", &format!("{INSTANCE}/contact-flow/{INSTANCE}/contact-flow/5"), NOT_ALLOWED);
        says(&nested, "passed an ARN instead of an ID");
        assert_eq!(resources(&nested), [&*format!("{INSTANCE}/contact-flow/5")]);

        let unknown = refused("connect:DescribeUsr", &format!("{INSTANCE}/agent/7"), NOT_ALLOWED);
        says(&unknown, "Similar: `connect:DescribeUser`");
    }

    #[test]
    fn what_a_message_leaves_out_is_said() {
        let unnamed = explained(&format!("User: {SESSION} is not authorized to perform: connect:DescribeUser"));
        assert_eq!(resources(&unnamed), ["arn:aws:connect:*:111122223333:instance/*/agent/*"]);
        says(&unnamed, "does not name the policy");

        let operation = explained("An error occurred (AccessDenied) when calling the DescribeUser operation: Access Denied");
        assert_eq!(operation.action.as_deref(), Some("connect:DescribeUser"));

        let encoded = explained("You are not authorized to perform this operation. Encoded authorization failure message: AbC-1");
        says(&encoded, "aws sts decode-authorization-message --encoded-message AbC-1");
        assert_eq!(encoded.statement, None);

        let generic = refused("connect:*", "*", "with an explicit deny");
        says(&generic, "generic message");
        assert_eq!(generic.statement, None);
    }
}
