//! Reads JSON, also while it is being typed.
//!
//! A stack machine over jsonc-parser's `Scanner`, which finds brackets, commas, colons, comments and numbers. Strings are read
//! here, each within its own line: for the scanner, an unclosed string ends at the next quote, which inverts the rest of the
//! file. Words are read here too, because `connect:Cre` is three tokens for the scanner, and for every character that it
//! rejects it computes a line and column in time linear in the file.
//!
//! If brackets do not match, the text is read again with the help of indentation: a closing bracket that is first on its line
//! belongs to the opening bracket on a line with the same indentation. Valid text is read only once.

use std::ops::Range;

use crate::tree::builder::Builder;
use crate::tree::{NodeFlags, NodeId, NodeKind, ScalarStyle, Tree};

mod frames;
mod tokens;

/// Reads a text into a tree, with comments and trailing commas as editors allow them. Linear in the text, without recursion.
pub(crate) fn read(text: &str) -> Tree {
    read_as(text, Dialect::WithComments)
}

/// Reads a text that a service will parse: comments, trailing commas, unquoted text and wrong escapes are errors.
pub(crate) fn read_strict(text: &str) -> Tree {
    read_as(text, Dialect::Strict)
}

/// As [`read_strict`], with comments: in files they may hold what a checker is to ignore.
pub(crate) fn read_strict_with_comments(text: &str) -> Tree {
    read_as(text, Dialect::StrictWithComments)
}

fn read_as(text: &str, dialect: Dialect) -> Tree {
    let (tree, is_balanced) = Reader::new(text, dialect).run();
    if is_balanced { tree } else { Reader { use_indentation: true, ..Reader::new(text, dialect) }.run().0 }
}

/// Which extensions of JSON are allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Dialect {
    WithComments,
    StrictWithComments,
    Strict,
}

impl Dialect {
    fn is_strict(self) -> bool {
        match self {
            Dialect::WithComments => false,
            Dialect::StrictWithComments | Dialect::Strict => true,
        }
    }
}

/// A bracket that is open.
struct Frame {
    node: NodeId,
    is_map: bool,
    /// Indentation of the line on which the bracket was opened.
    indent: u32,
    /// Indentation of the first child that is first on its line.
    child_indent: Option<u32>,
    /// Opened by the reader where a bracket is missing.
    is_virtual: bool,
    expect: Expect,
}

/// What valid text would bring next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Expect {
    Key,
    Colon,
    /// A value or item; the byte after the colon, comma or bracket that asks for it.
    Value(usize),
    Comma,
}

struct Lexeme {
    range: Range<usize>,
    kind: LexemeKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LexemeKind {
    Open(bool),
    Close(bool),
    Comma,
    Colon,
    String {
        is_closed: bool,
    },
    /// A string in curly quotes, which word processors write, or in single ones, which some languages print.
    WrongQuotes {
        is_closed: bool,
    },
    Bare,
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    line_start: usize,
    /// Only white space lies between the line's start and the current token.
    is_first_on_line: bool,
    /// Indentation of the current token's line.
    indent: u32,
    dialect: Dialect,
    use_indentation: bool,
    is_balanced: bool,
    builder: Builder,
    frames: Vec<Frame>,
    open_maps: usize,
    open_seqs: usize,
    /// Whether wrong quotes were reported, which a text has everywhere or nowhere.
    has_wrong_quotes: bool,
    /// How many errors the first document has, if others follow it.
    errors_of_first: Option<usize>,
    /// The document's node once it is closed, for text that goes on after it.
    closed_root: Option<(NodeId, bool)>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, dialect: Dialect) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Reader {
            text,
            bytes: text.as_bytes(),
            at,
            line_start: at,
            is_first_on_line: true,
            indent: 0,
            dialect,
            use_indentation: false,
            is_balanced: true,
            builder: Builder::new(text.len()),
            frames: Vec::new(),
            open_maps: 0,
            open_seqs: 0,
            has_wrong_quotes: false,
            errors_of_first: None,
            closed_root: None,
        }
    }

    fn run(mut self) -> (Tree, bool) {
        while let Some(lexeme) = self.next_lexeme() {
            self.take(lexeme);
        }
        let end = self.text.trim_end().len();
        if self.frames.iter().any(|frame| !frame.is_virtual) {
            self.unbalanced(end.saturating_sub(1)..end, "unclosed bracket");
        }
        while !self.frames.is_empty() {
            self.close_frame(self.text.len()..self.text.len());
        }
        let mut tree = self.builder.finish(self.text.len());
        if self.dialect == Dialect::StrictWithComments
            && let Some(count) = self.errors_of_first
        {
            tree.errors.truncate(count);
        }
        (tree, self.is_balanced)
    }

    fn take(&mut self, lexeme: Lexeme) {
        let range = lexeme.range;
        match lexeme.kind {
            LexemeKind::Open(is_map) => self.open_bracket(range, is_map),
            LexemeKind::Close(is_map) => self.close_bracket(range, is_map),
            LexemeKind::Comma => self.comma(range),
            LexemeKind::Colon => self.colon(range),
            LexemeKind::String { is_closed } => {
                if !is_closed {
                    self.builder.error(range.clone(), "unclosed string");
                }
                self.check_escapes(&range);
                self.text_token(range, ScalarStyle::JsonString, is_closed);
            }
            LexemeKind::WrongQuotes { is_closed } => {
                self.refuse_quotes(range.start);
                self.text_token(range, ScalarStyle::JsonString, is_closed);
            }
            LexemeKind::Bare if &self.text[range.clone()] == "=" && self.expects_colon() => {
                self.builder.error(range.clone(), "expected `:`, found `=`");
                self.colon(range);
            }
            LexemeKind::Bare => {
                self.check_bare(&range);
                self.text_token(range, ScalarStyle::Bare, true);
            }
        }
    }

    fn open_bracket(&mut self, range: Range<usize>, is_map: bool) {
        self.resume_root(&range);
        if let Some(frame) = self.frames.last() {
            match (frame.is_map, frame.expect) {
                // `{ "Action": "x", { …`: the map before was never closed.
                (true, Expect::Key | Expect::Comma) if is_map && self.parent_is_seq() => {
                    self.unbalanced(range.clone(), "missing `}` before this text");
                    self.close_frame(range.start..range.start);
                }
                (true, Expect::Key | Expect::Comma) => {
                    self.unbalanced(range.clone(), "missing key before this text");
                    self.builder.leaf(
                        NodeKind::Key,
                        ScalarStyle::Bare,
                        range.start..range.start,
                        range.start..range.start,
                        NodeFlags::default(),
                    );
                }
                (true, Expect::Colon) => self.builder.error(range.clone(), "missing `:` before this text"),
                (false, Expect::Comma) => self.builder.error(range.clone(), "missing `,` before this text"),
                _ => {}
            }
        }
        self.note_child();
        let kind = if is_map { NodeKind::Map } else { NodeKind::Seq };
        self.push_frame(kind, range);
    }

    fn close_bracket(&mut self, range: Range<usize>, is_map: bool) {
        let open = if is_map { self.open_maps } else { self.open_seqs };
        if open == 0 {
            self.unbalanced(range, if is_map { "unexpected `}`" } else { "unexpected `]`" });
            return;
        }
        let target = self.frames.iter().rposition(|frame| frame.is_map == is_map).unwrap_or(0);
        let top = self.frames.len() - 1;
        let fits_indent = |frame: &Frame| frame.is_map == is_map && (frame.is_virtual || frame.indent == self.indent);
        let target = if self.use_indentation && self.is_first_on_line && !self.is_one_line() {
            // The bracket of an opening line with this indentation, else none: a bracket too many.
            match self.frames.iter().rposition(fits_indent) {
                Some(index) => Some(index),
                None if target == top && self.frames[top].indent < self.indent => None,
                None if target == top => Some(target),
                None => None,
            }
        } else if target == top {
            Some(target)
        } else if target == 0 && self.has_more(range.end) {
            // Closing the whole document with text to come: more likely one bracket too many.
            None
        } else {
            Some(target)
        };
        let Some(target) = target else {
            self.unbalanced(range, if is_map { "unexpected `}`" } else { "unexpected `]`" });
            return;
        };
        self.refuse_comma_before(range.start);
        // A bracket that is missing was reported where it should have been opened.
        if self.frames[target + 1..].iter().any(|frame| !frame.is_virtual) {
            self.unbalanced(range.clone(), if is_map { "missing `]` before this text" } else { "missing `}` before this text" });
        }
        while self.frames.len() > target + 1 {
            self.close_frame(range.start..range.start);
        }
        self.close_frame(range);
    }

    /// A comma before a closing bracket: editors' JSON takes it, a service that is sent the string does not.
    fn refuse_comma_before(&mut self, bracket: usize) {
        let before = self.bytes[..bracket].trim_ascii_end();
        if self.dialect.is_strict() && before.last() == Some(&b',') {
            self.builder.error(before.len() - 1..before.len(), "trailing `,`");
        }
    }

    fn comma(&mut self, range: Range<usize>) {
        self.resume_root(&range);
        let Some(frame) = self.frames.last_mut() else { return };
        let is_map = frame.is_map;
        match frame.expect {
            Expect::Comma => frame.expect = if is_map { Expect::Key } else { Expect::Value(range.end) },
            Expect::Colon => {
                self.missing_value(range.start, range.start);
                self.builder.error(range.clone(), "missing value before this text");
                self.set_expect(Expect::Key);
            }
            Expect::Value(from) if is_map => {
                self.missing_value(from, range.start);
                self.builder.error(range.clone(), "missing value before this text");
                self.set_expect(Expect::Key);
            }
            Expect::Value(_) => {
                self.refuse_second_comma(range.clone());
                self.set_expect(Expect::Value(range.end));
            }
            Expect::Key => self.refuse_second_comma(range),
        }
    }

    /// A comma with nothing before it.
    fn refuse_second_comma(&mut self, range: Range<usize>) {
        if self.dialect.is_strict() {
            self.builder.error(range, "unexpected `,`");
        }
    }

    /// A word without quotes that is not JSON's own. Interpolations were replaced with digits.
    fn check_bare(&mut self, range: &Range<usize>) {
        let word = &self.text[range.clone()];
        let is_number = word.starts_with(|first: char| first.is_ascii_digit() || first == '-') && word.parse::<f64>().is_ok();
        if self.dialect.is_strict() && !is_number && !matches!(word, "true" | "false" | "null") {
            self.builder.error(range.clone(), "text without quotes");
        }
    }

    /// Curly quotes are an error for everybody, single ones for services.
    fn refuse_quotes(&mut self, start: usize) {
        let is_single = self.bytes[start] == b'\'';
        if self.has_wrong_quotes || (is_single && !self.dialect.is_strict()) {
            return;
        }
        self.has_wrong_quotes = true;
        let message = if is_single { "single quotes; use double quotes" } else { "curly quotes; use straight quotes" };
        self.builder.error(start..start + if is_single { 1 } else { CURLY_LEN }, message);
    }

    fn expects_colon(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.expect == Expect::Colon)
    }

    fn check_escapes(&mut self, range: &Range<usize>) {
        if !self.dialect.is_strict() {
            return;
        }
        let mut at = range.start + 1;
        while let Some(ahead) = memchr::memchr(b'\\', &self.bytes[at..range.end]) {
            at += ahead;
            let escaped = self.bytes.get(at + 1).copied();
            if !escaped.is_some_and(|byte| b"\"\\/bfnrtu".contains(&byte)) {
                self.builder.error(at..at + 1, "invalid escape in a string");
            }
            at = (at + 2).min(range.end);
        }
    }

    fn colon(&mut self, range: Range<usize>) {
        match self.frames.last_mut() {
            Some(frame) if frame.expect == Expect::Colon => frame.expect = Expect::Value(range.end),
            _ => self.builder.error(range, "missing key before `:`"),
        }
    }

    fn text_token(&mut self, range: Range<usize>, style: ScalarStyle, is_closed: bool) {
        self.resume_root(&range);
        let is_key = self.is_followed_by_colon(range.end);
        let Some(frame) = self.frames.last() else {
            if self.closed_root.is_none() {
                self.scalar(range, style, is_closed);
                self.closed_root = Some((NodeId::STREAM, false));
            }
            return;
        };
        if frame.is_map {
            match frame.expect {
                Expect::Value(from) if is_key && style == ScalarStyle::JsonString => {
                    // `"Action": ⏎ "Resource": "*"`: the value before was not written.
                    self.missing_value(from, range.start);
                    self.builder.error(range.clone(), "missing value before this key");
                    self.set_expect(Expect::Key);
                    self.key(range, style, is_closed);
                }
                Expect::Value(_) => self.value(range, style, is_closed),
                Expect::Colon if is_key => {
                    self.missing_value(range.start, range.start);
                    self.builder.error(range.clone(), "missing value of the key before this text");
                    self.set_expect(Expect::Key);
                    self.key(range, style, is_closed);
                }
                Expect::Colon => {
                    self.builder.error(range.clone(), "missing `:` before this text");
                    self.value(range, style, is_closed);
                }
                Expect::Key | Expect::Comma => {
                    let missing_comma = frame.expect == Expect::Comma;
                    if !is_key && !missing_comma && self.is_list_without_bracket(&range) {
                        self.unbalanced(range.clone(), "missing `[` before this list");
                        self.wrap_last_value();
                        self.value(range, style, is_closed);
                        return;
                    }
                    if missing_comma {
                        self.builder.error(range.clone(), "missing `,` before this text");
                    }
                    self.key(range, style, is_closed);
                }
            }
        } else if is_key && style == ScalarStyle::JsonString && self.nearest_map().is_some() {
            if self.starts_map_without_bracket() {
                self.unbalanced(range.clone(), "missing `{` before this text");
                self.note_child();
                self.push_frame(NodeKind::Map, range.start..range.start);
            } else {
                // `"Action": ["a" ⏎ "Resource": …`: the list before was never closed.
                self.unbalanced(range.clone(), "missing `]` before this text");
                let map = self.map_for_key();
                while self.frames.len() > map + 1 {
                    self.close_frame(range.start..range.start);
                }
            }
            self.key(range, style, is_closed);
        } else {
            if frame.expect == Expect::Comma {
                self.builder.error(range.clone(), "missing `,` before this text");
            }
            self.value(range, style, is_closed);
        }
    }

    fn key(&mut self, range: Range<usize>, style: ScalarStyle, is_closed: bool) {
        self.leave_maps_by_indent(range.start);
        self.note_child();
        let (inner, flags) = self.inside(&range, style, is_closed);
        self.builder.leaf(NodeKind::Key, style, range, inner, flags);
        self.set_expect(Expect::Colon);
    }

    fn value(&mut self, range: Range<usize>, style: ScalarStyle, is_closed: bool) {
        self.note_child();
        self.scalar(range, style, is_closed);
        self.set_expect(Expect::Comma);
    }

    fn scalar(&mut self, range: Range<usize>, style: ScalarStyle, is_closed: bool) {
        let (inner, flags) = self.inside(&range, style, is_closed);
        self.builder.leaf(NodeKind::Scalar, style, range, inner, flags);
    }

    /// Adds the place of a value between two bytes: the white space there, not beyond its line.
    fn missing_value(&mut self, from: usize, to: usize) {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
        let to = self.bytes[from..to.max(from)].iter().position(|byte| !is_space(byte)).map_or(to.max(from), |ahead| from + ahead);
        self.builder.missing(from..to);
    }

    /// The inside of a token, and its flags.
    fn inside(&self, range: &Range<usize>, style: ScalarStyle, is_closed: bool) -> (Range<usize>, NodeFlags) {
        let flags = if is_closed { NodeFlags::default() } else { NodeFlags::OPEN };
        if style != ScalarStyle::JsonString {
            return (range.clone(), flags);
        }
        let text = &self.text[range.clone()];
        let quote = |quote: Option<char>| if quote.is_some_and(is_curly) { CURLY_LEN } else { 1 };
        let start = range.start + quote(text.chars().next());
        let end = if is_closed { range.end - quote(text.chars().next_back()) } else { range.end };
        (start..end.max(start), flags)
    }
}

/// The double quotes that word processors write.
fn is_curly(letter: char) -> bool {
    matches!(letter, '\u{201c}'..='\u{201f}')
}

/// How many bytes such a quote has.
const CURLY_LEN: usize = '\u{201c}'.len_utf8();
