//! Types whole policies with the completion engine, by the steps of `tests/typing/steps.md`, and counts what that saves.

#![allow(clippy::print_stdout, reason = "the figures are what the test is for")]

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Completion};
use connect_policy_syntax::{Document, Format};
use connect_policy_test_support::{expand_snippet, fenced_blocks};

#[test]
fn policies_are_typed_from_an_empty_file() {
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/typing/steps.md")).expect("the page of steps");
    let named = |(info, text)| {
        let (kind, name): (&str, &str) = str::split_once(info, ' ')?;
        Some((kind, name, text))
    };
    let blocks: Vec<(&str, &str, &str)> = fenced_blocks(&page).filter_map(named).collect();
    let names = ["policy.json", "template.yaml", "main.tf"];
    println!(
        "\n{:<14} {:>6} {:>8} {:>8} {:>11} {:>11} {:>16}",
        "file", "steps", "chosen", "typed", "keystrokes", "characters", "but indentation"
    );
    for (pair, name) in blocks.chunks(2).zip(names) {
        let [("steps", of_steps, steps), (_, of_file, expected)] = pair else { panic!("steps and a file for {name}") };
        assert_eq!((*of_steps, *of_file), (name, name));
        let editor = walk(name, steps);
        assert_eq!(editor.text.trim_end(), expected.trim_end(), "{name}");
        let characters = expected.trim_end().chars().count();
        let without_indentation: usize = expected.trim_end().lines().map(|line| line.trim_start().chars().count() + 1).sum::<usize>() - 1;
        println!(
            "{name:<14} {:>6} {:>8} {:>8} {:>11} {characters:>11} {without_indentation:>16}",
            editor.chosen + editor.typed,
            editor.chosen,
            editor.typed,
            editor.keystrokes
        );
        // Names of one's own, and in Terraform the headers of blocks, are all that has to be typed.
        let least = if name == "main.tf" { 60 } else { 80 };
        assert!(100 * editor.chosen >= least * (editor.chosen + editor.typed), "{name}");
        assert!(10 * editor.keystrokes < 5 * without_indentation, "{name}");
        let analysis = editor.analysis(&editor.text);
        assert!(analysis.diagnostics().iter().all(|finding| finding.severity > connect_policy_ide::Severity::Warning), "{name}");
    }
}

fn walk(name: &str, steps: &str) -> Editor {
    let mut editor = Editor::new(Format::from_path(Path::new(name)).expect("a format"));
    for step in steps.lines() {
        let (kind, text) = step.split_once(' ').unwrap_or_else(|| panic!("{step}"));
        match kind {
            "choose" => editor.choose(text),
            "accept" => editor.accept_choice(text),
            "type" => {
                editor.typed += 1;
                editor.write(text);
            }
            "write" => editor.write(text),
            "press" => text.split_whitespace().for_each(|key| editor.press(key)),
            _ => panic!("no such step: {step}"),
        }
    }
    editor
}

/// As much of an editor as the steps need.
struct Editor {
    format: Format,
    catalog: Arc<Catalog>,
    text: String,
    cursor: usize,
    /// What stands at a tab stop and is replaced by what is typed.
    selection: Option<Range<usize>>,
    /// The tab stops that are not reached yet, in order.
    stops: Vec<Range<usize>>,
    chosen: usize,
    typed: usize,
    keystrokes: usize,
}

const STEP: &str = "  ";

impl Editor {
    fn new(format: Format) -> Editor {
        let catalog = Arc::new(Catalog::builtin());
        Editor { format, catalog, text: String::new(), cursor: 0, selection: None, stops: Vec::new(), chosen: 0, typed: 0, keystrokes: 0 }
    }

    fn analysis(&self, text: &str) -> Analysis {
        Analysis::new(Document::read(text, self.format), Arc::clone(&self.catalog))
    }

    /// Replaces a range, and moves the tab stops behind.
    fn replace(&mut self, range: Range<usize>, text: &str) {
        self.text.replace_range(range.clone(), text);
        let moved = |at: usize| if at >= range.end { at + text.len() - range.len() } else { at };
        for stop in &mut self.stops {
            *stop = moved(stop.start)..moved(stop.end);
        }
    }

    fn insert(&mut self, text: &str) {
        let range = self.selection.take().unwrap_or(self.cursor..self.cursor);
        self.replace(range.clone(), text);
        self.cursor = range.start + text.len();
    }

    fn write(&mut self, text: &str) {
        for letter in text.chars() {
            self.keystrokes += 1;
            let next = self.text[self.cursor..].chars().next();
            let closing = match letter {
                '{' => Some('}'),
                '[' => Some(']'),
                '"' => Some('"'),
                _ => None,
            };
            if next == Some(letter) && matches!(letter, '}' | ']' | '"') {
                self.cursor += 1;
                continue;
            }
            self.insert(&letter.to_string());
            if let Some(closing) = closing {
                let cursor = self.cursor;
                self.insert(&closing.to_string());
                self.cursor = cursor;
            }
        }
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |length| at + length)
    }

    fn press(&mut self, key: &str) {
        self.keystrokes += 1;
        match key {
            "Enter" => {
                self.selection = None;
                self.stops.clear();
                let line = &self.text[self.line_start(self.cursor)..self.cursor];
                let indent = line[..line.len() - line.trim_start().len()].to_owned();
                let opens = line.trim_end().ends_with(['{', '[', ':']);
                let closes = self.text[self.cursor..].starts_with(['}', ']']);
                let inner = if opens { format!("{indent}{STEP}") } else { indent.clone() };
                self.insert(&format!("\n{inner}"));
                if opens && closes {
                    let cursor = self.cursor;
                    self.insert(&format!("\n{indent}"));
                    self.cursor = cursor;
                }
            }
            "Tab" => {
                assert!(!self.stops.is_empty(), "no tab stop is left in\n{}", self.text);
                let stop = self.stops.remove(0);
                self.go_to(stop);
            }
            "Comma" | "Dash" => {
                self.keystrokes += 1;
                self.insert(if key == "Comma" { ", " } else { "- " });
            }
            "Indent" => self.insert(STEP),
            "Outdent" => {
                let start = self.cursor - STEP.len();
                assert_eq!(&self.text[start..self.cursor], STEP);
                self.replace(start..self.cursor, "");
                self.cursor = start;
            }
            "Right" => self.cursor += 1,
            "End" => {
                self.selection = None;
                self.stops.clear();
                self.cursor = self.line_end(self.cursor);
            }
            "Down" => {
                self.selection = None;
                self.stops.clear();
                let column = self.cursor - self.line_start(self.cursor);
                let below = self.line_end(self.cursor) + 1;
                self.cursor = (below + column).min(self.line_end(below));
            }
            _ => panic!("no such key: {key}"),
        }
    }

    fn go_to(&mut self, stop: Range<usize>) {
        self.cursor = stop.end;
        self.selection = Some(stop).filter(|stop| !stop.is_empty());
    }

    /// Takes a value at a tab stop that offers a few: one key, and an arrow for each before it.
    fn accept_choice(&mut self, value: &str) {
        self.chosen += 1;
        let selection = self.selection.clone().expect("a value that stands there");
        self.keystrokes += 1 + usize::from(self.text[selection] != *value);
        self.insert(value);
    }

    /// Chooses an item in the way that takes the fewest keys.
    fn choose(&mut self, label: &str) {
        self.chosen += 1;
        let place = self.selection.take().unwrap_or(self.cursor..self.cursor);
        let name = label.rsplit_once(':').map_or(label, |(_, name)| name).to_lowercase();
        let label_letters = label.to_lowercase();
        let ways = std::iter::once("").chain(beginnings(&label_letters)).chain(beginnings(&name));
        let best = ways.filter_map(|typed| self.way(&place, typed, label)).min_by_key(|(keys, ..)| *keys);
        let (keys, typed, item) = best.unwrap_or_else(|| {
            let offered: Vec<String> = self.offered(&place, "").into_iter().map(|item| item.label).take(20).collect();
            panic!("{label} is not offered at\n{}¦{}\n{offered:?}", &self.text[..place.start], &self.text[place.end..])
        });
        self.keystrokes += keys;
        self.replace(place.clone(), &typed);
        self.cursor = place.start + typed.len();
        let start = item.edit.range.start;
        let line = &self.text[self.line_start(start)..];
        let indent = line[..line.len() - line.trim_start_matches(' ').len()].to_owned();
        let text = item.edit.new_text;
        let (text, stops) = if item.is_snippet {
            let expanded = expand_snippet(&text, &indent);
            (expanded.text, expanded.stops)
        } else {
            (text, Vec::new())
        };
        self.replace(item.edit.range, &text);
        self.cursor = start + text.len();
        let mut stops: Vec<Range<usize>> = stops.into_iter().map(|stop| start + stop.start..start + stop.end).collect();
        if !stops.is_empty() {
            let first = stops.remove(0);
            self.stops.splice(0..0, stops);
            self.go_to(first);
        }
    }

    /// The number of keys, the letters and the item, if these letters lead to it: Ctrl+Space without any, the letters, arrows down
    /// to it, Enter.
    fn way(&self, place: &Range<usize>, typed: &str, label: &str) -> Option<(usize, String, Completion)> {
        let items = self.offered(place, typed);
        let index = items.iter().position(|item| item.label == label)?;
        let is_open = !typed.is_empty();
        let keys = typed.chars().count() + usize::from(!is_open) + index + 1;
        Some((keys, typed.to_owned(), items[index].clone()))
    }

    /// What an editor shows after these letters: items that begin with what is typed, in their order.
    fn offered(&self, place: &Range<usize>, typed: &str) -> Vec<Completion> {
        let mut text = self.text.clone();
        text.replace_range(place.clone(), typed);
        let offset = place.start + typed.len();
        let mut items = self.analysis(&text).completions(offset).items;
        items.retain(|item| item.filter_text.to_lowercase().starts_with(&text[item.edit.range.start..offset].to_lowercase()));
        items.sort_by(|one, other| one.sort_text.cmp(&other.sort_text));
        items
    }
}

/// The beginnings of a word that are worth typing.
fn beginnings(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices().skip(1).map(|(end, _)| &word[..end]).take(14)
}
