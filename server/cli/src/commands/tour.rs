//! `connect-policy tour`: what an editor shows, in a terminal.
//!
//! It starts this program as a language server and talks to it as an editor does, on files that come with it. So it shows
//! what the server does, and fails when the server does.

use std::fmt::Write;
use std::io;
use std::process::ExitCode;

use serde_json::Value;

use crate::commands::tour::editor::Editor;
use crate::terminal::{fail, print};

mod editor;

/// See what the language server does, on examples that come with it
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

/// A file and what is done in it.
struct Stop {
    name: &'static str,
    language: &'static str,
    text: &'static str,
    /// The cursor stands behind the last occurrence of this …
    behind: &'static str,
    /// … and this is typed there.
    typed: &'static str,
    /// The pointer rests on the first occurrence of this.
    hover: &'static str,
}

const STOPS: &[Stop] = &[
    Stop {
        name: "policies/half-typed.json",
        language: "json",
        text: include_str!("../../../../tests/examples/policies/half-typed.json"),
        behind: "\"connect:ListQ",
        typed: "u",
        hover: "connect:DescribeQueue",
    },
    Stop {
        name: "cloudformation/contact-centre.yaml",
        language: "yaml",
        text: include_str!("../../../../tests/examples/cloudformation/contact-centre.yaml"),
        behind: "- connect:ListQueues",
        typed: "\n                  - connect:SearchQ",
        hover: "TransferDestinations.View",
    },
    Stop {
        name: "terraform/main.tf",
        language: "terraform",
        text: include_str!("../../../../tests/examples/terraform/main.tf"),
        behind: "\"ManagerListenIn\",",
        typed: "\n    \"quick conn",
        hover: "connect:Lst*",
    },
];

/// Goes through all stops.
pub(crate) fn run(_: &Arguments) -> ExitCode {
    match tour() {
        Ok(text) => print(&text, ExitCode::SUCCESS),
        Err(error) => fail(&format!("the tour broke off: {error}")),
    }
}

fn tour() -> io::Result<String> {
    let mut editor = Editor::start()?;
    let mut text = String::new();
    for stop in STOPS {
        // Writing to a string does not fail.
        let _ = show(&mut text, &mut editor, stop)?;
    }
    editor.stop()?;
    Ok(text)
}

fn show(out: &mut String, editor: &mut Editor, stop: &Stop) -> io::Result<std::fmt::Result> {
    let missing = |what: &str| io::Error::other(format!("{} does not hold {what:?}", stop.name));
    let uri = format!("file:///tour/{}", stop.name);
    editor.open(&uri, stop.language, stop.text)?;
    let findings = editor.diagnostics(&uri)?;
    let cursor = stop.text.rfind(stop.behind).ok_or_else(|| missing(stop.behind))? + stop.behind.len();
    let pointer = stop.text.find(stop.hover).ok_or_else(|| missing(stop.hover))?;
    let hover = editor.hover(&uri, place(stop.text, pointer + stop.hover.len() / 2))?;
    let fixed = findings.iter().find_map(|finding| editor.fix(&uri, finding).transpose()).transpose()?;

    let typed = format!("{}{}{}", &stop.text[..cursor], stop.typed, &stop.text[cursor..]);
    editor.change(&uri, &typed)?;
    let cursor = cursor + stop.typed.len();
    let mut offered = editor.complete(&uri, place(&typed, cursor))?;
    offered.retain(|item| is_shown(item, &typed, cursor));
    editor.close(&uri)?;

    Ok((|| {
        writeln!(out, "── {} ──\n", stop.name)?;
        writeln!(out, "typing\n    {}▏", typed[..cursor].lines().last().unwrap_or("").trim_start())?;
        list(out, "offers", offered.iter().take(5).map(|item| (text_of(item, "/label"), text_of(item, "/labelDetails/description"))))?;
        writeln!(out, "\npointing at {}", stop.hover)?;
        hover.as_deref().unwrap_or("(nothing)").lines().try_for_each(|line| writeln!(out, "    {line}"))?;
        writeln!(out)?;
        list(out, "findings", findings.iter().map(|finding| (line_of(finding), text_of(finding, "/message"))))?;
        if let Some(fix) = fixed {
            writeln!(out, "\na fix: {}", text_of(&fix, "/title"))?;
            let edits = fix.pointer("/edit/changes").and_then(|changes| changes.get(&uri)).and_then(Value::as_array);
            for edit in edits.into_iter().flatten() {
                let (before, after) = applied(stop.text, edit);
                writeln!(out, "  - {before}\n  + {after}")?;
            }
        }
        writeln!(out)
    })())
}

/// Whether an editor still shows an item: what is typed already begins it, in any letter case.
fn is_shown(item: &Value, text: &str, cursor: usize) -> bool {
    let line_start = text[..cursor].rfind('\n').map_or(0, |end| end + 1);
    let column = item.pointer("/textEdit/range/start/character").and_then(Value::as_u64).unwrap_or(0);
    let start = line_start + usize::try_from(column).unwrap_or(0);
    let typed = text.get(start..cursor).unwrap_or("").to_lowercase();
    let matched = item.get("filterText").or_else(|| item.get("label")).and_then(Value::as_str).unwrap_or("");
    matched.to_lowercase().starts_with(&typed)
}

fn list(out: &mut String, title: &str, rows: impl Iterator<Item = (String, String)>) -> std::fmt::Result {
    writeln!(out, "{title}")?;
    let mut is_empty = true;
    for (name, rest) in rows {
        is_empty = false;
        writeln!(out, "    {name:<40} {rest}").map(|()| out.truncate(out.trim_end().len()))?;
        writeln!(out)?;
    }
    if is_empty { writeln!(out, "    (nothing)") } else { Ok(()) }
}

/// The position of an offset; columns are bytes, as this editor and the server agree.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let line_start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    (text[..offset].matches('\n').count(), offset - line_start)
}

/// The line that an edit changes, before and after it.
fn applied(text: &str, edit: &Value) -> (String, String) {
    let offset = |end: &str| {
        let number = |part: &str| edit.pointer(&format!("/range/{end}/{part}")).and_then(Value::as_u64).unwrap_or(0);
        let line = usize::try_from(number("line")).unwrap_or(0);
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        (start + usize::try_from(number("character")).unwrap_or(0)).min(text.len())
    };
    let (start, end) = (offset("start"), offset("end"));
    let new_text = text_of(edit, "/newText");
    let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |length| end + length);
    let after = format!("{}{new_text}{}", &text[line_start..start], &text[end..line_end]);
    (text[line_start..line_end].trim().to_owned(), after.trim().to_owned())
}

fn line_of(finding: &Value) -> String {
    let line = finding.pointer("/range/start/line").and_then(Value::as_u64).unwrap_or(0) + 1;
    format!("line {line}: {}", text_of(finding, "/code"))
}

fn text_of(value: &Value, path: &str) -> String {
    value.pointer(path).and_then(Value::as_str).unwrap_or("").to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_stop_holds_its_places() {
        for stop in STOPS {
            assert!(stop.text.contains(stop.behind) && stop.text.contains(stop.hover), "{}", stop.name);
        }
    }

    #[test]
    fn an_edit_is_shown_as_its_line() {
        let edit = json!({"range": {"start": {"line": 1, "character": 3}, "end": {"line": 1, "character": 4}}, "newText": "y"});
        assert_eq!(applied("a\n  (x)\nb", &edit), ("(x)".to_owned(), "(y)".to_owned()));
    }
}
