//! `connect-policy catalog`

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use connect_policy_catalog::{Catalog, RemovedStatus, Source};
use serde::Serialize;

use crate::args::{OutputFormat, catalog};
use crate::commands::catalog_diff;
use crate::terminal::{fail, print};

/// Show catalog contents, sources and dates
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// Output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    format: OutputFormat,

    /// Configuration file [default: the nearest connect-policy.toml above this folder]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Diff(catalog_diff::Arguments),
}

const EXAMPLES: &str = "\
Examples:
  connect-policy catalog
  connect-policy catalog --format json
  connect-policy catalog diff connect.json";

/// Prints the contents of the catalog.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    if let Some(Command::Diff(arguments)) = &arguments.command {
        return catalog_diff::run(arguments);
    }
    let catalog = match catalog(arguments.config.as_deref()) {
        Ok(catalog) => catalog,
        Err(message) => return fail(&message),
    };
    let known = Known::of(&catalog);
    let text = match arguments.format {
        OutputFormat::Human => known.human(),
        OutputFormat::Json => known.json(),
    };
    print(&text, ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct Known<'c> {
    version: u32,
    date: &'c str,
    counts: Counts,
    sources: Vec<SourceRow<'c>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    services: usize,
    actions: usize,
    actions_with_summary: usize,
    resource_types: usize,
    condition_keys: usize,
    global_condition_keys: usize,
    other_services: usize,
    other_actions: usize,
    unlisted_actions: usize,
    legacy_actions: usize,
    misprinted_actions: usize,
    permissions: usize,
    permissions_by_status: BTreeMap<&'static str, usize>,
    console_tasks: usize,
    permission_relations: usize,
    risks: usize,
    managed_policies: usize,
    /// What the workspace adds.
    added_actions: usize,
    added_permissions: usize,
}

#[derive(Serialize)]
struct SourceRow<'c> {
    id: &'c str,
    title: &'c str,
    version: &'c str,
    date: &'c str,
    #[serde(rename = "use")]
    purpose: &'c str,
}

impl<'c> Known<'c> {
    fn of(catalog: &'c Catalog) -> Known<'c> {
        let actions = || catalog.services().flat_map(|service| &service.actions);
        let others = || catalog.prefixes().filter_map(|prefix| catalog.other_service(prefix));
        let gone = |status| catalog.removed_actions().iter().filter(|gone| gone.status == status).count();
        let mut permissions_by_status = BTreeMap::new();
        for permission in catalog.permissions() {
            *permissions_by_status.entry(permission.status.name()).or_default() += 1;
        }
        let row = |source: &'c Source| SourceRow {
            id: source.id,
            title: source.title,
            version: source.version,
            date: source.date,
            purpose: source.purpose,
        };
        Known {
            version: 1,
            date: catalog.date(),
            counts: Counts {
                services: catalog.services().count(),
                actions: actions().count(),
                actions_with_summary: actions().filter(|action| action.summary.is_some()).count(),
                resource_types: catalog.services().map(|service| service.resource_types.len()).sum(),
                condition_keys: catalog.services().map(|service| service.condition_keys.len()).sum(),
                global_condition_keys: catalog.global_condition_keys().len(),
                other_services: others().count(),
                other_actions: others().map(|service| service.actions.len() + service.lowercase.len()).sum(),
                unlisted_actions: catalog.unlisted_actions().len(),
                legacy_actions: gone(RemovedStatus::Legacy),
                misprinted_actions: gone(RemovedStatus::Misprint),
                permissions: catalog.permissions().len(),
                permissions_by_status,
                console_tasks: catalog.tasks().len(),
                permission_relations: catalog.relations().len(),
                risks: catalog.risks().len(),
                managed_policies: catalog.managed_policies().len(),
                added_actions: catalog.added_actions().count(),
                added_permissions: catalog.added_permissions().count(),
            },
            sources: catalog.sources().iter().map(row).collect(),
        }
    }

    fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    fn human(&self) -> String {
        let counts = &self.counts;
        let statuses: Vec<String> = counts.permissions_by_status.iter().map(|(status, count)| format!("{count} {status}")).collect();
        let mut text = format!("Catalog, updated {}\n\n", self.date);
        let _ = write!(
            text,
            "{:>6} actions of {} services, {} with a description\n\
             {:>6} actions of {} other services (names only)\n\
             {:>6} actions used by AWS that its reference does not list\n\
             {:>6} actions that no longer exist, and {} misprinted in documentation\n\
             {:>6} resource types and {} condition keys, {} of them global\n\
             {:>6} security profile permissions: {}\n\
             {:>6} relations between permissions, {} risks\n\
             {:>6} console tasks and {} managed policies\n",
            counts.actions,
            counts.services,
            counts.actions_with_summary,
            counts.other_actions,
            counts.other_services,
            counts.unlisted_actions,
            counts.legacy_actions,
            counts.misprinted_actions,
            counts.resource_types,
            counts.condition_keys + counts.global_condition_keys,
            counts.global_condition_keys,
            counts.permissions,
            statuses.join(", "),
            counts.permission_relations,
            counts.risks,
            counts.console_tasks,
            counts.managed_policies,
        );
        if counts.added_actions + counts.added_permissions > 0 {
            let _ =
                writeln!(text, "\nThe configuration adds {} actions and {} permissions.", counts.added_actions, counts.added_permissions);
        }
        text.push_str("\nSources:\n");
        let width = self.sources.iter().map(|source| source.id.len()).max().unwrap_or(0);
        for source in &self.sources {
            let _ = writeln!(text, "  {:width$}  {}  {} ({}): {}", source.id, source.date, source.title, source.version, source.purpose);
        }
        text
    }
}
