//! The messages by which AWS refuses a request, read from however they are pasted: out of a terminal that broke the lines,
//! out of a log's JSON, with a CLI's or SDK's words around them.

use super::pasted;

/// What such a message says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AccessDenied {
    /// Who was refused, mostly an ARN.
    pub principal: Option<String>,
    /// The action, `connect:DescribeUser`; `None` if the message does not name it.
    pub action: Option<String>,
    /// The resource, without quotes and percent signs; `None` if the message does not name it.
    pub resource: Option<String>,
    /// Why it was refused.
    pub reason: Reason,
    /// The kind of policy that the message names.
    pub policy: Option<PolicyType>,
    /// The policy that the message names.
    pub policy_arn: Option<String>,
    /// The API operation that a CLI or SDK names: `DescribeUser`.
    pub operation: Option<String>,
    /// The encoded part of the message, which only `aws sts decode-authorization-message` can read.
    pub encoded: Option<String>,
}

/// Whether something denied a request, or nothing allowed it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Reason {
    /// A Deny statement matched.
    ExplicitDeny,
    /// No Allow statement matched.
    NotAllowed,
    /// The message does not say which.
    #[default]
    Unknown,
}

/// The kinds of policies that a message can name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PolicyType {
    /// Attached to the user, group or role.
    Identity,
    /// Attached to the resource.
    Resource,
    /// A service control policy of the organization.
    ServiceControl,
    /// A resource control policy of the organization.
    ResourceControl,
    /// The permissions boundary of the user or role.
    Boundary,
    /// Passed when the role was assumed.
    Session,
    /// Of the VPC endpoint through which the request came.
    VpcEndpoint,
    /// Who may assume the role.
    RoleTrust,
}

impl PolicyType {
    /// The kind's name in AWS's words.
    pub fn name(self) -> &'static str {
        match self {
            PolicyType::Identity => "identity-based policy",
            PolicyType::Resource => "resource-based policy",
            PolicyType::ServiceControl => "service control policy",
            PolicyType::ResourceControl => "resource control policy",
            PolicyType::Boundary => "permissions boundary",
            PolicyType::Session => "session policy",
            PolicyType::VpcEndpoint => "VPC endpoint policy",
            PolicyType::RoleTrust => "role trust policy",
        }
    }

    /// The kind that a part of a message names.
    fn named(text: &str) -> Option<PolicyType> {
        let text = text.to_ascii_lowercase();
        let names = [
            ("service control polic", PolicyType::ServiceControl),
            ("resource control polic", PolicyType::ResourceControl),
            ("permissions boundar", PolicyType::Boundary),
            ("permission boundar", PolicyType::Boundary),
            ("session polic", PolicyType::Session),
            ("vpc endpoint polic", PolicyType::VpcEndpoint),
            ("trust polic", PolicyType::RoleTrust),
            ("resource-based", PolicyType::Resource),
            ("resource based", PolicyType::Resource),
            ("identity-based", PolicyType::Identity),
            ("identity based", PolicyType::Identity),
            ("scp", PolicyType::ServiceControl),
            ("rcp", PolicyType::ResourceControl),
        ];
        names.into_iter().find(|(name, _)| text.contains(name)).map(|(_, kind)| kind)
    }
}

/// What marks the end of a resource, which may hold spaces (`role admin`).
const AFTER_RESOURCE: &[&str] = &[
    " because ",
    " with an explicit deny",
    " with explicit deny",
    " (",
    ". encoded ",
    " encoded authorization",
    " status code",
    " at ",
    "; ",
    ", ",
];

impl AccessDenied {
    /// Reads a message; `None` for text that is not one.
    pub fn read(text: &str) -> Option<AccessDenied> {
        let text = pasted::unwrapped(text);
        let lower = text.to_ascii_lowercase();
        let is_refusal = ["not authorized to perform", "encoded authorization failure message", "accessdenied", "access denied"];
        if !is_refusal.iter().any(|words| lower.contains(words)) {
            return None;
        }
        let mut message = AccessDenied { operation: operation(&text), ..AccessDenied::default() };
        if let Some(at) = find_claim(&lower) {
            message.principal = principal(&text[..at]);
            let rest = &text[at..];
            let rest = &rest[rest.to_ascii_lowercase().find("perform").map_or(0, |at| at + "perform".len())..];
            message.read_action(rest.trim_start_matches([':', ' ']));
        }
        message.read_reason(&text, &lower);
        message.encoded = after(&text, &lower, "encoded authorization failure message").map(first_word).filter(|word| !word.is_empty());
        let says_something = message.action.is_some() || message.operation.is_some() || message.encoded.is_some();
        says_something.then_some(message)
    }

    /// `connect:DescribeUser on resource: …`
    fn read_action(&mut self, text: &str) {
        let action = first_word(text);
        if !action.contains(':') || action.to_ascii_lowercase().starts_with("arn:") {
            return;
        }
        self.action = Some(action);
        let lower = text.to_ascii_lowercase();
        let resource = after(text, &lower, "on resource").or_else(|| after(text, &lower, "on the resource"));
        // Of another message, perhaps, that follows in the same log.
        let is_same = lower.find("on resource").or_else(|| lower.find("on the resource")).is_some_and(|at| !lower[..at].contains("user:"));
        self.resource = resource.filter(|_| is_same).and_then(resource_of);
    }

    fn read_reason(&mut self, text: &str, lower: &str) {
        let sentence = |at: usize| {
            let end = lower[at..].find(". ").map_or(lower.len(), |end| at + end);
            &text[at..end]
        };
        if let Some(at) = lower.find("explicit deny") {
            self.reason = Reason::ExplicitDeny;
            let rest = sentence(at);
            // Without a type, what follows is no longer about the policy.
            let about = rest["explicit deny".len()..].trim_start();
            if about.to_ascii_lowercase().starts_with("in ") {
                let kind: String = about.split("arn:").next().unwrap_or_default().chars().take(60).collect();
                self.policy = PolicyType::named(&kind);
                let arn = about.find("arn:").filter(|at| *at < 90).map(|at| first_word(&about[at..]));
                self.policy_arn = arn;
            }
        } else if let Some((_, after_no)) = lower.match_indices("because no ").next().map(|(at, _)| (at, at + "because no ".len())) {
            self.reason = Reason::NotAllowed;
            let until = lower[after_no..].find("allow").map_or(lower.len(), |end| after_no + end);
            self.policy = PolicyType::named(&text[after_no..until]);
            if self.action.is_none() {
                let allowed = after(&text[until..], &lower[until..], "allows the").map(first_word);
                self.action = allowed.filter(|action| action.contains(':'));
            }
        }
    }

    /// Whether it is Amazon Connect's own answer, which names neither action nor resource.
    pub fn is_generic(&self) -> bool {
        self.action.as_deref().is_some_and(|action| action.ends_with(":*")) && self.resource.as_deref() == Some("*")
    }
}

/// Where a message says who may not do what; its last words begin there.
fn find_claim(lower: &str) -> Option<usize> {
    let named = lower.match_indices("not authorized to perform").find(|(at, words)| {
        // "You are not authorized to perform this operation" may stand before the message itself.
        lower[at + words.len()..].trim_start_matches([':', ' ', '*', '`']).split(' ').next().is_some_and(|word| word.contains(':'))
    });
    named.map(|(at, _)| at)
}

/// `User: arn:aws:iam::111122223333:user/a is `
fn principal(before: &str) -> Option<String> {
    let before = before.trim_end().strip_suffix("is").unwrap_or(before).trim_end();
    let lower = before.to_ascii_lowercase();
    let name = match lower.rfind("user:") {
        Some(at) => before[at + "user:".len()..].trim(),
        None => before.rsplit(' ').next().filter(|word| word.contains("arn:"))?,
    };
    let name = name.trim_matches(|letter: char| matches!(letter, '"' | '\'' | '`' | '*' | ',' | '('));
    (!name.is_empty()).then(|| name.to_owned())
}

/// `An error occurred (AccessDeniedException) when calling the DescribeUser operation`, `operation error Connect: DescribeUser,`
fn operation(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let of_cli = after(text, &lower, "when calling the").map(first_word);
    let of_go = || {
        let rest = after(text, &lower, "operation error ")?;
        let (_, rest) = rest.split_once(':')?;
        Some(first_word(rest.trim_start()))
    };
    let is_name = |name: &String| !name.is_empty() && name.chars().all(char::is_alphanumeric) && name.starts_with(char::is_uppercase);
    of_cli.filter(is_name).or_else(|| of_go().filter(is_name))
}

/// What follows words, and a colon behind them.
fn after<'t>(text: &'t str, lower: &str, words: &str) -> Option<&'t str> {
    lower.find(words).map(|at| text[at + words.len()..].trim_start_matches([':', ' ']))
}

/// The first word without the marks around it.
fn first_word(text: &str) -> String {
    let word = text.split_whitespace().next().unwrap_or_default();
    let word = word.trim_start_matches(['"', '\'', '`', '(']).trim_start_matches("**");
    let end = word.find(['"', '\'', '`', ')', '}', '<', ',']).unwrap_or(word.len());
    word[..end].trim_end_matches(['.', ';', ':']).trim_end_matches("**").to_owned()
}

/// The resource at the front of a text, without its quotes, percent signs decoded.
fn resource_of(text: &str) -> Option<String> {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'));
    let resource = match quote {
        Some(quote) => text[1..].split(quote).next().unwrap_or_default(),
        None => {
            let lower = text.to_ascii_lowercase();
            let end = AFTER_RESOURCE.iter().filter_map(|mark| lower.find(mark)).min().unwrap_or(text.len());
            let end = text.find(['"', '<', '}']).map_or(end, |quote| end.min(quote));
            text[..end].trim().trim_end_matches(['.', '\'', '`', ':', '\\'])
        }
    };
    let resource = pasted::percent_decoded(resource.trim());
    (!resource.is_empty()).then_some(resource)
}
