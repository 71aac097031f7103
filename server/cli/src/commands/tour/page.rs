//! The text of the tour: lines that fit a terminal.

use std::fmt::Write;

/// No line is longer, unless a word is.
const WIDTH: usize = 100;

/// The columns before a scene's lines.
const INDENT: usize = 3;

/// The columns of the words before what is shown, and of the left side of rows.
const LABEL: usize = 11;
const LEFT: usize = 48;

/// Lines written one after another.
#[derive(Debug, Default)]
pub(crate) struct Page {
    text: String,
}

impl Page {
    /// Begins a scene: its title, and why it matters.
    pub(crate) fn scene(&mut self, title: &str, why: &str) {
        self.empty();
        self.line(title);
        self.wrapped(INDENT, INDENT, why);
        self.empty();
    }

    /// A line without indentation.
    pub(crate) fn line(&mut self, text: &str) {
        self.wrapped(0, 0, text);
    }

    /// Something shown, behind a word that says what it is.
    pub(crate) fn shown(&mut self, label: &str, text: &str) {
        let start = format!("{:INDENT$}{label:LABEL$}", "");
        self.wrapped_behind(&start, INDENT + LABEL, text);
    }

    /// A text on the left and one on the right.
    pub(crate) fn row(&mut self, left: &str, right: &str) {
        self.wrapped_behind(&format!("{:INDENT$}{left:LEFT$}", ""), INDENT + LEFT, right);
    }

    /// An empty line.
    pub(crate) fn empty(&mut self) {
        self.text.push('\n');
    }

    /// All lines.
    pub(crate) fn text(self) -> String {
        self.text
    }

    fn wrapped(&mut self, first: usize, others: usize, text: &str) {
        self.wrapped_behind(&" ".repeat(first), others, text);
    }

    /// A text broken between words, behind a start, the further lines indented.
    fn wrapped_behind(&mut self, start: &str, indent: usize, text: &str) {
        let mut line = start.to_owned();
        let mut is_empty = true;
        for word in text.split(' ') {
            if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                let _ = writeln!(self.text, "{}", line.trim_end());
                line = " ".repeat(indent);
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        let _ = writeln!(self.text, "{}", line.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_between_words() {
        let mut page = Page::default();
        page.shown("Message:", &"word ".repeat(40));
        let text = page.text();
        assert!(text.lines().count() == 3 && text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert!(
            text.starts_with("   Message:   word word") && text.lines().nth(1).is_some_and(|line| line.starts_with("              word"))
        );
    }
}
