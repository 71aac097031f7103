//! Where a list is in the model of its document.

use crate::document_model::DocumentModel;
use crate::policy::entry_list::EntryList;

/// Where a list is in the model of its document.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ListPath {
    /// In a statement of a policy, all by their places.
    Statement { policy: usize, statement: usize, list: usize },
    /// A list of permissions, by its place.
    Permissions(usize),
}

impl ListPath {
    /// The lists of a model that have references.
    pub(crate) fn with_references(model: &DocumentModel) -> Vec<ListPath> {
        let mut paths = Vec::new();
        for (policy, of_policy) in model.policies.iter().enumerate() {
            for (statement, of_statement) in of_policy.statements.iter().enumerate() {
                let with_references = of_statement.lists.iter().enumerate().filter(|(_, list)| list.has_unknown);
                paths.extend(with_references.map(|(list, _)| ListPath::Statement { policy, statement, list }));
            }
        }
        let with_references = model.permission_lists.iter().enumerate().filter(|(_, known)| known.list.has_unknown);
        paths.extend(with_references.map(|(list, _)| ListPath::Permissions(list)));
        paths
    }

    /// The list.
    pub(crate) fn list(self, model: &DocumentModel) -> &EntryList {
        match self {
            ListPath::Statement { policy, statement, list } => &model.policies[policy].statements[statement].lists[list],
            ListPath::Permissions(list) => &model.permission_lists[list].list,
        }
    }

    /// The list, to change it.
    pub(crate) fn list_mut(self, model: &mut DocumentModel) -> &mut EntryList {
        match self {
            ListPath::Statement { policy, statement, list } => &mut model.policies[policy].statements[statement].lists[list],
            ListPath::Permissions(list) => &mut model.permission_lists[list].list,
        }
    }
}
