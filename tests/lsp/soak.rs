//! Hours at the keyboard in minutes: 200,000 edits and questions leave the server as large as it was.
//!
//!     cargo test --release --test blackbox soak -- --ignored --nocapture

#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout, reason = "the figures are what the test is for")]

use std::fs;

use serde_json::{Value, json};

use crate::support::{Client, document};

const MESSAGES: usize = 200_000;
/// After so many, all that is kept is there.
const WARM: usize = 40_000;

#[derive(Debug)]
struct Size {
    kilobytes: usize,
    threads: usize,
    files: usize,
}

impl Size {
    fn of(pid: u32) -> Size {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.split_whitespace().next().unwrap().parse().unwrap()
        };
        let files = fs::read_dir(format!("/proc/{pid}/fd")).unwrap().count();
        Size { kilobytes: field("VmRSS:"), threads: field("Threads:"), files }
    }
}

fn text(index: usize) -> (&'static str, String) {
    // One in ten is wrong, as in a file that somebody works on.
    let names =
        ["DescribeUser", "ListQueues", "Get*", "UpdateQueueName", "listprompts", "SearchUsers", "CreateView", "StopContact", "TagResource"];
    let name = |entry: usize| if entry % 10 == 9 { format!("Describe{entry}") } else { names[entry % 9].to_owned() };
    let entries: Vec<String> = (0..40 + index).map(|entry| format!("\"connect:{}\"", name(entry))).collect();
    match index % 3 {
        0 => (
            "json",
            format!("{{\"Statement\": [{{\n\"Effect\": \"Allow\",\n\"Action\": [{}],\n\"Resource\": \"*\"}}]}}\n", entries.join(",\n")),
        ),
        1 => ("yaml", format!("Statement:\n- Effect: Allow\n  Action:\n  - {}\n  Resource: '*'\n", entries.join("\n  - "))),
        _ => (
            "terraform",
            format!(
                "data \"aws_iam_policy_document\" \"x\" {{\nstatement {{\nactions = [\n{}]\nresources = [\"*\"]\n}}\n}}\n",
                entries.join(",\n")
            ),
        ),
    }
}

#[test]
#[ignore = "takes minutes"]
fn two_hundred_thousand_messages_leave_no_trace() {
    let mut client = Client::pulling();
    let pid = client.pid();
    let uri = |index: usize| format!("file:///{index}.policy");
    let mut versions = [1; 6];
    for index in 0..6 {
        let (language, text) = text(index);
        client.open(&uri(index), language, &text);
    }
    let mut waiting = Vec::new();
    let mut warm = None;
    for step in 0..MESSAGES {
        let index = step % 6;
        let uri = uri(index);
        let (line, column) = ((step / 7 % 40) as u32, (step / 3 % 20) as u32);
        let place = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": column}});
        let range = json!({"start": {"line": line, "character": 0}, "end": {"line": line, "character": 30}});
        let ask = |client: &mut Client, method: &str, params: Value| client.ask(&format!("textDocument/{method}"), params);
        match step / 6 % 10 {
            // Something is typed, and taken away again.
            0 | 2 | 4 | 6 => {
                versions[index] += 1;
                client.edit(&uri, versions[index], [(line, column), (line, column)], "x😀");
            }
            1 | 3 | 5 | 7 => {
                // A whole text now and then keeps what clamped edits left from piling up.
                versions[index] += 1;
                let params = json!({"textDocument": {"uri": uri, "version": versions[index]}, "contentChanges": [{"text": text(index).1}]});
                client.notify("textDocument/didChange", params);
            }
            8 => waiting.push(match step / 60 % 8 {
                0 => ask(&mut client, "completion", place),
                1 => ask(&mut client, "codeAction", json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}})),
                2 => ask(&mut client, "inlayHint", json!({"textDocument": {"uri": uri}, "range": range})),
                3 => ask(&mut client, "codeLens", document(&uri)),
                4 => ask(&mut client, "documentSymbol", document(&uri)),
                5 => ask(&mut client, "diagnostic", document(&uri)),
                _ => ask(&mut client, "hover", place),
            }),
            _ if step / 60 % 40 == 0 => {
                client.close(&uri);
                versions[index] = 1;
                let (language, text) = text(index);
                client.open(&uri, language, &text);
            }
            _ => {
                let id = client.ask("textDocument/hover", place);
                client.notify("$/cancelRequest", json!({"id": id}));
                waiting.push(id);
            }
        }
        if waiting.len() >= 24 {
            waiting.drain(..).for_each(|id| drop(client.response(id)));
        }
        if step == WARM {
            warm = Some(Size::of(pid));
        }
    }
    waiting.drain(..).for_each(|id| drop(client.response(id)));
    let (warm, end) = (warm.unwrap(), Size::of(pid));
    println!("after {WARM} messages {warm:?}, after {MESSAGES} {end:?}");
    assert!(end.kilobytes * 10 <= warm.kilobytes * 11, "it grew from {} to {} KiB", warm.kilobytes, end.kilobytes);
    // Idle threads of the pool come and go.
    assert!(end.threads <= warm.threads + 1 && end.files == warm.files, "{warm:?} became {end:?}");
    assert_eq!(client.unread(), [] as [Value; 0]);
}
