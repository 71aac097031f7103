//! What a new text says, whatever format it is written in.

use crate::writing::words::Words;

/// A value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Outline {
    /// A string.
    Text(Words),
    /// A number, a boolean, a reference of Terraform: written as it stands, without quotes.
    Expression(Words),
    /// The value of a parameter or resource in a CloudFormation template: `!Ref Name`.
    Reference(Words),
    /// A string with references in a CloudFormation template: `!Sub "…"`.
    Substitution(Words),
    /// A list. With a single empty tab stop, typing goes on inside.
    List(Vec<Outline>),
    /// A map; without members, typing goes on inside.
    Map(Vec<Member>),
}

/// A key and its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Member {
    /// The key, or a block's type.
    pub(crate) key: Words,
    /// A block's labels. JSON and YAML have none.
    pub(crate) labels: Vec<Words>,
    /// The value, or a block's body.
    pub(crate) value: Outline,
    /// Whether Terraform's files have it as a block.
    pub(crate) is_block: bool,
}

impl Outline {
    /// A string with placeholders.
    pub(crate) fn text(text: &str) -> Outline {
        Outline::Text(Words::new(text))
    }

    /// A list of strings with placeholders.
    pub(crate) fn texts(texts: &[&str]) -> Outline {
        Outline::List(texts.iter().map(|text| Outline::text(text)).collect())
    }

    /// An empty tab stop.
    pub(crate) fn cursor() -> Outline {
        Outline::Expression(Words::cursor())
    }

    /// Changes each of its texts; each comes with the key of which it is the value or an item.
    pub(crate) fn each_text(&mut self, key: &str, change: &mut dyn FnMut(&str, &mut Words)) {
        match self {
            Outline::Text(words) | Outline::Expression(words) | Outline::Reference(words) | Outline::Substitution(words) => {
                change(key, words)
            }
            Outline::List(items) => items.iter_mut().for_each(|item| item.each_text(key, change)),
            Outline::Map(members) => members.iter_mut().for_each(|member| member.each_text(change)),
        }
    }

    /// Whether it fits on a line: everything but maps and lists of them.
    pub(super) fn is_flat(&self) -> bool {
        match self {
            Outline::Text(_) | Outline::Expression(_) | Outline::Reference(_) | Outline::Substitution(_) => true,
            Outline::List(items) => items.iter().all(Outline::is_flat),
            Outline::Map(_) => false,
        }
    }
}

impl Member {
    /// A key with a value; an attribute in Terraform's files.
    pub(crate) fn new(key: &str, value: Outline) -> Member {
        Member { key: Words::new(key), labels: Vec::new(), value, is_block: false }
    }

    /// Changes each of its texts, its key and labels included.
    pub(crate) fn each_text(&mut self, change: &mut dyn FnMut(&str, &mut Words)) {
        let key = self.key.text();
        for words in std::iter::once(&mut self.key).chain(&mut self.labels) {
            change("", words);
        }
        self.value.each_text(&key, change);
    }

    /// A block of Terraform's files.
    pub(crate) fn block(kind: &str, labels: &[&str], body: Vec<Member>) -> Member {
        let labels = labels.iter().map(|label| Words::new(label)).collect();
        Member { key: Words::new(kind), labels, value: Outline::Map(body), is_block: true }
    }
}
