//! `explain` as a search: exact names, words, ARNs, and the messages by which AWS refuses a request.

mod facts;
mod hit;
mod index;
mod question;
mod records;
mod synonyms;
mod words;

pub use hit::{HitKind, SearchHit};
pub use index::SearchIndex;
