//! What may go wrong between a client and the server, and what the server does then. Every row has its test.
//!
//! | # | fault | what the server does | test |
//! | --- | --- | --- | --- |
//! | 1 | a body that is no JSON, or empty | answers -32700 and reads on | `faults::framing::bad_json` |
//! | 2 | JSON that is no JSON-RPC message: a batch, no `jsonrpc`, an id of another type | answers -32600, with the id where there is one | `faults::framing::json_that_is_no_message` |
//! | 3 | no length, or one that is no number | answers -32700 and looks for the next header | `faults::framing::an_unusable_or_missing_length` |
//! | 4 | a length that is too short or too long | answers -32700; finds the next message, also inside what it read too much | `faults::framing::a_length_that_is_wrong` |
//! | 5 | headers in another letter case, ended by LF, with others beside them, with empty lines before | reads them | `faults::framing::headers_of_every_kind` |
//! | 6 | a body that is not UTF-8 | answers -32700, with the id where it can be read | `faults::framing::text_that_is_not_utf8` |
//! | 7 | half of a surrogate pair in a string | takes U+FFFD for it, as wide, and goes on | `faults::framing::half_of_a_surrogate_pair_does_not_lose_the_message` |
//! | 8 | parameters nested deeper than the JSON library follows | answers -32600; drops a notification | `faults::framing::parameters_nested_150_deep` |
//! | 9 | a message over 64 MiB | reads past it and answers -32600 | `faults::framing::a_message_over_64_mib` |
//! | 10 | an answer that is none, or to a question never asked | drops it | `faults::framing::an_answer_that_is_none_is_dropped` |
//! | 11 | a request before `initialize` | answers -32002; drops notifications | `faults::a_request_before_initialize` |
//! | 12 | a second `initialize` | answers -32600 and keeps what the first said | `faults::a_second_initialize` |
//! | 13 | parameters of another shape | answers -32602; drops a notification | `faults::parameters_of_another_shape` |
//! | 14 | an unknown method | answers -32601; drops notifications | `lsp::requests::unknown_methods_are_refused_and_optional_ones_ignored` |
//! | 15 | two requests with one id | answers both | `faults::two_requests_of_one_id` |
//! | 16 | a request that is cancelled behind busy ones | answers -32800 at once | `lsp::requests::a_cancelled_request_is_answered_while_others_are_busy` |
//! | 17 | hundreds of requests, all cancelled; a cancellation of nothing | ends each with a result or -32800; nothing | `lsp::order::all_of_many_cancelled_requests_end` |
//! | 18 | 150 requests at once | answers all | `lsp::requests::a_hundred_and_fifty_requests_are_all_answered` |
//! | 19 | 5,000 edits without a pause | reads few of the texts, publishes the last once | `lsp::order::five_thousand_pipelined_edits_end_with_the_right_text_and_one_last_publication` |
//! | 20 | edits of several documents by turns | keeps them apart | `lsp::order::interleaved_documents_stay_apart` |
//! | 21 | a change of a document that is not open | logs it | `lsp::documents::a_change_of_a_document_that_is_not_open_is_logged` |
//! | 22 | a change of a closed document, which is then opened again | logs it; has the new text alone | `lsp::order::a_reopened_document_has_its_new_text_alone` |
//! | 23 | a document opened twice | takes the second text | `lsp::order::a_document_opened_twice_has_the_second_text` |
//! | 24 | versions that jump and go back | takes the edits as they come, tells the client's numbers | `lsp::order::versions_may_jump_and_go_back` |
//! | 25 | ranges outside of the text, turned round, inside a character | clamps them | `lsp::documents::edits_outside_of_the_text_are_clamped` |
//! | 26 | positions that are no 32-bit number | answers -32602 | `faults::a_position_beyond_all_numbers` |
//! | 27 | a document that is closed while it is read | publishes an empty list last, nothing stale after it | `lsp::order::a_document_closed_while_it_is_read_ends_with_an_empty_list` |
//! | 28 | a question about a document that is not open | answers `null` | `lsp::requests::a_document_that_is_not_open_has_no_answers` |
//! | 29 | URIs of Windows, of other schemes, of none | takes them as names and gives them back as they were | `faults::unusual_files::names_of_windows_and_of_no_file_are_answered` |
//! | 30 | a panic in an answer | logs feature, document and cause; answers `null` | `faults::panics::the_feature_and_the_document_are_named` |
//! | 31 | a panic in a rule | logs the rule; tells what the others found | `faults::panics::a_rule_that_panics_costs_its_own_findings` |
//! | 32 | `shutdown` with any parameters | shuts down; refuses what comes after with -32600 | `lsp::lifecycle::shutdown_takes_any_parameters_and_ends_all_work` |
//! | 33 | `exit` with the input still open | ends with 0 | `lsp::lifecycle::exit_ends_the_server_while_its_input_is_open` |
//! | 34 | `exit` without `shutdown`, or before `initialize` | ends with 1 | `lsp::lifecycle::exit_without_shutdown_is_a_failure` |
//! | 35 | the input ends while edits wait | ends with 1 | `lsp::lifecycle::end_of_input_during_six_queued_edits` |
//! | 36 | the input ends while the server waits for an answer | ends with 1 after half a second | `lsp::lifecycle::end_of_input_while_the_server_awaits_an_answer` |
//! | 37 | the input ends in the middle of a message | ends with 1 | `lsp::lifecycle::end_of_input_in_the_middle_of_a_message` |
//! | 38 | the client is killed and its pipe held open by another | ends with 1, unless told not to watch | `lsp::lifecycle::unix::a_killed_client_ends_the_server_though_its_pipe_is_held_open` |
//! | 39 | the client closes its reading end | ends with 1, quietly | `lsp::lifecycle::unix::a_client_that_stops_reading_ends_the_server_quietly` |
//! | 40 | the client never reads, and then hangs up | waits with a bounded backlog; ends with 1 | `faults::a_client_that_never_reads_and_hangs_up` |
//! | 41 | nobody takes the log off the server's standard error | stops logging and goes on | `faults::a_log_that_nobody_reads` |

mod framing;
mod hostile_documents;
mod panics;
mod unusual_files;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;

use serde_json::{Value, json};

use crate::support::{Client, LIMIT, TYPO_POLICY, bare_server, tests_folder};

const URI: &str = "file:///policy.json";

#[test]
fn every_row_has_its_test() {
    let rows: Vec<Vec<&str>> = include_str!("faults.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//! | "))
        .map(|row| row.trim_end_matches('|').split(" | ").map(str::trim).collect())
        .filter(|row: &Vec<&str>| row[0].parse::<usize>().is_ok())
        .collect();
    assert!(rows.len() >= 25);
    for (index, row) in rows.iter().enumerate() {
        let [number, _, _, test] = row[..] else { panic!("a row has four cells: {row:?}") };
        assert_eq!(number.parse(), Ok(index + 1));
        let path: Vec<&str> = test.trim_matches('`').split("::").collect();
        // `lsp::lifecycle::unix::a_test` stands in lsp/lifecycle.rs.
        let files = (1..path.len()).rev().map(|parts| tests_folder().join(path[..parts].join("/")).with_extension("rs"));
        let file = files.into_iter().find(|file| file.is_file()).unwrap_or_else(|| panic!("{test} is in no file"));
        let source = fs::read_to_string(file).unwrap();
        let name = path[path.len() - 1];
        let lines: Vec<&str> = source.lines().map(str::trim).collect();
        let is_test = lines.windows(2).any(|pair| pair[0] == "#[test]" && pair[1].starts_with(&format!("fn {name}()")));
        assert!(is_test, "{test} is no test");
    }
}

#[test]
fn a_request_before_initialize() {
    let mut client = Client::spawn(&["lsp"]);
    client.notify("textDocument/didOpen", json!({"textDocument": {"uri": URI, "languageId": "json", "version": 1, "text": "[]"}}));
    let id = client.ask("textDocument/hover", json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}}));
    assert_eq!(client.response(id)["error"]["code"], -32002);
    client.request("initialize", json!({"capabilities": {"textDocument": {"diagnostic": {}}}}));
    client.notify("initialized", json!({}));
    assert_eq!(client.pull(URI), json!([]));
}

#[test]
fn a_second_initialize() {
    let mut client = Client::pulling();
    let id = client.ask("initialize", json!({"capabilities": {}}));
    assert_eq!(client.response(id)["error"]["code"], -32600);
    client.open(URI, "json", TYPO_POLICY);
    assert_eq!(client.pull(URI)[0]["code"], "unknown-action");
    assert_eq!(client.unread(), [] as [Value; 0], "it still pulls");
}

#[test]
fn parameters_of_another_shape() {
    let mut client = Client::pulling();
    client.open(URI, "json", TYPO_POLICY);
    for params in [json!({}), json!([]), json!([1, 2]), json!({"textDocument": 3}), json!({"textDocument": {"uri": 7}})] {
        let id = client.ask("textDocument/hover", params.clone());
        assert_eq!(client.response(id)["error"]["code"], -32602, "{params}");
        client.notify("textDocument/didChange", params);
    }
    assert_eq!(client.pull(URI)[0]["code"], "unknown-action");
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn two_requests_of_one_id() {
    let mut client = Client::pulling();
    client.open(URI, "json", "[]");
    let hover = json!({"jsonrpc": "2.0", "id": "twin", "method": "textDocument/hover",
        "params": {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}}});
    client.send(&hover);
    client.send(&hover);
    for _ in 0..2 {
        client.wait_for(|message| message["id"] == "twin");
    }
}

#[test]
fn a_position_beyond_all_numbers() {
    let mut client = Client::pulling();
    client.open(URI, "json", TYPO_POLICY);
    for line in [json!(-1), json!(1u64 << 40), json!(0.5), json!("1")] {
        let position = json!({"line": line, "character": 0});
        let id = client.ask("textDocument/hover", json!({"textDocument": {"uri": URI}, "position": position}));
        assert_eq!(client.response(id)["error"]["code"], -32602, "{line}");
    }
    assert_eq!(client.at("textDocument/hover", URI, (u32::MAX, u32::MAX)), Value::Null);
}

fn framed(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn initialize() -> Vec<u8> {
    framed(&json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}))
}

#[test]
fn a_client_that_never_reads_and_hangs_up() {
    let mut server = bare_server(Stdio::null());
    let output = server.stdout.take();
    let mut input = server.stdin.take().unwrap();
    let opened = json!({"uri": URI, "languageId": "json", "version": 1, "text": r#"{"Statement": [{"Action": [""]}]}"#});
    let opened = json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": opened}});
    input.write_all(&[initialize(), framed(&opened)].concat()).unwrap();
    // Each answer is a list of some hundred actions: many times what pipe and backlog hold.
    for id in 2..2_000 {
        let place = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 28}});
        input.write_all(&framed(&json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/completion", "params": place}))).unwrap();
    }
    drop(input);
    let (sender, ends) = mpsc::channel();
    thread::spawn(move || sender.send(server.wait()));
    let status = ends.recv_timeout(LIMIT).expect("the server ends").unwrap();
    assert_eq!(status.code(), Some(1));
    drop(output);
}

#[test]
fn a_log_that_nobody_reads() {
    let mut server = bare_server(Stdio::piped());
    let mut input = server.stdin.take().unwrap();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    let writing = thread::spawn(move || {
        input.write_all(&initialize()).unwrap();
        for _ in 0..20_000 {
            input.write_all(b"Content-Length: 4\r\n\r\nnone").unwrap();
        }
        let bye = json!({"jsonrpc": "2.0", "id": "bye", "method": "shutdown"});
        input.write_all(&[framed(&bye), framed(&json!({"jsonrpc": "2.0", "method": "exit"}))].concat()).unwrap();
    });
    let (sender, ends) = mpsc::channel();
    thread::spawn(move || {
        let mut all = Vec::new();
        output.by_ref().read_to_end(&mut all).unwrap();
        sender.send(String::from_utf8(all).unwrap()).unwrap();
    });
    let all = ends.recv_timeout(LIMIT).expect("the server goes on");
    assert_eq!(all.matches("-32700").count(), 20_000);
    assert!(all.contains("\"bye\""));
    writing.join().unwrap();
    assert_eq!(server.wait().unwrap().code(), Some(0));
    let last = BufReader::new(server.stderr.take().unwrap()).lines().last().unwrap().unwrap();
    assert!(last.ends_with("(truncated)"), "{last}");
}
