//! What the documents of a module mean: policies, security profiles, the entries of their lists, and what may be written at a cursor.
//!
//! Only text that is certainly a policy or a list of permissions is read as one; everything else is left alone. What tools write
//! differently (keys, resource types) is data of a [`Carrier`], what formats write differently is left to the syntax crate.
//!
//! Folders in order, a lower one never imports a higher one: `values` (lists, functions, ARNs) and `names` (one verdict a name),
//! `carriers` (templates and their keys), `policy` (statements and what they grant), `references` (lists that are written
//! elsewhere), then the model of a document and of a module.

mod analyzed_document;
mod carriers;
mod cursor;
mod document_model;
mod key_cursor;
mod module;
mod names;
mod policy;
mod profile;
mod references;
mod values;

pub use analyzed_document::AnalyzedDocument;
pub use carriers::attachment::Attachment;
pub use carriers::carrier::{
    Attribute, Carrier, ConditionBlock, InvokePermission, ModuleReferences, PolicyBlocks, PolicyVersions, PrincipalKeys, ProfileKeys,
    References, ResourceShape, SizeLimit, TemplateReferences,
};
pub use carriers::classify::{PermissionContext, returns_arn};
pub use carriers::key_tables as keys;
pub use carriers::keys as template_keys;
pub use carriers::markers::may_contain_policy;
pub use carriers::policy_kind::PolicyKind;
pub use carriers::profile_property::ProfileProperty;
pub use carriers::table::CARRIERS;
pub use carriers::vocabulary::{Element, Vocabulary};
pub use cursor::{CursorContext, Expected};
pub use document_model::DocumentModel;
pub use key_cursor::{Construct, KeyCursor, OfferedKeys, shape_of_value};
pub use module::{Module, ReferenceSite};
pub use names::invisible::{code_point, is_invisible, visible, without_blanks};
pub use names::nearest;
pub use names::suggest::actions::{near_prefix, nearest_actions, right_prefix};
pub use names::suggest::permissions::nearest_permissions;
pub use names::suggest::replacement::keeps_reach;
pub use names::suggestions::ActionSuggestions;
pub use names::unknown_permission::{ForeignName, UnknownPermission};
pub use names::verdict::{ActionVerdict, Malformation, PermissionVerdict, Verdict};
pub use policy::condition::{Comparison, Conditions};
pub use policy::effective_entries::EffectiveEntry;
pub use policy::entry_list::{Entry, EntryKind, EntryList, ResolvedEntry, Role, Target};
pub use policy::grants::Grants;
pub use policy::instance_reference::{InstanceArnReference, instance_arn_reference};
pub use policy::policy_use::PolicyUse;
pub use policy::reach::{Reach, is_all, is_narrowed};
pub use policy::scope::Scope;
pub use policy::size::{VersionPlace, policy_versions};
pub use policy::statement::{Effect, Policy, Statement};
pub use policy::structure::{Found, StructureFault, StructureFaultKind};
pub use profile::PermissionList;
pub use values::arn::{ArnParts, can_match, is_placeholder, without_holes};
pub use values::functions::is_computed_key;
pub use values::list_items::{is_substitution, is_whole_map, is_written_list};
pub use values::nested_lists::nested_lists;
