//! Rule `unknown-resource-type`.

use connect_policy_model::Entry;

use crate::diagnostics::acc::{Acc, edits_of_entry};
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::resource_entries::resource_entries;
use crate::finding::{Applicability, Fix, Severity, TextEdit};
use crate::resources::{ArnTypes, ConnectArn, is_literal};

declare_rule! {
    /// A Connect ARN with a type of resource that does not exist.
    ///
    /// ARNs do not use the console's words: a user is an `agent`, a quick connect a `transfer-destination`, hours of operation are
    /// `operating-hours`, a hierarchy group is an `agent-group`. IAM takes the wrong word silently, and the statement matches
    /// nothing; what shows is AccessDenied.
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
        summary: "a Connect ARN with a type of resource that does not exist",
        group: Meaning,
        severity: Warning,
        unit: Statement,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let shapes = ctx.arn_types();
    for entry in resource_entries(ctx) {
        check_entry(ctx, acc, shapes, entry);
    }
}

fn check_entry(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, shapes: &ArnTypes, entry: &Entry) {
    let document = ctx.document();
    let Some(arn) = ConnectArn::of(document, entry) else { return };
    let Some(&(at, segment)) = arn.below_instance().first() else { return };
    if segment.is_empty() || !is_literal(segment) || shapes.is_below(segment) {
        return;
    }
    let Some(right) = shapes.nearest(segment) else {
        // What another's variable holds is not known well enough, and a type may be newer than the data.
        if !arn.is_behind_instance {
            let message = format!("no resource of Amazon Connect has `{segment}` in its ARN, as of {}", ctx.catalog().date());
            acc.report_at(Severity::Information, entry.range.clone(), message);
        }
        return;
    };
    let edit = TextEdit { range: document.decoded(entry.node).source_of(at..at + segment.len()), new_text: right.to_owned() };
    let edits = edits_of_entry(document, entry, edit);
    let fix = Fix { title: format!("Replace `{segment}` with `{right}`"), applicability: Applicability::Unsafe, edits };
    let message = format!("no Connect ARN has `{segment}/`, so this matches nothing; it is written `{right}/`");
    acc.report(entry.range.clone(), message).fixes.push(fix);
}
