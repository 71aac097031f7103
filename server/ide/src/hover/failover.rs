//! A resource ARN with a fixed Region in a policy for an instance with a replica: after a failover the ARN does not match in
//! the other Region, and its actions stop.

use std::collections::BTreeSet;
use std::ops::Range;

use connect_policy_catalog::{Catalog, Pattern};
use connect_policy_model::{
    ActionVerdict, ArnParts, EffectiveEntry, EntryList, Policy, Role, Statement, Verdict, can_match, without_holes,
};
use connect_policy_syntax::Document;

use super::Hover;
use crate::context::Context;
use crate::describe::codes;

/// The actions by which a policy shows that its instance has a replica.
const OF_REPLICAS: [&str; 2] = ["connect:*TrafficDistribution*", "connect:ReplicateInstance"];

/// The resource that replicas share.
const GROUP: &str = "traffic-distribution-group/";

/// The note for a resource at a byte offset; `None` if a failover does not change what its statement allows.
pub(super) fn at(context: &Context<'_>, offset: usize) -> Option<Hover> {
    let document = context.document;
    let holds = |range: &Range<usize>| range.start <= offset && offset <= range.end;
    let policy = context.meaning.policies.iter().find(|policy| holds(&document.range(policy.node)))?;
    let allows = || policy.statements.iter().filter(|statement| statement.is_allow(document));
    let (statement, entry) = allows().find_map(|statement| {
        let mut entries = statement.lists(Role::Resource).flat_map(|list| &list.entries);
        Some((statement, entries.find(|entry| holds(&entry.range))?))
    })?;
    let text = entry.text(document);
    let region = fixed_region(&text)?;
    if !has_replica(document, policy) {
        return None;
    }
    let stopped: BTreeSet<String> = entries(document, statement, Role::Action)
        .filter(|action| is_for(context.catalog, action, &text))
        .filter(|action| !allows().any(|other| is_in_other_regions(document, other, region) && covers(document, other, &action.text)))
        .map(|action| action.text.into_owned())
        .collect();
    if stopped.is_empty() {
        return None;
    }
    let names = codes(stopped.iter().map(String::as_str));
    let markdown =
        format!("**Only Region `{region}`**\n\nAfter a failover to another Region, this ARN does not match. Not allowed then: {names}");
    Some(Hover { range: entry.range.clone(), markdown })
}

/// The Region of a resource of Amazon Connect, if it is written out and the resource has a copy in the other Region.
fn fixed_region(arn: &str) -> Option<&str> {
    let parts = ArnParts::of(arn).filter(|parts| parts.service == "connect" && !parts.resource.starts_with(GROUP))?;
    let is_written = |region: &&str| !region.is_empty() && region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    Some(parts.region).filter(is_written)
}

fn entries<'a>(document: &'a Document, statement: &'a Statement, role: Role) -> impl Iterator<Item = EffectiveEntry<'a>> {
    statement.lists(role).flat_map(move |list| list.effective_entries(document))
}

/// Whether a policy is about the traffic between an instance and its replica.
fn has_replica(document: &Document, policy: &Policy) -> bool {
    let patterns: Vec<Pattern> = OF_REPLICAS.iter().filter_map(|pattern| Pattern::new(pattern)).collect();
    policy.statements.iter().any(|statement| {
        entries(document, statement, Role::Action).any(|entry| patterns.iter().any(|pattern| pattern.matches(&entry.text)))
            || entries(document, statement, Role::Resource)
                .any(|entry| ArnParts::of(&entry.text).is_some_and(|parts| parts.service == "connect" && parts.resource.starts_with(GROUP)))
    })
}

/// Whether an entry has actions that this resource allows and that work in more than one Region.
fn is_for(catalog: &Catalog, entry: &EffectiveEntry<'_>, arn: &str) -> bool {
    match entry.verdict() {
        Verdict::Action(ActionVerdict::Known { service, action }) => {
            let fits = |name: &str| service.resource_type(name).is_some_and(|known| can_match(&without_holes(arn), known.arn, true));
            let is_at_home = catalog.home_region(&entry.text).is_some();
            service.prefix == "connect" && !is_at_home && action.resources.iter().any(|resource| fits(resource.name))
        }
        Verdict::Action(ActionVerdict::Pattern { .. }) => entry.text.to_ascii_lowercase().starts_with("connect:"),
        _ => false,
    }
}

/// Whether a statement has resources besides those of one Region, or may have.
fn is_in_other_regions(document: &Document, statement: &Statement, region: &str) -> bool {
    let mut lists = statement.lists(Role::Resource).peekable();
    let is_unknown = |list: &EntryList| list.has_unknown || list.is_incomplete;
    let is_other = |entry: EffectiveEntry<'_>| match ArnParts::of(&entry.text) {
        Some(parts) => parts.service == "connect" && parts.region != region && !parts.resource.starts_with(GROUP),
        None => true,
    };
    lists.peek().is_none() || lists.any(|list| is_unknown(list) || list.effective_entries(document).any(is_other))
}

/// Whether a statement has an entry that includes all actions of another entry.
fn covers(document: &Document, statement: &Statement, wanted: &str) -> bool {
    let mut own = entries(document, statement, Role::Action);
    own.any(|entry| entry.text.eq_ignore_ascii_case(wanted) || Pattern::new(&entry.text).is_some_and(|pattern| pattern.matches(wanted)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use connect_policy_catalog::Catalog;
    use connect_policy_syntax::{Document, Format};
    use connect_policy_test_support::split_cursor;

    use crate::analysis::Analysis;

    const ARN: &str = "arn:aws:connect:us-east-1:111122223333:instance/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d";

    fn hover(format: Format, text: &str) -> Option<String> {
        let (text, offset) = split_cursor(text);
        let analysis = Analysis::new(Document::read(text.as_str(), format), Arc::new(Catalog::builtin()));
        analysis.hover(offset).map(|hover| hover.markdown)
    }

    fn of_json(actions: &str, resources: &str, rest: &str) -> Option<String> {
        hover(Format::Json, &format!(r#"{{"Statement":[{{"Effect":"Allow","Action":[{actions}],"Resource":[{resources}]}}{rest}]}}"#))
    }

    #[test]
    fn a_fixed_region_beside_a_replica_names_the_actions_that_stop() {
        let group = r#","arn:aws:connect:us-east-1:111122223333:traffic-distribution-group/*""#;
        let queue = format!(r#""{ARN}/que¦ue/*""#);
        let expected = "**Only Region `us-east-1`**\n\nAfter a failover to another Region, this ARN does not match. Not allowed then: `connect:DescribeQueue`";
        for found in [
            of_json(r#""connect:ReplicateInstance","connect:DescribeQueue""#, &queue, ""),
            of_json(r#""connect:UpdateTrafficDistribution","connect:DescribeQueue","connect:ReleasePhoneNumber""#, &queue, ""),
            of_json(r#""connect:DescribeQueue""#, &format!("{queue}{group}"), ""),
            hover(
                Format::Yaml,
                &format!(
                    "Statement:\n- Effect: Allow\n  Action: [connect:DescribeQueue, connect:ReplicateInstance]\n  Resource: {ARN}/que¦ue/*\n"
                ),
            ),
            hover(
                Format::Hcl,
                &format!(
                    "data \"aws_iam_policy_document\" \"d\" {{\n  statement {{\n    actions   = [\"connect:DescribeQueue\", \"connect:ReplicateInstance\"]\n    resources = [\"{ARN}/que¦ue/*\"]\n  }}\n}}\n"
                ),
            ),
        ] {
            assert_eq!(found.as_deref(), Some(expected));
        }
        let wildcard = of_json(r#""connect:Describe*","connect:ReplicateInstance""#, &queue, "").expect("a note");
        assert!(wildcard.ends_with("Not allowed then: `connect:Describe*`"), "{wildcard}");
    }

    #[test]
    fn other_policies_have_no_note() {
        let queue = format!(r#""{ARN}/que¦ue/*""#);
        let actions = r#""connect:ReplicateInstance","connect:DescribeQueue""#;
        let other = ARN.replace("us-east-1", "us-west-2");
        let elsewhere = format!(r#",{{"Effect":"Allow","Action":"connect:Describe*","Resource":"{other}/queue/*"}}"#);
        let denied = format!(r#"{{"Statement":[{{"Effect":"Deny","Action":[{actions}],"Resource":[{queue}]}}]}}"#);
        for found in [
            of_json(r#""connect:DescribeQueue""#, &queue, ""),
            of_json(r#""connect:*""#, &queue, ""),
            of_json(actions, &queue.replace("us-east-1", "*"), ""),
            of_json(actions, &queue.replace("us-east-1", "${AWS::Region}"), ""),
            of_json(actions, &format!(r#"{queue},"{other}/queue/*""#), ""),
            of_json(actions, &format!(r#"{queue},"*""#), ""),
            of_json(actions, &queue, &elsewhere),
            of_json(actions, r#""arn:aws:connect:us-east-1:1:traffic-distribution-¦group/*""#, ""),
            of_json(actions, r#""arn:aws:s3:us-east-1:1:buck¦et""#, ""),
            of_json(actions, r#""arn:aws:conn¦""#, ""),
            hover(Format::Json, &denied),
        ] {
            assert_eq!(found, None);
        }
    }
}
