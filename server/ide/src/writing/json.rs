//! Writes JSON.

use crate::writing::outline::{Member, Outline};
use crate::writing::snippet_text::SnippetText;
use crate::writing::style::{LIST_WIDTH, WritingStyle};
use crate::writing::words::Words;

pub(super) fn value(outline: &Outline, style: &WritingStyle) -> SnippetText {
    let mut writer = Writer { style, out: SnippetText::default(), depth: 0 };
    writer.value(outline);
    writer.out
}

pub(super) fn members(members: &[Member], style: &WritingStyle) -> SnippetText {
    let mut writer = Writer { style, out: SnippetText::default(), depth: 0 };
    writer.separated(members, |writer, member| writer.member(member));
    writer.out
}

pub(super) fn items(items: &[Outline], style: &WritingStyle) -> SnippetText {
    let mut writer = Writer { style, out: SnippetText::default(), depth: 0 };
    writer.separated(items, |writer, item| writer.value(item));
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
            Outline::Expression(words) => words.write(&mut self.out, str::to_owned),
            Outline::Reference(words) => self.function("Ref", words),
            Outline::Substitution(words) => self.function("Fn::Sub", words),
            Outline::List(items) if self.fits(outline) => {
                self.out.push("[");
                for (index, item) in items.iter().enumerate() {
                    self.out.push(if index > 0 { ", " } else { "" });
                    self.value(item);
                }
                self.out.push("]");
            }
            Outline::List(items) => self.between("[", items, "]", Self::value),
            Outline::Map(members) => self.between("{", members, "}", Self::member),
        }
    }

    fn member(&mut self, member: &Member) {
        self.text(&member.key);
        self.out.push(": ");
        self.value(&member.value);
    }

    fn text(&mut self, words: &Words) {
        self.out.push("\"");
        words.write(&mut self.out, escape);
        self.out.push("\"");
    }

    fn function(&mut self, name: &str, argument: &Words) {
        self.out.push(&format!("{{ \"{name}\": "));
        self.text(argument);
        self.out.push(" }");
    }

    /// Whether a list stays on the line: one without maps that is not too long.
    fn fits(&self, outline: &Outline) -> bool {
        if !outline.is_flat() {
            return false;
        }
        let one_line = WritingStyle { is_one_line: true, ..self.style.clone() };
        self.style.is_one_line || self.style.base_width + self.out.column() + value(outline, &one_line).column() <= LIST_WIDTH
    }

    fn between<T>(&mut self, open: &str, parts: &[T], close: &str, write: impl Fn(&mut Self, &T)) {
        self.out.push(open);
        self.depth += 1;
        self.line();
        if parts.is_empty() {
            self.out.push_stop("", "", &[]);
        }
        self.separated(parts, write);
        self.depth -= 1;
        self.line();
        self.out.push(close);
    }

    fn separated<T>(&mut self, parts: &[T], write: impl Fn(&mut Self, &T)) {
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.out.push(",");
                self.line();
                if self.style.is_one_line {
                    self.out.push(" ");
                }
            }
            write(self, part);
        }
    }

    fn line(&mut self) {
        if !self.style.is_one_line {
            self.out.push(self.style.line_end);
            self.out.push(&self.style.indent.repeat(self.depth));
        }
    }
}

pub(super) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
