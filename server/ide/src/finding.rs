//! Findings of rules, and the fixes that they offer.

use std::fmt;
use std::ops::Range;

use connect_policy_model::visible;

/// How much a finding matters, the most severe first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Will fail, or grants nothing.
    Error,
    /// Most likely wrong or dangerous.
    Warning,
    /// Worth knowing.
    Information,
    /// A remark on style or completeness.
    Hint,
}

impl Severity {
    /// The severity's name in settings, on the command line and in output.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "information",
            Severity::Hint => "hint",
        }
    }
}

impl Severity {
    /// The next lower severity; `None` for the lowest.
    pub(crate) fn lower(self) -> Option<Severity> {
        match self {
            Severity::Error => Some(Severity::Warning),
            Severity::Warning => Some(Severity::Information),
            Severity::Information => Some(Severity::Hint),
            Severity::Hint => None,
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A message about a place in the document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The rule's id, for example `unknown-action`.
    pub rule: &'static str,
    /// How much it matters here.
    pub severity: Severity,
    /// The place, in bytes; never empty.
    pub range: Range<usize>,
    /// What is wrong, in one or two sentences, without Markdown except for backticks.
    pub message: String,
    /// Fixes, the best first.
    pub fixes: Vec<Fix>,
    /// The names that were most likely meant, the best first. A name that allows more than what was written has no fix.
    pub suggestions: Vec<String>,
    /// Whether the text has no effect, so that an editor may show it faded.
    pub is_unnecessary: bool,
    /// Related places: where an entry of a shared list is used.
    pub related: Vec<Related>,
}

impl Finding {
    /// A finding with neither fixes nor related places. Invisible characters of the message are shown by their code points.
    pub fn new(rule: &'static str, severity: Severity, range: Range<usize>, message: String) -> Finding {
        Finding {
            rule,
            severity,
            range,
            message: visible(&message).into_owned(),
            fixes: Vec::new(),
            suggestions: Vec::new(),
            is_unnecessary: false,
            related: Vec::new(),
        }
    }

    /// The fix to apply if its finding is to be fixed: the first safe one; with `includes_unsafe` also an unsafe one, if it is
    /// the only fix and no other name is offered.
    pub fn fix_to_apply(&self, includes_unsafe: bool) -> Option<&Fix> {
        let safe = self.fixes.iter().find(|fix| fix.applicability == Applicability::Safe);
        let only = || match self.fixes.as_slice() {
            [only] if only.applicability == Applicability::Unsafe && self.suggestions.len() <= 1 => Some(only),
            _ => None,
        };
        safe.or_else(|| only().filter(|_| includes_unsafe))
    }
}

/// A place that is related to a finding.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Related {
    /// The document, by its place in the module.
    pub document: usize,
    /// The place, in bytes of that document.
    pub range: Range<usize>,
    /// A short description of what is there.
    pub message: String,
}

/// Whether a fix may be applied without asking.
///
/// Not `#[non_exhaustive]`: a program that applies fixes has to decide about each of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Applicability {
    /// It keeps what the document means and may be applied without asking.
    Safe,
    /// It is probably what was meant; a person has to choose it.
    Unsafe,
    /// It is for display only and is never applied.
    DisplayOnly,
}

impl Applicability {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
            Applicability::DisplayOnly => "display-only",
        }
    }

    /// Safe if a condition holds, unsafe otherwise.
    pub(crate) fn safe_if(is_safe: bool) -> Applicability {
        if is_safe { Applicability::Safe } else { Applicability::Unsafe }
    }
}

/// A change that resolves a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// Its title, as a menu shows it.
    pub title: String,
    /// Whether it may be applied without asking.
    pub applicability: Applicability,
    /// The changes; their ranges do not overlap and ascend.
    pub edits: Vec<TextEdit>,
}

/// A replacement of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextEdit {
    /// What is replaced, in bytes of the document.
    pub range: Range<usize>,
    /// The new text, in the document's own notation.
    pub new_text: String,
}
