//! Every answer of the program over all documents of `examples/`, `sound/` and `parity/`, kept in `golden/`.
//!
//! A change that is not meant to alter an answer leaves these files as they are; one that is meant to alter answers shows
//! which, for a person to read. `UPDATE_EXPECT=1 cargo test` rewrites them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tower_lsp::lsp_types::Url;

use crate::support::{Client, connect_policy, document, folder, plain, tests_folder};

/// The files below a folder, in order, without pages about them.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension != "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[test]
fn answers_about_the_examples() {
    let root = tests_folder();
    for folder in ["examples", "sound"] {
        for path in files_below(&root.join(folder)) {
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace(['/', '\\'], "-");
            let text = fs::read_to_string(&path).unwrap();
            compare(&name, &answers(&root, &[(path, text)]));
        }
        let mut report = connect_policy(&["report", "--format", "json", folder]).in_folder(&root).finish().exits_with(0).output;
        let files = files_below(&root.join(folder));
        with_slashes(&mut report, files.iter().map(|path| path.strip_prefix(&root).unwrap()));
        compare(&format!("{folder}-report"), &report);
    }
}

/// A page of `parity/` is several documents, each in a folder of its own so that none is read beside another.
#[test]
fn answers_about_the_parity_pages() {
    for page in fs::read_dir(tests_folder().join("parity")).unwrap().map(|entry| entry.unwrap().path()) {
        let stem = page.file_stem().unwrap().to_str().unwrap();
        if stem == "README" {
            continue;
        }
        let content = fs::read_to_string(&page).unwrap();
        let fenced = content.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
        let documents = fenced.filter_map(|(info, text)| Some((info.split_once(' ')?.1, text.replace('¦', ""))));
        let files: Vec<(String, String)> = documents.enumerate().map(|(index, (name, text))| (format!("{index}/{name}"), text)).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let folder = folder(&files);
        let root = plain(folder.path());
        let documents: Vec<(PathBuf, String)> = files.iter().map(|(name, text)| (root.join(name), (*text).to_owned())).collect();
        compare(&format!("parity-{stem}"), &answers(&root, &documents));
    }
}

fn compare(name: &str, answers: &str) {
    expect_file![tests_folder().join("golden").join(format!("{name}.txt"))].assert_eq(answers);
}

/// What the checker and the language server answer about documents, one part a document.
fn answers(root: &Path, documents: &[(PathBuf, String)]) -> String {
    let capabilities = json!({
        "textDocument": {
            "diagnostic": {},
            "publishDiagnostics": {"relatedInformation": true},
            "completion": {"completionItem": {"documentationFormat": ["markdown"], "labelDetailsSupport": true}},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
        },
    });
    let (mut client, _) = Client::start(&["lsp"], json!({"capabilities": capabilities}));
    let mut out = String::new();
    for (path, text) in documents {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap();
        let _ = writeln!(out, "=== {name}\n\n--- check");
        let check = connect_policy(&["check", "--format", "json", "--level", "hint", name]).in_folder(root).finish();
        let _ = writeln!(out, "exit code {}\n{}", check.code.unwrap(), check.output.trim_end());
        let uri = Url::from_file_path(path).unwrap().to_string();
        client.open(&uri, language(path), text);
        out += &editor_answers(&mut client, &uri, text);
        client.close(&uri);
    }
    drop(client.unread());
    with_slashes(&mut out, documents.iter().map(|(path, _)| path.strip_prefix(root).unwrap()));
    let home = Url::from_directory_path(root).unwrap().to_string();
    out.replace(home.trim_end_matches('/'), "file:///ROOT")
}

/// Writes these files' names with `/`, where the system has another separator: the golden files are the same for all.
fn with_slashes<'p>(text: &mut String, files: impl Iterator<Item = &'p Path>) {
    if cfg!(windows) {
        for file in files {
            let native = file.to_str().unwrap();
            let portable = native.replace('\\', "/");
            *text = text.replace(&native.replace('\\', r"\\"), &portable).replace(native, &portable);
        }
    }
}

fn language(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => "json",
        Some("tf") => "terraform",
        Some("tfvars") => "terraform-vars",
        _ => "yaml",
    }
}

fn editor_answers(client: &mut Client, uri: &str, text: &str) -> String {
    let mut out = String::new();
    for (method, title) in
        [("textDocument/diagnostic", "diagnostics"), ("textDocument/documentSymbol", "symbols"), ("textDocument/codeLens", "lenses")]
    {
        let answer = client.request(method, document(uri));
        let answer = if title == "diagnostics" { answer["items"].clone() } else { answer };
        let _ = writeln!(out, "\n--- {title}\n{}", lines(&answer));
    }
    let lines_of_text: Vec<&str> = text.split('\n').collect();
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": lines_of_text.len(), "character": 0}});
    let hints = client.request("textDocument/inlayHint", json!({"textDocument": {"uri": uri}, "range": range}));
    let _ = writeln!(out, "\n--- hints\n{}", lines(&hints));
    let actions = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
    let _ = writeln!(out, "\n--- code actions\n{}", lines(&client.request("textDocument/codeAction", actions)));

    let _ = writeln!(out, "\n--- hovers");
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (line, character) in word_starts(&lines_of_text) {
        let hover = client.at("textDocument/hover", uri, (line, character));
        if hover.is_null() {
            continue;
        }
        let content = hover["contents"]["value"].as_str().unwrap().to_owned();
        let place = format!("{}:{}", line + 1, character + 1);
        match seen.get(&content) {
            Some(first) => drop(writeln!(out, "{place} {} as at {first}", hover["range"])),
            None => drop(writeln!(out, "{place} {}\n{content}\n", hover["range"])),
        }
        seen.entry(content).or_insert(place);
    }

    let _ = writeln!(out, "\n--- completions");
    for (line, character) in word_starts(&lines_of_text).into_iter().chain(line_ends(&lines_of_text)) {
        let list = client.at("textDocument/completion", uri, (line, character));
        let items = list.get("items").unwrap_or(&list).as_array().cloned().unwrap_or_default();
        if items.is_empty() {
            continue;
        }
        // Hundreds of items a place: the first stand for a reader, the digest for all.
        let first: Vec<&str> = items.iter().take(4).filter_map(|item| item["label"].as_str()).collect();
        let _ = writeln!(out, "{}:{} {} items, {} {}", line + 1, character + 1, items.len(), digest(&list), first.join(", "));
    }
    out
}

/// One line for each item of an answer.
fn lines(answer: &Value) -> String {
    let items = answer.as_array().cloned().unwrap_or_default();
    items.iter().map(Value::to_string).collect::<Vec<_>>().join("\n")
}

fn digest(value: &Value) -> String {
    Sha256::digest(value.to_string()).iter().take(6).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The places, by line and UTF-16 unit, where a name begins.
fn word_starts(lines: &[&str]) -> Vec<(u32, u32)> {
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | ':' | '*' | '$');
    let mut places = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let (mut before, mut units) = (' ', 0);
        for letter in line.chars() {
            if is_word(letter) && !is_word(before) {
                places.push((number as u32, units));
            }
            units += letter.len_utf16() as u32;
            before = letter;
        }
    }
    places
}

/// The places behind the last letter of each line.
fn line_ends(lines: &[&str]) -> Vec<(u32, u32)> {
    let length = |line: &&str| line.trim_end_matches('\r').encode_utf16().count() as u32;
    lines.iter().enumerate().map(|(number, line)| (number as u32, length(line))).collect()
}
