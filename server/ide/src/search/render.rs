//! Answers as text for a terminal and as JSON for programs.
//!
//! The JSON is one object. Its keys are stable; new ones may be added:
//!
//! - `version`: 1.
//! - `query`: the question as it was read.
//! - `found`: whether something was found and every name is known; the exit code says the same.
//! - `answer`: `names`, `access-denied` or `results`.
//! - `explanations` (of names): a list of `name`, `kind`, `text` (Markdown).
//! - `unknown` (of names): a list of `name`, `nearest` (a list of names).
//! - `results`: a list of `kind`, `name`, `label` (or null), `summary`, `score`, the best first. Scores of one answer compare.
//! - `accessDenied`: `principal`, `action`, `resource`, `operation`, `reason` (`explicit-deny`, `not-allowed`, `unknown`),
//!   `policyType` (`identity-based policy`, …), `policyArn`, `isEncoded`, `summary`, `notes`, `place`, `statement` (a statement of
//!   a policy), `steps`. What the message does not name is null.
//! - `statements` (with `--in`): a list of `path`, `line`, `sid`, `bearing` (`denies`, `may deny`, `allows`, `may allow`,
//!   `other resource`, `other action`), `reason`, the most telling first.

use std::fmt::Write as _;

use serde::Serialize;

use super::access_denied::Reason;
use super::answer::Answer;
use super::denied::DeniedExplanation;
use super::hit::{HitKind, SearchHit};
use super::nearest_statement::NearStatement;
use crate::markdown;

/// The version of the JSON.
const VERSION: u8 = 1;

/// An answer as plain text. `statements` are those of [`super::nearest_statements`], if paths were given; `emphasize` marks the
/// names that answers begin with.
pub fn text(answer: &Answer, statements: Option<&[NearStatement]>, emphasize: &dyn Fn(&str) -> String) -> String {
    let mut out = match answer {
        Answer::Names { known, .. } => {
            let texts = known.iter().flat_map(|(_, found)| found).map(|one| markdown::plain(&one.markdown));
            let titled = texts.map(|text| {
                let (title, rest) = text.trim_end().split_at(text.find('\n').unwrap_or(text.trim_end().len()));
                format!("{}{rest}\n", emphasize(title))
            });
            titled.collect::<Vec<_>>().join("\n")
        }
        Answer::Denied(explanation) => format!("{}\n", markdown::plain(&explanation.markdown())),
        Answer::Hits(hits) => results(hits, emphasize),
    };
    if let Some(statements) = statements {
        let is_denied = answer.asked().is_some_and(|asked| asked.reason == Reason::ExplicitDeny);
        out.push_str(&near(statements, if is_denied { "denies" } else { "allows or denies" }));
    }
    out
}

fn results(hits: &[SearchHit], emphasize: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    for hit in hits {
        let _ = write!(out, "{}  ({}", emphasize(&hit.name), hit.kind);
        match (hit.kind, &hit.label) {
            (_, None) => {}
            (HitKind::ResourceType, Some(arn)) => {
                let _ = write!(out, ": {arn}");
            }
            (_, Some(label)) => {
                let _ = write!(out, ": {label}");
            }
        }
        let _ = writeln!(out, ")\n    {}", markdown::plain(&hit.summary));
    }
    if let Some(first) = hits.first() {
        let name = explainable(first);
        let _ = writeln!(out, "\nTip: `connect-policy explain {name}` explains the first result.");
        let kinds = [HitKind::Action, HitKind::Permission];
        if kinds.iter().all(|kind| hits.iter().any(|hit| hit.kind == *kind)) {
            out.push_str("Tip: actions belong in IAM policies, permissions in security profiles of the instance.\n");
        }
    }
    out
}

/// A result's name as it is given to `explain` on a command line.
fn explainable(hit: &SearchHit) -> String {
    if hit.name.contains(['$', ' ', '*']) {
        return format!("'{}'", hit.name);
    }
    match &hit.label {
        // A type of one word is explained with its service, because the word alone is a question.
        Some(arn) if hit.kind == HitKind::ResourceType && !hit.name.contains('-') => {
            let service = arn.split(':').nth(2).unwrap_or("connect");
            format!("{service}/{}", hit.name)
        }
        _ => hit.name.clone(),
    }
}

fn near(statements: &[NearStatement], wanted: &str) -> String {
    if statements.is_empty() {
        return format!("\nThe given files do not contain a statement that {wanted} this request.\n");
    }
    let mut out = String::from("\nStatements in the given files:\n");
    for statement in statements {
        let sid = statement.sid.as_ref().map_or(String::new(), |sid| format!(" ({sid})"));
        let _ = writeln!(out, "  {}:{}{sid}\n    {}", statement.path, statement.line, markdown::plain(&statement.reason));
    }
    out
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Output<'a> {
    version: u8,
    query: &'a str,
    found: bool,
    answer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanations: Option<Vec<Explained<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<Vec<Unknown<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    results: Option<Vec<Hit<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_denied: Option<Denied<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statements: Option<Vec<Near<'a>>>,
}

#[derive(Serialize)]
struct Explained<'a> {
    name: &'a str,
    kind: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Unknown<'a> {
    name: &'a str,
    nearest: &'a [String],
}

#[derive(Serialize)]
struct Hit<'a> {
    kind: &'static str,
    name: &'a str,
    label: Option<&'a str>,
    summary: &'a str,
    score: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Denied<'a> {
    principal: Option<&'a str>,
    action: Option<&'a str>,
    resource: Option<&'a str>,
    operation: Option<&'a str>,
    reason: &'static str,
    policy_type: Option<&'static str>,
    policy_arn: Option<&'a str>,
    is_encoded: bool,
    summary: &'a str,
    notes: &'a [String],
    place: Option<&'a str>,
    statement: Option<serde_json::Value>,
    steps: &'a [String],
}

#[derive(Serialize)]
struct Near<'a> {
    path: &'a str,
    line: usize,
    sid: Option<&'a str>,
    bearing: &'static str,
    reason: &'a str,
}

/// An answer as JSON, indented; the module's head names its keys. `statements` are those of [`super::nearest_statements`], if
/// paths were given.
pub fn json(query: &str, answer: &Answer, statements: Option<&[NearStatement]>) -> String {
    let mut output = Output {
        version: VERSION,
        query,
        found: answer.is_found(),
        answer: "names",
        explanations: None,
        unknown: None,
        results: None,
        access_denied: None,
        statements: statements.map(|statements| statements.iter().map(near_json).collect()),
    };
    match answer {
        Answer::Names { known, unknown } => {
            let all = known.iter().flat_map(|(name, found)| found.iter().map(move |one| (name, one)));
            output.explanations = Some(all.map(|(name, one)| Explained { name, kind: one.kind, text: &one.markdown }).collect());
            output.unknown = Some(unknown.iter().map(|(name, nearest)| Unknown { name, nearest }).collect());
        }
        Answer::Denied(explanation) => {
            output.answer = "access-denied";
            output.access_denied = Some(denied_json(explanation));
        }
        Answer::Hits(hits) => {
            output.answer = "results";
            output.results = Some(hits.iter().map(hit_json).collect());
        }
    }
    // Strings and numbers always serialize.
    let mut text = serde_json::to_string_pretty(&output).unwrap_or_default();
    text.push('\n');
    text
}

fn hit_json(hit: &SearchHit) -> Hit<'_> {
    Hit { kind: hit.kind.name(), name: &hit.name, label: hit.label.as_deref(), summary: &hit.summary, score: hit.score }
}

fn near_json(near: &NearStatement) -> Near<'_> {
    Near { path: &near.path, line: near.line, sid: near.sid.as_deref(), bearing: near.bearing.name(), reason: &near.reason }
}

fn denied_json(explanation: &DeniedExplanation) -> Denied<'_> {
    let message = &explanation.message;
    Denied {
        principal: message.principal.as_deref(),
        action: explanation.action.as_deref(),
        resource: message.resource.as_deref(),
        operation: message.operation.as_deref(),
        reason: match message.reason {
            Reason::ExplicitDeny => "explicit-deny",
            Reason::NotAllowed => "not-allowed",
            Reason::Unknown => "unknown",
        },
        policy_type: message.policy.map(super::access_denied::PolicyType::name),
        policy_arn: message.policy_arn.as_deref(),
        is_encoded: message.encoded.is_some(),
        summary: &explanation.summary,
        notes: &explanation.notes,
        place: explanation.place.as_deref(),
        statement: explanation.statement.as_ref().and_then(|statement| serde_json::from_str(&statement.json()).ok()),
        steps: &explanation.steps,
    }
}

#[cfg(test)]
mod tests {
    use connect_policy_catalog::Catalog;

    use super::super::answer::answer;
    use super::super::nearest_statement::Bearing;
    use super::*;

    fn answer_to(question: &str) -> Answer {
        answer(&Catalog::builtin(), &[question.to_owned()])
    }

    #[test]
    fn results_are_lines_with_tips() {
        let listen = text(&answer_to("listen to live calls"), None, &str::to_owned);
        assert!(listen.starts_with("ManagerListenIn  (permission: Real-time contact monitoring"), "{listen}");
        assert!(listen.contains("Tip: `connect-policy explain ManagerListenIn`"), "{listen}");
        let user = text(&answer_to("ARN of a user"), None, &str::to_owned);
        assert!(user.contains("`connect-policy explain connect/user`"), "{user}");
    }

    #[test]
    fn the_json_has_its_version_and_stable_keys() {
        let json = |question: &str, statements: Option<&[NearStatement]>| -> serde_json::Value {
            serde_json::from_str(&json(question, &answer_to(question), statements)).expect("JSON")
        };
        let results = json("listen to live calls", None);
        assert_eq!((&results["version"], &results["answer"], &results["found"]), (&1.into(), &"results".into(), &true.into()));
        let keys: Vec<&String> = results["results"][0].as_object().expect("a result").keys().collect();
        assert_eq!(keys.len(), 5, "{keys:?}");

        let names = json("connect:DescribeUsr", None);
        assert_eq!(names["unknown"][0]["nearest"][0], "connect:DescribeUser");

        let near = NearStatement { path: "p.tf".into(), line: 3, sid: None, bearing: Bearing::MayDeny, reason: "r".into() };
        let message = "User: a is not authorized to perform: connect:ListInstances because no identity-based policy allows it";
        let denied = json(message, Some(&[near]));
        assert_eq!(denied["accessDenied"]["statement"]["Resource"], "*");
        assert_eq!(denied["statements"][0]["bearing"], "may deny");
    }
}
