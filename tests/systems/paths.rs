//! Paths on the command line and in what it writes: people and JSON see the system's own separators, formats that other
//! programs read on any system have `/`.

use std::fs;

use serde_json::Value;

use crate::support::{TYPO_POLICY, connect_policy, folder, native};

#[test]
fn people_see_the_systems_separators_and_programs_get_slashes() {
    let folder = folder(&[("infra/deep/a.json", TYPO_POLICY)]);
    let written = |format: &str| connect_policy(&["check", "--format", format]).in_folder(&folder).finish().exits_with(1);
    assert!(written("human").output.contains(&format!("--> {}:1:", native("infra/deep/a.json"))));
    assert_eq!(written("json").json()["findings"][0]["path"], native("infra/deep/a.json"));
    let sarif = written("sarif").json();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "infra/deep/a.json");
    assert!(written("github").output.contains("file=infra/deep/a.json,"));
    assert_eq!(written("gitlab").json()[0]["location"]["path"], "infra/deep/a.json");
}

#[test]
fn fingerprints_and_baselines_are_the_same_on_every_system() {
    let folder = folder(&[("infra/a.json", TYPO_POLICY)]);
    let gitlab = connect_policy(&["check", "--format", "gitlab"]).in_folder(&folder).finish().exits_with(1).json();
    // A team's machines compare these with one another, so this is what every system writes.
    assert_eq!(gitlab[0]["fingerprint"], "dac0bf0d3c2496da");
    let known = "{\"version\": 1, \"findings\": [\r\n\
                 {\"path\":\"infra/a.json\",\"rule\":\"unknown-action\",\"text\":\"connect:DescribeUsr\",\"number\":1}\r\n]}\r\n";
    fs::write(folder.path().join("known.json"), known).unwrap();
    connect_policy(&["check", "--baseline", "known.json", "infra"]).in_folder(&folder).finish().exits_with(0);
}

#[test]
fn a_path_may_be_typed_with_either_separator_where_both_are_taken() {
    let folder = folder(&[("infra/deep/a.json", TYPO_POLICY)]);
    let mut typed = vec!["infra/deep/a.json", "./infra/deep/a.json", "infra/../infra/deep/a.json"];
    if cfg!(windows) {
        typed.extend([r"infra\deep\a.json", r".\infra\deep/a.json", r"INFRA\Deep\A.JSON"]);
    }
    for path in typed {
        let json = connect_policy(&["check", "--format", "json", path]).in_folder(&folder).finish().exits_with(1).json();
        assert_eq!((json["files"].as_u64(), json["findings"].as_array().map(Vec::len)), (Some(1), Some(1)), "{path}");
    }
    let absolute = folder.path().join("infra/deep/a.json");
    connect_policy(&["check".as_ref(), absolute.as_os_str()]).finish().exits_with(1);
}

#[test]
fn globs_have_slashes_everywhere() {
    let toml =
        "[files]\nexclude = [\"legacy/**\"]\n[[override]]\npaths = [\"sandbox/deep/*.json\"]\nrules = { unknown-action = \"off\" }\n";
    let folder = folder(&[
        ("connect-policy.toml", toml),
        ("legacy/deep/a.json", TYPO_POLICY),
        ("sandbox/deep/b.json", TYPO_POLICY),
        ("sandbox/c.json", TYPO_POLICY),
    ]);
    let json = connect_policy(&["check", "--format", "json"]).in_folder(&folder).finish().exits_with(1).json();
    let paths: Vec<&Value> = json["findings"].as_array().unwrap().iter().map(|finding| &finding["path"]).collect();
    assert_eq!(paths, [&native("sandbox/c.json")]);
}

/// Where a backslash is a letter of a name, it stays one.
#[cfg(unix)]
#[test]
fn a_backslash_in_a_name_is_no_separator() {
    let folder = folder(&[(r"a\b.json", TYPO_POLICY)]);
    let written = |format: &str| connect_policy(&["check", "--format", format]).in_folder(&folder).finish().exits_with(1);
    assert_eq!(written("json").json()["findings"][0]["path"], r"a\b.json");
    let sarif = written("sarif").json();
    assert_eq!(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a%5Cb.json");
    connect_policy(&["check", r"a\b.json"]).in_folder(&folder).finish().exits_with(1);
}

#[test]
fn an_ending_in_any_letter_case_is_read() {
    let folder = folder(&[("A.JSON", TYPO_POLICY), ("b/C.Yaml", "a: b"), ("b/MAIN.TF", "")]);
    let json = connect_policy(&["check", "--format", "json", "--exit-zero"]).in_folder(&folder).finish().exits_with(0).json();
    assert_eq!(json["files"], 3, "{json}");
    assert_eq!(json["findings"][0]["path"], "A.JSON", "a name is written as the disk has it");
}

/// Two names of one file are one file where letter case does not count, and two files elsewhere.
#[test]
fn a_file_in_two_letter_cases_is_checked_once() {
    let folder = folder(&[("a.json", TYPO_POLICY)]);
    let ignores_case = folder.path().join("A.json").exists();
    if !ignores_case {
        fs::write(folder.path().join("A.json"), "{}").unwrap();
    }
    let json = connect_policy(&["check", "--format", "json", "a.json", "A.json"]).in_folder(&folder).finish().exits_with(1).json();
    let findings = json["findings"].as_array().map(Vec::len);
    assert_eq!((json["files"].as_u64(), findings), (Some(if ignores_case { 1 } else { 2 }), Some(1)), "{json}");
}

/// A name that Windows keeps for a device, in an editor, where it is a document as any other.
#[test]
fn names_of_devices_are_documents_in_an_editor() {
    let mut client = crate::support::Client::pulling();
    for name in ["nul.json", "con.json", "COM1.tf", "aux.yaml"] {
        let uri = format!("file:///c%3A/work/{name}");
        client.open(&uri, "json", TYPO_POLICY);
        assert_eq!(client.pull(&uri)[0]["code"], "unknown-action", "{uri}");
    }
}
