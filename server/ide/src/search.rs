//! `explain` as a search: exact names, words, ARNs, and the messages by which AWS refuses a request.

mod access_denied;
mod answer;
mod arn;
mod denied;
mod describe_more;
mod facts;
mod hit;
mod index;
mod nearest_statement;
mod pasted;
mod question;
mod records;
pub mod render;
mod request;
mod service_names;
mod statement;
mod synonyms;
mod words;

pub use access_denied::{AccessDenied, PolicyType, Reason};
pub use answer::{Answer, answer, exact};
pub use denied::{DeniedExplanation, explain_denied};
pub use hit::{HitKind, SearchHit};
pub use index::SearchIndex;
pub use nearest_statement::{Asked, Bearing, NearStatement, nearest_statements};
pub use statement::SuggestedStatement;
