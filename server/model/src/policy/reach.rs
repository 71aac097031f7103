//! How far a statement reaches: whether it is about all resources, about all actions of Amazon Connect, or limited.

use connect_policy_catalog::Pattern;
use connect_policy_syntax::Document;

use crate::policy::entry_list::Role;
use crate::policy::statement::Statement;
use crate::values::arn::ArnParts;

/// How much a statement's resources are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reach {
    /// `*`.
    Everything,
    /// Some, as far as is known.
    Some,
}

impl Statement {
    /// How much its resources are.
    pub fn reach(&self, document: &Document) -> Reach {
        let mut entries = self.lists(Role::Resource).flat_map(|list| list.effective_entries(document));
        let is_everything = |text: &str| {
            let text = text.strip_prefix("arn:").unwrap_or(text);
            !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'*' | b':'))
        };
        if entries.any(|entry| is_everything(&entry.text)) { Reach::Everything } else { Reach::Some }
    }
}

/// Whether an action entry means all actions of Amazon Connect, in any spelling: letter case, several stars, a wildcard in the
/// prefix.
pub fn is_all(text: &str) -> bool {
    let Some((prefix, name)) = text.split_once(':') else { return text == "*" };
    let is_connect = prefix.eq_ignore_ascii_case("connect")
        || (Pattern::is_wild(prefix) && Pattern::new(&format!("{prefix}:*")).is_some_and(|pattern| pattern.matches_service("connect")));
    is_connect && !name.is_empty() && name.bytes().all(|byte| byte == b'*')
}

/// Whether a statement's resources or conditions limit what an action of a service may be used on. `role/*` and `instance/*` in
/// all Regions do not limit anything.
pub fn is_narrowed(document: &Document, statement: &Statement, service: &str) -> bool {
    if statement.conditions(document).is_present {
        return true;
    }
    let mut entries = statement.lists(Role::Resource).flat_map(|list| list.effective_entries(document));
    statement.reach(document) != Reach::Everything && !entries.any(|entry| is_all_of_service(&entry.text, service))
}

/// Whether an ARN matches everything of a service in one account, or everything of a type: all ids in it are `*`, and so is the
/// Region, if there is one. Whose account it is does not matter, because an identity policy reaches only its own.
fn is_all_of_service(text: &str, service: &str) -> bool {
    let Some(parts) = ArnParts::of(text).filter(|parts| parts.service == service) else { return false };
    let is_any = |part: &str| part.is_empty() || part.bytes().all(|byte| byte == b'*');
    // Types and ids alternate: `instance/*/agent/*`.
    let mut segments = parts.resource.split('/');
    let are_all = match segments.next() {
        Some(first) if !first.is_empty() && is_any(first) => true,
        _ => segments.clone().next().is_some() && segments.step_by(2).all(|id| !id.is_empty() && is_any(id)),
    };
    is_any(parts.region) && are_all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_connect_is_recognized_in_any_spelling() {
        assert!(["*", "connect:*", "CONNECT:**", "conn*:*", "*:*"].into_iter().all(is_all));
        assert!(!["connect:List*", "connect:", "s3:*", "x*:*", "connect:?"].into_iter().any(is_all));
    }

    #[test]
    fn wildcards_for_all_ids_do_not_limit() {
        for (text, service) in [
            ("arn:aws:iam::*:role/*", "iam"),
            ("arn:aws:iam::111122223333:role/*", "iam"),
            ("arn:aws:iam::111122223333:*", "iam"),
            ("arn:aws:connect:*:*:instance/*", "connect"),
            ("arn:aws:connect:*:111122223333:instance/*/agent/*", "connect"),
        ] {
            assert!(is_all_of_service(text, service), "{text}");
        }
        for (text, service) in [
            ("arn:aws:iam::*:role/*", "connect"),
            ("arn:aws:iam::*:role/aws-service-role/connect.amazonaws.com/*", "iam"),
            ("arn:aws:iam::*:role/AWSServiceRoleForAmazonConnect*", "iam"),
            ("arn:aws:connect:us-east-1:111122223333:instance/*", "connect"),
            ("arn:aws:connect:*:*:instance/a", "connect"),
            ("arn:aws:connect:*:*:instance/a/agent/*", "connect"),
            ("arn:aws:connect:*:*:instance", "connect"),
            ("${role}", "iam"),
        ] {
            assert!(!is_all_of_service(text, service), "{text}");
        }
    }
}
