//! `connect-policy catalog`

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use connect_policy_catalog::CatalogDocument;

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
    let document = CatalogDocument::of(&catalog);
    let text = match arguments.format {
        OutputFormat::Human => human(&document),
        OutputFormat::Json => document.json(),
    };
    print(&text, ExitCode::SUCCESS)
}

fn human(document: &CatalogDocument) -> String {
    let counts = &document.counts;
    let statuses: Vec<String> = counts.permissions_by_status.iter().map(|(status, count)| format!("{count} {status}")).collect();
    let mut text = format!("Catalog, updated {}\n\n", document.date);
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
        let _ = writeln!(text, "\nThe configuration adds {} actions and {} permissions.", counts.added_actions, counts.added_permissions);
    }
    text.push_str("\nSources:\n");
    let width = document.sources.iter().map(|source| source.id.len()).max().unwrap_or(0);
    for source in document.sources {
        let _ = writeln!(text, "  {:width$}  {}  {} ({}): {}", source.id, source.date, source.title, source.version, source.purpose);
    }
    text
}
