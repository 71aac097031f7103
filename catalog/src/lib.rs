//! What exists in Amazon Connect's access control: IAM actions, security-profile permissions, console tasks, what relates
//! them, and where we know each from.
//!
//! The facts ship inside the crate as JSON (`data/`), one file a service, and are parsed when they are first asked for. A
//! [`Catalog`] is a value: what a workspace adds to it changes what is recognised, and nothing is global.
//!
//! ```
//! use connect_policy_catalog::Catalog;
//!
//! let catalog = Catalog::builtin();
//! let (service, action) = catalog.action("connect:listusers").expect("letter case does not matter");
//! assert_eq!((service.prefix, action.name), ("connect", "ListUsers"));
//! assert_eq!(catalog.permission("Users.View").expect("it exists").labels, ["Users - View"]);
//! ```
//!
//! # As a dependency
//!
//! It stands on its own: no other crate of the workspace, no network, no file that is read at run time.
//!
//! ```toml
//! [dependencies]
//! connect-policy-catalog = { git = "https://github.com/connect-policy/connect-policy" }
//! ```
//!
//! [`Catalog::builtin`] leads to everything else: [`Catalog::action`] and [`Catalog::matching`] for what IAM knows,
//! [`Catalog::permission`] and [`Catalog::tasks`] for what the console has, [`Catalog::risk`] for what is dangerous to grant,
//! [`Catalog::sources`] for where all of it is from, [`CatalogDocument`] for all of it as JSON. [`Catalog::with`] puts a
//! workspace's own names over it:
//!
//! ```
//! use connect_policy_catalog::{Catalog, Overlay, Pattern, read_permission_list};
//!
//! let catalog = Catalog::builtin();
//! let lists = Pattern::new("connect:List*").expect("a pattern");
//! assert!(catalog.matching(&lists).iter().all(|(_, action)| action.name.starts_with("List")));
//! assert!(catalog.risk("connect:CreateUser").is_some());
//!
//! // What `aws connect list-security-profile-permissions` prints.
//! let live = read_permission_list(r#"{"Permissions": ["Users.View", "Tomorrow.Access"]}"#).expect("a list");
//! let mut overlay = Overlay::default();
//! overlay.add_permissions(&live, &"live.json".into());
//! assert!(Catalog::with(overlay).knows_permission("Tomorrow.Access"));
//! ```
//!
//! `examples/lookup.rs` is a small program on it.

mod action;
mod basis;
mod catalog;
mod condition_key;
mod data;
mod document;
mod exception;
mod limit;
mod managed_policy;
mod named_enum;
mod overlay;
mod pattern;
mod pattern_matches;
mod permission;
mod readers;
mod relation;
mod risk;
mod service;
mod service_reference;
mod source;
mod task;

pub use action::{Access, Action, Disputed, HomeRegion, RemovedAction, RemovedStatus, ResourceType, ResourceUse, TagCheck, UnlistedAction};
pub use basis::{Basis, Confidence, Evidence};
pub use catalog::Catalog;
pub use condition_key::{ConditionKey, ConditionValues, KeyCategory, ValueType};
pub use document::{ActionRow, CatalogDocument, Counts, PermissionRow, ServiceRow};
pub use exception::Exception;
pub use limit::Limit;
pub use managed_policy::{ManagedEffect, ManagedPolicy, ManagedStatement};
pub use overlay::{AddedAction, AddedPermission, Overlay};
pub use pattern::{Pattern, glob};
pub use pattern_matches::PatternMatches;
pub use permission::{LabelAlias, ObservedProfile, Permission, PermissionStatus};
pub use readers::{OverlayError, read_permission_list, read_service_reference};
pub use relation::{Counterpart, Relation, RelationKind};
pub use risk::{Risk, RiskClass, RiskLevel};
pub use service::{ClientName, NameStatus, OtherService, Service, ServiceName};
pub use service_reference::{Annotations, Properties, ReferenceAction, ReferenceKey, ReferenceName, ReferenceResource, ServiceReference};
pub use source::Source;
pub use task::{Task, TaskKind};
