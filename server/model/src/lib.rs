//! Tree → meaning: which parts of a document are policies and permission lists, what stands in them, and what may stand at
//! a cursor.
//!
//! Only text that is certainly a policy is told of; everything else is left alone. Nothing here asks in which format a
//! document is written: what differs in vocabulary belongs to the [`Vocabulary`] of the place, and what differs in writing to
//! the syntax crate.

mod arn;
mod attachment;
mod borrow;
mod carrier;
mod carriers;
mod condition;
mod definitions;
mod entries;
mod follow;
mod grants;
mod invoke;
mod judge;
mod kind;
mod list;
mod markers;
mod meaning;
mod module;
mod place;
mod profile;
mod scope;
mod statement;
mod suggest;
mod surroundings;
mod verdict;
mod vocabulary;

pub use arn::{ArnParts, can_take, without_holes};
pub use attachment::Attachment;
pub use borrow::{Borrowed, Counted, Lender};
pub use carriers::key_tables as keys;
pub use condition::{Comparison, Conditions};
pub use grants::{Grants, Reach};
pub use kind::PolicyKind;
pub use list::{Entry, EntryKind, EntryList, PermissionCarrier, Role};
pub use markers::may_hold_policy;
pub use meaning::{Meaning, PermissionList};
pub use module::{Module, Part, Use};
pub use place::{Place, Slot};
pub use scope::Scope;
pub use statement::{Effect, Policy, Statement};
pub use suggest::{near_prefix, nearest_actions, nearest_permissions};
pub use surroundings::{SizeLimit, VersionPlace};
pub use verdict::{ActionVerdict, Malformation, PermissionVerdict, UnknownPermission, Verdict};
pub use vocabulary::{Element, Vocabulary};
