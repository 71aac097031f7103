//! What makes a finding the same one after other lines have moved: its rule, its file, the text that it is about, and which
//! of several such it is.

use std::collections::HashMap;

use connect_policy_project::CheckedFile;
use serde::{Deserialize, Serialize};

/// A finding's identity. It holds no line, so that what is written above a finding does not change it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub(crate) struct Key {
    /// The file, with slashes.
    pub(crate) path: String,
    pub(crate) rule: String,
    /// The text that the finding covers, white space made single spaces.
    pub(crate) text: String,
    /// From 1, among those with the same path, rule and text.
    pub(crate) number: usize,
}

impl Key {
    /// A short form, the same in every version and on every machine.
    pub(crate) fn fingerprint(&self) -> String {
        // FNV-1a: stable, and nobody gains by a collision.
        let number = self.number.to_string();
        let parts = [&self.rule, &self.path, &self.text, &number];
        let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        format!("{hash:016x}")
    }
}

/// The identities of a file's findings, in their order.
pub(crate) fn keys(checked: &CheckedFile, path: &str) -> Vec<Key> {
    let mut seen: HashMap<(&str, String), usize> = HashMap::new();
    let key = |finding: &connect_policy_ide::Finding| {
        let text = checked.text.get(finding.range.clone()).unwrap_or("");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let number = seen.entry((finding.rule, text.clone())).or_default();
        *number += 1;
        Key { path: path.to_owned(), rule: finding.rule.to_owned(), text, number: *number }
    };
    checked.findings.iter().map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_never_changes() {
        let key = Key { path: "a/b.json".to_owned(), rule: "unknown-action".to_owned(), text: "connect:X".to_owned(), number: 1 };
        assert_eq!(key.fingerprint(), "235871750b875371");
        assert_ne!(key.fingerprint(), Key { number: 2, ..key.clone() }.fingerprint());
    }
}
