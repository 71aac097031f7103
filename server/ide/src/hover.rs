//! Explains the name or list at the cursor.

use std::ops::Range;

use connect_policy_model::{ActionVerdict, Entry, EntryList, PermissionVerdict, Role, Verdict, template_keys};
use connect_policy_syntax::NodeKind;

use crate::context::Context;
use crate::finding::Finding;
use crate::{describe, navigation};

mod failover;
mod summary;

/// An explanation of a piece of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    /// The text that is explained, in bytes.
    pub range: Range<usize>,
    /// The explanation.
    pub markdown: String,
}

impl Hover {
    /// Without the paragraphs that a finding at the same place repeats, since editors show both together; `None` if nothing is
    /// left.
    pub fn beside(self, findings: &[Finding]) -> Option<Hover> {
        let here = findings.iter().filter(|finding| finding.range.start < self.range.end && self.range.start < finding.range.end);
        let messages: Vec<String> = here.map(|finding| finding.message.to_lowercase()).collect();
        let is_repeated = |paragraph: &&str| {
            let text = paragraph.replace("**", "").replace(" · ", " ").to_lowercase();
            let text = text.trim_start_matches(describe::CAUTION).trim_end_matches('.');
            messages.iter().any(|message| message.contains(text))
        };
        let kept: Vec<&str> = self.markdown.split("\n\n").filter(|paragraph| !is_repeated(paragraph)).collect();
        (!kept.is_empty()).then(|| Hover { markdown: kept.join("\n\n"), ..self })
    }
}

/// The explanation of the name or list at a byte offset.
pub(crate) fn at(context: &Context<'_>, offset: usize) -> Option<Hover> {
    if context.document.is_in_comment(offset) {
        return None;
    }
    let meaning = context.meaning;
    let holds = |entry: &&Entry| entry.range.start <= offset && offset <= entry.range.end;
    let actions = meaning.action_lists().flat_map(|(list, _)| &list.entries);
    let permissions = meaning.permission_lists.iter().flat_map(|known| &known.list.entries);
    if let Some(entry) = actions.chain(permissions).find(holds) {
        let markdown = entry_text(context, entry)?;
        return Some(Hover { range: entry.range.clone(), markdown });
    }
    if let Some(attachment) =
        meaning.attachments.iter().find(|attachment| attachment.range.start <= offset && offset <= attachment.range.end)
    {
        return Some(Hover { range: attachment.range.clone(), markdown: describe::managed_policy(attachment.policy) });
    }
    let hover = list_key(context, offset)
        .or_else(|| reference(context, offset))
        .or_else(|| condition_key(context, offset))
        .or_else(|| failover::at(context, offset));
    // In the escape of a quote a cursor touches the key but not its text.
    hover.filter(|hover| hover.range.start <= offset && offset <= hover.range.end)
}

/// AWS's page on security-profile permissions.
const PERMISSIONS_PAGE: &str = "https://docs.aws.amazon.com/connect/latest/adminguide/security-profile-list.html";

/// The key of a list or of the statements: a summary of its value, and AWS's page on what may be in it.
fn list_key(context: &Context<'_>, offset: usize) -> Option<Hover> {
    let document = context.document;
    let key = document.locate(offset).token.filter(|&token| document.kind(token) == NodeKind::Key)?;
    let hover = |markdown: String| Some(Hover { range: document.inner(key), markdown });
    let of_key = |list: &&EntryList| list.key == Some(key);
    if let Some(known) = context.meaning.permission_lists.iter().find(|known| of_key(&&known.list)) {
        let sum = summary::permissions(known.list.effective_entries(document), known.list.is_incomplete);
        return hover(format!("{sum}\n\n[Security profile permissions]({PERMISSIONS_PAGE})"));
    }
    let actions = context.meaning.action_lists().map(|(list, _)| list);
    if let Some(list) = actions.into_iter().find(|list| of_key(list)) {
        let sum = summary::actions(context, list.effective_entries(document), list.is_incomplete)?;
        let link = list.entries.iter().find_map(|entry| match &entry.verdict {
            Verdict::Action(ActionVerdict::Known { service, .. }) => Some(format!("\n\n[Service reference]({})", service.reference_page())),
            _ => None,
        });
        return hover(sum + &link.unwrap_or_default());
    }
    // `Statement`: everything below it.
    let value = document.value_of_key(key)?;
    let inside = |statement: &&connect_policy_model::Statement| document.tree().contains(value, statement.node);
    let statements: Vec<_> = context.meaning.policies.iter().flat_map(|policy| &policy.statements).filter(inside).collect();
    if statements.is_empty() || !template_keys::is_statements_key(&document.value(key)) {
        return None;
    }
    let allows = statements.iter().filter(|statement| statement.is_allow(document));
    let lists: Vec<&EntryList> = allows.flat_map(|statement| statement.lists(Role::Action)).collect();
    let count = statements.len();
    let is_open = lists.iter().any(|list| list.is_incomplete);
    let sum = summary::actions(context, lists.iter().flat_map(|list| list.effective_entries(document)), is_open).unwrap_or_default();
    hover(format!("{count} statement{}\n\n{sum}", if count == 1 { "" } else { "s" }).trim_end().to_owned())
}

/// A reference to a list that is written elsewhere: a summary of that list.
fn reference(context: &Context<'_>, offset: usize) -> Option<Hover> {
    let (list, reference) = navigation::reference_at(context, offset)?;
    let behind =
        || list.effective_entries(context.document).filter(|entry| entry.target.is_some_and(|target| target.reference == reference));
    let is_one_of_several = list.targets.iter().any(|target| target.reference == reference && !target.is_unconditional);
    let sum = match list.role {
        Role::Permission => summary::permissions(behind(), false),
        Role::Action | Role::NotAction => summary::actions(context, behind(), false)?,
        Role::Resource | Role::NotResource => return None,
    };
    let note = if is_one_of_several { "\n\nBased on the values in this file; a default may be overridden" } else { "" };
    Some(Hover { range: context.document.range(reference), markdown: format!("{sum}{note}") })
}

fn entry_text(context: &Context<'_>, entry: &Entry) -> Option<String> {
    let catalog = context.catalog;
    let text = entry.text(context.document);
    match &entry.verdict {
        Verdict::Opaque => None,
        Verdict::Action(verdict) => match verdict {
            ActionVerdict::Known { service, action } => Some(describe::action(catalog, service, action)),
            ActionVerdict::Added(added) => Some(describe::added_action(added)),
            ActionVerdict::NameOnly => {
                describe::service(catalog, text.split_once(':')?.0).map(|service| format!("**`{text}`**\n\n{service}"))
            }
            ActionVerdict::Unlisted(unlisted) => Some(describe::unlisted(unlisted)),
            ActionVerdict::Removed(gone) => Some(describe::gone(gone)),
            ActionVerdict::All | ActionVerdict::Pattern { .. } | ActionVerdict::DeadPattern { .. } => describe::pattern(catalog, &text),
            ActionVerdict::UnknownService { .. } => describe::service(catalog, text.split_once(':')?.0),
            ActionVerdict::Malformed(_) | ActionVerdict::UnlistedPrefix | ActionVerdict::Unknown { .. } | ActionVerdict::Unfinished => None,
        },
        Verdict::Permission(verdict) => match verdict {
            PermissionVerdict::Known(permission) | PermissionVerdict::Renamed(permission) | PermissionVerdict::WrongCase(permission) => {
                Some(describe::permission(catalog, permission))
            }
            PermissionVerdict::Added(added) | PermissionVerdict::AddedWrongCase(added) => Some(describe::added_permission(catalog, added)),
            PermissionVerdict::Label(permissions) => {
                let texts: Vec<String> = permissions.iter().map(|permission| describe::permission(catalog, permission)).collect();
                Some(texts.join("\n\n---\n\n"))
            }
            PermissionVerdict::Unknown(_) | PermissionVerdict::Unfinished => None,
        },
    }
}

/// A condition key of a policy's statement, as a key (`"connect:InstanceId": …`) or as a value (`variable = "…"`).
fn condition_key(context: &Context<'_>, offset: usize) -> Option<Hover> {
    let document = context.document;
    let token = document.locate(offset).token.filter(|&token| matches!(document.kind(token), NodeKind::Key | NodeKind::Scalar))?;
    let in_statement = context
        .meaning
        .policies
        .iter()
        .flat_map(|policy| &policy.statements)
        .any(|statement| document.tree().contains(statement.node, token));
    if !in_statement {
        return None;
    }
    let key = context.catalog.condition_key(&document.value(token))?;
    Some(Hover { range: document.inner(token), markdown: describe::condition_key(context.catalog, key) })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use connect_policy_catalog::Catalog;
    use connect_policy_syntax::{Document, Format};
    use connect_policy_test_support::split_cursor;
    use expect_test::{Expect, expect};

    use crate::analysis::Analysis;

    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        let (text, offset) = split_cursor(text);
        let analysis = Analysis::new(Document::read(text.as_str(), Format::Json), Arc::new(Catalog::builtin()));
        let hover = analysis.hover(offset);
        expected.assert_eq(&hover.map_or("nothing".to_owned(), |hover| format!("[{}]\n{}", &text[hover.range], hover.markdown)));
    }

    #[test]
    fn a_cursor_in_the_middle_of_an_escape_is_on_nothing() {
        check(
            r#"{"PolicyDocument": "{\¦"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"connect:ListUsers\"}]}"}"#,
            &expect!["nothing"],
        );
    }

    #[test]
    fn an_action_is_explained() {
        check(
            r#"{"Effect":"Allow","Action":["connect:Create¦User"]}"#,
            &expect![[r#"
                [connect:CreateUser]
                **`connect:CreateUser`** · Write · Amazon Connect

                Creates a user with any security profile, including Admin.

                Caution: can assign the Admin security profile to a new user.

                - Resource types: `hierarchy-group`, `routing-profile` (required), `security-profile` (required), `user` (required)
                - Condition keys: `aws:RequestTag/${TagKey}`, `aws:ResourceTag/${TagKey}`, `aws:TagKeys`, `connect:InstanceId`
                - Risk class: escalation
                - Same access in security profiles: `Users.Create` (inferred from AWS documentation)
                - Tag conditions apply to each of: `routing-profile`, `security-profile`, `user`; all of them need the tag

                [Service reference](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonconnect.html)"#]],
        );
    }

    #[track_caller]
    fn check_beside(text: &str, expected: &Expect) {
        let (text, offset) = split_cursor(text);
        let analysis = Analysis::new(Document::read(text.as_str(), Format::Json), Arc::new(Catalog::builtin()));
        let hover = analysis.hover(offset).and_then(|hover| hover.beside(&analysis.diagnostics()));
        expected.assert_eq(&hover.map_or("nothing".to_owned(), |hover| hover.markdown));
    }

    #[test]
    fn what_a_finding_says_is_not_repeated() {
        check_beside(r#"{"Effect":"Allow","Action":"connect:LstQueue¦*","Resource":"*"}"#, &expect!["nothing"]);
        check_beside(
            r#"{"Effect":"Allow","Action":["connect:Create¦User"],"Resource":"*"}"#,
            &expect![[r#"
                **`connect:CreateUser`** · Write · Amazon Connect

                Creates a user with any security profile, including Admin.

                - Resource types: `hierarchy-group`, `routing-profile` (required), `security-profile` (required), `user` (required)
                - Condition keys: `aws:RequestTag/${TagKey}`, `aws:ResourceTag/${TagKey}`, `aws:TagKeys`, `connect:InstanceId`
                - Risk class: escalation
                - Same access in security profiles: `Users.Create` (inferred from AWS documentation)
                - Tag conditions apply to each of: `routing-profile`, `security-profile`, `user`; all of them need the tag

                [Service reference](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonconnect.html)"#]],
        );
        check_beside(
            r#"{"Effect":"Deny","Action":["connect:Create¦User"],"Resource":"*"}"#,
            &expect![[r#"
                **`connect:CreateUser`** · Write · Amazon Connect

                Creates a user with any security profile, including Admin.

                Caution: can assign the Admin security profile to a new user.

                - Resource types: `hierarchy-group`, `routing-profile` (required), `security-profile` (required), `user` (required)
                - Condition keys: `aws:RequestTag/${TagKey}`, `aws:ResourceTag/${TagKey}`, `aws:TagKeys`, `connect:InstanceId`
                - Risk class: escalation
                - Same access in security profiles: `Users.Create` (inferred from AWS documentation)
                - Tag conditions apply to each of: `routing-profile`, `security-profile`, `user`; all of them need the tag

                [Service reference](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonconnect.html)"#]],
        );
        check_beside(
            r#"{"SecurityProfileName":"a","Permissions":["HistoricalMetrics.Acc¦ess"]}"#,
            &expect![[r#"
            **`HistoricalMetrics.Access`** · Historical metrics · Analytics

            Shows historical metrics, under a former name that AWS no longer lists.

            AWS's 2023 list prints this short name; the 2026 list and live exports hold AccessMetrics.HistoricalMetrics.Access instead."#]],
        );
        check_beside(r#"{"Effect":"Allow","Action":"connectparticipant:Send¦Message","Resource":"*"}"#, &expect!["nothing"]);
        check_beside(
            r#"{"Effect":"Allow","Action":"qconnect:List¦Assistants","Resource":"*"}"#,
            &expect!["**`qconnect`** is not an IAM service prefix; calls are authorized by `wisdom:` actions"],
        );
    }

    #[test]
    fn a_wildcard_tells_what_it_expands_to() {
        check(
            r#"{"Effect":"Allow","Action":"connect:*Prompt¦*"}"#,
            &expect![[r#"
                [connect:*Prompt*]
                **`connect:*Prompt*`** · 7 actions

                List (1): `connect:ListPrompts`

                Read (3): `connect:DescribePrompt`, `connect:GetPromptFile`, `connect:SearchPrompts`

                Write (3): `connect:CreatePrompt`, `connect:DeletePrompt`, `connect:UpdatePrompt`

                Risky actions: `connect:DeletePrompt`"#]],
        );
    }

    #[test]
    fn the_key_of_a_list_sums_it_up() {
        check(
            r#"{"State¦ment":[{"Effect":"Allow","Action":["connect:List*","connect:CreateUser"]},{"Effect":"Deny","Action":"connect:*"}]}"#,
            &expect![[r#"
                [Statement]
                2 statements

                **78 actions**

                - List: 66
                - Read: 4
                - Write: 1
                - Not in AWS's service reference: 7"#]],
        );
        check(
            r#"{"Effect":"Allow","Act¦ion":["connect:ListUsers","connect:CreateUser"]}"#,
            &expect![[r#"
                [Action]
                **2 actions**

                - List: 1
                - Write: 1

                [Service reference](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonconnect.html)"#]],
        );
        check(
            r#"{"SecurityProfileName":"a","Permis¦sions":["Queues.Edit","Queues.View","Users.View"]}"#,
            &expect![[r#"
                [Permissions]
                **3 permissions**

                - Routing: 2
                - Users and permissions: 1

                [Security profile permissions](https://docs.aws.amazon.com/connect/latest/adminguide/security-profile-list.html)"#]],
        );
    }

    #[test]
    fn a_permission_is_explained() {
        check(
            r#"{"SecurityProfileName":"a","Permissions":["Queues.Ed¦it"]}"#,
            &expect![[r#"
                [Queues.Edit]
                **`Queues.Edit`** · Queues - Edit · Routing

                Updates hours, outbound caller ID and quick connects of queues.

                - Requires: `Queues.View`"#]],
        );
    }

    #[test]
    fn what_matters_before_granting_is_shown() {
        let action = |text: &str| format!(r#"{{"Effect":"Allow","Action":["{text}"]}}"#);
        let permission = |text: &str| format!(r#"{{"SecurityProfileName":"a","Permissions":["{text}"]}}"#);
        for (text, shown, hidden) in [
            (
                permission("Manager¦ListenIn"),
                &[
                    "Caution: listens to live conversations and recordings.",
                    "- Risk class: content\n",
                    "- Same access in IAM: `connect:MonitorContact` (inferred from AWS documentation); the action names the user",
                ][..],
                &["Region"][..],
            ),
            (permission("Outbound¦CallAccess"), &["- Risk class: cost\n"], &[]),
            (permission("Queues.Ed¦it"), &[], &["Caution", "Risk class", "Same access"]),
            (
                action("connect:Monitor¦Contact"),
                &["- Risk class: content\n", "- Same access in security profiles: `ManagerBargeIn` (", "`ManagerListenIn` ("],
                &["Region"],
            ),
            (action("connect:StartOutbound¦VoiceContact"), &["- Risk class: cost\n"], &[]),
            (
                action("connect:Create¦User"),
                &["- Tag conditions apply to each of: `routing-profile`, `security-profile`, `user`;"],
                &["Region"],
            ),
            (
                action("connect:Release¦PhoneNumber"),
                &["- Works only in the Region where the phone number was claimed, also after a failover"],
                &["Tag conditions"],
            ),
            (action("connect:List¦Queues"), &["**`connect:ListQueues`**"], &["Risk class", "Same access", "Tag conditions", "Region"]),
        ] {
            let (text, offset) = split_cursor(&text);
            let analysis = Analysis::new(Document::read(text.as_str(), Format::Json), Arc::new(Catalog::builtin()));
            let markdown = analysis.hover(offset).expect("a hover").markdown;
            shown.iter().for_each(|part| assert!(markdown.contains(part), "{part}\n{markdown}"));
            hidden.iter().for_each(|part| assert!(!markdown.contains(part), "{part}\n{markdown}"));
        }
    }

    #[test]
    fn a_name_that_aws_prints_wrongly_says_so() {
        check(
            r#"{"SecurityProfileName":"a","Permissions":["Campaigns.Ma¦nage"]}"#,
            &expect![[r#"
                [Campaigns.Manage]
                **`Campaigns.Manage`** · Campaigns - Manage · Outbound Campaigns

                Manages outbound campaigns beyond their settings. Can start and stop live customer outreach.

                AWS's list prints Campaigns.Delete on the Manage row (2023 and 2026); exports of live instances hold Campaigns.Manage.

                Caution: controls live bulk outreach.

                - Requires: `Campaigns.View` (inferred; not documented by AWS)
                - Risk class: cost
                - Same access in IAM: `connect-campaigns:PauseCampaign`, `connect-campaigns:ResumeCampaign`, `connect-campaigns:StartCampaign`, `connect-campaigns:StopCampaign` (inferred; not documented by AWS)"#]],
        );
    }

    #[test]
    fn a_gone_action_names_what_replaces_it() {
        check(
            r#"{"Effect":"Allow","Action":"connect:GetFederation¦Tokens"}"#,
            &expect![[r#"
                [connect:GetFederationTokens]
                **`connect:GetFederationTokens`** · removed

                Gave emergency sign-in to an instance. Replaced by AdminGetEmergencyAccessToken; an old Deny has no effect.

                Use `connect:AdminGetEmergencyAccessToken`

                Last listed by AWS in 2023"#]],
        );
    }

    #[test]
    fn a_condition_key_is_explained_in_a_statement_only() {
        check(
            r#"{"Effect":"Allow","Action":"connect:ListUsers","Condition":{"StringEquals":{"connect:Instance¦Id":"a"}}}"#,
            &expect![[r#"
                [connect:InstanceId]
                **`connect:InstanceId`** · condition key · String

                Supported by 349 actions of Amazon Connect: `ActivateEvaluationForm`, `AssociateAnalyticsDataSet`, `AssociateApprovedOrigin`, `AssociateBot`, `AssociateContactWithUser`, `AssociateDefaultVocabulary`, `AssociateEmailAddressAlias`, `AssociateFlow`, `AssociateInstanceStorageConfig`, `AssociateLambdaFunction`, `AssociateLexBot`, `AssociatePhoneNumberContactFlow` and 337 more"#]],
        );
        check(r#"{"tags": {"connect:Instance¦Id": "a"}}"#, &expect!["nothing"]);
    }

    #[test]
    fn a_managed_policy_says_what_it_grants() {
        check(
            r#"{"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AmazonConnect¦ReadOnlyAccess"]}"#,
            &expect![[r#"
            [arn:aws:iam::aws:policy/AmazonConnectReadOnlyAccess]
            **`AmazonConnectReadOnlyAccess`** · AWS managed policy · v4

            Allows (4): `connect:Describe*`, `connect:Get*`, `connect:List*`, `ds:DescribeDirectories`

            Denies (1): `connect:AdminGetEmergencyAccessToken`

            `arn:aws:iam::aws:policy/AmazonConnectReadOnlyAccess`"#]],
        );
    }
}
