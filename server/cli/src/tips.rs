//! Words that people try as commands, and the commands that do it.

/// What a word stands for in other programs, and the command for it here.
const TIPS: &[(&[&str], &str, &str)] = &[
    (&["lint", "validate", "scan", "test", "verify", "analyze", "audit"], "check", "to check policies"),
    (&["fmt", "format", "fix"], "check --fix", "to apply safe fixes"),
    (&["describe", "show", "search", "find", "lookup", "info", "query"], "explain", "to look up names or search"),
    (&["serve", "server", "language-server", "langserver", "start"], "lsp", "to start the language server"),
    (&["diff", "compare"], "report --against", "to compare with a git revision or another path"),
    (&["summary", "matrix", "access"], "report", "to show who can do what"),
    (&["template", "generate", "create", "scaffold"], "new", "to print a policy or profile to start from"),
    (&["config", "configure", "setup"], "init", "to write a configuration file"),
    (&["demo", "tutorial", "example", "examples"], "tour", "to see examples"),
    (&["completion", "complete"], "completions", "to print a completion script"),
    (&["version"], "--version", "to print the version"),
    (&["list", "list-rules"], "rules", "to list the rules"),
];

/// The tip for a user who tries this word as a command; `None` for other words.
pub(crate) fn tip(word: &str) -> Option<String> {
    let word = word.to_ascii_lowercase();
    let (_, command, purpose) = TIPS.iter().find(|(words, ..)| words.contains(&word.as_str()))?;
    Some(format!("unknown command `{word}`; run `connect-policy {command}` {purpose}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likely_words_lead_to_the_right_command() {
        assert_eq!(tip("lint").as_deref(), Some("unknown command `lint`; run `connect-policy check` to check policies"));
        assert_eq!(tip("Search").as_deref(), Some("unknown command `search`; run `connect-policy explain` to look up names or search"));
        assert_eq!(tip("frobnicate"), None);
    }
}
