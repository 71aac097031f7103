//! The name of a policy or a profile, as its document has it.

use connect_policy_model::template_keys;
use connect_policy_syntax::{Document, NodeFlags, NodeId, NodeKind};

/// How far up a name is looked for; templates need nine.
const REACH: usize = 24;

/// A policy's name: the resource that it belongs to, and its own; `None` if the document has neither.
pub(crate) fn policy(document: &Document, node: NodeId) -> Option<String> {
    let own = around(document, node)
        .take_while(|&above| !is_resource(document, above))
        .find_map(|map| named(document, map, template_keys::policy_name_keys()));
    let resource = resource(document, node);
    match (resource, own) {
        (Some(resource), Some(own)) => Some(format!("{resource} / {own}")),
        (resource, own) => resource.or(own).or_else(|| key_above(document, node)),
    }
}

/// A profile's name, by the key of its list.
pub(crate) fn profile(document: &Document, key: Option<NodeId>) -> Option<String> {
    let holder = document.tree().parent(key?)?;
    let own = named(document, holder, template_keys::profile_name_keys());
    own.or_else(|| resource(document, holder)).or_else(|| document.key_of(holder).map(|key| document.value(key).into_owned()))
}

fn around(document: &Document, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    std::iter::once(node).chain(document.tree().ancestors(node)).take(REACH)
}

/// The value of one of these keys, if all of it is known.
fn named(document: &Document, map: NodeId, keys: impl Iterator<Item = &'static str>) -> Option<String> {
    // What has a name has few keys; what has thousands is a collection, and each of its members would go through all of it.
    let values = keys.filter_map(|key| document.pairs(map).take(64).find(|pair| document.value(pair.key) == key).map(|pair| pair.value));
    let mut known = values.filter(|&value| document.kind(value) == NodeKind::Scalar && !document.has_interpolation(value));
    known.next().map(|value| document.value(value).into_owned()).filter(|name| !name.is_empty())
}

/// Whether a node is a resource of a template: it stands under `Resources`, or under a block's labels.
fn is_resource(document: &Document, node: NodeId) -> bool {
    let Some(key) = document.key_of(node) else { return false };
    let is_label = document.tree().node(key).flags().has(NodeFlags::LABEL);
    let above = document.tree().parent(key).and_then(|map| document.key_of(map));
    is_label || above.is_some_and(|above| template_keys::is_resources_key(&document.value(above)))
}

/// The resource around a node: its logical id, or its type and name.
fn resource(document: &Document, node: NodeId) -> Option<String> {
    let resource = around(document, node).find(|&above| is_resource(document, above))?;
    let mut names = Vec::new();
    let mut at = Some(resource);
    while let Some(key) = at.and_then(|node| document.key_of(node)) {
        let is_label = document.tree().node(key).flags().has(NodeFlags::LABEL);
        if !is_label && !names.is_empty() {
            break;
        }
        names.insert(0, document.value(key).into_owned());
        at = if is_label { document.tree().parent(key) } else { None };
    }
    Some(names.join("."))
}

fn key_above(document: &Document, node: NodeId) -> Option<String> {
    let key = document.value(document.key_of(node)?).into_owned();
    (!template_keys::is_structural_key(&key)).then_some(key)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use connect_policy_catalog::Catalog;
    use connect_policy_syntax::Format;

    use super::*;
    use crate::analysis::Analysis;

    #[track_caller]
    fn check(file: &str, text: &str, policies: &[&str], profiles: &[&str]) {
        let analysis =
            Analysis::new(Document::read(text, Format::from_path(Path::new(file)).expect("a format")), Arc::new(Catalog::builtin()));
        let (document, meaning) = (analysis.document(), analysis.meaning());
        let shown = |name: Option<String>| name.unwrap_or_default();
        let named: Vec<String> = meaning.policies.iter().map(|one| shown(policy(document, one.node))).collect();
        assert_eq!(named, policies, "{text}");
        let named: Vec<String> = meaning.permission_lists.iter().map(|known| shown(profile(document, known.list.key))).collect();
        assert_eq!(named, profiles, "{text}");
    }

    #[test]
    fn policies_are_called_as_their_documents_call_them() {
        const STATEMENT: &str = "Statement: [{Effect: Allow, Action: connect:ListUsers, Resource: '*'}]";
        check("p.json", r#"{"Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}"#, &[""], &[]);
        check(
            "t.yaml",
            &format!(
                "Resources:\n  Admin:\n    Type: AWS::IAM::Role\n    Properties:\n      Policies:\n        - PolicyName: queues\n          PolicyDocument: {{{STATEMENT}}}\n"
            ),
            &["Admin / queues"],
            &[],
        );
        check(
            "m.tf",
            "data \"aws_iam_policy_document\" \"look\" {\n  statement {\n    actions = [\"connect:ListUsers\"]\n  }\n}\nresource \"aws_iam_policy\" \"p\" {\n  name = var.name\n  policy = jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"connect:ListUsers\" }] })\n}\n",
            &["aws_iam_policy_document.look", "aws_iam_policy.p"],
            &[],
        );
    }

    #[test]
    fn profiles_are_called_as_the_console_calls_them() {
        check(
            "m.tf",
            "resource \"aws_connect_security_profile\" \"a\" {\n  name = \"Team leads\"\n  permissions = [\"Users.View\"]\n}\nresource \"aws_connect_security_profile\" \"b\" {\n  name = \"${var.x}-b\"\n  permissions = [\"Users.View\"]\n}\n",
            &[],
            &["Team leads", "aws_connect_security_profile.b"],
        );
    }
}
