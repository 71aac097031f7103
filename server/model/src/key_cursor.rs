//! Which keys may be written at a cursor, and which whole constructs.

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, NodeId, NodeKind, Slot, SlotSyntax};

use crate::carriers::key_places::{self, MapPlace};
use crate::carriers::key_tables::{KeyInfo, KeyPlace, ValueShape, keys};
use crate::carriers::policy_kind::PolicyKind;
use crate::carriers::terraform::POLICY_BLOCKS;
use crate::carriers::vocabulary::{Element, Vocabulary};
use crate::carriers::{classify, iam};
use crate::policy::kind::policy_kind;
use crate::values::list_items::{ListItem, list_items};

/// A name that no document has.
const PROBE: &str = "ConnectPolicyProbe";

/// The keys of a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OfferedKeys {
    /// Known ones, in the order in which they are offered.
    Known(Vec<&'static KeyInfo>),
    /// The keys that a condition may compare, with the actions of its statement.
    ConditionKeys {
        /// The actions as they are written.
        actions: Vec<String>,
        /// The keys that its operator compares already.
        present: Vec<String>,
    },
}

/// A construct that may be written as a whole at a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Construct {
    /// Elements of the `Statement` list of a policy of this kind; behind a dash if the place is the beginning of an item in YAML.
    Statements(PolicyKind),
    /// `statement` blocks of Terraform.
    StatementBlocks,
    /// A resource of a CloudFormation template, with its id.
    Resource,
    /// Blocks at the top of a Terraform file.
    TerraformFile,
}

/// A place at which keys or a whole construct may be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyCursor {
    /// What is typed, and what is missing around.
    pub slot: Slot,
    /// The keys that may stand here and do not yet.
    pub keys: OfferedKeys,
    /// The construct that may stand here.
    pub construct: Option<Construct>,
    /// The names that a new construct cannot have: the Sids of the policy, the ids of the template's resources.
    pub taken: Vec<String>,
    /// Whether the file has no other key, so that its name is all that is known of it.
    pub is_empty_file: bool,
    /// Whether language servers of other tools complete keys in this file too.
    pub has_other_tools: bool,
}

impl KeyCursor {
    /// The keys at a byte offset; `None` where none of ours may stand.
    pub fn at(document: &Document, catalog: &Catalog, offset: usize) -> Option<KeyCursor> {
        let slot = document.key_slot(offset)?;
        let (document, key) = document.with_key(&slot, PROBE)?;
        let document = &document;
        let map = document.tree().parent(key)?;
        if slot.syntax == SlotSyntax::YamlBlock && !is_in_column(document, map, key) {
            return None;
        }
        let place = key_places::place_of(document, catalog, map, Some(key))?;
        let present: Vec<String> =
            document.pairs(map).filter(|pair| pair.key != key).map(|pair| document.value(pair.key).into_owned()).collect();
        let is_first_of_item = present.is_empty() && document.tree().parent(map).is_some_and(|above| document.kind(above) == NodeKind::Seq);
        let taken = match place {
            MapPlace::Resources => present.clone(),
            MapPlace::Statement { policy, .. } => sids(document, policy, iam::STATEMENT),
            MapPlace::PolicyBlocks(_) => sids(document, map, POLICY_BLOCKS.statement),
            _ => Vec::new(),
        };
        let (table, construct) = match place {
            MapPlace::Keys(table) => (table.iter().collect(), None),
            MapPlace::PolicyBlocks(table) => (table.iter().collect(), Some(Construct::StatementBlocks)),
            MapPlace::Statement { policy, kind } => {
                let kind = kind.unwrap_or_else(|| kind_at(document, catalog, policy, map));
                let begins_item = is_first_of_item && slot.syntax == SlotSyntax::YamlBlock && !slot.has_value;
                (keys(KeyPlace::Statement(kind)).iter().collect(), begins_item.then_some(Construct::Statements(kind)))
            }
            MapPlace::ConditionKeys { statement } => {
                let keys = OfferedKeys::ConditionKeys { actions: actions(document, statement), present };
                let has_other_tools = key_places::has_other_tools(document, catalog, map);
                return Some(KeyCursor { slot, keys, construct: None, taken: Vec::new(), is_empty_file: false, has_other_tools });
            }
            MapPlace::Resources => (Vec::new(), Some(Construct::Resource)),
            MapPlace::TerraformFile => (Vec::new(), Some(Construct::TerraformFile)),
            MapPlace::EmptyFile => (first_keys(slot.syntax), None),
        };
        let is_free = |key: &&KeyInfo| {
            let is_present = |name: &str| present.iter().any(|known| known == name);
            (!is_present(key.name) || key.is_repeatable()) && !key.excludes.iter().any(|other| is_present(other))
        };
        let keys: Vec<&'static KeyInfo> = table.into_iter().filter(is_free).collect();
        let construct = construct.filter(|_| !slot.has_value);
        let has_other_tools = key_places::has_other_tools(document, catalog, map);
        let is_empty_file = place == MapPlace::EmptyFile;
        Some(KeyCursor { slot, keys: OfferedKeys::Known(keys), construct, taken, is_empty_file, has_other_tools })
    }

    /// The place of a new statement at a byte offset: an element of the list of a policy's statements.
    pub fn at_item(document: &Document, catalog: &Catalog, offset: usize) -> Option<KeyCursor> {
        let slot = document.item_slot(offset)?;
        let (document, item) = document.with_item(&slot, PROBE)?;
        let list = document.tree().parent(item).filter(|&list| document.kind(list) == NodeKind::Seq)?;
        let column = |node: NodeId| column(&document, node);
        let is_aligned = |other: NodeId| other == item || column(other) == column(item);
        if slot.syntax == SlotSyntax::YamlBlock && !document.items(list).take(50).all(is_aligned) {
            return None;
        }
        let policy = key_places::policy_of_statements(&document, catalog, list)?;
        let construct = Construct::Statements(kind_at(&document, catalog, policy, list));
        let has_other_tools = key_places::has_other_tools(&document, catalog, list);
        let taken = sids(&document, policy, iam::STATEMENT);
        let keys = OfferedKeys::Known(Vec::new());
        Some(KeyCursor { slot, keys, construct: Some(construct), taken, is_empty_file: false, has_other_tools })
    }
}

/// What the value of a key looks like, as far as the key is a known one at its place.
pub fn shape_of_value(document: &Document, catalog: &Catalog, key: NodeId) -> Option<ValueShape> {
    key_places::key_info(document, catalog, key).map(|info| info.value)
}

/// The keys of a file that has none yet: those of a policy, of a template, and those that a request must have.
fn first_keys(syntax: SlotSyntax) -> Vec<&'static KeyInfo> {
    let (policy, template) = (keys(KeyPlace::Policy), keys(KeyPlace::Template));
    let request = keys(KeyPlace::CreateSecurityProfile).iter().filter(|key| key.is_required);
    match syntax {
        SlotSyntax::Json => policy.iter().chain(template).chain(request).collect(),
        SlotSyntax::YamlBlock | SlotSyntax::YamlFlow | SlotSyntax::Hcl => template.iter().chain(policy).collect(),
    }
}

fn column(document: &Document, node: NodeId) -> usize {
    let start = document.range(node).start;
    start - document.text()[..start].rfind('\n').map_or(0, |at| at + 1)
}

/// Whether a new key of a YAML map begins in the column of the others, and deeper than the key above.
fn is_in_column(document: &Document, map: NodeId, key: NodeId) -> bool {
    let own = column(document, key);
    let other = document.pairs(map).find(|pair| pair.key != key);
    let above = document.key_of(map).map(|above| column(document, above));
    other.is_none_or(|other| column(document, other.key) == own) && above.is_none_or(|above| above < own)
}

/// The kind of a policy, from its surroundings or else from its statements; a whole file can be any policy until its statements
/// have a principal or actions of Amazon Connect, which has no resource policies.
fn kind_at(document: &Document, catalog: &Catalog, policy: NodeId, statement: NodeId) -> PolicyKind {
    let is_whole_document = document.tree().parent(policy) == Some(NodeId::STREAM);
    let kind = policy_kind(document, policy, &[]);
    if kind != PolicyKind::Unknown && !is_whole_document {
        return kind;
    }
    let listed = document.get(policy, iam::STATEMENT).into_iter().flat_map(|value| std::iter::once(value).chain(document.items(value)));
    let statements: Vec<NodeId> = listed.chain([statement]).filter(|&node| document.kind(node) == NodeKind::Map).collect();
    let actions: Vec<String> = statements.iter().flat_map(|&statement| actions(document, statement)).collect();
    let has = |wanted: &[Element]| {
        let names = statements.iter().flat_map(|&statement| document.pairs(statement));
        names.filter_map(|pair| Vocabulary::Iam.element(&document.value(pair.key))).any(|element| wanted.contains(&element))
    };
    let assumes = actions.iter().any(|action| action.to_ascii_lowercase().starts_with("sts:assumerole"));
    if has(&[Element::Principal, Element::NotPrincipal]) {
        return if assumes { PolicyKind::Trust } else { PolicyKind::Resource };
    }
    let is_connect = actions.iter().any(|action| action.split_once(':').is_some_and(|(prefix, _)| catalog.is_family(prefix)));
    if is_connect { PolicyKind::Identity } else { PolicyKind::Unknown }
}

/// The Sids of a policy's statements, which are under a key of this name.
fn sids(document: &Document, policy: NodeId, statements: &str) -> Vec<String> {
    let listed = document.values(policy, statements).flat_map(|value| std::iter::once(value).chain(document.items(value)));
    let pairs = listed.flat_map(|statement| document.pairs(statement));
    let is_sid =
        |name: &str| [Vocabulary::Iam, Vocabulary::TerraformDocument].iter().any(|words| words.element(name) == Some(Element::Sid));
    pairs.filter(|pair| is_sid(&document.value(pair.key))).map(|pair| document.value(pair.value).into_owned()).collect()
}

/// The actions of a statement as they are written.
fn actions(document: &Document, statement: NodeId) -> Vec<String> {
    let lists = document.pairs(statement).filter(|pair| {
        let element = Vocabulary::Iam.near_element(&document.value(pair.key));
        matches!(element, Some(Element::Action | Element::NotAction)) && classify::is_named_key(document, pair.key)
    });
    let items = lists.flat_map(|pair| list_items(document, pair.value));
    items.filter_map(|item| if let ListItem::Text(node) = item { Some(document.value(node).into_owned()) } else { None }).collect()
}
