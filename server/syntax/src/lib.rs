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

mod comments;
mod decode;
mod document;
pub mod edit;
mod embed;
mod format;
mod hcl;
mod json;
mod locate;
mod refer;
mod relist;
mod remove;
mod tree;
mod yaml;

pub use comments::LineComment;
pub use decode::{Decoded, OffsetMap};
pub use document::{Document, Pair};
pub use format::Format;
pub use locate::{Located, Step};
pub use refer::{PathStep, Traversal};
pub use relist::Relisted;
pub use tree::{Builder, Children, Flags, Kind, Node, NodeId, NodeMut, Style, SyntaxError, Tree};
