//! The request that AWS refused, held against the catalog: whether the action exists, which resources it takes, and which
//! resources a statement needs that allows it.

use connect_policy_catalog::{Action, Catalog, Service};
use connect_policy_model::{ArnParts, nearest_actions};

use super::access_denied::AccessDenied;
use super::arn;
use crate::describe::codes;

/// A request, checked.
pub(super) struct Request {
    /// The action in AWS's spelling.
    pub(super) action: String,
    /// The resources that a statement needs to allow it.
    pub(super) resources: Vec<String>,
    /// What is to be said of action and resource.
    pub(super) notes: Vec<String>,
}

impl Request {
    /// Checks the request of a message.
    pub(super) fn new(catalog: &Catalog, action: &str, message: &AccessDenied) -> Request {
        let named = message.resource.clone().unwrap_or_else(|| "*".to_owned());
        let mut request = Request { action: action.to_owned(), resources: vec![named], notes: Vec::new() };
        match catalog.action(action) {
            Some((service, known)) => request.check(catalog, service, known, message),
            None => request.explain_unknown(catalog, message),
        }
        request
    }

    fn explain_unknown(&mut self, catalog: &Catalog, message: &AccessDenied) {
        let action = self.action.clone();
        let prefix = action.split_once(':').map_or("", |(prefix, _)| prefix);
        if catalog.service(prefix).is_some() && !catalog.knows_action(&action) && catalog.unlisted(&action).is_none() {
            let nearest = nearest_actions(catalog, &action, prefix);
            let hint = if nearest.is_empty() { String::new() } else { format!(" Similar: {}.", codes(nearest.iter().map(String::as_str))) };
            self.notes.push(format!("`{action}` is not in the catalog of {}.{hint}", catalog.date()));
        }
        if message.resource.is_none() {
            self.notes.push(
                "The message does not name a resource. Replace `*` with the ARN of the resource if the action supports it.".to_owned(),
            );
        }
    }

    fn check(&mut self, catalog: &Catalog, service: &'static Service, action: &'static Action, message: &AccessDenied) {
        self.action = format!("{}:{}", service.prefix, action.name);
        let name = self.action.clone();
        if action.resources.is_empty() {
            self.resources = vec!["*".to_owned()];
            self.notes.push(format!("`{name}` does not support resource-level permissions; use `\"Resource\": \"*\"`."));
        } else {
            self.resources = match message.resource.as_deref() {
                None => self.without_resource(service, action, message),
                Some("*") => {
                    self.notes.push(format!("AWS checked `{name}` against `*`, so only `\"Resource\": \"*\"` allows this request."));
                    vec!["*".to_owned()]
                }
                Some(resource) => self.with_resource(catalog, service, action, resource),
            };
        }
        if !action.dependent.is_empty() {
            self.notes.push(format!("`{name}` also requires {}.", codes(action.dependent.iter().copied())));
        }
    }

    /// The message names no resource: the types that the action takes, with wildcards for what is not known.
    fn without_resource(&mut self, service: &'static Service, action: &'static Action, message: &AccessDenied) -> Vec<String> {
        let (partition, account) =
            message.principal.as_deref().and_then(ArnParts::of).map_or(("aws", "*"), |parts| (parts.partition, parts.account));
        let like = format!("arn:{partition}:{}:*:{account}:*", service.prefix);
        let mut types: Vec<&str> = required_types(action);
        if types.is_empty() {
            types = action.resources.iter().map(|resource| resource.name).take(1).collect();
        }
        self.notes.push("The message does not name a resource. Replace the wildcards with the Region and IDs.".to_owned());
        types.iter().filter_map(|name| filled(service, name, &like)).collect()
    }

    fn with_resource(&mut self, catalog: &Catalog, service: &'static Service, action: &'static Action, resource: &str) -> Vec<String> {
        let name = self.action.clone();
        let mut resource = resource;
        if let Some(inner) = arn::inner(resource) {
            self.notes.push(format!(
                "The resource contains the ARN `{inner}`: the call probably passed an ARN instead of an ID. Pass the ID, or check the instance ID."
            ));
            resource = inner;
        }
        let taken: Vec<&str> = action.resources.iter().map(|taken| taken.name).collect();
        let types: Vec<&str> = arn::types(catalog, resource).iter().map(|(_, known)| known.name).collect();
        let fitting = types.iter().find(|known| taken.contains(known)).copied();
        let Some(fitting) = fitting else {
            self.notes.push(match types.first() {
                Some(found) => format!(
                    "`{name}` does not support resources of type `{found}`, only {}. Check the IDs in the call.",
                    codes(taken.iter().copied())
                ),
                None => format!(
                    "`{resource}` does not match any resource type in the catalog; `{name}` supports {}.",
                    codes(taken.iter().copied())
                ),
            });
            return vec![resource.to_owned()];
        };
        self.notes.push(format!("The resource is of type `{fitting}`, which `{name}` supports."));
        let mut resources = vec![resource.to_owned()];
        let is_disputed = !action.disputed.resources.is_empty() || !action.disputed.required.is_empty();
        let others: Vec<&str> = if is_disputed { Vec::new() } else { required_types(action) };
        let others: Vec<&str> = others.into_iter().filter(|other| *other != fitting && !types.contains(other)).collect();
        if !others.is_empty() {
            self.notes.push(format!(
                "`{name}` also requires resources of type {}. Messages name only one resource, so the statement includes the others.",
                codes(others.iter().copied())
            ));
            resources.extend(others.iter().filter_map(|other| filled(service, other, resource)));
        }
        resources
    }
}

/// The types of which an action needs a resource of each.
fn required_types(action: &'static Action) -> Vec<&'static str> {
    action.resources.iter().filter(|resource| resource.required == Some(true)).map(|resource| resource.name).collect()
}

/// The ARN of a type in the partition, Region, account and instance of another ARN, with wildcards for what is not known.
fn filled(service: &Service, name: &str, like: &str) -> Option<String> {
    let parts = ArnParts::of(like)?;
    let mut rest = service.resource_type(name)?.arn;
    let instance = parts.resource.strip_prefix("instance/").and_then(|rest| rest.split('/').next()).filter(|id| !id.is_empty());
    let mut out = String::new();
    while let Some((head, hole)) = rest.split_once("${") {
        let (hole, tail) = hole.split_once('}')?;
        out.push_str(head);
        out.push_str(match hole {
            "Partition" => parts.partition,
            "Region" if !parts.region.is_empty() => parts.region,
            "Account" if !parts.account.is_empty() => parts.account,
            "InstanceId" => instance.unwrap_or("*"),
            _ => "*",
        });
        rest = tail;
    }
    out.push_str(rest);
    Some(out)
}

/// The instance of Amazon Connect in which a resource is, by its ARN; `None` for the instance itself and for other resources.
pub(super) fn instance_of(resource: &str) -> Option<String> {
    let parts = ArnParts::of(resource).filter(|parts| parts.service == "connect")?;
    let (id, _) = parts.resource.strip_prefix("instance/")?.split_once('/')?;
    Some(format!("arn:{}:{}:{}:{}:instance/{id}", parts.partition, parts.service, parts.region, parts.account))
}

/// The action that an API operation needs, Amazon Connect's first.
pub(super) fn action_of_operation(catalog: &Catalog, operation: &str) -> Option<String> {
    let mut services: Vec<&Service> = catalog.services().filter(|service| service.family).collect();
    services.sort_by_key(|service| service.prefix != "connect");
    services.into_iter().find_map(|service| {
        let action = service.actions.iter().find(|action| action.operation == Some(operation)).or_else(|| service.action(operation))?;
        Some(format!("{}:{}", service.prefix, action.name))
    })
}
