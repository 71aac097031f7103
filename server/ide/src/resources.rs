//! The ARNs of statements, and the resource types that they match.

use std::collections::HashMap;

use connect_policy_catalog::{Action, Catalog, Service};
use connect_policy_model::{ArnParts, Entry, Policy, PolicyKind, Role, Statement, can_match, is_placeholder, nearest, without_holes};
use connect_policy_syntax::Document;

/// How many ARNs of one statement are compared with its actions; no person writes more.
const MAX_ARNS: usize = 100;

/// The resources of a statement, all of them known but for parts.
pub(crate) struct Resources {
    /// Without duplicates; parts that are only known later are written as `*`.
    arns: Vec<String>,
    /// Whether an ARN can match a resource type, by the template of the type's ARN.
    taken: HashMap<&'static str, bool>,
}

impl Resources {
    /// `None` if a resource is not known, if there are none, or with `NotResource`.
    pub(crate) fn of(document: &Document, statement: &Statement) -> Option<Resources> {
        let mut arns: Vec<String> = Vec::new();
        for list in statement.lists.iter().filter(|list| matches!(list.role, Role::Resource | Role::NotResource)) {
            if list.role == Role::NotResource || list.has_unknown || list.entries.len() > MAX_ARNS {
                return None;
            }
            if list.entries.iter().any(|entry| is_placeholder(&entry.text(document))) {
                return None;
            }
            arns.extend(list.entries.iter().map(|entry| without_holes(&entry.text(document)).into_owned()));
        }
        arns.sort_unstable();
        arns.dedup();
        // An empty string is still being typed.
        (!arns.is_empty() && !arns.iter().any(String::is_empty)).then(|| Resources { arns, taken: HashMap::new() })
    }

    /// Both sets of resources together.
    pub(crate) fn extend(&mut self, other: Resources) {
        self.arns.extend(other.arns);
        self.taken.clear();
    }

    /// Whether one of them is everything.
    pub(crate) fn has_everything(&self) -> bool {
        self.arns.iter().any(|arn| arn.bytes().all(|byte| byte == b'*'))
    }

    /// Whether none of them has a wildcard or a part that is only known later.
    pub(crate) fn are_literal(&self) -> bool {
        self.arns.iter().all(|arn| !arn.contains(['*', '?']))
    }

    /// Whether one of them can be a resource of a type.
    pub(crate) fn can_match(&mut self, service: &Service, template: &'static str) -> bool {
        let arns = &self.arns;
        // Ids of the Connect family have no slashes; names of buckets' objects and roles do.
        *self.taken.entry(template).or_insert_with(|| arns.iter().any(|arn| can_match(arn, template, service.family)))
    }
}

/// Whether the resources of a policy's statements are limits on what its actions work on. A resource's own policy speaks of
/// that resource only, and a trust policy of none.
pub(crate) fn judges_resources(policy: &Policy) -> bool {
    matches!(policy.kind, PolicyKind::Identity | PolicyKind::Unknown | PolicyKind::Ceiling)
}

/// Whether sources disagree on an action's resource types, or AWS itself writes policies against them.
pub(crate) fn is_doubtful(catalog: &Catalog, service: &Service, action: &Action) -> bool {
    !action.disputed.resources.is_empty()
        || action.access.is_none()
        || action.resources.iter().any(|used| service.resource_type(used.name).is_none())
        || catalog.exceptions().iter().any(|exception| {
            exception.action.split_once(':').is_some_and(|(prefix, name)| prefix == service.prefix && (name == action.name || name == "*"))
        })
}

/// Whether a condition key is in the requests of an action: its own, or one of its resource types.
pub(crate) fn has_condition_key(service: &Service, action: &Action, key: &str) -> bool {
    let of_resources = action.resources.iter().filter_map(|used| service.resource_type(used.name)).flat_map(|kind| &kind.conditions);
    action.conditions.iter().chain(of_resources).any(|condition| condition.eq_ignore_ascii_case(key))
}

/// The segments of Connect's ARNs: what may stand below an instance, and what may stand at the top.
pub(crate) struct ArnTypes {
    /// A resource type's segment, with the names that people take for it.
    below: Vec<(&'static str, Vec<&'static str>)>,
    top: Vec<&'static str>,
}

/// Words for resource types that are neither their segments nor the names that AWS's reference has for them.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("contact-flow", "flow"),
    ("flow-module", "module"),
    ("operating-hours", "hours"),
    ("agent-group", "user-hierarchy-group"),
    ("agent-group", "hierarchy"),
    ("agent-state", "status"),
    ("contact-evaluation", "evaluation"),
    ("file", "attachment"),
];

impl ArnTypes {
    /// Reads the resource types of Connect.
    pub(crate) fn read(catalog: &Catalog) -> ArnTypes {
        let mut types = ArnTypes { below: Vec::new(), top: Vec::new() };
        for resource in catalog.service("connect").into_iter().flat_map(|service| &service.resource_types) {
            let mut parts = resource.arn.splitn(6, ':');
            if parts.nth(2) != Some("connect") {
                continue;
            }
            let Some(rest) = parts.nth(2) else { continue };
            let mut segments = rest.split('/');
            let (top, below) = (segments.next().unwrap_or(""), segments.nth(1));
            match below {
                Some(segment) => match types.below.iter_mut().find(|(known, _)| *known == segment) {
                    Some((_, names)) => names.push(resource.name),
                    None => {
                        let others = OTHER_WORDS.iter().filter(|(known, _)| *known == segment).map(|(_, word)| *word);
                        types.below.push((segment, others.chain([resource.name]).collect()));
                    }
                },
                None if !types.top.contains(&top) => types.top.push(top),
                None => {}
            }
        }
        types
    }

    pub(crate) fn is_below(&self, segment: &str) -> bool {
        self.below.iter().any(|(known, _)| *known == segment)
    }

    pub(crate) fn is_top(&self, segment: &str) -> bool {
        self.top.contains(&segment)
    }

    /// The segment at the top that a wrong one was most likely meant to be.
    pub(crate) fn nearest_top(&self, wrong: &str) -> Option<&'static str> {
        let lower = wrong.to_ascii_lowercase();
        let max = if self.nearest(wrong).is_some() { 1 } else { 2 };
        nearest::nearest(&lower, self.top.iter().copied().filter(|top| top.len() > 4), max)
    }

    /// The segment that a wrong one was most likely meant to be.
    pub(crate) fn nearest(&self, wrong: &str) -> Option<&'static str> {
        let fold = |word: &str| -> String {
            let letters: String = word.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
            letters.strip_suffix('s').map(str::to_owned).unwrap_or(letters)
        };
        let folded = fold(wrong);
        let means = |(segment, names): &&(&str, Vec<&str>)| fold(segment) == folded || names.iter().any(|name| fold(name) == folded);
        if let Some((segment, _)) = self.below.iter().find(means) {
            return Some(segment);
        }
        let long = self.below.iter().map(|(segment, _)| *segment).filter(|segment| segment.len() > 4);
        nearest::nearest(&wrong.to_ascii_lowercase(), long, 2)
    }
}

/// The resource part of a Connect ARN, from which byte of the decoded text; also of `${instance's ARN}/…`.
pub(crate) struct ConnectArn {
    /// The decoded text, parts that are only known later as `*`.
    pub(crate) text: String,
    /// Where the part behind the account begins; behind the instance where its ARN is only known later.
    pub(crate) resource: usize,
    /// Whether the instance's ARN is only known later.
    pub(crate) is_behind_instance: bool,
}

impl ConnectArn {
    /// `None` for what is none, or not known to be one.
    pub(crate) fn of(document: &Document, entry: &Entry) -> Option<ConnectArn> {
        let decoded = entry.text(document);
        let text = without_holes(&decoded).into_owned();
        if text.starts_with("arn:") {
            let parts = ArnParts::of(&text).filter(|parts| parts.service == "connect")?;
            let resource = text.len() - parts.resource.len();
            return Some(ConnectArn { text, resource, is_behind_instance: false });
        }
        // `${aws_connect_instance.main.arn}/agent/*`: other services' instances have nothing below them.
        let hole = decoded.strip_prefix("${")?.split_once('}')?.0;
        let name: String = hole.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
        let resource = hole.len() + 4;
        let is_instance = name.contains("instance") && name.ends_with("arn") && decoded.get(resource - 1..resource) == Some("/");
        is_instance.then_some(ConnectArn { text, resource, is_behind_instance: true })
    }

    /// The segments of the resource part, each with its place in the decoded text. Behind an instance that is only known later
    /// they begin with what stands below it.
    pub(crate) fn segments(&self) -> Vec<(usize, &str)> {
        let mut at = self.resource;
        self.text
            .get(self.resource..)
            .unwrap_or("")
            .split('/')
            .map(|segment| {
                let place = at;
                at += segment.len() + 1;
                (place, segment)
            })
            .collect()
    }

    /// The segment that names the type of what stands below an instance, and those behind it.
    pub(crate) fn below_instance(&self) -> Vec<(usize, &str)> {
        let mut segments = self.segments();
        if self.is_behind_instance {
            return segments;
        }
        if segments.len() < 3 || segments[0].1 != "instance" {
            return Vec::new();
        }
        segments.split_off(2)
    }
}

/// Whether an ARN is one that no resource has: parts are missing, or its type does not exist.
pub(crate) fn is_wrong_arn(document: &Document, types: &ArnTypes, entry: &Entry) -> bool {
    let decoded = entry.text(document);
    let text = without_holes(&decoded);
    if !text.starts_with("arn:") {
        return false;
    }
    let Some(parts) = ArnParts::of(&text) else {
        // `arn:aws:connect:*` has fewer colons and matches all the same.
        return !text.rsplit(':').next().is_some_and(|last| last.starts_with('*'));
    };
    let Some(arn) = ConnectArn::of(document, entry) else { return parts.service.is_empty() };
    let below = arn.below_instance();
    parts.resource.starts_with('/') || below.first().is_some_and(|(_, kind)| is_literal(kind) && !types.is_below(kind))
}

/// Whether a segment has no wildcard and no part that is only known later.
pub(crate) fn is_literal(segment: &str) -> bool {
    !segment.contains(['*', '?'])
}
