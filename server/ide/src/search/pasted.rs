//! Text as it is pasted, put back as it was sent: escapes of JSON undone, lines that a terminal broke joined again.

/// How often a JSON string may lie in another: a Lambda's error in a body in a log record.
const MOST_NESTED: usize = 4;

/// The text in one line, escapes undone.
pub(super) fn unwrapped(text: &str) -> String {
    let text = unescaped(&plain(text));
    let mut out = String::new();
    for (number, line) in text.lines().enumerate() {
        match (number, unquoted(line)) {
            (0, line) => out.push_str(line),
            (_, line) => join(&mut out, line),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that is percent-encoded as a whole, as in an address, decoded; others as they are.
fn plain(text: &str) -> String {
    if text.contains(char::is_whitespace) || !text.contains("%20") && !text.contains("%3A+") {
        return text.to_owned();
    }
    percent_decoded(&text.replace('+', " "))
}

/// A line without the mark that a mail's quotation (`>`) or Terraform's box (`│`) puts before it.
fn unquoted(line: &str) -> &str {
    let rest = line.trim_start_matches(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '│' | '╷' | '╵' | '|'));
    if rest.len() == line.trim_start().len() { line } else { rest }
}

/// Undoes `\"`, `\n` and the like, as often as they were applied.
fn unescaped(text: &str) -> String {
    let mut text = text.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'");
    for _ in 0..MOST_NESTED {
        if !text.contains("\\\"") && !text.contains("\\n") && !text.contains("\\u00") {
            break;
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text.chars().peekable();
        while let Some(letter) = rest.next() {
            if letter != '\\' {
                out.push(letter);
                continue;
            }
            match rest.next() {
                Some('n' | 'r') => out.push('\n'),
                Some('t') => out.push(' '),
                Some('u') => out.push(unicode(&mut rest)),
                Some(other @ ('"' | '\\' | '/' | '\'')) => out.push(other),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            }
        }
        text = out;
    }
    text
}

fn unicode(rest: &mut impl Iterator<Item = char>) -> char {
    let digits: String = rest.take(4).collect();
    u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).unwrap_or(' ')
}

/// Words of such messages and of what stands around them. A line break beside one of them is a space that was there.
const WORDS: &[&str] = &[
    "access",
    "action",
    "allows",
    "and",
    "authorization",
    "authorized",
    "because",
    "boundary",
    "calling",
    "control",
    "deny",
    "denied",
    "encoded",
    "endpoint",
    "error",
    "explicit",
    "failure",
    "identity-based",
    "is",
    "message",
    "not",
    "occurred",
    "on",
    "operation",
    "perform",
    "permissions",
    "policy",
    "resource",
    "resource-based",
    "service",
    "session",
    "the",
    "to",
    "trust",
    "when",
    "with",
    "User",
    "VPC",
    "Encoded",
];

/// Short words that also end or begin a cut word, so that they count only as what the line before ends in.
const SHORT_WORDS: &[&str] = &["a", "an", "in", "no"];

/// Adds a line. A terminal breaks words where its width ends, an editor between words.
fn join(out: &mut String, line: &str) {
    let is_apart = out.is_empty() || line.is_empty() || out.ends_with(char::is_whitespace) || line.starts_with(char::is_whitespace);
    if is_apart || is_between_words(out, line) {
        out.push(' ');
    }
    out.push_str(line);
}

fn is_between_words(before: &str, after: &str) -> bool {
    let left = before.split_whitespace().next_back().unwrap_or_default();
    let right = after.split_whitespace().next().unwrap_or_default();
    let joined = format!("{left}{right}");
    if is_word(&joined) || SHORT_WORDS.contains(&joined.as_str()) || joined.starts_with("arn:") && !left.contains(':') {
        return false;
    }
    let ends = is_word(left) || SHORT_WORDS.contains(&left);
    // A stop ends a sentence only before a capital; an ARN goes on behind its colons and stops.
    let is_stop = left.ends_with('.') && right.starts_with(char::is_uppercase);
    let is_closed = is_stop || left.ends_with([',', ';', ')', '"', '}']);
    let begins = is_word(right) || right.starts_with(['"', '{', '(']);
    ends || is_closed || begins
}

/// Whether a text is one of [`WORDS`] with the marks around it. Capitals begin only few of them, so that `User` alone may be
/// the end of a name.
fn is_word(text: &str) -> bool {
    let plain = text.trim_matches(|letter: char| !letter.is_alphanumeric());
    WORDS.contains(&plain) && (plain != "User" || text.ends_with(':'))
}

/// A text with `%3A` and the like decoded, as often as they were encoded; as it is if that gives no text.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..MOST_NESTED {
        let Some(decoded) = decoded_once(&text) else { break };
        text = decoded;
    }
    text
}

fn decoded_once(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    let mut is_changed = false;
    while let [first, after @ ..] = rest {
        let digit = |at: usize| after.get(at).and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest = &after[2..];
                is_changed = true;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    is_changed.then(|| String::from_utf8(bytes).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_lines_are_joined_within_words_and_between_them() {
        for (pasted, sent) in [
            ("arn:aws:connect:us-east-1:1111222\n23333:instance/a is not", "arn:aws:connect:us-east-1:111122223333:instance/a is not"),
            ("is not\nauthorized to per\nform: connect:ListUsers", "is not authorized to perform: connect:ListUsers"),
            ("on resource:\narn:aws:connect:r", "on resource: arn:aws:connect:r"),
            ("no iden\ntity-based policy\nallows", "no identity-based policy allows"),
            ("instance/4d1\na with an", "instance/4d1a with an"),
            ("User:\r\n  arn:aws:iam::1:user/b", "User: arn:aws:iam::1:user/b"),
            ("arn:aws:\nconnect:r", "arn:aws:connect:r"),
            ("│ is not\n│ authorized to perform:\n│ connect:ListUsers on", "is not authorized to perform: connect:ListUsers on"),
            ("> no iden\n> tity-based policy\n>> allows", "no identity-based policy allows"),
            ("is%20not+authorized%20to%20perform%3A%20a%3Ab", "is not authorized to perform: a:b"),
        ] {
            assert_eq!(unwrapped(pasted), sent);
        }
    }

    #[test]
    fn escapes_are_undone_as_often_as_they_were_applied() {
        assert_eq!(unwrapped(r#"{\"error\":\"a \\\"b\\\"\\n  at c\"}"#), r#"{"error":"a "b" at c"}"#);
        assert_eq!(percent_decoded("arn%3Aaws%253Aconnect"), "arn:aws:connect");
        assert_eq!(percent_decoded("100%"), "100%");
    }
}
