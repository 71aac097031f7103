//! Writes HCL as `terraform fmt` leaves it.

use crate::writing::outline::{Member, Outline};
use crate::writing::snippet_text::SnippetText;
use crate::writing::style::{LIST_WIDTH, WritingStyle};
use crate::writing::words::Words;

pub(super) fn value(outline: &Outline, style: &WritingStyle) -> SnippetText {
    let mut writer = Writer { style, out: SnippetText::default(), depth: 0 };
    writer.value(outline);
    writer.out
}

/// Attributes and blocks. Values of several lines and blocks stand apart.
pub(super) fn body(members: &[Member], style: &WritingStyle) -> SnippetText {
    let mut writer = Writer { style, out: SnippetText::default(), depth: 0 };
    writer.body(members);
    writer.out
}

pub(super) fn items(items: &[Outline], style: &WritingStyle) -> SnippetText {
    let mut writer = Writer { style, out: SnippetText::default(), depth: 0 };
    writer.items(items);
    writer.out
}

struct Writer<'s> {
    style: &'s WritingStyle,
    out: SnippetText,
    depth: usize,
}

impl Writer<'_> {
    fn value(&mut self, outline: &Outline) {
        match outline {
            Outline::Text(words) => self.text(words),
            Outline::Expression(words) | Outline::Reference(words) => words.write(&mut self.out, str::to_owned),
            Outline::Substitution(words) => self.text(words),
            Outline::List(items) if self.fits(outline) => {
                self.out.push("[");
                for (index, item) in items.iter().enumerate() {
                    self.out.push(if index > 0 { ", " } else { "" });
                    self.inline(item);
                }
                self.out.push("]");
            }
            Outline::List(items) => self.between("[", "]", |writer| writer.items(items)),
            Outline::Map(members) => self.between("{", "}", |writer| writer.object(members)),
        }
    }

    /// A value on one line; small maps too.
    fn inline(&mut self, outline: &Outline) {
        let Outline::Map(members) = outline else { return self.value(outline) };
        self.out.push("{ ");
        for (index, member) in members.iter().enumerate() {
            self.out.push(if index > 0 { ", " } else { "" });
            self.key(&member.key);
            self.out.push(" = ");
            self.value(&member.value);
        }
        self.out.push(" }");
    }

    /// Whether a list stays on the line: one of strings or one small map, if it is not too long.
    fn fits(&self, outline: &Outline) -> bool {
        let Outline::List(items) = outline else { return false };
        let is_small = |item: &Outline| match item {
            Outline::Map(members) => {
                items.len() == 1 && (1..=2).contains(&members.len()) && members.iter().all(|member| is_scalar(&member.value))
            }
            flat => flat.is_flat(),
        };
        if !items.iter().all(is_small) {
            return false;
        }
        let mut scratch = Writer { style: self.style, out: SnippetText::default(), depth: 0 };
        items.iter().for_each(|item| scratch.inline(item));
        let width = scratch.out.column() + 2 * items.len();
        self.style.is_one_line || self.style.base_width + self.out.column() + width <= LIST_WIDTH
    }

    /// One entry a line, with a comma behind the last too.
    fn items(&mut self, items: &[Outline]) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.line();
            }
            self.value(item);
            self.out.push(",");
        }
    }

    fn body(&mut self, members: &[Member]) {
        if members.is_empty() {
            self.out.push_stop("", "", &[]);
        }
        let written: Vec<(SnippetText, bool)> = members.iter().map(|member| self.written(member)).collect();
        let mut index = 0;
        while index < members.len() {
            let is_apart = |at: usize| members[at].is_block || written[at].1;
            if index > 0 {
                self.out.push(self.style.line_end);
                // A blank line before and behind what has several lines.
                if is_apart(index) || is_apart(index - 1) {
                    self.out.push(self.style.line_end);
                }
                self.indentation();
            }
            if members[index].is_block {
                self.block(&members[index]);
                index += 1;
                continue;
            }
            // Attributes below each other have their equals signs below each other.
            let chain = (index + 1..members.len()).find(|&at| is_apart(at) || is_apart(at - 1)).unwrap_or(members.len());
            self.chain(&members[index..chain], &written[index..chain]);
            index = chain;
        }
    }

    /// The members of a map, each on its line; a value of several lines belongs to no chain of equals signs.
    fn object(&mut self, members: &[Member]) {
        if members.is_empty() {
            self.out.push_stop("", "", &[]);
        }
        let written: Vec<(SnippetText, bool)> = members.iter().map(|member| self.written(member)).collect();
        let mut index = 0;
        while index < members.len() {
            if index > 0 {
                self.line();
            }
            let chain = (index + 1..members.len()).find(|&at| written[at].1 || written[at - 1].1).unwrap_or(members.len());
            self.chain(&members[index..chain], &written[index..chain]);
            index = chain;
        }
    }

    fn chain(&mut self, members: &[Member], written: &[(SnippetText, bool)]) {
        let width = |member: &Member| {
            let mut key = Writer { style: self.style, out: SnippetText::default(), depth: 0 };
            key.key(&member.key);
            key.out.column()
        };
        let widest = members.iter().map(width).max().unwrap_or(0);
        let widths: Vec<usize> = members.iter().map(width).collect();
        for (index, (member, (value, _))) in members.iter().zip(written).enumerate() {
            if index > 0 {
                self.line();
            }
            self.key(&member.key);
            self.out.push(&" ".repeat(widest - widths[index]));
            self.out.push(" = ");
            self.out.append(value);
        }
    }

    /// An attribute's value as it will stand, and whether it has several lines. Its width is measured without the spaces that
    /// align its equals sign.
    fn written(&self, member: &Member) -> (SnippetText, bool) {
        if member.is_block {
            return (SnippetText::default(), false);
        }
        let mut writer = Writer { style: self.style, out: SnippetText::default(), depth: self.depth };
        writer.indentation();
        writer.key(&member.key);
        writer.out.push(" = ");
        let before = writer.out.text().len();
        let mut value = Writer { style: self.style, out: SnippetText::default(), depth: self.depth };
        // The list must know how far the line goes.
        value.out.push(&" ".repeat(before));
        value.value(&member.value);
        let value = value.out.without_start(before);
        let has_lines = value.text().contains('\n');
        (value, has_lines)
    }

    fn block(&mut self, member: &Member) {
        self.key(&member.key);
        for label in &member.labels {
            self.out.push(" ");
            self.text(label);
        }
        self.out.push(" ");
        let Outline::Map(members) = &member.value else { return };
        self.between("{", "}", |writer| writer.body(members));
    }

    fn between(&mut self, open: &str, close: &str, write: impl Fn(&mut Self)) {
        self.out.push(open);
        self.depth += 1;
        self.line();
        write(self);
        self.depth -= 1;
        self.line();
        self.out.push(close);
    }

    /// A key; one that is no word needs quotes.
    fn key(&mut self, key: &Words) {
        let text = key.text();
        let is_word = text.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
            && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'));
        if is_word || key.is_cursor() { key.write(&mut self.out, str::to_owned) } else { self.text(key) }
    }

    fn text(&mut self, words: &Words) {
        self.out.push("\"");
        words.write(&mut self.out, escape);
        self.out.push("\"");
    }

    fn line(&mut self) {
        self.out.push(self.style.line_end);
        self.indentation();
    }

    fn indentation(&mut self) {
        self.out.push(&self.style.indent.repeat(self.depth));
    }
}

fn is_scalar(outline: &Outline) -> bool {
    !matches!(outline, Outline::List(_) | Outline::Map(_))
}

/// A policy variable would be read as Terraform's own, so its dollar sign is doubled.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace("${", "$${").replace("%{", "%%{")
}
