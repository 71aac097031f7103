//! What is written elsewhere about the rules agrees with the rules. `UPDATE_EXPECT=1 cargo test` rewrites it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use connect_policy_ide::rules;

#[track_caller]
fn check(path: &str, wanted: impl Fn(&str) -> String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    let found = fs::read_to_string(&path).unwrap_or_default();
    let wanted = wanted(&found);
    if found == wanted {
        return;
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        fs::write(&path, wanted).expect("the file");
        return;
    }
    panic!("{} differs from the rules; UPDATE_EXPECT=1 cargo test rewrites it", path.display());
}

#[test]
fn the_readmes_table_lists_the_rules() {
    check("README.md", |readme| {
        let (begin, end) = ("<!-- rules: begin -->\n", "<!-- rules: end -->");
        let (before, rest) = readme.split_once(begin).expect("a mark where the table begins");
        let (_, after) = rest.split_once(end).expect("a mark where it ends");
        let mut table = "| rule | level | reports |\n| --- | --- | --- |\n".to_owned();
        for rule in rules() {
            let _ = writeln!(table, "| [{0}](server/docs/rules.md#{0}) | {1} | {2} |", rule.code, rule.severity, rule.summary);
        }
        format!("{before}{begin}{table}{end}{after}")
    });
}

#[test]
fn every_rule_has_its_page() {
    check("server/docs/rules.md", |_| {
        let mut pages =
            "# Rules\n\nAll rules with their default levels. `connect-policy explain RULE` prints the page of one rule.\n".to_owned();
        for rule in rules() {
            let _ = write!(pages, "\n## {}\n\nLevel: {}\n\n{}\n", rule.code, rule.severity, rule.page().trim_end());
        }
        pages
    });
}
