//! AWS's machine-readable service reference, one file a service. It does not tell which resource types are required.

use std::path::Path;

use connect_policy_catalog::read_service_reference;

use crate::facts::{ActionFacts, Facts, TypeFacts};
use crate::text::text_of;

/// The prefix of the service and what the file tells of it.
pub(crate) fn read(path: &Path) -> Result<(String, Facts), String> {
    let reference = read_service_reference(&text_of(path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    let actions = reference.actions.into_iter().map(|action| {
        let mut conditions = action.conditions.clone();
        conditions.sort();
        let facts = ActionFacts {
            access: action.access().map(|access| access.name().to_owned()),
            resources: action.resources.iter().map(|resource| (resource.name.clone(), None)).collect(),
            conditions,
            dependent: Vec::new(),
        };
        (action.name, facts)
    });
    let types = reference.resources.into_iter().filter_map(|one| {
        let mut conditions = one.condition_keys;
        conditions.sort();
        Some((one.name, TypeFacts { arn: one.arns.into_iter().next()?, conditions }))
    });
    let keys = reference.condition_keys.into_iter().filter_map(|key| Some((key.name, key.types.into_iter().next()?)));
    let facts = Facts {
        source: "service-reference",
        name: None,
        actions: actions.collect(),
        resource_types: Some(types.collect()),
        condition_keys: Some(keys.collect()),
    };
    Ok((reference.name, facts))
}
