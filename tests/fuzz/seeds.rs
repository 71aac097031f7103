//! Writes what the targets begin with: the documents of the tests, whole and as the half-typed samples have them.

use std::fs;
use std::path::{Path, PathBuf};

use connect_policy_fuzz::Case;
use connect_policy_syntax::Format;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for folder in ["../examples", "../sound", "../parity", "../../server/syntax/tests"] {
        collect(&root.join(folder), &mut texts);
    }
    for (index, (format, text)) in texts.iter().enumerate() {
        let name = ["json", "yaml", "hcl"][*format as usize];
        write(&root.join("corpus").join(name), index, text.as_bytes());
        let cursor = u16::try_from(text.len() * (index % 7) / 7).unwrap_or(u16::MAX);
        write(&root.join("corpus/ide"), index, &Case::write(text, *format, cursor));
    }
    let body = r#"{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{"x":"\ud83d"}}"#;
    let messages = format!(
        "Content-Length: {}\r\n\r\n{body}content-length:2\n\n[]X: y\r\n\r\nContent-Length: {}\r\n\r\n{body}",
        body.len(),
        body.len()
    );
    write(&root.join("corpus/framing"), 0, messages.as_bytes());
}

/// Files, the fenced blocks of Markdown files, and the samples of text files.
fn collect(folder: &Path, texts: &mut Vec<(Format, String)>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, texts);
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(format) = Format::from_path(&path) {
            texts.push((format, text));
        } else if name.ends_with(".md") {
            for block in text.split("```").skip(1).step_by(2) {
                let Some((head, text)) = block.split_once('\n') else { continue };
                let format = head.split_whitespace().find_map(|word| Format::from_path(Path::new(word)));
                texts.extend(format.map(|format| (format, text.to_owned())));
            }
        } else if name.ends_with(".txt") {
            let format =
                ["json", "hcl", "yaml"].into_iter().zip([Format::Json, Format::Hcl, Format::Yaml]).find(|(word, _)| name.starts_with(word));
            let format = format.map_or(Format::Yaml, |(_, format)| format);
            let samples = text.split("=====").filter_map(|sample| sample.split_once("-----\n").or(sample.split_once('\n')));
            texts.extend(samples.map(|(_, text)| (format, text.replace('¦', "").replace('→', "\t").replace('␠', " "))));
        }
    }
}

fn write(folder: &Path, index: usize, bytes: &[u8]) {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join(format!("seed-{index:04}")), bytes).expect("a file");
}
