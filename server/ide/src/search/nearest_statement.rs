//! Which statement of one's own policies allows or denies a request, or comes nearest to allowing it, and what keeps it from
//! doing so.

use connect_policy_catalog::glob;
use connect_policy_model::{DocumentModel, Effect, Element, EntryList, Policy, PolicyKind, Role, Statement, without_holes};
use connect_policy_syntax::Document;

use super::access_denied::{PolicyType, Reason};

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The action: `connect:DescribeUser`.
    pub action: String,
    /// The resource's ARN; `None` if it is not known, so that any resource counts.
    pub resource: Option<String>,
    /// The kind of policy that refused the request, if it is known.
    pub policy: Option<PolicyType>,
    /// Why it was refused. Against an explicit deny only statements that deny are of interest.
    pub reason: Reason,
}

/// How a statement stands to a request, the most telling first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Bearing {
    /// Denies it.
    Denies,
    /// Denies it under a condition, or as far as is known.
    MayDeny,
    /// Allows it.
    Allows,
    /// Allows it under a condition, or as far as is known.
    MayAllow,
    /// Allows the action, on other resources.
    OtherResource,
    /// Covers the resource, for other actions of the service.
    OtherAction,
}

impl Bearing {
    /// The bearing's name in output.
    pub fn name(self) -> &'static str {
        match self {
            Bearing::Denies => "denies",
            Bearing::MayDeny => "may deny",
            Bearing::Allows => "allows",
            Bearing::MayAllow => "may allow",
            Bearing::OtherResource => "other resource",
            Bearing::OtherAction => "other action",
        }
    }
}

/// A statement that has to do with a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NearStatement {
    /// The document, as whoever asks knows it.
    pub path: String,
    /// The statement's first line, from 1.
    pub line: usize,
    /// Its Sid, if it has one.
    pub sid: Option<String>,
    /// How it stands to the request.
    pub bearing: Bearing,
    /// What it does and what is missing, in a sentence.
    pub reason: String,
}

/// The statements of documents that have to do with a request: every one that denies or allows it, and if none allows it,
/// those that come nearest; for a request that was explicitly denied, those that deny it only. The most telling first, at most
/// `limit`.
pub fn nearest_statements(asked: &Asked, documents: &[(&str, &DocumentModel, &Document)], limit: usize) -> Vec<NearStatement> {
    let mut found: Vec<((Bearing, bool, usize), NearStatement)> = Vec::new();
    for (path, meaning, document) in documents {
        for policy in &meaning.policies {
            let is_other_kind = !fits(asked.policy, policy.kind);
            for statement in &policy.statements {
                let Some((near, distance)) = near(asked, path, document, policy, statement) else { continue };
                found.push(((near.bearing, is_other_kind, distance), near));
            }
        }
    }
    let is_allowed = found.iter().any(|(_, near)| matches!(near.bearing, Bearing::Allows));
    if asked.reason == Reason::ExplicitDeny {
        found.retain(|(_, near)| near.bearing <= Bearing::MayDeny);
    } else if is_allowed {
        found.retain(|(_, near)| near.bearing <= Bearing::Allows);
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.truncate(limit);
    found.into_iter().map(|(_, near)| near).collect()
}

/// Whether a policy can be of the kind that refused a request.
fn fits(named: Option<PolicyType>, kind: PolicyKind) -> bool {
    let Some(named) = named else { return true };
    match kind {
        PolicyKind::Identity => matches!(named, PolicyType::Identity | PolicyType::Session),
        PolicyKind::Trust => named == PolicyType::RoleTrust,
        PolicyKind::Resource => named == PolicyType::Resource,
        PolicyKind::Ceiling => matches!(named, PolicyType::ServiceControl | PolicyType::ResourceControl | PolicyType::Boundary),
        PolicyKind::Endpoint => named == PolicyType::VpcEndpoint,
        PolicyKind::Unknown => true,
    }
}

/// Whether a list covers something.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Covers {
    /// By this entry, or by leaving it out.
    Yes(String),
    /// Perhaps: a part is not known here.
    Perhaps(String),
    No,
}

impl Covers {
    fn is_no(&self) -> bool {
        *self == Covers::No
    }

    fn by(&self) -> &str {
        match self {
            Covers::Yes(by) | Covers::Perhaps(by) => by,
            Covers::No => "",
        }
    }
}

fn near(asked: &Asked, path: &str, document: &Document, policy: &Policy, statement: &Statement) -> Option<(NearStatement, usize)> {
    let effect = statement.effect(document);
    if effect == Effect::Unknown {
        return None;
    }
    let action = covers(document, statement, [Role::Action, Role::NotAction], Some(&asked.action));
    let resource = covers(document, statement, [Role::Resource, Role::NotResource], asked.resource.as_deref());
    let conditions = statement.conditions(document);
    let is_sure = matches!((&action, &resource), (Covers::Yes(_), Covers::Yes(_))) && !conditions.is_present;
    let keys: Vec<String> = conditions.comparisons.iter().map(|one| format!("`{}`", document.value(one.key))).collect();
    let under = match (conditions.is_present, keys.is_empty()) {
        (false, _) => String::new(),
        (true, true) => ", under a condition".to_owned(),
        (true, false) => format!(", under a condition on {}", keys.join(", ")),
    };
    let matched = format!("`{}` on `{}`{under}", action.by(), resource.by());
    let (bearing, reason, distance) = match (effect, action.is_no(), resource.is_no()) {
        (Effect::Deny, false, false) if is_sure => (Bearing::Denies, format!("Denies the request: {matched}."), 0),
        (Effect::Deny, false, false) => (Bearing::MayDeny, format!("May deny the request: {matched}."), 0),
        (Effect::Deny, ..) => return None,
        (_, false, false) if is_sure => (Bearing::Allows, format!("Allows the request: {matched}.{}", why_not(policy)), 0),
        (_, false, false) if conditions.is_present => {
            (Bearing::MayAllow, format!("Allows the request only{}: `{}` on `{}`.", &under[1..], action.by(), resource.by()), 0)
        }
        (_, false, false) => (Bearing::MayAllow, format!("May allow the request: {matched}. The statement contains unresolved values."), 0),
        (_, false, true) => {
            let listed = listed(document, statement, Role::Resource);
            (Bearing::OtherResource, format!("Allows `{}` on other resources only: {listed}{under}.", action.by()), 0)
        }
        (_, true, false) => {
            let others = same_service(document, statement, &asked.action);
            if others == 0 {
                return None;
            }
            let reason = format!("Covers the resource (`{}`){under}, but its actions do not include `{}`.", resource.by(), asked.action);
            (Bearing::OtherAction, reason, usize::MAX - others)
        }
        (_, true, true) => return None,
    };
    let sid = statement.element(Element::Sid).map(|sid| document.value(sid).into_owned()).filter(|sid| !sid.is_empty());
    let line = line_of(document.text(), document.range(statement.node).start);
    Some((NearStatement { path: path.to_owned(), line, sid, bearing, reason }, distance))
}

/// What may keep a statement that allows a request from counting.
fn why_not(policy: &Policy) -> &'static str {
    if policy.kind.may_grant() {
        " Check that the policy is deployed and attached to the caller, and whether another policy denies the request."
    } else {
        " This kind of policy grants nothing by itself; an identity-based policy must also allow the request."
    }
}

/// Whether a statement's lists of two opposite roles cover something. Without any such list (as in a trust policy) they do.
fn covers(document: &Document, statement: &Statement, [role, opposite]: [Role; 2], wanted: Option<&str>) -> Covers {
    let mut is_written = false;
    let mut perhaps = None;
    for list in statement.lists(role) {
        is_written = true;
        let Some(wanted) = wanted else { return Covers::Yes(first_text(document, list)) };
        for entry in list.effective_entries(document) {
            let plain = without_holes(&entry.text);
            if !glob(&plain, wanted) {
                continue;
            }
            if entry.is_unconditional() && *plain == *entry.text {
                return Covers::Yes(entry.text.into_owned());
            }
            perhaps = perhaps.or_else(|| Some(entry.text.into_owned()));
        }
        if list.is_incomplete {
            perhaps = perhaps.or_else(|| Some("an unresolved value".to_owned()));
        }
    }
    if let Some(by) = perhaps {
        return Covers::Perhaps(by);
    }
    for list in statement.lists(opposite) {
        is_written = true;
        let is_listed =
            wanted.is_some_and(|wanted| list.effective_entries(document).any(|entry| glob(&without_holes(&entry.text), wanted)));
        if !is_listed {
            let by = if opposite == Role::NotAction { "NotAction" } else { "NotResource" };
            return if list.is_incomplete { Covers::Perhaps(by.to_owned()) } else { Covers::Yes(by.to_owned()) };
        }
    }
    if is_written { Covers::No } else { Covers::Yes("*".to_owned()) }
}

fn first_text(document: &Document, list: &EntryList) -> String {
    list.effective_entries(document).next().map_or_else(|| "*".to_owned(), |entry| entry.text.into_owned())
}

/// The first entries of a list, for a sentence.
fn listed(document: &Document, statement: &Statement, role: Role) -> String {
    const MAX: usize = 3;
    let all: Vec<String> =
        statement.lists(role).flat_map(|list| list.effective_entries(document)).map(|entry| format!("`{}`", entry.text)).collect();
    let mut out = all.iter().take(MAX).cloned().collect::<Vec<_>>().join(", ");
    if all.len() > MAX {
        out.push_str(&format!(" and {} more", all.len() - MAX));
    }
    if out.is_empty() { "all except those in NotResource".to_owned() } else { out }
}

/// How many of a statement's actions are of an action's service.
fn same_service(document: &Document, statement: &Statement, action: &str) -> usize {
    let prefix = action.split_once(':').map_or("", |(prefix, _)| prefix);
    let entries = statement.lists(Role::Action).flat_map(|list| list.effective_entries(document));
    entries.filter(|entry| entry.text.split_once(':').is_some_and(|(own, _)| own.eq_ignore_ascii_case(prefix))).count()
}

fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count()
}
