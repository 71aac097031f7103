//! Which keys may be written in a map or block, by what it is: a policy, a statement, the properties of a resource.
//!
//! Only maps that certainly belong to a policy or to a resource of ours have keys here; the words of policies are too common to
//! offer them anywhere else.

use std::borrow::Cow;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, NodeId, NodeKind};

use crate::carriers::carrier::{Attribute, PolicyBlocks, ResourceShape};
use crate::carriers::key_tables::{KeyInfo, KeyPlace, ValueShape, keys, keys_within};
use crate::carriers::policy_kind::PolicyKind;
use crate::carriers::vocabulary::Vocabulary;
use crate::carriers::{classify, cloudformation, iam, keys as key_meanings, terraform};
use crate::values::functions;
use crate::values::list_items::is_written_list;

/// What a map or block is, as far as it decides on its keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum MapPlace {
    /// One with keys of its own.
    Keys(&'static [KeyInfo]),
    /// A statement in IAM's own words, with the map or list that holds it, and its policy's kind if its place decides on it.
    Statement { policy: NodeId, kind: Option<PolicyKind> },
    /// The keys that an operator of a condition compares.
    ConditionKeys { statement: NodeId },
    /// The resources of a template by their ids.
    Resources,
    /// A policy in Terraform's blocks.
    PolicyBlocks(&'static [KeyInfo]),
    /// The top of a file with blocks.
    TerraformFile,
    /// The top of a file without any other key.
    EmptyFile,
}

/// Keys at the top of a template besides those that are offered.
const OTHER_TEMPLATE_KEYS: &[&str] = &["Globals", "Hooks"];

/// Looks at one map or block; `ignored` is a key in it that does not count.
pub(crate) fn place_of(document: &Document, catalog: &Catalog, map: NodeId, ignored: Option<NodeId>) -> Option<MapPlace> {
    let places = Places { document, catalog, ignored };
    let way = places.way(map);
    places
        .statement(map, &way)
        .or_else(|| places.statement_part(map, &way))
        .or_else(|| places.is_policy(map, &way).then_some(MapPlace::Keys(keys(KeyPlace::Policy))))
        .or_else(|| places.by_path(&way))
        .or_else(|| places.top(map, &way))
}

/// The map that holds the statements of a list, if that is the list of a policy's statements.
pub(crate) fn policy_of_statements(document: &Document, catalog: &Catalog, list: NodeId) -> Option<NodeId> {
    let places = Places { document, catalog, ignored: None };
    let key = document.key_of(list)?;
    let policy = document.tree().parent(key)?;
    let name = document.value(key);
    let is_statements = (name == iam::STATEMENT && places.is_policy(policy, &places.way(policy)))
        || key_meanings::attributes(&name).any(|attribute| attribute == Attribute::Statements)
        || places.shape_of_key(policy, &name).is_some_and(|shape| shape == ValueShape::Statements);
    is_statements.then_some(policy)
}

/// What is known of a key that is written, as far as its place has known keys.
pub(crate) fn key_info(document: &Document, catalog: &Catalog, key: NodeId) -> Option<&'static KeyInfo> {
    let map = document.tree().parent(key)?;
    // A policy whose version is not finished is known by nothing else.
    let place = place_of(document, catalog, map, None).or_else(|| place_of(document, catalog, map, Some(key)))?;
    let table = match place {
        MapPlace::Keys(table) | MapPlace::PolicyBlocks(table) => table,
        MapPlace::Statement { .. } => keys(KeyPlace::Statement(PolicyKind::Unknown)),
        MapPlace::EmptyFile => keys(KeyPlace::Policy),
        MapPlace::ConditionKeys { .. } | MapPlace::Resources | MapPlace::TerraformFile => return None,
    };
    let name = document.value(key);
    table.iter().find(|known| known.name == name)
}

/// Whether a file is one whose keys other language servers complete too: a template of another tool.
pub(crate) fn has_other_tools(document: &Document, catalog: &Catalog, node: NodeId) -> bool {
    let Some(root) = std::iter::once(node).chain(document.tree().ancestors(node)).filter(|&at| at != NodeId::STREAM).last() else {
        return false;
    };
    let places = Places { document, catalog, ignored: None };
    document.kind(root) == NodeKind::Block
        || places.is_template(root)
        || [terraform::RESOURCE, terraform::DATA].iter().any(|block| document.get(root, block).is_some())
        || is_serverless(document, root)
}

struct Places<'d> {
    document: &'d Document,
    catalog: &'d Catalog,
    ignored: Option<NodeId>,
}

/// The keys above a map in its own document, the nearest first, and the outermost node there.
struct Way<'d> {
    keys: Vec<(NodeId, Cow<'d, str>)>,
    top: NodeId,
    is_embedded: bool,
}

impl<'d> Places<'d> {
    fn way(&self, map: NodeId) -> Way<'d> {
        let document = self.document;
        let mut way = Way { keys: Vec::new(), top: map, is_embedded: false };
        for node in std::iter::once(map).chain(document.tree().ancestors(map)).take(200) {
            match document.kind(node) {
                NodeKind::Stream => break,
                NodeKind::Scalar => {
                    way.is_embedded = true;
                    break;
                }
                _ => way.top = node,
            }
            let name = document.key_of(node).map(|key| (key, document.value(key)));
            way.keys.extend(name.filter(|(_, name)| functions::of_prefixed_key(name).is_none()));
        }
        way
    }

    /// The names of a map's keys.
    fn names(&self, map: NodeId) -> impl Iterator<Item = Cow<'d, str>> + '_ {
        let document = self.document;
        document.pairs(map).filter(|pair| Some(pair.key) != self.ignored).map(|pair| document.value(pair.key))
    }

    fn all_in(&self, map: NodeId, tables: &[&[KeyInfo]], others: &[&str]) -> bool {
        let is_known = |name: &str| tables.iter().any(|table| table.iter().any(|key| key.name == name)) || others.contains(&name);
        self.names(map).all(|name| is_known(&name))
    }

    fn statement(&self, map: NodeId, way: &Way<'_>) -> Option<MapPlace> {
        let tree = self.document.tree();
        if let Some((key, name)) = way.keys.first() {
            let holder = tree.parent(*key)?;
            if name == iam::STATEMENT && self.is_policy(holder, &self.way(holder)) {
                return Some(MapPlace::Statement { policy: holder, kind: None });
            }
            if key_meanings::attributes(name).any(|attribute| attribute == Attribute::Statements) {
                return Some(MapPlace::Statement { policy: holder, kind: Some(PolicyKind::Identity) });
            }
        }
        let is_begun = self.names(map).any(|name| Vocabulary::Iam.near_element(&name).is_some());
        let vocabulary = classify::statement_vocabulary(self.document, self.catalog, map).filter(|_| is_begun);
        (vocabulary == Some(Vocabulary::Iam)).then(|| MapPlace::Statement { policy: classify::policy_node(self.document, map), kind: None })
    }

    /// `Principal`, `Condition` and the operators below. A list has none of their keys.
    fn statement_part(&self, map: NodeId, way: &Way<'_>) -> Option<MapPlace> {
        let tree = self.document.tree();
        let is_in_statement = |index: usize| {
            let statement = tree.parent(way.keys[index].0)?;
            matches!(self.statement(statement, &self.way(statement)), Some(MapPlace::Statement { .. })).then_some(statement)
        };
        let (nearest_key, nearest) = way.keys.first()?;
        if !self.is_value_of(map, *nearest_key) {
            return None;
        }
        if iam::PRINCIPALS.contains(&&**nearest) {
            return is_in_statement(0).map(|_| MapPlace::Keys(keys(KeyPlace::Principal)));
        }
        if nearest == iam::CONDITION {
            return is_in_statement(0).map(|_| MapPlace::Keys(keys(KeyPlace::Condition)));
        }
        let (condition, name) = way.keys.get(1)?;
        if name != iam::CONDITION || !self.is_value_of(tree.parent(*nearest_key)?, *condition) {
            return None;
        }
        is_in_statement(1).map(|statement| MapPlace::ConditionKeys { statement })
    }

    /// Whether a map is the value of a key, or what a function gives for it, and not an item of a list there.
    fn is_value_of(&self, map: NodeId, key: NodeId) -> bool {
        let inside = std::iter::once(map).chain(self.document.tree().ancestors(map));
        let mut inside = inside.take_while(|&node| self.document.tree().parent(key).is_some_and(|above| node != above));
        !inside.any(|node| is_written_list(self.document, node))
    }

    /// Whether a map is a policy: by its version, its statements, or the key above.
    fn is_policy(&self, map: NodeId, way: &Way<'_>) -> bool {
        let document = self.document;
        if document.kind(map) != NodeKind::Map && document.kind(map) != NodeKind::Block {
            return false;
        }
        let is_whole = self.all_in(map, &[keys(KeyPlace::Policy)], &[]);
        let statements = document.get(map, iam::STATEMENT);
        let version = document.pairs(map).find(|pair| document.value(pair.key).eq_ignore_ascii_case(iam::VERSION));
        let has_version = version.is_some_and(|pair| iam::VERSIONS.contains(&&*document.value(pair.value)));
        if (is_whole && has_version) || statements.is_some_and(|statements| self.holds_statement(statements)) {
            return true;
        }
        let above = way.keys.first().map(|(_, name)| name.clone()).or_else(|| {
            let (_, name) = classify::keys_above(document, map).next()?;
            Some(name)
        });
        let Some(above) = above else { return way.top == map && is_whole && statements.is_some() };
        if (way.is_embedded && way.top == map && is_whole && statements.is_some())
            || (is_whole && self.is_encoded(map) && statements.is_some())
        {
            return true;
        }
        key_meanings::attributes(&above).any(|attribute| match attribute {
            // Lower-case words of other tools are too common without the encoding of a policy around.
            Attribute::Document => {
                above.starts_with(|letter: char| letter.is_ascii_uppercase())
                    || self.is_encoded(map)
                    || (way.is_embedded && way.keys.is_empty())
            }
            Attribute::Policy(_) => is_whole && statements.is_some(),
            _ => false,
        })
    }

    /// Whether one of the statements under a key is certainly one.
    fn holds_statement(&self, statements: NodeId) -> bool {
        let items = std::iter::once(statements).chain(self.document.items(statements)).take(20);
        items.filter(|&item| self.document.kind(item) == NodeKind::Map && self.document.pairs(item).next().is_some()).any(|item| {
            let has_element = |wanted: &[&str]| self.document.pairs(item).any(|pair| wanted.contains(&&*self.document.value(pair.key)));
            has_element(iam::CERTAIN_ELEMENTS) && classify::statement_vocabulary(self.document, self.catalog, item) == Some(Vocabulary::Iam)
        })
    }

    fn is_encoded(&self, map: NodeId) -> bool {
        let above = self.document.tree().ancestors(map).find(|&node| self.document.kind(node) != NodeKind::Choice);
        above.is_some_and(|above| self.document.kind(above) == NodeKind::Call && self.document.value(above) == functions::ENCODE)
    }

    /// The place in the tables that the keys above lead to.
    fn by_path(&self, way: &Way<'_>) -> Option<MapPlace> {
        if let Some((key, name)) = way.keys.first()
            && self.shape_of_key(self.document.tree().parent(*key)?, name) == Some(ValueShape::Statements)
        {
            return Some(MapPlace::Statement { policy: self.document.tree().parent(*key)?, kind: Some(PolicyKind::Identity) });
        }
        let table = self.table(way)?;
        let is_policy_blocks = table.as_ptr() == keys(KeyPlace::TerraformData(terraform::POLICY_BLOCKS.data_source)).as_ptr();
        (!table.is_empty()).then_some(if is_policy_blocks { MapPlace::PolicyBlocks(table) } else { MapPlace::Keys(table) })
    }

    /// What the value of a key looks like, by the table of the map that holds it.
    fn shape_of_key(&self, map: NodeId, name: &str) -> Option<ValueShape> {
        let table = self.table(&self.way(map))?;
        table.iter().find(|key| key.name == name).map(|key| key.value)
    }

    fn table(&self, way: &Way<'_>) -> Option<&'static [KeyInfo]> {
        if way.is_embedded {
            return None;
        }
        let path: Vec<&str> = way.keys.iter().rev().map(|(_, name)| &**name).collect();
        match &*path {
            [terraform::RESOURCE, name, _, rest @ ..] => Some(keys_within(KeyPlace::TerraformResource(name), &without_dynamic(rest))),
            [terraform::DATA, name, _, rest @ ..] => Some(keys_within(KeyPlace::TerraformData(name), &without_dynamic(rest))),
            ["resources", rest @ ..] if is_serverless(self.document, way.top) => self.in_template(way, rest),
            ["provider", rest @ ..] if is_serverless(self.document, way.top) => Some(keys_within(KeyPlace::ServerlessProvider, rest)),
            path if self.is_template(way.top) => self.in_template(way, path),
            path => Some(keys_within(self.request(way.top)?, path)),
        }
    }

    /// The table of a map in a template, by the keys from the template's top on.
    fn in_template(&self, way: &Way<'_>, path: &[&str]) -> Option<&'static [KeyInfo]> {
        let ResourceShape::Typed { resources_key, type_key, properties_path: [properties], .. } = cloudformation::CARRIER.resource else {
            return None;
        };
        match path {
            [] => Some(keys(KeyPlace::Template)),
            [resources, _] if *resources == resources_key => Some(keys(KeyPlace::Resource)),
            [resources, _, below, rest @ ..] if *resources == resources_key && below == properties => {
                let (key, _) = way.keys.get(rest.len())?;
                let resource = self.document.tree().parent(*key)?;
                let name = self.document.value(self.document.get(resource, type_key)?);
                Some(keys_within(KeyPlace::ResourceProperties(&name), rest))
            }
            _ => None,
        }
    }

    fn is_template(&self, root: NodeId) -> bool {
        let template = keys(KeyPlace::Template);
        let names_it = |name: &str| key_meanings::is_resources_key(name) || name == cloudformation::FORMAT_VERSION;
        self.names(root).any(|name| names_it(&name)) && self.all_in(root, &[template], OTHER_TEMPLATE_KEYS)
    }

    /// The request about a security profile that a file is.
    fn request(&self, root: NodeId) -> Option<KeyPlace<'static>> {
        let (create, update) = (keys(KeyPlace::CreateSecurityProfile), keys(KeyPlace::UpdateSecurityProfile));
        if !self.all_in(root, &[create, update], &[]) || self.document.tree().parent(root) != Some(NodeId::STREAM) {
            return None;
        }
        let is_required = |table: &'static [KeyInfo], other: &'static [KeyInfo]| {
            let own = table.iter().filter(|key| key.is_required && !other.iter().any(|of_other| of_other.name == key.name));
            own.map(|key| key.name).collect::<Vec<_>>()
        };
        let has = |wanted: &[&str]| self.names(root).any(|name| wanted.contains(&&*name));
        if has(&is_required(update, create)) {
            return Some(KeyPlace::UpdateSecurityProfile);
        }
        let shared: Vec<&str> = create.iter().filter(|key| key.is_required).map(|key| key.name).collect();
        has(&shared).then_some(KeyPlace::CreateSecurityProfile)
    }

    /// The top of a file or of one of its documents.
    fn top(&self, map: NodeId, way: &Way<'_>) -> Option<MapPlace> {
        let path: Vec<&str> = way.keys.iter().rev().map(|(_, name)| &**name).collect();
        let is_resources = match &*path {
            [resources] => key_meanings::is_resources_key(resources) && self.is_template(way.top),
            ["resources", resources] => key_meanings::is_resources_key(resources) && is_serverless(self.document, way.top),
            _ => false,
        };
        if is_resources {
            return Some(MapPlace::Resources);
        }
        if way.top != map || way.is_embedded {
            return None;
        }
        if self.document.kind(map) == NodeKind::Block {
            let is_block = |value: NodeId| matches!(self.document.kind(value), NodeKind::Block | NodeKind::Map | NodeKind::Missing);
            let mut pairs = self.document.pairs(map).filter(|pair| Some(pair.key) != self.ignored);
            // A file of values has attributes only.
            return pairs.all(|pair| is_block(pair.value)).then_some(MapPlace::TerraformFile);
        }
        self.names(map).next().is_none().then_some(MapPlace::EmptyFile)
    }
}

/// A path of blocks without the keys of dynamic blocks.
fn without_dynamic<'n>(path: &[&'n str]) -> Vec<&'n str> {
    let PolicyBlocks { content, .. } = terraform::POLICY_BLOCKS;
    match path {
        [dynamic, name, inner, rest @ ..] if *dynamic == functions::DYNAMIC_BLOCK && *inner == content => {
            std::iter::once(*name).chain(without_dynamic(rest)).collect()
        }
        [first, rest @ ..] => std::iter::once(*first).chain(without_dynamic(rest)).collect(),
        [] => Vec::new(),
    }
}

/// Whether a file is a serverless.yml.
fn is_serverless(document: &Document, root: NodeId) -> bool {
    let has = |name: &str| document.get(root, name).is_some();
    has("service") && has("provider")
}
