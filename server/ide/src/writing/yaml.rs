//! Writes YAML.

use crate::writing::json;
use crate::writing::outline::{Member, Outline};
use crate::writing::snippet_text::SnippetText;
use crate::writing::style::{Quote, WritingStyle};
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
    writer.flow(outline);
    writer.out
}

pub(super) fn flow_members(members: &[Member], style: &WritingStyle) -> SnippetText {
    let mut writer = Writer::new(style);
    writer.flow_members(members);
    writer.out
}

pub(super) fn flow_items(items: &[Outline], style: &WritingStyle) -> SnippetText {
    let mut writer = Writer::new(style);
    writer.flow_items(items);
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
            Outline::List(_) | Outline::Map(_) => self.flow(outline),
        }
    }

    fn flow(&mut self, outline: &Outline) {
        match outline {
            Outline::List(items) => {
                self.out.push("[");
                self.flow_items(items);
                self.out.push("]");
            }
            Outline::Map(members) => {
                self.out.push("{ ");
                if members.is_empty() {
                    self.out.push_stop("", "", &[]);
                }
                self.flow_members(members);
                self.out.push(" }");
            }
            flat => self.flat(flat),
        }
    }

    fn flow_members(&mut self, members: &[Member]) {
        for (index, member) in members.iter().enumerate() {
            self.out.push(if index > 0 { ", " } else { "" });
            self.scalar(&member.key);
            self.out.push(": ");
            self.flow(&member.value);
        }
    }

    fn flow_items(&mut self, items: &[Outline]) {
        for (index, item) in items.iter().enumerate() {
            self.out.push(if index > 0 { ", " } else { "" });
            self.flow(item);
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
