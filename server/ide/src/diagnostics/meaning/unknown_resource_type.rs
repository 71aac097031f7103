//! Rule `unknown-resource-type`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::offer::change_within;
use crate::diagnostics::support::resource_entries::{ResourceEntry, resource_entries};
use crate::diagnostics::support::without_effect::about_arn;
use crate::finding::Severity;
use crate::resources::{ArnTypes, ConnectArn, is_literal};

declare_rule! {
    /// Unknown resource type in an Amazon Connect ARN
    ///
    /// IAM accepts the ARN, but it does not match any resource, so requests fail with AccessDenied. ARNs and the console use
    /// different names: `agent` for a user, `transfer-destination` for a quick connect, `operating-hours` for hours of
    /// operation, `agent-group` for a hierarchy group.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "arn:aws:connect:eu-central-1:111122223333:instance/*/user/*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "arn:aws:connect:eu-central-1:111122223333:instance/*/agent/*"}
    /// ```
    UNKNOWN_RESOURCE_TYPE {
        summary: "unknown resource type in an Amazon Connect ARN",
        group: Meaning,
        severity: Warning,
        unit: Statement,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let shapes = ctx.arn_types();
    for place in resource_entries(ctx) {
        check_entry(ctx, acc, shapes, &place);
    }
}

fn check_entry(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, shapes: &ArnTypes, place: &ResourceEntry<'_>) {
    let (document, entry) = (ctx.document(), place.entry);
    let Some(arn) = ConnectArn::of(document, entry) else { return };
    let Some(&(at, segment)) = arn.below_instance().first() else { return };
    if segment.is_empty() || !is_literal(segment) || shapes.is_below(segment) {
        return;
    }
    let Some(right) = shapes.nearest(segment) else {
        // What another's variable holds is not known well enough, and a type may be newer than the data.
        if !arn.is_behind_instance {
            let message = format!("unknown resource type `{segment}`");
            let (severity, message) = about_arn(document, place, Severity::Information, message);
            acc.report_at(severity, entry.range.clone(), message);
        }
        return;
    };
    let title = format!("Replace `{segment}` with `{right}`");
    let fix = change_within(ctx, entry, title, at..at + segment.len(), right);
    let message = format!("unknown resource type `{segment}`; did you mean `{right}`?");
    let (severity, message) = about_arn(document, place, acc.severity(), message);
    acc.report_at(severity, entry.range.clone(), message).fixes.extend(fix);
}
