//! Files and names as disks have them: what is no ordinary file is passed over, and nothing that is written is lost.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::tempdir;

use crate::support::{Client, TYPO_POLICY, connect_policy};

/// A policy whose one slip is certainly one.
const SLIP: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["connect:listusers"],"Resource":"*"}]}"#;

#[test]
fn names_of_windows_and_of_no_file_are_answered() {
    for uri in [
        "file:///c%3A/Users/me/policy.json",
        "file:///C:/Users/me/policy.json",
        "file://server/share/policy.json",
        "untitled:Untitled-1",
        "untitled:/c:/x/policy.json",
        "vscode-notebook-cell:/a.ipynb#W0",
        "git:/repo/policy.json?%7B%22ref%22%3A%22HEAD%22%7D",
        "zipfile:///a.zip::policy.json",
        "jdt://x",
        "file:///",
        "file:///%00%ff/policy.json",
        "",
    ] {
        let mut client = Client::pulling();
        client.open(uri, "json", TYPO_POLICY);
        assert_eq!(client.pull(uri)[0]["code"], "unknown-action", "{uri}");
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 200}});
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
        let actions = client.request("textDocument/codeAction", params);
        assert!(actions[0]["edit"].to_string().contains(&Value::from(uri).to_string()), "{uri}: {actions}");
    }
}

#[test]
fn a_long_path_is_walked() {
    let folder = tempdir().unwrap();
    // Each part may have 255 bytes, and most systems take 4096 in one call.
    let mut deep = folder.path().to_owned();
    for _ in 0..15 {
        deep = deep.join("d".repeat(240));
        fs::create_dir(&deep).unwrap();
    }
    fs::write(deep.join("policy.json"), TYPO_POLICY).unwrap();
    let run = connect_policy(&["check"]).in_folder(&folder).finish().exits_with(1);
    assert!(run.output.contains("policy.json"), "{run:?}");
}

#[test]
fn a_file_that_is_gone_is_named() {
    let folder = tempdir().unwrap();
    let run = connect_policy(&["check", "gone.json"]).in_folder(&folder).finish().exits_with(2);
    assert!(run.errors.contains("`gone.json` does not exist"), "{run:?}");
}

#[test]
fn a_read_only_file_stays_as_it_is() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.json");
    fs::write(&path, SLIP).unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let run = connect_policy(&["check", "--fix", "--level", "hint"]).in_folder(&folder).finish();
    assert!(run.errors.contains("cannot fix a.json: read-only"), "{run:?}");
    whole(folder.path(), SLIP);
}

/// The folder holds one file with this text, and nothing was left beside it.
#[track_caller]
fn whole(folder: &Path, text: &str) {
    assert_eq!(fs::read_to_string(folder.join("a.json")).unwrap(), text);
    assert_eq!(fs::read_dir(folder).unwrap().count(), 1, "something was left behind");
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::{Command, Stdio};

    use super::*;
    use crate::support::program;

    fn fifo(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    #[test]
    fn loops_pipes_and_dead_links_in_a_folder_are_passed_over() {
        let folder = tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a.json"), TYPO_POLICY).unwrap();
        fs::create_dir(path("deep")).unwrap();
        symlink("..", path("deep/up")).unwrap();
        symlink("self.json", path("self.json")).unwrap();
        symlink("nowhere", path("dead.json")).unwrap();
        symlink("/dev/zero", path("zero.json")).unwrap();
        fifo(&path("pipe.json"));
        let run = connect_policy(&["check", "--format", "json"]).in_folder(&folder).finish().exits_with(1);
        assert_eq!(run.json()["files"], 1, "{run:?}");
    }

    #[test]
    fn a_device_is_refused_though_it_was_named() {
        for device in ["/dev/zero", "/dev/null"] {
            let run = connect_policy(&["check", device]).finish().exits_with(2);
            assert!(run.errors.contains("a device"), "{run:?}");
        }
        let folder = tempdir().unwrap();
        symlink("/dev/zero", folder.path().join("zero.json")).unwrap();
        connect_policy(&["check", "zero.json"]).in_folder(&folder).finish().exits_with(2);
    }

    #[test]
    fn a_pipe_that_was_named_is_read_to_its_end() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("pipe.json");
        fifo(&path);
        let writer = std::thread::spawn(move || fs::write(path, TYPO_POLICY));
        let run = connect_policy(&["check", "pipe.json"]).in_folder(&folder).finish().exits_with(1);
        assert!(run.output.contains("unknown-action"), "{run:?}");
        writer.join().unwrap().unwrap();
    }

    #[test]
    fn a_link_that_leads_to_itself_is_named() {
        let folder = tempdir().unwrap();
        symlink("a.json", folder.path().join("a.json")).unwrap();
        let run = connect_policy(&["check", "a.json"]).in_folder(&folder).finish().exits_with(2);
        assert!(run.errors.contains("`a.json` cannot be opened"), "{run:?}");
    }

    #[test]
    fn an_unreadable_folder_is_named_and_the_rest_checked() {
        let folder = tempdir().unwrap();
        let closed = folder.path().join("closed");
        fs::create_dir(&closed).unwrap();
        fs::write(closed.join("b.json"), TYPO_POLICY).unwrap();
        fs::write(folder.path().join("a.json"), TYPO_POLICY).unwrap();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        let is_barred = fs::read_dir(&closed).is_err();
        let run = connect_policy(&["check"]).in_folder(&folder).finish().exits_with(1);
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(run.output.contains("a.json"), "{run:?}");
        // Nothing is barred to root.
        assert!(!is_barred || run.errors.contains("skipped ./closed: cannot be read"), "{run:?}");
    }

    #[test]
    fn a_name_that_is_not_utf8_is_checked_and_told() {
        let folder = tempdir().unwrap();
        let name = OsStr::from_bytes(b"p\xffq.json");
        if fs::write(folder.path().join(name), SLIP).is_err() {
            // The file system takes no such name.
            return;
        }
        for format in ["human", "json", "sarif", "github"] {
            let run = connect_policy(&["check", "--format", format, "--level", "hint"]).in_folder(&folder).finish().exits_with(1);
            assert!(run.output.contains("p\u{fffd}q.json") || run.output.contains("p%EF%BF%BDq.json"), "{format}: {run:?}");
        }
        connect_policy(&["check", "--fix", "--level", "hint"]).in_folder(&folder).finish();
        assert!(fs::read_to_string(folder.path().join(name)).unwrap().contains("connect:ListUsers"));
    }

    #[test]
    fn a_full_disk_loses_nothing() {
        let folder = tempdir().unwrap();
        let long = format!("{SLIP}{}", " ".repeat(8 << 10));
        fs::write(folder.path().join("a.json"), &long).unwrap();
        // A limit of 4 KiB on what is written stands for a disk with no more room; the signal that comes with it is ignored,
        // so that writing fails as it does on a full disk.
        let output = Command::new("bash")
            .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" check --fix --level hint a.json"])
            .arg(program())
            .current_dir(&folder)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.contains("cannot fix a.json: "), "{errors}");
        whole(folder.path(), &long);
    }

    #[test]
    fn a_read_only_folder_loses_nothing() {
        let folder = tempdir().unwrap();
        fs::write(folder.path().join("a.json"), SLIP).unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
        let run = connect_policy(&["check", "--fix", "--level", "hint", "a.json"]).in_folder(&folder).finish();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        assert!(run.errors.contains("cannot fix a.json: folder is read-only"), "{run:?}");
        whole(folder.path(), SLIP);
    }
}
