//! Action patterns as IAM reads them: letter case does not matter, `*` takes any text and `?` any one character.

/// A pattern of actions, `connect:List*`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern {
    service: String,
    name: String,
}

impl Pattern {
    /// Reads a pattern. A bare `*` takes all actions of all services; text without a colon is otherwise no pattern.
    pub fn new(text: &str) -> Option<Pattern> {
        if text == "*" {
            return Some(Pattern { service: "*".to_owned(), name: "*".to_owned() });
        }
        let (service, name) = text.split_once(':')?;
        Some(Pattern { service: service.to_ascii_lowercase(), name: name.to_ascii_lowercase() })
    }

    /// Whether a text has anything but literal characters.
    pub fn is_wild(text: &str) -> bool {
        text.contains(['*', '?'])
    }

    /// Whether actions of this service can match.
    pub fn matches_service(&self, prefix: &str) -> bool {
        glob(&self.service, prefix)
    }

    /// Whether a name without prefix matches, given that its service does.
    pub fn matches_name(&self, name: &str) -> bool {
        glob(&self.name, name)
    }

    /// Whether a full name matches.
    pub fn matches(&self, action: &str) -> bool {
        action.split_once(':').is_some_and(|(service, name)| self.matches_service(service) && self.matches_name(name))
    }
}

/// Whether a text matches a pattern with `*` and `?`. ASCII letter case does not matter. Takes time in proportion to the
/// product of both lengths at worst, and mostly to the text's.
pub fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    // Where the last star stands, and how much text it has taken so far.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&byte) if byte == b'?' || byte.eq_ignore_ascii_case(&text[t]) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, taken)) => {
                    star = Some((at, taken + 1));
                    p = at + 1;
                    t = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&byte| byte == b'*')
}

/// Whether a text fits a template with `${…}` for parts that vary; each such part takes at least one character.
pub(crate) fn matches_template(template: &str, text: &str) -> bool {
    match template.split_once("${") {
        None => template.eq_ignore_ascii_case(text),
        Some((head, rest)) => {
            let tail = rest.split_once('}').map_or("", |(_, tail)| tail);
            let fits =
                text.len() > head.len() + tail.len() && text.is_char_boundary(head.len()) && text.is_char_boundary(text.len() - tail.len());
            fits && text[..head.len()].eq_ignore_ascii_case(head) && text[text.len() - tail.len()..].eq_ignore_ascii_case(tail)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks_match_as_iam_reads_them() {
        for (pattern, text, matches) in [
            ("*", "", true),
            ("List*", "ListUsers", true),
            ("list*", "LISTUSERS", true),
            ("*User", "DescribeUser", true),
            ("*User", "DescribeUsers", false),
            ("*e*e*", "DescribeUser", true),
            ("Get?", "Gets", true),
            ("Get?", "Get", false),
            ("Lst*", "ListUsers", false),
            ("a*b*c", "a-b-b-c", true),
        ] {
            assert_eq!(glob(pattern, text), matches, "{pattern} on {text}");
        }
    }

    #[test]
    fn a_pattern_matches_service_and_name() {
        let pattern = Pattern::new("Conn*:List?sers").expect("a pattern");
        assert!(pattern.matches("connect:ListUsers"));
        assert!(!pattern.matches("cases:ListUsers"));
        assert!(Pattern::new("*").expect("all").matches("connect:ListUsers"));
        assert_eq!(Pattern::new("ListUsers"), None);
    }

    #[test]
    fn a_template_takes_any_text_in_its_hole_but_none() {
        assert!(matches_template("aws:ResourceTag/${TagKey}", "AWS:resourcetag/team"));
        assert!(!matches_template("aws:ResourceTag/${TagKey}", "aws:ResourceTag/"));
        assert!(matches_template("connect:InstanceId", "connect:instanceid"));
    }
}
