//! ARNs as policies write them: patterns with `*` and `?`, and with parts that are only known later.

use std::borrow::Cow;

/// An ARN's text with every byte of a part that is only known later (`${…}`, `%{…}`, `&{…}`, `#{…}`, `{{…}}`) written as `*`, so
/// that places stay where they are.
pub fn without_holes(text: &str) -> Cow<'_, str> {
    let mut bytes = Vec::new();
    let mut from = 0;
    while let Some(brace) = text[from..].find('{').map(|ahead| from + ahead) {
        from = brace + 1;
        let start = if brace > 0 && matches!(text.as_bytes()[brace - 1], b'$' | b'%' | b'&' | b'#') { brace - 1 } else { brace };
        let is_double = text[from..].starts_with('{');
        if start == brace && !is_double {
            continue;
        }
        if bytes.is_empty() {
            bytes = text.as_bytes().to_vec();
        }
        let closing = if is_double { "}}" } else { "}" };
        let end = text[brace..].find(closing).map_or(text.len(), |ahead| brace + ahead + closing.len());
        bytes[start..end].fill(b'*');
        from = end;
    }
    if bytes.is_empty() { Cow::Borrowed(text) } else { String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned) }
}

/// Whether a text that is not an ARN begins with a placeholder, which a template engine, a script or a person replaces: `{{ arn }}`,
/// `<ARN>`, `%ARN%`, `__ARN__`, `@ARN@`, `$ARN`, `#{arn}`, `REPLACE_ME`. Not what the document's own format replaces (`${…}`).
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let head = text.split(['/', ':']).next().unwrap_or("");
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    let is_between = |mark: &str| head.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)).is_some_and(is_word);
    let is_upper = head.bytes().any(|byte| byte.is_ascii_uppercase()) && !head.bytes().any(|byte| byte.is_ascii_lowercase());
    ["{", "${{", "$(", "#{", "<", "[", "%("].iter().any(|mark| text.starts_with(mark))
        || ["%", "%%", "__", "@", "@@"].iter().any(|mark| is_between(mark))
        || head.strip_prefix('$').is_some_and(is_word)
        || (is_upper && is_word(head) && head != "ARN")
}

/// The parts of an ARN: `arn:partition:service:region:account:resource`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ArnParts<'t> {
    /// `aws`, `aws-us-gov`, ….
    pub partition: &'t str,
    /// The service, say `connect`.
    pub service: &'t str,
    /// The Region; empty for what is the same in all.
    pub region: &'t str,
    /// The account; empty for what belongs to none.
    pub account: &'t str,
    /// The rest.
    pub resource: &'t str,
}

impl<'t> ArnParts<'t> {
    /// Splits an ARN; `None` where it has too few parts, or is none.
    pub fn of(text: &'t str) -> Option<ArnParts<'t>> {
        let mut rest = text.strip_prefix("arn:")?;
        let mut next = || {
            let colon = rest.bytes().position(|byte| byte == b':')?;
            let part = rest.get(..colon)?;
            rest = rest.get(colon + 1..)?;
            Some(part)
        };
        let (partition, service, region, account) = (next()?, next()?, next()?, next()?);
        Some(ArnParts { partition, service, region, account, resource: rest })
    }
}

/// Whether a pattern as policies write it can match an ARN that a template (`arn:${Partition}:connect:…/${InstanceId}`)
/// describes. `*` matches anything, slashes too. What varies in a template matches anything, but no slash if `is_flat`.
/// Needs time in proportion to the product of both lengths at worst.
pub fn can_match(pattern: &str, template: &str, is_flat: bool) -> bool {
    match (ArnParts::of(pattern), ArnParts::of(template)) {
        // Where all parts are there, they are compared one by one; an account with a slash shows that a star matched colons.
        (Some(own), Some(other)) if !own.account.bytes().any(|byte| byte == b'/') => {
            let heads =
                [(own.service, other.service), (own.partition, other.partition), (own.region, other.region), (own.account, other.account)];
            let fits = |(own, other): (&str, &str)| other.starts_with("${") || own == other || matches(own, other, is_flat);
            heads.into_iter().all(fits) && matches(own.resource, other.resource, is_flat)
        }
        _ => matches(pattern, template, is_flat),
    }
}

/// Whether a pattern can match a text that a template describes.
fn matches(pattern: &str, template: &str, is_flat: bool) -> bool {
    is_flat.then(|| matches_by_segments(pattern, template)).flatten().unwrap_or_else(|| matches_by_positions(pattern, template, is_flat))
}

/// The same for all patterns and templates.
fn matches_by_positions(pattern: &str, template: &str, is_flat: bool) -> bool {
    let pattern = pattern.as_bytes();
    // Which places of the pattern can be reached with the pieces so far.
    let mut reached = vec![false; pattern.len() + 1];
    let mut next = reached.clone();
    reached[0] = true;
    skip_stars(pattern, &mut reached);
    for piece in Pieces(template) {
        next.fill(false);
        let mut is_open = false;
        for (at, next_byte) in pattern.iter().map(Some).chain([None]).enumerate() {
            match (piece, next_byte) {
                (Piece::Any, byte) => {
                    is_open |= reached[at];
                    next[at] = is_open;
                    is_open &= !(is_flat && byte == Some(&b'/'));
                }
                (Piece::Byte(_), Some(b'*')) => next[at] |= reached[at],
                (Piece::Byte(byte), Some(&own)) if own == b'?' || own == byte => next[at + 1] = reached[at],
                (Piece::Byte(_), _) => {}
            }
        }
        skip_stars(pattern, &mut next);
        std::mem::swap(&mut reached, &mut next);
        if !reached.contains(&true) {
            return false;
        }
    }
    reached[pattern.len()]
}

/// The same in one pass, which costs a hundredth: for patterns without wildcards but a last star, and templates of which every
/// segment is either written out or varies as a whole. `None` where it meets something else. Nearly all are of this kind.
fn matches_by_segments(pattern: &str, template: &str) -> Option<bool> {
    let (mut own, mut other) = (pattern.as_bytes(), template.as_bytes());
    loop {
        // Both are at the start of a segment here.
        if other.starts_with(b"${") {
            let end = other.iter().position(|&byte| byte == b'}')? + 1;
            other = &other[end..];
            if other.first().is_some_and(|&next| next != b'/') {
                return None;
            }
            own = &own[own.iter().position(|byte| matches!(byte, b'/' | b'*' | b'?')).unwrap_or(own.len())..];
        }
        loop {
            match (own, other) {
                ([b'*'], _) => return Some(true),
                ([b'*' | b'?', ..], _) | (_, [b'$' | b'*', ..]) => return None,
                ([], []) => return Some(true),
                ([one, own_rest @ ..], [two, other_rest @ ..]) if one == two => {
                    (own, other) = (own_rest, other_rest);
                    if *one == b'/' {
                        break;
                    }
                }
                _ => return Some(false),
            }
        }
    }
}

/// A star may match nothing.
fn skip_stars(pattern: &[u8], reached: &mut [bool]) {
    for at in 0..pattern.len() {
        if reached[at] && pattern[at] == b'*' {
            reached[at + 1] = true;
        }
    }
}

#[derive(Clone, Copy)]
enum Piece {
    Byte(u8),
    Any,
}

/// The pieces of a template, from front to back.
struct Pieces<'t>(&'t str);

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if let Some(hole) = self.0.strip_prefix("${") {
            self.0 = hole.split_once('}').map_or("", |(_, rest)| rest);
            return Some(Piece::Any);
        }
        let first = self.0.bytes().next()?;
        self.0 = self.0.get(1..).unwrap_or("");
        Some(if first == b'*' { Piece::Any } else { Piece::Byte(first) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_become_stars() {
        assert_eq!(without_holes("arn:aws:connect:${R::a}:1:instance/*"), "arn:aws:connect:*******:1:instance/*");
        assert_eq!(without_holes("${a.b}/queue/*"), "******/queue/*");
        assert_eq!(without_holes("plain"), "plain");
        assert_eq!(without_holes("a{b}${c"), "a{b}***");
        assert_eq!(without_holes("instance/{{resolve:ssm:/a/b}}/queue/*"), "instance/********************/queue/*");
        assert_eq!(without_holes("${{ a }}/b{{c"), "********/b***");
        assert_eq!(without_holes("#{arn}/{c}"), "******/{c}");
    }

    #[test]
    fn placeholders_stand_for_whole_arns() {
        for text in [
            "{{ arn }}",
            "{{ .Values.arn }}/queue/*",
            "{{resolve:ssm:/x}}/queue/*",
            "${{ env.ARN }}",
            "<QUEUE_ARN>",
            "<queue arn>/*",
            "%ARN%",
            "%ARN%/queue/*",
            "__ARN__",
            "@ARN@",
            "$ARN",
            "$arn/queue/*",
            "#{arn}",
            "REPLACE_ME",
            "QUEUE-ARN/*",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "",
            "*",
            "arn:aws:connect:*",
            "aws:connect:*",
            "ARN:aws:connect:*",
            " arn:aws:connect:*",
            "${x}/queue/*",
            "instance/*",
            "queue",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn a_pattern_matches_what_a_template_describes() {
        const USER: &str = "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/agent/${UserId}";
        const INSTANCE: &str = "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}";
        for (pattern, template, is_match) in [
            ("*", USER, true),
            ("arn:aws:connect:*:*:instance/*", USER, true),
            ("arn:aws:connect:*:*:instance/*", INSTANCE, true),
            ("arn:aws:connect:us-east-1:111122223333:instance/a/*", USER, true),
            ("arn:aws:connect:us-east-1:111122223333:instance/a/*", INSTANCE, false),
            ("arn:aws:connect:us-east-1:111122223333:instance/a/agent/b", USER, true),
            ("arn:aws:connect:us-east-1:111122223333:instance/*/user/*", USER, false),
            ("arn:aws:connect:us-east-1:111122223333:instance/a/queue/*", USER, false),
            ("*/agent/*", USER, true),
            ("*/*", INSTANCE, true),
            ("arn:aws:s3:::bucket", USER, false),
            ("arn:aws:connect:*", USER, true),
            ("arn:aws:connect:*:instance/a:*/agent/b", USER, true),
            ("arn:aws:connect:*:instance/*", USER, true),
            ("arn:aws*", USER, true),
        ] {
            assert_eq!(can_match(pattern, template, true), is_match, "{pattern} on {template}");
        }
        assert!(can_match("arn:aws:s3:::bucket/a/b", "arn:${Partition}:s3:::${BucketName}/${ObjectName}", false));
    }

    #[test]
    fn both_ways_to_compare_agree() {
        let segments = ["", "*", "a", "ab", "instance", "a*"];
        let mut compared = 0;
        for template in ["a", "${X}", "a/${X}", "${X}/ab", "instance/${X}/ab/${Y}", "instance/${X}/a", "a-${X}/b"] {
            for one in segments {
                for two in segments {
                    for three in segments {
                        for pattern in [
                            one.to_owned(),
                            format!("{one}/{two}"),
                            format!("{one}/{two}/{three}"),
                            format!("instance/{one}/{two}/{three}"),
                        ] {
                            if let Some(answer) = matches_by_segments(&pattern, template) {
                                assert_eq!(answer, matches_by_positions(&pattern, template, true), "{pattern} on {template}");
                                compared += 1;
                            }
                        }
                    }
                }
            }
        }
        assert!(compared > 1_000);
    }

    #[test]
    fn an_arn_has_six_parts() {
        assert_eq!(
            ArnParts::of("arn:aws:connect:r:1:instance/a:b").map(|parts| (parts.service, parts.resource)),
            Some(("connect", "instance/a:b"))
        );
        assert_eq!(ArnParts::of("arn:aws:connect:instance/a"), None);
        assert_eq!(ArnParts::of("*"), None);
    }
}
