//! Policies in IAM's own words.

use crate::skeletons::plan::{ConditionPlan, PolicyPlan, StatementPlan};
use crate::writing::outline::{Member, Outline};
use crate::writing::words::Words;

/// How account, Region and instance are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Speller {
    /// Each a placeholder.
    Literal,
    /// As references that CloudFormation resolves.
    Template,
}

/// The parameter of a template that holds the instance's ARN.
pub(super) const PARAMETER: &str = "<instance-parameter>";

const INSTANCE_ARN: &str = "arn:<partition>:connect:<region>:<account>:instance/<instance>";

impl Speller {
    pub(super) fn text(self, text: &str) -> Outline {
        match self {
            Speller::Literal => Outline::Text(Words::new(&text.replace("<instance-arn>", INSTANCE_ARN))),
            Speller::Template => template_text(text),
        }
    }

    pub(super) fn texts(self, texts: &[&str]) -> Outline {
        Outline::List(texts.iter().map(|text| self.text(text)).collect())
    }
}

/// A policy in IAM's own words.
pub(super) fn policy(policy: &PolicyPlan, speller: Speller) -> Outline {
    Outline::Map(vec![
        Member::new("Version", Outline::text("2012-10-17")),
        Member::new("Statement", Outline::List(statements(policy, speller))),
    ])
}

/// The statements of a policy in IAM's own words.
pub(super) fn statements(policy: &PolicyPlan, speller: Speller) -> Vec<Outline> {
    policy.statements.iter().map(|statement| Outline::Map(self::statement(statement, speller))).collect()
}

fn statement(plan: &StatementPlan, speller: Speller) -> Vec<Member> {
    let mut members = Vec::new();
    if !plan.sid.is_empty() {
        members.push(Member::new("Sid", Outline::text(plan.sid)));
    }
    members.push(Member::new("Effect", Outline::text(plan.effect)));
    if let Some((kind, principal)) = plan.principal {
        members.push(Member::new("Principal", Outline::Map(vec![Member::new(kind, speller.text(principal))])));
    }
    members.push(Member::new("Action", Outline::texts(plan.actions)));
    match plan.resources {
        [] => {}
        ["*"] => members.push(Member::new("Resource", Outline::text("*"))),
        resources => members.push(Member::new("Resource", speller.texts(resources))),
    }
    if !plan.conditions.is_empty() {
        let condition = |condition: &ConditionPlan| {
            let comparison = Member::new(condition.key, speller.text(condition.value));
            Member::new(condition.operator, Outline::Map(vec![comparison]))
        };
        members.push(Member::new("Condition", Outline::Map(plan.conditions.iter().map(condition).collect())));
    }
    members
}

/// A text whose instance, account, Region and partition CloudFormation fills in.
fn template_text(text: &str) -> Outline {
    let (mut words, mut count) = (Words::default(), 0);
    let mut rest = text;
    let mut only = None;
    while let Some((at, name, reference)) = first_reference(rest) {
        literal(&mut words, &rest[..at]);
        words.verbatim("${");
        words.append(Words::new(reference));
        words.verbatim("}");
        count += 1;
        only = Some(reference).filter(|_| text == name);
        rest = &rest[at + name.len()..];
    }
    match only {
        Some(reference) => return Outline::Reference(Words::new(reference)),
        None if count == 0 => return Outline::text(text),
        None => literal(&mut words, rest),
    }
    Outline::Substitution(words)
}

/// In `!Sub` a policy variable must not be replaced.
fn literal(words: &mut Words, text: &str) {
    words.append(Words::new(&text.replace("${", "${!")));
}

/// The first placeholder for which CloudFormation has a reference: its place, itself, the reference's name.
fn first_reference(text: &str) -> Option<(usize, &'static str, &'static str)> {
    let references =
        [("<instance-arn>", PARAMETER), ("<partition>", "AWS::Partition"), ("<region>", "AWS::Region"), ("<account>", "AWS::AccountId")];
    let found = references.into_iter().filter_map(|(name, reference)| Some((text.find(name)?, name, reference)));
    found.min_by_key(|(at, ..)| *at)
}
