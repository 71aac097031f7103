//! The extension's own checks, run from here so that `cargo test` covers the whole repository.
//!
//! They need Node. Where there is none, this says so and passes, except with CI=true, where that is a failure.

use std::path::Path;
use std::process::Command;

#[test]
fn the_extension_passes_its_own_checks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vscode-extension");
    if Command::new("node").arg("--version").output().is_err() || Command::new("npm").arg("--version").output().is_err() {
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
        let output = Command::new("npm").args(arguments).current_dir(&folder).output().expect("npm runs");
        assert!(
            output.status.success(),
            "npm {}:\n{}\n{}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
