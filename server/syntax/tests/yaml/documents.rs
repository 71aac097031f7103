//! Generated YAML: random values, written in random styles.

use proptest::prelude::*;
use proptest::sample::select;

/// A value and how it is to be written.
#[derive(Clone, Debug)]
pub enum Node {
    Null,
    Scalar(String, Style),
    Seq(Vec<Node>, bool),
    Map(Vec<(String, Node)>, bool),
    Tagged(&'static str, Box<Node>),
    Anchored(Box<Node>),
    Alias,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
}

const WORDS: &[&str] = &[
    "connect:ListUsers",
    "connect:*",
    "*",
    "arn:aws:connect:eu-central-1:111122223333:instance/*",
    "Users.View",
    "Allow",
    "2012-10-17",
    "some words of text",
    "a: b",
    "ends:",
    "#none",
    "x # y",
    "it's",
    "say \"hi\"",
    "back\\slash",
    "",
    " leading",
    "trailing ",
    "Größe 日本 😀",
    "two\nlines",
    "a\n\nb",
    "\n",
    "null",
    "~",
    "{a}",
    "[x]",
    "- dash",
    "-dash",
    "? q",
    "!tag",
    "&and",
    "%p",
    "@at",
    "`t",
    "${AWS::Region}",
    "a,b",
    "tab\there",
    "one two three four five six",
    "'",
    "\"",
    "---",
    "...",
];
const KEYS: &[&str] =
    &["Effect", "Action", "Resource", "Statement", "Sid", "Fn::If", "<<", "aws:x/y", "with space", "quo'ted", "a: b", "ä", "1", "Key\\n"];
const TAGS: &[&str] = &["!Sub", "!If", "!Ref", "!GetAtt", "!Join", "!!str", "!custom/thing"];

/// Values up to a few levels deep.
pub fn nodes() -> impl Strategy<Value = Node> {
    let style = select(vec![Style::Plain, Style::Plain, Style::Single, Style::Double, Style::Literal, Style::Folded]);
    let leaf = prop_oneof![
        10 => (select(WORDS), style).prop_map(|(text, style)| Node::Scalar(text.to_owned(), style)),
        1 => Just(Node::Null),
        1 => Just(Node::Alias),
    ];
    leaf.prop_recursive(6, 160, 6, |inner| {
        let pairs = prop::collection::vec((select(KEYS), inner.clone()), 0..6);
        prop_oneof![
            4 => (prop::collection::vec(inner.clone(), 0..6), prop::bool::weighted(0.3)).prop_map(|(items, is_flow)| Node::Seq(items, is_flow)),
            5 => (pairs, prop::bool::weighted(0.25)).prop_map(|(pairs, is_flow)| {
                Node::Map(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(), is_flow)
            }),
            1 => (select(TAGS), inner.clone()).prop_map(|(tag, node)| Node::Tagged(tag, Box::new(node))),
            1 => inner.prop_map(|node| Node::Anchored(Box::new(node))),
        ]
    })
}

/// Whole texts, of one to three documents.
pub fn texts() -> impl Strategy<Value = String> {
    (prop::collection::vec(nodes(), 1..4), prop::collection::vec(any::<u8>(), 64), any::<bool>()).prop_map(|(roots, whims, is_crlf)| {
        let mut writer = Writer { out: String::new(), whims, next: 0, anchors: Vec::new(), count: 0 };
        for (index, root) in roots.iter().enumerate() {
            writer.anchors.clear();
            if index > 0 || writer.whim(4) == 0 {
                writer.out.push_str("---");
                writer.value(root, -1, After::Marker);
            } else {
                writer.value(root, -1, After::Nothing);
            }
            if writer.whim(4) == 0 {
                writer.out.push_str("...\n");
            }
        }
        if is_crlf { writer.out.replace('\n', "\r\n") } else { writer.out }
    })
}

/// What stands in front of a value on its line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Nothing,
    Marker,
    Key,
    Dash,
}

struct Writer {
    out: String,
    /// Decides everything that YAML leaves open.
    whims: Vec<u8>,
    next: usize,
    anchors: Vec<String>,
    count: usize,
}

impl Writer {
    fn whim(&mut self, sides: u8) -> u8 {
        self.next += 1;
        let whim = self.whims[self.next % self.whims.len()].wrapping_add((self.next / self.whims.len()) as u8);
        whim % sides
    }

    /// Writes a value and ends its line. `indent` is the column of the block around it.
    fn value(&mut self, node: &Node, indent: i32, after: After) {
        match node {
            Node::Null => self.end_line(),
            Node::Alias if self.anchors.is_empty() => self.end_line(),
            Node::Tagged(..) | Node::Anchored(..) => self.properties(node, indent, after),
            Node::Seq(items, false) if !items.is_empty() => self.block(indent, after, |writer, indent| {
                for (index, item) in items.iter().enumerate() {
                    writer.start_entry(index, indent);
                    writer.out.push('-');
                    writer.value(item, indent, After::Dash);
                }
            }),
            Node::Map(pairs, false) if !pairs.is_empty() => {
                self.block(indent, if after == After::Key { After::Marker } else { after }, |writer, indent| {
                    for (index, (key, value)) in pairs.iter().enumerate() {
                        writer.start_entry(index, indent);
                        let is_explicit = writer.whim(12) == 0;
                        writer.out.push_str(if is_explicit { "? " } else { "" });
                        writer.key(key, false);
                        if is_explicit {
                            writer.end_line();
                            writer.pad(indent);
                        }
                        writer.out.push(':');
                        writer.value(value, indent, After::Key);
                    }
                })
            }
            Node::Scalar(text, style @ (Style::Literal | Style::Folded)) if is_block_safe(text) => {
                self.block_scalar(text, *style, indent, after)
            }
            _ => {
                if after != After::Nothing {
                    self.out.push(' ');
                }
                self.flow(node, indent);
                self.end_line();
            }
        }
    }

    fn properties(&mut self, node: &Node, indent: i32, after: After) {
        let mut node = node;
        let (mut has_tag, mut has_anchor) = (false, false);
        let mut is_first = after == After::Nothing;
        loop {
            match node {
                Node::Tagged(tag, inner) => {
                    if !std::mem::replace(&mut has_tag, true) {
                        self.out.push_str(if is_first { "" } else { " " });
                        self.out.push_str(tag);
                        is_first = false;
                    }
                    node = inner;
                }
                Node::Anchored(inner) => {
                    if !std::mem::replace(&mut has_anchor, true) {
                        self.out.push_str(if is_first { "" } else { " " });
                        self.anchor();
                        is_first = false;
                    }
                    node = inner;
                }
                Node::Alias => return self.end_line(),
                _ => break,
            }
        }
        self.value(node, indent, if after == After::Key { After::Key } else { After::Marker });
    }

    fn anchor(&mut self) {
        self.count += 1;
        let name = format!("a{}", self.count);
        self.out.push_str(&format!("&{name}"));
        self.anchors.push(name);
    }

    /// Writes a block collection on the lines below, or behind a dash on the same line.
    fn block(&mut self, indent: i32, after: After, write: impl FnOnce(&mut Writer, i32)) {
        let min = if after == After::Key && indent >= 0 && self.whim(2) == 0 { indent } else { indent + 1 };
        let deeper = if min == indent { 0 } else { i32::from(self.whim(4)) };
        match after {
            After::Dash if self.whim(4) > 0 => {
                self.out.push(' ');
                write(self, indent + 2);
            }
            After::Nothing => {
                self.pad(min + deeper);
                write(self, min + deeper);
            }
            _ => {
                self.end_line();
                self.pad(min + deeper);
                write(self, min + deeper);
            }
        }
    }

    fn start_entry(&mut self, index: usize, indent: i32) {
        if index > 0 {
            match self.whim(16) {
                0 => self.out.push('\n'),
                1 => self.out.push_str("# a comment: [\n"),
                2 => self.out.push_str("  \n"),
                _ => {}
            }
            self.pad(indent);
        }
    }

    fn pad(&mut self, indent: i32) {
        self.out.extend(std::iter::repeat_n(' ', indent.max(0) as usize));
    }

    fn end_line(&mut self) {
        if self.whim(10) == 0 {
            self.out.push_str("  # it's {a \"comment\"");
        }
        self.out.push('\n');
    }

    fn block_scalar(&mut self, text: &str, style: Style, indent: i32, after: After) {
        let mark = if style == Style::Literal { '|' } else { '>' };
        let width = 1 + i32::from(self.whim(4));
        let needs_indicator = text.starts_with([' ', '\n']) || self.whim(6) == 0;
        self.out.push_str(if after == After::Nothing { "" } else { " " });
        self.out.push(mark);
        let chomping = ["", "-", "+"][usize::from(self.whim(3))];
        if needs_indicator && self.whim(2) == 0 {
            self.out.push_str(&format!("{width}{chomping}"));
        } else {
            self.out.push_str(chomping);
            self.out.push_str(&if needs_indicator { width.to_string() } else { String::new() });
        }
        self.end_line();
        for line in text.split('\n') {
            if !line.is_empty() {
                self.pad(indent.max(0) + width);
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
        for _ in 0..self.whim(8).saturating_sub(5) {
            self.out.push('\n');
        }
    }

    // ---- flow style

    /// Writes a value on one line, or broken where flow style may be.
    fn flow(&mut self, node: &Node, indent: i32) {
        self.in_flow(node, indent, false);
    }

    fn in_flow(&mut self, node: &Node, indent: i32, is_inside: bool) {
        match node {
            Node::Null => self.out.push_str("null"),
            Node::Alias => match self.anchors.last().cloned() {
                Some(name) => self.out.push_str(&format!("*{name}")),
                None => self.out.push_str("none"),
            },
            Node::Tagged(tag, inner) => match bare(inner) {
                Node::Alias => self.in_flow(&Node::Alias, indent, is_inside),
                inner => {
                    self.out.push_str(tag);
                    self.out.push(' ');
                    self.in_flow(inner, indent, is_inside);
                }
            },
            Node::Anchored(inner) => match bare(inner) {
                Node::Alias => self.in_flow(&Node::Alias, indent, is_inside),
                inner => {
                    self.anchor();
                    self.out.push(' ');
                    self.in_flow(inner, indent, is_inside);
                }
            },
            Node::Seq(items, _) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.separate(index, indent);
                    self.in_flow(item, indent, true);
                }
                self.close(!items.is_empty(), indent);
                self.out.push(']');
            }
            Node::Map(pairs, _) => {
                self.out.push('{');
                for (index, (key, value)) in pairs.iter().enumerate() {
                    self.separate(index, indent);
                    self.key(key, true);
                    self.out.push_str(": ");
                    self.in_flow(value, indent, true);
                }
                self.close(!pairs.is_empty(), indent);
                self.out.push('}');
            }
            Node::Scalar(text, style) => self.scalar(text, *style, indent, is_inside),
        }
    }

    fn separate(&mut self, index: usize, indent: i32) {
        if index > 0 {
            self.out.push(',');
        }
        match self.whim(8) {
            0 => self.break_line(indent),
            1 => {
                self.out.push_str(" # of [this\n");
                self.pad(indent + 1);
            }
            2 if index == 0 => {}
            _ => self.out.push(' '),
        }
    }

    fn close(&mut self, is_filled: bool, indent: i32) {
        if is_filled && self.whim(4) == 0 {
            self.out.push(',');
        }
        match self.whim(4) {
            0 => self.break_line(indent),
            1 => self.out.push(' '),
            _ => {}
        }
    }

    fn break_line(&mut self, indent: i32) {
        self.out.push('\n');
        if self.whim(4) == 0 {
            self.out.push('\n');
        }
        let deeper = 1 + i32::from(self.whim(4));
        self.pad(indent.max(0) + deeper);
    }

    fn key(&mut self, key: &str, is_inside: bool) {
        match self.whim(4) {
            0 => self.single(key, None),
            1 => self.double(key, None),
            _ if is_plain_safe(key, is_inside) => self.out.push_str(key),
            _ => self.double(key, None),
        }
    }

    fn scalar(&mut self, text: &str, style: Style, indent: i32, is_inside: bool) {
        let breaks = (self.whim(3) == 0).then_some(indent);
        match style {
            Style::Plain if is_plain_safe(text, is_inside) => self.words(text, breaks),
            Style::Single if !text.contains(['\n', '\t']) => self.single(text, breaks),
            _ => self.double(text, breaks),
        }
    }

    fn single(&mut self, text: &str, breaks: Option<i32>) {
        self.out.push('\'');
        self.words(&text.replace('\'', "''"), breaks);
        self.out.push('\'');
    }

    fn double(&mut self, text: &str, breaks: Option<i32>) {
        self.out.push('"');
        let mut escaped = String::new();
        for letter in text.chars() {
            match letter {
                '"' => escaped.push_str("\\\""),
                '\\' => escaped.push_str("\\\\"),
                '\n' => escaped.push_str("\\n"),
                '\t' => escaped.push_str("\\t"),
                'é' | 'ö' => escaped.push_str(&format!("\\x{:02x}", letter as u32)),
                '本' => escaped.push_str(&format!("\\u{:04x}", letter as u32)),
                '😀' => escaped.push_str(&format!("\\U{:08x}", letter as u32)),
                _ => escaped.push(letter),
            }
        }
        self.words(&escaped, breaks);
        if let Some(indent) = breaks
            && self.whim(3) == 0
        {
            self.out.push_str("\\\n");
            self.pad(indent.max(0) + 1);
            self.out.push_str("\\ x");
        }
        self.out.push('"');
    }

    /// Writes text, with line breaks for some of the spaces between words.
    fn words(&mut self, text: &str, breaks: Option<i32>) {
        let mut rest = text;
        while let Some(space) = rest.find(' ') {
            let (word, tail) = rest.split_at(space);
            self.out.push_str(word);
            let is_between_words =
                tail[1..].starts_with(|letter: char| letter.is_alphanumeric()) && word.ends_with(|letter: char| letter.is_alphanumeric());
            match breaks {
                Some(indent) if is_between_words && self.whim(2) == 0 => self.break_line(indent),
                _ => self.out.push(' '),
            }
            rest = &tail[1..];
        }
        self.out.push_str(rest);
    }
}

/// The node below tags and anchors.
fn bare(node: &Node) -> &Node {
    match node {
        Node::Tagged(_, inner) | Node::Anchored(inner) => bare(inner),
        _ => node,
    }
}

fn is_plain_safe(text: &str, is_inside: bool) -> bool {
    let has_odd_edge = text.is_empty()
        || text.trim() != text
        || text.starts_with(|letter: char| "-?:,[]{}#&*!|>'\"%@`".contains(letter))
        || text.ends_with(':');
    let has_mark = text.contains(": ") || text.contains(" #") || text.contains(['\n', '\t']) || text == "---" || text == "...";
    let has_flow_mark = is_inside && text.contains([',', '[', ']', '{', '}']);
    !(has_odd_edge || has_mark || has_flow_mark)
}

fn is_block_safe(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains('\t')
}
