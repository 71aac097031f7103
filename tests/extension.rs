//! The extension's own checks, run from here so that `cargo test` covers the whole repository. No other test calls npm, and
//! what it installs and builds is what `.ci/run` packages afterwards.
//!
//! They need Node. Without it this test says so and passes, except with CI=true, when it fails.

use std::path::Path;
use std::process::Command;

/// npm is a script there, which has to be named in full.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

#[test]
fn the_extension_passes_its_own_checks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("vscode-extension"))
        .find(|folder| folder.is_dir())
        .expect("the extension's folder");
    if Command::new("node").arg("--version").output().is_err() || Command::new(NPM).arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "Node is missing, and CI needs it");
        eprintln!("skipped: Node is not installed, so the extension was not checked");
        return;
    }
    for arguments in [
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"].as_slice(),
        &["run", "--silent", "lint"],
        &["run", "--silent", "bundle"],
        &["test", "--silent"],
    ] {
        let output = Command::new(NPM).args(arguments).current_dir(&folder).output().expect("npm runs");
        assert!(
            output.status.success(),
            "npm {}:\n{}\n{}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
