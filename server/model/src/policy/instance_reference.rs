//! References to the ARN of an instance of Amazon Connect, as templates and modules write them.

use std::ops::Range;

use connect_policy_syntax::{Document, NodeId, NodeKind};

use crate::carriers::carrier::ResourceShape;
use crate::carriers::{cloudformation, terraform};
use crate::values::functions::CfnFunction;
use crate::values::list_items::{cfn_function, is_substitution};

/// A reference to an instance's ARN.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InstanceArnReference {
    /// The text to change, in bytes, and the new text, so that the reference is to the id; `None` where that takes another form.
    pub to_id: Option<(Range<usize>, &'static str)>,
}

/// Whether a value is the ARN of an instance that is written elsewhere: `aws_connect_instance.main.arn`, or `Ref` or `Fn::GetAtt`
/// of an instance of the same template.
pub fn instance_arn_reference(document: &Document, node: NodeId) -> Option<InstanceArnReference> {
    if let Some((function, argument)) = cfn_function(document, node) {
        let is_arn = match function {
            CfnFunction::Ref => is_instance(document, &document.value(argument)),
            CfnFunction::GetAtt => {
                let (name, attribute) = attribute_of(document, argument)?;
                attribute == cloudformation::ARN_ATTRIBUTE && is_instance(document, &name)
            }
            _ => false,
        };
        return is_arn.then_some(InstanceArnReference { to_id: None });
    }
    if document.kind(node) != NodeKind::Scalar {
        return None;
    }
    if is_substituted_arn(document, node) {
        return Some(InstanceArnReference { to_id: None });
    }
    let range = document.range(node);
    let text = document.text().get(range.clone())?;
    let expression = text.trim_matches('"').trim();
    let expression = expression.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).unwrap_or(expression).trim();
    let path = expression.strip_prefix("data.").unwrap_or(expression);
    let is_path = path.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-.[]*\"".contains(letter));
    let rest = path.strip_prefix(terraform::INSTANCE).filter(|rest| is_path && rest.starts_with('.'))?;
    let (_, attribute) = rest.rsplit_once('.').filter(|(name, _)| !name.is_empty())?;
    if attribute != terraform::ARN_ATTRIBUTE {
        return None;
    }
    let end = range.start + text.rfind(terraform::ARN_ATTRIBUTE)? + terraform::ARN_ATTRIBUTE.len();
    Some(InstanceArnReference { to_id: Some((end - terraform::ARN_ATTRIBUTE.len()..end, terraform::ID_ATTRIBUTE)) })
}

/// Whether a text in `Fn::Sub` is nothing but an instance's ARN: `${Instance}`, `${Instance.Arn}`.
fn is_substituted_arn(document: &Document, node: NodeId) -> bool {
    let list = document.tree().parent(node).filter(|&above| document.kind(above) == NodeKind::Seq);
    // A tag is the node above, a key belongs to the node.
    let argument = list.unwrap_or(node);
    let call = document.tree().parent(argument);
    let is_substituted = is_substitution(document, argument) || call.is_some_and(|call| is_substitution(document, call));
    is_substituted && is_whole_reference(document, node, list)
}

/// `list` is the list of the text and its own variables, which go before the names of resources.
fn is_whole_reference(document: &Document, node: NodeId, list: Option<NodeId>) -> bool {
    let text = document.value(node);
    let Some(reference) = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).map(str::trim) else { return false };
    let name = match reference.split_once('.') {
        Some((name, cloudformation::ARN_ATTRIBUTE)) => name,
        Some(_) => return false,
        None => reference,
    };
    let is_own = list.and_then(|list| document.items(list).nth(1)).is_some_and(|variables| document.get(variables, reference).is_some());
    !is_own && is_instance(document, name)
}

/// The resource and the attribute of `Fn::GetAtt`, in both of its forms.
fn attribute_of(document: &Document, argument: NodeId) -> Option<(String, String)> {
    if document.kind(argument) == NodeKind::Seq {
        let mut items = document.items(argument).map(|item| document.value(item).into_owned());
        return Some((items.next()?, items.next()?));
    }
    document.value(argument).split_once('.').map(|(name, attribute)| (name.to_owned(), attribute.to_owned()))
}

/// Whether a resource of the template is an instance.
fn is_instance(document: &Document, name: &str) -> bool {
    let ResourceShape::Typed { resources_key, type_key, .. } = cloudformation::CARRIER.resource else { return false };
    let mut templates = document.tree().children(NodeId::STREAM);
    templates.any(|template| {
        let resource = document.get(template, resources_key).and_then(|resources| document.get(resources, name));
        let kind = resource.and_then(|resource| document.get(resource, type_key));
        kind.is_some_and(|kind| document.value(kind) == cloudformation::INSTANCE)
    })
}

#[cfg(test)]
mod tests {
    use connect_policy_syntax::Format;

    use super::*;

    /// Whether some value of a document is a reference to an instance's ARN, and what its text becomes.
    fn read(text: &str, format: Format) -> Option<Option<String>> {
        let document = Document::read(text, format);
        let nodes = document.tree().subtree(NodeId::STREAM);
        let mut found = nodes.filter_map(|node| instance_arn_reference(&document, node));
        found.next().map(|found| found.to_id.map(|(range, new_text)| format!("{}{new_text}{}", &text[..range.start], &text[range.end..])))
    }

    #[test]
    fn references_to_an_instances_arn_are_known() {
        for (wrong, right) in [
            ("a = aws_connect_instance.main.arn\n", "a = aws_connect_instance.main.id\n"),
            ("a = data.aws_connect_instance.arn.arn\n", "a = data.aws_connect_instance.arn.id\n"),
            ("a = aws_connect_instance.main[0].arn\n", "a = aws_connect_instance.main[0].id\n"),
            ("a = \"${aws_connect_instance.main.arn}\"\n", "a = \"${aws_connect_instance.main.id}\"\n"),
        ] {
            assert_eq!(read(wrong, Format::Hcl), Some(Some(right.to_owned())), "{wrong}");
        }
        for other in [
            "a = aws_connect_instance.main.id\n",
            "a = aws_connect_queue.main.arn\n",
            "a = \"${aws_connect_instance.main.arn}/queue/*\"\n",
            "a = var.arn\n",
        ] {
            assert_eq!(read(other, Format::Hcl), None, "{other}");
        }
        let template =
            |value: &str| format!("Resources:\n  I:\n    Type: AWS::Connect::Instance\n  Q:\n    Type: AWS::Connect::Queue\nA: {value}\n");
        for value in [
            "!Ref I",
            "!GetAtt I.Arn",
            "{Ref: I}",
            "{'Fn::GetAtt': [I, Arn]}",
            "!Sub '${I}'",
            "!Sub '${I.Arn}'",
            "{'Fn::Sub': '${I}'}",
            "!Sub ['${I}', {A: b}]",
        ] {
            assert_eq!(read(&template(value), Format::Yaml), Some(None), "{value}");
        }
        for value in [
            "!Ref Q",
            "!GetAtt I.Id",
            "!Ref Parameter",
            "I",
            "'${I}'",
            "!Sub '${I.Id}'",
            "!Sub '${Q}'",
            "!Sub '${I}/x'",
            "!Sub ['${I}', {I: b}]",
        ] {
            assert_eq!(read(&template(value), Format::Yaml), None, "{value}");
        }
    }
}
