//! Rule `unknown-action`.

use connect_policy_model::ActionVerdict;

use crate::diagnostics::acc::{Acc, did_you_mean};
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::{Applicability, Severity};

declare_rule! {
    /// An action entry that its service does not have.
    ///
    /// IAM accepts such a policy and grants nothing by the entry, so a typo surfaces only as AccessDenied at run time. The data
    /// may lag behind AWS, so this is a warning, and the message tells how old the data is.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUsr", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*"}
    /// ```
    UNKNOWN_ACTION {
        summary: "an action entry that its service does not have",
        group: Names,
        severity: Warning,
        unit: Entry,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for (entry, verdict, is_in_scope) in ctx.action_entries() {
        let ActionVerdict::Unknown { is_family, suggestions, .. } = verdict else { continue };
        if !is_in_scope {
            continue;
        }
        let text = entry.text(ctx.document()).into_owned();
        let names = suggestions.names();
        // Computed for other services only, because it is most of what a wrong name costs once its suggestions are known.
        let is_near = || suggestions.distance().is_some_and(|distance| distance <= 2);
        let severity = if *is_family || is_near() { Severity::Warning } else { Severity::Information };
        let fixes: Vec<_> = names.iter().map(|name| acc.replace(entry, name, Applicability::Unsafe)).collect();
        let date = ctx.catalog().date();
        let message = format!("no action is named `{text}`, as of {date}{}", did_you_mean(names));
        acc.report_at(severity, entry.range.clone(), message).fixes = fixes;
    }
}
