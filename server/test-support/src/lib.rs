//! What tests of several crates share: fixtures with several files, a cursor and expected findings; edits; Markdown pages.
//!
//! It is for tests only and uses no crate of the workspace, so that each of them can use it. What does not hold in a test's
//! input is a panic, because the test itself is wrong. [`plain_english`] checks the language of texts that users see.
//!
//! ```
//! use connect_policy_test_support::{Fixture, apply_edits};
//!
//! let fixture = Fixture::parse("
//! #- main.tf
//! a = \"b¦\"
//!    #^^^ some-rule: the message
//! ");
//! let file = fixture.file();
//! assert_eq!((file.name.as_str(), file.text.as_str(), file.cursors.as_slice()), ("main.tf", "a = \"b\"\n", &[6][..]));
//! assert_eq!(apply_edits(&file.text, [(5..6, "c")]), "a = \"c\"\n");
//! ```

mod cursor;
mod edits;
mod fixture;
mod markdown;
pub mod plain_english;
mod positions;
mod snippet;

pub use cursor::{CURSOR, split_cursor, split_cursors};
pub use edits::{apply_edits, apply_utf16_edits};
pub use fixture::{Annotation, Fixture, FixtureFile};
pub use markdown::fenced_blocks;
pub use positions::{Position, offset_at, position_at};
pub use snippet::{Expanded, expand_snippet};
