//! The shipped data: embedded as compressed text, each file unpacked and parsed when it is first asked for.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::action::{HomeRegion, RemovedAction, TagCheck, UnlistedAction};
use crate::condition_key::{ConditionKey, ConditionValues};
use crate::exception::Exception;
use crate::limit::Limit;
use crate::managed_policy::ManagedPolicy;
use crate::permission::{LabelAlias, ObservedProfile, Permission};
use crate::relation::{Counterpart, Relation};
use crate::risk::Risk;
use crate::service::{ClientName, OtherService, Service, ServiceName};
use crate::source::Source;
use crate::task::Task;

/// A file of `data/` as `build.rs` compresses it.
macro_rules! packed {
    ($file:expr) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $file, ".lz4"))
    };
}

/// The services that are known in full: prefix and data, in order of prefix. `build.rs` lists the files of `data/actions/`.
pub(crate) const SERVICES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/services.rs"));

/// The Connect family. A test holds it against the data, so that nothing need be parsed to answer.
pub(crate) const FAMILY: &[&str] = &["app-integrations", "cases", "connect", "connect-campaigns", "profile", "voiceid", "wisdom"];

/// Whether a prefix is among [`SERVICES`], in any letter case.
pub(crate) fn is_catalogued(prefix: &str) -> bool {
    index_of(prefix).is_some()
}

fn index_of(prefix: &str) -> Option<usize> {
    SERVICES.iter().position(|(name, _)| name.eq_ignore_ascii_case(prefix))
}

/// A place for each of [`SERVICES`].
#[derive(Debug)]
struct Services([OnceLock<Service>; SERVICES.len()]);

impl Default for Services {
    fn default() -> Services {
        Services(std::array::from_fn(|_| OnceLock::new()))
    }
}

/// The parsed files.
#[derive(Debug, Default)]
pub(crate) struct ShippedData {
    services: Services,
    other_services: OnceLock<OtherServices>,
    unlisted: OnceLock<Unlisted>,
    removed: OnceLock<Removed>,
    clients: OnceLock<Clients>,
    risks: OnceLock<Risks>,
    global_keys: OnceLock<GlobalKeys>,
    condition_values: OnceLock<AllConditionValues>,
    permissions: OnceLock<Permissions>,
    aliases: OnceLock<Aliases>,
    limits: OnceLock<Limits>,
    relations: OnceLock<Relations>,
    counterparts: OnceLock<Counterparts>,
    tag_checks: OnceLock<TagChecks>,
    home_region: OnceLock<HomeRegions>,
    service_names: OnceLock<ServiceNames>,
    profiles: OnceLock<Profiles>,
    tasks: OnceLock<Tasks>,
    managed: OnceLock<Managed>,
    exceptions: OnceLock<Exceptions>,
    sources: OnceLock<Sources>,
}

macro_rules! files {
    ($($(#[$doc:meta])* $get:ident: $type:ident { $($field:ident: $record:ty),* } = $file:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Deserialize)]
            #[serde(bound(deserialize = "'de: 'static"), rename_all = "camelCase")]
            pub(crate) struct $type { $(pub(crate) $field: $record),* }
        )*
        impl ShippedData {
            $(pub(crate) fn $get(&self) -> &$type {
                self.$get.get_or_init(|| parse(packed!($file)))
            })*
        }
    };
}

files! {
    other_services: OtherServices { services: Vec<OtherService> } = "other-services.json";
    unlisted: Unlisted { actions: Vec<UnlistedAction>, condition_keys: Vec<ConditionKey> } = "unlisted.json";
    removed: Removed { actions: Vec<RemovedAction> } = "gone-actions.json";
    clients: Clients { clients: Vec<ClientName> } = "client-names.json";
    risks: Risks { risks: Vec<Risk> } = "risks.json";
    global_keys: GlobalKeys { keys: Vec<ConditionKey> } = "global-condition-keys.json";
    condition_values: AllConditionValues { keys: Vec<ConditionValues> } = "condition-values.json";
    permissions: Permissions { permissions: Vec<Permission> } = "permissions.json";
    aliases: Aliases { aliases: Vec<LabelAlias> } = "label-aliases.json";
    limits: Limits { limits: Vec<Limit> } = "limits.json";
    relations: Relations { relations: Vec<Relation> } = "relations.json";
    counterparts: Counterparts { counterparts: Vec<Counterpart> } = "counterparts.json";
    tag_checks: TagChecks { tag_checks: Vec<TagCheck> } = "tag-checks.json";
    home_region: HomeRegions { actions: Vec<HomeRegion> } = "home-region.json";
    service_names: ServiceNames { names: Vec<ServiceName> } = "service-names.json";
    profiles: Profiles { profiles: Vec<ObservedProfile> } = "default-profiles.json";
    tasks: Tasks { tasks: Vec<Task> } = "console-tasks.json";
    managed: Managed { policies: Vec<ManagedPolicy> } = "managed-policies.json";
    exceptions: Exceptions { exceptions: Vec<Exception> } = "exceptions.json";
    sources: Sources { date: String, sources: Vec<Source> } = "sources.json";
}

impl ShippedData {
    pub(crate) fn service(&self, prefix: &str) -> Option<&Service> {
        let index = index_of(prefix)?;
        Some(self.services.0[index].get_or_init(|| parse(SERVICES[index].1)))
    }
}

/// Parses a shipped file. The tests parse every one, so a failure here cannot reach a user. What is parsed borrows from the
/// text, which stays for as long as the program runs; a file is parsed once.
fn parse<T: Deserialize<'static>>(packed: &[u8]) -> T {
    match lz4_flex::block::decompress_size_prepended(packed) {
        Ok(text) => match serde_json::from_slice(text.leak()) {
            Ok(value) => value,
            Err(error) => panic!("a shipped data file is broken: {error}"),
        },
        Err(error) => panic!("a shipped data file is torn: {error}"),
    }
}
