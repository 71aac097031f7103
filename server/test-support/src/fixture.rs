//! Fixtures: one or more files, with cursors and expected findings in their text.

use std::ops::Range;

use crate::cursor::CURSOR;

/// Files of a test, in the order in which they are written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fixture {
    /// The files.
    pub files: Vec<FixtureFile>,
}

/// A file of a [`Fixture`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FixtureFile {
    /// Its name, or path.
    pub name: String,
    /// Its text without headers, cursors and annotations.
    pub text: String,
    /// The places of its cursors, in bytes, ascending.
    pub cursors: Vec<usize>,
    /// Its annotations in order.
    pub annotations: Vec<Annotation>,
}

/// Carets below a part of a line, and what is written behind them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Annotation {
    /// What the carets mark, in bytes of the file's text.
    pub range: Range<usize>,
    /// `rule-id: message`, or whatever else the test wants.
    pub text: String,
}

impl Annotation {
    /// What stands before the first colon.
    pub fn rule(&self) -> &str {
        self.text.split_once(": ").map_or(&self.text, |(rule, _)| rule)
    }

    /// What stands behind the first colon; empty without one.
    pub fn message(&self) -> &str {
        self.text.split_once(": ").map_or("", |(_, message)| message)
    }
}

impl Fixture {
    /// Reads a fixture. Each file begins with a line `#- NAME`. A line whose first sign is `^`, behind `#` or `//` if that is
    /// needed to keep the fixture readable, annotates the line above it; several may follow each other. Columns are counted in
    /// characters. `¦` is a cursor.
    ///
    /// # Panics
    ///
    /// If text stands before the first header, or an annotation below no line.
    #[track_caller]
    pub fn parse(text: &str) -> Fixture {
        Fixture::parse_with_header("#- ", text)
    }

    /// As [`Fixture::parse`], with another beginning of headers.
    ///
    /// # Panics
    ///
    /// As [`Fixture::parse`].
    #[track_caller]
    pub fn parse_with_header(header: &str, text: &str) -> Fixture {
        let mut files: Vec<FixtureFile> = Vec::new();
        // The line that annotations are about: its start in the file's text, and the line as written.
        let mut above: Option<(usize, &str)> = None;
        for line in text.trim_start_matches(['\r', '\n']).split_inclusive('\n') {
            if let Some(name) = line.trim().strip_prefix(header) {
                files.push(FixtureFile { name: name.trim().to_owned(), text: String::new(), cursors: Vec::new(), annotations: Vec::new() });
                above = None;
                continue;
            }
            let file = files.last_mut().unwrap_or_else(|| panic!("a file's header comes first, not {line:?}"));
            if is_annotation(line) {
                let (start, written) = above.unwrap_or_else(|| panic!("an annotation below no line: {line:?}"));
                file.annotations.push(annotation(line, start, written));
                continue;
            }
            above = Some((file.text.len(), line));
            for part in line.split_inclusive(CURSOR) {
                file.text.push_str(part.trim_end_matches(CURSOR));
                if part.ends_with(CURSOR) {
                    file.cursors.push(file.text.len());
                }
            }
        }
        Fixture { files }
    }

    /// The only file.
    ///
    /// # Panics
    ///
    /// If there are several, or none.
    #[track_caller]
    pub fn file(&self) -> &FixtureFile {
        let [file] = &self.files[..] else { panic!("one file is needed, found {}", self.files.len()) };
        file
    }

    /// The only cursor: the index of its file, and its place in bytes.
    ///
    /// # Panics
    ///
    /// If there are several, or none.
    #[track_caller]
    pub fn cursor(&self) -> (usize, usize) {
        let files = self.files.iter().enumerate();
        let cursors: Vec<_> = files.flat_map(|(index, file)| file.cursors.iter().map(move |cursor| (index, *cursor))).collect();
        let [cursor] = cursors[..] else { panic!("one cursor is needed, found {}", cursors.len()) };
        cursor
    }
}

fn is_annotation(line: &str) -> bool {
    let line = line.trim_start();
    line.strip_prefix('#').or(line.strip_prefix("//")).unwrap_or(line).trim_start().starts_with('^')
}

fn annotation(line: &str, start: usize, written: &str) -> Annotation {
    let (before, rest) = line.split_at(line.find('^').unwrap_or(0));
    let text = rest.trim_start_matches('^');
    let column = before.chars().count();
    // The byte of a column of the line above, without the cursors before it.
    let byte = |column: usize| written.chars().take(column).filter(|letter| *letter != CURSOR).map(char::len_utf8).sum::<usize>();
    let range = start + byte(column)..start + byte(column + rest.len() - text.len());
    Annotation { range, text: text.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_names_text_cursors_and_annotations() {
        let fixture = Fixture::parse(
            r#"
#- a/policy.json
{"é": "typo"}
      ^^^^^^ one-rule: what: is wrong
 #^^^ other-rule
#- main.tf
x = "¦"
//  ^^^ third
y = 1
"#,
        );
        let [json, hcl] = &fixture.files[..] else { panic!("{fixture:?}") };
        assert_eq!((json.name.as_str(), json.text.as_str()), ("a/policy.json", "{\"é\": \"typo\"}\n"));
        let marked: Vec<_> = json.annotations.iter().map(|one| (&json.text[one.range.clone()], one.rule(), one.message())).collect();
        assert_eq!(marked, [("\"typo\"", "one-rule", "what: is wrong"), ("é\":", "other-rule", "")]);
        assert_eq!((hcl.name.as_str(), hcl.text.as_str()), ("main.tf", "x = \"\"\ny = 1\n"));
        assert_eq!(&hcl.text[hcl.annotations[0].range.clone()], "\"\"");
        assert_eq!(fixture.cursor(), (1, 5));
    }

    #[test]
    fn line_ends_and_a_missing_one_at_the_end_stay() {
        assert_eq!(Fixture::parse("#- a\r\nx\r\ny").file().text, "x\r\ny");
    }

    #[test]
    fn headers_may_begin_otherwise() {
        let fixture = Fixture::parse_with_header("== ", "\n== a.tf\n#- no header\n== b.tf\n");
        assert_eq!(fixture.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["a.tf", "b.tf"]);
    }

    #[test]
    #[should_panic(expected = "a file's header comes first")]
    fn text_without_a_file_is_refused() {
        Fixture::parse("text\n");
    }

    #[test]
    #[should_panic(expected = "an annotation below no line")]
    fn an_annotation_without_a_line_is_refused() {
        Fixture::parse("#- a\n^^^ rule\n");
    }

    #[test]
    #[should_panic(expected = "one file is needed, found 2")]
    fn one_file_is_one() {
        Fixture::parse("#- a\n#- b\n").file();
    }
}
