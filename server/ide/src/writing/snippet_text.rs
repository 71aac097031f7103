//! Text with tab stops.

use std::ops::Range;

/// Text with tab stops, independent of an editor's syntax for them.
///
/// Lines behind the first are indented relative to the line that the text is written in, as every editor expects of a
/// snippet; for one that inserts text as it is, there is [`SnippetText::indented`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SnippetText {
    text: String,
    stops: Vec<TabStop>,
}

/// A place at which somebody types.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TabStop {
    /// The order in which the stops are reached, from 1. Stops with the same number have the same text.
    pub number: usize,
    /// The text that stands there until something is typed, in bytes. May be empty.
    pub range: Range<usize>,
    /// What is to be typed: a placeholder's name, or nothing.
    pub name: &'static str,
    /// What may be chosen; empty where anything may be typed.
    pub choices: &'static [&'static str],
}

impl SnippetText {
    /// The text, with what stands at its tab stops.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tab stops in order of their place.
    pub fn stops(&self) -> &[TabStop] {
        &self.stops
    }

    /// The text in the snippet syntax of LSP.
    pub fn to_lsp(&self) -> String {
        let mut out = String::with_capacity(self.text.len() + 8 * self.stops.len());
        let mut end = 0;
        let mut seen = Vec::new();
        for stop in &self.stops {
            escape(&mut out, &self.text[end..stop.range.start]);
            let text = &self.text[stop.range.clone()];
            end = stop.range.end;
            // A choice is offered once; what repeats it follows.
            if !stop.choices.is_empty() && !seen.contains(&stop.number) {
                out.push_str(&format!("${{{}|{}|}}", stop.number, choices(text, stop.choices)));
            } else if text.is_empty() {
                out.push_str(&format!("${}", stop.number));
                // A digit behind would belong to the number.
                if self.text[end..].starts_with(|letter: char| letter.is_ascii_digit()) {
                    out = format!("{}{{{}}}", out.trim_end_matches(|letter: char| letter.is_ascii_digit()), stop.number);
                }
            } else {
                out.push_str(&format!("${{{}:", stop.number));
                escape(&mut out, text);
                out.push('}');
            }
            seen.push(stop.number);
        }
        escape(&mut out, &self.text[end..]);
        out
    }

    /// The text with other texts at its tab stops; `None` leaves what is there.
    pub fn fill<'v>(&self, value: impl Fn(&TabStop) -> Option<&'v str>) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut end = 0;
        for stop in &self.stops {
            out.push_str(&self.text[end..stop.range.start]);
            out.push_str(value(stop).unwrap_or(&self.text[stop.range.clone()]));
            end = stop.range.end;
        }
        out.push_str(&self.text[end..]);
        out
    }

    /// The same with a prefix on every line but the first, unless the line is empty.
    pub fn indented(&self, prefix: &str) -> SnippetText {
        let mut out = SnippetText::default();
        let mut end = 0;
        let add = |out: &mut SnippetText, range: Range<usize>| {
            for line in self.text[range].split_inclusive('\n') {
                let is_blank = line.trim_end_matches(['\r', '\n']).is_empty();
                // What stands at a tab stop counts as text.
                let begins_line = out.text.ends_with('\n');
                if begins_line && !(is_blank && line.ends_with('\n')) {
                    out.text.push_str(prefix);
                }
                out.text.push_str(line);
            }
        };
        for stop in &self.stops {
            add(&mut out, end..stop.range.start);
            if out.text.ends_with('\n') {
                out.text.push_str(prefix);
            }
            let start = out.text.len();
            out.text.push_str(&self.text[stop.range.clone()]);
            out.stops.push(TabStop { range: start..out.text.len(), ..stop.clone() });
            end = stop.range.end;
        }
        add(&mut out, end..self.text.len());
        out
    }

    /// The same with each of its texts changed: what stands at the tab stops, and what is between them.
    pub(crate) fn map(&self, change: impl Fn(&str) -> String) -> SnippetText {
        let mut out = SnippetText::default();
        let mut end = 0;
        for stop in &self.stops {
            out.text.push_str(&change(&self.text[end..stop.range.start]));
            let start = out.text.len();
            out.text.push_str(&change(&self.text[stop.range.clone()]));
            out.stops.push(TabStop { range: start..out.text.len(), ..stop.clone() });
            end = stop.range.end;
        }
        out.text.push_str(&change(&self.text[end..]));
        out
    }

    /// Without so many bytes at the beginning, which hold no tab stop.
    pub(crate) fn without_start(mut self, length: usize) -> SnippetText {
        self.text.drain(..length);
        for stop in &mut self.stops {
            stop.range = stop.range.start.saturating_sub(length)..stop.range.end.saturating_sub(length);
        }
        self
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a tab stop. All stops of one name share their number; those without a name are each its own.
    pub(crate) fn push_stop(&mut self, name: &'static str, text: &str, choices: &'static [&'static str]) {
        let start = self.text.len();
        self.text.push_str(text);
        let known = self.stops.iter().find(|stop| !name.is_empty() && stop.name == name).map(|stop| stop.number);
        let number = known.unwrap_or_else(|| self.next_number());
        self.stops.push(TabStop { number, range: start..self.text.len(), name, choices });
    }

    /// Adds another snippet, whose unnamed stops come behind those that are here.
    pub(crate) fn append(&mut self, other: &SnippetText) {
        let mut end = 0;
        for stop in &other.stops {
            self.push(&other.text[end..stop.range.start]);
            self.push_stop(stop.name, &other.text[stop.range.clone()], stop.choices);
            end = stop.range.end;
        }
        self.push(&other.text[end..]);
    }

    fn next_number(&self) -> usize {
        self.stops.iter().map(|stop| stop.number).max().unwrap_or(0) + 1
    }

    /// The number of characters behind the last line break.
    pub(crate) fn column(&self) -> usize {
        self.text.rsplit('\n').next().unwrap_or("").chars().count()
    }
}

/// What stands at the stop comes first, because it is what an editor without choices shows.
fn choices(first: &str, choices: &[&str]) -> String {
    let rest = choices.iter().copied().filter(|choice| *choice != first);
    let all = std::iter::once(first).filter(|first| !first.is_empty()).chain(rest);
    all.map(|choice| choice.replace('\\', "\\\\").replace(',', "\\,").replace('|', "\\|")).collect::<Vec<_>>().join(",")
}

fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        if matches!(letter, '$' | '}' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> SnippetText {
        let mut snippet = SnippetText::default();
        snippet.push("a ${x}\\ ");
        snippet.push_stop("region", "us-east-1", &[]);
        snippet.push("\n  ");
        snippet.push_stop("", "", &[]);
        snippet.push("7\n\n");
        snippet.push_stop("effect", "Allow", &["Deny", "Allow"]);
        snippet.push(" ");
        snippet.push_stop("region", "us-east-1", &[]);
        snippet
    }

    #[test]
    fn own_characters_of_the_syntax_are_escaped() {
        assert_eq!(sample().to_lsp(), "a \\${x\\}\\\\ ${1:us-east-1}\n  ${2}7\n\n${3|Allow,Deny|} ${1:us-east-1}");
    }

    #[test]
    fn stops_are_filled_by_name() {
        let filled = sample().fill(|stop| (stop.name == "region").then_some("eu-west-2"));
        assert_eq!(filled, "a ${x}\\ eu-west-2\n  7\n\nAllow eu-west-2");
        assert_eq!(sample().text(), "a ${x}\\ us-east-1\n  7\n\nAllow us-east-1");
    }

    #[test]
    fn indentation_is_added_behind_line_breaks() {
        let snippet = sample().indented("    ");
        assert_eq!(snippet.text(), "a ${x}\\ us-east-1\n      7\n\n    Allow us-east-1");
        let texts: Vec<&str> = snippet.stops().iter().map(|stop| &snippet.text()[stop.range.clone()]).collect();
        assert_eq!(texts, ["us-east-1", "", "Allow", "us-east-1"]);
    }

    #[test]
    fn appended_stops_keep_their_names_and_get_new_numbers() {
        let mut first = SnippetText::default();
        first.push_stop("", "", &[]);
        first.append(&sample());
        let numbers: Vec<usize> = first.stops().iter().map(|stop| stop.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 2]);
    }
}
