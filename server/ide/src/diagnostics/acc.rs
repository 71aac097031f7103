//! Takes the findings of a rule in a document.

use std::ops::Range;

use connect_policy_model::{EffectiveEntry, Entry};
use connect_policy_syntax::Document;

use super::meta::RuleMeta;
use crate::context::Context;
use crate::finding::{Applicability, Finding, Fix, Related, Severity, TextEdit};

/// The findings of one rule in one document.
pub(super) struct Acc<'a> {
    context: Context<'a>,
    meta: &'a RuleMeta,
    found: Vec<Finding>,
    cross_file: Vec<(usize, Finding)>,
}

impl<'a> Acc<'a> {
    pub(super) fn new(context: Context<'a>, meta: &'a RuleMeta) -> Acc<'a> {
        Acc { context, meta, found: Vec::new(), cross_file: Vec::new() }
    }

    /// What was reported, in that order: the findings in the document itself, and those about literals of other documents of
    /// the module, with the documents' indices.
    pub(super) fn into_findings(self) -> (Vec<Finding>, Vec<(usize, Finding)>) {
        (self.found, self.cross_file)
    }

    /// The id of the rule that runs.
    pub(super) fn code(&self) -> &'static str {
        self.meta.code
    }

    /// The level of the rule that runs.
    pub(super) fn severity(&self) -> Severity {
        self.meta.severity
    }

    /// Reports a finding at the rule's own level; the range is in bytes.
    pub(super) fn report(&mut self, range: Range<usize>, message: String) -> &mut Finding {
        self.report_at(self.severity(), range, message)
    }

    /// Reports a finding at some level; the range is in bytes.
    pub(super) fn report_at(&mut self, severity: Severity, range: Range<usize>, message: String) -> &mut Finding {
        pushed(&mut self.found, Finding::new(self.meta.code, severity, range, message))
    }

    /// Reports a finding about an entry that counts in a list: where it is written, with the place where it is used.
    pub(super) fn report_entry(&mut self, severity: Severity, entry: &EffectiveEntry<'_>, message: String) -> &mut Finding {
        let Some(target) = entry.target else { return self.report_at(severity, entry.range(), message) };
        let mut finding = Finding::new(self.meta.code, severity, entry.range(), message);
        let used = self.context.document.range(target.reference);
        finding.related.push(Related { document: self.context.index, range: used, message: "used here".to_owned() });
        if target.document == self.context.index {
            return pushed(&mut self.found, finding);
        }
        &mut pushed(&mut self.cross_file, (target.document, finding)).1
    }

    /// The place where an entry that counts is written, for a finding about another entry.
    pub(super) fn related_to(&self, entry: &EffectiveEntry<'_>, message: &str) -> Related {
        let document = entry.target.map_or(self.context.index, |target| target.document);
        Related { document, range: entry.range(), message: message.to_owned() }
    }

    /// A fix that replaces an entry with another name.
    pub(super) fn replace(&self, entry: &Entry, name: &str, applicability: Applicability) -> Fix {
        let document = self.context.document;
        let new_text = document.format_entry(Some(entry.node), &entry.range, name);
        let edits = edits_of_entry(document, entry, TextEdit { range: entry.range.clone(), new_text });
        Fix { title: format!("Replace with `{name}`"), applicability, edits }
    }

    /// A fix that replaces an entry with several names; `None` if the entry is not in a list.
    pub(super) fn replace_by_all(&self, entry: &Entry, names: &[&str]) -> Option<Fix> {
        let (range, new_text) = self.context.document.format_replacements(entry.node, names)?;
        let title = format!("Replace with {}", names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "));
        Some(Fix { title, applicability: Applicability::Unsafe, edits: vec![TextEdit { range, new_text }] })
    }
}

/// A change of an entry, with what it takes so that no line of its list grows too long.
pub(super) fn edits_of_entry(document: &Document, entry: &Entry, edit: TextEdit) -> Vec<TextEdit> {
    let edits = document.fitted(entry.node, (edit.range, edit.new_text));
    edits.into_iter().map(|(range, new_text)| TextEdit { range, new_text }).collect()
}

fn pushed<T>(list: &mut Vec<T>, item: T) -> &mut T {
    list.push(item);
    let last = list.len() - 1;
    &mut list[last]
}

/// The end of a message: what was most likely meant.
pub(super) fn did_you_mean<N: AsRef<str>>(names: &[N]) -> String {
    match names {
        [] => String::new(),
        [only] => format!("; did you mean `{}`?", only.as_ref()),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|name| format!("`{}`", name.as_ref())).collect();
            format!("; did you mean {} or `{}`?", first.join(", "), last.as_ref())
        }
    }
}
