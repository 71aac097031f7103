//! Links the lists of a module to the literals behind their references.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::NodeId;

use crate::carriers::classify::PermissionContext;
use crate::document_model::DocumentModel;
use crate::names::classifier::Classifier;
use crate::policy::entry_list::{EntryList, Role, Target};
use crate::profile::PermissionList;
use crate::references::link_cache::LinkInput;
use crate::references::list_path::ListPath;
use crate::references::node_ref::{NodeHash, NodeRef};
use crate::references::resolver::{Literal, Resolver};
use crate::values::list_items::{ListItem, list_items};

/// How many entries of literals count in one module's lists together.
const MAX_RESOLVED: usize = 50_000;

/// A list with references, and what they lead to.
pub(crate) struct ResolvedList {
    /// The list's document, by its place in the module.
    pub(crate) document: usize,
    /// Where the list is in the document's model.
    pub(crate) path: ListPath,
    /// What its entries are.
    pub(crate) role: Role,
    /// The literals behind its references.
    pub(crate) targets: Vec<Target>,
    /// Whether each of its targets that is not certain is the list of a whole profile.
    is_profile: bool,
    is_incomplete: bool,
}

/// All lists with references of a module, resolved. Linear in the documents and in the pairs of a reference and a literal.
pub(crate) fn resolve_all(documents: &[LinkInput<'_>], catalog: &Catalog) -> Vec<ResolvedList> {
    let mut linker = Linker {
        documents,
        resolver: Resolver::new(documents.to_vec()),
        classifiers: documents.iter().map(|_| None).collect(),
        catalog,
        left: MAX_RESOLVED,
    };
    let paths = documents.iter().enumerate().flat_map(|(index, input)| input.paths().iter().map(move |path| (index, *path)));
    let mut lists: Vec<ResolvedList> = paths.map(|(document, path)| linker.resolve(document, path)).collect();
    mark_shared(&mut lists);
    lists
}

/// A literal to which several references lead cannot be changed for one of them alone.
fn mark_shared(lists: &mut [ResolvedList]) {
    let mut count: HashMap<NodeRef, usize, NodeHash> = HashMap::default();
    let literal = |target: &Target| NodeRef { document: target.document, node: target.value };
    for target in lists.iter().flat_map(|list| &list.targets) {
        *count.entry(literal(target)).or_default() += 1;
    }
    for target in lists.iter_mut().flat_map(|list| &mut list.targets) {
        target.is_shared = count[&literal(target)] > 1;
    }
}

struct Linker<'m> {
    documents: &'m [LinkInput<'m>],
    resolver: Resolver<'m>,
    /// By document: each makes its names' verdicts once.
    classifiers: Vec<Option<Classifier<'m>>>,
    catalog: &'m Catalog,
    /// How many further entries may count.
    left: usize,
}

impl Linker<'_> {
    fn resolve(&mut self, document: usize, path: ListPath) -> ResolvedList {
        let input = &self.documents[document];
        let list = path.list(input.model);
        let mut resolved = ResolvedList { document, path, role: list.role, targets: Vec::new(), is_profile: false, is_incomplete: false };
        for item in list_items(input.document, list.value) {
            let ListItem::Unknown(reference) = item else { continue };
            let resolution = self.resolver.resolve(NodeRef { document, node: reference }, list.value);
            resolved.is_incomplete |= resolution.is_incomplete;
            for literal in &resolution.literals {
                // One of several lists that are the whole of a profile is a profile of its own.
                resolved.is_profile |= !literal.is_unconditional && reference == list.value && list.role == Role::Permission;
                self.add(&mut resolved, reference, literal);
            }
        }
        resolved
    }

    fn add(&mut self, resolved: &mut ResolvedList, reference: NodeId, literal: &Literal) {
        let NodeRef { document, node: value } = literal.at;
        let classifier = &mut self.classifiers[document];
        let list = self.documents[document].literal(value, resolved.role, literal.is_comma_list, classifier, self.catalog);
        let count = list.list.entries.len().min(self.left);
        self.left -= count;
        resolved.is_incomplete |= count < list.list.entries.len();
        let is_unconditional = literal.is_unconditional;
        resolved.targets.push(Target { reference, document, value, is_unconditional, is_shared: false, literal: list, count });
    }
}

impl ResolvedList {
    /// Writes into the model of its document what the list refers to.
    pub(crate) fn write(&self, model: &mut DocumentModel) {
        let list = self.path.list_mut(model);
        list.is_incomplete = self.is_incomplete;
        list.targets.clone_from(&self.targets);
    }
}

/// What the documents with the literals learn from the lists that refer to them, by document: the literal, read, and where it
/// stands. `models` are the models of all documents, with what [`ResolvedList::write`] wrote.
pub(crate) fn targets_by_document<'l>(
    lists: &'l [ResolvedList],
    models: &[Arc<DocumentModel>],
) -> BTreeMap<usize, Vec<(&'l EntryList, PermissionContext)>> {
    let mut targets: BTreeMap<usize, Vec<(&EntryList, PermissionContext)>> = BTreeMap::new();
    // Each literal once a context and role: thousands of lists may refer to it.
    let mut known: HashSet<(NodeRef, bool, PermissionContext), NodeHash> = HashSet::default();
    for list in lists.iter().filter(|list| list.role == Role::Permission || list.role.is_action()) {
        let model = &models[list.document];
        let own = match list.path {
            ListPath::Statement { policy, .. } if !model.policies[policy].is_in_scope => continue,
            ListPath::Statement { .. } => PermissionContext::List,
            ListPath::Permissions(index) => model.permission_lists[index].context,
        };
        for target in &list.targets {
            let is_profile = list.is_profile && !target.is_unconditional;
            let context = if is_profile { own } else { PermissionContext::List };
            let literal = NodeRef { document: target.document, node: target.value };
            if known.insert((literal, list.role.is_action(), context)) {
                targets.entry(target.document).or_default().push((&target.literal.list, context));
            }
        }
    }
    targets
}

/// Adds literals that references lead to, unless they are known as what they are, so that their names are checked whatever
/// they look like.
pub(crate) fn classify_targets(model: &mut DocumentModel, targets: &[(&EntryList, PermissionContext)]) {
    let mut permissions: HashMap<NodeId, usize> =
        model.permission_lists.iter().enumerate().map(|(index, known)| (known.list.value, index)).collect();
    let mut actions: HashSet<NodeId> = model.action_lists().map(|(list, _)| list.value).collect();
    for &(list, context) in targets {
        if list.role == Role::Permission {
            let index = *permissions.entry(list.value).or_insert(model.permission_lists.len());
            match model.permission_lists.get_mut(index) {
                Some(known) if known.context == PermissionContext::List => known.context = context,
                Some(_) => {}
                None => model.permission_lists.push(PermissionList { context, list: list.clone() }),
            }
        } else if actions.insert(list.value) {
            model.action_lists.push(list.clone());
        }
    }
    model.permission_lists.sort_by_key(|known| known.list.value);
    model.action_lists.sort_by_key(|list| list.value);
}
