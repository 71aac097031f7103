//! Text → tree: tolerant readers of JSON, YAML and HCL.
//!
//! A policy is mostly read while somebody types it, so reading never fails: what cannot be understood is noted in
//! [`Tree::errors`] and everything around it is kept. This is the only crate that knows how a format is written. It knows
//! nothing of policies.
//!
//! ```
//! use connect_policy_syntax::{Document, Format};
//!
//! let document = Document::read(r#"{"Action": ["connect:ListUsers", "connect:Desc"#, Format::Json);
//! let texts: Vec<_> = document.scalars().map(|id| document.value(id)).collect();
//! assert_eq!(texts, ["connect:ListUsers", "connect:Desc"]);
//! ```

mod decode;
mod document;
mod edit;
mod embed;
mod format;
mod query;
mod readers;
mod tree;

pub use decode::offset_map::{Decoded, OffsetMap};
pub use document::{Document, Pair};
pub use edit::rewrite_list::RewrittenItem;
pub use format::Format;
pub use query::comments::LineComment;
pub use query::locate::{CursorPath, CursorStep};
pub use query::references::{PathStep, Traversal};
pub use tree::{Children, Node, NodeFlags, NodeId, NodeKind, ScalarStyle, SyntaxError, Tree};
