//! New text of more than a name: keys with what follows them, whole statements, resources and files.
//!
//! What is to be written is an `Outline`, the same for all formats; `json`, `yaml` and `hcl` write it with the
//! indentation, quotes and line ends of a [`WritingStyle`]. The result is a [`SnippetText`]: text with tab stops.

mod hcl;
mod json;
pub(crate) mod outline;
pub(crate) mod placeholder;
pub(crate) mod snippet_text;
pub(crate) mod style;
pub(crate) mod words;
mod yaml;

pub use placeholder::{PLACEHOLDERS, Placeholder};
pub use snippet_text::{SnippetText, TabStop};
pub use style::{Notation, Quote, WritingStyle};

use crate::writing::outline::{Member, Outline};

/// Writes a value that begins at the end of a line's indentation.
pub(crate) fn write_value(outline: &Outline, style: &WritingStyle) -> SnippetText {
    match style.notation {
        Notation::Json => json::value(outline, style),
        Notation::YamlBlock => yaml::value(outline, style),
        Notation::YamlFlow => yaml::flow_value(outline, style),
        Notation::Hcl => hcl::value(outline, style),
    }
}

/// Writes keys with their values, one below the other. Those of JSON are separated by commas.
pub(crate) fn write_members(members: &[Member], style: &WritingStyle) -> SnippetText {
    match style.notation {
        Notation::Json => json::members(members, style),
        Notation::YamlBlock => yaml::members(members, style),
        Notation::YamlFlow => yaml::flow_members(members, style),
        Notation::Hcl => hcl::body(members, style),
    }
}

/// Writes list items, one below the other.
pub(crate) fn write_items(items: &[Outline], style: &WritingStyle) -> SnippetText {
    match style.notation {
        Notation::Json => json::items(items, style),
        Notation::YamlBlock => yaml::items(items, style),
        Notation::YamlFlow => yaml::flow_items(items, style),
        Notation::Hcl => hcl::items(items, style),
    }
}

#[cfg(test)]
mod tests;
