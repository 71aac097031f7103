//! The keys of a policy in IAM's own words.

use crate::carriers::key_tables::key_info::ValueShape::{Block, Choice, Fixed, List, ListOrText, Map, Statements, Text};
use crate::carriers::key_tables::key_info::{KeyInfo, key, required};
use crate::carriers::policy_kind::PolicyKind;

pub(super) const POLICY: &[KeyInfo] = &[
    required("Version", Fixed("2012-10-17"), "Version of the policy language; always 2012-10-17"),
    required("Statement", Statements, "The statements that allow or deny actions"),
    key("Id", Text, "Optional name of the policy; some resource policies use it"),
];

const EFFECT: KeyInfo = required("Effect", Choice(&["Allow", "Deny"]), "Whether the statement allows or denies the actions");
const PRINCIPAL: KeyInfo =
    required("Principal", Map(PRINCIPAL_TYPES), "Who is allowed or denied: accounts, roles, services").excluding(&["NotPrincipal"]);
const NOT_PRINCIPAL: KeyInfo = key("NotPrincipal", Map(PRINCIPAL_TYPES), "Everyone except these principals").excluding(&["Principal"]);
const ACTION: KeyInfo = required("Action", ListOrText(&[]), "The actions, such as connect:ListUsers").excluding(&["NotAction"]);
const NOT_ACTION: KeyInfo = key("NotAction", ListOrText(&[]), "Every action except these").excluding(&["Action"]);
const RESOURCE: KeyInfo =
    required("Resource", ListOrText(&[]), "ARNs of the resources that the actions apply to").excluding(&["NotResource"]);
const NOT_RESOURCE: KeyInfo = key("NotResource", ListOrText(&[]), "Every resource except these").excluding(&["Resource"]);
const SID: KeyInfo = key("Sid", Text, "Optional ID of the statement; letters and digits, unique in the policy");
const CONDITION: KeyInfo = key("Condition", Map(OPERATORS), "When the statement applies: operator, condition key and value");

const IDENTITY: &[KeyInfo] = &[EFFECT, ACTION, RESOURCE, SID, CONDITION, NOT_ACTION, NOT_RESOURCE];
const TRUST: &[KeyInfo] = &[EFFECT, PRINCIPAL, ACTION, SID, CONDITION, NOT_ACTION, NOT_PRINCIPAL];
const OF_RESOURCE: &[KeyInfo] = &[EFFECT, PRINCIPAL, ACTION, RESOURCE, SID, CONDITION, NOT_ACTION, NOT_RESOURCE, NOT_PRINCIPAL];
const ANY: &[KeyInfo] =
    &[EFFECT, ACTION, RESOURCE.optional(), PRINCIPAL.optional(), SID, CONDITION, NOT_ACTION, NOT_RESOURCE, NOT_PRINCIPAL];

/// The keys of a statement. A service control policy has those of an identity policy.
pub(super) fn statement(kind: PolicyKind) -> &'static [KeyInfo] {
    match kind {
        PolicyKind::Identity | PolicyKind::Ceiling => IDENTITY,
        PolicyKind::Trust => TRUST,
        PolicyKind::Resource | PolicyKind::Endpoint => OF_RESOURCE,
        PolicyKind::Unknown => ANY,
    }
}

pub(super) const PRINCIPAL_TYPES: &[KeyInfo] = &[
    key(
        "Service",
        ListOrText(&["connect.amazonaws.com", "connect-campaigns.amazonaws.com", "profile.amazonaws.com", "lambda.amazonaws.com"]),
        "AWS services, such as connect.amazonaws.com",
    ),
    key("AWS", ListOrText(&["arn:aws:iam::<account>:root", "arn:aws:iam::<account>:role/<role-name>"]), "AWS accounts, roles and users"),
    key("Federated", ListOrText(&["arn:aws:iam::<account>:saml-provider/<provider>"]), "Identity providers, for sign-in by SAML or OpenID"),
    key("CanonicalUser", ListOrText(&[]), "Canonical user IDs, in policies of Amazon S3 only"),
];

/// The condition operators, those that Amazon Connect policies use most first. Each may end with `IfExists`, except `Null`,
/// and begin with `ForAnyValue:` or `ForAllValues:`.
pub(super) const OPERATORS: &[KeyInfo] = &[
    operator("StringEquals", "Strings are equal, including letter case"),
    operator("StringLike", "String matches a pattern with * and ?"),
    operator("ArnLike", "ARN matches a pattern with * and ?"),
    operator("ArnEquals", "ARN matches; the same as ArnLike"),
    operator("Bool", "Value is true or false"),
    operator("IpAddress", "IP address is in a range"),
    operator("Null", "Condition key is missing (true) or present (false)"),
    operator("StringNotEquals", "Strings differ"),
    operator("StringNotLike", "String does not match a pattern"),
    operator("StringEqualsIgnoreCase", "Strings are equal, ignoring letter case"),
    operator("StringNotEqualsIgnoreCase", "Strings differ, ignoring letter case"),
    operator("ArnNotLike", "ARN does not match a pattern"),
    operator("ArnNotEquals", "ARN does not match; the same as ArnNotLike"),
    operator("NotIpAddress", "IP address is outside a range"),
    operator("NumericEquals", "Numbers are equal"),
    operator("NumericNotEquals", "Numbers differ"),
    operator("NumericLessThan", "Number is less than a value"),
    operator("NumericLessThanEquals", "Number is less than or equal to a value"),
    operator("NumericGreaterThan", "Number is greater than a value"),
    operator("NumericGreaterThanEquals", "Number is greater than or equal to a value"),
    operator("DateEquals", "Dates are equal"),
    operator("DateNotEquals", "Dates differ"),
    operator("DateLessThan", "Date is before a value"),
    operator("DateLessThanEquals", "Date is at or before a value"),
    operator("DateGreaterThan", "Date is after a value"),
    operator("DateGreaterThanEquals", "Date is at or after a value"),
    operator("BinaryEquals", "Base64 values are equal"),
];

const fn operator(name: &'static str, documentation: &'static str) -> KeyInfo {
    key(name, Map(&[]), documentation)
}

/// The names of the operators in the same order.
pub const OPERATOR_NAMES: &[&str] = &operator_names();

const fn operator_names() -> [&'static str; OPERATORS.len()] {
    let mut names = [""; OPERATORS.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = OPERATORS[index].name;
        index += 1;
    }
    names
}

/// The keys of a `statement` block in `aws_iam_policy_document`. Without an effect it allows.
pub(super) const STATEMENT_BLOCK: &[KeyInfo] = &[
    key("actions", List(&[]), "The actions, such as connect:ListUsers").excluding(&["not_actions"]),
    key("resources", List(&[]), "ARNs of the resources that the actions apply to").excluding(&["not_resources"]),
    key("principals", Block(PRINCIPALS_BLOCK), "Who is allowed or denied, in trust and resource policies").excluding(&["not_principals"]),
    key("condition", Block(CONDITION_BLOCK), "When the statement applies: operator, condition key and values"),
    key("effect", Choice(&["Allow", "Deny"]), "Whether the statement allows or denies the actions; Allow by default"),
    key("sid", Text, "Optional ID of the statement; letters and digits, unique in the policy"),
    key("not_actions", List(&[]), "Every action except these").excluding(&["actions"]),
    key("not_resources", List(&[]), "Every resource except these").excluding(&["resources"]),
    key("not_principals", Block(PRINCIPALS_BLOCK), "Everyone except these principals").excluding(&["principals"]),
];

const PRINCIPALS_BLOCK: &[KeyInfo] = &[
    required("type", Choice(&["Service", "AWS", "Federated", "CanonicalUser", "*"]), "Type of the principals"),
    required("identifiers", List(&[]), "The principals: service names, ARNs or account IDs"),
];

const CONDITION_BLOCK: &[KeyInfo] = &[
    required("test", Choice(OPERATOR_NAMES), "Condition operator, such as StringEquals"),
    required("variable", Text, "Condition key, such as aws:SourceAccount"),
    required("values", List(&[]), "Values to compare with; one match is enough"),
];
