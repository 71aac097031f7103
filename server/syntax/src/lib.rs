//! Text to tree: error-tolerant readers for JSON, YAML and HCL.
//!
//! Most policies are read while somebody types them, so reading never fails: text that cannot be parsed is recorded in
//! [`Tree::errors`], and everything around it is kept. Only this crate depends on how a format is written. It has no notion of
//! policies.
//!
//! Order of the parts, each using only those before it: `tree` (the nodes), `readers` (one for each format), `decode` (escapes),
//! `embed` (documents in strings), `document` (text and tree together), then `query` (cursor, references, comments) and `edit`
//! (new text in the style of the file).
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
mod recognize;
mod tree;

pub use decode::offset_map::{Decoded, OffsetMap};
pub use document::{Document, Pair};
pub use edit::break_list::BrokenList;
pub use edit::rewrite_list::RewrittenItem;
pub use edit::slot::{Slot, SlotSyntax};
pub use format::Format;
pub use query::comments::LineComment;
pub use query::locate::{CursorPath, CursorStep};
pub use query::references::{PathStep, Traversal};
pub use recognize::recognized_format;
pub use tree::{Children, Node, NodeFlags, NodeId, NodeKind, ScalarStyle, SyntaxError, Tree};
