//! Ignore comments: `connect-policy: ignore[rule, …]` after code applies to its own line, alone on a line to the next one.

use connect_policy_model::nearest;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use connect_policy_syntax::{Document, LineComment};

use super::own::unused_ignore::UNUSED_IGNORE;
use super::registry::{self, rules};
use crate::finding::{Applicability, Finding, Fix, Severity, TextEdit};

/// The beginning of an ignore comment, and what follows it.
const PROGRAM: &str = "connect-policy";
const VERB: &str = "ignore";
/// What people write instead, the longest first: the words of other tools.
const OTHER_VERBS: &[&str] = &["ignore-next-line", "disable-next-line", "ignore-line", "disable-line", "disable", "noqa", VERB];

/// How many comments apply to one line. Each is compared with each finding there, so there has to be a limit.
const MAX_ON_LINE: usize = 64;
/// Longer names are not compared with those of rules.
const MAX_RULE_NAME: usize = 40;

/// An ignore comment.
struct Suppression {
    comment: LineComment,
    /// The places of the rules that it names, and whether each suppressed anything.
    rules: Vec<(Range<usize>, bool)>,
    /// What to write anew if it is spelled in another way: from the program's name to the end of the rules.
    misspelled: Option<Range<usize>>,
    /// The line that it applies to, in bytes.
    line: Range<usize>,
}

/// Removes suppressed findings, and adds findings about comments that suppress nothing.
pub(crate) fn apply(document: &Document, mut found: Vec<Finding>) -> Vec<Finding> {
    let mut suppressions = suppressions(document);
    if suppressions.is_empty() {
        return found;
    }
    let text = document.text();
    // Lines are the same or apart, so one look-up finds those of a place.
    let mut by_line: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, ignore) in suppressions.iter().enumerate() {
        by_line.entry(ignore.line.start).or_default().push(index);
    }
    found.retain(|finding| {
        let Some((_, on_line)) = by_line.range(..=finding.range.start).next_back() else { return true };
        let mut is_ignored = false;
        for &index in on_line.iter().take(MAX_ON_LINE) {
            if finding.range.start > suppressions[index].line.end {
                continue;
            }
            for (_, is_used) in suppressions[index].rules.iter_mut().filter(|(rule, _)| text[rule.clone()] == *finding.rule) {
                *is_used = true;
                is_ignored = true;
            }
        }
        !is_ignored
    });
    found.extend(suppressions.iter().flat_map(|ignore| unused(text, ignore)));
    found
}

fn suppressions(document: &Document) -> Vec<Suppression> {
    let text = document.text();
    // Several of them may precede one line of code, so the last is read first.
    let mut ruled: HashMap<usize, Range<usize>> = HashMap::new();
    let mut suppressions = Vec::new();
    for comment in document.line_comments(PROGRAM).into_iter().rev() {
        let Some(Parsed { rules, misspelled }) = parse(text, &comment.rest) else { continue };
        let own = line_at(text, comment.range.start);
        let mut line = own.clone();
        if comment.is_alone && own.end < text.len() {
            let next = line_at(text, own.end + if text[own.end..].starts_with("\r\n") { 2 } else { 1 });
            line = ruled.get(&next.start).cloned().unwrap_or(next);
            ruled.insert(own.start, line.clone());
        }
        let rules = rules.into_iter().map(|rule| (rule, false)).collect();
        suppressions.push(Suppression { rules, misspelled, line, comment });
    }
    suppressions.reverse();
    suppressions
}

/// The line of a place, without its line break.
fn line_at(text: &str, place: usize) -> Range<usize> {
    let start = text[..place].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let end = text[place..].find(['\n', '\r']).map_or(text.len(), |length| place + length);
    start..end
}

/// What an ignore comment says.
struct Parsed {
    /// The places of the rules that it names.
    rules: Vec<Range<usize>>,
    misspelled: Option<Range<usize>>,
}

/// Reads a comment behind the program's name: `: ignore[rule, …]`, and what people write in its place. `None` for comments that
/// say something else.
fn parse(text: &str, rest: &Range<usize>) -> Option<Parsed> {
    let written = &text[rest.clone()];
    let after_colon = written.trim_start();
    let has_colon = after_colon.starts_with(':');
    let verb = after_colon.strip_prefix(':').unwrap_or(after_colon).trim_start();
    let word = OTHER_VERBS.iter().find(|word| verb.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word)));
    let tail = verb.get(word?.len()..)?;
    let list = tail.trim_start();
    // Without the colon, only a list in brackets distinguishes the comment from a sentence.
    if !has_colon && !list.starts_with('[') {
        return None;
    }
    let begin = rest.end - list.len();
    let (rules, end) = match list.chars().next().and_then(|open| Some((1, if open == '[' { ']' } else { (open == '(').then_some(')')? }))) {
        Some((start, close)) => {
            let length = list.find(close).unwrap_or(list.len());
            // An open bracket may continue into words that are not rules.
            let rules = names(text, begin + start..begin + length);
            let is_closed = length < list.len();
            (if is_closed || are_rules(text, &rules) { rules } else { Vec::new() }, begin + length + usize::from(is_closed))
        }
        None => {
            // `ignore rule`, `ignore: rule, rule`: words of rules only.
            let start = rest.end - list.trim_start_matches([':', '=', ' ']).len();
            let rules = names(text, start..rest.end);
            let end = rules.last().map_or(start, |rule| rule.end);
            (if tail.starts_with([' ', ':', '=']) && are_rules(text, &rules) { rules } else { Vec::new() }, end)
        }
    };
    let is_right = written.starts_with(": ignore[") && text[..end].ends_with(']');
    let misspelled = (!is_right && !rules.is_empty()).then(|| rest.start - PROGRAM.len()..end);
    Some(Parsed { rules, misspelled })
}

/// The places of the names between commas.
fn names(text: &str, list: Range<usize>) -> Vec<Range<usize>> {
    let mut start = list.start;
    let mut names = Vec::new();
    for part in text[list].split(',') {
        let name = part.trim();
        let begin = start + (part.len() - part.trim_start().len());
        if !name.is_empty() {
            names.push(begin..begin + name.len());
        }
        start += part.len() + 1;
    }
    names
}

fn are_rules(text: &str, names: &[Range<usize>]) -> bool {
    names.iter().all(|name| registry::rule(&text[name.clone()]).is_some())
}

fn unused(text: &str, ignore: &Suppression) -> Vec<Finding> {
    let remove = |range: Range<usize>| vec![TextEdit { range, new_text: String::new() }];
    if ignore.rules.is_empty() {
        let message = format!("ignore comment does not name a rule; write `{}`", comment_for("unknown-action"));
        let edits = remove(whole(text, &ignore.comment));
        return vec![malformed(ignore.comment.range.clone(), message, "Remove the comment".to_owned(), edits)];
    }
    let is_all_unused = ignore.rules.iter().all(|(_, is_used)| !is_used);
    let unused = ignore.rules.iter().enumerate().filter(|(_, (_, is_used))| !is_used).map(|(index, (range, _))| {
        let name = &text[range.clone()];
        if registry::rule(name).is_none() {
            let near =
                if name.len() <= MAX_RULE_NAME { nearest::ranked(name, rules().iter().map(|rule| rule.code), 3) } else { Vec::new() };
            let Some(right) = near.first() else {
                return malformed(
                    range.clone(),
                    format!("unknown rule `{name}`"),
                    format!("Remove `{name}`"),
                    remove(entry(ignore, index)),
                );
            };
            let edits = vec![TextEdit { range: range.clone(), new_text: (*right).to_owned() }];
            let message = format!("unknown rule `{name}`; did you mean `{right}`?");
            return malformed(range.clone(), message, format!("Replace with `{right}`"), edits);
        }
        let message = format!("unused ignore comment for `{name}`");
        if is_all_unused && ignore.rules.len() == 1 {
            finding(ignore.comment.range.clone(), message, "Remove the comment".to_owned(), remove(whole(text, &ignore.comment)))
        } else {
            finding(range.clone(), message, format!("Remove `{name}`"), remove(entry(ignore, index)))
        }
    });
    let mut found: Vec<Finding> = unused.collect();
    if let Some(range) = &ignore.misspelled {
        let names: Vec<&str> = ignore.rules.iter().map(|(rule, _)| &text[rule.clone()]).collect();
        let right = comment_for(&names.join(", "));
        let edits = vec![TextEdit { range: range.clone(), new_text: right.clone() }];
        let message = format!("malformed ignore comment; write `{right}`");
        let mut finding = malformed(range.clone(), message, format!("Replace with `{right}`"), edits);
        finding.fixes[0].applicability = Applicability::Safe;
        finding.is_unnecessary = false;
        found.push(finding);
    }
    found
}

/// The comment that ignores some rules.
fn comment_for(rules: &str) -> String {
    format!("{PROGRAM}: {VERB}[{rules}]")
}

/// A finding about a comment that may not do what its author expects.
fn malformed(range: Range<usize>, message: String, title: String, edits: Vec<TextEdit>) -> Finding {
    Finding { severity: Severity::Warning, ..finding(range, message, title, edits) }
}

fn finding(range: Range<usize>, message: String, title: String, edits: Vec<TextEdit>) -> Finding {
    let fixes = vec![Fix { title, applicability: Applicability::Unsafe, edits }];
    Finding { fixes, is_unnecessary: true, ..Finding::new(UNUSED_IGNORE.code, UNUSED_IGNORE.severity, range, message) }
}

/// The comment with the blanks before it, or its whole line if it is alone there.
fn whole(text: &str, comment: &LineComment) -> Range<usize> {
    let line = line_at(text, comment.range.start);
    if !comment.is_alone {
        return text[..comment.range.start].trim_end_matches([' ', '\t']).len()..comment.range.end;
    }
    let line_break = if text[line.end..].starts_with("\r\n") { 2 } else { usize::from(line.end < text.len()) };
    line.start..line.end + line_break
}

/// A rule of the list with the comma between it and its neighbour.
fn entry(ignore: &Suppression, index: usize) -> Range<usize> {
    let range = &ignore.rules[index].0;
    match (ignore.rules.get(index + 1), index.checked_sub(1).and_then(|before| ignore.rules.get(before))) {
        (Some((next, _)), _) => range.start..next.start,
        (None, Some((before, _))) => before.end..range.end,
        (None, None) => range.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use connect_policy_catalog::Catalog;
    use connect_policy_syntax::Format;

    use super::*;
    use crate::analysis::Analysis;

    fn findings(name: &str, text: &str) -> Vec<Finding> {
        let format = Format::from_path(Path::new(name)).expect("a format");
        Analysis::new(Document::read(text, format), Arc::new(Catalog::builtin())).diagnostics()
    }

    /// Every finding as `rule: text`.
    fn reported(name: &str, text: &str) -> Vec<String> {
        findings(name, text).iter().map(|finding| format!("{}: {}", finding.rule, &text[finding.range.clone()])).collect()
    }

    fn fixed(name: &str, text: &str) -> String {
        let found = findings(name, text);
        let edit = &found[0].fixes[0].edits[0];
        format!("{}{}{}", &text[..edit.range.start], edit.new_text, &text[edit.range.end..])
    }

    const NOTHING: [&str; 0] = [];

    #[test]
    fn a_comment_behind_code_rules_its_line() {
        let text = "Effect: Allow\nAction:\n  - connect:DescribeUsr # connect-policy: ignore[unknown-action]\n  - connect:ListUser\nResource: '*'\n";
        assert_eq!(reported("a.yaml", text), ["unknown-action: connect:ListUser"]);
        let text = "{\"Effect\": \"Allow\", \"Action\": [\n  \"connect:DescribeUsr\", // connect-policy: ignore[unknown-action] the new one\n  \"connect:ListUsers\"], \"Resource\": \"*\"}";
        assert_eq!(reported("a.json", text), NOTHING);
    }

    #[test]
    fn a_comment_alone_rules_the_next_line() {
        let text = "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    actions = [\n      # connect-policy: ignore[unknown-action]\n      \"connect:DescribeUsr\",\n      \"connect:ListUser\",\n    ]\n    resources = [\"*\"]\n  }\n}\n";
        assert_eq!(reported("a.tf", text), ["unknown-action: connect:ListUser"]);
        let text = "Effect: Allow\nResource: '*'\nAction:\n  # connect-policy: ignore[unknown-action]\n  # connect-policy: ignore[full-access]\n  - connect:DescribeUsr\n";
        assert_eq!(reported("a.yaml", text), ["unused-ignore: # connect-policy: ignore[full-access]"]);
    }

    #[test]
    fn another_rule_is_not_ignored() {
        let text = "Effect: Allow\nResource: '*'\nAction: connect:DescribeUsr # connect-policy: ignore[full-access]\n";
        assert_eq!(
            reported("a.yaml", text),
            ["unknown-action: connect:DescribeUsr", "unused-ignore: # connect-policy: ignore[full-access]"]
        );
    }

    #[test]
    fn what_ignores_nothing_is_told_and_can_be_removed() {
        let text = |comment: &str| format!("Effect: Allow\nResource: '*'\nAction: connect:ListUsers{comment}\n");
        assert_eq!(fixed("a.yaml", &text(" # connect-policy: ignore[unknown-action]")), text(""));
        assert_eq!(fixed("a.yaml", &format!("  # connect-policy: ignore[unknown-action]\n{}", text(""))), text(""));
        assert_eq!(reported("a.yaml", &text(" # connect-policy: ignore")), ["unused-ignore: # connect-policy: ignore"]);
        assert_eq!(reported("a.yaml", &text(" # connect-policy: ignore[]")), ["unused-ignore: # connect-policy: ignore[]"]);
        assert_eq!(reported("a.yaml", &text(" # connect-policy: ignored by us")), ["unused-ignore: # connect-policy: ignored by us"]);
    }

    #[test]
    fn of_several_rules_those_that_say_nothing_are_told() {
        let text = |list: &str| format!("Effect: Allow\nResource: '*'\nAction: connect:DescribeUsr # connect-policy: ignore[{list}]\n");
        assert_eq!(reported("a.yaml", &text("unknown-action, full-access")), ["unused-ignore: full-access"]);
        assert_eq!(fixed("a.yaml", &text("unknown-action, full-access")), text("unknown-action"));
        assert_eq!(fixed("a.yaml", &text("full-access, unknown-action")), text("unknown-action"));
        assert_eq!(reported("a.yaml", &text("unknown-action,unknwon-action")), ["unused-ignore: unknwon-action"]);
        assert!(fixed("a.yaml", &text("unknown-action, full-acess")).contains("full-access"));
    }

    #[test]
    fn other_spellings_are_understood_and_reported() {
        let text = |comment: &str| format!("Effect: Allow\nResource: '*'\nAction: connect:DescribeUsr # {comment}\n");
        for comment in [
            "connect-policy: ignore [unknown-action]",
            "connect-policy:ignore[unknown-action]",
            "connect-policy:  ignore[unknown-action]",
            "connect-policy : Ignore[unknown-action]",
            "connect-policy ignore[unknown-action]",
            "connect-policy: ignore(unknown-action)",
            "connect-policy: ignore: unknown-action",
            "connect-policy: ignore unknown-action",
            "connect-policy: ignore[unknown-action",
            "connect-policy: ignore-next-line[unknown-action]",
            "connect-policy: disable[unknown-action]",
            "connect-policy: noqa[unknown-action]",
        ] {
            let found = findings("a.yaml", &text(comment));
            assert_eq!(found.len(), 1, "{comment}: {found:?}");
            assert_eq!((found[0].rule, found[0].severity), ("unused-ignore", Severity::Warning), "{comment}");
            assert_eq!(found[0].message, "malformed ignore comment; write `connect-policy: ignore[unknown-action]`");
            assert_eq!(fixed("a.yaml", &text(comment)), text("connect-policy: ignore[unknown-action]"), "{comment}");
        }
        for comment in ["connect-policy is a checker", "connect-policy ignore lists", "connect-policy: ignoring this", "connect-policy"] {
            assert_eq!(reported("a.yaml", &text(comment)), ["unknown-action: connect:DescribeUsr"], "{comment}");
        }
        let severity = |comment: &str| findings("a.yaml", &text(comment)).last().map(|finding| (finding.rule, finding.severity));
        assert_eq!(severity("connect-policy: ignore"), Some(("unused-ignore", Severity::Warning)));
        assert_eq!(severity("connect-policy: ignore[nothing]"), Some(("unused-ignore", Severity::Warning)));
        assert_eq!(severity("connect-policy: ignore[unknown-action, full-access]"), Some(("unused-ignore", Severity::Hint)));
    }

    #[test]
    fn what_only_looks_like_a_comment_ignores_nothing() {
        let text = "{\"Effect\": \"Allow\", \"Sid\": \"// connect-policy: ignore[unknown-action]\", \"Action\": \"connect:DescribeUsr\", \"Resource\": \"*\"}";
        assert!(reported("a.json", text).contains(&"unknown-action: connect:DescribeUsr".to_owned()));
        assert!(!reported("a.json", text).iter().any(|reported| reported.starts_with("unused-ignore")));
    }
}
