//! The findings outside an entry that the entry causes. They wait like its own while the user types.

use std::ops::Range;

use connect_policy_model::{Module, Scope};
use connect_policy_syntax::{Document, NodeId};

use crate::context::Context;
use crate::diagnostics::runner;
use crate::finding::Finding;

/// A document with more bytes is not read a second time while the user types: that would double the cost of a keystroke.
const MAX_LEN: usize = 1 << 15;

/// For each finding whether it is in the statement or permission list of an entry, but not about the entry, and would not be there
/// without the entry. In long documents and beside other files of a module, that is not known, and none counts: a finding that was
/// shown before must not disappear while the user types.
pub(crate) fn are_caused_by(context: &Context<'_>, entry: &Range<usize>, findings: &[Finding]) -> Vec<bool> {
    let Some(around) = around(context, entry) else { return vec![false; findings.len()] };
    let is_own = |finding: &Finding| entry.start <= finding.range.start && finding.range.end <= entry.end;
    let is_near = |finding: &Finding| around.start <= finding.range.start && finding.range.end <= around.end;
    let candidates: Vec<bool> = findings.iter().map(|finding| is_near(finding) && !is_own(finding)).collect();
    if !candidates.contains(&true) {
        return candidates;
    }
    if context.document.text().len() > MAX_LEN || context.module.len() > 1 {
        return vec![false; findings.len()];
    }
    let without = without(context, entry);
    let remains = |finding: &Finding| {
        let range = moved(&finding.range, entry);
        without.iter().any(|other| other.rule == finding.rule && other.range == range)
    };
    findings.iter().zip(candidates).map(|(finding, is_candidate)| is_candidate && !remains(finding)).collect()
}

/// The statement or permission list around an entry.
fn around(context: &Context<'_>, entry: &Range<usize>) -> Option<Range<usize>> {
    let statements = context.meaning.policies.iter().flat_map(|policy| &policy.statements).map(|statement| statement.node);
    let lists = context.meaning.permission_lists.iter().map(|known| known.list.value);
    let mut ranges = statements.chain(lists).map(|node| context.document.range(node));
    ranges.find(|range| range.start <= entry.start && entry.end <= range.end)
}

/// The findings of the document without an entry.
fn without(context: &Context<'_>, entry: &Range<usize>) -> Vec<Finding> {
    let text = context.document.text();
    let rest = [&text[..entry.start], &text[entry.end..]].concat();
    let document = Document::read(rest, context.document.format_at(NodeId::STREAM));
    // The entry may be what makes the policy one about Amazon Connect; what is found without it stays found.
    let module = Module::read(vec![document], context.catalog, Scope::All);
    Context::new(&module, 0, context.catalog).map_or_else(Vec::new, |context| runner::run(&context))
}

/// Where a range is once an entry is taken out.
fn moved(range: &Range<usize>, entry: &Range<usize>) -> Range<usize> {
    let place = |at: usize| if at >= entry.end { at - entry.len() } else { at.min(entry.start) };
    place(range.start)..place(range.end)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use connect_policy_catalog::Catalog;
    use connect_policy_syntax::Format;

    use super::*;
    use crate::analysis::Analysis;

    /// The rules whose findings the text between `«` and `»` causes elsewhere.
    fn caused(format: Format, text: &str) -> Vec<&'static str> {
        let start = text.find('«').expect("an entry");
        let text = text.replacen('«', "", 1);
        let end = text.find('»').expect("its end");
        let analysis = Analysis::new(Document::read(text.replacen('»', "", 1), format), Arc::new(Catalog::builtin()));
        let findings = analysis.diagnostics();
        let caused = analysis.are_caused_by(&(start..end), &findings);
        findings.iter().zip(caused).filter(|(_, is_caused)| *is_caused).map(|(finding, _)| finding.rule).collect()
    }

    #[test]
    fn a_resource_that_is_typed_causes_the_mismatch_of_an_action() {
        let json = r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:ListUsers"], "Resource": «"arn:aws:connect:*:*:instance/*/queue/*"»}]}"#;
        assert_eq!(caused(Format::Json, json), ["resource-mismatch"]);
        let yaml = "Statement:\n  - Effect: Allow\n    Action: connect:ListUsers\n    Resource:\n      - «arn:aws:connect:*:*:instance/*/queue/*»\n";
        assert_eq!(caused(Format::Yaml, yaml), ["resource-mismatch"]);
        let hcl = "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:ListUsers\"]\n    resources = [«\"arn:aws:connect:*:*:instance/*/queue/*\"»]\n  }\n}\n";
        assert_eq!(caused(Format::Hcl, hcl), ["resource-mismatch"]);
    }

    #[test]
    fn an_action_that_is_typed_causes_what_it_makes_of_others() {
        let json = r#"{"Statement": [{"Effect": "Allow", "Action": [«"connect:*"», "connect:ListUsers"], "Resource": "*"}]}"#;
        assert_eq!(caused(Format::Json, json), ["redundant-action"]);
    }

    #[test]
    fn what_was_there_before_is_not_caused() {
        let json = r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:ListUser", «"connect:ListQ"»], "Resource": "*"}]}"#;
        assert_eq!(caused(Format::Json, json), [""; 0]);
        let two = r#"{"Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": ["arn:aws:connect:*:*:instance/*/queue/*", «"arn:aws:connect:*:*:instance/*/prompt/*"»]}]}"#;
        assert_eq!(caused(Format::Json, two), [""; 0]);
        let other = r#"{"Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "arn:aws:connect:*:*:instance/*/queue/*"}, {"Effect": "Allow", "Action": «"connect:L"», "Resource": "*"}]}"#;
        assert_eq!(caused(Format::Json, other), [""; 0]);
        // The entry is the only one about Amazon Connect.
        let only = r#"{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObjct", «"connect:ListUsers"»], "Resource": "*"}]}"#;
        assert_eq!(caused(Format::Json, only), [""; 0]);
    }

    #[test]
    fn in_a_long_document_nothing_waits_elsewhere() {
        let json = r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:ListUsers"], "Resource": «"arn:aws:connect:*:*:instance/*/queue/*"»}]}"#;
        assert_eq!(caused(Format::Json, &format!("{json}{}", " ".repeat(MAX_LEN))), [""; 0]);
    }
}
