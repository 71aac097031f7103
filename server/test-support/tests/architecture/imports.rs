//! The paths that code names, and the files that they lead to.

use std::collections::BTreeMap;

use crate::source::Source;

/// A path in code: `crate::a::B`, one for each name of a `use` tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path {
    pub segments: Vec<String>,
    /// Whether it is part of a `pub use`.
    pub is_public_use: bool,
    pub offset: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Token<'c> {
    Word(&'c str),
    Separator,
    Sign(char),
}

fn tokens(code: &str) -> Vec<(usize, Token<'_>)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = code[at..].chars().next() {
        let length = code[at..].find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(code.len() - at);
        if length > 0 {
            tokens.push((at, Token::Word(&code[at..at + length])));
            at += length;
        } else if code[at..].starts_with("::") {
            tokens.push((at, Token::Separator));
            at += 2;
        } else {
            if !letter.is_whitespace() {
                tokens.push((at, Token::Sign(letter)));
            }
            at += letter.len_utf8();
        }
    }
    tokens
}

/// All paths of two parts or more.
pub fn paths(code: &str) -> Vec<Path> {
    let tokens = tokens(code);
    let mut paths = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let before = index.checked_sub(1).map(|before| tokens[before].1);
        match tokens[index].1 {
            Token::Word("use") => {
                // `pub use`, `pub(crate) use`.
                let is_public_use = matches!(before, Some(Token::Word("pub") | Token::Sign(')')));
                index = tree(&tokens, index + 1, &[], is_public_use, &mut paths);
            }
            Token::Word(_) => {
                let mut segments = Vec::new();
                let start = index;
                while let Some((_, Token::Word(word))) = tokens.get(index) {
                    segments.push((*word).to_owned());
                    index += 1;
                    if !matches!(tokens.get(index), Some((_, Token::Separator))) {
                        break;
                    }
                    index += 1;
                }
                // `$crate::…`, a method's turbofish, and `pub(in crate::…)` import nothing.
                let is_visibility = before == Some(Token::Word("in")) && start > 1 && tokens[start - 2].1 == Token::Sign('(');
                let imports_nothing = matches!(before, Some(Token::Sign('$' | '.') | Token::Separator)) || is_visibility;
                if segments.len() > 1 && !imports_nothing {
                    paths.push(Path { segments, is_public_use: false, offset: tokens[start].0 });
                }
            }
            _ => index += 1,
        }
    }
    paths
}

/// Reads a `use` tree from a token on, and gives the index behind it.
fn tree(tokens: &[(usize, Token<'_>)], mut index: usize, head: &[String], is_public_use: bool, paths: &mut Vec<Path>) -> usize {
    let mut segments = head.to_vec();
    let offset = tokens.get(index).map_or(0, |token| token.0);
    let mut is_done = false;
    while let Some((_, token)) = tokens.get(index) {
        index += 1;
        match token {
            // The name after `as` is only a name here.
            Token::Word("as") => index += 1,
            Token::Word("self") if !segments.is_empty() => {}
            Token::Word(word) => segments.push((*word).to_owned()),
            Token::Sign('{') => {
                loop {
                    index = tree(tokens, index, &segments, is_public_use, paths);
                    match tokens.get(index) {
                        Some((_, Token::Sign(','))) => index += 1,
                        Some((_, Token::Sign('}'))) => break,
                        _ => return index,
                    }
                }
                index += 1;
                is_done = true;
            }
            Token::Sign(',' | '}' | ';') => {
                index -= 1;
                break;
            }
            Token::Sign(_) | Token::Separator => {}
        }
    }
    if !is_done && segments.len() > head.len() || (!is_done && segments.len() > 1 && !head.is_empty() && has_self(tokens, offset)) {
        paths.push(Path { segments, is_public_use, offset });
    }
    index
}

/// Whether the token at an offset is `self`.
fn has_self(tokens: &[(usize, Token<'_>)], offset: usize) -> bool {
    tokens.binary_search_by_key(&offset, |token| token.0).is_ok_and(|index| tokens[index].1 == Token::Word("self"))
}

/// A crate's files, and what each imports.
#[derive(Clone, Debug)]
pub struct Crate {
    pub name: String,
    pub files: Vec<Source>,
}

/// An import of one file by another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    pub from: usize,
    pub to: usize,
    /// What is left of the path behind the file: the name that is imported.
    pub names: Vec<String>,
    pub is_public_use: bool,
    pub line: usize,
}

impl Crate {
    /// A crate of invented sources, or of the files of a folder; files that are compiled for tests only are left out.
    pub fn new(name: &str, texts: &[(&str, &str)]) -> Crate {
        let files: Vec<Source> = texts.iter().map(|(path, text)| Source::new(path, text)).collect();
        let tests: Vec<Vec<String>> = files
            .iter()
            .flat_map(|file| file.test_children.iter().map(|child| file.module.iter().cloned().chain([child.clone()]).collect()))
            .collect();
        let files = files.into_iter().filter(|file| !tests.iter().any(|test: &Vec<String>| file.module.starts_with(test)));
        Crate { name: name.to_owned(), files: files.collect() }
    }

    /// Every import of a file of the crate by another, by a path that begins with `crate` or `super`, in `use` lines or not.
    /// `mod` lines do not count, nor does the `pub use` of `lib.rs`.
    pub fn imports(&self) -> Vec<Import> {
        // Where a crate has both, `main.rs` is a crate of its own.
        let has_library = self.files.iter().any(|file| file.path == "lib.rs");
        let files = self.files.iter().enumerate().filter(|(_, file)| !(has_library && file.path == "main.rs"));
        let modules: BTreeMap<&[String], usize> = files.map(|(index, file)| (file.module.as_slice(), index)).collect();
        let mut imports = Vec::new();
        for (from, file) in self.files.iter().enumerate() {
            for path in paths(&file.code) {
                if path.is_public_use && file.path == "lib.rs" {
                    continue;
                }
                // What `lib.rs` declares is no part of it: it only re-exports.
                let is_of_root = file.module.is_empty() && modules.contains_key(&path.segments[..1]);
                let whole = if is_of_root { Some(path.segments.clone()) } else { whole(file, &path.segments) };
                let Some(whole) = whole else { continue };
                let length = (0..=whole.len()).rev().find(|length| modules.contains_key(&whole[..*length]));
                let Some((length, to)) = length.map(|length| (length, modules[&whole[..length]])) else { continue };
                if to != from {
                    let line = file.line(path.offset);
                    imports.push(Import { from, to, names: whole[length..].to_vec(), is_public_use: path.is_public_use, line });
                }
            }
        }
        imports
    }

    /// The names that `lib.rs` re-exports.
    pub fn reexports(&self) -> Vec<String> {
        let library = self.files.iter().filter(|file| file.path == "lib.rs");
        let paths = library.flat_map(|file| paths(&file.code)).filter(|path| path.is_public_use);
        paths.filter_map(|path| path.segments.last().cloned()).collect()
    }
}

/// A path of a file from the crate's root on; `None` for a path into another crate, or to a module that the file declares: that
/// is a part of it.
fn whole(file: &Source, segments: &[String]) -> Option<Vec<String>> {
    let above = segments.iter().take_while(|segment| *segment == "super").count();
    match segments[0].as_str() {
        "crate" => Some(segments[1..].to_vec()),
        "super" => Some([&file.module[..file.module.len().checked_sub(above)?], &segments[above..]].concat()),
        _ => None,
    }
}

#[test]
fn every_name_of_a_use_tree_is_a_path() {
    let shown = |code: &str| -> Vec<String> { paths(code).iter().map(|path| path.segments.join("::")).collect() };
    assert_eq!(shown("use crate::a::{self, B, c::{D, E as F}};"), ["crate::a", "crate::a::B", "crate::a::c::D", "crate::a::c::E"]);
    assert_eq!(shown("use std::{env, fs};"), ["std::env", "std::fs"]);
    assert_eq!(shown("use super::*;"), ["super"]);
    assert_eq!(shown("pub(in crate::x) fn f() { $crate::y::z(); a.b::<C>(); crate::d::e() }"), ["crate::d::e"]);
    let public = |code: &str| paths(code)[0].is_public_use;
    assert!(public("pub use a::B;") && public("pub(crate) use a::B;") && !public("use a::B;"));
}

#[test]
fn a_path_leads_to_the_file_that_it_names_deepest() {
    let krate = Crate::new(
        "x",
        &[
            ("lib.rs", "mod a;\nmod b;\npub use a::c::D;"),
            ("a.rs", "pub mod c;\nuse c::D;\nuse self::c::D as E;"),
            ("a/c.rs", "use super::E;\nuse crate::{D, b};\nfn f() { crate::b::g::h() }\n#[cfg(test)] mod tests;"),
            ("a/c/tests.rs", "use crate::b::X;"),
            ("b.rs", ""),
        ],
    );
    let path = |index: usize| krate.files[index].path.as_str();
    let imports: Vec<_> = krate.imports().iter().map(|one| (path(one.from), path(one.to), one.names.join("::"), one.line)).collect();
    let expected = [
        ("a/c.rs", "a.rs", "E".to_owned(), 1),
        ("a/c.rs", "lib.rs", "D".to_owned(), 2),
        ("a/c.rs", "b.rs", String::new(), 2),
        ("a/c.rs", "b.rs", "g::h".to_owned(), 3),
    ];
    assert_eq!(imports, expected);
    assert_eq!(krate.reexports(), ["D"]);
}
