//! Lists that are written elsewhere in a module: what names stand for, from a reference to the literals behind it, and what
//! that makes of the lists.

pub(crate) mod definitions;
pub(crate) mod link;
pub(crate) mod link_cache;
pub(crate) mod list_path;
pub(crate) mod node_ref;
pub(crate) mod resolver;
