//! How the document around is written: indentation, line ends, quotes.

/// Lists longer than this are written with one entry a line, in columns.
pub(super) const LIST_WIDTH: usize = 90;

/// The notation at a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Notation {
    /// JSON, also within a string or heredoc of another format.
    Json,
    /// YAML in lines.
    YamlBlock,
    /// YAML between brackets.
    YamlFlow,
    /// HCL.
    Hcl,
}

/// The quotes of YAML's strings that need some.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Quote {
    /// `"`
    Double,
    /// `'`
    Single,
}

impl Quote {
    pub(super) fn mark(self) -> &'static str {
        match self {
            Quote::Double => "\"",
            Quote::Single => "'",
        }
    }
}

/// How new text is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WritingStyle {
    /// The notation.
    pub notation: Notation,
    /// One step of indentation.
    pub indent: String,
    /// `\n` or `\r\n`.
    pub line_end: &'static str,
    /// The quotes of YAML's strings that need some.
    pub quote: Quote,
    /// Whether the dashes of a YAML list are indented below their key.
    pub has_indented_dashes: bool,
    /// The indentation of the line in which the text begins, in columns: it counts towards a line's length.
    pub base_width: usize,
    /// Whether everything stays on one line: JSON in a string.
    pub is_one_line: bool,
}

impl WritingStyle {
    /// Two spaces, line feeds, double quotes.
    pub fn new(notation: Notation) -> WritingStyle {
        WritingStyle {
            notation,
            indent: "  ".to_owned(),
            line_end: "\n",
            quote: Quote::Double,
            has_indented_dashes: true,
            base_width: 0,
            is_one_line: false,
        }
    }

    /// The style of a text; what the text does not show is as in [`WritingStyle::new`].
    pub fn of(text: &str, notation: Notation) -> WritingStyle {
        // The beginning of a long document shows as much as all of it.
        let lines: Vec<&str> = text.lines().take(400).collect();
        let default = WritingStyle::new(notation);
        WritingStyle {
            indent: indent(&lines, notation).unwrap_or(default.indent),
            line_end: if text.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r')) { "\r\n" } else { "\n" },
            quote: quote(&lines),
            has_indented_dashes: has_indented_dashes(&lines),
            ..default
        }
    }
}

fn white_space(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// The most frequent increase of indentation from a line to the next, the smaller one of equals.
fn indent(lines: &[&str], notation: Notation) -> Option<String> {
    let is_yaml = matches!(notation, Notation::YamlBlock | Notation::YamlFlow);
    let mut counts: Vec<(usize, usize)> = Vec::new();
    let mut tabs = 0;
    let mut before = 0;
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let space = white_space(line);
        if space.starts_with('\t') {
            tabs += 1;
            continue;
        }
        let width = space.len();
        if width > before {
            let step = width - before;
            match counts.iter_mut().find(|(known, _)| *known == step) {
                Some((_, count)) => *count += 1,
                None => counts.push((step, 1)),
            }
        }
        // The keys of a list item stand behind its dash.
        before = if is_yaml && line.trim_start().starts_with("- ") { width + 2 } else { width };
    }
    if tabs > counts.iter().map(|(_, count)| count).sum::<usize>() && !is_yaml {
        return Some("\t".to_owned());
    }
    let most = counts.iter().filter(|(step, _)| *step <= 8).max_by_key(|(step, count)| (*count, usize::MAX - *step));
    most.map(|(step, _)| " ".repeat(*step))
}

fn quote(lines: &[&str]) -> Quote {
    let count = |mark: char| {
        let begins = |line: &&&str| {
            let value = line.split_once(": ").map_or(line.trim_start().trim_start_matches("- "), |(_, value)| value);
            value.starts_with(mark)
        };
        lines.iter().filter(begins).count()
    };
    if count('\'') > count('"') { Quote::Single } else { Quote::Double }
}

fn has_indented_dashes(lines: &[&str]) -> bool {
    let pair = lines.windows(2).find(|pair| {
        let key = pair[0].trim_end();
        key.ends_with(':') && !key.trim_start().starts_with('-') && pair[1].trim_start().starts_with("- ")
    });
    pair.is_none_or(|pair| white_space(pair[0]).len() < white_space(pair[1]).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_around_shows_its_style() {
        let style = WritingStyle::of("{\r\n    \"a\": {\r\n        \"b\": 1\r\n    }\r\n}", Notation::Json);
        assert_eq!((style.indent.as_str(), style.line_end), ("    ", "\r\n"));
        let style = WritingStyle::of("Resources:\n  A:\n    Type: 'x'\n    L:\n    - a\n", Notation::YamlBlock);
        assert_eq!((style.indent.as_str(), style.quote, style.has_indented_dashes), ("  ", Quote::Single, false));
        let style = WritingStyle::of("a:\n    b:\n      - c: 1\n        d: 2\n    e:\n        f: 1\n", Notation::YamlBlock);
        assert_eq!((style.indent.as_str(), style.has_indented_dashes), ("    ", true));
        let style = WritingStyle::of("{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}", Notation::Json);
        assert_eq!(style.indent, "\t");
        assert_eq!(WritingStyle::of("", Notation::Hcl), WritingStyle::new(Notation::Hcl));
    }
}
