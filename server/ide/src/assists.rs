//! Changes to offer although nothing is wrong: complete a partly granted console task, add what an entry also needs.

use std::ops::Range;

use connect_policy_catalog::RelationKind;
use connect_policy_model::{ActionVerdict, Entry, EntryList, PermissionVerdict, Policy, Role, Statement, Verdict};

use crate::context::Context;
use crate::describe::codes;
use crate::finding::{Applicability, Fix, TextEdit};
use crate::statement_edits::additions::add_actions;
use crate::task_coverage::{GrantedActions, partially_granted_tasks};

/// A task with more missing actions than this counts as not granted at all.
const MAX_MISSING: usize = 2;

/// What may be done with the entries and statements that a range of bytes touches. Nothing of it is certain.
pub(crate) fn at(context: &Context<'_>, range: &Range<usize>) -> Vec<Fix> {
    let mut assists = missing_permissions(context, range);
    assists.extend(dependent_actions(context, range));
    assists.extend(partially_granted(context, range));
    assists
}

fn add(context: &Context<'_>, list: &EntryList, title: String, names: &[&str]) -> Option<Fix> {
    let (range, new_text) = context.document.append(list.value, names)?;
    Some(Fix { title, applicability: Applicability::Unsafe, edits: vec![TextEdit { range, new_text }] })
}

/// The same of actions, added where they are granted.
fn add_to_policy(
    context: &Context<'_>,
    policy: &Policy,
    statement: &Statement,
    list: &EntryList,
    title: String,
    names: &[&str],
) -> Option<Fix> {
    let edits = add_actions(context, policy, statement, list, names)?;
    Some(Fix { title, applicability: Applicability::Unsafe, edits })
}

fn touched<'l>(list: &'l EntryList, range: &Range<usize>) -> impl Iterator<Item = &'l Entry> + use<'l> {
    let range = range.clone();
    list.entries.iter().filter(move |entry| entry.range.start <= range.end && range.start <= entry.range.end)
}

/// The permissions that one at the cursor requires.
fn missing_permissions(context: &Context<'_>, range: &Range<usize>) -> Vec<Fix> {
    let mut assists = Vec::new();
    for known in context.meaning.permission_lists.iter().filter(|known| !known.list.has_unknown) {
        let holds = |name: &str| known.list.entries.iter().any(|entry| entry.text(context.document) == name);
        for entry in touched(&known.list, range) {
            let Verdict::Permission(PermissionVerdict::Known(permission)) = &entry.verdict else { continue };
            let needs = context
                .catalog
                .relations()
                .iter()
                .filter(|relation| relation.kind == RelationKind::Requires && relation.from.contains(&permission.name));
            let mut missing: Vec<&str> = needs.flat_map(|relation| relation.to.iter().copied()).filter(|name| !holds(name)).collect();
            missing.sort_unstable();
            missing.dedup();
            if !missing.is_empty() {
                let title = format!("Add {}, required by `{}`", codes(missing.iter().copied()), permission.name);
                assists.extend(add(context, &known.list, title, &missing));
            }
        }
    }
    assists
}

/// The actions that the caller of one at the cursor also needs and that its policy does not grant.
fn dependent_actions(context: &Context<'_>, range: &Range<usize>) -> Vec<Fix> {
    let document = context.document;
    let mut assists = Vec::new();
    for policy in context.meaning.policies.iter().filter(|policy| policy.is_in_scope && policy.kind.may_grant()) {
        for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
            for list in statement.lists(Role::Action) {
                for entry in touched(list, range) {
                    let Verdict::Action(ActionVerdict::Known { service, action }) = &entry.verdict else { continue };
                    let granted = GrantedActions::of(document, &policy.statements);
                    let missing: Vec<&str> = action.dependent.iter().copied().filter(|name| !granted.matches(name)).collect();
                    if !granted.is_incomplete() && !missing.is_empty() {
                        let title = format!(
                            "Add the dependent actions of `{}:{}`: {}",
                            service.prefix,
                            action.name,
                            codes(missing.iter().copied())
                        );
                        assists.extend(add_to_policy(context, policy, statement, list, title, &missing));
                    }
                }
            }
        }
    }
    assists
}

/// What completes the console tasks that the touched statements begin.
fn partially_granted(context: &Context<'_>, range: &Range<usize>) -> Vec<Fix> {
    let document = context.document;
    let mut assists = Vec::new();
    for policy in context.meaning.policies.iter().filter(|policy| policy.is_in_scope && policy.kind.may_grant()) {
        for statement in &policy.statements {
            let around = document.range(statement.node);
            let Some(list) = statement.lists(Role::Action).last() else { continue };
            if around.start > range.end || range.start > around.end || !statement.is_allow(document) {
                continue;
            }
            let granted = GrantedActions::of(document, [statement]);
            if granted.is_incomplete() {
                continue;
            }
            for (task, lacks) in partially_granted_tasks(context.catalog, &granted, MAX_MISSING) {
                let title = format!("Complete \"{}\": add {}", task.title, codes(lacks.iter().copied()));
                assists.extend(add_to_policy(context, policy, statement, list, title, &lacks));
            }
        }
    }
    assists
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use connect_policy_catalog::Catalog;
    use connect_policy_syntax::{Document, Format};

    use crate::analysis::Analysis;

    /// The document after the first assist at the first `connect:` or `.` whose title has these words.
    #[track_caller]
    fn check(name: &str, words: &str, before: &str, after: &str) {
        let format = Format::from_path(Path::new(name)).expect("a format");
        let analysis = Analysis::new(Document::read(before, format), Arc::new(Catalog::builtin()));
        let at = before.find("connect:").or_else(|| before.find(".Edit")).expect("an entry");
        let assists = analysis.assists(at..at);
        let titles: Vec<&str> = assists.iter().map(|assist| assist.title.as_str()).collect();
        let assist =
            assists.iter().find(|assist| assist.title.contains(words)).unwrap_or_else(|| panic!("{words} is not offered, but {titles:?}"));
        let mut text = before.to_owned();
        for edit in assist.edits.iter().rev() {
            text.replace_range(edit.range.clone(), &edit.new_text);
        }
        assert_eq!(text, after);
    }

    #[test]
    fn the_view_that_an_edit_needs_is_added() {
        check(
            "t.yaml",
            "Add `Queues.View`, required by `Queues.Edit`",
            "Type: AWS::Connect::SecurityProfile\nProperties:\n  Permissions:\n    - Queues.Edit\n    - BasicAgentAccess\n",
            "Type: AWS::Connect::SecurityProfile\nProperties:\n  Permissions:\n    - Queues.Edit\n    - BasicAgentAccess\n    - Queues.View\n",
        );
        check(
            "m.tf",
            "Add `Queues.View`",
            "resource \"aws_connect_security_profile\" \"a\" {\n  permissions = [\n    \"Queues.Edit\",\n  ]\n}\n",
            "resource \"aws_connect_security_profile\" \"a\" {\n  permissions = [\n    \"Queues.Edit\",\n    \"Queues.View\",\n  ]\n}\n",
        );
    }

    #[test]
    fn what_an_action_depends_on_is_added_unless_the_policy_grants_it_elsewhere() {
        check(
            "p.json",
            "Add the dependent actions of `connect:AdminGetEmergencyAccessToken`: `connect:DescribeInstance`, `ds:DescribeDirectories`",
            r#"{"Statement": [{"Effect": "Allow", "Action": "connect:AdminGetEmergencyAccessToken"}, {"Effect": "Allow", "Action": ["connect:ListInstances"]}]}"#,
            r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:AdminGetEmergencyAccessToken", "connect:DescribeInstance", "ds:DescribeDirectories"]}, {"Effect": "Allow", "Action": ["connect:ListInstances"]}]}"#,
        );
    }

    #[test]
    fn a_begun_task_is_completed_in_the_lists_own_style() {
        check(
            "p.json",
            "Edit approved origins",
            "{\"Effect\": \"Allow\", \"Action\": [\n  \"connect:AssociateApprovedOrigin\",\n  \"connect:ListApprovedOrigins\"\n], \"Resource\": \"*\"}",
            "{\"Effect\": \"Allow\", \"Action\": [\n  \"connect:AssociateApprovedOrigin\",\n  \"connect:ListApprovedOrigins\",\n  \"connect:DisassociateApprovedOrigin\"\n], \"Resource\": \"*\"}",
        );
        check(
            "t.yaml",
            "Edit approved origins",
            "Effect: Allow\nAction:\n  - connect:AssociateApprovedOrigin # first\n  - 'connect:ListApprovedOrigins'\nResource: '*'\n",
            "Effect: Allow\nAction:\n  - connect:AssociateApprovedOrigin # first\n  - 'connect:ListApprovedOrigins'\n  - 'connect:DisassociateApprovedOrigin'\nResource: '*'\n",
        );
        check(
            "m.tf",
            "Edit approved origins",
            "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:AssociateApprovedOrigin\", \"connect:ListApprovedOrigins\"]\n  }\n}\n",
            "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:AssociateApprovedOrigin\", \"connect:ListApprovedOrigins\", \"connect:DisassociateApprovedOrigin\"]\n  }\n}\n",
        );
    }
}
