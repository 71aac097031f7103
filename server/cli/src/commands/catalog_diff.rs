//! `connect-policy catalog diff`

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use connect_policy_catalog::{Catalog, PermissionStatus, ServiceReference, read_permission_list, read_service_reference};
use connect_policy_project::DiskFiles;
use connect_policy_project::config::load::file_text;
use serde::Serialize;

use crate::args::OutputFormat;
use crate::terminal::{fail, print};

/// Compare a list with the built-in catalog
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// AWS's service reference of one service, or the output of `aws connect list-security-profile-permissions`
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    format: OutputFormat,
}

const EXAMPLES: &str = "\
Examples:
  curl -O https://servicereference.us-east-1.amazonaws.com/v1/connect/connect.json
  connect-policy catalog diff connect.json
  aws connect list-security-profile-permissions … > admin.json
  connect-policy catalog diff admin.json --format json

Exit codes: 0 no difference, 1 difference, 2 error.";

/// Compares, and gives 1 as exit code if there is a difference.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let difference = match difference(arguments) {
        Ok(difference) => difference,
        Err(message) => return fail(&format!("{}: {message}", arguments.file.display())),
    };
    let text = match arguments.format {
        OutputFormat::Human => difference.human(),
        OutputFormat::Json => difference.json(),
    };
    let is_same = difference.adds.is_empty() && difference.lacks.is_empty();
    print(&text, if is_same { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[derive(Serialize)]
struct Difference {
    version: u32,
    kind: &'static str,
    /// How many names both have.
    common: usize,
    adds: Vec<String>,
    lacks: Vec<String>,
}

fn difference(arguments: &Arguments) -> Result<Difference, String> {
    let text = file_text(&DiskFiles, &arguments.file)?;
    let catalog = Catalog::builtin();
    // The list of permissions is an array or has one of that name; a reference has its service's name.
    let is_reference = serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|value| value.get("Actions").is_some());
    if is_reference {
        let reference = read_service_reference(&text).map_err(|error| error.to_string())?;
        of_actions(&catalog, &reference)
    } else {
        let names = read_permission_list(&text).map_err(|error| error.to_string())?;
        Ok(of_permissions(&catalog, &names))
    }
}

fn of_actions(catalog: &Catalog, reference: &ServiceReference) -> Result<Difference, String> {
    let prefix = &reference.name;
    let Some(service) = catalog.service(prefix) else {
        return Err(format!("no detailed data for service `{prefix}`"));
    };
    let has = |name: &str| reference.actions.iter().any(|action| action.name.eq_ignore_ascii_case(name));
    let new = reference.actions.iter().filter(|action| service.action(&action.name).is_none());
    let lacks: Vec<String> =
        service.actions.iter().filter(|action| !has(action.name)).map(|action| format!("{prefix}:{}", action.name)).collect();
    let mut adds: Vec<String> = new.map(|action| format!("{prefix}:{}", action.name)).collect();
    adds.sort();
    Ok(Difference { version: 1, kind: "service-reference", common: service.actions.len() - lacks.len(), adds, lacks })
}

/// Renamed and removed names are not counted as missing.
fn of_permissions(catalog: &Catalog, names: &[String]) -> Difference {
    let in_use =
        catalog.permissions().iter().filter(|known| matches!(known.status, PermissionStatus::Current | PermissionStatus::Observed));
    let lacks: Vec<String> =
        in_use.filter(|known| !names.iter().any(|name| name == known.name)).map(|known| known.name.to_owned()).collect();
    let mut adds: Vec<String> = names.iter().filter(|name| catalog.permission(name).is_none()).cloned().collect();
    adds.sort();
    adds.dedup();
    let common = catalog.permissions().iter().filter(|known| names.iter().any(|name| name == known.name)).count();
    Difference { version: 1, kind: "permission-list", common, adds, lacks }
}

impl Difference {
    fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    fn human(&self) -> String {
        let mut text = String::new();
        for (sign, names) in [('+', &self.adds), ('-', &self.lacks)] {
            for name in names {
                let _ = writeln!(text, "{sign} {name}");
            }
        }
        let _ = writeln!(text, "{} added, {} missing, {} unchanged", self.adds.len(), self.lacks.len(), self.common);
        text
    }
}
