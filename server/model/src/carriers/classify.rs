//! What a map, block or key is by its surroundings: a statement, a resource of a type, a list of permissions.

use std::borrow::Cow;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, NodeId, NodeKind, Pair, ScalarStyle};

use crate::carriers::by_content::{Signs, count_known_names};
use crate::carriers::carrier::{Carrier, ModuleReferences, PolicyBlocks, ProfileKeys, ResourceShape};
use crate::carriers::table::CARRIERS;
use crate::carriers::vocabulary::{Element, Vocabulary};
use crate::carriers::{cloudformation, iam, keys, serverless, terraform};
use crate::names::nearest;
use crate::values::functions::{self, CfnFunction};
use crate::values::list_items::{ListItem, cfn_function, list_items};

/// How many keys up surroundings are looked at. Templates need nine; a bound keeps deep nesting cheap.
const MAX_KEYS_ABOVE: usize = 16;

/// The keys on the way from a node to the top, the nearest first: the key, and its text.
pub(crate) fn keys_above(document: &Document, node: NodeId) -> impl Iterator<Item = (NodeId, Cow<'_, str>)> {
    let tree = document.tree();
    std::iter::once(node)
        .chain(tree.ancestors(node).take(4 * MAX_KEYS_ABOVE))
        .filter_map(|node| document.key_of(node))
        .map(|key| (key, document.value(key)))
        .take(MAX_KEYS_ABOVE)
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
    let PolicyBlocks { data_source, statement, content } = terraform::POLICY_BLOCKS;
    let is_misspelled = || nearest.is_some_and(|key| is_misspelled_block(document, map, key));
    if nearest.is_some_and(|key| key == statement || key == content) || is_misspelled() {
        let rest: Vec<Cow<'_, str>> = above.take(4).collect();
        let is_body = nearest == Some(statement)
            || is_misspelled()
            || (rest.first().is_some_and(|key| key == statement) && rest.get(1).is_some_and(|key| key == functions::DYNAMIC_BLOCK));
        if is_body && rest.iter().any(|key| key == data_source) {
            return Some(Vocabulary::TerraformDocument);
        }
    }
    if is_iam_statement(document, map, nearest == Some(iam::STATEMENT), is_empty) {
        return Some(Vocabulary::Iam);
    }
    is_loose_statement(document, catalog, map).then_some(Vocabulary::Loose)
}

/// Whether a map is the body of a block whose name is nearly that of a statement's.
fn is_misspelled_block(document: &Document, map: NodeId, name: &str) -> bool {
    let statement = terraform::POLICY_BLOCKS.statement;
    document.kind(map) == NodeKind::Block
        && name.starts_with(&statement[..2])
        && name != statement
        && nearest::distance_within(name, statement, 2).is_some()
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
        let holds_map = document.kind(pair.value) == NodeKind::Map && cfn_function(document, pair.value).is_none();
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
    let is_effect = |value: NodeId| {
        document.has_interpolation(value) || matches!(document.value(value).to_ascii_lowercase().as_str(), "allow" | "deny")
    };
    if effect.is_some_and(|value| !is_effect(value))
        || (effect.is_none() && value_of(Element::Resource).or(value_of(Element::NotResource)).is_none())
    {
        return false;
    }
    let lists = elements.iter().filter(|(element, _)| matches!(element, Element::Action | Element::NotAction));
    lists.flat_map(|(_, value)| list_items(document, *value)).any(|leaf| match leaf {
        ListItem::Text(node) => {
            let text = document.value(node);
            let looks_right = text.split_once(':').is_some_and(|(prefix, name)| !name.contains(['/', ':']) && catalog.is_prefix(prefix));
            if effect.is_some() { looks_right } else { looks_right && (text.contains('*') || catalog.knows_action(&text)) }
        }
        _ => false,
    })
}

/// The node of the policy that a statement belongs to: the map or block that holds the `Statement` key, the
/// list that holds the statements, or the statement alone.
pub(crate) fn policy_node(document: &Document, statement: NodeId) -> NodeId {
    let tree = document.tree();
    let PolicyBlocks { statement: block, content, .. } = terraform::POLICY_BLOCKS;
    let mut holder = None;
    // A choice between statements is inside their list.
    for (key, text) in keys_above(document, statement).filter(|(_, text)| functions::of_key(text) != Some(CfnFunction::If)).take(3) {
        let above = tree.parent(key);
        match &*text {
            iam::STATEMENT => return above.unwrap_or(statement),
            _ if is_misspelled_block(document, statement, &text) => holder = above.or(holder),
            // The keys of a dynamic block lie between a statement and its document.
            text if text == block || text == content || text == functions::DYNAMIC_BLOCK => holder = above.or(holder),
            _ => break,
        }
    }
    if let Some(holder) = holder {
        return holder;
    }
    let around = tree.parent(statement).filter(|&above| document.kind(above) == NodeKind::Seq);
    around.unwrap_or(statement)
}

/// The type of a resource of a template.
pub(crate) struct ResourceType<'d> {
    /// The carrier whose shape the resource has.
    pub(crate) carrier: &'static Carrier,
    /// Its type.
    pub(crate) name: Cow<'d, str>,
}

impl ResourceType<'_> {
    /// Whether it is a security profile.
    pub(crate) fn is_profile(&self) -> bool {
        self.carrier.profile.is_some_and(|profile| profile.resource_types.contains(&&*self.name))
    }

    /// Whether it is a resource of AWS's.
    pub(crate) fn is_aws(&self) -> bool {
        matches!(self.carrier.resource, ResourceShape::Typed { type_prefix, .. } if self.name.starts_with(type_prefix))
    }
}

/// The type of a template's resource, by the key of its properties and that key's text. Other keys are not looked at: their
/// maps may be the whole template, and every policy in it would look through all of it.
pub(crate) fn resource_type<'d>(document: &'d Document, key: NodeId, text: &str) -> Option<ResourceType<'d>> {
    CARRIERS.iter().find_map(|carrier| {
        let ResourceShape::Typed { type_key, properties_path, .. } = carrier.resource else { return None };
        let (_, outer) = properties_path.split_last().filter(|(last, _)| **last == text)?;
        let mut resource = document.tree().parent(key)?;
        for name in outer.iter().rev() {
            let key = document.key_of(resource).filter(|&key| document.value(key) == *name)?;
            resource = document.tree().parent(key)?;
        }
        let type_of = few_pairs(document, resource).find(|pair| document.value(pair.key) == type_key)?;
        Some(ResourceType { carrier, name: document.value(type_of.value) })
    })
}

/// Whether a reference to a name of a template gives an ARN: that of a resource of Amazon Connect.
pub fn returns_arn(document: &Document, name: &str) -> bool {
    let ResourceShape::Typed { resources_key, type_key, .. } = cloudformation::CARRIER.resource else { return false };
    // The Serverless Framework has CloudFormation's resources below a key of its own.
    let resources = document.roots().flat_map(|root| {
        let below = document.get(root, serverless::RESOURCES).and_then(|inner| document.get(inner, resources_key));
        document.get(root, resources_key).into_iter().chain(below)
    });
    let types = resources.filter_map(|resources| document.get_path(resources, &[name, type_key]));
    types.into_iter().any(|kind| cloudformation::REFERENCED_BY_ARN.contains(&&*document.value(kind)))
}

/// Whether a map is in a block with one of these types as a label.
pub(crate) fn is_in_labelled_resource(document: &Document, map: NodeId, is_type: impl Fn(&str) -> bool) -> bool {
    keys_above(document, map).take(3).any(|(_, key)| is_type(&key))
}

/// The first pairs of a map. One with a type has few; one with thousands is a collection, and looking through all
/// of it for each of its members would take time quadratic to it.
fn few_pairs(document: &Document, map: NodeId) -> impl Iterator<Item = Pair> + '_ {
    document.pairs(map).take(64)
}

/// Where a list of permissions is, which decides what is reported about it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PermissionContext {
    /// A security profile: a resource, a request, an export, a module's map.
    Profile,
    /// A list somewhere that holds permission names.
    List,
    /// The answer of a live instance: its own list is the truth.
    Live,
}

/// Where the list under a key is, by its surroundings; `None` if only its content can decide.
pub(crate) fn permission_context(
    document: &Document,
    catalog: &Catalog,
    signs: &Signs,
    key: NodeId,
    value: NodeId,
) -> Option<PermissionContext> {
    let name = document.value(key);
    let profiles = || CARRIERS.iter().filter_map(|carrier| carrier.profile);
    if !profiles().any(|profile| profile.permissions.contains(&&*name)) {
        return None;
    }
    let map = document.tree().parent(key)?;
    let above: Vec<Cow<'_, str>> = keys_above(document, map).map(|(_, text)| text).take(6).collect();
    if above.iter().any(|key| profiles().any(|profile| profile.never_below.contains(&&**key))) {
        return None;
    }
    if let Some(resource) = document.key_of(map).and_then(|key| resource_type(document, key, &document.value(key))) {
        return resource.is_profile().then_some(PermissionContext::Profile);
    }
    let folded = |key: &str| key.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect::<String>();
    // A module's map of profiles, whatever its exact name.
    let is_named = |key: &Cow<'_, str>| {
        let folded = folded(key);
        folded.contains("securityprofile") && !folded.contains("application")
    };
    let has_key = |is_wanted: &dyn Fn(&ProfileKeys, &str) -> bool| {
        few_pairs(document, map).any(|pair| {
            let key = document.value(pair.key);
            profiles().any(|profile| is_wanted(&profile, &key))
        })
    };
    if above.iter().take(5).any(is_named) || has_key(&|profile, key| profile.request_keys.contains(&key)) {
        return Some(PermissionContext::Profile);
    }
    let known = count_known_names(document, catalog, value);
    if known.strings == 0 || known.permissions == 0 {
        return None;
    }
    let is_answer = |profile: ProfileKeys| {
        profile.answer_keys.contains(&&*name)
            && few_pairs(document, map).all(|pair| profile.answer_keys.contains(&&*document.value(pair.key)))
    };
    if profiles().any(is_answer) {
        // Without any other key of an answer it is a written list, like one without a key.
        return few_pairs(document, map).nth(1).is_some().then_some(PermissionContext::Live);
    }
    let is_export = has_key(&|profile, key| profile.export_keys.contains(&key)) && signs.confirm(document, known);
    is_export.then_some(PermissionContext::Profile)
}

/// Whether a list's surroundings show that its strings are something else, whatever they look like.
pub(crate) fn is_excluded(document: &Document, seq: NodeId) -> bool {
    keys_above(document, seq).take(3).any(|(_, key)| keys::is_excluded_key(&key))
}

/// Whether a list may hold actions or permissions although nothing in it shows that yet: it has no name, or one that says so, or it
/// is a value that can be passed on to such a list (a local, a variable, an argument of a module, a mapping, an anchor).
pub(crate) fn may_hold_names(document: &Document, seq: NodeId) -> bool {
    let keys: Vec<Cow<'_, str>> =
        keys_above(document, seq).map(|(_, text)| text).filter(|text| functions::of_prefixed_key(text).is_none()).collect();
    let (Some(nearest), Some(outermost)) = (keys.first(), keys.last()) else { return true };
    let nearest = nearest.to_ascii_lowercase();
    if nearest.contains("action") || nearest.contains("permission") {
        return true;
    }
    let ModuleReferences { locals, variable, module, .. } = terraform::REFERENCES;
    let mappings = cloudformation::REFERENCES.mappings;
    if [locals, variable, module, mappings].contains(&&**outermost) || document.anchors().any(|(.., node)| node == seq) {
        return true;
    }
    // The attributes of a file of variables are in no block but the file itself.
    let mut above = document.tree().ancestors(seq).filter(|&node| document.kind(node) == NodeKind::Block);
    above.next().is_some() && above.next().is_none()
}

/// Whether a key is written in a way in which only data formats write keys; an HCL expression names nothing.
pub(crate) fn is_named_key(document: &Document, key: NodeId) -> bool {
    document.tree().node(key).style() != ScalarStyle::Expression
}
