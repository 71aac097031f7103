//! Errors in the syntax of a toml, in plain words.

/// What is wrong, by what the parser says about it.
pub(crate) fn syntax_reason(error: &str) -> &'static str {
    const REASONS: [(&str, &str); 20] = [
        ("duplicate key", "duplicate key"),
        ("unclosed table", "missing `]`"),
        ("unclosed array table", "missing `]]`"),
        ("unclosed array", "missing `]`"),
        ("unclosed inline table", "missing `}`"),
        ("missing comma", "missing `,`"),
        ("extra comma", "unexpected `,`"),
        ("string values must be quoted", "missing value, or missing quotes around a string"),
        ("missing opening quote", "missing opening quote"),
        ("invalid basic string", "missing closing quote"),
        ("invalid literal string", "missing closing quote"),
        ("invalid multi-line", "missing closing quotes"),
        ("escape", "invalid escape sequence in a string"),
        ("missing assignment", "missing `=` after a key"),
        ("key with no value", "missing `=` after a key"),
        ("extra assignment", "unexpected `=`"),
        ("extra `=`", "unexpected `=`"),
        ("missing value", "missing value after `=`"),
        ("unquoted key", "invalid key; use letters, digits, `-` and `_`, or quote it"),
        ("recursion", "too many nested values"),
    ];
    REASONS.iter().find(|(words, _)| error.contains(words)).map_or("invalid TOML", |(_, reason)| reason)
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (_, errors) = DeTable::parse_recoverable(text);
        let reasons: Vec<&str> = errors.iter().map(|error| syntax_reason(error.message())).collect();
        assert_eq!(reasons.first(), Some(&expected), "{:?}", errors.iter().map(|error| error.message()).collect::<Vec<_>>());
    }

    #[test]
    fn common_mistakes_are_named() {
        check("a = true\na = false", "duplicate key");
        check("[rules", "missing `]`");
        check("[[override]", "missing `]]`");
        check("a = [\"b\"", "missing `]`");
        check("a = {b = 1", "missing `}`");
        check("a = [\"b\" \"c\"]", "missing `,`");
        check("a = error", "missing value, or missing quotes around a string");
        check("a = \"b", "missing closing quote");
        check("a = 'b", "missing closing quote");
        check("a = \"\"\"b", "missing closing quotes");
        check("a = \"\\q\"", "invalid escape sequence in a string");
        check("a", "missing `=` after a key");
        check("a =", "missing value, or missing quotes around a string");
        check("a = = 1", "unexpected `=`");
    }
}
