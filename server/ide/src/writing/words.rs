//! A text with placeholders in it, before a format's quotes and escapes are put around it.

use crate::writing::placeholder::Placeholder;
use crate::writing::snippet_text::SnippetText;

/// A text with placeholders: `arn:aws:iam::<account>:root`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Words {
    pieces: Vec<Piece>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Piece {
    /// Text that is escaped as the format demands.
    Literal(String),
    /// Text in the format's own syntax: a reference in `!Sub`.
    Verbatim(String),
    /// A tab stop.
    Stop { name: &'static str, default: String, choices: &'static [&'static str] },
}

impl Words {
    /// Reads a text. `<name>` is a placeholder if one of that name exists, and `<name=default>` has a default of its own.
    pub(crate) fn new(text: &str) -> Words {
        let mut words = Words::default();
        let mut rest = text;
        while let Some(start) = rest.find('<') {
            let Some(length) = rest[start..].find('>') else { break };
            let inner = &rest[start + 1..start + length];
            let (name, default) = inner.split_once('=').map_or((inner, None), |(name, default)| (name, Some(default)));
            match Placeholder::of(name) {
                Some(placeholder) => {
                    words.literal(&rest[..start]);
                    let default = default.unwrap_or(placeholder.default).to_owned();
                    words.pieces.push(Piece::Stop { name: placeholder.name, default, choices: &[] });
                }
                None => words.literal(&rest[..=start + length]),
            }
            rest = &rest[start + length + 1..];
        }
        words.literal(rest);
        words
    }

    /// An empty tab stop.
    pub(crate) fn cursor() -> Words {
        Words::choice(&[])
    }

    /// A tab stop with the values to choose from; the first one stands there.
    pub(crate) fn choice(choices: &'static [&'static str]) -> Words {
        let default = choices.first().copied().unwrap_or("").to_owned();
        Words { pieces: vec![Piece::Stop { name: "", default, choices }] }
    }

    pub(crate) fn literal(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece::Literal(text.to_owned()));
        }
    }

    /// Adds text in the format's own syntax.
    pub(crate) fn verbatim(&mut self, text: &str) {
        self.pieces.push(Piece::Verbatim(text.to_owned()));
    }

    pub(crate) fn append(&mut self, other: Words) {
        self.pieces.extend(other.pieces);
    }

    /// Changes what stands at the tab stops of a placeholder until something is typed.
    pub(crate) fn rename(&mut self, placeholder: &str, change: impl Fn(&str) -> String) {
        for piece in &mut self.pieces {
            if let Piece::Stop { name, default, .. } = piece
                && *name == placeholder
            {
                *default = change(default);
            }
        }
    }

    /// Writes a text in place of the tab stops of a placeholder.
    pub(crate) fn settle(&mut self, placeholder: &str, text: &str) {
        for piece in &mut self.pieces {
            if matches!(piece, Piece::Stop { name, .. } if *name == placeholder) {
                *piece = Piece::Literal(text.to_owned());
            }
        }
    }

    /// Whether it has the tab stop of a placeholder.
    pub(crate) fn has_stop(&self, wanted: &str) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Stop { name, .. } if *name == wanted))
    }

    /// The text with what stands at its tab stops, without escapes.
    pub(crate) fn text(&self) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Literal(text) | Piece::Verbatim(text) => text.clone(),
            Piece::Stop { default, .. } => default.clone(),
        };
        self.pieces.iter().map(text).collect()
    }

    /// Whether it is nothing but an empty tab stop.
    pub(super) fn is_cursor(&self) -> bool {
        matches!(&*self.pieces, [Piece::Stop { default, .. }] if default.is_empty())
    }

    /// Writes the text, with literals escaped.
    pub(crate) fn write(&self, out: &mut SnippetText, escape: impl Fn(&str) -> String) {
        for piece in &self.pieces {
            match piece {
                Piece::Literal(text) => out.push(&escape(text)),
                Piece::Verbatim(text) => out.push(text),
                Piece::Stop { name, default, choices } => out.push_stop(name, default, choices),
            }
        }
    }
}
