//! What may be written at a cursor, what is there, and which list it belongs to.

use std::ops::Range;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{CursorStep, Document, NodeFlags, NodeId, NodeKind};

use crate::carriers::attachment::{self, Naming};
use crate::carriers::by_content::Signs;
use crate::carriers::carrier::PrincipalKeys;
use crate::carriers::classify::{self, PermissionContext};
use crate::carriers::iam;
use crate::carriers::key_places;
use crate::carriers::key_tables::{self, ValueShape};
use crate::carriers::keys;
use crate::carriers::terraform::POLICY_BLOCKS;
use crate::carriers::vocabulary::{Element, Vocabulary};
use crate::document_model::DocumentModel;
use crate::policy::entry_list::{EntryList, Role};
use crate::values::functions::{self, CfnFunction};
use crate::values::list_items::{is_substitution, is_written_list};

mod elsewhere;

/// What may be written at a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expected {
    /// An entry of a list of actions.
    Action {
        /// The list's value; `None` where it has none yet.
        list: Option<NodeId>,
        /// The statement around, if there is one.
        statement: Option<NodeId>,
    },
    /// An entry of a list of permissions.
    Permission {
        /// The list's value; `None` where it has none yet.
        list: Option<NodeId>,
    },
    /// Allow or Deny.
    Effect,
    /// An ARN that a statement is about.
    Resource {
        /// The statement.
        statement: NodeId,
    },
    /// An attribute of a condition that is a block.
    ConditionAttribute {
        /// The block.
        block: NodeId,
    },
    /// One of the known values of a key, as texts with placeholders between angle brackets.
    Value {
        /// The values.
        values: &'static [&'static str],
        /// Whether they are written without quotes.
        is_bare: bool,
    },
    /// An operator of a condition.
    ConditionOperator,
    /// A key of a condition.
    ConditionKey {
        /// The statement.
        statement: NodeId,
    },
    /// A value that a condition's key is compared with.
    ConditionValue {
        /// The key as it is written.
        key: String,
    },
    /// One of AWS's policies, attached to something.
    ManagedPolicy {
        /// Whether its ARN is wanted rather than its name.
        by_arn: bool,
    },
}

/// A cursor in a policy or permission list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CursorContext {
    /// What may stand here.
    pub expected: Expected,
    /// The node that the cursor touches, if anything is written here.
    pub token: Option<NodeId>,
    /// What of the token a new entry replaces, in bytes: the text inside its quotes. Empty where nothing is written.
    pub range: Range<usize>,
    /// The cursor, in bytes.
    pub offset: usize,
    /// The text between the range's start and the cursor, escapes resolved.
    pub prefix: String,
}

impl CursorContext {
    /// What may stand at a byte offset; `None` where nothing of ours may.
    pub fn at(document: &Document, catalog: &Catalog, model: &DocumentModel, offset: usize) -> Option<CursorContext> {
        let located = document.locate(offset);
        // An alias stands for what is written elsewhere.
        if located.token.is_some_and(|token| document.kind(token) == NodeKind::Alias) {
            return None;
        }
        if located.path.iter().any(|step| is_in_variables(document, step)) || elsewhere::is_elsewhere(document, &located, offset) {
            return None;
        }
        let (token, range) = written(document, catalog, located.token, &located.path, offset);
        let prefix = prefix(document, token, &range, offset);
        let expected = expected(document, catalog, model, &located.path, located.token, &prefix)
            .or_else(|| known_values(document, catalog, &located.path, located.token))?;
        Some(CursorContext { expected, token, range, offset, prefix })
    }
}

/// The token at the cursor and the part of it that an entry replaces.
fn written(
    document: &Document,
    catalog: &Catalog,
    token: Option<NodeId>,
    path: &[CursorStep],
    offset: usize,
) -> (Option<NodeId>, Range<usize>) {
    // A client accepts an edit on one line only, and to it a lone CR ends a line too.
    let is_on_one_line = |range: &Range<usize>| !document.text()[range.clone()].contains(['\n', '\r']);
    if let Some(partial) = partial_entry(document, catalog, path).filter(|(_, range)| is_on_one_line(range)) {
        return partial;
    }
    match token {
        Some(token) if document.kind(token) == NodeKind::Scalar || document.kind(token) == NodeKind::Key => {
            let inner = document.inner(token);
            let range = inner.start.min(offset)..inner.end.max(offset);
            (Some(token), if is_on_one_line(&range) { range } else { offset..offset })
        }
        _ => (None, offset..offset),
    }
}

/// `- connect:` reads as a map; to a person it is the beginning of an entry. A key that is not a service's prefix remains a key.
fn partial_entry(document: &Document, catalog: &Catalog, path: &[CursorStep]) -> Option<(Option<NodeId>, Range<usize>)> {
    let [.., CursorStep::Item(seq, index), CursorStep::Key(key)] = path else { return None };
    let map = document.items(*seq).nth(*index)?;
    let mut pairs = document.pairs(map);
    let pair = pairs.next().filter(|_| pairs.next().is_none())?;
    let has_brackets = document.tree().node(map).flags().has(NodeFlags::FLOW);
    if pair.key != *key || has_brackets || document.kind(pair.value) != NodeKind::Missing {
        return None;
    }
    let name = document.value(*key);
    if !catalog.is_prefix(&name) && catalog.client_name(&name).is_none() {
        return None;
    }
    let start = document.range(pair.key).start;
    let end = document.range(pair.value).start.max(document.range(pair.key).end);
    let text = document.text().get(start..end)?.trim_end();
    text.ends_with(':').then(|| (Some(pair.key), start..start + text.len()))
}

/// Whether a step leads to the variables of a `Sub`: what they are compared with is its text, never a list's entries.
fn is_in_variables(document: &Document, step: &CursorStep) -> bool {
    let CursorStep::Item(seq, 1..) = *step else { return false };
    is_substitution(document, seq) || document.tree().parent(seq).is_some_and(|above| is_substitution(document, above))
}

fn prefix(document: &Document, token: Option<NodeId>, range: &Range<usize>, offset: usize) -> String {
    let raw = document.text().get(range.start..offset).unwrap_or("");
    match token {
        Some(token) if document.kind(token) == NodeKind::Scalar && document.inner(token).start == range.start => {
            let decoded = document.decoded(token);
            let end = decoded.map().to_decoded(offset);
            decoded.text().get(..end).unwrap_or(raw).to_owned()
        }
        _ => raw.to_owned(),
    }
}

fn expected(
    document: &Document,
    catalog: &Catalog,
    model: &DocumentModel,
    path: &[CursorStep],
    token: Option<NodeId>,
    prefix: &str,
) -> Option<Expected> {
    // A list that was understood knows what it is, however its parts are nested.
    if let Some(expected) = expected_of_known_list(document, model, path) {
        return Some(expected);
    }
    if let Some(part) = expected_of_statement_part(document, catalog, path, token) {
        return part;
    }
    for (index, step) in path.iter().enumerate().rev() {
        match step {
            CursorStep::Key(key) => {
                let is_innermost = index + 1 == path.len();
                let map = document.tree().parent(*key)?;
                if is_innermost && token == Some(*key) {
                    return None;
                }
                if let Some(expected) = value_expected(document, catalog, map, *key, prefix)
                    .filter(|expected| *expected != Expected::Effect || !is_in_list(document, &path[index + 1..]))
                    .or_else(|| attachment::naming(document, *key).map(|naming| Expected::ManagedPolicy { by_arn: naming == Naming::Arn }))
                {
                    return Some(expected);
                }
                // `Fn::If` and the like stand between a list and its key; anything else ends the search.
                let function = functions::of_prefixed_key(&document.value(*key));
                if !matches!(function, Some(CfnFunction::If | CfnFunction::Sub)) && !is_partial_key(document, *key) {
                    return None;
                }
            }
            CursorStep::NewKey(_) => return None,
            CursorStep::Item(seq, _) => {
                if let Some(expected) = expected_by_content(document, catalog, *seq, token, prefix) {
                    return Some(expected);
                }
            }
            CursorStep::Argument(..) => {}
            CursorStep::Embedded(_) => return None,
        }
    }
    None
}

/// A list that nothing names, while it is still too short to be known: what is typed or its one other entry decides.
fn expected_by_content(document: &Document, catalog: &Catalog, seq: NodeId, token: Option<NodeId>, prefix: &str) -> Option<Expected> {
    if classify::is_excluded(document, seq) || !classify::may_hold_names(document, seq) {
        return None;
    }
    let begins_action = prefix.split_once(':').is_some_and(|(prefix, rest)| catalog.is_family(prefix) && !rest.contains([':', '/']));
    let others: Vec<NodeId> = document.items(seq).filter(|&item| Some(item) != token && document.kind(item) == NodeKind::Scalar).collect();
    let mut actions = others.iter().filter(|&&item| catalog.knows_action(&document.value(item)));
    if begins_action && (others.is_empty() || actions.next().is_some()) {
        return Some(Expected::Action { list: Some(seq), statement: None });
    }
    let mut permissions = others.iter().filter(|&&item| catalog.knows_permission(&document.value(item)));
    (permissions.next().is_some() && !prefix.contains(':')).then_some(Expected::Permission { list: Some(seq) })
}

/// What may stand in a statement's condition, principal or resource. The outer `None` where the place is in none of them.
fn expected_of_statement_part(
    document: &Document,
    catalog: &Catalog,
    path: &[CursorStep],
    token: Option<NodeId>,
) -> Option<Option<Expected>> {
    let keys: Vec<(usize, NodeId)> = path
        .iter()
        .enumerate()
        .filter_map(|(index, step)| if let CursorStep::Key(key) = step { Some((index, *key)) } else { None })
        .collect();
    for (nth, &(index, key)) in keys.iter().enumerate().rev().take(5) {
        let Some(element) = Vocabulary::Iam.near_element(&document.value(key)) else { continue };
        if !matches!(element, Element::Condition | Element::Principal | Element::NotPrincipal | Element::Resource | Element::NotResource)
            || token == Some(key)
        {
            continue;
        }
        // `dynamic "condition" { content { … } }`: the block that is repeated stands for the element.
        let dynamic = nth.checked_sub(1).map(|nth| keys[nth].1).filter(|&above| document.value(above) == functions::DYNAMIC_BLOCK);
        let (index, key, outermost) = match dynamic {
            Some(dynamic) => {
                let Some(&(index, content)) = keys.get(nth + 1).filter(|(_, key)| document.value(*key) == POLICY_BLOCKS.content) else {
                    continue;
                };
                (index, content, dynamic)
            }
            None => (index, key, key),
        };
        let Some(statement) = document.tree().parent(outermost) else { continue };
        if token == Some(key) || classify::statement_vocabulary(document, catalog, statement).is_none() {
            continue;
        }
        let inner = &path[index + 1..];
        return Some(match element {
            Element::Resource | Element::NotResource => {
                inner.iter().all(|step| passes_on(document, step, token)).then_some(Expected::Resource { statement })
            }
            Element::Condition => condition_expected(document, key, inner, token, statement).filter(|expected| {
                let is_key = matches!(expected, Expected::ConditionOperator | Expected::ConditionKey { .. });
                !is_key || !is_in_list(document, inner)
            }),
            _ => principal_expected(document, inner, token),
        });
    }
    None
}

/// Whether one of the steps leads to an item of a list.
fn is_in_list(document: &Document, steps: &[CursorStep]) -> bool {
    steps.iter().any(|step| matches!(step, CursorStep::Item(list, _) if is_written_list(document, *list)))
}

/// Whether what a step leads to may be the value around it: an item, a branch, the argument of a function that passes it on.
fn passes_on(document: &Document, step: &CursorStep, token: Option<NodeId>) -> bool {
    match *step {
        CursorStep::Key(key) => {
            token != Some(key) && matches!(functions::of_prefixed_key(&document.value(key)), Some(CfnFunction::If | CfnFunction::Sub))
        }
        CursorStep::Argument(call, _) => {
            let name = document.value(call);
            matches!(functions::of_tag(&name), Some(CfnFunction::If | CfnFunction::Sub))
                || functions::terraform(&name).is_some_and(|function| function.passes_entries)
        }
        CursorStep::Item(..) => true,
        CursorStep::NewKey(_) | CursorStep::Embedded(_) => false,
    }
}

/// `Condition: {Operator: {key: value}}`, or a block with `test`, `variable` and `values`.
fn condition_expected(
    document: &Document,
    condition: NodeId,
    inner: &[CursorStep],
    token: Option<NodeId>,
    statement: NodeId,
) -> Option<Expected> {
    let mut steps = inner.iter().filter(|step| matches!(step, CursorStep::Key(_) | CursorStep::NewKey(_)));
    let block = document.value_of_key(condition).filter(|&value| document.kind(value) == NodeKind::Block);
    if let Some(block) = block
        && inner.first().is_none_or(|step| match step {
            CursorStep::Key(key) => token == Some(*key),
            step => *step == CursorStep::NewKey(block),
        })
    {
        return Some(Expected::ConditionAttribute { block });
    }
    let CursorStep::Key(operator) = steps.next()? else { return Some(Expected::ConditionOperator) };
    let name = document.value(*operator);
    if let Some(keys) = keys::condition_block_with(&name).filter(|_| token != Some(*operator))
        && let Some(block) = document.tree().parent(*operator)
    {
        let key = || document.get(block, keys.key).map_or(String::new(), |key| document.value(key).into_owned());
        return Some(match &*name {
            name if name == keys.operator => Expected::ConditionOperator,
            name if name == keys.key => Expected::ConditionKey { statement },
            _ if document.get(block, keys.operator).is_some_and(|operator| document.value(operator) == iam::NULL_OPERATOR) => {
                Expected::Value { values: ValueShape::Boolean.known_values(), is_bare: false }
            }
            _ => Expected::ConditionValue { key: key() },
        });
    }
    if block.is_some() {
        return None;
    }
    if token == Some(*operator) {
        return Some(Expected::ConditionOperator);
    }
    match steps.next()? {
        CursorStep::Key(key) if token != Some(*key) => Some(if name == iam::NULL_OPERATOR {
            Expected::Value { values: ValueShape::Boolean.known_values(), is_bare: false }
        } else {
            Expected::ConditionValue { key: document.value(*key).into_owned() }
        }),
        _ => Some(Expected::ConditionKey { statement }),
    }
}

/// `Principal: {Service: …}`, or a block with `type = "Service"` and `identifiers`.
fn principal_expected(document: &Document, inner: &[CursorStep], token: Option<NodeId>) -> Option<Expected> {
    if inner.is_empty() && token.is_some_and(|token| document.kind(token) == NodeKind::Scalar) {
        return Some(Expected::Value { values: &["*"], is_bare: false });
    }
    let CursorStep::Key(key) = inner.iter().find(|step| matches!(step, CursorStep::Key(_)))? else { return None };
    if token == Some(*key) {
        return None;
    }
    let name = document.value(*key);
    let kind = keys::principals().find_map(|keys| match keys {
        PrincipalKeys::ByKind(_) => (!key_tables::principal_values(&name).is_empty()).then(|| name.clone()),
        PrincipalKeys::Block { kind, identifiers, .. } => {
            let block = document.tree().parent(*key).filter(|_| name == identifiers)?;
            document.get(block, kind).map(|kind| document.value(kind))
        }
    })?;
    let values = key_tables::principal_values(&kind);
    (!values.is_empty()).then_some(Expected::Value { values, is_bare: false })
}

/// The known values of the key around the place, or of its list.
fn known_values(document: &Document, catalog: &Catalog, path: &[CursorStep], token: Option<NodeId>) -> Option<Expected> {
    let (key, is_in_list) = match path {
        [.., CursorStep::Key(key)] => (*key, false),
        [.., CursorStep::Key(key), CursorStep::Item(..)] => (*key, true),
        _ => return None,
    };
    if token == Some(key) {
        return None;
    }
    let values = key_places::key_info(document, catalog, key)?.values_at(is_in_list);
    let is_bare = values == ValueShape::Boolean.known_values();
    (!values.is_empty()).then_some(Expected::Value { values, is_bare })
}

fn is_partial_key(document: &Document, key: NodeId) -> bool {
    let map = document.tree().parent(key);
    map.is_some_and(|map| {
        document.pairs(map).count() == 1 && document.pairs(map).all(|pair| document.kind(pair.value) == NodeKind::Missing)
    })
}

fn expected_of_known_list(document: &Document, model: &DocumentModel, path: &[CursorStep]) -> Option<Expected> {
    let innermost = path.iter().rev().find_map(|step| match step {
        CursorStep::Item(seq, _) => Some(*seq),
        _ => None,
    })?;
    let holds = |list: &&EntryList| document.tree().contains(list.value, innermost);
    if model.permission_lists.iter().any(|known| holds(&&known.list)) {
        let known = model.permission_lists.iter().find(|known| holds(&&known.list))?;
        return Some(Expected::Permission { list: Some(known.list.value) });
    }
    if let Some(list) = model.action_lists.iter().find(holds) {
        return Some(Expected::Action { list: Some(list.value), statement: None });
    }
    for statement in model.policies.iter().flat_map(|policy| &policy.statements) {
        if let Some(list) = statement.lists.iter().filter(|list| list.role.is_action()).find(holds) {
            return Some(Expected::Action { list: Some(list.value), statement: Some(statement.node) });
        }
    }
    None
}

/// What the value of a key may hold.
fn value_expected(document: &Document, catalog: &Catalog, map: NodeId, key: NodeId, prefix: &str) -> Option<Expected> {
    let value = document.value_of_key(key)?;
    let list = (document.kind(value) != NodeKind::Missing).then_some(value);
    let name = document.value(key);
    if let Some(vocabulary) = classify::statement_vocabulary(document, catalog, map) {
        return match vocabulary.near_element(&name)? {
            Element::Action | Element::NotAction => Some(Expected::Action { list, statement: Some(map) }),
            Element::Effect => Some(Expected::Effect),
            _ => None,
        };
    }
    if matches!(
        classify::permission_context(document, catalog, &Signs::default(), key, value),
        Some(PermissionContext::Profile | PermissionContext::Live)
    ) {
        return Some(Expected::Permission { list });
    }
    // Half a statement: what is typed is enough.
    let names_action = Vocabulary::Iam.near_element(&name).is_some_and(|element| matches!(element, Element::Action | Element::NotAction));
    let is_begun = prefix.split_once(':').is_some_and(|(prefix, rest)| catalog.is_prefix(prefix) && !rest.contains(':'));
    (names_action && is_begun).then_some(Expected::Action { list, statement: Some(map) })
}

impl CursorContext {
    /// The list that the place belongs to, as it was understood.
    pub fn list<'m>(&self, model: &'m DocumentModel) -> Option<&'m EntryList> {
        let value = match self.expected {
            Expected::Action { list, .. } | Expected::Permission { list } => list?,
            _ => return None,
        };
        let in_policies = model.policies.iter().flat_map(|policy| &policy.statements).flat_map(|statement| &statement.lists);
        let permissions = model.permission_lists.iter().map(|known| &known.list);
        in_policies.chain(permissions).chain(&model.action_lists).find(|list| list.value == value && list.role != Role::Resource)
    }
}
