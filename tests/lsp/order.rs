//! Messages in every order that a client can send them in: what is told is always of the newest text.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::support::{Client, TYPO_POLICY};

const URI: &str = "file:///policy.json";
const PUBLISH: &str = "textDocument/publishDiagnostics";

/// The diagnostics of a version, with all before it seen and none after it.
#[track_caller]
fn last_published(client: &mut Client, uri: &str, version: i64) -> Value {
    let mut seen = 0;
    loop {
        let mut published = client.wait_for(|message| message["method"] == PUBLISH && message["params"]["uri"] == uri);
        let now = published["params"]["version"].as_i64().unwrap();
        assert!(now > seen, "{now} after {seen}");
        seen = now;
        if now == version {
            assert_eq!(client.unread(), [] as [Value; 0], "something came after the last version");
            return published["params"]["diagnostics"].take();
        }
    }
}

/// A policy of some hundred misspelt actions with characters of every width.
fn long_policy() -> String {
    let mut text = "{\"Statement\": [{\"Effect\": \"Allow\", \"Resource\": \"*\", \"Action\": [\n".to_owned();
    for index in 0..120 {
        writeln!(text, "  \"é😀{index}\", \"connect:DescribeUsr{index}\",").unwrap();
    }
    text + "  \"connect:ListUsers\"]}]}\n"
}

/// A small generator of numbers; the same on every run.
fn random(state: &mut u64, below: usize) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state % below as u64) as usize
}

#[test]
fn five_thousand_pipelined_edits_end_with_the_right_text_and_one_last_publication() {
    let text: Vec<char> = long_policy().chars().collect();
    let mut client = Client::pushed();
    client.open("file:///whole.json", "json", &text.iter().collect::<String>());
    let expected = client.told(PUBLISH)["params"]["diagnostics"].take();
    assert!(expected.as_array().unwrap().len() > 100, "{expected}");

    // Every character comes alone, in no order: one edit lost or out of place would garble all that follows.
    client.open(URI, "json", "");
    let mut order: Vec<usize> = (0..text.len()).collect();
    let mut state = 88_172_645_463_325_252;
    for index in (1..order.len()).rev() {
        order.swap(index, random(&mut state, index + 1));
    }
    let mut is_there = vec![false; text.len()];
    let mut version = 1;
    for &index in &order {
        let (mut line, mut column) = (0, 0);
        for (char, _) in text[..index].iter().zip(&is_there).filter(|&(_, is_there)| *is_there) {
            (line, column) = if *char == '\n' { (line + 1, 0) } else { (line, column + char.len_utf16() as u32) };
        }
        version += 1;
        is_there[index] = true;
        client.edit(URI, version, [(line, column), (line, column)], text[index].encode_utf8(&mut [0; 4]));
    }
    while version <= 5_000 {
        version += 1;
        let (text, range) = if version % 2 == 0 { (" ", [(0, 0), (0, 0)]) } else { ("", [(0, 0), (0, 1)]) };
        client.edit(URI, version, range, text);
    }
    if version % 2 == 0 {
        version += 1;
        client.edit(URI, version, [(0, 0), (0, 1)], "");
    }
    assert!(version > 5_000);
    assert_eq!(last_published(&mut client, URI, version), expected);
}

#[test]
fn interleaved_documents_stay_apart() {
    let mut client = Client::pushed();
    let uris = ["file:///a.json", "file:///b.jsonc", "file:///c.yaml"];
    for uri in uris {
        client.open(uri, "", "");
    }
    let policy = "\"connect:DescribeUsr\"";
    for (index, char) in policy.chars().enumerate() {
        for (turn, uri) in uris.iter().enumerate() {
            // Each begins at another time, and types the text from another end.
            let column = if turn == 1 { 0 } else { index as u32 };
            let char = if turn == 1 { policy.chars().nth(policy.len() - 1 - index).unwrap() } else { char };
            client.edit(uri, index as i64 + 2, [(0, column), (0, column)], &char.to_string());
        }
    }
    for uri in uris {
        let params = json!({"textDocument": {"uri": uri, "version": 99}, "contentChanges": [
            {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "{\"Effect\": \"Allow\", \"Action\": "},
            {"range": {"start": {"line": 9, "character": 0}, "end": {"line": 9, "character": 0}}, "text": ", \"Resource\": \"*\"}"},
        ]});
        client.notify("textDocument/didChange", params);
        loop {
            let published = client.wait_for(|message| message["method"] == PUBLISH && message["params"]["uri"] == uri);
            if published["params"]["version"] == 99 {
                let found = &published["params"]["diagnostics"][0];
                assert_eq!((&found["code"], &found["range"]["start"]["character"]), (&json!("unknown-action"), &json!(31)), "{published}");
                break;
            }
        }
    }
}

#[test]
fn a_reopened_document_has_its_new_text_alone() {
    let mut client = Client::pulling();
    client.open(URI, "json", TYPO_POLICY);
    client.close(URI);
    client.edit(URI, 2, [(0, 0), (0, 0)], "x");
    let log = client.told("window/logMessage");
    assert!(log["params"]["message"].as_str().unwrap().contains("not open"), "{log}");
    assert_eq!(client.pull(URI), json!([]));
    client.open(URI, "json", "[]");
    assert_eq!(client.pull(URI), json!([]));
    client.edit(URI, 2, [(0, 0), (0, 2)], TYPO_POLICY);
    assert_eq!(client.pull(URI)[0]["code"], "unknown-action");
}

#[test]
fn a_document_opened_twice_has_the_second_text() {
    let mut client = Client::pulling();
    client.open(URI, "json", "[]");
    client.open(URI, "json", TYPO_POLICY);
    assert_eq!(client.pull(URI)[0]["code"], "unknown-action");
    client.close(URI);
    assert_eq!(client.pull(URI), json!([]));
}

#[test]
fn versions_may_jump_and_go_back() {
    let mut client = Client::pushed();
    client.open(URI, "json", "[]");
    client.told(PUBLISH);
    for version in [900, 5, i64::from(i32::MAX), i64::from(i32::MIN)] {
        client.edit(URI, version, [(0, 1), (0, 1)], " ");
        assert_eq!(client.told(PUBLISH)["params"]["version"], version);
    }
}

#[test]
fn a_document_closed_while_it_is_read_ends_with_an_empty_list() {
    let mut client = Client::pushed();
    let long = format!("[{}0]", format!("{TYPO_POLICY},").repeat(4_000));
    client.open(URI, "json", &long);
    client.edit(URI, 2, [(0, 1), (0, 1)], " ");
    client.close(URI);
    let mut published = client.told(PUBLISH);
    while published["params"].get("version").is_some() {
        published = client.told(PUBLISH);
    }
    assert_eq!(published["params"], json!({"uri": URI, "diagnostics": []}));
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn all_of_many_cancelled_requests_end() {
    let mut client = Client::pulling();
    client.open(URI, "json", &format!("[{}0]", r#"{"Effect": "Allow", "Action": ["connect:ListUsers"], "Resource": "*"},"#.repeat(50_000)));
    let place = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 3}});
    let ids: Vec<_> = (0..200).map(|_| client.ask("textDocument/hover", place.clone())).collect();
    for id in &ids {
        client.notify("$/cancelRequest", json!({"id": id}));
    }
    for id in ids {
        let response = client.response(id);
        assert!(response.get("result").is_some() || response["error"]["code"] == -32800, "{response}");
    }
    client.notify("$/cancelRequest", json!({"id": 999_999}));
    assert_eq!(client.unread(), [] as [Value; 0]);
}
