//! What may be done where nothing is wrong: a console task that is begun can be completed.

use std::ops::Range;

use connect_policy_model::Role;

use crate::analysis::Context;
use crate::coverage::{Granted, begun_tasks};
use crate::describe::codes;
use crate::{Fix, TextEdit};

/// A task that lacks more actions than this is not begun, it merely shares some.
const MOST_LACKING: usize = 2;

/// What may be done with the statements that a range of bytes touches. Nothing of it is certain.
pub(crate) fn at(context: &Context<'_>, range: &Range<usize>) -> Vec<Fix> {
    let document = context.document;
    let mut assists = Vec::new();
    for policy in context.meaning.policies.iter().filter(|policy| policy.is_in_scope && policy.kind.may_grant()) {
        for statement in &policy.statements {
            let around = document.range(statement.node);
            let Some(list) = statement.lists(Role::Action).last() else { continue };
            if around.start > range.end || range.start > around.end || !statement.is_allow(document) {
                continue;
            }
            let granted = Granted::of(document, [statement]);
            if granted.is_open() {
                continue;
            }
            for (task, lacks) in begun_tasks(context.catalog, &granted, MOST_LACKING) {
                if let Some((range, new_text)) = document.append(list.value, &lacks) {
                    let title = format!("Complete console task “{}”: add {}", task.title, codes(lacks.iter().copied()));
                    assists.push(Fix { title, is_certain: false, edits: vec![TextEdit { range, new_text }] });
                }
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

    use crate::Analysis;

    #[track_caller]
    fn check(name: &str, before: &str, after: &str) {
        let format = Format::from_path(Path::new(name)).expect("a format");
        let analysis = Analysis::new(Document::read(before, format), Arc::new(Catalog::builtin()));
        let at = before.find("connect:").expect("an action");
        let assists = analysis.assists(at..at);
        let assist = assists.iter().find(|assist| assist.title.contains("Edit approved origins")).expect("the task is begun");
        let mut text = before.to_owned();
        text.replace_range(assist.edits[0].range.clone(), &assist.edits[0].new_text);
        assert_eq!(text, after);
    }

    #[test]
    fn a_begun_task_is_completed_in_the_lists_own_style() {
        check(
            "p.json",
            "{\"Effect\": \"Allow\", \"Action\": [\n  \"connect:AssociateApprovedOrigin\",\n  \"connect:ListApprovedOrigins\"\n], \"Resource\": \"*\"}",
            "{\"Effect\": \"Allow\", \"Action\": [\n  \"connect:AssociateApprovedOrigin\",\n  \"connect:ListApprovedOrigins\",\n  \"connect:DisassociateApprovedOrigin\"\n], \"Resource\": \"*\"}",
        );
        check(
            "t.yaml",
            "Effect: Allow\nAction:\n  - connect:AssociateApprovedOrigin # first\n  - 'connect:ListApprovedOrigins'\nResource: '*'\n",
            "Effect: Allow\nAction:\n  - connect:AssociateApprovedOrigin # first\n  - 'connect:ListApprovedOrigins'\n  - 'connect:DisassociateApprovedOrigin'\nResource: '*'\n",
        );
        check(
            "m.tf",
            "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:AssociateApprovedOrigin\", \"connect:ListApprovedOrigins\"]\n  }\n}\n",
            "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:AssociateApprovedOrigin\", \"connect:ListApprovedOrigins\", \"connect:DisassociateApprovedOrigin\"]\n  }\n}\n",
        );
    }
}
