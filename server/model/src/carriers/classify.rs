//! What the surroundings of a map, block or key make of it. The only place that knows the keys of templates, resources and
//! requests.

use std::borrow::Cow;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, Kind, NodeId, Pair, Style};

use crate::entries::{Leaf, function, leaves};
use crate::list::census;
use crate::{Element, PermissionCarrier, PolicyKind, Statement, Vocabulary};

/// How many keys up surroundings are looked at. Templates need nine; a bound keeps deep nesting cheap.
const REACH: usize = 16;

/// The keys on the way from a node to the top, the nearest first: the key, and its text.
pub(crate) fn keys_above(document: &Document, node: NodeId) -> impl Iterator<Item = (NodeId, Cow<'_, str>)> {
    let tree = document.tree();
    std::iter::once(node)
        .chain(tree.ancestors(node).take(4 * REACH))
        .filter_map(|node| document.key_of(node))
        .map(|key| (key, document.value(key)))
        .take(REACH)
}

/// Which words a map or block uses if it is a statement, else `None`.
pub(crate) fn statement_vocabulary(document: &Document, catalog: &Catalog, map: NodeId) -> Option<Vocabulary> {
    let has_text_key = document.pairs(map).any(|pair| may_be_element(&document.value(pair.key)));
    let is_empty = document.pairs(map).next().is_none();
    if !has_text_key && !is_empty {
        return None;
    }
    let mut above = keys_above(document, map).map(|(_, text)| text);
    let nearest = above.next();
    let nearest = nearest.as_deref();
    if matches!(nearest, Some("statement" | "content")) {
        let rest: Vec<Cow<'_, str>> = above.take(4).collect();
        let is_body = nearest == Some("statement")
            || (rest.first().is_some_and(|key| key == "statement") && rest.get(1).is_some_and(|key| key == "dynamic"));
        if is_body && rest.iter().any(|key| key == "aws_iam_policy_document") {
            return Some(Vocabulary::TerraformDocument);
        }
    }
    if is_iam_statement(document, map, nearest == Some("Statement"), is_empty) {
        return Some(Vocabulary::Iam);
    }
    is_loose_statement(document, catalog, map).then_some(Vocabulary::Loose)
}

/// A quick no for almost every key of a document that is about something else.
fn may_be_element(key: &str) -> bool {
    (3..=14).contains(&key.len()) && matches!(key.as_bytes()[0].to_ascii_lowercase(), b'e' | b'a' | b'n' | b'r' | b's' | b'p' | b'c')
}

fn is_iam_statement(document: &Document, map: NodeId, is_under_statement: bool, is_empty: bool) -> bool {
    if is_empty {
        return is_under_statement;
    }
    let (mut exact, mut near) = (Vec::new(), Vec::new());
    for pair in document.pairs(map) {
        let text = document.value(pair.key);
        let Some(element) = Vocabulary::Iam.near_element(&text) else { continue };
        // `Action: {Allow: {}}` is a firewall's, not IAM's.
        let holds_map = document.kind(pair.value) == Kind::Map && function(document, pair.value).is_none();
        if matches!(element, Element::Action | Element::NotAction | Element::Effect) && holds_map {
            return false;
        }
        if Vocabulary::Iam.element(&text).is_some() {
            exact.push(element);
        }
        near.push(element);
    }
    if is_under_statement {
        return near.iter().any(|element| !matches!(element, Element::Condition));
    }
    let has = |elements: &[Element], wanted: &[Element]| wanted.iter().any(|element| elements.contains(element));
    let action = [Element::Action, Element::NotAction];
    let effect = [Element::Effect];
    (has(&exact, &effect) && has(&near, &action)) || (has(&exact, &action) && has(&near, &effect))
}

/// A module's map: `{ effect = "Allow", actions = ["connect:…"] }`. Its words are everybody's, so its content has to agree:
/// an effect that is one, and an entry that can be an action; without an effect, one that is.
fn is_loose_statement(document: &Document, catalog: &Catalog, map: NodeId) -> bool {
    let elements: Vec<(Element, NodeId)> =
        document.pairs(map).filter_map(|pair| Some((Vocabulary::Loose.element(&document.value(pair.key))?, pair.value))).collect();
    let value_of = |wanted: Element| elements.iter().find(|(element, _)| *element == wanted).map(|(_, value)| *value);
    let effect = value_of(Element::Effect);
    let is_effect =
        |value: NodeId| document.has_holes(value) || matches!(document.value(value).to_ascii_lowercase().as_str(), "allow" | "deny");
    if effect.is_some_and(|value| !is_effect(value))
        || (effect.is_none() && value_of(Element::Resource).or(value_of(Element::NotResource)).is_none())
    {
        return false;
    }
    let lists = elements.iter().filter(|(element, _)| matches!(element, Element::Action | Element::NotAction));
    lists.flat_map(|(_, value)| leaves(document, *value)).any(|leaf| match leaf {
        Leaf::Text(node) => {
            let text = document.value(node);
            let looks_right = text.split_once(':').is_some_and(|(prefix, name)| !name.contains(['/', ':']) && catalog.is_prefix(prefix));
            if effect.is_some() { looks_right } else { looks_right && (text.contains('*') || catalog.knows_action(&text)) }
        }
        _ => false,
    })
}

/// The node that stands for the policy that a statement belongs to: the map or block that holds the `Statement` key, the
/// list that holds the statements, or the statement alone.
pub(crate) fn policy_node(document: &Document, statement: NodeId) -> NodeId {
    let tree = document.tree();
    let mut holder = None;
    // A choice between statements lies within their list.
    for (key, text) in keys_above(document, statement).filter(|(_, text)| text != "Fn::If").take(3) {
        let above = tree.parent(key);
        match &*text {
            "Statement" => return above.unwrap_or(statement),
            // The keys of a dynamic block lie between a statement and its document.
            "statement" | "content" | "dynamic" => holder = above.or(holder),
            _ => break,
        }
    }
    if let Some(holder) = holder {
        return holder;
    }
    let around = tree.parent(statement).filter(|&above| document.kind(above) == Kind::Seq);
    around.unwrap_or(statement)
}

/// The type of a template's resource, by the key of its properties. Other keys are not asked: their maps may be the whole
/// template, and every policy in it would look through all of it.
pub(crate) fn resource_type<'d>(document: &'d Document, key: NodeId, text: &str) -> Option<Cow<'d, str>> {
    let resource = document.tree().parent(key).filter(|_| text == "Properties")?;
    few_pairs(document, resource).find(|pair| document.value(pair.key) == "Type").map(|pair| document.value(pair.value))
}

/// The first pairs of a map. One that tells what it is has few; one with thousands is a collection, and looking through all
/// of it for each of its members would take time quadratic to it.
fn few_pairs(document: &Document, map: NodeId) -> impl Iterator<Item = Pair> + '_ {
    document.pairs(map).take(64)
}

/// What a policy is attached to.
pub(crate) fn policy_kind(document: &Document, policy: NodeId, statements: &[Statement]) -> PolicyKind {
    for (key, text) in keys_above(document, policy) {
        if let Some(kind) = PolicyKind::of_attribute(&text).or_else(|| PolicyKind::of_resource(&text)) {
            return kind;
        }
        if let Some(name) = resource_type(document, key, &text).filter(|name| name.starts_with("AWS::")) {
            return PolicyKind::of_resource(&name).unwrap_or(PolicyKind::Unknown);
        }
    }
    let names_principal = statements
        .iter()
        .any(|statement| statement.element(Element::Principal).is_some() || statement.element(Element::NotPrincipal).is_some());
    if names_principal {
        let assumes = statements.iter().flat_map(|statement| &statement.lists).flat_map(|list| &list.entries);
        let assumes = assumes.into_iter().any(|entry| entry.text(document).to_ascii_lowercase().starts_with("sts:assumerole"));
        return if assumes { PolicyKind::Trust } else { PolicyKind::Resource };
    }
    // A whole file that is a policy, or a bare list of statements.
    let is_whole_document = document.tree().parent(policy) == Some(NodeId::STREAM);
    if is_whole_document { PolicyKind::Identity } else { PolicyKind::Unknown }
}

/// What a list under a key named `permissions` is, by its surroundings; `None` where only its content can tell.
pub(crate) fn permission_carrier(document: &Document, catalog: &Catalog, key: NodeId, value: NodeId) -> Option<PermissionCarrier> {
    let name = document.value(key);
    if name != "Permissions" && name != "permissions" {
        return None;
    }
    let map = document.tree().parent(key)?;
    let above: Vec<Cow<'_, str>> = keys_above(document, map).map(|(_, text)| text).take(6).collect();
    if above.iter().any(|key| key == "handlers") {
        return None;
    }
    if let Some(resource) = document.key_of(map).and_then(|key| resource_type(document, key, &document.value(key))) {
        return (resource == "AWS::Connect::SecurityProfile").then_some(PermissionCarrier::Profile);
    }
    let folded = |key: &str| key.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect::<String>();
    let is_named = |key: &Cow<'_, str>| {
        let folded = folded(key);
        folded.contains("securityprofile") && !folded.contains("application")
    };
    let is_request =
        || few_pairs(document, map).any(|pair| matches!(&*document.value(pair.key), "SecurityProfileName" | "SecurityProfileId"));
    if above.iter().take(5).any(is_named) || is_request() {
        return Some(PermissionCarrier::Profile);
    }
    let (strings, _, known) = census(document, catalog, value);
    if strings == 0 || known == 0 {
        return None;
    }
    let is_answer = |key: &str| matches!(key, "Permissions" | "NextToken" | "LastModifiedTime" | "LastModifiedRegion" | "ResponseMetadata");
    if name == "Permissions" && few_pairs(document, map).all(|pair| is_answer(&document.value(pair.key))) {
        return Some(PermissionCarrier::Live);
    }
    let is_export = few_pairs(document, map).any(|pair| matches!(&*document.value(pair.key), "Name" | "name" | "ProfileName"));
    is_export.then_some(PermissionCarrier::Profile)
}

/// Whether a list's surroundings say that its strings are something else, whatever they look like.
pub(crate) fn is_never_ours(document: &Document, seq: NodeId) -> bool {
    keys_above(document, seq)
        .take(3)
        .any(|(_, key)| matches!(&*key, "handlers" | "tagging" | "application_permissions" | "ApplicationPermissions" | "scopes"))
}

/// Whether a key is written in a way in which only data formats write keys; an HCL expression names nothing.
pub(crate) fn is_named_key(document: &Document, key: NodeId) -> bool {
    document.tree().node(key).style() != Style::Expression
}
