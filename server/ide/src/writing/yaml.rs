//! Writes YAML.

use crate::writing::json;
use crate::writing::outline::{Member, Outline};
use crate::writing::snippet_text::SnippetText;
use crate::writing::style::{LIST_WIDTH, Quote, WritingStyle};
use crate::writing::words::Words;

pub(super) fn value(outline: &Outline, style: &WritingStyle) -> SnippetText {
    let mut writer = Writer::new(style);
    match outline {
        Outline::Map(parts) => writer.members(parts, 0),
        Outline::List(parts) => writer.items(parts, 0),
        flat => writer.flat(flat),
    }
    writer.out
}

pub(super) fn members(members: &[Member], style: &WritingStyle) -> SnippetText {
    let mut writer = Writer::new(style);
    writer.members(members, 0);
    writer.out
}

pub(super) fn items(items: &[Outline], style: &WritingStyle) -> SnippetText {
    let mut writer = Writer::new(style);
    writer.items(items, 0);
    writer.out
}

pub(super) fn flow_value(outline: &Outline, style: &WritingStyle) -> SnippetText {
    let mut writer = Writer::new(style);
    writer.flow(outline, 1);
    writer.out
}

pub(super) fn flow_members(members: &[Member], style: &WritingStyle) -> SnippetText {
    let mut writer = Writer::new(style);
    writer.flow_members(members, 1);
    writer.out
}

pub(super) fn flow_items(items: &[Outline], style: &WritingStyle) -> SnippetText {
    let mut writer = Writer::new(style);
    writer.flow_items(items, 1);
    writer.out
}

struct Writer<'s> {
    style: &'s WritingStyle,
    out: SnippetText,
}

impl<'s> Writer<'s> {
    fn new(style: &'s WritingStyle) -> Writer<'s> {
        Writer { style, out: SnippetText::default() }
    }

    /// Members below each other. The first begins where the writing stands, the others at `column`.
    fn members(&mut self, members: &[Member], column: usize) {
        if members.is_empty() {
            self.out.push_stop("", "", &[]);
        }
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                self.line(column);
            }
            self.member(member, column);
        }
    }

    fn member(&mut self, member: &Member, column: usize) {
        self.scalar(&member.key);
        self.out.push(":");
        let step = self.style.indent.len();
        match &member.value {
            Outline::Map(members) => {
                self.line(column + step);
                self.members(members, column + step);
            }
            Outline::List(items) => {
                let column = if self.style.has_indented_dashes { column + step } else { column };
                self.line(column);
                self.items(items, column);
            }
            flat => {
                self.out.push(" ");
                self.flat(flat);
            }
        }
    }

    fn items(&mut self, items: &[Outline], column: usize) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.line(column);
            }
            self.out.push("- ");
            match item {
                Outline::Map(members) => self.members(members, column + 2),
                Outline::List(items) => self.items(items, column + 2),
                flat => self.flat(flat),
            }
        }
    }

    fn flat(&mut self, outline: &Outline) {
        match outline {
            Outline::Text(words) => self.scalar(words),
            Outline::Expression(words) => words.write(&mut self.out, str::to_owned),
            Outline::Reference(words) => {
                self.out.push("!Ref ");
                self.scalar(words);
            }
            Outline::Substitution(words) => {
                self.out.push("!Sub ");
                self.quoted(words);
            }
            Outline::List(_) | Outline::Map(_) => self.flow(outline, 1),
        }
    }

    /// A value between brackets. One that is too long for a line has its parts on lines of their own, all of them deeper than the
    /// line of the key: YAML ends the key's value otherwise.
    fn flow(&mut self, outline: &Outline, depth: usize) {
        let (open, close) = match outline {
            Outline::List(_) => ("[", "]"),
            Outline::Map(_) => ("{", "}"),
            flat => return self.flat(flat),
        };
        let is_map = matches!(outline, Outline::Map(_));
        if self.fits(outline) {
            self.out.push(open);
            self.out.push(if is_map { " " } else { "" });
            self.parts(outline, depth, None);
            self.out.push(if is_map { " " } else { "" });
        } else {
            let step = self.style.indent.len();
            self.out.push(open);
            self.line((depth + 1) * step);
            self.parts(outline, depth + 1, Some((depth + 1) * step));
            self.line(depth * step);
        }
        self.out.push(close);
    }

    /// The members of a map or the items of a list, each on a line of its own in this column if there is one.
    fn parts(&mut self, outline: &Outline, depth: usize, column: Option<usize>) {
        let count = match outline {
            Outline::List(items) => items.len(),
            Outline::Map(members) => members.len(),
            _ => 0,
        };
        if count == 0 && matches!(outline, Outline::Map(_)) {
            self.out.push_stop("", "", &[]);
        }
        for index in 0..count {
            match (index, column) {
                (0, _) => {}
                (_, None) => self.out.push(", "),
                (_, Some(column)) => {
                    self.out.push(",");
                    self.line(column);
                }
            }
            match outline {
                Outline::List(items) => self.flow(&items[index], depth),
                Outline::Map(members) => self.flow_member(&members[index], depth),
                _ => {}
            }
        }
    }

    fn flow_member(&mut self, member: &Member, depth: usize) {
        self.scalar(&member.key);
        self.out.push(": ");
        self.flow(&member.value, depth);
    }

    /// Whether a value between brackets stays on the line.
    fn fits(&self, outline: &Outline) -> bool {
        if self.style.is_one_line {
            return true;
        }
        let style = WritingStyle { is_one_line: true, ..self.style.clone() };
        let mut line = Writer::new(&style);
        line.flow(outline, 0);
        self.style.base_width + self.out.column() + line.out.column() <= LIST_WIDTH
    }

    fn flow_members(&mut self, members: &[Member], depth: usize) {
        for (index, member) in members.iter().enumerate() {
            self.out.push(if index > 0 { ", " } else { "" });
            self.flow_member(member, depth);
        }
    }

    fn flow_items(&mut self, items: &[Outline], depth: usize) {
        for (index, item) in items.iter().enumerate() {
            self.out.push(if index > 0 { ", " } else { "" });
            self.flow(item, depth);
        }
    }

    fn scalar(&mut self, words: &Words) {
        if words.is_cursor() || is_plain(&words.text()) {
            words.write(&mut self.out, str::to_owned);
        } else {
            self.quoted(words);
        }
    }

    fn quoted(&mut self, words: &Words) {
        let mark = self.style.quote.mark();
        self.out.push(mark);
        match self.style.quote {
            Quote::Double => words.write(&mut self.out, json::escape),
            Quote::Single => words.write(&mut self.out, |text| text.replace('\'', "''")),
        }
        self.out.push(mark);
    }

    fn line(&mut self, column: usize) {
        self.out.push(self.style.line_end);
        self.out.push(&" ".repeat(column));
    }
}

/// Whether every reader of YAML takes a text without quotes for the same string.
fn is_plain(text: &str) -> bool {
    let is_word = matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n");
    // Dates, numbers and account ids.
    let is_number = !text.contains(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '-' | '.' | '_' | ':' | '+' | 'e')));
    text.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '/')
        && !is_word
        && !is_number
        && !text.ends_with([':', ' '])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(['{', '}', '[', ']', ',', '\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn texts_that_yaml_reads_as_something_else_are_quoted() {
        for text in ["2012-10-17", "111122223333", "*", "yes", "${a}/*", "a: b", "", "a:", "1e3"] {
            assert!(!is_plain(text), "{text}");
        }
        for text in ["connect:Describe*", "Leads one team", "AWS::IAM::Role", "aaaaaaaa-bbbb", "/"] {
            assert!(is_plain(text), "{text}");
        }
    }
}
